//! Meaning of `weighting` at one node, whose children are known.

use std::collections::BTreeMap;

use super::{complain, refuse_others};
use crate::config::raw::{
    RawCombination, RawMatrix, RawPcaVariant, RawWeightData, RawWeighting,
    RawWeightingMethod as Method, Spelled, WeightingWord,
};
use crate::config::weighting::{Combination, PcaVariant, WeightData, Weighting};
use crate::config::yaml::Place;
use crate::diag::{Code, Diagnostic, Findings, nearest};

/// How far `a_ij a_ji` may lie from one.
const RECIPROCITY: f64 = 1e-6;
/// The largest matrix the table of random indices covers.
const LARGEST: usize = 15;

/// Resolves the weighting of a node with the given children.
pub(in crate::config) fn weighting(
    raw: &WeightingWord,
    place: Option<&Place>,
    node: &str,
    children: &[String],
    findings: &mut Findings,
) -> Weighting {
    let resolver = Resolver { place, node, children };
    resolver.resolve(&raw.full(), findings)
}

struct Resolver<'a> {
    place: Option<&'a Place>,
    node: &'a str,
    children: &'a [String],
}

impl Resolver<'_> {
    fn resolve(&self, raw: &RawWeighting, findings: &mut Findings) -> Weighting {
        refuse_others(findings, self.place, word(raw.method), used(raw.method));
        let data = match raw.data {
            None | Some(RawWeightData::MinMax) => WeightData::MinMax,
            Some(RawWeightData::Scores) => WeightData::Scores,
            Some(RawWeightData::Raw) => WeightData::Raw,
        };
        match raw.method {
            Method::Equal => Weighting::Equal,
            Method::Given => Weighting::Given,
            Method::BudgetAllocation => self.allocation(raw.allocations.as_deref(), findings),
            Method::Ahp => self.ahp(raw, findings),
            Method::Entropy => Weighting::Entropy { data, shift: raw.shift.unwrap_or(0.0) },
            Method::Critic => Weighting::Critic { data },
            Method::Cv => Weighting::CoefficientOfVariation { data },
            Method::StandardDeviation => Weighting::StandardDeviation { data },
            Method::Pca => Weighting::Pca {
                variant: match raw.variant {
                    Some(RawPcaVariant::Loadings) => PcaVariant::Loadings,
                    None | Some(RawPcaVariant::SquaredLoadings) => PcaVariant::SquaredLoadings,
                    Some(RawPcaVariant::VarianceWeighted) => PcaVariant::VarianceWeighted,
                    Some(RawPcaVariant::Rotated) => PcaVariant::Rotated,
                },
                components: raw.components,
            },
            Method::Combined => self.combined(raw, findings),
        }
    }

    fn allocation(
        &self,
        experts: Option<&[BTreeMap<String, f64>]>,
        findings: &mut Findings,
    ) -> Weighting {
        let experts = experts.unwrap_or_default();
        if experts.is_empty() {
            let message = "`budget-allocation` needs `allocations`, one for each expert";
            complain(findings, message, self.place, "method");
        }
        let list = self.place.and_then(|p| p.get("allocations"));
        let mut rows = Vec::new();
        for (at, expert) in experts.iter().enumerate() {
            let place = list.and_then(|p| p.index(at));
            for code in expert.keys().filter(|code| !self.children.contains(code)) {
                findings.push(
                    Diagnostic::error(
                        Code::ConfigUnknownName,
                        format!("`{}` has no child `{code}`", self.node),
                    )
                    .at_opt(place.map(|p| p.span_of(code)), "")
                    .did_you_mean(&nearest(code, self.children.iter().map(String::as_str))),
                );
            }
            let row: Vec<f64> =
                self.children.iter().map(|c| expert.get(c).copied().unwrap_or(0.0)).collect();
            for code in self.children.iter().filter(|c| !expert.contains_key(*c)) {
                let message = format!("expert {} allots nothing to `{code}`", at + 1);
                findings.push(
                    Diagnostic::error(Code::ConfigMissingKey, message)
                        .at_opt(place.map(|p| p.span), "")
                        .help(format!("write `{code}: 0` if nothing is meant")),
                );
            }
            if row.iter().any(|x| *x < 0.0 || !x.is_finite()) || row.iter().sum::<f64>() <= 0.0 {
                let message = "an allocation must be zero or more, and above zero in all";
                findings.push(
                    Diagnostic::error(Code::ConfigInvalid, message)
                        .at_opt(place.map(|p| p.span), ""),
                );
            } else {
                rows.push(row);
            }
        }
        Weighting::BudgetAllocation { experts: rows }
    }

    fn ahp(&self, raw: &RawWeighting, findings: &mut Findings) -> Weighting {
        let mut matrices = Vec::new();
        let n = self.children.len();
        if n > LARGEST {
            let message =
                format!("`ahp` takes {LARGEST} children at most, `{}` has {n}", self.node);
            complain(findings, message, self.place, "method");
            return Weighting::Ahp { matrices };
        }
        match (&raw.matrix, &raw.matrices) {
            (Some(matrix), None) => {
                matrices.extend(self.matrix(matrix, "the matrix", "matrix", findings));
            }
            (None, Some(list)) if !list.is_empty() => {
                for (at, matrix) in list.iter().enumerate() {
                    let name = format!("the matrix of expert {}", at + 1);
                    matrices.extend(self.matrix(matrix, &name, "matrices", findings));
                }
            }
            _ => {
                let message = "`ahp` needs either `matrix` or `matrices`";
                complain(findings, message, self.place, "method");
            }
        }
        Weighting::Ahp { matrices }
    }

    /// A full matrix from a full one or an upper triangle, with or without its diagonal.
    fn matrix(
        &self,
        raw: &RawMatrix,
        name: &str,
        key: &str,
        findings: &mut Findings,
    ) -> Option<Vec<Vec<f64>>> {
        let n = self.children.len();
        let lengths: Vec<usize> = raw.iter().map(Vec::len).collect();
        let full = lengths == vec![n; n];
        let skip = usize::from(lengths == (1..n).rev().collect::<Vec<_>>());
        if !full && skip == 0 && lengths != (1..=n).rev().collect::<Vec<_>>() {
            let message = format!(
                "{name} wants {n} rows of {n} numbers, or the upper triangle, for `{}`",
                self.node
            );
            complain(findings, message, self.place, key);
            return None;
        }
        let mut matrix = vec![vec![1.0; n]; n];
        for (i, row) in raw.iter().enumerate() {
            for (at, cell) in row.iter().enumerate() {
                let Some(value) = ratio(cell) else {
                    let message = format!("{name} takes numbers above zero and fractions `1/3`");
                    complain(findings, message, self.place, key);
                    return None;
                };
                let j = if full { at } else { i + skip + at };
                matrix[i][j] = value;
                if !full && i != j {
                    matrix[j][i] = 1.0 / value;
                }
            }
        }
        let odd = (0..n).flat_map(|i| (0..=i).map(move |j| (i, j)));
        let odd = odd.into_iter().find(|&(i, j)| {
            let product = if i == j { matrix[i][i] } else { matrix[i][j] * matrix[j][i] };
            (product - 1.0).abs() > RECIPROCITY
        });
        if let Some((i, j)) = odd {
            let (a, b) = (&self.children[j], &self.children[i]);
            let message = format!(
                "{name} is not reciprocal: `{a}` to `{b}` is {}, `{b}` to `{a}` is {}",
                matrix[j][i], matrix[i][j]
            );
            findings.push(
                Diagnostic::error(Code::ConfigInvalid, message)
                    .at_opt(self.place.map(|p| p.span_of(key)), "")
                    .help("give the upper triangle alone, or write fractions such as `1/3`"),
            );
            return None;
        }
        Some(matrix)
    }

    fn combined(&self, raw: &RawWeighting, findings: &mut Findings) -> Weighting {
        let share = raw.share.unwrap_or(0.5);
        let form = match raw.form {
            Some(RawCombination::Linear) => Combination::Linear { share },
            None | Some(RawCombination::Product) => {
                if raw.share.is_some() {
                    let message = "`share` belongs to `form: linear`";
                    complain(findings, message, self.place, "share");
                }
                Combination::Product
            }
        };
        let list = self.place.and_then(|p| p.get("of"));
        let mut parts = Vec::new();
        for (at, part) in raw.of.iter().flatten().enumerate() {
            let inner = Resolver { place: list.and_then(|p| p.index(at)), ..*self };
            parts.push(inner.resolve(&part.full(), findings));
        }
        let Ok([first, second]) = <[Weighting; 2]>::try_from(parts) else {
            complain(findings, "`combined` needs two methods in `of`", self.place, "of");
            return Weighting::Equal;
        };
        Weighting::Combined { first: first.into(), second: second.into(), form }
    }
}

