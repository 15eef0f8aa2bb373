//! The account of a town: who was left out, whether the neighbourhoods add up, and what stands in the place of what.

use std::fmt::Write as _;

use super::town::Town;
use super::words::{What, Words, rows_of};
use super::write::wrapped;
use super::{estimate::Estimate, estimate::From};

/// Codes that are named on a page of which more is told elsewhere.
const MOST_NAMED: usize = 8;

/// What a figure was replaced by, and the codes of the neighbourhoods where it was.
type Replaced = (String, Vec<String>);

/// The account on one page.
pub(super) fn page(town: &Town, remarks: &[String], words: Words) -> String {
    let mut text = opening(town, remarks, words, MOST_NAMED);
    let replaced = replaced(town, words);
    if !replaced.is_empty() {
        let _ = writeln!(text, "\n{}", words.missing(town.neighbourhoods.len()));
    }
    for (what, codes) in &replaced {
        let _ = writeln!(text, "{:>7}  {what}", codes.len());
    }
    text
}

/// The account with every code in it.
pub(super) fn whole(town: &Town, remarks: &[String], words: Words) -> String {
    let mut text = opening(town, remarks, words, usize::MAX);
    let all = town.neighbourhoods.len();
    let replaced = replaced(town, words);
    if !replaced.is_empty() {
        let _ = writeln!(text, "\n{}", words.missing(all));
    }
    for (what, codes) in &replaced {
        let _ = writeln!(text, "{:>7}  {what}", codes.len());
        let codes = if codes.len() == all { words.all_of_them() } else { codes.join(" ") };
        wrapped(&mut text, "        ", &codes);
    }
    text
}

/// What both have: the town, who was left out, the sums.
fn opening(town: &Town, remarks: &[String], words: Words, most: usize) -> String {
    let mut text = format!("{}\n", words.town_made(town));
    let mut line = |line: String| wrapped(&mut text, " ", &line);
    line(words.not_in_households(town));
    let mut reasons: Vec<_> = town.left_out.iter().map(|one| one.why).collect();
    reasons.sort_unstable();
    reasons.dedup();
    for why in reasons {
        let codes = town.left_out.iter().filter(|one| one.why == why).map(|one| one.code.as_str());
        line(words.left_out(why, &named(codes.collect(), most)));
    }
    let many = town.neighbourhoods.iter().filter(|one| one.in_institutions().is_some()).map(|one| one.code.as_str());
    let many: Vec<&str> = many.collect();
    if !many.is_empty() {
        line(words.many_in_institutions(&named(many, most)));
    }
    for remark in remarks {
        line(remark.clone());
    }
    sums(&mut text, town, words);
    text
}

/// The first codes, and how many more there are.
fn named(codes: Vec<&str>, most: usize) -> String {
    let more = codes.len().saturating_sub(most);
    let shown = codes.into_iter().take(most).collect::<Vec<_>>().join(" ");
    if more > 0 { format!("{shown} + {more}") } else { shown }
}

/// Whether the neighbourhoods add up to what is published of what they lie in.
fn sums(out: &mut String, town: &Town, words: Words) {
    let within: Vec<_> = town.asked.iter().filter_map(|asked| Some((asked, asked.sums?))).collect();
    if within.is_empty() {
        return;
    }
    let [what, together, published, difference] = words.sums();
    let _ = writeln!(out, "\n  {what:<24}{together:>16}{published:>16}  {difference}");
    for (asked, sums) in within {
        for (name, (sum, whole)) in words.summed().into_iter().zip(sums) {
            let name = format!("{} {name}", asked.code);
            let (whole, apart) = match whole {
                Some(whole) if whole > 0.0 => {
                    let apart = sum - whole;
                    (whole.to_string(), format!("{apart:+} ({:+.2} %)", 100.0 * apart / whole))
                }
                _ => (words.unknown(), String::new()),
            };
            let _ = writeln!(out, "{}", format!("  {name:<24}{sum:>16}{whole:>16}  {apart}").trim_end());
        }
    }
}

/// For each figure what stands in its place and where, in the order of the figures and then of the first code.
fn replaced(town: &Town, words: Words) -> Vec<Replaced> {
    let rows: Vec<(&Estimate, [(What, &From); 14])> =
        town.neighbourhoods.iter().map(|one| (one, rows_of(one))).collect();
    let mut found: Vec<(What, Replaced)> = Vec::new();
    for (one, figures) in &rows {
        for (what, from) in figures.iter().filter(|(_, from)| **from != From::Own) {
            let told = words.figure_from(*what, from);
            match found.iter_mut().find(|(_, (known, _))| *known == told) {
                Some((_, (_, codes))) => codes.push(one.code.clone()),
                None => found.push((*what, (told, vec![one.code.clone()]))),
            }
        }
    }
    // Stable, so that of one figure the order of codes stays.
    found.sort_by_key(|(what, _)| *what as usize);
    found.into_iter().map(|(_, replaced)| replaced).collect()
}
