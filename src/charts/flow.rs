//! Flows between places, as charts of relations take them.

use super::ChartError;
use super::alt;
use super::error::{amounts, present};
use super::theme::{Colour, Theme};
use crate::lang::Lang;

/// What goes from one place to another, both by their place in the list of the chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flow {
    /// The giver.
    pub from: usize,
    /// The taker; the giver itself for what stays.
    pub to: usize,
    /// How much, zero or more, in the measure of the chart.
    pub value: f64,
}

/// Refuses flows of no finite amount and flows between places that are not there.
pub(super) fn screen(
    flows: &[Flow],
    what: &'static str,
    labels: &[&str],
) -> Result<(), ChartError> {
    for flow in flows {
        present(what, flow.from, labels.len())?;
        present(what, flow.to, labels.len())?;
        amounts(labels[flow.from], [&flow.value])?;
    }
    Ok(())
}

/// The places that have a colour of their own, in the categories of the theme: those that hold their
/// own on white paper.
const COLOURS: [usize; 5] = [0, 1, 2, 5, 4];

/// The colour of the place at `index`: the first ones in the colours of categories, the rest grey.
pub(super) fn colour(theme: &Theme, index: usize) -> Colour {
    let grey = theme.muted.mix(theme.paper, if index.is_multiple_of(2) { 0.35 } else { 0.55 });
    COLOURS.get(index).map_or(grey, |&category| theme.categorical[category])
}

/// Whether the place at `index` has a colour of its own.
pub(super) const fn is_coloured(index: usize) -> bool {
    index < COLOURS.len()
}

/// The largest flows that `keep` lets through, largest first; equal ones in the order given.
pub(super) fn largest(flows: &[Flow], most: usize, keep: impl Fn(&Flow) -> bool) -> Vec<Flow> {
    let mut kept: Vec<Flow> = flows.iter().copied().filter(|f| f.value > 0.0 && keep(f)).collect();
    kept.sort_by(|a, b| b.value.total_cmp(&a.value));
    kept.truncate(most);
    kept
}

/// Flows in prose, `甲到乙6.91%`, `A to B 6.91%`.
pub(super) fn told(
    flows: &[Flow],
    labels: &[&str],
    (decimals, measure): (usize, &str),
    lang: Lang,
) -> String {
    let items: Vec<String> = flows
        .iter()
        .map(|flow| {
            let value = alt::measured(flow.value, decimals, measure, lang);
            let (from, to) = (labels[flow.from], labels[flow.to]);
            match lang {
                Lang::Zh if flow.from == flow.to => alt::item(&format!("{from}内部"), &value, lang),
                Lang::Zh => alt::item(&format!("{from}到{to}"), &value, lang),
                Lang::En if flow.from == flow.to => {
                    alt::item(&format!("within {from}"), &value, lang)
                }
                Lang::En => alt::item(&format!("{from} to {to}"), &value, lang),
            }
        })
        .collect();
    alt::list(&items, lang)
}
