//! Volunteers, what they are asked and how they are kept: M13, M36, M38, M40, M41, M42.
//!
//! Some claims come out weaker than the field tells them. Scarcity makes people with money worries help each other more,
//! and tires them, but by little: an ask too many is answered with no. When demand rises more needs stay unmet, and
//! volunteers become fewer rather than more, but the share that stays unmet hardly rises: kin, friends and neighbours
//! help more and tire. Of the care for volunteers it is recognition that keeps them, training a little; matching does
//! nothing here for who volunteers already, and costs hours like the rest.

use noaber::model::blueprint::{Blueprint, KeyFigures, Period, ProfessionalPlan};
use noaber::model::neighbourhood::resident::{State, Traits};
use noaber::model::policy::{AskWay, AskWords, PolicyMeasure};
use noaber::model::quantities::{Origin, Role, Share};
use noaber::model::world::World;

use crate::asking::wants_hands;
use crate::common::{at, measured, policy, share};
use crate::measures::{here, mean, mean_of, trust_in, volunteers};
use crate::paired::{CORNER, Contrast, contrasts, contrasts_of_origins, differences, grown, lived, with};

/// Volunteers, here or elsewhere, of a group.
fn volunteers_of(world: &World, group: impl Fn(&Traits) -> bool) -> f64 {
    let active = |state: &State| f32::from(u8::from(state.volunteers_here() || state.volunteers_elsewhere));
    mean_of(world, group, active)
}

/// M13.
#[test]
fn people_with_money_worries_turn_to_each_other_and_tire() {
    let effect = |worries: f64| -> [Contrast; 2] {
        let on = with(&CORNER, |plan| plan.composition.income_difficulty = share(worries));
        let off = with(&on, |plan| plan.mechanisms.scarcity = false);
        let starts = grown(&on);
        let both = |world: &World| [mean(world, |state| state.helped), mean(world, |state| state.energy)];
        differences(&lived(&starts, &off, 104, both), &lived(&starts, &on, 104, both))
    };
    let ([many, many_tire], [few, few_tire]) = (effect(0.7), effect(0.15));
    many.is_up("M13 help given by scarcity, many with money worries");
    many_tire.is_down("M13 energy by scarcity, many with money worries");
    many.beyond(&few).is_up("M13 help given by scarcity, many with money worries against few");
    many_tire.beyond(&few_tire).is_down("M13 energy by scarcity, many with money worries against few");
    for nothing in effect(0.0) {
        nothing.is_nothing("M13 where nobody has money worries");
    }
}

/// Asks a week in these words, by those who know people.
fn in_words(words: AskWords) -> impl Fn(&mut Blueprint) {
    move |plan| {
        wants_hands(plan);
        // Nobody stops, and who joins draws no others along: what is counted are the answers.
        plan.mechanisms.imitation = false;
        let asking = &mut plan.parameters.asking;
        (asking.asks_per_volunteer, asking.founding, asking.leave, asking.overload_leave) = (0.0, 0.0, 0.0, 0.0);
        let way = AskWay::Personal;
        let asks = PolicyMeasure::AskCampaign { way, asks_per_week: 40.0, to_unreached: Share::NONE, words };
        plan.policies.push(policy("asks", 0, asks));
    }
}

/// M36.
#[test]
fn a_client_is_undermined_and_talents_answer() {
    let [plain, client, talents] =
        [AskWords::Plain, AskWords::Client, AskWords::Talents].map(|words| with(&CORNER, in_words(words)));
    let low = |traits: &Traits| traits.own_capability < 0.6;
    let high = |traits: &Traits| traits.own_capability >= 0.7;
    let here_by = |group: fn(&Traits) -> bool| {
        move |world: &World| mean_of(world, group, |state| f32::from(u8::from(state.volunteers_here())))
    };
    let all =
        |world: &World| [mean_of(world, low, |state| state.capability), here_by(low)(world), here_by(high)(world)];
    let [capability, answers, _] = contrasts(&plain, &client, 78, all);
    capability.is_down("M36 capability of those with little, asked as clients");
    answers.is_down("M36 volunteers with little capability, asked as clients");
    let [capability, answers, others] = contrasts(&plain, &talents, 78, all);
    capability.is_up("M36 capability of those with little, asked for their talents");
    answers.is_up("M36 volunteers with little capability, asked for their talents");
    println!(
        "M36 volunteers with much capability, asked for their talents: {:+.4}, t = {:.1}",
        others.mean(),
        others.t()
    );
    let wordless = |plan: &Blueprint| {
        with(plan, |plan| {
            let asking = &mut plan.parameters.asking;
            (asking.words_client, asking.words_talents) = (0.0, 0.0);
        })
    };
    for words in [&client, &talents] {
        for without in contrasts(&wordless(&plain), &wordless(words), 52, all) {
            without.is_nothing("M36 where words do nothing");
        }
    }
}

