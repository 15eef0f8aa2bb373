//! Where a week's time goes: each process of the schedule apart, in one neighbourhood, on one thread.
//!
//! The neighbourhood lives on week after week, since a process costs what the weeks before it left on the desk and in the
//! cache; a clock stands between each two processes. A twin lives the same weeks by the schedule itself, and the bench
//! fails if the two are not equal in the end: the list below cannot drift from the schedule.
//!
//! `cargo bench --bench by_process`

use std::time::{Duration, Instant};

use noaber::experiment::bench::synthetic;
use noaber::model::desk::Desk;
use noaber::model::schedule::live_one_week;
use noaber::model::submodels::{
    ask_and_join::ask_and_join, bond::bond, bridge::bridge, choose_places::choose_places,
    enact_policies::enact_policies, feel_lonely::feel_lonely, grow_capability::grow_capability, keep_order::keep_order,
    let_ties_fade::let_ties_fade, link::link, meet::meet, move_households::move_households,
    renew_belonging::renew_belonging, revise_trust::revise_trust, seek_help::seek_help, settle_funding::settle_funding,
    strengthen_ties::strengthen_ties, teach::teach,
};
use noaber::model::world::World;

/// Weeks lived before the clock starts.
const BEFORE: u32 = 52;
/// Weeks with the clock.
const MEASURED: i32 = 208;

/// Time spent in each process, in the order of the schedule.
#[derive(Default)]
struct Clock {
    spent: Vec<(&'static str, Duration)>,
    next: usize,
}

impl Clock {
    fn time<T>(&mut self, process: &'static str, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let outcome = work();
        let took = begun.elapsed();
        if self.next == self.spent.len() {
            self.spent.push((process, Duration::ZERO));
        }
        self.spent[self.next].1 += took;
        self.next += 1;
        outcome
    }
}

fn main() {
    let mut world = World::grow(&synthetic(2_000, 2_000), 1, BEFORE);
    for _ in 0..BEFORE {
        world.live_one_week();
    }
    let (blueprint, chance) = (world.blueprint(), world.chance());
    let mut n = world.neighbourhoods()[0].clone();
    let mut twin = n.clone();
    let mut desk = Desk::default();
    let mut clock = Clock::default();
    let mut resident_weeks = 0;
    for week in 0..MEASURED {
        let draws = chance.in_week(week);
        clock.next = 0;
        let n = &mut n;
        let rules = clock.time("enact_policies", || enact_policies(n, blueprint, week));
        clock.time("settle_funding", || settle_funding(n, &rules, chance, week));
        clock.time("move_households", || move_households(n, &rules, chance, week));
        clock.time("choose_places", || choose_places(n, &rules, draws, week, &mut desk));
        clock.time("meet", || meet(n, &rules, draws, week, &mut desk));
        clock.time("bond", || bond(n, &rules, week, &mut desk));
        clock.time("bridge", || bridge(n, &rules, draws, &mut desk));
        clock.time("link", || link(n, &rules, draws, week, &mut desk));
        clock.time("teach", || teach(n, &rules, chance, week, &mut desk));
        clock.time("keep_order", || keep_order(n, &rules, draws, week, &mut desk));
        clock.time("seek_help", || seek_help(n, &rules, draws, week, &mut desk));
        clock.time("ask_and_join", || ask_and_join(n, &rules, draws, week, &mut desk));
        clock.time("strengthen_ties", || strengthen_ties(n, &rules, week, &mut desk));
        clock.time("let_ties_fade", || let_ties_fade(n, &rules, draws, week, &mut desk));
        clock.time("revise_trust", || revise_trust(n, &rules, &desk));
        clock.time("renew_belonging", || renew_belonging(n, &rules, week, &mut desk));
        clock.time("grow_capability", || grow_capability(n, &rules, &desk));
        clock.time("feel_lonely", || feel_lonely(n, &rules, draws, week, &mut desk));
        resident_weeks += n.residents().count();
    }

    let mut desk = Desk::default();
    for week in 0..MEASURED {
        live_one_week(&mut twin, blueprint, chance, week, &mut desk);
    }
    assert!(n == twin, "these processes are not the schedule's: they left another neighbourhood");

    let whole: Duration = clock.spent.iter().map(|(_, spent)| *spent).sum();
    println!("{} residents, {MEASURED} weeks, one thread\n", n.residents().count());
    println!("{:<16} {:>20} {:>7}", "process", "ns a resident-week", "share");
    for (process, spent) in clock.spent.iter().chain(&[("the week", whole)]) {
        let each = spent.as_nanos() as f64 / resident_weeks as f64;
        println!("{process:<16} {each:>20.1} {:>5.1} %", 100.0 * spent.as_secs_f64() / whole.as_secs_f64());
    }
}
