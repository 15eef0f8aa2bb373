//! The same weeks of ties on our rows of half-ties, petgraph's `UnGraph`, and petgraph's `Csr`.
//!
//! Neighbourhoods of 2,000 residents, each in a storage of its own, on one thread and on two. Every storage holds the same
//! twelve bytes of a tie, and each is written as its documentation recommends. All draw the same chance, and the bench stops
//! unless they end with the same ties, the same strength and the same that was read, for any number of threads.
//!
//! Three kernels, each the one before with something more:
//!
//! 1. The **update**: a tie is a contact with probability equal to its strength; ties in contact move 5 % towards full
//!    strength, others lose 2 %; loneliness moves 10 % to the shortfall of contacts. Each pair draws once, in rows at its
//!    lower end, as the model draws appointments. A `Csr` cannot: it does not say where the other end stands.
//! 2. **And reads**: what a week of the model reads of the ties of each resident, process by process. One look-up of a pair
//!    for who runs into whom (people run into each other up to four times a week), examples among ties, acquaintances and
//!    faces, support by kind of tie, and the count of ties in the interview: four walks over the own row.
//! 3. **And ties that come and go**: faces that pale are forgotten and new ones come, about one in a hundred ties a week.
//!
//! The rows are the model's own [`Network`] and go the model's own ways: both ends of a tie draw the same, strengths are changed
//! in one stream ([`Network::changing`]), and ties come and go in place ([`Network::insert`], [`Network::remove`]).
//!
//! What `cargo bench --bench storage -- 100000` showed, one thread against one: rows take under six tenths of the time of
//! `UnGraph` in the update (and three tenths of that of `Csr`), six to seven tenths with reads, and six to eight tenths with
//! ties that come and go. Two threads change little in this and live each storage in about half of its own time:
//! neighbourhoods do not touch each other, whatever they are stored in.
//!
//! Why: the row of a resident lies in one piece, where the edges of a node of an `UnGraph` are a linked list. What `UnGraph`
//! has for itself: a new tie is put at the end and a pale one dropped where it stands, so what comes and goes takes by itself
//! (the third kernel less the second) no longer than writing all rows anew, in some runs less. A tie takes 28 bytes there,
//! against 32 for two half-ties. And it would gain on rows if the model read all it needs in one walk, and not in each
//! process what that needs.

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
use petgraph::visit::EdgeRef;
use pulp::{Arch, Simd};
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// Residents of a neighbourhood; ties do not leave it, as in the model.
const NEIGHBOURHOOD: u32 = 2_000;
/// Ties of a resident, on average.
const TIES: u32 = 12;
/// Contacts a week that a resident wants.
const WANTED: f32 = 4.0;
/// Weeks lived from the same start each time: strengths drift, and so would the work if the same network lived on.
const WEEKS: i32 = 5;
/// Strength with which a new face is remembered, and under which it is forgotten.
const NEW: f32 = 0.012;
const FORGOTTEN: f32 = 0.006;
/// Residents to one new tie a week.
const RESIDENTS_PER_NEW_TIE: u32 = 10;
/// Strengths from which somebody is an acquaintance, a friend, and close, as in the model.
const KNOWN: f32 = 0.05;
const FRIEND: f32 = 0.3;
const CLOSE: f32 = 0.5;

/// What the model keeps of a tie beside its ends: the same twelve bytes in each storage.
#[derive(Debug, Clone, Copy)]
struct Tie {
    strength: f32,
    #[expect(dead_code, reason = "carried along, as every week of the model does")]
    rest: (i16, i16, u16, TieOrigin),
    flags: u8,
}

impl From<&HalfTie> for Tie {
    fn from(tie: &HalfTie) -> Self {
        let rest = (tie.last_contact, tie.since, tie.minutes, tie.origin);
        Self { strength: tie.strength, rest, flags: tie.flags }
    }
}

