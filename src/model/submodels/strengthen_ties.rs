//! 13. Hours shared strengthen ties; people who will know each other again get a new one.
//!
//! * **What** all meetings, help and appointments of the week are added up for each pair and written into both ends.
//! * **Equation** `s' = 1 - (1 - s) * exp(-hours / hours_scale)`, with hours as they count for closeness.
//! * **Reads and changes** the network.
//! * **Draws** none: whether strangers recognise each other was drawn with the meeting.
//! * **Source** Hall 2019: 50, 90 and 200 hours to casual friend, friend and close friend.

use pulp::{Arch, Simd};

use super::bond::{as_close, similarity};
use super::enact_policies::Rules;
use crate::model::desk::{Contact, Desk, Meeting};
use crate::model::initialization::homes::are_near;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::network::{Changing, HalfTie, list_places, places_before};

/// Half-ties that grow at once.
const AT_ONCE: usize = 64;

/// Adds the week's hours to the ties, and then puts the new ones between them.
pub fn strengthen_ties(n: &mut Neighbourhood, rules: &Rules, week: i32, desk: &mut Desk) {
    desk.apart.fill(rules.parameters.ties.hours_scale);
    add_up(n, rules, desk);
    list_contacts(n.slots(), desk);
    begin(n, week, desk);
    let Desk { apart, closeness, new_ties, places, .. } = desk;
    grow(n.network.changing(), closeness, apart, week);
    n.network.insert(new_ties, places);
}

/// Adds up, for each half-tie, the minutes of the week and what they count for closeness.
fn add_up(n: &mut Neighbourhood, rules: &Rules, desk: &mut Desk) {
    let Desk { meetings, appointments, met, places, closeness, .. } = desk;
    let (ties, traits, bonding) = (n.network.changing(), &n.traits, &rules.parameters.bonding);
    ties.minutes.copy_from_slice(appointments);
    closeness.clone_from(appointments);
    if rules.mechanisms.bonding {
        list_places(met, places);
        let mut from = 0;
        for (slot, mine) in traits.iter().enumerate() {
            for place in places_before(ties.row(slot).end, places, &mut from) {
                let place = *place as usize;
                let alike = similarity(mine, &traits[ties.others[place] as usize], bonding);
                closeness[place] = as_close(appointments[place], alike, bonding);
            }
        }
    }
    for meeting in meetings.iter() {
        let back = meeting.tie.and_then(|_| ties.place_between(meeting.b as usize, meeting.a));
        for place in meeting.tie.into_iter().chain(back).map(|place| place as usize) {
            ties.minutes[place] = ties.minutes[place].saturating_add(meeting.minutes);
            closeness[place] = closeness[place].saturating_add(meeting.closeness);
        }
    }
}

/// Lists what strangers shared who will know each other again: both ends for each pair, in order. Others are forgotten.
fn list_contacts(slots: usize, desk: &mut Desk) {
    let Desk { meetings, contacts, recognise, .. } = desk;
    contacts.clear();
    recognise.clear();
    recognise.resize(slots, false);
    let strangers = || meetings.iter().filter(|meeting| meeting.tie.is_none());
    for meeting in strangers().filter(|meeting| meeting.recognised) {
        recognise[meeting.a as usize] = true;
        recognise[meeting.b as usize] = true;
    }
    for meeting in strangers().filter(|meeting| recognise[meeting.a as usize] && recognise[meeting.b as usize]) {
        let Meeting { a, b, minutes, closeness, origin, recognised, .. } = *meeting;
        let end = |owner, other| Contact { owner, other, minutes, closeness, origin, longest: minutes, recognised };
        contacts.extend([end(a, b), end(b, a)]);
    }
    contacts.sort_unstable_by_key(|contact| (contact.owner, contact.other));
    contacts.dedup_by(|more, sum| {
        let same = (more.owner, more.other) == (sum.owner, sum.other);
        if same {
            sum.and(more);
        }
        same
    });
    contacts.retain(|contact| contact.recognised && contact.closeness > 0);
}

/// Makes what strangers shared the beginning of a tie.
fn begin(n: &Neighbourhood, week: i32, desk: &mut Desk) {
    let Desk { apart, contacts, new_ties, .. } = desk;
    new_ties.clear();
    new_ties.extend(contacts.iter().map(|contact| {
        let (a, b) = (&n.traits[contact.owner as usize], &n.traits[contact.other as usize]);
        let (here, there) = (&n.homes[a.home as usize], &n.homes[b.home as usize]);
        let both_live_here = a.lives_here() && b.lives_here();
        let flags = if both_live_here && are_near(&n.buildings, here, there) { HalfTie::NEAR } else { 0 }
            | if a.origin == b.origin { 0 } else { HalfTie::ACROSS };
        // Recognising somebody is worth about an hour.
        let strength = grown(0.0, apart.after(contact.closeness.saturating_add(60)));
        let tie = HalfTie::new(contact.other, strength, week, contact.origin, flags);
        (contact.owner, HalfTie { minutes: contact.minutes, ..tie })
    }));
}

