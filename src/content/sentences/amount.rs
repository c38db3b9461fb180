//! Amounts: a number with its measure, as each language writes it.
//!
//! Chinese prints the number as the data have it: 36102.6亿元 (but 百万 as 亿 or 万). English brings it to millions or
//! billions and keeps its precision: CNY 3,610.26 billion. The factor is read from the English
//! measure: `CNY 100 million`, `10,000 persons`, `USD million`.

use crate::content::sentences::english;
use crate::lang::{Lang, Localised};
use crate::num::{fixed, round_to};

/// Zeros at the end of the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zeros {
    /// Kept, as in a column of values of one indicator.
    Keep,
    /// Dropped, as in a figure that stands alone; round Chinese figures are then told in 万 or 亿.
    Drop,
}

/// How numbers of a measure are written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style<'a> {
    /// The measure.
    pub(super) measure: &'a Localised<String>,
    /// Decimals of the number in that measure.
    pub(super) decimals: usize,
    /// What happens to zeros at the end.
    pub(super) zeros: Zeros,
    /// Whether the English name of what is measured tells the measure already.
    pub(super) told: bool,
    /// The language.
    pub(super) lang: Lang,
}

/// What an English measure means.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Measure<'a> {
    /// Currency before the number.
    currency: &'a str,
    /// Power of ten of the unit.
    exponent: usize,
    /// What is counted, or what follows the amount.
    noun: String,
}

