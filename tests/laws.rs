//! What holds in every week of every world, whatever the scenario: nothing gets lost, nothing leaves its range, and all
//! that refers to something refers to what is there.

mod common;

use std::collections::BTreeSet;

use common::{allocation, blueprint, share};
use noaber::model::blueprint::{Blueprint, Composition, KeyFigures, Period};
use noaber::model::chance::Chance;
use noaber::model::desk::Desk;
use noaber::model::initialization::set_up;
use noaber::model::neighbourhood::network::HalfTie;
use noaber::model::neighbourhood::resident::{Setting, State};
use noaber::model::neighbourhood::{NONE, Neighbourhood};
use noaber::model::parameters::{Mechanisms, Parameters};
use noaber::model::policy::{AskWay, AskWords, Policy, PolicyCost, PolicyMeasure, Spread};
use noaber::model::quantities::{BuildingForm, Cents, Origin, Person, Share, Sphere};
use noaber::model::schedule::live_one_week;
use noaber::model::submodels::enact_policies::enact_policies;
use noaber::model::submodels::move_households::move_households;
use noaber::model::submodels::settle_funding::settle_funding;
use noaber::model::world::World;
use proptest::prelude::*;

/// Lives some weeks of one neighbourhood and holds it to every law in each of them.
fn live_by_the_laws(plan: &Blueprint, seed: u64, burn_in: i32, weeks: i32) {
    let chance = Chance::new(seed);
    let mut n = set_up(plan, chance, 0, -burn_in);
    let mut desk = Desk::default();
    hold_state(&n, -burn_in);
    for week in -burn_in..weeks {
        let moved = after_moving(&n, plan, chance, week);
        let accounts: Vec<(Cents, Cents)> =
            n.ledger.accounts.iter().map(|account| (account.received, account.spent)).collect();
        live_one_week(&mut n, plan, chance, week, &mut desk);
        hold_state(&n, week);
        hold_hours(&moved, &n, plan, &desk, week);
        assert_eq!(moved.traits, n.traits, "week {week}: people come, go and change in the moving alone");
        for (account, (received, spent)) in n.ledger.accounts.iter().zip(accounts) {
            assert!(account.received >= received && account.spent >= spent, "week {week}: money flows one way");
        }
    }
    if burn_in + weeks <= 52 {
        hold_books(&n);
    }
}

/// The neighbourhood of this week after its moves, with the people counted on the way.
fn after_moving(before: &Neighbourhood, plan: &Blueprint, chance: Chance, week: i32) -> Neighbourhood {
    let mut n = before.clone();
    let rules = enact_policies(&mut n, plan, week);
    settle_funding(&mut n, &rules, chance, week);
    let residents = n.residents().count();
    let moves = move_households(&mut n, &rules, chance, week);
    let (came, went) = (moves.born + moves.arrived, moves.died + moves.left);
    assert_eq!(residents + came as usize, n.residents().count() + went as usize, "week {week}: {moves:?}");
    n
}

fn hold_state(n: &Neighbourhood, week: i32) {
    hold_households(n, week);
    hold_network(n, week);
    hold_residents(n, week);
    hold_settings(n, week);
    hold_money(n, week);
}

/// Each resident is in the chain of one home, partners have each other, and every number is somebody's own.
fn hold_households(n: &Neighbourhood, week: i32) {
    let mut housed = BTreeSet::new();
    for (number, home) in n.homes.iter().enumerate() {
        let members: Vec<usize> = n.members(number as u32).take(n.slots() + 1).collect();
        assert_eq!(members.is_empty(), home.is_vacant());
        for slot in members {
            assert!(housed.insert(slot), "week {week}: slot {slot} lives twice");
            assert!(n.traits[slot].is_somebody(), "week {week}: nobody lives in home {number}");
            assert_eq!(n.traits[slot].home as usize, number, "week {week}: slot {slot} is at home elsewhere");
        }
    }
    assert!(n.residents().eq(housed.iter().copied()), "week {week}: everybody is in one home");
    let persons: BTreeSet<Person> = n.residents().map(|slot| n.traits[slot].person).collect();
    assert_eq!(persons.len(), housed.len(), "week {week}: each number is one person's");
    for slot in n.residents() {
        let partner = n.traits[slot].partner;
        if partner != NONE {
            let other = &n.traits[partner as usize];
            assert_eq!(other.partner as usize, slot, "week {week}: partners have each other");
            assert_eq!(other.home, n.traits[slot].home, "week {week}: partners share a home");
        }
        assert!(n.traits[slot].born <= week && n.traits[slot].moved_in <= week, "week {week}: slot {slot}");
    }
    let mut free = n.free_slots.clone();
    free.sort_unstable();
    let empty = (0..n.slots()).filter(|slot| !n.traits[*slot].is_somebody()).map(|slot| slot as u32);
    assert!(empty.eq(free), "week {week}: the free slots are those without anybody");
}

