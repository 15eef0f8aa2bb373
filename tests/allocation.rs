//! A week asks for no memory for each resident or tie: what it needs lies on the desk and is used again.
//!
//! Alone in its file, since the count is of an allocator that the crate `allocation-counter` sets for the whole program.

use allocation_counter::measure;
use noaber::experiment::bench::synthetic;
use noaber::model::desk::Desk;
use noaber::model::schedule::live_one_week;
use noaber::model::world::World;

/// Weeks in which the lists on the desk grow to the length that a week wants.
const WARM_UP: i32 = 40;
/// Weeks in which is counted.
const COUNTED: i32 = 30;
/// What a week may ask for, whoever lives there: a list of who went, of homes that stand empty, of the money left, and so
/// on, each of which may be lengthened a few times; and now and then a list that outgrew all weeks before it.
const AT_MOST: u64 = 24;

/// How often each week of one neighbourhood asks for memory, and how many residents and half-ties it has in the end.
fn asks(residents: u32) -> (Vec<u64>, usize, usize) {
    let world = World::grow(&synthetic(residents.into(), residents), 3, 0);
    let (blueprint, chance) = (world.blueprint(), world.chance());
    let mut n = world.neighbourhoods()[0].clone();
    let mut desk = Desk::default();
    let mut week = |week| {
        let counted = measure(|| {
            live_one_week(&mut n, blueprint, chance, week, &mut desk);
        });
        counted.count_total
    };
    for before in 0..WARM_UP {
        week(before);
    }
    let counts = (WARM_UP..WARM_UP + COUNTED).map(week).collect();
    (counts, n.slots(), n.network.half_ties().len())
}

#[test]
fn a_week_of_four_times_as_many_residents_asks_for_memory_no_oftener() {
    let ((few, residents, ties), (many, more_residents, more_ties)) = (asks(2_000), asks(8_000));
    assert!(more_residents > 3 * residents && more_ties > 3 * ties, "the larger neighbourhood is not larger");
    assert!(few.iter().chain(&many).all(|count| *count <= AT_MOST), "{few:?} and {many:?}");
    // The counter counts: setting up a neighbourhood does ask, for each resident more than once.
    let setting_up = measure(|| drop(World::grow(&synthetic(2_000, 2_000), 3, 0)));
    assert!(setting_up.count_total > AT_MOST, "nothing is counted");
}
