//! 13. Hours shared strengthen ties; people who will know each other again get a new one.
//!
//! * **What** all meetings, help and appointments of the week are added up for each pair and written into both ends.
//! * **Equation** `s' = 1 - (1 - s) * exp(-hours / hours_scale)`, with hours as they count for closeness.
//! * **Reads and changes** the network.
//! * **Draws** none: whether strangers recognise each other was drawn with the meeting.
//! * **Source** Hall 2019: 50, 90 and 200 hours to casual friend, friend and close friend.

use super::bond::{as_close, similarity};
use super::enact_policies::Rules;
use crate::model::desk::{Contact, Desk, Meeting};
use crate::model::initialization::homes::are_near;
use crate::model::neighbourhood::network::{HalfTie, TieOrigin};
use crate::model::neighbourhood::{NONE, Neighbourhood};

/// Adds the week's hours to the ties, in one pass over the network, and then puts the new ones between them.
pub fn strengthen_ties(n: &mut Neighbourhood, rules: &Rules, week: i32, desk: &mut Desk) {
    sort_contacts(n.slots(), desk);
    desk.apart.fill(rules.parameters.ties.hours_scale);
    let Desk { apart, contacts, contact_starts: starts, appointments, new_ties, .. } = desk;
    let Neighbourhood { network, traits, homes, buildings, .. } = n;
    let p = &rules.parameters;
    let grown = |strength: f32, minutes: u16| 1.0 - (1.0 - strength) * apart.after(minutes);
    new_ties.clear();
    for slot in 0..traits.len() {
        let mine = &contacts[starts[slot] as usize..starts[slot + 1] as usize];
        let mut met = |contact: &Contact| {
            // A stranger who will be recognised becomes a new tie; others are forgotten again.
            if contact.recognised && contact.closeness > 0 {
                let (a, b) = (&traits[slot], &traits[contact.other as usize]);
                let (here, there) = (&homes[a.home as usize], &homes[b.home as usize]);
                let both_live_here = a.lives_here() && b.lives_here();
                let flags = if both_live_here && are_near(buildings, here, there) { HalfTie::NEAR } else { 0 }
                    | if a.origin == b.origin { 0 } else { HalfTie::ACROSS };
                let mut tie = HalfTie::new(contact.other, 0.0, week, contact.origin, flags);
                // Recognising somebody is worth about an hour.
                tie.strength = grown(0.0, contact.closeness.saturating_add(60));
                tie.minutes = contact.minutes;
                new_ties.push((slot as u32, tie));
            }
        };
        // Both are in order of the other's slot: the next contact is a stranger, or of a tie that is still to come.
        let with = |nth: usize| mine.get(nth).map_or(NONE, |contact| contact.other);
        let (mut nth, mut next) = (0, with(0));
        let appointments = &appointments[network.row(slot)];
        for (tie, appointment) in network.of_mut(slot).iter_mut().zip(appointments) {
            while next < tie.other {
                met(&mine[nth]);
                nth += 1;
                next = with(nth);
            }
            tie.minutes = *appointment;
            if *appointment == 0 && next != tie.other {
                continue;
            }
            let mut closeness = *appointment;
            if *appointment > 0 && rules.mechanisms.bonding {
                let alike = similarity(&traits[slot], &traits[tie.other as usize], &p.bonding);
                closeness = as_close(*appointment, alike, &p.bonding);
            }
            if next == tie.other {
                tie.minutes = tie.minutes.saturating_add(mine[nth].minutes);
                closeness = closeness.saturating_add(mine[nth].closeness);
                nth += 1;
                next = with(nth);
            }
            if tie.minutes > 0 {
                tie.last_contact = week as i16;
                tie.strength = grown(tie.strength, closeness);
            }
        }
        mine[nth..].iter().for_each(met);
    }
    network.insert(new_ties);
}

/// What is left of the way to a full tie after so many minutes together: looked up for all but the longest weeks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Apart {
    hours_scale: f32,
    by_minutes: Vec<f32>,
}

impl Apart {
    /// Minutes up to which it is looked up: ten hours.
    const LOOKED_UP: u16 = 600;

    /// Fills the list, unless it was filled with this scale before.
    fn fill(&mut self, hours_scale: f32) {
        if self.hours_scale != hours_scale || self.by_minutes.is_empty() {
            self.hours_scale = hours_scale;
            self.by_minutes.clear();
            self.by_minutes.extend((0..=Self::LOOKED_UP).map(|minutes| apart(minutes, hours_scale)));
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

/// Turns meetings into contacts, row by row in order of the other's slot, one for each pair.
///
/// Nothing is compared: each meeting has two ends, so as many contacts are of a slot as are with it. Laid out by whom they
/// are with and then, in that order, by whose they are, contacts of a row come to stand in order of the other's slot.
fn sort_contacts(slots: usize, desk: &mut Desk) {
    let Desk { contacts, contact_starts: starts, ends, next, meetings, .. } = desk;
    starts.clear();
    starts.resize(slots + 1, 0);
    for meeting in meetings.iter() {
        starts[meeting.a as usize + 1] += 1;
        starts[meeting.b as usize + 1] += 1;
    }
    for slot in 0..slots {
        starts[slot + 1] += starts[slot];
    }
    let blank = Contact { other: 0, minutes: 0, closeness: 0, origin: TieOrigin::HELP, recognised: false };
    let begin = |next: &mut Vec<u32>| {
        next.clear();
        next.extend_from_slice(&starts[..slots]);
    };
    begin(next);
    ends.clear();
    ends.resize(meetings.len() * 2, 0);
    for (number, meeting) in meetings.iter().enumerate() {
        for (end, with) in [meeting.b, meeting.a].into_iter().enumerate() {
            let place = &mut next[with as usize];
            ends[*place as usize] = (number * 2 + end) as u32;
            *place += 1;
        }
    }
    begin(next);
    contacts.clear();
    contacts.resize(ends.len(), blank);
    for end in ends.iter() {
        let Meeting { a, b, minutes, closeness, origin, recognised, .. } = meetings[*end as usize / 2];
        let (owner, other) = if end % 2 == 0 { (a, b) } else { (b, a) };
        let place = &mut next[owner as usize];
        contacts[*place as usize] = Contact { other, minutes, closeness, origin, recognised };
        *place += 1;
    }
    merge_meetings_of_a_pair(contacts, starts);
}

/// Makes several meetings of one pair one contact; the longest names where it was.
fn merge_meetings_of_a_pair(contacts: &mut Vec<Contact>, starts: &mut [u32]) {
    let (mut read, mut write) = (0, 0);
    for start in &mut starts[1..] {
        let (end, row) = (*start as usize, write);
        let mut longest = 0;
        for place in read..end {
            let contact = contacts[place];
            if write == row || contacts[write - 1].other != contact.other {
                contacts[write] = contact;
                longest = contact.minutes;
                write += 1;
                continue;
            }
            let sum = &mut contacts[write - 1];
            // Of two as long the lower number names it, so that their order does not matter.
            if (contact.minutes, sum.origin) > (longest, contact.origin) {
                (longest, sum.origin) = (contact.minutes, contact.origin);
            }
            sum.minutes = sum.minutes.saturating_add(contact.minutes);
            sum.closeness = sum.closeness.saturating_add(contact.closeness);
            sum.recognised |= contact.recognised;
        }
        read = end;
        *start = write as u32;
    }
    contacts.truncate(write);
}

#[cfg(test)]
mod tests {
    use super::{Apart, apart};

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