/// Rows are in order, ends agree, strengths lie within bounds, and nobody is tied to nobody or to themselves.
fn hold_network(n: &Neighbourhood, week: i32) {
    assert_eq!(n.network.slots(), n.slots());
    for slot in 0..n.slots() {
        let row = n.network.of(slot);
        assert!(row.is_empty() || n.traits[slot].is_somebody(), "week {week}: empty slot {slot} has ties");
        assert!(row.others().is_sorted_by(|one, next| one < next), "week {week}: row {slot} is out of order");
        for tie in row.iter() {
            let told = format!("week {week}: {slot} and {tie:?}");
            assert!(tie.strength.is_finite() && (0.0..=1.0).contains(&tie.strength), "{told}");
            assert_ne!(tie.other as usize, slot, "{told}");
            assert!(n.traits[tie.other as usize].is_somebody(), "{told}");
            let back = n.network.between(tie.other as usize, slot as u32);
            assert_eq!(back, Some(HalfTie { other: slot as u32, ..tie }), "{told}");
            assert!(i32::from(tie.since) <= week && i32::from(tie.last_contact) <= week, "{told}");
            let (here, there) = (&n.traits[slot], &n.traits[tie.other as usize]);
            assert_eq!(tie.is_across(), here.origin != there.origin, "{told}");
            assert!(!tie.is_household() || here.home == there.home, "{told}");
        }
    }
}

fn hold_residents(n: &Neighbourhood, week: i32) {
    assert_eq!(n.state.len(), n.slots());
    for slot in n.residents() {
        let State {
            capability,
            way_finding,
            trust,
            institutional_trust,
            attitude,
            belonging,
            energy,
            grief,
            neighbour_weeks,
            family_weeks,
            friend_weeks,
            ..
        } = n.state[slot];
        let shares = [
            capability,
            way_finding,
            trust,
            institutional_trust,
            attitude,
            belonging,
            energy,
            grief,
            neighbour_weeks,
            family_weeks,
            friend_weeks,
        ];
        for (nth, value) in shares.iter().enumerate() {
            assert!((0.0..=1.0).contains(value), "week {week}: state {nth} of slot {slot} is {value}");
        }
        let state = &n.state[slot];
        assert!(state.social_deficit.is_finite() && state.emotional_deficit.is_finite(), "week {week}: slot {slot}");
        for amount in [
            state.visits,
            state.needs,
            state.needs_informal,
            state.needs_formal,
            state.helped,
            state.volunteer_hours,
            n.traits[slot].free_hours,
        ] {
            assert!(amount.is_finite() && amount >= 0.0, "week {week}: an amount of slot {slot} is {amount}");
        }
        let met = state.needs_informal + state.needs_formal;
        assert!(met <= state.needs * 1.001 + 1e-4, "week {week}: {met} met of {} needs", state.needs);
        let mut known: Vec<Setting> =
            state.habits.iter().map(|habit| habit.setting).filter(|setting| *setting != Setting::NOWHERE).collect();
        for setting in &known {
            let exists = match setting.initiative() {
                Some(number) => number < n.initiatives.len(),
                None => setting.place_index() < n.places.len(),
            };
            assert!(exists, "week {week}: slot {slot} knows {setting:?}");
        }
        known.sort_unstable();
        assert!(known.windows(2).all(|two| two[0] != two[1]), "week {week}: slot {slot} knows a setting twice");
        if state.volunteers_here() {
            let initiative = &n.initiatives[state.volunteers_with as usize];
            // The volunteers of one that ended find out in the week after.
            assert!(
                initiative.started && initiative.ended.is_none_or(|ended| ended == week),
                "week {week}: slot {slot}"
            );
        } else {
            assert!(!state.organises && state.volunteer_hours == 0.0, "week {week}: slot {slot}");
        }
    }
}

