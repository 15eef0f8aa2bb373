//! A resident: what hardly changes, and what does.

use super::NONE;
use super::crossing::Presence;
use crate::model::quantities::{ActivityKind, Civil, Education, Origin, Person, Schooling, Sex, Target};

/// Weeks in a year.
pub const YEAR: i32 = 52;

/// Settings a resident can keep in mind.
pub const HABITS: usize = 8;

/// What hardly changes about a resident.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact about a person, in any combination")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Traits {
    /// Who this is; [`Person::NOBODY`] in an empty slot.
    pub person: Person,
    /// Index of the home within the neighbourhood.
    pub home: u32,
    /// Slot of the next member of the home, or [`NONE`].
    pub next_in_home: u32,
    /// Slot of the partner in the home, or [`NONE`].
    pub partner: u32,
    /// Week of birth; negative for those born before week 0.
    pub born: i32,
    /// Week of moving in; negative before week 0.
    pub moved_in: i32,
    /// As registered.
    pub sex: Sex,
    /// Origin group.
    pub origin: Origin,
    /// Highest completed education; for children their parents'.
    pub education: Education,
    /// The same in finer steps; means nothing of children.
    pub schooling: Schooling,
    /// Marital status.
    pub civil: Civil,
    /// Income of the household after tax, made comparable between households, in hundreds of euros a year.
    pub income: u16,
    /// The household finds it difficult to make ends meet.
    pub income_difficulty: bool,
    /// And very difficult.
    pub great_difficulty: bool,
    /// Limited by health.
    pub health_limited: bool,
    /// And severely.
    pub severely_limited: bool,
    /// Shares the language.
    pub shares_language: bool,
    /// Has a week of work or school.
    pub occupied: bool,
    /// Lives on a benefit with rules about volunteering.
    pub on_benefit: bool,
    /// Came as a child of the household.
    pub child: bool,
    /// Not registered: no access to what asks for papers.
    pub undocumented: bool,
    /// Has a word with everybody; acts on it from 18 on.
    pub key_figure: bool,
    /// Interests, one bit for each [`ActivityKind`].
    pub interests: u16,
    /// Good ties wanted: the own standard, about 1 to 8.
    pub standard: f32,
    /// Taste for contact with neighbours, around 1.
    pub neighbourly: f32,
    /// Personal trait of loneliness, standard normal.
    pub lonely_trait: f32,
    /// Free time for others, hours a week.
    pub free_hours: f32,
    /// Motive to do something for others, `0..=1`.
    pub motive: f32,
    /// Own level of trust in people, `0..=1`, to which trust returns.
    pub own_trust: f32,
    /// Own level of capability, `0..=1`, to which capability returns.
    pub own_capability: f32,
    /// Own level of way-finding skill, `0..=1`.
    pub own_way_finding: f32,
    /// Kin ties outside the neighbourhood on arrival.
    pub kin_outside: u8,
    /// Good friends outside the neighbourhood on arrival.
    pub friends_outside: u8,
    /// Hours a month promised to the neighbourhood when the home was allocated; 0 for others.
    pub promised_hours: f32,
    /// Whether they live here, and go elsewhere.
    pub presence: Presence,
}

impl Traits {
    /// An empty slot.
    pub const EMPTY: Self = Self {
        person: Person::NOBODY,
        home: NONE,
        next_in_home: NONE,
        partner: NONE,
        born: 0,
        moved_in: 0,
        sex: Sex::Woman,
        origin: Origin::Netherlands,
        education: Education::Middle,
        schooling: Schooling::Middle,
        civil: Civil::NeverMarried,
        income: 250,
        income_difficulty: false,
        great_difficulty: false,
        health_limited: false,
        severely_limited: false,
        shares_language: true,
        occupied: false,
        on_benefit: false,
        child: false,
        undocumented: false,
        key_figure: false,
        interests: 0,
        standard: 4.0,
        neighbourly: 1.0,
        lonely_trait: 0.0,
        free_hours: 0.0,
        motive: 0.0,
        own_trust: 0.5,
        own_capability: 0.5,
        own_way_finding: 0.5,
        kin_outside: 0,
        friends_outside: 0,
        promised_hours: 0.0,
        presence: Presence::Here,
    };

    /// Whether the slot is taken.
    #[inline]
    #[must_use]
    pub fn is_somebody(&self) -> bool {
        self.person != Person::NOBODY
    }

    /// Whether somebody is in the slot who lives in this neighbourhood, and does not only come here.
    #[inline]
    #[must_use]
    pub fn lives_here(&self) -> bool {
        self.is_somebody() && self.presence != Presence::Visitor
    }

    /// Age in whole years at a week.
    #[inline]
    #[must_use]
    pub fn age(&self, week: i32) -> i32 {
        (week - self.born).div_euclid(YEAR)
    }

