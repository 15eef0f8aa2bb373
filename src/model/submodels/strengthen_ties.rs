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
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::network::{Changing, HalfTie, lay_out};

/// Adds the week's hours to the ties, and then puts the new ones between them.
pub fn strengthen_ties(n: &mut Neighbourhood, rules: &Rules, week: i32, desk: &mut Desk) {
    desk.apart.fill(rules.parameters.ties.hours_scale);
    look_who_meets(n.slots(), desk);
    let growing = add_up(n, rules, desk);
    list_contacts(n.slots(), desk);
    begin(n, week, desk);
    grow(&mut n.network.changing(), &desk.growing[..growing], &mut desk.closeness, &desk.apart, week);
    n.network.insert(&desk.new_ties, &mut desk.places);
}

/// Lists the meetings of people who know each other, and of strangers who may know each other again.
fn look_who_meets(slots: usize, desk: &mut Desk) {
    let Desk { meetings, known, strangers, recognise, .. } = desk;
    recognise.clear();
    recognise.resize(slots, 0);
    // Room for all, so that each is written and only the count depends on whether there is a tie: without a branch, for that
    // cannot be foreseen.
    known.resize(meetings.len(), 0);
    strangers.resize(meetings.len(), 0);
    let mut count = 0;
    for (place, meeting) in meetings.iter().enumerate() {
        (known[count], strangers[place - count]) = (place as u32, place as u32);
        count += usize::from(meeting.tie.is_some());
    }
    known.truncate(count);
    strangers.truncate(meetings.len() - count);
    for meeting in strangers.iter().map(|place| &meetings[*place as usize]) {
        let (owner, other) = in_order(meeting);
        recognise[owner as usize] |= u64::from(meeting.recognised) << (other % u64::BITS);
    }
    let mut count = 0;
    for nth in 0..strangers.len() {
        let place = strangers[nth];
        let (owner, other) = in_order(&meetings[place as usize]);
        strangers[count] = place;
        // A pair that shares its bit with another goes out later.
        count += (recognise[owner as usize] >> (other % u64::BITS) & 1) as usize;
    }
    strangers.truncate(count);
}

/// The slots of those who meet, the lower one first.
#[inline]
fn in_order(meeting: &Meeting) -> (u32, u32) {
    (meeting.a.min(meeting.b), meeting.a.max(meeting.b))
}

/// Adds up, for each half-tie, the minutes of the week and what they count for closeness. Lists those with any, and returns
/// how many they are.
fn add_up(n: &mut Neighbourhood, rules: &Rules, desk: &mut Desk) -> usize {
    let Desk { meetings, appointments, met, likenesses, listed, places, closeness, growing, known, .. } = desk;
    let (ties, bonding) = (n.network.changing(), &rules.parameters.bonding);
    ties.minutes.copy_from_slice(appointments);
    closeness.resize(appointments.len(), 0);
    listed.list(met, 0, ties.starts());
    for (place, slot) in listed.places().iter().map(|place| *place as usize).zip(listed.owners()) {
        closeness[place] = if rules.mechanisms.bonding {
            let alike = similarity(likenesses[*slot as usize], likenesses[ties.others[place] as usize], bonding);
            as_close(appointments[place], alike, bonding)
        } else {
            appointments[place]
        };
    }
    // The same for half-ties that had no minute yet.
    let mut count = listed.places().len();
    growing.resize(count + 2 * known.len(), 0);
    growing[..count].copy_from_slice(listed.places());
    let known = || known.iter().map(|place| &meetings[*place as usize]);
    ties.find(known().map(|meeting| (meeting.b, meeting.a)), places);
    for (meeting, back) in known().zip(&*places) {
        let Some(there) = meeting.tie else { continue };
        for place in [there, *back] {
            let (minutes, closeness) = (&mut ties.minutes[place as usize], &mut closeness[place as usize]);
            let is_first = *minutes == 0;
            *closeness = closeness.saturating_add(meeting.closeness);
            *minutes = minutes.saturating_add(meeting.minutes);
            growing[count] = place;
            count += usize::from(is_first & (*minutes > 0));
        }
    }
    count
}

