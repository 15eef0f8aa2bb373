//! Protocol `households`: who lives together at the time of the survey.

use super::sums::Sum;
use crate::model::neighbourhood::{NONE, Neighbourhood};
use crate::model::world::World;

/// Households by the statistics' own sorts; children are those who live with a parent, of any age.
pub(super) fn count(world: &World) -> Vec<Sum> {
    let [mut all, mut one, mut couples, mut with_children, mut one_parent, mut people] = [0.0; 6];
    for n in world.neighbourhoods() {
        for home in (0..n.homes.len() as u32).filter(|home| !n.homes[*home as usize].is_vacant()) {
            let members = n.members(home).count();
            let is_couple = has_couple(n, home);
            all += 1.0;
            people += members as f64;
            match (members, is_couple) {
                (1, _) => one += 1.0,
                (2, true) => couples += 1.0,
                (_, couple) => {
                    with_children += 1.0;
                    one_parent += f64::from(u8::from(!couple));
                }
            }
        }
    }
    [one, couples, with_children, one_parent, people].map(|sum| Sum::of(sum, all)).to_vec()
}

fn has_couple(n: &Neighbourhood, home: u32) -> bool {
    n.members(home).any(|slot| n.traits[slot].partner != NONE)
}
