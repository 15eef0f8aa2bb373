//! The social network: for each resident one row of half-ties, ordered by the other's slot.
//!
//! A tie between a and b stands twice, in a's row and in b's, with the same strength: each row is read in one stream. What
//! a tie draws is the same from both ends ([`pair_bits`](crate::model::chance::pair_bits)), and both see the same contacts, so
//! they stay equal; a test holds that. `benches/storage.rs` holds this against petgraph's own storage.
//!
//! What a half-tie is stands in a list for each field, row behind row: a process that asks for strengths alone reads
//! nothing else, and the processor works out several ties at a time.

mod come_and_go;
mod half_tie;
mod lay_out;
mod places;

use std::hint::select_unpredictable as one_of;
use std::ops::Range;

pub use half_tie::{HalfTie, TieOrigin};
pub use lay_out::lay_out;
use places::find_places;
pub use places::{Listed, lowest_bits};

/// Half-ties of a row that are marked at once: how many rows take more cannot be foreseen.
const MARKED_AT_ONCE: usize = 32;

/// Half-ties of one row, or of all.
#[derive(Debug, Clone, Copy)]
pub struct Row<'n> {
    network: &'n Network,
    from: usize,
    to: usize,
}

impl<'n> Row<'n> {
    /// Number of half-ties.
    #[inline]
    #[must_use]
    pub fn len(self) -> usize {
        self.to - self.from
    }

    /// Whether there is none.
    #[inline]
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.from == self.to
    }

    /// Slots of the others, in order.
    #[inline]
    #[must_use]
    pub fn others(self) -> &'n [u32] {
        &self.network.others[self.from..self.to]
    }

    /// Strengths.
    #[inline]
    #[must_use]
    pub fn strengths(self) -> &'n [f32] {
        &self.network.strengths[self.from..self.to]
    }

    /// Minutes shared in the week just lived.
    #[inline]
    #[must_use]
    pub fn minutes(self) -> &'n [u16] {
        &self.network.minutes[self.from..self.to]
    }

    /// What [`HalfTie::flags`] says.
    #[inline]
    #[must_use]
    pub fn flags(self) -> &'n [u8] {
        &self.network.flags[self.from..self.to]
    }

    /// The half-tie at a place.
    ///
    /// # Panics
    ///
    /// Beyond the end.
    #[inline]
    #[must_use]
    pub fn at(self, place: usize) -> HalfTie {
        assert!(place < self.len(), "no half-tie at {place}");
        self.network.at(self.from + place)
    }

    /// The half-ties in order.
    #[inline]
    pub fn iter(self) -> impl ExactSizeIterator<Item = HalfTie> + DoubleEndedIterator + Clone + use<'n> {
        let (all, own) = (self.network, self.from..self.to);
        let numbers = self.others().iter().zip(self.strengths()).zip(self.minutes());
        numbers.zip(self.flags().iter().zip(&all.pasts[own])).map(|(((other, strength), minutes), (flags, past))| {
            HalfTie {
                other: *other,
                strength: *strength,
                last_contact: past.last_contact,
                since: past.since,
                minutes: *minutes,
                origin: past.origin,
                flags: *flags,
            }
        })
    }
}

/// All ties of a neighbourhood.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Network {
    /// Where each slot's row starts in the lists; one more than there are slots.
    starts: Vec<u32>,
    others: Vec<u32>,
    strengths: Vec<f32>,
    minutes: Vec<u16>,
    flags: Vec<u8>,
    pasts: Vec<Past>,
}

/// What few ask of a half-tie, side by side: the fewer lists, the fewer pieces move when half-ties come and go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Past {
    /// Week of the last contact.
    pub last_contact: i16,
    /// Week in which it was formed.
    since: i16,
    /// Where it was formed.
    origin: TieOrigin,
}

impl Past {
    const fn of(tie: &HalfTie) -> Self {
        Self { last_contact: tie.last_contact, since: tie.since, origin: tie.origin }
    }
}

/// What a week changes of the half-ties, beside what says whose they are.
#[derive(Debug)]
pub struct Changing<'n> {
    starts: &'n [u32],
    /// Slots of the others.
    pub others: &'n [u32],
    /// What [`HalfTie::flags`] says.
    pub flags: &'n [u8],
    /// Strengths; keep both ends equal.
    pub strengths: &'n mut [f32],
    /// Minutes shared in the week; keep both ends equal.
    pub minutes: &'n mut [u16],
    /// What was, of which a week changes the last contact; keep both ends equal.
    pub pasts: &'n mut [Past],
}

impl Changing<'_> {
    /// Where each row starts in the lists, and behind them where the last ends.
    #[inline]
    #[must_use]
    pub fn starts(&self) -> &[u32] {
        self.starts
    }

    /// Finds where the half-ties of slots to others stand in the lists, which are there.
    #[inline]
    pub fn find(&self, sought: impl Iterator<Item = (u32, u32)>, places: &mut Vec<u32>) {
        find_places((self.starts, self.others), sought, places);
    }
}

