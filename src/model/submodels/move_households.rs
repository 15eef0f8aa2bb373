//! 3. Moving.
