//! Households and their members: a pure function of the seed, the home, how many lived there before, and why they come.
//!
//! Newcomers are therefore the same people in two worlds. Those who sit here at the start are drawn by the same function
//! with [`Quotas`] that keep the margins of the composition.

use super::dwelling::{Dwelling, Dwellings, Sort};
use super::family::{adults, children, origins, sexes};
use super::structure::{Quota, Structure};
use super::traits::{self, Circumstances};
use crate::model::blueprint::{Composition, KeyFigures};
use crate::model::chance::{Chance, Process, Stream};
use crate::model::neighbourhood::NONE;
use crate::model::neighbourhood::resident::{Traits, YEAR};
use crate::model::parameters::Parameters;
use crate::model::quantities::{Education, Origin, Person, Sex, Share};
use smallvec::SmallVec;

/// A list with one item for each member of a household; for two adults and six children it asks for no memory.
pub type Household<T> = SmallVec<[T; 8]>;

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
    /// Was chosen by a policy because of what the household needs.
    Asking {
        /// Hours a month that the one who applied promises all the same.
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
        matches!(self, Self::Chosen { .. } | Self::Asking { .. } | Self::Sudden { .. })
    }

    /// A mark above the bits of a [`Person`], so that another kind of arrival draws other people.
    const fn mark(self) -> u64 {
        match self {
            Self::Sitting => 0,
            Self::Newcomer => 1 << 60,
            Self::Chosen { .. } => 2 << 60,
            Self::Sudden { .. } => 3 << 60,
            Self::Asking { .. } => 1 << 59,
        }
    }
}

/// Shares to be kept while the sitting residents are drawn.
#[derive(Debug, Clone)]
pub struct Quotas {
    /// Types of household.
    pub types: Quota<4>,
    /// The same among the homes of each [`Sort`].
    pub types_by_home: [Quota<4>; Sort::NUMBER],
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
    pub fn kept(composition: &Composition, structure: &Structure, dwellings: &Dwellings) -> Self {
        let two = |share: f32| Quota::kept([1.0 - share, share]);
        Self {
            types: Quota::kept(structure.types),
            types_by_home: Sort::ALL.map(|sort| Quota::kept(dwellings.types(sort))),
            ages: Quota::kept(structure.ages),
            sex: two(1.0 - composition.women.get()),
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
            types_by_home: [Quota::free(); Sort::NUMBER],
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
    let structure = Structure::arriving(composition, [1.0; 4]);
    let first = Person::new(home, generation, profile.is_by_policy(), 0);
    let dwelling = Dwelling::like_any(structure.types);
    let source = Source { composition, parameters, chance, week, profile, pull: 0.0, first, like: None, dwelling };
    draw(&source, &structure, &mut Quotas::free()).into_vec()
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
    /// How the image of the neighbourhood draws people in, `-1..=1`: the same draws choose others (M57).
    pub pull: f32,
    /// The first member.
    pub first: Person,
    /// Whom the household resembles in origin, if anybody.
    pub like: Option<Origin>,
    /// Who is likely to live in the home.
    pub dwelling: Dwelling,
}

impl Source<'_> {
    /// The stream of a person's traits.
    pub(super) fn stream(&self, process: Process, person: Person) -> Stream {
        self.chance.always().stream(process, person.0 ^ self.profile.mark())
    }
}

/// Draws a household within quotas.
pub(in crate::model) fn draw(source: &Source, structure: &Structure, quotas: &mut Quotas) -> Household<Traits> {
    let mut stream = source.stream(Process::Households, source.first);
    let Dwelling { types, sort, .. } = source.dwelling;
    let mut weights = quotas.types.pulled(types);
    if let Some(sort) = sort {
        weights = quotas.types_by_home[sort as usize].pulled(weights);
    }
    let picked = stream.pick(&weights);
    let asking = matches!(source.profile, Arrival::Asking { .. });
    let kind = if asking { 0 } else { picked };
    quotas.types.count(kind, 1.0);
    if let Some(sort) = sort {
        quotas.types_by_home[sort as usize].count(kind, 1.0);
    }
    let mut ages = adults(kind, structure, quotas, &mut stream);
    let adults = ages.len();
    if kind >= 2 {
        children(&mut ages, structure, quotas, &mut stream);
    }
    let sexes = sexes(source.composition.women, kind, &ages, adults, quotas, &mut stream);
    let origins = origins(source, &ages, adults, quotas, &mut stream);

    let mut members: Household<Traits> = (0..ages.len())
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
    go_unregistered(source, &mut members);
    if asking {
        members[0].income_difficulty = true;
        members[0].health_limited = true;
    }
    for member in &mut members {
        let youngest = ages[adults..].iter().copied().min();
        let circumstances =
            Circumstances { parameters: source.parameters, profile: source.profile, pull: source.pull, youngest };
        traits::person(member, source.week, circumstances, &mut source.stream(Process::Traits, member.person));
        member.key_figure = is_key_figure(source, member);
    }
    if let Arrival::Chosen { motive, hours } = source.profile {
        let applicant = &mut members[0];
        applicant.motive = motive;
        applicant.promised_hours = hours;
    }
    if let Arrival::Asking { hours } = source.profile {
        members[0].promised_hours = hours;
    }
    members
}

/// Leaves a household (M9) from outside Europe without registration, by chance: nobody allocates it a home, it has no right to a
/// benefit, and it is hard up (assumed).
fn go_unregistered(source: &Source, members: &mut [Traits]) {
    let share = source.composition.undocumented.get();
    let may = matches!(source.profile, Arrival::Sitting | Arrival::Newcomer);
    if share <= 0.0 || !may || members[0].origin != Origin::OutsideEurope {
        return;
    }
    if source.stream(Process::Papers, source.first).happens(share) {
        for member in members {
            (member.undocumented, member.income_difficulty, member.on_benefit) = (true, true, false);
        }
    }
}

/// Whether somebody is a key figure, or will be when grown up; drawn apart, so that nothing else of anybody depends on it.
fn is_key_figure(source: &Source, member: &Traits) -> bool {
    let KeyFigures { share, of } = source.composition.key_figures;
    let share = match of {
        Some(origin) if origin != member.origin => 0.0,
        Some(origin) => share.get() / source.composition.origins[origin as usize].get().max(f32::MIN_POSITIVE),
        None => share.get(),
    };
    source.stream(Process::KeyFigures, member.person).happens(share)
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
        schooling: mother.schooling,
        income: mother.income,
        great_difficulty: mother.great_difficulty,
        income_difficulty: mother.income_difficulty,
        undocumented: mother.undocumented,
        child: true,
        ..Traits::EMPTY
    };
    let circumstances = Circumstances { parameters, profile: Arrival::Newcomer, pull: 0.0, youngest: Some(0) };
    traits::person(&mut child, week, circumstances, &mut stream);
    child
}

/// The education of an adult by place among the shares.
pub(super) fn education(place: usize) -> Education {
    Education::ALL[place.min(2)]
}
