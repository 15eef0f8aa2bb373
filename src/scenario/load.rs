//! From paths to documents: reads files, follows `extends`, and lays `--set` and the flags over them.

mod command_line;

use std::path::{Path, PathBuf};

use super::districts::SECTION as DISTRICTS;
use super::document::{Entry, Node, Table, Value, parse};
use super::fault::{At, Fault, Sources};
use super::words::nearest;
use super::{Input, NEIGHBOURHOOD_FILE};

/// A scenario's file laid over all that it extends; not yet looked into.
#[derive(Debug, Clone)]
pub(super) struct Loaded {
    /// File name without ending.
    pub key: String,
    /// The merged document.
    pub document: Table,
    /// The beginning of the scenario's own file, for what is missing from it.
    pub own: At,
    /// Files read, the scenario's own first.
    pub inputs: Vec<Input>,
    layer: u32,
}

/// What is read while loading.
#[derive(Debug)]
pub(super) struct Loader {
    pub sources: Sources,
    pub faults: Vec<Fault>,
    texts: Vec<(PathBuf, Option<usize>, String)>,
}

/// The largest file that is read; a study of any town fits in a fraction of it.
const MOST_BYTES: u64 = 16 << 20;

impl Loader {
    pub(super) fn new() -> Self {
        Self { sources: Sources::new(), faults: Vec::new(), texts: Vec::new() }
    }

    /// The files of a study: a folder's baseline and then its other TOML files by name, or the files as given.
    pub(super) fn files(&mut self, paths: &[PathBuf]) -> Vec<PathBuf> {
        if let [folder] = paths
            && folder.is_dir()
        {
            return self.files_of_folder(folder);
        }
        if paths.is_empty() {
            self.faults.push(Fault::nowhere("no scenario was given").help("give a folder or one or more .toml files"));
        }
        let mut files: Vec<PathBuf> = Vec::new();
        for path in paths {
            if path.is_dir() {
                let title = format!("`{}` is a folder", path.display());
                self.faults.push(Fault::nowhere(title).help("give either one folder, or only files"));
            } else if files.iter().any(|known| known == path) {
                self.faults.push(Fault::nowhere(format!("`{}` is given twice", path.display())).help("leave one out"));
            } else if let Some(twin) = files.iter().find(|known| known.file_stem() == path.file_stem()) {
                let title = format!("`{}` and `{}` have the same name", twin.display(), path.display());
                self.faults.push(
                    Fault::nowhere(title)
                        .help("the name of a file is the name of its scenario in all tables; rename one"),
                );
            } else {
                files.push(path.clone());
            }
        }
        files
    }

    fn files_of_folder(&mut self, folder: &Path) -> Vec<PathBuf> {
        let mut others = toml_files(folder);
        let baseline = folder.join("baseline.toml");
        let Some(place) = others.iter().position(|path| *path == baseline) else {
            let fault = Fault::nowhere(format!("`{}` has no `baseline.toml`", folder.display()));
            self.faults.push(
                fault.help(
                    "a study is a folder with `baseline.toml` and its alternatives; `noaber new NAME` writes one",
                ),
            );
            return Vec::new();
        };
        others.remove(place);
        // What the baseline rests on is no alternative to it.
        others.retain(|path| path.file_name().is_none_or(|name| name != NEIGHBOURHOOD_FILE));
        others.insert(0, baseline);
        others
    }

    /// Reads a scenario and all it extends.
    pub(super) fn load(&mut self, path: &Path) -> Option<Loaded> {
        let mut loaded = self.load_in_chain(path, &mut Vec::new(), None)?;
        self.load_districts(path, &mut loaded).then_some(loaded)
    }

