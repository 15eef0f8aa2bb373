//! What the importer says of a town of many neighbourhoods.

use super::{What, Words};
use crate::scenario::import::estimate::From;
use crate::scenario::import::lived_in::Empty;
use crate::scenario::import::regions::Level;
use crate::scenario::import::town::{Asked, Town};
use crate::scenario::import::write::called;

/// Regions that are named in a title.
const MOST_NAMED: usize = 3;

impl Words {
    /// What a town is called.
    pub(in crate::scenario::import) fn town(self, asked: &[Asked]) -> String {
        let named = |asked: &Asked| called(&asked.names, &asked.code);
        let mut names: Vec<String> = asked.iter().take(MOST_NAMED).map(named).collect();
        match asked.len().saturating_sub(MOST_NAMED) {
            0 => {}
            more => names.push(self.say(format!("en nog {more}"), format!("and {more} more"))),
        }
        names.join(", ")
    }

    /// A town in one line.
    pub(in crate::scenario::import) fn town_made(self, town: &Town) -> String {
        let (name, number) = (self.town(&town.asked), town.neighbourhoods.len());
        let (people, households) = (town.simulated(), town.households());
        self.say(
            format!("{name}: ongeveer {people} mensen in {households} huishoudens, in {number} buurten"),
            format!("{name}: about {people} people in {households} households, in {number} neighbourhoods"),
        )
    }

    /// What the baseline of a town is: Dutch, English.
    pub(in crate::scenario::import) fn town_description(number: usize) -> [String; 2] {
        [
            format!("De {number} buurten samen zonder verandering."),
            format!("The {number} neighbourhoods together without a change."),
        ]
    }

    /// The opening of the baseline of a town.
    pub(in crate::scenario::import) fn town_baseline(self) -> String {
        self.say(
            "De buurten samen zoals ze zijn. Elke buurt heeft een eigen bestand in neighbourhoods/; hier staat wat voor alle \
             geldt, en onder [districts] waar elke buurt ligt. Wat voor één buurt anders moet, kan daar ook. Een alternatief \
             is een bestand hiernaast dat begint met: extends = \"baseline.toml\"\n\nIn account.txt staat welke cijfers er \
             niet waren en wat ervoor in de plaats staat.",
            "The neighbourhoods together as they are. Each has a file of its own in neighbourhoods/; here is what holds for \
             all, and under [districts] where each lies. What should differ in one of them can be said there too. An \
             alternative is a file beside this one that begins with: extends = \"baseline.toml\"\n\nIn account.txt is which \
             figures were missing and what stands in their place.",
        )
    }

    /// Where the positions come from: a file, or nowhere.
    pub(in crate::scenario::import) fn positions(self, file: Option<&str>) -> String {
        match file {
            Some(file) => self.say(
                format!("Ligging: meters naar het oosten en noorden van het gemiddelde van alle buurten, uit \"{file}\"."),
                format!("Positions: metres to the east and north of the mean of all neighbourhoods, from \"{file}\"."),
            ),
            None => self.say(
                "Ligging: meters naar het oosten en noorden van het gemiddelde van alle buurten. Aangenomen, want het CBS \
                 geeft die hier niet: buurten van één wijk liggen bij elkaar, elk op zoveel grond als de woningen innemen. Met \
                 --positions komt de echte ligging uit een bestand.",
                "Positions: metres to the east and north of the mean of all neighbourhoods. Assumed, for the statistics have \
                 none: neighbourhoods of one district lie together, each on the ground that its homes take. With --positions \
                 the real ones come from a file.",
            ),
        }
    }

    /// A neighbourhood of the baseline, in a comment.
    pub(in crate::scenario::import) fn in_town(self, name: &str, people: f64) -> String {
        self.say(format!("{name}: ongeveer {people} mensen"), format!("{name}: about {people} people"))
    }

    /// Neighbourhoods that were left out for one reason.
    pub(in crate::scenario::import) fn left_out(self, why: Empty, codes: &str) -> String {
        let why = match why {
            Empty::Nobody => self.say("er woont niemand", "nobody lives there"),
            Empty::Institutions => self.say("iedereen woont er in een instelling", "all live in institutions"),
            Empty::PeopleUnknown => {
                self.say("het aantal inwoners is niet bekend", "the number of inhabitants is not published")
            }
            Empty::HouseholdsUnknown => {
                self.say("het aantal huishoudens is niet bekend", "the number of households is not published")
            }
        };
        self.say(format!("Weggelaten, want {why}: {codes}"), format!("Left out, for {why}: {codes}"))
    }

