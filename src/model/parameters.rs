//! Every constant of the model: default, unit, range, meaning and source, and every mechanism's switch.
//!
//! A scenario may override each under `[parameters.<group>]` and `[mechanisms]`. The table of parameters in the
//! documentation and in `columns.csv` is made from here. "Assumed" means that no published figure was found; such a
//! parameter is a candidate for calibration and for the sensitivity analysis.
//!
#![doc = include_str!("parameters.md")]

pub mod priors;

use std::fmt;

/// What is known about one parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ParameterInfo {
    /// Group, the table name in a scenario file.
    pub group: &'static str,
    /// Name within the group.
    pub name: &'static str,
    /// Value when a scenario says nothing.
    pub default: f32,
    /// Unit in words; "share" for a part of a whole, "none" for a pure number.
    pub unit: &'static str,
    /// Smallest allowed value.
    pub low: f32,
    /// Largest allowed value.
    pub high: f32,
    /// What it stands for.
    pub meaning: &'static str,
    /// Where the default comes from, or "assumed".
    pub source: &'static str,
}

impl ParameterInfo {
    /// `group.name`, as `--set` and policies call it.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}.{}", self.group, self.name)
    }
}

/// What is known about one mechanism's switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MechanismInfo {
    /// Name under `[mechanisms]`.
    pub name: &'static str,
    /// What stops when it is off.
    pub meaning: &'static str,
}

/// Why a parameter could not be set.
#[derive(Debug, Clone, PartialEq)]
pub enum ParameterError {
    /// No parameter has this key.
    Unknown {
        /// The key that was asked for.
        key: String,
    },
    /// The value lies outside the parameter's range, or is not a number.
    OutOfRange {
        /// The parameter.
        info: ParameterInfo,
        /// The value that was offered.
        value: f64,
    },
}

impl fmt::Display for ParameterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { key } => write!(f, "there is no parameter `{key}`"),
            Self::OutOfRange { info, value } => {
                write!(
                    f,
                    "`{}` is {value}, but must lie between {} and {} ({})",
                    info.key(),
                    info.low,
                    info.high,
                    info.unit
                )
            }
        }
    }
}

impl std::error::Error for ParameterError {}

macro_rules! parameters {
    ($($(#[$about:meta])* $group:ident : $Group:ident {
        $($name:ident = $default:literal, $unit:literal, $low:literal ..= $high:literal, $meaning:literal, $source:literal;)+
    })+) => {
        $(
            $(#[$about])*
            #[derive(Debug, Clone, Copy, PartialEq)]
            pub struct $Group {
                $(#[doc = concat!($meaning, ". Unit: ", $unit, ". Source: ", $source, ".")] pub $name: f32,)+
            }

            impl Default for $Group {
                fn default() -> Self {
                    Self { $($name: $default),+ }
                }
            }
        )+

        /// All constants of the model, by submodel.
        #[derive(Debug, Clone, Copy, PartialEq, Default)]
        pub struct Parameters {
            $($(#[$about])* pub $group: $Group,)+
        }

        impl Parameters {
            /// Every parameter, in the order of the schedule.
            #[expect(clippy::large_stack_arrays, reason = "a constant lies on no stack")]
            pub const TABLE: &'static [ParameterInfo] = &[$($(ParameterInfo {
                group: stringify!($group), name: stringify!($name), default: $default, unit: $unit,
                low: $low, high: $high, meaning: $meaning, source: $source,
            }),+),+];

            fn slot(&mut self, key: &str) -> Option<&mut f32> {
                let (group, name) = key.split_once('.')?;
                match (group, name) {
                    $($((stringify!($group), stringify!($name)) => Some(&mut self.$group.$name),)+)+
                    _ => None,
                }
            }
        }
    };
}

