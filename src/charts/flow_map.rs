//! A map of flows between cities: arcs on city points, no boundaries of any kind.

use super::alt;
use super::arrow::{arrow, way};
use super::canvas::{Anchor, At, Bounds, Canvas, Lettering, Stroke};
use super::error::{amounts, finite, legible};
use super::flow::{self, Flow};
use super::legend::{self, Key, Placing as Row};
use super::map_sheet::MapSheet;
use super::placing::Placing;
use super::scale::round_step;
use super::theme::Colour;
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;
use crate::num::shortest;

/// One city.
#[derive(Debug, Clone, PartialEq)]
pub struct MapCity {
    /// Its name.
    pub label: String,
    /// Degrees east.
    pub longitude: f64,
    /// Degrees north.
    pub latitude: f64,
    /// What the area of its disc stands for; zero or more.
    pub size: f64,
    /// Whether its name is printed.
    pub named: bool,
}

/// Flows between cities as arcs that bend to the left of their way and point at the taker; what stays
/// in a city is a ring around it. Conic projection for China.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowMap {
    /// What flows, such as `技术合作关系`.
    pub subject: String,
    /// The cities; the first five have colours of their own.
    pub cities: Vec<MapCity>,
    /// The flows, in any order.
    pub flows: Vec<Flow>,
    /// What the discs stand for, such as `赋能与输入合计`.
    pub size_name: String,
    /// Decimals of the values.
    pub decimals: usize,
    /// Measure of the values, such as `%`.
    pub measure: String,
    /// Printed width.
    pub width_mm: f64,
}

const MOST_RADIUS: f64 = 9.0;
const LEAST_RADIUS: f64 = 1.4;
const MOST_STROKE: f64 = 6.0;
const LEAST_STROKE: f64 = 0.4;

impl FlowMap {
    /// The most cities that stay legible.
    pub const MOST_CITIES: usize = 400;
    /// The most flows that stay legible.
    pub const MOST_FLOWS: usize = 1000;

