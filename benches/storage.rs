//! The same weeks of ties on our rows of half-ties, petgraph's `UnGraph`, and petgraph's `Csr`.
//!
//! Two kernels. The **plain** one: a tie is a contact with probability equal to its strength; ties in contact move 5 %
//! towards full strength, others lose 2 %; loneliness moves 10 % to the shortfall of contacts. The **living** one does what
//! the model's week does to ties beside that: faces that pale are forgotten and new ones come, about one in a hundred
//! ties a week. All storages draw the same chance, and the bench refuses to start unless they end at the same number of
//! ties and mean strength.
//!
//! What to look for in `cargo bench --bench storage`: on one thread `UnGraph` is the fastest, about twice as fast as rows,
//! in both kernels: it keeps a tie once and draws its chance once, where rows do both at each end. A `Csr` is as fast as
//! rows while nothing changes, and slower when it has to be built anew. Rows are not there for one thread. A row is written
//! by its owner alone, where an edge of an `UnGraph` belongs to two nodes: blocks of rows need no locks and can be split over
//! threads and machines. The last line shows it: two threads live the same weeks in about half the time of one, so that they
//! draw level with `UnGraph` in the plain kernel and a third thread would pass it. `by_cores` shows the same for the full
//! model, in which ties are a small part of the week.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use noaber::model::chance::{Chance, Process, mark, mix, pair_bits, unit};
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

/// Residents know people who live near: slots within a few hundred.
fn ties(residents: u32) -> Vec<(u32, HalfTie)> {
    let chance = Chance::new(1).always();
    (0..residents)
        .flat_map(|slot| {
            let mut draw = chance.stream(Process::FirstTies, u64::from(slot));
            (0..TIES / 2).map(move |_| {
                let other = (slot + 1 + draw.below(300)) % residents;
                // A third of the ties are faces about to be forgotten or kept, as in the model.
                let strength = draw.uniform();
                let strength = if strength < 0.33 { FORGOTTEN + 0.02 * strength } else { strength };
                (slot, HalfTie::new(other, strength, 0, TieOrigin::BEFORE, 0))
            })
        })
        .collect()
}

/// Everybody's mark, as on the model's desk.
fn marks(residents: usize) -> Arc<[u32]> {
    (0..residents).map(|slot| mark(Person::new(slot as u32, 0, false, 0))).collect()
}

