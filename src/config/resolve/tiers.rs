//! Meaning of `tiers`: number, cuts, names.

use super::complain;
use crate::config::raw::{RawTierMethod, RawTiers};
use crate::config::tiers::{TierMethod, TierRule};
use crate::config::yaml::Place;
use crate::diag::Findings;
use crate::lang::{Lang, Localised};

/// The most tiers there are names for.
const MOST: usize = 12;

/// Resolves a tier rule; a mistake is pushed and something of the same kind returned.
pub(in crate::config) fn tier_rule(
    raw: RawTiers,
    place: Option<&Place>,
    findings: &mut Findings,
) -> TierRule {
    let cuts = cuts(&raw, place, findings);
    let count = raw.count.or(cuts.as_ref().map(|c| c.len() + 1)).unwrap_or_else(|| {
        complain(findings, "`tiers` needs `count`", place, "method");
        2
    });
    if count > MOST {
        complain(findings, format!("there are {MOST} tiers at most, found {count}"), place, "cuts");
    }
    if let Some(cuts) = cuts.as_ref().filter(|c| c.len() + 1 != count) {
        let message = format!("{count} tiers have {} cuts, found {}", count - 1, cuts.len());
        complain(findings, message, place, "cuts");
    }
    let method = match raw.method {
        RawTierMethod::NaturalBreaks => TierMethod::NaturalBreaks,
        RawTierMethod::Quantiles => TierMethod::Quantiles,
        RawTierMethod::Ward => TierMethod::Ward,
        RawTierMethod::LargestGap => TierMethod::LargestGap,
        RawTierMethod::FixedCuts => TierMethod::FixedCuts(cuts.unwrap_or_else(|| {
            complain(findings, "`fixed-cuts` needs `cuts`", place, "method");
            Vec::new()
        })),
        RawTierMethod::RsrProbit => {
            TierMethod::RsrProbit(cuts.or_else(|| usual_probits(count)).unwrap_or_else(|| {
                let message = format!("`rsr-probit` needs `cuts` for {count} tiers");
                complain(findings, message, place, "count");
                Vec::new()
            }))
        }
    };
    let names = raw.names.unwrap_or_else(|| {
        Localised::new(
            (1..=count).map(|n| format!("第{}梯队", han_digit(n))).collect(),
            (1..=count).map(|n| format!("Tier {n}")).collect(),
        )
    });
    for lang in Lang::ALL {
        let found = names.get(lang).len();
        if found != count {
            complain(
                findings,
                format!("{count} tiers have {found} names in `{lang}`"),
                place,
                "names",
            );
        }
    }
    TierRule { method, count, names }
}

/// The cuts from the top; none where the method makes its own.
fn cuts(raw: &RawTiers, place: Option<&Place>, findings: &mut Findings) -> Option<Vec<f64>> {
    let mut cuts = raw.cuts.clone()?;
    if !matches!(raw.method, RawTierMethod::FixedCuts | RawTierMethod::RsrProbit) {
        let message = "`cuts` belongs to `fixed-cuts` and `rsr-probit`";
        complain(findings, message, place, "cuts");
        return None;
    }
    cuts.sort_by(|a, b| b.total_cmp(a));
    if cuts.is_empty() || cuts.windows(2).any(|pair| pair[0] <= pair[1]) {
        complain(findings, "`cuts` must be different from each other", place, "cuts");
    }
    Some(cuts)
}

/// The probits in use for the grades of the rank-sum ratio (Tian Fengtiao 1993).
fn usual_probits(count: usize) -> Option<Vec<f64>> {
    match count {
        2 => Some(vec![5.0]),
        3 => Some(vec![6.0, 4.0]),
        4 => Some(vec![6.5, 5.0, 3.5]),
        5 => Some(vec![6.8, 5.6, 4.4, 3.2]),
        _ => None,
    }
}

/// Chinese numeral of 1 to 12, as many as there can be tiers.
fn han_digit(n: usize) -> &'static str {
    const DIGITS: [&str; MOST] =
        ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
    DIGITS.get(n.wrapping_sub(1)).copied().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use crate::config::{TierMethod, methodology};

    fn rule(tiers: &str) -> Result<crate::config::TierRule, String> {
        let text = format!("schema-version: 1\ntiers: {tiers}\nframework: [{{ code: a }}]\n");
        let method = methodology(&text).map_err(|found| found[0].message.clone())?;
        Ok(method.tiers.unwrap())
    }

    #[test]
    fn cuts_stand_from_the_top_and_count_the_tiers() {
        let fixed = rule("{ method: fixed-cuts, cuts: [60, 80] }").unwrap();
        assert_eq!(fixed.method, TierMethod::FixedCuts(vec![80.0, 60.0]));
        assert_eq!((fixed.count, fixed.names.en.len()), (3, 3));
        let probit = rule("{ method: rsr-probit, count: 3 }").unwrap();
        assert_eq!(probit.method, TierMethod::RsrProbit(vec![6.0, 4.0]));
    }

    #[test]
    fn mistakes_are_told() {
        for (tiers, message) in [
            ("{ method: ward }", "`tiers` needs `count`"),
            ("{ method: fixed-cuts, count: 3 }", "`fixed-cuts` needs `cuts`"),
            ("{ method: fixed-cuts, count: 3, cuts: [1] }", "3 tiers have 2 cuts, found 1"),
            ("{ method: rsr-probit, count: 9 }", "`rsr-probit` needs `cuts` for 9 tiers"),
            (
                "{ method: quantiles, count: 2, cuts: [1] }",
                "`cuts` belongs to `fixed-cuts` and `rsr-probit`",
            ),
            ("{ method: fixed-cuts, cuts: [1, 1] }", "`cuts` must be different from each other"),
        ] {
            assert_eq!(rule(tiers).unwrap_err(), message);
        }
    }
}
