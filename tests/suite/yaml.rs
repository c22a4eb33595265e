//! Text to structs.
