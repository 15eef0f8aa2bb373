//! Money, its rules, and paid care: M26, M31, M50, M52.
