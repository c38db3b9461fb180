//! Scales that do not depend on the sample: fixed goalposts and a base period.

use super::NormaliseError;
use crate::config::{Clamp, Direction, Spacing};
use crate::num::ln;

type Scores = Result<Vec<Option<f64>>, NormaliseError>;

/// Two fixed values and the scale between them.
pub(super) struct Posts {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) spacing: Spacing,
    pub(super) clamp: Clamp,
}

impl Posts {
    /// `low + (high - low) t`, t = (x - from) / (to - from), or ln(x / from) / ln(to / from) as the
    /// Human Development Index takes for income (UNDP, technical note 1); a negative indicator
    /// takes 1 - t. The clamp holds t within 0 and 1 after it is turned.
    pub(super) fn scores(&self, values: &[Option<f64>], direction: Direction) -> Scores {
        let Self { from, to, low, high, clamp, .. } = *self;
        let score = |x: f64| {
            let share = match self.spacing {
                Spacing::Linear => (x - from) / (to - from),
                Spacing::Log => ln(x / from) / ln(to / from),
            };
            let share = if direction == Direction::Negative { 1.0 - share } else { share };
            low + (high - low) * clamp.apply(share)
        };
        if self.spacing == Spacing::Log {
            let bad = values
                .iter()
                .enumerate()
                .find_map(|(u, v)| v.filter(|x| *x <= 0.0).map(|x| (u, x)));
            if let Some((unit, value)) = bad {
                return Err(NormaliseError::NotPositive { unit, value, base: false });
            }
        }
        Ok(values.iter().map(|v| v.map(score)).collect())
    }
}

/// `100 x / x0`, x0 the unit's own value in the base year; a unit without one stays missing.
pub(super) fn base_period(values: &[Option<f64>], base: &[Option<f64>]) -> Scores {
    let pairs = values.iter().enumerate().map(|(unit, value)| {
        let (Some(x), Some(x0)) = (value, base.get(unit).copied().flatten()) else {
            return Ok(None);
        };
        if x0 <= 0.0 {
            return Err(NormaliseError::NotPositive { unit, value: x0, base: true });
        }
        Ok(Some(x / x0 * 100.0))
    });
    pairs.collect()
}
