//! Protocol `ties-kept-seven-years`: which ties are named again after seven years (Mollenhorst, Völker and Flap 2014).
//!
//! Asked are adults who live here at both moments. They name kin of other households, friends, and acquaintances whom they
//! saw in recent weeks. A tie whose other end left or died is not named again, as in the survey. Kin and friends outside the
//! neighbourhood are counted and not followed one by one: of those named first, as many are expected to be left as the
//! chances of losing one say. Whether the role is the same is known of ties inside, and taken to be so of all that are kept.

use std::collections::BTreeMap;

use super::sums::Sum;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::network::HalfTie;
use crate::model::neighbourhood::resident::YEAR;
use crate::model::parameters::Ties;
use crate::model::quantities::Person;
use crate::model::submodels::let_ties_fade::outside::friend_lost;
use crate::model::world::World;

/// Weeks between the two interviews.
pub(super) const WEEKS: u32 = 7 * 52;

/// An acquaintance seen within so many weeks comes to mind.
const RECENT_WEEKS: i32 = 4;

/// As what somebody is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Kin,
    Friend,
    Neighbour,
    Other,
}

/// Whom an adult names.
struct Names {
    inside: BTreeMap<Person, Role>,
    kin_outside: f64,
    friends_outside: f64,
    age: i32,
}

/// Whom each adult names, in order of person.
type Named = BTreeMap<Person, Names>;

pub(super) struct TiesKept {
    first: Named,
}

fn role(tie: &HalfTie, layers: &Ties, week: i32) -> Option<Role> {
    if tie.is_household() {
        return None;
    }
    let seen = week - i32::from(tie.last_contact) <= RECENT_WEEKS;
    match tie {
        _ if tie.is_kin() => Some(Role::Kin),
        _ if tie.strength >= layers.friend => Some(Role::Friend),
        _ if tie.strength < layers.known || !seen => None,
        _ if tie.is_near() => Some(Role::Neighbour),
        _ => Some(Role::Other),
    }
}

fn named(world: &World) -> Named {
    let (layers, week) = (&world.parameters().ties, world.week());
    let of = |n: &Neighbourhood, slot: usize| {
        let row = n.network.of(slot).iter();
        Names {
            inside: row
                .filter_map(|tie| Some((n.traits[tie.other as usize].person, role(&tie, layers, week)?)))
                .collect(),
            kin_outside: f64::from(n.state[slot].kin_outside),
            friends_outside: f64::from(n.state[slot].friends_outside),
            age: n.traits[slot].age(week),
        }
    };
    let mut named = Named::new();
    for n in world.neighbourhoods() {
        let adults = n.residents().filter(|slot| n.traits[*slot].born <= week - 18 * YEAR);
        named.extend(adults.map(|slot| (n.traits[slot].person, of(n, slot))));
    }
    named
}

impl TiesKept {
    pub(super) fn begin(world: &World) -> Self {
        Self { first: named(world) }
    }

    /// In the order of the protocol's outcomes.
    pub(super) fn end(&self, world: &World) -> Vec<Sum> {
        let second = named(world);
        let p = world.parameters();
        let [mut before, mut after, mut kept, mut inside, mut same] = [0.0; 5];
        for (person, first) in &self.first {
            let Some(second) = second.get(person) else { continue };
            let all = |names: &Names| names.inside.len() as f64 + names.kin_outside + names.friends_outside;
            before += all(first);
            after += all(second);
            // A friend is left when none of the weeks took it.
            let friend: f64 =
                (first.age..first.age + 7).map(|age| (1.0 - f64::from(friend_lost(age, p))).powi(YEAR)).product();
            let kin = (1.0 - f64::from(p.ties.kin_lost)).powi(7 * YEAR);
            kept += first.friends_outside * friend + first.kin_outside * kin;
            for (other, role) in &first.inside {
                let again = second.inside.get(other);
                kept += f64::from(u8::from(again.is_some()));
                inside += f64::from(u8::from(again.is_some()));
                same += f64::from(u8::from(again == Some(role)));
            }
        }
        // A neighbourhood where nobody is named again inside has no say in the roles of the others.
        let same_role = if inside > 0.0 { Sum::of(kept * same / inside, before) } else { Sum::of(0.0, 0.0) };
        vec![Sum::of(kept, before), same_role, Sum::of(after, before)]
    }
}
