//! A week of the full model, and the observation of everybody after it, for worlds of three sizes.
//!
//! The world is alike at every size: neighbourhoods of about 2,000 residents. It has lived a year before the clock starts,
//! and lives on while it runs. Throughput is in resident-weeks.
//!
//! `cargo bench --bench by_size`

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use noaber::experiment::bench::synthetic;
use noaber::model::world::World;
use noaber::observation::{Detail, observe};

/// Weeks lived before: most of the new ties of the first months have come and gone.
const BEFORE: u32 = 52;

fn by_size(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("by size");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
    for residents in [2_000, 20_000, 200_000] {
        let mut world = World::grow(&synthetic(residents, 2_000), 1, BEFORE);
        let mut living = 0;
        for _ in 0..BEFORE {
            living = world.live_one_week().residents;
        }
        group.throughput(Throughput::Elements(living));
        group.bench_function(BenchmarkId::new("a week", residents), |bencher| {
            bencher.iter(|| world.live_one_week());
        });
        group.bench_function(BenchmarkId::new("an observation", residents), |bencher| {
            bencher.iter(|| observe(black_box(&world), Detail::Quick));
        });
    }
    group.finish();
}

criterion_group!(benches, by_size);
criterion_main!(benches);
