//! Who lives the kernel, and how each is started: every run is a process of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::kernel::{self, Outcome};
use crate::{hand, ours, with_ixa, with_krabmaga};

/// How a program is run.
pub enum How {
    /// In Rust, in this program started anew, with so many threads.
    Rust(fn(u64) -> Outcome, usize),
    /// In Python: the folder of the environment, the file, and what comes behind the number of residents.
    Python(&'static str, &'static str, &'static str),
}

/// One program in the comparison.
pub struct Rival {
    /// Name on the command line.
    pub key: &'static str,
    /// What the table calls it.
    pub name: &'static str,
    /// How it is run.
    pub how: How,
}

const fn rust(key: &'static str, name: &'static str, run: fn(u64) -> Outcome, threads: usize) -> Rival {
    Rival { key, name, how: How::Rust(run, threads) }
}

const fn python(key: &'static str, name: &'static str, how: [&'static str; 3]) -> Rival {
    Rival { key, name, how: How::Python(how[0], how[1], how[2]) }
}

/// All of them, in the order of the table.
pub const RIVALS: &[Rival] = &[
    rust("noaber-ties", "noaber, its ties alone, 1 thread", ours::network, 1),
    rust("noaber-ties-2", "noaber, its ties alone, 2 threads", ours::network, 2),
    rust("noaber-week", "noaber, its own week with all else off, 1 thread", ours::week, 1),
    rust("noaber-week-2", "noaber, its own week with all else off, 2 threads", ours::week, 2),
    rust("noaber-full", "noaber, **full model, not the kernel**, 1 thread", ours::full, 1),
    rust("noaber-full-2", "noaber, **full model, not the kernel**, 2 threads", ours::full, 2),
    rust("hand", "by hand in Rust, 1 thread", hand::run, 1),
    python("numpy", "by hand in NumPy", ["python", "with_numpy.py", ""]),
    rust("ixa-plugin", "ixa, ties in a data plugin", with_ixa::plugin, 1),
    rust("ixa-entities", "ixa, ties as entities", with_ixa::entities, 1),
    rust("ixa-queries", "ixa, ties as entities that it finds", with_ixa::queries, 1),
    rust("ixa-network", "ixa, its network", with_ixa::network, 1),
    rust("krabmaga-rows", "krABMaga, ties in the state", with_krabmaga::rows, 1),
    rust("krabmaga-network", "krABMaga, its network", with_krabmaga::network, 1),
    python("starsim-plain", "Starsim, plain random numbers", ["python", "with_starsim.py", "plain"]),
    python("starsim-crn", "Starsim, common random numbers", ["python", "with_starsim.py", "crn"]),
    python("mesa-frames", "mesa-frames, all threads", ["frames", "with_mesa_frames.py", ""]),
    python("mesa", "Mesa", ["python", "with_mesa.py", ""]),
    python("repast4py", "repast4py, one process", ["repast", "with_repast4py.py", ""]),
];

impl Rival {
    /// Whether it is the full model.
    pub fn is_full_model(&self) -> bool {
        self.key.starts_with("noaber-full")
    }

    /// Whether it is the same as the one before it, but for a thread more.
    pub fn is_on_more_threads(&self) -> bool {
        matches!(self.how, How::Rust(_, 2..))
    }

    /// Whether it surely has one thread.
    pub fn is_on_one_thread(&self) -> bool {
        matches!(self.how, How::Rust(_, 1))
    }

    /// Whether a first run may compile what later runs find compiled: numba and Python do.
    pub fn compiles_as_it_runs(&self) -> bool {
        matches!(self.how, How::Python(..))
    }

    /// Whether what it needs is there; the reason if not.
    pub fn is_ready(&self, environments: &Path) -> Result<(), String> {
        let How::Python(environment, ..) = self.how else { return Ok(()) };
        let interpreter = interpreter(environments, environment);
        let missing = || format!("{} could not be installed here (see above)", self.name);
        interpreter.exists().then_some(()).ok_or_else(missing)
    }

    /// Lives the kernel once in a process of its own.
    pub fn run(&self, residents: u64, environments: &Path) -> Result<Outcome, String> {
        let mut command = match self.how {
            How::Rust(_, threads) => {
                let program = std::env::current_exe().map_err(|why| format!("this program is gone: {why}"))?;
                let mut command = Command::new(program);
                command.args(["measure", self.key, &residents.to_string()]);
                command.env("RAYON_NUM_THREADS", threads.to_string());
                command
            }
            How::Python(environment, file, more) => {
                let mut command = Command::new(interpreter(environments, environment));
                command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("python").join(file));
                command.args([&kernel::as_json().to_string(), &residents.to_string(), more]);
                command.env("PYTHONDONTWRITEBYTECODE", "1");
                command
            }
        };
        let output = command.output().map_err(|why| format!("{} did not start: {why}", self.name))?;
        let printed = String::from_utf8_lossy(&output.stdout);
        let outcome = printed.lines().rev().find_map(Outcome::read);
        outcome.filter(|_| output.status.success()).ok_or_else(|| {
            let said = String::from_utf8_lossy(&output.stderr);
            let last: Vec<&str> = said.lines().rev().take(12).collect();
            let last: Vec<&str> = last.into_iter().rev().collect();
            format!("{} with {residents} residents ended with {}:\n{}", self.name, output.status, last.join("\n"))
        })
    }
}

fn interpreter(environments: &Path, environment: &str) -> PathBuf {
    environments.join(environment).join("bin/python")
}