    /// Inhabitants who are not simulated.
    pub(in crate::scenario::import) fn not_in_households(self, town: &Town) -> String {
        let (inhabitants, people) = (town.inhabitants(), town.simulated());
        self.say(
            format!(
                "Van de {inhabitants} inwoners doen er ongeveer {people} mee. De rest woont in een instelling of bij anderen dan \
                 familie, of is de afronding van de grootte van huishoudens."
            ),
            format!(
                "Of the {inhabitants} inhabitants about {people} are simulated. The rest live in institutions or with others than \
                 family, or are the rounding of the size of households."
            ),
        )
    }

    /// Neighbourhoods where many live in institutions.
    pub(in crate::scenario::import) fn many_in_institutions(self, codes: &str) -> String {
        self.say(
            format!("Veel inwoners in een instelling, die niet meedoen: {codes}"),
            format!("Many inhabitants in institutions, who are left out: {codes}"),
        )
    }

    /// Heads of the table of sums: what, together, published, difference.
    pub(in crate::scenario::import) fn sums(self) -> [String; 4] {
        [
            self.say("Opgeteld", "Added up"),
            self.say("buurten samen", "neighbourhoods"),
            self.say("gepubliceerd", "published"),
            self.say("verschil", "difference"),
        ]
    }

    /// Rows of the table of sums.
    pub(in crate::scenario::import) fn summed(self) -> [String; 2] {
        [self.say("inwoners", "inhabitants"), self.say("huishoudens", "households")]
    }

    /// What is not published.
    pub(in crate::scenario::import) fn unknown(self) -> String {
        self.say("niet bekend", "not known")
    }

    /// The head of the list of what was missing.
    pub(in crate::scenario::import) fn missing(self, all: usize) -> String {
        self.say(
            format!("Niet in het bestand, voor hoeveel van de {all} buurten, en wat ervoor in de plaats staat:"),
            format!("Not in the file, for how many of the {all} neighbourhoods, and what stands in their place:"),
        )
    }

    /// What was missing, and what stands in its place wherever that is.
    pub(in crate::scenario::import) fn figure_from(self, what: What, from: &From) -> String {
        format!("{}: {}", self.figure(what), self.broadly(from))
    }

    /// Where a figure comes from, in as many words for one neighbourhood as for another.
    fn broadly(self, from: &From) -> String {
        match from {
            From::Around(level, _) => match level {
                Level::District => self.say("CBS, van de wijk", "CBS, of the district"),
                Level::Municipality => self.say("CBS, van de gemeente", "CBS, of the municipality"),
                Level::Neighbourhood | Level::Country => self.say("CBS, van Nederland", "CBS, of the Netherlands"),
            },
            From::Class(_, from) => {
                let from = self.broadly(from);
                self.say(
                    format!("het midden van de klasse van stedelijkheid ({from})"),
                    format!("the middle of the class of urbanity ({from})"),
                )
            }
            From::Own | From::National(_) | From::Assumed => self.short(from),
        }
    }

    /// That the baseline that was there is as it was, and how many neighbourhoods it does not name.
    pub(crate) fn kept(self, unknown: usize) -> String {
        let more = match unknown {
            0 => String::new(),
            1 => self.say(
                " Er is een buurt die er nog niet in staat.",
                " There is a neighbourhood that it does not name yet.",
            ),
            number => self.say(
                format!(" Er zijn {number} buurten die er nog niet in staan."),
                format!(" There are {number} neighbourhoods that it does not name yet."),
            ),
        };
        let kept = self.say(
            "baseline.toml was er al en is niet veranderd, ook de ligging niet.",
            "baseline.toml was there already and is as it was, positions included.",
        );
        kept + &more
    }

    /// That it is so for all neighbourhoods.
    pub(in crate::scenario::import) fn all_of_them(self) -> String {
        self.say("alle buurten", "all neighbourhoods")
    }
}
