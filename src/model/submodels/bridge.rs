//! 7. Bridging: what meeting people unlike oneself does.
//!
//! * **What** mostly light contact: greeting feeds belonging; a pleasant meeting moves attitude and trust up a little, an
//!   unpleasant one down about twice as much. People who are sure of themselves and open go on talking.
//! * **Equation** pleasant with chance `positive + (1 - positive) * (attitude - 0.5)`; attitude `+= up * (1 - attitude)` or
//!   `-= down * attitude`; trust moves `trust_share` of that; closeness `*= 1 - openness * (1 - capability * attitude)`.
//! * **Reads and changes** reads the neighbourhood and the meetings; lowers closeness, adds to `gains`.
//! * **Draws** `Meeting` per pair.
//! * **Source** Pettigrew and Tropp 2006, Paluck et al. 2019 (bounds); Sandstrom and Dunn 2014; M16, M17, M19.

use pulp::{Arch, Simd};

use super::bond::whole_minutes;
use super::enact_policies::Rules;
use crate::model::chance::{Process, WeekChance, pair_bits, unit};
use crate::model::desk::{Desk, Meeting};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::resident::Setting;
use crate::model::parameters::Bridging;

/// Meetings, or residents, looked at at once.
const AT_ONCE: usize = 64;

/// What a meeting of unlike people asks of somebody, small so that those who meet are looked up fast.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Stance {
    attitude: f32,
    capability: f32,
    /// With which pairs draw.
    mark: u32,
    origin: u32,
}

/// How often somebody met somebody in the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Greetings {
    /// In all.
    all: u32,
    /// With words, around the home.
    words: u32,
}

/// Works out what meetings of unlike people bring, and what any greeting around the home does.
pub fn bridge(n: &Neighbourhood, rules: &Rules, draws: WeekChance, desk: &mut Desk) {
    greet(n, rules, desk);
    if rules.mechanisms.bridging {
        let key = draws.key(Process::Meeting, 2) as u32;
        meet_others(rules, key, desk);
    }
}

/// What greetings do: counted first, for each does the same to somebody. Notes everybody's stance, too.
fn greet(n: &Neighbourhood, rules: &Rules, desk: &mut Desk) {
    let Desk { meetings, greetings, gains, stances, marks, .. } = desk;
    stances.clear();
    greetings.clear();
    greetings.resize(n.slots(), Greetings::default());
    for meeting in meetings.iter() {
        let words = u32::from((meeting.setting == Setting::NOWHERE) & meeting.words);
        for slot in [meeting.a, meeting.b] {
            let greetings = &mut greetings[slot as usize];
            greetings.all += 1;
            greetings.words += words;
        }
    }
    let rise = if rules.mechanisms.light_contact { rules.parameters.attitudes.light_contact } else { 0.0 };
    let (mut sums, mut each, mut times) = ([0.0; AT_ONCE], [0.0; AT_ONCE], [0; AT_ONCE]);
    let people = gains.chunks_mut(AT_ONCE).zip(n.state.chunks(AT_ONCE).zip(greetings.chunks(AT_ONCE)));
    for (gains, (state, greetings)) in people {
        let list = sums.iter_mut().zip(each.iter_mut().zip(&mut times));
        let people = gains.iter_mut().zip(state.iter().zip(greetings));
        for ((gains, (state, greetings)), (sum, (each, times))) in people.zip(list) {
            gains.neighbour = gains.neighbour.saturating_add(greetings.words.min(255) as u8);
            *sum = gains.belonging;
            *each = rise * (1.0 - state.belonging);
            *times = greetings.all as i32;
        }
        // While these residents are near: what is asked of them next.
        let people = state.iter().zip(&n.traits[stances.len()..]).zip(&marks[stances.len()..]);
        stances.extend(people.map(|((state, traits), mark)| Stance {
            attitude: state.attitude,
            capability: state.capability,
            mark: *mark,
            origin: traits.origin as u32,
        }));
        add_up(&mut sums, &each, &times);
        for (gains, sum) in gains.iter_mut().zip(&sums) {
            gains.belonging = *sum;
        }
    }
}

