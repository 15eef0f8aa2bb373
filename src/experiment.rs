//! From a design to observations and effects: replications with the same people and the same luck in every scenario.
//!
//! A replication grows one world, lives the burn-in once for all scenarios that share it, and lives each scenario from
//! there. Effects are differences from the baseline within a replication, so that luck that both worlds share cancels.

pub mod bench;
pub mod calibrate;
pub mod costs;
pub mod districts;
pub mod effects;
pub mod explain;
pub mod fingerprint;
pub mod record;
pub mod recovery;
pub mod run;
pub mod statistics;
pub mod trace;
pub mod uncertainty;
pub mod validate;

pub use districts::{DistrictEffect, district_effects, has_districts};
pub use effects::{Effect, effects};
pub use record::{Course, InForce, Record, Replication};
pub use recovery::{Recovery, recoveries};
pub use run::{Ended, Moment, Watch, run};