parameters! {
    /// Chance encounters around the home: gallery, landing, entrance, street.
    encounters: Encounters {
        per_week = 6.0, "encounters started per adult per week at home all day", 0.0..=30.0, "How often an adult who is home all day runs into somebody around the home", "assumed";
        shared_entrance_share = 0.34, "share", 0.0..=1.0, "Part of the encounters on galleries that happen in the entrance, lift or staircase and not on the own floor", "assumed; Festinger et al. 1950 found stairs double the choices upstairs";
        staircase_share = 0.9, "share", 0.0..=1.0, "The same where a staircase serves a few homes on each landing", "assumed";
        gallery_exponent = 1.0, "none", 0.2..=4.0, "Power with which encounters along a gallery fall with the number of doors", "Festinger et al. 1950: choices of friends at one to four doors fall about as one over the number of doors";
        street_exponent = 1.6, "none", 0.5..=4.0, "Power with which encounters along a street fall with distance", "Illenberger et al.";
        strangers_half = 20_000.0, "addresses per square kilometre", 1.0..=1_000_000.0, "Density at which half of those whom one runs into around the home live elsewhere", "assumed; Wirth 1938 for the direction";
        taste_spread = 1.4, "standard deviation of the logarithm", 0.0..=3.0, "How far people differ in taste for words with neighbours", "assumed";
        away_by_work = 0.05, "share", 0.0..=1.0, "Part of the encounters a person with a full week of work or school misses", "assumed";
        public_space_weight = 0.6, "share", 0.0..=1.0, "Part of the encounters that depends on inviting public space and entrances", "assumed";
        chat_with_stranger = 0.05, "share", 0.0..=1.0, "Chance that an encounter of strangers becomes words and not only a nod", "assumed";
        chat_with_known = 0.8, "share", 0.0..=1.0, "Chance of words when the two have a tie of full strength", "assumed";
        familiar = 0.04, "strength", 0.001..=1.0, "Strength of a tie at which half the way from stranger to full acquaintance is gone, as to having words", "assumed";
        health = 0.3, "share", 0.0..=1.0, "Part of the encounters that a health limitation takes away", "assumed; who is limited goes out less";
        children_bring = 0.5, "share", 0.0..=5.0, "How much more often those around the home are run into by parents of children of 3 to 12", "assumed; children bring parents together";
        minutes = 20.0, "minutes", 0.5..=60.0, "Length of a chat on the way", "assumed";
        key_figure = 0.5, "share", 0.0..=1.0, "Chance that a key figure has words with a stranger, and that the two will know each other again", "assumed";
    }

    /// Choosing places and activities.
    choosing: Choosing {
        base = -3.7, "log-odds per week", -10.0..=5.0, "Pull of a known place on somebody without any attachment to it", "assumed";
        attachment = 6.5, "log-odds", 0.0..=10.0, "Pull of full attachment", "assumed";
        interest = 0.9, "log-odds", 0.0..=5.0, "Pull of an activity that is among a person's interests", "assumed";
        asked = 2.2, "log-odds", 0.0..=8.0, "Pull of being asked along by a tie this week", "assumed; Bijker et al. 2019 for the direction";
        own_group = 0.6, "log-odds", 0.0..=5.0, "Pull of a place where all visitors are of the own origin group, against none", "assumed";
        among_own = 1.0, "log-odds", 0.0..=5.0, "Push on the group that an activity is for when none of the other visitors belong to it, against all", "assumed";
        large_gathering = 0.5, "log-odds per doubling of the people at a session above eight", 0.0..=5.0, "Push of a large gathering on somebody without capability", "assumed";
        formality = 1.0, "log-odds", 0.0..=5.0, "Push of a place that is fully formal, for somebody who wants it informal", "assumed";
        cost = 0.25, "log-odds per euro", 0.0..=3.0, "Push of the price of a visit for somebody with income difficulty", "assumed";
        distance = 0.9, "log-odds per 500 metres", 0.0..=5.0, "Push of distance from the home", "assumed";
        health = 0.6, "log-odds", 0.0..=5.0, "Push of a health limitation", "assumed";
        language = 0.5, "log-odds", 0.0..=5.0, "Push of not sharing the language in a formal place", "assumed";
        threshold = 2.5, "log-odds", 0.0..=8.0, "Push of a full threshold (referral, registration) for somebody without way-finding skill", "assumed";
        unregistered = 4.0, "log-odds", 0.0..=10.0, "Further push of a full threshold on somebody who is not registered", "assumed";
        support = 0.4, "log-odds per support", 0.0..=5.0, "Pull of a place that offers what somebody lacks: material help with income difficulty, homework at school age, papers or counselling without registration", "assumed";
        food = 0.3, "log-odds", 0.0..=5.0, "Pull of healthy food all round on school gate, playground, court and sports club, and its push on the snack bar for people under 18", "assumed";
        crowding = 1.5, "log-odds", 0.0..=8.0, "Push of a place that was full last week", "assumed";
        flexible_hours = 0.0, "share", 0.0..=1.0, "Part of last week's crowding that a business, a place that volunteers run, or an activity makes room for by longer hours", "assumed; 0: nobody responds";
        visit_minutes = 90.0, "minutes", 10.0..=480.0, "Length of a visit", "assumed";
        learn_walking_past = 0.05, "share per week", 0.0..=1.0, "Chance a week to notice a place within 500 metres, at inviting public space", "assumed";
        learn_from_tie = 0.10, "share per week", 0.0..=1.0, "Chance a week to hear from a tie of a place that tie goes to", "assumed";
        attachment_gain = 0.15, "share per visit", 0.0..=1.0, "Step of attachment towards full at a visit with a pleasant meeting", "assumed";
        heeds_map = 0.7, "share", 0.0..=1.0, "Part of the people told of a setting by a social map who keep it in mind", "assumed";
        told_attachment = 0.15, "share", 0.0..=1.0, "Attachment with which a setting is first known by a social map", "assumed; as when a professional shows it";
        attachment_loss = 0.05, "share per week", 0.0..=1.0, "Loss of attachment in a week without a visit", "assumed";
        dominance = 1.5, "log-odds", 0.0..=8.0, "Push on others of a place that one closed group fills", "assumed";
    }

    /// Pairing of those present in a setting.
    meeting: Meeting {
        circle = 5.0, "people", 2.0..=50.0, "Size of the circle within which people in a setting meet: a table, a bench, a team", "assumed";
        rounds = 3.0, "meetings per visit", 0.0..=8.0, "Meetings per visit in a place of ordinary intensity", "assumed";
        minutes = 22.0, "minutes", 1.0..=120.0, "Time two people spend on each other in one meeting", "assumed";
        passing = 0.25, "share", 0.0..=1.0, "Part of the time of a meeting that two people spend on each other in the hall of a place with several rooms; at 0 nobody passes there", "assumed";
        formal_loss = 0.6, "share", 0.0..=1.0, "Part of the unplanned meetings that a fully formal place or grant takes away", "assumed";
        mixing = 0.8, "share", 0.0..=1.0, "Chance that a circle is drawn from everybody present instead of from the own group", "assumed";
        usual_table = 0.85, "share", 0.0..=1.0, "Chance that somebody sits in the usual circle of a setting instead of any", "assumed";
        recognise = 0.2, "share", 0.0..=1.0, "Chance that a first meeting makes two people recognise each other later", "assumed";
        appointment = 0.45, "share per week", 0.0..=1.0, "Chance a week that two people with a full-strength tie arrange to meet", "assumed; Roberts and Dunbar 2011 for contact by layer";
        appointment_minutes = 110.0, "minutes", 5.0..=600.0, "Length of an arranged meeting", "assumed";
    }

    /// Bonding with people like oneself.
    bonding: Bonding {
        similar_from = 0.62, "share", 0.0..=1.0, "Similarity from which a meeting counts as bonding", "assumed";
        origin_weight = 0.34, "share", 0.0..=1.0, "Weight of origin in similarity", "order of McPherson et al. 2001, size assumed";
        age_weight = 0.26, "share", 0.0..=1.0, "Weight of age in similarity", "order of McPherson et al. 2001, size assumed";
        education_weight = 0.2, "share", 0.0..=1.0, "Weight of education in similarity", "order of McPherson et al. 2001, size assumed";
        interest_weight = 0.2, "share", 0.0..=1.0, "Weight of shared interests, household stage and sex in similarity", "assumed";
        hours_bonus = 0.7, "share", 0.0..=5.0, "How much faster closeness grows with similarity, per full difference in it", "assumed";
        capability = 0.0016, "per meeting", 0.0..=0.1, "Rise of capability by a bonding meeting", "assumed";
        own_space = 1.5, "times", 0.0..=10.0, "How much more a self-chosen activity of a vulnerable group raises capability", "assumed";
    }

    /// Bridging to people unlike oneself.
    bridging: Bridging {
        positive = 0.88, "share", 0.0..=1.0, "Part of the meetings between unlike people that are pleasant, before attitude", "assumed";
        attitude_up = 0.0022, "per meeting", 0.0..=0.1, "Rise of attitude to other groups by a pleasant meeting", "Pettigrew and Tropp 2006 and Paluck et al. 2019 bound the size";
        attitude_down = 0.0044, "per meeting", 0.0..=0.2, "Fall of attitude by an unpleasant meeting", "assumed twice the rise";
        trust_share = 0.4, "share", 0.0..=2.0, "Part of the change of attitude that reaches trust in people in general", "assumed";
        openness = 0.5, "share", 0.0..=1.0, "How far capability and attitude decide whether a meeting with unlike people goes on", "assumed";
    }

    /// Linking to institutions and their workers.
    linking: Linking {
        contacts_per_hour = 0.6, "contacts per working hour", 0.0..=6.0, "Residents a professional speaks per hour in the neighbourhood", "assumed";
        trust_gain = 0.09, "share per contact", 0.0..=1.0, "Step of trust in this professional at a contact", "assumed";
        trust_fade = 0.006, "share per week", 0.0..=1.0, "Loss of that trust in a week without contact", "assumed";
        way_finding = 0.010, "per contact", 0.0..=0.2, "Rise of way-finding skill by a contact with full trust", "assumed";
        departure_dip = 0.06, "per point of trust", 0.0..=1.0, "Fall of a resident's trust in institutions when a trusted professional leaves", "assumed";
        institutional_gain = 0.004, "per contact", 0.0..=0.2, "Rise of trust in institutions by a contact", "assumed";
        hosting = 0.7, "share", 0.0..=1.0, "Part of the push of a dominant group that a professional takes away who is there whenever the place is open", "assumed";
        show_place = 0.3, "share per contact", 0.0..=1.0, "Chance that the professional makes a place or activity known", "assumed";
    }

    /// Nuisance and who does something about it.
    safety: Safety {
        nuisance = 0.2, "incidents per home per year", 0.0..=50.0, "Noise, litter, loitering, quarrels around a home, before anybody does something about it", "assumed";
        public_space = 0.5, "share", 0.0..=1.0, "Part of the nuisance that inviting public space takes away, and bare public space adds", "assumed";
        addressing = 0.3, "share", 0.0..=1.0, "Chance that an adult around who trusts people fully and knows everybody near addresses what happens", "assumed; Sampson et al. 1997 for the direction";
        known_near = 3.0, "acquaintances", 0.1..=50.0, "Acquaintances near the home at which half of that chance is there", "assumed";
        caretaker = 0.03, "share per hour a week per hundred homes", 0.0..=1.0, "Chance that a caretaker of one hour a week for a hundred homes is there and addresses what happens", "assumed";
        belonging = 0.03, "share per incident", 0.0..=1.0, "Fall of belonging by an incident that nobody addressed", "assumed";
        trust = 0.015, "share per incident", 0.0..=1.0, "Fall of trust in people by an incident that nobody addressed", "assumed";
        addressed = 0.25, "share", 0.0..=1.0, "Part of an incident that is left when somebody addressed it", "assumed";
    }

    /// Lessons in finding one's way.
    lessons: Lessons {
        for_below = 0.45, "way-finding skill", 0.0..=1.0, "Skill under which somebody is offered a place in a class", "assumed";
        attends = 0.8, "share per week", 0.0..=1.0, "Chance that somebody in a class comes to the lesson of the week", "assumed";
        way_finding = 0.02, "share per lesson", 0.0..=1.0, "Step of way-finding skill towards full at a lesson", "assumed";
        capability = 0.006, "share per lesson", 0.0..=1.0, "Step of capability towards full at a lesson", "assumed";
        worries = 0.4, "share", 0.0..=1.0, "Part of coming and learning that money worries take away", "Mullainathan and Shafir 2013 and WRR 2017 for the direction, size assumed";
        minutes = 40.0, "minutes", 0.0..=600.0, "Time that two who sit next to each other spend on each other in a lesson", "assumed";
    }

    /// Working relations between organisations.
    relations: Relations {
        referral = 0.5, "share", 0.0..=1.0, "Chance that a referral arrives between organisations that know each other fully", "assumed";
        joint_work = 0.01, "share per referral", 0.0..=1.0, "Step of a relation towards full at a referral that arrives", "assumed";
        meeting = 0.05, "share per hour", 0.0..=1.0, "Step of a relation towards full at an hour of meeting to get to know each other", "assumed";
        upkeep = 0.01, "share per week", 0.0..=1.0, "Return of a relation to the level that ordinary dealings keep up", "assumed; slow";
        departure = 0.3, "share", 0.0..=1.0, "Part of an organisation's relations that goes with the only professional it has here; of two, half of it", "assumed";
        newcomer = 0.2, "share", 0.0..=1.0, "Part of the ordinary level at which the relations of a new provider begin", "assumed";
        gap = 1.0, "share per point", 0.0..=2.0, "Shortening of the gap between contracts per point of relation with the municipality above 0.5", "assumed";
        renewal = 2.0, "log-odds per point", 0.0..=10.0, "Rise of the chance of renewal per point of relation with the municipality above 0.5", "assumed";
    }

    /// Needs and who meets them.
    help: Help {
        small_job = 2.5, "needs per adult per year", 0.0..=100.0, "Small jobs", "assumed";
        watch_house = 1.5, "needs per adult per year", 0.0..=100.0, "An eye on the house, post, plants, a key", "assumed";
        company = 2.5, "needs per adult per year", 0.0..=100.0, "Company or a listening ear", "assumed";
        care = 2.0, "needs per limited adult per year", 0.0..=100.0, "Care, of people with a health limitation; a tenth of it for others", "assumed";
        money_and_papers = 1.2, "needs per adult with income difficulty per year", 0.0..=100.0, "Money and papers; a quarter of it for others", "assumed";
        material = 0.8, "needs per adult with income difficulty per year", 0.0..=100.0, "Food, clothes, furniture; a tenth of it for others", "assumed";
        kin_willing = 0.75, "share", 0.0..=1.0, "Chance that a kin tie who could help does", "assumed";
        friend_willing = 0.6, "share", 0.0..=1.0, "Chance that a friend who could help does", "assumed";
        neighbour_willing = 0.35, "share", 0.0..=1.0, "Chance that an acquaintance nearby does", "assumed";
        outside_willing = 0.4, "share", 0.0..=1.0, "Chance that kin or friends outside the area help", "assumed";
        volunteer_reach = 0.5, "share", 0.0..=1.0, "Chance that somebody whose initiative or place is known asks its volunteers", "assumed";
        heard_of = 0.15, "share", 0.0..=1.0, "Chance to have heard of help on offer from a stranger: a newcomer who promised hours, a professional's consulting hour", "assumed";
        place_way_finding = 0.02, "per helping", 0.0..=0.5, "Rise of way-finding skill by help with papers, or by counselling, in a place", "assumed; twice a contact with a professional, for it takes longer";
        visit_way_finding = 0.001, "per visit", 0.0..=0.1, "The same by any visit to a place that helps with papers or counsels: one visit in twenty brings a talk", "assumed";
        homework = 0.002, "per visit", 0.0..=0.1, "Rise of capability of somebody of 8 to 17 at a visit to a place that helps with homework", "assumed";
        worker_reach = 0.5, "share", 0.0..=1.0, "Chance that a trusted professional meets the need", "assumed";
        paid_care_reach = 0.35, "share", 0.0..=1.0, "Chance that paid care meets a care need, at full way-finding", "assumed";
        minutes = 60.0, "minutes", 5.0..=600.0, "Time one helping costs the giver", "assumed";
        energy_cost = 0.03, "share per helping", 0.0..=1.0, "Energy one helping costs the giver", "assumed";
        useful = 0.006, "per helping", 0.0..=0.2, "Rise of belonging by having helped", "assumed";
        unmet_capability = 0.012, "per unmet need", 0.0..=0.2, "Fall of capability by a need that nobody met", "assumed";
        care_load = 2.0, "times", 0.0..=20.0, "Time and energy of helping with a care need, against an ordinary helping", "assumed: it takes more than one visit";
        care_hours = 12.0, "hours per need", 0.0..=1000.0, "Hours that paid care works on a care need", "assumed";
        care_euros_per_hour = 45.0, "euros", 0.0..=300.0, "Price of an hour of paid care", "assumed: between household help and district nursing";
        scarcity = 0.35, "share", 0.0..=2.0, "How much more people with income difficulty turn to each other", "assumed; Movisie on mutual dependence";
    }

    /// Asking people, and joining, leaving, founding.
    asking: Asking {
        asks_per_volunteer = 0.05, "asks per volunteer per week", 0.0..=5.0, "Personal asks a volunteer makes while hands are short", "assumed";
        personal = 0.22, "share", 0.0..=1.0, "Chance that a personal ask by a tie of full strength brings in somebody who can and wants", "Bijker et al. 2019 for the order";
        general = 0.004, "share", 0.0..=1.0, "The same for a leaflet or poster", "Bijker et al. 2019: hardly any";
        spontaneous = 0.0002, "share per week", 0.0..=0.1, "Chance a week that somebody who can and wants starts unasked", "assumed; 40-50 % of volunteers were asked";
        elsewhere = 0.0110, "share per week", 0.0..=0.1, "Chance a week that an adult who can and wants starts volunteering outside the neighbourhood's own initiatives", "assumed; calibrated on 49 % volunteering";
        skill = 2.5, "none", 0.0..=5.0, "How far way-finding skill decides who is asked and found fit by associations elsewhere, at 1 in proportion", "assumed";
        hours_share = 0.58, "share", 0.0..=1.0, "Part of free time that volunteering elsewhere takes", "assumed";
        seen = 0.012, "per ask", 0.0..=0.2, "Rise of belonging by being asked in person", "assumed";
        imitation = 0.0012, "share per week per volunteer known", 0.0..=0.2, "Chance a week, per active tie of full strength, to start because of their example", "assumed";
        leave = 0.0070, "share per week", 0.0..=0.2, "Chance a week to stop volunteering with energy to spare", "assumed";
        organisers_leave = 1.0, "times", 0.0..=5.0, "Stopping of organisers with energy to spare, against that of other volunteers", "assumed";
        steps_up = 0.1, "share per week", 0.0..=1.0, "Chance a week that a volunteer of full motive, capability and energy takes over an initiative that nobody organises; at 0 newcomers do not either", "assumed";
        overload_leave = 0.06, "share per week", 0.0..=1.0, "Chance a week to stop with no energy left", "assumed";
        energy_recovery = 0.06, "share per week", 0.0..=1.0, "Part of lost energy regained in a week", "assumed";
        energy_per_hour = 0.010, "share per hour", 0.0..=0.5, "Energy an hour of volunteering costs above what the person can carry", "assumed";
        hours = 2.2, "hours per week", 0.1..=30.0, "Hours of an ordinary volunteer", "CBS: about 3 with a job, 6 without, over all volunteering";
        benefit_barrier = 0.3, "share", 0.0..=1.0, "Part of the people on benefit whom rules and paperwork keep from starting", "assumed";
        paperwork_barrier = 0.0, "share", 0.0..=1.0, "Part of all people whom a certificate of conduct, registration and other paperwork keep from starting", "assumed none; a scenario that knows better says so";
        words_client = 0.6, "share", 0.0..=1.0, "How far being asked as a client, of what one lacks, takes away what being seen gives, and the daring of who has little capability", "assumed";
        words_talents = 0.4, "share", 0.0..=1.0, "How far being asked for one's talents makes up for a lack of capability, and adds to what being seen gives", "assumed";
        asks_per_key_figure = 0.3, "asks per key figure per week", 0.0..=20.0, "Personal asks a key figure makes while an initiative is short of hands", "assumed";
        misfit = 0.4, "share of the ordinary leaving", 0.0..=2.0, "How much sooner somebody stops whose interest the initiative is not than somebody whose interest it is", "assumed";
        recognition = 0.4, "share", 0.0..=1.0, "Part of the ordinary leaving that recognition of every volunteer prevents", "assumed; Movisie for the direction";
        training = 0.4, "share", 0.0..=1.0, "Part of the energy of too heavy a load that training of every volunteer saves", "assumed; Movisie for the direction";
        founding = 0.00012, "share per volunteer per week", 0.0..=0.1, "Chance a week that a capable volunteer founds something new", "assumed";
        founding_euros = 500.0, "euros per year", 0.0..=100_000.0, "What an initiative costs that residents found", "assumed: a room, coffee, materials";
        meaning = 0.0040, "per week", 0.0..=0.1, "Rise of belonging and capability by a week of volunteering", "assumed";
        control_meaning = 0.5, "share", 0.0..=1.0, "Part of that meaning that is lost where residents decide nothing themselves", "assumed; direction by UvH, LSA and Movisie on pullers";
        control_drain = 0.015, "share per week", 0.0..=0.5, "Energy that it costs those who pull an initiative when others decide everything", "assumed; the same";
        institution_arranges = 0.5, "share", 0.0..=1.0, "Part of the arranging and paperwork that an institution which decides everything takes over", "assumed";
    }

    /// Grants, contracts and professionals.
    funding: Funding {
        job_change_per_year = 0.31, "share per year", 0.0..=1.0, "Professionals who leave their job in a year", "CBS about 2019: 31 % of social workers";
        ending_contract = 1.2, "times", 0.0..=10.0, "Extra leaving while the contract has less than half a year to go", "assumed";
        vacancy_weeks = 10.0, "weeks", 0.0..=104.0, "Time until a successor starts", "assumed";
        application_weeks = 8.0, "weeks", 1.0..=52.0, "Time before the end of a contract over which application hours are spread", "assumed";
        euros_per_hour = 60.0, "euros", 1.0..=300.0, "Cost to the employer of an hour of a professional", "assumed";
        volunteer_application_share = 0.4, "share", 0.0..=1.0, "Part of an initiative's application hours that volunteers make", "assumed";
    }

    /// Moving, birth, death.
    living: Living {
        moving = 0.102, "share of households per year", 0.0..=1.0, "Households that leave their home in a year, at the reference age of 45", "CBS 2023: 9.7 % of people";
        moving_young = 3.4, "times", 0.0..=10.0, "The same at age 25 against 45", "CBS 2023: over 25 % at age 25";
        moving_old = 0.4, "times", 0.0..=10.0, "The same from age 70 against 45", "assumed";
        moving_owned = 0.55, "times", 0.0..=10.0, "Moving out of an owned home against the mean", "assumed; owners move least";
        moving_social = 0.55, "times", 0.0..=10.0, "Moving out of a socially rented home against the mean", "assumed; 6-7 % of these homes come free in a year";
        moving_private = 2.4, "times", 0.0..=10.0, "Moving out of a privately rented home against the mean", "assumed; tenants there move most";
        belonging_stays = 0.5, "share", 0.0..=1.0, "Part of the moving that full belonging prevents", "assumed";
        vacancy_weeks = 4.0, "weeks", 0.0..=104.0, "Time a home stands empty", "assumed";
        births = 0.055, "per woman of 20 to 40 with a partner per year, doubled at 30", 0.0..=1.0, "Births", "assumed; total fertility about 1.5";
        death_at_70 = 0.014, "per year", 0.0..=1.0, "Chance of dying at age 70; it doubles every seven years of age", "CBS mortality, rounded";
    }

    /// Ties: growing and fading.
    ties: Ties {
        hours_scale = 130.0, "hours", 10.0..=1000.0, "Shared hours h give strength 1 - exp(-h / scale)", "Hall 2019: 50, 90 and 200 hours";
        fade_weak = 0.012, "share of strength per week", 0.0..=1.0, "Loss of a weak tie in a week without contact", "assumed; calibrated on 48 % of named ties surviving seven years (Mollenhorst)";
        fade_strong = 0.0025, "share of strength per week", 0.0..=1.0, "Loss of a tie of full strength in a week without contact", "assumed; the same";
        fade_kin = 0.0006, "share of strength per week", 0.0..=1.0, "Loss of a kin tie in a week without contact", "Roberts and Dunbar 2011: hardly any";
        forgotten = 0.006, "strength", 0.0..=0.2, "Strength under which a face is forgotten", "assumed: under an hour together";
        known = 0.03, "strength", 0.0..=1.0, "Strength from which somebody is an acquaintance and not only recognised", "Hall 2019: about 5 hours";
        friend = 0.32, "strength", 0.0..=1.0, "Strength from which a tie is a friend", "Hall 2019: 40-60 hours for a casual friend";
        close = 0.79, "strength", 0.0..=1.0, "Strength from which a tie is close", "Hall 2019: over 200 hours";
        friend_made = 0.0185, "per week", 0.0..=1.0, "Chance that somebody with work and an ordinary standard makes a friend outside the neighbourhood", "assumed; with the next keeps about five";
        friend_lost = 0.0040, "share per week", 0.0..=1.0, "Chance that a friend outside the neighbourhood is lost, but for death", "assumed; Mollenhorst: 48 % of named ties survive seven years";
        kin_lost = 0.0012, "share per week", 0.0..=1.0, "Chance that a kin tie outside the neighbourhood ends", "Roberts and Dunbar 2011: kin last";
        friends_cost = 0.25, "share", 0.0..=1.0, "Part of making friends outside that worries about money take away", "assumed: going out costs money";
        friends_health = 0.2, "share", 0.0..=1.0, "Part of making friends outside that a health limitation takes away", "assumed";
        partner_kin = 0.5, "share", 0.0..=1.0, "Part of the kin outside that goes with a partner after a divorce", "assumed: in-laws";
        partner_friends = 0.45, "share", 0.0..=1.0, "Part of the friends outside that goes with a partner after a divorce", "assumed: friends of the couple";
        kin_rally = 0.8, "share", 0.0..=3.0, "How much more kin elsewhere see of the widowed, and are confided in by them", "Guiaux, Van Tilburg and Broese van Groenou 2007 for the direction; size assumed";
        outside_health = 0.3, "share", 0.0..=1.0, "Part of seeing friends outside that a health limitation takes away", "assumed";
        outside_weekly = 0.28, "share", 0.0..=1.0, "Chance a week that a kin tie outside the area is met or spoken", "assumed; CBS: 83 % weekly family";
        friends_weekly = 0.42, "share", 0.0..=1.0, "Chance a week that a friend outside the area is met or spoken", "assumed; CBS: 76 % weekly friends";
    }

    /// Trust, belonging, capability.
    attitudes: Attitudes {
        trust_return = 0.010, "share per week", 0.0..=1.0, "Return of trust and attitude to the person's own level", "assumed";
        belonging_return = 0.014, "share per week", 0.0..=1.0, "Return of belonging to what the person's situation supports", "assumed";
        belonging_contact = 0.20, "none", 0.0..=2.0, "Belonging supported by knowing and greeting people around the home", "Movisie, Voelker: small but enough";
        stress_trust = 0.08, "none", 0.0..=1.0, "Own trust in people that worries about money take away: who has little risks more", "assumed";
        belonging_stress = 0.20, "none", 0.0..=2.0, "Belonging that worries about money take away: who cannot join in keeps apart", "assumed";
        belonging_tenure = 0.10, "none", 0.0..=2.0, "Belonging supported by ten years in the neighbourhood", "assumed";
        belonging_ties = 0.20, "none", 0.0..=2.0, "Belonging supported by acquaintances and friends in the neighbourhood", "assumed";
        light_contact = 0.0004, "per greeting", 0.0..=0.1, "Immediate rise of belonging by a greeting", "Sandstrom and Dunn 2014: small";
        schooling_skill = 0.075, "per step of schooling", 0.0..=0.5, "Way-finding skill that about three years of schooling add", "assumed";
        schooling_capability = 0.015, "per step of schooling", 0.0..=0.5, "Capability that about three years of schooling add", "assumed";
        skill_trust = 1.0, "none", 0.0..=3.0, "Own trust in people by way-finding skill: who can cope dares to trust", "assumed; Delhey and Newton 2003 for the direction";
        capability_trust = 0.3, "none", 0.0..=3.0, "Own trust in people by capability", "assumed; the same";
        capability_return = 0.010, "share per week", 0.0..=1.0, "Return of capability to the person's own level", "assumed";
        way_finding_fade = 0.004, "share per week", 0.0..=1.0, "Return of way-finding skill to the person's own level", "assumed";
    }

    /// Pride of the residents, and the image that others have of the neighbourhood.
    image: Image {
        level = -0.04, "none", -1.0..=1.0, "Pride of somebody who belongs nowhere and sees nothing", "assumed";
        belonging = 0.75, "none", 0.0..=2.0, "Pride by full belonging", "assumed";
        activity = 0.35, "none", 0.0..=2.0, "Pride by activity that is seen: initiatives that live, places that people visit", "assumed";
        nuisance = 0.04, "per incident a year", 0.0..=1.0, "Loss of pride by an incident of nuisance a year", "assumed";
        weeks = 52.0, "weeks", 1.0..=1000.0, "Time in which image follows pride, but for 37 %", "assumed: a year";
        stories = 0.5, "none", 0.0..=2.0, "Rise of image by stories of full strength about a neighbourhood where there is all there can be to tell", "assumed";
        income = 0.4, "log-odds", 0.0..=5.0, "Fall of the odds that a newcomer has difficulty to make ends meet, at the best image against a neutral one", "assumed: small";
        motive = 0.1, "share", 0.0..=1.0, "Rise of a newcomer's motive to do something for others, at the best image against a neutral one", "assumed: small";
        leaving = 0.1, "share", 0.0..=1.0, "Part of the moving that the best image prevents, against a neutral one", "assumed: small";
        vacancy = 0.5, "share", 0.0..=1.0, "Part of the time a home stands empty that the best image takes away, against a neutral one", "assumed";
    }

    /// Moving and going about between the neighbourhoods of a town; without effect in a neighbourhood alone.
    town: Town {
        stays = 0.5, "share", 0.0..=1.0, "Households that leave the neighbourhood and look for a home elsewhere in the town", "CBS: somewhat over half of those who move stay in their municipality";
        moves_metres = 2500.0, "metres", 50.0..=1_000_000.0, "Distance over which the pull of a vacant home elsewhere falls to 37 %", "assumed";
        regulars = 0.1, "share", 0.0..=1.0, "Residents who are regulars of another neighbourhood as well", "assumed";
        reach_metres = 800.0, "metres", 50.0..=1_000_000.0, "Distance over which the pull of another neighbourhood's places falls to 37 %", "assumed";
        away = 0.25, "share", 0.0..=1.0, "Part of the free hours that they spend there", "assumed";
    }

    /// Social and emotional loneliness.
    loneliness: Loneliness {
        adjustment = 0.03, "share per week", 0.0..=1.0, "Step a week of felt deficits to what the ties give", "assumed; slow";
        social_shortfall = 1.55, "none", 0.0..=5.0, "Weight of the shortfall of good ties against the own standard", "De Jong Gierveld and Van Tilburg 2007 for the form";
        social_trait = 0.62, "none", 0.0..=3.0, "Weight of the personal trait in social loneliness", "assumed; strong and stable in panel studies";
        standard_by_age = 0.4, "share", 0.0..=1.0, "Part of the own standard that is gone at 80 against 50: with the years a few good ties are enough", "assumed; Carstensen 1992 for the direction";
        social_variety = 0.35, "none", 0.0..=3.0, "Relief by having kin, friends and neighbours instead of one kind", "De Jong Gierveld and Van Tilburg 2007";
        emotional_alone = 0.08, "none", 0.0..=3.0, "Weight of having no partner", "CBS: gradient by household";
        emotional_confidant = 0.55, "none", 0.0..=3.0, "Weight of having no confidant", "assumed";
        emotional_loss = 1.45, "none", 0.0..=5.0, "Jump at the loss of a partner", "assumed; widowed 17.6 against married 10.1 % strongly lonely";
        emotional_trait = 0.75, "none", 0.0..=3.0, "Weight of the personal trait in emotional loneliness", "assumed";
        money_stress = 0.41, "none", 0.0..=3.0, "Rise of both with income difficulty", "GGD Kennemerland 2020: about 80 against 46 %";
        health_stress = 0.52, "none", 0.0..=3.0, "Rise of both with a health limitation", "GGD Kennemerland 2020";
        severe = 1.7, "times", 0.0..=5.0, "Stress of great difficulty to make ends meet or a severe limitation, against some", "assumed";
        belonging_relief = 0.4, "none", 0.0..=3.0, "Relief of social loneliness by belonging", "assumed";
        social_level = -0.45, "none", -5.0..=5.0, "Level of the social deficit of a person with all ties wanted and no stress", "calibrated on 43 % socially lonely";
        emotional_level = -1.26, "none", -5.0..=5.0, "Level of the emotional deficit of a person with partner, confidant and no stress", "calibrated on 31 % emotionally lonely";
    }

    /// How perceived health and staying at home go along with what happens: associations that observation reports. Nothing
    /// in the model reads them.
    health: Health {
        level = 2.1, "log-odds", -10.0..=10.0, "Saying that one's health is good, at 45, not limited, with nothing below", "assumed: about three in four adults say so";
        age = 0.2, "log-odds per ten years", 0.0..=3.0, "Less for every ten years over 45", "assumed";
        limited = 1.8, "log-odds", 0.0..=8.0, "Less with a health limitation", "assumed";
        money = 0.7, "log-odds", 0.0..=8.0, "Less while it is hard to make ends meet", "assumed; the poorest and the richest differ by years of healthy life";
        unmet = 0.15, "log-odds per need a year", 0.0..=3.0, "Less for each need a year that nobody meets, up to four", "assumed";
        activity = 0.25, "log-odds per visit a week", 0.0..=3.0, "More for each visit a week to a place or activity, up to two", "assumed; direction only";
        meeting = 0.4, "log-odds", 0.0..=8.0, "More with words with neighbours and friends every week against never", "assumed; direction only";
        stay_level = 1.6, "log-odds", -10.0..=10.0, "Being able to stay at home, for somebody of 75 or over or limited, with nothing below", "assumed";
        stay_unmet = 0.6, "log-odds per need a year", 0.0..=8.0, "Less for each need a year that nobody meets, up to four", "assumed";
        stay_company = 0.8, "log-odds", 0.0..=8.0, "More with words with neighbours or family every week against never", "assumed";
        band = 0.7, "share", 0.0..=1.0, "By how much of itself each association may be weaker or stronger than stated here; the report widens intervals by it", "assumed; wide, for these are associations and not effects";
    }
}

