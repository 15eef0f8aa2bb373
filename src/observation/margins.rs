//! How far the people of a world are those of its composition: margin by margin, in people or households.
//!
//! A scenario says how many people there are of each age, households of each sort, and so on. People come in households and
//! cannot be divided, so the margins are met within a few; how many is told here. Nothing in the model reads it.

use crate::model::blueprint::Composition;
use crate::model::initialization::dwelling::{Dwellings, Sort};
use crate::model::initialization::structure::{Structure, type_of};
use crate::model::initialization::traits::WORKING_AGE;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::resident::Traits;
use crate::model::quantities::{BuildingForm, Education, Origin, Sex, Share, Tenure};

/// What a margin counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Residents.
    People,
    /// Homes with somebody in them.
    Households,
}

/// One margin: how many are wanted in each class, and how many there are.
#[derive(Debug, Clone, PartialEq)]
pub struct Margin {
    /// Its name in tables.
    pub key: &'static str,
    /// What is counted.
    pub unit: Unit,
    /// Name of the class, wanted, there.
    pub classes: Vec<(&'static str, f64, f64)>,
}

impl Margin {
    /// All that is counted.
    #[must_use]
    pub fn whole(&self) -> f64 {
        self.classes.iter().map(|(_, _, there)| there).sum()
    }

    /// How many would have to be in another class: half the sum of all differences.
    #[must_use]
    pub fn misplaced(&self) -> f64 {
        self.classes.iter().map(|(_, wanted, there)| (wanted - there).abs()).sum::<f64>() / 2.0
    }

    /// The same as a share of the whole; 0 if there is nobody.
    #[must_use]
    pub fn misfit(&self) -> f64 {
        if self.whole() > 0.0 { self.misplaced() / self.whole() } else { 0.0 }
    }
}

/// One class a person or household may be in, or none if the margin does not concern them.
type ClassOf<'a> = dyn Fn(&Neighbourhood, &[usize], usize) -> Option<usize> + 'a;

/// Every margin of these neighbourhoods together, in a fixed order, as of `week`.
#[must_use]
pub fn margins(neighbourhoods: &[Neighbourhood], week: i32) -> Vec<Margin> {
    let person = |n: &Neighbourhood, slot: usize| n.traits[slot];
    let adult = |them: Traits| !them.child;
    let two = ["no", "yes"];
    let shares = |share: Share| vec![1.0 - f64::from(share.get()), f64::from(share.get())];
    let list = |shares: &[Share]| shares.iter().map(|share| f64::from(share.get())).collect::<Vec<f64>>();
    let keys = |all: &[Origin]| all.iter().map(|origin| origin.key()).collect::<Vec<_>>();
    let levels: Vec<&str> = Education::ALL.iter().map(|level| level.key()).collect();
    let of_people =
        |key: &'static str, names: &[&'static str], wanted: &dyn Fn(&Composition) -> Vec<f64>, class: &ClassOf| {
            margin(neighbourhoods, key, Unit::People, names, wanted, class)
        };
    let of_households =
        |key: &'static str, names: &[&'static str], wanted: &dyn Fn(&Composition) -> Vec<f64>, class: &ClassOf| {
            margin(neighbourhoods, key, Unit::Households, names, wanted, class)
        };
    let mut all = vec![
        of_people(
            "ages",
            &["under 15", "15-24", "25-44", "45-64", "65 and over"],
            &|composition| list(&composition.ages),
            &|n, _, slot| Some(person(n, slot).age_band(week)),
        ),
        of_people(
            "sex",
            &["women", "men"],
            &|composition| shares(composition.women).into_iter().rev().collect(),
            &|n, _, slot| Some(usize::from(person(n, slot).sex == Sex::Man)),
        ),
        of_households("households", &TYPES, &|composition| list(&composition.households), &|n, members, _| {
            Some(household_type(n, members))
        }),
        of_people("origins", &keys(Origin::ALL), &|composition| list(&composition.origins), &|n, _, slot| {
            Some(person(n, slot).origin as usize)
        }),
        of_people("education", &levels, &|composition| list(&composition.education), &|n, _, slot| {
            adult(person(n, slot)).then(|| person(n, slot).education as usize)
        }),
        of_households(
            "income_difficulty",
            &two,
            &|composition| shares(composition.income_difficulty),
            &|n, _, slot| Some(usize::from(person(n, slot).income_difficulty)),
        ),
        of_people("health_limited", &two, &|composition| shares(composition.health_limited), &|n, _, slot| {
            adult(person(n, slot)).then(|| usize::from(person(n, slot).health_limited))
        }),
        of_people("employed", &two, &|composition| shares(composition.employed), &|n, _, slot| {
            let them = person(n, slot);
            (adult(them) && WORKING_AGE.contains(&them.age(week))).then(|| usize::from(them.occupied))
        }),
        of_people("language_barrier", &two, &|composition| shares(composition.language_barrier), &|n, _, slot| {
            let them = person(n, slot);
            (adult(them) && them.origin != Origin::Netherlands).then(|| usize::from(!them.shares_language))
        }),
    ];
    all.extend(homes(neighbourhoods));
    all.extend(
        Sort::ALL.into_iter().map(|sort| households_in(neighbourhoods, sort, week)).filter(|one| one.whole() > 0.0),
    );
    all
}

