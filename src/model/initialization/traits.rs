//! What sort of people: education, work, money, health, language, and what somebody wants, can and trusts.
//!
//! Numbers without a source are assumed; the shares of the composition hold whatever they are, for they only say who is
//! more likely than whom.

use super::people::{Arrival, Quotas, Source, education};
use crate::model::chance::Stream;
use crate::model::neighbourhood::resident::Traits;
use crate::model::parameters::Parameters;
use crate::model::quantities::{ActivityKind, Education, Origin, Sex, Share};

/// Last age of working.
pub const WORKING_AGE: std::ops::Range<i32> = 20..67;
/// Free hours a week for others, of adults with and without a full week, and of children (assumed).
const FREE_HOURS: [f32; 3] = [9.0, 20.0, 15.0];

/// How much each age (under 15, 15-24, 25-44, 45-64, 65 and over) takes to each activity; three of twelve on average
/// (assumed).
const INTERESTS: [(ActivityKind, [f32; 5]); 12] = [
    (ActivityKind::Meal, [0.15, 0.2, 0.3, 0.35, 0.4]),
    (ActivityKind::Talk, [0.05, 0.15, 0.25, 0.35, 0.45]),
    (ActivityKind::LitterPicking, [0.15, 0.1, 0.2, 0.25, 0.2]),
    (ActivityKind::ChildrensAfternoon, [0.8, 0.2, 0.4, 0.15, 0.15]),
    (ActivityKind::FeastDay, [0.5, 0.45, 0.4, 0.35, 0.3]),
    (ActivityKind::Sport, [0.6, 0.6, 0.4, 0.3, 0.15]),
    (ActivityKind::Choir, [0.1, 0.1, 0.1, 0.15, 0.25]),
    (ActivityKind::SelfHelp, [0.0, 0.1, 0.15, 0.2, 0.15]),
    (ActivityKind::Homework, [0.35, 0.25, 0.15, 0.1, 0.1]),
    (ActivityKind::Repair, [0.1, 0.15, 0.2, 0.25, 0.25]),
    (ActivityKind::Language, [0.05, 0.15, 0.2, 0.15, 0.1]),
    (ActivityKind::Walking, [0.1, 0.15, 0.25, 0.4, 0.45]),
];

