//! 11. Needs arise, and kin, friends, neighbours, volunteers, workers, paid care, or nobody meets them.
//!
//! * **What** a need goes along a route until somebody meets it. Helping strengthens the tie, makes the giver feel useful
//!   and costs energy. A need for papers is met by somebody who knows the way, if need be through a tie to unlike people
//!   and one of that person's friends. Places meet the needs for which they offer support; help with papers and counselling,
//!   and visits where these are, teach the way; homework raises capability of those at school. A professional refers to
//!   another whose work it is: the better the two organisations know each other, the oftener it arrives. Who is not
//!   registered finds no paid care, no consulting hour and no referral. Where paid care is closed, who would have got it
//!   turns to the own network once more. An unmet need lowers capability.
//! * **Equation** chance of a need a week `= yearly rate / 52`; a candidate helps with chance `willing * energy`.
//! * **Reads and changes** reads the neighbourhood; adds meetings and gains; running yearly counts of needs; books paid
//!   care, which changes nothing else.
//! * **Draws** `Help` per resident, `SentBack` per resident whose paid care is closed.
//! * **Source** SCP 2014 (a third of adults help in a year); M8, M9, M13, M20, M22, M23, M39, M41, M50.

pub mod askable;

use super::enact_policies::Rules;
use super::settle_funding::{ORDINARY_RELATION, note_referrals};
use crate::model::chance::{Process, Stream, WeekChance, unit};
use crate::model::desk::{Desk, Helping, Meeting};
use crate::model::neighbourhood::network::{Row, TieOrigin};
use crate::model::neighbourhood::resident::{Setting, State, Traits, YEAR};
use crate::model::neighbourhood::{NONE, Neighbourhood};
use crate::model::parameters::Help;
use crate::model::quantities::{Cents, NeedKind, Role, Support};
use crate::model::submodels::choose_places::SCHOOL_AGE;
use askable::Askable;

/// Ties somebody goes to with one need, before turning elsewhere.
const MOST_ASKED: u32 = 4;
/// Way-finding skill from which somebody can help another with papers.
const KNOWS_THE_WAY: f32 = 0.6;

/// Who met a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// A resident, by slot.
    Resident(usize),
    /// Kin or friends outside the neighbourhood.
    Outside,
    /// People of the place with this index.
    Place(usize),
    /// A professional.
    Formal,
    /// Paid care.
    PaidCare,
    /// Nobody.
    Nobody,
}

/// Lets needs arise and be met.
pub fn seek_help(n: &mut Neighbourhood, rules: &Rules, draws: WeekChance, week: i32, desk: &mut Desk) {
    desk.helpings.clear();
    desk.referrals.clear();
    list_volunteers(n, rules, desk);
    if !rules.mechanisms.needs {
        return;
    }
    learn_by_visiting(n, rules, week, desk);
    let help = &rules.parameters.help;
    let price = Cents::from_euros(f64::from(help.care_hours * help.care_euros_per_hour));
    draws.fours(Process::Help, n.people(), &mut desk.words);
    let yearly: [_; 16] = std::array::from_fn(|circumstances| rates(circumstances, help));
    let weekly = yearly.map(|rates| rates.iter().sum::<f32>() / 52.0);
    list_needy(n, &weekly, week, desk);
    for nth in 0..desk.needy.len() {
        let slot = desk.needy[nth] as usize;
        let rates = &yearly[circumstances(&n.traits[slot], &n.state[slot], week)];
        let (informal, formal) = have_need(n, rules, (draws, rates), price, week, slot, desk);
        let state = &mut n.state[slot];
        state.needs += 1.0;
        state.needs_informal += informal;
        state.needs_formal += formal;
    }
    note_referrals(n, rules, &desk.referrals);
    for (state, gains) in n.state.iter_mut().zip(&desk.gains) {
        state.helped = state.helped * (1.0 - 1.0 / YEAR as f32) + f32::from(gains.helped);
    }
}

/// Lists the adults who have a need this week, and lets the running counts of their needs fade.
///
/// Nearly everybody draws no more than whether there is a need. Each is written on the list, and kept where the next is
/// written behind: who has one nobody can foresee.
fn list_needy(n: &mut Neighbourhood, weekly: &[f32; 16], week: i32, desk: &mut Desk) {
    let Desk { words, needy, .. } = desk;
    needy.resize(n.slots(), 0);
    let mut kept = 0;
    for (slot, ((traits, state), words)) in n.traits.iter().zip(&mut n.state).zip(words).enumerate() {
        let is_asked = traits.lives_here() & traits.is_adult(week);
        let fade = [1.0, 1.0 - 1.0 / YEAR as f32][usize::from(is_asked)];
        state.needs *= fade;
        state.needs_informal *= fade;
        state.needs_formal *= fade;
        needy[kept] = slot as u32;
        kept += usize::from(is_asked & (unit(words[0]) < weekly[circumstances(traits, state, week)]));
    }
    needy.truncate(kept);
}