/// Adds what each greeting does so many times, one after the other, of as many residents at a time as the processor can.
#[pulp::with_simd(add_up = Arch::new())]
#[inline(always)]
fn add_up_wide<'a, S: Simd>(_: S, sums: &'a mut [f32; AT_ONCE], each: &'a [f32; AT_ONCE], times: &'a [i32; AT_ONCE]) {
    let most = times.iter().fold(0, |most, times| most.max(*times));
    for nth in 0..most {
        for (sum, (each, times)) in sums.iter_mut().zip(each.iter().zip(times)) {
            *sum += if nth < *times { *each } else { 0.0 };
        }
    }
}

/// Some meetings, field by field, so that the processor works out several at a time.
#[derive(Debug, Clone, PartialEq)]
struct Pairs {
    people: [[Stance; AT_ONCE]; 2],
    similarity: [f32; AT_ONCE],
    closeness: [u16; AT_ONCE],
    /// How each went: [`UNLIKE`], [`OTHER_ORIGIN`], [`PLEASANT`].
    went: [u32; AT_ONCE],
}

impl Default for Pairs {
    /// Nobody.
    fn default() -> Self {
        Self {
            people: [[Stance::default(); AT_ONCE]; 2],
            similarity: [0.0; AT_ONCE],
            closeness: [0; AT_ONCE],
            went: [0; AT_ONCE],
        }
    }
}

/// The two are unlike.
const UNLIKE: u32 = 1;
/// They are of different origin.
const OTHER_ORIGIN: u32 = 2;
/// The meeting was pleasant.
const PLEASANT: u32 = 4;

impl Pairs {
    /// Notes who meet.
    fn note(&mut self, meetings: &[Meeting], people: &[Stance]) {
        let [mine, theirs] = &mut self.people;
        let list = mine.iter_mut().zip(theirs).zip(self.similarity.iter_mut().zip(&mut self.closeness));
        for (meeting, ((mine, theirs), (similarity, closeness))) in meetings.iter().zip(list) {
            (*mine, *theirs) = (people[meeting.a as usize], people[meeting.b as usize]);
            (*similarity, *closeness) = (meeting.similarity, meeting.closeness);
        }
    }
}

/// What meetings of unlike people bring.
fn meet_others(rules: &Rules, key: u32, desk: &mut Desk) {
    let Desk { meetings, stances, gains, .. } = desk;
    let p = &rules.parameters.bridging;
    let mut pairs = Pairs::default();
    for meetings in meetings.chunks_mut(AT_ONCE) {
        pairs.note(meetings, stances);
        go(&mut pairs, key, rules.parameters.bonding.similar_from, p);
        // Listed without a branch, for it cannot be foreseen which of them these are.
        let (mut talks, mut count) = ([0; AT_ONCE], 0);
        for (place, (meeting, (closeness, went))) in
            meetings.iter_mut().zip(pairs.closeness.iter().zip(&pairs.went)).enumerate()
        {
            meeting.closeness = *closeness;
            talks[count] = place;
            count += (u32::from(meeting.words) & went & UNLIKE) as usize;
        }
        for place in &talks[..count] {
            let (meeting, went) = (&meetings[*place], pairs.went[*place]);
            let (other_origin, pleasant) = (went & OTHER_ORIGIN != 0, went & PLEASANT != 0);
            for slot in [meeting.a as usize, meeting.b as usize] {
                let (attitude, gains) = (stances[slot].attitude, &mut gains[slot]);
                let (up, down) = (p.attitude_up * (1.0 - attitude), -p.attitude_down * attitude);
                let change = if pleasant { up } else { down };
                gains.attitude += change * f32::from(u8::from(other_origin));
                gains.trust += change * p.trust_share;
                gains.pleasant += u16::from(pleasant);
            }
        }
    }
}

