//! Petgraph's algorithms on our network, against the same on petgraph's own graph and on networks known by hand.

use std::collections::BTreeSet;

use petgraph::algo::{
    astar, connected_components, dijkstra, is_bipartite_undirected, kosaraju_scc, min_spanning_tree, page_rank,
    tarjan_scc,
};
use petgraph::data::{Element, FromElements};
use petgraph::visit::{Bfs, Dfs, EdgeCount, EdgeIndexable, GetAdjacencyMatrix, IntoEdges, NodeCount};

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
    graph.add_edge(node(0), stranger, hamlet.network.between(0, 1).expect("a tie"));
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
        offers: crate::model::quantities::Offers::NOTHING,
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
