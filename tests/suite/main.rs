//! The one integration binary: the program and the library, end to end.
//!
//! Every test works on a [`project::Project`], a folder of its own with a copy of a fixture. The
//! smallest whole report is `tests/fixtures/tiny`, whose README works every score by hand.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests may panic, and stand outside the door to the disk"
)]

mod architecture;
mod boundaries;
mod build;
mod clusters;
mod compare;
mod correction;
mod degenerate;
mod determinism;
mod diagnostics;
mod golden;
mod guide;
mod laws;
mod method;
mod networks;
mod over_time;
mod project;
mod quality;
mod rank;
mod reading;
mod reference;
mod translation;
mod worked;
