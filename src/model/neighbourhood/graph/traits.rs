//! Petgraph's traits for [`SocialGraph`].

use std::cmp::Ordering;

use petgraph::graph::NodeIndex;
use petgraph::visit::{
    Data, EdgeCount, EdgeIndexable, EdgeRef, GetAdjacencyMatrix, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges,
    IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, IntoNodeReferences, NodeCompactIndexable, NodeCount,
    NodeIndexable, VisitMap, Visitable,
};
use petgraph::{Direction, Undirected};

use super::SocialGraph;
use crate::model::neighbourhood::network::{HalfTie, Row};
use crate::model::quantities::Person;

/// An edge, by its two nodes, the lower first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TieId(pub NodeIndex, pub NodeIndex);

/// An edge, seen from one of its ends.
#[derive(Debug, Clone, Copy)]
pub struct TieRef {
    source: NodeIndex,
    target: NodeIndex,
    tie: HalfTie,
}

impl EdgeRef for TieRef {
    type NodeId = NodeIndex;
    type EdgeId = TieId;
    type Weight = HalfTie;

    fn source(&self) -> NodeIndex {
        self.source
    }

    fn target(&self) -> NodeIndex {
        self.target
    }

    fn weight(&self) -> &HalfTie {
        &self.tie
    }

    fn id(&self) -> TieId {
        TieId(self.source.min(self.target), self.source.max(self.target))
    }
}

/// Ties in order of strength, so that a spanning tree can prefer some; the other fields only decide between equals.
impl PartialOrd for HalfTie {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let rest = |tie: &Self| (tie.other, tie.since, tie.last_contact, tie.minutes, tie.origin, tie.flags);
        Some(self.strength.partial_cmp(&other.strength)?.then_with(|| rest(self).cmp(&rest(other))))
    }
}

impl SocialGraph<'_> {
    /// The ties of a node within the graph, seen from it, in order.
    fn ties(&self, node: NodeIndex) -> Ties<'_> {
        let row = self.neighbourhood.network.of(self.slot(node));
        Ties { graph: self, source: node, row, next: 0 }
    }
}

/// The edges of a node.
#[derive(Debug, Clone)]
pub struct Ties<'g> {
    graph: &'g SocialGraph<'g>,
    source: NodeIndex,
    row: Row<'g>,
    next: usize,
}

impl Iterator for Ties<'_> {
    type Item = TieRef;

    fn next(&mut self) -> Option<TieRef> {
        while self.next < self.row.len() {
            let tie = self.row.at(self.next);
            self.next += 1;
            if tie.strength >= self.graph.at_least
                && let Some(target) = self.graph.node(tie.other as usize)
            {
                return Some(TieRef { source: self.source, target, tie });
            }
        }
        None
    }
}

/// The neighbours of a node.
#[derive(Debug, Clone)]
pub struct Neighbours<'g>(Ties<'g>);

impl Iterator for Neighbours<'_> {
    type Item = NodeIndex;

    fn next(&mut self) -> Option<NodeIndex> {
        self.0.next().map(|edge| edge.target)
    }
}

/// The edges of a graph, each once and seen from the lower node, in order.
#[derive(Debug, Clone)]
pub struct AllTies<'g> {
    graph: &'g SocialGraph<'g>,
    next: usize,
    row: Option<Ties<'g>>,
}

impl Iterator for AllTies<'_> {
    type Item = TieRef;

    fn next(&mut self) -> Option<TieRef> {
        loop {
            if let Some(edge) = self.row.as_mut().and_then(|row| row.find(|edge| edge.source < edge.target)) {
                return Some(edge);
            }
            if self.next == self.graph.slots.len() {
                return None;
            }
            self.row = Some(self.graph.ties(NodeIndex::new(self.next)));
            self.next += 1;
        }
    }
}

/// The nodes, with who they are.
#[derive(Debug, Clone)]
pub struct Nodes<'g> {
    graph: &'g SocialGraph<'g>,
    indices: std::ops::Range<usize>,
}

impl<'g> Iterator for Nodes<'g> {
    type Item = (NodeIndex, &'g Person);

    fn next(&mut self) -> Option<Self::Item> {
        let node = NodeIndex::new(self.indices.next()?);
        Some((node, &self.graph.neighbourhood.traits[self.graph.slot(node)].person))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.indices.size_hint()
    }
}

impl GraphBase for SocialGraph<'_> {
    type EdgeId = TieId;
    type NodeId = NodeIndex;
}

impl GraphProp for SocialGraph<'_> {
    type EdgeType = Undirected;
}

