//! To whom somebody goes with a need: kin, then friends, then neighbours.

use pulp::{Arch, Simd};

use crate::model::neighbourhood::network::{HalfTie, Row};
use crate::model::parameters::Ties;

/// Room for those to whom somebody goes with a need.
#[derive(Debug, Default)]
pub struct Askable {
    /// Of each in the row whether kin, friend or neighbour, a bit for each.
    rings: Vec<u8>,
    /// Places in the row of each of these.
    places: [Vec<u32>; 3],
    /// How many of each there are; what stands behind says nothing.
    lengths: [usize; 3],
}

impl Askable {
    /// Lists the places in a row of kin, friends and neighbours, from this place on and around.
    ///
    /// Each place is written on every list, and the list that it is for made longer by it: who is what cannot be foreseen.
    pub(super) fn list(&mut self, row: Row<'_>, start: usize, t: &Ties) {
        let Self { rings, places, lengths } = self;
        rings.resize(row.len(), 0);
        tell_rings(rings, row, t);
        for list in &mut *places {
            list.resize(row.len(), 0);
        }
        *lengths = [0; 3];
        for part in [start..row.len(), 0..start] {
            for (place, bits) in part.clone().zip(&rings[part]) {
                for (ring, (list, length)) in places.iter_mut().zip(&mut *lengths).enumerate() {
                    list[*length] = place as u32;
                    *length += usize::from(bits >> ring & 1);
                }
            }
        }
    }

    /// The places in the row of kin, of friends, or of neighbours.
    pub(super) fn ring(&self, ring: usize) -> &[u32] {
        &self.places[ring][..self.lengths[ring]]
    }
}

/// Tells kin, friends and neighbours by a bit for each, of as many at a time as the processor can.
#[pulp::with_simd(tell_rings = Arch::new())]
#[inline(always)]
fn tell_rings_wide<'a, S: Simd>(_: S, rings: &'a mut [u8], row: Row<'a>, t: &'a Ties) {
    for (bits, (strength, flags)) in rings.iter_mut().zip(row.strengths().iter().zip(row.flags())) {
        let kin = u8::from(flags & (HalfTie::KIN | HalfTie::HOUSEHOLD) == HalfTie::KIN);
        let other = u8::from(flags & HalfTie::KIN == 0);
        let near = u8::from(flags & HalfTie::NEAR != 0);
        let (known, friend) = (u8::from(*strength >= t.known), u8::from(*strength >= t.friend));
        *bits = kin | (other & friend) << 1 | (other & near & known & !friend) << 2;
    }
}

#[cfg(test)]
mod tests {
    use super::{Askable, tell_rings_wide};
    use crate::model::neighbourhood::network::{HalfTie, Network, TieOrigin};
    use crate::model::parameters::Parameters;

    #[test]
    fn kin_friends_and_neighbours_are_listed_from_anywhere_on_and_around() {
        let tie =
            |other: u32| HalfTie::new(other, (other * 7 % 100) as f32 / 100.0, 0, TieOrigin::STREET, other as u8 % 16);
        let network = Network::from_ties(100, (1..100).map(|other| (0, tie(other))));
        let (row, t, mut askable) = (network.of(0), Parameters::default().ties, Askable::default());
        let mut one_by_one = vec![7; row.len()];
        tell_rings_wide(pulp::Scalar, &mut one_by_one, row, &t);
        for start in [0, 40, row.len() - 1] {
            askable.list(row, start, &t);
            assert_eq!(askable.rings, one_by_one);
            let around = || (start..row.len()).chain(0..start);
            let ring = |nth: usize| askable.ring(nth).iter().map(|place| *place as usize);
            let friend = |place: &usize| !row.at(*place).is_kin() && row.at(*place).strength >= t.friend;
            let neighbour = |place: &usize| {
                let tie = row.at(*place);
                !tie.is_kin() && tie.strength >= t.known && tie.strength < t.friend && tie.is_near()
            };
            assert!(ring(0).eq(around().filter(|place| row.at(*place).is_kin() && !row.at(*place).is_household())));
            assert!(ring(1).eq(around().filter(friend)) && ring(2).eq(around().filter(neighbour)));
            assert!(askable.lengths.iter().all(|length| *length > 0));
        }
    }
}
