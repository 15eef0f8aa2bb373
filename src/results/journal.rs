//! The journal: one file for each replication that is complete, from which an interrupted run goes on.
//!
//! A journal file is a line of text, the BLAKE3 hash of the rest, and the rest in little-endian numbers. One that is
//! damaged, or belongs to another run, counts as not there: its replication is lived again.

use std::io;
use std::path::{Path, PathBuf};

use super::atomic::{sync_folder, write_whole};
use crate::experiment::{Course, InForce, Moment, Record, Replication};
use crate::observation::ByDistrict;

const OPENING: &[u8] = b"noaber journal 3\n";

/// The end of a rule that has none.
const NO_END: i32 = i32::MAX;

/// The file of a replication.
fn path(journal: &Path, replication: u32) -> PathBuf {
    journal.join(format!("{replication:06}.replication"))
}

/// The file with the rows of a table (`settings`, `residents` or `ties`) of one world at one moment.
pub(super) fn rows_path(journal: &Path, table: &str, replication: u32, scenario: usize, moment: Moment) -> PathBuf {
    let moment = match moment {
        Moment::Start => "start",
        Moment::End => "end",
    };
    journal.join(format!("{replication:06}.{scenario:03}.{moment}.{table}.csv"))
}

/// Keeps a replication of the run with this hash.
///
/// # Errors
/// Whatever the system says.
pub fn keep(journal: &Path, hash: &str, replication: &Replication) -> io::Result<()> {
    let mut rest = Vec::new();
    put_count(&mut rest, hash.len());
    rest.extend_from_slice(hash.as_bytes());
    rest.extend_from_slice(&replication.number.to_le_bytes());
    put_count(&mut rest, replication.courses.len());
    for course in &replication.courses {
        put_count(&mut rest, course.records.len());
        for record in &course.records {
            rest.extend_from_slice(&record.week.to_le_bytes());
            put_count(&mut rest, record.values().len());
            rest.extend(record.values().iter().flat_map(|value| value.to_le_bytes()));
            let districts = record.by_district().numbers();
            put_count(&mut rest, districts.len());
            rest.extend(districts.iter().flat_map(|number| number.to_le_bytes()));
        }
        put_count(&mut rest, course.rules.len());
        for rule in &course.rules {
            put_count(&mut rest, rule.policy as usize);
            rest.extend_from_slice(&rule.from.to_le_bytes());
            rest.extend_from_slice(&rule.until.unwrap_or(NO_END).to_le_bytes());
        }
    }
    let mut whole = OPENING.to_vec();
    whole.extend_from_slice(blake3::hash(&rest).as_bytes());
    whole.append(&mut rest);
    write_whole(&path(journal, replication.number), &whole)?;
    sync_folder(journal)
}

fn put_count(bytes: &mut Vec<u8>, count: usize) {
    bytes.extend_from_slice(&(count as u32).to_le_bytes());
}

/// The replications under `replications` that the journal holds for the run with this hash, in order.
#[must_use]
pub fn kept(journal: &Path, hash: &str, replications: u32, scenarios: usize) -> Vec<Replication> {
    (0..replications)
        .filter_map(|number| {
            let bytes = std::fs::read(path(journal, number)).ok()?;
            let replication = understand(&bytes, hash)?;
            (replication.number == number && replication.courses.len() == scenarios).then_some(replication)
        })
        .collect()
}

fn understand(bytes: &[u8], hash: &str) -> Option<Replication> {
    let (sum, rest) = bytes.strip_prefix(OPENING)?.split_first_chunk::<32>()?;
    if blake3::hash(rest).as_bytes() != sum {
        return None;
    }
    let mut rest = Rest(rest);
    let length = rest.count()?;
    if rest.take(length)? != hash.as_bytes() {
        return None;
    }
    let number = u32::from_le_bytes(rest.chunk()?);
    let courses = (0..rest.count()?).map(|_| rest.course()).collect::<Option<_>>()?;
    Some(Replication { number, courses })
}

/// What is still to be read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn chunk<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    fn count(&mut self) -> Option<usize> {
        Some(u32::from_le_bytes(self.chunk()?) as usize)
    }

    fn course(&mut self) -> Option<Course> {
        let records = (0..self.count()?).map(|_| self.record()).collect::<Option<_>>()?;
        let rules = (0..self.count()?).map(|_| self.rule()).collect::<Option<_>>()?;
        Some(Course { records, rules })
    }

    fn rule(&mut self) -> Option<InForce> {
        let policy = u32::from_le_bytes(self.chunk()?);
        let from = i32::from_le_bytes(self.chunk()?);
        let until = i32::from_le_bytes(self.chunk()?);
        Some(InForce { policy, from, until: (until != NO_END).then_some(until) })
    }

    fn record(&mut self) -> Option<Record> {
        let week = i32::from_le_bytes(self.chunk()?);
        let values = (0..self.count()?).map(|_| Some(f64::from_le_bytes(self.chunk()?))).collect::<Option<_>>()?;
        let numbers = (0..self.count()?).map(|_| Some(f32::from_le_bytes(self.chunk()?))).collect::<Option<_>>()?;
        Some(Record::from_values(week, values)?.with_districts(ByDistrict::from_numbers(numbers)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::MEASURES;

    fn replication() -> Replication {
        let values = (0..MEASURES.len()).map(|n| if n == 3 { f64::NAN } else { 0.1 * n as f64 }).collect();
        let mut districts = ByDistrict::NONE;
        districts.push(&[0.7; MEASURES.len()], 12.0);
        districts.push(&[f64::NAN; MEASURES.len()], 0.0);
        let records = vec![Record::from_values(0, values).expect("one group").with_districts(districts)];
        let rules = [Some(26), None].map(|until| InForce { policy: 1, from: 13, until }).to_vec();
        let courses = vec![Course { records: records.clone(), rules: Vec::new() }, Course { records, rules }];
        Replication { number: 2, courses }
    }

    #[test]
    fn what_is_kept_comes_back_bit_for_bit() {
        let folder = tempfile::tempdir().expect("a folder");
        keep(folder.path(), "abc", &replication()).expect("kept");
        assert_eq!(kept(folder.path(), "abc", 5, 2), vec![replication()]);
    }

    #[test]
    fn another_run_and_a_damaged_file_count_as_not_there() {
        let folder = tempfile::tempdir().expect("a folder");
        keep(folder.path(), "abc", &replication()).expect("kept");
        assert!(kept(folder.path(), "abd", 5, 2).is_empty());
        let file = path(folder.path(), 2);
        let mut bytes = std::fs::read(&file).expect("readable");
        for length in 0..bytes.len() {
            assert_eq!(understand(&bytes[..length], "abc"), None, "cut off at {length}");
        }
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        std::fs::write(&file, bytes).expect("writable");
        assert!(kept(folder.path(), "abc", 5, 2).is_empty());
    }
}
