//! A chord diagram: who gives how much to whom, around a circle.

use std::f64::consts::TAU;

use super::canvas::{Anchor, At, Canvas, Lettering, PT_PER_MM, Stroke};
use super::error::legible;
use super::flow::{self, Flow};
use super::ribbon::{Span, arc, polar, ribbon};
use super::scale::count;
use super::spread::spread;
use super::{Chart, ChartError, Theme, alt};
use crate::lang::Lang;
use crate::num::fixed;

/// One region on the circle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChordRegion {
    /// Name of the region.
    pub label: String,
}

/// Flows between regions as ribbons; a ribbon has the colour of the giver and points at the taker.
#[derive(Debug, Clone, PartialEq)]
pub struct Chord {
    /// What flows, such as `技术合作关系`.
    pub subject: String,
    /// The regions, clockwise from the top; the first five have colours of their own.
    pub regions: Vec<ChordRegion>,
    /// The flows, in any order; those within a region too.
    pub flows: Vec<Flow>,
    /// Word for what a region gives, such as `赋能`.
    pub out_name: String,
    /// Word for what a region takes, such as `输入`.
    pub in_name: String,
    /// Decimals of the values.
    pub decimals: usize,
    /// Measure of the values, such as `%`.
    pub measure: String,
    /// Printed width.
    pub width_mm: f64,
}

const MOST_RADIUS: f64 = 62.0 * PT_PER_MM;
const LEAST_RADIUS: f64 = 28.0;
/// Thickness of the arcs and their distance from the ribbons.
const ARC: f64 = 6.0;
const SEAM: f64 = 1.6;
/// Angle between neighbouring regions.
const GAP: f64 = 0.03;
/// From the circle to the column of names, and to where leaders bend.
const LEADER: f64 = 16.0;
const BOW: f64 = 5.0;
/// Turns of the circle that are tried.
const TURNS: u32 = 72;

/// Where regions and the ends of their flows lie on the circle.
struct Circle {
    arcs: Vec<Span>,
    /// Both ends of each flow, in the order of the flows.
    ends: Vec<(Span, Span)>,
}

impl Circle {
    fn turned(mut self, turn: f64) -> Self {
        let ends = self.ends.iter_mut().flat_map(|(from, to)| [from, to]);
        for span in self.arcs.iter_mut().chain(ends) {
            span.from += turn;
            span.to += turn;
        }
        self
    }
}

/// The label of a region.
struct Name {
    lines: [String; 2],
    angle: f64,
    at: At,
}

