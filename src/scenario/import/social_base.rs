//! Places, professionals, grants and initiatives in proportion to the people. No statistics say this, so all is assumed.

use super::buildings::{Block, reach};
use super::estimate::Estimate;
use crate::model::parameters::Parameters;
use crate::model::quantities::{ActivityKind, PlaceKind, Role, Tenure};

/// A place on the map.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    pub key: String,
    pub kind: PlaceKind,
    pub x: i64,
    pub y: i64,
}

/// A post.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Post {
    pub key: String,
    pub role: Role,
    pub employer: &'static str,
    pub grant: Option<&'static str>,
    pub hours: f64,
    pub outreach: f64,
}

/// An initiative.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Initiative {
    pub key: String,
    pub activity: ActivityKind,
    pub target: Option<&'static str>,
    pub place: String,
    pub hours: f64,
    pub sessions: f64,
    pub capacity: u32,
    pub euros: u32,
}

/// Who and what there is beside the homes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SocialBase {
    pub places: Vec<Place>,
    pub posts: Vec<Post>,
    pub initiatives: Vec<Initiative>,
    /// Euros a year of the residents' fund and of the posts that a grant pays.
    pub fund: u32,
    pub posts_grant: u32,
}

/// People to each place of a kind, and how many people there must be for the first.
const PEOPLE_TO_A_PLACE: [(PlaceKind, f64, f64); 17] = [
    (PlaceKind::Park, 6000.0, 0.0),
    (PlaceKind::Square, 10_000.0, 2500.0),
    (PlaceKind::Playground, 3000.0, 0.0),
    (PlaceKind::SchoolGate, 5000.0, 1500.0),
    (PlaceKind::SupermarketCorner, 6000.0, 1500.0),
    (PlaceKind::SnackBar, 8000.0, 2000.0),
    (PlaceKind::CommunityCentre, 9000.0, 1000.0),
    (PlaceKind::SportsClub, 10_000.0, 3000.0),
    (PlaceKind::Court, 8000.0, 2000.0),
    (PlaceKind::Church, 12_000.0, 3000.0),
    (PlaceKind::Garden, 15_000.0, 5000.0),
    (PlaceKind::Library, 25_000.0, 8000.0),
    (PlaceKind::ThriftShop, 25_000.0, 8000.0),
    (PlaceKind::CareStop, 15_000.0, 5000.0),
    (PlaceKind::YouthCentre, 18_000.0, 6000.0),
    (PlaceKind::LivingRoom, 20_000.0, 5000.0),
    (PlaceKind::FoodBank, 30_000.0, 10_000.0),
];
/// People from outside Europe to a mosque.
const PEOPLE_TO_A_MOSQUE: f64 = 5000.0;
/// Hours a week of each work for 1,000 people, employer, grant, and part spent on looking people up.
const WORK: [(Role, f64, &str, Option<&str>, f64); 4] = [
    (Role::CommunityBuilder, 4.0, "welfare", Some("community-work"), 0.4),
    (Role::YouthWorker, 4.0, "welfare", Some("community-work"), 0.5),
    (Role::SocialWorker, 7.5, "welfare", None, 0.15),
    (Role::DistrictNurse, 4.5, "home-care", None, 0.1),
];
/// Hours a week of caretakers for 1,000 people in homes of the housing corporation.
const CARETAKER_HOURS: f64 = 12.0;
/// A full post, and the smallest worth having, hours a week.
const POST: (f64, f64) = (32.0, 4.0);
/// Euros of the residents' fund to a person, in a year.
const FUND: f64 = 4.0;
/// What, where, for whom, volunteer hours, sessions a week, room, euros a year, and people to each.
type Together = (ActivityKind, PlaceKind, Option<&'static str>, f64, f64, u32, u32, f64);
/// What residents do together.
const TOGETHER: [Together; 8] = [
    (ActivityKind::Meal, PlaceKind::CommunityCentre, None, 12.0, 1.0, 40, 6000, 9000.0),
    (ActivityKind::Walking, PlaceKind::Park, None, 3.0, 1.0, 20, 0, 8000.0),
    (ActivityKind::ChildrensAfternoon, PlaceKind::Playground, Some("youth"), 8.0, 1.0, 25, 3000, 8000.0),
    (ActivityKind::Sport, PlaceKind::SportsClub, None, 14.0, 3.0, 40, 0, 10_000.0),
    (ActivityKind::Talk, PlaceKind::LivingRoom, None, 12.0, 4.0, 20, 5000, 12_000.0),
    (ActivityKind::LitterPicking, PlaceKind::Square, None, 4.0, 0.5, 20, 500, 12_000.0),
    (ActivityKind::Choir, PlaceKind::Church, None, 6.0, 1.0, 30, 0, 15_000.0),
    (ActivityKind::SelfHelp, PlaceKind::Library, Some("low-income"), 10.0, 2.0, 12, 3000, 20_000.0),
];
/// Turns the next place by the golden angle, so that places lie evenly spread, whatever their number.
const GOLDEN_ANGLE: f64 = 2.399_963;

/// How many of something there are: one to so many people, the first from so many on.
fn number(people: f64, to_each: f64, first: f64) -> u32 {
    if people < first { 0 } else { (people / to_each).round().max(1.0) as u32 }
}

/// What such a neighbourhood has.
pub(super) fn social_base(estimate: &Estimate, blocks: &[Block]) -> SocialBase {
    let people = estimate.people();
    let mosques = people * estimate.origins.shares[2];
    let mut kinds: Vec<(PlaceKind, u32)> =
        PEOPLE_TO_A_PLACE.iter().map(|(kind, to_each, first)| (*kind, number(people, *to_each, *first))).collect();
    kinds.push((PlaceKind::Mosque, number(mosques, PEOPLE_TO_A_MOSQUE, PEOPLE_TO_A_MOSQUE / 2.0)));
    let all: u32 = kinds.iter().map(|(_, number)| number).sum();
    let (mut places, mut nth) = (Vec::new(), 0_u32);
    let most = kinds.iter().map(|(_, number)| *number).max().unwrap_or(0);
    // The first of every kind lies nearest to the middle, then the second, and so on.
    for round in 1..=most {
        for (kind, _) in kinds.iter().filter(|(_, number)| *number >= round) {
            let (turn, far) = (GOLDEN_ANGLE * f64::from(nth), (f64::from(nth + 1) / f64::from(all)).sqrt());
            let away = far * reach(blocks);
            let (x, y) = ((away * turn.cos()).round() as i64, (away * turn.sin()).round() as i64);
            places.push(Place { key: format!("{}-{round}", kind.key()), kind: *kind, x, y });
            nth += 1;
        }
    }
    let posts = posts(estimate, blocks);
    let granted: f64 = posts.iter().filter(|post| post.grant.is_some()).map(|post| post.hours).sum();
    // A little is left over, so that a post is not lost over a rounding.
    let price = f64::from(Parameters::default().funding.euros_per_hour);
    let initiatives = initiatives(people, &places);
    let spent: u32 = initiatives.iter().map(|initiative| initiative.euros).sum();
    SocialBase {
        places,
        posts,
        initiatives,
        fund: rounded_up(people * FUND).max(rounded_up(f64::from(spent))),
        posts_grant: rounded_up(granted * 52.0 * price * 1.03),
    }
}

fn rounded_up(euros: f64) -> u32 {
    ((euros / 1000.0).ceil() * 1000.0) as u32
}

fn posts(estimate: &Estimate, blocks: &[Block]) -> Vec<Post> {
    let social: u32 = blocks.iter().filter(|block| block.tenure == Tenure::SocialRent).map(|block| block.homes).sum();
    let social = f64::from(social) / f64::from(estimate.homes());
    let thousands = estimate.people() / 1000.0;
    let caretaker = (Role::Caretaker, CARETAKER_HOURS * social, "corporation", None, 0.1);
    let mut posts = Vec::new();
    for (role, to_thousand, employer, grant, outreach) in WORK.into_iter().chain([caretaker]) {
        let hours = thousands * to_thousand;
        if hours < POST.1 {
            continue;
        }
        let number = (hours / POST.0).ceil();
        let hours = (hours / number).round();
        posts.extend((1..=number as u32).map(|nth| Post {
            key: format!("{}-{nth}", role.key()),
            role,
            employer,
            grant,
            hours,
            outreach,
        }));
    }
    posts
}

fn initiatives(people: f64, places: &[Place]) -> Vec<Initiative> {
    let mut found = Vec::new();
    for (activity, kind, target, hours, sessions, capacity, euros, to_each) in TOGETHER {
        let here: Vec<&Place> = places.iter().filter(|place| place.kind == kind).collect();
        if here.is_empty() {
            continue;
        }
        let number = number(people, to_each, to_each / 4.0);
        found.extend((0..number).map(|nth| Initiative {
            key: format!("{}-{}", activity.key(), nth + 1),
            activity,
            target,
            place: here[nth as usize % here.len()].key.clone(),
            hours,
            sessions,
            capacity,
            euros,
        }));
    }
    found
}
