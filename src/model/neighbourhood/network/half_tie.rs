//! One end of a tie, and where the tie was formed.

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

/// One end of a tie.
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
