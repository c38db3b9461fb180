//! A strip of scores cut into tiers, every city under its own flag.
//!
//! A flag is a pole at the score with the name to its right. A pole may not cross the name of a
//! flag to its left, so that flag must fly higher: going from right to left, each flag takes the
//! lowest floor above all those whose poles stand under its name. Names thus never overlap,
//! however close the scores.

use super::alt;
use super::canvas::{Anchor, Bounds, Canvas, PT_PER_MM, Stroke};
use super::error::{finite, legible};
use super::legend::{self, Key, Placing};
use super::scale::{Scale, count};
use super::theme::Colour;
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;
use crate::num::fixed;

/// One city in a tier.
#[derive(Debug, Clone, PartialEq)]
pub struct TierPoint {
    /// Name of the unit.
    pub label: String,
    /// Its score.
    pub value: f64,
}

/// One tier, its cities in any order.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// Name of the tier, such as `第一梯队`.
    pub name: String,
    /// Its cities.
    pub points: Vec<TierPoint>,
}

/// One axis of scores with the cuts between tiers and every city named.
#[derive(Debug, Clone, PartialEq)]
pub struct TierStrip {
    /// What is measured, such as `总指数得分`.
    pub subject: String,
    /// The tiers, best first.
    pub tiers: Vec<Tier>,
    /// Scores at which tiers meet.
    pub cuts: Vec<f64>,
    /// Decimals of every printed value.
    pub decimals: usize,
    /// Printed width.
    pub width_mm: f64,
}

const FLOOR: f64 = 10.0;
const BAND: f64 = 12.0;
const MOST_HEIGHT: f64 = 230.0 * PT_PER_MM;

struct Flag<'a> {
    name: &'a str,
    number: String,
    value: f64,
    colour: Colour,
    name_width: f64,
    width: f64,
    floor: usize,
    up: bool,
}

