//! Colours, sizes and families of all charts; the page design takes its colours from here too.

use std::fmt;

use super::faces::Faces;
use super::scale::count;
use crate::lang::Localised;
use crate::num;

/// An opaque colour; displays as `#RRGGBB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    /// Red, green and blue.
    pub rgb: [u8; 3],
}

impl Colour {
    /// Text, and the strongest lines.
    pub const INK: Self = Self::hex(0x1F_2933);
    /// Axis text, ranks, notes.
    pub const MUTED: Self = Self::hex(0x5B_6770);
    /// Grid and separators.
    pub const GRID: Self = Self::hex(0xDD_E1E5);
    /// What the paper shows through.
    pub const PAPER: Self = Self::hex(0xFF_FFFF);
    /// The one accent: headings, rules, the unit a chart is about.
    pub const ACCENT: Self = Self::hex(0x1B_4F8A);
    /// Bars and dots beside the accent.
    pub const QUIET: Self = Self::hex(0x9F_B6CF);
    /// A second emphasis that holds its own beside the accent: falls, leaders.
    pub const HIGHLIGHT: Self = Self::hex(0xBA_5417);
    /// One hue from light (far behind) to dark (ahead); readable in greyscale.
    pub const SEQUENTIAL: [Self; 5] = [
        Self::hex(0xEE_F3F8),
        Self::hex(0xC3_D6E8),
        Self::hex(0x85_AED2),
        Self::hex(0x3E_79B0),
        Self::hex(0x12_3F73),
    ];
    /// Six colours after Okabe and Ito, set apart by lightness for greyscale print.
    pub const CATEGORICAL: [Self; 6] = [
        Self::hex(0x16_3A63),
        Self::hex(0xF0_AE3E),
        Self::hex(0x0E_8072),
        Self::hex(0xF4_E3A1),
        Self::hex(0x8F_3D16),
        Self::hex(0x4C_9FD6),
    ];

    /// The colour `0xRRGGBB`.
    #[must_use]
    pub const fn hex(rgb: u32) -> Self {
        let [_, r, g, b] = rgb.to_be_bytes();
        Self { rgb: [r, g, b] }
    }

    /// The colour `share` of the way from this one to `other`.
    #[must_use]
    pub fn mix(self, other: Self, share: f64) -> Self {
        let share = share.clamp(0.0, 1.0);
        let mut rgb = self.rgb;
        for (part, &goal) in rgb.iter_mut().zip(&other.rgb) {
            let mixed = f64::from(*part) + (f64::from(goal) - f64::from(*part)) * share;
            *part = byte(mixed);
        }
        Self { rgb }
    }

    /// Relative luminance (WCAG 2.2), 0 for black to 1 for white.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let [r, g, b] = self.rgb.map(|part| {
            let c = f64::from(part) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { num::pow((c + 0.055) / 1.055, 2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// Contrast ratio with `other` (WCAG 2.2), 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The ink that reads best on this colour, white or black: only they leave no middle tone on
    /// which both fall below the contrast of 4.5 that small text needs.
    #[must_use]
    pub fn ink_on(self) -> Self {
        let black = Self::hex(0);
        if self.contrast(Self::PAPER) >= self.contrast(black) { Self::PAPER } else { black }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.rgb;
        write!(f, "#{r:02X}{g:02X}{b:02X}")
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the range of a byte"
)]
fn byte(value: f64) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

/// How charts look.
#[derive(Debug, Clone)]
pub struct Theme {
    /// The registered faces.
    pub faces: Faces,
    /// Families of each language, the first one leading; the same as the page's sans families.
    pub families: Localised<Vec<String>>,
    /// Size of names of units and dimensions, in points.
    pub label_size: f64,
    /// Size of printed values, in points.
    pub value_size: f64,
    /// Size of axis and legend text, in points.
    pub axis_size: f64,
    /// The smallest size to which crowding may press any text, in points.
    pub least_size: f64,
    /// Text.
    pub ink: Colour,
    /// Axis text, ranks, notes.
    pub muted: Colour,
    /// Grid and separators.
    pub grid: Colour,
    /// The paper.
    pub paper: Colour,
    /// The unit a chart is about.
    pub accent: Colour,
    /// Units beside it.
    pub quiet: Colour,
    /// A second emphasis.
    pub highlight: Colour,
    /// From light (far behind) to dark (ahead).
    pub sequential: [Colour; 5],
    /// Parts of a whole.
    pub categorical: [Colour; 6],
}

impl Theme {
    /// The house theme, lettered in `faces`.
    #[must_use]
    pub fn new(faces: Faces) -> Self {
        let sc = || "Noto Sans SC".to_owned();
        Self {
            faces,
            families: Localised::new(vec![sc()], vec!["Noto Sans".to_owned(), sc()]),
            label_size: 8.5,
            value_size: 8.0,
            axis_size: 8.0,
            least_size: 7.5,
            ink: Colour::INK,
            muted: Colour::MUTED,
            grid: Colour::GRID,
            paper: Colour::PAPER,
            accent: Colour::ACCENT,
            quiet: Colour::QUIET,
            highlight: Colour::HIGHLIGHT,
            sequential: Colour::SEQUENTIAL,
            categorical: Colour::CATEGORICAL,
        }
    }

    /// The colour of a tier among `tiers`, the best first and darkest.
    #[must_use]
    pub fn tier_at(&self, tier: usize, tiers: usize) -> Colour {
        let behind = count(tier) / count(tiers.max(2) - 1);
        // The palest step would not show on a band or on paper.
        self.sequential_at(1.0 - behind * 0.62)
    }

    /// The sequential colour at `share`, 0 for the lightest to 1 for the darkest.
    #[must_use]
    pub fn sequential_at(&self, share: f64) -> Colour {
        let mut at = share.clamp(0.0, 1.0) * 4.0;
        for pair in self.sequential.windows(2) {
            if at <= 1.0 {
                return pair[0].mix(pair[1], at);
            }
            at -= 1.0;
        }
        self.sequential[4]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CIE lightness, 0 to 100: what is left of a colour in greyscale.
    fn lightness(colour: Colour) -> f64 {
        116.0 * num::pow(colour.luminance(), 1.0 / 3.0) - 16.0
    }

    #[test]
    fn displays_as_hex() {
        assert_eq!(Colour::ACCENT.to_string(), "#1B4F8A");
        assert_eq!(Colour::INK.mix(Colour::PAPER, 1.0), Colour::PAPER);
    }

    #[test]
    fn sequential_darkens_evenly() {
        let steps: Vec<f64> = Colour::SEQUENTIAL.map(lightness).to_vec();
        assert!(steps.windows(2).all(|p| p[0] - p[1] > 8.0), "{steps:?}");
    }

    #[test]
    fn categories_differ_in_greyscale() {
        let mut steps: Vec<f64> = Colour::CATEGORICAL.map(lightness).to_vec();
        steps.sort_by(f64::total_cmp);
        assert!(steps.windows(2).all(|p| p[1] - p[0] > 8.0), "{steps:?}");
    }

    #[test]
    fn every_fill_carries_readable_ink() {
        let theme = crate::charts::trial::theme();
        let shades = (0..=100).map(|share| theme.sequential_at(f64::from(share) / 100.0));
        for colour in shades.chain(Colour::CATEGORICAL) {
            assert!(colour.contrast(colour.ink_on()) >= 4.5, "{colour}");
        }
        assert!(Colour::MUTED.contrast(Colour::PAPER) >= 4.5);
        assert!(Colour::HIGHLIGHT.contrast(Colour::PAPER) >= 4.5);
    }
}
