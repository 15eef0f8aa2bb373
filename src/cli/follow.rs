//! Follows a run: progress on the screen, the journal on the disk, and the user's Ctrl-C.

use std::io::{self, IsTerminal as _};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Failure;
use super::screen::note;
use crate::experiment::{Moment, Replication, Watch};
use crate::model::world::World;
use crate::results::Folder;
use crate::scenario::Study;

/// Set by the first Ctrl-C; a signal handler can reach nothing but a static.
static STOP: AtomicBool = AtomicBool::new(false);

/// Time between two lines of progress in a log.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// From now on the first Ctrl-C asks the run to stop, and the second ends the program at once.
pub fn listen_for_interruption() -> Result<(), Failure> {
    ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
        note("\nStopping, and keeping what is done. Press Ctrl-C again to stop at once.");
    })
    .map_err(|error| Failure::running(format!("Ctrl-C cannot be listened for: {error}")))
}

/// Whether the user asked to stop.
pub fn interrupted() -> bool {
    STOP.load(Ordering::Relaxed)
}

/// Where progress is shown.
enum Shown {
    Nowhere,
    Bar(ProgressBar),
    Lines { begun: Instant, last: Mutex<Instant> },
}

/// How far the work is, on the screen; nothing is kept.
pub struct Progress {
    total: u64,
    done: AtomicU64,
    shown: Shown,
}

impl Progress {
    /// Of `total` units of work.
    pub fn new(total: u64, quiet: bool) -> Self {
        let shown = if quiet {
            Shown::Nowhere
        } else if io::stderr().is_terminal() {
            Shown::Bar(bar(total))
        } else {
            let begun = Instant::now();
            Shown::Lines { begun, last: Mutex::new(begun) }
        };
        Self { total, done: AtomicU64::new(0), shown }
    }

    /// Takes it off the screen.
    pub fn finish(&self) {
        if let Shown::Bar(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }
}

impl Watch for Progress {
    fn worked(&self, resident_weeks: u64) {
        let done = self.done.fetch_add(resident_weeks, Ordering::Relaxed) + resident_weeks;
        match &self.shown {
            Shown::Nowhere => {}
            Shown::Bar(bar) => bar.inc(resident_weeks),
            Shown::Lines { begun, last } => {
                // A thread that finds another one writing has nothing to add.
                if let Ok(mut last) = last.try_lock()
                    && last.elapsed() >= LINE_EVERY
                {
                    *last = Instant::now();
                    note(&progress_line(done, self.total, begun.elapsed()));
                }
            }
        }
    }

    fn stop(&self) -> bool {
        interrupted()
    }
}

/// Keeps what is complete and shows how far the run is.
pub struct Follow<'a> {
    folder: &'a Folder,
    study: &'a Study,
    progress: Progress,
}

impl<'a> Follow<'a> {
    /// Follows a run of `total` units of work.
    pub fn new(folder: &'a Folder, study: &'a Study, total: u64, quiet: bool) -> Self {
        Self { folder, study, progress: Progress::new(total, quiet) }
    }

    /// Takes the progress off the screen.
    pub fn finish(&self) {
        self.progress.finish();
    }
}

fn bar(total: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {percent:>3} %  {elapsed} so far, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr_with_hz(4)).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
}

impl Watch for Follow<'_> {
    fn worked(&self, resident_weeks: u64) {
        self.progress.worked(resident_weeks);
    }

    fn stop(&self) -> bool {
        interrupted()
    }

    fn look(&self, replication: u32, scenario: usize, moment: Moment, world: &World) -> io::Result<()> {
        self.folder.keep_rows(self.study, replication, scenario, moment, world)
    }

    fn completed(&self, replication: &Replication) -> io::Result<()> {
        self.folder.keep(replication)
    }
}

/// `42 % done after 1 min 20 s, about 2 min left`.
fn progress_line(done: u64, total: u64, elapsed: Duration) -> String {
    let part = done as f64 / total.max(1) as f64;
    let left = elapsed.as_secs_f64() * (1.0 - part).max(0.0) / part.max(1e-9);
    format!("{:.0} % done after {}, about {} left", part * 100.0, time(elapsed.as_secs_f64()), time(left))
}

fn time(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    match (seconds / 3_600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_progress_says_how_long_it_will_take() {
        let line = progress_line(25, 100, Duration::from_secs(80));
        assert_eq!(line, "25 % done after 1 min 20 s, about 4 min 0 s left");
    }

    #[test]
    fn nothing_done_yet_is_no_division_by_zero() {
        assert!(progress_line(0, 0, Duration::ZERO).starts_with("0 % done after 0 s"));
    }
}
