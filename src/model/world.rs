//! The world: neighbourhoods that live week by week, in parallel.

use std::cell::RefCell;
use std::ops::Range;

use rayon::ScopeFifo;
use rayon::prelude::*;

use super::blueprint::Blueprint;
use super::chance::Chance;
use super::desk::Desk;
use super::initialization::{adopt::adopt, set_up};
use super::neighbourhood::Neighbourhood;
use super::parameters::Parameters;
use super::policy::Policy;
use super::rule::Standing;
pub use super::schedule::Happenings;
use super::schedule::live_one_week;
use super::town::{Town, is_town, open};

thread_local! {
    /// Each thread has one desk and keeps it, so that a week needs no memory of its own.
    static DESK: RefCell<Desk> = RefCell::default();
}

/// Neighbourhood-weeks for each thread below which neighbourhoods are given several weeks at once: so few that a stop and
/// a sign of progress come within a second, so many that a thread which waits at the end waits for a hundredth of the time.
const AT_ONCE: u32 = 64;

/// Neighbourhoods for each thread from which on the last ones to be ready keep nobody waiting for long.
const MANY: usize = 32;

/// One simulated world.
#[derive(Debug, Clone)]
pub struct World {
    week: i32,
    chance: Chance,
    blueprint: Blueprint,
    neighbourhoods: Vec<Neighbourhood>,
    standings: Vec<Standing>,
    /// What passes between neighbourhoods, if they are those of a town.
    town: Option<Town>,
}

impl World {
    /// Grows a world at the beginning of its burn-in of `burn_in` weeks: the current week is `-burn_in`.
    ///
    /// Uses the current rayon pool over neighbourhoods.
    #[must_use]
    pub fn grow(blueprint: &Blueprint, seed: u64, burn_in: u32) -> Self {
        let week = -(burn_in as i32);
        let chance = Chance::new(seed);
        let mut neighbourhoods: Vec<Neighbourhood> = (0..blueprint.neighbourhoods())
            .into_par_iter()
            .map(|number| set_up(blueprint, chance, number, week))
            .collect();
        let town = is_town(blueprint).then(|| {
            open(&mut neighbourhoods);
            Town::default()
        });
        let blueprint = blueprint.clone();
        let mut world = Self { week, chance, blueprint, neighbourhoods, standings: Vec::new(), town };
        world.take_on_rules(&[]);
        world
    }

    /// The week that will be lived next; 0 is the first after the burn-in.
    #[must_use]
    pub fn week(&self) -> i32 {
        self.week
    }

    /// All chance of this world.
    #[must_use]
    pub fn chance(&self) -> Chance {
        self.chance
    }

    /// Constants before adjustments.
    #[must_use]
    pub fn parameters(&self) -> &Parameters {
        &self.blueprint.parameters
    }

    /// What the world lives by. The period of a policy with a rule is that in which the rule lets it hold so far.
    #[must_use]
    pub fn blueprint(&self) -> &Blueprint {
        &self.blueprint
    }

    /// The neighbourhoods, in order of number.
    #[must_use]
    pub fn neighbourhoods(&self) -> &[Neighbourhood] {
        &self.neighbourhoods
    }

    /// Goes on under another blueprint that shares this world's burn-in ([`Blueprint::for_burn_in`]).
    pub fn adopt(&mut self, blueprint: &Blueprint) {
        let blueprint = blueprint.in_the_order_of(&self.blueprint);
        for n in &mut self.neighbourhoods {
            adopt(n, self.blueprint.of(n.number), blueprint.of(n.number), self.chance, self.week);
        }
        let before = std::mem::replace(&mut self.blueprint, blueprint);
        self.take_on_rules(&before.policies);
    }

    /// From now on lives without a mechanism, to see what it carries; nothing happens when there is none of this name.
    pub fn switch_off(&mut self, mechanism: &str) {
        self.blueprint.everywhere(|part| {
            part.mechanisms.set(mechanism, false);
        });
    }

    /// Where the rules of policies stand (M54).
    #[must_use]
    pub fn standings(&self) -> &[Standing] {
        &self.standings
    }

    /// Notes which policies have a rule; what was adopted once more goes on as it stood.
    fn take_on_rules(&mut self, before: &[Policy]) {
        let known = std::mem::take(&mut self.standings);
        for (number, policy) in self.blueprint.policies.iter_mut().enumerate() {
            let Some(mut standing) = Standing::of(number, policy) else { continue };
            let same = |old: &&Standing| {
                let was = &before[old.policy];
                was.key == policy.key && was.when == policy.when && was.measure == policy.measure
            };
            if let Some(old) = known.iter().find(same).filter(|old| old.within == standing.within) {
                standing.spells.clone_from(&old.spells);
            }
            policy.period = standing.period(self.week);
            self.standings.push(standing);
        }
        self.tell_districts();
    }

    /// Lets each district's policies with a rule hold when those of the whole do.
    fn tell_districts(&mut self) {
        let Blueprint { policies, districts, .. } = &mut self.blueprint;
        for policy in districts.iter_mut().flat_map(|district| &mut district.blueprint.policies) {
            if policy.when.is_some()
                && let Some(whole) = policies.iter().find(|whole| whole.key == policy.key)
            {
                policy.period = whole.period;
            }
        }
    }

