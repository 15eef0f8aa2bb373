//! Notes the git revision of the sources, so that each manifest can name the program that made it.

use std::path::Path;
use std::process::Command;

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok().map(|text| text.trim().to_owned())
}

fn main() {
    println!("cargo::rerun-if-env-changed=NOABER_REVISION");
    // These change with every commit and checkout; outside a repository there is nothing to watch.
    for file in [".git/HEAD", ".git/logs/HEAD"] {
        if Path::new(file).exists() {
            println!("cargo::rerun-if-changed={file}");
        }
    }
    println!("cargo::rerun-if-changed=src/build.rs");
    let given = std::env::var("NOABER_REVISION").ok();
    if let Some(revision) = given.or_else(|| git(&["rev-parse", "--short=12", "HEAD"])) {
        println!("cargo::rustc-env=NOABER_REVISION={revision}");
    }
}
