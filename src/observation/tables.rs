//! The resident table and the tie table: one row a person, one row a tie.
//!
//! Answers are those that the measures are made of: the mean of a column over adults is the measure of that name.
//! Answers to questionnaires are left empty for people under 18, who are not asked.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::cell::Cell;
use super::instruments::{self, cohesion};
use super::interview::{Interview, View};
use super::observe::lives_alone;
use crate::model::neighbourhood::home::Home;
use crate::model::neighbourhood::network::HalfTie;
use crate::model::neighbourhood::resident::{State, Traits};
use crate::model::neighbourhood::{NONE, Neighbourhood};
use crate::model::parameters::Asking;
use crate::model::quantities::{BuildingForm, Person};
use crate::model::submodels::ask_and_join::elsewhere::hours_elsewhere;
use crate::model::world::World;

/// What is known of a column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnInfo {
    /// Name in the header.
    pub name: &'static str,
    /// Unit, or the allowed words.
    pub unit: &'static str,
    /// Range or allowed values.
    pub range: &'static str,
    /// What it says.
    pub meaning: &'static str,
    /// Instrument or source.
    pub source: &'static str,
}

/// One resident, as text in the order of [`RESIDENT_COLUMNS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResidentRow(pub Vec<String>);

/// One tie, as text in the order of [`TIE_COLUMNS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieRow(pub Vec<String>);

