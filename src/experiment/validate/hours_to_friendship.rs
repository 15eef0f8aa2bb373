//! Protocol `hours-to-friendship`: how many hours two people shared when their new tie first was that of a friend (Hall 2019).
//!
//! Ties that begin in the first years of the protocol are followed week by week. A friend is closer than a casual friend by
//! the hours that Hall found, on the model's own scale of strength.

use std::collections::BTreeMap;

use super::sums::Sum;
use crate::model::world::World;

/// Weeks that new ties are followed.
pub(super) const WEEKS: u32 = 3 * 52;

/// Shared hours that make a friend and a close friend, in the survey; the casual friend is a layer of the model.
const FRIEND_HOURS: f32 = 90.0;
const CLOSE_HOURS: f32 = 200.0;

/// A tie by neighbourhood and the numbers of its two people, as they are all through its life.
type Pair = (u32, u64, u64);

pub(super) struct HoursToFriendship {
    since: i32,
    /// Strength of each layer.
    layers: [f32; 3],
    /// Minutes shared so far, and how many layers were reached.
    ties: BTreeMap<Pair, (f64, usize)>,
    /// Hours at which ties reached each layer.
    reached: [Vec<f64>; 3],
}

impl HoursToFriendship {
    pub(super) fn begin(world: &World) -> Self {
        let ties = &world.parameters().ties;
        let strength = |hours: f32| 1.0 - libm::expf(-hours / ties.hours_scale);
        Self {
            since: world.week(),
            layers: [ties.friend, strength(FRIEND_HOURS), strength(CLOSE_HOURS)],
            ties: BTreeMap::new(),
            reached: Default::default(),
        }
    }

    pub(super) fn note(&mut self, world: &World) {
        for n in world.neighbourhoods() {
            for slot in n.residents() {
                for tie in n.network.of(slot).iter().filter(|tie| i32::from(tie.since) >= self.since) {
                    let (a, b) = (n.traits[slot].person, n.traits[tie.other as usize].person);
                    // Kin who come to live near bring their tie along, and it began long before.
                    if a >= b || tie.is_kin() || tie.minutes == 0 {
                        continue;
                    }
                    let (minutes, layer) = self.ties.entry((n.number, a.0, b.0)).or_default();
                    *minutes += f64::from(tie.minutes);
                    while *layer < self.layers.len() && tie.strength >= self.layers[*layer] {
                        self.reached[*layer].push(*minutes / 60.0);
                        *layer += 1;
                    }
                }
            }
        }
    }

    /// Medians in the order of the protocol's outcomes, each weighing as many as it is the median of.
    pub(super) fn end(mut self) -> Vec<Sum> {
        let median = |hours: &mut Vec<f64>| {
            hours.sort_by(f64::total_cmp);
            let count = hours.len();
            if count == 0 {
                return Sum::of(0.0, 0.0);
            }
            let middle = f64::midpoint(hours[(count - 1) / 2], hours[count / 2]);
            Sum::of(middle * count as f64, count as f64)
        };
        self.reached.iter_mut().map(median).collect()
    }
}