/// A community builder from week 0 on, with these hours.
fn builder(hours: f32) -> impl Fn(&mut Blueprint) {
    move |plan| {
        plan.professionals.push(ProfessionalPlan {
            key: "builder".to_owned(),
            role: Role::CommunityBuilder,
            employer: at(&plan.organisations, "welfare", |organisation| &organisation.key),
            grant: None,
            hours,
            outreach: share(0.3),
            replaced_every: None,
            may_leave: false,
            place: None,
            period: Period { from: Some(0), until: None },
        });
    }
}

fn cared_for(training: f64, recognition: f64, matching: f64) -> impl Fn(&mut Blueprint) {
    move |plan| {
        let [training, recognition, matching] = [training, recognition, matching].map(share);
        let care = PolicyMeasure::CareForVolunteers { training, recognition, matching, hours_per_year: 6.0 };
        plan.policies.push(policy("care", 0, care));
    }
}

/// M38.
#[test]
fn volunteers_who_are_cared_for_stay_longer() {
    // Many who volunteer before it begins, so that there is somebody to keep.
    let busy = with(&CORNER, |plan| {
        wants_hands(plan);
        plan.initiatives.iter_mut().for_each(|initiative| initiative.period = Period::default());
        plan.parameters.asking.asks_per_volunteer *= 10.0;
    });
    let starts = grown(&busy);
    let plan = with(&busy, builder(24.0));
    // Of those who volunteered when it began.
    let stayed = |world: &World| {
        let still = |state: &&State| state.volunteers_here() && state.volunteering_since < 0;
        here(world).state.iter().filter(still).count() as f64
    };
    let all = |world: &World| [stayed(world), volunteers(world), trust_in(world, "builder")];
    let alone = lived(&starts, &plan, 182, all);
    let with_care = |training, recognition, matching| {
        differences(&alone, &lived(&starts, &with(&plan, cared_for(training, recognition, matching)), 182, all))
    };
    let [stay, hands, trust] = with_care(1.0, 1.0, 1.0);
    stay.is_up("M38 volunteers who stayed, with care");
    hands.is_up("M38 volunteers, with care");
    trust.is_down("M38 trust in the worker who has fewer hours for others");
    for (name, [training, recognition, matching]) in
        [("training", [1.0, 0.0, 0.0]), ("recognition", [0.0, 1.0, 0.0]), ("matching", [0.0, 0.0, 1.0])]
    {
        let [stay, hands, _] = with_care(training, recognition, matching);
        println!(
            "M38 {name} alone: stayed {:+.2}, t = {:.1}; volunteers {:+.2}, t = {:.1}",
            stay.mean(),
            stay.t(),
            hands.mean(),
            hands.t()
        );
    }
    let nobody = with(&CORNER, wants_hands);
    let without = |world: &World| [stayed(world), volunteers(world)];
    for without in contrasts(&nobody, &with(&nobody, cared_for(1.0, 1.0, 1.0)), 52, without) {
        without.is_nothing("M38 care that nobody has hours for");
    }
}

/// M40.
#[test]
fn rules_keep_people_on_a_benefit_from_volunteering() {
    let plan = with(&CORNER, |plan| {
        wants_hands(plan);
        plan.composition.employed = share(0.3);
        plan.parameters.asking.asks_per_volunteer *= 20.0;
    });
    let starts = grown(&plan);
    let contrasts_here =
        |one: &Blueprint, other: &Blueprint, weeks: u32, measure: &(dyn Fn(&World) -> [f64; 2] + Sync)| {
            differences(&lived(&starts, one, weeks, measure), &lived(&starts, other, weeks, measure))
        };
    let without_rules = |plan: &Blueprint| {
        with(plan, |plan| {
            let parameter = "asking.benefit_barrier";
            let no_rules = PolicyMeasure::Adjust { parameter, times: 0.0, times_per_year: 1.0 };
            plan.policies.push(policy("no-rules", 0, no_rules));
        })
    };
    let both = |world: &World| {
        [volunteers_of(world, |traits| traits.on_benefit), volunteers_of(world, |traits| !traits.on_benefit)]
    };
    let [of_them, of_others] = contrasts_here(&plan, &without_rules(&plan), 156, &both);
    of_them.is_up("M40 share of the people on a benefit who volunteer, without the rules");
    of_others.is_level("M40 share of others who volunteer");
    let free = with(&plan, |plan| plan.parameters.asking.benefit_barrier = 0.0);
    for without in contrasts_here(&free, &without_rules(&free), 52, &both) {
        without.is_nothing("M40 where there are no rules to take away");
    }
    let papers = with(&plan, |plan| plan.parameters.asking.paperwork_barrier = 0.5);
    let all = |world: &World| [volunteers_of(world, |_| true), volunteers(world)];
    let [share_of_all, here] = contrasts_here(&plan, &papers, 104, &all);
    share_of_all.is_down("M40 share who volunteer, with paperwork for all");
    here.is_down("M40 volunteers here, with paperwork for all");
}