/// Education, work, money, health and language: what depends on the household, within quotas.
pub(super) fn circumstances(
    source: &Source,
    quotas: &mut Quotas,
    members: &mut [Traits],
    adults: usize,
    stream: &mut Stream,
) {
    let composition = source.composition;
    let sudden = matches!(source.profile, Arrival::Sudden { .. });
    let age = |member: &Traits| member.age(source.week);

    let shares = composition.education.map(Share::get);
    for nth in 0..adults {
        let member = members[nth];
        // The old went to school for a shorter time, the young are still there (CBS, in outline).
        let by_age = match age(&member) {
            ..25 => [1.0, 1.6, 0.5],
            25..45 => [0.6, 0.9, 1.5],
            45..65 => [0.9, 1.1, 1.0],
            65.. => [1.7, 1.0, 0.6],
        };
        let by_origin = if member.origin == Origin::OutsideEurope { [1.5, 1.0, 0.7] } else { [1.0; 3] };
        let mut weights: [f32; 3] = std::array::from_fn(|place| shares[place] * by_age[place] * by_origin[place]);
        if nth == 1 {
            weights[members[0].education as usize] *= 2.5;
        }
        let place = stream.pick(&quotas.education.pulled(weights));
        quotas.education.count(place, 1.0);
        members[nth].education = education(place);
    }
    let parents = members[0].education;
    for child in &mut members[adults..] {
        child.education = parents;
    }

    let youngest = members[adults..].iter().map(age).min();
    for member in members.iter_mut() {
        let years = age(member);
        member.occupied = if WORKING_AGE.contains(&years) && !member.child {
            let by_age = match years {
                ..25 => 1.2,
                25..45 => 1.8,
                45..60 => 1.3,
                60.. => 0.45,
            };
            let by_education = [0.5, 1.1, 1.8][member.education as usize];
            let by_origin = [1.1, 1.0, 0.7][member.origin as usize];
            let cares = member.sex == Sex::Woman && youngest.is_some_and(|youngest| youngest < 4);
            let odds =
                by_age * by_education * by_origin * if cares { 0.6 } else { 1.0 } * if sudden { 0.2 } else { 1.0 };
            let employed = composition.employed.get();
            let place = stream.pick(&quotas.work.pulled([1.0 - employed, employed * odds]));
            quotas.work.count(place, 1.0);
            place == 1
        } else {
            // School from four on; nine in ten of those of age and still at home work or study.
            let at_school = stream.happens(if years < 18 { 1.0 } else { 0.9 });
            at_school && (4..WORKING_AGE.end).contains(&years)
        };
    }

    let is_family = members.len() > adults;
    let by_household = match (adults, is_family) {
        (1, true) => 2.2,
        (1, false) => 1.3,
        (_, true) => 0.8,
        (_, false) => 0.6,
    };
    let best = members[..adults].iter().map(|member| member.education).max().unwrap_or(Education::Middle);
    let workers = members[..adults].iter().filter(|member| member.occupied).count();
    let of_working_age = members[..adults].iter().any(|member| age(member) < WORKING_AGE.end);
    let by_work = if of_working_age && workers == 0 { 2.8 } else { 0.8 };
    let odds = by_household
        * [1.7, 1.0, 0.5][best as usize]
        * by_work
        * if members[0].origin == Origin::Netherlands { 0.85 } else { 1.4 }
        * if sudden { 6.0 } else { 1.0 }
        * libm::expf(-source.parameters.image.income * source.pull);
    let difficult = composition.income_difficulty.get();
    let place = stream.pick(&quotas.money.pulled([1.0 - difficult, difficult * odds]));
    quotas.money.count(place, 1.0);
    for member in members.iter_mut() {
        member.income_difficulty = place == 1;
    }

    let limited = composition.health_limited.get();
    let barrier = composition.language_barrier.get();
    for member in members.iter_mut() {
        let years = age(member);
        if member.child {
            // Limitations of children are rare (assumed), and all of them learn the language.
            member.health_limited = stream.happens(0.03);
            continue;
        }
        let by_age = match years {
            ..45 => 0.45,
            45..65 => 1.0,
            65..75 => 1.6,
            75.. => 3.5,
        };
        let without_work = WORKING_AGE.contains(&years) && !member.occupied;
        let odds = by_age * if member.income_difficulty { 2.0 } else { 0.85 } * if without_work { 1.8 } else { 0.9 };
        let place = stream.pick(&quotas.health.pulled([1.0 - limited, limited * odds]));
        quotas.health.count(place, 1.0);
        member.health_limited = place == 1;

        if member.origin != Origin::Netherlands {
            let odds = [1.8, 1.0, 0.5][member.education as usize]
                * if member.origin == Origin::OutsideEurope { 1.1 } else { 0.9 }
                * if sudden { 20.0 } else { 1.0 };
            let place = stream.pick(&quotas.language.pulled([1.0 - barrier, barrier * odds]));
            quotas.language.count(place, 1.0);
            member.shares_language = place == 0;
        }
        // Benefits with rules for volunteers: more where money is short, fewer where a partner earns (assumed).
        let benefit = if member.income_difficulty { 0.6 } else { 0.25 } * if workers > 0 { 0.5 } else { 1.0 };
        member.on_benefit = stream.happens(benefit) && without_work;
    }
}

/// What a person's own traits depend on besides the person.
#[derive(Debug, Clone, Copy)]
pub(super) struct Circumstances<'a> {
    /// Constants.
    pub parameters: &'a Parameters,
    /// Why the household is here.
    pub profile: Arrival,
    /// How the image of the neighbourhood draws people in.
    pub pull: f32,
    /// Age of the youngest child of the household.
    pub youngest: Option<i32>,
}

