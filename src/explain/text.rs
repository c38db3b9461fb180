//! An explanation as an indented text for the terminal.

use std::fmt::Write as _;

use crate::explain::{
    CellExplanation, Explanation, ImputationExplanation, NodeExplanation, ValueExplanation,
};
use crate::num::round_to;

/// The explanation, one number a line, deeper numbers further in.
#[must_use]
pub fn to_text(explanation: &Explanation) -> String {
    let mut out = format!(
        "{} {} ({})\n",
        explanation.unit, explanation.unit_name.zh, explanation.unit_name.en
    );
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
    let rank =
        own.rank.map_or_else(|| "no rank".to_owned(), |r| format!("rank {r} of {}", own.ranked));
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
    }
    if own.coverage < 1.0 && !own.children.is_empty() {
        let _ = write!(out, ", data for {:.1} % of the weight", own.coverage * 100.0);
    }
    out.push('\n');
    if let Some(aggregation) = own.aggregation {
        let _ = writeln!(out, "{indent}  = {aggregation} mean of");
    }
    for child in &own.children {
        node(child, depth + 2, Some(&own.code), out);
    }
    if let Some(value) = &own.value {
        explain_value(value, &indent, out);
    }
}

fn explain_value(value: &ValueExplanation, indent: &str, out: &mut String) {
    let range = value.sample_range.map_or_else(String::new, |[low, high]| {
        format!(", sample from {} to {}", number(Some(low)), number(Some(high)))
    });
    let _ = writeln!(
        out,
        "{indent}  value {} {} = {}{range}",
        number(value.value),
        value.measure.en,
        value.formula
    );
    if let Some(imputed) = &value.imputed {
        explain_imputation(imputed, indent, out);
    }
    if let Some(treated) = value.treated {
        let _ = writeln!(out, "{indent}    after treatment of outliers {treated}");
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
