//! The dictionary: every measure and every group, in the order of the tables.
//!
#![doc = include_str!("measures.md")]

use crate::model::quantities::Sphere;

/// Which way a measure should go, as the field sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither: context.
    Neither,
}

/// One measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// Name in `weekly.csv` and `effects.csv`.
    pub key: &'static str,
    /// "share", "score", "ties", "hours per week", ...
    pub unit: &'static str,
    /// Smallest possible value.
    pub low: f64,
    /// Largest possible value, or infinity.
    pub high: f64,
    /// Which way is good.
    pub better: Better,
    /// Under which sphere it is reported.
    pub sphere: Sphere,
    /// Short name: Dutch, English.
    pub title: [&'static str; 2],
    /// What it says, and of whom (adults of 18 and over unless said otherwise): Dutch, English.
    pub meaning: [&'static str; 2],
    /// Instrument or source.
    pub source: &'static str,
    /// Whether it is defined for groups of residents; if not, only for `all`.
    pub by_group: bool,
    /// The smallest difference worth having, unless a study says otherwise; in the measure's own unit (assumed).
    pub worthwhile: f64,
}

/// What the social base is for: the five outcomes of the theory of change (M55).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Meeting and belonging.
    Meeting,
    /// Development and meaning.
    Meaning,
    /// Support and help.
    Support,
    /// Relaxation.
    Relaxation,
    /// Ownership and own direction.
    Ownership,
}

/// The outcomes in their order, each with its measures; the first two of these speak for it on a report's first page.
/// What is not here is structure, money, effort, or goes along with outcomes, as health does.
static OUTCOMES: [(Outcome, [&str; 2], &[&str]); 5] = [
    (
        Outcome::Meeting,
        ["Ontmoeten en erbij horen", "Meeting and belonging"],
        &[
            "belonging",
            "lonely",
            "strongly_lonely",
            "socially_lonely",
            "emotionally_lonely",
            "loneliness",
            "lonely_six",
            "cohesion",
            "know_each_other",
            "at_home",
            "feels_safe",
            "proud",
            "weekly_neighbours",
            "weekly_family",
            "weekly_friends",
            "participates",
            "trust",
            "attitude",
            "recognised",
            "acquaintances",
            "friends",
            "close_ties",
            "bridging_share",
            "parents_known",
            "isolates",
        ],
    ),
    (
        Outcome::Meaning,
        ["Ontwikkeling en zingeving", "Development and meaning"],
        &[
            "needed",
            "way_finding",
            "asked",
            "asked_across",
            "volunteers",
            "volunteers_here",
            "volunteer_weeks",
            "helped",
        ],
    ),
    (
        Outcome::Support,
        ["Steun en hulp", "Support and help"],
        &["needs_met_informal", "needs_unmet", "needs_met_formal", "linking_ties"],
    ),
    (
        Outcome::Relaxation,
        ["Ontspanning", "Relaxation"],
        &["rested", "gets_out", "energy", "interests_served", "youth_active"],
    ),
    (Outcome::Ownership, ["Eigenaarschap en eigen regie", "Ownership and own direction"], &["has_say", "capability"]),
];

impl Outcome {
    /// Every outcome, in the order of the report.
    pub const ALL: [Self; 5] = [Self::Meeting, Self::Meaning, Self::Support, Self::Relaxation, Self::Ownership];

    /// Short name: Dutch, English.
    #[must_use]
    pub fn title(self) -> [&'static str; 2] {
        OUTCOMES[self as usize].1
    }

    /// Keys of the measures that show it, those that speak for it first.
    #[must_use]
    pub fn measures(self) -> &'static [&'static str] {
        OUTCOMES[self as usize].2
    }
}

/// Keys of the measures that go along with outcomes and that nothing in the model brings about (M56).
pub const ASSOCIATIONS: [&str; 2] = ["good_health", "can_stay_home"];

impl Measure {
    /// The outcome that this measure shows, if it shows one.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|outcome| outcome.measures().contains(&self.key))
    }

    /// Whether it is one of the [`ASSOCIATIONS`].
    #[must_use]
    pub fn is_association(&self) -> bool {
        ASSOCIATIONS.contains(&self.key)
    }
}

