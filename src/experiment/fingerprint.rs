//! The fingerprint of the model: a mark of how it behaves, so that parameter sets found with one model are not used with
//! another.
//!
//! A small world lives half a year under a parameter set, and what became of everybody is hashed, together with some
//! answers of residents and the values of all parameters that are not free. Anything that moves one resident of it moves
//! the mark; what moves nobody, such as a new file or a new column, does not.

use super::bench::synthetic;
use crate::model::parameters::{ParameterError, ParameterInfo, Parameters};
use crate::model::world::World;
use crate::observation::{Detail, measure_index, observe};

const RESIDENTS: u64 = 300;
const WEEKS: u32 = 26;
/// Any number would do, if only it stays.
const SEED: u64 = 0x6669_6e67_6572;

/// Answers of residents, so that instruments are in the mark too.
const ANSWERS: [&str; 9] = [
    "lonely",
    "strongly_lonely",
    "socially_lonely",
    "emotionally_lonely",
    "weekly_neighbours",
    "weekly_friends",
    "cohesion",
    "trust",
    "volunteers",
];

/// The mark of this model under these values of the free parameters: 16 hexadecimal digits, the same on every machine.
///
/// # Errors
/// When there is no parameter of that name, or a value lies outside its range.
pub fn fingerprint(free: &[(&str, f64)]) -> Result<String, ParameterError> {
    let mut blueprint = synthetic(RESIDENTS, RESIDENTS as u32);
    for (key, value) in free {
        blueprint.parameters.set(key, *value)?;
    }
    let mut hasher = blake3::Hasher::new();
    let defaults = Parameters::default();
    // What works between neighbourhoods alone cannot move anybody where there is one.
    let counts = |info: &&ParameterInfo| info.group != "town" && free.iter().all(|(key, _)| *key != info.key());
    for info in Parameters::TABLE.iter().filter(counts) {
        hasher.update(info.key().as_bytes());
        hasher.update(&defaults.get(&info.key()).unwrap_or_default().to_bits().to_le_bytes());
    }
    let mut world = World::grow(&blueprint, SEED, 0);
    for _ in 0..WEEKS {
        world.live_one_week();
    }
    for n in world.neighbourhoods() {
        for (slot, (traits, state)) in n.traits.iter().zip(&n.state).enumerate() {
            hasher.update(&traits.person.0.to_le_bytes());
            for value in [state.social_deficit, state.emotional_deficit, state.belonging, state.trust, state.energy] {
                hasher.update(&value.to_bits().to_le_bytes());
            }
            for tie in n.network.of(slot).iter() {
                hasher.update(&tie.other.to_le_bytes());
                hasher.update(&tie.strength.to_bits().to_le_bytes());
            }
        }
    }
    let observed = observe(&world, Detail::Quick);
    for answer in ANSWERS {
        let value = measure_index(answer).map_or(f64::NAN, |place| observed.value(0, place));
        hasher.update(&value.to_bits().to_le_bytes());
    }
    Ok(hasher.finalize().to_hex()[..16].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_changes_with_a_parameter_and_with_nothing_else() {
        let mark = |free: &[(&str, f64)]| fingerprint(free).expect("known parameters");
        let here = mark(&[("encounters.per_week", 4.4)]);
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
        assert_eq!(alone.install(|| mark(&[("encounters.per_week", 4.4)])), here);
        assert_ne!(mark(&[("encounters.per_week", 4.5)]), here);
        assert_eq!(here.len(), 16);
    }

    #[test]
    fn every_answer_is_a_measure() {
        for answer in ANSWERS {
            assert!(measure_index(answer).is_some(), "{answer}");
        }
    }

    #[test]
    fn a_parameter_that_is_not_there_has_no_fingerprint() {
        assert!(fingerprint(&[("encounters.per_wek", 4.4)]).is_err());
    }
}
