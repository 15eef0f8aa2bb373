//! To whom somebody goes with a need: kin, then friends, then neighbours.

use pulp::{Arch, Simd};

use crate::model::neighbourhood::network::{HalfTie, Network, lowest_bits};
use crate::model::parameters::Ties;

/// Half-ties looked at at once: rows are shorter than the processor could take, so that whole pieces are told.
const AT_ONCE: usize = 64;

/// Room for those to whom somebody goes with a need.
#[derive(Debug, Default)]
pub struct Askable {
    /// Of each in the row whether kin, friend or neighbour, a bit for each, up to whole pieces: what stands behind the row says
    /// nothing.
    rings: Vec<u8>,
    /// How many there are in the row.
    length: usize,
}

impl Askable {
    /// Notes who in somebody's row is what.
    pub(super) fn note(&mut self, network: &Network, slot: usize, t: &Ties) {
        let (row, all) = (network.row(slot), network.half_ties());
        self.length = row.len();
        self.rings.resize(row.len().next_multiple_of(AT_ONCE), 0);
        // Over the end of the row, if there is more behind it.
        let until = (row.start + self.rings.len()).min(all.len());
        let (strengths, flags) = (&all.strengths()[row.start..until], &all.flags()[row.start..until]);
        for ((rings, strengths), flags) in
            self.rings.chunks_mut(AT_ONCE).zip(strengths.chunks(AT_ONCE)).zip(flags.chunks(AT_ONCE))
        {
            tell_rings(rings, strengths, flags, t);
        }
    }

    /// The places in the row of kin, of friends, or of neighbours, from this place on and around: found 64 at a time, for
    /// mostly the first few are all that is wanted.
    pub(super) fn ring(&self, ring: usize, start: usize) -> impl Iterator<Item = usize> {
        let (chunks, _) = self.rings.as_chunks::<AT_ONCE>();
        let (first, on) = (start / AT_ONCE, u64::MAX << (start % AT_ONCE));
        let parts = [(first..chunks.len(), on), (0..first + 1, !on)];
        let around = parts.into_iter().flat_map(move |(part, at_start)| {
            part.map(move |chunk| (chunk, if chunk == first { at_start } else { u64::MAX }))
        });
        around.flat_map(move |(chunk, wanted)| {
            let in_row = (self.length - chunk * AT_ONCE).min(AT_ONCE);
            let wanted = wanted & (u64::MAX >> (AT_ONCE - in_row));
            let mut left = lowest_bits(&chunks[chunk].map(|bits| bits >> ring)) & wanted;
            std::iter::from_fn(move || {
                let place = (left != 0).then(|| chunk * AT_ONCE + left.trailing_zeros() as usize);
                left &= left.wrapping_sub(1);
                place
            })
        })
    }
}

/// Tells kin, friends and neighbours by a bit for each, of as many at a time as the processor can.
#[pulp::with_simd(tell_rings = Arch::new())]
#[inline(always)]
fn tell_rings_wide<'a, S: Simd>(_: S, rings: &'a mut [u8], strengths: &'a [f32], flags: &'a [u8], t: &'a Ties) {
    for (bits, (strength, flags)) in rings.iter_mut().zip(strengths.iter().zip(flags)) {
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
        tell_rings_wide(pulp::Scalar, &mut one_by_one, row.strengths(), row.flags(), &t);
        for start in [0, 40, 64, row.len() - 1] {
            askable.note(&network, 0, &t);
            assert_eq!(askable.rings[..row.len()], one_by_one);
            let around = || (start..row.len()).chain(0..start);
            let ring = |nth: usize| askable.ring(nth, start);
            let friend = |place: &usize| !row.at(*place).is_kin() && row.at(*place).strength >= t.friend;
            let neighbour = |place: &usize| {
                let tie = row.at(*place);
                !tie.is_kin() && tie.strength >= t.known && tie.strength < t.friend && tie.is_near()
            };
            assert!(ring(0).eq(around().filter(|place| row.at(*place).is_kin() && !row.at(*place).is_household())));
            assert!(ring(1).eq(around().filter(friend)) && ring(2).eq(around().filter(neighbour)));
            assert!((0..3).all(|nth| ring(nth).next().is_some()));
        }
    }
}