macro_rules! measures {
    ($($name:ident: $key:literal, $unit:literal, $low:literal..$high:expr, $better:ident, $sphere:ident, $by_group:literal, $worthwhile:literal,
       [$nl:literal, $en:literal], [$meaning_nl:literal, $meaning_en:literal], $source:literal;)+) => {
        /// Every measure, in the order of the tables.
        pub static MEASURES: &[Measure] = &[$(Measure {
            key: $key, unit: $unit, low: $low, high: $high, better: Better::$better, sphere: Sphere::$sphere,
            title: [$nl, $en], meaning: [$meaning_nl, $meaning_en], source: $source, by_group: $by_group, worthwhile: $worthwhile,
        }),+];

        /// One number for each measure, by name; used for sums on the way and for the values in the end.
        ///
        /// Whoever fills one in full names every measure, so that the compiler finds a measure that nobody computes.
        #[derive(Debug, Clone, Copy)]
        pub(crate) struct Record { $(pub $name: f64),+ }

        impl Record {
            /// The same number for every measure.
            pub const fn filled(value: f64) -> Self {
                Self { $($name: value),+ }
            }

            /// Adds another record, measure by measure.
            #[inline]
            pub fn add(&mut self, other: &Self) {
                $(self.$name += other.$name;)+
            }

            /// The numbers in the order of [`MEASURES`].
            pub fn values(&self) -> [f64; MEASURES.len()] {
                [$(self.$name),+]
            }
        }
    };
}

const NO_END: f64 = f64::INFINITY;

