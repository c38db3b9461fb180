//! Networks and cascades as JSON: full precision, nodes by id, places by code or name.

use serde_json::{Value, json};

use crate::config::NetworkPlan;
use crate::data::{Gazetteer, NetworkData, NetworkTables, PublishedRows, PublishedYear, Unit};
use crate::export::ranking::to_json;
use crate::network::{
    Cascade, CascadeLevel, Change, Concentration, FlowChanges, FlowKind, FlowYear, Flows, Hub,
    HubOrder, NetworkResult, Networks, Place, PowerLaw, Snapshot, standing,
};

/// Version of the form.
const SCHEMA: u32 = 1;

/// What there is to tell about networks: what was asked for, read and computed.
#[derive(Debug, Clone, Copy)]
pub struct NetworkView<'a> {
    /// What was asked for.
    pub plan: &'a NetworkPlan,
    /// What was read.
    pub tables: &'a NetworkTables,
    /// The gazetteer; empty if there is none.
    pub gazetteer: &'a Gazetteer,
    /// What was computed.
    pub results: &'a Networks,
}

/// `{"schema":1,"snapshots":…,"network":…,"subnetworks":…,"degrees":…,"communities":…,"flows":…,"published":…,
/// "cascades":…}` for one network; for more or none of them, `{"schema":1,"networks":[…],
/// "cascades":…}`.
#[must_use]
pub fn network_json(view: NetworkView<'_>) -> String {
    let mut networks = networks(view);
    let mut whole = json!({ "schema": SCHEMA });
    if let [one] = &mut networks[..] {
        merge(&mut whole, one.take());
    } else {
        whole["networks"] = networks.into();
    }
    whole["cascades"] = view.results.cascades.iter().map(cascade).collect();
    to_json(&whole)
}

/// Every network, for `results.json`.
pub(super) fn networks(view: NetworkView<'_>) -> Vec<Value> {
    let read = view.plan.networks.iter().zip(&view.tables.networks);
    let all = view.results.networks.iter().zip(read);
    all.map(|(result, (spec, data))| {
        let units = view.gazetteer.units();
        let (top, pole_share) = (spec.top, spec.pole_share);
        Told { result, data, units, top, pole_share }.network(
            spec.published.iter().zip(&data.published).map(
                |(own, rows)| json!({ "id": own.id, "title": own.title, "rows": published(rows) }),
            ),
        )
    })
    .collect()
}

/// Every cascade, for `results.json`.
pub(super) fn cascades(results: &Networks) -> Value {
    results.cascades.iter().map(cascade).collect()
}

fn merge(whole: &mut Value, part: Value) {
    if let (Some(whole), Value::Object(part)) = (whole.as_object_mut(), part) {
        whole.extend(part);
    }
}

struct Told<'a> {
    result: &'a NetworkResult,
    data: &'a NetworkData,
    units: &'a [Unit],
    top: usize,
    pole_share: f64,
}

