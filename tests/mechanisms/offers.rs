//! What kinds of place offer, and to whom: M3, M8, M9, M49.
