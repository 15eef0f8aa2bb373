//! What ties within the neighbourhood amount to: those that amount to something are listed, weighed several at a time
//! and added up for whose they are.

use std::ops::Range;

use pulp::{Arch, Simd};

use super::AT_ONCE;
use crate::model::neighbourhood::network::{HalfTie, Listed, Network};
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

/// What the half-ties of some rows amount to that amount to something, in a list for each kind. Most are faces: adding them
/// would wait for one sum after the other, and how many the rest of a row are cannot be foreseen, so that all are listed with
/// whose they are.
#[derive(Debug, Default)]
pub struct Amounts {
    counts: Vec<u8>,
    listed: Listed,
    strengths: Vec<f32>,
    flags: Vec<u8>,
    /// What each other who is a housemate counts for; says nothing of the rest.
    housemates: Vec<f32>,
    each: Vec<Amount>,
}

impl Amounts {
    /// Adds up what the rows of these residents amount to, each in its order.
    pub(super) fn add_up(
        &mut self,
        network: &Network,
        slots: Range<usize>,
        housemates: &[f32],
        p: &Ties,
        sums: &mut [Amount; AT_ONCE],
    ) {
        let rows = network.row(slots.start).start..network.row(slots.end - 1).end;
        let ties = network.half_ties();
        let (strengths, flags) = (&ties.strengths()[rows.clone()], &ties.flags()[rows.clone()]);
        let others = &ties.others()[rows];
        self.counts.resize(strengths.len(), 0);
        note(&mut self.counts, strengths, flags, p);
        self.listed.list(&self.counts, 0, network.starts(slots));
        let places = || self.listed.places().iter().map(|place| *place as usize);
        self.strengths.clear();
        self.strengths.extend(places().map(|place| strengths[place]));
        self.flags.clear();
        self.flags.extend(places().map(|place| flags[place]));
        self.housemates.clear();
        self.housemates.extend(places().map(|place| housemates[others[place] as usize]));
        self.each.resize(self.strengths.len(), Amount::default());
        weigh(&mut self.each, &self.strengths, &self.flags, &self.housemates, p);
        sums.fill(Amount::default());
        for (owner, amount) in self.listed.owners().iter().zip(&self.each) {
            let sum = &mut sums[*owner as usize % AT_ONCE];
            sum.kin += amount.kin;
            sum.friends += amount.friends;
            sum.neighbours += amount.neighbours;
            sum.confidants += amount.confidants;
        }
    }
}

/// Notes what each resident counts for as a housemate. The partner is reckoned with apart; other grown ones are kin at hand.
pub(super) fn note_housemates(housemates: &mut Vec<f32>, people: &[Traits], week: i32) {
    housemates.clear();
    housemates.extend(people.iter().map(|traits| if traits.is_adult(week) { 0.5 } else { 0.0 }));
}

/// Notes which half-ties may amount to something, of as many at a time as the processor can.
#[pulp::with_simd(note = Arch::new())]
#[inline(always)]
fn note_wide<'a, S: Simd>(_: S, counts: &'a mut [u8], strengths: &'a [f32], flags: &'a [u8], p: &'a Ties) {
    // Where close ones need not be known, anybody may.
    let ordinary = p.known < p.close;
    for (counts, (strength, flags)) in counts.iter_mut().zip(strengths.iter().zip(flags)) {
        *counts = u8::from(!ordinary | (*strength > p.known) | (flags & HalfTie::HOUSEHOLD != 0));
    }
}

