//! What passes between the neighbourhoods of a town: households on the move, and people who come from elsewhere.
//!
//! A neighbourhood lives its week alone. What leaves it lies here at the end of the week, and what comes to it is taken from
//! here in the next, so that neighbourhoods can live side by side.

use super::network::HalfTie;
use super::resident::{State, Traits};
use crate::model::quantities::Person;

/// Where somebody leads their life in a town of several neighbourhoods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Presence {
    /// In this neighbourhood alone.
    #[default]
    Here,
    /// Lives here, and is a regular of another neighbourhood as well.
    Elsewhere,
    /// A regular here, who lives in another neighbourhood.
    Visitor,
}

/// Somebody on the way to another neighbourhood.
#[derive(Debug, Clone, PartialEq)]
pub struct Traveller {
    /// Who, with the place of the partner in the household in place of a slot.
    pub traits: Traits,
    /// How they are.
    pub state: State,
    /// Ties in the neighbourhood where these stand, with who the other was.
    pub ties: Vec<(Person, HalfTie)>,
}

/// A household that moves house within the town.
#[derive(Debug, Clone, PartialEq)]
pub struct Movers {
    /// In the order in which they lived in their home.
    pub members: Vec<Traveller>,
    /// Members that the household has had, so that a newborn gets a fresh number.
    pub members_so_far: u8,
}

/// The exchange of one neighbourhood with the others of its town.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Crossing {
    /// Whether there are others.
    pub open: bool,
    /// Households that left this week and look for a home in the town.
    pub departed: Vec<Movers>,
    /// Households that come next week, if a home is left for them.
    pub coming: Vec<Movers>,
    /// Who of those came, with the slot.
    pub settled: Vec<(Person, u32)>,
    /// People from elsewhere who become regulars here next week.
    pub visitors_coming: Vec<Traveller>,
    /// Slots of regulars who no longer come next week, and whether they died.
    pub visitors_going: Vec<(u32, bool)>,
    /// Regulars who got a slot this week.
    pub seated: Vec<(Person, u32)>,
    /// Who died this week.
    pub died: Vec<Person>,
}

impl Crossing {
    /// Forgets what was told of the last week; what is on its way here stays.
    pub fn begin_week(&mut self) {
        self.departed.clear();
        self.settled.clear();
        self.seated.clear();
        self.died.clear();
    }
}
