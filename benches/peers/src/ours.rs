//! noaber on the plain kernel, and noaber with everything on.

use std::cell::RefCell;

use noaber::experiment::bench::synthetic;
use noaber::model::blueprint::{Blueprint, Composition};
use noaber::model::chance::{Chance, Process, mark, pair_bits, unit};
use noaber::model::desk::Desk;
use noaber::model::neighbourhood::Neighbourhood;
use noaber::model::neighbourhood::network::{HalfTie, Network, TieOrigin};
use noaber::model::parameters::{Mechanisms, Parameters};
use noaber::model::quantities::{Person, Share};
use noaber::model::schedule::live_one_week;
use noaber::model::world::World;
use pulp::{Arch, Simd};
use rayon::prelude::*;

use crate::kernel::{self, Clock, GAIN, LONELY, LOSS, NEIGHBOURHOOD, Outcome, WEEKS};

/// The start network, a [`Network`] for each neighbourhood.
fn networks(residents: u64) -> Vec<Network> {
    let mut ties = kernel::start(residents).peekable();
    (0..residents.div_ceil(NEIGHBOURHOOD))
        .map(|number| {
            let first = (number * NEIGHBOURHOOD) as u32;
            let slots = NEIGHBOURHOOD.min(residents - u64::from(first)) as u32;
            let own = std::iter::from_fn(|| ties.next_if(|tie| tie.a < first + slots));
            let half =
                |tie: kernel::Tie| (tie.a - first, HalfTie::new(tie.b - first, tie.strength, 0, TieOrigin::BEFORE, 0));
            Network::from_ties(slots as usize, own.map(half))
        })
        .collect()
}

/// A neighbourhood as the kernel needs it: the model's ties, and what a week of the model keeps on its desk.
struct Rows {
    network: Network,
    drawn: Vec<bool>,
    /// Marks of the two of each half-tie: whose row it stands in, and the other's.
    pairs: [Vec<u32>; 2],
    lonely: Vec<f32>,
    marks: Vec<u32>,
}

impl Rows {
    /// A week: both ends of a tie draw the same, as appointments do, and each list is changed in one stream, as ties fade.
    fn live(&mut self, key: u32) {
        let Self { network, drawn, pairs, lonely, marks } = self;
        network.note_marks(0..network.slots(), marks, pairs);
        contact(network.changing().strengths, drawn, pairs, key);
        for (slot, lonely) in lonely.iter_mut().enumerate() {
            let contacts = drawn[network.row(slot)].iter().map(|contact| u32::from(*contact)).sum();
            *lonely = kernel::feel(*lonely, contacts);
        }
    }
}

#[pulp::with_simd(contact = Arch::new())]
#[inline(always)]
fn contact_wide<'a, S: Simd>(
    _: S,
    strengths: &'a mut [f32],
    drawn: &'a mut [bool],
    [mine, theirs]: &'a [Vec<u32>; 2],
    key: u32,
) {
    let pairs = mine.iter().zip(theirs);
    for ((strength, contact), (mine, theirs)) in strengths.iter_mut().zip(drawn).zip(pairs) {
        // Without a branch: which ties are contacts cannot be foreseen.
        *contact = unit(pair_bits(key, *mine, *theirs)) < *strength;
        let met = f32::from(u8::from(*contact));
        *strength += met * GAIN * (1.0 - *strength) - (1.0 - met) * LOSS * *strength;
    }
}