/// Lists what strangers shared who will know each other again: both ends for each pair, in order. Others are forgotten.
fn list_contacts(slots: usize, desk: &mut Desk) {
    let Desk { meetings, strangers, contacts, unsorted, contact_starts, .. } = desk;
    contacts.clear();
    contacts.extend(strangers.iter().map(|place| {
        let meeting = &meetings[*place as usize];
        let ((owner, other), Meeting { minutes, closeness, origin, recognised, .. }) = (in_order(meeting), *meeting);
        Contact { owner, other, minutes, closeness, origin, longest: minutes, recognised }
    }));
    let mut lay_out = |contacts: &mut [Contact], slot_of: fn(&Contact) -> u32| {
        lay_out(contacts, unsorted, contact_starts, slots, slot_of);
    };
    lay_out(contacts, |contact| contact.other);
    lay_out(contacts, |contact| contact.owner);
    contacts.dedup_by(|more, sum| {
        let same = (more.owner, more.other) == (sum.owner, sum.other);
        if same {
            sum.and(more);
        }
        same
    });
    contacts.retain(|contact| contact.recognised && contact.closeness > 0);
    // The other ends come first: with the same owner their others are the lower ones.
    let pairs = contacts.len();
    contacts.extend_from_within(..);
    for Contact { owner, other, .. } in &mut contacts[..pairs] {
        std::mem::swap(owner, other);
    }
    lay_out(contacts, |contact| contact.owner);
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

/// Lets the ties with a minute this week grow by what their minutes count for closeness, and takes these off the list: the
/// next week finds nothing but zeros there.
fn grow(ties: &mut Changing<'_>, growing: &[u32], closeness: &mut [u16], apart: &Apart, week: i32) {
    for place in growing.iter().map(|place| *place as usize) {
        let left = apart.after(std::mem::take(&mut closeness[place]));
        ties.strengths[place] = grown(ties.strengths[place], left);
        ties.pasts[place].last_contact = week as i16;
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
    use super::{Apart, Contact, apart, grow, lay_out};
    use crate::model::neighbourhood::network::{HalfTie, Network, TieOrigin};

    #[test]
    fn contacts_are_laid_out_as_sorting_would() {
        let contact = |number: u32| Contact {
            owner: number * 37 % 50,
            other: number * 11 % 7,
            minutes: number as u16,
            closeness: 1,
            origin: TieOrigin::STREET,
            longest: 1,
            recognised: true,
        };
        let mut contacts: Vec<Contact> = (0..200).map(contact).collect();
        let mut sorted = contacts.clone();
        let (mut unsorted, mut starts) = (vec![contact(3)], vec![9; 2]);
        sorted.sort_by_key(|contact| contact.other);
        lay_out(&mut contacts, &mut unsorted, &mut starts, 50, |contact| contact.other);
        assert_eq!(contacts, sorted);
        sorted.sort_by_key(|contact| contact.owner);
        lay_out(&mut contacts, &mut unsorted, &mut starts, 50, |contact| contact.owner);
        assert_eq!(contacts, sorted);
    }

    #[test]
    fn ties_with_a_minute_grow_and_others_do_not() {
        let ties = (1..10_u32).map(|other| (0, HalfTie::new(other, other as f32 / 20.0, 0, TieOrigin::STREET, 0)));
        let mut network = Network::from_ties(10, ties);
        let mut apart = Apart::default();
        apart.fill(130.0);
        let mut closeness: Vec<u16> = (0..18).map(|place| if place == 4 { 4_000 } else { place * 10 }).collect();
        let before = network.clone();
        grow(&mut network.changing(), &[7, 4], &mut closeness, &apart, 9);
        for (place, (now, then)) in network.half_ties().iter().zip(before.half_ties().iter()).enumerate() {
            let minutes = [4_000, 70][usize::from(place == 7)];
            let strength = 1.0 - (1.0 - then.strength) * super::apart(minutes, 130.0);
            let grows = [4, 7].contains(&place);
            assert_eq!(now.strength, if grows { strength } else { then.strength });
            assert_eq!(now.last_contact, if grows { 9 } else { 0 });
            assert_eq!(closeness[place] == 0, grows || place == 0);
        }
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
