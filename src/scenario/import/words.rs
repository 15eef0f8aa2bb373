//! What the importer says, in Dutch and English: in the comments of the files, and of what was missing.

mod town;

use super::estimate::{Estimate, From, Sourced};
use super::regions::Level;
use super::write::{HARD_UP, LIMITED, name};

/// The language of comments and notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// Dutch, else English.
    pub dutch: bool,
}

/// A figure that may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Households,
    Size,
    Ages,
    Sex,
    Sorts,
    Origins,
    Education,
    LowIncome,
    Working,
    Vacant,
    MultiFamily,
    Tenure,
    Urbanity,
    Addresses,
}

/// Each figure, and where it came from.
pub(super) fn rows_of(estimate: &Estimate) -> [(What, &From); 14] {
    [
        (What::Households, &estimate.households_from),
        (What::Size, &estimate.size_from),
        (What::Ages, &estimate.ages.from),
        (What::Sex, &estimate.sex.from),
        (What::Sorts, &estimate.sorts.from),
        (What::Origins, &estimate.origins.from),
        (What::Education, &estimate.education.from),
        (What::LowIncome, &estimate.low_income.from),
        (What::Working, &estimate.working.from),
        (What::Vacant, &estimate.vacant.from),
        (What::MultiFamily, &estimate.multi_family.from),
        (What::Tenure, &estimate.tenure.from),
        (What::Urbanity, &estimate.urbanity_from),
        (What::Addresses, &estimate.addresses_from),
    ]
}

/// Numbers one after another.
fn listed(numbers: &[f64]) -> String {
    let numbers: Vec<String> =
        numbers.iter().map(|number| (number * 1e4).round() / 1e4).map(|n| n.to_string()).collect();
    numbers.join(", ")
}

/// Of 100, in whole numbers.
fn percent(share: f64) -> f64 {
    (share * 100.0).round()
}

impl Words {
    fn say(self, nl: impl Into<String>, en: impl Into<String>) -> String {
        if self.dutch { nl.into() } else { en.into() }
    }

    /// Marks what has no source.
    pub(super) fn assumed(self) -> String {
        self.say("aangenomen", "assumed")
    }

    fn level(self, level: Level) -> String {
        match level {
            Level::Neighbourhood => self.say("de buurt", "the neighbourhood"),
            Level::District => self.say("de wijk", "the district"),
            Level::Municipality => self.say("de gemeente", "the municipality"),
            Level::Country => self.say("Nederland", "the Netherlands"),
        }
    }

    /// Where a figure came from, in a few words behind it.
    pub(super) fn short(self, from: &From) -> String {
        match from {
            From::Own => "CBS".to_owned(),
            From::Around(level, code) => {
                let level = self.level(*level);
                self.say(
                    format!("CBS, van {level} ({code}): van het gebied zelf niet bekend"),
                    format!("CBS, of {level} ({code}): not known of the area itself"),
                )
            }
            From::National(source) => self.say(
                format!("landelijk cijfer, want het bestand geeft het niet ({source})"),
                format!("national figure, for the file does not give it ({source})"),
            ),
            From::Class(class, from) => {
                let from = self.short(from);
                self.say(
                    format!("het midden van klasse {class} van stedelijkheid ({from})"),
                    format!("the middle of class {class} of urbanity ({from})"),
                )
            }
            From::Assumed => self.assumed(),
        }
    }

    /// A figure that was missing, and what stands in its place.
    pub(super) fn instead(self, what: What, from: &From) -> String {
        format!("{}: {}", self.figure(what), self.short(from))
    }

    /// What a figure is called.
    fn figure(self, what: What) -> String {
        match what {
            What::Households => self.say("Huishoudens, naar hun grootte", "Households, by their size"),
            What::Size => self.say("Mensen per huishouden", "People in a household"),
            What::Ages => self.say("Leeftijden", "Ages"),
            What::Sex => self.say("Vrouwen en mannen", "Women and men"),
            What::Sorts => self.say("Soorten huishoudens", "Sorts of household"),
            What::Origins => self.say("Herkomst", "Origin"),
            What::Education => self.say("Opleiding", "Education"),
            What::LowIncome => self.say("Lage inkomens", "Low incomes"),
            What::Working => self.say("Betaald werk", "Paid work"),
            What::Vacant => self.say("Leegstand", "Empty homes"),
            What::MultiFamily => self.say("Flats en eengezinshuizen", "Flats and houses"),
            What::Tenure => self.say("Huur en koop", "Rent and owned"),
            What::Urbanity => self.say("Stedelijkheid", "Urbanity"),
            What::Addresses => self.say("Adressen per vierkante kilometer", "Addresses to a square kilometre"),
        }
    }

