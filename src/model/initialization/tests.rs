//! Tests of setting up: margins, families, ties, volunteers, and the smallest worlds.

use super::*;
use crate::model::blueprint::BuildingPlan;
use crate::model::fixture::{building, share, small_blueprint};
use crate::model::neighbourhood::network::TieOrigin;
use crate::model::quantities::BuildingForm;

const WEEK: i32 = -104;

fn large() -> Blueprint {
    let mut blueprint = small_blueprint();
    blueprint.buildings =
        vec![BuildingPlan { floors: 10, ..building(BuildingForm::Gallery, 700) }, building(BuildingForm::Houses, 300)];
    blueprint
}

fn share_of(n: &Neighbourhood, who: impl Fn(&Traits) -> bool, what: impl Fn(&Traits) -> bool) -> f32 {
    let all = n.traits.iter().filter(|them| who(them)).count();
    n.traits.iter().filter(|them| who(them) && what(them)).count() as f32 / all.max(1) as f32
}

fn assert_about(found: f32, wanted: f32, within: f32, what: &str) {
    assert!((found - wanted).abs() <= within, "{what}: {found} and not about {wanted}");
}

#[test]
fn everything_has_one_length_and_slots_stand_in_order_of_homes() {
    let blueprint = small_blueprint();
    let n = set_up(&blueprint, Chance::new(1), 2, WEEK);
    assert_eq!(n.first_home, 240);
    assert_eq!((n.traits.len(), n.traits.len()), (n.state.len(), n.network.slots()));
    assert!(n.free_slots.is_empty());
    assert!(n.traits.windows(2).all(|pair| pair[0].home <= pair[1].home));
    for home in 0..n.homes.len() as u32 {
        for (nth, slot) in n.members(home).enumerate() {
            assert_eq!(n.traits[slot].person, Person::new(240 + home, 0, false, nth as u8));
            assert_eq!(n.traits[slot].home, home);
            let partner = n.traits[slot].partner;
            assert!(partner == NONE || n.traits[partner as usize].partner == slot as u32);
        }
    }
    assert_eq!(n.homes.iter().filter(|home| home.is_vacant()).count(), 2);
}

#[test]
fn the_margins_of_the_composition_come_out() {
    let blueprint = large();
    let composition = &blueprint.composition;
    let n = set_up(&blueprint, Chance::new(5), 0, WEEK);
    let adult = |them: &Traits| !them.child;
    for band in 0..5 {
        let found = share_of(&n, |_| true, |them| them.age_band(WEEK) == band);
        assert_about(found, composition.ages[band].get(), 0.02, "age");
    }
    for place in 0..3 {
        let origins = share_of(&n, |_| true, |them| them.origin as usize == place);
        assert_about(origins, composition.origins[place].get(), 0.02, "origin");
        let education = share_of(&n, adult, |them| them.education as usize == place);
        assert_about(education, composition.education[place].get(), 0.02, "education");
    }
    let first = |them: &Traits| them.person == them.person.housemate(0);
    assert_about(share_of(&n, first, |them| them.income_difficulty), 0.20, 0.01, "income");
    assert_about(share_of(&n, adult, |them| them.health_limited), 0.25, 0.02, "health");
    let foreign = |them: &Traits| adult(them) && them.origin != crate::model::quantities::Origin::Netherlands;
    assert_about(share_of(&n, foreign, |them| !them.shares_language), 0.20, 0.02, "language");
    let workers = |them: &Traits| adult(them) && (20..67).contains(&them.age(WEEK));
    assert_about(share_of(&n, workers, |them| them.occupied), 0.70, 0.02, "work");
    let singles = n.homes.iter().filter(|home| !home.is_vacant() && home.members_so_far == 1).count();
    assert_about(singles as f32 / 980.0, 0.40, 0.02, "single");
    assert_about(share_of(&n, adult, |them| them.sex == crate::model::quantities::Sex::Woman), 0.51, 0.03, "women");
}

#[test]
fn ages_come_out_in_quarters_of_every_sort() {
    let mut blueprint = large();
    for (ages, households) in [
        ([0.25, 0.11, 0.31, 0.24, 0.09], [0.22, 0.22, 0.46, 0.10]),
        ([0.10, 0.08, 0.20, 0.27, 0.35], [0.50, 0.34, 0.11, 0.05]),
        ([0.06, 0.34, 0.40, 0.14, 0.06], [0.66, 0.22, 0.08, 0.04]),
        ([0.22, 0.14, 0.31, 0.23, 0.10], [0.40, 0.14, 0.27, 0.19]),
    ] {
        blueprint.composition.ages = ages.map(share);
        blueprint.composition.households = households.map(share);
        let n = set_up(&blueprint, Chance::new(11), 0, WEEK);
        for (band, wanted) in ages.into_iter().enumerate() {
            let found = share_of(&n, |_| true, |them| them.age_band(WEEK) == band);
            assert_about(found, wanted as f32, 0.02, "age");
        }
        let alone = n.homes.iter().filter(|home| home.members_so_far == 1).count() as f32 / 980.0;
        assert_about(alone, households[0] as f32, 0.01, "living alone");
    }
}

