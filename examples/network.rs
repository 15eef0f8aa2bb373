//! petgraph's own algorithms on the ties of a neighbourhood.
//!
//! [`SocialGraph`] is a view over the rows of ties as they stand, so nothing is copied; [`SocialGraph::to_ungraph`] gives a
//! graph of petgraph's own for what a view cannot do.
//!
//! ```sh
//! cargo run --release --example network
//! ```

use std::error::Error;
use std::fmt::Write as _;

use noaber::experiment::bench::synthetic;
use noaber::model::neighbourhood::graph::SocialGraph;
use noaber::model::world::World;
use petgraph::algo::{connected_components, dijkstra, page_rank};
use petgraph::graph::NodeIndex;

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", describe(1_000, 52)?);
    Ok(())
}

/// Grows a neighbourhood of about so many residents, lets it live, and tells what petgraph finds in its network.
///
/// # Errors
/// When nobody lives there.
pub fn describe(residents: u32, weeks: u32) -> Result<String, Box<dyn Error>> {
    let mut world = World::grow(&synthetic(u64::from(residents), residents), 1, 0);
    for _ in 0..weeks {
        world.live_one_week();
    }
    let neighbourhood = world.neighbourhoods().first().ok_or("the world is empty")?;
    let acquaintance = world.parameters().ties.known;
    let mut text = String::new();

    // Of everybody who is at least an acquaintance.
    let graph = SocialGraph::at_least(neighbourhood, acquaintance);
    writeln!(text, "groups without an acquaintance between them  {}", connected_components(&graph))?;

    // A walker that follows ties at random is most often with whom? Stable from about twenty rounds.
    let rank = page_rank(&graph, 0.85_f64, 20);
    let central = (0..rank.len()).max_by(|a, b| rank[*a].total_cmp(&rank[*b])).ok_or("nobody lives here")?;
    let hub = NodeIndex::new(central);
    let person = &neighbourhood.traits[graph.slot(hub)];
    writeln!(text, "age of the most central resident             {}", person.age(world.week()))?;

    // How many hands away are the others?
    let steps = dijkstra(&graph, hub, None, |_| 1_u32);
    let far = steps.values().max().copied().unwrap_or(0);
    let mean = steps.values().map(|steps| f64::from(*steps)).sum::<f64>() / steps.len() as f64;
    writeln!(text, "residents within reach of this resident      {}", steps.len())?;
    writeln!(text, "steps to them, mean and most                 {mean:.1}, {far}")?;

    // A graph of petgraph's own: nodes are people, edges whole ties.
    let copy = SocialGraph::new(neighbourhood).to_ungraph();
    let kin = copy.edge_weights().filter(|tie| tie.is_kin()).count();
    writeln!(text, "ties, and those among kin and households     {}, {kin}", copy.edge_count())?;
    Ok(text)
}
