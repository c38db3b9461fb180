//! rankpress: the press for ranking reports.
pub mod config;
pub mod diag;
pub mod lang;
pub mod num;
pub mod source;
