//! The social network: for each resident one row of half-ties, ordered by the other's slot.
//!
//! A tie between a and b stands twice, in a's row and in b's, with the same strength: each row is read in one stream. What
//! a tie draws it draws once, for both ends ([`Network::for_each_tie`]); both see the same contacts, so they stay equal; a
//! test holds that. `benches/storage.rs` holds this against petgraph's own storage.

/// Where a tie was formed, for `ties.csv` and for the count of neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TieOrigin(pub u8);

impl TieOrigin {
    /// Members of one household.
    pub const HOUSEHOLD: Self = Self(0);
    /// Kin in another household.
    pub const KIN: Self = Self(1);
    /// On the gallery, the landing, next door.
    pub const DOORSTEP: Self = Self(2);
    /// In the entrance, lift or staircase.
    pub const ENTRANCE: Self = Self(3);
    /// On the street.
    pub const STREET: Self = Self(4);
    /// By helping.
    pub const HELP: Self = Self(5);
    /// By being asked.
    pub const ASKED: Self = Self(6);
    /// Known before the start.
    pub const BEFORE: Self = Self(7);
    const FIRST_PLACE: u8 = 32;
    const FIRST_ACTIVITY: u8 = 96;

    /// In a place of this kind.
    #[must_use]
    pub const fn place(kind: crate::model::quantities::PlaceKind) -> Self {
        Self(Self::FIRST_PLACE + kind as u8)
    }

    /// At an activity of this kind.
    #[must_use]
    pub const fn activity(kind: crate::model::quantities::ActivityKind) -> Self {
        Self(Self::FIRST_ACTIVITY + kind as u8)
    }

    /// The name in tables.
    #[must_use]
    pub fn key(self) -> &'static str {
        use crate::model::quantities::{ActivityKind, PlaceKind};
        match self {
            Self::HOUSEHOLD => "household",
            Self::KIN => "kin",
            Self::DOORSTEP => "doorstep",
            Self::ENTRANCE => "entrance",
            Self::STREET => "street",
            Self::HELP => "help",
            Self::ASKED => "asked",
            Self::BEFORE => "before",
            Self(code) if code >= Self::FIRST_ACTIVITY => {
                ActivityKind::ALL.get(usize::from(code - Self::FIRST_ACTIVITY)).map_or("other", |kind| kind.key())
            }
            Self(code) if code >= Self::FIRST_PLACE => {
                PlaceKind::ALL.get(usize::from(code - Self::FIRST_PLACE)).map_or("other", |kind| kind.key())
            }
            Self(_) => "other",
        }
    }
}

/// One end of a tie. Sixteen bytes, so that four stand in a cache line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HalfTie {
    /// Slot of the other.
    pub other: u32,
    /// Strength, `0..=1`: `1 - exp(-hours / 130)` of the hours shared.
    pub strength: f32,
    /// Week of the last contact.
    pub last_contact: i16,
    /// Week in which it was formed.
    pub since: i16,
    /// Minutes shared in the week just lived.
    pub minutes: u16,
    /// Where it was formed.
    pub origin: TieOrigin,
    /// [`KIN`](Self::KIN), [`HOUSEHOLD`](Self::HOUSEHOLD), [`NEAR`](Self::NEAR), [`ACROSS`](Self::ACROSS).
    pub flags: u8,
}

impl HalfTie {
    /// Related by blood or marriage.
    pub const KIN: u8 = 1;
    /// Of one household.
    pub const HOUSEHOLD: u8 = 2;
    /// Living near: same building, or same street.
    pub const NEAR: u8 = 4;
    /// Between origin groups.
    pub const ACROSS: u8 = 8;

    /// A tie of this strength, formed in this week.
    #[must_use]
    pub fn new(other: u32, strength: f32, week: i32, origin: TieOrigin, flags: u8) -> Self {
        Self { other, strength, last_contact: week as i16, since: week as i16, minutes: 0, origin, flags }
    }

    /// Whether kin, household members included.
    #[inline]
    #[must_use]
    pub const fn is_kin(&self) -> bool {
        self.flags & Self::KIN != 0
    }

