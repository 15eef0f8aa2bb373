//! ODD 3 (Process overview and scheduling): one week. **Start here.**
//!
//! Residents decide while all look at the same still neighbourhood (`&`), and what they decide lies on the desk; then the
//! neighbourhood changes (`&mut`), in an order that does not depend on threads. A neighbourhood lives its week alone, on one
//! thread, while it is in cache; many neighbourhoods live theirs in parallel.

use super::blueprint::Blueprint;
use super::chance::Chance;
use super::desk::Desk;
use super::neighbourhood::Neighbourhood;
use super::submodels::{
    ask_and_join::ask_and_join, bond::bond, bridge::bridge, choose_places::choose_places,
    enact_policies::enact_policies, feel_lonely::feel_lonely, grow_capability::grow_capability, keep_order::keep_order,
    let_ties_fade::let_ties_fade, link::link, meet::meet, move_households::move_households,
    renew_belonging::renew_belonging, revise_trust::revise_trust, seek_help::seek_help, settle_funding::settle_funding,
    strengthen_ties::strengthen_ties, teach::teach,
};

/// What a week brought, for those who watch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Happenings {
    /// Residents at the end of the week.
    pub residents: u64,
    /// Meetings of two people, nods and appointments included.
    pub meetings: u64,
    /// Ties between two people at the end of the week.
    pub ties: u64,
}

impl std::iter::Sum for Happenings {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, more| Self {
            residents: sum.residents + more.residents,
            meetings: sum.meetings + more.meetings,
            ties: sum.ties + more.ties,
        })
    }
}

/// Lives one week in one neighbourhood. These lines are the schedule.
pub fn live_one_week(
    n: &mut Neighbourhood,
    blueprint: &Blueprint,
    chance: Chance,
    week: i32,
    desk: &mut Desk,
) -> Happenings {
    let draws = chance.in_week(week);
    let rules = enact_policies(n, blueprint, week);
    settle_funding(n, &rules, chance, week);
    move_households(n, &rules, chance, week);
    if n.slots() == 0 {
        // Every home stands empty still: nobody is there to decide.
        return Happenings::default();
    }

    choose_places(n, &rules, draws, week, desk);
    meet(n, &rules, draws, week, desk);
    bond(n, &rules, week, desk);
    bridge(n, &rules, draws, desk);
    link(n, &rules, draws, week, desk);
    teach(n, &rules, chance, week, desk);
    keep_order(n, &rules, draws, week, desk);
    seek_help(n, &rules, draws, week, desk);
    ask_and_join(n, &rules, draws, week, desk);

    strengthen_ties(n, &rules, week, desk);
    let_ties_fade(n, &rules, draws, week, desk);
    revise_trust(n, &rules, desk);
    renew_belonging(n, &rules, week, desk);
    grow_capability(n, &rules, desk);
    feel_lonely(n, &rules, draws, week, desk);

    Happenings {
        residents: n.residents().count() as u64,
        meetings: desk.meetings.len() as u64,
        ties: n.network.ties() as u64,
    }
}
