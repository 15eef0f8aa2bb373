//! Values that cannot be wrong: shares, money, people's numbers, and the keyed enumerations of the model.
//!
//! Whatever comes from outside becomes one of these once, at the edge; the model never checks again.

use std::fmt;

/// A part of a whole, in `0..=1`, never NaN.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Share(f32);

/// Why a number is no [`Share`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NotAShare {
    /// The number that was offered.
    pub value: f64,
}

impl fmt::Display for NotAShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not a share: a share lies between 0 and 1", self.value)
    }
}

impl std::error::Error for NotAShare {}

impl Share {
    /// Nothing of the whole.
    pub const NONE: Self = Self(0.0);
    /// The whole.
    pub const ALL: Self = Self(1.0);

    /// A share, if `value` lies in `0..=1`.
    ///
    /// # Errors
    /// [`NotAShare`] when `value` is outside `0..=1` or not a number.
    pub fn new(value: f64) -> Result<Self, NotAShare> {
        if (0.0..=1.0).contains(&value) { Ok(Self(value as f32)) } else { Err(NotAShare { value }) }
    }

    /// The share as a plain number.
    #[must_use]
    pub const fn get(self) -> f32 {
        self.0
    }
}

/// Money in whole eurocents, so that adding and splitting conserve it exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Cents(pub i64);

impl Cents {
    /// Whole euros, rounded to the cent.
    #[must_use]
    pub fn from_euros(euros: f64) -> Self {
        Self(libm::round(euros * 100.0) as i64)
    }

    /// A week's part of a yearly amount; 52 weeks add up to it to the cent.
    #[must_use]
    pub fn part_of_year(self, week: i32) -> Self {
        let place = i64::from(week.rem_euclid(52));
        Self(self.0 * (place + 1) / 52 - self.0 * place / 52)
    }

