//! The 57 claims about how neighbourhoods hold together, and where each can be turned, seen and doubted.
//!
//! They are what Dutch policy documents on the social base say happens. Each is a mechanism of the model or a pattern that
//! must come out of its mechanisms; each can be switched off, and a knock-out test shows that the pattern then goes. Where
//! the model disagrees with a claim, the test records what the model says. The levers are keys of a scenario file; a test
//! holds that all of them exist, that the sources name each row where it says, and that no row lacks test or study.
//!
#![doc = include_str!("claims.md")]

/// One claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Number: 17 for M17.
    pub row: u32,
    /// What is said to happen.
    pub claim: &'static str,
    /// Keys of a scenario file that turn it.
    pub levers: &'static [&'static str],
    /// Files under `src` that carry it, without their ending.
    pub sources: &'static [&'static str],
    /// Folders under `scenarios` that ask about it.
    pub studies: &'static [&'static str],
}

macro_rules! claims {
    ($($row:literal $claim:literal, [$($lever:literal),+], [$($source:literal),+], [$($study:literal),+];)+) => {
        /// Every claim, in order of its number.
        pub const CLAIMS: &[Claim] = &[$(Claim {
            row: $row, claim: $claim, levers: &[$($lever),+], sources: &[$($source),+], studies: &[$($study),+],
        }),+];
    };
}

