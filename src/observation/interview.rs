//! What one resident would tell an interviewer: the answers that both the measures and the resident table come from.

use super::instruments::cohesion::{self, Situation};
use super::instruments::loneliness::{self, Score};
use super::instruments::{self, Tendencies};
use crate::model::chance::Chance;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::network::{HalfTie, Row};
use crate::model::neighbourhood::resident::{State, Traits};
use crate::model::parameters::{Asking, Health, Image, Parameters, Ties};
use crate::model::submodels::renew_belonging::pride::pride;
use crate::model::world::World;

/// What an observation looks at.
#[derive(Debug, Clone)]
pub(crate) struct View<'a> {
    /// Weeks lived since the burn-in.
    pub week: i32,
    /// All neighbourhoods.
    pub neighbourhoods: &'a [Neighbourhood],
    /// From which strength a tie is what.
    pub layers: Ties,
    /// What makes people proud.
    pub pride: Image,
    /// How each resident tends to answer.
    pub tendencies: Tendencies,
    /// What health goes along with.
    pub health: Health,
    /// Volunteering.
    pub asking: Asking,
    /// Districts among which the neighbourhoods take turns; 0 when all are alike on paper.
    pub districts: usize,
}

impl<'a> View<'a> {
    /// Looks at these neighbourhoods.
    pub fn new(week: i32, neighbourhoods: &'a [Neighbourhood], chance: Chance, parameters: &Parameters) -> Self {
        Self {
            week,
            neighbourhoods,
            layers: parameters.ties,
            pride: parameters.image,
            tendencies: Tendencies::new(chance.always()),
            health: parameters.health,
            asking: parameters.asking,
            districts: 0,
        }
    }

    /// Looks at a world as it is now.
    pub fn of(world: &'a World) -> Self {
        Self {
            districts: world.blueprint().districts.len(),
            ..Self::new(world.week(), world.neighbourhoods(), world.chance(), world.parameters())
        }
    }

    /// Counts a resident's ties.
    #[inline]
    pub fn count_ties(&self, neighbourhood: &Neighbourhood, slot: usize) -> TieCounts {
        TieCounts::of(neighbourhood.network.of(slot), &self.layers)
    }

    /// Interviews a resident.
    pub fn interview(&self, neighbourhood: &Neighbourhood, slot: usize) -> Interview {
        self.ask(neighbourhood, slot, self.count_ties(neighbourhood, slot))
    }

    /// Interviews a resident whose ties were counted.
    #[inline]
    pub fn ask(&self, neighbourhood: &Neighbourhood, slot: usize, ties: TieCounts) -> Interview {
        let traits = &neighbourhood.traits[slot];
        let state = &neighbourhood.state[slot];
        let pride = pride(state, neighbourhood.repute.activity, &self.pride);
        Interview::hold(traits, state, ties, (neighbourhood.addresses, pride), self.week, self)
    }
}

/// A resident's ties outside the household, each counted in the highest layer it reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct TieCounts {
    /// All ties.
    pub all: u32,
    /// Faces known, not yet acquaintances.
    pub recognised: u32,
    /// Acquaintances, not yet friends.
    pub acquaintances: u32,
    /// Friends, not yet close.
    pub friends: u32,
    /// Close ties.
    pub close: u32,
    /// Of all ties, with somebody of another origin group.
    pub across: u32,
    /// Acquaintances, friends and close ties who live near.
    pub near: u32,
}

