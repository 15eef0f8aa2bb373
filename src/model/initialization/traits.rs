//! What sort of people: education, work, money, health, language, and what somebody wants, can and trusts.
//!
//! Numbers without a source are assumed; the shares of the composition hold whatever they are, for they only say who is
//! more likely than whom.

use super::circle;
use super::people::{Arrival, Quotas, Source, education};
use crate::model::chance::{Process, Stream};
use crate::model::neighbourhood::NONE;
use crate::model::neighbourhood::resident::Traits;
use crate::model::parameters::Parameters;
use crate::model::quantities::{ActivityKind, Civil, Education, Origin, Schooling, Sex, Share};
use crate::model::submodels::let_ties_fade::outside::KIN;

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
        let mut weights: [f32; 3] = std::array::from_fn(|place| {
            shares[place] * by_age[place] * by_origin[place] * source.dwelling.tilt.education[place]
        });
        if nth == 1 {
            weights[members[0].education as usize] *= 2.5;
        }
        let place = stream.pick(&quotas.education.pulled(weights));
        quotas.education.count(place, 1.0);
        members[nth].education = education(place);
        let mut background = source.stream(Process::Background, member.person);
        members[nth].schooling = schooling(members[nth].education, age(&member), &mut background);
    }
    let (parents, schooling) = (members[0].education, members[0].schooling);
    for child in &mut members[adults..] {
        (child.education, child.schooling) = (parents, schooling);
    }

    let youngest = members[adults..].iter().map(age).min();
    let is_parent_alone = adults == 1 && members.len() > 1;
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
            let odds = by_age
                * by_education
                * by_origin
                * source.dwelling.tilt.work
                * if cares { 0.6 } else { 1.0 }
                * if sudden { 0.2 } else { 1.0 };
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

    let workers = members[..adults].iter().filter(|member| member.occupied).count();
    let mut luck = source.stream(Process::Background, members[0].person.housemate(u8::MAX));
    let income = comparable_income(members, adults, source.week, &mut luck);
    let by_household = match (adults, members.len() > adults) {
        (1, true) => 1.5,
        (1, false) => 1.0,
        (_, true) => 1.1,
        (_, false) => 0.8,
    };
    let odds = by_household
        * source.dwelling.tilt.money
        * libm::powf(ORDINARY_INCOME / income, 3.5)
        * if members[0].origin == Origin::Netherlands { 0.85 } else { 1.25 }
        * if sudden { 6.0 } else { 1.0 }
        * libm::expf(-source.parameters.image.income * source.pull);
    let difficult = composition.income_difficulty.get();
    let place = stream.pick(&quotas.money.pulled([1.0 - difficult, difficult * odds]));
    quotas.money.count(place, 1.0);
    // The lower the income, the greater the difficulty of those who have it.
    let great = luck.happens((GREAT_DIFFICULTY * ORDINARY_INCOME / income).min(0.8));
    for member in members.iter_mut() {
        member.income = libm::roundf(income * 10.0) as u16;
        member.income_difficulty = place == 1;
        member.great_difficulty = great;
    }

    let married = adults == 2 && luck.happens(married_couples(age(&members[0])));
    let limited = composition.health_limited.get();
    let barrier = composition.language_barrier.get();
    for member in members.iter_mut() {
        let years = age(member);
        let married = married && member.partner != NONE;
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
        let mut background = source.stream(Process::Background, member.person.housemate_again());
        member.severely_limited = background.happens(severe_limitation(years));
        member.civil =
            if married { Civil::Married } else { before(years, member.child, is_parent_alone, &mut background) };

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
    let schooling = member.schooling.steps();
    let sudden = matches!(circumstances.profile, Arrival::Sudden { .. });
    let parameters = circumstances.parameters;
    let attitudes = &parameters.attitudes;

    member.interests = 0;
    for (kind, weights) in &INTERESTS {
        if stream.happens(weights[band]) {
            member.interests |= 1 << *kind as u16;
        }
    }
    member.standard = (4.2 + 1.3 * stream.normal()).clamp(1.0, 8.0);
    // Some of those who stay alone do so because ties come hard to them.
    let alone = member.partner == NONE && !member.child && member.civil == Civil::NeverMarried && years >= 30;
    member.lonely_trait = stream.normal() + if alone { SELECTED } else { 0.0 };

    let taste = parameters.encounters.taste_spread;
    member.neighbourly = libm::expf(taste * stream.normal() - 0.5 * taste * taste);

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
    let by_image = 1.0 + circumstances.parameters.image.motive * circumstances.pull;
    member.motive = (raw * by_image).clamp(0.0, 1.0);

    let stress = if member.income_difficulty { 1.0 } else { 0.0 };
    let limits = if member.health_limited { 1.0 } else { 0.0 };
    let able = 0.64 - 0.12 * stress - 0.09 * limits + attitudes.schooling_capability * schooling;
    let own_luck = [stream.normal(), stream.normal(), stream.normal()];
    member.own_capability = (able + 0.14 * own_luck[0]).clamp(0.05, 0.97);
    let foreign = if member.shares_language { 0.0 } else { 0.22 };
    member.own_way_finding =
        (WAY_FINDING + attitudes.schooling_skill * schooling - foreign + 0.14 * own_luck[1]).clamp(0.03, 0.97);
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

    // Who can cope has less to lose by trusting people.
    let coping = attitudes.skill_trust * (member.own_way_finding - WAY_FINDING)
        + attitudes.capability_trust * (member.own_capability - 0.6);
    member.own_trust = (TRUST + coping - attitudes.stress_trust * stress + 0.11 * own_luck[2]).clamp(0.03, 0.97);

    let divorced = member.partner == NONE && member.civil == Civil::Divorced;
    let lost = |share: f32| if divorced { 1.0 - share } else { 1.0 };
    // Who married has more children to become kin elsewhere, who stayed alone fewer.
    let children = match member.civil {
        _ if years < 50 => 1.0,
        Civil::NeverMarried if member.partner == NONE => 0.65,
        Civil::NeverMarried => 1.0,
        Civil::Married | Civil::Divorced | Civil::Widowed => 1.2,
    };
    let kin = KIN * children * if sudden { 0.2 } else { 1.0 } * lost(parameters.ties.partner_kin);
    member.kin_outside = circle::number(kin, stream);
    let friends = circle::expected_friends(member, week, parameters) * if sudden { 0.3 } else { 1.0 };
    member.friends_outside = circle::number(friends * lost(parameters.ties.partner_friends), stream);
}

