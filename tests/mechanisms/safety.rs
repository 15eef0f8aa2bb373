//! Mixed living, shocks, safety and pride: M45, M47, M48, M57.
//!
//! What the model says where the field leaves it open: as asking tenants take the place of carrying ones, needs hardly go
//! unmet until half of them ask, and ever more from there: a bend, and no point from which it tips by itself. Sudden arrivals
//! leave the help that earlier residents find as it was, for they have ties of their own; what they lose is the time of
//! professionals, and that does not come back. Longer hours of who runs a place bring more visits than
//! a crowd drives away, and yet a crowd drives away a part.

use noaber::model::blueprint::{Blueprint, BuildingPlan, Period, ProfessionalPlan};
use noaber::model::neighbourhood::resident::State;
use noaber::model::policy::{PolicyMeasure, Spread, Tenants};
use noaber::model::quantities::{ActivityKind, BuildingForm, Origin, Role, Tenure};
use noaber::model::world::World;
use noaber::observation::{RESIDENT_COLUMNS, residents};

use crate::common::{at, measured, policy, share};
use crate::measures::{here, mean, mean_of};
use crate::paired::{CORNER, contrast, contrasts, difference, differences, goes_on, grown, lived, with};
use crate::workers::activity;

/// Homes of the flat for carrying and for asking tenants, the second a share in quarters; homes fall vacant soon.
fn mixed(asking_quarters: u32) -> Blueprint {
    with(&CORNER, |plan| {
        let give = |who, quarters| PolicyMeasure::AllocateHomes {
            who,
            building: Some(0),
            homes: 16 * quarters,
            over_weeks: 26,
            hours_per_month: if who == Tenants::Motivated { 10.0 } else { 0.0 },
            motive: share(0.95),
            spread: Spread::Anywhere,
        };
        plan.policies.push(policy("works", 0, PolicyMeasure::Rebuild { building: 0, encounters: 1.0, leaving: 10.0 }));
        plan.policies.last_mut().expect("the works").period.until = Some(26);
        for (key, who, quarters) in
            [("carrying", Tenants::Motivated, 4 - asking_quarters), ("asking", Tenants::Vulnerable, asking_quarters)]
        {
            if quarters > 0 {
                plan.policies.push(policy(key, 0, give(who, quarters)));
            }
        }
    })
}

fn unmet(state: &State) -> f32 {
    (state.needs - state.needs_informal - state.needs_formal).max(0.0)
}

/// M45.
#[test]
fn burden_rises_ever_faster_with_the_share_of_asking_tenants() {
    let all = |world: &World| {
        let n = here(world);
        let in_flat = |slot: &usize| n.homes[n.traits[*slot].home as usize].building == 0;
        let adults = || n.residents().filter(in_flat).filter(|slot| n.traits[*slot].is_adult(world.week()));
        // Those who came to carry: who lived here before has hardly a tie with those who ask.
        let carries = |slot: &usize| n.traits[*slot].promised_hours > 0.0;
        let sum = |of: &dyn Fn(&State) -> f32| adults().map(|slot| f64::from(of(&n.state[slot]))).sum::<f64>();
        let carrying = adults().filter(carries).count() as f64;
        let helped: f64 = adults().filter(carries).map(|slot| f64::from(n.state[slot].helped)).sum();
        let energy: f64 = adults().filter(carries).map(|slot| f64::from(n.state[slot].energy)).sum();
        // What was given before week 0 fades in memory; those who came since have given only here.
        let came = n.residents().filter(|slot| n.traits[*slot].moved_in >= 0);
        let by_newcomers = came.map(|slot| f64::from(n.state[slot].helped)).sum::<f64>();
        [
            sum(&unmet) / sum(&|state| state.needs),
            helped / f64::max(carrying, 1.0),
            energy / f64::max(carrying, 1.0),
            by_newcomers,
        ]
    };
    let by_share = [0, 1, 2, 3, 4].map(|quarters| goes_on(&mixed(quarters), 104, all));
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    for (quarters, measures) in by_share.iter().enumerate() {
        let [needs, help, energy, _] = measures.each_ref().map(|values| mean(values));
        println!("M45 {quarters}/4 asking: unmet {needs:.4}, help by each who carries {help:.3}, energy {energy:.4}");
    }
    let [needs, ..] = differences(&by_share[0], &by_share[4]);
    needs.is_up("M45 share of needs unmet, all asking against all carrying");
    let [_, help, energy, _] = differences(&by_share[0], &by_share[3]);
    help.is_up("M45 help a year by each who came to carry, three quarters asking against none");
    energy.is_down("M45 energy of those who came to carry");
    let bend = |by_share: &[[Vec<f64>; 4]; 3]| {
        let [low, ..] = differences(&by_share[0], &by_share[1]);
        let [high, ..] = differences(&by_share[1], &by_share[2]);
        high.beyond(&low)
    };
    let [none, _, half, _, whole] = by_share;
    bend(&[none, half, whole]).is_up("M45 needs unmet: the second half of the way against the first");

    // Where nobody helps anybody there is no support to wear out.
    let helpless = |quarters| with(&mixed(quarters), |plan| plan.mechanisms.helping = false);
    let without = [0, 2, 4].map(|quarters| goes_on(&helpless(quarters), 104, all));
    difference(&without[0][3], &without[2][3]).is_nothing("M45 help by those who came, without helping");
    bend(&without).is_level("M45 the bend in needs unmet, without helping");
}