fn hold_settings(n: &Neighbourhood, week: i32) {
    for (number, place) in n.places.iter().enumerate() {
        let shares: f32 = place.origin_shares.iter().sum();
        assert!((shares - 1.0).abs() < 1e-3, "week {week}: shares of place {number} add up to {shares}");
        assert!((0.0..=1.0).contains(&place.closedness), "week {week}: place {number}");
    }
    for (number, initiative) in n.initiatives.iter().enumerate() {
        let told = format!("week {week}: initiative {number}");
        assert!(initiative.place < n.places.len(), "{told}");
        assert!((0.0..=1.0).contains(&initiative.strength) && (0.0..=1.0).contains(&initiative.reputation), "{told}");
        assert!((0.0..=1.0).contains(&initiative.relation), "{told}");
        assert!(initiative.hours.is_finite() && initiative.hours >= 0.0, "{told}");
        if initiative.is_alive() && week >= 0 {
            let hands = n.state.iter().filter(|state| state.volunteers_with as usize == number).count();
            // Counted before this week's people joined and left.
            assert!(initiative.organisers <= initiative.volunteers.max(1), "{told}, {hands} hands");
        }
    }
    for (a, b) in (0..n.organisations.len()).flat_map(|a| (0..a).map(move |b| (a, b))) {
        let (one, other) = (n.relations.between(a, b), n.relations.between(b, a));
        assert!((0.0..=1.0).contains(&one) && one == other, "week {week}: organisations {a} and {b}");
    }
    for (number, post) in n.professionals.iter().enumerate() {
        let told = format!("week {week}: post {number}");
        assert!(post.ties.windows(2).all(|two| two[0].resident < two[1].resident), "{told}");
        for tie in &post.ties {
            assert!(n.traits[tie.resident as usize].is_somebody(), "{told} and {tie:?}");
            assert!((0.0..=1.0).contains(&tie.trust), "{told} and {tie:?}");
        }
        assert!((0.0..=post.hours).contains(&post.hours_with_residents), "{told}");
        assert!(post.is_at_work(week) || post.hours_with_residents == 0.0, "{told} works while vacant");
    }
}

/// What was booked in a first year is what accounts and organisations paid, and in each sphere at least what its grants did.
fn hold_books(n: &Neighbourhood) {
    let booked: Cents = n.ledger.year.iter().flatten().chain(&n.ledger.care).copied().sum();
    let spent: Cents = n.ledger.accounts.iter().map(|account| account.spent).sum();
    assert_eq!(booked, spent + n.ledger.own_means, "what is booked is what accounts and organisations paid");
    let mut own = n.ledger.care_in_year();
    for sphere in Sphere::ALL {
        let granted = n.ledger.accounts.iter().filter(|account| account.sphere == *sphere);
        let more = n.ledger.spent_in_year(*sphere) - granted.map(|account| account.spent).sum();
        assert!(more >= Cents(0), "{sphere:?} gave more than is booked under it");
        own += more;
    }
    assert_eq!(own, n.ledger.own_means, "what no grant gave is own means");
}

/// What an account received is what it has and what it spent, to the cent.
fn hold_money(n: &Neighbourhood, week: i32) {
    for (number, account) in n.ledger.accounts.iter().enumerate() {
        assert_eq!(account.received, account.balance + account.spent, "week {week}: account {number}");
        assert!(account.balance >= Cents(0), "week {week}: account {number} is overdrawn");
    }
    let hours = n.ledger.hours_a_week();
    assert!(hours.iter().all(|hours| hours.is_finite() && *hours >= 0.0), "week {week}: {hours:?}");
}

/// Nobody spends more time on visits, appointments and volunteering than is free.
fn hold_hours(moved: &Neighbourhood, n: &Neighbourhood, plan: &Blueprint, desk: &Desk, week: i32) {
    // An adjusted length of a visit is not in the blueprint; such a policy is left out of the random scenarios.
    let length = plan.parameters.choosing.visit_minutes;
    let mut visits = vec![0_u32; n.slots()];
    for visit in desk.visits.iter().filter(|visit| !visit.in_passing) {
        let with = moved.state[visit.resident as usize].volunteers_with;
        let at_work = with != NONE && visit.setting == Setting::activity(with as usize);
        visits[visit.resident as usize] += u32::from(!at_work);
    }
    assert_eq!(desk.appointments.len(), moved.network.half_ties().len());
    for slot in moved.residents() {
        let appointments: u32 = moved.network.row(slot).map(|place| u32::from(desk.appointments[place])).sum();
        let free = (moved.traits[slot].free_hours - moved.state[slot].volunteer_hours).max(0.0) * 60.0;
        let spent = visits[slot] as f32 * length.floor() + appointments as f32;
        assert!(spent <= free + 0.01, "week {week}: slot {slot} spends {spent} of {free} minutes");
    }
    for (slot, place) in (0..moved.slots()).flat_map(|slot| moved.network.row(slot).map(move |place| (slot, place))) {
        let other = moved.network.half_ties().others()[place] as usize;
        let back = moved.network.row(other).start
            + moved.network.of(other).others().partition_point(|back| (*back as usize) < slot);
        assert_eq!(desk.appointments[place], desk.appointments[back], "week {week}: {slot} and {other} differ");
    }
}

