//! Which of the settings that residents know they may come to this week: of most of them it is seen, many at once, that they
//! do not, without working out the utility of each.
//!
//! A week lists once how strongly each setting can pull at most, by origin, age band and health. With the attachment that
//! is at least the pull, so that whose draw is beyond even this chance does not come.

use pulp::{Arch, Simd};

use super::appeal::{Appeal, BANDS, ORIGINS};
use super::decisions::Decisions;
use super::utility::wanted_at_most;
use crate::model::chance::{mix, unit};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::resident::{HABITS, Habit, Setting};
use crate::model::submodels::enact_policies::Rules;

/// Residents looked at at once, so that all there is of them stays near.
pub(super) const AT_ONCE: usize = 64;
/// The power of e is at least that of one and a part of the exponent: `e^x >= (1 + x/256)^256`, which is eight squarings.
const PARTS: f32 = 256.0;
const SQUARINGS: usize = 8;
/// Far more than what rounding can do to a pull, and to a chance.
const MARGIN: f32 = 0.001;
const ROUNDED: f32 = 1.0001;
/// In place of a habit: the setting in which somebody volunteers, and the one they are asked to without knowing it.
pub(super) const OWN: u16 = HABITS as u16;
pub(super) const INVITED: u16 = OWN + 1;
/// Room for all of some residents, in a number of which it is known that what is masked by it lies within.
const ROOM: usize = 1_024;
const _: () = assert!(ROOM >= AT_ONCE * (INVITED as usize + 1), "there is room for all");

/// A resident who goes out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Goer {
    /// Slot.
    pub slot: usize,
    /// What the choices draw by.
    pub key: u64,
    /// The setting this person is asked to, or nowhere.
    pub asked: Setting,
    /// Where the row of this kind of resident starts.
    row: usize,
}

impl Goer {
    const NOBODY: Self = Self { slot: 0, key: 0, asked: Setting::NOWHERE, row: 0 };
}

/// How strongly each setting can pull, and the residents of whom it is seen.
#[derive(Debug, Default)]
pub struct Hopes {
    /// Part of the base of the power, for each kind of resident a row.
    roots: Vec<f32>,
    /// Length of a row.
    width: usize,
    /// Part of the base that full attachment takes away.
    step: f32,
    /// How many there are now.
    count: usize,
    /// Who they are.
    goers: Vec<Goer>,
    /// Who of them are asked along, and by which tie in their row; what stands behind says nothing.
    asked: Vec<(usize, usize)>,
    /// How many these are.
    asked_count: usize,
    /// What they are asked to and know already: the place of the resident, and of the habit.
    asked_again: Vec<(usize, usize)>,
    /// What each draws by, for each habit.
    keys: Vec<[u64; HABITS]>,
    /// What they know.
    habits: Vec<[Habit; HABITS]>,
    /// Where these stand in a row.
    places: Vec<[u16; HABITS]>,
    /// What stands there.
    found: Vec<[f32; HABITS]>,
    draws: Vec<[f32; HABITS]>,
    likely: Vec<[u8; HABITS]>,
    /// What is to be looked at further: the place of the resident above that of the habit.
    chosen: Vec<u16>,
}

impl Hopes {
    /// Lists how strongly each setting can pull.
    pub(super) fn note(&mut self, n: &Neighbourhood, rules: &Rules, appeals: &[Appeal]) {
        let w = &rules.parameters.choosing;
        self.step = w.attachment / 65_535.0 / PARTS;
        // One more, to which nobody comes.
        self.width = 2 * n.places.len().max(n.initiatives.len()) + 1;
        self.roots.clear();
        self.roots.resize(2 * ORIGINS * BANDS * self.width, f32::INFINITY);
        let places = (0..n.places.len()).map(Setting::place);
        let settings = places.chain((0..n.initiatives.len()).map(Setting::activity));
        for (setting, appeal) in settings.zip(appeals).filter(|(_, appeal)| appeal.open) {
            let most = at_most(rules, appeal, setting.initiative().is_some());
            let place = usize::from(place_of(setting));
            for (limited, rows) in self.roots.chunks_exact_mut(ORIGINS * BANDS * self.width).enumerate() {
                let most = most - w.health * limited as f32;
                for (origin, rows) in rows.chunks_exact_mut(BANDS * self.width).enumerate() {
                    let most = most + appeal.own_group[origin] - appeal.shut_out[origin];
                    for (row, welcome) in rows.chunks_exact_mut(self.width).zip(appeal.welcome[origin]) {
                        row[place] = 1.0 - (most + welcome) / PARTS;
                    }
                }
            }
        }
        self.make_room();
    }

    fn make_room(&mut self) {
        self.goers.resize(AT_ONCE, Goer::NOBODY);
        self.asked.resize(AT_ONCE, (0, 0));
        self.keys.resize(AT_ONCE, [0; HABITS]);
        self.habits.resize(AT_ONCE, [Habit::EMPTY; HABITS]);
        self.places.resize(AT_ONCE, [0; HABITS]);
        self.found.resize(AT_ONCE, [0.0; HABITS]);
        self.draws.resize(AT_ONCE, [0.0; HABITS]);
        self.likely.resize(AT_ONCE, [0; HABITS]);
        self.chosen.resize(ROOM, 0);
        self.begin();
        self.asked_again.reserve(AT_ONCE);
    }