/// A block for some time, into which so many households come in week 0.
fn arrivals(households: u32) -> impl Fn(&mut Blueprint) {
    move |plan| {
        plan.buildings.push(BuildingPlan {
            key: "shelter".to_owned(),
            form: BuildingForm::Gallery,
            homes: 60,
            floors: 2,
            entrances: 1,
            x: 40.0,
            y: 120.0,
            tenure: Tenure::SocialRent,
            period: Period { from: Some(0), until: Some(520) },
        });
        let building = Some(plan.buildings.len() - 1);
        let measure = PolicyMeasure::Arrivals { building, households, origin: Origin::OutsideEurope };
        plan.policies.push(policy("arrivals", 0, measure));
    }
}

/// M47.
#[test]
fn sudden_arrivals_are_a_dip_from_which_people_recover_and_professionals_stay_short() {
    let sudden = with(&CORNER, arrivals(60));
    let all = |world: &World| {
        let n = here(world);
        let here_before = |slot: usize| n.traits[slot].moved_in < 0;
        let ties = n.professionals.iter().flat_map(|post| &post.ties).filter(|tie| here_before(tie.resident as usize));
        let linking = ties.map(|tie| f64::from(tie.trust)).sum::<f64>();
        [
            measured(world, "weekly_neighbours"),
            measured(world, "needs_unmet"),
            measured(world, "linking_ties"),
            linking / n.residents().filter(|slot| here_before(*slot)).count() as f64,
            mean_of(world, |them| them.moved_in < 0, unmet),
        ]
    };
    let [neighbours, needs, linking, linking_before, needs_before] = contrasts(&CORNER, &sudden, 26, all);
    neighbours.is_down("M47 weekly contact with neighbours, in the first half year");
    needs.is_up("M47 needs unmet, in the first half year");
    linking.is_down("M47 trusted professionals for each adult, in the first half year");
    linking_before.is_down("M47 the same of those who lived here before");
    needs_before.is_level("M47 needs unmet of those who lived here before");
    let [later, later_needs, later_linking, ..] = contrasts(&CORNER, &sudden, 156, all);
    later.beyond(&neighbours).is_up("M47 recovery of contact with neighbours, in the second and third year");
    later_linking.is_down("M47 trusted professionals, in the second and third year");
    println!("M47 needs unmet later: {:+.4}, t = {:.1}", later_needs.mean(), later_needs.t());
    for without in &contrasts(&CORNER, &with(&CORNER, arrivals(0)), 26, all) {
        without.is_nothing("M47 a block in which nobody arrives");
    }
    contrast(&CORNER, &with(&CORNER, arrivals(0)), 26, |world| f64::from(here(world).repute.addressed))
        .is_nothing("M47 incidents that somebody addresses, beside a block in which nobody arrives");
}

/// M47.
#[test]
fn longer_hours_of_volunteers_and_businesses_make_room_for_sudden_arrivals() {
    // Rooms so small that those who live here about fill them, so that there is something to respond to; and newcomers who
    // soon find their way.
    let plan = with(&CORNER, |plan| {
        plan.places.iter_mut().for_each(|place| place.capacity *= 0.02);
        plan.parameters.choosing.crowding *= 2.0;
        plan.parameters.choosing.learn_walking_past *= 3.0;
    });
    let responds = |plan: &Blueprint| with(plan, |plan| plan.parameters.choosing.flexible_hours = 1.0);
    let visits = |world: &World| [mean_of(world, |them| them.moved_in < 0, |state| state.visits)];
    let four = |plan: &Blueprint| {
        let (starts, sudden) = (grown(plan), with(plan, arrivals(60)));
        let [before, after, before_answered, after_answered] = [plan, &sudden, &responds(plan), &responds(&sudden)]
            .map(|plan| {
                let [visits] = lived(&starts, plan, 26, visits);
                visits
            });
        let (alone, answered) = (difference(&before, &after), difference(&before_answered, &after_answered));
        [alone, difference(&after, &after_answered), answered]
    };
    let [alone, response, answered] = four(&plan);
    alone.is_down("M47 visits a week of those who lived here before, after sudden arrivals");
    response.is_up("M47 the same, by longer hours");
    println!("M47 what longer hours leave of the dip: {:+.4}, t = {:.1}", answered.mean(), answered.t());
    let [_, response, _] = four(&with(&plan, |plan| plan.parameters.choosing.crowding = 0.0));
    response.is_nothing("M47 longer hours where nobody minds crowds");
}

