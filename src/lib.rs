//! rankpress: the press for ranking reports.
//!
//! ```text
//! report.yaml ─ config ─ data (+ corrections) ─ index ─ charts ─ content (zh, en) ─ typeset ─ PDF
//!                                                 └─ export, explain
//! ```
//!
//! [`pipeline`] knows the whole order; every other module knows what stands before it and nothing
//! of what comes after. [`cli`] talks; the library works and returns findings as data.

pub mod charts;
pub mod cli;
pub mod config;
pub mod content;
pub mod data;
pub mod diag;
pub mod explain;
pub mod export;
pub mod index;
pub mod lang;
pub mod network;
pub mod num;
pub mod pipeline;
pub mod random;
pub mod source;
pub mod typeset;
