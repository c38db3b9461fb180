//! Meaning of `year`, `years` and `over`.

use super::complain;
use crate::config::method::Methodology;
use crate::config::normalisation::Over;
use crate::config::yaml::Place;
use crate::diag::{Code, Diagnostic, Findings};

/// The year of the index, and all years it is computed for, ascending; none if there is but one.
pub(in crate::config) fn years(
    year: Option<i32>,
    years: Option<Vec<i32>>,
    root: &Place,
    findings: &mut Findings,
) -> (Option<i32>, Vec<i32>) {
    let Some(mut all) = years else { return (year, Vec::new()) };
    all.sort_unstable();
    let twice = all.iter().zip(all.iter().skip(1)).find(|(year, next)| year == next);
    if let Some((year, _)) = twice {
        let message = format!("`years` names {year} twice");
        complain(findings, message, Some(root), "years");
    }
    all.dedup();
    let year = year.or(all.last().copied());
    if let Some(year) = year.filter(|year| !all.contains(year)) {
        let message = format!("`year` is {year}, which is not among `years`");
        let found = Diagnostic::error(Code::ConfigInvalid, message);
        let found = found.at(root.span_of("years"), "").at(root.span_of("year"), "");
        findings.push(found.help(format!("add {year} to `years`")));
    }
    if all.len() < 2 {
        complain(findings, "`years` wants two years at least", Some(root), "years");
    }
    (year, all)
}

/// Refuses values pooled over years where there is but one.
pub(in crate::config) fn check_pooling(
    method: &Methodology,
    root: &Place,
    findings: &mut Findings,
) {
    let pooled = method
        .nodes
        .iter()
        .find(|node| node.indicator().is_some_and(|spec| spec.over == Over::Pooled));
    if let Some(node) = pooled.filter(|_| method.years.len() < 2) {
        let message = format!("`{}` is normalised over pooled years, but there is one", node.code);
        let place = root.get("normalisation").map_or(node.span, |place| place.span_of("over"));
        let found = Diagnostic::error(Code::ConfigInvalid, message).at(place, "");
        findings.push(found.help("name the years in `years`, such as `years: [2021, 2022]`"));
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{Over, methodology};

    const NODES: &str = "framework: [{ code: a }, { code: b, year: 2019 }]";

    fn found(head: &str) -> Vec<String> {
        let found = methodology(&format!("schema-version: 1\n{head}\n{NODES}\n"));
        found.err().unwrap_or_default().into_iter().map(|d| d.message).collect()
    }

    #[test]
    fn the_latest_year_is_the_one_reported() {
        let text = format!("schema-version: 1\nyears: [2022, 2020, 2021]\n{NODES}\n");
        let method = methodology(&text).unwrap();
        assert_eq!((method.year, method.years.as_slice()), (Some(2022), &[2020, 2021, 2022][..]));
        let earlier = method.at_year(2020);
        let years: Vec<_> = earlier.nodes.iter().filter_map(|n| n.indicator()?.year).collect();
        assert_eq!(years, [2020, 2019]);
    }

    #[test]
    fn mistakes_are_told() {
        assert_eq!(found("years: [2021, 2021, 2022]"), ["`years` names 2021 twice"]);
        assert_eq!(found("years: [2022]"), ["`years` wants two years at least"]);
        let outside = found("year: 2019\nyears: [2021, 2022]");
        assert_eq!(outside, ["`year` is 2019, which is not among `years`"]);
        let alone = found("normalisation: { method: min-max, over: pooled }");
        assert_eq!(alone, ["`a` is normalised over pooled years, but there is one"]);
    }

    #[test]
    fn pooling_is_refused_where_nothing_comes_from_the_sample() {
        let years = "years: [2021, 2022]\nnormalisation: { method: ";
        for method in ["none", "goalposts, low: 0, high: 1", "base-period, base-year: 2019"] {
            let found = found(&format!("{years}{method}, over: pooled }}"));
            assert!(found[0].ends_with("has no use for `over`"), "{found:?}");
        }
        let text = format!("schema-version: 1\n{years}z-score, over: pooled }}\n{NODES}\n");
        let method = methodology(&text).unwrap();
        assert!(method.nodes.iter().filter_map(|n| n.indicator()).all(|s| s.over == Over::Pooled));
    }
}
