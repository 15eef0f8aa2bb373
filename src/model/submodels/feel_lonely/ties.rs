//! What ties within the neighbourhood amount to: reckoned with several half-ties at a time, then added up row by row.

use std::ops::Range;

use pulp::{Arch, Simd};

use crate::model::neighbourhood::network::{HalfTie, Network};
use crate::model::neighbourhood::resident::Traits;
use crate::model::parameters::Ties;

/// What one or more ties amount to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Amount {
    /// Kin at hand.
    pub kin: f32,
    /// Friends, close ones counted whole and acquaintances in part.
    pub friends: f32,
    /// Neighbours.
    pub neighbours: f32,
    /// People to confide in.
    pub confidants: f32,
}

/// What each half-tie of some rows amounts to, in a list for each kind: most are faces and amount to nothing, but which do
/// cannot be foreseen, so that adding nothing is cheaper than passing over.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Amounts {
    /// What each other who is a housemate counts for; says nothing of the rest.
    housemates: Vec<f32>,
    kin: Vec<f32>,
    friends: Vec<f32>,
    neighbours: Vec<f32>,
    confidants: Vec<f32>,
}

impl Amounts {
    /// What a row amounts to, added up in its order.
    #[inline]
    pub(super) fn of(&self, row: Range<usize>) -> Amount {
        let mut sum = Amount::default();
        let (kin, friends) = (&self.kin[row.clone()], &self.friends[row.clone()]);
        let (neighbours, confidants) = (&self.neighbours[row.clone()], &self.confidants[row]);
        for (((kin, friends), neighbours), confidants) in kin.iter().zip(friends).zip(neighbours).zip(confidants) {
            sum.kin += kin;
            sum.friends += friends;
            sum.neighbours += neighbours;
            sum.confidants += confidants;
        }
        sum
    }
}

/// Notes what each resident counts for as a housemate. The partner is reckoned with apart; other grown ones are kin at hand.
pub(super) fn note_housemates(housemates: &mut Vec<f32>, people: &[Traits], week: i32) {
    housemates.clear();
    housemates.extend(people.iter().map(|traits| if traits.is_adult(week) { 0.5 } else { 0.0 }));
}

/// Notes what each half-tie in the rows of these residents amounts to; returns where their rows begin.
pub(super) fn note_ties(
    network: &Network,
    slots: Range<usize>,
    housemates: &[f32],
    p: &Ties,
    amounts: &mut Amounts,
) -> usize {
    let rows = network.row(slots.start).start..network.row(slots.end - 1).end;
    let ties = network.half_ties();
    let (others, flags) = (&ties.others()[rows.clone()], &ties.flags()[rows.clone()]);
    let Amounts { housemates: own, kin, friends, neighbours, confidants } = amounts;
    for list in [&mut *own, kin, friends, neighbours, confidants] {
        list.resize(rows.len(), 0.0);
    }
    look_up(own, housemates, others, flags);
    weigh(&ties.strengths()[rows.clone()], flags, p, amounts);
    rows.start
}

/// Looks up what the others count for who are housemates, and of nobody else: eight half-ties at a time, for few are.
fn look_up(own: &mut [f32], housemates: &[f32], others: &[u32], flags: &[u8]) {
    const EACH: u64 = HalfTie::HOUSEHOLD as u64 * 0x0101_0101_0101_0101;
    let (eights, rest) = flags.as_chunks::<8>();
    for (nth, eight) in (0..).step_by(8).zip(eights) {
        let mut left = u64::from_le_bytes(*eight) & EACH;
        while left != 0 {
            let place = nth + left.trailing_zeros() as usize / 8;
            own[place] = housemates[others[place] as usize];
            left &= left - 1;
        }
    }
    for place in others.len() - rest.len()..others.len() {
        own[place] = housemates[others[place] as usize];
    }
}

/// Weighs half-ties, as many at a time as the processor can.
#[pulp::with_simd(weigh = Arch::new())]
#[inline(always)]
fn weigh_wide<'a, S: Simd>(_: S, strengths: &'a [f32], flags: &'a [u8], p: &'a Ties, amounts: &'a mut Amounts) {
    let Amounts { housemates, kin, friends, neighbours, confidants } = amounts;
    let close = kin.iter_mut().zip(confidants);
    let others = friends.iter_mut().zip(neighbours);
    let ties = strengths.iter().zip(flags).zip(housemates);
    for (((strength, flags), housemate), ((kin, confidants), (friends, neighbours))) in ties.zip(close.zip(others)) {
        // From an acquaintance on a tie begins to count; a close one counts whole.
        let worth = ((*strength - p.known) / (p.close - p.known)).clamp(0.0, 1.0);
        let at_home = flags & HalfTie::HOUSEHOLD != 0;
        let is_kin = flags & HalfTie::KIN != 0;
        let is_other = !at_home & !is_kin;
        let is_friend = is_other & (*strength >= p.friend);
        let is_neighbour = is_other & !is_friend & (flags & HalfTie::NEAR != 0);
        let of_kin = if is_kin { worth } else { 0.0 };
        let of_others = if is_other & !is_neighbour { 0.5 * worth } else { 0.0 };
        *kin = if at_home { *housemate } else { of_kin };
        *friends = if is_friend { worth } else { of_others };
        *neighbours = if is_neighbour { worth } else { 0.0 };
        *confidants = if !at_home & (*strength >= p.close) { 0.7 } else { 0.0 };
    }
}

#[cfg(test)]
mod tests {
    use super::{Amounts, weigh, weigh_wide};
    use crate::model::neighbourhood::network::HalfTie;
    use crate::model::parameters::Parameters;

    #[test]
    fn ties_weighed_several_at_a_time_are_weighed_as_one_by_one() {
        const TIES: usize = 203;
        let strengths: Vec<f32> = (0..TIES).map(|nth| (nth * 37 % TIES) as f32 / TIES as f32).collect();
        let flags: Vec<u8> = (0..TIES).map(|nth| (nth % 16) as u8).collect();
        let room = || vec![0.0; TIES];
        let housemates = (0..TIES).map(|nth| if nth % 3 == 0 { 0.5 } else { 0.0 }).collect();
        let mut amounts = Amounts { housemates, kin: room(), friends: room(), neighbours: room(), confidants: room() };
        let mut twin = amounts.clone();
        weigh(&strengths, &flags, &Parameters::default().ties, &mut amounts);
        weigh_wide(pulp::Scalar, &strengths, &flags, &Parameters::default().ties, &mut twin);
        assert_eq!(amounts, twin);
        let kin = flags.iter().position(|flags| *flags == HalfTie::KIN).expect("there is kin");
        assert!(amounts.of(kin..kin + 1).friends == 0.0 && amounts.of(0..TIES).neighbours > 0.0);
    }
}
