//! The network as petgraph sees it.
//!
//! [`SocialGraph`] is a view of a neighbourhood that implements petgraph's traits over the rows of ties as they stand:
//! nothing is copied but a number for each resident, and every algorithm of petgraph that asks for those traits works.
//! [`SocialGraph::to_ungraph`] and [`network_of`] convert to and from petgraph's own undirected graph, [`affiliation`]
//! gives the two-mode graph of residents and the settings they know.
//!
//! A node is a resident. Nodes are numbered from 0 without gaps, in order of slot: algorithms such as page rank ask for
//! that, and empty slots are left out. Edges are ties, each once, with one name whatever end they are seen from.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::visit::{
    Data, EdgeCount, EdgeIndexable, EdgeRef, GetAdjacencyMatrix, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges,
    IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, IntoNodeReferences,
    NodeCompactIndexable, NodeCount, NodeIndexable, VisitMap, Visitable,
};
use petgraph::{Direction, Undirected};

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

/// An edge, by its two nodes, the lower first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TieId(pub NodeIndex, pub NodeIndex);

/// An edge, seen from one of its ends.
#[derive(Debug, Clone, Copy)]
pub struct TieRef<'a> {
    source: NodeIndex,
    target: NodeIndex,
    tie: &'a HalfTie,
}

impl EdgeRef for TieRef<'_> {
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
        self.tie
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
        for slot in neighbourhood.residents() {
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
    pub fn tie(&self, one: NodeIndex, other: NodeIndex) -> Option<&'a HalfTie> {
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
            graph.add_edge(edge.source, edge.target, *edge.tie);
        }
        graph
    }

    /// The ties of a node within the graph, seen from it, in order.
    fn ties(&self, node: NodeIndex) -> Ties<'_> {
        Ties { graph: self, source: node, row: self.neighbourhood.network.of(self.slot(node)).iter() }
    }
}

/// The network that a graph of petgraph describes, for a neighbourhood in which the same people live.
///
/// Nodes that live elsewhere and their ties are left out. Of ties given more than once the strongest stays.
#[must_use]
pub fn network_of(graph: &UnGraph<Person, HalfTie>, neighbourhood: &Neighbourhood) -> Network {
    let slots: BTreeMap<Person, u32> =
        neighbourhood.residents().map(|slot| (neighbourhood.traits[slot].person, slot as u32)).collect();
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

/// The edges of a node.
#[derive(Debug, Clone)]
pub struct Ties<'g> {
    graph: &'g SocialGraph<'g>,
    source: NodeIndex,
    row: std::slice::Iter<'g, HalfTie>,
}

impl<'g> Iterator for Ties<'g> {
    type Item = TieRef<'g>;

    fn next(&mut self) -> Option<TieRef<'g>> {
        loop {
            let tie = self.row.next()?;
            if tie.strength >= self.graph.at_least
                && let Some(target) = self.graph.node(tie.other as usize)
            {
                return Some(TieRef { source: self.source, target, tie });
            }
        }
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

impl<'g> Iterator for AllTies<'g> {
    type Item = TieRef<'g>;

    fn next(&mut self) -> Option<TieRef<'g>> {
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
        network.row(slot).start + network.of(slot).partition_point(|tie| tie.other < other)
    }

    fn from_index(&self, index: usize) -> TieId {
        let network = &self.neighbourhood.network;
        let low = self.slots.partition_point(|slot| network.row(*slot as usize).end <= index);
        let high = self.nodes[network.half_ties()[index].other as usize];
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

impl<'g> IntoNodeIdentifiers for &'g SocialGraph<'_> {
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
    type EdgeRef = TieRef<'g>;
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

impl petgraph::data::DataMap for SocialGraph<'_> {
    fn node_weight(&self, node: NodeIndex) -> Option<&Person> {
        let slot = *self.slots.get(node.index())?;
        Some(&self.neighbourhood.traits[slot as usize].person)
    }

    fn edge_weight(&self, TieId(low, high): TieId) -> Option<&HalfTie> {
        self.tie(low, high)
    }
}

#[cfg(test)]
pub(crate) mod fixture;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use petgraph::algo::{
        astar, connected_components, dijkstra, is_bipartite_undirected, kosaraju_scc, min_spanning_tree, page_rank,
        tarjan_scc,
    };
    use petgraph::data::{Element, FromElements};
    use petgraph::visit::{Bfs, Dfs};

