//! Measures of the network as a whole, which need a walk over it.

use petgraph::unionfind::UnionFind;
use petgraph::visit::{EdgeRef, IntoEdgeReferences, NodeCount, NodeIndexable};
use rayon::prelude::*;

use super::interview::View;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::graph::SocialGraph;
use crate::model::neighbourhood::network::HalfTie;

/// The measures; NaN where they are not defined.
#[derive(Debug, Clone, Copy)]
pub(super) struct Structure {
    /// Newman's assortativity by origin, over ties outside the household.
    pub assortativity: f64,
    /// Mean over adults with two acquaintances or more, of the share of pairs of these who know each other.
    pub clustering: f64,
    /// Residents in the largest component of each neighbourhood, as a share of residents.
    pub largest_component: f64,
}

impl Structure {
    /// Nobody looked.
    pub const UNSEEN: Self = Self { assortativity: f64::NAN, clustering: f64::NAN, largest_component: f64::NAN };
}

/// What one neighbourhood adds.
#[derive(Debug, Clone, Copy, Default)]
struct Part {
    /// Ends of ties outside the household, from origin to origin.
    mixing: [[u64; 3]; 3],
    clustering: f64,
    clustered: u64,
    largest: u64,
    residents: u64,
}

/// Looks at all networks.
pub(super) fn of(view: &View<'_>) -> Structure {
    let parts: Vec<Part> = view.neighbourhoods.par_iter().map(|neighbourhood| Part::of(neighbourhood, view)).collect();
    let mut sum = Part::default();
    for part in &parts {
        for (mine, theirs) in sum.mixing.as_flattened_mut().iter_mut().zip(part.mixing.as_flattened()) {
            *mine += theirs;
        }
        sum.clustering += part.clustering;
        sum.clustered += part.clustered;
        sum.largest += part.largest;
        sum.residents += part.residents;
    }
    Structure {
        assortativity: assortativity(&sum.mixing),
        clustering: sum.clustering / sum.clustered as f64,
        largest_component: sum.largest as f64 / sum.residents as f64,
    }
}

impl Part {
    fn of(neighbourhood: &Neighbourhood, view: &View<'_>) -> Self {
        let known = view.layers.known;
        let mut part = Self { largest: largest_component(neighbourhood, known), ..Self::default() };
        let mut acquaintances = Vec::new();
        for slot in neighbourhood.residents() {
            let traits = &neighbourhood.traits[slot];
            part.residents += 1;
            acquaintances.clear();
            for tie in neighbourhood.network.of(slot).iter().filter(|tie| !tie.is_household()) {
                let other = neighbourhood.traits[tie.other as usize].origin;
                part.mixing[traits.origin as usize][other as usize] += 1;
                if tie.strength >= known {
                    acquaintances.push(tie.other);
                }
            }
            if traits.is_adult(view.week) && acquaintances.len() >= 2 {
                let linked: usize = acquaintances
                    .iter()
                    .map(|one| in_common(&acquaintances, neighbourhood.network.of(*one as usize), known))
                    .sum();
                // Each pair that knows each other was seen from both.
                part.clustering += linked as f64 / (acquaintances.len() * (acquaintances.len() - 1)) as f64;
                part.clustered += 1;
            }
        }
        part
    }
}

/// How many of `slots` stand in a row of ties with at least this strength; both are in order of slot.
fn in_common(slots: &[u32], row: &[HalfTie], strength: f32) -> usize {
    let mut common = 0;
    let mut left = slots.iter().peekable();
    for tie in row {
        while left.next_if(|slot| **slot < tie.other).is_some() {}
        match left.peek() {
            Some(slot) if **slot == tie.other => common += usize::from(tie.strength >= strength),
            Some(_) => {}
            None => break,
        }
    }
    common
}

/// Newman's coefficient: (share of ties within groups - share expected) / (1 - share expected).
fn assortativity(mixing: &[[u64; 3]; 3]) -> f64 {
    let ends = mixing.as_flattened().iter().sum::<u64>() as f64;
    let mut within = 0.0;
    let mut expected = 0.0;
    for (group, row) in mixing.iter().enumerate() {
        let share = row.iter().sum::<u64>() as f64 / ends;
        within += row[group] as f64 / ends;
        expected += share * share;
    }
    // With one group alone every tie falls within, and the question is void.
    if expected < 1.0 { (within - expected) / (1.0 - expected) } else { f64::NAN }
}

/// Residents in the largest component of the network of acquaintances, housemates included.
fn largest_component(neighbourhood: &Neighbourhood, known: f32) -> u64 {
    let graph = SocialGraph::at_least(neighbourhood, known);
    let mut sets = UnionFind::<u32>::new(graph.node_bound());
    for tie in graph.edge_references() {
        sets.union(tie.source().index() as u32, tie.target().index() as u32);
    }
    let mut sizes = vec![0_u64; graph.node_count()];
    for set in sets.into_labeling() {
        sizes[set as usize] += 1;
    }
    sizes.into_iter().max().unwrap_or(0)
}