impl TierStrip {
    /// The most tiers that can be told apart.
    pub const MOST_TIERS: usize = 7;
    /// The most cities that stay legible.
    pub const MOST_POINTS: usize = 80;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooMany`] (also where the flags of crowded scores need
    /// more than a page), [`ChartError::NotFinite`] or [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        let cities = self.tiers.iter().map(|tier| tier.points.len()).sum();
        legible("tiers", self.tiers.len(), Self::MOST_TIERS)?;
        legible("units", cities, Self::MOST_POINTS)?;
        for point in self.tiers.iter().flat_map(|tier| &tier.points) {
            finite(&point.label, [&point.value])?;
        }
        finite("cuts", &self.cuts)?;

        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let mut flags = self.flags(&canvas);
        let (low, high) = self.span(&flags);
        let scale = Scale::new((low, high), (6.0, Self::right_end(&canvas, &flags, (low, high))?));
        raise(&mut flags, &scale);

        let across = (0.0, canvas.width);
        let entries: Vec<(Key, String)> = self
            .tiers
            .iter()
            .enumerate()
            .map(|(i, tier)| (Key::Disc(self.colour(theme, i), 3.4), tier.name.clone()))
            .collect();
        let legend = legend::draw(&mut canvas, &entries, across, 0.0, Placing::Left);
        let floors =
            |up| count(flags.iter().filter(|f| f.up == up).map(|f| f.floor + 1).max().unwrap_or(0));
        let cut_floors = self.cut_labels(&mut canvas, &scale, legend + 3.0);
        let top = legend + 3.0 + cut_floors * FLOOR;
        let band = top + floors(true) * FLOOR + 8.0;
        let bottom = band + BAND + floors(false) * FLOOR + 8.0;
        if bottom + 14.0 > MOST_HEIGHT {
            return Err(ChartError::TooMany { what: "units", found: cities, most: cities / 2 });
        }

        let (axis, grid) = (canvas.axis(), canvas.grid());
        let (ticks, decimals) = scale.ticks(6);
        let taken = boxes(&flags, &scale, band);
        for tick in ticks {
            canvas.rule(scale.at(tick), (top, bottom), grid, &taken);
            let text = fixed(tick, decimals, lang);
            canvas.tick(&text, (scale.at(tick), bottom + 8.0), axis);
        }
        let edge = scale.at(high);
        let b = Bounds { left: 0.0, top: band, right: edge + 6.0, bottom: band + BAND };
        canvas.fill(b, theme.grid.mix(theme.paper, 0.55));
        let cut = Stroke::new(theme.highlight, 0.9).dashed(3.5, 2.0);
        for &value in &self.cuts {
            canvas.rule(scale.at(value), (top, bottom), cut, &taken);
        }
        fly(&mut canvas, &flags, &scale, band);
        canvas.finish(bottom + 15.0)
    }

    fn colour(&self, theme: &Theme, tier: usize) -> Colour {
        theme.tier_at(tier, self.tiers.len())
    }

    /// The flags from the highest score to the lowest, alternately up and down.
    fn flags(&self, canvas: &Canvas<'_>) -> Vec<Flag<'_>> {
        let (label, value) = (canvas.label(), canvas.value());
        let tiers = self.tiers.iter().enumerate();
        let mut flags: Vec<Flag<'_>> = tiers
            .flat_map(|(i, tier)| tier.points.iter().map(move |point| (i, point)))
            .map(|(i, point)| {
                let number = fixed(point.value, self.decimals, canvas.lang);
                let name_width = canvas.width_of(&point.label, label);
                Flag {
                    name: &point.label,
                    value: point.value,
                    colour: self.colour(canvas.theme, i),
                    name_width,
                    width: 3.0 + name_width + 3.5 + canvas.width_of(&number, value),
                    number,
                    floor: 0,
                    up: true,
                }
            })
            .collect();
        flags.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.name.cmp(b.name)));
        for (i, flag) in flags.iter_mut().enumerate() {
            flag.up = i % 2 == 0;
        }
        flags
    }

    fn span(&self, flags: &[Flag<'_>]) -> (f64, f64) {
        let all = || flags.iter().map(|flag| flag.value).chain(self.cuts.iter().copied());
        let low = all().fold(f64::INFINITY, f64::min);
        let high = all().fold(f64::NEG_INFINITY, f64::max);
        if high <= low {
            return (low - 1.0, high + 1.0);
        }
        // Scores that start near zero are shown from zero.
        if low > 0.0 && low < high * 0.25 { (0.0, high) } else { (low, high) }
    }

    /// Where the axis must end so that the flags at its right stay on the sheet.
    fn right_end(
        canvas: &Canvas<'_>,
        flags: &[Flag<'_>],
        (low, high): (f64, f64),
    ) -> Result<f64, ChartError> {
        let span = if high > low { high - low } else { 1.0 };
        let end = flags.iter().fold(canvas.width - 14.0, |end, flag| {
            let share = (flag.value - low) / span;
            let room = canvas.width - 6.0 - flag.width;
            if share > 0.0 { end.min(6.0 + room / share) } else { end }
        });
        let fits = flags.iter().all(|flag| flag.width + 6.0 <= canvas.width);
        if fits && end > 60.0 { Ok(end) } else { Err(ChartError::TooNarrow) }
    }

    /// Letters the cuts from `top` down, on a second floor where they are close; returns the floors.
    fn cut_labels(&self, canvas: &mut Canvas<'_>, scale: &Scale, top: f64) -> f64 {
        let mut lettering = canvas.axis();
        lettering.colour = canvas.theme.highlight;
        let mut cuts = self.cuts.clone();
        cuts.sort_by(f64::total_cmp);
        let mut placed: Vec<(usize, f64, String)> = Vec::new();
        let mut ends: Vec<f64> = Vec::new();
        for cut in cuts {
            let text = fixed(cut, self.decimals, canvas.lang);
            let half = canvas.width_of(&text, lettering) / 2.0;
            let x = scale.at(cut).clamp(half, canvas.width - half);
            let floor = ends.iter().position(|end| end + 4.0 <= x - half).unwrap_or(ends.len());
            if floor == ends.len() {
                ends.push(0.0);
            }
            ends[floor] = x + half;
            placed.push((floor, x, text));
        }
        for (floor, x, text) in placed {
            let y = top + FLOOR * (count(floor) + 0.5);
            canvas.tick(&text, (x, y), lettering);
        }
        count(ends.len())
    }

    /// Tells the chart in prose.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let subject = &self.subject;
        let cities = alt::cities(self.tiers.iter().map(|tier| tier.points.len()).sum(), lang);
        let tiers = alt::counted(self.tiers.len(), "个梯队", "tier", "tiers", lang);
        let cuts: Vec<String> =
            self.cuts.iter().map(|&cut| fixed(cut, self.decimals, lang)).collect();
        let cuts = alt::list(&cuts, lang);
        let heading = match (lang, cuts.is_empty()) {
            (Lang::Zh, true) => format!("梯队分布图：{cities}的{subject}，共{tiers}"),
            (Lang::Zh, false) => {
                format!("梯队分布图：{cities}的{subject}，分为{tiers}，分界值为{cuts}")
            }
            (Lang::En, true) => format!("Tier chart: {subject} of {cities} in {tiers}"),
            (Lang::En, false) => {
                format!("Tier chart: {subject} of {cities} in {tiers}, cut at {cuts}")
            }
        };
        let told: Vec<String> = self
            .tiers
            .iter()
            .map(|tier| {
                let items: Vec<String> = tier
                    .points
                    .iter()
                    .map(|p| {
                        alt::name_and_number(&p.label, &fixed(p.value, self.decimals, lang), lang)
                    })
                    .collect();
                let cities = alt::cities(items.len(), lang);
                match (lang, items.is_empty()) {
                    (Lang::Zh, true) => format!("{}无城市", tier.name),
                    (Lang::Zh, false) => format!("{}{cities}：{}", tier.name, items.join("、")),
                    (Lang::En, true) => format!("{}: no city", tier.name),
                    (Lang::En, false) => {
                        format!("{}, {cities}: {}", tier.name, alt::list(&items, lang))
                    }
                }
            })
            .collect();
        alt::prose(&heading, &told, lang)
    }
}

/// Gives each flag its floor, from right to left on either side of the band.
fn raise(flags: &mut [Flag<'_>], scale: &Scale) {
    for i in 0..flags.len() {
        let (right, rest) = flags.split_at_mut(i);
        let Some(flag) = rest.first_mut() else { continue };
        let end = scale.at(flag.value) + flag.width + 4.0;
        flag.floor = right
            .iter()
            .filter(|other| other.up == flag.up && scale.at(other.value) <= end)
            .map(|other| other.floor + 1)
            .max()
            .unwrap_or(0);
    }
}

fn middle(flag: &Flag<'_>, band: f64) -> f64 {
    let away = FLOOR * (count(flag.floor) + 0.5) + 7.0;
    if flag.up { band - away } else { band + BAND + away }
}

fn boxes(flags: &[Flag<'_>], scale: &Scale, band: f64) -> Vec<Bounds> {
    flags
        .iter()
        .map(|flag| {
            let (x, y) = (scale.at(flag.value), middle(flag, band));
            let half = FLOOR / 2.0;
            Bounds { left: x + 2.0, top: y - half, right: x + flag.width, bottom: y + half }
        })
        .collect()
}

fn fly(canvas: &mut Canvas<'_>, flags: &[Flag<'_>], scale: &Scale, band: f64) {
    let (label, mut value) = (canvas.label(), canvas.value());
    value.colour = canvas.theme.muted;
    let (ink, paper) = (canvas.theme.ink, canvas.theme.paper);
    let axis = band + BAND / 2.0;
    for flag in flags {
        let (x, y) = (scale.at(flag.value), middle(flag, band));
        let tip = if flag.up { y - 4.5 } else { y + 4.5 };
        canvas.path([(x, axis), (x, tip)], Stroke::new(flag.colour.mix(ink, 0.3), 0.6));
        canvas.text(flag.name, (x + 3.0, y), Anchor::Start, label);
        let after = x + 3.0 + flag.name_width + 3.5;
        canvas.text(&flag.number, (after, y), Anchor::Start, value);
    }
    for flag in flags {
        let at = (scale.at(flag.value), axis);
        canvas.disc(at, 4.0, paper, 1.0);
        canvas.disc(at, 3.4, flag.colour, 1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    fn chart(points: Vec<(String, f64)>, cuts: &[f64]) -> TierStrip {
        let points = points.into_iter().map(|(label, value)| TierPoint { label, value }).collect();
        TierStrip {
            subject: "Composite index score".to_owned(),
            tiers: vec![
                Tier { name: "Tier 1".to_owned(), points },
                Tier { name: "Tier 2".to_owned(), points: Vec::new() },
            ],
            cuts: cuts.to_vec(),
            decimals: 2,
            width_mm: TEXT_BLOCK_MM,
        }
    }

    #[test]
    fn no_two_names_overlap() {
        for n in [1, 2, 20, 40] {
            trial::check_both(|theme, lang| {
                let names = trial::cities(lang).into_iter().cycle().take(n);
                let points =
                    names.enumerate().map(|(i, name)| (name, 20.0 + 60.0 / count(i + 1))).collect();
                chart(points, &[60.0, 30.0, 29.5]).draw(theme, lang).unwrap()
            });
        }
        trial::check_both(|theme, lang| {
            let equal = trial::cities(lang).into_iter().map(|name| (name, 50.0)).collect();
            chart(equal, &[]).draw(theme, lang).unwrap()
        });
        let odd = vec![("A & <B>".to_owned(), -3.0), ("C".to_owned(), 4.0)];
        trial::check_both(|theme, lang| chart(odd.clone(), &[0.0]).draw(theme, lang).unwrap());
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        assert_eq!(chart(vec![], &[]).draw(&theme, Lang::En), Err(ChartError::Empty));
        let nan = chart(vec![("A".to_owned(), f64::NAN)], &[]).draw(&theme, Lang::En);
        assert_eq!(nan, Err(ChartError::NotFinite { label: "A".to_owned() }));
    }

    #[test]
    fn alt_tells_each_tier() {
        let mut strip =
            chart(vec![("Beijing".to_owned(), 78.31), ("Wuhan".to_owned(), 60.0)], &[45.0]);
        assert_eq!(
            strip.alt(Lang::En),
            "Tier chart: Composite index score of 2 cities in 2 tiers, cut at 45.00. \
             Tier 1, 2 cities: Beijing 78.31 and Wuhan 60.00. Tier 2: no city."
        );
        strip.subject = "总指数得分".to_owned();
        strip.tiers.truncate(1);
        strip.tiers[0].name = "第一梯队".to_owned();
        strip.tiers[0].points[0].label = "北京".to_owned();
        strip.tiers[0].points[1].label = "武汉".to_owned();
        assert_eq!(
            strip.alt(Lang::Zh),
            "梯队分布图：2个城市的总指数得分，分为1个梯队，分界值为45.00。\
             第一梯队2个城市：北京78.31、武汉60.00。"
        );
    }
}