/// Somebody has a need of one kind, by these rates; whether it is met informally, and whether by professionals.
fn have_need(
    n: &mut Neighbourhood,
    rules: &Rules,
    (draws, rates): (WeekChance, &[f32; 6]),
    price: Cents,
    week: i32,
    slot: usize,
    desk: &mut Desk,
) -> (f32, f32) {
    let person = n.traits[slot].person;
    let mut chance = draws.of(Process::Help, person).begun(desk.words[slot]);
    // The first word said that there is a need.
    chance.word();
    let kind = NeedKind::ALL[chance.pick(rates)];
    let sent_back = draws.of(Process::SentBack, person);
    let met = route(n, rules, slot, kind, &mut chance, sent_back, desk);
    desk.helpings.push(Helping { seeker: slot as u32, kind, met });
    match met {
        Met::Resident(giver) => give(n, rules, slot, giver, kind, desk),
        Met::Outside | Met::Formal => {}
        Met::Place(place) => show_the_way(n, rules, slot, place, kind, desk),
        Met::PaidCare => n.ledger.pay_care(price, week),
        Met::Nobody => {
            desk.gains[slot].capability -= rules.parameters.help.unmet_capability * n.state[slot].capability;
        }
    }
    match met {
        Met::Resident(_) | Met::Outside | Met::Place(_) => (1.0, 0.0),
        Met::Formal | Met::PaidCare => (0.0, 1.0),
        Met::Nobody => (0.0, 0.0),
    }
}

/// What needs depend on, as bits: 75 or over, without a partner, limited by health, short of money.
fn circumstances(traits: &Traits, state: &State, week: i32) -> usize {
    let short_of_money = traits.income_difficulty & !state.cheap_home;
    usize::from(traits.is_from(75, week))
        | usize::from(traits.partner == NONE) << 1
        | usize::from(traits.health_limited) << 2
        | usize::from(short_of_money) << 3
}

/// Needs a year, by kind.
fn rates(circumstances: usize, h: &Help) -> [f32; 6] {
    let [older, alone, limited, short_of_money] = [0, 1, 2, 3].map(|bit| circumstances >> bit & 1 != 0);
    [
        h.small_job * if older || limited { 1.5 } else { 1.0 },
        h.watch_house * if alone { 1.2 } else { 1.0 },
        h.company * if alone { 1.3 } else { 0.9 },
        h.care * if limited { 1.0 } else { 0.1 },
        h.money_and_papers * if short_of_money { 1.0 } else { 0.25 },
        h.material * if short_of_money { 1.0 } else { 0.1 },
    ]
}

/// Volunteers by initiative, and newcomers who help on request with the hours they promised.
fn list_volunteers(n: &Neighbourhood, rules: &Rules, desk: &mut Desk) {
    desk.volunteers.clear();
    desk.on_request.clear();
    if !(rules.mechanisms.needs || rules.mechanisms.volunteering) {
        return;
    }
    for slot in n.residents() {
        let state = &n.state[slot];
        if state.volunteers_here() {
            desk.volunteers.push((state.volunteers_with, slot as u32));
        } else if n.traits[slot].promised_hours > 0.0 {
            desk.on_request.push((slot as u32, n.traits[slot].promised_hours * 12.0 / 52.0));
        }
    }
    desk.volunteers.sort_unstable();
}