/// Works out how meetings go, and how far people go on talking, of as many at a time as the processor can.
#[pulp::with_simd(go = Arch::new())]
#[inline(always)]
fn go_wide<'a, S: Simd>(_: S, pairs: &'a mut Pairs, key: u32, similar_from: f32, p: &'a Bridging) {
    let Pairs { people: [mine, theirs], similarity, closeness, went } = pairs;
    let meetings = similarity.iter().zip(closeness.iter_mut().zip(went));
    for ((a, b), (similarity, (closeness, went))) in mine.iter().zip(theirs).zip(meetings) {
        // Differences of origin are what attitudes to other groups are about; those of age and education count as unlike.
        let other_origin = a.origin != b.origin;
        let unlike = other_origin | (*similarity < similar_from);
        let mean_attitude = 0.5 * (a.attitude + b.attitude);
        let bits = pair_bits(key, a.mark, b.mark);
        let pleasant = unit(bits) < p.positive + (1.0 - p.positive) * (mean_attitude - 0.5);
        let sure = 0.5 * (a.capability + b.capability) * mean_attitude;
        let talk = whole_minutes(f32::from(*closeness) * (1.0 - p.openness * (1.0 - sure)));
        let talk = if pleasant { talk } else { 0 };
        *closeness = if unlike { talk } else { *closeness };
        // Multiplied, for the compiler makes branches of choices here.
        *went =
            (u32::from(unlike) * UNLIKE) | (u32::from(other_origin) * OTHER_ORIGIN) | (u32::from(pleasant) * PLEASANT);
    }
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, Pairs, Stance, add_up, add_up_wide, go, go_wide};
    use crate::model::parameters::Parameters;

    #[test]
    fn meetings_go_several_at_a_time_as_they_go_one_by_one() {
        let p = Parameters::default();
        let somebody = |number: u32| Stance {
            attitude: (number % 101) as f32 / 100.0,
            capability: (number % 97) as f32 / 96.0,
            mark: number.wrapping_mul(0x9e37_79b1),
            origin: number % 3,
        };
        let mut pairs = Pairs::default();
        for place in 0..AT_ONCE {
            pairs.people[0][place] = somebody(place as u32 * 7);
            pairs.people[1][place] = somebody(place as u32 * 5 + 1);
            pairs.similarity[place] = place as f32 / AT_ONCE as f32;
            pairs.closeness[place] = if place == 5 { u16::MAX } else { place as u16 * 3 };
        }
        let (mut twin, before) = (pairs.clone(), pairs.clone());
        go(&mut pairs, 11, p.bonding.similar_from, &p.bridging);
        go_wide(pulp::Scalar, &mut twin, 11, p.bonding.similar_from, &p.bridging);
        assert_eq!(pairs, twin);
        assert!((0..8).any(|went| !pairs.went.contains(&went)) && pairs.closeness != before.closeness);
        for place in (0..AT_ONCE).filter(|place| pairs.went[*place] & super::UNLIKE == 0) {
            assert_eq!(pairs.closeness[place], before.closeness[place]);
        }
    }

    #[test]
    fn greetings_add_up_several_at_a_time_as_one_by_one() {
        let each: [f32; AT_ONCE] = std::array::from_fn(|place| 0.000_4 * place as f32 / 64.0);
        let times: [i32; AT_ONCE] = std::array::from_fn(|place| place as i32 % 37);
        let before: [f32; AT_ONCE] = std::array::from_fn(|place| (place % 2) as f32 * 0.1);
        let (mut sums, mut twins) = (before, before);
        add_up(&mut sums, &each, &times);
        add_up_wide(pulp::Scalar, &mut twins, &each, &times);
        assert_eq!(sums, twins);
        for (place, sum) in sums.iter().enumerate() {
            let one_by_one = (0..times[place]).fold(before[place], |sum, _| sum + each[place]);
            assert_eq!(sum.to_bits(), one_by_one.to_bits());
        }
    }
}
