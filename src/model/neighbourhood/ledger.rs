//! Money: what grants have, what they gave, and to whom they are bound.

use crate::model::blueprint::Regime;
use crate::model::quantities::{Cents, Sphere};

/// An agreement that a grant pays somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contract {
    /// Index of the grant.
    pub grant: usize,
    /// First week that is paid.
    pub from: i32,
    /// First week that is not paid any more.
    pub until: i32,
    /// Whether the application for it is still being made in the weeks before the first that is paid.
    pub applying: bool,
}

impl Contract {
    /// Whether this week is paid.
    #[inline]
    #[must_use]
    pub const fn is_paid(&self, week: i32) -> bool {
        self.from <= week && week < self.until
    }

    /// Weeks still to go.
    #[inline]
    #[must_use]
    pub const fn weeks_left(&self, week: i32) -> i32 {
        self.until - week
    }
}

/// One grant's account.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// Under which sphere its spending is reported.
    pub sphere: Sphere,
    /// What comes in, in a year.
    pub per_year: Cents,
    /// The rules now.
    pub regime: Regime,
    /// What came in so far.
    pub received: Cents,
    /// What it has.
    pub balance: Cents,
    /// What it spent so far.
    pub spent: Cents,
}

/// All accounts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ledger {
    /// One for each grant.
    pub accounts: Vec<Account>,
    /// Spent in each of the last 52 weeks, by sphere; a ring.
    pub year: Vec<[Cents; 3]>,
    /// Spent by organisations out of their own means, so far: on posts that no grant pays, policies and paid care.
    pub own_means: Cents,
    /// Spent on paid care in each of the last 52 weeks: beside the social base, so under no sphere; a ring.
    pub care: Vec<Cents>,
    /// Hours of workers in each of the last 52 weeks: with residents, and lost to applications and accounts (of volunteers
    /// as well); a ring.
    pub hours: Vec<[f32; 2]>,
}

impl Ledger {
    /// Pays from a grant, if it has the money.
    pub fn pay(&mut self, grant: usize, amount: Cents, week: i32) -> bool {
        let account = &mut self.accounts[grant];
        if account.balance < amount {
            return false;
        }
        account.balance -= amount;
        account.spent += amount;
        let sphere = account.sphere;
        self.note(sphere, amount, week);
        true
    }

    /// Notes what was spent in a sphere.
    pub fn note(&mut self, sphere: Sphere, amount: Cents, week: i32) {
        self.year[week.rem_euclid(52) as usize][sphere as usize] += amount;
    }

    /// Pays out of an organisation's own means.
    pub fn pay_own(&mut self, sphere: Sphere, amount: Cents, week: i32) {
        self.own_means += amount;
        self.note(sphere, amount, week);
    }

    /// Pays for care that somebody got.
    pub fn pay_care(&mut self, amount: Cents, week: i32) {
        self.own_means += amount;
        self.care[week.rem_euclid(52) as usize] += amount;
    }

    /// Begins the books of a week, over those of a year ago.
    pub fn begin_week(&mut self, week: i32) {
        let week = week.rem_euclid(52) as usize;
        self.year[week] = [Cents(0); 3];
        self.care[week] = Cents(0);
        self.hours[week] = [0.0; 2];
    }

    /// Mean hours a week over the last year: with residents, and lost to paperwork.
    #[must_use]
    pub fn hours_a_week(&self) -> [f32; 2] {
        let sum = self.hours.iter().fold([0.0, 0.0], |sum, week| [sum[0] + week[0], sum[1] + week[1]]);
        sum.map(|hours| hours / self.hours.len().max(1) as f32)
    }

    /// Spent in the last year on paid care.
    #[must_use]
    pub fn care_in_year(&self) -> Cents {
        self.care.iter().copied().sum()
    }

    /// Spent in the last year, in a sphere.
    #[must_use]
    pub fn spent_in_year(&self, sphere: Sphere) -> Cents {
        self.year.iter().map(|week| week[sphere as usize]).sum()
    }
}
