//! 9. Lessons for residents who find it hard to find their way.
//!
//! * **What** a class takes so many of those with little way-finding skill; whoever comes to the lesson of the week learns, grows
//!   in capability, and gets to know who sits next to them. After its weeks another class begins, with whoever then needs it.
//! * **Equation** somebody comes with chance `attends * room`; at a lesson skill `+= way_finding * room * (1 - skill)` and
//!   capability `+= capability * (1 - capability)`; `room = 1 - worries * [short of money]`.
//! * **Reads and changes** reads the neighbourhood; adds to `gains` and, between who sit next to each other, `meetings`.
//! * **Draws** `Course` per class and resident: a place in it; per class, resident and week: coming.
//! * **Source** Mullainathan and Shafir 2013, WRR 2017 for what worries take away; M5, M22; sizes assumed.

use super::enact_policies::Rules;
use crate::model::chance::{Chance, Process, mix, unit};
use crate::model::desk::{Desk, Meeting};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::network::TieOrigin;
use crate::model::neighbourhood::resident::Setting;
use crate::model::quantities::ActivityKind;

/// Gives the lessons of the week.
pub fn teach(n: &Neighbourhood, rules: &Rules, chance: Chance, week: i32, desk: &mut Desk) {
    if !rules.mechanisms.lessons {
        return;
    }
    let p = &rules.parameters.lessons;
    for course in &rules.courses {
        let class = mix(course.number as u64, u64::from(course.class));
        // The order of the class is drawn without the week, so that it holds all its weeks.
        let (order, coming) =
            (chance.always().key(Process::Course, class), chance.in_week(week).key(Process::Course, class));
        let mut pupils = std::mem::take(&mut desk.class);
        pupils.clear();
        pupils.extend(
            n.residents()
                .filter(|slot| n.traits[*slot].is_adult(week) && n.state[*slot].way_finding < p.for_below)
                .map(|slot| (mix(order, n.traits[slot].person.0), slot as u32)),
        );
        pupils.sort_unstable();
        pupils.truncate(course.places as usize);
        // Worries about money take up the room in somebody's head that coming and learning need.
        let room = |slot: usize| if n.state[slot].is_short_of_money(&n.traits[slot]) { 1.0 - p.worries } else { 1.0 };
        pupils.retain(|(_, slot)| {
            let slot = *slot as usize;
            unit(mix(coming, n.traits[slot].person.0) as u32) < p.attends * room(slot)
        });
        for (_, slot) in &pupils {
            let (state, gains) = (&n.state[*slot as usize], &mut desk.gains[*slot as usize]);
            gains.way_finding += p.way_finding * room(*slot as usize) * (1.0 - state.way_finding);
            gains.capability += p.capability * (1.0 - state.capability);
        }
        let minutes = p.minutes as u16;
        desk.meetings.extend(pupils.chunks_exact(2).map(|pair| Meeting {
            a: pair[0].1,
            b: pair[1].1,
            setting: Setting::NOWHERE,
            minutes,
            closeness: minutes,
            tie: n.network.place_between(pair[0].1 as usize, pair[1].1),
            origin: TieOrigin::activity(ActivityKind::Language),
            words: true,
            recognised: true,
            similarity: 0.0,
        }));
        desk.class = pupils;
    }
}
