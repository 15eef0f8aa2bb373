//! The kernel in ixa: a plan every week, residents as entities, loneliness as their property; ties in four ways.

use ixa::ExecutionPhase;
use ixa::prelude::*;

use crate::kernel::{self, Clock, LONELY, Outcome, Spent, WEEKS};

define_entity!(Resident);
define_property!(struct Lonely(f32), Resident, impl_eq_hash = both, default_const = Lonely(LONELY));
// An entity does not tell its number.
define_property!(struct Slot(u32), Resident);
define_rng!(ContactRng);

// Its network: an edge has a weight.
define_edge_type!(struct Knows, Resident);

// As in its example of households: an edge is an entity too.
define_entity!(Edge);
define_property!(struct Strength(f32), Edge, impl_eq_hash = both);
define_property!(struct Node1(ResidentId), Edge);
define_property!(struct Node2(ResidentId), Edge);

// The same, one for each end of a tie, which a query finds by who it goes out from.
define_entity!(Arc);
define_property!(struct Weight(f32), Arc, impl_eq_hash = both);
define_property!(struct From(ResidentId), Arc);
define_property!(struct To(ResidentId), Arc);
define_property!(struct Back(Option<ArcId>), Arc, default_const = Back(None));

// Data of one's own beside the framework's.
define_data_plugin!(TiesPlugin, Vec<kernel::Tie>, Vec::new());

/// Its network module. A weight cannot be changed, so that a tie is taken away and put back.
pub fn network(residents: u64) -> Outcome {
    let (mut context, people) = populated(residents);
    for tie in kernel::start(residents) {
        let (a, b) = (people[tie.a as usize], people[tie.b as usize]);
        context.add_edge_bidi::<Resident, Knows>(a, b, tie.strength, Knows).expect("a new edge");
    }
    let everybody = people.clone();
    let spent = live(&mut context, move |context| {
        let mut contacts = vec![0_u32; everybody.len()];
        for (slot, &person) in everybody.iter().enumerate() {
            // Each pair draws once, at its lower end.
            for edge in context
                .get_matching_edges::<Resident, Knows>(person, |context, edge| index(context, edge.neighbor) > slot)
            {
                let contact = context.sample_bool(ContactRng, f64::from(edge.weight));
                let strength = kernel::after(edge.weight, contact);
                for (from, to) in [(person, edge.neighbor), (edge.neighbor, person)] {
                    let _ = context.remove_edge::<Resident, Knows>(from, to);
                }
                context.add_edge_bidi::<Resident, Knows>(person, edge.neighbor, strength, Knows).expect("a new edge");
                contacts[slot] += u32::from(contact);
                contacts[index(context, edge.neighbor)] += u32::from(contact);
            }
        }
        feel(context, &everybody, &contacts);
    });
    let mut strengths = Vec::new();
    for &person in &people {
        strengths.extend(context.get_edges::<Resident, Knows>(person).iter().map(|edge| edge.weight));
    }
    Outcome::of(spent, strengths.into_iter(), loneliness(&context, &people), true)
}

/// Edges as entities in the very way of its example of households: one for each end of a tie, found by a query from who it
/// goes out from, which an index speeds up as its book advises. Each knows the one back, which the example has no need of.
pub fn queries(residents: u64) -> Outcome {
    let (mut context, people) = populated(residents);
    context.index_property::<Arc, From>();
    for tie in kernel::start(residents) {
        let (a, b, weight) = (people[tie.a as usize], people[tie.b as usize], Weight(tie.strength));
        let there = context.add_entity(with!(Arc, weight, From(a), To(b))).expect("a new edge");
        let back = context.add_entity(with!(Arc, weight, From(b), To(a))).expect("a new edge");
        context.set_property(there, Back(Some(back)));
    }
    let everybody = people.clone();
    let spent = live(&mut context, move |context| {
        let mut contacts = vec![0_u32; everybody.len()];
        for (slot, &person) in everybody.iter().enumerate() {
            let edges: Vec<ArcId> = context.query(with!(Arc, From(person))).into_iter().collect();
            for edge in edges {
                // Each pair draws once, at the end that knows the way back.
                let Back(Some(back)) = context.get_property(edge) else { continue };
                let (Weight(strength), To(other)) = (context.get_property(edge), context.get_property(edge));
                let contact = context.sample_bool(ContactRng, f64::from(strength));
                let weight = Weight(kernel::after(strength, contact));
                context.set_property(edge, weight);
                context.set_property(back, weight);
                contacts[slot] += u32::from(contact);
                contacts[index(context, other)] += u32::from(contact);
            }
        }
        feel(context, &everybody, &contacts);
    });
    let mut strengths = Vec::new();
    for &person in &people {
        for edge in context.query(with!(Arc, From(person))) {
            let Weight(strength) = context.get_property(edge);
            strengths.push(strength);
        }
    }
    Outcome::of(spent, strengths.into_iter(), loneliness(&context, &people), true)
}

