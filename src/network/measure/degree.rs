//! Degrees that count weights.

/// Sums of the weights of the rows at each node.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WeightedDegrees {
    /// Over the rows that leave the node, loops and repetitions included.
    pub out: Vec<f64>,
    /// Over the rows that arrive at it, loops and repetitions included.
    pub into: Vec<f64>,
}

impl WeightedDegrees {
    /// Both together.
    #[must_use]
    pub fn total(&self) -> Vec<f64> {
        self.out.iter().zip(&self.into).map(|(out, into)| out + into).collect()
    }
}

/// Weighted degrees of `nodes` nodes. The weights at a node are summed in ascending order, so that
/// the order of rows does not show in the last digit.
///
/// # Panics
///
/// If a row names a node that is not below `nodes`, or there is not a weight for each row.
#[must_use]
pub fn weighted_degrees(nodes: usize, rows: &[(u32, u32)], weights: &[f64]) -> WeightedDegrees {
    assert_eq!(rows.len(), weights.len(), "one weight per row");
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|&a, &b| weights[a].total_cmp(&weights[b]));
    let mut degrees = WeightedDegrees { out: vec![0.0; nodes], into: vec![0.0; nodes] };
    for row in order {
        let (from, to) = rows[row];
        degrees.out[from as usize] += weights[row];
        degrees.into[to as usize] += weights[row];
    }
    degrees
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the same sums in the same order")]
mod tests {
    use super::*;

    #[test]
    fn sums_by_node_in_any_order_of_rows() {
        let found = weighted_degrees(3, &[(0, 1), (0, 1), (1, 1), (0, 2)], &[0.1, 0.2, 4.0, 0.3]);
        assert_eq!(found.into, [0.0, 0.1 + 0.2 + 4.0, 0.3]);
        assert_eq!(found.total()[1], 4.0 + (0.1 + 0.2 + 4.0));
        let turned = weighted_degrees(3, &[(0, 2), (1, 1), (0, 1), (0, 1)], &[0.3, 4.0, 0.2, 0.1]);
        assert_eq!(found, turned);
    }
}
