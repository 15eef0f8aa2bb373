//! A week of 100,000 residents on one thread and on two.
//!
//! The worlds must be equal in every bit after the same weeks, or the bench refuses to start.
//!
//! `cargo bench --bench by_cores`

use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use noaber::experiment::bench::synthetic;
use noaber::model::world::World;
use rayon::{ThreadPool, ThreadPoolBuilder};

const RESIDENTS: u64 = 100_000;
/// Weeks lived before the clock starts.
const BEFORE: u32 = 26;

fn pool(threads: usize) -> ThreadPool {
    ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started")
}

fn by_cores(criterion: &mut Criterion) {
    let blueprint = synthetic(RESIDENTS, 2_000);
    let mut worlds = [1, 2].map(|threads| {
        let pool = pool(threads);
        let mut world = pool.install(|| World::grow(&blueprint, 1, BEFORE));
        let mut living = 0;
        for _ in 0..BEFORE {
            living = pool.install(|| world.live_one_week()).residents;
        }
        (threads, pool, world, living)
    });
    let [(_, _, one, _), (_, _, two, _)] = &worlds;
    assert!(one.neighbourhoods() == two.neighbourhoods(), "the worlds differ by the number of threads");

    let mut group = criterion.benchmark_group("by cores");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(4));
    for (threads, pool, world, living) in &mut worlds {
        group.throughput(Throughput::Elements(*living));
        group.bench_function(BenchmarkId::new("threads", threads), |bencher| {
            bencher.iter(|| pool.install(|| world.live_one_week()));
        });
    }
    group.finish();
}

criterion_group!(benches, by_cores);
criterion_main!(benches);
