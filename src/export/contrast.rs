//! Results made in several ways side by side, as JSON: full precision, units in the order of the
//! first.

use serde_json::{Value, json};

use crate::content::Results;
use crate::export::ranking::to_json;
use crate::index::{Contrast, IndexResult, RankShift, TopAgreement};

/// Version of the form.
const SCHEMA: u32 = 1;

/// Movers that are told of each comparison.
const MOVERS: usize = 10;

/// `{"schema":1,"edition":…,"node":…,"base":…,"columns":[…],"units":[…],"comparisons":[…]}`.
///
/// `columns` are names of ways to make the index, [`MAIN`](crate::config::MAIN) or variants; the
/// first is the base. Names there are not are left out.
#[must_use]
pub fn contrast_json(results: &Results, columns: &[&str], node: usize) -> String {
    let ways: Vec<(&str, &IndexResult)> =
        columns.iter().filter_map(|&id| Some((id, results.index.way(id)?))).collect();
    let contrasts: Vec<Contrast> =
        ways.iter().skip(1).map(|(_, way)| Contrast::of(ways[0].1, way, node)).collect();
    let described = ways.iter().map(|(id, way)| {
        json!({ "id": id, "name": results.way_name(id), "ranked": way.nodes[node].order.len() })
    });
    let compared = ways.iter().skip(1).zip(&contrasts);
    to_json(&json!({
        "schema": SCHEMA,
        "edition": results.config.report.edition,
        "node": results.node(node).code,
        "base": ways.first().map(|(id, _)| *id),
        "columns": described.collect::<Value>(),
        "units": units(results, &ways, &contrasts, node),
        "comparisons": compared.map(|((id, _), own)| comparison(results, id, own)).collect::<Value>(),
    }))
}

/// Every unit with its score, rank, tier and shift in each column; those that the base does not
/// rank stand last, by code.
fn units(
    results: &Results,
    ways: &[(&str, &IndexResult)],
    contrasts: &[Contrast],
    node: usize,
) -> Value {
    let Some((_, base)) = ways.first() else { return json!([]) };
    let ranked = base.nodes[node].order.iter().copied();
    let others = (0..results.count()).filter(|&u| base.nodes[node].ranks[u].is_none());
    let one = |unit: usize| {
        let columns = ways.iter().enumerate().map(|(at, (id, way))| {
            let own = &way.nodes[node];
            let tier = way.tiers.as_ref().filter(|_| node == 0).and_then(|t| t.of_unit[unit]);
            let shift = at.checked_sub(1).and_then(|c| {
                contrasts[c].shifts.iter().find(|s| s.unit == unit).map(|s| s.places())
            });
            json!({
                "id": id,
                "score": own.scores[unit],
                "rank": own.ranks[unit],
                "tied": own.tied[unit],
                "tier": tier.map(|t| t + 1),
                "shift": shift,
            })
        });
        let own = results.unit(unit);
        json!({ "unit": own.code, "name": own.name, "results": columns.collect::<Value>() })
    };
    ranked.chain(others).map(one).collect()
}

fn comparison(results: &Results, id: &str, own: &Contrast) -> Value {
    let unit = |at: usize| results.unit(at).code.as_str();
    let mover = |s: RankShift| json!({ "unit": unit(s.unit), "from": s.base, "to": s.other, "shift": s.places() });
    let top = |t: &TopAgreement| json!({ "k": t.k, "base": t.base, "other": t.other, "shared": t.shared });
    let tiers = own.tiers.iter().map(
        |change| json!({ "unit": unit(change.unit), "from": change.base + 1, "to": change.other + 1 }),
    );
    json!({
        "id": id,
        "units": own.shifts.len(),
        "spearman": own.spearman,
        "kendall_tau_b": own.kendall,
        "mean_shift": own.mean_shift,
        "largest_shift": own.largest_shift,
        "movers": own.movers(MOVERS).into_iter().map(mover).collect::<Value>(),
        "tier_changes": tiers.collect::<Value>(),
        "top": own.tops.iter().map(top).collect::<Value>(),
    })
}