impl Told<'_> {
    fn network(&self, published: impl Iterator<Item = Value>) -> Value {
        let snapshots = |all: &[Snapshot]| all.iter().map(|s| self.snapshot(s)).collect::<Value>();
        let subnetworks: Value = self
            .result
            .subnetworks
            .iter()
            .map(|own| {
                json!({
                    "id": own.id,
                    "title": own.title,
                    "snapshots": snapshots(&own.snapshots),
                    "degrees": own.snapshots.last().map(|last| self.degrees(last)),
                    "communities": own.snapshots.last().map(|last| self.communities(last)),
                })
            })
            .collect();
        json!({
            "snapshots": snapshots(&self.result.snapshots),
            "network": self.result.id,
            "title": self.result.title,
            "directed": self.result.directed,
            "subnetworks": subnetworks,
            "degrees": self.result.snapshots.last().map(|last| self.degrees(last)),
            "communities": self.result.snapshots.last().map(|last| self.communities(last)),
            "flows": self.result.flows.iter().map(|f| self.flows(f)).collect::<Value>(),
            "published": published.collect::<Value>(),
        })
    }

    fn snapshot(&self, own: &Snapshot) -> Value {
        let s = &own.statistics;
        // Without direction every edge makes a row each way.
        let ways = if self.result.directed { 1 } else { 2 };
        let mut value = json!({
            "year": own.year,
            "nodes": s.nodes,
            "edges": own.edges,
            "pairs": s.pairs / ways,
            "average_degree": s.average_degree,
            "density": s.density,
            "diameter": s.diameter,
            "average_path_length": s.average_path_length,
            "clustering_directed": s.clustering_directed,
            "clustering_mean": s.clustering_mean,
            "clustering_k2": s.clustering_k2,
            "transitivity": s.transitivity,
            "modularity": s.modularity,
            "communities": s.communities,
            "reachable_pairs": s.reachable_pairs,
            "radius": s.radius,
            "distances": s.distances,
            "sample_nodes": own.sample.map(|(sample, _)| sample),
            "relation_nodes": own.sample.map(|(_, relation)| relation),
            "node_types": counts(&own.types),
            "edge_types": counts(&own.edge_types),
            "weight": own.weight,
            "mutual_pairs": s.mutual_pairs,
            "loops": s.loops,
            "triangles": s.triangles,
        });
        let more = json!({
            "weak_components": { "count": s.weak_components.count, "largest": s.weak_components.largest },
            "strong_components": {
                "count": s.strong_components.count, "largest": s.strong_components.largest,
            },
            "reciprocity": s.reciprocity,
            "assortativity": {
                "undirected": s.assortativity.undirected,
                "out_out": s.assortativity.out_out,
                "out_in": s.assortativity.out_in,
                "in_out": s.assortativity.in_out,
                "in_in": s.assortativity.in_in,
            },
            "max_core": s.max_core,
            "out_concentration": s.out_concentration.as_ref().map(concentration),
            "in_concentration": s.in_concentration.as_ref().map(concentration),
            "modularity_louvain": s.modularity_louvain,
            "communities_louvain": s.communities_louvain,
            "power_law_out": s.power_law_out.as_ref().map(power_law),
            "power_law_in": s.power_law_in.as_ref().map(power_law),
            // Without direction both rows of an edge count at each end: `out` is the degree.
            "power_law_total": s.power_law_total.as_ref().filter(|_| self.result.directed).map(power_law),
        });
        merge(&mut value, more);
        value
    }

    fn communities(&self, last: &Snapshot) -> Value {
        let profiles = last.depth.iter().flat_map(|depth| &depth.profiles);
        profiles
            .map(|own| {
                let categories: Value = own
                    .categories
                    .iter()
                    .map(|c| {
                        json!({
                            "category": c.category, "count": c.count, "share": c.share,
                            "lift": c.lift,
                        })
                    })
                    .collect();
                json!({
                    "community": own.label,
                    "nodes": own.size,
                    "share": own.share,
                    "members": own.members.iter().map(|hub| self.hub(hub)).collect::<Value>(),
                    "main_unit": own.main_unit.map(|main| json!({
                        "unit": self.units.get(main.unit).map(|unit| &unit.code),
                        "name": self.units.get(main.unit).map(|unit| &unit.name),
                        "count": main.count, "share": main.share,
                    })),
                    "categories": categories,
                })
            })
            .collect()
    }

    fn degrees(&self, last: &Snapshot) -> Value {
        let orders = [
            ("total", HubOrder::Total),
            ("in", HubOrder::In),
            ("out", HubOrder::Out),
            ("weight", HubOrder::Weight),
            ("page_rank", HubOrder::PageRank),
        ];
        let mut value = json!({ "year": last.year });
        let asked = last.depth.as_ref().is_some_and(|depth| depth.betweenness.is_some());
        let more = asked.then_some(("betweenness", HubOrder::Betweenness));
        for (name, order) in orders.into_iter().chain(more) {
            let hubs = last.hubs(order, self.top, |_| true);
            value[name] = hubs.iter().map(|hub| self.hub(hub)).collect();
        }
        value
    }

    fn hub(&self, hub: &Hub) -> Value {
        let node = &self.data.nodes[hub.node];
        json!({
            "rank": hub.rank,
            "node": node.id,
            "name": node.name,
            "type": node.kind,
            "category": node.category,
            "in": hub.degree.into,
            "out": hub.degree.out,
            "total": hub.degree.total,
            "weight_in": hub.degree.weight_in,
            "weight_out": hub.degree.weight_out,
            "weight": hub.degree.weight,
            "page_rank": hub.page_rank,
            "betweenness": hub.betweenness,
            "community": hub.community,
        })
    }

    fn flows(&self, flows: &Flows) -> Value {
        let years: Value = flows.years.iter().map(|year| self.flow_year(flows, year)).collect();
        json!({
            "level": flows.level.word(),
            "places": flows.places.iter().map(place).collect::<Value>(),
            "years": years,
            "change": flows.changes().map(|changes| self.flow_changes(flows, &changes)),
        })
    }

    fn flow_changes(&self, flows: &Flows, changes: &FlowChanges) -> Value {
        let key = |at: usize| key(&flows.places[at]);
        let pairs = changes.flows.iter().take(self.top.max(1)).map(|own| {
            let mut value = json!({ "from": key(own.from), "to": key(own.to) });
            merge(&mut value, change(&own.change));
            value
        });
        let places = changes.places.iter().map(|own| {
            json!({ "place": key(own.place), "out": change(&own.out), "in": change(&own.into) })
        });
        json!({
            "first": changes.first, "last": changes.last,
            "pairs": pairs.collect::<Value>(), "places": places.collect::<Value>(),
        })
    }

    fn flow_year(&self, flows: &Flows, year: &FlowYear) -> Value {
        let key = |at: usize| key(&flows.places[at]);
        let pairs: Value = flows
            .ranked(year)
            .iter()
            .take(self.top.max(1))
            .map(|flow| {
                json!({
                    "rank": flow.rank, "from": key(flow.from), "to": key(flow.to),
                    "count": flow.count, "share": flow.share,
                    "expected": flow.expected, "lift": flow.lift,
                    "kind": match flow.kind {
                        FlowKind::Within => "within",
                        FlowKind::Across => "across",
                    },
                    "same_province": flow.same_province,
                })
            })
            .collect();
        let balances: Value = year
            .balances()
            .iter()
            .map(|own| {
                json!({
                    "place": key(own.place), "out": own.out, "in": own.into,
                    "out_share": own.out_share, "in_share": own.in_share, "net": own.net,
                })
            })
            .collect();
        let matrix: Vec<&[u64]> = year.counts.chunks(flows.places.len().max(1)).collect();
        let poles = flows.poles(year, self.pole_share);
        let (out, into, all) = year.hhi();
        json!({
            "year": year.year,
            "edges": year.edges,
            "located": year.located,
            "coverage": year.coverage(),
            "total": year.total,
            "intra": year.intra,
            "intra_share": year.intra_share(),
            "hhi": { "out": out, "in": into, "flows": all },
            "poles": {
                "places": poles.places.iter().map(|(at, share)| json!({ "place": key(*at), "share": share }))
                    .collect::<Value>(),
                "among": poles.among,
                "touching": poles.touching,
            },
            "pairs": pairs,
            "balances": balances,
            "matrix": matrix,
        })
    }
}

