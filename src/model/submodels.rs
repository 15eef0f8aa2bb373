//! ODD 7 (Submodels): one process, one file, one function, in the order of the schedule.

pub mod enact_policies;
pub mod settle_funding;
pub mod move_households;
pub mod choose_places;
pub mod meet;
pub mod bond;
pub mod bridge;
pub mod link;
pub mod teach;
pub mod keep_order;
pub mod seek_help;
pub mod ask_and_join;
pub mod strengthen_ties;
pub mod let_ties_fade;
pub mod revise_trust;
pub mod renew_belonging;
pub mod grow_capability;
pub mod feel_lonely;