    /// Draws the chart. A city for whose name there is no room stays without; the earlier ones come
    /// first.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooMany`], [`ChartError::Absent`],
    /// [`ChartError::NotFinite`], [`ChartError::Negative`] or [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        self.screen()?;
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        if canvas.width < 170.0 {
            return Err(ChartError::TooNarrow);
        }
        let top = self.legend(&mut canvas, lang) + 4.0;
        let degrees: Vec<(f64, f64)> =
            self.cities.iter().map(|city| (city.longitude, city.latitude)).collect();
        let sheet = MapSheet::around(&degrees, canvas.width, top);
        let mut placing = Placing::within(sheet.frame);
        sheet.graticule(&mut canvas, &mut placing);
        let places: Vec<At> = degrees.into_iter().map(|place| sheet.at(place)).collect();
        let most = self.cities.iter().map(|city| city.size).fold(0.0, f64::max);
        let radius = |city: &MapCity| {
            let share = if most > 0.0 { city.size / most } else { 0.0 };
            (MOST_RADIUS * share.sqrt()).max(LEAST_RADIUS)
        };
        let radii: Vec<f64> = self.cities.iter().map(radius).collect();
        self.arcs(&mut canvas, &places, &radii, &mut placing);
        self.draw_cities(&mut canvas, &places, &radii, &mut placing);
        canvas.finish(sheet.frame.bottom + 1.0)
    }

    fn screen(&self) -> Result<(), ChartError> {
        legible("cities", self.cities.len(), Self::MOST_CITIES)?;
        let found = self.flows.len();
        if found > Self::MOST_FLOWS {
            return Err(ChartError::TooMany { what: "flows", found, most: Self::MOST_FLOWS });
        }
        for city in &self.cities {
            finite(&city.label, [&city.longitude, &city.latitude])?;
            amounts(&city.label, [&city.size])?;
        }
        flow::screen(&self.flows, "cities", &self.labels())
    }

    fn labels(&self) -> Vec<&str> {
        self.cities.iter().map(|city| city.label.as_str()).collect()
    }

    fn most(&self) -> f64 {
        self.flows.iter().map(|flow| flow.value).fold(0.0, f64::max)
    }

    /// Width of the arc of a flow.
    fn stroke(&self, value: f64) -> f64 {
        (MOST_STROKE * value / self.most()).max(LEAST_STROKE)
    }

    fn arcs(&self, canvas: &mut Canvas<'_>, places: &[At], radii: &[f64], placing: &mut Placing) {
        let drawn = flow::largest(&self.flows, self.flows.len(), |_| true);
        for flow in drawn {
            let stroke = self.stroke(flow.value);
            let coloured = flow::is_coloured(flow.from);
            let colour =
                if coloured { flow::colour(canvas.theme, flow.from) } else { canvas.theme.muted };
            let opacity = if coloured { 0.62 } else { 0.4 };
            if flow.from == flow.to {
                let radius = radii[flow.from] + 1.0 + stroke / 2.0;
                canvas.ring(places[flow.from], radius, Stroke::new(colour, stroke).faint(opacity));
                continue;
            }
            let ends = (places[flow.from], places[flow.to]);
            let Some(middles) = way(ends, radii[flow.to] + 1.2) else { continue };
            for &(x, y) in middles.iter().step_by(2) {
                placing.avoid((x, y), (stroke / 2.0).max(0.6), 0.6 + stroke * 0.3);
            }
            canvas.polygon(arrow(&middles, stroke), colour, opacity);
        }
    }

    fn draw_cities(
        &self,
        canvas: &mut Canvas<'_>,
        places: &[At],
        radii: &[f64],
        placing: &mut Placing,
    ) {
        let mut order: Vec<usize> = (0..places.len()).collect();
        order.sort_by(|&a, &b| radii[b].total_cmp(&radii[a]));
        for i in order {
            let colour = flow::colour(canvas.theme, i);
            let rim = Stroke::new(canvas.theme.paper, 0.6);
            canvas.disc(places[i], radii[i], colour, 1.0);
            canvas.ring(places[i], radii[i] + 0.3, rim);
            let (x, y, r) = (places[i].0, places[i].1, radii[i]);
            placing.block(Bounds { left: x - r, top: y - r, right: x + r, bottom: y + r });
        }
        let label = Lettering { size: canvas.theme.axis_size, ..canvas.label() };
        let mut put = Vec::new();
        for (i, city) in self.cities.iter().enumerate().filter(|(_, city)| city.named) {
            let lettering = if flow::is_coloured(i) { label.bold() } else { label };
            let text = canvas.fit(&city.label, canvas.width * 0.3, lettering);
            let size = (canvas.width_of(&text, lettering) + 2.0, lettering.size * 1.15);
            if let Some(placed) = placing.place(size, places[i], radii[i] + self.halo(i)) {
                put.push((text, placed, lettering));
            }
        }
        for (_, placed, _) in &put {
            if let Some((from, to)) = placed.leader {
                canvas.path([from, to], Stroke::new(canvas.theme.ink, 0.5));
            }
        }
        for (text, placed, lettering) in put {
            canvas.text_on_paper(&text, placed.middle, Anchor::Middle, lettering);
        }
    }

    /// What the ring of its own flow adds to the radius of a city.
    fn halo(&self, city: usize) -> f64 {
        let own = self.flows.iter().find(|f| f.from == city && f.to == city && f.value > 0.0);
        own.map_or(0.0, |flow| 1.0 + self.stroke(flow.value))
    }

    fn legend(&self, canvas: &mut Canvas<'_>, lang: Lang) -> f64 {
        let colour: Colour = canvas.theme.muted;
        let mut entries = Vec::new();
        let most = self.most();
        for part in [20.0, 4.0, 1.0] {
            if most <= 0.0 {
                break;
            }
            let value = round_below(most / part);
            let key = Key::Line(Stroke::new(colour, self.stroke(value)));
            let text = shortest(value, lang);
            let joined = lang == Lang::Zh || self.measure.starts_with('%');
            let gap = if joined || self.measure.is_empty() { "" } else { " " };
            entries.push((key, format!("{text}{gap}{}", self.measure)));
        }
        let (arrow, ring) = match lang {
            Lang::Zh => ("箭头指向输入方", "城市内部"),
            Lang::En => ("Arrows point at the taker", "Within the city"),
        };
        if self.flows.iter().any(|f| f.from != f.to && f.value > 0.0) {
            entries.push((Key::Right(colour), arrow.to_owned()));
        }
        if self.flows.iter().any(|f| f.from == f.to && f.value > 0.0) {
            entries.push((Key::Ring(colour, 3.6), ring.to_owned()));
        }
        entries.push((Key::Disc(colour, 3.4), self.size_name.clone()));
        let across = (0.0, canvas.width);
        legend::draw(canvas, &entries, across, 0.0, Row::Left)
    }

    /// Tells the chart in prose.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let subject = &self.subject;
        let cities = alt::cities(self.cities.len(), lang);
        let heading = match lang {
            Lang::Zh => format!("流向图：{cities}之间的{subject}，按城市坐标绘制"),
            Lang::En => format!("Flow map: {subject} among {cities}, drawn on their coordinates"),
        };
        let mut told = Vec::new();
        let labels = self.labels();
        let form = (self.decimals, self.measure.as_str());
        let between = flow::largest(&self.flows, 10, |f| f.from != f.to);
        let within = flow::largest(&self.flows, 5, |f| f.from == f.to);
        if !between.is_empty() {
            let items = flow::told(&between, &labels, form, lang);
            told.push(match lang {
                Lang::Zh => format!("城市之间以{items}为最多"),
                Lang::En => format!("largest between cities: {items}"),
            });
        }
        if !within.is_empty() {
            let items = flow::told(&within, &labels, form, lang);
            told.push(match lang {
                Lang::Zh => format!("城市内部以{items}为最多"),
                Lang::En => format!("largest within cities: {items}"),
            });
        }
        alt::prose(&heading, &told, lang)
    }
}

