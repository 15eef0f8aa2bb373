//! What a week brought one resident, told from the neighbourhood before and after it and from the desk of the week.
//!
//! It looks and changes nothing; what it notes are facts without words, so that they can be told in any language.

use std::collections::BTreeSet;

use super::instruments::cohesion;
use super::interview::{Interview, View};
use super::observe::TRUSTED;
use crate::model::chance::Chance;
use crate::model::desk::Desk;
use crate::model::neighbourhood::home::Home;
use crate::model::neighbourhood::network::HalfTie;
use crate::model::neighbourhood::resident::Setting;
use crate::model::neighbourhood::{NONE, Neighbourhood};
use crate::model::parameters::{Parameters, Ties};
use crate::model::quantities::{BuildingForm, NeedKind, Person, Role, Sex};
use crate::model::submodels::seek_help::Met;
use crate::model::world::World;

/// Doors along one floor or street within which somebody is a neighbour.
const NEIGHBOUR_DOORS: u16 = 2;

/// How close a tie is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// A face that is known.
    Recognised,
    /// An acquaintance.
    Acquaintance,
    /// A friend.
    Friend,
    /// A close tie.
    Close,
}

impl Layer {
    fn of(tie: &HalfTie, layers: &Ties) -> Self {
        match tie.strength {
            strength if strength >= layers.close => Self::Close,
            strength if strength >= layers.friend => Self::Friend,
            strength if strength >= layers.known => Self::Acquaintance,
            _ => Self::Recognised,
        }
    }
}

/// Where somebody lives, seen from the resident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lives {
    /// In the same home.
    Here,
    /// So many doors along the same floor or street.
    Doors(u16),
    /// Elsewhere in the same building.
    Building,
    /// Elsewhere in the neighbourhood.
    Elsewhere,
}

/// Somebody, as the resident would point them out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Who {
    /// The number in the tables.
    pub person: Person,
    /// As registered.
    pub woman: bool,
    /// Years.
    pub age: i32,
    /// Where.
    pub lives: Lives,
}

/// Where people met.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whereabouts {
    /// Around the home, at an appointment, while helping.
    AroundHome,
    /// In a place, by its name in the scenario.
    Place(String),
    /// At the activity of an initiative, by its name.
    Activity(String),
}

/// Who met a need, as far as a story tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Helper {
    /// A resident.
    Resident(Who),
    /// Kin or friends from elsewhere.
    Outside,
    /// The people of a meeting place.
    Volunteers,
    /// A professional or paid care.
    Formal,
    /// Nobody.
    Nobody,
}

/// How lonely somebody is on the scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loneliness {
    /// Under 3.
    Not,
    /// From 3.
    Lonely,
    /// From 9.
    Strongly,
}

/// Something worth telling.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Came to live here.
    Arrived,
    /// Moved away or died.
    Gone,
    /// The partner died.
    PartnerDied,
    /// Somebody of the household died or left.
    LeftHome(Who),
    /// Somebody joined the household.
    JoinedHome(Who),
    /// Neighbours died or left; one of them, and how many doors away.
    NeighbourLeft(Who),
    /// Neighbours came.
    NeighbourCame(Who),
    /// A tie reached a layer for the first time.
    Tie(Who, Layer, Whereabouts),
    /// An acquaintance or friend left the neighbourhood or died.
    LostTo(Who, Layer),
    /// Somebody was forgotten who was at least an acquaintance once.
    LostTouch(Who),
    /// Asked to help an initiative, by somebody or by a leaflet, and what was said.
    Asked(Option<Who>, String, Answer),
    /// Began to volunteer without being asked this week.
    Joined(String),
    /// Founded an initiative.
    Founded,
    /// Stopped volunteering.
    Stopped(String),
    /// The initiative that the resident helped came to an end.
    Ended(String),
    /// Began to organise the initiative.
    Organises(String),
    /// Needed help.
    Needed(NeedKind, Helper),
    /// Helped somebody.
    Gave(NeedKind, Who),
    /// Came to trust a professional.
    Trusts(Role),
    /// A trusted professional left.
    WorkerLeft(Role),
    /// Passed a line of the scale of loneliness.
    Feels(Loneliness),
    /// Began or ceased to feel at home with the people here.
    AtHome(bool),
}

/// The answer to an ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Helps already.
    AlreadyHelps,
}

/// One week of one resident in one world.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DiaryWeek {
    /// The week that was lived.
    pub week: i32,
    /// Whether the resident lived here at its end.
    pub here: bool,
    /// What is worth telling.
    pub events: Vec<Event>,
    /// Words with people outside the household: who, where, how often.
    pub words: Vec<(Who, Whereabouts, u32)>,
    /// People greeted with a nod.
    pub nods: u32,
    /// Visits to places and activities.
    pub visits: Vec<(Whereabouts, u32)>,
}