measures! {
    lonely: "lonely", "share", 0.0..1.0, Lower, Personal, true, 0.02,
        ["Eenzaam", "Lonely"], ["Aandeel volwassenen met score 3 of hoger op de eenzaamheidsschaal (0-11)", "Share of adults who score 3 or more on the loneliness scale (0-11)"], "De Jong Gierveld, 11 items";
    strongly_lonely: "strongly_lonely", "share", 0.0..1.0, Lower, Personal, true, 0.01,
        ["Sterk eenzaam", "Strongly lonely"], ["Aandeel volwassenen met score 9 of hoger", "Share of adults who score 9 or more"], "De Jong Gierveld, 11 items";
    socially_lonely: "socially_lonely", "share", 0.0..1.0, Lower, Personal, true, 0.02,
        ["Sociaal eenzaam", "Socially lonely"], ["Aandeel met 2 of meer van de 5 sociale items", "Share with 2 or more of the 5 social items"], "De Jong Gierveld, 11 items";
    emotionally_lonely: "emotionally_lonely", "share", 0.0..1.0, Lower, Personal, true, 0.02,
        ["Emotioneel eenzaam", "Emotionally lonely"], ["Aandeel met 2 of meer van de 6 emotionele items", "Share with 2 or more of the 6 emotional items"], "De Jong Gierveld, 11 items";
    loneliness: "loneliness", "score 0-11", 0.0..11.0, Lower, Personal, true, 0.2,
        ["Eenzaamheidsscore", "Loneliness score"], ["Gemiddelde score op de eenzaamheidsschaal", "Mean score on the loneliness scale"], "De Jong Gierveld, 11 items";
    lonely_six: "lonely_six", "share", 0.0..1.0, Lower, Personal, true, 0.02,
        ["Eenzaam (6 items)", "Lonely (6 items)"], ["Aandeel met score 2 of hoger op de korte schaal (0-6)", "Share who score 2 or more on the short scale (0-6)"], "De Jong Gierveld, 6 items";
    cohesion: "cohesion", "score 0-10", 0.0..10.0, Higher, Communal, true, 0.15,
        ["Sociale cohesie", "Social cohesion"], ["Gemiddelde op de zes stellingen over de buurt", "Mean of the six statements about the neighbourhood"], "Veiligheidsmonitor, 6 items";
    know_each_other: "know_each_other", "share", 0.0..1.0, Higher, Communal, true, 0.03,
        ["Men kent elkaar", "People know each other"], ["Aandeel dat het oneens is met: mensen kennen elkaar nauwelijks", "Share who disagree that people hardly know each other"], "Veiligheidsmonitor";
    at_home: "at_home", "share", 0.0..1.0, Higher, Communal, true, 0.03,
        ["Voelt zich thuis", "Feels at home"], ["Aandeel dat zich thuis voelt bij de mensen in de buurt", "Share who feel at home with the people here"], "Veiligheidsmonitor";
    weekly_neighbours: "weekly_neighbours", "share", 0.0..1.0, Higher, Personal, true, 0.03,
        ["Wekelijks contact met buren", "Weekly contact with neighbours"], ["Aandeel dat minstens wekelijks contact heeft met buren", "Share in contact with neighbours at least weekly"], "CBS Sociale samenhang";
    weekly_family: "weekly_family", "share", 0.0..1.0, Higher, Personal, true, 0.03,
        ["Wekelijks contact met familie", "Weekly contact with family"], ["Aandeel dat minstens wekelijks contact heeft met familie buiten het huishouden", "Share in contact with family outside the household at least weekly"], "CBS Sociale samenhang";
    weekly_friends: "weekly_friends", "share", 0.0..1.0, Higher, Personal, true, 0.03,
        ["Wekelijks contact met vrienden", "Weekly contact with friends"], ["Aandeel dat minstens wekelijks contact heeft met vrienden", "Share in contact with friends at least weekly"], "CBS Sociale samenhang";
    volunteers: "volunteers", "share", 0.0..1.0, Higher, Communal, true, 0.02,
        ["Vrijwilligerswerk", "Volunteering"], ["Aandeel dat in de afgelopen 12 maanden vrijwilligerswerk deed", "Share who volunteered in the past 12 months"], "CBS Sociale samenhang";
    interests_served: "interests_served", "share", 0.0..1.0, Higher, Communal, true, 0.03,
        ["Aanbod past bij interesse", "Offer fits interests"], ["Aandeel met een interesse waarvoor in de buurt een initiatief leeft dat zijn geld heeft en voor hen bedoeld is", "Share with an interest for which an initiative lives here that has its money and is meant for them"], "model";
    volunteers_here: "volunteers_here", "share", 0.0..1.0, Higher, Communal, true, 0.01,
        ["Vrijwilliger in de buurt", "Volunteers in the neighbourhood"], ["Aandeel dat nu vrijwilliger is bij een initiatief in de buurt", "Share who now volunteer with an initiative here"], "model";
    volunteer_weeks: "volunteer_weeks", "weeks", 0.0..NO_END, Higher, Communal, true, 10.0,
        ["Hoe lang vrijwilliger", "Length of volunteering"], ["Weken dat wie nu vrijwilliger is bij een initiatief in de buurt dat al is, zonder onderbreking", "Weeks that those who now volunteer with an initiative here have done so without a break"], "model";
    asked: "asked", "share", 0.0..1.0, Higher, Communal, true, 0.03,
        ["Gevraagd", "Asked"], ["Aandeel dat in het afgelopen jaar persoonlijk gevraagd is om mee te doen", "Share asked in person to join in, in the past year"], "model";
    asked_across: "asked_across", "share", 0.0..1.0, Higher, Communal, true, 0.02,
        ["Gevraagd door een andere groep", "Asked across groups"], ["Aandeel dat in het afgelopen jaar persoonlijk gevraagd is door iemand van een andere herkomstgroep", "Share asked in person by somebody of another origin group, in the past year"], "model";
    participates: "participates", "share", 0.0..1.0, Higher, Communal, true, 0.03,
        ["Doet mee", "Takes part"], ["Aandeel dat minstens maandelijks meedoet aan een activiteit of ontmoetingsplek", "Share who join an activity or go to a meeting place at least monthly"], "model";
    youth_active: "youth_active", "share", 0.0..1.0, Higher, Communal, false, 0.03,
        ["Jeugd sport en speelt", "Youth sport and play"], ["Aandeel bewoners van 8 tot en met 17 dat minstens wekelijks ergens komt om te sporten of te spelen", "Share of residents of 8 to 17 who go somewhere for sport or play at least weekly"], "model";
    trust: "trust", "share", 0.0..1.0, Higher, Communal, true, 0.02,
        ["Vertrouwen in mensen", "Trust in people"], ["Aandeel dat vindt dat de meeste mensen te vertrouwen zijn", "Share who say that most people can be trusted"], "CBS Sociale samenhang";
    belonging: "belonging", "score 0-1", 0.0..1.0, Higher, Communal, true, 0.02,
        ["Erbij horen", "Belonging"], ["Gemiddeld gevoel erbij te horen in de buurt", "Mean sense of belonging in the neighbourhood"], "model";
    capability: "capability", "score 0-1", 0.0..1.0, Higher, Personal, true, 0.02,
        ["Eigen regie", "Capability"], ["Gemiddelde eigen regie", "Mean sense of own direction"], "model";
    energy: "energy", "score 0-1", 0.0..1.0, Higher, Personal, true, 0.01,
        ["Energie", "Energy"], ["Gemiddelde energie die mensen overhouden aan helpen en vrijwilligerswerk", "Mean energy that helping and volunteering leave people"], "model";
    way_finding: "way_finding", "score 0-1", 0.0..1.0, Higher, Institutional, true, 0.02,
        ["Wegwijs", "Way-finding"], ["Gemiddelde vaardigheid om de weg te vinden bij instanties", "Mean skill in finding one's way in institutions"], "model";
    attitude: "attitude", "score 0-1", 0.0..1.0, Higher, Communal, true, 0.02,
        ["Houding tegenover anderen", "Attitude to other groups"], ["Gemiddelde houding tegenover andere groepen", "Mean attitude to other groups"], "model";
    recognised: "recognised", "ties", 0.0..NO_END, Higher, Personal, true, 1.0,
        ["Bekende gezichten", "Familiar faces"], ["Mensen in de buurt die men herkent maar niet kent, per volwassene", "People here whom an adult recognises but does not know"], "Hall 2019: under about 5 hours";
    acquaintances: "acquaintances", "ties", 0.0..NO_END, Higher, Personal, true, 0.5,
        ["Kennissen", "Acquaintances"], ["Kennissen in de buurt buiten het huishouden die geen vriend zijn, per volwassene", "Acquaintances here outside the household who are not friends, per adult"], "Hall 2019";
    friends: "friends", "ties", 0.0..NO_END, Higher, Personal, true, 0.1,
        ["Vrienden", "Friends"], ["Vrienden in de buurt buiten het huishouden, hechte banden niet meegeteld, per volwassene", "Friends here outside the household, close ties not counted, per adult"], "Hall 2019";
    close_ties: "close_ties", "ties", 0.0..NO_END, Higher, Personal, true, 0.05,
        ["Hechte banden", "Close ties"], ["Hechte banden in de buurt buiten het huishouden, per volwassene", "Close ties here outside the household, per adult"], "Hall 2019";
    bridging_share: "bridging_share", "share", 0.0..1.0, Higher, Communal, true, 0.02,
        ["Banden tussen groepen", "Ties across groups"], ["Deel van de banden buiten het huishouden met iemand van een andere herkomstgroep", "Share of ties outside the household with somebody of another origin group"], "model";
    parents_known: "parents_known", "ties", 0.0..NO_END, Higher, Personal, false, 0.2,
        ["Ouders kennen elkaar", "Parents know each other"], ["Kennissen en vrienden die een volwassene met kinderen onder 13 leerde kennen bij de school of een speelplek", "Acquaintances and friends whom an adult with children under 13 came to know at the school gate or a playground"], "model";
    linking_ties: "linking_ties", "ties", 0.0..NO_END, Higher, Institutional, true, 0.05,
        ["Vertrouwde professionals", "Trusted professionals"], ["Professionals die men kent en vertrouwt, per volwassene", "Professionals known and trusted, per adult"], "model";
    needed: "needed", "share", 0.0..1.0, Higher, Communal, true, 0.02,
        ["Is nodig", "Needed here"], ["Aandeel dat in het afgelopen jaar in de buurt persoonlijk is gevraagd om mee te doen of zes keer iemand hielp, of nu vrijwilliger is", "Share who in the past year were asked in person to join in here or helped others six times, or volunteer here now"], "model";
    rested: "rested", "share", 0.0..1.0, Higher, Personal, true, 0.02,
        ["Energie over", "Energy to spare"], ["Aandeel met energie over voor anderen (0,95 of meer van het volle)", "Share with energy to spare for others (0.95 or more of the full)"], "model";
    gets_out: "gets_out", "share", 0.0..1.0, Higher, Communal, true, 0.03,
        ["Komt er wekelijks uit", "Gets out weekly"], ["Aandeel dat minstens wekelijks naar een plek of activiteit gaat", "Share who go to a place or activity at least weekly"], "model";
    has_say: "has_say", "share", 0.0..1.0, Higher, Communal, true, 0.01,
        ["Heeft zeggenschap", "Has a say"], ["Aandeel dat een initiatief trekt, of vrijwilliger is in een initiatief waarin bewoners meer uren maken dan betaalde krachten", "Share who run an initiative, or volunteer in one where residents give more hours than paid workers"], "model";
    good_health: "good_health", "share", 0.0..1.0, Higher, Personal, true, 0.02,
        ["Ervaren gezondheid (samenhang)", "Perceived health (association)"], ["Aandeel dat de eigen gezondheid goed noemt; een samenhang met leeftijd, beperking, geldzorgen, hulp, activiteit en ontmoeting, geen gevolg in het model", "Share who call their health good; an association with age, limitation, money worries, help, activity and meeting, not an effect in the model"], "model; association, coefficients assumed";
    can_stay_home: "can_stay_home", "share", 0.0..1.0, Higher, Personal, true, 0.02,
        ["Kan thuis blijven wonen (samenhang)", "Can stay at home (association)"], ["Aandeel van de 75-plussers en mensen met een beperking dat zich thuis kan redden; een samenhang met hulp en gezelschap, geen gevolg in het model", "Share of those of 75 and over or limited by health who can manage at home; an association with help and company, not an effect in the model"], "model; association, coefficients assumed";
    helped: "helped", "share", 0.0..1.0, Higher, Personal, true, 0.02,
        ["Gaf hulp", "Gave help"], ["Aandeel dat het afgelopen jaar iemand hielp", "Share who helped somebody in the past year"], "SCP 2014";
    needs: "needs", "needs per adult per year", 0.0..NO_END, Neither, Personal, true, 0.5,
        ["Hulpvragen", "Needs"], ["Hulpvragen per volwassene per jaar", "Needs per adult per year"], "model";
    needs_met_informal: "needs_met_informal", "share", 0.0..1.0, Higher, Personal, true, 0.02,
        ["Geholpen door mensen", "Helped by people"], ["Deel van de hulpvragen dat familie, vrienden, buren of vrijwilligers oplossen", "Share of needs met by kin, friends, neighbours or volunteers"], "model";
    needs_met_formal: "needs_met_formal", "share", 0.0..1.0, Neither, Institutional, true, 0.02,
        ["Geholpen door professionals", "Helped by professionals"], ["Deel van de hulpvragen dat professionals of betaalde zorg oplossen", "Share of needs met by professionals or paid care"], "model";
    needs_unmet: "needs_unmet", "share", 0.0..1.0, Lower, Personal, true, 0.02,
        ["Niet geholpen", "Not helped"], ["Deel van de hulpvragen dat niemand oplost", "Share of needs that nobody meets"], "model";
    nuisance: "nuisance", "share", 0.0..1.0, Lower, Communal, true, 0.03,
        ["Overlast", "Nuisance"], ["Aandeel dat in de afgelopen 12 maanden bij de woning overlast had waar niemand iets van zei", "Share who in the past 12 months met nuisance around the home that nobody addressed"], "model";
    feels_safe: "feels_safe", "share", 0.0..1.0, Higher, Communal, true, 0.02,
        ["Voelt zich veilig", "Feels safe"], ["Aandeel dat zich veilig voelt in de buurt", "Share who feel safe in the neighbourhood"], "Veiligheidsmonitor";
    proud: "proud", "share", 0.0..1.0, Higher, Communal, true, 0.03,
        ["Trots op de buurt", "Proud of the neighbourhood"], ["Aandeel dat trots is op de buurt", "Share who are proud of the neighbourhood"], "model";
    ei_index: "ei_index", "score -1 to 1", -1.0..1.0, Neither, Communal, false, 0.02,
        ["E-I-index", "E-I index"], ["Banden tussen min banden binnen herkomstgroepen, gedeeld door alle banden", "Ties between minus ties within origin groups, over all ties"], "Krackhardt and Stern 1988";
    assortativity: "assortativity", "score -1 to 1", -1.0..1.0, Neither, Communal, false, 0.02,
        ["Assortativiteit", "Assortativity"], ["Newmans maat: hoeveel vaker banden binnen een herkomstgroep vallen dan bij toeval", "Newman's coefficient: how much more often ties fall within an origin group than by chance"], "Newman 2003";
    clustering: "clustering", "score 0-1", 0.0..1.0, Neither, Communal, false, 0.02,
        ["Clustering", "Clustering"], ["Kans dat twee kennissen van een bewoner elkaar kennen", "Chance that two acquaintances of a resident know each other"], "Watts and Strogatz 1998";
    isolates: "isolates", "share", 0.0..1.0, Lower, Personal, false, 0.01,
        ["Zonder kennissen", "Without acquaintances"], ["Aandeel volwassenen zonder kennis of vriend in de buurt buiten het huishouden", "Share of adults without acquaintance or friend here outside the household"], "model";
    largest_component: "largest_component", "share", 0.0..1.0, Neither, Communal, false, 0.02,
        ["Grootste netwerk", "Largest component"], ["Aandeel bewoners in het grootste samenhangende netwerk van kennissen", "Share of residents in the largest connected network of acquaintances"], "petgraph connected components";
    initiatives: "initiatives", "initiatives", 0.0..NO_END, Higher, Communal, false, 0.5,
        ["Initiatieven", "Initiatives"], ["Bewonersinitiatieven die leven", "Resident initiatives alive"], "model";
    initiative_age: "initiative_age", "weeks", 0.0..NO_END, Neither, Communal, false, 10.0,
        ["Leeftijd initiatieven", "Age of initiatives"], ["Gemiddelde leeftijd van initiatieven", "Mean age of initiatives"], "model";
    volunteer_hours: "volunteer_hours", "hours per week", 0.0..NO_END, Higher, Communal, false, 5.0,
        ["Vrijwilligersuren", "Volunteer hours"], ["Uren vrijwilligerswerk in de buurt per week", "Hours of volunteering here per week"], "model";
    worker_hours: "worker_hours", "hours per week", 0.0..NO_END, Neither, Institutional, false, 5.0,
        ["Uren van professionals", "Worker hours"], ["Uren per week die professionals met bewoners werken, afgelopen jaar", "Hours a week that professionals work with residents, past year"], "model";
    hours_lost: "hours_lost", "hours per week", 0.0..NO_END, Lower, Institutional, false, 1.0,
        ["Uren aan papierwerk", "Hours lost to paperwork"], ["Uren per week aan aanvragen en verantwoorden, afgelopen jaar", "Hours a week spent on applications and accounts, past year"], "model";
    spent_personal: "spent_personal", "euros per year", 0.0..NO_END, Neither, Personal, false, 1000.0,
        ["Uitgaven persoonlijk", "Spent: personal"], ["Uitgaven in de persoonlijke sfeer, afgelopen jaar", "Spent in the personal sphere, past year"], "model";
    spent_communal: "spent_communal", "euros per year", 0.0..NO_END, Neither, Communal, false, 1000.0,
        ["Uitgaven gemeenschap", "Spent: communal"], ["Uitgaven in de gemeenschappelijke sfeer, afgelopen jaar", "Spent in the communal sphere, past year"], "model";
    spent_institutional: "spent_institutional", "euros per year", 0.0..NO_END, Neither, Institutional, false, 1000.0,
        ["Uitgaven instituties", "Spent: institutional"], ["Uitgaven in de institutionele sfeer, afgelopen jaar", "Spent in the institutional sphere, past year"], "model";
    spent_care: "spent_care", "euros per year", 0.0..NO_END, Neither, Institutional, false, 5000.0,
        ["Uitgaven betaalde zorg", "Spent: paid care"], ["Uitgaven aan betaalde zorg, naast de sociale basis en niet in de andere uitgaven begrepen, afgelopen jaar", "Spent on paid care, beside the social base and not among the other spending, past year"], "model";
    gap_lonely: "gap_lonely", "share", 0.0..1.0, Lower, Institutional, false, 0.02,
        ["Kloof in eenzaamheid", "Gap in loneliness"], ["Aandeel eenzamen in de buurt met de meeste min dat in de buurt met de minste; alleen met meer buurten", "Share of lonely adults in the neighbourhood with most minus that with fewest; only with several neighbourhoods"], "De Jong Gierveld, 11 items";
    gap_unmet: "gap_unmet", "share", 0.0..1.0, Lower, Institutional, false, 0.02,
        ["Kloof in niet geholpen", "Gap in not helped"], ["Deel van de hulpvragen dat niemand oplost, in de buurt met het meeste min de buurt met het minste; alleen met meer buurten", "Share of needs that nobody meets, in the neighbourhood with most minus that with fewest; only with several neighbourhoods"], "model";
    residents: "residents", "people", 0.0..NO_END, Neither, Personal, true, 5.0,
        ["Bewoners", "Residents"], ["Bewoners van alle leeftijden; in groepen: volwassenen", "Residents of all ages; in groups: adults"], "model";
}

