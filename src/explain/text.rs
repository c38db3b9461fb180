//! An explanation as an indented text for the terminal.

use std::fmt::Write as _;

use crate::explain::{
    CellExplanation, Explanation, ImputationExplanation, NodeExplanation, ValueExplanation,
    WeightExplanation,
};
use crate::num::round_to;

/// The explanation, one number a line, deeper numbers further in.
#[must_use]
pub fn to_text(explanation: &Explanation) -> String {
    let mut out =
        format!("{} {} ({})", explanation.unit, explanation.unit_name.zh, explanation.unit_name.en);
    if let Some(variant) = &explanation.variant {
        let _ = write!(out, ", variant {variant}");
    }
    out.push('\n');
    node(&explanation.node, 0, None, &mut out);
    out
}

/// A figure as it was read; a cell is never rounded.
fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| "—".to_owned(), |v| v.to_string())
}

/// A computed number, to four decimals: what lies beyond is told by the JSON form.
fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "—".to_owned(), |v| round_to(v, 4).to_string())
}

fn node(own: &NodeExplanation, depth: usize, parent: Option<&str>, out: &mut String) {
    let indent = "  ".repeat(depth);
    let tied = if own.tied { "=" } else { "" };
    let rank = own.rank.map_or_else(
        || "no rank".to_owned(),
        |rank| {
            let rank = own.average_rank.map_or_else(|| rank.to_string(), |own| own.to_string());
            format!("rank {rank}{tied} of {}", own.ranked)
        },
    );
    let _ = write!(
        out,
        "{indent}{} {} ({}): score {}, {rank}",
        own.code,
        own.name.zh,
        own.name.en,
        number(own.score)
    );
    if parent.is_some() {
        let _ = write!(out, ", weight {:.4}", own.weight);
        if let Some(weighting) = own.weighting {
            let _ = write!(out, " ({})", origin(weighting));
        }
    }
    if let Some(interval) = own.interval {
        let _ = write!(
            out,
            ", 90 % of ranks from {} to {}, median {}",
            number(Some(interval.q05)),
            number(Some(interval.q95)),
            number(Some(interval.median))
        );
    }
    if own.coverage < 1.0 && !own.children.is_empty() {
        let _ = write!(out, ", data for {:.1} % of the weight", own.coverage * 100.0);
    }
    out.push('\n');
    if let Some(aggregation) = own.aggregation {
        let _ = writeln!(out, "{indent}  = {}", combination(aggregation));
    }
    for child in &own.children {
        node(child, depth + 2, Some(&own.code), out);
    }
    if let Some(value) = &own.value {
        explain_value(value, &indent, out);
    }
}

/// Where a weight comes from.
fn origin(own: WeightExplanation) -> String {
    match (own.fallback, own.units) {
        (Some(fallback), _) => format!("equal, since {fallback} under {}", own.method),
        (None, Some(units)) => format!("{} over {units} units", own.method),
        (None, None) => own.method.to_owned(),
    }
}

/// How children combine: some methods are means, the others are named.
fn combination(word: &str) -> String {
    match word {
        "arithmetic" | "geometric" | "harmonic" | "power" => format!("{word} mean of"),
        "median" | "minimum" => format!("{word} of"),
        other => format!("`{other}` of"),
    }
}

fn explain_value(value: &ValueExplanation, indent: &str, out: &mut String) {
    let range = value.sample_range.map_or_else(String::new, |[low, high]| {
        format!(", sample from {} to {}", number(Some(low)), number(Some(high)))
    });
    let _ = writeln!(
        out,
        "{indent}  value {} {} = {}",
        number(value.value),
        value.measure.en,
        value.formula
    );
    let _ = match value.left_out {
        Some("decision") => writeln!(out, "{indent}  left out for everybody by decision"),
        Some(ground) => writeln!(out, "{indent}  left out for everybody: {ground}"),
        None => writeln!(out, "{indent}  scored by {}{range}", value.normalisation),
    };
    if let Some(imputed) = &value.imputed {
        explain_imputation(imputed, indent, out);
    }
    if let Some(treatment) = value.treatment {
        let after = value.treated.map_or_else(|| "unchanged".to_owned(), |x| x.to_string());
        let _ = writeln!(out, "{indent}    after treatment of outliers ({treatment}) {after}");
    }
    for cell in &value.inputs {
        explain_cell(cell, indent, out);
    }
    for record in &value.records {
        let title = ["title_zh", "title", "event_zh", "event", "name_zh", "name", "标题", "名称"];
        let title = title.iter().find_map(|key| record.cells.get(*key)).map_or("", String::as_str);
        let _ = writeln!(
            out,
            "{indent}    counts {title} at {}, source {}",
            record.place, record.source
        );
    }
}

fn explain_imputation(imputed: &ImputationExplanation, indent: &str, out: &mut String) {
    let _ = write!(out, "{indent}    filled in by `{}`", imputed.rule.word());
    for (column, years) in &imputed.columns {
        let years: Vec<String> = years.iter().map(ToString::to_string).collect();
        let _ = write!(out, ", {column} from {}", years.join(" and "));
    }
    if imputed.units > 0 {
        let _ = write!(out, " of {} other units", imputed.units);
    }
    out.push('\n');
}

fn explain_cell(cell: &CellExplanation, indent: &str, out: &mut String) {
    let year = cell.year.map(|y| format!(" {y}")).unwrap_or_default();
    let _ = writeln!(
        out,
        "{indent}    {}{year} = {} {} [{}] at {}",
        cell.column,
        figure(cell.value),
        cell.measure,
        cell.status,
        cell.place
    );
    let title = cell.source_title.as_ref().map_or("", |t| t.en.as_str());
    let _ = writeln!(out, "{indent}      source {}: {title}", cell.source);
    if !cell.note.is_empty() {
        let _ = writeln!(out, "{indent}      note {}", cell.note);
    }
    if let Some(correction) = &cell.correction {
        let _ = writeln!(
            out,
            "{indent}      corrected {} from {} to {} by {}: {}",
            correction.date,
            figure(correction.from),
            figure(correction.to),
            correction.by,
            correction.reason.en
        );
    }
}
