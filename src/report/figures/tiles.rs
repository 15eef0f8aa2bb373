//! Where the tiles of districts lie: by their position when that is known, otherwise in order of name.

use pathfinding::prelude::{Matrix, kuhn_munkres_min};

use crate::report::words::Words;
use crate::results::manifest::DistrictNote;

/// How wide a tile is, times its height.
pub const ASPECT: f64 = 1.6;
/// White between the tiles of two groups, in tiles.
const BETWEEN_GROUPS: f64 = 0.4;
/// Cells for each tile when tiles are placed by position: some room, so that the shape of a town shows.
const CELLS: f64 = 1.3;
/// Tiles beside each other, at most.
const MOST_COLUMNS: usize = 20;
/// Lengths of the beginning of a code of Statistics Netherlands (`BU0518WWNN`): with its municipality, and with its district.
const CODE_PARTS: [usize; 2] = [6, 8];

/// How tiles are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By position, north up.
    Position,
    /// By code, those that share a beginning together.
    Groups,
    /// By name.
    Name,
}

/// Places of tiles, counted in tiles from the left and the top, in the order of the districts.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Column and row of each.
    pub tiles: Vec<(f64, f64)>,
    /// Columns in all.
    pub columns: f64,
    /// Rows in all.
    pub rows: f64,
    /// In which order.
    pub order: Order,
}

/// Gives each district a tile of its own.
pub fn layout(districts: &[DistrictNote]) -> Layout {
    let positions: Option<Vec<[f32; 2]>> = districts.iter().map(|district| district.at).collect();
    let known = positions.filter(|all| all.iter().flatten().all(|metres| metres.is_finite()));
    let (tiles, order) = match known.and_then(|positions| by_position(&positions)) {
        Some(tiles) => (tiles, Order::Position),
        None => in_order(districts),
    };
    let size = |of: fn(&(f64, f64)) -> f64| tiles.iter().map(of).fold(0.0, f64::max) + 1.0;
    let (columns, rows) = (size(|tile| tile.0), size(|tile| tile.1));
    Layout { tiles, columns, rows, order }
}

/// Snaps positions to a grid, one to a cell, so that the squared distances they move are the least in all.
fn by_position(positions: &[[f32; 2]]) -> Option<Vec<(f64, f64)>> {
    let ends = |axis: usize| {
        let values = || positions.iter().map(move |at| f64::from(at[axis]));
        (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max))
    };
    let ((west, east), (south, north)) = (ends(0), ends(1));
    // A row of districts is a narrow town and not one without width.
    let least = (east - west).max(north - south) / positions.len() as f64;
    let (wide, high) = ((east - west).max(least), (north - south).max(least));
    let cell = libm::sqrt(wide * high / (CELLS * ASPECT * positions.len() as f64));
    if !(cell.is_finite() && cell > 0.0) {
        return None;
    }
    let columns = (libm::round(wide / cell / ASPECT) as usize + 1).min(MOST_COLUMNS);
    let rows = (libm::round(high / cell) as usize + 1).max(positions.len().div_ceil(columns));
    // Thousandths of a tile: whole numbers have one least sum on every machine.
    let place = |at: &[f32; 2]| {
        let column = (f64::from(at[0]) - west) / wide * (columns - 1) as f64;
        let row = (north - f64::from(at[1])) / high * (rows - 1) as f64;
        [column, row].map(|tiles| libm::round(tiles * 1000.0) as i64)
    };
    let costs = positions.iter().map(|at| {
        let [column, row] = place(at);
        (0..columns * rows).map(move |cell| {
            let (across, down) = (column - 1000 * (cell % columns) as i64, row - 1000 * (cell / columns) as i64);
            across * across + down * down
        })
    });
    let (_, cells) = kuhn_munkres_min(&Matrix::from_rows(costs).ok()?);
    // Rows and columns in which no tile stands are left out: four districts at the corners make one block.
    let taken = |of: &dyn Fn(&usize) -> usize| {
        let mut taken: Vec<usize> = cells.iter().map(of).collect();
        taken.sort_unstable();
        taken.dedup();
        taken
    };
    let (across, down) = (taken(&|cell| cell % columns), taken(&|cell| cell / columns));
    let rank = |taken: &[usize], at: usize| taken.partition_point(|other| *other < at) as f64;
    Some(cells.iter().map(|cell| (rank(&across, cell % columns), rank(&down, cell / columns))).collect())
}