fn change(own: &Change) -> Value {
    json!({
        "first_share": own.first_share, "last_share": own.last_share,
        "difference": own.difference(),
        "first_rank": own.first_rank, "last_rank": own.last_rank, "climbed": own.climbed(),
    })
}

fn power_law(own: &PowerLaw) -> Value {
    let other = own.log_normal.as_ref().map(|other| {
        json!({
            "mu": other.mu,
            "sigma": other.sigma,
            "log_likelihood_ratio": other.log_likelihood_ratio,
            "p_value": other.p_value,
        })
    });
    json!({
        "alpha": own.alpha,
        "alpha_error": own.alpha_error,
        "x_min": own.x_min,
        "tail": own.tail,
        "distance": own.distance,
        "log_normal": other,
    })
}

fn concentration(own: &Concentration) -> Value {
    json!({
        "top_10_percent": own.top_10_percent,
        "top_1_percent": own.top_1_percent,
        "top_0_1_percent": own.top_0_1_percent,
        "largest_ten": own.largest_ten,
        "gini": own.gini,
        "hhi": own.hhi,
    })
}

fn counts(own: &[(String, usize)]) -> Value {
    let entries = own.iter().map(|(name, count)| (name.clone(), json!(count)));
    Value::Object(entries.collect())
}

/// A place; nothing for what lies in no place of the level.
fn key(place: &Place) -> Option<&str> {
    (!place.is_rest()).then_some(place.key.as_str())
}

