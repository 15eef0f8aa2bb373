//! A small neighbourhood for the tests of the model: one gallery block and a few streets of houses.

use super::blueprint::{
    Blueprint, BuildingPlan, Composition, GrantPlan, InitiativePlan, KeyFigures, OrganisationPlan, Period, PlacePlan,
    ProfessionalPlan, Regime, Trends,
};
use super::parameters::{Mechanisms, Parameters};
use super::quantities::{
    Activities, ActivityKind, BuildingForm, Cents, Offers, OrganisationKind, PlaceKind, Role, Share, Sphere, Target,
    Tenure,
};

/// A share that a test knows to be one.
///
/// # Panics
/// When it is none.
pub fn share(value: f64) -> Share {
    Share::new(value).expect("a test's share lies between 0 and 1")
}

/// An ordinary mixed composition, with the national distribution of households.
pub fn ordinary_composition() -> Composition {
    Composition {
        ages: [0.16, 0.13, 0.28, 0.25, 0.18].map(share),
        women: share(0.5),
        households: [0.40, 0.285, 0.24, 0.075].map(share),
        household_size: None,
        origins: [0.60, 0.12, 0.28].map(share),
        education: [0.30, 0.40, 0.30].map(share),
        income_difficulty: share(0.20),
        health_limited: share(0.25),
        language_barrier: share(0.20),
        employed: share(0.70),
        vacant: share(0.02),
        kin_nearby: share(0.12),
        moving: 1.0,
        undocumented: Share::NONE,
        key_figures: KeyFigures::NONE,
    }
}

/// A building of this form and size, with ten doors or so on a floor or street.
pub fn building(form: BuildingForm, homes: u32) -> BuildingPlan {
    let rows = homes.div_ceil(10).max(1);
    let (floors, entrances) = match form {
        BuildingForm::Gallery => (rows, 2),
        BuildingForm::Stairwell => (4.min(homes), homes.div_ceil(8).max(1)),
        BuildingForm::Houses => (1, rows),
    };
    BuildingPlan {
        key: form.key().to_owned(),
        form,
        homes,
        floors,
        entrances,
        x: 0.0,
        y: 0.0,
        tenure: Tenure::SocialRent,
        period: Period::default(),
    }
}

/// An indoor, informal, free place, to be made more special.
pub fn place(key: &str, kind: PlaceKind, x: f32, y: f32) -> PlacePlan {
    PlacePlan {
        key: key.to_owned(),
        kind,
        x,
        y,
        capacity: 20.0,
        hours: 30.0,
        cost: 0.0,
        rooms: 1,
        formality: share(0.3),
        intensity: 1.0,
        threshold: Share::NONE,
        indoor: true,
        commercial: false,
        offers: Offers::NOTHING,
        welcome: [1.0; 3],
        ages: [1.0; 5],
        period: Period::default(),
    }
}

/// The rules of a grant that gives for a year at a time.
pub fn one_year_regime() -> Regime {
    Regime {
        contract_weeks: 52,
        gap_weeks: 8,
        renewal: share(0.6),
        application_hours: 60.0,
        accounting_hours: 1.0,
        accounting_per_1000: 0.0,
        formality: share(0.3),
        pays: Activities::ALL,
    }
}

