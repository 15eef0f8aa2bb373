//! Mixed living, shocks, safety and pride: M45, M47, M48, M57.