impl Parameters {
    /// What is known about the parameter `group.name`.
    #[must_use]
    pub fn info(key: &str) -> Option<&'static ParameterInfo> {
        let (group, name) = key.split_once('.')?;
        Self::TABLE.iter().find(|info| info.group == group && info.name == name)
    }

    /// The value of `group.name`, if there is such a parameter.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<f32> {
        let mut copy = *self;
        copy.slot(key).map(|slot| *slot)
    }

    /// Gives `group.name` another value.
    ///
    /// # Errors
    /// When there is no such parameter, or the value lies outside its range.
    pub fn set(&mut self, key: &str, value: f64) -> Result<(), ParameterError> {
        let info = Self::info(key).ok_or_else(|| ParameterError::Unknown { key: key.to_owned() })?;
        let inside = (f64::from(info.low)..=f64::from(info.high)).contains(&value);
        match self.slot(key) {
            Some(slot) if inside => {
                *slot = value as f32;
                Ok(())
            }
            Some(_) => Err(ParameterError::OutOfRange { info: *info, value }),
            None => Err(ParameterError::Unknown { key: key.to_owned() }),
        }
    }
}

impl Parameters {
    /// Multiplies `group.name`, kept within its range; nothing happens when there is no such parameter.
    pub fn multiply(&mut self, key: &str, times: f32) {
        if let (Some(info), Some(slot)) = (Self::info(key), self.slot(key)) {
            *slot = (*slot * times).clamp(info.low, info.high);
        }
    }
}

