//! Counter-based random numbers: Philox4x32-10.
//!
//! J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, Parallel random numbers: as easy as 1, 2, 3,
//! SC'11. The number at a counter depends on nothing but key and counter, so that threads may draw
//! in any order.

const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: usize = 10;

/// Four random words at a counter.
#[must_use]
pub fn philox(key: [u32; 2], counter: [u32; 4]) -> [u32; 4] {
    let (mut k, mut c) = (key, counter);
    for round in 0..ROUNDS {
        if round > 0 {
            k = [k[0].wrapping_add(WEYL[0]), k[1].wrapping_add(WEYL[1])];
        }
        let (high0, low0) = multiply(MULTIPLIERS[0], c[0]);
        let (high1, low1) = multiply(MULTIPLIERS[1], c[2]);
        c = [high1 ^ c[1] ^ k[0], low1, high0 ^ c[3] ^ k[1], low0];
    }
    c
}

/// Blocks that [`philox_lanes`] computes side by side.
pub const LANES: u32 = 8;

/// The words at [`LANES`] consecutive counters, word by word: the same numbers as [`philox`], in a
/// form that compilers turn into vector instructions.
#[must_use]
pub fn philox_lanes(key: [u32; 2], first: [u32; 4]) -> [[u32; LANES as usize]; 4] {
    let mut k = key;
    let mut c = first.map(|word| [word; LANES as usize]);
    for (step, word) in (0..).zip(&mut c[0]) {
        *word = word.wrapping_add(step);
    }
    for round in 0..ROUNDS {
        if round > 0 {
            k = [k[0].wrapping_add(WEYL[0]), k[1].wrapping_add(WEYL[1])];
        }
        let before = c;
        for lane in 0..LANES as usize {
            let (high0, low0) = multiply(MULTIPLIERS[0], before[0][lane]);
            let (high1, low1) = multiply(MULTIPLIERS[1], before[2][lane]);
            c[0][lane] = high1 ^ before[1][lane] ^ k[0];
            c[1][lane] = low1;
            c[2][lane] = high0 ^ before[3][lane] ^ k[1];
            c[3][lane] = low0;
        }
    }
    c
}

/// High and low half of a product.
#[expect(clippy::cast_possible_truncation, reason = "the halves are what is wanted")]
const fn multiply(a: u32, b: u32) -> (u32, u32) {
    let product = a as u64 * b as u64;
    ((product >> 32) as u32, product as u32)
}

/// A number in [0, 1) of 53 random bits.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "53 bits fit exactly")]
pub fn unit_interval(high: u32, low: u32) -> f64 {
    const SCALE: f64 = 1.0 / (1_u64 << 53) as f64;
    ((u64::from(high) << 32 | u64::from(low)) >> 11) as f64 * SCALE
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "exact by construction")]
mod tests {
    use super::*;

    /// Known answers of the reference implementation (Random123, `kat_vectors`).
    #[test]
    fn known_answers() {
        assert_eq!(philox([0; 2], [0; 4]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        let ones = philox([u32::MAX; 2], [u32::MAX; 4]);
        assert_eq!(ones, [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
        let pi = philox(
            [0xa409_3822, 0x299f_31d0],
            [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
        );
        assert_eq!(pi, [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]);
    }

    #[test]
    fn side_by_side_or_one_by_one() {
        let lanes = philox_lanes([1, 2], [7, 8, 9, 10]);
        for (lane, counter) in (7..).take(LANES as usize).enumerate() {
            assert_eq!(lanes.map(|word| word[lane]), philox([1, 2], [counter, 8, 9, 10]));
        }
    }

    #[test]
    fn the_unit_interval_is_half_open() {
        assert_eq!(unit_interval(0, 0), 0.0);
        assert!(unit_interval(u32::MAX, u32::MAX) < 1.0);
        assert_eq!(unit_interval(1 << 31, 0), 0.5);
    }
}