/// The diary of one resident: what was told before need not be told again.
#[derive(Debug, Clone)]
pub struct Diary {
    person: Person,
    reached: BTreeSet<(Person, Layer)>,
    feels: Option<(Loneliness, bool)>,
}

/// A neighbourhood on both sides of a week.
struct Turn<'a> {
    before: &'a Neighbourhood,
    after: &'a Neighbourhood,
    /// The resident's slots.
    was: Option<usize>,
    is: Option<usize>,
    week: i32,
}

impl Diary {
    /// Of a resident, from a neighbourhood on that may not have them yet.
    #[must_use]
    pub fn begin(person: Person, n: &Neighbourhood, layers: &Ties) -> Self {
        let mut diary = Self { person, reached: BTreeSet::new(), feels: None };
        if let Some(slot) = n.slot_of(person) {
            for tie in n.network.of(slot).iter() {
                diary.reach(n.traits[tie.other as usize].person, Layer::of(&tie, layers));
            }
        }
        diary
    }

    /// Whether the layer is new for this tie; those below it are then passed as well.
    fn reach(&mut self, other: Person, layer: Layer) -> bool {
        let is_new = self.reached.insert((other, layer));
        for below in [Layer::Recognised, Layer::Acquaintance, Layer::Friend].into_iter().filter(|below| *below < layer)
        {
            self.reached.insert((other, below));
        }
        is_new
    }

    /// Notes the week between two states of the neighbourhood, from the desk of that week.
    pub fn note(
        &mut self,
        (before, after): (&Neighbourhood, &Neighbourhood),
        desk: &Desk,
        week: i32,
        chance: Chance,
        parameters: &Parameters,
    ) -> DiaryWeek {
        let (was, is) = (before.slot_of(self.person), after.slot_of(self.person));
        let turn = Turn { before, after, was, is, week };
        let mut told = DiaryWeek { week, here: is.is_some(), ..DiaryWeek::default() };
        match (was, is) {
            (Some(_), None) => told.events.push(Event::Gone),
            (None, Some(_)) => told.events.push(Event::Arrived),
            _ => {}
        }
        let Some(slot) = is else { return told };
        turn.household(&mut told.events);
        turn.neighbours(&mut told.events);
        self.ties(&turn, desk, slot, &parameters.ties, &mut told.events);
        turn.volunteering(desk, slot, &mut told.events);
        turn.help(desk, slot, &mut told.events);
        turn.workers(slot, &mut told.events);
        turn.company(desk, slot, &mut told);
        let view = View::new(week + 1, std::slice::from_ref(after), chance, parameters);
        self.feelings(&view.interview(after, slot), &mut told.events);
        told
    }

    fn ties(&mut self, turn: &Turn<'_>, desk: &Desk, slot: usize, layers: &Ties, events: &mut Vec<Event>) {
        for tie in turn.after.network.of(slot).iter().filter(|tie| !tie.is_household()) {
            let other = tie.other as usize;
            let layer = Layer::of(&tie, layers);
            if self.reach(turn.after.traits[other].person, layer) {
                events.push(Event::Tie(turn.who(other), layer, turn.met_at(desk, slot, other)));
            }
        }
        let Some(was) = turn.was else { return };
        for tie in turn.before.network.of(was).iter().filter(|tie| !tie.is_household()) {
            let traits = &turn.before.traits[tie.other as usize];
            let who = turn.who_was(tie.other as usize);
            match turn.after.slot_of(traits.person) {
                None if tie.strength >= layers.known => events.push(Event::LostTo(who, Layer::of(&tie, layers))),
                Some(other)
                    if turn.after.network.between(slot, other as u32).is_none()
                        && self.reached.contains(&(traits.person, Layer::Acquaintance)) =>
                {
                    events.push(Event::LostTouch(who));
                }
                _ => {}
            }
        }
    }

    fn feelings(&mut self, interview: &Interview, events: &mut Vec<Event>) {
        let lonely = match interview.loneliness {
            score if score.is_strongly_lonely() => Loneliness::Strongly,
            score if score.is_lonely() => Loneliness::Lonely,
            _ => Loneliness::Not,
        };
        let now = (lonely, interview.cohesion.agrees(cohesion::AT_HOME));
        if let Some(before) = self.feels.replace(now) {
            if before.0 != now.0 {
                events.push(Event::Feels(now.0));
            }
            if before.1 != now.1 {
                events.push(Event::AtHome(now.1));
            }
        }
    }
}

