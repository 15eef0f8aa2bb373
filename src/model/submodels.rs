//! ODD 7 (Submodels): one process, one file, one function, in the order of the schedule.

pub mod enact_policies;
pub mod move_households;
