//! 6. Bonding: what meeting people like oneself does.
//!
//! * **What** similar people grow close faster and strengthen each other; an activity that a vulnerable group chose for
//!   itself does so most, as far as it is among its own.
//! * **Equation** similarity `= sum of weights * [same origin], closeness of age, [same education], shared interests`;
//!   closeness in minutes `= minutes * (1 + hours_bonus * (similarity - similar_from))`: an hour is an hour between
//!   people as alike as friends mostly are.
//! * **Reads and changes** reads the neighbourhood; sets similarity and closeness of meetings, adds to `gains`.
//! * **Draws** none.
//! * **Source** McPherson et al. 2001 for the order of homophily; M14, M15.

use pulp::{Arch, Simd};

use super::enact_policies::Rules;
use crate::model::desk::{Desk, Gains, Meeting};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::resident::{Traits, YEAR};
use crate::model::parameters::Bonding;
use crate::model::quantities::{Target, whole};

/// Meetings looked at at once.
const AT_ONCE: usize = 64;

/// What similarity asks of somebody, small so that those who meet are looked up fast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Likeness {
    /// Week of birth.
    born: i32,
    /// Interests in the lower half, and above them what is the same or not.
    marks: u32,
}

impl Likeness {
    const INTERESTS: u32 = 0xffff;
    const ORIGIN: u32 = 0xf << 16;
    const EDUCATION: u32 = 0xf << 20;
    const SEX: u32 = 0xf << 24;

    /// Of somebody with these traits.
    #[inline]
    #[must_use]
    pub fn of(traits: &Traits) -> Self {
        let same = (traits.origin as u32) << 16 | (traits.education as u32) << 20 | (traits.sex as u32) << 24;
        Self { born: traits.born, marks: u32::from(traits.interests) | same }
    }
}

/// How alike two people are, `0..=1`; the same from both sides.
#[inline(always)]
#[must_use]
pub fn similarity(a: Likeness, b: Likeness, weights: &Bonding) -> f32 {
    let years = (a.born - b.born).abs() as f32 / YEAR as f32;
    let shared = (a.marks & b.marks & Likeness::INTERESTS).count_ones() as f32;
    let either = ((a.marks | b.marks) & Likeness::INTERESTS).count_ones().max(1) as f32;
    // Without a branch: who meets whom cannot be foreseen.
    let same = |mark: u32| f32::from(u8::from((a.marks ^ b.marks) & mark == 0));
    let mut alike = weights.age_weight * (1.0 - years / 30.0).max(0.0);
    alike += weights.origin_weight * same(Likeness::ORIGIN);
    alike += weights.education_weight * same(Likeness::EDUCATION);
    alike += weights.interest_weight * (0.5 * shared / either + 0.5 * same(Likeness::SEX));
    let whole = weights.origin_weight + weights.age_weight + weights.education_weight + weights.interest_weight;
    if whole > 0.0 { alike / whole } else { 0.0 }
}

/// Minutes as they count for closeness between people who are this alike.
#[inline(always)]
#[must_use]
pub fn as_close(minutes: u16, similarity: f32, p: &Bonding) -> u16 {
    whole_minutes(f32::from(minutes) * (1.0 + p.hours_bonus * (similarity - p.similar_from)).max(0.1))
}

/// Whole minutes, as many as there is room for.
#[inline(always)]
#[must_use]
pub fn whole_minutes(minutes: f32) -> u16 {
    whole(minutes.max(0.0).min(f32::from(u16::MAX)))
}

/// Some meetings, field by field, so that the processor compares several pairs at a time.
#[derive(Debug, Clone, PartialEq)]
struct Pairs {
    people: [[Likeness; AT_ONCE]; 2],
    minutes: [u16; AT_ONCE],
    similarity: [f32; AT_ONCE],
    closeness: [u16; AT_ONCE],
}

impl Default for Pairs {
    /// Nobody.
    fn default() -> Self {
        Self {
            people: [[Likeness::default(); AT_ONCE]; 2],
            minutes: [0; AT_ONCE],
            similarity: [0.0; AT_ONCE],
            closeness: [0; AT_ONCE],
        }
    }
}

impl Pairs {
    /// Notes who meet, and how long.
    fn note(&mut self, meetings: &[Meeting], people: &[Likeness]) {
        let [mine, theirs] = &mut self.people;
        let list = mine.iter_mut().zip(theirs).zip(&mut self.minutes);
        for (meeting, ((mine, theirs), minutes)) in meetings.iter().zip(list) {
            (*mine, *theirs) = (people[meeting.a as usize], people[meeting.b as usize]);
            *minutes = meeting.minutes;
        }
    }
}