/// Edges as entities, one for each tie, half of what the example keeps; gone through in a list, without a query.
pub fn entities(residents: u64) -> Outcome {
    let (mut context, people) = populated(residents);
    let edges: Vec<EdgeId> = kernel::start(residents)
        .map(|tie| {
            let (a, b) = (Node1(people[tie.a as usize]), Node2(people[tie.b as usize]));
            context.add_entity(with!(Edge, Strength(tie.strength), a, b)).expect("a new edge")
        })
        .collect();
    let (everybody, all) = (people.clone(), edges.clone());
    let spent = live(&mut context, move |context| {
        let mut contacts = vec![0_u32; everybody.len()];
        for &edge in &all {
            let Strength(strength) = context.get_property(edge);
            let (Node1(a), Node2(b)) = (context.get_property(edge), context.get_property(edge));
            let contact = context.sample_bool(ContactRng, f64::from(strength));
            context.set_property(edge, Strength(kernel::after(strength, contact)));
            contacts[index(context, a)] += u32::from(contact);
            contacts[index(context, b)] += u32::from(contact);
        }
        feel(context, &everybody, &contacts);
    });
    let strengths = edges.iter().map(|&edge| {
        let Strength(strength) = context.get_property(edge);
        strength
    });
    Outcome::of(spent, strengths, loneliness(&context, &people), false)
}

/// Ties in a data plugin: a plain list; one borrow of the generator a week.
pub fn plugin(residents: u64) -> Outcome {
    let (mut context, people) = populated(residents);
    *context.get_data_mut(TiesPlugin) = kernel::start(residents).collect();
    let everybody = people.clone();
    let spent = live(&mut context, move |context| {
        let mut contacts = vec![0_u32; everybody.len()];
        let mut ties = std::mem::take(context.get_data_mut(TiesPlugin));
        for tie in &mut ties {
            let contact = context.sample_bool(ContactRng, f64::from(tie.strength));
            tie.strength = kernel::after(tie.strength, contact);
            contacts[tie.a as usize] += u32::from(contact);
            contacts[tie.b as usize] += u32::from(contact);
        }
        *context.get_data_mut(TiesPlugin) = ties;
        feel(context, &everybody, &contacts);
    });
    let strengths = context.get_data(TiesPlugin).iter().map(|tie| tie.strength);
    Outcome::of(spent, strengths, loneliness(&context, &people), false)
}

fn populated(residents: u64) -> (Context, Vec<ResidentId>) {
    let mut context = Context::new();
    context.init_random(1);
    let people = (0..residents as u32)
        .map(|slot| context.add_entity(with!(Resident, Slot(slot))).expect("a new resident"))
        .collect();
    (context, people)
}

fn index(context: &Context, person: ResidentId) -> usize {
    let Slot(slot) = context.get_property(person);
    slot as usize
}

/// Lives all weeks, each a periodic plan, and tells the time.
fn live(context: &mut Context, week: impl Fn(&mut Context) + 'static) -> Spent {
    context.add_periodic_plan_with_phase(1.0, week, ExecutionPhase::Normal);
    // The first plan is at time 0; a periodic plan goes on only while there are others, so each week has one.
    for number in 1..WEEKS {
        context.add_plan(f64::from(number), |_| {});
    }
    let clock = Clock::start();
    context.execute();
    clock.stop()
}

fn feel(context: &mut Context, people: &[ResidentId], contacts: &[u32]) {
    for (&person, &contacts) in people.iter().zip(contacts) {
        let Lonely(lonely) = context.get_property(person);
        context.set_property(person, Lonely(kernel::feel(lonely, contacts)));
    }
}

fn loneliness(context: &Context, people: &[ResidentId]) -> impl Iterator<Item = f32> {
    people.iter().map(|&person| {
        let Lonely(lonely) = context.get_property(person);
        lonely
    })
}
