//! Appointments of ties, in what time the visits leave.

use crate::model::chance::{Process, WeekChance, pair_bits, unit};
use crate::model::desk::{Desk, Wish};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::submodels::enact_policies::Rules;

/// Ties make appointments of their own, within the time both have left.
pub(super) fn make_appointments(n: &Neighbourhood, rules: &Rules, draws: WeekChance, desk: &mut Desk) {
    desk.appointments.clear();
    desk.appointments.resize(n.network.half_ties().len(), 0);
    wish(n, rules, draws, desk);
    for (gains, wished) in desk.gains.iter_mut().zip(&desk.wished) {
        let left = u32::from(gains.minutes_left);
        gains.fits = (left * 256).checked_div(*wished).map_or(256, |fits| fits.min(256)) as u16;
    }
    for wish in &desk.wishes {
        let [a, b] = wish.ends.map(|slot| slot as usize);
        let fits = desk.gains[a].fits.min(desk.gains[b].fits);
        let minutes = ((u32::from(wish.minutes) * u32::from(fits)) >> 8) as u16;
        if minutes == 0 {
            continue;
        }
        for place in wish.places {
            desk.appointments[place as usize] = minutes;
        }
        let tie = &n.network.half_ties()[wish.places[0] as usize];
        for slot in [a, b] {
            let gains = &mut desk.gains[slot];
            gains.family |= tie.is_kin();
            gains.friend |= !tie.is_kin() && tie.strength >= rules.parameters.ties.friend;
            // A neighbour whom one visits is a neighbour one has words with.
            gains.neighbour = gains.neighbour.saturating_add(u8::from(tie.is_near()));
        }
    }
}

/// Lists the appointments that ties would make this week; a tie draws once, for both its ends.
fn wish(n: &Neighbourhood, rules: &Rules, draws: WeekChance, desk: &mut Desk) {
    let Desk { marks, wishes, wished, next, .. } = desk;
    wishes.clear();
    wished.clear();
    wished.resize(n.slots(), 0);
    if !rules.mechanisms.encounters {
        return;
    }
    let p = &rules.parameters;
    let key = draws.key(Process::Appointments, 0);
    let apart = 1.0 - 0.7 * rules.lockdown;
    n.network.for_each_tie(next, |slot, place, mirror| {
        let tie = &n.network.half_ties()[place];
        if tie.is_household() || tie.strength < p.ties.known {
            return;
        }
        let (mine, theirs) = (marks[slot], marks[tie.other as usize]);
        let kin_pull = if tie.is_kin() { 0.25 } else { 0.0 };
        let chance = (p.meeting.appointment * tie.strength + kin_pull).min(1.0) * apart;
        if unit(pair_bits(key as u32, mine, theirs)) < chance {
            let length = unit(pair_bits((key >> 32) as u32, mine, theirs));
            let minutes = (p.meeting.appointment_minutes * (0.5 + length)) as u16;
            wished[slot] += u32::from(minutes);
            wished[tie.other as usize] += u32::from(minutes);
            let places = [place as u32, mirror as u32];
            wishes.push(Wish { ends: [slot as u32, tie.other], places, minutes });
        }
    });
}
