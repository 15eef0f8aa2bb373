//! From published statistics to one study of many neighbourhoods: files, sums, positions, and what is refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use noaber::scenario::{ImportWords, ImportedTown, Overrides, Scenario, import_cbs, import_cbs_town, read_study};
use rust_xlsxwriter::Workbook;
use tempfile::TempDir;

const ENGLISH: ImportWords = ImportWords { dutch: false };
/// Two districts of The Hague, in the columns of StatLine: Statistics Netherlands, Kerncijfers wijken en buurten 2019,
/// table 84583NED, CC BY 4.0. In one of their neighbourhoods nobody lives; of one, education is not published.
const HEAD: &str = "ID;WijkenEnBuurten;SoortRegio_2;Codering_3;AantalInwoners_5;k_0Tot15Jaar_8;k_15Tot25Jaar_9;k_25Tot45Jaar_10;\
                    k_45Tot65Jaar_11;k_65JaarOfOuder_12;WestersTotaal_17;NietWestersTotaal_18;HuishoudensTotaal_28;\
                    Eenpersoonshuishoudens_29;HuishoudensZonderKinderen_30;HuishoudensMetKinderen_31;\
                    GemiddeldeHuishoudensgrootte_32;OpleidingsniveauLaag_64;OpleidingsniveauMiddelbaar_65;\
                    OpleidingsniveauHoog_66";
const ROWS: [&str; 12] = [
    "5660;GM0518;Gemeente;GM0518;537833;92532;66099;162025;139157;78020;99877;193599;263371;125380;55800;82191;2.0;128180;146030;144220",
    "5661;WK051801;Wijk;WK051801;0;0;0;0;0;0;0;0;0;0;0;0;.;.;.;.",
    "5662;BU05180170;Buurt;BU05180170;0;0;0;0;0;0;0;0;0;0;0;0;.;.;.;.",
    "5777;WK051836;Wijk;WK051836;21300;4485;2520;7060;4940;2295;2985;13085;10890;5730;1600;3570;1.9;7710;6050;2140",
    "5778;BU05183620;Buurt;BU05183620;3245;655;355;1095;775;370;445;2025;1720;1000;205;525;1.8;1160;860;330",
    "5779;BU05183637;Buurt;BU05183637;6245;1370;635;1885;1560;795;680;4055;3220;1705;425;1100;1.9;2250;1940;400",
    "5780;BU05183638;Buurt;BU05183638;7035;1375;925;2305;1720;710;1430;3865;3495;1730;605;1170;2.0;2660;2010;770",
    "5781;BU05183639;Buurt;BU05183639;4765;1085;605;1775;885;415;425;3140;2450;1300;375;785;1.9;1640;1230;660",
    "5799;WK051841;Wijk;WK051841;260;30;60;75;60;40;10;105;170;130;20;25;1.5;100;50;110",
    "5800;BU05184106;Buurt;BU05184106;165;30;10;25;60;40;10;10;80;40;20;25;2.1;20;30;80",
    "5801;BU05184107;Buurt;BU05184107;0;0;0;0;0;0;0;0;0;0;0;0;.;.;.;.",
    "5802;BU05184110;Buurt;BU05184110;95;0;50;45;0;0;0;95;90;95;5;0;1.0;.;.;.",
];
const TWO: [&str; 2] = ["WK051836", "WK051841"];
const LIVED_IN: [&str; 6] = ["BU05183620", "BU05183637", "BU05183638", "BU05183639", "BU05184106", "BU05184110"];
/// Columns of inhabitants and of households.
const PEOPLE: usize = 4;
const HOUSEHOLDS: usize = 12;
/// Middles in metres; made up.
const POSITIONS: &str = "code,x_metres,y_metres\nBU05183620,79000,452000\nBU05183637,80000,452000.4\nBU05183638,79000,451000\n\
                         BU05183639,80000,451000\nBU05184106,85000,450000\nBU05184110,86000,450000\n";

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn written(folder: &TempDir, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, content).expect("a file can be written");
    path
}

/// The file with each row changed, or left out.
fn statistics(change: impl Fn(&str) -> Option<String>) -> String {
    let rows: Vec<String> = ROWS.iter().filter_map(|row| change(row)).collect();
    format!("{HEAD}\n{}\n", rows.join("\n"))
}

fn whole() -> String {
    statistics(|row| Some(row.to_owned()))
}

