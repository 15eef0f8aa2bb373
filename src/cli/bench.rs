//! `noaber bench`: speed and memory of the full model on synthetic neighbourhoods.

use std::time::Instant;

use rayon::prelude::*;

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
        "worlds": asked.worlds,
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
        "full model, {} residents in {} worlds, {} ties, {} weeks, {threads} threads; observed: {OBSERVED}\n\
         build    {:.3} s\n\
         burn-in  {:.3} s\n\
         run      {:.3} s, {:.3e} resident-weeks a second, {:.3e} tie updates a second\n\
         memory   {} bytes a resident, {:.1} MiB at the peak\n\
         checksum {}\n",
        measured.residents,
        asked.worlds,
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
    let before = rss_bytes();
    let clock = Instant::now();
    let grow = |number| World::grow(&blueprint, replication_key(asked.seed, number), asked.burn_in);
    let mut worlds: Vec<World> = (0..asked.worlds).into_par_iter().map(grow).collect();
    let build_seconds = clock.elapsed().as_secs_f64();

    let clock = Instant::now();
    worlds.par_iter_mut().for_each(|world| {
        world.live_weeks(asked.burn_in, |_, _| ());
        world.adopt(&blueprint);
    });
    let burn_in_seconds = clock.elapsed().as_secs_f64();

    let clock = Instant::now();
    let lived: Vec<Lived> = worlds.par_iter_mut().map(|world| Lived::through(world, asked.weeks)).collect();
    // A clock too coarse to see the run must not make its speed infinite, which JSON cannot say.
    let run_seconds = clock.elapsed().as_secs_f64().max(1e-9);
    let peak = peak_rss_bytes();
    Measured {
        residents: lived.iter().map(|lived| lived.last.residents).sum(),
        ties: lived.iter().map(|lived| lived.last.ties).sum(),
        build_seconds,
        burn_in_seconds,
        run_seconds,
        resident_weeks: lived.iter().map(|lived| lived.resident_weeks).sum::<u64>() as f64,
        tie_updates: lived.iter().map(|lived| lived.tie_updates).sum::<u64>() as f64,
        bytes: peak.saturating_sub(before),
        peak_rss_bytes: peak,
        checksum: Checksum::of_all(lived),
    }
}

/// What one world lived through while the clock ran.
struct Lived {
    last: Happenings,
    resident_weeks: u64,
    tie_updates: u64,
    checksum: Checksum,
}

impl Lived {
    fn through(world: &mut World, weeks: u32) -> Self {
        let mut lived =
            Self { last: Happenings::default(), resident_weeks: 0, tie_updates: 0, checksum: Checksum::default() };
        let mut quick = weeks.saturating_sub(1);
        while quick > 0 {
            let at_once = quick.min(world.weeks_at_once());
            for (happened, observed) in live_and_observe(world, at_once) {
                lived.week(happened, &observed, 1);
            }
            quick -= at_once;
        }
        let happened = world.live_one_week();
        lived.week(happened, &observe(world, Detail::Full), GROUPS.len());
        lived
    }

    fn week(&mut self, happened: Happenings, observed: &Observation, groups: usize) {
        self.last = happened;
        self.resident_weeks += happened.residents;
        self.tie_updates += happened.ties;
        self.checksum.week(happened, observed, groups);
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

    /// Of one world its own; of several one over theirs, in order.
    fn of_all(worlds: Vec<Lived>) -> String {
        let one = worlds.into_iter().map(|lived| lived.checksum.0).reduce(|mut all, next| {
            all.update(next.finalize().as_bytes());
            all
        });
        one.unwrap_or_default().finalize().to_hex()[..16].to_owned()
    }
}
