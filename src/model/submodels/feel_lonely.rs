//! 18. Loneliness is the gap between the ties a person wants and has.
//!
//! * **What** the social deficit comes from good ties, inside and outside the neighbourhood, against the own standard; the
//!   emotional deficit from having no partner or confidant, and from loss. Both carry a personal trait, rise with worries
//!   about money and health, and adjust slowly.
//! * **Equation** social `= level + shortfall * exp(-1.6 * good / standard) + trait - variety - belonging + stress`; emotional
//!   `= level + alone * [no partner] + confidant * (1 - confidants / (confidants + 1)) + loss * grief + trait + stress`.
//! * **Reads and changes** deficits, weeks with family and friends, grief.
//! * **Draws** `Outside` per resident: ties outside the neighbourhood.
//! * **Source** De Jong Gierveld and Van Tilburg 2007; CBS gradients; GGD Kennemerland 2020; M51.

mod exponential;
pub mod ties;

use pulp::{Arch, Simd};

use super::enact_policies::Rules;
use crate::model::chance::{Process, WeekChance, unit};
use crate::model::desk::{Desk, Gains};
use crate::model::neighbourhood::resident::{State, Traits};
use crate::model::neighbourhood::{NONE, Neighbourhood};
use crate::model::parameters::{Loneliness, Parameters};
use crate::model::quantities::Civil;
use exponential::raise_wide;
use ties::{Amount, note_housemates};

/// Weeks over which "recent" is meant.
const RECENT_WEEKS: f32 = 12.0;
/// Part of a grief that wears off in a week.
const GRIEF_WEARS_OFF: f32 = 0.012;
/// From this age people are asked how lonely they are.
const FROM_AGE: i32 = 12;
/// Residents whose deficits follow at once.
const AT_ONCE: usize = 32;

/// A number for each of some residents.
type Each = [f32; AT_ONCE];

/// Some residents: what loneliness asks of each, in a list for each fact, so that the processor reckons with several at a
/// time.
#[derive(Debug, Clone, Default, PartialEq)]
struct Group {
    standard: Each,
    years_over_50: Each,
    lonely_trait: Each,
    belonging: Each,
    stress: Each,
    /// What living without a partner adds to the emotional deficit.
    alone: Each,
    /// How much more kin see of somebody whose partner died, and how much less friends of somebody whom health limits.
    rally: Each,
    goes: Each,
    kin_elsewhere: Each,
    friends_elsewhere: Each,
    /// What decides whether those are met, and whether others were already.
    draws_family: [u32; AT_ONCE],
    draws_friends: [u32; AT_ONCE],
    met_family: [u32; AT_ONCE],
    met_friends: [u32; AT_ONCE],
    /// Ties in the neighbourhood.
    kin: Each,
    friends: Each,
    neighbours: Each,
    confidants: Each,
    family_weeks: Each,
    friend_weeks: Each,
    social_deficit: Each,
    emotional_deficit: Each,
    grief: Each,
}

/// What differs by circumstances, looked up in one step so that nothing has to be foreseen.
#[derive(Debug, Clone, Copy)]
struct Circumstances {
    rally: f32,
    goes: f32,
    alone: f32,
    stress: f32,
}

/// Lets deficits follow the ties.
pub fn feel_lonely(n: &mut Neighbourhood, rules: &Rules, draws: WeekChance, week: i32, desk: &mut Desk) {
    if !rules.mechanisms.loneliness {
        return;
    }
    let p = &rules.parameters;
    let circumstances = std::array::from_fn(|bits| Circumstances::of(bits, p));
    draws.fours(Process::Outside, n.people(), &mut desk.words);
    let Neighbourhood { network, traits: people, state, .. } = n;
    note_housemates(&mut desk.housemates, people, week);
    // Places that nobody takes hold somebody who wants a tie, so that all numbers are ordinary.
    let mut some = Group { standard: [1.0; AT_ONCE], ..Group::default() };
    let (mut slots, mut sums) = ([0; AT_ONCE], [Amount::default(); AT_ONCE]);
    for first in (0..people.len()).step_by(AT_ONCE) {
        let all = first..people.len().min(first + AT_ONCE);
        desk.amounts.add_up(network, all.clone(), &desk.housemates, &p.ties, &mut sums);
        let mut count = 0;
        for (slot, amount) in all.zip(&sums) {
            let traits = &people[slot];
            if traits.lives_here() && traits.is_from(FROM_AGE, week) {
                slots[count] = slot;
                some.set_ties(count, *amount);
                some.set_resident(count, traits, &state[slot], &circumstances, week);
                some.set_meetings(count, &desk.gains[slot], desk.words[slot]);
                count += 1;
            }
        }
        follow(&mut some, p, rules.lockdown);
        for (nth, slot) in slots[..count].iter().enumerate() {
            some.apply(nth, &mut state[*slot]);
        }
    }
}

impl Circumstances {
    /// Without a partner, and widowed, as bits above those of [`worries`].
    const ALONE: usize = 1 << 4;
    const WIDOWED: usize = 1 << 5;
    /// All there can be.
    const MANY: usize = 1 << 6;

