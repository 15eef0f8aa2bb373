//! Keeping and asking volunteers: M13, M36, M38, M40, M41, M42.