/// About 120 homes in a gallery block and two streets, with something of everything.
pub fn small_blueprint() -> Blueprint {
    let outdoor =
        |plan: PlacePlan| PlacePlan { indoor: false, capacity: 60.0, hours: 90.0, formality: Share::NONE, ..plan };
    let shop = |plan: PlacePlan| PlacePlan { commercial: true, cost: 3.0, hours: 60.0, ..plan };
    let initiative = |key: &str, activity, target, place, grant: Option<usize>| InitiativePlan {
        key: key.to_owned(),
        activity,
        target,
        place,
        organisers: 1,
        residents_lead: Share::ALL,
        hours_needed: 8.0,
        sessions: 1.0,
        capacity: 20.0,
        formality: share(0.2),
        grant,
        per_year: Cents(if grant.is_some() { 400_000 } else { 0 }),
        paid_hours: 0.0,
        period: Period::default(),
    };
    let organisation = |key: &str, kind| OrganisationPlan { key: key.to_owned(), kind, knows_others: share(0.5) };
    let professional = |key: &str, role, employer, grant| ProfessionalPlan {
        key: key.to_owned(),
        role,
        employer,
        grant,
        hours: 16.0,
        outreach: share(0.3),
        place: None,
        replaced_every: None,
        may_leave: true,
        period: Period::default(),
    };
    Blueprint {
        copies: 1,
        composition: ordinary_composition(),
        districts: Vec::new(),
        priority_to_need: Share::NONE,
        trends: Trends::default(),
        buildings: vec![
            BuildingPlan { key: "block".to_owned(), floors: 8, ..building(BuildingForm::Gallery, 80) },
            BuildingPlan {
                key: "streets".to_owned(),
                entrances: 2,
                y: 150.0,
                tenure: Tenure::Owned,
                ..building(BuildingForm::Houses, 40)
            },
        ],
        public_space: share(0.5),
        addresses: 2000.0,
        healthy_food: Share::NONE,
        places: vec![
            outdoor(place("park", PlaceKind::Park, 120.0, 60.0)),
            outdoor(place("square", PlaceKind::Square, 40.0, 90.0)),
            PlacePlan {
                ages: [3.0, 0.5, 1.2, 0.3, 0.3],
                ..outdoor(place("playground", PlaceKind::Playground, 20.0, 60.0))
            },
            PlacePlan {
                ages: [3.0, 0.3, 1.5, 0.2, 0.1],
                hours: 5.0,
                ..outdoor(place("school", PlaceKind::SchoolGate, 180.0, 120.0))
            },
            shop(place("supermarket", PlaceKind::SupermarketCorner, 90.0, 200.0)),
            shop(place("snack-bar", PlaceKind::SnackBar, 60.0, 180.0)),
            place("thrift-shop", PlaceKind::ThriftShop, 100.0, 120.0),
            PlacePlan { threshold: share(0.5), hours: 4.0, ..place("food-bank", PlaceKind::FoodBank, 110.0, 130.0) },
            place("library", PlaceKind::Library, 300.0, 250.0),
            PlacePlan { rooms: 3, capacity: 50.0, ..place("centre", PlaceKind::CommunityCentre, 80.0, 100.0) },
            place("living-room", PlaceKind::LivingRoom, 10.0, 5.0),
            PlacePlan { welcome: [0.4, 0.5, 1.6], hours: 20.0, ..place("mosque", PlaceKind::Mosque, 220.0, 40.0) },
            PlacePlan {
                cost: 4.0,
                formality: share(0.6),
                ages: [1.5, 1.6, 1.2, 0.8, 0.4],
                ..place("sports-club", PlaceKind::SportsClub, 350.0, 20.0)
            },
        ],
        organisations: vec![
            organisation("municipality", OrganisationKind::Municipality),
            organisation("corporation", OrganisationKind::HousingCorporation),
            organisation("welfare", OrganisationKind::Welfare),
        ],
        grants: vec![
            GrantPlan {
                key: "welfare-grant".to_owned(),
                sphere: Sphere::Institutional,
                per_year: Cents(6_000_000),
                regime: one_year_regime(),
            },
            GrantPlan {
                key: "initiatives-fund".to_owned(),
                sphere: Sphere::Communal,
                per_year: Cents(1_500_000),
                regime: one_year_regime(),
            },
        ],
        professionals: vec![
            professional("builder", Role::CommunityBuilder, 2, Some(0)),
            professional("caretaker", Role::Caretaker, 1, None),
        ],
        initiatives: vec![
            initiative("supper", ActivityKind::Meal, Target::Open, 10, Some(1)),
            initiative("womens-talk", ActivityKind::Talk, Target::Women, 9, Some(1)),
            initiative("litter", ActivityKind::LitterPicking, Target::Open, 1, None),
        ],
        policies: Vec::new(),
        parameters: Parameters::default(),
        mechanisms: Mechanisms::default(),
    }
}