/// Rows in order of name; districts with codes stand in groups that share a beginning.
fn in_order(districts: &[DistrictNote]) -> (Vec<(f64, f64)>, Order) {
    let count = districts.len();
    let columns = if count <= 5 { count } else { libm::ceil(libm::sqrt(count as f64 * ASPECT)) as usize };
    let columns = columns.min(MOST_COLUMNS);
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_cached_key(|place| natural(&districts[*place].key));
    let coded = districts.iter().all(|district| is_code(&district.key));
    let group = |place: &usize| if coded { districts[*place].key.get(..CODE_PARTS[1]).unwrap_or("") } else { "" };
    let mut tiles = vec![(0.0, 0.0); count];
    let (mut column, mut row) = (0.0_f64, 0.0);
    let groups: Vec<&[usize]> = order.chunk_by(|a, b| group(a) == group(b)).collect();
    for members in &groups {
        // A group stays in one row if a row can hold it.
        if column > 0.0 && column + members.len().min(columns) as f64 > columns as f64 {
            (column, row) = (0.0, row + 1.0);
        }
        for &place in *members {
            if column + 1.0 > columns as f64 {
                (column, row) = (0.0, row + 1.0);
            }
            tiles[place] = (column, row);
            column += 1.0;
        }
        column += BETWEEN_GROUPS;
    }
    (tiles, if groups.len() > 1 { Order::Groups } else { Order::Name })
}

