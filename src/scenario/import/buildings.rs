//! Blocks of homes from a number of homes, the part in multi-family buildings and the tenures. All forms are assumed.

use super::density;
use super::estimate::Estimate;
use crate::model::quantities::{BuildingForm, Tenure};

/// A block on the map.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    pub key: String,
    pub form: BuildingForm,
    pub homes: u32,
    pub floors: u32,
    pub entrances: u32,
    pub x: i64,
    pub y: i64,
    pub tenure: Tenure,
}

/// Tenures in the order of the estimate.
const TENURES: [Tenure; 3] = [Tenure::Owned, Tenure::SocialRent, Tenure::PrivateRent];
/// How ordinary it is that houses, and flats, are owned, social rent, private rent.
const ORDINARY: [[f64; 3]; 2] = [[4.5, 1.4, 0.8], [1.5, 1.8, 1.2]];
/// Part of the social flats that have galleries, by class of urbanity.
const GALLERIES: [f64; 5] = [0.25, 0.2, 0.1, 0.0, 0.0];
/// Floors of flats with staircases, by class of urbanity.
const FLOORS: [u32; 5] = [4, 4, 3, 3, 2];
/// Floors of gallery flats, by class of urbanity.
const GALLERY_FLOORS: [u32; 5] = [10, 8, 6, 4, 4];
/// Most homes of a block of each form, so that a block is about what a housing corporation calls a complex.
const MOST: [u32; 3] = [400, 240, 240];
/// Homes to a street of houses.
const STREET: u32 = 28;

/// The blocks of a neighbourhood, on a grid around the middle of the map.
pub(super) fn blocks(estimate: &Estimate) -> Vec<Block> {
    let class = density::place(estimate.urbanity);
    let homes = estimate.homes();
    let mut cells = Vec::new();
    for (tenure, numbers) in TENURES.into_iter().zip(by_tenure(estimate, homes)) {
        let [houses, flats] = numbers;
        let galleries = if tenure == Tenure::SocialRent { GALLERIES[class] } else { 0.0 };
        // A gallery of a few homes is none.
        let galleries = Some((f64::from(flats) * galleries) as u32).filter(|homes| *homes >= 60).unwrap_or(0);
        cells.push((BuildingForm::Houses, tenure, houses));
        cells.push((BuildingForm::Stairwell, tenure, flats - galleries));
        cells.push((BuildingForm::Gallery, tenure, galleries));
    }
    let mut blocks: Vec<Block> = Vec::new();
    for (form, tenure, homes) in cells.into_iter().filter(|(.., homes)| *homes > 0) {
        let number = homes.div_ceil(MOST[form as usize]);
        for nth in 0..number {
            // Shared out evenly, the first blocks a home larger.
            let own = homes / number + u32::from(nth < homes % number);
            blocks.push(block(form, tenure, own, nth, class));
        }
    }
    place(&mut blocks, homes, density::ground(estimate.addresses));
    blocks
}

fn block(form: BuildingForm, tenure: Tenure, homes: u32, nth: u32, class: usize) -> Block {
    let (floors, entrances) = match form {
        BuildingForm::Houses => (1, homes.div_ceil(STREET)),
        // Two doors at each landing.
        BuildingForm::Stairwell => {
            let floors = FLOORS[class].min(homes);
            (floors, (homes / (2 * floors)).max(1))
        }
        BuildingForm::Gallery => (GALLERY_FLOORS[class].min(homes), (homes / 100).max(1)),
    };
    let name = match form {
        BuildingForm::Houses => "houses",
        BuildingForm::Stairwell => "porch",
        BuildingForm::Gallery => "gallery",
    };
    let key = format!("{name}-{}-{:02}", tenure.key(), nth + 1);
    Block { key, form, homes, floors, entrances, x: 0, y: 0, tenure }
}

/// Homes by tenure and sort: for each tenure, houses and flats, fitted to both margins and shared out to whole homes.
fn by_tenure(estimate: &Estimate, homes: u32) -> [[u32; 2]; 3] {
    let flats = estimate.multi_family.shares[0];
    let mut table = ORDINARY;
    for _ in 0..60 {
        for (row, wanted) in table.iter_mut().zip([1.0 - flats, flats]) {
            let sum: f64 = row.iter().sum();
            for cell in row.iter_mut() {
                *cell *= wanted / sum.max(1e-12);
            }
        }
        for (place, wanted) in estimate.tenure.shares.into_iter().enumerate() {
            let sum: f64 = table.iter().map(|row| row[place]).sum();
            for row in &mut table {
                row[place] *= wanted / sum.max(1e-12);
            }
        }
    }
    let [houses, flats] = table;
    let cells = [houses[0], flats[0], houses[1], flats[1], houses[2], flats[2]];
    let whole = apportion(cells, homes);
    std::array::from_fn(|tenure| [whole[2 * tenure], whole[2 * tenure + 1]])
}

/// Whole numbers in proportion to shares that add up to `whole`, by largest remainder.
pub(super) fn apportion<const N: usize>(shares: [f64; N], whole: u32) -> [u32; N] {
    let sum: f64 = shares.iter().sum();
    let exact = shares.map(|share| if sum > 0.0 { share / sum * f64::from(whole) } else { 0.0 });
    let mut numbers = exact.map(|number| number as u32);
    let mut order: Vec<usize> = (0..N).collect();
    order.sort_by(|a, b| exact[*b].fract().total_cmp(&exact[*a].fract()).then(a.cmp(b)));
    let left = whole.saturating_sub(numbers.iter().sum());
    for place in order.into_iter().cycle().take(left as usize) {
        numbers[place] += 1;
    }
    numbers
}

/// Puts blocks on a grid that gives each its ground, those of one sort apart from each other.
fn place(blocks: &mut [Block], homes: u32, ground: f64) {
    let number = blocks.len();
    let columns = ((number as f64).sqrt().ceil() as usize).max(1);
    let rows = number.div_ceil(columns);
    let pitch = (f64::from(homes) * ground / number.max(1) as f64).sqrt().clamp(40.0, 1000.0);
    // A step that has no factor in common with the number visits every place once.
    let step = (number * 5 / 8..=number).find(|step| common_factor(*step, number) == 1).unwrap_or(1);
    for (nth, block) in blocks.iter_mut().enumerate() {
        let spot = nth * step % number;
        let along = (spot % columns) as f64 - (columns as f64 - 1.0) / 2.0;
        let up = (spot / columns) as f64 - (rows as f64 - 1.0) / 2.0;
        (block.x, block.y) = ((along * pitch).round() as i64, (up * pitch).round() as i64);
    }
}

fn common_factor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { common_factor(b, a % b) }
}

/// Half the width of the map with these blocks, metres.
pub(super) fn reach(blocks: &[Block]) -> f64 {
    blocks.iter().map(|block| block.x.abs().max(block.y.abs()) as f64).fold(50.0, f64::max)
}
