//! What the machine and the clock say; only the manifest and the bench ask.

use std::time::{Duration, SystemTime};

use super::manifest::MachineNote;

/// The machine that this runs on.
#[must_use]
pub fn machine(threads: usize) -> MachineNote {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor =
        cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name));
    MachineNote {
        system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        processor: processor.unwrap_or("unknown").trim().to_owned(),
        threads,
    }
}

/// Processor seconds of this process in all its threads; 0 where the system does not tell.
#[must_use]
pub fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program, in brackets, may hold spaces: what follows the last bracket does not.
    let after_name = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let ticks: u64 = after_name.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    // Linux counts these in hundredths of a second on every architecture.
    ticks as f64 / 100.0
}

/// Peak resident memory of this process in bytes; 0 where the system does not tell.
#[must_use]
pub fn peak_rss_bytes() -> u64 {
    status_bytes("VmHWM:")
}

/// Resident memory of this process now, in bytes; 0 where the system does not tell.
#[must_use]
pub fn rss_bytes() -> u64 {
    status_bytes("VmRSS:")
}

fn status_bytes(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kibibytes =
        status.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next()?.parse::<u64>().ok());
    kibibytes.unwrap_or(0) * 1024
}

/// Now, UTC, as `2026-11-21T21:44:15Z`.
#[must_use]
pub fn now() -> String {
    iso_8601(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs())
}

/// Seconds since 1970 as date and time; the civil calendar by Hinnant's algorithm, whose years begin in March.
fn iso_8601(seconds: u64) -> String {
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3_600, second / 60 % 60, second % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert_eq!(iso_8601(0), "1970-01-01T00:00:00Z");
        assert_eq!(iso_8601(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(iso_8601(1_795_297_455), "2026-11-21T21:44:15Z");
    }
}
