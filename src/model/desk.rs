//! The working memory of one thread: what a week needs and nobody keeps.
//!
//! It is reused from neighbourhood to neighbourhood and from week to week, so that the weekly loops need no memory of
//! their own. Nothing in it outlives a week; a test lives the same week with a fresh and a used desk.

use super::neighbourhood::network::{HalfTie, Listed, TieOrigin};
use super::neighbourhood::resident::Setting;
use super::policy::AskWords;
use super::quantities::NeedKind;
use super::submodels::bond::Likeness;
use super::submodels::bridge::{Greetings, Stance};
use super::submodels::choose_places::appeal::Appeal;
use super::submodels::choose_places::decisions::Decisions;
use super::submodels::choose_places::hopes::Hopes;
use super::submodels::feel_lonely::ties::Amounts;
use super::submodels::meet::around_home::Encounters;
use super::submodels::meet::circles::Seat;
use super::submodels::renew_belonging::acquaintances::Acquaintances;
use super::submodels::seek_help::Met;
use super::submodels::seek_help::askable::Askable;
use super::submodels::strengthen_ties::Apart;

/// Two people who meet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Meeting {
    /// Slot of one.
    pub a: u32,
    /// Slot of the other.
    pub b: u32,
    /// Where; [`Setting::NOWHERE`] around the home, at an appointment, when helping, and in a lesson.
    pub setting: Setting,
    /// Time shared, minutes.
    pub minutes: u16,
    /// Minutes as they count for closeness: more among similar people, fewer when it did not go well.
    pub closeness: u16,
    /// Where the half-tie of the first to the other stands in the network; none between strangers.
    pub tie: Option<u32>,
    /// How the meeting would be remembered as the beginning of a tie.
    pub origin: TieOrigin,
    /// More than a nod.
    pub words: bool,
    /// Strangers will know each other again.
    pub recognised: bool,
    /// How alike the two are, `0..=1`.
    pub similarity: f32,
}

/// Somebody as others run into them: what is asked of both at each encounter, small so that all of it stays near.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Face {
    /// Part of the week around the home.
    pub presence: f32,
    /// Taste for contact with neighbours.
    pub neighbourly: f32,
    /// Has a word with everybody.
    pub key_figure: bool,
    /// The mark with which pairs draw.
    pub mark: u32,
}

/// What a week's meetings, help and asks bring a resident, before it is applied.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Gains {
    /// Change of capability.
    pub capability: f32,
    /// Change of attitude to other groups.
    pub attitude: f32,
    /// Change of trust in people.
    pub trust: f32,
    /// Change of trust in institutions.
    pub institutional_trust: f32,
    /// Change of way-finding skill.
    pub way_finding: f32,
    /// Change of belonging.
    pub belonging: f32,
    /// Change of energy.
    pub energy: f32,
    /// Incidents of nuisance; one that was addressed counts for less.
    pub nuisance: f32,
    /// Visits to places and activities.
    pub visits: u16,
    /// Pleasant meetings in the places visited.
    pub pleasant: u16,
    /// Helpings given.
    pub helped: u16,
    /// Went somewhere for sport or play.
    pub active: bool,
    /// How often there were words with a neighbour.
    pub neighbour: u8,
    /// Met family from another household.
    pub family: bool,
    /// Met friends.
    pub friend: bool,
    /// Minutes of free time left after visits, before appointments.
    pub minutes_left: u16,
}

/// A need of the week, and who met it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Helping {
    /// Slot of who needed help.
    pub seeker: u32,
    /// With what.
    pub kind: NeedKind,
    /// Who helped.
    pub met: Met,
}

/// One resident's visit to a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Visit {
    /// Where.
    pub setting: Setting,
    /// Circle within the setting.
    pub circle: u32,
    /// Order within the circle, by chance.
    pub order: u32,
    /// Who.
    pub resident: u32,
    /// Only passes through the hall of a place with several rooms.
    pub in_passing: bool,
    /// Is there as a volunteer of the initiative.
    pub as_host: bool,
}

/// One end of what strangers shared, for the owner of a row of ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contact {
    /// Whose row.
    pub owner: u32,
    /// Slot of the other.
    pub other: u32,
    /// Time shared, minutes.
    pub minutes: u16,
    /// Minutes as they count for closeness.
    pub closeness: u16,
    /// Where the longest meeting was.
    pub origin: TieOrigin,
    /// How long that was, minutes.
    pub longest: u16,
    /// Whether it may begin a tie.
    pub recognised: bool,
}

impl Contact {
    /// Adds another contact of the same two. The longest names where it was; of two as long the lower number does, so that
    /// their order does not matter.
    pub fn and(&mut self, more: &Self) {
        if (more.longest, self.origin) > (self.longest, more.origin) {
            (self.longest, self.origin) = (more.longest, more.origin);
        }
        self.minutes = self.minutes.saturating_add(more.minutes);
        self.closeness = self.closeness.saturating_add(more.closeness);
        self.recognised |= more.recognised;
    }
}

/// Somebody is asked to join an initiative.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ask {
    /// Slot of who is asked.
    pub asked: u32,
    /// Slot of who asks, or [`NONE`](super::neighbourhood::NONE) for a leaflet.
    pub asker: u32,
    /// The initiative.
    pub initiative: u32,
    /// Strength of the tie between the two.
    pub strength: f32,
    /// In what words.
    pub words: AskWords,
}