#[test]
fn a_share_of_the_households_has_kin_nearby() {
    let n = set_up(&large(), Chance::new(12), 0, WEEK);
    let has_kin = |home: u32| {
        n.members(home).any(|slot| n.network.of(slot).iter().any(|tie| tie.is_kin() && !tie.is_household()))
    };
    let linked = (0..n.homes.len() as u32).filter(|home| has_kin(*home)).count() as f32;
    assert_about(linked / 980.0, 0.12, 0.01, "kin nearby");
    for slot in n.residents() {
        for tie in n.network.of(slot).iter().filter(|tie| tie.is_kin() && !tie.is_household()) {
            assert!((0.6..=0.9).contains(&tie.strength));
        }
    }
}

#[test]
fn neighbours_next_door_know_each_other_more_than_those_further_on() {
    let n = set_up(&large(), Chance::new(13), 0, WEEK);
    let mut by_doors = [0_u32; 8];
    for slot in n.residents() {
        for tie in n.network.of(slot).iter().filter(|tie| tie.origin == TieOrigin::DOORSTEP) {
            let doors = n.traits[slot].home.abs_diff(n.traits[tie.other as usize].home);
            by_doors[(doors as usize).min(7)] += 1;
            assert!(tie.is_near());
        }
    }
    assert_eq!(by_doors[0], 0);
    assert!(by_doors[1] > by_doors[2] && by_doors[2] > by_doors[4], "{by_doors:?}");
}

#[test]
fn what_starts_later_waits() {
    let mut blueprint = small_blueprint();
    let later = crate::model::blueprint::Period { from: Some(10), until: None };
    blueprint.initiatives[0].period = later;
    blueprint.professionals[0].period = later;
    blueprint.places[3].period = later;
    let mut n = set_up(&blueprint, Chance::new(14), 0, WEEK);
    assert!(!n.initiatives[0].is_alive() && n.initiatives[0].volunteers == 0);
    assert!(!n.places[3].open && !n.professionals[0].is_at_work(9) && n.professionals[0].is_at_work(10));
    places::start_initiative(&mut n, 0, &blueprint.parameters.asking, Chance::new(14), 10);
    assert!(n.initiatives[0].is_alive() && n.initiatives[0].volunteers > 0 && n.initiatives[0].founded == 10);
    let contract = n.initiatives[0].contract.expect("a fund pays it");
    assert!(contract.is_paid(10) && !contract.is_paid(62));
}

#[test]
fn parents_are_of_an_age_to_be_parents_and_health_falls_with_age() {
    let n = set_up(&large(), Chance::new(6), 0, WEEK);
    for home in 0..n.homes.len() as u32 {
        let members: Vec<&Traits> = n.members(home).map(|slot| &n.traits[slot]).collect();
        for child in members.iter().filter(|them| them.child) {
            assert!(child.age(WEEK) <= family::OLDEST_CHILD);
            for parent in members.iter().filter(|them| !them.child) {
                let years = parent.age(WEEK) - child.age(WEEK);
                assert!((19..=43).contains(&years), "{years} years between parent and child");
            }
        }
        assert!(members.is_empty() || members.iter().any(|them| them.age(WEEK) >= 18));
    }
    let limited = |from: i32, to: i32| {
        share_of(&n, |them| !them.child && (from..to).contains(&them.age(WEEK)), |them| them.health_limited)
    };
    assert!(limited(70, 120) > 1.5 * limited(18, 45), "{} {}", limited(70, 120), limited(18, 45));
}

#[test]
fn people_start_with_many_faces_and_a_handful_of_acquaintances_and_friends() {
    let n = set_up(&large(), Chance::new(7), 0, WEEK);
    let mean = 2.0 * n.network.ties() as f32 / n.slots() as f32;
    assert_about(mean, 25.0, 3.0, "ties a resident");
    let half = n.network.half_ties();
    let known = half.iter().filter(|tie| !tie.is_household() && tie.strength >= 0.05).count() as f32;
    assert_about(known / n.slots() as f32, 4.5, 1.0, "acquaintances and closer, a resident");
    for origin in [
        TieOrigin::HOUSEHOLD,
        TieOrigin::KIN,
        TieOrigin::DOORSTEP,
        TieOrigin::ENTRANCE,
        TieOrigin::STREET,
        TieOrigin::BEFORE,
    ] {
        assert!(half.iter().any(|tie| tie.origin == origin), "no tie from {}", origin.key());
    }
    let across = half.iter().filter(|tie| tie.is_across() && tie.origin == TieOrigin::BEFORE).count() as f32;
    let before = half.iter().filter(|tie| tie.origin == TieOrigin::BEFORE).count() as f32;
    // By chance 54 % of pairs would cross.
    assert!(across / before < 0.45, "{}", across / before);
    assert!(half.iter().all(|tie| i32::from(tie.since) <= WEEK && i32::from(tie.last_contact) <= WEEK));
}