/// Weighs half-ties, as many at a time as the processor can.
#[pulp::with_simd(weigh = Arch::new())]
#[inline(always)]
fn weigh_wide<'a, S: Simd>(
    _: S,
    amounts: &'a mut [Amount],
    strengths: &'a [f32],
    flags: &'a [u8],
    housemates: &'a [f32],
    p: &'a Ties,
) {
    let ties = strengths.iter().zip(flags).zip(housemates);
    for (amount, ((strength, flags), housemate)) in amounts.iter_mut().zip(ties) {
        // From an acquaintance on a tie begins to count; a close one counts whole.
        let worth = ((*strength - p.known) / (p.close - p.known)).clamp(0.0, 1.0);
        let at_home = flags & HalfTie::HOUSEHOLD != 0;
        let is_kin = flags & HalfTie::KIN != 0;
        let is_other = !at_home & !is_kin;
        let is_friend = is_other & (*strength >= p.friend);
        let is_neighbour = is_other & !is_friend & (flags & HalfTie::NEAR != 0);
        let of_kin = if is_kin { worth } else { 0.0 };
        let of_others = if is_other & !is_neighbour { 0.5 * worth } else { 0.0 };
        *amount = Amount {
            kin: if at_home { *housemate } else { of_kin },
            friends: if is_friend { worth } else { of_others },
            neighbours: if is_neighbour { worth } else { 0.0 },
            confidants: if !at_home & (*strength >= p.close) { 0.7 } else { 0.0 },
        };
    }
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, Amount, Amounts, note, note_wide, weigh, weigh_wide};
    use crate::model::neighbourhood::network::{HalfTie, Network, TieOrigin};
    use crate::model::parameters::Parameters;

    #[test]
    fn ties_weighed_several_at_a_time_are_weighed_as_one_by_one() {
        const TIES: usize = 203;
        let p = Parameters::default().ties;
        let strengths: Vec<f32> = (0..TIES).map(|nth| (nth * 37 % TIES) as f32 / TIES as f32).collect();
        let flags: Vec<u8> = (0..TIES).map(|nth| (nth % 16) as u8).collect();
        let housemates: Vec<f32> = (0..TIES).map(|nth| if nth % 3 == 0 { 0.5 } else { 0.0 }).collect();
        let (mut amounts, mut twins) = ([Amount::default(); TIES], [Amount::default(); TIES]);
        weigh(&mut amounts, &strengths, &flags, &housemates, &p);
        weigh_wide(pulp::Scalar, &mut twins, &strengths, &flags, &housemates, &p);
        assert_eq!(amounts, twins);
        let (mut counts, mut too) = ([7; TIES], [7; TIES]);
        note(&mut counts, &strengths, &flags, &p);
        note_wide(pulp::Scalar, &mut too, &strengths, &flags, &p);
        assert_eq!(counts, too);
        // What does not count amounts to nothing.
        for (counts, amount) in counts.iter().zip(&amounts) {
            assert!(*counts == 1 || *amount == Amount::default());
        }
        assert!(counts.contains(&0) && amounts.iter().any(|amount| amount.neighbours > 0.0));
    }

    #[test]
    fn rows_amount_to_what_their_ties_do_one_by_one() {
        let tie = |a: u32, b: u32| {
            let flags = (a * b % 16) as u8;
            (a, HalfTie::new(b, ((a * b) % 10) as f32 / 10.0, 0, TieOrigin::STREET, flags))
        };
        let pairs = (0..60).flat_map(|a| (a + 1..60).filter(move |b| (a * 7 + b) % 4 == 0).map(move |b| tie(a, b)));
        let network = Network::from_ties(61, pairs);
        let housemates: Vec<f32> = (0..61).map(|slot| if slot % 3 == 0 { 0.5 } else { 0.0 }).collect();
        let (p, mut amounts, mut sums) = (Parameters::default().ties, Amounts::default(), [Amount::default(); AT_ONCE]);
        for slots in [0..AT_ONCE, AT_ONCE..61] {
            amounts.add_up(&network, slots.clone(), &housemates, &p, &mut sums);
            for (slot, sum) in slots.zip(&sums) {
                let mut one_by_one = Amount::default();
                for tie in network.of(slot).iter() {
                    let mut each = [Amount::default()];
                    weigh_wide(
                        pulp::Scalar,
                        &mut each,
                        &[tie.strength],
                        &[tie.flags],
                        &[housemates[tie.other as usize]],
                        &p,
                    );
                    one_by_one.kin += each[0].kin;
                    one_by_one.friends += each[0].friends;
                    one_by_one.neighbours += each[0].neighbours;
                    one_by_one.confidants += each[0].confidants;
                }
                assert_eq!(*sum, one_by_one, "{slot}");
            }
        }
    }
}
