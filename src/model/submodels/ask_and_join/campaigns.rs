//! Campaigns that ask people to join.

use super::key_figures::whom_to_ask;
use super::{VOLUNTEERS_FROM_AGE, short_initiative};
use crate::model::chance::{Process, WeekChance, mix};
use crate::model::desk::{Ask, Desk};
use crate::model::neighbourhood::{NONE, Neighbourhood};
use crate::model::policy::AskWay;
use crate::model::submodels::enact_policies::Campaign;

/// A campaign asks people in person, through key figures, or by leaflet.
pub(super) fn run_campaign(n: &Neighbourhood, campaign: &Campaign, draws: WeekChance, week: i32, desk: &mut Desk) {
    let who = (u64::from(n.first_home) << 16) | campaign.policy as u64;
    let asks = draws.stream(Process::Campaign, mix(who, 0)).about(campaign.asks_per_week);
    for number in 0..asks {
        let mut chance = draws.stream(Process::Campaign, mix(who, u64::from(number) + 1));
        let unreached = chance.happens(campaign.to_unreached);
        let mut anybody = || (chance.below(n.slots() as u32)) as usize;
        let (asker, asked, strength) = match campaign.way {
            AskWay::Leaflet => (NONE, anybody(), 0.0),
            AskWay::Personal | AskWay::KeyFigures => {
                let candidates = [anybody(), anybody(), anybody(), anybody(), anybody(), anybody()];
                let tries = if campaign.way == AskWay::KeyFigures { 6 } else { 1 };
                let ties_of = |slot: &usize| n.network.of(*slot).len();
                // Where nobody is known as a key figure, it is who knows most people of a handful.
                let most = candidates[..tries].iter().copied().max_by_key(ties_of).unwrap_or(0);
                let word = chance.word();
                let (asker, some) = if campaign.way == AskWay::KeyFigures && !desk.key_figures.is_empty() {
                    let asker = desk.key_figures[chance.below(desk.key_figures.len() as u32) as usize] as usize;
                    (asker, whom_to_ask(n, asker, word))
                } else {
                    let row = n.network.of(most);
                    let pick = ((u64::from(word) * row.len() as u64) >> 32) as usize;
                    (most, (!row.is_empty()).then(|| row.at(pick)))
                };
                let visits_nothing = |slot: usize| n.state[slot].visits < 0.1;
                match some {
                    Some(tie) if !unreached || visits_nothing(tie.other as usize) => {
                        (asker as u32, tie.other as usize, tie.strength)
                    }
                    _ => {
                        let (a, b) = (chance.below(n.slots() as u32) as usize, chance.below(n.slots() as u32) as usize);
                        (asker as u32, if n.state[b].visits < n.state[a].visits { b } else { a }, 0.0)
                    }
                }
            }
        };
        if !n.traits[asked].lives_here() || n.traits[asked].age(week) < VOLUNTEERS_FROM_AGE {
            continue;
        }
        if let Some(initiative) = short_initiative(n, asked, &mut chance) {
            let (asked, initiative, words) = (asked as u32, initiative as u32, campaign.words);
            desk.asks.push(Ask { asked, asker, initiative, strength, words });
        }
    }
}
