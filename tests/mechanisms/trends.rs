//! What changes by itself: M6.