impl Turn<'_> {
    /// Somebody who is here.
    fn who(&self, other: usize) -> Who {
        self.seen_in(self.after, self.is.or(self.was), other)
    }

    /// Somebody who was here.
    fn who_was(&self, other: usize) -> Who {
        self.seen_in(self.before, self.was.or(self.is), other)
    }

    fn seen_in(&self, n: &Neighbourhood, slot: Option<usize>, other: usize) -> Who {
        let traits = &n.traits[other];
        let lives = slot.map_or(Lives::Elsewhere, |slot| lives(n, n.traits[slot].home, traits.home));
        Who { person: traits.person, woman: traits.sex == Sex::Woman, age: traits.age(self.week), lives }
    }

    fn household(&self, events: &mut Vec<Event>) {
        let (Some(was), Some(is)) = (self.was, self.is) else { return };
        let partner = self.before.traits[was].partner;
        if partner != NONE && self.after.traits[is].partner == NONE {
            events.push(Event::PartnerDied);
        }
        for member in self.before.members(self.before.traits[was].home).filter(|member| *member != was) {
            let person = self.before.traits[member].person;
            if self.after.slot_of(person).is_none() && member as u32 != partner {
                events.push(Event::LeftHome(self.who_was(member)));
            }
        }
        for member in self.after.members(self.after.traits[is].home) {
            if self.before.slot_of(self.after.traits[member].person).is_none() && member != is {
                events.push(Event::JoinedHome(self.who(member)));
            }
        }
    }

    fn neighbours(&self, events: &mut Vec<Event>) {
        let (Some(was), Some(is)) = (self.was, self.is) else { return };
        let home = self.before.traits[was].home;
        let reach = u32::from(NEIGHBOUR_DOORS);
        for there in home.saturating_sub(reach)..=home + reach {
            let (Some(old), Some(new)) = (self.before.homes.get(there as usize), self.after.homes.get(there as usize))
            else {
                continue;
            };
            let near = matches!(lives(self.after, self.after.traits[is].home, there), Lives::Doors(_));
            if !near || old.first == new.first && old.generation == new.generation {
                continue;
            }
            let stays = |slot: usize| self.after.slot_of(self.before.traits[slot].person).is_some();
            let mut members = self.before.members(there);
            if let Some(first) = members.next().filter(|first| !stays(*first) && !members.any(stays)) {
                events.push(Event::NeighbourLeft(self.who_was(first)));
            }
            if old.generation != new.generation && !new.is_vacant() {
                events.push(Event::NeighbourCame(self.who(new.first as usize)));
            }
        }
    }

    fn volunteering(&self, desk: &Desk, slot: usize, events: &mut Vec<Event>) {
        let now = &self.after.state[slot];
        let before = self.was.map(|was| &self.before.state[was]);
        let with = |number: u32| {
            let initiative = self.after.initiatives.get(number as usize);
            initiative.map(|initiative| initiative.key.clone()).unwrap_or_default()
        };
        let helped = before.map_or(NONE, |state| state.volunteers_with);
        let mut by_ask = false;
        for ask in desk.asks.iter().filter(|ask| ask.asked as usize == slot) {
            let answer = match () {
                () if helped != NONE => Answer::AlreadyHelps,
                () if now.volunteers_with == ask.initiative => Answer::Yes,
                () => Answer::No,
            };
            let by = (ask.asker != NONE).then(|| self.who(ask.asker as usize));
            events.push(Event::Asked(by, with(ask.initiative), answer));
            by_ask |= answer == Answer::Yes;
            if by_ask {
                break;
            }
        }
        let ended = |number: u32| self.after.initiatives.get(number as usize).is_some_and(|one| one.ended.is_some());
        if helped != NONE && now.volunteers_with != helped {
            events.push(if ended(helped) { Event::Ended(with(helped)) } else { Event::Stopped(with(helped)) });
        }
        if now.volunteers_with != NONE && now.volunteers_with != helped && !by_ask {
            let is_new = now.volunteers_with as usize >= self.before.initiatives.len();
            events.push(if is_new { Event::Founded } else { Event::Joined(with(now.volunteers_with)) });
        }
        if now.organises && !before.is_some_and(|state| state.organises) {
            events.push(Event::Organises(with(now.volunteers_with)));
        }
    }

    fn help(&self, desk: &Desk, slot: usize, events: &mut Vec<Event>) {
        for helping in &desk.helpings {
            if helping.seeker as usize == slot {
                let helper = match helping.met {
                    Met::Resident(giver) => Helper::Resident(self.who(giver)),
                    Met::Outside => Helper::Outside,
                    Met::Place(_) => Helper::Volunteers,
                    Met::Formal | Met::PaidCare => Helper::Formal,
                    Met::Nobody => Helper::Nobody,
                };
                events.push(Event::Needed(helping.kind, helper));
            } else if helping.met == Met::Resident(slot) {
                events.push(Event::Gave(helping.kind, self.who(helping.seeker as usize)));
            }
        }
    }

    fn workers(&self, slot: usize, events: &mut Vec<Event>) {
        for (number, post) in self.after.professionals.iter().enumerate() {
            let now = post.trust_of(slot as u32);
            let old = self.before.professionals.get(number);
            let before = old.zip(self.was).map_or(0.0, |(old, was)| old.trust_of(was as u32));
            let is_another = old.is_some_and(|old| old.predecessors != post.predecessors);
            if before >= TRUSTED && is_another {
                events.push(Event::WorkerLeft(post.role));
            } else if before < TRUSTED && now >= TRUSTED {
                events.push(Event::Trusts(post.role));
            }
        }
    }

    /// Whom the resident spoke, and where it went.
    fn company(&self, desk: &Desk, slot: usize, told: &mut DiaryWeek) {
        for meeting in desk.meetings.iter().filter(|one| one.a as usize == slot || one.b as usize == slot) {
            let other = if meeting.a as usize == slot { meeting.b } else { meeting.a } as usize;
            if self.after.traits[other].home == self.after.traits[slot].home {
                continue;
            }
            if !meeting.words {
                told.nods += 1;
                continue;
            }
            let (who, place) = (self.who(other), self.whereabouts(meeting.setting));
            match told.words.iter_mut().find(|known| known.0 == who && known.1 == place) {
                Some(known) => known.2 += 1,
                None => told.words.push((who, place, 1)),
            }
        }
        told.words.sort();
        for visit in desk.visits.iter().filter(|visit| visit.resident as usize == slot) {
            let place = self.whereabouts(visit.setting);
            match told.visits.iter_mut().find(|known| known.0 == place) {
                Some(known) => known.1 += 1,
                None => told.visits.push((place, 1)),
            }
        }
    }

    fn whereabouts(&self, setting: Setting) -> Whereabouts {
        if setting == Setting::NOWHERE {
            return Whereabouts::AroundHome;
        }
        match setting.initiative() {
            Some(number) => Whereabouts::Activity(self.after.initiatives[number].key.clone()),
            None => Whereabouts::Place(self.after.places[setting.place_index()].plan.key.clone()),
        }
    }

    /// Where two met this week; around the home when they did not.
    fn met_at(&self, desk: &Desk, slot: usize, other: usize) -> Whereabouts {
        let pair = |one: usize, two: usize| (one.min(two), one.max(two));
        let ours = desk.meetings.iter().filter(|one| pair(one.a as usize, one.b as usize) == pair(slot, other));
        ours.max_by_key(|one| one.minutes).map_or(Whereabouts::AroundHome, |one| self.whereabouts(one.setting))
    }
}

