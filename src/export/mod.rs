//! Export: results as data for other programs.
//!
//! In: [`Results`](crate::content::Results). Out: JSON and CSV text whose forms stay stable; `schema` counts versions.
//! Not here: writing files (`pipeline`), printing (`cli`).

mod contrast;
mod data_step;
mod manifest;
mod network;
mod over_time;
mod ranking;
mod reading;
mod results;
mod sample_network;
mod sensitivity;

pub use contrast::contrast_json;
pub use manifest::{OutputFile, manifest};
pub use network::{NetworkView, network_json};
pub use ranking::{Telling, rankings_csv, rankings_json};
pub use results::results_json;
pub use sample_network::sample_network;
pub use sensitivity::sensitivity_json;
