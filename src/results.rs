//! A results folder: its files, written whole or not at all.
//!
//! `manifest.json` is written last and taken away first, so a folder with a manifest is a folder whose tables belong
//! together. Until then there is only `journal/`, from which an interrupted run goes on.

pub mod again;
pub mod atomic;
pub mod calibration;
pub mod columns;
pub mod error;
pub mod folder;
pub mod journal;
pub mod machine;
pub mod manifest;
pub mod read;
pub mod tables;
pub mod targets;

pub use error::ResultsError;
pub use folder::{Claim, Folder, Settings};