    /// The opening of a neighbourhood file.
    pub(super) fn head(self, estimate: &Estimate, file: &str) -> String {
        let (name, people) = (name(estimate), estimate.simulated());
        let (inhabitants, households, size) = (estimate.inhabitants, estimate.households, estimate.size);
        let mut text = self.say(
            format!(
                "{name}: {inhabitants} inwoners, {households} huishoudens van gemiddeld {size:.1} mensen.\n\n\
                 Centraal Bureau voor de Statistiek (CBS), Kerncijfers wijken en buurten, bestand \"{file}\" (CC BY 4.0). \
                 Aantallen zijn door het CBS afgerond op 5, opleiding op 10. Achter elk cijfer staat waar het vandaan \
                 komt; wat \"aangenomen\" heet, heeft geen bron. Alles mag worden veranderd."
            ),
            format!(
                "{name}: {inhabitants} inhabitants, {households} households of {size:.1} people on average.\n\n\
                 Statistics Netherlands (CBS), Kerncijfers wijken en buurten, file \"{file}\" (CC BY 4.0). Counts are \
                 rounded to 5 by CBS, education to 10. Behind each figure stands where it came from; what is called \
                 \"assumed\" has no source. All of it may be changed."
            ),
        );
        if let Some(others) = estimate.in_institutions() {
            text += "\n\n";
            text += &self.institutions(others, people);
        }
        text
    }

    /// That not everybody lives in a household.
    pub(super) fn institutions(self, others: f64, people: f64) -> String {
        let others = others.round();
        self.say(
            format!(
                "Ongeveer {others} inwoners wonen niet in een gewoon huishouden maar bijvoorbeeld in een verpleeghuis. Zij \
                 doen niet mee; ongeveer {people} mensen wel. De leeftijden zijn die van alle inwoners."
            ),
            format!(
                "About {others} inhabitants do not live in a household but in a nursing home or the like. They are left \
                 out; about {people} people are simulated. The ages are those of all inhabitants."
            ),
        )
    }

    /// What the file is: Dutch, English.
    pub(super) fn description(file: &str) -> [String; 2] {
        [
            format!("Gemaakt uit cijfers van het CBS ({file}) en aannames."),
            format!("Made from figures of Statistics Netherlands ({file}) and assumptions."),
        ]
    }

    /// The opening of the baseline.
    pub(super) fn baseline(self) -> String {
        self.say(
            "De buurt zoals hij is. De cijfers staan in neighbourhood.toml; hier staat wat de studie ervan maakt. Een \
             alternatief is een bestand hiernaast dat begint met: extends = \"baseline.toml\"",
            "The neighbourhood as it is. Its figures are in neighbourhood.toml; what the study makes of them is here. An \
             alternative is a file beside this one that begins with: extends = \"baseline.toml\"",
        )
    }

    /// Comments on the time: weeks, burn-in, replications.
    pub(super) fn times(self) -> [String; 3] {
        [
            self.say("twee jaar na de aanloop", "two years after the burn-in"),
            self.say(
                "aanloop voor week 0, zodat banden oud genoeg zijn",
                "lived before week 0, so that ties are old enough",
            ),
            self.say("elk met ander toeval", "each with other luck"),
        ]
    }

    /// A list of figures: what, the figures as given, where from.
    fn figures<const N: usize>(self, what: &str, sourced: &Sourced<N>) -> String {
        match &sourced.from {
            From::National(_) | From::Assumed => format!("{what}: {}.", self.short(&sourced.from)),
            _ => format!("{what}: {}. {}.", listed(&sourced.given), self.short(&sourced.from)),
        }
    }

    pub(super) fn addresses(self, estimate: &Estimate) -> String {
        let from = self.short(&estimate.addresses_from);
        self.say(
            format!("Adressen per vierkante kilometer, binnen een kilometer van elk adres: {from}."),
            format!("Addresses to a square kilometre, within a kilometre of each address: {from}."),
        )
    }

    pub(super) fn ages(self, estimate: &Estimate) -> String {
        self.figures(
            &self.say(
                "Mensen onder 15, 15-24, 25-44, 45-64, 65 en ouder",
                "People under 15, 15-24, 25-44, 45-64, 65 and over",
            ),
            &estimate.ages,
        )
    }

    pub(super) fn sex(self, estimate: &Estimate) -> String {
        self.figures(&self.say("Vrouwen en mannen", "Women and men"), &estimate.sex)
    }

    pub(super) fn sorts(self, estimate: &Estimate) -> String {
        let figures = self.figures(
            &self.say(
                "Huishoudens van één persoon, zonder en met kinderen",
                "Households of one person, without and with children",
            ),
            &estimate.sorts,
        );
        let single = percent(estimate.single_parents);
        let rest = self.say(
            format!(
                "Hoeveel gezinnen één ouder hebben, staat er niet in: {single} % is aangenomen, landelijk 23 % (CBS \
                 StatLine 37975, 2024) en meer waar meer lage inkomens zijn."
            ),
            format!(
                "How many families have one parent is not in it: {single} % is assumed, nationally 23 % (CBS StatLine \
                 37975, 2024) and more where low incomes are more."
            ),
        );
        format!("{figures} {rest}")
    }