/// A new face, and the first ties.
fn half_tie(other: u32, strength: f32, bits: u32) -> HalfTie {
    // A tenth kin, two fifths near; the partner and children are not drawn here.
    let kin = if bits.is_multiple_of(10) { HalfTie::KIN } else { 0 };
    let near = if bits % 5 < 2 { HalfTie::NEAR } else { 0 };
    HalfTie::new(other, strength, 0, TieOrigin::STREET, kin | near)
}

/// Residents know people who live near: slots within a few hundred.
fn ties(nth: u32) -> Vec<(u32, HalfTie)> {
    let chance = Chance::new(1).always();
    (0..NEIGHBOURHOOD)
        .flat_map(|slot| {
            let mut draw = chance.stream(Process::FirstTies, u64::from(nth) << 32 | u64::from(slot));
            (0..TIES / 2).map(move |_| {
                let other = (slot + 1 + draw.below(300)) % NEIGHBOURHOOD;
                // A third of the ties are faces about to be forgotten or kept, as in the model.
                let strength = draw.uniform();
                let strength = if strength < 0.33 { FORGOTTEN + 0.02 * strength } else { strength };
                (slot, half_tie(other, strength, draw.word()))
            })
        })
        .collect()
}

/// One week of one neighbourhood: what is the same for all storages, drawn before the clock starts.
struct Week {
    key: u32,
    /// Whom each resident runs into: half of the time one of the ties, else anybody near.
    encounters: Vec<u32>,
    /// Pairs who meet for the first time, or again: (lower, higher), in order, each once.
    met: Vec<(u32, u32)>,
}

impl Week {
    fn of(network: &Network, nth: u32, week: i32) -> Self {
        let draws = Chance::new(1).in_week(week);
        let key = draws.key(Process::Encounters, u64::from(nth));
        let near = |slot: u32, bits: u64| (slot + 1 + (bits >> 32) as u32 % 300) % NEIGHBOURHOOD;
        let encounters = (0..NEIGHBOURHOOD).map(|slot| {
            let bits = mix(key, u64::from(slot));
            let row = network.of(slot as usize);
            if bits & 1 == 0 { row.others()[(bits >> 8) as usize % row.len()] } else { near(slot, bits) }
        });
        let mut met: Vec<(u32, u32)> = (0..NEIGHBOURHOOD / RESIDENTS_PER_NEW_TIE)
            .map(|pair| {
                let bits = mix(!key, u64::from(pair));
                let a = bits as u32 % NEIGHBOURHOOD;
                let b = near(a, bits);
                (a.min(b), a.max(b))
            })
            .collect();
        met.sort_unstable();
        met.dedup();
        Self { key: draws.key(Process::Appointments, u64::from(nth)) as u32, encounters: encounters.collect(), met }
    }
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

/// How much of a week is lived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kernel {
    Update,
    Read,
    Whole,
}

/// What is read of ties, summed over residents and weeks.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Seen {
    /// Acquaintances, and faces under that.
    counted: [u32; 2],
    /// Those who were run into and known.
    recognised: u32,
    /// Support by kind: kin, friends, neighbours.
    support: [f64; 3],
    /// Ties in each layer, kin and near.
    layers: [u32; 5],
    /// How much is seen of others who are active.
    examples: f64,
}

/// The ties of a neighbourhood, and what they make residents feel.
trait Storage: Clone + Send {
    /// Lives a week of contacts.
    fn update(&mut self, key: u32);

    /// Forgets ties that paled and adds those of people newly met.
    fn renew(&mut self, met: &[(u32, u32)]);

    /// A resident's own ties: with whom, how strong, of what kind.
    fn row(&self, slot: usize) -> impl Iterator<Item = (u32, f32, u8)>;

    /// Strength of the tie between two, if there is one.
    fn between(&self, slot: usize, other: u32) -> Option<f32>;

    fn live(&mut self, kernel: Kernel, week: &Week, seen: &mut Seen) {
        self.update(week.key);
        if kernel != Kernel::Update {
            self.read(week, seen);
        }
        if kernel == Kernel::Whole {
            self.renew(&week.met);
        }
    }

