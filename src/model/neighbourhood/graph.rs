//! The network as petgraph sees it.
//!
//! [`SocialGraph`] is a view of a neighbourhood that implements petgraph's traits over the rows of ties as they stand:
//! nothing is copied but a number for each resident, and every algorithm of petgraph that asks for those traits works.
//! [`SocialGraph::to_ungraph`] and [`network_of`] convert to and from petgraph's own undirected graph, [`affiliation`]
//! gives the two-mode graph of residents and the settings they know.
//!
//! A node is a resident, or a regular from elsewhere in the town. Nodes are numbered from 0 without gaps, in order of slot: algorithms such as page rank ask for
//! that, and empty slots are left out. Edges are ties, each once, with one name whatever end they are seen from.

mod traits;

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::visit::{EdgeRef, IntoEdgeReferences, IntoNodeReferences};

pub use traits::{AllTies, Neighbours, Nodes, Seen, TieId, TieRef, Ties};

use super::network::{HalfTie, Network};
use super::resident::Setting;
use super::{NONE, Neighbourhood};
use crate::model::quantities::Person;

/// A neighbourhood's social network as an undirected graph of petgraph.
#[derive(Debug, Clone)]
pub struct SocialGraph<'a> {
    neighbourhood: &'a Neighbourhood,
    at_least: f32,
    /// Slot of each node.
    slots: Vec<u32>,
    /// Node of each slot; [`NONE`] for empty slots.
    nodes: Vec<u32>,
}

impl<'a> SocialGraph<'a> {
    /// The graph of all ties.
    #[must_use]
    pub fn new(neighbourhood: &'a Neighbourhood) -> Self {
        Self::at_least(neighbourhood, f32::NEG_INFINITY)
    }

    /// The graph of ties with at least this strength; everybody stays a node.
    #[must_use]
    pub fn at_least(neighbourhood: &'a Neighbourhood, strength: f32) -> Self {
        let mut nodes = vec![NONE; neighbourhood.slots()];
        let mut slots = Vec::with_capacity(neighbourhood.slots());
        for slot in neighbourhood.everybody() {
            nodes[slot] = slots.len() as u32;
            slots.push(slot as u32);
        }
        Self { neighbourhood, at_least: strength, slots, nodes }
    }

    /// The slot of a node.
    #[inline]
    #[must_use]
    pub fn slot(&self, node: NodeIndex) -> usize {
        self.slots[node.index()] as usize
    }

    /// The node in a slot, if somebody is there.
    #[inline]
    #[must_use]
    pub fn node(&self, slot: usize) -> Option<NodeIndex> {
        self.nodes.get(slot).filter(|node| **node != NONE).map(|node| NodeIndex::new(*node as usize))
    }

    /// Who a node is.
    #[inline]
    #[must_use]
    pub fn person(&self, node: NodeIndex) -> Person {
        self.neighbourhood.traits[self.slot(node)].person
    }

    /// The tie between two nodes, seen from the first.
    #[must_use]
    pub fn tie(&self, one: NodeIndex, other: NodeIndex) -> Option<HalfTie> {
        let tie = self.neighbourhood.network.between(self.slot(one), self.slot(other) as u32)?;
        (tie.strength >= self.at_least).then_some(tie)
    }

    /// A graph of petgraph's own, with the same nodes in the same order. Each tie is seen from its lower slot.
    #[must_use]
    pub fn to_ungraph(&self) -> UnGraph<Person, HalfTie> {
        let mut graph = UnGraph::with_capacity(self.slots.len(), self.neighbourhood.network.ties());
        for (_, person) in self.node_references() {
            graph.add_node(*person);
        }
        for edge in self.edge_references() {
            graph.add_edge(edge.source(), edge.target(), *edge.weight());
        }
        graph
    }
}

/// The network that a graph of petgraph describes, for a neighbourhood in which the same people live.
///
/// Nodes that live elsewhere and their ties are left out. Of ties given more than once the strongest stays.
#[must_use]
pub fn network_of(graph: &UnGraph<Person, HalfTie>, neighbourhood: &Neighbourhood) -> Network {
    let slots: BTreeMap<Person, u32> =
        neighbourhood.everybody().map(|slot| (neighbourhood.traits[slot].person, slot as u32)).collect();
    let slot_of = |node: NodeIndex| slots.get(&graph[node]).copied();
    Network::from_ties(
        neighbourhood.slots(),
        graph.edge_references().filter_map(|edge| {
            let (owner, other) = (slot_of(edge.source())?, slot_of(edge.target())?);
            Some((owner, HalfTie { other, ..*edge.weight() }))
        }),
    )
}

/// A node of the two-mode graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Affiliate {
    /// Somebody.
    Resident(Person),
    /// A place, by its index.
    Place(usize),
    /// An initiative, by its index.
    Initiative(usize),
}

/// The two-mode graph: residents, all places and all initiatives, and between them who knows what, with the attachment.
#[must_use]
pub fn affiliation(neighbourhood: &Neighbourhood) -> UnGraph<Affiliate, f32> {
    let mut graph = UnGraph::default();
    let places: Vec<NodeIndex> =
        (0..neighbourhood.places.len()).map(|place| graph.add_node(Affiliate::Place(place))).collect();
    let initiatives: Vec<NodeIndex> =
        (0..neighbourhood.initiatives.len()).map(|number| graph.add_node(Affiliate::Initiative(number))).collect();
    for slot in neighbourhood.residents() {
        let resident = graph.add_node(Affiliate::Resident(neighbourhood.traits[slot].person));
        for habit in neighbourhood.state[slot].habits.iter().filter(|habit| habit.setting != Setting::NOWHERE) {
            let setting = match habit.setting.initiative() {
                Some(number) => initiatives.get(number),
                None => places.get(habit.setting.place_index()),
            };
            if let Some(setting) = setting {
                graph.add_edge(resident, *setting, habit.attached());
            }
        }
    }
    graph
}