    /// Whether of this age or over: what [`Self::age`] says, without a division.
    #[inline]
    #[must_use]
    pub fn is_from(&self, years: i32, week: i32) -> bool {
        week - self.born >= years * YEAR
    }

    /// Whether of one of these ages.
    #[inline]
    #[must_use]
    pub fn is_of(&self, ages: std::ops::Range<i32>, week: i32) -> bool {
        self.is_from(ages.start, week) && !self.is_from(ages.end, week)
    }

    /// Whether 18 or over.
    #[inline]
    #[must_use]
    pub fn is_adult(&self, week: i32) -> bool {
        self.is_from(18, week)
    }

    /// Place among the five age bands of a composition: under 15, 15-24, 25-44, 45-64, 65 and over.
    #[inline]
    #[must_use]
    pub fn age_band(&self, week: i32) -> usize {
        [15, 25, 45, 65].iter().filter(|years| self.is_from(**years, week)).count()
    }

    /// Whether an activity interests this person.
    #[inline]
    #[must_use]
    pub fn likes(&self, kind: ActivityKind) -> bool {
        self.interests & (1 << kind as u16) != 0
    }

    /// Whether this person belongs to the group an activity is for.
    #[must_use]
    pub fn belongs_to(&self, target: Target, week: i32) -> bool {
        match target {
            Target::Open => true,
            Target::Women => self.sex == Sex::Woman,
            Target::Older => self.is_from(60, week),
            Target::Youth => self.is_of(8..24, week),
            Target::LowIncome => self.income_difficulty,
            Target::HealthLimited => self.health_limited,
            Target::Europe => self.origin == Origin::Europe,
            Target::OutsideEurope => self.origin == Origin::OutsideEurope,
        }
    }
}

/// A setting that people can choose: a place, or an initiative's activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Setting(pub u16);

impl Setting {
    /// No setting.
    pub const NOWHERE: Self = Self(u16::MAX);
    const INITIATIVE: u16 = 0x8000;

    /// A place, by its index.
    #[must_use]
    pub const fn place(index: usize) -> Self {
        Self(index as u16)
    }

    /// An initiative's activity, by its index.
    #[must_use]
    pub const fn activity(index: usize) -> Self {
        Self(Self::INITIATIVE | index as u16)
    }

    /// Index of the initiative, if it is one.
    #[inline]
    #[must_use]
    pub const fn initiative(self) -> Option<usize> {
        if self.0 & Self::INITIATIVE != 0 && self.0 != u16::MAX {
            Some((self.0 & !Self::INITIATIVE) as usize)
        } else {
            None
        }
    }

    /// Index of the place; only for places.
    #[inline]
    #[must_use]
    pub const fn place_index(self) -> usize {
        self.0 as usize
    }
}

/// A setting that a resident knows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Habit {
    /// Where.
    pub setting: Setting,
    /// Attachment as a part of 65,535.
    pub attachment: u16,
}

impl Habit {
    /// Room for a setting.
    pub const EMPTY: Self = Self { setting: Setting::NOWHERE, attachment: 0 };

    /// Attachment in `0..=1`.
    #[inline]
    #[must_use]
    pub fn attached(&self) -> f32 {
        f32::from(self.attachment) / 65_535.0
    }

    /// Sets the attachment, kept within `0..=1`.
    #[inline]
    pub fn attach(&mut self, attachment: f32) {
        self.attachment = (attachment.clamp(0.0, 1.0) * 65_535.0) as u16;
    }
}