    fn bits(traits: &Traits, state: &State) -> usize {
        let alone = usize::from(traits.partner == NONE) * Self::ALONE;
        let widowed = usize::from(traits.civil == Civil::Widowed) * Self::WIDOWED;
        worries(traits, state) | alone | widowed
    }

    fn of(bits: usize, p: &Parameters) -> Self {
        let (alone, widowed) = (bits & Self::ALONE != 0, bits & Self::WIDOWED != 0);
        Self {
            rally: if alone && widowed { 1.0 + p.ties.kin_rally } else { 1.0 },
            goes: if bits & HEALTH_LIMITED != 0 { 1.0 - p.ties.outside_health } else { 1.0 },
            alone: if alone { p.loneliness.emotional_alone } else { 0.0 },
            stress: stress_of(bits, &p.loneliness),
        }
    }
}

impl Group {
    fn set_ties(&mut self, nth: usize, amount: Amount) {
        self.kin[nth] = amount.kin;
        self.friends[nth] = amount.friends;
        self.neighbours[nth] = amount.neighbours;
        self.confidants[nth] = amount.confidants;
    }

    fn set_resident(
        &mut self,
        nth: usize,
        traits: &Traits,
        state: &State,
        by: &[Circumstances; Circumstances::MANY],
        week: i32,
    ) {
        let by = &by[Circumstances::bits(traits, state)];
        self.standard[nth] = traits.standard;
        self.years_over_50[nth] = (traits.age(week) - 50) as f32;
        self.lonely_trait[nth] = traits.lonely_trait;
        self.belonging[nth] = state.belonging;
        self.stress[nth] = by.stress;
        self.alone[nth] = by.alone;
        self.rally[nth] = by.rally;
        self.goes[nth] = by.goes;
        self.kin_elsewhere[nth] = f32::from(state.kin_elsewhere());
        self.friends_elsewhere[nth] = f32::from(state.friends_elsewhere());
        self.family_weeks[nth] = state.family_weeks;
        self.friend_weeks[nth] = state.friend_weeks;
        self.social_deficit[nth] = state.social_deficit;
        self.emotional_deficit[nth] = state.emotional_deficit;
        self.grief[nth] = state.grief;
    }

    fn set_meetings(&mut self, nth: usize, gains: &Gains, [family, friends, ..]: [u32; 4]) {
        (self.draws_family[nth], self.draws_friends[nth]) = (family, friends);
        (self.met_family[nth], self.met_friends[nth]) = (gains.family.into(), gains.friend.into());
    }

    fn apply(&self, nth: usize, state: &mut State) {
        state.family_weeks = self.family_weeks[nth];
        state.friend_weeks = self.friend_weeks[nth];
        state.social_deficit = self.social_deficit[nth];
        state.emotional_deficit = self.emotional_deficit[nth];
        state.grief = self.grief[nth];
    }
}

/// Lets the deficits of some residents follow, of as many at a time as the processor can.
#[pulp::with_simd(follow = Arch::new())]
#[inline(always)]
fn follow_wide<'a, S: Simd>(simd: S, some: &'a mut Group, p: &'a Parameters, lockdown: f32) {
    meet_outside(some, p, lockdown);
    let w = &p.loneliness;
    let [mut kinds, mut confidants, mut unmet] = [[0.0; AT_ONCE]; 3];
    for i in 0..AT_ONCE {
        // Ties outside count by how often they are met.
        let kin = some.kin[i] + some.kin_elsewhere[i] * 0.3 * some.family_weeks[i];
        let friends = some.friends[i] + some.friends_elsewhere[i] * 0.5 * some.friend_weeks[i];
        let neighbours = some.neighbours[i];
        confidants[i] = some.confidants[i]
            + (0.2 * some.friends_elsewhere[i] * some.friend_weeks[i] + 0.12 * some.rally[i] * some.kin_elsewhere[i]);
        let good = kin.min(3.0) + friends + neighbours;
        kinds[i] = kin.min(1.0) + friends.min(1.0) + (3.0 * neighbours).min(1.0);
        let older = (some.years_over_50[i] / 30.0).clamp(0.0, 1.2);
        // Something is always wished for.
        let standard = some.standard[i] * (1.0 - w.standard_by_age * older).max(0.05);
        unmet[i] = -1.6 * good / standard;
    }
    raise_wide(simd, &mut unmet);
    for i in 0..AT_ONCE {
        let social = w.social_level + w.social_shortfall * unmet[i] + w.social_trait * some.lonely_trait[i]
            - w.social_variety * (kinds[i] - 2.0)
            - w.belonging_relief * (some.belonging[i] - 0.5)
            + some.stress[i];
        let no_confidant = 1.0 / (confidants[i] + 1.0);
        let emotional = w.emotional_level
            + some.alone[i]
            + w.emotional_confidant * no_confidant
            + w.emotional_loss * some.grief[i]
            + w.emotional_trait * some.lonely_trait[i]
            + some.stress[i];
        some.social_deficit[i] += w.adjustment * (social - some.social_deficit[i]);
        some.emotional_deficit[i] += w.adjustment * (emotional - some.emotional_deficit[i]);
        some.grief[i] *= 1.0 - GRIEF_WEARS_OFF;
    }
}

