//! A results folder: its files, written whole or not at all.

pub mod manifest;
