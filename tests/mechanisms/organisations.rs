//! Organisations and how they work together: M23, M24, M30, M32, M53.
