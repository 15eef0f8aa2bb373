//! Half-ties that come and go: the lists are opened up and closed again in place, all at once.

use std::ops::Range;

use pulp::{Arch, Simd};

use super::{HalfTie, Network, Past};

/// One part in so many of the half-ties is room for more: a tie more now and then does not move the whole list, and doubling
/// it, as lists do by themselves, would cost as much memory again.
const ROOM_OVER: usize = 32;

/// Half-ties that move at once. Longer pieces the C library leaves to an instruction of the processor, which some do slowly
/// where a piece moves by less than its own length.
const MOVED_AT_ONCE: usize = 256;

/// Half-ties that move at once where they move at least as far: always as many, over the end of what is to move, for how many
/// that is cannot be foreseen. What is overwritten there has moved already, or is no longer wanted.
const ALWAYS_MOVED: usize = 16;

impl Network {
    /// Drops all ties of the slots that are `gone` and adds ties of those who came.
    ///
    /// `added` holds both ends of each new tie, in order of owner and other; a slot that is gone may have been taken
    /// again, so its added ties stay. Slots beyond the end of `gone` are not gone.
    pub fn drop_slots(&mut self, gone: &[bool], added: &[(u32, HalfTie)]) {
        let is_gone = |slot: usize| gone.get(slot).is_some_and(|gone| *gone);
        // Ties have two ends, so the rows of those who are gone say which other rows have something to lose.
        let mut loses = vec![false; self.slots()];
        for slot in (0..self.slots()).filter(|slot| is_gone(*slot)) {
            loses[slot] = true;
            for other in self.of(slot).others() {
                loses[*other as usize] = true;
            }
        }
        let of_gone: usize = (0..self.slots()).filter(|slot| is_gone(*slot)).map(|slot| self.row(slot).len()).sum();
        let mut places = Vec::with_capacity((2 * of_gone).max(added.len()));
        for slot in (0..self.slots()).filter(|slot| loses[*slot]) {
            let goes = |place: &usize| is_gone(slot) || is_gone(self.others[*place] as usize);
            places.extend(self.row(slot).filter(goes).map(|place| place as u32));
        }
        self.remove(&places);
        self.insert(added, &mut places);
    }

    /// Removes the half-ties at these places, given in order with both ends of each tie, and closes the rows up: in place.
    pub fn remove(&mut self, gone: &[u32]) {
        let mut before = 0;
        for start in &mut self.starts {
            before += gone[before..].iter().take_while(|place| **place < *start).count();
            *start -= before as u32;
        }
        let end = close_up(self, gone);
        self.others.truncate(end);
        self.strengths.truncate(end);
        self.minutes.truncate(end);
        self.flags.truncate(end);
        self.pasts.truncate(end);
    }

    /// Adds half-ties, given in order of owner and other with both ends of each tie: in place, from the last row to the
    /// first, so that what stands behind a new one moves up once. `places` is room for a number for each.
    pub fn insert(&mut self, added: &[(u32, HalfTie)], places: &mut Vec<u32>) {
        let place_of = |(owner, tie): &(u32, HalfTie)| {
            let row = self.row(*owner as usize);
            (row.start + self.others[row].partition_point(|other| *other <= tie.other)) as u32
        };
        places.clear();
        places.extend(added.iter().map(place_of));
        let mut before = 0;
        for (slot, start) in self.starts.iter_mut().enumerate() {
            before += added[before..].iter().take_while(|(owner, _)| (*owner as usize) < slot).count();
            *start += before as u32;
        }
        if self.others.capacity() < self.others.len() + added.len() {
            self.reserve(added.len() + self.others.len() / ROOM_OVER);
        }
        let Some((_, last)) = added.last() else { return };
        let end = self.others.len();
        for _ in added {
            self.push(*last);
        }
        open_up(self, places, added, end);
    }

    /// Moves half-ties in all lists, so that what is foreseen of one piece holds for all.
    #[inline(always)]
    fn copy_within(&mut self, from: Range<usize>, to: usize) {
        self.others.copy_within(from.clone(), to);
        self.strengths.copy_within(from.clone(), to);
        self.minutes.copy_within(from.clone(), to);
        self.flags.copy_within(from.clone(), to);
        self.pasts.copy_within(from, to);
    }

    #[inline(always)]
    fn set(&mut self, place: usize, tie: &HalfTie) {
        self.others[place] = tie.other;
        self.strengths[place] = tie.strength;
        self.minutes[place] = tie.minutes;
        self.flags[place] = tie.flags;
        self.pasts[place] = Past::of(tie);
    }
}