impl TieCounts {
    /// Counts a row of ties.
    #[inline]
    pub fn of(row: Row<'_>, layers: &Ties) -> Self {
        // Counted as how many reach each layer first: a sum without branches.
        let [mut all, mut known, mut friend, mut close, mut across, mut near] = [0_u32; 6];
        for (strength, flags) in row.strengths().iter().zip(row.flags()) {
            let counts = u32::from(flags & HalfTie::HOUSEHOLD == 0);
            let is_known = counts & u32::from(*strength >= layers.known);
            all += counts;
            known += is_known;
            friend += counts & u32::from(*strength >= layers.friend);
            close += counts & u32::from(*strength >= layers.close);
            across += counts & u32::from(flags & HalfTie::ACROSS != 0);
            near += is_known & u32::from(flags & HalfTie::NEAR != 0);
        }
        // A scenario may set the layers in any order; a layer is then empty and not below zero.
        Self {
            all,
            recognised: all.saturating_sub(known),
            acquaintances: known.saturating_sub(friend),
            friends: friend.saturating_sub(close),
            close,
            across,
            near,
        }
    }

    /// Whether nobody here is more than a face.
    #[inline]
    pub const fn is_isolate(&self) -> bool {
        self.acquaintances + self.friends + self.close == 0
    }
}

/// One resident's answers.
#[expect(clippy::struct_excessive_bools, reason = "a questionnaire is a list of yes and no")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Interview {
    pub ties: TieCounts,
    pub loneliness: Score,
    pub cohesion: cohesion::Sheet,
    pub trusts: bool,
    pub weekly_neighbours: bool,
    pub weekly_family: bool,
    pub weekly_friends: bool,
    pub volunteered: bool,
    /// Weeks of volunteering here without a break; 0 for who does not.
    pub volunteer_weeks: i32,
    pub asked: bool,
    pub asked_across: bool,
    pub participates: bool,
    pub helped: bool,
    pub met_nuisance: bool,
    pub feels_safe: bool,
    pub is_proud: bool,
    /// Asked in person, helping, or volunteering here.
    pub needed: bool,
    /// Calls the own health good; no for children, who are not asked.
    pub good_health: bool,
    /// Can manage at home; nothing for those of whom it is no question.
    pub can_stay_home: Option<bool>,
    /// Needs a year that nobody met.
    pub unmet: f32,
}

impl Interview {
    #[inline]
    fn hold(
        traits: &Traits,
        state: &State,
        ties: TieCounts,
        (addresses, pride): (f32, f32),
        week: i32,
        view: &View<'_>,
    ) -> Self {
        let tendency = view.tendencies.of(traits.person);
        let (well, stays) = tendency.health();
        let (is_adult, h) = (traits.is_adult(week), &view.health);
        let situation = Situation {
            faces: ties.all as f32,
            addresses,
            neighbour_to_rely_on: ties.near > 0,
            neighbour_weeks: state.neighbour_weeks,
            belonging: state.belonging,
            trust: state.trust,
            attitude: state.attitude,
            capability: state.capability,
        };
        let sheet = loneliness::answers(state.social_deficit, state.emotional_deficit, &tendency);
        Self {
            ties,
            loneliness: loneliness::score(&sheet),
            cohesion: cohesion::answers(&situation, &tendency),
            trusts: instruments::trusts(state.trust, &tendency),
            weekly_neighbours: state.neighbour_weeks >= instruments::WEEKLY,
            weekly_family: state.family_weeks >= instruments::WEEKLY,
            weekly_friends: state.friend_weeks >= instruments::WEEKLY,
            volunteered: instruments::volunteered(state, week),
            volunteer_weeks: if state.volunteers_here() { week - state.volunteering_since } else { 0 },
            asked: state.asked >= instruments::HELPED,
            asked_across: state.asked_across >= instruments::HELPED,
            participates: state.visits >= instruments::MONTHLY,
            helped: state.helped >= instruments::HELPED,
            met_nuisance: state.nuisance >= instruments::MET_NUISANCE,
            feels_safe: instruments::feels_safe(state, &tendency),
            is_proud: instruments::is_proud(pride, &tendency),
            needed: instruments::needed(state),
            good_health: is_adult && instruments::health::is_good(h, traits, state, week, well),
            can_stay_home: is_adult
                .then(|| instruments::health::can_stay_home(h, traits, state, week, stays))
                .flatten(),
            unmet: (state.needs - state.needs_informal - state.needs_formal).max(0.0),
        }
    }
}