/// Trait of loneliness of those who never had a partner for long, above the mean (assumed).
const SELECTED: f32 = 0.4;
/// Way-finding skill of somebody with middle schooling, and trust of somebody with ordinary skill and capability (assumed).
const WAY_FINDING: f32 = 0.55;
const TRUST: f32 = 0.605;
/// Comparable income after tax at which difficulty to make ends meet is ordinary, thousands of euros a year (assumed).
const ORDINARY_INCOME: f32 = 25.0;
/// Part of those with difficulty at that income for whom it is great (assumed).
const GREAT_DIFFICULTY: f32 = 0.2;
/// What somebody with work earns after tax by schooling, and what benefits and pensions come to, thousands of euros a year
/// (assumed, in outline of the national income statistics of about 2021).
const EARNED: [f32; 5] = [21.0, 24.0, 28.0, 36.0, 43.0];
const BENEFIT: f32 = 14.0;
const STUDENT: f32 = 10.0;
const PENSION: [f32; 5] = [17.0, 18.5, 21.0, 27.0, 31.0];
/// What a second adult and each child need against a first adult (after Statistics Netherlands' factors).
const SECOND_ADULT: f32 = 0.37;
const EACH_CHILD: f32 = 0.24;

/// Income of the household after tax for each "first adult", thousands of euros a year.
fn comparable_income(members: &[Traits], adults: usize, week: i32, luck: &mut Stream) -> f32 {
    let of = |member: &Traits| {
        let (age, schooling) = (member.age(week), member.schooling as usize);
        // Pay rises with age until about fifty.
        let rise = 0.75 + 0.01 * (age - 20).clamp(0, 30) as f32;
        match age {
            _ if age >= WORKING_AGE.end => PENSION[schooling],
            _ if member.occupied && WORKING_AGE.contains(&age) => EARNED[schooling] * rise,
            ..25 => STUDENT,
            _ => BENEFIT,
        }
    };
    let earned: f32 = members[..adults].iter().map(of).sum();
    let needs = 1.0 + SECOND_ADULT * (adults - 1) as f32 + EACH_CHILD * (members.len() - adults) as f32;
    earned / needs * libm::expf(0.25 * luck.normal())
}

/// Schooling in finer steps: the old more often left school early, the young more often go to university (assumed; nationally
/// about a third of the low and two fifths of the high).
fn schooling(education: Education, age: i32, draw: &mut Stream) -> Schooling {
    let split = |young: f32, old: f32| if age < 45 { young } else { old };
    match education {
        Education::Low if draw.happens(split(0.25, 0.38)) => Schooling::Basic,
        Education::Low => Schooling::Lower,
        Education::Middle => Schooling::Middle,
        Education::High if draw.happens(split(0.45, 0.33)) => Schooling::University,
        Education::High => Schooling::Higher,
    }
}

/// Part of the people with a health limitation for whom it is severe (assumed; a sixth over all).
#[must_use]
pub fn severe_limitation(age: i32) -> f32 {
    match age {
        ..45 => 0.12,
        45..75 => 0.17,
        75.. => 0.28,
    }
}

/// Part of the couples who are married, by the age of the first partner (assumed, after the national tables of couples by age).
fn married_couples(age: i32) -> f32 {
    match age {
        ..30 => 0.2,
        30..45 => 0.6,
        45..65 => 0.8,
        65.. => 0.93,
    }
}

/// What came before for somebody who is not married (assumed, after the national tables of marital status by age).
fn before(age: i32, child: bool, is_parent: bool, draw: &mut Stream) -> Civil {
    let (widowed, divorced) = match age {
        _ if child => (0.0, 0.0),
        ..30 => (0.0, 0.04),
        30..45 => (0.01, 0.22),
        45..60 => (0.04, 0.45),
        60..75 => (0.25, 0.42),
        75.. => (0.66, 0.2),
    };
    let divorced = if is_parent { f32::max(divorced, 0.6) } else { divorced };
    let place = draw.uniform();
    if place < widowed {
        Civil::Widowed
    } else if place < widowed + divorced {
        Civil::Divorced
    } else {
        Civil::NeverMarried
    }
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
            (mean(&people, adult, |them| f32::from(them.friends_outside)), 4.6, 0.6, "friends outside"),
            (mean(&people, |them| adult(them) && them.occupied, |them| them.free_hours), 8.5, 1.0, "free hours"),
            (mean(&people, |them| adult(them) && !them.occupied, |them| them.free_hours), 19.0, 1.5, "free hours"),
            (mean(&people, adult, |them| them.motive), 0.5, 0.05, "motive"),
        ] {
            assert!((found - wanted).abs() < within, "{what}: {found} and not {wanted}");
        }
        let trust = |place: usize| {
            let of_it = |them: &Traits| adult(them) && them.schooling as usize == place;
            mean(&people, of_it, |them| them.own_trust)
        };
        assert!(trust(0) < trust(2) && trust(2) < trust(4), "{} {} {}", trust(0), trust(2), trust(4));
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