/// The file with one cell of one region changed.
fn with(code: &str, column: usize, cell: &str) -> String {
    statistics(|row| {
        let mut cells: Vec<&str> = row.split(';').collect();
        if cells[1] == code {
            cells[column] = cell;
        }
        Some(cells.join(";"))
    })
}

fn cell(code: &str, column: usize) -> f64 {
    let row = ROWS.iter().find(|row| row.split(';').nth(1) == Some(code)).expect("a row of this region");
    row.split(';').nth(column).and_then(|cell| cell.parse().ok()).expect("a figure")
}

fn owned(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

fn town(content: &str, codes: &[&str], positions: Option<&str>) -> Result<ImportedTown, String> {
    let folder = folder();
    let file = written(&folder, "statistics.csv", content);
    let positions = positions.map(|content| written(&folder, "middles.csv", content));
    import_cbs_town(&file, &owned(codes), positions.as_deref(), ENGLISH).map_err(|faults| faults.to_string())
}

fn made(content: &str, codes: &[&str], positions: Option<&str>) -> ImportedTown {
    town(content, codes, positions).unwrap_or_else(|faults| panic!("{faults}"))
}

/// What `noaber` makes of one neighbourhood file by itself.
fn scenario(content: &str) -> Scenario {
    let folder = folder();
    let file = written(&folder, "one.toml", content);
    let study = read_study(&[file], &[], &Overrides::default());
    study.unwrap_or_else(|faults| panic!("{faults}\n{content}")).scenarios.swap_remove(0)
}

fn codes_of(town: &ImportedTown) -> Vec<&str> {
    let code =
        |path: &'_ str| path.strip_prefix("neighbourhoods/").and_then(|name| name.strip_suffix(".toml")).is_some();
    assert!(town.neighbourhoods.iter().all(|(path, _)| code(path)));
    town.neighbourhoods.iter().map(|(path, _)| &path["neighbourhoods/".len()..path.len() - ".toml".len()]).collect()
}

/// Where the baseline puts each neighbourhood.
fn spots(town: &ImportedTown) -> BTreeMap<String, [i64; 2]> {
    let baseline: toml::Table = town.baseline.parse().expect("TOML");
    let metres =
        |place: &toml::Value, key: &str| place.get(key).and_then(toml::Value::as_integer).expect("whole metres");
    let districts = baseline["districts"].as_table().expect("districts");
    districts
        .iter()
        .map(|(code, place)| (code.clone(), [metres(place, "x_metres"), metres(place, "y_metres")]))
        .collect()
}

fn noaber(args: &[&str], within: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_noaber"));
    command.args(args).current_dir(within).output().expect("the program starts")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A text without its line breaks and the signs of comments and boxes around them.
fn unbroken(text: &str) -> String {
    text.replace('#', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn each_neighbourhood_where_people_live_has_the_file_that_it_has_alone_and_the_file_is_sound() {
    let town = made(&whole(), &TWO, None);
    assert_eq!(codes_of(&town), LIVED_IN);
    let folder = folder();
    let file = written(&folder, "statistics.csv", whole());
    for ((_, text), code) in town.neighbourhoods.iter().zip(LIVED_IN) {
        let alone = import_cbs(&file, &owned(&[code]), ENGLISH).expect("a sound file").swap_remove(0);
        assert_eq!(*text, alone.neighbourhood);
        let blueprint = scenario(text).blueprint;
        let vacant = f64::from(blueprint.homes()) * f64::from(blueprint.composition.vacant.get());
        let lived_in = f64::from(blueprint.homes()) - vacant;
        assert!((lived_in - cell(code, HOUSEHOLDS)).abs() <= 1.0, "{code}: {lived_in} homes are lived in");
        assert!(!blueprint.places.is_empty(), "{code} has no place to meet");
    }
}

#[test]
fn the_baseline_holds_what_is_the_same_for_all_and_names_each_file_and_place() {
    let town = made(&whole(), &TWO, None);
    let baseline: toml::Table = town.baseline.parse().expect("TOML");
    let sections: Vec<&str> = baseline.keys().map(String::as_str).collect();
    assert_eq!(sections, ["study", "title", "description", "time", "districts"]);
    let extended: Vec<&str> = baseline["districts"]
        .as_table()
        .expect("districts")
        .values()
        .map(|district| district["extends"].as_str().expect("a file"))
        .collect();
    let files: Vec<&str> = town.neighbourhoods.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(extended, files, "in the order of the codes, which is that of the study");
    assert!(unbroken(&town.baseline).contains("Assumed, for the statistics have none"), "{}", town.baseline);
    let named: Vec<String> = ROWS.iter().map(|row| format!("{row};Den Haag;Den Haag")).collect();
    let named = made(&format!("{HEAD};regio;gm_naam\n{}\n", named.join("\n")), &TWO, None);
    let titles: toml::Table = named.baseline.parse().expect("TOML");
    assert_eq!(titles["study"]["title"]["nl"].as_str(), Some("Den Haag (WK051836), Den Haag (WK051841)"));
}

#[test]
fn the_study_is_read_as_a_town_of_these_neighbourhoods_in_these_places() {
    let town = made(&whole(), &TWO, Some(POSITIONS));
    let folder = folder();
    fs::create_dir(folder.path().join("neighbourhoods")).expect("a folder can be made");
    for (path, text) in town.neighbourhoods.iter().chain([&("baseline.toml".to_owned(), town.baseline.clone())]) {
        written(&folder, path, text);
    }
    let study = read_study(&[folder.path().to_path_buf()], &[], &Overrides::default());
    let study = study.unwrap_or_else(|faults| panic!("{faults}\n{}", town.baseline));
    let districts = &study.scenarios[0].blueprint.districts;
    let spots = spots(&town);
    assert_eq!(districts.len(), LIVED_IN.len());
    for ((district, code), (_, text)) in districts.iter().zip(LIVED_IN).zip(&town.neighbourhoods) {
        assert_eq!(district.key, code);
        assert_eq!(district.at, Some(spots[code].map(|metres| metres as f32)), "{code}");
        let alone = scenario(text).blueprint;
        assert_eq!(district.blueprint.composition, alone.composition, "{code}");
        assert_eq!(district.blueprint.buildings, alone.buildings, "{code}");
        assert_eq!(district.blueprint.places, alone.places, "{code}");
        assert_eq!(district.blueprint.grants, alone.grants, "{code}");
    }
}

#[test]
fn the_account_says_how_the_neighbourhoods_add_up_and_who_was_left_out() {
    let town = made(&whole(), &TWO, None);
    for district in TWO {
        for (name, column) in [("inhabitants", PEOPLE), ("households", HOUSEHOLDS)] {
            let within = ROWS.iter().filter_map(|row| row.split(';').nth(1)).filter(|code| code.starts_with("BU"));
            let sum: f64 = within.filter(|code| code[2..8] == district[2..]).map(|code| cell(code, column)).sum();
            let (whole, apart) = (cell(district, column), sum - cell(district, column));
            let line = format!("{district} {name} {sum} {whole} {apart:+} ({:+.2} %)", 100.0 * apart / whole);
            assert!(unbroken(&town.page).contains(&line), "{line} is not in:\n{}", town.page);
        }
    }
    let left_out = "Left out, for nobody lives there: BU05184107";
    assert!(town.page.contains(left_out) && town.account.contains(left_out), "{}", town.page);
    assert!(town.page.contains("in 6 neighbourhoods"), "{}", town.page);
    // Of one neighbourhood education is missing; of all of them whatever has no column.
    assert!(town.page.contains(" 1  Education: CBS, of the district"), "{}", town.page);
    assert!(town.page.contains(" 6  Low incomes: national figure"), "{}", town.page);
    let (_, education) = town.account.split_once("Education").expect("it is there");
    assert_eq!(education.lines().nth(1).map(str::trim), Some("BU05184110"), "which one is told in the file");
    let dutch = {
        let folder = folder();
        let file = written(&folder, "statistics.csv", whole());
        import_cbs_town(&file, &owned(&TWO), None, ImportWords { dutch: true }).expect("a sound file")
    };
    for words in ["Weggelaten, want er woont niemand: BU05184107", "buurten samen", "Opleiding: CBS, van de wijk"] {
        assert!(dutch.page.contains(words), "{words} is not in:\n{}", dutch.page);
    }
}

#[test]
fn the_same_neighbourhoods_make_the_same_town_however_they_are_asked_for_and_whatever_their_order() {
    let wanted = made(&whole(), &TWO, None);
    let turned = {
        let mut rows = ROWS;
        rows.reverse();
        format!("{HEAD}\n{}\n", rows.join("\n"))
    };
    for (content, codes) in [
        (whole(), vec!["wk051841", "WK051836", "WK051836"]),
        (whole(), vec!["WK051836", "BU05183620", "WK051841"]),
        (whole(), LIVED_IN.to_vec()),
        (turned, TWO.to_vec()),
    ] {
        let town = made(&content, &codes, None);
        assert_eq!(town.neighbourhoods, wanted.neighbourhoods, "{codes:?}");
        assert_eq!(spots(&town), spots(&wanted), "{codes:?}");
    }
    let one = made(&whole(), &["BU05183620"], None);
    assert_eq!(spots(&one), BTreeMap::from([("BU05183620".to_owned(), [0, 0])]), "one alone is a town of one");
}

#[test]
fn figures_that_are_not_published_of_a_few_people_come_from_the_district_and_are_counted() {
    // Nothing but the inhabitants, as of a hamlet.
    let few = statistics(|row| {
        let cells: Vec<&str> = row.split(';').collect();
        let nothing = vec!["."; cells.len() - PEOPLE - 1].join(";");
        Some(if cells[1] == "BU05184106" {
            format!("{};{nothing}", cells[..=PEOPLE].join(";"))
        } else {
            row.to_owned()
        })
    });
    let town = made(&few, &["WK051841"], None);
    assert_eq!(codes_of(&town), ["BU05184106", "BU05184110"]);
    for figure in ["Households, by their size", "People in a household", "Ages", "Sorts of household"] {
        assert!(town.page.contains(&format!(" 1  {figure}: CBS, of the district")), "{figure}:\n{}", town.page);
    }
    assert!(town.page.contains(" 2  Education: CBS, of the district"), "{}", town.page);
    let blueprint = scenario(&town.neighbourhoods[0].1).blueprint;
    let households = f64::from(blueprint.homes()) * (1.0 - f64::from(blueprint.composition.vacant.get()));
    let size_around = 1.5;
    assert!((households - cell("BU05184106", PEOPLE) / size_around).abs() <= 1.0, "{households} households");

    // Without inhabitants there is nobody to grow.
    let town = made(&few.replace("BU05184106;165;", "BU05184106;.;"), &["WK051841"], None);
    assert_eq!(codes_of(&town), ["BU05184110"]);
    assert!(
        town.page.contains("Left out, for the number of inhabitants is not published: BU05184106"),
        "{}",
        town.page
    );
}

#[test]
fn given_positions_keep_their_distances_and_assumed_ones_keep_districts_together() {
    let given = made(&whole(), &TWO, Some(POSITIONS));
    let found = spots(&given);
    let mut sum = [0, 0];
    for (code, line) in LIVED_IN.iter().zip(POSITIONS.lines().skip(1)) {
        let wanted: Vec<f64> = line.split(',').skip(1).map(|cell| cell.parse().expect("a number")).collect();
        for axis in 0..2 {
            let moved = (found[*code][axis] - found[LIVED_IN[0]][axis]) as f64;
            let first: f64 = POSITIONS
                .lines()
                .nth(1)
                .expect("a line")
                .split(',')
                .nth(axis + 1)
                .expect("a cell")
                .parse()
                .expect("a number");
            assert!((moved - (wanted[axis] - first)).abs() <= 1.0, "{code} is {moved} metres from the first");
            sum[axis] += found[*code][axis];
        }
    }
    assert!(sum.iter().all(|sum| sum.abs() <= 6), "they are counted from their mean: {sum:?}");
    assert!(
        given.baseline.contains("from \"middles.csv\"") && !given.baseline.contains("Assumed"),
        "{}",
        given.baseline
    );
    // As a spreadsheet in Dutch writes it, with a column more and a line more.
    let dutch =
        POSITIONS.replace('.', ",").replace("code,x_metres,y_metres", "code,x_metres,y_metres,naam").replace(',', ";");
    let dutch: Vec<String> = dutch
        .lines()
        .map(|line| {
            if line.starts_with("code") {
                line.to_owned()
            } else {
                format!("{line};naam").replace("452000;4;", "452000,4;")
            }
        })
        .chain(["GM0518;;;Den Haag".to_owned()])
        .collect();
    assert_eq!(spots(&made(&whole(), &TWO, Some(&dutch.join("\r\n")))), found);

    let assumed = spots(&made(&whole(), &TWO, None));
    let apart = |a: &str, b: &str| {
        (0..2).map(|axis| ((assumed[a][axis] - assumed[b][axis]) as f64).powi(2)).sum::<f64>().sqrt()
    };
    let own = |code: &str| {
        let blueprint = scenario(&made(&whole(), &[code], None).neighbourhoods[0].1).blueprint;
        (f64::from(blueprint.homes()) * 1e6 / f64::from(blueprint.addresses)).sqrt()
    };
    for (nth, one) in LIVED_IN.iter().enumerate() {
        for other in &LIVED_IN[..nth] {
            let least = f64::midpoint(own(one), own(other)) - 2.0;
            assert!(
                apart(one, other) >= least,
                "{one} and {other} are {} metres apart, and not {least}",
                apart(one, other)
            );
        }
    }
    assert!(apart("BU05184106", "BU05184110") < apart("BU05184106", "BU05183620"), "{assumed:?}");
}

#[test]
fn a_bad_file_of_positions_is_refused_with_line_and_remedy_and_all_faults_at_once() {
    let changed = |from: &str, to: &str| POSITIONS.replace(from, to);
    let degrees = "code,x_metres,y_metres\nBU05183620,4.28,52.05\nBU05183637,4.29,52.05\nBU05183638,4.30,52.05\n\
                   BU05183639,4.31,52.05\nBU05184106,4.32,52.05\nBU05184110,4.33,52.05\n";
    let cases: [(String, &[&str]); 14] = [
        (
            changed("79000,452000", "far,north").replace("BU05184106,85000", "BU05184106,"),
            &[
                "\"FAR\" is no number",
                "middles.csv:2:12",
                "\"NORTH\" is no number",
                "\"\" is no number",
                "middles.csv:6",
                "3 faults",
            ],
        ),
        (
            changed("BU05184106,85000,450000\n", "").replace("BU05183620,79000,452000\n", ""),
            &["has no position of 2 of the 6 neighbourhoods: BU05183620, BU05184106", "or leave out --positions"],
        ),
        (changed("x_metres", "x_meters"), &["there is no column `x_metres`", "is `x_meters` meant?", "middles.csv:1"]),
        (changed("code,x_metres,y_metres", "a,b,c"), &["no column `code`", "no column `y_metres`", "3 faults"]),
        (changed("x_metres", "y_metres"), &["there is no column `x_metres`", "two columns are called `y_metres`"]),
        (changed("452000.4", "452000,4"), &["line 3 has 4 of the 3 columns", "a decimal comma needs semicolons"]),
        (
            changed("79000,452000", "79.000,452.000"),
            &["\"79.000\" may be thousands of metres or a few", "write whole metres"],
        ),
        (changed("BU05183637,", "BU05183620,"), &["BU05183620 is there twice, first in line 2", "middles.csv:3"]),
        (changed("BU05183637,", "Moerwijk,"), &["\"MOERWIJK\" is no code of a region", "BU and 8 digits is wanted"]),
        (degrees.to_owned(), &["all 6 neighbourhoods lie within 100 metres", "no degrees or kilometres"]),
        (changed("x_metres,y_metres", "y_metres,x_metres"), &["x_metres and y_metres seem to be swapped"]),
        (
            changed("86000,450000", "860000,450000"),
            &["metres from the mean of all neighbourhoods", "up to 100000 is allowed", "middles.csv:7"],
        ),
        (
            changed("86000,450000", "85000,450000"),
            &["this neighbourhood lies where that of line 6 lies", "middles.csv:7"],
        ),
        (String::new(), &["middles.csv` is empty", "columns code,x_metres,y_metres"]),
    ];
    for (content, words) in cases {
        let told = town(&whole(), &TWO, Some(&content)).expect_err(&content);
        for word in words {
            // Codes are compared in capitals; a cell is told as it was written.
            assert!(told.to_uppercase().contains(&word.to_uppercase()), "{word} is not in:\n{told}");
        }
    }
    let both = town(&with("BU05183620", PEOPLE, "many"), &TWO, Some("a,b,c\n1,2,3\n")).expect_err("both are bad");
    assert!(both.contains("\"many\" is no whole number") && both.contains("no column `code`"), "{both}");
    assert!(both.contains("statistics.csv:6") && both.contains("middles.csv:1"), "{both}");
}

#[test]
fn bad_statistics_of_a_town_are_refused_in_clear_words() {
    let cut_at_a_line =
        statistics(|row| (!row.starts_with("5780") && !row.starts_with("5781")).then(|| row.to_owned()));
    let without_neighbourhoods = statistics(|row| (!row.contains("Buurt")).then(|| row.to_owned()));
    let suppressed = statistics(|row| {
        let cells: Vec<&str> = row.split(';').collect();
        let all: Vec<&str> =
            cells.iter().enumerate().map(|(nth, cell)| if nth < PEOPLE { cell } else { "." }).collect();
        Some(all.join(";"))
    });
    let swapped = whole()
        .replace("AantalInwoners_5", "X")
        .replace("HuishoudensTotaal_28", "AantalInwoners_5")
        .replace(";X;", ";HuishoudensTotaal_28;");
    let torn = whole();
    let torn = &torn[..torn.len() - 9];
    // Decimal commas in a file with commas: each line has a cell too many.
    let commas = whole().replace("1.9", "1,9").replace(';', ",");
    let mixed = whole().replacen(';', ",", 25);
    let twice = format!("{}{}\n", whole(), ROWS[5]);
    let cases: [(String, &[&str], &[&str]); 14] = [
        (
            cut_at_a_line.clone(),
            &["WK051836"],
            &[
                "the neighbourhoods of WK051836 have 9490 inhabitants together, and WK051836 has 21300",
                "seem to be missing",
                "statistics.csv:5",
            ],
        ),
        (
            whole(),
            &["GM0518"],
            &["the neighbourhoods of GM0518 have 21550 inhabitants together, and GM0518 has 537833"],
        ),
        (torn.to_owned(), &["WK051836"], &["of the 20 columns", "this line is not whole", "statistics.csv:13"]),
        (commas, &["WK051836"], &["has 21 of the 20 columns", "not whole"]),
        (mixed, &["WK051836"], &["line 2 has 7 of the 20 columns", "12 lines in all are not whole"]),
        (
            swapped,
            &["WK051836"],
            &["the ages of BU05183620 add up to 3250, and it has 1720 inhabitants", "the ages of WK051836", "swapped"],
        ),
        (
            suppressed,
            &TWO,
            &[
                "no neighbourhood of WK051836 can be grown",
                "no neighbourhood of WK051841 can be grown",
                "the number of inhabitants of BU05183620 is not published",
            ],
        ),
        (
            whole(),
            &["WK051801", "WK051836"],
            &["no neighbourhood of WK051801 can be grown", "nobody lives in BU05180170"],
        ),
        (whole(), &["BU05184107", "WK051836"], &["nobody lives in BU05184107", "statistics.csv:12"]),
        (whole(), &["WK051837"], &["there is no region \"WK051837\"", "did you mean WK051836?"]),
        (
            whole(),
            &["Moerwijk", "BU0518"],
            &["there is no region \"Moerwijk\"", "there is no region \"BU0518\"", "2 faults"],
        ),
        (
            without_neighbourhoods,
            &["WK051836"],
            &["no neighbourhood of WK051836 is in the file", "leave out --by-neighbourhood"],
        ),
        (with("WK051836", PEOPLE, "21.300"), &["WK051836"], &["\"21.300\" is no whole number", "statistics.csv:5"]),
        (twice, &["WK051836"], &["BU05183637 stands in the file twice, first in line 7", "one year"]),
    ];
    for (content, codes, words) in cases {
        let told = town(&content, codes, None).err().unwrap_or_else(|| panic!("{codes:?} of\n{content}"));
        for word in words {
            assert!(told.contains(word), "{word} is not in:\n{told}");
        }
    }
    // The region itself need not be in the file: then the sums cannot be held against it.
    let town = made(&statistics(|row| (!row.contains("Wijk")).then(|| row.to_owned())), &["WK051836"], None);
    assert_eq!(codes_of(&town), LIVED_IN[..4]);
    assert!(unbroken(&town.page).contains("WK051836 inhabitants 21290 not known"), "{}", town.page);
    // Who names what is left of a file that was cut off, gets it.
    assert_eq!(codes_of(&made(&cut_at_a_line, &["BU05183620", "BU05183637"], None)), LIVED_IN[..2]);
}

#[test]
fn the_sheet_with_the_figures_is_found_behind_others_and_a_book_without_it_is_refused() {
    let folder = folder();
    let book = |name: &str, with_figures: bool| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name("Toelichting").expect("a name");
        sheet.write_string(0, 0, "Kerncijfers wijken en buurten").expect("a cell");
        let sheet = book.add_worksheet();
        sheet.set_name("Cijfers").expect("a name");
        for (row, line) in std::iter::once(HEAD).chain(ROWS).enumerate().filter(|_| with_figures) {
            for (column, cell) in line.split(';').enumerate() {
                sheet.write_string(row as u32, column as u16, cell).expect("a cell");
            }
        }
        let path = folder.path().join(name);
        book.save(&path).expect("a book can be written");
        path
    };
    let found = import_cbs_town(&book("good.xlsx", true), &owned(&TWO), None, ENGLISH);
    let found = found.unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(codes_of(&found), LIVED_IN);
    let refused =
        import_cbs_town(&book("bad.xlsx", false), &owned(&TWO), None, ENGLISH).expect_err("there are no figures");
    let refused = refused.to_string();
    assert!(refused.contains("no sheet of") && refused.contains("\"Toelichting\" begins with"), "{refused}");
}

#[test]
fn a_town_is_written_whole_or_not_at_all_and_a_baseline_that_is_there_stays() {
    let folder = folder();
    written(&folder, "statistics.csv", whole());
    written(&folder, "middles.csv", POSITIONS);
    let args = ["import", "cbs", "statistics.csv", "--code", "WK051836", "--by-neighbourhood"];
    let run = |more: &[&str]| noaber(&[&args[..], more].concat(), folder.path());
    let done = run(&[]);
    assert!(done.status.success(), "{}", stderr(&done));
    assert!(stdout(&done).contains("Run it with: noaber run wk051836/baseline.toml"), "{}", stdout(&done));
    let made = folder.path().join("wk051836");
    let mut names: Vec<String> = fs::read_dir(&made)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["account.txt", "baseline.toml", "neighbourhoods"]);
    let files: Vec<String> = LIVED_IN[..4].iter().map(|code| format!("wk051836/neighbourhoods/{code}.toml")).collect();
    for file in files.iter().map(String::as_str).chain(["wk051836"]) {
        let checked = noaber(&["check", file], folder.path());
        assert!(checked.status.success(), "{}", stderr(&checked));
    }
    let again = run(&[]);
    assert_eq!(again.status.code(), Some(1));
    assert!(stderr(&again).contains("is there already") && stderr(&again).contains("--force"), "{}", stderr(&again));

    // Other figures, and a district more, beside a baseline that was changed by hand.
    let baseline = made.join("baseline.toml");
    let own = fs::read_to_string(&baseline).expect("readable").replace("weeks = 104 #", "weeks = 52 #");
    fs::write(&baseline, &own).expect("a file can be written");
    let before = fs::read_to_string(folder.path().join(&files[0])).expect("readable");
    written(&folder, "statistics.csv", with("BU05183620", HOUSEHOLDS, "1700"));
    let forced = run(&["WK051841", "--out", "wk051836", "--force"]);
    assert_eq!(forced.status.code(), Some(2), "a code is no flag: {}", stderr(&forced));
    let forced = run(&["--code", "WK051841", "--out", "wk051836", "--force"]);
    assert!(forced.status.success(), "{}", stderr(&forced));
    assert!(stdout(&forced).contains("There are 2 neighbourhoods that it does not name yet"), "{}", stdout(&forced));
    assert_eq!(fs::read_to_string(&baseline).expect("readable"), own, "the baseline is the user's");
    assert_ne!(fs::read_to_string(folder.path().join(&files[0])).expect("readable"), before, "the figures are new");

    // What fails leaves nothing.
    written(&folder, "middles.csv", "code,x_metres,y_metres\n");
    for more in [&["--positions", "middles.csv", "--out", "new"][..], &["--code", "WK051801", "--out", "new"]] {
        let refused = run(more);
        assert_eq!(refused.status.code(), Some(3), "{}", stderr(&refused));
        assert!(!folder.path().join("new").exists() && refused.stdout.is_empty(), "{more:?} leaves something");
    }
    written(&folder, "in-the-way", "a file");
    let refused = run(&["--out", "in-the-way"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("`in-the-way` cannot be written"), "{}", stderr(&refused));
    let alone =
        noaber(&["import", "cbs", "statistics.csv", "--code", "WK051836", "--positions", "middles.csv"], folder.path());
    assert_eq!(alone.status.code(), Some(2), "positions are for many: {}", stderr(&alone));
}
