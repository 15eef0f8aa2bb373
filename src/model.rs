//! The model.

pub mod blueprint;
pub mod chance;
#[cfg(test)]
pub mod fixture;
pub mod initialization;
pub mod neighbourhood;
pub mod parameters;
pub mod policy;
pub mod quantities;
pub mod submodels;
pub mod world;