    /// Whether of one household.
    #[inline]
    #[must_use]
    pub const fn is_household(&self) -> bool {
        self.flags & Self::HOUSEHOLD != 0
    }

    /// Whether the two live near each other.
    #[inline]
    #[must_use]
    pub const fn is_near(&self) -> bool {
        self.flags & Self::NEAR != 0
    }

    /// Whether between origin groups.
    #[inline]
    #[must_use]
    pub const fn is_across(&self) -> bool {
        self.flags & Self::ACROSS != 0
    }
}

/// One part in so many of the half-ties is room for more: a tie more now and then does not move the whole list, and doubling
/// it, as lists do by themselves, would cost as much memory again.
const ROOM_OVER: usize = 32;

/// All ties of a neighbourhood.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Network {
    /// Where each slot's row starts in `half_ties`; one more than there are slots.
    starts: Vec<u32>,
    half_ties: Vec<HalfTie>,
}

impl Network {
    /// A network from ties given once or twice each, in any order: (one end, half-tie to the other end).
    ///
    /// Ties given twice are kept once, the first in order of strength, so that it does not matter in what order they came.
    #[must_use]
    pub fn from_ties(slots: usize, ties: impl IntoIterator<Item = (u32, HalfTie)>) -> Self {
        let ends: Vec<(u32, HalfTie)> = ties
            .into_iter()
            .filter(|(owner, tie)| *owner != tie.other)
            .flat_map(|(owner, tie)| [(owner, tie), (tie.other, HalfTie { other: owner, ..tie })])
            .collect();
        // Laid out by the other and then, in that order, by the owner, rows come to stand in order without comparing.
        let by_other = laid_out(slots, &ends, |end| end.1.other);
        let by_owner = laid_out(slots, &by_other, |end| end.0);
        drop(by_other);
        // Room for the ties that the first years bring: memory that is not written yet costs nothing, and lists that outgrow
        // their place leave holes behind.
        let length = ends.len() + ends.len() / 2;
        let mut network = Self { starts: vec![0; slots + 1], half_ties: Vec::with_capacity(length) };
        for same in by_owner.chunk_by(|a, b| (a.0, a.1.other) == (b.0, b.1.other)) {
            let (owner, mut first) = same[0];
            for (_, tie) in same {
                if (first.strength.total_cmp(&tie.strength)).then(first.flags.cmp(&tie.flags)).is_lt() {
                    first = *tie;
                }
            }
            network.starts[owner as usize + 1] += 1;
            network.half_ties.push(first);
        }
        for slot in 0..slots {
            network.starts[slot + 1] += network.starts[slot];
        }
        network
    }