impl Network {
    /// A network from ties given once or twice each, in any order: (one end, half-tie to the other end).
    ///
    /// Ties given twice are kept once, the first in order of strength, so that it does not matter in what order they came.
    #[must_use]
    pub fn from_ties(slots: usize, ties: impl IntoIterator<Item = (u32, HalfTie)>) -> Self {
        let mut ends: Vec<(u32, HalfTie)> = ties
            .into_iter()
            .filter(|(owner, tie)| *owner != tie.other)
            .flat_map(|(owner, tie)| [(owner, tie), (tie.other, HalfTie { other: owner, ..tie })])
            .collect();
        let (mut unsorted, mut starts) = (Vec::new(), Vec::new());
        lay_out(&mut ends, &mut unsorted, &mut starts, slots, |end| end.1.other);
        lay_out(&mut ends, &mut unsorted, &mut starts, slots, |end| end.0);
        drop((unsorted, starts));
        let mut network = Self { starts: vec![0; slots + 1], ..Self::default() };
        // Room for the ties that the first year brings: lists that outgrow their place leave holes behind, and more room is
        // memory that nobody uses.
        network.reserve(ends.len() + ends.len() / 4);
        for same in ends.chunk_by(|a, b| (a.0, a.1.other) == (b.0, b.1.other)) {
            let (owner, mut first) = same[0];
            for (_, tie) in same {
                if (first.strength.total_cmp(&tie.strength)).then(first.flags.cmp(&tie.flags)).is_lt() {
                    first = *tie;
                }
            }
            network.starts[owner as usize + 1] += 1;
            network.push(first);
        }
        for slot in 0..slots {
            network.starts[slot + 1] += network.starts[slot];
        }
        network
    }

    fn reserve(&mut self, more: usize) {
        self.others.reserve_exact(more);
        self.strengths.reserve_exact(more);
        self.minutes.reserve_exact(more);
        self.flags.reserve_exact(more);
        self.pasts.reserve_exact(more);
    }

    fn push(&mut self, tie: HalfTie) {
        self.others.push(tie.other);
        self.strengths.push(tie.strength);
        self.minutes.push(tie.minutes);
        self.flags.push(tie.flags);
        self.pasts.push(Past::of(&tie));
    }

    /// Number of rows.
    #[must_use]
    pub fn slots(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Number of ties, each counted once.
    #[must_use]
    pub fn ties(&self) -> usize {
        self.others.len() / 2
    }

    /// The ties of a slot, in order of the other's slot.
    #[inline]
    #[must_use]
    pub fn of(&self, slot: usize) -> Row<'_> {
        Row { network: self, from: self.starts[slot] as usize, to: self.starts[slot + 1] as usize }
    }

