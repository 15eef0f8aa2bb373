//! The same week of ties on four storages: our rows of half-ties, petgraph's `UnGraph`, petgraph's `Csr`, and our rows in
//! blocks on two threads.
//!
//! The kernel is the plainest that makes sense: a tie is a contact with probability equal to its strength; ties in
//! contact move 5 % towards full strength, others lose 2 %; loneliness moves 10 % to the shortfall of contacts. All
//! four draw the same chance, and the bench refuses to start unless they end at the same mean strength.
//!
//! What to look for in `cargo bench --bench storage`: on one thread the three storages are about equal, petgraph's even a
//! little ahead, since rows draw each tie's chance at both ends. So speed on one thread is no reason for rows. The reasons
//! are that a row is updated by its owner alone, where an edge of an `UnGraph` belongs to two nodes, so that blocks of rows
//! need no locks and can be split over threads and machines; that a neighbourhood's rows lie together; and that ties are
//! added and dropped in one pass. The last line shows what a second thread brings to this kernel, which is nothing where
//! two threads share one core; `by_cores` shows it for the full model.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use noaber::model::chance::{Chance, Process, mix_pair, unit};
use noaber::model::neighbourhood::network::{HalfTie, Network, TieOrigin};
use noaber::model::quantities::Person;
use petgraph::Directed;
use petgraph::csr::Csr;
use petgraph::graph::{NodeIndex, UnGraph};
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// Ties of a resident, on average.
const TIES: u32 = 12;
/// Contacts a week that a resident wants.
const WANTED: f32 = 4.0;
/// Residents of a block, about as many as a neighbourhood has.
const BLOCK: usize = 2_000;
/// Threads that live the blocks.
const THREADS: usize = 2;
/// Weeks lived from the same start each time: strengths drift, and so would the work if the same network lived on.
const WEEKS: i32 = 5;

fn person(slot: usize) -> Person {
    Person::new(slot as u32, 0, false, 0)
}

/// Residents know people who live near: slots within a few hundred.
fn ties(residents: u32) -> Vec<(u32, HalfTie)> {
    let chance = Chance::new(1).always();
    (0..residents)
        .flat_map(|slot| {
            let mut draw = chance.stream(Process::FirstTies, u64::from(slot));
            (0..TIES / 2).map(move |_| {
                let other = (slot + 1 + draw.below(300)) % residents;
                (slot, HalfTie::new(other, draw.uniform(), 0, TieOrigin::BEFORE, 0))
            })
        })
        .collect()
}

fn is_contact(key: u64, a: usize, b: usize, strength: f32) -> bool {
    unit((mix_pair(key, person(a), person(b)) >> 32) as u32) < strength
}

/// Without a branch: which ties are contacts cannot be foreseen.
fn after(strength: f32, contact: bool) -> f32 {
    let contact = f32::from(u8::from(contact));
    strength + contact * 0.05 * (1.0 - strength) - (1.0 - contact) * 0.02 * strength
}

fn feel(lonely: &mut f32, contacts: u32) {
    let shortfall = (1.0 - contacts as f32 / WANTED).max(0.0);
    *lonely += 0.1 * (shortfall - *lonely);
}

/// A storage that can live a week.
trait Storage: Clone {
    fn live(&mut self, key: u64);

    fn live_weeks(&mut self) {
        for week in 0..WEEKS {
            self.live(Chance::new(1).in_week(week).key(Process::Appointments, 0));
        }
    }

    /// Mean strength, summed in order of the two ends.
    fn mean_strength(&self) -> f64;
}

#[derive(Clone)]
struct Rows {
    network: Network,
    lonely: Vec<f32>,
}

impl Storage for Rows {
    fn live(&mut self, key: u64) {
        for (slot, lonely) in self.lonely.iter_mut().enumerate() {
            let mut contacts = 0;
            for tie in self.network.of_mut(slot) {
                let contact = is_contact(key, slot, tie.other as usize, tie.strength);
                tie.strength = after(tie.strength, contact);
                contacts += u32::from(contact);
            }
            feel(lonely, contacts);
        }
    }

    fn mean_strength(&self) -> f64 {
        let mut sum = 0.0;
        for slot in 0..self.network.slots() {
            for tie in self.network.of(slot).iter().filter(|tie| tie.other as usize > slot) {
                sum += f64::from(tie.strength);
            }
        }
        sum / self.network.ties() as f64
    }
}

#[derive(Clone)]
struct Edges {
    graph: UnGraph<f32, f32>,
    contacts: Vec<u32>,
}

impl Storage for Edges {
    fn live(&mut self, key: u64) {
        self.contacts.fill(0);
        for edge in self.graph.edge_indices() {
            let Some((a, b)) = self.graph.edge_endpoints(edge) else { continue };
            let strength = &mut self.graph[edge];
            let contact = is_contact(key, a.index(), b.index(), *strength);
            *strength = after(*strength, contact);
            self.contacts[a.index()] += u32::from(contact);
            self.contacts[b.index()] += u32::from(contact);
        }
        for (lonely, contacts) in self.graph.node_weights_mut().zip(&self.contacts) {
            feel(lonely, *contacts);
        }
    }

    fn mean_strength(&self) -> f64 {
        // Edges were added in order of their ends.
        self.graph.edge_weights().map(|strength| f64::from(*strength)).sum::<f64>() / self.graph.edge_count() as f64
    }
}

/// `Csr` builds from sorted edges only when directed, and lends its weights only for reading: each tie stands twice,
/// in cells.
#[derive(Clone)]
struct Compressed {
    graph: Csr<(), Cell<f32>, Directed>,
    lonely: Vec<f32>,
}