    /// Forgets the residents before these.
    pub(super) fn begin(&mut self) {
        self.count = 0;
        self.asked_count = 0;
        self.asked_again.clear();
    }

    /// The residents there are now.
    pub(super) fn goers(&self) -> &[Goer] {
        &self.goers[..self.count]
    }

    /// Adds a resident who goes out, with the place in the row of a tie that may ask them along, and whether it does.
    #[inline]
    pub(super) fn add(&mut self, n: &Neighbourhood, week: i32, slot: usize, key: u64, (tie, asks): (usize, bool)) {
        let (traits, habits) = (&n.traits[slot], &n.state[slot].habits);
        let kind = (usize::from(traits.health_limited) * ORIGINS + traits.origin as usize) * BANDS;
        let who = self.count;
        self.count += 1;
        let row = (kind + traits.age_band(week)) * self.width;
        self.goers[who] = Goer { slot, key, asked: Setting::NOWHERE, row };
        self.keys[who] = [key; HABITS];
        self.habits[who] = *habits;
        // Each is written, and kept where the next is written behind it: who is asked nobody can foresee.
        self.asked[self.asked_count] = (who, tie);
        self.asked_count += usize::from(asks);
    }

    /// Asks those along whom a tie asks, to what this says of somebody and the place of the tie in the row.
    pub(super) fn ask_along(&mut self, asked_along: impl Fn(&Goer, usize) -> Option<Setting>) {
        for (who, tie) in &self.asked[..self.asked_count] {
            let Some(asked) = asked_along(&self.goers[*who], *tie) else { continue };
            self.goers[*who].asked = asked;
            let again = self.habits[*who].iter().position(|habit| habit.setting == asked);
            self.asked_again.extend(again.map(|which| (*who, which)));
        }
    }

    /// Lists what is to be looked at further: of each resident the setting of their own, habits, and what they are asked
    /// to. Returns how much that is.
    pub(super) fn choose(&mut self, n: &Neighbourhood) -> usize {
        self.look();
        let chosen = self.chosen.first_chunk_mut::<ROOM>().expect("there is room");
        // Each is written, and kept where the next is written behind it: whether it is nobody can foresee.
        let mut kept = 0;
        let mut keep = |who: usize, which: u16, is_kept: bool| {
            chosen[kept % ROOM] = (who as u16) << 4 | which;
            kept += usize::from(is_kept);
        };
        for (who, (likely, goer)) in self.likely.iter().zip(&self.goers[..self.count]).enumerate() {
            keep(who, OWN, n.state[goer.slot].volunteers_here());
            for (which, likely) in (0..).zip(likely) {
                keep(who, which, *likely != 0);
            }
            keep(who, INVITED, goer.asked != Setting::NOWHERE);
        }
        kept
    }

    /// Notes of each habit whether it may bring somebody out.
    fn look(&mut self) {
        let count = self.count;
        let (habits, draws) = (&self.habits[..count], &mut self.draws[..count]);
        let places = &mut self.places[..count];
        draw(
            draws.as_flattened_mut(),
            places.as_flattened_mut(),
            habits.as_flattened(),
            self.keys[..count].as_flattened(),
            self.width as u16 - 1,
        );
        let hopes = &mut self.found[..count];
        for ((hopes, places), goer) in hopes.iter_mut().zip(places).zip(&self.goers) {
            let row = &self.roots[goer.row..][..self.width];
            for (hope, place) in hopes.iter_mut().zip(places) {
                *hope = row[usize::from(*place)];
            }
        }
        for (who, which) in &self.asked_again {
            // Being asked is more than counted here: that is looked at further.
            hopes[*who][*which] = f32::NEG_INFINITY;
        }
        let likely = self.likely[..count].as_flattened_mut();
        note_likely(likely, draws.as_flattened(), habits.as_flattened(), hopes.as_flattened(), self.step);
    }

    /// What is to be looked at further at a place: whom, and which of their habits, [`OWN`] or [`INVITED`].
    #[inline]
    pub(super) fn chosen(&self, place: usize) -> (usize, u16) {
        let both = self.chosen[place];
        (usize::from(both >> 4), both & 15)
    }

    /// Keeps the first so many places of which it is decided to go. Returns how many these are.
    pub(super) fn keep(&mut self, count: usize, decisions: &Decisions) -> usize {
        let mut kept = 0;
        for place in 0..count {
            self.chosen[kept] = self.chosen[place];
            kept += usize::from(decisions.goes(place));
        }
        kept
    }

    /// One of the settings that somebody knows.
    #[inline]
    pub(super) fn known(&self, who: usize, which: u16) -> Habit {
        self.habits[who][usize::from(which)]
    }
}

/// Where a setting stands in a row: places and initiatives by turns, and beyond the end what is nowhere.
#[inline]
fn place_of(setting: Setting) -> u16 {
    // The highest bit, which tells initiatives, becomes the lowest.
    setting.0.rotate_left(1)
}