    /// All half-ties, row after row.
    #[inline]
    #[must_use]
    pub fn half_ties(&self) -> Row<'_> {
        Row { network: self, from: 0, to: self.others.len() }
    }

    #[inline]
    fn at(&self, place: usize) -> HalfTie {
        let Past { last_contact, since, origin } = self.pasts[place];
        HalfTie {
            other: self.others[place],
            strength: self.strengths[place],
            last_contact,
            since,
            minutes: self.minutes[place],
            origin,
            flags: self.flags[place],
        }
    }

    /// Where the row of a slot stands in [`Self::half_ties`].
    #[inline]
    #[must_use]
    pub fn row(&self, slot: usize) -> Range<usize> {
        self.starts[slot] as usize..self.starts[slot + 1] as usize
    }

    /// Where the rows of some slots start in [`Self::half_ties`], and behind them where the last ends.
    #[inline]
    #[must_use]
    pub fn starts(&self, slots: Range<usize>) -> &[u32] {
        &self.starts[slots.start..=slots.end]
    }

    /// The half-ties, to change what a week changes.
    pub fn changing(&mut self) -> Changing<'_> {
        let Self { starts, others, strengths, minutes, flags, pasts } = self;
        Changing { starts, others, flags, strengths, minutes, pasts }
    }

    /// Lists, for each half-tie in the rows of some slots, the mark of whose row it stands in and that of the other: what
    /// both ends draw by. Returns where these rows stand in [`Self::half_ties`].
    #[inline]
    pub fn note_marks(&self, slots: Range<usize>, marks: &[u32], [mine, theirs]: &mut [Vec<u32>; 2]) -> Range<usize> {
        let rows = self.starts[slots.start] as usize..self.starts[slots.end] as usize;
        // So many that most rows are written at once, and over the end of the row: the next begins there.
        mine.resize(rows.len() + MARKED_AT_ONCE, 0);
        let of_rows = &mut mine[..];
        for slot in slots {
            let (row, mark) = (self.row(slot), marks[slot]);
            for place in (row.start..row.end).step_by(MARKED_AT_ONCE) {
                of_rows[place - rows.start..][..MARKED_AT_ONCE].fill(mark);
            }
        }
        mine.truncate(rows.len());
        theirs.resize(rows.len(), 0);
        let (eights, rest) = theirs.as_chunks_mut::<8>();
        let (others, others_left) = self.others[rows.clone()].as_chunks::<8>();
        for (theirs, others) in eights.iter_mut().zip(others) {
            for (mark, other) in theirs.iter_mut().zip(others) {
                *mark = marks[*other as usize];
            }
        }
        for (mark, other) in rest.iter_mut().zip(others_left) {
            *mark = marks[*other as usize];
        }
        rows
    }

    /// The tie between two slots, seen from the first.
    #[inline]
    #[must_use]
    pub fn between(&self, slot: usize, other: u32) -> Option<HalfTie> {
        self.place_between(slot, other).map(|place| self.at(place as usize))
    }

    /// Where the half-tie of a slot to another stands in [`Self::half_ties`].
    #[inline]
    #[must_use]
    pub fn place_between(&self, slot: usize, other: u32) -> Option<u32> {
        place_of(&self.others, self.row(slot), other)
    }

    /// The same of several slots and others at once, step by step side by side: the processor need not wait for what it reads
    /// of one before it reads of the next.
    #[inline]
    #[must_use]
    pub fn places_between<const N: usize>(&self, pairs: [[u32; 2]; N]) -> [Option<u32>; N] {
        let rows = pairs.map(|[slot, _]| self.row(slot as usize));
        let [mut places, mut lengths] = [[0; N]; 2];
        let mut longest = 0;
        for (row, (place, length)) in rows.iter().zip(places.iter_mut().zip(&mut lengths)) {
            (*place, *length) = (row.start, row.len());
            longest = longest.max(row.len());
        }
        let other_at = |place: usize| self.others.get(place).copied().unwrap_or(u32::MAX);
        while longest > 1 {
            for ((place, length), [_, other]) in places.iter_mut().zip(&mut lengths).zip(&pairs) {
                let half = *length / 2;
                *place = one_of(other_at(*place + half) <= *other, *place + half, *place);
                *length -= half;
            }
            longest -= longest / 2;
        }
        std::array::from_fn(|which| {
            let is_there = (lengths[which] > 0) & (other_at(places[which]) == pairs[which][1]);
            is_there.then_some(places[which] as u32)
        })
    }

    /// The strength of the tie between two slots; 0 where there is none.
    #[inline]
    #[must_use]
    pub fn strength_between(&self, slot: usize, other: u32) -> f32 {
        self.place_between(slot, other).map_or(0.0, |place| self.strengths[place as usize])
    }

    /// Notes at both ends of a tie whether the two live near each other.
    pub fn set_near(&mut self, slot: usize, other: u32, near: bool) {
        for (slot, other) in [(slot, other), (other as usize, slot as u32)] {
            if let Some(place) = self.place_between(slot, other) {
                let flags = &mut self.flags[place as usize];
                *flags = (*flags & !HalfTie::NEAR) | if near { HalfTie::NEAR } else { 0 };
            }
        }
    }

    /// Adds empty rows until there are `slots`.
    pub fn grow_to(&mut self, slots: usize) {
        let end = self.others.len() as u32;
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        while self.starts.len() < slots + 1 {
            self.starts.push(end);
        }
    }
}

/// Where a slot stands among those of a row, in order.
#[inline]
fn place_of(others: &[u32], row: Range<usize>, other: u32) -> Option<u32> {
    let start = row.start;
    others[row].binary_search(&other).ok().map(|place| (start + place) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_looked_for_side_by_side_are_found_as_one_by_one() {
        for slots in [9, 70_u32] {
            let pairs = (0..slots).flat_map(|a| (a + 1..slots).map(move |b| (a, b)));
            let ties = pairs.filter(|(a, b)| (a * b + a) % 3 != 1);
            let ties = ties.map(|(a, b)| (a, HalfTie::new(b, 0.5, 0, TieOrigin::STREET, 0)));
            let network = Network::from_ties(slots as usize, ties);
            let one_by_one = |[slot, other]: [u32; 2]| network.place_between(slot as usize, other);
            let mut found = [0, 0];
            for slot in 0..slots {
                let pairs = [0, 1, 2, 3, 4, 5, 6, 7, 8, slots - 1].map(|other| [slot, other]);
                let places = network.places_between(pairs);
                assert_eq!(places, pairs.map(one_by_one));
                for place in places {
                    found[usize::from(place.is_some())] += 1;
                }
            }
            assert!(found.iter().all(|found| *found > slots), "{found:?}");
            let across = [[8, 0], [0, 8], [4, 3], [8, 7]];
            assert_eq!(network.places_between(across), across.map(one_by_one));
        }
        assert_eq!(Network::from_ties(9, []).places_between([[0, 3], [8, 8]]), [None; 2]);
    }
}
