//! Policies that act on what is seen: M54.