/// What somebody wants, can and trusts. Every draw is made for everybody, so that one trait does not move another's.
pub(super) fn person(member: &mut Traits, week: i32, circumstances: Circumstances, stream: &mut Stream) {
    let years = member.age(week);
    let band = member.age_band(week);
    let education = member.education as usize;
    let sudden = matches!(circumstances.profile, Arrival::Sudden { .. });
    let asking = &circumstances.parameters.asking;

    member.interests = 0;
    for (kind, weights) in &INTERESTS {
        if stream.happens(weights[band]) {
            member.interests |= 1 << *kind as u16;
        }
    }
    member.standard = (4.2 + 1.3 * stream.normal()).clamp(1.0, 8.0);
    member.lonely_trait = stream.normal();

    let spread = libm::expf(0.4 * stream.normal() - 0.08);
    let cares = !member.child && circumstances.youngest.is_some_and(|youngest| youngest < 6);
    let hours = if years < 18 {
        FREE_HOURS[2]
    } else if member.occupied {
        FREE_HOURS[0]
    } else {
        FREE_HOURS[1]
    };
    member.free_hours = ((hours - if cares { 3.0 } else { 0.0 }) * spread).clamp(1.0, 45.0);

    // The mean of three uniform numbers: beta-like around a half.
    let raw = (stream.uniform() + stream.uniform() + stream.uniform()) / 3.0;
    let by_education = [asking.motive_low_education, 1.0, asking.motive_high_education][education];
    let by_image = 1.0 + circumstances.parameters.image.motive * circumstances.pull;
    member.motive = (raw * by_education * by_image).clamp(0.0, 1.0);

    let stress = if member.income_difficulty { 1.0 } else { 0.0 };
    let limits = if member.health_limited { 1.0 } else { 0.0 };
    // CBS 2015/16: 39 % of people with basic education trust others, 84-86 % of those with a university degree.
    member.own_trust = ([0.46, 0.56, 0.69][education] - 0.05 * stress + 0.15 * stream.normal()).clamp(0.03, 0.97);
    let able = 0.64 - 0.12 * stress - 0.09 * limits + [-0.02, 0.0, 0.04][education];
    member.own_capability = (able + 0.14 * stream.normal()).clamp(0.05, 0.97);
    let foreign = if member.shares_language { 0.0 } else { 0.22 };
    member.own_way_finding = ([0.44, 0.54, 0.67][education] - foreign + 0.14 * stream.normal()).clamp(0.03, 0.97);
    match circumstances.profile {
        // Those who choose look at capacity and trust too: the better of two draws.
        Arrival::Chosen { .. } if !member.child => {
            member.own_capability = member.own_capability.max((able + 0.14 * stream.normal()).clamp(0.05, 0.97));
        }
        // Who comes because of what is needed can do less alone: the worse of two draws.
        Arrival::Asking { .. } => {
            member.own_capability = member.own_capability.min((able + 0.14 * stream.normal()).clamp(0.05, 0.97));
        }
        _ => {}
    }

    let kin = 6.2 * if sudden { 0.2 } else { [1.0, 0.9, 0.9][member.origin as usize] };
    member.kin_outside = count(kin, 0.5, stream);
    let by_age = match years {
        ..65 => 1.12,
        65..75 => 0.9,
        75.. => 0.6,
    };
    let by_language = if member.shares_language { 1.0 } else { 0.7 };
    let friends = 4.6 * by_age * by_language * if member.income_difficulty { 0.75 } else { 1.0 };
    member.friends_outside = count(friends * if sudden { 0.3 } else { 1.0 }, 0.55, stream);
}

/// A whole number around a mean, skewed as numbers of ties are.
fn count(mean: f32, spread: f32, stream: &mut Stream) -> u8 {
    let factor = libm::expf(spread * stream.normal() - spread * spread / 2.0);
    stream.about((mean * factor).min(40.0)) as u8
}

/// A child comes of age: free hours and work as an adult. Call in the week of the eighteenth birthday.
pub fn come_of_age(member: &mut Traits, stream: &mut Stream) {
    member.occupied = stream.happens(0.85);
    let hours = if member.occupied { FREE_HOURS[0] } else { FREE_HOURS[1] };
    member.free_hours = hours * libm::expf(0.4 * stream.normal() - 0.08);
}