/// What changes about a resident.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct State {
    /// Own direction, `0..=1`.
    pub capability: f32,
    /// Skill in finding one's way in institutions, `0..=1`.
    pub way_finding: f32,
    /// Trust in people in general, `0..=1`.
    pub trust: f32,
    /// Trust in institutions, `0..=1`.
    pub institutional_trust: f32,
    /// Attitude to other groups, `0..=1`.
    pub attitude: f32,
    /// Sense of belonging, `0..=1`.
    pub belonging: f32,
    /// Energy for others, `0..=1`.
    pub energy: f32,
    /// Kin outside the neighbourhood.
    pub kin_outside: u8,
    /// Good friends outside the neighbourhood.
    pub friends_outside: u8,
    /// Kin in another neighbourhood of the town where this person is a regular.
    pub kin_across: u8,
    /// Friends there.
    pub friends_across: u8,
    /// Felt social deficit, in standard deviations of the trait.
    pub social_deficit: f32,
    /// Felt emotional deficit, the same.
    pub emotional_deficit: f32,
    /// Grief after the loss of a partner, `0..=1`, wears off.
    pub grief: f32,
    /// Initiative this person volunteers with, or [`NONE`].
    pub volunteers_with: u32,
    /// Hours a week given to it.
    pub volunteer_hours: f32,
    /// Week in which this began; says nothing of who does not volunteer here.
    pub volunteering_since: i32,
    /// Last week of volunteering here or elsewhere; very negative if never.
    pub last_volunteered: i32,
    /// Volunteers outside the neighbourhood's own initiatives.
    pub volunteers_elsewhere: bool,
    /// Organises the initiative, and not only helps.
    pub organises: bool,
    /// Lives in a home that a policy made comfortable and cheap to heat, so that there is money left.
    pub cheap_home: bool,
    /// Part of recent weeks with words with a neighbour, `0..=1`.
    pub neighbour_weeks: f32,
    /// Words with neighbours a week, recent mean.
    pub neighbour_words: f32,
    /// Part of recent weeks with family from outside the household.
    pub family_weeks: f32,
    /// Part of recent weeks with friends.
    pub friend_weeks: f32,
    /// Visits a week to places and activities, recent mean.
    pub visits: f32,
    /// Part of recent weeks with a visit for sport or play, `0..=1`.
    pub active_weeks: f32,
    /// Needs a year, recent mean.
    pub needs: f32,
    /// Of which met by kin, friends, neighbours, volunteers.
    pub needs_informal: f32,
    /// Of which met by professionals or paid care.
    pub needs_formal: f32,
    /// Helpings given a year, recent mean.
    pub helped: f32,
    /// Asks in person to join in a year, recent mean.
    pub asked: f32,
    /// Of which by somebody of another origin group.
    pub asked_across: f32,
    /// Incidents of nuisance around the home a year, recent sum; one that was addressed counts for less.
    pub nuisance: f32,
    /// Settings known, in no order.
    pub habits: [Habit; HABITS],
}

impl State {
    /// Somebody who just came.
    #[must_use]
    pub fn newcomer(traits: &Traits) -> Self {
        Self {
            capability: traits.own_capability,
            way_finding: traits.own_way_finding,
            trust: traits.own_trust,
            institutional_trust: 0.5,
            attitude: 0.6,
            belonging: 0.4,
            energy: 1.0,
            kin_outside: traits.kin_outside,
            friends_outside: traits.friends_outside,
            kin_across: 0,
            friends_across: 0,
            social_deficit: 0.0,
            emotional_deficit: 0.0,
            grief: 0.0,
            volunteers_with: NONE,
            volunteer_hours: 0.0,
            volunteering_since: 0,
            last_volunteered: i32::MIN / 2,
            volunteers_elsewhere: false,
            organises: false,
            cheap_home: false,
            neighbour_weeks: 0.0,
            neighbour_words: 0.0,
            family_weeks: 0.0,
            friend_weeks: 0.0,
            visits: 0.0,
            active_weeks: 0.0,
            needs: 0.0,
            needs_informal: 0.0,
            needs_formal: 0.0,
            helped: 0.0,
            asked: 0.0,
            asked_across: 0.0,
            nuisance: 0.0,
            habits: [Habit::EMPTY; HABITS],
        }
    }

    /// Whether it is hard to make ends meet now: the household's difficulty, unless its home leaves money over.
    #[inline]
    #[must_use]
    pub fn is_short_of_money(&self, traits: &Traits) -> bool {
        traits.income_difficulty && !self.cheap_home
    }

    /// Kin who live elsewhere, in the town or beyond.
    #[inline]
    #[must_use]
    pub fn kin_elsewhere(&self) -> u8 {
        self.kin_outside.saturating_add(self.kin_across)
    }

    /// Good friends who live elsewhere, in the town or beyond.
    #[inline]
    #[must_use]
    pub fn friends_elsewhere(&self) -> u8 {
        self.friends_outside.saturating_add(self.friends_across)
    }

    /// Whether this person volunteers with an initiative here.
    #[inline]
    #[must_use]
    pub fn volunteers_here(&self) -> bool {
        self.volunteers_with != NONE
    }

    /// Whether the setting is known.
    #[inline]
    #[must_use]
    pub fn knows(&self, setting: Setting) -> bool {
        self.habits.iter().any(|habit| habit.setting == setting)
    }

    /// Keeps a setting in mind with this attachment, in place of the least attached if there is no room.
    ///
    /// A setting that is known already keeps the larger attachment.
    pub fn learn(&mut self, setting: Setting, attachment: f32) {
        if let Some(known) = self.habits.iter_mut().find(|habit| habit.setting == setting) {
            let larger = known.attached().max(attachment);
            known.attach(larger);
            return;
        }
        let empty = self.habits.iter().position(|habit| habit.setting == Setting::NOWHERE);
        let place = empty.unwrap_or_else(|| {
            // The first of the least attached, so that the choice does not depend on anything else.
            (0..HABITS).min_by_key(|place| self.habits[*place].attachment).unwrap_or(0)
        });
        self.habits[place].setting = setting;
        self.habits[place].attach(attachment);
    }
}