fn is_contact(key: u32, a: u32, b: u32, strength: f32) -> bool {
    unit(pair_bits(key, a, b)) < strength
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

/// Strength with which a new face is remembered, and under which it is forgotten.
const NEW: f32 = 0.012;
const FORGOTTEN: f32 = 0.006;
/// Residents to one new tie a week.
const RESIDENTS_PER_NEW_TIE: u32 = 10;

/// Pairs who meet for the first time, or again, in a week: (lower, higher), in order, each once.
fn newly_met(residents: usize, key: u64) -> Vec<(u32, u32)> {
    let residents = residents as u32;
    let mut pairs: Vec<(u32, u32)> = (0..residents / RESIDENTS_PER_NEW_TIE)
        .map(|nth| {
            let bits = mix(key, u64::from(nth));
            let a = ((bits as u32 as u64 * u64::from(residents)) >> 32) as u32;
            let b = (a + 1 + (bits >> 32) as u32 % 300) % residents;
            (a.min(b), a.max(b))
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Both ends of new ties, in order of owner and other.
fn both_ends(met: &[(u32, u32)]) -> Vec<(u32, HalfTie)> {
    let half = |owner: u32, other: u32| (owner, HalfTie::new(other, NEW, 0, TieOrigin::STREET, 0));
    let mut ends: Vec<(u32, HalfTie)> = met.iter().flat_map(|(a, b)| [half(*a, *b), half(*b, *a)]).collect();
    ends.sort_unstable_by_key(|(owner, tie)| (*owner, tie.other));
    ends
}

/// Writes one row anew and returns the contacts: the row as a whole first, and only where faces paled or came is it put
/// together again.
fn rewrite(
    key: u32,
    marks: &[u32],
    slot: usize,
    row: &[HalfTie],
    new: &[(u32, HalfTie)],
    list: &mut Vec<HalfTie>,
) -> u32 {
    let from = list.len();
    list.extend_from_slice(row);
    let (mut contacts, mut paled) = (0, false);
    let mine = marks[slot];
    for tie in &mut list[from..] {
        let contact = is_contact(key, mine, marks[tie.other as usize], tie.strength);
        tie.strength = after(tie.strength, contact);
        contacts += u32::from(contact);
        paled |= tie.strength < FORGOTTEN;
    }
    if paled {
        let mut kept = from;
        for place in from..list.len() {
            if list[place].strength >= FORGOTTEN {
                list[kept] = list[place];
                kept += 1;
            }
        }
        list.truncate(kept);
    }
    for (_, tie) in new {
        // Who is known already is not met anew.
        if let Err(place) = list[from..].binary_search_by_key(&tie.other, |known| known.other) {
            list.insert(from + place, *tie);
        }
    }
    contacts
}

/// A storage that can live a week.
trait Storage: Clone {
    fn live(&mut self, key: u32);

    /// Lives a week, forgets ties that paled and adds those of people newly met.
    fn live_and_renew(&mut self, key: u32, met: &[(u32, u32)]);

    fn live_weeks_and_renew(&mut self, met: &[Vec<(u32, u32)>]) {
        for (week, met) in (0..).zip(met) {
            self.live_and_renew(Chance::new(1).in_week(week).key(Process::Appointments, 0) as u32, met);
        }
    }

    fn live_weeks(&mut self) {
        for week in 0..WEEKS {
            self.live(Chance::new(1).in_week(week).key(Process::Appointments, 0) as u32);
        }
    }

    /// Mean strength, summed in order of the two ends.
    fn mean_strength(&self) -> f64;

    fn ties(&self) -> usize;
}

#[derive(Clone)]
struct Rows {
    network: Network,
    /// The other half of the double buffer, as on the model's desk.
    spare: Network,
    lonely: Vec<f32>,
    marks: Arc<[u32]>,
}

impl Storage for Rows {
    fn live(&mut self, key: u32) {
        for (slot, lonely) in self.lonely.iter_mut().enumerate() {
            let mine = self.marks[slot];
            let mut contacts = 0;
            for tie in self.network.of_mut(slot) {
                let contact = is_contact(key, mine, self.marks[tie.other as usize], tie.strength);
                tie.strength = after(tie.strength, contact);
                contacts += u32::from(contact);
            }
            feel(lonely, contacts);
        }
    }

    fn live_and_renew(&mut self, key: u32, met: &[(u32, u32)]) {
        let Self { network, spare, lonely, marks } = self;
        let ends = both_ends(met);
        let mut next = 0;
        network.rewrite(spare, |slot, row, list| {
            let mine = ends[next..].iter().take_while(|(owner, _)| *owner as usize == slot).count();
            let contacts = rewrite(key, marks, slot, row, &ends[next..next + mine], list);
            next += mine;
            feel(&mut lonely[slot], contacts);
        });
    }

    fn ties(&self) -> usize {
        self.network.ties()
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
    marks: Arc<[u32]>,
}

impl Storage for Edges {
    fn live(&mut self, key: u32) {
        self.contacts.fill(0);
        for edge in self.graph.edge_indices() {
            let Some((a, b)) = self.graph.edge_endpoints(edge) else { continue };
            let strength = &mut self.graph[edge];
            let contact = is_contact(key, self.marks[a.index()], self.marks[b.index()], *strength);
            *strength = after(*strength, contact);
            self.contacts[a.index()] += u32::from(contact);
            self.contacts[b.index()] += u32::from(contact);
        }
        for (lonely, contacts) in self.graph.node_weights_mut().zip(&self.contacts) {
            feel(lonely, *contacts);
        }
    }

    fn live_and_renew(&mut self, key: u32, met: &[(u32, u32)]) {
        self.live(key);
        self.graph.retain_edges(|graph, edge| graph[edge] >= FORGOTTEN);
        for (a, b) in met {
            let (a, b) = (NodeIndex::new(*a as usize), NodeIndex::new(*b as usize));
            if self.graph.find_edge(a, b).is_none() {
                self.graph.add_edge(a, b, NEW);
            }
        }
    }

    fn ties(&self) -> usize {
        self.graph.edge_count()
    }

    fn mean_strength(&self) -> f64 {
        let ends = |edge| {
            let (a, b) = self.graph.edge_endpoints(edge).expect("an edge has ends");
            (a.min(b), a.max(b))
        };
        let mut edges: Vec<_> = self.graph.edge_indices().collect();
        edges.sort_unstable_by_key(|edge| ends(*edge));
        edges.iter().map(|edge| f64::from(self.graph[*edge])).sum::<f64>() / self.graph.edge_count() as f64
    }
}

/// `Csr` builds from sorted edges only when directed, and lends its weights only for reading: each tie stands twice,
/// in cells.
#[derive(Clone)]
struct Compressed {
    graph: Csr<(), Cell<f32>, Directed>,
    lonely: Vec<f32>,
    marks: Arc<[u32]>,
}

impl Storage for Compressed {
    fn live(&mut self, key: u32) {
        for (slot, lonely) in self.lonely.iter_mut().enumerate() {
            let node = slot as u32;
            let mut contacts = 0;
            for (other, strength) in self.graph.neighbors_slice(node).iter().zip(self.graph.edges_slice(node)) {
                let contact = is_contact(key, self.marks[slot], self.marks[*other as usize], strength.get());
                strength.set(after(strength.get(), contact));
                contacts += u32::from(contact);
            }
            feel(lonely, contacts);
        }
    }

    fn live_and_renew(&mut self, key: u32, met: &[(u32, u32)]) {
        self.live(key);
        let ends = both_ends(met);
        let mut new = ends.iter().map(|(owner, tie)| (*owner, tie.other)).peekable();
        let mut sorted = Vec::with_capacity(self.graph.edge_count() + ends.len());
        for slot in 0..self.lonely.len() as u32 {
            for (other, strength) in self.graph.neighbors_slice(slot).iter().zip(self.graph.edges_slice(slot)) {
                while let Some((owner, first)) = new.next_if(|first| *first < (slot, *other)) {
                    sorted.push((owner, first, Cell::new(NEW)));
                }
                if strength.get() >= FORGOTTEN {
                    new.next_if(|first| *first == (slot, *other));
                    sorted.push((slot, *other, strength.clone()));
                }
            }
        }
        sorted.extend(new.map(|(owner, other)| (owner, other, Cell::new(NEW))));
        self.graph = Csr::from_sorted_edges(&sorted).expect("the edges are sorted");
    }

    fn ties(&self) -> usize {
        self.graph.edge_count() / 2
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
    /// The other halves of the double buffers.
    spare: (Vec<usize>, Vec<HalfTie>),
    lonely: Vec<f32>,
}

/// Rows in blocks that are shared among threads. An `UnGraph` keeps a tie once, for both ends, so that no thread could
/// own it; a row is written by its owner alone.
#[derive(Clone)]
struct Blocks {
    pool: Arc<ThreadPool>,
    all: Vec<Block>,
    marks: Arc<[u32]>,
}

impl Blocks {
    fn of(network: &Network) -> Self {
        let pool = ThreadPoolBuilder::new().num_threads(THREADS).build().expect("threads can be started");
        let block = |first: usize| {
            let slots = first..network.slots().min(first + BLOCK);
            let mut block = Block {
                first,
                starts: vec![0],
                half_ties: Vec::new(),
                spare: (Vec::new(), Vec::new()),
                lonely: vec![0.5; slots.len()],
            };
            for slot in slots {
                block.half_ties.extend_from_slice(network.of(slot));
                block.starts.push(block.half_ties.len());
            }
            block
        };
        let marks = marks(network.slots());
        Self { marks, pool: Arc::new(pool), all: (0..network.slots()).step_by(BLOCK).map(block).collect() }
    }
}

impl Storage for Blocks {
    fn live(&mut self, key: u32) {
        let Self { pool, all: blocks, marks } = self;
        pool.install(|| {
            blocks.par_iter_mut().for_each(|block| {
                for (nth, lonely) in block.lonely.iter_mut().enumerate() {
                    let mine = marks[block.first + nth];
                    let mut contacts = 0;
                    for tie in &mut block.half_ties[block.starts[nth]..block.starts[nth + 1]] {
                        let contact = is_contact(key, mine, marks[tie.other as usize], tie.strength);
                        tie.strength = after(tie.strength, contact);
                        contacts += u32::from(contact);
                    }
                    feel(lonely, contacts);
                }
            });
        });
    }

    fn live_and_renew(&mut self, key: u32, met: &[(u32, u32)]) {
        let Self { pool, all: blocks, marks } = self;
        let ends = both_ends(met);
        pool.install(|| {
            blocks.par_iter_mut().for_each(|block| {
                let mut next = ends.partition_point(|(owner, _)| (*owner as usize) < block.first);
                let (starts, list) = &mut block.spare;
                starts.clear();
                list.clear();
                starts.push(0);
                for (nth, lonely) in block.lonely.iter_mut().enumerate() {
                    let slot = block.first + nth;
                    let mine = ends[next..].iter().take_while(|(owner, _)| *owner as usize == slot).count();
                    let row = &block.half_ties[block.starts[nth]..block.starts[nth + 1]];
                    let contacts = rewrite(key, marks, slot, row, &ends[next..next + mine], list);
                    next += mine;
                    starts.push(list.len());
                    feel(lonely, contacts);
                }
                std::mem::swap(starts, &mut block.starts);
                std::mem::swap(list, &mut block.half_ties);
            });
        });
    }

    fn ties(&self) -> usize {
        self.all.iter().map(|block| block.half_ties.len()).sum::<usize>() / 2
    }

    fn mean_strength(&self) -> f64 {
        let (mut sum, mut ties) = (0.0, 0);
        for block in &self.all {
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
    let marks = marks(slots);
    let compressed = Csr::from_sorted_edges(&sorted).expect("the edges are sorted");
    (
        Rows { network, spare: Network::default(), lonely: vec![0.5; slots], marks: Arc::clone(&marks) },
        Edges { graph, contacts: vec![0; slots], marks: Arc::clone(&marks) },
        Compressed { graph: compressed, lonely: vec![0.5; slots], marks },
    )
}

fn lived<S: Storage>(storage: &S, weeks: impl FnOnce(&mut S)) -> (usize, f64) {
    let mut storage = storage.clone();
    weeks(&mut storage);
    (storage.ties(), storage.mean_strength())
}

fn measure<S: Storage>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    residents: u32,
    storage: &S,
    weeks: impl Fn(&mut S),
) {
    group.bench_function(BenchmarkId::new(name, residents), |bencher| {
        bencher.iter_batched_ref(|| storage.clone(), &weeks, BatchSize::LargeInput);
    });
}

/// Both kernels, by name; the second only when ties come and go.
fn weeks(criterion: &mut Criterion) {
    for (name, renewing) in [("plain weeks of ties", false), ("weeks in which ties come and go", true)] {
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
        for residents in [10_000, 100_000] {
            let (rows, edges, compressed) = storages(residents);
            let blocks = Blocks::of(&rows.network);
            let met: Vec<Vec<(u32, u32)>> = (0..WEEKS)
                .map(|week| newly_met(residents as usize, Chance::new(1).in_week(week).key(Process::Encounters, 0)))
                .collect();
            macro_rules! live {
                () => {
                    |storage| if renewing { storage.live_weeks_and_renew(&met) } else { storage.live_weeks() }
                };
            }
            let ends =
                [lived(&rows, live!()), lived(&edges, live!()), lived(&compressed, live!()), lived(&blocks, live!())];
            assert!(ends.iter().all(|end| *end == ends[0]), "the storages differ in ties or mean strength: {ends:?}");
            // Half-ties updated, in the sense in which each tie is two.
            group.throughput(Throughput::Elements(rows.network.half_ties().len() as u64 * WEEKS as u64));
            measure(&mut group, "rows", residents, &rows, live!());
            measure(&mut group, "petgraph UnGraph", residents, &edges, live!());
            measure(&mut group, "petgraph Csr", residents, &compressed, live!());
            measure(&mut group, "rows in blocks, two threads", residents, &blocks, live!());
        }
        group.finish();
    }
}

criterion_group!(benches, weeks);
criterion_main!(benches);