macro_rules! mechanisms {
    ($($name:ident = $meaning:literal;)+) => {
        /// Which mechanisms work. Switched off, a mechanism's pattern must go away; all are on by default.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Mechanisms { $(#[doc = $meaning] pub $name: bool,)+ }

        impl Default for Mechanisms {
            fn default() -> Self {
                Self { $($name: true),+ }
            }
        }

        impl Mechanisms {
            /// Every switch.
            pub const TABLE: &'static [MechanismInfo] = &[$(MechanismInfo { name: stringify!($name), meaning: $meaning }),+];

            /// Whether the mechanism `name` works, if there is one.
            #[must_use]
            pub fn get(&self, name: &str) -> Option<bool> {
                match name { $(stringify!($name) => Some(self.$name),)+ _ => None }
            }

            /// Switches the mechanism `name`; false if there is none.
            pub fn set(&mut self, name: &str, on: bool) -> bool {
                match name { $(stringify!($name) => { self.$name = on; true })+ _ => false }
            }
        }
    };
}

mechanisms! {
    encounters = "People of different homes meet at all: around the home, in places, by appointment, to help, with professionals, in initiatives";
    doorstep = "Chance encounters around the home (M11, M17)";
    places = "Going to places and activities (M7, M19)";
    bonding = "Similar people gain more from meeting (M14)";
    own_space = "A vulnerable group's own activity raises capability more, and draws as far as it is among its own (M14, M15)";
    bridging = "Meetings of unlike people change attitude and trust (M17, M19)";
    cheap_homes = "Comfortable homes that are cheap to heat leave money over (M5)";
    lessons = "Lessons raise way-finding skill and capability (M5, M22)";
    linking = "Professionals gain trust and raise way-finding skill (M22, M25, M29)";
    helping = "Residents help each other (M20)";
    place_help = "Places offer support of themselves (M8, M9)";
    bridged_help = "Help is found through ties to unlike people and their ties (M20)";
    asking = "People ask each other to join (M33, M34)";
    being_seen = "Being asked makes people feel seen (M35)";
    imitation = "Effort inspires others (M44)";
    overload = "Load above capacity drains energy (M39)";
    light_contact = "Greetings feed belonging (M17)";
    formality = "Formal places and grants leave fewer unplanned meetings (M18)";
    dominance = "A closed group that fills a place lowers the welcome of others (M16)";
    informal_control = "Neighbours who know each other address nuisance (M48)";
    image = "The image of the neighbourhood changes who comes and who leaves (M57)";
    scarcity = "People with money worries turn to each other more (M13)";
    relations = "Working relations decide whether referrals arrive and how fast money comes (M23)";
    turnover = "Professionals change jobs (M27, M29)";
    trends = "Composition and attitude drift from year to year (M6)";
    life_course = "People are born, grow up, age, move and die (M6)";
    circles = "Circles of friends and kin outside the neighbourhood change (M51)";
    needs = "People come to need help (M20)";
    volunteering = "People start and stop volunteering; initiatives are carried, founded and end (M33-M42)";
    attitudes = "Trust, attitude, capability, belonging, energy and attachment to settings follow the week";
    loneliness = "Loneliness follows ties (M51)";
}

impl Mechanisms {
    /// The switches as they work together: where people of different homes do not meet, nothing that needs a meeting works.
    #[must_use]
    pub fn in_force(self) -> Self {
        if self.encounters {
            return self;
        }
        Self {
            doorstep: false,
            places: false,
            lessons: false,
            linking: false,
            helping: false,
            place_help: false,
            asking: false,
            imitation: false,
            informal_control: false,
            image: false,
            ..self
        }
    }
}