/// Where a home lies, seen from another.
fn lives(n: &Neighbourhood, from: u32, home: u32) -> Lives {
    let (Some(here), Some(there)) = (n.homes.get(from as usize), n.homes.get(home as usize)) else {
        return Lives::Elsewhere;
    };
    let row = |home: &Home| match n.buildings[home.building as usize].form {
        BuildingForm::Gallery => (home.building, home.floor, 0),
        BuildingForm::Stairwell | BuildingForm::Houses => (home.building, home.floor, home.entrance),
    };
    match here.door.abs_diff(there.door) {
        _ if from == home => Lives::Here,
        doors if row(here) == row(there) => Lives::Doors(doors),
        _ if here.building == there.building => Lives::Building,
        _ => Lives::Elsewhere,
    }
}

/// How a resident is doing, to find those whose story is worth reading.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Doing {
    /// The resident's number.
    pub person: Person,
    /// As registered.
    pub woman: bool,
    /// Years.
    pub age: i32,
    /// Score on the scale of loneliness, 0 to 11.
    pub loneliness: u8,
    /// Acquaintances, friends and close ties here.
    pub ties: u32,
}

/// How one resident is doing.
#[must_use]
pub fn doing(world: &World, person: Person) -> Option<Doing> {
    let view = View::of(world);
    world.neighbourhoods().iter().find_map(|n| n.slot_of(person).map(|slot| doing_in(&view, n, slot)))
}

/// How every adult is doing, in order of number.
#[must_use]
pub fn everybody_doing(world: &World) -> Vec<Doing> {
    let view = View::of(world);
    let mut found: Vec<Doing> = Vec::new();
    for n in world.neighbourhoods() {
        let adults = n.residents().filter(|slot| n.traits[*slot].is_adult(view.week));
        found.extend(adults.map(|slot| doing_in(&view, n, slot)));
    }
    found.sort_by_key(|one| one.person);
    found
}

fn doing_in(view: &View<'_>, n: &Neighbourhood, slot: usize) -> Doing {
    let (traits, interview) = (&n.traits[slot], view.interview(n, slot));
    Doing {
        person: traits.person,
        woman: traits.sex == Sex::Woman,
        age: traits.age(view.week),
        loneliness: interview.loneliness.total(),
        ties: interview.ties.acquaintances + interview.ties.friends + interview.ties.close,
    }
}