#[test]
fn the_laws_hold_through_four_years_of_an_ordinary_neighbourhood() {
    live_by_the_laws(&blueprint("corner.toml"), 3, 52, 156);
}

#[test]
fn a_neighbourhood_where_nobody_lives_yet_lives_by_the_laws() {
    let mut plan = blueprint("corner.toml");
    plan.composition.vacant = Share::ALL;
    for (key, way) in [("in-person", AskWay::KeyFigures), ("leaflets", AskWay::Leaflet)] {
        let asks =
            PolicyMeasure::AskCampaign { way, asks_per_week: 5.0, to_unreached: Share::NONE, words: AskWords::Plain };
        plan.policies.push(Policy::new(key, Period::default(), asks));
    }
    live_by_the_laws(&plan, 3, 0, 20);
}

#[test]
fn a_grant_receives_its_year_to_the_cent() {
    let plan = blueprint("corner.toml");
    let mut n = set_up(&plan, Chance::new(5), 0, 0);
    let mut desk = Desk::default();
    for year in 1..=2 {
        for week in 52 * (year - 1)..52 * year {
            live_one_week(&mut n, &plan, Chance::new(5), week, &mut desk);
        }
        for (account, grant) in n.ledger.accounts.iter().zip(&plan.grants) {
            assert_eq!(account.received, Cents(grant.per_year.0 * i64::from(year)));
        }
    }
}

/// Three districts that differ in need, each with the corner's money on paper, in which nothing happens by chance to money.
fn districts(priority: f64) -> Blueprint {
    let mut plan = blueprint("corner.toml");
    plan.mechanisms.turnover = false;
    plan.parameters.asking.founding = 0.0;
    plan.parameters.funding.job_change_per_year = 0.0;
    plan.grants.iter_mut().for_each(|grant| grant.regime.renewal = Share::ALL);
    plan.policies.push(common::policy("priority", 0, PolicyMeasure::Priority { share: share(priority) }));
    let people = |need: f64| Composition { income_difficulty: share(need), ..plan.composition };
    plan.in_districts([0.07, 0.31, 0.58].map(|need| (format!("need-{need}"), people(need))))
}

#[test]
fn all_neighbourhoods_together_have_the_same_money_by_need_as_by_head() {
    let totals = |priority| {
        let mut world = World::grow(&districts(priority), 4, 0);
        common::live(&mut world, 52);
        let ledgers = || world.neighbourhoods().iter().map(|n| &n.ledger);
        let received: Cents = ledgers().flat_map(|ledger| &ledger.accounts).map(|account| account.received).sum();
        let posts: Cents = ledgers().map(|ledger| ledger.own_means - ledger.care_in_year()).sum();
        let each: Vec<Cents> = ledgers().map(|ledger| ledger.accounts[0].received).collect();
        (received, posts, each)
    };
    let (by_head, by_need) = (totals(0.0), totals(1.0));
    assert_eq!(by_head.0, by_need.0, "what all grants receive");
    assert!(by_head.2.windows(2).all(|two| two[0] == two[1]) && by_need.2.windows(2).all(|two| two[0] < two[1]));
    assert_eq!(by_head.1, by_need.1, "what posts cost that no grant pays");
}