fn route(
    n: &Neighbourhood,
    rules: &Rules,
    slot: usize,
    kind: NeedKind,
    chance: &mut Stream,
    mut sent_back: Stream,
    desk: &mut Desk,
) -> Met {
    if rules.mechanisms.helping {
        if let Some(giver) = among_ties(n, rules, slot, kind, chance, &mut desk.askable) {
            return Met::Resident(giver);
        }
        if outside(n, rules, slot, kind, chance) {
            return Met::Outside;
        }
        if let Some(giver) = on_request(n, rules, slot, kind, chance, desk) {
            return Met::Resident(giver);
        }
        if let Some(met) = volunteers(n, rules, slot, kind, chance, desk) {
            return met;
        }
    }
    if worker(n, rules, slot, kind, chance, desk) {
        return Met::Formal;
    }
    let (draw, reach) = (chance.uniform(), paid(n, rules, slot, kind));
    if kind != NeedKind::Care {
        return if draw < reach { Met::Formal } else { Met::Nobody };
    }
    if draw < reach * (1.0 - rules.care_shifted) {
        return Met::PaidCare;
    }
    if draw < reach && rules.mechanisms.helping {
        if let Some(giver) = among_ties(n, rules, slot, kind, &mut sent_back, &mut desk.askable) {
            return Met::Resident(giver);
        }
        if outside(n, rules, slot, kind, &mut sent_back) {
            return Met::Outside;
        }
    }
    Met::Nobody
}

/// Kin, then friends, then neighbours; for papers also the friends of people one has a bridge to.
fn among_ties(
    n: &Neighbourhood,
    rules: &Rules,
    slot: usize,
    kind: NeedKind,
    chance: &mut Stream,
    askable: &mut Askable,
) -> Option<usize> {
    let h = &rules.parameters.help;
    let row = n.network.of(slot);
    if row.is_empty() {
        return None;
    }
    let start = chance.below(row.len() as u32) as usize;
    askable.note(&n.network, slot, &rules.parameters.ties);
    let mut asked = 0;
    for (ring, willing) in [h.kin_willing, h.friend_willing, h.neighbour_willing].into_iter().enumerate() {
        for place in askable.ring(ring, start) {
            let other = row.others()[place] as usize;
            if !can_help(n, other, kind, ring) {
                continue;
            }
            asked += 1;
            let worries = |slot: usize| n.state[slot].is_short_of_money(&n.traits[slot]);
            let shared_worries = rules.mechanisms.scarcity && worries(slot) && worries(other);
            let willing = willing * if shared_worries { 1.0 + h.scarcity } else { 1.0 };
            if chance.happens(willing * n.state[other].energy) {
                return Some(other);
            }
            if asked >= MOST_ASKED {
                return None;
            }
        }
    }
    if kind == NeedKind::MoneyAndPapers && rules.mechanisms.bridged_help {
        through_a_bridge(n, rules, slot, row, chance)
    } else {
        None
    }
}

fn can_help(n: &Neighbourhood, other: usize, kind: NeedKind, ring: usize) -> bool {
    let (traits, state) = (&n.traits[other], &n.state[other]);
    match kind {
        NeedKind::SmallJob => !traits.health_limited,
        NeedKind::WatchHouse | NeedKind::Company => true,
        NeedKind::Care => ring < 2 && !traits.health_limited,
        NeedKind::Material => ring < 2,
        NeedKind::MoneyAndPapers => state.way_finding >= KNOWS_THE_WAY,
    }
}

/// Somebody who knows the way and is a friend of an acquaintance from another group.
fn through_a_bridge(n: &Neighbourhood, rules: &Rules, slot: usize, row: Row<'_>, chance: &mut Stream) -> Option<usize> {
    let (h, t) = (&rules.parameters.help, &rules.parameters.ties);
    let bridges = row.iter().filter(|tie| tie.is_across() && tie.strength >= t.known).take(3);
    for bridge in bridges {
        let asks = chance.happens(h.neighbour_willing);
        let friend = n.network.of(bridge.other as usize).iter().find(|tie| {
            tie.strength >= t.friend
                && tie.other as usize != slot
                && n.state[tie.other as usize].way_finding >= KNOWS_THE_WAY
        });
        if let (true, Some(friend)) = (asks, friend) {
            return Some(friend.other as usize);
        }
    }
    None
}

fn outside(n: &Neighbourhood, rules: &Rules, slot: usize, kind: NeedKind, chance: &mut Stream) -> bool {
    let traits = &n.traits[slot];
    let people = f32::from(n.state[slot].kin_elsewhere()) + f32::from(n.state[slot].friends_elsewhere());
    let fit = match kind {
        NeedKind::WatchHouse => 0.4,
        NeedKind::MoneyAndPapers if traits.income_difficulty => 0.5,
        _ => 1.0,
    };
    chance.happens(rules.parameters.help.outside_willing * fit * (people / 8.0).min(1.0) * (1.0 - 0.5 * rules.lockdown))
}