/// The encounters around the home from week 0 on, times the ordinary number; moving follows nothing.
fn encounters(times: f32) -> Blueprint {
    with(&CORNER, |plan| {
        plan.mechanisms.image = false;
        plan.parameters.living.belonging_stays = 0.0;
        plan.policies.push(policy(
            "doors",
            0,
            PolicyMeasure::Adjust { parameter: "encounters.per_week", times, times_per_year: 1.0 },
        ));
    })
}

/// Share of the adults who say that they dare to address people on what they do.
fn address_each_other(world: &World) -> f64 {
    let column = RESIDENT_COLUMNS.iter().position(|column| column.name == "address").expect("the column");
    let answers: Vec<f64> = residents(world).iter().filter_map(|row| row.0[column].parse().ok()).collect();
    answers.iter().sum::<f64>() / answers.len() as f64
}

/// M48.
#[test]
fn where_neighbours_know_each_other_nuisance_is_addressed() {
    let all = |world: &World| {
        let repute = here(world).repute;
        [
            measured(world, "nuisance"),
            f64::from(repute.addressed / repute.incidents.max(0.1)),
            measured(world, "feels_safe"),
            f64::from(repute.incidents),
            address_each_other(world),
        ]
    };
    let (few, many) = (encounters(0.25), encounters(3.0));
    let [nuisance, addressed, safe, incidents, address] = contrasts(&few, &many, 156, all);
    nuisance.is_down("M48 share who met nuisance, twelve times as many encounters around the home");
    addressed.is_up("M48 share of incidents that somebody addressed");
    safe.is_up("M48 share who feel safe");
    address.is_up("M48 share who dare to address each other");
    incidents.is_nothing("M48 incidents, addressed or not");
    let uncontrolled = |plan: &Blueprint| with(plan, |plan| plan.mechanisms.informal_control = false);
    let [nuisance, addressed, ..] = contrasts(&uncontrolled(&few), &uncontrolled(&many), 104, all);
    nuisance.is_nothing("M48 share who met nuisance without informal control");
    addressed.is_nothing("M48 share of incidents addressed without informal control");

    // The levers: public space, the rate of nuisance, and a caretaker.
    let space = |inviting: f64| {
        with(&CORNER, |plan| {
            plan.policies.push(policy("space", 0, PolicyMeasure::PublicSpace { inviting: share(inviting) }));
        })
    };
    let [_, _, _, incidents, _] = contrasts(&space(0.2), &space(0.8), 52, all);
    incidents.is_down("M48 incidents where public space is inviting");
    for without in &contrasts(&CORNER, &space(0.5), 26, all) {
        without.is_nothing("M48 public space as it was");
    }
    let rate = |times| {
        with(&CORNER, |plan| {
            plan.policies.push(policy(
                "rate",
                0,
                PolicyMeasure::Adjust { parameter: "safety.nuisance", times, times_per_year: 1.0 },
            ));
        })
    };
    let felt = |world: &World| {
        [
            mean(world, |state| state.belonging),
            mean(world, |state| state.trust),
            measured(world, "feels_safe"),
            measured(world, "cohesion"),
        ]
    };
    let [belonging, trust, safe, cohesion] = contrasts(&rate(0.25), &rate(4.0), 104, felt);
    belonging.is_down("M48 belonging, sixteen times as much nuisance");
    trust.is_down("M48 trust");
    safe.is_down("M48 feeling safe");
    println!("M48 cohesion: {:+.4}, t = {:.1}", cohesion.mean(), cohesion.t());
    for without in &contrasts(&CORNER, &rate(1.0), 26, felt) {
        without.is_nothing("M48 the rate as it was");
    }
    let caretaker = |chance: f32| {
        let plan = with(&CORNER, |plan| plan.parameters.safety.caretaker = chance);
        let more = with(&plan, |plan| {
            plan.professionals.push(ProfessionalPlan {
                key: "second-caretaker".to_owned(),
                role: Role::Caretaker,
                employer: at(&plan.organisations, "municipality", |organisation| &organisation.key),
                grant: None,
                hours: 32.0,
                outreach: share(0.1),
                replaced_every: None,
                may_leave: false,
                place: None,
                period: Period { from: Some(0), until: None },
            });
        });
        contrast(&plan, &more, 104, |world| f64::from(here(world).repute.addressed / here(world).repute.incidents))
    };
    caretaker(0.05).is_up("M48 share of incidents addressed, with a second caretaker");
    caretaker(0.0).is_level("M48 the same where caretakers address nothing");
}