/// The kernel on the model's [`Network`], with the model's chance and its way of drawing for pairs.
pub fn network(residents: u64) -> Outcome {
    let mut all: Vec<Rows> = networks(residents)
        .into_iter()
        .map(|network| {
            let (slots, half_ties) = (network.slots(), network.half_ties().len());
            let marks = (0..slots as u32).map(|slot| mark(Person::new(slot, 0, false, 0))).collect();
            let (drawn, pairs) = (vec![false; half_ties], [Vec::new(), Vec::new()]);
            Rows { network, drawn, pairs, lonely: vec![LONELY; slots], marks }
        })
        .collect();
    let chance = Chance::new(1);
    let clock = Clock::start();
    // Neighbourhoods live alone, so each lives its year in a row, as `World::live_weeks` lets them.
    all.par_iter_mut().enumerate().for_each(|(number, rows)| {
        for week in 0..WEEKS {
            rows.live(chance.in_week(week).key(Process::Appointments, number as u64) as u32);
        }
    });
    let spent = clock.stop();
    let strengths = all.iter().flat_map(|rows| rows.network.half_ties().strengths().iter().copied());
    Outcome::of(spent, strengths, all.iter().flat_map(|rows| rows.lonely.iter().copied()), true)
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

/// The kernel through the model's own week, [`live_one_week`], with everything else switched off.
///
/// Appointments have chance `strength`, hours and scale such that one moves a tie by [`GAIN`] on average (the model draws
/// their length), and ties fade by [`LOSS`]. The model's loneliness follows strengths, not contacts, and is off like all else;
/// that of the kernel is worked out from the minutes that the week leaves on each tie.
pub fn week(residents: u64) -> Outcome {
    let blueprint = bare(residents);
    let world = World::grow(&blueprint, 1, 0);
    let mut all: Vec<(Neighbourhood, Vec<f32>)> = world
        .neighbourhoods()
        .iter()
        .zip(networks(residents))
        .map(|(grown, network)| {
            assert_eq!(grown.slots(), network.slots(), "each home holds one resident");
            let mut n = grown.clone();
            n.network = network;
            n.traits.iter_mut().for_each(|traits| traits.free_hours = 168.0);
            let slots = n.slots();
            (n, vec![LONELY; slots])
        })
        .collect();
    let clock = Clock::start();
    // A year in a row here too.
    all.par_iter_mut().for_each(|(n, lonely)| {
        for week in 0..WEEKS {
            DESK.with_borrow_mut(|desk| live_one_week(n, &blueprint, world.chance(), week, desk));
            for (slot, lonely) in lonely.iter_mut().enumerate() {
                *lonely = kernel::feel(*lonely, contacts(n.network.of(slot).minutes()));
            }
        }
    });
    let spent = clock.stop();
    let strengths = all.iter().flat_map(|(n, _)| n.network.half_ties().strengths().iter().copied());
    Outcome::of(spent, strengths, all.iter().flat_map(|(_, lonely)| lonely.iter().copied()), true)
}

/// How many ties had a minute this week: counted in fours, for rows are short.
fn contacts(minutes: &[u16]) -> u32 {
    let (fours, rest) = minutes.as_chunks::<4>();
    let count = |minutes: &[u16]| minutes.iter().map(|minutes| u32::from(*minutes > 0)).sum::<u32>();
    fours.iter().map(|four| count(four)).sum::<u32>() + count(rest)
}

/// The full model, nothing switched off, on a neighbourhood with everything in it: not the plain kernel.
pub fn full(residents: u64) -> Outcome {
    let mut world = World::grow(&synthetic(residents, NEIGHBOURHOOD as u32), 1, WEEKS as u32);
    let clock = Clock::start();
    let lived = world.live_weeks(WEEKS as u32, |_, _| ());
    let spent = clock.stop();
    let ties = lived.iter().filter_map(|weeks| weeks.last()).map(|(happened, ())| happened.ties).sum();
    Outcome { spent, ties, strength: None, lonely: None }
}

/// Homes with one grown resident each, and nothing else: no places, posts, money, moving, death or new faces.
fn bare(residents: u64) -> Blueprint {
    let share = |value: f64| Share::new(value).expect("a share");
    let none = share(0.0);
    let mut blueprint = synthetic(residents, NEIGHBOURHOOD as u32);
    let homes = NEIGHBOURHOOD.min(residents) as u32;
    blueprint.buildings.truncate(1);
    blueprint.buildings[0].homes = homes;
    blueprint.composition = Composition {
        ages: [0.0, 0.0, 1.0, 0.0, 0.0].map(share),
        households: [1.0, 0.0, 0.0, 0.0].map(share),
        income_difficulty: none,
        health_limited: none,
        language_barrier: none,
        vacant: none,
        kin_nearby: none,
        moving: 0.0,
        ..blueprint.composition
    };
    blueprint.initiatives.clear();
    blueprint.professionals.clear();
    blueprint.grants.clear();
    blueprint.organisations.clear();
    blueprint.places.clear();
    for mechanism in Mechanisms::TABLE {
        blueprint.mechanisms.set(mechanism.name, mechanism.name == "encounters");
    }
    blueprint.parameters = kernel_parameters();
    blueprint
}

/// The model's constants for the kernel.
fn kernel_parameters() -> Parameters {
    let mut p = Parameters::default();
    p.meeting.appointment = 1.0;
    p.meeting.appointment_minutes = 60.0;
    p.ties.known = 0.0;
    p.ties.forgotten = 0.0;
    p.ties.fade_weak = LOSS;
    p.ties.fade_strong = LOSS;
    p.ties.hours_scale = scale(p.meeting.appointment_minutes);
    p
}

/// The scale of hours at which an appointment moves a tie by [`GAIN`] on average: lengths are whole minutes, evenly from a
/// half to one and a half times the ordinary length.
fn scale(minutes: f32) -> f32 {
    let shortest = (0.5 * minutes) as u32;
    let gain = |scale: f32| {
        let each = (0..minutes as u32).map(|more| 1.0 - (-((shortest + more) as f32) / 60.0 / scale).exp());
        each.sum::<f32>() / minutes
    };
    let (mut low, mut high) = (1.0_f32, 1_000.0_f32);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        // The more hours it takes, the less one appointment brings.
        if gain(middle) > GAIN { low = middle } else { high = middle }
    }
    low
}