/// Works out what meetings of similar people bring.
pub fn bond(n: &Neighbourhood, rules: &Rules, week: i32, desk: &mut Desk) {
    let Desk { meetings, likenesses, gains, .. } = desk;
    let p = &rules.parameters.bonding;
    likenesses.clear();
    likenesses.extend(n.traits.iter().map(Likeness::of));
    let mut pairs = Pairs::default();
    for meetings in meetings.chunks_mut(AT_ONCE) {
        pairs.note(meetings, likenesses);
        compare(&mut pairs, p);
        for (meeting, similarity) in meetings.iter_mut().zip(&pairs.similarity) {
            meeting.similarity = *similarity;
        }
        if !rules.mechanisms.bonding {
            continue;
        }
        // Listed without a branch, for it cannot be foreseen which of them these are.
        let (mut bonds, mut count) = ([0; AT_ONCE], 0);
        for (place, (meeting, closeness)) in meetings.iter_mut().zip(&pairs.closeness).enumerate() {
            meeting.closeness = *closeness;
            bonds[count] = place;
            count += usize::from(meeting.words & (meeting.similarity >= p.similar_from));
        }
        for place in &bonds[..count] {
            strengthen(n, rules, week, &meetings[*place], gains);
        }
    }
}

/// What words with somebody like oneself do to both.
fn strengthen(n: &Neighbourhood, rules: &Rules, week: i32, meeting: &Meeting, gains: &mut [Gains]) {
    let p = &rules.parameters.bonding;
    let (target, own_share) = meeting.setting.initiative().map_or((Target::Open, 0.0), |number| {
        let initiative = &n.initiatives[number];
        (initiative.target, initiative.own_share)
    });
    let belongs = |slot: u32| n.traits[slot as usize].belongs_to(target, week);
    let own_space = target != Target::Open && belongs(meeting.a) && belongs(meeting.b);
    // As far as the group is among its own.
    let more = if own_space && rules.mechanisms.own_space { p.own_space * own_share } else { 0.0 };
    let gain = p.capability * (1.0 + more);
    for slot in [meeting.a, meeting.b] {
        let gains = &mut gains[slot as usize];
        gains.capability += gain * (1.0 - n.state[slot as usize].capability);
        gains.pleasant += 1;
    }
}

/// Compares people who meet, as many pairs at a time as the processor can.
#[pulp::with_simd(compare = Arch::new())]
#[inline(always)]
fn compare_wide<'a, S: Simd>(_: S, pairs: &'a mut Pairs, p: &'a Bonding) {
    let Pairs { people: [mine, theirs], minutes, similarity: alike, closeness } = pairs;
    let results = alike.iter_mut().zip(closeness);
    for ((mine, theirs), (minutes, (alike, closeness))) in mine.iter().zip(theirs).zip(minutes.iter().zip(results)) {
        *alike = similarity(*mine, *theirs, p);
        *closeness = as_close(*minutes, *alike, p);
    }
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, Likeness, Pairs, as_close, compare, compare_wide, similarity, whole_minutes};
    use crate::model::parameters::Parameters;

    #[test]
    fn pairs_compared_several_at_a_time_are_compared_as_one_by_one() {
        let p = Parameters::default().bonding;
        let somebody = |number: u32| Likeness {
            born: (number * 977 % 6_000) as i32 - 5_000,
            marks: number.wrapping_mul(0x9e37_79b1) & (0x0133_0000 | Likeness::INTERESTS >> (number % 17)),
        };
        let mut pairs = Pairs::default();
        for round in 0..50_u32 {
            for place in 0..AT_ONCE {
                let number = round * 64 + place as u32;
                pairs.people[0][place] = somebody(number);
                pairs.people[1][place] = somebody(number / 3);
                pairs.minutes[place] = if place == 7 { u16::MAX } else { (number % 300) as u16 };
            }
            let mut twin = pairs.clone();
            compare(&mut pairs, &p);
            compare_wide(pulp::Scalar, &mut twin, &p);
            assert_eq!(pairs, twin);
            for place in 0..AT_ONCE {
                let [mine, theirs] = [0, 1].map(|end| pairs.people[end][place]);
                let alike = similarity(theirs, mine, &p);
                assert_eq!(pairs.similarity[place].to_bits(), alike.to_bits());
                assert_eq!(pairs.closeness[place], as_close(pairs.minutes[place], alike, &p));
            }
        }
        assert_eq!(similarity(somebody(5), somebody(5), &p), 1.0);
    }

    #[test]
    fn whole_minutes_are_those_of_the_language() {
        for number in (0..=65_536_u32).map(|number| number as f32) {
            for near in [number, number.next_down(), number.next_up(), number + 0.5, -number, number * 1e6] {
                assert_eq!(whole_minutes(near), near as u16, "{near}");
            }
        }
    }
}