/// Whether family and friends outside the neighbourhood were met, beside those inside.
#[inline(always)]
fn meet_outside(some: &mut Group, p: &Parameters, lockdown: f32) {
    let [mut kin_stay, mut friends_stay] = [[0.0; AT_ONCE]; 2];
    for i in 0..AT_ONCE {
        // Somebody outgoing keeps in touch more often than somebody who wants few ties.
        let outgoing = (0.4 + 0.6 * some.standard[i] / 4.2) * (1.0 - 0.4 * lockdown);
        let rhythm = |often: f32| (often * outgoing).min(0.95);
        // Family visits who cannot come; friends are gone to.
        kin_stay[i] = 1.0 - rhythm(p.ties.outside_weekly * some.rally[i]);
        friends_stay[i] = 1.0 - rhythm(p.ties.friends_weekly * some.goes[i]);
    }
    let no_kin = none_of(&some.kin_elsewhere, &kin_stay);
    let no_friends = none_of(&some.friends_elsewhere, &friends_stay);
    let recent = 1.0 / RECENT_WEEKS;
    for i in 0..AT_ONCE {
        let meets = |met: u32, draws: u32, none: f32| (met != 0) | (unit(draws) < 1.0 - none);
        let family = if meets(some.met_family[i], some.draws_family[i], no_kin[i]) { 1.0 } else { 0.0 };
        let friend = if meets(some.met_friends[i], some.draws_friends[i], no_friends[i]) { 1.0 } else { 0.0 };
        some.family_weeks[i] += recent * (family - some.family_weeks[i]);
        some.friend_weeks[i] += recent * (friend - some.friend_weeks[i]);
    }
}

/// The chance that each meets none of so many people, of whom each stays away with this chance: multiplied one by one for
/// all at once, with 1 for who has no more.
#[inline(always)]
fn none_of(people: &Each, stays: &Each) -> Each {
    let mut none = [1.0; AT_ONCE];
    let most = people.iter().fold(0.0_f32, |most, people| most.max(*people)) as u32;
    for met in (0..most).map(|met| met as f32) {
        for i in 0..AT_ONCE {
            none[i] *= if met < people[i] { stays[i] } else { 1.0 };
        }
    }
    none
}

/// What worries about money and limits of health add to both deficits.
#[must_use]
pub fn stress(traits: &Traits, state: &State, p: &Parameters) -> f32 {
    stress_of(worries(traits, state), &p.loneliness)
}

/// Among [`worries`].
const HEALTH_LIMITED: usize = 1 << 2;

/// Worries and limits as bits: short of money, with great difficulty; limited by health, severely.
fn worries(traits: &Traits, state: &State) -> usize {
    let short = (traits.income_difficulty & !state.cheap_home, traits.great_difficulty);
    let limited = (traits.health_limited, traits.severely_limited);
    usize::from(short.0) | usize::from(short.1) << 1 | usize::from(limited.0) << 2 | usize::from(limited.1) << 3
}

fn stress_of(worries: usize, w: &Loneliness) -> f32 {
    let is = |bit: usize| worries >> bit & 1 != 0;
    let times = |severe: bool| if severe { w.severe } else { 1.0 };
    let money = if is(0) { w.money_stress * times(is(1)) } else { 0.0 };
    let health = if worries & HEALTH_LIMITED != 0 { w.health_stress * times(is(3)) } else { 0.0 };
    money + health
}

#[cfg(test)]
mod tests {
    use super::{Each, Group, follow, follow_wide};
    use crate::model::parameters::Parameters;

    #[test]
    fn deficits_that_follow_several_at_a_time_follow_as_one_by_one() {
        let some = |least: f32, most: f32| -> Each {
            std::array::from_fn(|nth| least + (most - least) * (nth * 11 % 32) as f32 / 32.0)
        };
        let mut group = Group {
            standard: some(1.0, 8.0),
            years_over_50: some(-30.0, 40.0),
            kin_elsewhere: some(20.0, 0.0).map(f32::floor),
            friends_elsewhere: some(0.0, 12.0).map(f32::floor),
            draws_family: std::array::from_fn(|nth| (nth as u32).wrapping_mul(0x9e37_79b9)),
            draws_friends: std::array::from_fn(|nth| (nth as u32).wrapping_mul(0x85eb_ca6b)),
            met_family: std::array::from_fn(|nth| nth as u32 % 2),
            met_friends: std::array::from_fn(|nth| u32::from(nth % 5 == 0)),
            kin: some(0.0, 4.0),
            neighbours: some(2.0, 0.0),
            rally: [1.0; 32],
            goes: some(0.5, 1.0),
            ..Group::default()
        };
        let mut twin = group.clone();
        follow(&mut group, &Parameters::default(), 0.3);
        follow_wide(pulp::Scalar, &mut twin, &Parameters::default(), 0.3);
        assert_eq!(group, twin);
        assert!(group.social_deficit.iter().all(|deficit| deficit.is_finite()) && group != Group::default());
    }
}
