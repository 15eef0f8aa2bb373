//! Key figures: adults who have a word with everybody, and so know many and various people, whom they ask to join.
//!
//! * **What** a key figure asks one of the people it knows, somebody of another origin group if it knows any.
//! * **Source** UvH, LSA and Movisie on pullers and bridge-builders; sizes assumed; M42.

use super::short_initiative;
use crate::model::chance::{Process, WeekChance};
use crate::model::desk::{Ask, Desk};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::network::HalfTie;
use crate::model::policy::AskWords;
use crate::model::quantities::Share;
use crate::model::submodels::enact_policies::Rules;

/// Lists the key figures, and lets them ask while hands are short.
pub(super) fn ask_as_key_figures(n: &Neighbourhood, rules: &Rules, draws: WeekChance, week: i32, desk: &mut Desk) {
    desk.key_figures.clear();
    if n.composition.key_figures.share == Share::NONE {
        return;
    }
    let key_figures = n.residents().filter(|slot| n.traits[*slot].key_figure && n.traits[*slot].is_adult(week));
    desk.key_figures.extend(key_figures.map(|slot| slot as u32));
    for place in 0..desk.key_figures.len() {
        let asker = desk.key_figures[place];
        let (traits, state) = (&n.traits[asker as usize], &n.state[asker as usize]);
        let mut chance = draws.of(Process::KeyFigures, traits.person);
        let asks = chance.about(rules.parameters.asking.asks_per_key_figure * state.energy);
        for _ in 0..asks {
            let tie = whom_to_ask(n, asker as usize, chance.word());
            let own = Some(state.volunteers_with as usize).filter(|_| state.volunteers_here());
            let any = short_initiative(n, asker as usize, &mut chance);
            let number = own.or(any).filter(|number| n.initiatives[*number].is_short());
            if let (Some(HalfTie { other, strength, .. }), Some(number)) = (tie, number) {
                let (asked, initiative, strength) = (other, number as u32, strength);
                desk.asks.push(Ask { asked, asker, initiative, strength, words: AskWords::Plain });
            }
        }
    }
}

/// Somebody whom a key figure knows, if only by face: of another origin group, if it knows any.
pub(super) fn whom_to_ask(n: &Neighbourhood, slot: usize, word: u32) -> Option<HalfTie> {
    let row = || n.network.of(slot).iter().filter(|tie| !tie.is_household());
    let (others, all) = (row().filter(HalfTie::is_across).count(), row().count());
    let only_others = others > 0;
    let among = if only_others { others } else { all };
    let pick = ((u64::from(word) * among as u64) >> 32) as usize;
    row().filter(|tie| tie.is_across() || !only_others).nth(pick)
}