    /// What the model's week reads, each in a loop over all residents of its own, as there.
    fn read(&self, week: &Week, seen: &mut Seen) {
        let slots = || 0..NEIGHBOURHOOD as usize;
        // `meet`: whether those who run into each other know each other.
        for (slot, other) in week.encounters.iter().enumerate() {
            seen.recognised += u32::from(self.between(slot, *other).is_some_and(|strength| strength >= KNOWN));
        }
        // `ask_and_join`: examples among ties. Every sixteenth resident is active.
        for slot in slots() {
            let mut examples = 0.0;
            for (_, strength, _) in self.row(slot).filter(|(other, _, _)| other % 16 == 0) {
                examples += strength.sqrt();
            }
            seen.examples += f64::from(examples);
        }
        // `renew_belonging`: acquaintances and faces.
        for slot in slots() {
            let (mut all, mut known) = (0, 0);
            for (_, strength, _) in self.row(slot) {
                all += 1;
                known += u32::from(strength >= KNOWN);
            }
            seen.counted[0] += known;
            seen.counted[1] += all - known;
        }
        // `feel_lonely`: support by kind of tie.
        for slot in slots() {
            let mut support = [0.0_f32; 3];
            for (_, strength, flags) in self.row(slot) {
                let worth = ((strength - KNOWN) / (CLOSE - KNOWN)).clamp(0.0, 1.0);
                if flags & HalfTie::KIN != 0 {
                    support[0] += worth;
                } else if strength >= FRIEND {
                    support[1] += worth;
                } else if flags & HalfTie::NEAR != 0 {
                    support[2] += worth;
                } else {
                    support[1] += 0.5 * worth;
                }
            }
            for (sum, part) in seen.support.iter_mut().zip(support) {
                *sum += f64::from(part);
            }
        }
        // The interview: ties in each layer.
        for slot in slots() {
            let mut layers = [0; 5];
            for (_, strength, flags) in self.row(slot) {
                layers[0] += u32::from(strength >= KNOWN);
                layers[1] += u32::from(strength >= FRIEND);
                layers[2] += u32::from(strength >= CLOSE);
                layers[3] += u32::from(flags & HalfTie::KIN != 0);
                layers[4] += u32::from(flags & HalfTie::NEAR != 0);
            }
            for (sum, part) in seen.layers.iter_mut().zip(layers) {
                *sum += part;
            }
        }
    }
}

/// The model's own [`Network`], lived as the model lives it: both ends of a tie draw the same, as appointments do, and
/// strengths are changed in one stream, as ties fade; ties go and come in place, as theirs do.
#[derive(Clone)]
struct Rows {
    network: Network,
    /// Marks of the two of each half-tie: whose row it stands in, and the other's.
    pairs: [Vec<u32>; 2],
    /// Where half-ties come or go.
    places: Vec<u32>,
    /// Whether each half-tie is a contact this week.
    drawn: Vec<bool>,
    lonely: Vec<f32>,
    marks: Arc<[u32]>,
}

impl Storage for Rows {
    fn update(&mut self, key: u32) {
        let Self { network, pairs, drawn, lonely, marks, .. } = self;
        network.note_marks(0..network.slots(), marks, pairs);
        drawn.resize(network.half_ties().len(), false);
        contacts(network.changing().strengths, drawn, pairs, key);
        for (slot, lonely) in lonely.iter_mut().enumerate() {
            feel(lonely, drawn[network.row(slot)].iter().map(|contact| u32::from(*contact)).sum());
        }
    }

    fn renew(&mut self, met: &[(u32, u32)]) {
        let ties = self.network.half_ties();
        let pale = (0..).zip(ties.strengths()).filter(|(_, strength)| **strength < FORGOTTEN);
        self.places.clear();
        self.places.extend(pale.map(|(place, _)| place));
        self.network.remove(&self.places);
        let mut ends = both_ends(met);
        // Who is known already is not met anew.
        ends.retain(|(owner, tie)| self.network.between(*owner as usize, tie.other).is_none());
        self.network.insert(&ends, &mut self.places);
    }