/// Every kind of need so much more each year.
fn demand(times_per_year: f32) -> impl Fn(&mut Blueprint) {
    move |plan| {
        for parameter in ["help.small_job", "help.watch_house", "help.company", "help.care", "help.money_and_papers"] {
            let grows = PolicyMeasure::Adjust { parameter, times: 1.0, times_per_year };
            plan.policies.push(policy(parameter, 0, grows));
        }
    }
}

/// M41.
#[test]
fn volunteers_do_not_follow_a_demand_that_rises() {
    let unmet = |world: &World| mean(world, |state| state.needs - state.needs_informal - state.needs_formal);
    let all = |world: &World| {
        [unmet(world), measured(world, "needs_unmet"), measured(world, "volunteers"), mean(world, |state| state.energy)]
    };
    let [more, share, supply, energy] = contrasts(&CORNER, &with(&CORNER, demand(1.25)), 208, all);
    more.is_up("M41 needs that nobody meets, per adult");
    println!("M41 share of needs that nobody meets: {:+.4}, t = {:.1}", share.mean(), share.t());
    energy.is_down("M41 energy of those who help");
    println!("M41 share who volunteer: {:+.4}, t = {:.1}", supply.mean(), supply.t());
    assert!(supply.mean() < 0.01, "volunteers follow: {:+.4}", supply.mean());
    for without in contrasts(&CORNER, &with(&CORNER, demand(1.0)), 52, all) {
        without.is_nothing("M41 a demand that stays as it is");
    }
}

/// M42.
#[test]
fn key_figures_ask_across_groups() {
    let key = |of: Option<Origin>| {
        move |plan: &mut Blueprint| plan.composition.key_figures = KeyFigures { share: share(0.03), of }
    };
    let plan = with(&CORNER, wants_hands);
    let all =
        |world: &World| [measured(world, "asked_across"), measured(world, "asked"), measured(world, "volunteers_here")];
    let [across, asked, hands] = contrasts_of_origins(&plan, &with(&plan, key(None)), 104, all);
    across.is_up("M42 share asked by somebody of another group, with key figures");
    asked.is_up("M42 share asked, with key figures");
    println!("M42 volunteers, with key figures: {:+.4}, t = {:.1}", hands.mean(), hands.t());
    let ties = |world: &World, key_figure: bool| {
        let n = here(world);
        let who = n
            .residents()
            .filter(|slot| n.traits[*slot].is_adult(world.week()) && n.traits[*slot].key_figure == key_figure);
        let counts: Vec<f64> = who.map(|slot| n.network.of(slot).len() as f64).collect();
        counts.iter().sum::<f64>() / counts.len().max(1) as f64
    };
    let figures = with(&plan, key(None));
    let starts = grown(&figures);
    let [known, others] = lived(&starts, &figures, 26, |world| [ties(world, true), ties(world, false)]);
    crate::paired::difference(&others, &known).is_up("M42 ties of key figures against others");
    // Position: all from one group, they reach others of other groups.
    let of_others =
        |world: &World| mean_of(world, |traits| traits.origin == Origin::Netherlands, |state| state.asked_across);
    let one_group = with(&plan, key(Some(Origin::OutsideEurope)));
    let own_group = with(&plan, key(Some(Origin::Netherlands)));
    let [position] = contrasts_of_origins(&own_group, &one_group, 104, |world| [of_others(world)]);
    position.is_up("M42 asks across groups to the Dutch, key figures from outside Europe against Dutch ones");
    let idle = |plan: &mut Blueprint| {
        (plan.parameters.asking.asks_per_key_figure, plan.parameters.encounters.key_figure) = (0.0, 0.0);
    };
    for without in contrasts_of_origins(&with(&plan, idle), &with(&figures, idle), 26, all) {
        without.is_nothing("M42 key figures who do nothing that others do not");
    }
}