    /// Looks at what the rules watch, where a look is due, and lets the periods of their policies follow.
    fn follow_rules(&mut self) {
        let week = self.week;
        let mut standings = std::mem::take(&mut self.standings);
        for standing in &mut standings {
            let Some(rule) = self.blueprint.policies[standing.policy].when else { continue };
            if standing.is_looked_at(&rule, week) {
                let value = (rule.gauge.read)(self, rule.gauge.measure, rule.gauge.group);
                standing.decide(&rule, rule.line.is_passed_by(value), week);
            }
            standing.end_in_time(week);
            self.blueprint.policies[standing.policy].period = standing.period(week);
        }
        if !standings.is_empty() {
            self.tell_districts();
        }
        self.standings = standings;
    }

    /// Lives one week and shows each neighbourhood with the desk as the week left it, for who tells what happened.
    pub fn live_one_week_and_look(&mut self, mut look: impl FnMut(&Neighbourhood, &Desk)) {
        self.follow_rules();
        // A desk of its own: who looks may want the thread's.
        let mut desk = Desk::default();
        for n in &mut self.neighbourhoods {
            live_one_week(n, &self.blueprint, self.chance, self.week, &mut desk);
            look(n, &desk);
        }
        self.pass_on();
        self.week += 1;
    }

    /// Lives one week. Uses the current rayon pool over neighbourhoods.
    pub fn live_one_week(&mut self) -> Happenings {
        self.live_weeks(1, |_, _| ()).into_iter().flatten().map(|(happened, ())| happened).sum()
    }

    /// Whether each neighbourhood lives alone, whatever happens in the others: no town, and no rule that watches them all.
    fn is_each_alone(&self) -> bool {
        self.town.is_none() && self.standings.is_empty()
    }

    /// How many weeks [`World::live_weeks`] had best be given at once: several where a few neighbourhoods that live alone
    /// are to keep all threads of the current pool busy.
    #[must_use]
    pub fn weeks_at_once(&self) -> u32 {
        match self.neighbourhoods.len() as u32 {
            2.. if self.is_each_alone() => {
                (AT_ONCE * rayon::current_num_threads() as u32 / self.neighbourhoods.len() as u32).max(1)
            }
            _ => 1,
        }
    }

    /// Lives `weeks` weeks, and after each shows every neighbourhood to `look`, while it is in cache still, with the week
    /// that comes next. Gives what happened and what was seen, by neighbourhood and then by week. Weeks lived one by one give
    /// the same.
    ///
    /// Uses the current rayon pool over neighbourhoods. Those that live alone do not wait for each other at the end of a week,
    /// so that five of them keep two threads busy; where there are many, each lives its weeks in a row, while it is in cache.
    pub fn live_weeks<T: Send>(
        &mut self,
        weeks: u32,
        look: impl Fn(&Neighbourhood, i32) -> T + Sync,
    ) -> Vec<Vec<(Happenings, T)>> {
        let mut seen: Vec<Vec<(Happenings, T)>> = Vec::new();
        seen.resize_with(self.neighbourhoods.len(), || Vec::with_capacity(weeks as usize));
        let end = self.week + weeks as i32;
        while self.week < end {
            self.follow_rules();
            let until = if self.is_each_alone() { end } else { self.week + 1 };
            let (blueprint, chance, now) = (&self.blueprint, self.chance, self.week..until);
            let live = |n: &mut Neighbourhood, week| {
                DESK.with_borrow_mut(|desk| live_one_week(n, blueprint, chance, week, desk))
            };
            if self.town.is_some() {
                let lived: Vec<_> = self.neighbourhoods.par_iter_mut().map(|n| live(n, now.start)).collect();
                // What passes from one to another belongs to the week: who looks sees it where it went.
                self.pass_on();
                let looked = self.neighbourhoods.par_iter().zip(lived).map(|(n, lived)| (lived, look(n, until)));
                seen.par_iter_mut().zip(looked).for_each(|(seen, looked)| seen.push(looked));
            } else {
                let live = |n: &mut Neighbourhood, week| (live(n, week), look(n, week + 1));
                match self.neighbourhoods.as_mut_slice() {
                    [only] => seen[0].extend(now.map(|week| live(only, week))),
                    many if many.len() >= MANY * rayon::current_num_threads() => {
                        let each = many.par_iter_mut().zip(&mut seen);
                        each.for_each(|(n, seen)| seen.extend(now.clone().map(|week| live(n, week))));
                    }
                    all => rayon::scope_fifo(|scope| {
                        for (n, seen) in all.iter_mut().zip(&mut seen) {
                            go_on(scope, n, seen, now.clone(), &live);
                        }
                    }),
                }
            }
            self.week = until;
        }
        seen
    }

    /// Lets what lies ready pass from one neighbourhood to another.
    fn pass_on(&mut self) {
        if let Some(town) = &mut self.town {
            town.pass_on(&mut self.neighbourhoods, &self.blueprint, self.chance, self.week);
        }
    }
}

/// Lives the first of `weeks` in a neighbourhood, and puts the rest behind what the others have to do.
fn go_on<'scope, T: Send>(
    scope: &ScopeFifo<'scope>,
    n: &'scope mut Neighbourhood,
    seen: &'scope mut Vec<T>,
    mut weeks: Range<i32>,
    live: &'scope (impl Fn(&mut Neighbourhood, i32) -> T + Sync),
) {
    scope.spawn_fifo(move |scope| {
        seen.extend(weeks.next().map(|week| live(n, week)));
        if !weeks.is_empty() {
            go_on(scope, n, seen, weeks, live);
        }
    });
}