    fn row(&self, slot: usize) -> impl Iterator<Item = (u32, f32, u8)> {
        self.network.of(slot).iter().map(|tie| (tie.other, tie.strength, tie.flags))
    }

    fn between(&self, slot: usize, other: u32) -> Option<f32> {
        self.network.between(slot, other).map(|tie| tie.strength)
    }
}

/// Draws contacts and lets strengths follow, of as many half-ties at a time as the processor can.
#[pulp::with_simd(contacts = Arch::new())]
#[inline(always)]
fn contacts_wide<'a, S: Simd>(
    _: S,
    strengths: &'a mut [f32],
    drawn: &'a mut [bool],
    [mine, theirs]: &'a [Vec<u32>; 2],
    key: u32,
) {
    for ((strength, contact), (mine, theirs)) in strengths.iter_mut().zip(drawn).zip(mine.iter().zip(theirs)) {
        *contact = is_contact(key, *mine, *theirs, *strength);
        *strength = after(*strength, *contact);
    }
}

/// Both ends of new ties, in order of owner and other.
fn both_ends(met: &[(u32, u32)]) -> Vec<(u32, HalfTie)> {
    let half = |owner: u32, other: u32| (owner, half_tie(other, NEW, owner ^ other));
    let mut ends: Vec<(u32, HalfTie)> = met.iter().flat_map(|(a, b)| [half(*a, *b), half(*b, *a)]).collect();
    ends.sort_unstable_by_key(|(owner, tie)| (*owner, tie.other));
    ends.dedup_by_key(|(owner, tie)| (*owner, tie.other));
    ends
}

#[derive(Clone)]
struct Edges {
    graph: UnGraph<f32, Tie>,
    contacts: Vec<u32>,
    marks: Arc<[u32]>,
}

impl Storage for Edges {
    fn update(&mut self, key: u32) {
        let (graph, contacts, marks) = (&mut self.graph, self.contacts.as_mut_slice(), &self.marks[..]);
        contacts.fill(0);
        for edge in graph.edge_indices() {
            let Some((a, b)) = graph.edge_endpoints(edge) else { continue };
            let tie = &mut graph[edge];
            let contact = is_contact(key, marks[a.index()], marks[b.index()], tie.strength);
            tie.strength = after(tie.strength, contact);
            contacts[a.index()] += u32::from(contact);
            contacts[b.index()] += u32::from(contact);
        }
        for (lonely, contacts) in graph.node_weights_mut().zip(contacts) {
            feel(lonely, *contacts);
        }
    }

    fn renew(&mut self, met: &[(u32, u32)]) {
        self.graph.retain_edges(|graph, edge| graph[edge].strength >= FORGOTTEN);
        for (a, b) in met {
            let tie = Tie::from(&half_tie(*b, NEW, a ^ b));
            let (a, b) = (NodeIndex::new(*a as usize), NodeIndex::new(*b as usize));
            if self.graph.find_edge(a, b).is_none() {
                self.graph.add_edge(a, b, tie);
            }
        }
    }

    fn row(&self, slot: usize) -> impl Iterator<Item = (u32, f32, u8)> {
        let edges = self.graph.edges(NodeIndex::new(slot));
        edges.map(|edge| (edge.target().index() as u32, edge.weight().strength, edge.weight().flags))
    }

    fn between(&self, slot: usize, other: u32) -> Option<f32> {
        let edge = self.graph.find_edge(NodeIndex::new(slot), NodeIndex::new(other as usize))?;
        Some(self.graph[edge].strength)
    }
}

/// `Csr` builds from sorted edges only when directed, and lends its weights only for reading: each tie stands twice,
/// in cells.
#[derive(Clone)]
struct Compressed {
    graph: Csr<(), Cell<Tie>, Directed>,
    lonely: Vec<f32>,
    marks: Arc<[u32]>,
}

