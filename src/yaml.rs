//! Text to located trees to plain structs.
