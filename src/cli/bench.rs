//! `noaber bench`: speed and memory of the full model on synthetic neighbourhoods.

use std::time::Instant;

use super::screen::say;
use super::{BenchArgs, Failure, pool};
use crate::experiment::bench::synthetic;
use crate::experiment::run::replication_key;
use crate::model::world::{Happenings, World};
use crate::observation::{Detail, GROUPS, MEASURES, Observation, live_and_observe, observe};
use crate::results::machine::{peak_rss_bytes, rss_bytes};

/// What is observed while the clock runs.
const OBSERVED: &str = "every measure of everybody each week, every measure of every group at the end";

/// Measures and prints.
pub fn bench(asked: &BenchArgs) -> Result<(), Failure> {
    let pool = pool(asked.threads)?;
    let threads = pool.current_num_threads();
    let measured = pool.install(|| measure(asked));
    let json = serde_json::json!({
        "residents": measured.residents,
        "ties": measured.ties,
        "weeks": asked.weeks,
        "threads": threads,
        "build_seconds": measured.build_seconds,
        "run_seconds": measured.run_seconds,
        "resident_weeks_per_second": measured.resident_weeks / measured.run_seconds,
        "tie_updates_per_second": measured.tie_updates / measured.run_seconds,
        "bytes_per_resident": measured.bytes / measured.residents.max(1),
        "peak_rss_bytes": measured.peak_rss_bytes,
        "checksum": measured.checksum,
        "model": "full",
        "observed": OBSERVED,
        "burn_in": asked.burn_in,
        "burn_in_seconds": measured.burn_in_seconds,
        "neighbourhood_size": asked.neighbourhood_size,
        "seed": asked.seed,
        "version": env!("CARGO_PKG_VERSION"),
    });
    if asked.json {
        return say(&format!("{json}\n"));
    }
    say(&format!(
        "full model, {} residents, {} ties, {} weeks, {threads} threads; observed: {OBSERVED}\n\
         build    {:.3} s\n\
         burn-in  {:.3} s\n\
         run      {:.3} s, {:.3e} resident-weeks a second, {:.3e} tie updates a second\n\
         memory   {} bytes a resident, {:.1} MiB at the peak\n\
         checksum {}\n",
        measured.residents,
        measured.ties,
        asked.weeks,
        measured.build_seconds,
        measured.burn_in_seconds,
        measured.run_seconds,
        measured.resident_weeks / measured.run_seconds,
        measured.tie_updates / measured.run_seconds,
        measured.bytes / measured.residents.max(1),
        measured.peak_rss_bytes as f64 / 1_048_576.0,
        measured.checksum,
    ))
}

struct Measured {
    residents: u64,
    ties: u64,
    build_seconds: f64,
    burn_in_seconds: f64,
    run_seconds: f64,
    resident_weeks: f64,
    tie_updates: f64,
    bytes: u64,
    peak_rss_bytes: u64,
    checksum: String,
}

fn measure(asked: &BenchArgs) -> Measured {
    let blueprint = synthetic(asked.residents, asked.neighbourhood_size);
    let bytes_before = rss_bytes();
    let clock = Instant::now();
    let mut world = World::grow(&blueprint, replication_key(asked.seed, 0), asked.burn_in);
    let build_seconds = clock.elapsed().as_secs_f64();

    let clock = Instant::now();
    let mut before = asked.burn_in;
    while before > 0 {
        let at_once = before.min(world.weeks_at_once());
        world.live_weeks(at_once, |_, _| ());
        before -= at_once;
    }
    world.adopt(&blueprint);
    let burn_in_seconds = clock.elapsed().as_secs_f64();

    let mut sum = Checksum::default();
    let mut last = Happenings::default();
    let (mut resident_weeks, mut tie_updates) = (0, 0);
    let clock = Instant::now();
    let mut quick = asked.weeks.saturating_sub(1);
    while quick > 0 {
        let at_once = quick.min(world.weeks_at_once());
        for (happened, observed) in live_and_observe(&mut world, at_once) {
            sum.week(happened, &observed, 1);
            resident_weeks += happened.residents;
            tie_updates += happened.ties;
        }
        quick -= at_once;
    }
    if asked.weeks > 0 {
        last = world.live_one_week();
        sum.week(last, &observe(&world, Detail::Full), GROUPS.len());
        resident_weeks += last.residents;
        tie_updates += last.ties;
    }
    // A clock too coarse to see the run must not make its speed infinite, which JSON cannot say.
    let run_seconds = clock.elapsed().as_secs_f64().max(1e-9);
    let peak = peak_rss_bytes();
    Measured {
        residents: last.residents,
        ties: last.ties,
        build_seconds,
        burn_in_seconds,
        run_seconds,
        resident_weeks: resident_weeks as f64,
        tie_updates: tie_updates as f64,
        bytes: peak.saturating_sub(bytes_before),
        peak_rss_bytes: peak,
        checksum: sum.finish(),
    }
}

/// A hash over all that happened and was observed, the same on every machine and for any number of threads.
#[derive(Default)]
struct Checksum(blake3::Hasher);

impl Checksum {
    fn week(&mut self, happened: Happenings, observed: &Observation, groups: usize) {
        for count in [happened.residents, happened.meetings, happened.ties] {
            self.0.update(&count.to_le_bytes());
        }
        for group in 0..groups {
            for measure in 0..MEASURES.len() {
                let value = observed.value(group, measure);
                // There are many ways to write "not a number", and none of them matters.
                let bits = if value.is_nan() { u64::MAX } else { value.to_bits() };
                self.0.update(&bits.to_le_bytes());
            }
        }
    }

    fn finish(&self) -> String {
        self.0.finalize().to_hex()[..16].to_owned()
    }
}