#[test]
fn what_a_policy_costs_is_booked_to_the_cent_and_changes_nothing_else() {
    let plan = |cost| {
        let mut plan = blueprint("corner.toml");
        let measure = PolicyMeasure::Lockdown { strength: Share::NONE };
        plan.policies.push(Policy { cost, ..common::policy("costly", 0, measure) });
        plan
    };
    let year = |cost| {
        let mut world = common::grown(&plan(None), 6, 10);
        world.adopt(&plan(cost));
        common::live(&mut world, 52);
        world.neighbourhoods()[0].clone()
    };
    let cost = PolicyCost { once: Cents(12_345), per_year: Cents(1_000_003), sphere: Sphere::Personal };
    let (without, mut with) = (year(None), year(Some(cost)));
    assert_eq!(with.ledger.spent_in_year(Sphere::Personal), Cents(1_012_348));
    assert_eq!(with.ledger.own_means - without.ledger.own_means, Cents(1_012_348));
    with.ledger = without.ledger.clone();
    assert_eq!(with, without);
}

/// Shares that add up to one.
fn parts<const N: usize>() -> impl Strategy<Value = [Share; N]> {
    proptest::array::uniform(0.02_f64..1.0).prop_map(|weights: [f64; N]| {
        let whole: f64 = weights.iter().sum();
        weights.map(|weight| share(weight / whole))
    })
}

fn any_share() -> impl Strategy<Value = Share> {
    (0.0..=1.0).prop_map(share)
}

fn composition() -> impl Strategy<Value = Composition> {
    let lists = (parts::<5>(), parts::<4>(), parts::<3>(), parts::<3>());
    let shares = proptest::array::uniform6(any_share());
    (lists, shares, 0.0..0.4, 0.1_f32..8.0).prop_map(
        |((ages, households, origins, education), [money, health, language, employed, kin, women], vacant, moving)| {
            Composition {
                ages,
                women,
                households,
                household_size: (moving > 4.0).then_some(moving),
                origins,
                education,
                income_difficulty: money,
                health_limited: health,
                language_barrier: language,
                employed,
                vacant: share(vacant),
                kin_nearby: kin,
                moving,
                undocumented: language,
                key_figures: KeyFigures { share: share(vacant), of: None },
            }
        },
    )
}

fn measure() -> impl Strategy<Value = PolicyMeasure> {
    prop_oneof![
        (1_u32..10, 0_u32..12, 0_usize..3).prop_map(|(homes, weeks, spread)| allocation(
            homes,
            weeks,
            [Spread::Anywhere, Spread::Together, Spread::Apart][spread]
        )),
        (0_usize..9, 0.0_f32..60.0, any_share()).prop_map(|(way, asks_per_week, to_unreached)| {
            let words = [AskWords::Plain, AskWords::Client, AskWords::Talents][way / 3];
            let way = [AskWay::Personal, AskWay::KeyFigures, AskWay::Leaflet][way % 3];
            PolicyMeasure::AskCampaign { way, asks_per_week, to_unreached, words }
        }),
        (any_share(), any_share(), any_share(), 0.0_f32..60.0).prop_map(
            |(training, recognition, matching, hours_per_year)| PolicyMeasure::CareForVolunteers {
                training,
                recognition,
                matching,
                hours_per_year
            }
        ),
        (0.0_f32..3.0, 0.0_f32..20.0).prop_map(|(encounters, leaving)| PolicyMeasure::Rebuild {
            building: 0,
            encounters,
            leaving
        }),
        any_share().prop_map(|strength| PolicyMeasure::Lockdown { strength }),
        any_share().prop_map(|share| PolicyMeasure::ShiftCare { share }),
        any_share().prop_map(|share| PolicyMeasure::Priority { share }),
        any_share().prop_map(|households| PolicyMeasure::ImproveHomes { building: None, households }),
        any_share().prop_map(|inviting| PolicyMeasure::PublicSpace { inviting }),
        (0_u32..30, 1_u32..20).prop_map(|(places, weeks)| PolicyMeasure::Course { places, weeks }),
        any_share().prop_map(|share| PolicyMeasure::HealthyFood { share }),
        (1_u32..12).prop_map(|households| PolicyMeasure::Arrivals {
            building: None,
            households,
            origin: Origin::OutsideEurope
        }),
        any_share().prop_map(|strength| PolicyMeasure::TellStories { strength }),
        (0_usize..8).prop_map(|place| PolicyMeasure::ClosePlace { place }),
        (0_usize..4, any_share()).prop_map(|(initiative, share)| PolicyMeasure::OrganisersLeave { initiative, share }),
        proptest::option::of(0_usize..4).prop_map(|initiative| PolicyMeasure::OpenToAll { initiative }),
        (1_u32..20).prop_map(|weeks| PolicyMeasure::WorkerTenure {
            professional: 0,
            replaced_every: Some(weeks),
            may_leave: true
        }),
        Just(PolicyMeasure::ChangeProvider { organisation: 0 }),
        (0.0_f32..160.0).prop_map(|hours_per_month| PolicyMeasure::Introductions { hours_per_month }),
        any_share().prop_map(|residents_lead| PolicyMeasure::HandOver { initiative: None, residents_lead }),
        (0.0_f32..30.0, any::<bool>()).prop_map(|(residents_per_week, professionals_too)| {
            PolicyMeasure::SocialMap { residents_per_week, professionals_too }
        }),
        (0_usize..Parameters::TABLE.len(), 0.0_f32..4.0, 0.0_f32..4.0).prop_filter_map(
            "the length of a visit stays",
            |(at, times, times_per_year)| {
                let parameter: &'static str = Box::leak(Parameters::TABLE[at].key().into_boxed_str());
                let adjust = PolicyMeasure::Adjust { parameter, times, times_per_year };
                (parameter != "choosing.visit_minutes").then_some(adjust)
            }
        ),
    ]
}

