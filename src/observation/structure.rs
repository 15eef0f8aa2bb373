//! Measures of the network as a whole, which need a walk over it.

use petgraph::unionfind::UnionFind;
use petgraph::visit::{EdgeRef, IntoEdgeReferences, NodeCount, NodeIndexable};
use rayon::prelude::*;

use super::interview::View;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::graph::SocialGraph;

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
pub(super) struct Part {
    /// Ends of ties outside the household, from origin to origin.
    mixing: [[u64; 3]; 3],
    clustering: f64,
    clustered: u64,
    largest: u64,
    residents: u64,
}

/// Looks at all networks, in the order of the neighbourhoods.
pub(super) fn parts(view: &View<'_>) -> Vec<Part> {
    view.neighbourhoods.par_iter().map(|neighbourhood| Part::of(neighbourhood, view)).collect()
}

/// The measures of these neighbourhoods together.
pub(super) fn of<'a>(parts: impl IntoIterator<Item = &'a Part>) -> Structure {
    let mut sum = Part::default();
    for part in parts {
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
        let closed = closed_pairs(neighbourhood, known);
        let mut part = Self { largest: largest_component(neighbourhood, known), ..Self::default() };
        for slot in neighbourhood.residents() {
            let traits = &neighbourhood.traits[slot];
            let mut acquaintances = 0_u32;
            for tie in neighbourhood.network.of(slot).iter().filter(|tie| !tie.is_household()) {
                let other = neighbourhood.traits[tie.other as usize].origin;
                part.mixing[traits.origin as usize][other as usize] += 1;
                acquaintances += u32::from(tie.strength >= known);
            }
            part.residents += 1;
            if traits.is_adult(view.week) && acquaintances >= 2 {
                let pairs = f64::from(acquaintances) * f64::from(acquaintances - 1) / 2.0;
                part.clustering += f64::from(closed[slot]) / pairs;
                part.clustered += 1;
            }
        }
        part
    }
}

/// For each slot, how many pairs of its acquaintances outside the household know each other.
///
/// Every triangle is found once, from its lowest slot, and counted for each corner whose two ties leave the household.
fn closed_pairs(neighbourhood: &Neighbourhood, known: f32) -> Vec<u32> {
    let slots = neighbourhood.network.slots();
    // Acquaintances in higher slots, in order, and whether each is of the household.
    let mut higher: Vec<(u32, bool)> = Vec::with_capacity(neighbourhood.network.ties());
    let mut starts = Vec::with_capacity(slots + 1);
    for slot in 0..slots {
        starts.push(higher.len());
        let row = neighbourhood.network.of(slot).iter();
        let ties = row.filter(|tie| tie.other as usize > slot && tie.strength >= known);
        higher.extend(ties.map(|tie| (tie.other, tie.is_household())));
    }
    starts.push(higher.len());
    let row = |slot: usize| &higher[starts[slot]..starts[slot + 1]];

    let mut closed = vec![0; slots];
    for a in 0..slots {
        for (place, (b, ab)) in row(a).iter().enumerate() {
            let (mut of_a, mut of_b) = (&row(a)[place + 1..], row(*b as usize));
            while let ([(c, ac), rest_a @ ..], [(d, bc), rest_b @ ..]) = (of_a, of_b) {
                if c == d {
                    closed[a] += u32::from(!ab && !ac);
                    closed[*b as usize] += u32::from(!ab && !bc);
                    closed[*c as usize] += u32::from(!ac && !bc);
                }
                if c <= d {
                    of_a = rest_a;
                }
                if d <= c {
                    of_b = rest_b;
                }
            }
        }
    }
    closed
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
