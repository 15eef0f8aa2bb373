//! From published statistics to a neighbourhood that runs: both shapes of the files, what is missing, and files that are bad.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use noaber::model::quantities::{BuildingForm, Tenure};
use noaber::model::world::World;
use noaber::scenario::{ImportWords, Imported, Overrides, Scenario, import_cbs, read_study};
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use tempfile::TempDir;

const STATLINE: &str = "tests/data/statline.csv";
const ENGLISH: ImportWords = ImportWords { dutch: false };
/// In the order of `WORKBOOK`: the district and the neighbourhood of the CSV, with origin as it is since 2022.
const COLUMNS: &str = "gwb_code_10,regio,gm_naam,recs,gwb_code_8,a_inw,a_00_14,a_15_24,a_25_44,a_45_64,a_65_oo,a_nl_all,a_eur_al,\
                       a_neu_al,a_hh,a_1p_hh,a_hh_z_k,a_hh_m_k,g_hhgro,a_woning,p_mgezw,p_leegsw,p_koopw,p_huurw,p_wcorpw,\
                       p_ov_hw,a_opl_lg,a_opl_md,a_opl_hg,p_arb_pp,p_hh_li,ste_mvs";
const WORKBOOK: [&str; 2] = [
    "WK999901;Wijk 01;Verzonnen;Wijk;999901;5000;800;600;1500;1300;800;3600;500;900;2500;1100;650;750;2,0;2600;60;5;40;60;45;15;\
     1200;1600;1000;66;50,0;2",
    "BU99990101;De Linde;Verzonnen;Buurt;99990101;3000;480;360;900;780;480;2100;300;600;1500;660;390;450;2,0;1600;70;6;30;70;55;\
     15;       .;       .;       .;64;55,0;1",
];

fn text(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn written(folder: &TempDir, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, content).expect("a file can be written");
    path
}

/// The CSV with a column of addresses to a square kilometre, which is empty but for these codes.
fn with_density(densities: &[(&str, &str)]) -> String {
    let column = |(nth, line): (usize, &str)| {
        let density = densities.iter().find(|(code, _)| line.contains(&format!(";\"{code}")));
        let cell =
            if nth == 0 { "Omgevingsadressendichtheid_106" } else { density.map_or("       .", |(_, cell)| cell) };
        format!("{line};\"{cell}\"\n")
    };
    text(STATLINE).lines().enumerate().map(column).collect()
}

/// A workbook with these sheets of lines of cells; a number is written as a number where it has no comma.
fn workbook(path: &Path, sheets: &[(&str, Vec<Vec<String>>)]) {
    let mut book = Workbook::new();
    for (name, lines) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).expect("a name of a sheet");
        for (row, cells) in lines.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let (row, column) = (row as u32, column as u16);
                let done = match cell.parse::<f64>() {
                    Ok(number) => sheet.write_number(row, column, number),
                    Err(_) => sheet.write_string(row, column, cell),
                };
                done.expect("a cell can be written");
            }
        }
    }
    book.save(path).expect("a workbook can be written");
}

fn kwb(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("kwb-2023.xlsx");
    let mut lines: Vec<Vec<String>> = vec![COLUMNS.split(',').map(|name| name.trim().to_owned()).collect()];
    lines.extend(
        WORKBOOK.iter().map(|line| line.split(';').map(|cell| cell.trim_start_matches('\n').to_owned()).collect()),
    );
    workbook(&path, &[("KWB2023", lines)]);
    path
}

fn imported(path: &Path, code: &str) -> Imported {
    let made = import_cbs(path, &[code.to_owned()], ENGLISH);
    made.unwrap_or_else(|faults| panic!("{faults}")).swap_remove(0)
}

/// What `noaber` makes of the two files in a folder, which must be sound.
fn scenario(one: &Imported) -> Scenario {
    let folder = folder();
    written(&folder, "neighbourhood.toml", &one.neighbourhood);
    let baseline = written(&folder, "baseline.toml", &one.baseline);
    let study = read_study(&[baseline], &[], &Overrides::default());
    study.unwrap_or_else(|faults| panic!("{faults}\n{}", one.neighbourhood)).scenarios.swap_remove(0)
}