impl Storage for Compressed {
    fn live(&mut self, key: u64) {
        for (slot, lonely) in self.lonely.iter_mut().enumerate() {
            let node = slot as u32;
            let mut contacts = 0;
            for (other, strength) in self.graph.neighbors_slice(node).iter().zip(self.graph.edges_slice(node)) {
                let contact = is_contact(key, slot, *other as usize, strength.get());
                strength.set(after(strength.get(), contact));
                contacts += u32::from(contact);
            }
            feel(lonely, contacts);
        }
    }

    fn mean_strength(&self) -> f64 {
        let mut sum = 0.0;
        for slot in 0..self.lonely.len() as u32 {
            for (other, strength) in self.graph.neighbors_slice(slot).iter().zip(self.graph.edges_slice(slot)) {
                if *other > slot {
                    sum += f64::from(strength.get());
                }
            }
        }
        sum / (self.graph.edge_count() / 2) as f64
    }
}

/// The rows of the residents of one block, as a neighbourhood of the model has them.
#[derive(Clone)]
struct Block {
    first: usize,
    starts: Vec<usize>,
    half_ties: Vec<HalfTie>,
    lonely: Vec<f32>,
}

/// Rows in blocks that are shared among threads. An `UnGraph` keeps a tie once, for both ends, so that no thread could
/// own it; a row is written by its owner alone.
#[derive(Clone)]
struct Blocks {
    pool: Arc<ThreadPool>,
    blocks: Vec<Block>,
}

impl Blocks {
    fn of(network: &Network) -> Self {
        let pool = ThreadPoolBuilder::new().num_threads(THREADS).build().expect("threads can be started");
        let block = |first: usize| {
            let slots = first..network.slots().min(first + BLOCK);
            let mut block = Block { first, starts: vec![0], half_ties: Vec::new(), lonely: vec![0.5; slots.len()] };
            for slot in slots {
                block.half_ties.extend_from_slice(network.of(slot));
                block.starts.push(block.half_ties.len());
            }
            block
        };
        Self { pool: Arc::new(pool), blocks: (0..network.slots()).step_by(BLOCK).map(block).collect() }
    }
}

impl Storage for Blocks {
    fn live(&mut self, key: u64) {
        let Self { pool, blocks } = self;
        pool.install(|| {
            blocks.par_iter_mut().for_each(|block| {
                for (nth, lonely) in block.lonely.iter_mut().enumerate() {
                    let mut contacts = 0;
                    for tie in &mut block.half_ties[block.starts[nth]..block.starts[nth + 1]] {
                        let contact = is_contact(key, block.first + nth, tie.other as usize, tie.strength);
                        tie.strength = after(tie.strength, contact);
                        contacts += u32::from(contact);
                    }
                    feel(lonely, contacts);
                }
            });
        });
    }

    fn mean_strength(&self) -> f64 {
        let (mut sum, mut ties) = (0.0, 0);
        for block in &self.blocks {
            for nth in 0..block.lonely.len() {
                let row = &block.half_ties[block.starts[nth]..block.starts[nth + 1]];
                for tie in row.iter().filter(|tie| tie.other as usize > block.first + nth) {
                    sum += f64::from(tie.strength);
                    ties += 1;
                }
            }
        }
        sum / f64::from(ties)
    }
}

fn storages(residents: u32) -> (Rows, Edges, Compressed) {
    let slots = residents as usize;
    let network = Network::from_ties(slots, ties(residents));
    let mut graph = UnGraph::with_capacity(slots, network.ties());
    let mut sorted = Vec::with_capacity(network.half_ties().len());
    for _ in 0..slots {
        graph.add_node(0.5);
    }
    for slot in 0..slots {
        for tie in network.of(slot) {
            sorted.push((slot as u32, tie.other, Cell::new(tie.strength)));
            if tie.other as usize > slot {
                graph.add_edge(NodeIndex::new(slot), NodeIndex::new(tie.other as usize), tie.strength);
            }
        }
    }
    let compressed = Csr::from_sorted_edges(&sorted).expect("the edges are sorted");
    (
        Rows { network, lonely: vec![0.5; slots] },
        Edges { graph, contacts: vec![0; slots] },
        Compressed { graph: compressed, lonely: vec![0.5; slots] },
    )
}

fn lived<S: Storage>(storage: &S) -> f64 {
    let mut storage = storage.clone();
    storage.live_weeks();
    storage.mean_strength()
}

fn measure<S: Storage>(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, residents: u32, storage: &S) {
    group.bench_function(BenchmarkId::new(name, residents), |bencher| {
        bencher.iter_batched_ref(|| storage.clone(), Storage::live_weeks, BatchSize::LargeInput);
    });
}

fn weeks(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("weeks of ties");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    for residents in [10_000, 100_000] {
        let (rows, edges, compressed) = storages(residents);
        let blocks = Blocks::of(&rows.network);
        let means = [lived(&rows), lived(&edges), lived(&compressed), lived(&blocks)];
        assert!(means.iter().all(|mean| *mean == means[0]), "the storages differ in mean strength: {means:?}");
        // Half-ties updated, in the sense in which each tie is two.
        group.throughput(Throughput::Elements(rows.network.half_ties().len() as u64 * WEEKS as u64));
        measure(&mut group, "rows", residents, &rows);
        measure(&mut group, "petgraph UnGraph", residents, &edges);
        measure(&mut group, "petgraph Csr", residents, &compressed);
        measure(&mut group, "rows in blocks, two threads", residents, &blocks);
    }
    group.finish();
}

criterion_group!(benches, weeks);
criterion_main!(benches);
