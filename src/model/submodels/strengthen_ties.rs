//! 13. Hours shared strengthen ties; people who will know each other again get a new one.
//!
//! * **What** all meetings, help and appointments of the week are added up for each pair and written into both ends.
//! * **Equation** `s' = 1 - (1 - s) * exp(-hours / hours_scale)`, with hours as they count for closeness.
//! * **Reads and changes** the network.
//! * **Draws** none: whether strangers recognise each other was drawn with the meeting.
//! * **Source** Hall 2019: 50, 90 and 200 hours to casual friend, friend and close friend.

use super::bond::{as_close, similarity};
use super::enact_policies::Rules;
use crate::model::desk::{Contact, Desk};
use crate::model::initialization::homes::are_near;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::network::HalfTie;

/// Adds the week's hours to the ties, in one pass over the network.
pub fn strengthen_ties(n: &mut Neighbourhood, rules: &Rules, week: i32, desk: &mut Desk) {
    sort_contacts(n.slots(), desk);
    desk.apart.fill(rules.parameters.ties.hours_scale);
    let Neighbourhood { network, traits, homes, buildings, .. } = n;
    let (p, contacts, starts, appointments) =
        (&rules.parameters, &desk.contacts, &desk.contact_starts, &desk.appointments);
    let grown = |strength: f32, minutes: u16| 1.0 - (1.0 - strength) * desk.apart.after(minutes);
    let mut place = 0;
    network.rewrite(&mut desk.spare, |slot, row, list| {
        let mut mine = contacts[starts[slot] as usize..starts[slot + 1] as usize].iter().peekable();
        let met = |contact: &Contact, list: &mut Vec<HalfTie>| {
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
                list.push(tie);
            }
        };
        for old in row {
            while let Some(contact) = mine.next_if(|contact| contact.other < old.other) {
                met(contact, list);
            }
            let mut tie = *old;
            let appointment = appointments[place];
            place += 1;
            tie.minutes = appointment;
            let mut closeness = appointment;
            if appointment > 0 && rules.mechanisms.bonding {
                let alike = similarity(&traits[slot], &traits[tie.other as usize], &p.bonding);
                closeness = as_close(appointment, alike, &p.bonding);
            }
            if let Some(contact) = mine.next_if(|contact| contact.other == old.other) {
                tie.minutes = tie.minutes.saturating_add(contact.minutes);
                closeness = closeness.saturating_add(contact.closeness);
            }
            if tie.minutes > 0 {
                tie.last_contact = week as i16;
                tie.strength = grown(tie.strength, closeness);
            }
            list.push(tie);
        }
        for contact in mine {
            met(contact, list);
        }
    });
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
fn sort_contacts(slots: usize, desk: &mut Desk) {
    let Desk { contacts, contact_starts: starts, meetings, .. } = desk;
    starts.clear();
    starts.resize(slots + 2, 0);
    for meeting in meetings.iter() {
        starts[meeting.a as usize + 2] += 1;
        starts[meeting.b as usize + 2] += 1;
    }
    for slot in 2..starts.len() {
        starts[slot] += starts[slot - 1];
    }
    let blank = Contact {
        other: 0,
        minutes: 0,
        closeness: 0,
        origin: crate::model::neighbourhood::network::TieOrigin::HELP,
        recognised: false,
    };
    contacts.clear();
    contacts.resize(meetings.len() * 2, blank);
    for meeting in meetings.iter() {
        for (owner, other) in [(meeting.a, meeting.b), (meeting.b, meeting.a)] {
            let place = &mut starts[owner as usize + 1];
            contacts[*place as usize] = Contact {
                other,
                minutes: meeting.minutes,
                closeness: meeting.closeness,
                origin: meeting.origin,
                recognised: meeting.recognised,
            };
            *place += 1;
        }
    }
    // Several meetings of one pair become one contact; the longest names where it was.
    let mut write = 0;
    let mut from = 0;
    for slot in 0..slots {
        let to = starts[slot + 1] as usize;
        let row_start = write;
        contacts[from..to].sort_unstable_by_key(in_order);
        for read in from..to {
            let contact = contacts[read];
            if write > row_start && contacts[write - 1].other == contact.other {
                let sum = &mut contacts[write - 1];
                sum.minutes = sum.minutes.saturating_add(contact.minutes);
                sum.closeness = sum.closeness.saturating_add(contact.closeness);
                sum.recognised |= contact.recognised;
            } else {
                contacts[write] = contact;
                write += 1;
            }
        }
        from = to;
        starts[slot] = row_start as u32;
    }
    starts.truncate(slots + 1);
    starts[slots] = write as u32;
    contacts.truncate(write);
}

/// Sorts by the other, longest first, and then by where and how close: all but the last in one number, compared at once.
fn in_order(contact: &Contact) -> (u64, u16) {
    let other = u64::from(contact.other) << 32;
    let longest_first = u64::from(u16::MAX - contact.minutes) << 16;
    (other | longest_first | u64::from(contact.origin.0), contact.closeness)
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