    pub(super) fn origins(self, estimate: &Estimate) -> String {
        let figures = self.figures(
            &self.say(
                "Herkomst Nederland, elders in Europa, buiten Europa",
                "Origin Netherlands, elsewhere in Europe, outside Europe",
            ),
            &estimate.origins,
        );
        let rest = if estimate.old_origins {
            self.say(
                " Het bestand heeft de oude indeling: westers is genomen als Europa en niet-westers als buiten Europa \
                 (aangenomen; westers was ook Indonesië, Noord-Amerika en Oceanië).",
                " The file has the old division: western is taken for Europe and non-western for outside Europe (assumed; \
                 western was also Indonesia, North America and Oceania).",
            )
        } else {
            String::new()
        };
        let people = self.say(
            " Het deel van de mensen geldt voor de huishoudens.",
            " The share of people stands for that of households.",
        );
        format!("{figures}{rest}{people}")
    }

    pub(super) fn education(self, estimate: &Estimate) -> String {
        self.figures(
            &self.say(
                "Mensen van 15 tot 75 met lage, middelbare en hoge opleiding",
                "People of 15 to 75 with low, middle and high education",
            ),
            &estimate.education,
        )
    }

    pub(super) fn low_income(self, estimate: &Estimate) -> String {
        let share = percent(estimate.low_income.shares[0]);
        let from = self.short(&estimate.low_income.from);
        let [low, others] = HARD_UP.map(percent);
        self.say(
            format!(
                "{share} % van de huishoudens hoort bij de landelijk 40 % laagste inkomens: {from}. Daarvan heeft {low} % \
                 moeite met rondkomen en van de anderen {others} % (aangenomen, zo dat het landelijk 12 % is: CBS, \
                 Materiële welvaart in Nederland 2020)."
            ),
            format!(
                "{share} % of the households are among the 40 % lowest incomes of the country: {from}. Of these {low} % find \
                 it hard to make ends meet and of the others {others} % (assumed, such that it is 12 % nationally: CBS, \
                 Materiële welvaart in Nederland 2020)."
            ),
        )
    }

    pub(super) fn health(self) -> String {
        let [young, middle, old] = LIMITED.map(percent);
        self.say(
            format!("Aangenomen: {young} % van wie 15-44 is, {middle} % van 45-64, {old} % van 65 en ouder."),
            format!("Assumed: {young} % of people of 15-44, {middle} % of 45-64, {old} % of 65 and over."),
        )
    }

    pub(super) fn language(self) -> String {
        self.say("Aangenomen.", "Assumed.")
    }

    pub(super) fn working(self, estimate: &Estimate) -> String {
        let share = percent(estimate.working.shares[0]);
        let from = self.short(&estimate.working.from);
        self.say(
            format!(
                "{share} % van 15 tot 75 jaar heeft betaald werk: {from}. Van 20 tot 66 een tiende meer (aangenomen)."
            ),
            format!("{share} % of people of 15 to 75 have paid work: {from}. Of 20 to 66 a tenth more (assumed)."),
        )
    }

    pub(super) fn buildings(self, estimate: &Estimate) -> String {
        let homes = estimate.homes();
        let flats = percent(estimate.multi_family.shares[0]);
        let [owned, social, private] = estimate.tenure.shares.map(percent);
        let (flats_from, tenure_from) = (self.short(&estimate.multi_family.from), self.short(&estimate.tenure.from));
        let (class, class_from) = (estimate.urbanity, self.short(&estimate.urbanity_from));
        self.say(
            format!(
                "Gebouwen: {homes} woningen, één voor elk huishouden en wat leegstaat. In flats: {flats} % ({flats_from}). \
                 Koop, sociale huur en particuliere huur: {owned}, {social} en {private} % ({tenure_from}). Stedelijkheid \
                 {class} van 1, zeer sterk, tot 5 ({class_from}). Vorm, grootte en plaats van de blokken zijn aangenomen, \
                 en ook dat huizen vaker koop zijn dan flats."
            ),
            format!(
                "Buildings: {homes} homes, one for each household and those that stand empty. In flats: {flats} % \
                 ({flats_from}). Owned, social rent and private rent: {owned}, {social} and {private} % ({tenure_from}). \
                 Urbanity {class} from 1, very strong, to 5 ({class_from}). Form, size and position of the blocks are \
                 assumed, and so is that houses are owned more often than flats."
            ),
        )
    }

    pub(super) fn social_base(self) -> String {
        self.say(
            "Plekken, organisaties, geld, beroepskrachten en initiatieven: alles aangenomen, naar het aantal mensen. \
             Vervang het door wat er echt is.",
            "Places, organisations, money, professionals and initiatives: all assumed, by the number of people. Replace \
             them by what is really there.",
        )
    }

    /// That the file was not in the usual encoding.
    pub(super) fn encoding(self) -> String {
        self.say(
            "Het bestand is geen UTF-8; het is gelezen als Windows-1252. Namen kunnen vreemde letters hebben, cijfers niet.",
            "The file is no UTF-8; it was read as Windows-1252. Names may have odd letters, figures do not.",
        )
    }

    /// What was made, in one line.
    pub(super) fn made(self, estimate: &Estimate) -> String {
        let (name, people, households) = (name(estimate), estimate.simulated(), estimate.households);
        self.say(
            format!("{name}: ongeveer {people} mensen in {households} huishoudens"),
            format!("{name}: about {people} people in {households} households"),
        )
    }
}