#[test]
fn two_in_five_volunteered_in_the_past_year_the_higher_educated_more() {
    let n = set_up(&large(), Chance::new(8), 0, WEEK);
    let adults: Vec<usize> = n.residents().filter(|slot| n.traits[*slot].is_adult(WEEK)).collect();
    let share = |education: Option<usize>| {
        let group: Vec<_> = adults
            .iter()
            .filter(|slot| education.is_none_or(|place| n.traits[**slot].education as usize == place))
            .collect();
        group.iter().filter(|slot| n.state[***slot].last_volunteered > WEEK - 52).count() as f32 / group.len() as f32
    };
    // Fewer than the nation's 49 %: more of these people have little schooling, poor health or another language.
    assert_about(share(None), 0.38, 0.04, "volunteered");
    assert!(share(Some(0)) + 0.1 < share(Some(2)), "{} {}", share(Some(0)), share(Some(2)));
}

#[test]
fn initiatives_have_their_people_and_accounts_add_up() {
    let n = set_up(&small_blueprint(), Chance::new(9), 0, WEEK);
    for (number, initiative) in n.initiatives.iter().enumerate() {
        assert!(initiative.is_alive() && initiative.founded <= WEEK);
        let with: Vec<usize> = n.residents().filter(|slot| n.state[*slot].volunteers_with == number as u32).collect();
        assert_eq!(with.len() as u32, initiative.volunteers);
        assert_eq!(with.iter().filter(|slot| n.state[**slot].organises).count() as u32, initiative.organisers);
        assert!(initiative.organisers >= 1 && initiative.volunteers >= 3);
        assert!(with.iter().all(|slot| n.traits[*slot].is_adult(WEEK)
            && n.state[*slot].knows(crate::model::neighbourhood::resident::Setting::activity(number))));
    }
    for account in &n.ledger.accounts {
        assert_eq!(account.received, account.balance + account.spent);
    }
    let contract = n.professionals[0].contract.expect("a grant pays the builder");
    assert!(contract.from <= WEEK && WEEK < contract.until && contract.until <= WEEK + 52);
    assert!(n.professionals[1].contract.is_none());
}

#[test]
fn the_smallest_worlds_work() {
    for (homes, form) in [(1, BuildingForm::Gallery), (1, BuildingForm::Houses), (6, BuildingForm::Stairwell)] {
        let mut blueprint = small_blueprint();
        blueprint.buildings = vec![building(form, homes)];
        blueprint.composition.vacant = share(if homes == 6 { 1.0 } else { 0.0 });
        assert!(homes != 6 || set_up(&blueprint, Chance::new(0), 0, WEEK).traits.is_empty());
        blueprint.composition.vacant = share(0.0);
        for seed in 0..20 {
            let n = set_up(&blueprint, Chance::new(seed), 0, WEEK);
            assert_eq!(n.homes.len() as u32, homes);
            assert!(n.slots() >= homes as usize);
        }
    }
}

#[test]
fn a_composition_of_single_households_houses_adults_alone() {
    let mut blueprint = small_blueprint();
    blueprint.composition.households = [1.0, 0.0, 0.0, 0.0].map(share);
    let n = set_up(&blueprint, Chance::new(1), 0, WEEK);
    assert!(n.homes.iter().all(|home| home.members_so_far <= 1));
    assert!(n.traits.iter().all(|them| them.is_adult(WEEK) && them.partner == NONE));
    blueprint.composition.households = [0.0, 0.0, 1.0, 0.0].map(share);
    blueprint.composition.ages = [0.0, 0.0, 0.0, 0.0, 1.0].map(share);
    assert!(set_up(&blueprint, Chance::new(1), 0, WEEK).slots() > 0);
}

#[test]
fn the_same_seed_gives_the_same_neighbourhood_and_another_copy_other_people() {
    let blueprint = small_blueprint();
    let grow = |seed, number| set_up(&blueprint, Chance::new(seed), number, WEEK);
    assert!(grow(1, 0) == grow(1, 0));
    assert!(grow(1, 0).traits != grow(2, 0).traits);
    let interests = |n: Neighbourhood| n.traits.iter().map(|them| them.interests).collect::<Vec<_>>();
    assert_ne!(interests(grow(1, 0)), interests(grow(1, 1)));
}
