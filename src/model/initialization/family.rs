//! Families: how old partners and children are, of what sex and origin.

use super::people::{Arrival, Household, Quotas, Source};
use super::structure::{ADULTS, Structure};
use crate::model::chance::Stream;
use crate::model::neighbourhood::resident::{Traits, YEAR};
use crate::model::quantities::{Origin, Sex, Share};

/// Partners who are of the same origin group (assumed; CBS: most marriages are within the group).
const SAME_ORIGIN: f32 = 0.85;
/// Single parents who are women (CBS, about five in six).
const MOTHERS_ALONE: f32 = 0.83;
/// People of 65 and over living alone who are women (assumed; CBS, about two in three).
const OLD_WOMEN_ALONE: f32 = 0.65;
/// Couples of one sex (assumed; CBS, about one in fifty).
const SAME_SEX: f32 = 0.02;
/// Youngest and oldest difference of age between parent and child.
pub const PARENTS_AGE: (i32, i32) = (20, 42);
/// Oldest child at home at arrival.
pub const OLDEST_CHILD: i32 = 24;

/// Ages of the adults.
pub(super) fn adults(kind: usize, structure: &Structure, quotas: &mut Quotas, stream: &mut Stream) -> Household<i32> {
    let [young, middle, older, old] = structure.bands[kind];
    let band = stream.pick(&quotas.ages.pulled([0.0, young, middle, older, old]));
    let is_family = kind >= 2;
    let place = stream.uniform();
    let within = |from: i32, years: i32, power: f32| from + (libm::powf(place, power) * years as f32) as i32;
    // Within a band: the older of the young live on their own, parents are rather 30-40, mortality thins out the old
    // (assumed).
    let first = match (band, is_family) {
        (0 | 1, false) => within(18, 7, 0.7),
        (0 | 1, true) => within(20, 5, 0.6),
        (2, false) => within(25, 20, 1.7),
        (2, true) => within(26, 19, 0.8),
        (3, false) => within(45, 20, 0.62),
        (3, true) => within(45, 17, 1.3),
        (_, _) => within(65, 31, 1.7),
    };
    let mut ages = Household::from_elem(first, 1);
    if ADULTS[kind] > 1.5 {
        // Partners differ about three years (assumed).
        let partner = first + libm::roundf(2.6 * stream.normal()) as i32;
        let (youngest, oldest) = if is_family { (PARENTS_AGE.0, 63) } else { (18, 100) };
        ages.push(partner.clamp(youngest.max(first - 10), oldest.max(first).min(first + 10)));
    }
    for age in &ages {
        quotas.ages.count(band_of(*age), 1.0);
    }
    ages
}

/// Adds the ages of a family's children, the oldest first.
pub(super) fn children(ages: &mut Household<i32>, structure: &Structure, quotas: &mut Quotas, stream: &mut Stream) {
    // One child and then a Poisson number, up to six, drawn towards the number of young people still owed.
    let more = structure.children - 1.0;
    let mut weights = [0.0_f32; 6];
    let mut weight = 1.0;
    for (place, slot) in weights.iter_mut().enumerate() {
        *slot = weight * libm::expf((0.08 * quotas.ages.owed(0) * place as f32).clamp(-6.0, 6.0));
        weight *= more / (place + 1) as f32;
    }
    let number = stream.pick(&weights) + 1;
    let (youngest, oldest) = ages.iter().fold((i32::MAX, i32::MIN), |(low, high), age| (low.min(*age), high.max(*age)));
    let low = (oldest - PARENTS_AGE.1).max(0);
    let high = (youngest - PARENTS_AGE.0).clamp(low, OLDEST_CHILD.max(low));
    let mut children = Household::<i32>::new();
    for _ in 0..number {
        let years = |from: i32, to: i32| (to.min(high) - from.max(low) + 1).max(0) as f32;
        let bands = [
            years(0, 14) / 15.0 * structure.young,
            years(15, OLDEST_CHILD) / 10.0 * (1.0 - structure.young),
            0.0,
            0.0,
            0.0,
        ];
        let band = stream.pick(&quotas.ages.pulled(bands));
        let (from, to) = if band == 0 { (low, high.min(14)) } else { (low.max(15), high) };
        let age = from + stream.below((to - from + 1).max(1) as u32) as i32;
        quotas.ages.count(band_of(age), 1.0);
        children.push(age);
    }
    children.sort_unstable_by(|a, b| b.cmp(a));
    ages.extend(children);
}

/// The age band of a composition that holds this age.
fn band_of(age: i32) -> usize {
    Traits { born: -age * YEAR, ..Traits::EMPTY }.age_band(0)
}

/// Sexes of adults and children, where `among` of the people are women.
pub(super) fn sexes(
    among: Share,
    kind: usize,
    ages: &[i32],
    adults: usize,
    quotas: &mut Quotas,
    stream: &mut Stream,
) -> Household<Sex> {
    let women = match kind {
        0 if ages[0] >= 65 => OLD_WOMEN_ALONE,
        3 => MOTHERS_ALONE,
        _ => 0.48,
    };
    let either = |men: usize| if men == 0 { Sex::Woman } else { Sex::Man };
    let all = among.get();
    let first = stream.pick(&quotas.sex.pulled([women * all, (1.0 - women) * (1.0 - all)]));
    quotas.sex.count(first, 1.0);
    let mut sexes = Household::from_elem(either(first), 1);
    if adults == 2 {
        let second = if stream.happens(SAME_SEX) { first } else { 1 - first };
        quotas.sex.count(second, 1.0);
        sexes.push(either(second));
    }
    for _ in adults..ages.len() {
        let child = usize::from(stream.happens(0.51));
        quotas.sex.count(child, 1.0);
        sexes.push(either(child));
    }
    sexes
}

/// Origins of adults and children.
pub(super) fn origins(
    source: &Source,
    ages: &[i32],
    adults: usize,
    quotas: &mut Quotas,
    stream: &mut Stream,
) -> Household<Origin> {
    let shares = source.composition.origins.map(Share::get);
    let draw = |weights: [f32; 3], stream: &mut Stream| stream.pick(&quotas.origins.pulled(weights));
    let first = if let Arrival::Sudden { origin } = source.profile {
        origin as usize
    } else {
        let drawn = draw(shares, stream);
        source.like.map_or(drawn, |origin| origin as usize)
    };
    let mut places = Household::from_elem(first, 1);
    if adults == 2 {
        let mut others = shares;
        others[first] = 0.0;
        let same = matches!(source.profile, Arrival::Sudden { .. }) || stream.happens(SAME_ORIGIN);
        let second = if same || others.iter().sum::<f32>() <= 0.0 { first } else { draw(others, stream) };
        places.push(second);
    }
    // A child with one parent from elsewhere counts with that parent's group, as Statistics Netherlands does.
    let parents = places.iter().copied().max().unwrap_or(first);
    places.resize(ages.len(), parents);
    for place in &places {
        quotas.origins.count(*place, 1.0);
    }
    places.into_iter().map(|place| Origin::ALL[place]).collect()
}
