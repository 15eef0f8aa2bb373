//! Households and their members: a pure function of the seed, the home, how many lived there before, and why they come.
//!
//! Newcomers are therefore the same people in two worlds. Those who sit here at the start are drawn by the same function
//! with [`Quotas`] that keep the margins of the composition.

use super::structure::{ADULTS, Quota, Structure};
use super::traits::{self, Circumstances};
use crate::model::blueprint::Composition;
use crate::model::chance::{Chance, Process, Stream};
use crate::model::neighbourhood::NONE;
use crate::model::neighbourhood::resident::{Traits, YEAR};
use crate::model::parameters::Parameters;
use crate::model::quantities::{Education, Origin, Person, Sex, Share};

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

/// Why a household is here.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Arrival {
    /// Lived here already at the start.
    Sitting,
    /// Came in the ordinary way.
    Newcomer,
    /// Was chosen by a policy.
    Chosen {
        /// Motive of the one who applied.
        motive: f32,
        /// Hours a month that the one who applied promises.
        hours: f32,
    },
    /// Came with many others at once.
    Sudden {
        /// Where from.
        origin: Origin,
    },
}

impl Arrival {
    /// Whether a policy, and not the ordinary queue, brought the household.
    #[must_use]
    pub const fn is_by_policy(self) -> bool {
        matches!(self, Self::Chosen { .. } | Self::Sudden { .. })
    }

    /// A mark above the bits of a [`Person`], so that another kind of arrival draws other people.
    const fn mark(self) -> u64 {
        match self {
            Self::Sitting => 0,
            Self::Newcomer => 1 << 60,
            Self::Chosen { .. } => 2 << 60,
            Self::Sudden { .. } => 3 << 60,
        }
    }
}

/// Shares to be kept while the sitting residents are drawn.
#[derive(Debug, Clone)]
pub struct Quotas {
    /// Types of household.
    pub types: Quota<4>,
    /// People by age band.
    pub ages: Quota<5>,
    /// Women and men among single people and first partners.
    pub sex: Quota<2>,
    /// People by origin.
    pub origins: Quota<3>,
    /// Adults by education.
    pub education: Quota<3>,
    /// Adults of 20-66 without and with work.
    pub work: Quota<2>,
    /// Households without and with income difficulty.
    pub money: Quota<2>,
    /// Adults without and with a health limitation.
    pub health: Quota<2>,
    /// Adults from elsewhere with and without the language.
    pub language: Quota<2>,
}

impl Quotas {
    /// Keeps the margins of a composition.
    #[must_use]
    pub fn kept(composition: &Composition, structure: &Structure) -> Self {
        let two = |share: f32| Quota::kept([1.0 - share, share]);
        Self {
            types: Quota::kept(structure.types),
            ages: Quota::kept(structure.ages),
            sex: two(0.5),
            origins: Quota::kept(composition.origins.map(Share::get)),
            education: Quota::kept(composition.education.map(Share::get)),
            work: two(composition.employed.get()),
            money: two(composition.income_difficulty.get()),
            health: two(composition.health_limited.get()),
            language: two(composition.language_barrier.get()),
        }
    }

    /// Leaves all to chance.
    #[must_use]
    pub const fn free() -> Self {
        Self {
            types: Quota::free(),
            ages: Quota::free(),
            sex: Quota::free(),
            origins: Quota::free(),
            education: Quota::free(),
            work: Quota::free(),
            money: Quota::free(),
            health: Quota::free(),
            language: Quota::free(),
        }
    }
}

/// A household that comes to live in world-wide home `home`, the `generation`-th there.
///
/// `partner` is the place in the list until [`settle_in`](super::settle_in) gives slots; `home` and `next_in_home` are
/// [`NONE`] till then.
#[must_use]
pub fn new_household(
    composition: &Composition,
    parameters: &Parameters,
    chance: Chance,
    home: u32,
    generation: u16,
    week: i32,
    profile: Arrival,
) -> Vec<Traits> {
    let structure = Structure::arriving(composition);
    let first = Person::new(home, generation, profile.is_by_policy(), 0);
    let source = Source { composition, parameters, chance, week, profile, first };
    draw(&source, &structure, &mut Quotas::free())
}

/// What a household is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Who lives here.
    pub composition: &'a Composition,
    /// Constants.
    pub parameters: &'a Parameters,
    /// Chance of the world.
    pub chance: Chance,
    /// Week of arrival.
    pub week: i32,
    /// Why they are here.
    pub profile: Arrival,
    /// The first member.
    pub first: Person,
}

