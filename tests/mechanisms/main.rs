//! Knock-out tests: with a mechanism the pattern that the field describes appears, without it the pattern goes away.
//!
//! Each test compares worlds with the same people and the same luck over [`paired::REPLICATIONS`] seeds. "Without" is the
//! mechanism's switch, its constant at zero, or the lever left alone; where the model then makes both worlds the same to
//! the bit, that is what is asked. Rows M1, M2... are those of the ODD's submodels.

#[path = "../common/mod.rs"]
mod common;

mod asking;
mod homes;
mod measures;
mod paired;
mod places;
mod quiet;
mod ties;
mod workers;
