//! Meaning of `typology`: measures, thresholds, types and what they ask for.

use super::complain;
use crate::config::method::{Methodology, Node};
use crate::config::raw::{RawBalance, RawBalanceBy, RawLeadingBy, RawType, RawTypology};
use crate::config::typology::{Balance, BalanceBy, LeadingBy, TypeRule, TypologyRule};
use crate::config::yaml::Place;
use crate::diag::{Code, Diagnostic, Findings, nearest};
use crate::lang::Localised;

/// Resolves a typology against the framework and the tiers.
pub(in crate::config) fn typology(
    raw: RawTypology,
    main: &Methodology,
    place: &Place,
    findings: &mut Findings,
) -> TypologyRule {
    let dimensions = main.nodes.first().map(Node::children).unwrap_or_default();
    if dimensions.len() < 2 {
        complain(findings, "a typology needs two dimensions or more", Some(place), "types");
    }
    let leading = match raw.leading {
        None | Some(RawLeadingBy::ZScore) => LeadingBy::ZScore,
        Some(RawLeadingBy::MeanDistance) => LeadingBy::MeanDistance,
    };
    let (balance, usual) = match raw.balance {
        None | Some(RawBalanceBy::Cv) => (BalanceBy::Cv, (0.25, 0.5)),
        Some(RawBalanceBy::Coupling) => (BalanceBy::Coupling, (0.95, 0.85)),
    };
    let (balanced, skewed) = (raw.balanced.unwrap_or(usual.0), raw.skewed.unwrap_or(usual.1));
    let (even, uneven) = match balance {
        BalanceBy::Cv => (balanced, skewed),
        BalanceBy::Coupling => (skewed, balanced),
    };
    let most = if balance == BalanceBy::Coupling { 1.0 } else { f64::INFINITY };
    if !(0.0 <= even && even < uneven && uneven <= most) {
        let message = match balance {
            BalanceBy::Cv => "`balanced` must be 0 or more and below `skewed`",
            BalanceBy::Coupling => "`skewed` must be 0 or more and below `balanced`, 1 at most",
        };
        complain(findings, message, Some(place), "balanced");
    }
    let types = match raw.types {
        None => usual_types(&main.nodes, dimensions),
        Some(types) => {
            let list = place.get("types");
            let resolve = |(at, own): (usize, RawType)| {
                let place = list.and_then(|l| l.index(at)).unwrap_or(place);
                type_rule(own, main, dimensions, place, findings)
            };
            types.into_iter().enumerate().map(resolve).collect()
        }
    };
    check_types(&types, place, findings);
    TypologyRule { leading, balance, balanced, skewed, types }
}

/// Balanced, then one type for each dimension.
fn usual_types(nodes: &[Node], dimensions: &[usize]) -> Vec<TypeRule> {
    let none = |name| TypeRule {
        name,
        leading: Vec::new(),
        balance: None,
        tiers: Vec::new(),
        below_mean: None,
    };
    let even = none(Localised::new("均衡型".to_owned(), "balanced".to_owned()));
    let led = |&dimension: &usize| {
        let short = &nodes[dimension].short;
        let name = Localised::new(
            format!("{}主导型", short.zh),
            format!("{}-led", short.en.to_lowercase()),
        );
        TypeRule { leading: vec![dimension], ..none(name) }
    };
    let even = TypeRule { balance: Some(Balance::Balanced), ..even };
    std::iter::once(even).chain(dimensions.iter().map(led)).collect()
}

fn type_rule(
    raw: RawType,
    main: &Methodology,
    dimensions: &[usize],
    place: &Place,
    findings: &mut Findings,
) -> TypeRule {
    let mut leading = Vec::new();
    for code in raw.leading.unwrap_or_default() {
        match dimensions.iter().find(|&&d| main.nodes[d].code == code) {
            Some(&dimension) => leading.push(dimension),
            None => findings.push(unknown_dimension(&code, main, dimensions, place)),
        }
    }
    let count = main.tiers.as_ref().map_or(0, |rule| rule.count);
    let tiers = raw.tiers.unwrap_or_default();
    for tier in &tiers {
        if count == 0 {
            complain(findings, "there are no tiers; see `tiers`", Some(place), "tiers");
        } else if !(1..=count).contains(tier) {
            let message = format!("there is no tier {tier}; tiers count from 1 to {count}");
            complain(findings, message, Some(place), "tiers");
        }
    }
    TypeRule {
        name: raw.name,
        leading,
        balance: raw.balance.map(|own| match own {
            RawBalance::Balanced => Balance::Balanced,
            RawBalance::Between => Balance::Between,
            RawBalance::Skewed => Balance::Skewed,
        }),
        tiers: tiers.into_iter().map(|tier| tier.saturating_sub(1)).collect(),
        below_mean: raw.below_mean,
    }
}