/// The largest of 1, 2, 5 times a power of ten that is not above `most`.
fn round_below(most: f64) -> f64 {
    let (above, _) = round_step(most);
    if above <= most * (1.0 + 1e-9) { above } else { round_step(above / 2.6).0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    /// Twenty cities of the sample at about their places.
    fn cities(lang: Lang, n: usize) -> Vec<MapCity> {
        const PLACES: [(f64, f64); 20] = [
            (116.4, 39.9),
            (114.1, 22.5),
            (121.5, 31.2),
            (113.3, 23.1),
            (120.2, 30.3),
            (118.8, 32.1),
            (114.3, 30.6),
            (104.1, 30.7),
            (117.2, 39.1),
            (120.6, 31.3),
            (108.9, 34.3),
            (117.3, 31.8),
            (106.5, 29.6),
            (113.0, 28.2),
            (117.0, 36.7),
            (120.4, 36.1),
            (123.4, 41.8),
            (118.1, 24.5),
            (113.7, 34.8),
            (121.6, 38.9),
        ];
        let city = |(i, (label, (longitude, latitude)))| MapCity {
            label,
            longitude,
            latitude,
            size: 30.0 / super::super::scale::count(i + 1),
            named: true,
        };
        trial::cities(lang).into_iter().zip(PLACES).enumerate().map(city).take(n).collect()
    }

    fn chart(cities: Vec<MapCity>, flows: Vec<Flow>) -> FlowMap {
        FlowMap {
            subject: "cooperation".to_owned(),
            cities,
            flows,
            size_name: "Gives and takes".to_owned(),
            decimals: 2,
            measure: "%".to_owned(),
            width_mm: TEXT_BLOCK_MM,
        }
    }

    fn all_pairs(n: usize) -> Vec<Flow> {
        let value = |a: usize, b: usize| 11.0 / super::super::scale::count((a + 1) * (b + 1));
        let pairs = (0..n * n).map(|i| (i / n, i % n));
        pairs.map(|(from, to)| Flow { from, to, value: value(from, to) }).collect()
    }

    #[test]
    fn all_sizes_are_legible() {
        for (n, width_mm) in [(1, 62.0), (2, 76.0), (20, 76.0), (20, TEXT_BLOCK_MM)] {
            trial::check_both(|theme, lang| {
                let chart = FlowMap { width_mm, ..chart(cities(lang, n), all_pairs(n)) };
                chart.draw(theme, lang).unwrap()
            });
        }
    }

    #[test]
    fn a_map_without_flows_or_with_one_spot_is_drawn() {
        let mut same = chart(cities(Lang::En, 3), all_pairs(3));
        same.cities.iter_mut().for_each(|c| (c.longitude, c.latitude, c.size) = (110.0, 30.0, 0.0));
        let zero = chart(cities(Lang::En, 3), vec![Flow { from: 0, to: 1, value: 0.0 }]);
        for chart in [same, zero, chart(cities(Lang::En, 3), vec![])] {
            trial::check(&chart.draw(&trial::theme(), Lang::En).unwrap());
        }
    }

    #[test]
    fn the_legend_has_round_values() {
        for (most, round) in [(10.87, 10.0), (2.7, 2.0), (0.54, 0.5), (1.0, 1.0)] {
            assert!((round_below(most) - round).abs() < 1e-9, "{most}");
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let draw = |chart: FlowMap| chart.draw(&theme, Lang::En).unwrap_err();
        assert_eq!(draw(chart(vec![], vec![])), ChartError::Empty);
        let absent = ChartError::Absent { what: "cities", index: 3, count: 2 };
        assert_eq!(draw(chart(cities(Lang::En, 2), all_pairs(4)[3..4].to_vec())), absent);
        let mut nan = chart(cities(Lang::En, 2), vec![]);
        nan.cities[0].longitude = f64::NAN;
        assert_eq!(draw(nan), ChartError::NotFinite { label: "Beijing".to_owned() });
        let narrow = FlowMap { width_mm: 50.0, ..chart(cities(Lang::En, 2), vec![]) };
        assert_eq!(draw(narrow), ChartError::TooNarrow);
    }

    #[test]
    fn alt_tells_the_largest_flows() {
        let mut spec = chart(cities(Lang::En, 2), all_pairs(2));
        assert_eq!(
            spec.alt(Lang::En),
            "Flow map: cooperation among 2 cities, drawn on their coordinates. Largest between \
             cities: Beijing to Shenzhen (5.50%) and Shenzhen to Beijing (5.50%). Largest within \
             cities: within Beijing (11.00%) and within Shenzhen (2.75%)."
        );
        spec.cities = cities(Lang::Zh, 2);
        spec.subject = "技术合作".to_owned();
        assert_eq!(
            spec.alt(Lang::Zh),
            "流向图：2个城市之间的技术合作，按城市坐标绘制。城市之间以北京到深圳5.50%和\
             深圳到北京5.50%为最多；城市内部以北京内部11.00%和深圳内部2.75%为最多。"
        );
    }
}