/// A newcomer of the same building who promised hours and still has some: one this person knows, or has heard of.
fn on_request(
    n: &Neighbourhood,
    rules: &Rules,
    slot: usize,
    kind: NeedKind,
    chance: &mut Stream,
    desk: &mut Desk,
) -> Option<usize> {
    if desk.on_request.is_empty() || matches!(kind, NeedKind::Care | NeedKind::Material) {
        return None;
    }
    let h = &rules.parameters.help;
    let pick = chance.below(desk.on_request.len() as u32) as usize;
    let (asks, has_heard) = (chance.happens(h.volunteer_reach), chance.happens(h.heard_of));
    let hour = h.minutes / 60.0;
    let building = |slot: usize| n.homes[n.traits[slot].home as usize].building;
    let known =
        desk.on_request.iter().position(|(giver, hours)| *hours >= hour && n.network.between(slot, *giver).is_some());
    let number = known.or(has_heard.then_some(pick)).filter(|_| asks)?;
    let (giver, hours) = &mut desk.on_request[number];
    if *giver as usize == slot || *hours < hour || building(*giver as usize) != building(slot) {
        return None;
    }
    *hours -= hour;
    Some(*giver as usize)
}

/// Volunteers of an initiative, or the people of a place that offers support, if this person knows it.
fn volunteers(
    n: &Neighbourhood,
    rules: &Rules,
    slot: usize,
    kind: NeedKind,
    chance: &mut Stream,
    desk: &Desk,
) -> Option<Met> {
    let reach = rules.parameters.help.volunteer_reach;
    for habit in n.state[slot].habits.iter().filter(|habit| habit.setting != Setting::NOWHERE) {
        if !n.is_open(habit.setting) || kind == NeedKind::Care {
            continue;
        }
        if let Some(number) = habit.setting.initiative() {
            if kind == NeedKind::Material {
                continue;
            }
            let first = desk.volunteers.partition_point(|(initiative, _)| (*initiative as usize) < number);
            let count =
                desk.volunteers[first..].iter().take_while(|(initiative, _)| *initiative as usize == number).count();
            let asks = chance.happens(reach * habit.attached() * n.initiatives[number].strength);
            let pick = chance.below(count as u32) as usize;
            if asks && count > 0 {
                let giver = desk.volunteers[first + pick].1 as usize;
                let able = kind != NeedKind::MoneyAndPapers || n.state[giver].way_finding >= KNOWS_THE_WAY;
                if able && giver != slot && n.state[giver].energy > 0.3 {
                    return Some(Met::Resident(giver));
                }
            }
        } else if rules.mechanisms.place_help
            && n.places[habit.setting.place_index()].plan.offers.meets(kind)
            && chance.happens(reach * habit.attached())
        {
            return Some(Met::Place(habit.setting.place_index()));
        }
    }
    None
}

/// Help with papers, and a talk with somebody who counsels, also teach the way (M8, M9).
fn show_the_way(n: &Neighbourhood, rules: &Rules, slot: usize, place: usize, kind: NeedKind, desk: &mut Desk) {
    let counselled = kind == NeedKind::Company && n.places[place].plan.offers.has(Support::Counselling);
    if kind == NeedKind::MoneyAndPapers || counselled {
        desk.gains[slot].way_finding += rules.parameters.help.place_way_finding * (1.0 - n.state[slot].way_finding);
    }
}

/// What a visit teaches by itself: pupils get help with homework, and who sits with people that know the way learns it.
fn learn_by_visiting(n: &Neighbourhood, rules: &Rules, week: i32, desk: &mut Desk) {
    if !rules.mechanisms.place_help {
        return;
    }
    let h = &rules.parameters.help;
    for visit in desk.visits.iter().filter(|visit| !visit.in_passing && visit.setting.initiative().is_none()) {
        let slot = visit.resident as usize;
        let offers = n.places[visit.setting.place_index()].plan.offers;
        let gains = &mut desk.gains[slot];
        if offers.has(Support::Homework) && n.traits[slot].is_of(SCHOOL_AGE, week) {
            gains.capability += h.homework * (1.0 - n.state[slot].capability);
        }
        if offers.has(Support::Papers) || offers.has(Support::Counselling) {
            gains.way_finding += h.visit_way_finding * (1.0 - n.state[slot].way_finding);
        }
    }
}

