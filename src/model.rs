//! The model.

pub mod blueprint;
pub mod parameters;
pub mod policy;
pub mod quantities;
pub mod world;