/// `BU` and eight digits.
fn is_code(key: &str) -> bool {
    let rest = key.strip_prefix("BU").or_else(|| key.strip_prefix("bu"));
    rest.is_some_and(|digits| digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A name by which `x-9` comes before `x-10`.
fn natural(key: &str) -> String {
    let (mut sorted, mut digits) = (String::new(), String::new());
    for letter in key.chars().chain(['\0']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        if !digits.is_empty() {
            sorted.extend(std::iter::repeat_n('0', 12_usize.saturating_sub(digits.len())));
            sorted.push_str(&std::mem::take(&mut digits));
        }
        sorted.push(letter);
    }
    sorted
}

/// What districts are called: by their title, without the code and the town that stand behind all of them; by their key
/// where they have no title.
pub fn names(districts: &[DistrictNote], words: &Words) -> Vec<String> {
    let name = |district: &DistrictNote| {
        let title = district.title.as_ref().map_or(district.key.as_str(), |title| words.pick(title));
        title.strip_suffix(&format!(" ({})", district.key)).unwrap_or(title).to_owned()
    };
    let mut names: Vec<String> = districts.iter().map(name).collect();
    let town = names.first().and_then(|first| Some(first[first.rfind(", ")?..].to_owned()));
    if let Some(town) = town.filter(|town| names.iter().all(|name| name.len() > town.len() && name.ends_with(town))) {
        for name in &mut names {
            name.truncate(name.len() - town.len());
        }
    }
    names
}

/// The beginning that all keys share, up to where a reader would cut it; empty when they share none.
pub fn common_beginning(districts: &[DistrictNote]) -> &str {
    let Some(first) = districts.first().map(|district| district.key.as_str()) else { return "" };
    let same = |end: usize| {
        let beginning = first.get(..end);
        districts.iter().all(|district| district.key.len() > end && district.key.get(..end) == beginning)
    };
    let ends: Vec<usize> = if districts.iter().all(|district| is_code(&district.key)) {
        std::iter::once(2).chain(CODE_PARTS).collect()
    } else {
        first.match_indices(['-', '_']).map(|(place, _)| place + 1).collect()
    };
    ends.into_iter().rev().find(|end| same(*end)).and_then(|end| first.get(..end)).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Language;

    fn named(keys: &[&str]) -> Vec<DistrictNote> {
        keys.iter().map(|key| DistrictNote { key: (*key).to_owned(), title: None, at: None }).collect()
    }

    fn placed(at: &[[f32; 2]]) -> Vec<DistrictNote> {
        at.iter()
            .enumerate()
            .map(|(nth, at)| DistrictNote { key: format!("d-{nth}"), title: None, at: Some(*at) })
            .collect()
    }

    fn all_apart(layout: &Layout) {
        for (nth, one) in layout.tiles.iter().enumerate() {
            let near = |other: &&(f64, f64)| (one.0 - other.0).abs() < 1.0 && (one.1 - other.1).abs() < 1.0;
            assert_eq!(layout.tiles[..nth].iter().find(near), None, "tiles lie over each other: {layout:?}");
            assert!(one.0 + 1.0 <= layout.columns && one.1 + 1.0 <= layout.rows);
        }
    }

    #[test]
    fn without_positions_tiles_are_in_order_of_name_and_of_number() {
        let three = layout(&named(&["south", "east", "north"]));
        assert_eq!(three.tiles, [(2.0, 0.0), (0.0, 0.0), (1.0, 0.0)]);
        assert_eq!((three.columns, three.rows, three.order), (3.0, 1.0, Order::Name));
        let numbered = layout(&named(&["d-10", "d-9", "d-1"]));
        assert_eq!(numbered.tiles, [(2.0, 0.0), (1.0, 0.0), (0.0, 0.0)]);
    }

    #[test]
    fn codes_that_share_a_beginning_stand_together_in_a_row() {
        let keys: Vec<String> =
            (1..=44).flat_map(|group| (1..=1 + group % 4).map(move |n| format!("BU0518{group:02}{n:02}"))).collect();
        let districts = named(&keys.iter().map(String::as_str).collect::<Vec<_>>());
        let found = layout(&districts);
        all_apart(&found);
        assert_eq!(found.order, Order::Groups);
        for (nth, key) in keys.iter().enumerate().skip(1) {
            let (before, here) = (found.tiles[nth - 1], found.tiles[nth]);
            if keys[nth - 1][..8] == key[..8] {
                assert_eq!(here, (before.0 + 1.0, before.1), "{key}");
            } else {
                assert!(here.1 > before.1 || here.0 > before.0 + 1.2, "{key} keeps apart from another group");
            }
        }
    }

    #[test]
    fn positions_keep_north_up_and_east_to_the_right_and_no_two_share_a_cell() {
        let cross = placed(&[[0.0, 900.0], [0.0, -900.0], [1500.0, 0.0], [-1500.0, 0.0], [0.0, 0.0]]);
        let found = layout(&cross);
        all_apart(&found);
        let [north, south, east, west, middle] = found.tiles[..] else { panic!("five tiles") };
        assert!(north.1 < middle.1 && middle.1 < south.1 && west.0 < middle.0 && middle.0 < east.0, "{found:?}");
        assert_eq!(found.order, Order::Position);
    }

    #[test]
    fn no_row_and_no_column_is_left_empty() {
        let corners = placed(&[[-700.0, 750.0], [400.0, 600.0], [-500.0, -700.0], [750.0, -600.0]]);
        let found = layout(&corners);
        assert_eq!(found.tiles, [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]);
        assert_eq!((found.columns, found.rows), (2.0, 2.0));
    }

    #[test]
    fn a_crowded_centre_a_line_and_a_single_point_get_a_tile_each() {
        let crowd: Vec<[f32; 2]> = (0..114_u16)
            .map(|n| [f32::from(n % 7) * 3.0 + f32::from(n) * f32::from(n), f32::from(n % 11) * 40.0])
            .collect();
        let line: Vec<[f32; 2]> = (0..30_u16).map(|n| [f32::from(n) * 100.0, 0.0]).collect();
        for positions in [crowd, line, vec![[5.0, 5.0]; 12]] {
            all_apart(&layout(&placed(&positions)));
        }
        let mut some = placed(&[[0.0, 0.0], [100.0, 0.0]]);
        some[1].at = None;
        assert_eq!(layout(&some).order, Order::Name, "one position unknown leaves no map");
    }

    #[test]
    fn a_title_leaves_out_the_code_and_the_town_behind_it() {
        let words = Words::of(Language::En).expect("the words read");
        let titled = |titles: &[(&str, &str)]| -> Vec<String> {
            let note = |(key, title): &(&str, &str)| DistrictNote {
                key: (*key).to_owned(),
                title: Some([String::new(), (*title).to_owned()]),
                at: None,
            };
            names(&titles.iter().map(note).collect::<Vec<_>>(), &words)
        };
        let imported = [("BU01", "Harbour, Old Town (BU01)"), ("BU02", "Hill (east), Old Town (BU02)")];
        assert_eq!(titled(&imported), ["Harbour", "Hill (east)"]);
        assert_eq!(titled(&[("a", "Harbour, north"), ("b", "Harbour, south")]), ["Harbour, north", "Harbour, south"]);
        assert_eq!(names(&named(&["old-village"]), &words), ["old-village"]);
    }

    #[test]
    fn a_beginning_is_cut_where_a_reader_would_cut_it() {
        assert_eq!(common_beginning(&named(&["BU05180101", "BU05180102"])), "BU051801");
        assert_eq!(common_beginning(&named(&["BU05180101", "BU05182203"])), "BU0518");
        assert_eq!(common_beginning(&named(&["BU05180101", "BU03630000"])), "BU");
        assert_eq!(common_beginning(&named(&["the-hague-north", "the-hague-south"])), "the-hague-");
        assert_eq!(common_beginning(&named(&["harbour", "harvest"])), "");
        assert_eq!(common_beginning(&named(&["north-", "north-east"])), "");
    }
}
