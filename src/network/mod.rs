//! Networks: graphs of relations between nodes, and what is measured on them.
//!
//! In: the tables of networks and the gazetteer. Out: [`Networks`], which names nodes, units and
//! places by position. Below that: a number of nodes and rows of relations, of which [`Graph`] and
//! [`Statistics`] are made.
//! Invariants: results do not depend on the order of rows or on the number of threads; what is
//! undefined is `None`, never NaN.
//! Not here: printing, drawing.

pub mod community;
pub mod concentration;
#[cfg(test)]
mod conformance;
pub mod graph;
pub mod layout;
pub mod measure;
pub mod model;
pub mod power_law;
pub mod statistics;

mod cascade;
mod change;
mod flows;
mod hubs;
mod places;
mod portrait;
mod profile;
mod published;
mod results;
mod small_world;
mod snapshot;
mod spread;
pub mod standing;
#[cfg(test)]
mod testing;

pub use cascade::{Cascade, CascadeLevel};
pub use change::{Change, FlowChange, FlowChanges, PlaceChange};
pub use flows::{Balance, Flow, FlowKind, FlowYear, Flows, Poles};
pub use hubs::{Hub, HubOrder};
pub use places::Place;
pub use portrait::{Portrait, PortraitNode};
pub use profile::{CategoryLift, CommunityProfile, MainUnit};
pub use published::doubtful;
pub use results::{NetworkResult, Networks, Subnetwork, analyse};
pub use small_world::SmallWorld;
pub use snapshot::{Degree, Depth, Snapshot};

pub use concentration::Concentration;
pub use graph::{Adjacency, Graph};
pub use power_law::{LogNormalComparison, PowerLaw};
pub use statistics::{Statistics, statistics};
