//! The words that two exchange who run into each other.

use std::ops::Range;

use pulp::{Arch, Simd};

use super::{AT_ONCE, Encounters, NOD, ROOM};
use crate::model::chance::{pair_bits, unit};
use crate::model::neighbourhood::network::Network;
use crate::model::submodels::bond::whole_minutes;
use crate::model::submodels::enact_policies::Rules;

/// What decides on the words that two exchange.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Words {
    /// Chance of words with a stranger without a key figure and with one, and with somebody known.
    stranger: [f32; 2],
    known: f32,
    familiar: f32,
    minutes: f32,
    /// Chance to know each other again after a nod, after words, and after words with a key figure.
    recognise: [f32; 3],
    key: u32,
}

impl Words {
    pub(super) fn new(rules: &Rules, key: u32) -> Self {
        let (e, recognise) = (&rules.parameters.encounters, rules.parameters.meeting.recognise);
        Self {
            stranger: [e.chat_with_stranger, e.chat_with_stranger.max(e.key_figure)],
            known: e.chat_with_known,
            familiar: e.familiar,
            minutes: e.minutes,
            recognise: [recognise * 0.25, recognise, recognise.max(e.key_figure)],
            key,
        }
    }
}

/// Looks up the ties of those whom residents run into: a piece of the row is compared at once, and no comparison decides
/// where to look next.
#[pulp::with_simd(look_up_ties = Arch::new())]
#[inline(always)]
pub(super) fn look_up_ties_wide<'a, S: Simd>(_: S, list: &'a mut Encounters, network: &'a Network, number: usize) {
    let (all, strengths) = (network.half_ties().others(), network.half_ties().strengths());
    for lane in &list.found[..number] {
        let lane = usize::from(*lane);
        let (slot, other) = (list.slots[lane] as usize, list.others[lane]);
        let tie = if all.len() < AT_ONCE {
            network.place_between(slot, other).map_or(0, |place| place + 1)
        } else {
            place_and_one(all, network.row(slot), other)
        };
        list.ties[lane] = tie;
        // Of those without a tie some strength is looked up, and not used.
        let strength = strengths.get((tie as usize).saturating_sub(1)).copied().unwrap_or(0.0);
        list.strengths[lane] = if tie > 0 { strength } else { 0.0 };
    }
}

/// Where somebody stands among those of a row of a long list, and one; 0 where nowhere.
#[inline(always)]
fn place_and_one(all: &[u32], row: Range<usize>, other: u32) -> u32 {
    let own = row.start as u32..row.end as u32;
    let mut found = [0; AT_ONCE];
    // Most rows are no longer than two pieces, so that it can be foreseen how many there are.
    for piece in 0..row.len().div_ceil(AT_ONCE).max(2) {
        // At the end of the list a piece reaches back.
        let first = (row.start + piece * AT_ONCE).min(all.len() - AT_ONCE);
        for (place, (found, there)) in (first as u32..).zip(found.iter_mut().zip(&all[first..first + AT_ONCE])) {
            let is_it = (*there == other) & (own.start <= place) & (place < own.end);
            *found |= if is_it { place + 1 } else { 0 };
        }
    }
    found.iter().fold(0, |all, found| all | found)
}

/// Works out what two exchange at each encounter, as many at a time as the processor can.
#[pulp::with_simd(exchange = Arch::new())]
#[inline(always)]
pub(super) fn exchange_wide<'a, S: Simd>(_: S, list: &'a mut Encounters, p: &'a Words) {
    let [.., speaks, for_long, _] = &list.words;
    let [mine, theirs] = &list.marks;
    for lane in 0..ROOM {
        let (strength, key_figure) = (list.strengths[lane], list.key_figures[lane] != 0);
        let outgoing = list.outgoing[lane].sqrt();
        let stranger = if key_figure { p.stranger[1] } else { p.stranger[0] };
        let words = stranger + (p.known - stranger) * strength / (strength + p.familiar);
        let words = unit(speaks[lane]) < words * outgoing;
        let length = p.minutes * (0.5 + unit(for_long[lane])) * (1.0 + 3.0 * strength);
        let length = whole_minutes(length).saturating_add(1);
        list.minutes[lane] = if words { length } else { NOD };
        let after_words = if key_figure { p.recognise[2] } else { p.recognise[1] };
        let recognise = if words { after_words } else { p.recognise[0] };
        let bits = pair_bits(p.key, mine[lane], theirs[lane]);
        list.spoken[lane] = u8::from(words);
        list.recognised[lane] = u8::from(unit(bits) < recognise);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::neighbourhood::network::{HalfTie, TieOrigin};

    #[test]
    fn words_exchanged_several_at_a_time_are_those_exchanged_one_by_one() {
        let p = Words {
            stranger: [0.2, 0.6],
            known: 0.9,
            familiar: 0.1,
            minutes: 5.0,
            recognise: [0.1, 0.4, 0.8],
            key: 77,
        };
        let mut list = Encounters::default();
        for (nth, word) in list.words.as_flattened_mut().iter_mut().enumerate() {
            *word = (nth as u32).wrapping_mul(0x9e37_79b9);
        }
        for lane in 0..ROOM {
            list.outgoing[lane] = (lane % 37) as f32 / 37.0;
            list.strengths[lane] = if lane % 3 == 0 { 0.0 } else { (lane % 41) as f32 / 41.0 };
            list.key_figures[lane] = u32::from(lane % 19 == 0);
            (list.marks[0][lane], list.marks[1][lane]) = (lane as u32 * 7, 900 - lane as u32);
        }
        let mut twin = list.clone();
        exchange(&mut list, &p);
        exchange_wide(pulp::Scalar, &mut twin, &p);
        assert!(list == twin && list.spoken.contains(&1) && list.recognised.contains(&1));
    }

    #[test]
    fn ties_are_found_where_they_stand() {
        const SLOTS: u32 = 120;
        for each in [0, 1, 5, 60] {
            let knows = |a: u32, b: u32| a < b && (a * 7 + b * 13) % SLOTS < each;
            let pairs = (0..SLOTS).flat_map(|a| (0..SLOTS).map(move |b| (a, b)));
            let ties = pairs.clone().filter(|(a, b)| knows(*a, *b));
            let tie = |(a, b): (u32, u32)| (a, HalfTie::new(b, (a + b) as f32 / 240.0, 0, TieOrigin::STREET, 0));
            let network = Network::from_ties(SLOTS as usize, ties.map(tie));
            let found = std::array::from_fn(|lane| lane as u8);
            let mut list = Encounters { found, ..Encounters::default() };
            for some in pairs.collect::<Vec<_>>().chunks(ROOM) {
                for (lane, (a, b)) in some.iter().enumerate() {
                    (list.slots[lane], list.others[lane]) = (*a, *b);
                }
                let mut twin = list.clone();
                look_up_ties(&mut list, &network, some.len());
                look_up_ties_wide(pulp::Scalar, &mut twin, &network, some.len());
                assert_eq!(list, twin);
                for (lane, (a, b)) in some.iter().enumerate() {
                    assert_eq!(list.ties[lane].checked_sub(1), network.place_between(*a as usize, *b));
                    assert_eq!(list.strengths[lane], network.strength_between(*a as usize, *b));
                }
            }
        }
    }
}
