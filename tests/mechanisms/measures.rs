//! What the tests measure in a world, beside the measures of the dictionary.

use noaber::model::neighbourhood::Neighbourhood;
use noaber::model::neighbourhood::network::HalfTie;
use noaber::model::neighbourhood::resident::{State, Traits};
use noaber::model::world::World;

/// The one neighbourhood of a world.
pub fn here(world: &World) -> &Neighbourhood {
    &world.neighbourhoods()[0]
}

/// Mean over the adults of a group.
pub fn mean_of(world: &World, group: impl Fn(&Traits) -> bool, value: impl Fn(&State) -> f32) -> f64 {
    let n = here(world);
    let values: Vec<f64> = n
        .residents()
        .filter(|slot| n.traits[*slot].is_adult(world.week()) && group(&n.traits[*slot]))
        .map(|slot| f64::from(value(&n.state[slot])))
        .collect();
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Mean over all adults.
pub fn mean(world: &World, value: impl Fn(&State) -> f32) -> f64 {
    mean_of(world, |_| true, value)
}

/// Sum over ties outside the household, for each resident.
pub fn per_resident(world: &World, value: impl Fn(&HalfTie) -> f32) -> f64 {
    let n = here(world);
    let ties = n.network.half_ties().iter().filter(|tie| !tie.is_household());
    ties.map(|tie| f64::from(value(&tie))).sum::<f64>() / n.residents().count() as f64
}

/// Trust of all residents in the professional of a post, for each resident.
pub fn trust_in(world: &World, post: &str) -> f64 {
    let n = here(world);
    let post = n.professionals.iter().find(|professional| professional.key == post).expect("the post");
    post.ties.iter().map(|tie| f64::from(tie.trust)).sum::<f64>() / n.residents().count() as f64
}

/// Residents who volunteer with initiatives here.
pub fn volunteers(world: &World) -> f64 {
    here(world).state.iter().filter(|state| state.volunteers_here()).count() as f64
}