impl Style<'_> {
    /// Prints one amount.
    pub(super) fn print(&self, value: f64) -> String {
        match self.lang {
            Lang::Zh => {
                let (number, measure) = self.zh_parts(value);
                format!("{number}{measure}")
            }
            Lang::En => {
                let measure = self.en_measure();
                let scale = self.scale(&measure, value);
                let number = self.en_number(&measure, value, scale);
                measure.around(&number, scale)
            }
        }
    }

    /// Prints a range; both ends at the scale of the upper one.
    pub(super) fn print_range(&self, low: f64, high: f64) -> String {
        match self.lang {
            Lang::Zh => {
                let [(low, low_measure), (high, measure)] = [low, high].map(|v| self.zh_parts(v));
                // 1亿—2亿元: after a bare 1—2亿元 one could take the 1 for one yuan.
                let factor: String =
                    low_measure.chars().take_while(|c| "百千万亿".contains(*c)).collect();
                format!("{low}{factor}—{high}{measure}")
            }
            Lang::En => {
                let measure = self.en_measure();
                let scale = self.scale(&measure, high);
                let [low, high] = [low, high].map(|v| self.en_number(&measure, v, scale));
                measure.around(&format!("{low}–{high}"), scale)
            }
        }
    }

    /// Decimals at which two values can still differ in print.
    pub(super) fn rounded(&self, value: f64) -> f64 {
        round_to(value, self.decimals)
    }

    fn en_measure(&self) -> Measure<'_> {
        let measure = Measure::of(&self.measure.en);
        if self.told { Measure { noun: String::new(), ..measure } } else { measure }
    }

    /// Number and measure in Chinese, with the factor moved where it reads better.
    fn zh_parts(&self, value: f64) -> (String, String) {
        let zh = self.measure.zh.as_str();
        // Chinese has no word for a million: 14213百万美元 is 142.13亿美元.
        if let Some(rest) = zh.strip_prefix("百万") {
            let value = self.rounded(value);
            return if value.abs() >= 100.0 {
                (self.zh_number(value / 100.0, self.decimals + 2), format!("亿{rest}"))
            } else {
                let decimals = self.decimals.saturating_sub(2);
                (self.zh_number(value * 100.0, decimals), format!("万{rest}"))
            };
        }
        // 百分点 takes a counter in front.
        let zh = if zh == "百分点" { "个百分点" } else { zh };
        let round = value.abs() >= 1e4 && (value / 1e3).fract() == 0.0;
        if self.zeros == Zeros::Keep || !round || zh.starts_with(['%', '％']) {
            return (self.zh_number(value, self.decimals), zh.to_owned());
        }
        let myriads = |rest: &str| (self.zh_number(value / 1e4, 1), rest.to_owned());
        match zh.strip_prefix('万') {
            Some(rest) => myriads(&format!("亿{rest}")),
            None if value.abs() >= 1e8 && !zh.starts_with('亿') && (value / 1e7).fract() == 0.0 => {
                (self.zh_number(value / 1e8, 1), format!("亿{zh}"))
            }
            None => myriads(&format!("万{zh}")),
        }
    }

    fn zh_number(&self, value: f64, decimals: usize) -> String {
        self.trimmed(fixed(value, decimals, Lang::Zh))
    }

    /// Power of ten of the printed number: billions, millions or the plain unit. A measure without
    /// a factor keeps its digits: `CNY 190,313`, `270,000 cores`.
    fn scale(&self, measure: &Measure<'_>, value: f64) -> usize {
        let size = self.rounded(value).abs() * power_of_ten(measure.exponent);
        match measure.exponent {
            0 => 0,
            _ if size >= 1e9 => 9,
            _ if size >= 1e6 => 6,
            _ => 0,
        }
    }

    fn en_number(&self, measure: &Measure<'_>, value: f64, scale: usize) -> String {
        let value = self.rounded(value);
        let exponent = measure.exponent;
        let shifted = if scale >= exponent {
            value / power_of_ten(scale - exponent)
        } else {
            value * power_of_ten(exponent - scale)
        };
        let decimals = (self.decimals + scale).saturating_sub(exponent);
        self.trimmed(fixed(shifted, decimals, Lang::En))
    }

    fn trimmed(&self, number: String) -> String {
        if self.zeros == Zeros::Keep || !number.contains('.') {
            return number;
        }
        number.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

impl<'a> Measure<'a> {
    fn of(text: &'a str) -> Self {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let mut currency = "";
        if words.first().is_some_and(|w| w.len() == 3 && w.chars().all(|c| c.is_ascii_uppercase()))
        {
            currency = words.remove(0);
        }
        let mut exponent = 0;
        if let Some(power) = words.first().and_then(|w| tens(w)) {
            exponent += power;
            words.remove(0);
        }
        if let Some(power) = words.first().and_then(|w| scale_word(w)) {
            exponent += power;
            words.remove(0);
        }
        let noun = words.join(" ");
        Self { currency, exponent, noun: if noun == "persons" { "people".into() } else { noun } }
    }

    /// Puts currency, scale and noun around a printed number.
    fn around(&self, number: &str, scale: usize) -> String {
        let mut text = String::new();
        if !self.currency.is_empty() {
            text.push_str(self.currency);
            text.push(' ');
        }
        text.push_str(number);
        text.push_str(match scale {
            9 => " billion",
            6 => " million",
            _ => "",
        });
        let one = number == "1" && scale == 0;
        match self.noun.as_str() {
            "" => {}
            "%" | "percent" | "per cent" => text.push('%'),
            noun => {
                text.push(' ');
                let one = one && !noun.starts_with("per ");
                text.push_str(&if one { english::singular(noun) } else { noun.to_owned() });
            }
        }
        text
    }
}

/// Whether values of a measure are plain counts of things that an English plural names.
pub(super) fn counts_things(measure: &Localised<String>) -> bool {
    let Measure { currency, exponent, noun } = Measure::of(&measure.en);
    currency.is_empty() && exponent == 0 && english::is_plural(&noun) && noun != "percentage points"
}

/// Whether values of a measure can be added up over units: amounts and counts, not shares or rates.
pub(super) fn adds_up(measure: &Localised<String>) -> bool {
    let en = &measure.en;
    let ratio = en.split_whitespace().any(|w| w == "per" || w == "percentage");
    !(en.is_empty() || en.contains(['%', '/']) || ratio)
}

/// The measure of a difference: percentage points for shares.
pub(super) fn of_difference(measure: &Localised<String>) -> Localised<String> {
    if measure.en.trim() == "%" {
        Localised::new("百分点".to_owned(), "percentage points".to_owned())
    } else {
        measure.clone()
    }
}

/// The exponent of a written power of ten, such as `10,000`.
fn tens(word: &str) -> Option<usize> {
    let digits = word.replace(',', "");
    let zeros = digits.strip_prefix('1')?;
    (!zeros.is_empty() && zeros.chars().all(|c| c == '0')).then_some(zeros.len())
}

fn scale_word(word: &str) -> Option<usize> {
    match word {
        "thousand" => Some(3),
        "million" => Some(6),
        "billion" => Some(9),
        _ => None,
    }
}

fn power_of_ten(exponent: usize) -> f64 {
    (0..exponent).fold(1.0, |power, _| power * 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(value: f64, decimals: usize, zh: &str, en: &str, zeros: Zeros) -> [String; 2] {
        let measure = Localised::new(zh.to_owned(), en.to_owned());
        Lang::ALL.map(|lang| {
            Style { measure: &measure, decimals, zeros, told: false, lang }.print(value)
        })
    }

    #[test]
    fn values_keep_their_precision() {
        let cases = [
            (36102.6, 1, "亿元", "CNY 100 million", "36102.6亿元", "CNY 3,610.26 billion"),
            (36100.0, 1, "亿元", "CNY 100 million", "36100.0亿元", "CNY 3,610.00 billion"),
            (3212.1, 1, "万人", "10,000 persons", "3212.1万人", "32.121 million people"),
            (35.6, 1, "万人", "10,000 persons", "35.6万人", "356,000 people"),
            (14205.0, 0, "百万美元", "USD million", "142.05亿美元", "USD 14.205 billion"),
            (85.5, 1, "百万美元", "USD million", "8550万美元", "USD 85.5 million"),
            (190_313.0, 0, "元", "CNY", "190313元", "CNY 190,313"),
            (
                25368.0,
                0,
                "万元/平方公里",
                "CNY 10,000 per km²",
                "25368万元/平方公里",
                "CNY 253.68 million per km²",
            ),
            (83.87, 2, "%", "%", "83.87%", "83.87%"),
            (-1.5, 1, "%", "%", "\u{2212}1.5%", "\u{2212}1.5%"),
            (0.3, 1, "百分点", "percentage points", "0.3个百分点", "0.3 percentage points"),
            (1.0, 0, "个", "centres", "1个", "1 centre"),
            (
                0.34,
                2,
                "个/百万人",
                "per million residents",
                "0.34个/百万人",
                "0.34 per million residents",
            ),
            (7.0, 0, "", "", "7", "7"),
        ];
        for (value, decimals, zh, en, in_zh, in_en) in cases {
            assert_eq!(both(value, decimals, zh, en, Zeros::Keep), [in_zh, in_en]);
        }
    }

    #[test]
    fn single_figures_are_short() {
        let cases = [
            (1000.0, 0, "亿元", "CNY 100 million", "1000亿元", "CNY 100 billion"),
            (261.6, 1, "亿元", "CNY 100 million", "261.6亿元", "CNY 26.16 billion"),
            (20_000.0, 0, "亿元", "CNY 100 million", "2万亿元", "CNY 2,000 billion"),
            (500.0, 0, "万元", "CNY 10,000", "500万元", "CNY 5 million"),
            (20_000.0, 0, "万元", "CNY 10,000", "2亿元", "CNY 200 million"),
            (0.168, 3, "亿元", "CNY 100 million", "0.168亿元", "CNY 16.8 million"),
            (30.0, 0, "亿美元", "USD 100 million", "30亿美元", "USD 3 billion"),
            (15.0, 0, "亿核小时", "100 million core-hours", "15亿核小时", "1.5 billion core-hours"),
            (270_000.0, 0, "核", "cores", "27万核", "270,000 cores"),
            (15_000.0, 0, "户", "users", "1.5万户", "15,000 users"),
            (14_818.0, 0, "家", "enterprises", "14818家", "14,818 enterprises"),
            (120_000_000.0, 0, "人次", "entries", "1.2亿人次", "120,000,000 entries"),
            (1000.0, 0, "PFLOPS", "PFLOPS", "1000PFLOPS", "1,000 PFLOPS"),
        ];
        for (value, decimals, zh, en, in_zh, in_en) in cases {
            assert_eq!(both(value, decimals, zh, en, Zeros::Drop), [in_zh, in_en]);
        }
    }

    #[test]
    fn ranges_share_a_scale() {
        let measure = Localised::new("亿元".to_owned(), "CNY 100 million".to_owned());
        let print = |lang| {
            let style =
                Style { measure: &measure, decimals: 0, zeros: Zeros::Drop, told: false, lang };
            style.print_range(1.0, 20.0)
        };
        assert_eq!(Lang::ALL.map(print), ["1亿—20亿元", "CNY 0.1–2 billion"]);
    }

    #[test]
    fn what_can_be_added() {
        let measure = |en: &str| Localised::same(en);
        assert!(adds_up(&measure("CNY 100 million")) && adds_up(&measure("firms")));
        assert!(!adds_up(&measure("%")) && !adds_up(&measure("per million residents")));
        assert!(counts_things(&measure("firms")) && !counts_things(&measure("10,000 persons")));
    }
}
