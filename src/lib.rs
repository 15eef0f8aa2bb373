//! noaber: an agent-based simulator of neighbourhood social cohesion.

pub mod model;
pub mod observation;
pub mod report;
pub mod results;
pub mod scenario;