/// A group of adults for whom measures are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// Name in the tables: `all`, `age=65+`, ...
    pub key: &'static str,
    /// Dutch, English.
    pub title: [&'static str; 2],
}

impl Group {
    /// Whether a policy leaves its members who they are, but for some who move. Newcomers are others in each scenario: a
    /// difference between theirs mixes who they are with what happened to them, and is not shown as an effect.
    #[must_use]
    pub fn compares_like_with_like(&self) -> bool {
        !matches!(self.key, "here=newcomer" | "here=chosen")
    }
}

macro_rules! groups {
    ($($key:literal: [$nl:literal, $en:literal];)+) => {
        /// Every group, in the order of the tables. The first is everybody.
        pub static GROUPS: &[Group] = &[$(Group { key: $key, title: [$nl, $en] }),+];
    };
}

groups! {
    "all": ["Alle volwassenen", "All adults"];
    "age=18-34": ["18 tot 35 jaar", "Aged 18-34"];
    "age=35-64": ["35 tot 65 jaar", "Aged 35-64"];
    "age=65+": ["65 jaar en ouder", "Aged 65 and over"];
    "origin=netherlands": ["Herkomst Nederland", "Origin Netherlands"];
    "origin=europe": ["Herkomst Europa", "Origin Europe"];
    "origin=outside-europe": ["Herkomst buiten Europa", "Origin outside Europe"];
    "education=low": ["Laag opgeleid", "Low education"];
    "education=middle": ["Middelbaar opgeleid", "Middle education"];
    "education=high": ["Hoog opgeleid", "High education"];
    "income=difficult": ["Moeilijk rondkomen", "Hard to make ends meet"];
    "income=comfortable": ["Rondkomen gaat", "Making ends meet"];
    "health=limited": ["Beperkt door gezondheid", "Limited by health"];
    "health=good": ["Gezond", "In good health"];
    "household=alone": ["Alleenwonend", "Living alone"];
    "household=together": ["Samenwonend", "Living with others"];
    // Levels of need, for who else gains (M4): of money, health, living alone and language.
    "problems=none": ["Geen problemen", "No problems"];
    "problems=one": ["Eén probleem", "One problem"];
    "problems=several": ["Meer problemen", "Several problems"];
    "here=from-start": ["Woonde hier al", "Lived here before"];
    "here=newcomer": ["Gewone nieuwkomers", "Ordinary newcomers"];
    "here=chosen": ["Door het beleid gekozen", "Chosen by the policy"];
}

/// The place of the measure `key` in [`MEASURES`].
#[must_use]
pub fn measure_index(key: &str) -> Option<usize> {
    MEASURES.iter().position(|measure| measure.key == key)
}