claims! {
    1 "Personal, communal and institutional sphere: the same euro does different things", ["grants.sphere"], ["model/submodels/settle_funding", "model/quantities"], ["l-flat", "care-shift"];
    2 "Access without referral: a threshold keeps out those who do not find their way", ["places.threshold_share", "parameters.choosing.threshold"], ["model/submodels/choose_places"], ["formal-or-informal"];
    3 "An activity is social base if it connects, is local, low in threshold, volunteer-driven, reciprocal and not mainly commercial", ["initiatives.paid_hours_per_week", "places.threshold_share", "places.commercial"], ["observation/profile"], ["formal-or-informal"];
    4 "Foundation and safety net: people without problems gain too", ["initiatives.target"], ["observation/dictionary"], ["more-meeting-places", "own-group-or-open"];
    5 "Homes, neighbourhood and people depend on each other", ["policies.improve-homes", "policies.public-space", "policies.course"], ["model/submodels/enact_policies"], ["home-place-people"];
    6 "Trends: living alone, ageing at home, sorting, polarisation", ["trends", "mechanisms.trends"], ["model/submodels/move_households", "model/submodels/revise_trust"], ["the-next-ten-years"];
    7 "Informal meeting places of many kinds carry light contact", ["places", "mechanisms.places"], ["model/submodels/choose_places"], ["corner-shops", "more-meeting-places"];
    8 "A thrift shop with living-room function is free and reaches people others do not", ["places.kind", "places.offers"], ["model/submodels/choose_places", "model/submodels/seek_help"], ["corner-shops", "who-carries-the-place", "moerwijk"];
    9 "A faith community is a calm, warm place that offers support", ["places.offers", "composition.undocumented_share"], ["model/submodels/seek_help"], ["who-carries-the-place"];
    10 "A founder of decades is continuity and a single point of failure", ["policies.organisers-leave", "initiatives.organisers"], ["model/submodels/ask_and_join"], ["who-carries-the-place"];
    11 "Inviting public space, shared entrances and galleries bring unplanned meetings", ["neighbourhood.public_space_share", "buildings.form", "mechanisms.doorstep"], ["model/submodels/meet"], ["home-place-people", "safe-street"];
    12 "Several activities at one time in one place bridge between them", ["places.rooms", "parameters.meeting.passing"], ["model/submodels/choose_places", "model/submodels/meet"], ["many-small"];
    13 "Scarcity makes people depend on each other, and exhausts them", ["composition.income_difficulty_share", "mechanisms.scarcity"], ["model/submodels/seek_help"], ["home-place-people"];
    14 "Self-chosen seclusion of a vulnerable group empowers, and opens to bridging later", ["initiatives.target", "mechanisms.own_space"], ["model/submodels/bond"], ["own-group-or-open"];
    15 "Inclusive neighbourhood against inclusive activity: forcing all open shrinks inclusion", ["policies.open-to-all", "parameters.choosing.among_own"], ["model/submodels/choose_places"], ["own-group-or-open"];
    16 "A strong group becomes a power block; a worker who organises the weak voice mends it", ["mechanisms.dominance", "professionals.place"], ["model/submodels/choose_places", "model/submodels/link"], ["own-group-or-open"];
    17 "Light contact makes the 'we'", ["mechanisms.light_contact", "neighbourhood.public_space_share"], ["model/submodels/bridge"], ["safe-street", "corner-shops"];
    18 "Chance and spontaneity: formalising kills it", ["places.formality_share", "grants.formality_share", "mechanisms.formality"], ["model/submodels/meet"], ["formal-or-informal"];
    19 "Steering on meeting between groups needs enough places", ["places", "parameters.meeting.mixing"], ["model/submodels/meet"], ["more-meeting-places"];
    20 "Bridges reach new resources", ["mechanisms.bridged_help"], ["model/submodels/seek_help"], ["care-shift"];
    21 "Small activities start the widening of horizons", ["initiatives.capacity_people", "parameters.choosing.large_gathering"], ["model/submodels/choose_places"], ["many-small"];
    22 "Skill to find one's way in institutions can be learnt", ["professionals.hours_per_week", "mechanisms.linking"], ["model/submodels/link"], ["same-face", "l-flat"];
    23 "Good relations between organisations speed referral, permits and money", ["organisations.knows_others_share", "policies.introductions", "mechanisms.relations"], ["model/submodels/seek_help", "model/submodels/settle_funding"], ["same-face"];
    24 "Residents lead, government takes part and knows when to step back", ["initiatives.residents_lead_share", "policies.hand-over"], ["model/submodels/ask_and_join"], ["know-what-is-there"];
    25 "Showing one's face: presence builds trust in the institution", ["professionals.hours_per_week", "mechanisms.linking"], ["model/submodels/link"], ["same-face"];
    26 "Over-specifying costs hours that trusting partners would save", ["grants.accounting_hours_per_week", "grants.accounting_hours_per_1000_euros"], ["model/submodels/settle_funding"], ["free-money"];
    27 "Short-term funding turns people over and eats hours", ["grants.contract_weeks", "policies.change-grant"], ["model/submodels/settle_funding"], ["moerwijk", "free-money"];
    28 "Structural funding makes an initiative a stable factor", ["grants.contract_weeks", "policies.change-grant"], ["model/submodels/settle_funding"], ["moerwijk", "free-money"];
    29 "Relational continuity: trust accumulates only while the worker stays", ["policies.worker-tenure", "mechanisms.turnover"], ["model/submodels/link"], ["same-face", "moerwijk"];
    30 "Organisational and policy continuity: a change costs a dip", ["policies.change-provider"], ["model/submodels/settle_funding"], ["same-face"];
    31 "Unsiloed money matches supply to need", ["grants.pays"], ["model/submodels/settle_funding"], ["free-money"];
    32 "Slow, anchored work lasts, a campaign passes", ["professionals.until_week", "policies.ask-campaign"], ["model/submodels/link"], ["slow-or-campaign"];
    33 "Can, wants, is asked", ["parameters.asking.asks_per_volunteer", "mechanisms.asking"], ["model/submodels/ask_and_join"], ["personal-ask"];
    34 "A personal ask works, a general call hardly", ["policies.ask-campaign"], ["model/submodels/ask_and_join"], ["personal-ask", "moerwijk"];
    35 "Asked, seen, needed, active, meaning", ["mechanisms.being_seen"], ["model/submodels/ask_and_join"], ["personal-ask"];
    36 "Words: 'client' undermines, talents work", ["policies.ask-campaign"], ["model/submodels/ask_and_join"], ["personal-ask"];
    37 "The unreached do not come by themselves", ["professionals.outreach_share"], ["model/submodels/link"], ["personal-ask"];
    38 "Fitting tasks, training, recognition and matching keep volunteers", ["policies.care-for-volunteers"], ["model/submodels/ask_and_join"], ["overload"];
    39 "Overload and overasking burn volunteers out", ["mechanisms.overload", "parameters.asking.energy_per_hour"], ["model/submodels/ask_and_join"], ["overload"];
    40 "Benefit rules and paperwork lower the supply", ["parameters.asking.benefit_barrier"], ["model/submodels/ask_and_join"], ["overload"];
    41 "Supply stays level while demand rises", ["policies.adjust"], ["model/submodels/seek_help"], ["overload"];
    42 "Key figures and bridge-builders carry asks across groups", ["composition.key_figures_share"], ["model/submodels/ask_and_join"], ["personal-ask"];
    43 "Vacant homes for motivated newcomers bring contact near them", ["policies.allocate-homes"], ["model/submodels/move_households"], ["l-flat", "allocation-dose"];
    44 "Imitation: effort inspires others", ["mechanisms.imitation", "parameters.asking.imitation"], ["model/submodels/ask_and_join"], ["allocation-dose"];
    45 "Mixed living: carrying and asking tenants in balance", ["policies.allocate-homes"], ["model/submodels/move_households"], ["allocation-dose"];
    46 "Staying in the neighbourhood deepens belonging", ["neighbourhood.moving_times_national"], ["model/submodels/renew_belonging", "model/submodels/move_households"], ["l-flat"];
    47 "Shocks: a dip, recovery, and what remains", ["policies.lockdown", "policies.arrivals", "policies.rebuild"], ["model/submodels/enact_policies", "model/submodels/move_households"], ["lockdown", "sudden-arrivals", "l-flat"];
    48 "Knowing each other lowers nuisance", ["mechanisms.informal_control"], ["model/submodels/keep_order"], ["safe-street"];
    49 "Youth and healthy surroundings: places to play bring youth and parents together", ["places.kind", "neighbourhood.healthy_food_share"], ["model/submodels/choose_places"], ["youth"];
    50 "Care shifts from paid to informal, and cost falls", ["policies.shift-care"], ["model/submodels/seek_help"], ["care-shift"];
    51 "Loneliness falls by more meeting places", ["places", "mechanisms.places"], ["model/submodels/feel_lonely"], ["more-meeting-places"];
    52 "Priority to the most vulnerable neighbourhoods narrows the gap", ["districts", "policies.priority"], ["model/submodels/settle_funding"], ["most-vulnerable-first"];
    53 "Parties that know what exists use it better", ["policies.social-map"], ["model/submodels/choose_places"], ["know-what-is-there"];
    54 "Learning together: policy that adjusts on what is seen", ["policies.when"], ["model/policy"], ["adaptive-policy"];
    55 "Five outcomes: meeting and belonging, development and meaning, support and help, relaxation, ownership and own direction", ["report.headline"], ["observation/dictionary"], ["home-place-people"];
    56 "Meeting and activity go with better perceived health", ["parameters.health"], ["observation/instruments/health"], ["youth", "home-place-people"];
    57 "Pride and image follow belonging and seen activity, and draw people", ["policies.tell-stories", "mechanisms.image"], ["model/submodels/renew_belonging", "model/submodels/move_households"], ["safe-street"];
}