/// A number above zero, or a fraction of two.
fn ratio(cell: &Spelled<String, f64>) -> Option<f64> {
    let value = match cell {
        Spelled::Full(value) => *value,
        Spelled::Word(text) => {
            let (over, under) = text.split_once('/')?;
            over.trim().parse::<f64>().ok()? / under.trim().parse::<f64>().ok()?
        }
    };
    (value > 0.0 && value.is_finite()).then_some(value)
}

/// Options that mean something to a method.
const fn used(method: Method) -> &'static [&'static str] {
    match method {
        Method::Equal | Method::Given => &[],
        Method::BudgetAllocation => &["allocations"],
        Method::Ahp => &["matrix", "matrices"],
        Method::Entropy => &["data", "shift"],
        Method::Critic | Method::Cv | Method::StandardDeviation => &["data"],
        Method::Pca => &["variant", "components"],
        Method::Combined => &["of", "form", "share"],
    }
}

const fn word(method: Method) -> &'static str {
    match method {
        Method::Equal => "equal",
        Method::Given => "given",
        Method::BudgetAllocation => "budget-allocation",
        Method::Ahp => "ahp",
        Method::Entropy => "entropy",
        Method::Critic => "critic",
        Method::Cv => "cv",
        Method::StandardDeviation => "standard-deviation",
        Method::Pca => "pca",
        Method::Combined => "combined",
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{Methodology, Weighting, methodology};
    use crate::diag::Diagnostic;

    fn weighted(weighting: &str) -> Result<Methodology, Vec<Diagnostic>> {
        methodology(&format!(
            "schema-version: 1\nweighting: {weighting}\n\
             framework: [{{ code: a }}, {{ code: b }}, {{ code: c }}]\n"
        ))
    }

    fn matrices(weighting: &str) -> Vec<Vec<Vec<f64>>> {
        let method = weighted(weighting).unwrap();
        match method.nodes[0].weighting() {
            Some(Weighting::Ahp { matrices }) => matrices.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn matrices_may_be_full_or_triangles() {
        let full = matrices("{ method: ahp, matrix: [[1, 3, 5], [1/3, 1, 3], [1/5, \"1/3\", 1]] }");
        assert_eq!(full, matrices("{ method: ahp, matrix: [[1, 3, 5], [1, 3], [1]] }"));
        assert_eq!(full, matrices("{ method: ahp, matrices: [[[3, 5], [3]]] }"));
    }

    #[test]
    fn mistakes_have_a_message_and_a_place() {
        for (weighting, message) in [
            (
                "{ method: ahp, matrix: [[1, 3, 5], [3, 1, 3], [5, 3, 1]] }",
                "the matrix is not reciprocal: `a` to `b` is 3, `b` to `a` is 3",
            ),
            (
                "{ method: ahp, matrix: [[1, 3], [3, 1]] }",
                "the matrix wants 3 rows of 3 numbers, or the upper triangle, for `index`",
            ),
            (
                "{ method: ahp, matrices: [[[x, 5], [3]]] }",
                "the matrix of expert 1 takes numbers above zero and fractions `1/3`",
            ),
            ("ahp", "`ahp` needs either `matrix` or `matrices`"),
            (
                "{ method: budget-allocation, allocations: [{ a: 1, b: 2, d: 3 }] }",
                "`index` has no child `d`",
            ),
            ("{ method: entropy, share: 0.5 }", "`entropy` has no use for `share`"),
            ("{ method: combined, of: [equal] }", "`combined` needs two methods in `of`"),
            ("entropi", "`weighting` does not know `entropi`"),
        ] {
            let found = weighted(weighting).unwrap_err();
            assert_eq!(found[0].message, message);
            assert!(!found[0].labels.is_empty(), "{message}");
        }
    }

    #[test]
    fn weights_of_children_beat_the_default_but_not_the_node() {
        let text = |own: &str| {
            format!(
                "schema-version: 1\nweighting: entropy\nframework:\n  \
                 - {{ code: a{own}, children: [{{ code: x, weight: 1 }}, {{ code: y, weight: 3 }}] }}\n"
            )
        };
        let method = methodology(&text("")).unwrap();
        assert_eq!(method.nodes[1].weighting(), Some(&Weighting::Given));
        let found = methodology(&text(", weighting: critic")).unwrap_err();
        assert_eq!(found[0].message, "`x` states a weight, but `a` is weighted by `critic`");
    }
}