fn noaber(args: &[&str], within: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_noaber"));
    command.args(args).current_dir(within).output().expect("the program starts")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn about(found: f32, wanted: f32, what: &str) {
    assert!((found - wanted).abs() < 0.0006, "{what}: {found} and not {wanted}");
}

/// The part of the homes in buildings of a sort.
fn part(scenario: &Scenario, is_so: impl Fn(BuildingForm, Tenure) -> bool) -> f32 {
    let buildings = &scenario.blueprint.buildings;
    let so: u32 = buildings.iter().filter(|plan| is_so(plan.form, plan.tenure)).map(|plan| plan.homes).sum();
    so as f32 / scenario.blueprint.homes() as f32
}

#[test]
fn a_neighbourhood_has_the_people_and_homes_of_its_figures() {
    let scenario = scenario(&imported(Path::new(STATLINE), "BU99990101"));
    let composition = &scenario.blueprint.composition;
    for (share, wanted) in composition.ages.iter().zip([0.16, 0.12, 0.30, 0.26, 0.16]) {
        about(share.get(), wanted, "ages");
    }
    about(composition.households[0].get(), 660.0 / 1500.0, "one person");
    about(composition.households[1].get(), 390.0 / 1500.0, "couples");
    about(composition.households[2].get() + composition.households[3].get(), 450.0 / 1500.0, "families");
    for (share, wanted) in composition.origins.iter().zip([0.7, 0.1, 0.2]) {
        about(share.get(), wanted, "origins");
    }
    about(composition.education[0].get(), 800.0 / 2300.0, "low education");
    about(composition.vacant.get(), 0.06, "vacant");
    about(composition.employed.get(), 0.704, "work");
    about(composition.income_difficulty.get(), 0.55 * 0.24 + 0.45 * 0.04, "money");
    assert_eq!(scenario.blueprint.homes(), 1596, "1500 households and 6 % empty");
    let whole = 1.0 / 1596.0 + 1e-4;
    for (found, wanted) in [
        (part(&scenario, |form, _| form != BuildingForm::Houses), 0.70),
        (part(&scenario, |_, tenure| tenure == Tenure::Owned), 0.30),
        (part(&scenario, |_, tenure| tenure == Tenure::SocialRent), 0.55),
    ] {
        assert!((found - wanted).abs() <= 2.0 * whole, "{found} and not {wanted}");
    }
    // In a dense neighbourhood part of the social flats has galleries.
    assert!(part(&scenario, |form, tenure| form == BuildingForm::Gallery && tenure == Tenure::SocialRent) > 0.05);
}

#[test]
fn about_as_many_people_live_there_as_the_import_says() {
    for code in ["BU99990101", "WK999901", "GM9999"] {
        let one = imported(Path::new(STATLINE), code);
        let said = one.made.split("about ").nth(1).and_then(|rest| rest.split(' ').next());
        let said: f64 = said.and_then(|number| number.parse().ok()).expect("a number of people");
        let world = World::grow(&scenario(&one).blueprint, 1, 0);
        let there: usize = world.neighbourhoods().iter().map(|n| n.residents().count()).sum();
        assert!((there as f64 / said - 1.0).abs() < 0.01, "{code}: {said} said, {there} there");
    }
}

#[test]
fn the_workbook_gives_the_same_people_as_statline() {
    let folder = folder();
    let (csv, xlsx) = (imported(Path::new(STATLINE), "BU99990101"), imported(&kwb(&folder), "BU99990101"));
    let (csv, book) = (scenario(&csv), scenario(&xlsx));
    let (csv, book) = (&csv.blueprint, &book.blueprint);
    assert_eq!(csv.composition.ages, book.composition.ages);
    assert_eq!(csv.composition.households, book.composition.households);
    assert_eq!(csv.composition.origins, book.composition.origins, "the old and the new division");
    assert_eq!(csv.composition.employed, book.composition.employed);
    assert_eq!(csv.buildings, book.buildings);
    // The workbook does not publish the education of the neighbourhood, so it is that of the district.
    about(book.composition.education[0].get(), 1200.0 / 3800.0, "education");
    assert!(xlsx.neighbourhood.contains("De Linde, Verzonnen (BU99990101)"));
    assert!(!xlsx.neighbourhood.contains("old division"));
}

#[test]
fn columns_are_known_by_name_whatever_number_and_order_they_have() {
    let folder = folder();
    let wanted = imported(Path::new(STATLINE), "BU99990101");
    let (head, rest) = text(STATLINE).split_once("\r\n").map(|(a, b)| (a.to_owned(), b.to_owned())).expect("lines");
    // Another year: each number one higher.
    let shifted: Vec<String> = head
        .split(';')
        .map(|name| {
            match name.trim_matches('"').rsplit_once('_').and_then(|(a, b)| Some((a, b.parse::<u32>().ok()?))) {
                Some((base, number)) => format!("\"{base}_{}\"", number + 1),
                None => name.to_owned(),
            }
        })
        .collect();
    let path = written(&folder, "statline.csv", format!("{}\r\n{rest}", shifted.join(";")));
    assert_eq!(imported(&path, "bu99990101"), wanted);
    // Columns in the opposite order.
    let turned = |line: &str| line.split(';').rev().collect::<Vec<_>>().join(";");
    let lines: Vec<String> = text(STATLINE).lines().map(turned).collect();
    let path = written(&folder, "statline.csv", lines.join("\n"));
    assert_eq!(imported(&path, "BU99990101"), wanted);
    // With commas for semicolons, and in the encodings of Excel.
    let path = written(&folder, "statline.csv", text(STATLINE).replace(';', ","));
    assert_eq!(imported(&path, "BU99990101"), wanted);
    let path = written(&folder, "statline.csv", format!("\u{feff}{}", text(STATLINE)));
    assert_eq!(imported(&path, "BU99990101"), wanted);
    let wide: Vec<u8> =
        std::iter::once(0xFEFF).chain(text(STATLINE).encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(imported(&written(&folder, "statline.csv", wide), "BU99990101"), wanted);
    let mut accented = text(STATLINE).replace("Verzonnen ", "Verz\u{0}nnen").into_bytes();
    accented.iter_mut().filter(|byte| **byte == 0).for_each(|byte| *byte = 0xF6);
    let made = imported(&written(&folder, "statline.csv", accented), "BU99990101");
    assert!(made.neighbourhood.contains("Verzönnen") && made.remarks.iter().any(|remark| remark.contains("no UTF-8")));
}

#[test]
fn what_is_missing_comes_from_the_district_then_the_municipality_then_the_country() {
    let made = imported(Path::new(STATLINE), "BU99990102");
    let told = made.replaced.join("\n");
    for line in [
        "Education: CBS, of the district (WK999901)",
        "Low incomes: CBS, of the district (WK999901)",
        "Rent and owned: CBS, of the district (WK999901)",
    ] {
        assert!(told.contains(line), "{told}");
    }
    assert!(!told.contains("Paid work") && !told.contains("Ages"), "what is given is not replaced: {told}");
    about(scenario(&made).blueprint.composition.vacant.get(), 0.05, "vacant in the district");

    // Nothing of the second district is published.
    let made = imported(Path::new(STATLINE), "BU99990201");
    assert!(made.replaced.join("\n").contains("Education: CBS, of the municipality (GM9999)"), "{:?}", made.replaced);

    // An empty cell is as missing as a point.
    let made = imported(Path::new(STATLINE), "BU99990104");
    assert!(made.replaced.join("\n").contains("Urbanity: CBS, of the district (WK999901)"), "{:?}", made.replaced);
    assert!(made.remarks.join("\n").contains("About 100 inhabitants do not live in a household"), "{:?}", made.remarks);

    let folder = folder();
    let alone: Vec<String> = text(STATLINE)
        .lines()
        .filter(|line| !line.contains("WK99") && !line.contains("GM99"))
        .map(str::to_owned)
        .collect();
    let made = imported(&written(&folder, "alone.csv", alone.join("\n")), "BU99990102");
    let told = made.replaced.join("\n");
    assert!(
        told.contains("Education: national figure, for the file does not give it (CBS StatLine 85525NED, 2022)"),
        "{told}"
    );
    assert!(told.contains("Empty homes: assumed"), "{told}");
    scenario(&made);
}

#[test]
fn the_density_of_addresses_is_the_published_one_of_the_area_or_of_what_it_lies_in() {
    let folder = folder();
    let densities = [("BU99990101", "    4120"), ("WK999901", "    1510"), ("GM9999", "     980")];
    let path = written(&folder, "density.csv", with_density(&densities));
    for (code, wanted, source) in [
        ("BU99990101", 4120.0, None),
        ("BU99990102", 1510.0, Some("CBS, of the district (WK999901): not known of the area itself")),
        ("BU99990201", 980.0, Some("CBS, of the municipality (GM9999): not known of the area itself")),
    ] {
        let made = imported(&path, code);
        assert_eq!(scenario(&made).blueprint.addresses, wanted, "{code}");
        let comment = format!("within a kilometre of each address: {}.", source.unwrap_or("CBS"));
        let unbroken = made.neighbourhood.replace("\n# ", " ");
        assert!(unbroken.contains(&format!("{comment}\naddresses_per_square_kilometre = {wanted}\n")), "{unbroken}");
        let told = made.replaced.iter().find(|line| line.starts_with("Addresses to a square kilometre"));
        let wanted = source.map(|source| format!("Addresses to a square kilometre: {source}"));
        assert_eq!(told, wanted.as_ref(), "only what is not of the area itself is told");
    }
}

#[test]
fn without_a_density_it_is_the_middle_of_the_class_of_urbanity_and_without_that_it_is_assumed() {
    let folder = folder();
    for (class, middle) in [(1, 3500.0), (2, 2000.0), (3, 1250.0), (4, 750.0), (5, 300.0)] {
        let of_class = text(STATLINE).replace("\"       1\"", &format!("\"       {class}\""));
        let made = imported(&written(&folder, "class.csv", of_class), "BU99990101");
        assert_eq!(scenario(&made).blueprint.addresses, middle, "class {class}");
        let told = format!("Addresses to a square kilometre: the middle of class {class} of urbanity (CBS)");
        assert!(made.replaced.contains(&told), "{:?}", made.replaced);
    }
    let made = imported(Path::new(STATLINE), "BU99990104");
    let told = "Addresses to a square kilometre: the middle of class 2 of urbanity (CBS, of the district (WK999901)";
    assert!(made.replaced.iter().any(|line| line.starts_with(told)), "{:?}", made.replaced);

    let neither = written(&folder, "neither.csv", text(STATLINE).replace("MateVanStedelijkheid", "Elders"));
    let made = imported(&neither, "BU99990101");
    assert_eq!(scenario(&made).blueprint.addresses, 2000.0, "the country as a whole");
    assert!(made.replaced.contains(&"Addresses to a square kilometre: assumed".to_owned()), "{:?}", made.replaced);
    assert!(made.neighbourhood.contains("each address: assumed.\naddresses_per_square_kilometre = 2000\n"));
    let dutch = import_cbs(&neither, &["BU99990101".to_owned()], ImportWords { dutch: true }).expect("a sound file");
    assert!(dutch[0].neighbourhood.contains("elk adres: aangenomen.\n"), "{}", dutch[0].neighbourhood);
}

#[test]
fn the_denser_the_addresses_the_closer_the_blocks() {
    let folder = folder();
    let width = |density: &str| {
        let path = written(&folder, "density.csv", with_density(&[("BU99990101", density)]));
        let buildings = scenario(&imported(&path, "BU99990101")).blueprint.buildings;
        buildings.iter().map(|plan| plan.x.abs().max(plan.y.abs())).fold(0.0, f32::max)
    };
    let [sparse, village, middle, dense] = ["0", "250", "2000", "8000"].map(width);
    assert!(village > middle && middle > dense && dense > 0.0, "{village}, {middle} and {dense} metres");
    assert!((middle / dense - 2.0).abs() < 0.1, "four times as dense is half as far: {middle} and {dense} metres");
    assert_eq!(sparse, village, "where there is next to nothing around, homes stand no further apart");
}

#[test]
fn every_figure_of_the_file_says_where_it_came_from() {
    for (code, words) in [("BU99990101", ENGLISH), ("BU99990102", ImportWords { dutch: true })] {
        let made = import_cbs(Path::new(STATLINE), &[code.to_owned()], words).expect("a sound file").swap_remove(0);
        // Of places and what comes after them one comment says that all is assumed.
        let (figures, _) = made.neighbourhood.split_once("[places.").expect("there are places");
        let lines: Vec<&str> = figures.lines().collect();
        for (nth, line) in
            lines.iter().enumerate().filter(|(_, line)| line.contains("_share = ") || line.starts_with("addresses_"))
        {
            // Behind the figure, or above it, or above its table.
            let mut above = lines[..nth].iter().rev().skip_while(|line| line.contains(" = ") || line.starts_with('['));
            assert!(line.contains('#') || above.next().is_some_and(|line| line.starts_with('#')), "{line}");
        }
        let source = if words.dutch { "van de wijk (WK999901)" } else { "480, 360, 900, 780, 480. CBS" };
        assert!(made.neighbourhood.replace("\n# ", " ").contains(source), "{}", made.neighbourhood);
    }
}

#[test]
fn a_study_made_from_statistics_is_checked_run_and_compared_at_once() {
    let folder = folder();
    let file = fs::canonicalize(STATLINE).expect("the file is there");
    let file = file.to_string_lossy();
    let made = noaber(&["import", "cbs", &file, "--code", "BU99990101", "--out", "linde"], folder.path());
    assert!(made.status.success(), "{}", stderr(&made));
    assert!(String::from_utf8_lossy(&made.stdout).contains("noaber run"), "what to do next is said");
    let alternative = "extends = \"baseline.toml\"\ntitle = { nl = \"Stiller\", en = \"Less moving\" }\n\
                       [neighbourhood]\nmoving_times_national = 0.5\n";
    fs::write(folder.path().join("linde/less-moving.toml"), alternative).expect("a file can be written");
    let short = ["--weeks", "3", "--burn-in", "2", "--replications", "2", "--quiet"];
    for args in [
        vec!["check", "linde"],
        vec!["check", "linde/neighbourhood.toml"],
        [&["run", "linde/baseline.toml"], &short[..]].concat(),
        [&["compare", "linde", "--no-report"], &short[..]].concat(),
    ] {
        let done = noaber(&args, folder.path());
        assert!(done.status.success(), "{args:?}: {}", stderr(&done));
    }
    let study = read_study(&[folder.path().join("linde")], &[], &Overrides::default()).expect("a sound study");
    let keys: Vec<&str> = study.scenarios.iter().map(|scenario| scenario.key.as_str()).collect();
    assert_eq!(keys, ["baseline", "less-moving"], "the neighbourhood is no scenario of the study");
    assert!(study.scenarios[0].inputs.iter().any(|input| input.path.ends_with("neighbourhood.toml")));
}

#[test]
fn several_codes_give_several_folders_and_nothing_is_written_over() {
    let folder = folder();
    let file = fs::canonicalize(STATLINE).expect("the file is there");
    let args = [
        "import",
        "cbs",
        &file.to_string_lossy(),
        "--code",
        "BU99990101",
        "wk999901",
        "--code",
        "GM9999",
        "--out",
        "all",
    ];
    let made = noaber(&args, folder.path());
    assert!(made.status.success(), "{}", stderr(&made));
    for code in ["bu99990101", "wk999901", "gm9999"] {
        let checked = noaber(&["check", &format!("all/{code}")], folder.path());
        assert!(checked.status.success(), "{}", stderr(&checked));
    }
    let again = noaber(&args, folder.path());
    assert_eq!(again.status.code(), Some(1));
    assert!(stderr(&again).contains("is there already"), "{}", stderr(&again));
    let baseline = folder.path().join("all/gm9999/baseline.toml");
    let own = fs::read_to_string(&baseline).expect("readable").replace("weeks = 104 #", "weeks = 52 #");
    fs::write(&baseline, &own).expect("a file can be written");
    let forced = noaber(&[&args[..], &["--force"]].concat(), folder.path());
    assert!(forced.status.success(), "{}", stderr(&forced));
    assert_eq!(fs::read_to_string(&baseline).expect("readable"), own, "the baseline is the user's");
}

/// A bad file, or a bad code in a good one, is told in these words.
#[test]
fn bad_files_are_refused_in_clear_words_and_leave_nothing() {
    let good = text(STATLINE);
    let folder = folder();
    let at = |name: &str, content: &[u8]| written(&folder, name, content);
    let swapped = good
        .replace("AantalInwoners_5", "X")
        .replace("HuishoudensTotaal_28", "AantalInwoners_5")
        .replace("\"X\"", "\"HuishoudensTotaal_28\"");
    let wrong_sheet = folder.path().join("wrong-sheet.xlsx");
    workbook(&wrong_sheet, &[("Uitleg", vec![vec!["Toelichting".into(), "CBS".into()]]), ("Blad2", vec![])]);
    let torn_book = folder.path().join("torn.xlsx");
    let whole = fs::read(kwb(&folder)).expect("readable");
    fs::write(&torn_book, &whole[..whole.len() / 2]).expect("a file can be written");
    let moved = good.replace("\"    3000\"", "\"Buurt   \"");
    let thousands = good.replace("\"    3000\"", "\"   3.000\"");
    let twice = format!("{good}{}", good.lines().nth(3).expect("the neighbourhood"));
    let doubled = good.replace("Mannen_6", "AantalInwoners_6");
    let cases: [(PathBuf, &str, &[&str]); 25] = [
        (
            at("cut.csv", &good.as_bytes()[..good.len() * 2 / 3]),
            "BU99990101",
            &["of the 34 columns", "not whole", "cut.csv:8"],
        ),
        (at("moved.csv", moved.as_bytes()), "BU99990101", &["\"Buurt\" is no whole number", "moved.csv:4"]),
        (
            at("thousands.csv", thousands.as_bytes()),
            "BU99990101",
            &["\"3.000\" is no whole number", "points between thousands"],
        ),
        (
            at("swapped.csv", swapped.as_bytes()),
            "BU99990101",
            &["the ages of BU99990101 add up to 3000, and it has 1500 inhabitants", "swapped"],
        ),
        (
            at("too-dense.csv", with_density(&[("BU99990101", "   41200")]).as_bytes()),
            "BU99990101",
            &["BU99990101 has 41200 addresses to a square kilometre", "too-dense.csv:4", "up to 20000 is likely"],
        ),
        (
            at("negative.csv", with_density(&[("BU99990101", "   -4120")]).as_bytes()),
            "BU99990101",
            &["\"-4120\" is no whole number", "negative.csv:4", "households or addresses is wanted"],
        ),
        (
            // Of the municipality, which could stand in for what is missing.
            at("point.csv", with_density(&[("GM9999", "   1.510")]).as_bytes()),
            "BU99990101",
            &["\"1.510\" is no whole number", "point.csv:2", "points between thousands"],
        ),
        (at("twice.csv", twice.as_bytes()), "BU99990101", &["BU99990101 stands in the file twice", "one year"]),
        (
            at("doubled.csv", doubled.as_bytes()),
            "BU99990101",
            &["two columns hold the same figure: `AantalInwoners_5`"],
        ),
        (
            at("other.csv", b"name;price\nchair;12\n"),
            "BU99990101",
            &["is no table of Kerncijfers wijken en buurten", "StatLine"],
        ),
        (at("colon.csv", good.replace(';', ":").as_bytes()), "BU99990101", &["is no table of Kerncijfers"]),
        (at("head.csv", good.lines().next().expect("a header").as_bytes()), "BU99990101", &["no regions"]),
        (at("empty.csv", b""), "BU99990101", &["is empty"]),
        (at("binary.csv", &[0, 159, 146, 150, 0, 1, 2, 3]), "BU99990101", &["is no text and no workbook"]),
        (at("other.zip", b"PK\x03\x04nothing"), "BU99990101", &["cannot be read as a workbook"]),
        (wrong_sheet, "BU99990101", &["no sheet of", "\"Uitleg\" begins with \"Toelichting\", \"CBS\""]),
        (torn_book, "BU99990101", &["cannot be read as a workbook", "download it again"]),
        (folder.path().join("none.csv"), "BU99990101", &["there is no such file"]),
        (folder.path().to_path_buf(), "BU99990101", &["it is a folder"]),
        (STATLINE.into(), "BU99990111", &["there is no region \"BU99990111\"", "did you mean BU99990101?"]),
        (STATLINE.into(), "BU99990199", &["did you mean BU99990101 or BU99990102 or BU99990103?"]),
        (STATLINE.into(), "De Linde", &["there is no region \"De Linde\"", "10 regions, from GM9999 to BU99990202"]),
        (STATLINE.into(), "BU99990103", &["nobody lives in BU99990103", "the district WK999901"]),
        (
            STATLINE.into(),
            "BU99990105",
            &["the number of inhabitants of BU99990105 is not published", "the district WK999901"],
        ),
        (STATLINE.into(), "BU99990202", &["BU99990202 has 100 inhabitants and no household", "institutions"]),
    ];
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = folder.path().join("out");
    for (file, code, words) in cases {
        let args = ["import", "cbs", &file.to_string_lossy(), "--code", code, "--out", &out.to_string_lossy()];
        let done = noaber(&args, here);
        assert_eq!(done.status.code(), Some(3), "{args:?}: {}", stderr(&done));
        for word in words {
            assert!(stderr(&done).contains(word), "{word} is not in:\n{}", stderr(&done));
        }
        assert!(!out.exists() && done.stdout.is_empty(), "{args:?} leaves something");
    }
    let named = imported(&kwb(&folder), "BU99990101");
    assert!(named.made.starts_with("De Linde"));
    let by_name =
        import_cbs(&kwb(&folder), &["linde".to_owned()], ENGLISH).expect_err("names are no codes").to_string();
    assert!(by_name.contains("BU99990101 De Linde"), "{by_name}");
}

#[test]
fn all_faults_of_all_codes_are_told_at_once() {
    let codes = ["BU99990103", "BU99990105", "BU99999999"].map(str::to_owned);
    let faults = import_cbs(Path::new(STATLINE), &codes, ENGLISH).expect_err("three bad codes");
    assert_eq!(faults.len(), 3, "{faults}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_neighbourhood_of_any_size_becomes_a_sound_scenario(
        households in prop_oneof![1_u32..40, 40_u32..9_000],
        ages in prop::array::uniform5(0_u32..100),
        sorts in prop::array::uniform3(0_u32..100),
        origins in prop::array::uniform2(0_u32..50),
        tenure in prop::array::uniform3(0_u32..=33),
        (flats, empty, low, work) in (0_u32..=100, 0_u32..=100, 0_u32..=100, 0_u32..=100),
        (urbanity, density) in (1_u32..=5, 0_u32..=20_000),
    ) {
        // Parts of 100, of so many people and households, without rounding: that the rounded ones are taken is shown above.
        let of = |parts: &[u32], whole: u32| -> Vec<u32> {
            let sum = parts.iter().sum::<u32>().max(1);
            let mut shared: Vec<u32> = parts.iter().map(|part| part * whole / sum).collect();
            let rest = whole - shared.iter().sum::<u32>();
            *shared.last_mut().expect("parts") += rest;
            shared
        };
        let people = households * 2;
        let (ages, sorts) = (of(&ages, people), of(&sorts, households));
        let (europe, outside) = (people * origins[0] / 100, people * origins[1] / 100);
        let cells: Vec<String> = std::iter::once("BU99990101".to_owned())
            .chain(std::iter::once(people).chain(ages).chain([europe, outside, households]).chain(sorts).chain(tenure)
                .chain([flats, empty, low, work, urbanity, density]).map(|number| number.to_string()))
            .collect();
        let head = "gwb_code;a_inw;a_00_14;a_15_24;a_25_44;a_45_64;a_65_oo;a_w_all;a_nw_all;a_hh;a_1p_hh;a_hh_z_k;a_hh_m_k;\
                    p_koopw;p_wcorpw;p_ov_hw;p_mgezw;p_leegsw;p_hh_li;p_arb_pp;ste_mvs;\
                    ste_oad";
        let folder = folder();
        let path = written(&folder, "kwb.csv", format!("{head}\n{}\n", cells.join(";")));
        let scenario = scenario(&imported(&path, "BU99990101"));
        let homes = scenario.blueprint.homes();
        let vacant = (homes as f32 * scenario.blueprint.composition.vacant.get() + 0.5) as u32;
        prop_assert!((homes - vacant).abs_diff(households) <= 1, "{homes} homes, {vacant} empty, {households} households");
    }
}