/// Moves half-ties down over those that are gone. Returns how many are left.
#[pulp::with_simd(close_up = Arch::new())]
#[inline(always)]
fn close_up_wide<'a, S: Simd>(_: S, network: &'a mut Network, gone: &'a [u32]) -> usize {
    let all = network.others.len();
    let mut end = gone.first().map_or(all, |first| *first as usize);
    for (nth, place) in gone.iter().enumerate() {
        let mut stays = *place as usize + 1..gone.get(nth + 1).map_or(all, |next| *next as usize);
        while !stays.is_empty() {
            let from = stays.start;
            let moved = if from - end >= ALWAYS_MOVED && from + ALWAYS_MOVED <= all {
                network.copy_within(from..from + ALWAYS_MOVED, end);
                ALWAYS_MOVED.min(stays.len())
            } else {
                let moved = MOVED_AT_ONCE.min(stays.len());
                network.copy_within(from..from + moved, end);
                moved
            };
            stays.start += moved;
            end += moved;
        }
    }
    end
}

/// Moves the half-ties up to this end, to make way for those `added`, each before what stands at its place.
#[pulp::with_simd(open_up = Arch::new())]
#[inline(always)]
fn open_up_wide<'a, S: Simd>(
    _: S,
    network: &'a mut Network,
    places: &'a [u32],
    added: &'a [(u32, HalfTie)],
    mut end: usize,
) {
    for (nth, (place, (_, tie))) in places.iter().zip(added).enumerate().rev() {
        let (place, up) = (*place as usize, nth + 1);
        while end > place {
            let from = if up >= ALWAYS_MOVED && end >= ALWAYS_MOVED {
                network.copy_within(end - ALWAYS_MOVED..end, end - ALWAYS_MOVED + up);
                place.max(end - ALWAYS_MOVED)
            } else {
                let from = place.max(end.saturating_sub(MOVED_AT_ONCE));
                network.copy_within(from..end, from + up);
                from
            };
            end = from;
        }
        network.set(place + nth, tie);
    }
}

#[cfg(test)]
mod tests {
    use super::super::TieOrigin;
    use super::*;

    #[test]
    fn ties_that_come_and_go_in_place_leave_what_writing_anew_would() {
        // So many that some move far and some do not.
        for slots in [9, 70] {
            come_and_go(slots);
        }
    }

    fn come_and_go(slots: u32) {
        let tie = |other, strength| HalfTie::new(other, strength, 0, TieOrigin::STREET, 0);
        // Every second pair, then those whose sum is odd go and the other half of the pairs comes, but for every fourth slot.
        let pairs = |wanted: fn(u32, u32) -> bool| {
            let all = (0..slots).flat_map(move |a| (0..slots).map(move |b| (a, b)));
            all.filter(move |(a, b)| a != b && wanted(*a.min(b), *a.max(b))).map(|(a, b)| (a, tie(b, 0.5)))
        };
        let mut network = Network::from_ties(slots as usize, pairs(|a, b| (a * b).is_multiple_of(2)));
        network.changing().strengths.fill(0.25);
        let goes = |(slot, place): &(usize, usize)| (*slot as u32 + network.half_ties().others()[*place]) % 2 == 1;
        let places = (0..slots as usize).flat_map(|slot| network.row(slot).map(move |place| (slot, place)));
        let gone: Vec<u32> = places.filter(goes).map(|(_, place)| place as u32).collect();
        network.remove(&gone);
        let kept = Network::from_ties(
            slots as usize,
            pairs(|a, b| (a * b).is_multiple_of(2) && (a + b).is_multiple_of(2))
                .map(|(a, tie)| (a, HalfTie { strength: 0.25, ..tie })),
        );
        assert_eq!(network, kept);
        let room = &mut vec![7; 3];
        network.insert(&[], room);
        assert_eq!(network, kept);
        let new: Vec<_> = pairs(|a, b| (a + b) % 2 == 1 && !a.is_multiple_of(4) && !b.is_multiple_of(4)).collect();
        assert!(new.iter().any(|(owner, _)| *owner == 7) && new.iter().all(|(owner, _)| *owner != 4));
        network.insert(&new, room);
        let ties = (0..slots as usize).flat_map(|slot| kept.of(slot).iter().map(move |tie| (slot as u32, tie)));
        assert_eq!(network, Network::from_ties(slots as usize, ties.chain(new.iter().copied())));
        // The first and the last row, and into an empty network.
        let ends = [(0, tie(8, 0.5)), (8, tie(0, 0.5))];
        let mut empty = Network::from_ties(slots as usize, []);
        empty.insert(&ends, room);
        assert_eq!(empty, Network::from_ties(slots as usize, [ends[0]]));
    }
}
