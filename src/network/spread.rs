//! How degrees are spread, as points of curves.

use crate::network::concentration::lorenz;
use crate::network::hubs::HubOrder;
use crate::network::power_law::PowerLaw;
use crate::network::snapshot::Snapshot;

impl Snapshot {
    /// In-, out- or total degrees by node; of any other order, the total ones.
    #[must_use]
    pub fn degree_values(&self, order: HubOrder) -> Vec<u64> {
        let value = |own: &crate::network::snapshot::Degree| match order {
            HubOrder::In => own.into,
            HubOrder::Out => own.out,
            _ => own.total,
        };
        self.degrees.iter().map(value).collect()
    }

    /// The complementary cumulative distribution: every degree above zero that occurs, ascending,
    /// with the share of all nodes that have it or more.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "degrees and counts stay far below 2^52")]
    pub fn ccdf(&self, order: HubOrder) -> Vec<(f64, f64)> {
        let mut values = self.degree_values(order);
        values.sort_unstable();
        let all = values.len();
        let mut points: Vec<(f64, f64)> = Vec::new();
        for (at, &value) in values.iter().enumerate() {
            if value > 0 && (at == 0 || values[at - 1] < value) {
                points.push((value as f64, (all - at) as f64 / all as f64));
            }
        }
        points
    }

    /// The Lorenz curve of degrees, from the smallest up, in so many steps at most.
    #[must_use]
    pub fn lorenz(&self, order: HubOrder, steps: usize) -> Vec<(f64, f64)> {
        lorenz(&self.degree_values(order), steps)
    }

    /// The power law fitted to degrees.
    #[must_use]
    pub const fn power_law(&self, order: HubOrder) -> Option<&PowerLaw> {
        let statistics = &self.statistics;
        match order {
            HubOrder::In => statistics.power_law_in.as_ref(),
            HubOrder::Out => statistics.power_law_out.as_ref(),
            _ => statistics.power_law_total.as_ref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::snapshot::Degree;
    use crate::network::statistics::statistics;

    /// Out-degrees 0, 1, 1, 4.
    fn snapshot() -> Snapshot {
        let degrees = [0, 1, 1, 4].map(|out| Degree { out, total: out, ..Degree::default() });
        Snapshot {
            year: None,
            members: vec![0, 1, 2, 3],
            sample: None,
            types: Vec::new(),
            edge_types: Vec::new(),
            edges: 6,
            weight: 6.0,
            statistics: statistics(&crate::network::Graph::new(4, &[])),
            page_rank: vec![0.25; 4],
            degrees: degrees.to_vec(),
            depth: None,
        }
    }

    #[test]
    fn three_of_four_have_one_or_more() {
        assert_eq!(snapshot().ccdf(HubOrder::Out), [(1.0, 0.75), (4.0, 0.25)]);
        assert!(snapshot().ccdf(HubOrder::In).is_empty());
    }

    #[test]
    fn the_curve_ends_at_one() {
        let curve = snapshot().lorenz(HubOrder::Out, 10);
        assert_eq!(curve.last(), Some(&(1.0, 1.0)));
        assert_eq!(curve[3], (0.75, 1.0 / 3.0));
    }
}