impl Source<'_> {
    /// The stream of a person's traits.
    pub(super) fn stream(&self, process: Process, person: Person) -> Stream {
        self.chance.always().stream(process, person.0 ^ self.profile.mark())
    }
}

/// Draws a household within quotas.
pub(in crate::model) fn draw(source: &Source, structure: &Structure, quotas: &mut Quotas) -> Vec<Traits> {
    let mut stream = source.stream(Process::Households, source.first);
    let kind = stream.pick(&quotas.types.pulled(structure.types));
    quotas.types.count(kind, 1.0);
    let mut ages = adults(kind, structure, quotas, &mut stream);
    let adults = ages.len();
    if kind >= 2 {
        children(&mut ages, structure, quotas, &mut stream);
    }
    let sexes = sexes(kind, &ages, adults, quotas, &mut stream);
    let origins = origins(source, &ages, adults, quotas, &mut stream);

    let mut members: Vec<Traits> = (0..ages.len())
        .map(|nth| Traits {
            person: source.first.housemate(nth as u8),
            partner: if adults == 2 && nth < 2 { 1 - nth as u32 } else { NONE },
            born: source.week - ages[nth] * YEAR - stream.below(YEAR as u32) as i32,
            moved_in: source.week,
            sex: sexes[nth],
            origin: origins[nth],
            child: nth >= adults,
            next_in_home: NONE,
            home: NONE,
            ..Traits::EMPTY
        })
        .collect();
    traits::circumstances(source, quotas, &mut members, adults, &mut stream);
    for member in &mut members {
        let youngest = ages[adults..].iter().copied().min();
        let circumstances = Circumstances { parameters: source.parameters, profile: source.profile, youngest };
        traits::person(member, source.week, circumstances, &mut source.stream(Process::Traits, member.person));
    }
    if let Arrival::Chosen { motive, hours } = source.profile {
        let applicant = &mut members[0];
        applicant.motive = motive;
        applicant.promised_hours = hours;
    }
    members
}

/// Ages of the adults.
fn adults(kind: usize, structure: &Structure, quotas: &mut Quotas, stream: &mut Stream) -> Vec<i32> {
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
    let mut ages = vec![first];
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
fn children(ages: &mut Vec<i32>, structure: &Structure, quotas: &mut Quotas, stream: &mut Stream) {
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
    let mut children: Vec<i32> = Vec::with_capacity(number);
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

fn sexes(kind: usize, ages: &[i32], adults: usize, quotas: &mut Quotas, stream: &mut Stream) -> Vec<Sex> {
    let women = match kind {
        0 if ages[0] >= 65 => OLD_WOMEN_ALONE,
        3 => MOTHERS_ALONE,
        _ => 0.48,
    };
    let either = |men: usize| if men == 0 { Sex::Woman } else { Sex::Man };
    let first = stream.pick(&quotas.sex.pulled([women, 1.0 - women]));
    quotas.sex.count(first, 1.0);
    let mut sexes = vec![either(first)];
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

fn origins(source: &Source, ages: &[i32], adults: usize, quotas: &mut Quotas, stream: &mut Stream) -> Vec<Origin> {
    let shares = source.composition.origins.map(Share::get);
    let draw = |weights: [f32; 3], stream: &mut Stream| stream.pick(&quotas.origins.pulled(weights));
    let first = match source.profile {
        Arrival::Sudden { origin } => origin as usize,
        _ => draw(shares, stream),
    };
    let mut places = vec![first];
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

/// A child born to `mother`, as the `nth` member that the home has had.
#[must_use]
pub fn newborn(
    mother: &Traits,
    father: Option<&Traits>,
    nth: u8,
    parameters: &Parameters,
    chance: Chance,
    week: i32,
) -> Traits {
    let person = mother.person.housemate(nth);
    let mut stream = chance.always().of(Process::Traits, person);
    let sex = if stream.happens(0.51) { Sex::Man } else { Sex::Woman };
    let mut child = Traits {
        person,
        home: mother.home,
        born: week,
        moved_in: week,
        sex,
        origin: father.map_or(mother.origin, |father| mother.origin.max(father.origin)),
        education: mother.education,
        income_difficulty: mother.income_difficulty,
        child: true,
        ..Traits::EMPTY
    };
    let circumstances = Circumstances { parameters, profile: Arrival::Newcomer, youngest: Some(0) };
    traits::person(&mut child, week, circumstances, &mut stream);
    child
}

/// The education of an adult by place among the shares.
pub(super) fn education(place: usize) -> Education {
    Education::ALL[place.min(2)]
}