/// The week of work ends. Call in the week of the 67th birthday.
pub fn retire(member: &mut Traits) {
    if member.occupied {
        member.free_hours = (member.free_hours * FREE_HOURS[1] / FREE_HOURS[0]).min(45.0);
    }
    member.occupied = false;
    member.on_benefit = false;
}

#[cfg(test)]
mod tests {
    use crate::model::chance::Chance;
    use crate::model::fixture::small_blueprint;
    use crate::model::initialization::people::{Arrival, new_household};
    use crate::model::neighbourhood::resident::Traits;

    fn newcomers(profile: Arrival) -> Vec<Traits> {
        let blueprint = small_blueprint();
        (0..2_000)
            .flat_map(|home| {
                new_household(&blueprint.composition, &blueprint.parameters, Chance::new(2), home, 1, 10, profile)
            })
            .collect()
    }

    fn mean(people: &[Traits], who: impl Fn(&Traits) -> bool, what: impl Fn(&Traits) -> f32) -> f32 {
        let group: Vec<f32> = people.iter().filter(|them| who(them)).map(what).collect();
        group.iter().sum::<f32>() / group.len() as f32
    }

    #[test]
    fn traits_have_the_means_they_should() {
        let people = newcomers(Arrival::Newcomer);
        let adult = |them: &Traits| !them.child;
        for (found, wanted, within, what) in [
            (mean(&people, adult, |them| them.standard), 4.2, 0.1, "standard"),
            (mean(&people, adult, |them| them.lonely_trait), 0.0, 0.05, "trait of loneliness"),
            (mean(&people, adult, |them| them.interests.count_ones() as f32), 3.0, 0.3, "interests"),
            (mean(&people, adult, |them| f32::from(them.kin_outside)), 6.0, 0.5, "kin outside"),
            (mean(&people, adult, |them| f32::from(them.friends_outside)), 4.6, 0.5, "friends outside"),
            (mean(&people, |them| adult(them) && them.occupied, |them| them.free_hours), 8.5, 1.0, "free hours"),
            (mean(&people, |them| adult(them) && !them.occupied, |them| them.free_hours), 19.0, 1.5, "free hours"),
            (mean(&people, adult, |them| them.motive), 0.5, 0.05, "motive"),
        ] {
            assert!((found - wanted).abs() < within, "{what}: {found} and not {wanted}");
        }
        let trust = |place: usize| {
            mean(
                &people,
                |them| adult(them) && them.education as usize == place,
                |them| f32::from(them.own_trust > 0.5),
            )
        };
        assert!((0.28..0.45).contains(&trust(0)) && trust(2) > 0.8, "{} {}", trust(0), trust(2));
    }

    #[test]
    fn newcomers_keep_the_shares_of_the_composition_about() {
        let people = newcomers(Arrival::Newcomer);
        let adult = |them: &Traits| !them.child;
        let share = |found: f32, wanted: f32, what: &str| {
            assert!((found - wanted).abs() < 0.07, "{what}: {found} and not {wanted}");
        };
        share(mean(&people, |_| true, |them| f32::from(them.origin as usize == 0)), 0.6, "origin");
        share(mean(&people, adult, |them| f32::from(them.income_difficulty)), 0.2, "income difficulty");
        share(
            mean(&people, |them| adult(them) && them.origin as usize > 0, |them| f32::from(!them.shares_language)),
            0.2,
            "language",
        );
        let working = |them: &Traits| adult(them) && (20..67).contains(&them.age(10));
        share(mean(&people, working, |them| f32::from(them.occupied)), 0.7, "work");
    }

    #[test]
    fn those_who_arrive_at_once_know_few_and_have_little() {
        let sudden = newcomers(Arrival::Sudden { origin: crate::model::quantities::Origin::OutsideEurope });
        let adult = |them: &Traits| !them.child;
        assert!(mean(&sudden, adult, |them| f32::from(them.kin_outside)) < 2.0);
        assert!(mean(&sudden, adult, |them| f32::from(them.income_difficulty)) > 0.4);
        assert!(mean(&sudden, adult, |them| f32::from(them.shares_language)) < 0.4);
    }
}