    /// Lays what each district says over the neighbourhood file that it extends; false when one cannot be read.
    fn load_districts(&mut self, path: &Path, loaded: &mut Loaded) -> bool {
        let districts = loaded.document.0.iter_mut().find(|entry| entry.key == DISTRICTS);
        let Some(Value::Table(districts)) = districts.map(|entry| &mut entry.node.value) else { return true };
        let mut all_read = true;
        for district in &mut districts.0 {
            let Value::Table(said) = &mut district.node.value else { continue };
            let Some(extends) = said.take("extends") else { continue };
            let Some((mut file, input)) = self.load_neighbourhood(path, &extends) else {
                all_read = false;
                continue;
            };
            file.lay_over(std::mem::take(said));
            *said = file;
            if !loaded.inputs.contains(&input) {
                loaded.inputs.push(input);
            }
        }
        all_read
    }

    fn load_neighbourhood(&mut self, path: &Path, extends: &Entry) -> Option<(Table, Input)> {
        let at = extends.node.at;
        let Value::Text(name) = &extends.node.value else {
            let title = format!("`extends` is {}", extends.node.value.describe());
            self.faults.push(Fault::new(at, title, "the name of a neighbourhood file, in \"quotes\""));
            return None;
        };
        let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0']);
        let target = path.with_file_name("").join(name);
        if !name.split('/').all(plain) || target == path {
            let title = format!("`extends` points outside the folder: \"{name}\"");
            let fault = Fault::new(at, title, "a file in this folder or in one below it");
            self.faults.push(fault.help("such as extends = \"neighbourhoods/BU01234567.toml\""));
            return None;
        }
        let (source, hash) = self.text(&target, Some(at))?;
        let (mut table, faults) = parse(&self.sources.text(source), source, 0);
        let broken = !faults.is_empty();
        self.faults.extend(faults);
        if let Some(again) = table.take("extends") {
            let title = format!("`{name}` extends another file");
            let fault = Fault::new(again.key_at, title, "a neighbourhood file stands on its own");
            self.faults.push(fault.help("write in it what it takes from the other file"));
        }
        (!broken).then(|| (table, Input { path: target.display().to_string(), hash }))
    }

    fn load_in_chain(&mut self, path: &Path, chain: &mut Vec<PathBuf>, asked: Option<At>) -> Option<Loaded> {
        let (source, hash) = self.text(path, asked)?;
        let (mut document, faults) = parse(&self.sources.text(source), source, 0);
        let broken = !faults.is_empty();
        self.faults.extend(faults);
        chain.push(path.to_path_buf());
        let below = match document.take("extends") {
            None => None,
            Some(extends) => Some(self.load_extended(path, &extends, chain)?),
        };
        chain.pop();
        if broken {
            return None;
        }
        let own = At { source, ..At::DEFAULT };
        let input = Input { path: path.display().to_string(), hash };
        let key = path.file_stem().map_or_else(|| "scenario".to_owned(), |stem| stem.to_string_lossy().into_owned());
        let Some(mut below) = below else {
            return Some(Loaded { key, document, own, inputs: vec![input], layer: 0 });
        };
        // A scenario that does not say what it is must not pass for the one that it extends.
        below.document.take("title");
        below.document.take("description");
        let layer = below.layer + 1;
        raise(&mut document, layer);
        below.document.lay_over(document);
        below.inputs.insert(0, input);
        Some(Loaded { key, document: below.document, own: At { layer, ..own }, inputs: below.inputs, layer })
    }

    fn load_extended(&mut self, path: &Path, extends: &Entry, chain: &mut Vec<PathBuf>) -> Option<Loaded> {
        let at = extends.node.at;
        let Value::Text(name) = &extends.node.value else {
            let title = format!("`extends` is {}", extends.node.value.describe());
            self.faults.push(
                Fault::new(at, title, "the name of a file in the same folder")
                    .help("such as extends = \"baseline.toml\""),
            );
            return None;
        };
        if name.is_empty() || name.contains(['/', '\\', '\0']) || name == "." || name == ".." {
            let fault = Fault::new(at, format!("`extends` points outside the folder: \"{name}\""), "a plain file name");
            self.faults.push(fault.help(
                "a scenario extends a file of its own folder; copy the file here, so that the study stays whole",
            ));
            return None;
        }
        let target = path.with_file_name(name);
        let stands_alone = path.file_name().is_some_and(|file| file == "baseline.toml") && target != path;
        if stands_alone && name != NEIGHBOURHOOD_FILE {
            let fault = Fault::new(at, format!("the baseline extends \"{name}\""), "a baseline stands on its own");
            let fault = fault.help("turn it round: the alternative extends \"baseline.toml\"");
            self.faults
                .push(fault.help(format!("it may extend \"{NEIGHBOURHOOD_FILE}\" alone, which is no alternative")));
            return None;
        }
        if let Some(start) = chain.iter().position(|known| *known == target) {
            let names = chain[start..].iter().chain([&target]).filter_map(|path| path.file_name());
            let names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
            let fault = Fault::new(at, "`extends` goes round in a circle", names.join(" -> "));
            self.faults.push(fault.help("one of these files must stand on its own"));
            return None;
        }
        self.load_in_chain(&target, chain, Some(at))
    }