    use super::*;
    use crate::model::neighbourhood::place::Place;

    fn node(index: usize) -> NodeIndex {
        NodeIndex::new(index)
    }

    /// Slots 0, 1, 2 know each other; 3 hangs on 2 by a face; 4 is empty; 5 and 6 are a pair; 7 is alone.
    fn hamlet() -> Neighbourhood {
        let ties = [(0, 1, 0.5), (1, 2, 0.25), (0, 2, 0.9), (2, 3, 0.02), (5, 6, 0.4)];
        let mut hamlet = fixture::hamlet(8, &ties);
        fixture::empty_slot(&mut hamlet, 4);
        hamlet
    }

    #[test]
    fn nodes_are_residents_and_edges_are_ties_each_once() {
        let hamlet = hamlet();
        let graph = SocialGraph::new(&hamlet);
        assert_eq!((graph.node_count(), graph.edge_count()), (7, 5));
        let pairs: Vec<(usize, usize)> =
            graph.edge_references().map(|edge| (edge.source().index(), edge.target().index())).collect();
        assert_eq!(pairs, [(0, 1), (0, 2), (1, 2), (2, 3), (4, 5)]);
        assert_eq!(graph.slot(node(4)), 5);
        assert_eq!(graph.node(4), None);
        assert_eq!(graph.person(node(6)), hamlet.traits[7].person);
    }

    #[test]
    fn an_edge_has_one_name_from_both_ends_and_an_index_that_leads_back() {
        let hamlet = hamlet();
        let graph = SocialGraph::new(&hamlet);
        let mut indices = BTreeSet::new();
        for edge in graph.edge_references() {
            let back = graph.edges(edge.target()).find(|other| other.target() == edge.source()).expect("seen from both");
            assert_eq!(edge.id(), back.id());
            assert_eq!(edge.weight().strength, back.weight().strength);
            let index = EdgeIndexable::to_index(&graph, edge.id());
            assert!(index < graph.edge_bound() && indices.insert(index));
            assert_eq!(EdgeIndexable::from_index(&graph, index), edge.id());
        }
        assert!(graph.is_adjacent(&(), node(4), node(5)) && !graph.is_adjacent(&(), node(3), node(4)));
    }

    #[test]
    fn weak_ties_can_be_left_out() {
        let hamlet = hamlet();
        let strong = SocialGraph::at_least(&hamlet, 0.4);
        assert_eq!((strong.node_count(), strong.edge_count()), (7, 3));
        assert_eq!(connected_components(&strong), 4);
        assert!(strong.tie(node(2), node(3)).is_none());
    }

    #[test]
    fn algorithms_find_the_same_as_on_a_graph_of_petgraphs_own() {
        let village = fixture::village(3, 0, 120);
        let ours = SocialGraph::at_least(&village, 0.3);
        let theirs = ours.to_ungraph();
        assert_eq!(connected_components(&ours), connected_components(&theirs));
        assert_eq!(is_bipartite_undirected(&ours, node(0)), is_bipartite_undirected(&theirs, node(0)));

        let far = |strength: f32| 1.0 / strength;
        let our_distances = dijkstra(&ours, node(0), None, |edge| far(edge.weight().strength));
        let their_distances = dijkstra(&theirs, node(0), None, |edge| far(edge.weight().strength));
        assert_eq!(our_distances, their_distances);
        let goal = node(7);
        let our_path = astar(&ours, node(0), |at| at == goal, |edge| far(edge.weight().strength), |_| 0.0);
        let their_path = astar(&theirs, node(0), |at| at == goal, |edge| far(edge.weight().strength), |_| 0.0);
        assert_eq!(our_path, their_path);

        for (our_rank, their_rank) in page_rank(&ours, 0.85_f64, 20).iter().zip(page_rank(&theirs, 0.85_f64, 20)) {
            assert!((our_rank - their_rank).abs() < 1e-12, "{our_rank} {their_rank}");
        }

        let sets = |components: Vec<Vec<NodeIndex>>| -> BTreeSet<BTreeSet<NodeIndex>> {
            components.into_iter().map(|component| component.into_iter().collect()).collect()
        };
        assert_eq!(sets(tarjan_scc(&ours)), sets(tarjan_scc(&theirs)));
        assert_eq!(sets(kosaraju_scc(&ours)), sets(kosaraju_scc(&theirs)));

        let total = |tree: UnGraph<Person, HalfTie>| {
            let mut strengths: Vec<f32> = tree.edge_weights().map(|tie| tie.strength).collect();
            strengths.sort_by(f32::total_cmp);
            strengths
        };
        let our_tree = total(UnGraph::from_elements(min_spanning_tree(&ours)));
        assert_eq!(our_tree, total(UnGraph::from_elements(min_spanning_tree(&theirs))));
        let edges = min_spanning_tree(&ours).filter(|element| matches!(element, Element::Edge { .. })).count();
        assert_eq!(edges, ours.node_count() - connected_components(&ours));
    }

