//! The network as petgraph sees it.
