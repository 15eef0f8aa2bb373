//! Buildings and homes: who lives behind which door.

use super::NONE;
use crate::model::blueprint::Period;
use crate::model::quantities::{BuildingForm, Tenure};

/// A building, or a row of houses.
#[derive(Debug, Clone, PartialEq)]
pub struct Building {
    /// How homes are put together.
    pub form: BuildingForm,
    /// Index of its first home.
    pub first: u32,
    /// Number of homes.
    pub homes: u32,
    /// Floors.
    pub floors: u32,
    /// Entrances, or streets.
    pub entrances: u32,
    /// Who may call the homes theirs.
    pub tenure: Tenure,
    /// When it is there.
    pub period: Period,
    /// Encounters around the homes now, times the ordinary number.
    pub encounters: f32,
    /// Leaving now, times the ordinary rate.
    pub leaving: f32,
}

/// A home.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Home {
    /// Index of the building.
    pub building: u32,
    /// Floor, from 0.
    pub floor: u16,
    /// Entrance within the building, from 0; for houses the street.
    pub entrance: u16,
    /// Place along the floor or street, from 0.
    pub door: u16,
    /// Households that lived here before this one.
    pub generation: u16,
    /// Slot of the first member, or [`NONE`] when vacant.
    pub first: u32,
    /// Week since which it is vacant.
    pub vacant_since: i32,
    /// Members the home has had, so that a newborn gets a fresh number.
    pub members_so_far: u8,
    /// Place on the map, metres.
    pub x: f32,
    /// Place on the map, metres.
    pub y: f32,
}

impl Home {
    /// Whether nobody lives here.
    #[inline]
    #[must_use]
    pub fn is_vacant(&self) -> bool {
        self.first == NONE
    }
}

impl Building {
    /// Whether it was put up for some time only: its homes are for those whom a policy brings.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        self.period.starts_later() && self.period.until.is_some()
    }

    /// Homes on each floor along one gallery, or along one street; the last floor may have fewer.
    #[must_use]
    pub fn doors_per_floor(&self) -> u32 {
        let rows = match self.form {
            BuildingForm::Gallery | BuildingForm::Stairwell => self.floors,
            BuildingForm::Houses => self.entrances,
        };
        self.homes.div_ceil(rows.max(1))
    }
}