impl Data for SocialGraph<'_> {
    type NodeWeight = Person;
    type EdgeWeight = HalfTie;
}

impl NodeCount for SocialGraph<'_> {
    fn node_count(&self) -> usize {
        self.slots.len()
    }
}

impl NodeIndexable for SocialGraph<'_> {
    fn node_bound(&self) -> usize {
        self.slots.len()
    }

    fn to_index(&self, node: NodeIndex) -> usize {
        node.index()
    }

    fn from_index(&self, index: usize) -> NodeIndex {
        NodeIndex::new(index)
    }
}

impl NodeCompactIndexable for SocialGraph<'_> {}

impl EdgeCount for SocialGraph<'_> {
    /// Counts them: the filter leaves some out.
    fn edge_count(&self) -> usize {
        self.edge_references().count()
    }
}

/// An edge's index is the place of its lower end among all half-ties.
impl EdgeIndexable for SocialGraph<'_> {
    fn edge_bound(&self) -> usize {
        self.neighbourhood.network.half_ties().len()
    }

    fn to_index(&self, TieId(low, high): TieId) -> usize {
        let (slot, other) = (self.slot(low), self.slot(high) as u32);
        let network = &self.neighbourhood.network;
        network.row(slot).start + network.of(slot).others().partition_point(|there| *there < other)
    }

    fn from_index(&self, index: usize) -> TieId {
        let network = &self.neighbourhood.network;
        let low = self.slots.partition_point(|slot| network.row(*slot as usize).end <= index);
        let high = self.nodes[network.half_ties().others()[index] as usize];
        TieId(NodeIndex::new(low), NodeIndex::new(high as usize))
    }
}

/// Which nodes a walk has seen.
#[derive(Debug, Clone, Default)]
pub struct Seen(Vec<bool>);

impl VisitMap<NodeIndex> for Seen {
    fn visit(&mut self, node: NodeIndex) -> bool {
        !std::mem::replace(&mut self.0[node.index()], true)
    }

    fn is_visited(&self, node: &NodeIndex) -> bool {
        self.0[node.index()]
    }

    fn unvisit(&mut self, node: NodeIndex) -> bool {
        std::mem::replace(&mut self.0[node.index()], false)
    }
}

impl Visitable for SocialGraph<'_> {
    type Map = Seen;

    fn visit_map(&self) -> Seen {
        Seen(vec![false; self.slots.len()])
    }

    fn reset_map(&self, map: &mut Seen) {
        map.0.clear();
        map.0.resize(self.slots.len(), false);
    }
}

/// The rows are ordered, so that no matrix is needed: a question costs one binary search.
impl GetAdjacencyMatrix for SocialGraph<'_> {
    type AdjMatrix = ();

    fn adjacency_matrix(&self) {}

    fn is_adjacent(&self, (): &(), a: NodeIndex, b: NodeIndex) -> bool {
        self.tie(a, b).is_some()
    }
}

impl IntoNodeIdentifiers for &SocialGraph<'_> {
    type NodeIdentifiers = std::iter::Map<std::ops::Range<usize>, fn(usize) -> NodeIndex>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        (0..self.slots.len()).map(NodeIndex::new)
    }
}

impl<'g> IntoNodeReferences for &'g SocialGraph<'_> {
    type NodeRef = (NodeIndex, &'g Person);
    type NodeReferences = Nodes<'g>;

    fn node_references(self) -> Nodes<'g> {
        Nodes { graph: self, indices: 0..self.slots.len() }
    }
}

impl<'g> IntoNeighbors for &'g SocialGraph<'_> {
    type Neighbors = Neighbours<'g>;

    fn neighbors(self, node: NodeIndex) -> Neighbours<'g> {
        Neighbours(self.ties(node))
    }
}

/// A tie has no direction: both ask for the same.
impl<'g> IntoNeighborsDirected for &'g SocialGraph<'_> {
    type NeighborsDirected = Neighbours<'g>;

    fn neighbors_directed(self, node: NodeIndex, _: Direction) -> Neighbours<'g> {
        Neighbours(self.ties(node))
    }
}

impl<'g> IntoEdgeReferences for &'g SocialGraph<'_> {
    type EdgeRef = TieRef;
    type EdgeReferences = AllTies<'g>;

    fn edge_references(self) -> AllTies<'g> {
        AllTies { graph: self, next: 0, row: None }
    }
}

impl<'g> IntoEdges for &'g SocialGraph<'_> {
    type Edges = Ties<'g>;

    fn edges(self, node: NodeIndex) -> Ties<'g> {
        self.ties(node)
    }
}
