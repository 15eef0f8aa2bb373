//! The kernel by hand in plain Rust, as one would first write it: a list of ties, a common generator, one thread.

use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};

use crate::kernel::{self, Clock, LONELY, Outcome, WEEKS};

/// A list of ties, and who is how lonely.
pub fn run(residents: u64) -> Outcome {
    let mut ties: Vec<kernel::Tie> = kernel::start(residents).collect();
    let mut lonely = vec![LONELY; residents as usize];
    let mut contacts = vec![0_u32; residents as usize];
    let mut chance = SmallRng::seed_from_u64(1);
    let clock = Clock::start();
    for _ in 0..WEEKS {
        contacts.fill(0);
        for tie in &mut ties {
            let contact = chance.random::<f32>() < tie.strength;
            tie.strength = kernel::after(tie.strength, contact);
            contacts[tie.a as usize] += u32::from(contact);
            contacts[tie.b as usize] += u32::from(contact);
        }
        for (lonely, contacts) in lonely.iter_mut().zip(&contacts) {
            *lonely = kernel::feel(*lonely, *contacts);
        }
    }
    let spent = clock.stop();
    Outcome::of(spent, ties.iter().map(|tie| tie.strength), lonely.into_iter(), false)
}