/// Lets each tie with a minute this week grow by what its minutes count for closeness, as many at a time as the processor
/// can.
#[pulp::with_simd(grow = Arch::new())]
#[inline(always)]
fn grow_wide<'a, S: Simd>(_: S, ties: Changing<'a>, closeness: &'a [u16], apart: &'a Apart, week: i32) {
    let Changing { strengths, last_contacts, minutes, .. } = ties;
    let changing = strengths.chunks_mut(AT_ONCE).zip(last_contacts.chunks_mut(AT_ONCE));
    let given = minutes.chunks(AT_ONCE).zip(closeness.chunks(AT_ONCE));
    for ((strengths, last_contacts), (minutes, closeness)) in changing.zip(given) {
        // What is not looked up is worked out on its own, for few are together for so long.
        let is_looked_up = closeness.iter().fold(0, |most, closeness| most.max(*closeness)) <= Apart::LOOKED_UP as u16;
        let ties = strengths.iter_mut().zip(last_contacts).zip(minutes.iter().zip(closeness));
        if is_looked_up {
            for ((strength, last_contact), (minutes, closeness)) in ties {
                let left = apart.by_minutes[usize::from(*closeness).min(Apart::LOOKED_UP)];
                *strength = if *minutes > 0 { grown(*strength, left) } else { *strength };
                *last_contact = if *minutes > 0 { week as i16 } else { *last_contact };
            }
        } else {
            for ((strength, last_contact), (_, closeness)) in ties.filter(|(_, (minutes, _))| **minutes > 0) {
                *strength = grown(*strength, apart.after(*closeness));
                *last_contact = week as i16;
            }
        }
    }
}

/// The strength of a tie when so much is left of the way to a full one.
#[inline]
fn grown(strength: f32, left: f32) -> f32 {
    1.0 - (1.0 - strength) * left
}

/// What is left of the way to a full tie after so many minutes together: looked up for all but the longest weeks.
#[derive(Debug, Clone, PartialEq)]
pub struct Apart {
    hours_scale: f32,
    by_minutes: [f32; Apart::LOOKED_UP + 1],
}

impl Default for Apart {
    /// Of no scale yet.
    fn default() -> Self {
        Self { hours_scale: f32::NAN, by_minutes: [0.0; Self::LOOKED_UP + 1] }
    }
}

impl Apart {
    /// Minutes up to which it is looked up: ten hours.
    const LOOKED_UP: usize = 600;

    /// Fills the list, unless it was filled with this scale before.
    fn fill(&mut self, hours_scale: f32) {
        if self.hours_scale != hours_scale {
            self.hours_scale = hours_scale;
            self.by_minutes = std::array::from_fn(|minutes| apart(minutes as u16, hours_scale));
        }
    }

    #[inline]
    fn after(&self, minutes: u16) -> f32 {
        self.by_minutes.get(usize::from(minutes)).copied().unwrap_or_else(|| apart(minutes, self.hours_scale))
    }
}

/// What is left of the way to a full tie after so many minutes together.
fn apart(minutes: u16, hours_scale: f32) -> f32 {
    libm::expf(-f32::from(minutes) / 60.0 / hours_scale)
}

#[cfg(test)]
mod tests {
    use super::{Apart, apart, grow, grow_wide};
    use crate::model::neighbourhood::network::{HalfTie, Network, TieOrigin};

    #[test]
    fn ties_that_grow_several_at_a_time_grow_as_one_by_one() {
        let ties = (1..200_u32).map(|other| {
            let tie = HalfTie::new(other, other as f32 / 200.0, 0, TieOrigin::STREET, 0);
            (0, HalfTie { minutes: (other % 3) as u16, ..tie })
        });
        let mut network = Network::from_ties(200, ties);
        // One in the second row is together for longer than is looked up.
        let closeness: Vec<u16> = (0..398).map(|place| if place == 250 { 4_000 } else { place % 90 }).collect();
        let mut apart = Apart::default();
        apart.fill(130.0);
        let before = network.clone();
        let mut twin = network.clone();
        grow(network.changing(), &closeness, &apart, 9);
        grow_wide(pulp::Scalar, twin.changing(), &closeness, &apart, 9);
        assert!(network == twin && network != before);
    }

    #[test]
    fn fifty_ninety_and_two_hundred_hours_make_the_friends_of_the_survey() {
        for (hours, strength) in [(50, 0.32), (90, 0.50), (200, 0.79)] {
            let mut s = 0.0;
            for _ in 0..hours {
                s = 1.0 - (1.0 - s) * apart(60, 130.0);
            }
            assert!((s - strength).abs() < 0.01, "{hours} hours give {s}");
        }
    }
    #[test]
    fn what_is_looked_up_is_what_would_be_worked_out_for_any_scale_in_turn() {
        let mut list = Apart::default();
        for scale in [130.0, 60.0, 130.0] {
            list.fill(scale);
            assert!((0..=u16::MAX).all(|minutes| list.after(minutes) == apart(minutes, scale)));
        }
    }
}
