//! Moving labels of one column apart, no farther than they must.

/// The middles at which items of the given sizes stand in their order without overlap inside
/// `low..high`, the sum of squared shifts from `wanted` being the least (isotonic regression by
/// pooling of adjacent violators). Items that are together larger than the room begin at `low`.
pub(super) fn spread(wanted: &[f64], sizes: &[f64], (low, high): (f64, f64)) -> Vec<f64> {
    // Without their sizes, items that do not overlap are middles that do not fall.
    let mut before = 0.0;
    let offsets: Vec<f64> = sizes
        .iter()
        .map(|size| {
            let middle = before + size / 2.0;
            before += size;
            middle
        })
        .collect();
    let most = (high - before).max(low);
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (wanted, offset) in wanted.iter().zip(&offsets) {
        let mut pool = (wanted - offset, 1);
        while let Some(&(mean, members)) = pools.last() {
            if mean <= pool.0 {
                break;
            }
            pools.pop();
            let (a, b) = (super::scale::count(members), super::scale::count(pool.1));
            pool = ((mean * a + pool.0 * b) / (a + b), members + pool.1);
        }
        pools.push(pool);
    }
    pools
        .into_iter()
        .flat_map(|(start, members)| std::iter::repeat_n(start.clamp(low, most), members))
        .zip(offsets)
        .map(|(start, offset)| start + offset)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_with_room_stay() {
        assert_eq!(spread(&[10.0, 40.0], &[8.0, 8.0], (0.0, 50.0)), [10.0, 40.0]);
        assert_eq!(spread(&[], &[], (0.0, 50.0)), [0.0; 0]);
    }

    #[test]
    fn crowded_labels_share_the_shift() {
        assert_eq!(spread(&[20.0, 20.0], &[8.0, 8.0], (0.0, 50.0)), [16.0, 24.0]);
        assert_eq!(spread(&[20.0, 22.0, 24.0], &[8.0; 3], (0.0, 50.0)), [14.0, 22.0, 30.0]);
    }

    #[test]
    fn labels_stay_inside() {
        assert_eq!(spread(&[0.0, 1.0], &[8.0, 8.0], (0.0, 50.0)), [4.0, 12.0]);
        assert_eq!(spread(&[49.0, 50.0], &[8.0, 8.0], (0.0, 50.0)), [38.0, 46.0]);
        assert_eq!(spread(&[5.0, 5.0], &[8.0, 8.0], (0.0, 10.0)), [4.0, 12.0]);
    }
}