/// M57.
#[test]
fn pride_rises_with_belonging_and_activity_that_is_seen() {
    let more = |plan: &Blueprint| {
        with(plan, |plan| {
            for kind in [ActivityKind::Talk, ActivityKind::Meal, ActivityKind::Repair] {
                plan.initiatives.push(activity(plan, kind, 5.0));
            }
        })
    };
    let proud = |world: &World| measured(world, "proud");
    contrast(&CORNER, &more(&CORNER), 52, proud).is_up("M57 share who are proud, three more activities");
    let blind = with(&CORNER, |plan| {
        let image = &mut plan.parameters.image;
        (image.activity, image.belonging, image.nuisance) = (0.0, 0.0, 0.0);
        // Who belongs more does not stay for it either: the same people are asked.
        (plan.mechanisms.image, plan.parameters.living.belonging_stays) = (false, 0.0);
    });
    contrast(&blind, &more(&blind), 52, proud).is_nothing("M57 the same where neither is a reason for pride");
    // Belonging alone: neighbours who stay belong more.
    let stays = |plan: &Blueprint, times: f32| {
        with(plan, |plan| {
            plan.policies.push(policy(
                "moving",
                0,
                PolicyMeasure::Adjust { parameter: "living.moving", times, times_per_year: 1.0 },
            ));
        })
    };
    contrast(&stays(&CORNER, 4.0), &stays(&CORNER, 0.25), 104, proud)
        .is_up("M57 share who are proud, where people stay");
    let indifferent = with(&CORNER, |plan| plan.parameters.image.belonging = 0.0);
    let without = contrast(&stays(&indifferent, 4.0), &stays(&indifferent, 0.25), 104, proud);
    println!("M57 where belonging is no reason for pride: {:+.4}, t = {:.1}", without.mean(), without.t());
}

/// M57.
#[test]
fn stories_told_outside_change_who_wants_to_move_in() {
    // Many move, so that there are newcomers to look at; and image weighs twice as much, for the default drowns in chance in
    // so small a world.
    let plan = with(&CORNER, |plan| {
        plan.parameters.image.income *= 2.0;
        plan.policies.push(policy(
            "moving",
            0,
            PolicyMeasure::Adjust { parameter: "living.moving", times: 4.0, times_per_year: 1.0 },
        ));
    });
    let stories = |plan: &Blueprint, strength: f64| {
        with(plan, |plan| {
            plan.policies.push(policy("stories", 0, PolicyMeasure::TellStories { strength: share(strength) }));
        })
    };
    let all = |world: &World| {
        let n = here(world);
        let newcomers =
            || n.residents().filter(|slot| n.traits[*slot].moved_in >= 0 && n.traits[*slot].is_adult(world.week()));
        let number = newcomers().count().max(1) as f64;
        [
            f64::from(n.repute.image),
            newcomers().filter(|slot| n.traits[*slot].income_difficulty).count() as f64 / number,
            newcomers().map(|slot| f64::from(n.traits[slot].motive)).sum::<f64>() / number,
            n.residents().count() as f64,
        ]
    };
    let [image, difficulty, motive, residents] = contrasts(&plan, &stories(&plan, 1.0), 156, all);
    image.is_up("M57 image, stories told outside");
    difficulty.is_down("M57 share of adult newcomers who find it hard to make ends meet");
    motive.is_up("M57 motive of adult newcomers");
    println!("M57 residents: {:+.4}, t = {:.1}", residents.mean(), residents.t());
    let off = with(&plan, |plan| plan.mechanisms.image = false);
    for without in &contrasts(&off, &stories(&off, 1.0), 52, all) {
        without.is_nothing("M57 stories where image changes nothing");
    }
    for without in &contrasts(&plan, &stories(&plan, 0.0), 52, all) {
        without.is_nothing("M57 stories that reach nobody");
    }
}
