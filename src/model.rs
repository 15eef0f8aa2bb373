#![doc = include_str!("model/odd.md")]

pub mod blueprint;
pub mod chance;
pub mod claims;
pub mod desk;
pub mod initialization;
pub mod neighbourhood;
pub mod parameters;
pub mod policy;
pub mod quantities;
pub mod rule;
pub mod schedule;
pub mod submodels;
pub mod town;
pub mod world;

#[cfg(test)]
pub(crate) mod fixture;