impl Storage for Compressed {
    fn update(&mut self, key: u32) {
        let (graph, marks) = (&self.graph, &self.marks[..]);
        for (slot, lonely) in self.lonely.iter_mut().enumerate() {
            let node = slot as u32;
            let mut contacts = 0;
            for (other, tie) in graph.neighbors_slice(node).iter().zip(graph.edges_slice(node)) {
                let mut now = tie.get();
                let contact = is_contact(key, marks[slot], marks[*other as usize], now.strength);
                now.strength = after(now.strength, contact);
                tie.set(now);
                contacts += u32::from(contact);
            }
            feel(lonely, contacts);
        }
    }

    fn renew(&mut self, met: &[(u32, u32)]) {
        let ends = both_ends(met);
        let mut new = ends.iter().map(|(owner, tie)| (*owner, tie.other, Cell::new(Tie::from(tie)))).peekable();
        let mut sorted = Vec::with_capacity(self.graph.edge_count() + ends.len());
        for slot in 0..self.lonely.len() as u32 {
            for (other, tie) in self.graph.neighbors_slice(slot).iter().zip(self.graph.edges_slice(slot)) {
                while let Some(first) = new.next_if(|first| (first.0, first.1) < (slot, *other)) {
                    sorted.push(first);
                }
                if tie.get().strength >= FORGOTTEN {
                    new.next_if(|first| (first.0, first.1) == (slot, *other));
                    sorted.push((slot, *other, tie.clone()));
                }
            }
        }
        sorted.extend(new);
        self.graph = Csr::from_sorted_edges(&sorted).expect("the edges are sorted");
    }

    fn row(&self, slot: usize) -> impl Iterator<Item = (u32, f32, u8)> {
        let edges = self.graph.edges(slot as u32);
        edges.map(|edge| (edge.target(), edge.weight().get().strength, edge.weight().get().flags))
    }

    fn between(&self, slot: usize, other: u32) -> Option<f32> {
        let others = self.graph.neighbors_slice(slot as u32);
        let place = others.binary_search(&other).ok()?;
        Some(self.graph.edges_slice(slot as u32)[place].get().strength)
    }
}

/// All neighbourhoods, each in a storage of its own, and the threads that live them.
#[derive(Clone)]
struct World<S> {
    pool: Arc<ThreadPool>,
    all: Vec<(S, Seen)>,
}

impl<S: Storage> World<S> {
    fn new(threads: usize, networks: &[Network], store: fn(&Network, Arc<[u32]>) -> S) -> Self {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
        let marks: Arc<[u32]> = (0..NEIGHBOURHOOD).map(|slot| mark(Person::new(slot, 0, false, 0))).collect();
        let all = networks.iter().map(|network| (store(network, Arc::clone(&marks)), Seen::default()));
        Self { pool: Arc::new(pool), all: all.collect() }
    }

    fn live(&mut self, kernel: Kernel, weeks: &[Vec<Week>]) {
        let Self { pool, all } = self;
        pool.install(|| {
            for week in weeks {
                all.par_iter_mut().zip(week).for_each(|((storage, seen), week)| storage.live(kernel, week, seen));
            }
        });
    }

    /// Ties, their strength, and what was read: the same in all storages, but for the order in which a row is added up.
    fn end(&self) -> [f64; 11] {
        let mut end = [0.0; 11];
        for (storage, seen) in &self.all {
            let mut sums = [0.0; 11];
            for slot in 0..NEIGHBOURHOOD as usize {
                for (_, strength, _) in storage.row(slot) {
                    sums[0] += 0.5;
                    sums[1] += f64::from(strength);
                }
            }
            sums[2] = f64::from(seen.recognised);
            sums[3..6].copy_from_slice(&seen.support);
            sums[6..8].copy_from_slice(&seen.counted.map(f64::from));
            sums[8] = f64::from(seen.layers.iter().sum::<u32>());
            sums[9] = seen.examples;
            for (sum, part) in end.iter_mut().zip(sums) {
                *sum += part;
            }
        }
        end
    }
}

