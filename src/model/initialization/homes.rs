//! Buildings and homes: which door lies next to which.
//!
//! Homes stand building by building, floor by floor (or street by street), door by door, so that the home behind a door
//! can be found by counting.

use crate::model::blueprint::BuildingPlan;
use crate::model::neighbourhood::NONE;
use crate::model::neighbourhood::home::{Building, Home};
use crate::model::quantities::BuildingForm;

/// Metres from door to door.
const DOOR_METRES: f32 = 6.0;
/// Metres from street to street.
const STREET_METRES: f32 = 12.0;

/// Buildings and their homes, all vacant since `week`.
#[must_use]
pub fn build(plans: &[BuildingPlan], week: i32) -> (Vec<Building>, Vec<Home>) {
    let (mut buildings, mut homes) = (Vec::with_capacity(plans.len()), Vec::new());
    put_up(plans, week, &mut buildings, &mut homes);
    (buildings, homes)
}

/// Adds buildings and their homes behind those that are there, vacant since `week` or since the building is there.
pub fn put_up(plans: &[BuildingPlan], week: i32, buildings: &mut Vec<Building>, homes: &mut Vec<Home>) {
    for plan in plans {
        let number = buildings.len();
        let building = Building {
            form: plan.form,
            first: homes.len() as u32,
            homes: plan.homes,
            floors: plan.floors.max(1),
            entrances: plan.entrances.max(1),
            tenure: plan.tenure,
            period: plan.period,
            encounters: 1.0,
            leaving: 1.0,
        };
        let doors = building.doors_per_floor().max(1);
        homes.extend((0..plan.homes).map(|nth| {
            let (row, door) = (nth / doors, nth % doors);
            let (floor, entrance, street) = match plan.form {
                // Doors are shared out over the entrances from one end of the floor to the other.
                BuildingForm::Gallery | BuildingForm::Stairwell => {
                    (row, (u64::from(door) * u64::from(building.entrances) / u64::from(doors)) as u32, 0)
                }
                BuildingForm::Houses => (0, row, row),
            };
            Home {
                building: number as u32,
                floor: narrow(floor),
                entrance: narrow(entrance),
                door: narrow(door),
                generation: 0,
                first: NONE,
                vacant_since: plan.period.from.map_or(week, |from| from.max(week)),
                members_so_far: 0,
                x: plan.x + DOOR_METRES * door as f32,
                y: plan.y + STREET_METRES * street as f32,
            }
        }));
        buildings.push(building);
    }
}

fn narrow(number: u32) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// Whether two homes lie in one building, or for houses in one street.
#[must_use]
pub fn are_near(buildings: &[Building], a: &Home, b: &Home) -> bool {
    a.building == b.building
        && (buildings[a.building as usize].form != BuildingForm::Houses || a.entrance == b.entrance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::building;

    #[test]
    fn a_gallery_shares_its_doors_out_over_floors_and_entrances() {
        let plan = BuildingPlan { floors: 13, entrances: 8, ..building(BuildingForm::Gallery, 728) };
        let (buildings, homes) = build(&[plan], 0);
        assert_eq!((buildings[0].doors_per_floor(), homes.len()), (56, 728));
        assert_eq!((homes[727].floor, homes[727].door, homes[727].entrance), (12, 55, 7));
        assert_eq!((homes[57].floor, homes[57].door, homes[57].entrance), (1, 1, 0));
        for entrance in 0..8 {
            assert_eq!(homes.iter().filter(|home| home.entrance == entrance).count(), 91);
        }
    }

    #[test]
    fn an_uneven_number_of_homes_leaves_the_last_row_shorter() {
        for form in [BuildingForm::Gallery, BuildingForm::Stairwell, BuildingForm::Houses] {
            for number in [1, 2, 7, 23, 101] {
                let plan = BuildingPlan { floors: 4, entrances: 3, ..building(form, number) };
                let (buildings, homes) = build(&[plan.clone(), plan], 0);
                assert_eq!(homes.len() as u32, 2 * number);
                for home in &homes {
                    assert!(u32::from(home.entrance) < 3 && u32::from(home.floor) < 4);
                    assert!(u32::from(home.door) < buildings[0].doors_per_floor());
                }
                assert_eq!(buildings[1].first, number);
            }
        }
    }

    #[test]
    fn houses_are_near_in_their_own_street_alone() {
        let (buildings, homes) = build(
            &[BuildingPlan { entrances: 2, ..building(BuildingForm::Houses, 20) }, building(BuildingForm::Gallery, 20)],
            0,
        );
        assert!(are_near(&buildings, &homes[0], &homes[9]));
        assert!(!are_near(&buildings, &homes[0], &homes[10]));
        assert!(are_near(&buildings, &homes[20], &homes[39]));
        assert!(!are_near(&buildings, &homes[0], &homes[20]));
    }
}