    #[test]
    fn walks_reach_a_component_and_no_more() {
        let hamlet = hamlet();
        let graph = SocialGraph::new(&hamlet);
        let mut reached = BTreeSet::new();
        let mut deep = Dfs::new(&graph, node(0));
        while let Some(next) = deep.next(&graph) {
            reached.insert(next.index());
        }
        assert_eq!(reached, BTreeSet::from([0, 1, 2, 3]));
        let mut broad = Bfs::new(&graph, node(4));
        let order: Vec<NodeIndex> = std::iter::from_fn(|| broad.next(&graph)).collect();
        assert_eq!(order, [node(4), node(5)]);
        assert_eq!(connected_components(&graph), 3);
    }

    #[test]
    fn a_network_is_the_same_after_a_journey_through_petgraph() {
        for neighbourhood in [hamlet(), fixture::village(9, 0, 200)] {
            let graph = SocialGraph::new(&neighbourhood).to_ungraph();
            assert_eq!(network_of(&graph, &neighbourhood), neighbourhood.network);
        }
    }

    #[test]
    fn strangers_to_a_neighbourhood_bring_no_ties() {
        let hamlet = hamlet();
        let mut graph = SocialGraph::new(&hamlet).to_ungraph();
        let stranger = graph.add_node(Person::new(1000, 0, false, 0));
        graph.add_edge(node(0), stranger, *hamlet.network.between(0, 1).expect("a tie"));
        assert_eq!(network_of(&graph, &hamlet), hamlet.network);
    }

    #[test]
    fn the_two_mode_graph_ties_residents_to_settings_they_know() {
        use crate::model::blueprint::{Period, PlacePlan};
        use crate::model::quantities::{PlaceKind, Share};
        let mut hamlet = hamlet();
        hamlet.places.push(Place::new(PlacePlan {
            key: "park".to_owned(),
            kind: PlaceKind::Park,
            x: 0.0,
            y: 0.0,
            capacity: 50.0,
            hours: 80.0,
            cost: 0.0,
            rooms: 1,
            formality: Share::NONE,
            intensity: 1.0,
            threshold: Share::NONE,
            indoor: false,
            commercial: false,
            welcome: [1.0; 3],
            ages: [1.0; 5],
            period: Period::default(),
        }));
        hamlet.state[0].learn(Setting::place(0), 0.5);
        hamlet.state[7].learn(Setting::place(0), 1.0);
        let graph = affiliation(&hamlet);
        assert_eq!((graph.node_count(), graph.edge_count()), (8, 2));
        assert!(is_bipartite_undirected(&graph, node(0)));
        let mut attachments: Vec<f32> = graph.edge_weights().copied().collect();
        attachments.sort_by(f32::total_cmp);
        assert!((attachments[0] - 0.5).abs() < 1e-4 && attachments[1] == 1.0);
        assert_eq!(graph[node(0)], Affiliate::Place(0));
    }
}