/// The strongest pull of a setting on anybody, without attachment, health and what goes by groups, who is not asked to come:
/// each further push is counted as on whom it weighs least. That it is not always held or allowed, of which the part is at
/// most one, counts as so much less of a pull.
fn at_most(rules: &Rules, appeal: &Appeal, is_activity: bool) -> f32 {
    let w = &rules.parameters.choosing;
    let liked = if is_activity {
        w.interest + appeal.reputation
    } else {
        let helped = if rules.mechanisms.place_help { w.support * wanted_at_most(appeal.offers) } else { 0.0 };
        helped + appeal.food[0].max(appeal.food[1])
    };
    let formality = if rules.mechanisms.formality { 0.5 * appeal.formality } else { 0.0 };
    let seldom = libm::logf(appeal.most);
    w.base + liked + seldom - formality - 0.2 * appeal.cost - appeal.crowding + MARGIN
}

/// Draws for each habit, and notes where its setting stands in a row of so many and one: as many at a time as the processor
/// can.
#[pulp::with_simd(draw = Arch::new())]
#[inline(always)]
fn draw_wide<'a, S: Simd>(
    _: S,
    draws: &'a mut [f32],
    places: &'a mut [u16],
    habits: &'a [Habit],
    keys: &'a [u64],
    last: u16,
) {
    for (draw, (habit, key)) in draws.iter_mut().zip(habits.iter().zip(keys)) {
        *draw = unit(mix(*key, u64::from(habit.setting.0)) as u32);
    }
    for (place, habit) in places.iter_mut().zip(habits) {
        *place = place_of(habit.setting).min(last);
    }
}

/// Notes which habits may bring somebody out, as many at a time as the processor can: without a branch.
#[pulp::with_simd(note_likely = Arch::new())]
#[inline(always)]
fn note_likely_wide<'a, S: Simd>(
    _: S,
    likely: &'a mut [u8],
    draws: &'a [f32],
    habits: &'a [Habit],
    hopes: &'a [f32],
    step: f32,
) {
    for ((likely, draw), (habit, hope)) in likely.iter_mut().zip(draws).zip(habits.iter().zip(hopes)) {
        let root = hope - step * f32::from(habit.attachment);
        let mut power = if root > 0.0 { root } else { 0.0 };
        for _ in 0..SQUARINGS {
            power *= power;
        }
        let is_beyond = *draw * (1.0 + power) > ROUNDED;
        *likely = u8::from(!is_beyond);
    }
}

#[cfg(test)]
mod tests {
    use super::{Habit, Setting, draw, draw_wide, note_likely, note_likely_wide};
    use crate::model::chance::{mix, unit};

    #[test]
    fn habits_looked_at_several_at_a_time_are_those_one_by_one_and_none_is_missed() {
        let count = 4_000;
        let keys: Vec<u64> = (0..count).map(|nth| mix(7, nth)).collect();
        let known = |nth: u64| Habit { setting: Setting(nth as u16 % 50), attachment: (nth * 6_151 % 65_536) as u16 };
        let habits: Vec<Habit> = (0..count).map(known).collect();
        let pulls: Vec<f32> = (0..count).map(|nth| (nth % 120) as f32 / 10.0 - 9.0).collect();
        let hopes: Vec<f32> = pulls.iter().map(|pull| 1.0 - (pull + super::MARGIN) / super::PARTS).collect();
        let step = 6.5 / 65_535.0 / super::PARTS;
        let lists = || (vec![9; count as usize], vec![9.0; count as usize], vec![9; count as usize]);
        let ((mut likely, mut draws, mut places), mut too) = (lists(), lists());
        draw(&mut draws, &mut places, &habits, &keys, 70);
        note_likely(&mut likely, &draws, &habits, &hopes, step);
        draw_wide(pulp::Scalar, &mut too.1, &mut too.2, &habits, &keys, 70);
        note_likely_wide(pulp::Scalar, &mut too.0, &too.1, &habits, &hopes, step);
        assert_eq!((&likely, &draws, &places), (&too.0, &too.1, &too.2));
        assert!(habits.iter().zip(places).all(|(habit, place)| place == (2 * habit.setting.0).min(70)));
        for nth in 0..count as usize {
            let draw = unit(mix(keys[nth], u64::from(habits[nth].setting.0)) as u32);
            let comes = draw < 1.0 / (1.0 + libm::expf(-(pulls[nth] + 6.5 * habits[nth].attached())));
            assert!(likely[nth] == 1 || !comes, "{} with {:?} at {draw}", pulls[nth], habits[nth]);
        }
        assert!(likely.iter().copied().map(u32::from).sum::<u32>() < 3_000);
    }

    #[test]
    fn nobody_comes_where_nothing_can_pull_and_who_is_asked_may() {
        let habits = [Habit { setting: Setting::place(3), attachment: u16::MAX }; 2];
        let mut likely = [9; 2];
        note_likely(&mut likely, &[0.01, 0.99], &habits, &[f32::INFINITY, f32::NEG_INFINITY], 0.01);
        assert_eq!(likely, [0, 1]);
    }
}
