//! The small experiments that a target may name, and their outcomes; they are done in `experiment::validate`.

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A part of 1.
    Share,
    /// So many times another figure.
    Ratio,
    /// Hours.
    Hours,
    /// In the unit of its column.
    Plain,
}

/// An outcome of a protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutcomeInfo {
    /// Name in a file of targets.
    pub key: &'static str,
    /// What it counts.
    pub unit: Unit,
    /// What it is.
    pub meaning: &'static str,
}

/// A small experiment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protocol {
    /// Who lives together.
    Households,
    /// How many people move in a year.
    Moving,
    /// How many professionals leave in a year.
    JobChange,
    /// Which ties are named again after seven years.
    TiesKept,
    /// How many hours make a friend.
    HoursToFriendship,
    /// Whom people in a new building name.
    Proximity,
}

const fn outcome(key: &'static str, unit: Unit, meaning: &'static str) -> OutcomeInfo {
    OutcomeInfo { key, unit, meaning }
}

impl Protocol {
    /// Every protocol.
    pub const ALL: [Self; 6] =
        [Self::Households, Self::Moving, Self::JobChange, Self::TiesKept, Self::HoursToFriendship, Self::Proximity];

    /// Name in a file of targets.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Households => "households",
            Self::Moving => "moving",
            Self::JobChange => "job-change",
            Self::TiesKept => "ties-kept-seven-years",
            Self::HoursToFriendship => "hours-to-friendship",
            Self::Proximity => "proximity",
        }
    }

    /// What it tells, in order.
    #[must_use]
    pub const fn outcomes(self) -> &'static [OutcomeInfo] {
        use Unit::{Hours, Plain, Ratio, Share};
        match self {
            Self::Households => {
                const {
                    &[
                        outcome("one-person", Share, "Households of one person"),
                        outcome("couple", Share, "Households of a couple without children at home"),
                        outcome("with-children", Share, "Households with children at home, of one parent or two"),
                        outcome("single-parent", Share, "Households of one parent with children"),
                        outcome("mean-size", Plain, "People in a household"),
                    ]
                }
            }
            Self::Moving => {
                const {
                    &[
                        outcome("people", Share, "People who leave their home in a year"),
                        outcome("at-25", Share, "The same of those aged 24 to 26"),
                        outcome(
                            "social-rent-homes",
                            Share,
                            "Homes of social rent that get another household in a year",
                        ),
                    ]
                }
            }
            Self::JobChange => const { &[outcome("leave", Share, "Professionals who leave in a year at work")] },
            Self::TiesKept => {
                const {
                    &[
                        outcome("kept", Share, "Named ties that are named again"),
                        outcome("same-role", Share, "Named ties that are named again in the same role"),
                        outcome("network-size", Ratio, "Ties named at the end against those at the start"),
                    ]
                }
            }
            Self::HoursToFriendship => {
                const {
                    &[
                        outcome(
                            "casual-friend",
                            Hours,
                            "Median of the hours shared when a new tie becomes a casual friend",
                        ),
                        outcome("friend", Hours, "The same for a friend"),
                        outcome("close-friend", Hours, "The same for a close friend"),
                    ]
                }
            }
            Self::Proximity => {
                const {
                    &[
                        outcome("next-door", Share, "Next-door neighbours who are among the closest three"),
                        outcome("two-doors", Share, "Neighbours two doors away who are"),
                        outcome("end-of-hall", Share, "Neighbours at the other end of the floor who are"),
                        outcome(
                            "stairs",
                            Ratio,
                            "Choices of upstairs neighbours by who lives at the stairs against by who does not",
                        ),
                    ]
                }
            }
        }
    }

    /// Whether it needs years more of life, or a world of its own.
    #[must_use]
    pub const fn is_slow(self) -> bool {
        matches!(self, Self::TiesKept | Self::HoursToFriendship | Self::Proximity)
    }
}
