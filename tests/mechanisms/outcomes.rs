//! What policy makers expect: M4, M5, M51, M55, M56.
