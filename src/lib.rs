//! noaber grows one neighbourhood several times, with the same people and the same luck, and compares what becomes of
//! cohesion and loneliness under different policies.
//!
//! # Reading order
//!
//! 1. [`model::schedule`]: one week, top to bottom.
//! 2. [`model`]: the ODD, the description of the model, with a link to the item behind each word.
//! 3. [`model::neighbourhood`]: all state at one instant. [`model::submodels`]: one process a file, in the order of the week.
//! 4. [`scenario`]: from files to a trusted [`Study`](scenario::Study), or to every fault in them.
//! 5. [`observation`]: what is measured, by which instrument, for whom.
//! 6. [`experiment`]: replications, pairs, intervals.
//! 7. [`results`], [`report`], [`cli`]: files, pages, verbs.
//!
//! A layer uses those below it and never one above: `cli`, `report`, `results`, `experiment`, then `observation` and
//! `scenario`, then `model`.
//!
//! # What is deliberately absent
//!
//! * **From the model: files, clocks, terminals, plots and failures.** What can be wrong is found when a scenario is read and
//!   becomes a type that cannot be wrong ([`Share`](model::quantities::Share), [`Blueprint`](model::blueprint::Blueprint)).
//! * **A draw that depends on a thread, or on how many draws came before.** Each is a function of seed, week, process and
//!   person ([`Chance`](model::chance::Chance)); a policy that takes one draw more moves no other.
//! * **A sum whose order depends on threads.** Blocks are collected in order and added in order; what crosses threads in any
//!   order is a whole number.
//! * **Iteration over hash maps**, and transcendental functions of the platform: [`libm`] gives the same bits everywhere.
//! * **A question in a submodel whether a policy is on.** Policies change the rules of the week
//!   ([`enact_policies`](model::submodels::enact_policies)), and submodels read the rules.
//! * **An outcome written into a policy.** A [`PolicyMeasure`](model::policy::PolicyMeasure) changes opportunities, rules, money,
//!   people or places; cohesion and loneliness follow, or do not.
//! * **A tie between two neighbourhoods.** Each lives its week alone, on one thread; between weeks it hands over who moves and
//!   who goes elsewhere ([`town`](model::town)). Kin and friends beyond the town are a count.
//! * **A vector instruction that changes a bit.** Loops over long lists are compiled for each width that processors have, by
//!   [`pulp`]; each element goes through the same steps in all, and nothing is added up across them.
//! * **`unsafe`.**
//!
//! # From the ODD to the code
//!
//! | ODD | item |
//! |---|---|
//! | 1 Purpose and patterns | [`model`]; the instruments: [`observation::instruments`] |
//! | 2 Entities, state variables | [`Neighbourhood`](model::neighbourhood::Neighbourhood), [`Traits`](model::neighbourhood::resident::Traits), [`State`](model::neighbourhood::resident::State), [`Network`](model::neighbourhood::network::Network), [`Place`](model::neighbourhood::place::Place), [`Initiative`](model::neighbourhood::initiative::Initiative), [`Professional`](model::neighbourhood::professional::Professional), [`Ledger`](model::neighbourhood::ledger::Ledger) |
//! | 2 Scales | [`World::week`](model::world::World::week): a step is a week; [`quantities`](model::quantities): units |
//! | 3 Process overview, scheduling | [`live_one_week`](model::schedule::live_one_week) |
//! | 4 Sensing, interaction | [`choose_places`](model::submodels::choose_places), [`meet`](model::submodels::meet) |
//! | 4 Stochasticity | [`Chance`](model::chance::Chance), [`Process`](model::chance::Process) |
//! | 4 Observation | [`observe`](observation::observe()), [`MEASURES`](observation::MEASURES), [`GROUPS`](observation::GROUPS) |
//! | 5 Initialization | [`set_up`](model::initialization::set_up), [`World::grow`](model::world::World::grow) |
//! | 6 Input data | [`read_study`](scenario::read_study), [`Blueprint`](model::blueprint::Blueprint) |
//! | 7 Submodels | [`submodels`](model::submodels) |
//! | 7 Parameters | [`Parameters`](model::parameters::Parameters), all in a table: [`parameters`](model::parameters) |
//! | Policies | [`PolicyMeasure`](model::policy::PolicyMeasure), [`Rule`](model::rule::Rule) |
//! | Knock-out of mechanisms | [`Mechanisms`](model::parameters::Mechanisms) |
//! | Experiment | [`run`](experiment::run()), [`effects`](experiment::effects()) |
//!
//! # As a library
//!
//! ```
//! use noaber::experiment::bench::synthetic;
//! use noaber::model::world::World;
//! use noaber::observation::{Detail, measure_index, observe};
//!
//! // About 200 residents; `scenario::read_study` reads a blueprint from files instead.
//! let blueprint = synthetic(200, 200);
//! let mut world = World::grow(&blueprint, 42, 4);
//! while world.week() < 8 {
//!     world.live_one_week();
//! }
//! let observed = observe(&world, Detail::Full);
//! let lonely = measure_index("lonely").ok_or("no such measure")?;
//! let share = observed.value(0, lonely); // group 0 is everybody
//! assert!((0.0..=1.0).contains(&share));
//!
//! // The same seed gives the same world, in every bit and for any number of threads.
//! let mut again = World::grow(&blueprint, 42, 4);
//! while again.week() < 8 {
//!     again.live_one_week();
//! }
//! assert!(world.neighbourhoods() == again.neighbourhoods());
//! # Ok::<(), &str>(())
//! ```
//!
//! `examples/one_policy.rs` compares two worlds by hand, `examples/network.rs` runs petgraph's algorithms on the ties.

pub mod cli;
pub mod experiment;
pub mod model;
pub mod observation;
pub mod report;
pub mod results;
pub mod scenario;

/// The Rust of the README, compiled and run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
