//! Forms: what the page holds, what it refuses to hold.
