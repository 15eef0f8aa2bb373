//! Minutes shared by origin and strength.
use noaber::{model::world::World, scenario::read_study};
use std::collections::BTreeMap;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let study = read_study(&[args[1].clone().into()], &args[2..], &Default::default()).unwrap();
    let s = &study.scenarios[0];
    let mut w = World::grow(&s.blueprint.for_burn_in(), 1, s.design.burn_in);
    let mut acc: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    let mut people = 0.0;
    for week in 0..312 {
        let h = w.live_one_week();
        if week >= 260 {
            people += h.residents as f64 / 52.0;
            for n in w.neighbourhoods() {
                for t in n.network.half_ties() {
                    let class = if t.is_household() {
                        "household"
                    } else if t.is_kin() {
                        "kin"
                    } else if t.strength < 0.02 {
                        "a<.02"
                    } else if t.strength < 0.038 {
                        "b<.038"
                    } else if t.strength < 0.1 {
                        "c<.1"
                    } else if t.strength < 0.32 {
                        "d<.32"
                    } else if t.strength < 0.7 {
                        "e<.7"
                    } else {
                        "f"
                    };
                    for key in [class.to_string(), format!("{}", t.origin.key())] {
                        let e = acc.entry(key).or_default();
                        e.0 += 1.0 / 52.0;
                        e.1 += t.minutes as f64 / 52.0;
                    }
                }
            }
        }
    }
    for (k, (c, m)) in acc {
        println!("{k:20} ties/resident {:7.2} minutes/week {:8.2} per tie {:6.2}", c / people, m / people, m / c);
    }
    let n = &w.neighbourhoods()[0];
    let hab: f64 =
        n.residents().map(|s| n.state[s].habits.iter().filter(|h| h.setting.0 != u16::MAX).count() as f64).sum::<f64>()
            / people;
    let vis: f64 = n.residents().map(|s| n.state[s].visits as f64).sum::<f64>() / people;
    println!("habits {hab:.2} visits {vis:.2}");
}
