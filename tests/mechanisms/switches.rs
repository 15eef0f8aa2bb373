//! Processes that a switch turns off leave what they change as it was; with the switch on it changes.

use noaber::model::blueprint::Blueprint;
use noaber::model::neighbourhood::Neighbourhood;
use noaber::model::neighbourhood::resident::State;
use noaber::model::world::World;

use crate::measures::here;
use crate::paired::{CORNER, with};

/// What a switch holds still: its name, and that of each resident in numbers.
type Still = (&'static str, fn(&Neighbourhood) -> Vec<u64>);

fn of_all(n: &Neighbourhood, numbers: impl Fn(&State) -> Vec<f32>) -> Vec<u64> {
    n.state.iter().flat_map(numbers).map(|number| u64::from(number.to_bits())).collect()
}

const STILL: [Still; 6] = [
    ("life_course", |n| n.people().map(|person| person.0).collect()),
    ("circles", |n| of_all(n, |state| vec![state.kin_outside.into(), state.friends_outside.into()])),
    ("needs", |n| of_all(n, |state| vec![state.needs, state.needs_formal, state.helped])),
    ("volunteering", |n| {
        of_all(n, |state| vec![state.volunteer_hours, f32::from(u8::from(state.volunteers_elsewhere))])
    }),
    ("attitudes", |n| of_all(n, |state| vec![state.trust, state.attitude, state.capability, state.belonging])),
    ("loneliness", |n| of_all(n, |state| vec![state.social_deficit, state.emotional_deficit])),
];

/// A neighbourhood after some weeks, from the same start.
fn after(weeks: u32, plan: &Blueprint) -> Neighbourhood {
    let mut world = World::grow(plan, 5, 0);
    world.live_weeks(weeks, |_, _| ());
    here(&world).clone()
}

#[test]
fn what_a_switch_turns_off_stays_as_it_was_and_changes_otherwise() {
    for (name, numbers) in STILL {
        // Where people come and go, others stand in the slots.
        let plan = with(&CORNER, |plan| plan.mechanisms.life_course = name == "life_course");
        let off = with(&plan, |plan| assert!(plan.mechanisms.set(name, false)));
        let start = numbers(&after(0, &plan));
        assert!(start == numbers(&after(30, &off)), "{name} goes on when it is off");
        assert!(start != numbers(&after(30, &plan)), "{name} does nothing when it is on");
    }
}