    /// Number of rows.
    #[must_use]
    pub fn slots(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Number of ties, each counted once.
    #[must_use]
    pub fn ties(&self) -> usize {
        self.half_ties.len() / 2
    }

    /// The ties of a slot, in order of the other's slot.
    #[inline]
    #[must_use]
    pub fn of(&self, slot: usize) -> &[HalfTie] {
        &self.half_ties[self.starts[slot] as usize..self.starts[slot + 1] as usize]
    }

    /// The ties of a slot, to change. Keep both ends equal.
    #[inline]
    pub fn of_mut(&mut self, slot: usize) -> &mut [HalfTie] {
        &mut self.half_ties[self.starts[slot] as usize..self.starts[slot + 1] as usize]
    }

    /// Where the row of a slot stands in [`Self::half_ties`].
    #[inline]
    #[must_use]
    pub fn row(&self, slot: usize) -> std::ops::Range<usize> {
        self.starts[slot] as usize..self.starts[slot + 1] as usize
    }

    /// All half-ties, row after row.
    #[must_use]
    pub fn half_ties(&self) -> &[HalfTie] {
        &self.half_ties
    }

    /// The tie between two slots, seen from the first.
    #[inline]
    #[must_use]
    pub fn between(&self, slot: usize, other: u32) -> Option<&HalfTie> {
        let row = self.of(slot);
        row.binary_search_by_key(&other, |tie| tie.other).ok().map(|place| &row[place])
    }

    /// Visits each tie once: the slot of its lower end, and where its lower and its higher end stand in
    /// [`Self::half_ties`]. `next` is room for one number a row.
    ///
    /// Nothing is searched: rows are in order of the other's slot and are visited in order of slot, so the higher end is
    /// always the first of its row that was not met yet.
    #[inline]
    pub fn for_each_tie(&self, next: &mut Vec<u32>, mut visit: impl FnMut(usize, usize, usize)) {
        next.clear();
        next.extend_from_slice(&self.starts[..self.slots()]);
        for slot in 0..self.slots() {
            // Lower neighbours were here already; the next of this row is the first with a higher slot.
            let own = next[slot] as usize..self.starts[slot + 1] as usize;
            for (place, tie) in own.clone().zip(&self.half_ties[own]) {
                let mirror = &mut next[tie.other as usize];
                visit(slot, place, *mirror as usize);
                *mirror += 1;
            }
        }
    }

    /// Adds empty rows until there are `slots`.
    pub fn grow_to(&mut self, slots: usize) {
        let end = self.half_ties.len() as u32;
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        while self.starts.len() < slots + 1 {
            self.starts.push(end);
        }
    }

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
            for tie in self.of(slot) {
                loses[tie.other as usize] = true;
            }
        }
        self.retain_in(|slot| loses[slot], |slot, tie| !(is_gone(slot) || is_gone(tie.other as usize)));
        self.insert(added);
    }

    /// Keeps the half-ties that are to be kept, which may be changed, and closes the rows up: one pass, in place.
    ///
    /// `keep` gets the slot whose row it is; it has to say the same of both ends.
    #[inline]
    pub fn retain(&mut self, keep: impl FnMut(usize, &mut HalfTie) -> bool) {
        self.retain_in(|_| true, keep);
    }

    /// The same, where nothing changes but in the rows that are `touched`.
    #[inline]
    fn retain_in(&mut self, touched: impl Fn(usize) -> bool, mut keep: impl FnMut(usize, &mut HalfTie) -> bool) {
        // What stays between two that go moves at once: few go in a week.
        let (mut stays_from, mut write) = (0, 0);
        let mut read = 0;
        for slot in 0..self.slots() {
            let end = self.starts[slot + 1] as usize;
            for place in if touched(slot) { read..end } else { end..end } {
                if !keep(slot, &mut self.half_ties[place]) {
                    self.move_up(stays_from..place, write);
                    write += place - stays_from;
                    stays_from = place + 1;
                }
            }
            read = end;
            self.starts[slot + 1] = (write + end - stays_from) as u32;
        }
        let end = self.half_ties.len();
        self.move_up(stays_from..end, write);
        self.half_ties.truncate(write + end - stays_from);
    }

    /// Moves half-ties to an earlier place, unless they stand there already.
    fn move_up(&mut self, from: std::ops::Range<usize>, to: usize) {
        if from.start != to {
            self.half_ties.copy_within(from, to);
        }
    }

    /// Adds half-ties, given in order of owner and other with both ends of each tie: in place, from the last row to the
    /// first, so that what stands behind a new one moves up once.
    pub fn insert(&mut self, added: &[(u32, HalfTie)]) {
        let Some((_, last)) = added.last() else { return };
        let mut end = self.half_ties.len();
        if self.half_ties.capacity() < end + added.len() {
            self.half_ties.reserve_exact(added.len() + end / ROOM_OVER);
        }
        self.half_ties.resize(end + added.len(), *last);
        let mut row_of = self.slots();
        for (left, (owner, tie)) in added.iter().enumerate().rev() {
            let owner = *owner as usize;
            if owner < row_of {
                // Everything of the rows behind this one stands behind those that are still left.
                let own_end = self.starts[owner + 1] as usize;
                for start in &mut self.starts[owner + 1..=row_of] {
                    *start += left as u32 + 1;
                }
                row_of = owner;
                self.half_ties.copy_within(own_end..end, own_end + left + 1);
                end = own_end;
            }
            let from = self.starts[owner] as usize;
            let at = from + self.half_ties[from..end].partition_point(|old| old.other <= tie.other);
            self.half_ties.copy_within(at..end, at + left + 1);
            self.half_ties[at + left] = *tie;
            end = at;
        }
    }
}