/// The working memory.
#[derive(Debug, Default)]
pub struct Desk {
    /// Visits of the week, in order of setting, circle, order, resident.
    pub visits: Vec<Visit>,
    /// The same, as those in a setting take their seats.
    pub seats: Vec<Seat>,
    /// Meetings of the week.
    pub meetings: Vec<Meeting>,
    /// First words that each resident draws in a process.
    pub words: Vec<[u32; 4]>,
    /// The same in another process that goes with it.
    pub more_words: Vec<[u32; 4]>,
    /// Encounters around the home of some residents.
    pub encounters: Box<Encounters>,
    /// Each resident as others run into them.
    pub faces: Vec<Face>,
    /// Who is met around the home, home by home.
    pub at_home: Vec<u32>,
    /// Where those of each home start in [`Self::at_home`], and of one behind the last in which nobody lives.
    pub at_home_starts: Vec<u32>,
    /// Whether each home has children who play outside and are walked to school.
    pub homes_at_play: Vec<bool>,
    /// Each resident's mark, with which pairs draw.
    pub marks: Vec<u32>,
    /// Minutes of appointments, for each half-tie of the network.
    pub appointments: Vec<u16>,
    /// With whom these are, a bit for each kind and the lowest for all; 0 for each half-tie without one.
    pub met: Vec<u8>,
    /// The same of some half-ties in one number each: minutes, and a count of each kind; added up over all before.
    pub wishes: Vec<u64>,
    /// Marks of the two of some half-ties: whose row it stands in, and the other's.
    pub pairs: [Vec<u32>; 2],
    /// How much of the appointments that each resident wishes fits in the time left, of 256.
    pub fits: Vec<u32>,
    /// Minutes of the week as they count for closeness, for each half-tie of the network; none between weeks.
    pub closeness: Vec<u16>,
    /// Which half-ties are kept of all, 1 or 0 for each.
    pub kept: Vec<u8>,
    /// Where half-ties stand, come or go in the network.
    pub places: Vec<u32>,
    /// What the week brings each resident.
    pub gains: Vec<Gains>,
    /// Settings that a resident will know from now on, with the first attachment.
    pub learnt: Vec<(u32, Setting, f32)>,
    /// Whether each home has children.
    pub homes_with_children: Vec<bool>,
    /// Settings near each building.
    pub near: Vec<Vec<Setting>>,
    /// What each setting has for anybody, places before initiatives.
    pub appeals: Vec<Appeal>,
    /// How strongly each can pull at most, and what residents are seen to stay away from by it.
    pub hopes: Hopes,
    /// What some residents decide on settings.
    pub decisions: Decisions,
    /// Volunteers, in order of initiative and slot.
    pub volunteers: Vec<(u32, u32)>,
    /// Who is seen to make an effort for the neighbourhood.
    pub active: Vec<bool>,
    /// Both ends of what strangers shared who will know each other again, in order of owner and other.
    pub contacts: Vec<Contact>,
    /// These before they are in order.
    pub unsorted: Vec<Contact>,
    /// Where those of each resident start in the order.
    pub contact_starts: Vec<u32>,
    /// Whom each resident met first and will know again, a bit for all whose slots leave the same rest by 64.
    pub recognise: Vec<u64>,
    /// What similarity asks of each resident.
    pub likenesses: Vec<Likeness>,
    /// What meetings of unlike people ask of each resident.
    pub stances: Vec<Stance>,
    /// How often each resident met somebody.
    pub greetings: Vec<Greetings>,
    /// Where the meetings of people who know each other stand in [`Self::meetings`].
    pub known: Vec<u32>,
    /// Where those of strangers stand there who may know each other again.
    pub strangers: Vec<u32>,
    /// Half-ties with an appointment, and whose they are.
    pub listed: Listed,
    /// Where the half-ties stand that grow this week, and beyond these what is left over.
    pub growing: Vec<u32>,
    /// What time together does to strangers.
    pub apart: Apart,
    /// Asks of the week.
    pub asks: Vec<Ask>,
    /// Adult key figures, when there are any.
    pub key_figures: Vec<u32>,
    /// Part of the care for volunteers that there were hours for this week, `0..=1`.
    pub cared_for: f32,
    /// Who visits the place where a professional is, once for each visit.
    pub present: Vec<u32>,
    /// Who has a need this week, in order.
    pub needy: Vec<u32>,
    /// Needs of the week, in order of who had them.
    pub helpings: Vec<Helping>,
    /// Hours left of each professional.
    pub worker_hours: Vec<f32>,
    /// Referrals that arrived this week: from which organisation, to which.
    pub referrals: Vec<(usize, usize)>,
    /// Hours left of newcomers who promised hours and help on request, by slot.
    pub on_request: Vec<(u32, f32)>,
    /// Those who may be in a class, in order of chance.
    pub class: Vec<(u64, u32)>,
    /// Strangers who will know each other again: both ends of new ties, in order of owner and other.
    pub new_ties: Vec<(u32, HalfTie)>,
    /// What each resident counts for as a housemate.
    pub housemates: Vec<f32>,
    /// What each half-tie of some residents amounts to.
    pub amounts: Amounts,
    /// Of each half-tie whether it is to somebody outside the household, and known; and how many are before each eight.
    pub acquaintances: Acquaintances,
    /// Those to whom somebody goes with a need.
    pub askable: Askable,
    /// Examples that each resident has in those who make an effort: how much is seen of them, and the first.
    pub examples: Vec<(f32, u32)>,
}