fn place(own: &Place) -> Value {
    json!({ "key": key(own), "name": own.name })
}

fn published(rows: &PublishedRows) -> Value {
    match rows {
        PublishedRows::Statistics(years) => years.iter().map(published_year).collect(),
        PublishedRows::Degrees(nodes) => nodes
            .iter()
            .map(|own| {
                json!({
                    "name": own.name, "in": own.into.value, "out": own.out.value,
                    "total": own.total.value,
                })
            })
            .collect(),
        PublishedRows::Shares(shares) => shares
            .iter()
            .map(|own| json!({ "side": own.side, "place": own.place, "share": own.share.value }))
            .collect(),
        PublishedRows::Flows(flows) => flows
            .iter()
            .map(|own| json!({ "from": own.from, "to": own.to, "share": own.share.value }))
            .collect(),
    }
}

fn published_year(own: &PublishedYear) -> Value {
    let mut value = json!({ "year": own.year });
    for (measure, figure) in &own.figures {
        value[measure.word()] = json!(figure.value);
    }
    value
}

fn cascade(own: &Cascade) -> Value {
    let mut whole = json!({
        "id": own.id,
        "title": own.title,
        "measure": own.measure,
        "years": own.years,
        "totals": own.totals,
        "located": own.located,
        "categorised": own.categorised,
        "levels": own.levels.iter().map(|level| cascade_level(own, level)).collect::<Value>(),
    });
    if !own.categories.is_empty() {
        whole["categories"] = categories(own);
    }
    whole
}

fn categories(own: &Cascade) -> Value {
    let name = |at: usize| own.categories[at].as_str();
    let years: Value = own
        .by_category
        .iter()
        .map(|counts| {
            let ranked: Value = standing::ranked(counts)
                .iter()
                .map(|s| json!({ "category": name(s.at), "count": s.count, "share": s.share, "rank": s.rank }))
                .collect();
            json!({
                "ranked": ranked,
                "top_share": standing::top_share(counts, own.top),
                "hhi": standing::hhi(counts),
            })
        })
        .collect();
    let growth: Value = own
        .growths
        .ranked
        .iter()
        .map(|g| {
            json!({
                "category": name(g.at), "first": g.first, "last": g.last,
                "ratio": g.ratio, "yearly": g.yearly,
            })
        })
        .collect();
    let below: Vec<&str> = own.growths.below_base.iter().map(|&at| name(at)).collect();
    json!({
        "top": own.top,
        "years": years,
        "always_leading": own.always_leading.map(name),
        "growth": { "small_base": own.small_base, "ranked": growth, "below_base": below },
    })
}

fn cascade_level(own: &Cascade, level: &CascadeLevel) -> Value {
    let years: Value = (0..own.years.len())
        .map(|at| {
            let ranked: Value = level
                .ranked(at)
                .iter()
                .map(|s| {
                    json!({
                        "place": key(&level.places[s.at]), "count": s.count, "share": s.share,
                        "rank": s.rank,
                    })
                })
                .collect();
            json!({
                "ranked": ranked,
                "top_share": level.top_share(at, own.top),
                "hhi": standing::hhi(&level.counts[at]),
            })
        })
        .collect();
    let mix: Vec<&[u64]> = level.mix.chunks(own.categories.len().max(1)).collect();
    json!({
        "level": level.level.word(),
        "places": level.places.iter().map(place).collect::<Value>(),
        "top": own.top,
        "years": years,
        "always_leading": level.always_leading.map(|at| key(&level.places[at])),
        "mix": mix,
    })
}