/// The ends of ties in order of a slot of theirs, and among those of one slot as they came.
fn laid_out(slots: usize, ends: &[(u32, HalfTie)], slot_of: impl Fn(&(u32, HalfTie)) -> u32) -> Vec<(u32, HalfTie)> {
    let mut next = vec![0_u32; slots + 1];
    for end in ends {
        next[slot_of(end) as usize + 1] += 1;
    }
    for slot in 0..slots {
        next[slot + 1] += next[slot];
    }
    let mut list = ends.to_vec();
    for end in ends {
        let place = &mut next[slot_of(end) as usize];
        list[*place as usize] = *end;
        *place += 1;
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_that_come_and_go_in_place_leave_what_writing_anew_would() {
        let tie = |other, strength| HalfTie::new(other, strength, 0, TieOrigin::STREET, 0);
        let slots = 9_u32;
        // Every second pair, then those whose sum is odd go and the other half of the pairs comes, but for slots 0, 4 and 8.
        let pairs = |wanted: fn(u32, u32) -> bool| {
            let all = (0..slots).flat_map(move |a| (0..slots).map(move |b| (a, b)));
            all.filter(move |(a, b)| a != b && wanted(*a.min(b), *a.max(b))).map(|(a, b)| (a, tie(b, 0.5)))
        };
        let mut network = Network::from_ties(slots as usize, pairs(|a, b| (a * b).is_multiple_of(2)));
        network.retain(|slot, tie| {
            tie.strength = 0.25;
            (slot as u32 + tie.other).is_multiple_of(2)
        });
        let kept = Network::from_ties(
            slots as usize,
            pairs(|a, b| (a * b).is_multiple_of(2) && (a + b).is_multiple_of(2))
                .map(|(a, tie)| (a, HalfTie { strength: 0.25, ..tie })),
        );
        assert_eq!(network, kept);
        network.insert(&[]);
        assert_eq!(network, kept);
        let new: Vec<_> = pairs(|a, b| (a + b) % 2 == 1 && !a.is_multiple_of(4) && !b.is_multiple_of(4)).collect();
        assert!(new.iter().any(|(owner, _)| *owner == 7) && new.iter().all(|(owner, _)| *owner != 4));
        network.insert(&new);
        let ties = (0..slots as usize).flat_map(|slot| kept.of(slot).iter().map(move |tie| (slot as u32, *tie)));
        assert_eq!(network, Network::from_ties(slots as usize, ties.chain(new.iter().copied())));
        // The first and the last row, and into an empty network.
        let ends = [(0, tie(8, 0.5)), (8, tie(0, 0.5))];
        let mut empty = Network::from_ties(slots as usize, []);
        empty.insert(&ends);
        assert_eq!(empty, Network::from_ties(slots as usize, [ends[0]]));
    }

    #[test]
    fn a_visit_of_all_ties_finds_both_ends_of_each_once_without_searching() {
        let pairs = [(3, 0), (0, 1), (4, 1), (3, 4), (2, 5), (5, 0), (1, 3)];
        let tie = |(a, b)| (a, HalfTie::new(b, 0.5, 0, TieOrigin::STREET, 0));
        // Slot 6 knows nobody.
        let network = Network::from_ties(7, pairs.map(tie));
        let mut seen = Vec::new();
        network.for_each_tie(&mut vec![9; 2], |slot, place, mirror| {
            let (tie, back) = (&network.half_ties()[place], &network.half_ties()[mirror]);
            assert!(network.row(slot).contains(&place) && network.row(tie.other as usize).contains(&mirror));
            assert_eq!(back.other as usize, slot);
            seen.push((slot as u32, tie.other));
        });
        assert_eq!(seen, [(0, 1), (0, 3), (0, 5), (1, 3), (1, 4), (2, 5), (3, 4)]);
    }
}