/// A professional this person trusts, for what is their work or through a referral that arrives; or whose consulting hour
/// this person has heard of and finds.
fn worker(n: &Neighbourhood, rules: &Rules, slot: usize, kind: NeedKind, chance: &mut Stream, desk: &mut Desk) -> bool {
    if !rules.mechanisms.linking {
        return false;
    }
    // A consulting hour and a referral ask for registration; a professional who is trusted does not.
    let registered = !n.traits[slot].undocumented;
    for (number, post) in n.professionals.iter().enumerate() {
        let trust = post.trust_of(slot as u32);
        let own_work = does(post.role, kind);
        if !registered && (trust <= 0.05 || !own_work) {
            continue;
        }
        if trust <= 0.05 {
            let finds = rules.parameters.help.heard_of * n.state[slot].way_finding;
            if own_work && desk.worker_hours[number] >= 1.0 && chance.happens(finds) {
                desk.worker_hours[number] -= 1.0;
                return true;
            }
            continue;
        }
        let (helper, referred) = if own_work { (number, 1.0) } else { refers(n, rules, number, kind, desk) };
        let reach = rules.parameters.help.worker_reach * trust * (0.4 + 0.6 * n.state[slot].way_finding) * referred;
        if chance.happens(reach) && desk.worker_hours[helper] >= 1.0 {
            desk.worker_hours[helper] -= 1.0;
            if helper != number {
                desk.referrals.push((post.employer, n.professionals[helper].employer));
            }
            return true;
        }
    }
    false
}

/// To whom a professional refers whose work this is not, and the chance that it arrives there.
///
/// Of those here who do such work and have time, whoever's organisation is known best; else somebody elsewhere in town,
/// whom it costs this professional the hour to find.
fn refers(n: &Neighbourhood, rules: &Rules, number: usize, kind: NeedKind, desk: &Desk) -> (usize, f32) {
    let employer = n.professionals[number].employer;
    let (mut helper, mut known) = (number, 0.0);
    for (other, post) in n.professionals.iter().enumerate() {
        if does(post.role, kind) && desk.worker_hours[other] >= 1.0 {
            let relation = n.relations.between(employer, post.employer);
            if helper == number || relation > known {
                (helper, known) = (other, relation);
            }
        }
    }
    if helper == number {
        known = n.organisations[employer].knows_others.get();
    }
    let known = if rules.mechanisms.relations { known } else { ORDINARY_RELATION };
    (helper, rules.parameters.relations.referral * known)
}

/// Whether a need is what a professional is there for.
fn does(role: Role, kind: NeedKind) -> bool {
    match role {
        Role::CommunityBuilder => matches!(kind, NeedKind::Company | NeedKind::SmallJob),
        Role::SocialWorker => matches!(kind, NeedKind::MoneyAndPapers | NeedKind::Company | NeedKind::Care),
        Role::YouthWorker => kind == NeedKind::MoneyAndPapers,
        Role::Caretaker => matches!(kind, NeedKind::SmallJob | NeedKind::WatchHouse),
        Role::DistrictNurse => kind == NeedKind::Care,
    }
}

/// Chance to be helped by paid care, a handyman, a counter at the town hall: for who is registered, finds and can pay them.
fn paid(n: &Neighbourhood, rules: &Rules, slot: usize, kind: NeedKind) -> f32 {
    if n.traits[slot].undocumented {
        return 0.0;
    }
    let way = n.state[slot].way_finding;
    let pays = if n.state[slot].is_short_of_money(&n.traits[slot]) { 0.3 } else { 1.0 };
    match kind {
        NeedKind::Care => rules.parameters.help.paid_care_reach * (0.4 + way),
        NeedKind::SmallJob => 0.5 * rules.parameters.help.paid_care_reach * pays,
        NeedKind::MoneyAndPapers => rules.parameters.help.paid_care_reach * way,
        NeedKind::WatchHouse | NeedKind::Company | NeedKind::Material => 0.0,
    }
}

/// What helping does to the two.
fn give(n: &Neighbourhood, rules: &Rules, seeker: usize, giver: usize, kind: NeedKind, desk: &mut Desk) {
    let h = &rules.parameters.help;
    let load = if kind == NeedKind::Care { h.care_load } else { 1.0 };
    let minutes = (h.minutes * load) as u16;
    desk.meetings.push(Meeting {
        a: seeker as u32,
        b: giver as u32,
        setting: Setting::NOWHERE,
        minutes,
        closeness: minutes,
        tie: n.network.place_between(seeker, giver as u32),
        origin: TieOrigin::HELP,
        words: true,
        recognised: true,
        similarity: 0.0,
    });
    let gains = &mut desk.gains[giver];
    gains.helped += 1;
    gains.belonging += h.useful * (1.0 - n.state[giver].belonging);
    gains.energy -= h.energy_cost * load;
}