fn rows(network: &Network, marks: Arc<[u32]>) -> Rows {
    let lonely = vec![0.5; network.slots()];
    Rows { network: network.clone(), pairs: Default::default(), places: Vec::new(), drawn: Vec::new(), lonely, marks }
}

fn edges(network: &Network, marks: Arc<[u32]>) -> Edges {
    let mut graph = UnGraph::with_capacity(network.slots(), network.ties());
    for _ in 0..network.slots() {
        graph.add_node(0.5);
    }
    for slot in 0..network.slots() {
        for tie in network.of(slot).iter().filter(|tie| tie.other as usize > slot) {
            graph.add_edge(NodeIndex::new(slot), NodeIndex::new(tie.other as usize), Tie::from(&tie));
        }
    }
    Edges { graph, contacts: vec![0; network.slots()], marks }
}

fn compressed(network: &Network, marks: Arc<[u32]>) -> Compressed {
    let all = (0..network.slots()).flat_map(|slot| network.of(slot).iter().map(move |tie| (slot, tie)));
    let sorted: Vec<_> = all.map(|(slot, tie)| (slot as u32, tie.other, Cell::new(Tie::from(&tie)))).collect();
    let graph = Csr::from_sorted_edges(&sorted).expect("the edges are sorted");
    Compressed { graph, lonely: vec![0.5; network.slots()], marks }
}

/// One storage, on one thread and on two; returns where it ends.
fn measure<S: Storage>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    networks: &[Network],
    kernel: Kernel,
    weeks: &[Vec<Week>],
    store: fn(&Network, Arc<[u32]>) -> S,
) -> [f64; 11] {
    let residents = networks.len() as u32 * NEIGHBOURHOOD;
    let mut ends = Vec::new();
    for (threads, on) in [(1, "1 thread"), (2, "2 threads")] {
        let world = World::new(threads, networks, store);
        let mut lived = world.clone();
        lived.live(kernel, weeks);
        ends.push(lived.end());
        group.bench_function(BenchmarkId::new(format!("{name}, {on}"), residents), |bencher| {
            bencher.iter_batched_ref(|| world.clone(), |world| world.live(kernel, weeks), BatchSize::LargeInput);
        });
    }
    assert!(ends[0] == ends[1], "threads matter to {name}: {ends:?}");
    ends[0]
}

fn weeks(criterion: &mut Criterion) {
    for (name, kernel) in [
        ("weekly update", Kernel::Update),
        ("weekly update and reads", Kernel::Read),
        ("weekly update, reads, ties that come and go", Kernel::Whole),
    ] {
        let mut group = criterion.benchmark_group(name);
        group.sample_size(20).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
        for residents in [10_000, 100_000] {
            let neighbourhoods = 0..residents / NEIGHBOURHOOD;
            let networks: Vec<Network> =
                neighbourhoods.map(|nth| Network::from_ties(NEIGHBOURHOOD as usize, ties(nth))).collect();
            let weeks: Vec<Vec<Week>> = (0..WEEKS)
                .map(|week| (0..).zip(&networks).map(|(nth, network)| Week::of(network, nth, week)).collect())
                .collect();
            // Half-ties updated, in the sense in which each tie is two.
            let half_ties: usize = networks.iter().map(|network| network.half_ties().len()).sum();
            group.throughput(Throughput::Elements(half_ties as u64 * WEEKS as u64));
            let ends = [
                measure(&mut group, "rows", &networks, kernel, &weeks, rows),
                measure(&mut group, "petgraph UnGraph", &networks, kernel, &weeks, edges),
                measure(&mut group, "petgraph Csr", &networks, kernel, &weeks, compressed),
            ];
            for end in &ends[1..] {
                let alike = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-6 * a.abs();
                assert!(end.iter().zip(&ends[0]).all(alike), "the storages end in different weeks: {ends:?}");
            }
        }
        group.finish();
    }
}

criterion_group!(benches, weeks);
criterion_main!(benches);