impl Chord {
    /// The most regions that stay legible.
    pub const MOST: usize = 20;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`] also for flows that are all zero, [`ChartError::TooMany`],
    /// [`ChartError::Absent`], [`ChartError::NotFinite`], [`ChartError::Negative`] or
    /// [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        legible("regions", self.regions.len(), Self::MOST)?;
        flow::screen(&self.flows, "regions", &self.labels())?;
        let circle = self.circle().ok_or(ChartError::Empty)?;
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;

        let (mut names, key) = self.names(&canvas, &circle, lang);
        let head = canvas.label().bold();
        let widest = names.iter().fold(0.0_f64, |most, name| {
            let value = canvas.width_of(&name.lines[1], values(&canvas));
            most.max(canvas.width_of(&name.lines[0], head)).max(value)
        });
        let radius = (canvas.width / 2.0 - widest - LEADER).min(MOST_RADIUS);
        if radius < LEAST_RADIUS {
            return Err(ChartError::TooNarrow);
        }
        let pitch = head.height(1) + values(&canvas).height(1) + 2.0;
        let turn = best_turn(&mut names, radius, pitch);
        let (half, _) = place_names(&mut names, turn, radius, pitch);
        let circle = circle.turned(turn);
        let top = key.map_or(0.0, |key| {
            let at = (0.0, values(&canvas).height(1) / 2.0);
            canvas.text(&key, at, Anchor::Start, values(&canvas)).bottom + 2.0
        });
        let centre = (canvas.width / 2.0, top + half);

        self.ribbons(&mut canvas, &circle, centre, radius - ARC - SEAM);
        for (index, span) in circle.arcs.iter().enumerate() {
            let mut ring = arc(centre, radius, *span);
            ring.extend(arc(centre, radius - ARC, *span).into_iter().rev());
            canvas.polygon(ring, flow::colour(theme, index), 1.0);
        }
        for name in &names {
            draw_name(&mut canvas, name, centre, turn, radius);
        }
        canvas.finish(top + half * 2.0)
    }

    fn labels(&self) -> Vec<&str> {
        self.regions.iter().map(|region| region.label.as_str()).collect()
    }

    /// What each region gives and takes.
    fn sums(&self) -> Vec<(f64, f64)> {
        let mut sums = vec![(0.0, 0.0); self.regions.len()];
        for flow in &self.flows {
            sums[flow.from].0 += flow.value;
            sums[flow.to].1 += flow.value;
        }
        sums
    }

    /// Lays out the circle; none if nothing flows.
    fn circle(&self) -> Option<Circle> {
        let sums = self.sums();
        let all: f64 = sums.iter().map(|(out, taken)| out + taken).sum();
        let n = self.regions.len();
        let scale = (TAU - GAP * count(n)) / all;
        if all <= 0.0 || !scale.is_finite() {
            return None;
        }
        let empty = Span { from: 0.0, to: 0.0 };
        let mut ends = vec![(empty, empty); self.flows.len()];
        let mut arcs = Vec::with_capacity(n);
        let mut at = GAP / 2.0;
        for (region, (out, taken)) in sums.iter().enumerate() {
            arcs.push(Span { from: at, to: at + (out + taken) * scale });
            let mut slot = at;
            let mut take = |value: f64| {
                let from = slot;
                slot += value * scale;
                Span { from, to: slot }
            };
            // Counted against the clock, so that ribbons to neighbours leave without crossing.
            for partner in partners(region, n) {
                for (flow, end) in self.flows.iter().zip(&mut ends) {
                    if (flow.from, flow.to) == (region, partner) {
                        end.0 = take(flow.value);
                    }
                }
                for (flow, end) in self.flows.iter().zip(&mut ends) {
                    if (flow.from, flow.to) == (partner, region) {
                        end.1 = take(flow.value);
                    }
                }
            }
            at += (out + taken) * scale + GAP;
        }
        Some(Circle { arcs, ends })
    }

    fn ribbons(&self, canvas: &mut Canvas<'_>, circle: &Circle, centre: At, radius: f64) {
        let mut order: Vec<usize> =
            (0..self.flows.len()).filter(|&i| self.flows[i].value > 0.0).collect();
        // The narrow ones stay visible on the wide ones.
        order.sort_by(|&a, &b| self.flows[b].value.total_cmp(&self.flows[a].value));
        for i in order {
            let (from, to) = circle.ends[i];
            let colour = flow::colour(canvas.theme, self.flows[i].from);
            let named = flow::is_coloured(self.flows[i].from);
            let shape = ribbon(centre, radius, from, to);
            canvas.polygon(shape, colour, if named { 0.72 } else { 0.5 });
        }
    }

    /// The labels, and what their numbers mean where they do not say it themselves.
    fn names(
        &self,
        canvas: &Canvas<'_>,
        circle: &Circle,
        lang: Lang,
    ) -> (Vec<Name>, Option<String>) {
        let (out, taken) = (&self.out_name, &self.in_name);
        let value = |v: f64| alt::measured(v, self.decimals, &self.measure, lang);
        let bare = |v: f64| fixed(v, self.decimals, lang);
        let full = self.sums().into_iter().map(|(given, got)| match lang {
            Lang::Zh => format!("{out}{} {taken}{}", value(given), value(got)),
            Lang::En => format!("{out} {}, {taken} {}", value(given), value(got)),
        });
        let mut lines: Vec<String> = full.collect();
        let room = canvas.width * 0.23;
        let full = canvas.widest(lines.iter().map(String::as_str), values(canvas)) <= room;
        if !full {
            let short = |(given, got)| format!("{} / {}", bare(given), bare(got));
            lines = self.sums().into_iter().map(short).collect();
        }
        let key = match lang {
            Lang::Zh => format!("{out} / {taken}（{}）", self.measure),
            Lang::En => alt::sentence(&format!("{out} / {taken} ({})", self.measure)),
        };
        let rows = self.regions.iter().zip(lines).zip(&circle.arcs);
        let names = rows.map(|((region, line), arc)| {
            let head = canvas.fit(&region.label, room, canvas.label().bold());
            Name { lines: [head, line], angle: arc.middle(), at: (0.0, 0.0) }
        });
        (names.collect(), (!full).then_some(key))
    }

    /// Tells the chart in prose.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let n = self.regions.len();
        let subject = &self.subject;
        let value = |v: f64| alt::measured(v, self.decimals, &self.measure, lang);
        let heading = match lang {
            Lang::Zh => format!("弦图：{n}个地区之间的{subject}"),
            Lang::En => {
                let regions = alt::counted(n, "", "region", "regions", lang);
                format!("Chord diagram: {subject} among {regions}")
            }
        };
        let pairs: Vec<(&str, (f64, f64))> = self.labels().into_iter().zip(self.sums()).collect();
        let (out, taken) = (&self.out_name, &self.in_name);
        let mut told = alt::ends(&pairs, lang, |(label, (given, got))| match lang {
            Lang::Zh => format!("{label}{out}{}，{taken}{}", value(*given), value(*got)),
            Lang::En => {
                let (out, taken) = (alt::inside(out), alt::inside(taken));
                format!("{label}: {out} {}, {taken} {}", value(*given), value(*got))
            }
        });
        let cross = flow::largest(&self.flows, 5, |f| f.from != f.to);
        if !cross.is_empty() {
            let items = flow::told(&cross, &self.labels(), (self.decimals, &self.measure), lang);
            told.push(match lang {
                Lang::Zh => format!("地区之间以{items}为最多"),
                Lang::En => format!("largest between regions: {items}"),
            });
        }
        alt::prose(&heading, &told, lang)
    }
}

fn values(canvas: &Canvas<'_>) -> Lettering {
    Lettering { size: canvas.theme.least_size, ..canvas.axis() }
}

/// The partners of a region against the clock, itself half way round.
fn partners(region: usize, n: usize) -> impl Iterator<Item = usize> {
    let others = move |k: usize| (region + n - k) % n;
    (1..=n / 2).map(others).chain([region]).chain((n / 2 + 1..n).map(others))
}

/// The turn of the circle, of [`TURNS`], at which its names move least from their arcs.
fn best_turn(names: &mut [Name], radius: f64, pitch: f64) -> f64 {
    let mut best = (f64::INFINITY, 0.0);
    for step in 0..TURNS {
        let turn = TAU * f64::from(step) / f64::from(TURNS);
        let (half, moved) = place_names(names, turn, radius, pitch);
        let cost = moved + (half - radius) * (half - radius);
        if cost < best.0 - 1e-6 {
            best = (cost, turn);
        }
    }
    best.1
}

/// Puts the names in columns beside the circle, relative to its middle, and returns half the height
/// they and the circle need and the sum of the squares of how far they had to move.
fn place_names(names: &mut [Name], turn: f64, radius: f64, pitch: f64) -> (f64, f64) {
    let is_right = |name: &Name| libm::sin(name.angle + turn) >= 0.0;
    let right = names.iter().filter(|name| is_right(name)).count();
    let fullest = count(right.max(names.len() - right));
    let half = (radius + 4.0).max(fullest * pitch / 2.0 + 1.0);
    let mut moved = 0.0;
    for side in [true, false] {
        let mut own: Vec<&mut Name> =
            names.iter_mut().filter(|name| is_right(name) == side).collect();
        let height = |name: &Name| polar((0.0, 0.0), radius + BOW, name.angle + turn).1;
        own.sort_by(|a, b| height(a).total_cmp(&height(b)));
        let wanted: Vec<f64> = own.iter().map(|name| height(name)).collect();
        let placed = spread(&wanted, &vec![pitch; own.len()], (-half, half));
        let out = if side { radius + LEADER } else { -radius - LEADER };
        for ((name, y), wanted) in own.into_iter().zip(placed).zip(wanted) {
            name.at = (out, y);
            moved += (y - wanted) * (y - wanted);
        }
    }
    (half, moved)
}

fn draw_name(canvas: &mut Canvas<'_>, name: &Name, centre: At, turn: f64, radius: f64) {
    let (x, y) = (centre.0 + name.at.0, centre.1 + name.at.1);
    let (anchor, out) = if name.at.0 >= 0.0 { (Anchor::Start, 1.0) } else { (Anchor::End, -1.0) };
    let stroke = Stroke::new(canvas.theme.muted, 0.5);
    let rim = polar(centre, radius + 1.0, name.angle + turn);
    let bow = polar(centre, radius + BOW, name.angle + turn);
    canvas.path([rim, bow, (x - out * 2.5, y)], stroke);
    let (head, value) = (canvas.label().bold(), values(canvas));
    canvas.text(&name.lines[0], (x, y - value.height(1) / 2.0), anchor, head);
    canvas.text(&name.lines[1], (x, y + head.height(1) / 2.0), anchor, value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    fn chart(labels: Vec<String>, flows: Vec<Flow>) -> Chord {
        Chord {
            subject: "cooperation".to_owned(),
            regions: labels.into_iter().map(|label| ChordRegion { label }).collect(),
            flows,
            out_name: "Gives".to_owned(),
            in_name: "takes".to_owned(),
            decimals: 2,
            measure: "%".to_owned(),
            width_mm: TEXT_BLOCK_MM,
        }
    }

    /// Every pair, falling off with the places of both.
    fn all_pairs(n: usize) -> Vec<Flow> {
        let pair = |i: usize| (i / n, i % n);
        let value = |a: usize, b: usize| 40.0 / (count(a + 1) * count(b + 1));
        (0..n * n).map(pair).map(|(from, to)| Flow { from, to, value: value(from, to) }).collect()
    }

    #[test]
    fn all_sizes_are_legible() {
        for n in [1, 2, 5, 16, 20] {
            trial::check_both(|theme, lang| {
                chart(trial::cities(lang)[..n].to_vec(), all_pairs(n)).draw(theme, lang).unwrap()
            });
        }
    }

    #[test]
    fn ends_fill_the_arcs() {
        let chart = chart(trial::cities(Lang::En)[..6].to_vec(), all_pairs(6));
        let circle = chart.circle().unwrap();
        let length = |span: &Span| span.to - span.from;
        let arcs: f64 = circle.arcs.iter().map(length).sum();
        let ends: f64 = circle.ends.iter().map(|(a, b)| length(a) + length(b)).sum();
        assert!((arcs - ends).abs() < 1e-9 && (arcs + 6.0 * GAP - TAU).abs() < 1e-9);
        for (flow, (from, to)) in chart.flows.iter().zip(&circle.ends) {
            assert!((length(from) - length(to)).abs() < 1e-9);
            let arc = circle.arcs[flow.from];
            assert!(from.from >= arc.from - 1e-9 && from.to <= arc.to + 1e-9);
        }
    }

    #[test]
    fn every_partner_is_met_once() {
        for n in 1..8 {
            for region in 0..n {
                let mut met: Vec<usize> = partners(region, n).collect();
                met.sort_unstable();
                assert_eq!(met, (0..n).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let draw = |flows| chart(vec!["A".to_owned()], flows).draw(&theme, Lang::En);
        let flow = |to, value| vec![Flow { from: 0, to, value }];
        assert_eq!(draw(vec![]), Err(ChartError::Empty));
        assert_eq!(draw(flow(0, 0.0)), Err(ChartError::Empty));
        let absent = ChartError::Absent { what: "regions", index: 1, count: 1 };
        assert_eq!(draw(flow(1, 1.0)), Err(absent));
        assert_eq!(draw(flow(0, -1.0)), Err(ChartError::Negative { label: "A".to_owned() }));
        assert_eq!(draw(flow(0, f64::NAN)), Err(ChartError::NotFinite { label: "A".to_owned() }));
        let narrow = Chord { width_mm: 40.0, ..chart(vec!["A".to_owned()], flow(0, 1.0)) };
        assert_eq!(narrow.draw(&theme, Lang::En), Err(ChartError::TooNarrow));
    }

    #[test]
    fn alt_tells_sums_and_the_largest_flows() {
        let flows = vec![
            Flow { from: 0, to: 0, value: 10.0 },
            Flow { from: 0, to: 1, value: 2.5 },
            Flow { from: 1, to: 0, value: 4.0 },
        ];
        let mut spec = chart(vec!["Beijing".to_owned(), "Shanghai".to_owned()], flows);
        assert_eq!(
            spec.alt(Lang::En),
            "Chord diagram: cooperation among 2 regions. Beijing: gives 12.50%, takes 14.00%. \
             Shanghai: gives 4.00%, takes 2.50%. Largest between regions: Shanghai to Beijing \
             (4.00%) and Beijing to Shanghai (2.50%)."
        );
        spec.regions[0].label = "北京".to_owned();
        spec.regions[1].label = "上海".to_owned();
        spec.subject = "技术合作".to_owned();
        spec.out_name = "赋能".to_owned();
        spec.in_name = "输入".to_owned();
        assert_eq!(
            spec.alt(Lang::Zh),
            "弦图：2个地区之间的技术合作。北京赋能12.50%，输入14.00%；上海赋能4.00%，\
             输入2.50%；地区之间以上海到北京4.00%和北京到上海2.50%为最多。"
        );
    }
}