/// Types of household.
const TYPES: [&str; 4] = ["one person", "couple", "couple with children", "single parent"];

/// Households by type among the homes of a sort, against the shares fitted to them.
fn households_in(neighbourhoods: &[Neighbourhood], sort: Sort, week: i32) -> Margin {
    let mut classes: Vec<(&'static str, f64, f64)> = TYPES.iter().map(|name| (*name, 0.0, 0.0)).collect();
    for n in neighbourhoods {
        let types = n.composition.households.map(Share::get);
        let wanted = Dwellings::sitting(&n.buildings, types, week).types(sort);
        for home in 0..n.homes.len() as u32 {
            let members: Vec<usize> = n.members(home).collect();
            if members.is_empty() || Sort::of(&n.buildings[n.homes[home as usize].building as usize]) != sort {
                continue;
            }
            for ((_, want, _), share) in classes.iter_mut().zip(wanted) {
                *want += f64::from(share);
            }
            classes[household_type(n, &members)].2 += 1.0;
        }
    }
    Margin { key: sort.key(), unit: Unit::Households, classes }
}

/// Type of a household, in the order of the composition.
fn household_type(n: &Neighbourhood, members: &[usize]) -> usize {
    let adults = members.iter().filter(|slot| !n.traits[**slot].child).count();
    type_of(adults, members.len() - adults)
}

/// Counts one margin; a neighbourhood wants shares of as many as it has.
fn margin(
    neighbourhoods: &[Neighbourhood],
    key: &'static str,
    unit: Unit,
    names: &[&'static str],
    wanted: &dyn Fn(&Composition) -> Vec<f64>,
    class: &ClassOf,
) -> Margin {
    let mut classes: Vec<(&'static str, f64, f64)> = names.iter().map(|name| (*name, 0.0, 0.0)).collect();
    for n in neighbourhoods {
        let mut here = vec![0.0; names.len()];
        let mut count = |members: &[usize], slot: usize| {
            if let Some(place) = class(n, members, slot).and_then(|class| here.get_mut(class)) {
                *place += 1.0;
            }
        };
        for home in 0..n.homes.len() as u32 {
            let members: Vec<usize> = n.members(home).collect();
            match unit {
                Unit::Households => members.first().into_iter().for_each(|first| count(&members, *first)),
                Unit::People => members.iter().for_each(|slot| count(&members, *slot)),
            }
        }
        let whole: f64 = here.iter().sum();
        for (((_, want, there), share), found) in classes.iter_mut().zip(wanted(&n.composition)).zip(here) {
            *want += share * whole;
            *there += found;
        }
    }
    Margin { key, unit, classes }
}

/// Households by tenure and by form of the building, against the homes that there are.
fn homes(neighbourhoods: &[Neighbourhood]) -> [Margin; 2] {
    let tenures: Vec<&str> = Tenure::ALL.iter().map(|tenure| tenure.key()).collect();
    let forms: Vec<&str> = BuildingForm::ALL.iter().map(|form| form.key()).collect();
    let count = |key: &'static str, names: &[&'static str], class: &dyn Fn(&Neighbourhood, usize) -> usize| {
        let mut classes: Vec<(&'static str, f64, f64)> = names.iter().map(|name| (*name, 0.0, 0.0)).collect();
        for n in neighbourhoods {
            let lived_in = n.homes.iter().filter(|home| !home.is_vacant()).count() as f64;
            let part = lived_in / n.homes.len().max(1) as f64;
            for home in &n.homes {
                let (_, wanted, there) = &mut classes[class(n, home.building as usize)];
                *wanted += part;
                *there += f64::from(u8::from(!home.is_vacant()));
            }
        }
        Margin { key, unit: Unit::Households, classes }
    };
    [
        count("tenure", &tenures, &|n, building| n.buildings[building].tenure as usize),
        count("form", &forms, &|n, building| n.buildings[building].form as usize),
    ]
}

/// People in a household on average, as the composition or else its ages and types of household ask for it, and as it is;
/// not a number where there is no household.
#[must_use]
pub fn household_size(neighbourhoods: &[Neighbourhood]) -> [f64; 2] {
    let (mut wanted, mut people, mut households) = (0.0, 0.0, 0.0);
    for n in neighbourhoods {
        let here = n.homes.iter().filter(|home| !home.is_vacant()).count() as f64;
        let asked = n.composition.household_size;
        wanted += here * f64::from(asked.unwrap_or_else(|| Structure::sitting(&n.composition).size()));
        people += n.residents().count() as f64;
        households += here;
    }
    [wanted / households, people / households]
}
