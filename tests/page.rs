//! The pages in a real browser: WCAG 2.2 AA by axe-core, nothing asked from outside, no sideways scrolling on a small phone.
//!
//! `tests/page/install.sh` installs what is needed. Without it the test is skipped, and says so, except in CI.

mod fixture;

use std::path::{Path, PathBuf};
use std::process::Command;

use fixture::Fixture;
use noaber::report::{Language, write_report};

/// Chromium and the folder with the node modules, or what is missing.
fn tools() -> Result<(PathBuf, PathBuf), String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let find = |name: &str| std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file());
    let chromium = find("chromium").or_else(|| find("chromium-browser")).ok_or("chromium is not installed")?;
    find("node").ok_or("node is not installed")?;
    let cache = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/page");
    if !cache.join("node_modules/axe-core").is_dir() || !cache.join("node_modules/playwright-core").is_dir() {
        return Err(format!("the node modules are not in {}", cache.display()));
    }
    Ok((chromium, cache))
}

#[test]
fn the_pages_pass_wcag_in_a_browser_and_fit_a_small_phone() {
    let (chromium, cache) = match tools() {
        Ok(tools) => tools,
        Err(missing) if std::env::var_os("CI").is_none() => {
            println!("skipped: {missing}; run tests/page/install.sh to have it checked");
            return;
        }
        Err(missing) => panic!("{missing}; run tests/page/install.sh"),
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut pages = Vec::new();
    for (name, fixture) in [
        ("full", Fixture::default()),
        ("tiny", Fixture { scenarios: 3, size: 0.01, ..Fixture::default() }),
        ("alone", Fixture { scenarios: 1, ..Fixture::default() }),
        ("town", Fixture { scenarios: 3, districts: 114, replications: 3, ..Fixture::default() }),
    ] {
        let results = folder.path().join(name);
        fixture::write(&results, fixture);
        let files = write_report(&results, &Language::ALL).expect("the report is written");
        pages.extend(files.into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "html")));
    }
    assert_eq!(pages.len(), 8);
    // Node looks for modules beside the script, so the script goes where they are.
    let script = cache.join("check.mjs");
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/page/check.mjs"), &script)
        .expect("the script is copied");
    let output = Command::new("node").arg(&script).arg(&chromium).args(&pages).output().expect("node starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let faults: Vec<String> = serde_json::from_slice(&output.stdout).expect("the script prints JSON");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