fn unknown_dimension(
    code: &str,
    main: &Methodology,
    dimensions: &[usize],
    place: &Place,
) -> Diagnostic {
    let codes = dimensions.iter().map(|&d| main.nodes[d].code.as_str());
    Diagnostic::error(Code::ConfigInvalid, format!("`{code}` is no dimension below the index"))
        .at(place.span_of("leading"), "")
        .did_you_mean(&nearest(code, codes))
}

fn check_types(types: &[TypeRule], place: &Place, findings: &mut Findings) {
    let list = place.get("types").unwrap_or(place);
    let end = types.len().saturating_sub(1);
    for (at, own) in types.iter().enumerate() {
        let here = list.index(at).or(Some(list));
        if types[..at].iter().any(|t| t.name.zh == own.name.zh || t.name.en == own.name.en) {
            let message = format!("two types are called `{}`", own.name.en);
            complain(findings, message, here, "name");
        }
        let any = own.leading.is_empty()
            && own.balance.is_none()
            && own.tiers.is_empty()
            && own.below_mean.is_none();
        if any && at < end {
            let message = format!("`{}` fits every unit, so no later type is reached", own.name.en);
            complain(findings, message, here, "name");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::methodology;

    fn rule(typology: &str) -> Result<TypologyRule, String> {
        let text = format!(
            "schema-version: 1\ntiers: {{ method: quantiles, count: 2 }}\ntypology: {typology}\n\
             framework: [{{ code: depth, short: {{ zh: 深, en: Depth }} }}, {{ code: width }}]\n"
        );
        let method = methodology(&text).map_err(|found| found[0].message.clone())?;
        Ok(method.typology.unwrap())
    }

    #[test]
    fn what_is_not_stated_is_usual() {
        let usual = rule("{}").unwrap();
        assert_eq!((usual.leading, usual.balance), (LeadingBy::ZScore, BalanceBy::Cv));
        assert_eq!((usual.balanced, usual.skewed), (0.25, 0.5));
        let names: Vec<&str> = usual.types.iter().map(|t| t.name.en.as_str()).collect();
        assert_eq!(names, ["balanced", "depth-led", "width-led"]);
        assert_eq!(usual.types[1].name.zh, "深主导型");
        let coupling = rule("{ balance: coupling }").unwrap();
        assert_eq!((coupling.balanced, coupling.skewed), (0.95, 0.85));
    }

    #[test]
    fn mistakes_are_told() {
        for (typology, message) in [
            ("{ balanced: 0.6 }", "`balanced` must be 0 or more and below `skewed`"),
            (
                "{ balance: coupling, balanced: 1.2 }",
                "`skewed` must be 0 or more and below `balanced`, 1 at most",
            ),
            (
                "{ types: [{ name: { zh: 甲, en: a }, leading: [dept] }] }",
                "`dept` is no dimension below the index",
            ),
            (
                "{ types: [{ name: { zh: 甲, en: a }, tiers: [3] }] }",
                "there is no tier 3; tiers count from 1 to 2",
            ),
            (
                "{ types: [{ name: { zh: 甲, en: a } }, { name: { zh: 乙, en: b } }] }",
                "`a` fits every unit, so no later type is reached",
            ),
            (
                "{ types: [{ name: { zh: 甲, en: a }, tiers: [1] }, { name: { zh: 甲, en: b } }] }",
                "two types are called `b`",
            ),
        ] {
            assert_eq!(rule(typology).unwrap_err(), message);
        }
    }
}