/// Keeps the columns of a table and what stands in them together.
macro_rules! columns {
    ($(#[$about:meta])* $table:ident, $cells:ident($row:ident: $Row:ty):
     $($name:literal, $unit:literal, $range:literal, $meaning:literal, $source:literal => $cell:expr;)+) => {
        $(#[$about])*
        pub static $table: &[ColumnInfo] = &[$(ColumnInfo {
            name: $name, unit: $unit, range: $range, meaning: $meaning, source: $source,
        }),+];

        /// What stands in each column, so that one can be read without the others.
        static $cells: &[fn(&$Row) -> Cell] = &[$(|$row| Cell::from($cell)),+];
    };
}

columns! {
    /// Columns of the resident table after `scenario,replication,week`.
    RESIDENT_COLUMNS, RESIDENT_CELLS(r: Resident<'_>):
    "resident", "number", "0 and up", "Number of the person; the same in two scenarios is the same person", "model" => r.traits.person.to_string();
    "neighbourhood", "number", "0 and up", "Number of the neighbourhood", "model" => r.neighbourhood.number;
    "age", "years", "0 to 120", "Age in whole years", "model" => r.traits.age(r.week);
    "sex", "word", "woman, man", "Sex as registered", "model" => r.traits.sex.key();
    "origin", "word", "netherlands, europe, outside-europe", "Origin group", "CBS, since 2022" => r.traits.origin.key();
    "education", "word", "low, middle, high", "Highest completed education; of children their parents'", "CBS" => r.traits.education.key();
    "income_difficulty", "yes or no", "0, 1", "The household finds it difficult to make ends meet", "model" => flag(r.traits.income_difficulty);
    "health_limited", "yes or no", "0, 1", "Limited by health", "model" => flag(r.traits.health_limited);
    "lives_alone", "yes or no", "0, 1", "Has the home alone", "model" => flag(lives_alone(r.neighbourhood, r.slot));
    "partner", "yes or no", "0, 1", "Has a partner in the home", "model" => flag(r.traits.partner != NONE);
    "children", "people", "0 and up", "Children under 18 of the household; 0 for these children themselves", "model" => r.children() as u32;
    "ties_recognised", "ties", "0 and up", "People here outside the household who are recognised, and no more", "Hall 2019" => r.interview.ties.recognised;
    "ties_acquaintance", "ties", "0 and up", "Acquaintances here outside the household, not yet friends", "Hall 2019" => r.interview.ties.acquaintances;
    "ties_friend", "ties", "0 and up", "Friends here outside the household, not yet close", "Hall 2019" => r.interview.ties.friends;
    "ties_close", "ties", "0 and up", "Close ties here outside the household", "Hall 2019" => r.interview.ties.close;
    "ties_outside", "ties", "0 and up", "Kin and good friends outside the neighbourhood", "model" => u32::from(r.state.kin_elsewhere()) + u32::from(r.state.friends_elsewhere());
    "weekly_contact_neighbours", "yes or no", "0, 1", "In contact with neighbours at least weekly", "CBS Sociale samenhang" => flag(r.interview.weekly_neighbours);
    "weekly_contact_family", "yes or no", "0, 1", "In contact with family outside the household at least weekly", "CBS Sociale samenhang" => flag(r.interview.weekly_family);
    "weekly_contact_friends", "yes or no", "0, 1", "In contact with friends at least weekly", "CBS Sociale samenhang" => flag(r.interview.weekly_friends);
    "loneliness", "score", "0 to 11", "Score on the loneliness scale; empty under 18", "De Jong Gierveld, 11 items" => r.asked(r.interview.loneliness.total());
    "social_loneliness", "score", "0 to 5", "Score on its social items; empty under 18", "De Jong Gierveld, 11 items" => r.asked(r.interview.loneliness.social);
    "emotional_loneliness", "score", "0 to 6", "Score on its emotional items; empty under 18", "De Jong Gierveld, 11 items" => r.asked(r.interview.loneliness.emotional);
    "cohesion", "score", "0 to 10", "Score on the cohesion scale; empty under 18", "Veiligheidsmonitor, 6 items" => r.asked(number(r.interview.cohesion.score()));
    "know_each_other", "yes or no", "0, 1", "Disagrees that people hardly know each other; empty under 18", "Veiligheidsmonitor" => r.agrees(cohesion::KNOW_EACH_OTHER);
    "pleasant", "yes or no", "0, 1", "Agrees that people get on pleasantly; empty under 18", "Veiligheidsmonitor" => r.agrees(cohesion::PLEASANT);
    "cosy", "yes or no", "0, 1", "Agrees that it is cosy here with much togetherness; empty under 18", "Veiligheidsmonitor" => r.agrees(cohesion::COSY);
    "at_home", "yes or no", "0, 1", "Agrees to feel at home with the people here; empty under 18", "Veiligheidsmonitor" => r.agrees(cohesion::AT_HOME);
    "key_or_watch", "yes or no", "0, 1", "Dares to leave a key or have the house watched; empty under 18", "Veiligheidsmonitor" => r.agrees(cohesion::KEY_OR_WATCH);
    "address", "yes or no", "0, 1", "Dares to address people on what they do; empty under 18", "Veiligheidsmonitor" => r.agrees(cohesion::ADDRESS);
    "trust", "yes or no", "0, 1", "Says that most people can be trusted; empty under 18", "CBS Sociale samenhang" => r.asked(flag(r.interview.trusts));
    "belonging", "score", "0 to 1", "Sense of belonging in the neighbourhood", "model" => number(r.state.belonging);
    "capability", "score", "0 to 1", "Sense of own direction", "model" => number(r.state.capability);
    "way_finding", "score", "0 to 1", "Skill in finding one's way in institutions", "model" => number(r.state.way_finding);
    "volunteers", "yes or no", "0, 1", "Volunteered in the past 12 months, here or elsewhere", "CBS Sociale samenhang" => flag(r.interview.volunteered);
    "volunteer_hours", "hours per week", "0 and up", "Hours given to an initiative here", "model" => number(r.state.volunteer_hours);
    "participates", "yes or no", "0, 1", "Joins an activity or goes to a meeting place at least monthly", "model" => flag(r.interview.participates);
    "needs", "needs per year", "0 and up", "Needs of help, recent mean", "model" => number(r.state.needs);
    "needs_met_informal", "needs per year", "0 and up", "Of which met by kin, friends, neighbours, volunteers", "model" => number(r.state.needs_informal);
    "needs_met_formal", "needs per year", "0 and up", "Of which met by professionals or paid care", "model" => number(r.state.needs_formal);
    "needs_unmet", "needs per year", "0 and up", "Of which met by nobody", "model" => number(r.interview.unmet);
    "home", "number", "0 and up", "Number of the home in the world", "model" => (u64::from(r.neighbourhood.first_home) + u64::from(r.traits.home)).to_string();
    "building", "number", "0 and up", "Number of the building in the neighbourhood", "model" => r.at_home(|home| home.building);
    "floor", "number", "0 and up", "Floor", "model" => r.at_home(|home| home.floor.into());
    "door", "number", "0 and up", "Place along the floor or street", "model" => r.at_home(|home| home.door.into());
    "chosen_by_policy", "yes or no", "0, 1", "A policy chose this household for the home", "model" => flag(r.traits.person.chosen_by_policy());
    "door_distance_to_chosen", "doors", "-1 and up", "Doors along the same floor or street to the nearest home of somebody chosen by policy; 0 in that home, -1 when there is none", "model" => r.door_distance.to_string();
    "schooling", "word", "basic, lower, middle, higher, university", "Highest completed education in finer steps; of children their parents'", "CBS" => r.traits.schooling.key();
    "civil", "word", "married, never-married, divorced, widowed", "Marital status; couples may live together without being married", "CBS" => r.traits.civil.key();
    "income", "euros per year", "0 and up", "Income of the household after tax, made comparable between households", "model" => u32::from(r.traits.income) * 100;
    "income_fifth", "number", "1 to 5", "Fifth of the income of households after tax, made comparable between households; borders of the Dutch mix of neighbourhoods", "model" => instruments::income_fifth(r.traits.income) as u32;
    "great_difficulty", "yes or no", "0, 1", "The household finds it very difficult to make ends meet", "model" => flag(r.traits.income_difficulty && r.traits.great_difficulty);
    "severely_limited", "yes or no", "0, 1", "Severely limited by health", "model" => flag(r.traits.health_limited && r.traits.severely_limited);
    "daily_contact_neighbours", "yes or no", "0, 1", "In contact with neighbours (almost) daily", "CBS Sociale samenhang" => flag(r.state.neighbour_words >= instruments::DAILY);
    "loneliness_six", "score", "0 to 6", "Score on the short loneliness scale; empty under 18", "De Jong Gierveld, 6 items" => r.asked(r.interview.loneliness.short);
    "volunteer_hours_all", "hours per week", "0 and up", "Hours given to volunteering here and elsewhere; empty for who did not volunteer in the past 12 months", "CBS Sociale samenhang" => r.volunteer_hours_all();
    "occupied", "yes or no", "0, 1", "Has a week of work or school", "model" => flag(r.traits.occupied);
    "moved_in_week", "week", "any", "Week of moving in or of birth here; negative before week 0", "model" => number(r.traits.moved_in as f32);
    "tenure", "word", "social-rent, private-rent, owned", "Who may call the home theirs", "model" => r.tenure();
    "undocumented", "yes or no", "0, 1", "Not registered", "model" => flag(r.traits.undocumented);
}

columns! {
    /// Columns of the tie table after `scenario,replication,week`.
    TIE_COLUMNS, TIE_CELLS(t: Tie):
    "a", "number", "0 and up", "One person: the lower number", "model" => t.a.to_string();
    "b", "number", "0 and up", "The other person", "model" => t.b.to_string();
    "strength", "strength", "0 to 1", "1 - exp(-hours shared / 130)", "Hall 2019" => number(t.half.strength);
    "kin", "yes or no", "0, 1", "Related by blood or marriage", "model" => flag(t.half.is_kin());
    "origin_setting", "word", "household, kin, doorstep, entrance, street, help, asked, before, a kind of place, a kind of activity", "Where the tie was formed", "model" => t.half.origin.key().to_owned();
    "since_week", "week", "any", "Week in which the tie was formed; negative during the burn-in", "model" => t.half.since.to_string();
}

fn flag(yes: bool) -> Cell {
    Cell::Number(f64::from(u8::from(yes)))
}

fn number(value: f32) -> Cell {
    Cell::Number(f64::from(value))
}

/// A resident as the table sees one.
struct Resident<'a> {
    week: i32,
    neighbourhood: &'a Neighbourhood,
    slot: usize,
    traits: &'a Traits,
    state: &'a State,
    interview: Interview,
    door_distance: i32,
    asking: Asking,
}

impl<'a> Resident<'a> {
    fn of(
        view: &View<'_>,
        neighbourhood: &'a Neighbourhood,
        slot: usize,
        chosen: &BTreeMap<DoorRow, Vec<u16>>,
    ) -> Self {
        Self {
            week: view.week,
            neighbourhood,
            slot,
            traits: &neighbourhood.traits[slot],
            state: &neighbourhood.state[slot],
            interview: view.interview(neighbourhood, slot),
            door_distance: distance_to_chosen(neighbourhood, slot, chosen),
            asking: view.asking,
        }
    }

    /// An answer, if the person is of an age to be asked.
    fn asked(&self, answer: impl Into<Cell>) -> Cell {
        if self.traits.is_adult(self.week) { answer.into() } else { Cell::Empty }
    }

    fn agrees(&self, item: usize) -> Cell {
        self.asked(flag(self.interview.cohesion.agrees(item)))
    }

    fn volunteer_hours_all(&self) -> Cell {
        if !self.interview.volunteered {
            return Cell::Empty;
        }
        let elsewhere = if self.state.volunteers_elsewhere { hours_elsewhere(self.traits, &self.asking) } else { 0.0 };
        number(self.state.volunteer_hours + elsewhere)
    }

    fn tenure(&self) -> Cell {
        let home = self.neighbourhood.homes.get(self.traits.home as usize);
        home.map_or(Cell::Empty, |home| self.neighbourhood.buildings[home.building as usize].tenure.key().into())
    }

    fn children(&self) -> usize {
        let is_child = |traits: &Traits| traits.child && !traits.is_adult(self.week);
        if is_child(self.traits) || self.neighbourhood.homes.get(self.traits.home as usize).is_none() {
            return 0;
        }
        let members = self.neighbourhood.members(self.traits.home);
        members.filter(|slot| is_child(&self.neighbourhood.traits[*slot])).count()
    }

    fn at_home(&self, what: impl Fn(&Home) -> u32) -> Cell {
        self.neighbourhood.homes.get(self.traits.home as usize).map_or(Cell::Empty, |home| what(home).into())
    }
}

/// Doors that lie in one row: building, floor and, where entrances part them, entrance.
type DoorRow = (u32, u16, u16);

fn door_row(neighbourhood: &Neighbourhood, home: &Home) -> DoorRow {
    let along_all = neighbourhood.buildings[home.building as usize].form == BuildingForm::Gallery;
    (home.building, home.floor, if along_all { 0 } else { home.entrance })
}

/// Doors behind which somebody chosen by policy lives, in order.
fn chosen_doors(neighbourhood: &Neighbourhood) -> BTreeMap<DoorRow, Vec<u16>> {
    let mut doors: BTreeMap<DoorRow, Vec<u16>> = BTreeMap::new();
    for slot in neighbourhood.residents() {
        let traits = &neighbourhood.traits[slot];
        if let (true, Some(home)) = (traits.person.chosen_by_policy(), neighbourhood.homes.get(traits.home as usize)) {
            doors.entry(door_row(neighbourhood, home)).or_default().push(home.door);
        }
    }
    doors
}

fn distance_to_chosen(neighbourhood: &Neighbourhood, slot: usize, chosen: &BTreeMap<DoorRow, Vec<u16>>) -> i32 {
    let home = neighbourhood.homes.get(neighbourhood.traits[slot].home as usize);
    home.and_then(|home| {
        let doors = chosen.get(&door_row(neighbourhood, home))?;
        doors.iter().map(|door| i32::from(door.abs_diff(home.door))).min()
    })
    .unwrap_or(-1)
}

/// Every resident, in order of resident number. Uses the current rayon pool.
#[must_use]
pub fn residents(world: &World) -> Vec<ResidentRow> {
    residents_in(&View::of(world))
}

fn residents_in(view: &View<'_>) -> Vec<ResidentRow> {
    let mut rows: Vec<(Person, ResidentRow)> = view
        .neighbourhoods
        .par_iter()
        .flat_map_iter(|neighbourhood| {
            let chosen = chosen_doors(neighbourhood);
            neighbourhood.residents().map(move |slot| {
                let resident = Resident::of(view, neighbourhood, slot, &chosen);
                (resident.traits.person, ResidentRow(texts(RESIDENT_CELLS, &resident)))
            })
        })
        .collect();
    rows.sort_by_key(|(person, _)| *person);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Shows what stands in some columns for every resident, neighbourhood by neighbourhood in order of slot.
///
/// `columns` are places in [`RESIDENT_COLUMNS`]. Numbers are as the model has them, not rounded as in the table.
pub fn answers(world: &World, columns: &[usize], mut look: impl FnMut(&[Cell])) {
    let view = View::of(world);
    let mut row = Vec::with_capacity(columns.len());
    for neighbourhood in view.neighbourhoods {
        let chosen = chosen_doors(neighbourhood);
        for slot in neighbourhood.residents() {
            let resident = Resident::of(&view, neighbourhood, slot, &chosen);
            row.clear();
            row.extend(columns.iter().map(|column| RESIDENT_CELLS[*column](&resident)));
            look(&row);
        }
    }
}

fn texts<Row>(cells: &[fn(&Row) -> Cell], row: &Row) -> Vec<String> {
    cells.iter().map(|cell| cell(row).to_string()).collect()
}

/// A tie as the table sees one.
struct Tie {
    a: Person,
    b: Person,
    half: HalfTie,
}

/// Every tie once, in order of the two resident numbers.
#[must_use]
pub fn ties(world: &World) -> Vec<TieRow> {
    ties_in(world.neighbourhoods())
}

fn ties_in(neighbourhoods: &[Neighbourhood]) -> Vec<TieRow> {
    let mut ties: Vec<Tie> = neighbourhoods
        .iter()
        .flat_map(|neighbourhood| {
            neighbourhood.residents().flat_map(move |slot| {
                let a = neighbourhood.traits[slot].person;
                neighbourhood.network.of(slot).iter().filter_map(move |tie| {
                    let b = neighbourhood.traits[tie.other as usize].person;
                    (a < b && b != Person::NOBODY).then_some(Tie { a, b, half: tie })
                })
            })
        })
        .collect();
    ties.sort_by_key(|tie| (tie.a, tie.b));
    ties.iter().map(|tie| TieRow(texts(TIE_CELLS, tie))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::chance::Chance;
    use crate::model::neighbourhood::graph::fixture;
    use crate::model::parameters::Parameters;

    fn column(name: &str) -> usize {
        RESIDENT_COLUMNS.iter().position(|column| column.name == name).expect("a column")
    }

    fn rows(neighbourhoods: &[Neighbourhood]) -> Vec<Vec<String>> {
        let view = View::new(10, neighbourhoods, Chance::new(1), &Parameters::default());
        residents_in(&view).into_iter().map(|row| row.0).collect()
    }

    #[test]
    fn residents_come_in_order_of_their_number_each_once_with_every_column() {
        let world = [fixture::village(2, 0, 90), fixture::village(2, 1, 90)];
        let rows = rows(&world);
        let numbers: Vec<u64> = rows.iter().map(|row| row[0].parse().expect("a number")).collect();
        assert_eq!(numbers.len(), 180);
        assert!(numbers.is_sorted_by(|a, b| a < b));
        assert!(rows.iter().all(|row| row.len() == RESIDENT_COLUMNS.len()));
        assert_eq!(rows[170][column("neighbourhood")], "1");
    }

    #[test]
    fn columns_stand_in_the_order_that_users_scripts_rely_on() {
        let names = |table: &[ColumnInfo]| table.iter().map(|column| column.name).collect::<Vec<_>>().join(",");
        let promised = "resident,neighbourhood,age,sex,origin,education,income_difficulty,health_limited,lives_alone,\
            partner,children,ties_recognised,ties_acquaintance,ties_friend,ties_close,ties_outside,\
            weekly_contact_neighbours,weekly_contact_family,weekly_contact_friends,loneliness,social_loneliness,\
            emotional_loneliness,cohesion,know_each_other,pleasant,cosy,at_home,key_or_watch,address,trust,belonging,\
            capability,way_finding,volunteers,volunteer_hours,participates,needs,needs_met_informal,needs_met_formal,\
            needs_unmet";
        assert!(names(RESIDENT_COLUMNS).starts_with(promised), "{}", names(RESIDENT_COLUMNS));
        assert_eq!(names(TIE_COLUMNS), "a,b,strength,kin,origin_setting,since_week");
    }

    #[test]
    fn the_means_of_columns_are_the_measures() {
        use crate::observation::observe::observe_view;
        use crate::observation::{Detail, measure_index};
        let world = [fixture::village(2, 0, 500)];
        let seen = observe_view(&View::new(10, &world, Chance::new(1), &Parameters::default()), Detail::Quick);
        let rows = rows(&world);
        for (name, measure) in [
            ("loneliness", "loneliness"),
            ("cohesion", "cohesion"),
            ("trust", "trust"),
            ("at_home", "at_home"),
            ("ties_friend", "friends"),
            ("weekly_contact_family", "weekly_family"),
            ("participates", "participates"),
            ("needs", "needs"),
        ] {
            let adults = rows.iter().filter(|row| !row[column("loneliness")].is_empty());
            let values: Vec<f64> = adults.map(|row| row[column(name)].parse().expect("a number")).collect();
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let measured = seen.value(0, measure_index(measure).expect("a measure"));
            assert!((mean - measured).abs() < 1e-4, "{name}: {mean} and {measured}");
        }
    }

    #[test]
    fn only_those_under_18_leave_answers_empty() {
        let rows = rows(&[fixture::village(2, 0, 300)]);
        for row in rows {
            let age: i32 = row[column("age")].parse().expect("an age");
            assert_eq!(row[column("loneliness")].is_empty(), age < 18);
            assert_eq!(row[column("trust")].is_empty(), age < 18);
            assert!(!row[column("belonging")].is_empty());
        }
    }

    #[test]
    fn doors_to_the_nearest_chosen_neighbour_are_counted_along_the_floor() {
        // Ten doors on a floor; somebody chosen lives behind door 3 of the first floor.
        let mut hamlet = fixture::hamlet(20, &[]);
        hamlet.traits[13].person = Person::new(13, 1, true, 0);
        let distances: Vec<String> =
            rows(&[hamlet]).iter().map(|row| row[column("door_distance_to_chosen")].clone()).collect();
        assert!(distances[..10].iter().all(|distance| distance == "-1"));
        assert_eq!(distances[10..], ["3", "2", "1", "0", "1", "2", "3", "4", "5", "6"]);
    }

    #[test]
    fn each_tie_stands_once_with_the_lower_number_first() {
        let village = fixture::village(4, 0, 80);
        let ties = ties_in(std::slice::from_ref(&village));
        assert_eq!(ties.len(), village.network.ties());
        let pairs: Vec<(u64, u64)> =
            ties.iter().map(|row| (row.0[0].parse().expect("a"), row.0[1].parse().expect("b"))).collect();
        assert!(pairs.iter().all(|(a, b)| a < b) && pairs.is_sorted_by(|one, next| one < next));
        assert!(ties.iter().all(|row| row.0.len() == TIE_COLUMNS.len()));
        assert!(ties.iter().any(|row| row.0[3] == "1" && row.0[4] == "household"));
    }
}