/// A small neighbourhood with anybody in it, any form of building, some constants at the ends of their ranges, some
/// mechanisms off, and some policies that come and go.
fn scenario() -> impl Strategy<Value = Case> {
    let building = (0_usize..3, 1_u32..5, 1_u32..4, 1_u32..8);
    let extremes = proptest::collection::vec((0_usize..Parameters::TABLE.len(), any::<bool>()), 0..6);
    let off = proptest::collection::vec(0_usize..Mechanisms::TABLE.len(), 0..3);
    let policies = proptest::collection::vec((measure(), -4_i32..8, 1_i32..12), 0..4);
    (composition(), building, any_share(), extremes, off, policies).prop_map(
        |(composition, (form, floors, entrances, doors), public_space, extremes, off, policies)| {
            let mut plan = blueprint("six-corners.toml");
            (plan.composition, plan.public_space, plan.copies) = (composition, public_space, 1);
            // Elsewhere need is middling, so that a priority gives this neighbourhood more or less.
            let elsewhere = Composition { income_difficulty: share(0.5), ..composition };
            let building = &mut plan.buildings[0];
            building.form = BuildingForm::ALL[form];
            building.entrances = entrances;
            building.floors = if building.form == BuildingForm::Houses { 1 } else { floors };
            building.homes = building.floors * entrances * doors;
            for (at, high) in extremes {
                let info = &Parameters::TABLE[at];
                let end = if high { info.high } else { info.low };
                plan.parameters.set(&info.key(), f64::from(end)).expect("the end of a range is in it");
            }
            for at in off {
                plan.mechanisms.set(Mechanisms::TABLE[at].name, false);
            }
            for (number, (measure, from, weeks)) in policies.into_iter().enumerate() {
                let mut policy = common::policy(&format!("policy-{number}"), from, measure);
                policy.period.until = Some(from + weeks);
                let once = Cents(i64::from(weeks) * 1_001);
                policy.cost = Some(PolicyCost { once, per_year: Cents(77_777), sphere: Sphere::ALL[number % 3] });
                plan.policies.push(policy);
            }
            let districts = [("here", composition), ("elsewhere", elsewhere)];
            Case(plan.in_districts(districts.map(|(key, composition)| (key.to_owned(), composition))))
        },
    )
}

/// A random scenario that tells only what is random about it.
#[derive(Clone)]
struct Case(Blueprint);

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let plan = &self.0;
        let changed = Parameters::TABLE.iter().map(noaber::model::parameters::ParameterInfo::key);
        let changed = changed.filter(|key| plan.parameters.get(key) != Parameters::default().get(key));
        let changed: Vec<_> = changed.map(|key| (plan.parameters.get(&key), key)).collect();
        let off: Vec<_> = Mechanisms::TABLE.iter().map(|info| info.name).collect();
        let off: Vec<_> = off.into_iter().filter(|name| plan.mechanisms.get(name) == Some(false)).collect();
        write!(
            f,
            "{:?} {:?} {:?} {changed:?} off {off:?} {:?}",
            plan.composition, plan.buildings[0], plan.public_space, plan.policies
        )
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_laws_hold_in_any_scenario(case in scenario(), seed in any::<u64>()) {
        live_by_the_laws(&case.0, seed, 5, 16);
    }
}
