//! Small methodologies and data sets for the tests of this module.

use std::collections::BTreeMap;

use crate::config::{
    Aggregation, CheckLimits, ConstantRule, Definition, Direction, Formula, Imputation,
    IndicatorSpec, Methodology, Missing, Node, NodeKind, Normalisation, RankRule, ScreeningRule,
    Status, Ties, Treatment, Weighting,
};
use crate::data::{Cell, IndicatorData, Unit};
use crate::diag::{FileId, Span};
use crate::lang::Localised;

const SPAN: Span = Span::new(FileId(0), 0, 0);
const MIN_MAX: Normalisation =
    Normalisation::MinMax { low: 0.0, high: 100.0, constant: ConstantRule::Error };

/// The index over so many indicators of equal weight, `x1`, `x2`, …, normalised by min-max.
pub(super) fn methodology(indicators: usize) -> Methodology {
    let node = |code: String, level, parent, weight, kind| Node {
        short: Localised::same(&code),
        name: Localised::same(&code),
        description: Localised::default(),
        span: SPAN,
        code,
        level,
        parent,
        weight,
        kind,
    };
    let root = NodeKind::Dimension {
        children: (1..=indicators).collect(),
        weighting: Weighting::Equal,
        aggregation: Aggregation::Arithmetic,
    };
    let mut nodes = vec![node("index".into(), 0, None, 1.0, root)];
    for i in 1..=indicators {
        let spec = IndicatorSpec {
            measure: Localised::default(),
            direction: Direction::Positive,
            decimals: 2,
            value: Definition::formula(Formula::column(&format!("x{i}")), SPAN),
            value_span: SPAN,
            year: None,
            normalisation: MIN_MAX,
            imputation: Imputation::None,
            treatment: Treatment::None,
            status: None,
        };
        #[expect(clippy::cast_precision_loss, reason = "few indicators")]
        let weight = 1.0 / indicators as f64;
        nodes.push(node(format!("x{i}"), 1, Some(0), weight, NodeKind::Indicator(spec)));
    }
    Methodology {
        nodes,
        ranks: RankRule { ties: Ties::Competition, round_digits: None },
        missing: Missing { unit_threshold: 0.5, indicator_threshold: 0.5 },
        screening: ScreeningRule::default(),
        checks: CheckLimits::default(),
        tiers: None,
        normalisation: MIN_MAX,
    }
}

/// The values of an indicator.
pub(super) fn indicator(node: usize, values: &[Option<f64>]) -> IndicatorData {
    let cells =
        values.iter().map(|value| value.map(|value| Cell::of(value, Status::Official))).collect();
    IndicatorData { node, year: None, years: Vec::new(), cells }
}

/// A unit with a code and a region.
pub(super) fn unit(code: &str, region: &str) -> Unit {
    Unit {
        code: code.to_owned(),
        slug: code.to_owned(),
        name: Localised::same(code),
        full_name: Localised::same(code),
        province: Localised::default(),
        region: Localised::new(region.to_owned(), String::new()),
        agglomeration: Localised::default(),
        admin_rank: Localised::default(),
        admin_rank_code: String::new(),
        lon: None,
        lat: None,
        extra: BTreeMap::new(),
    }
}
