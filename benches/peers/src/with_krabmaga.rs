//! The kernel in krABMaga: residents as scheduled agents; ties in its network field, or in rows of the state.

use std::any::Any;

use krabmaga::engine::agent::Agent;
use krabmaga::engine::fields::field::Field;
use krabmaga::engine::fields::network::{EdgeOptions, Network};
use krabmaga::engine::schedule::Schedule;
use krabmaga::engine::state::State;
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};

use crate::kernel::{self, Clock, LONELY, Outcome, Spent, WEEKS};

/// What is the same for both: chance, contacts of the week, loneliness.
struct People {
    chance: SmallRng,
    contacts: Vec<u32>,
    lonely: Vec<f32>,
}

impl People {
    fn new(residents: u64) -> Self {
        let residents = residents as usize;
        Self { chance: SmallRng::seed_from_u64(1), contacts: vec![0; residents], lonely: vec![LONELY; residents] }
    }

    /// Strength of a tie after the week.
    fn meet(&mut self, a: usize, b: usize, strength: f32) -> f32 {
        let contact = self.chance.random::<f32>() < strength;
        self.contacts[a] += u32::from(contact);
        self.contacts[b] += u32::from(contact);
        kernel::after(strength, contact)
    }

    /// When all agents have acted.
    fn feel(&mut self) {
        for (lonely, contacts) in self.lonely.iter_mut().zip(&mut self.contacts) {
            *lonely = kernel::feel(*lonely, *contacts);
            *contacts = 0;
        }
    }
}

/// What [`State`] asks of every state: itself in other guises.
macro_rules! guises {
    () => {
        fn as_any_mut(&mut self) -> &mut dyn Any {
            self
        }
        fn as_any(&self) -> &dyn Any {
            self
        }
        fn as_state_mut(&mut self) -> &mut dyn State {
            self
        }
        fn as_state(&self) -> &dyn State {
            self
        }
        fn reset(&mut self) {}
    };
}

/// Ties in its network: read in one state, written in the other, copied over after each step.
struct InNetwork {
    people: People,
    network: Network<u32, String>,
}

impl State for InNetwork {
    guises!();

    fn init(&mut self, schedule: &mut Schedule) {
        let residents = self.people.lonely.len() as u32;
        for slot in 0..residents {
            self.network.add_node(slot);
            schedule.schedule_repeating(Box::new(OfNetwork(slot)), 0.0, 0);
        }
        for tie in kernel::start(u64::from(residents)) {
            self.network.add_edge(tie.a, tie.b, EdgeOptions::Weighted(tie.strength));
        }
        self.network.update();
    }

    fn update(&mut self, _step: u64) {
        self.network.update();
    }

    fn after_step(&mut self, _schedule: &mut Schedule) {
        self.people.feel();
    }
}

/// A resident, by slot.
#[derive(Clone, Copy)]
struct OfNetwork(u32);

impl Agent for OfNetwork {
    fn step(&mut self, state: &mut dyn State) {
        let state = state.as_any_mut().downcast_mut::<InNetwork>().expect("the state of this model");
        let InNetwork { people, network } = state;
        let mine = network.get_edges(self.0).unwrap_or_default();
        let mut written = network.edges[network.write].borrow_mut();
        // Each pair draws once, at its lower end. Removing and adding an edge would be slower still than this.
        for edge in mine.iter().filter(|edge| edge.v > edge.u) {
            let strength = people.meet(edge.u as usize, edge.v as usize, edge.weight.unwrap_or_default());
            for (from, to) in [(edge.u, edge.v), (edge.v, edge.u)] {
                let row = written.get_mut(&from).expect("every resident has a row");
                if let Some(half) = row.iter_mut().find(|half| half.v == to) {
                    half.weight = Some(strength);
                }
            }
        }
    }
}

/// Ties in rows of the state: a resident's own are those that it gave at the start.
struct InRows {
    people: People,
    rows: Vec<Vec<(u32, f32)>>,
}

impl State for InRows {
    guises!();

    fn init(&mut self, schedule: &mut Schedule) {
        let residents = self.people.lonely.len();
        self.rows = vec![Vec::new(); residents];
        for tie in kernel::start(residents as u64) {
            self.rows[tie.a as usize].push((tie.b, tie.strength));
        }
        for slot in 0..residents as u32 {
            schedule.schedule_repeating(Box::new(OfRows(slot)), 0.0, 0);
        }
    }

    fn update(&mut self, _step: u64) {}

    fn after_step(&mut self, _schedule: &mut Schedule) {
        self.people.feel();
    }
}

/// A resident, by slot.
#[derive(Clone, Copy)]
struct OfRows(u32);

impl Agent for OfRows {
    fn step(&mut self, state: &mut dyn State) {
        let state = state.as_any_mut().downcast_mut::<InRows>().expect("the state of this model");
        let InRows { people, rows } = state;
        for (other, strength) in &mut rows[self.0 as usize] {
            *strength = people.meet(self.0 as usize, *other as usize, *strength);
        }
    }
}

/// Its network field.
pub fn network(residents: u64) -> Outcome {
    let mut state = InNetwork { people: People::new(residents), network: Network::new(false) };
    let spent = live(&mut state);
    let edges = state.network.edges[state.network.read].borrow();
    let strengths = edges.values().flatten().map(|edge| edge.weight.unwrap_or_default());
    Outcome::of(spent, strengths, state.people.lonely.iter().copied(), true)
}

/// Rows of the state.
pub fn rows(residents: u64) -> Outcome {
    let mut state = InRows { people: People::new(residents), rows: Vec::new() };
    let spent = live(&mut state);
    let strengths = state.rows.iter().flatten().map(|(_, strength)| *strength);
    Outcome::of(spent, strengths, state.people.lonely.iter().copied(), false)
}

/// The loop that its macros for running a model expand to, without what they print.
fn live(state: &mut dyn State) -> Spent {
    let mut schedule = Schedule::new();
    state.init(&mut schedule);
    let clock = Clock::start();
    for _ in 0..WEEKS {
        schedule.step(state);
    }
    clock.stop()
}