    /// The amount in euros, for showing.
    #[must_use]
    pub fn euros(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

impl std::ops::Add for Cents {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::ops::Sub for Cents {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl std::ops::AddAssign for Cents {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl std::ops::SubAssign for Cents {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl std::iter::Sum for Cents {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self(amounts.map(|amount| amount.0).sum())
    }
}

/// A person, for ever: never reused, the same in every scenario that the policy does not touch.
///
/// Made of where and when the person's household moved in: home (32 bits), how many households lived there before
/// (15 bits), whether a policy chose this household (1 bit), and the place in the household (8 bits). A newcomer is
/// therefore the same person in two worlds, although other homes fell vacant before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Person(pub u64);

impl Person {
    /// Nobody: the mark of an empty slot.
    pub const NOBODY: Self = Self(u64::MAX);

    /// The `nth` member of the household that was the `generation`-th to live in `home`.
    #[must_use]
    pub const fn new(home: u32, generation: u16, chosen_by_policy: bool, nth: u8) -> Self {
        Self(
            ((home as u64) << 24)
                | (((generation & 0x7fff) as u64) << 9)
                | ((chosen_by_policy as u64) << 8)
                | nth as u64,
        )
    }

    /// The same household's `nth` member.
    #[must_use]
    pub const fn housemate(self, nth: u8) -> Self {
        Self((self.0 & !0xff) | nth as u64)
    }

    /// A second number for the same person, for draws that stand beside the person's others.
    #[must_use]
    pub const fn housemate_again(self) -> Self {
        Self(self.0 ^ (1 << 58))
    }

    /// A number for the household, shared by its members.
    #[must_use]
    pub const fn household(self) -> u64 {
        self.0 >> 8
    }

    /// Whether a policy, and not the ordinary queue, chose this person's household.
    #[must_use]
    pub const fn chosen_by_policy(self) -> bool {
        (self.0 >> 8) & 1 == 1
    }
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Makes an enumeration whose members have a name in scenario files and tables.
///
/// `ALL` lists the members in order, `key` gives the name, `from_key` finds the member, and `as usize` is its place.
macro_rules! keyed {
    ($(#[$about:meta])* $name:ident { $($(#[$meaning:meta])* $member:ident = $key:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $(#[doc = concat!("`", $key, "`. ")] $(#[$meaning])* $member),+ }

        impl $name {
            /// Every member, in order.
            pub const ALL: &'static [Self] = &[$(Self::$member),+];

            /// The name in scenario files and tables.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$member => $key),+ }
            }

            /// The member with this name.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|member| member.key() == key)
            }
        }
    };
}

keyed! {
    /// Sex as registered.
    Sex { Woman = "woman", Man = "man" }
}

keyed! {
    /// Origin group, the three-way division of Statistics Netherlands since 2022.
    Origin {
        /// Born in the Netherlands of two parents born there.
        Netherlands = "netherlands",
        /// Born, or a parent born, elsewhere in Europe.
        Europe = "europe",
        /// Born, or a parent born, outside Europe.
        OutsideEurope = "outside-europe",
    }
}

keyed! {
    /// Highest completed education.
    Education { Low = "low", Middle = "middle", High = "high" }
}

keyed! {
    /// Highest completed education in finer steps: the two ends of [`Education`] divided.
    Schooling {
        /// Primary school.
        Basic = "basic",
        /// VMBO, MBO 1.
        Lower = "lower",
        /// HAVO, VWO, MBO 2-4.
        Middle = "middle",
        /// HBO.
        Higher = "higher",
        /// University.
        University = "university",
    }
}

impl Schooling {
    /// Years at school against the middle, in steps of about two to three years (assumed).
    #[must_use]
    pub const fn steps(self) -> f32 {
        [-1.8, -0.9, 0.0, 1.0, 2.2][self as usize]
    }
}

keyed! {
    /// Marital status. Couples may live together without being married.
    Civil { Married = "married", NeverMarried = "never-married", Divorced = "divorced", Widowed = "widowed" }
}

keyed! {
    /// Who may call the home theirs.
    Tenure { SocialRent = "social-rent", PrivateRent = "private-rent", Owned = "owned" }
}

keyed! {
    /// How homes are put together, and so who runs into whom.
    BuildingForm {
        /// Front doors along open galleries, shared entrances with lifts.
        Gallery = "gallery",
        /// A few doors on each landing of a staircase.
        Stairwell = "stairwell",
        /// Front doors on the street.
        Houses = "houses",
    }
}

keyed! {
    /// What sort of meeting place.
    PlaceKind {
        Park = "park", Square = "square", Playground = "playground", SchoolGate = "school-gate",
        SupermarketCorner = "supermarket-corner", SnackBar = "snack-bar", ThriftShop = "thrift-shop",
        FoodBank = "food-bank", Library = "library", CommunityCentre = "community-centre",
        LivingRoom = "living-room", Church = "church", Mosque = "mosque", SportsClub = "sports-club",
        Court = "court", Garden = "garden", CareStop = "care-stop", YouthCentre = "youth-centre",
    }
}

impl PlaceKind {
    /// Whether volunteers run such a place, and not people who are paid or nobody.
    #[must_use]
    pub const fn is_run_by_volunteers(self) -> bool {
        use PlaceKind::{Church, FoodBank, Garden, LivingRoom, Mosque, SportsClub, ThriftShop};
        matches!(self, ThriftShop | FoodBank | LivingRoom | Church | Mosque | SportsClub | Garden)
    }
}

keyed! {
    /// What people do together in an initiative. Also the list of interests.
    ActivityKind {
        Meal = "meal", Talk = "talk", LitterPicking = "litter-picking", ChildrensAfternoon = "childrens-afternoon",
        FeastDay = "feast-day", Sport = "sport", Choir = "choir", SelfHelp = "self-help", Homework = "homework",
        Repair = "repair", Language = "language", Walking = "walking",
    }
}

/// A set of activities: what a grant may pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Activities(u32);

impl Activities {
    /// Whatever people do together.
    pub const ALL: Self = Self(u32::MAX);

    /// These and no others.
    #[must_use]
    pub fn of(kinds: impl IntoIterator<Item = ActivityKind>) -> Self {
        Self(kinds.into_iter().fold(0, |set, kind| set | 1 << kind as u32))
    }

    /// Whether an activity is among them.
    #[must_use]
    pub const fn has(self, kind: ActivityKind) -> bool {
        self.0 & (1 << kind as u32) != 0
    }
}

keyed! {
    /// For whom an activity is: everybody, or one group by its own choice.
    Target {
        Open = "open", Women = "women", Older = "older", Youth = "youth", LowIncome = "low-income",
        HealthLimited = "health-limited", Europe = "europe", OutsideEurope = "outside-europe",
    }
}

keyed! {
    /// A professional's work.
    Role {
        CommunityBuilder = "community-builder", SocialWorker = "social-worker", YouthWorker = "youth-worker",
        Caretaker = "caretaker", DistrictNurse = "district-nurse",
    }
}

keyed! {
    /// Sorts of organisation.
    OrganisationKind {
        Municipality = "municipality", HousingCorporation = "housing-corporation", Welfare = "welfare",
        School = "school", CareProvider = "care-provider", CommercialHost = "commercial-host",
    }
}

keyed! {
    /// The three spheres of the social base, by which budget lines are reported (M1).
    Sphere {
        /// Kin, friends, neighbours, carers.
        Personal = "personal",
        /// Resident initiatives, associations, activities.
        Communal = "communal",
        /// Buildings, public space, professionals, municipality.
        Institutional = "institutional",
    }
}

keyed! {
    /// What people need help with.
    NeedKind {
        SmallJob = "small-job", WatchHouse = "watch-house", Company = "company", Care = "care", MoneyAndPapers = "money-and-papers",
        /// Food, clothes, furniture.
        Material = "material",
    }
}

keyed! {
    /// Support that a place offers of itself, through its own people (M8, M9).
    Support {
        /// Somebody to talk to.
        Company = "company",
        /// Help with money and papers.
        Papers = "papers",
        /// Food, clothes, furniture.
        Material = "material",
        /// Help with homework.
        Homework = "homework",
        /// A listening ear that also shows the way to institutions.
        Counselling = "counselling",
    }
}

/// Which support a place offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Offers(u8);

impl Offers {
    /// No support at all.
    pub const NOTHING: Self = Self(0);

    /// Whether this support is among it.
    #[inline]
    #[must_use]
    pub const fn has(self, support: Support) -> bool {
        self.0 & (1 << support as u8) != 0
    }

    /// Whether it can meet a need of this kind.
    #[inline]
    #[must_use]
    pub const fn meets(self, kind: NeedKind) -> bool {
        match kind {
            NeedKind::Company => self.has(Support::Company) || self.has(Support::Counselling),
            NeedKind::MoneyAndPapers => self.has(Support::Papers),
            NeedKind::Material => self.has(Support::Material),
            NeedKind::SmallJob | NeedKind::WatchHouse | NeedKind::Care => false,
        }
    }
}

impl FromIterator<Support> for Offers {
    fn from_iter<T: IntoIterator<Item = Support>>(all: T) -> Self {
        all.into_iter().fold(Self::NOTHING, |offers, support| Self(offers.0 | 1 << support as u8))
    }
}

/// Metres between two points. A square root is exact on every machine, and one instruction.
#[inline]
#[must_use]
pub fn metres_between(here: [f32; 2], there: [f32; 2]) -> f32 {
    let [x, y] = [f64::from(here[0] - there[0]), f64::from(here[1] - there[1])];
    ((x * x + y * y) as f32).sqrt()
}

/// The whole part of a number from 0 to below 65,536: what `as u16` gives, by sums alone, for the compiler does not turn that
/// into instructions for several numbers at a time.
#[inline(always)]
#[must_use]
pub fn whole(number: f32) -> u16 {
    // From here on a number has no room for parts, so that it is rounded; to the nearest, which may be the next.
    const NO_PARTS: f32 = 8_388_608.0;
    let rounded = number + NO_PARTS;
    let too_far = u32::from(rounded - NO_PARTS > number);
    (rounded.to_bits() - too_far) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weeks_of_a_year_add_up_to_its_amount_to_the_cent() {
        for amount in [Cents(1), Cents(51), Cents(1_000_003)] {
            assert_eq!((-30..22).map(|week| amount.part_of_year(week)).sum::<Cents>(), amount);
        }
    }

    #[test]
    fn a_set_of_activities_has_its_own_and_no_others() {
        let set = Activities::of([ActivityKind::Meal, ActivityKind::Walking]);
        let has: Vec<_> = ActivityKind::ALL.iter().copied().filter(|kind| set.has(*kind)).collect();
        assert_eq!(has, [ActivityKind::Meal, ActivityKind::Walking]);
        assert!(ActivityKind::ALL.iter().all(|kind| Activities::ALL.has(*kind) && !Activities::of([]).has(*kind)));
    }

    #[test]
    fn metres_are_those_of_a_careful_hypotenuse() {
        for x in [0.0, 1e-3, 0.1, 3.0, 41.7, 150.3, 999.9, 12_345.6] {
            for y in [0.0, 1e-3, 0.3, 4.0, 88.8, 150.3, 1_200.1, 98_765.4] {
                assert_eq!(metres_between([x, 7.5], [0.0, 7.5 + y]), libm::hypotf(x, 7.5 - (7.5 + y)), "{x} and {y}");
            }
        }
        assert_eq!(metres_between([1.0, 2.0], [4.0, -2.0]), 5.0);
    }

    #[test]
    fn whole_parts_are_those_of_the_language() {
        for number in (0..=65_535_u32).map(|number| number as f32) {
            for near in [number, number.next_down().max(0.0), number.next_up(), number + 0.5, number + 0.25] {
                assert_eq!(whole(near), near as u16, "{near}");
            }
        }
    }
}