    /// Reads a scenario that a key of another file names.
    pub(super) fn load_named(&mut self, path: &Path, at: At) -> Option<Loaded> {
        self.load_in_chain(path, &mut Vec::new(), Some(at))
    }

    /// Takes a text for the file at a path, whether such a file is there or not.
    pub(super) fn know(&mut self, path: PathBuf, text: &str) {
        let hash = blake3::hash(text.as_bytes()).to_hex().to_string();
        let source = self.sources.add(path.display().to_string(), text.to_owned(), true);
        self.texts.push((path, Some(source), hash));
    }

    /// The text of a file, read once for the whole study.
    fn text(&mut self, path: &Path, asked: Option<At>) -> Option<(usize, String)> {
        if let Some((_, source, hash)) = self.texts.iter().find(|(known, _, _)| known == path) {
            return source.map(|source| (source, hash.clone()));
        }
        let read = read_text(path);
        let known = match read {
            Ok(text) => {
                let hash = blake3::hash(text.as_bytes()).to_hex().to_string();
                let source = self.sources.add(path.display().to_string(), text, true);
                Some((source, hash))
            }
            Err(reason) => {
                let title = format!("`{}` cannot be read: {reason}", path.display());
                let fault = asked
                    .map_or_else(|| Fault::nowhere(title.clone()), |at| Fault::new(at, title.clone(), "this file"));
                self.faults.push(match near_file(path) {
                    Some(name) => fault.help(format!("did you mean `{name}`?")),
                    None => fault,
                });
                None
            }
        };
        let (source, hash) = known.clone().unzip();
        self.texts.push((path.to_path_buf(), source, hash.unwrap_or_default()));
        known
    }
}

/// Moves all that a file says to the layer on which the file lies.
fn raise(table: &mut Table, layer: u32) {
    for entry in &mut table.0 {
        entry.key_at.layer = layer;
        raise_node(&mut entry.node, layer);
    }
}

fn raise_node(node: &mut Node, layer: u32) {
    node.at.layer = layer;
    match &mut node.value {
        Value::Table(inner) => raise(inner, layer),
        Value::List(list) => list.iter_mut().for_each(|item| raise_node(item, layer)),
        _ => {}
    }
}

fn read_text(path: &Path) -> Result<String, String> {
    let about = std::fs::metadata(path).map_err(|error| reason(&error))?;
    if about.is_dir() {
        return Err("it is a folder".to_owned());
    }
    if about.len() > MOST_BYTES {
        return Err(format!("it has {} bytes, more than a scenario can need", about.len()));
    }
    let bytes = std::fs::read(path).map_err(|error| reason(&error))?;
    String::from_utf8(bytes).map_err(|error| format!("byte {} is not UTF-8 text", error.utf8_error().valid_up_to() + 1))
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        _ => error.to_string(),
    }
}

fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|ending| ending == "toml") && path.is_file()).collect();
    // By name without the ending, so that an alternative stands before those named after it.
    files.sort_by_key(|file| file.file_stem().map(std::ffi::OsStr::to_os_string));
    files
}

fn near_file(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let wanted = path.file_name()?.to_string_lossy().into_owned();
    let names: Vec<String> = toml_files(folder)
        .iter()
        .filter_map(|file| file.file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    nearest(&wanted, names.iter().map(String::as_str)).map(str::to_owned)
}
