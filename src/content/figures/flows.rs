//! Figures of flows between places, and of entities by place and category.

use minijinja::Error;

use crate::charts::{
    AdjacencyHeatmap, Bar, Butterfly, ButterflyRow, Chord, ChordRegion, Flow, FlowMap, MapCity,
    MixPart, RankedBar, Sankey, SankeyColumn, SankeyLink, TEXT_BLOCK_MM, YearMix,
};
use crate::config::Level;
use crate::content::arguments::Arguments;
use crate::content::figures::network::{whole, year_text};
use crate::content::figures::{Drawing, Drawn};
use crate::content::networks::{Web, level_names, network_source, place_name, word};
use crate::lang::Lang;
use crate::network::{FlowYear, Flows};

/// Places that stand alone in a chord or Sankey diagram; the others stand as one.
const ALONE: usize = 8;
/// Rows of a matrix, of bars, cities of a map and flows on it.
const MATRIX: usize = 16;
const BARS: usize = 15;
const MAPPED: usize = 40;
const MAP_FLOWS: usize = 60;
const MAP_NAMES: usize = 14;
/// Places with an opposite sign stand in the same chart: the largest of both sides together.
const BALANCES: usize = 20;

/// Flows in per cent of all, between the largest places and the rest together.
struct Grouped {
    labels: Vec<String>,
    flows: Vec<Flow>,
}

/// The places with the most relations, out and in together.
fn largest(flows: &Flows, year: &FlowYear, most: usize) -> Vec<usize> {
    let both = |at: usize| year.out[at] + year.into[at];
    let mut order: Vec<usize> =
        (0..flows.places.len()).filter(|&at| both(at) > 0 && !flows.places[at].is_rest()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(both(at)), at));
    order.truncate(most);
    order
}

impl Drawing<'_> {
    /// Network, level and the flows of its last year.
    fn flows_of<'a>(
        arguments: &mut Arguments<'a>,
    ) -> Result<(Web<'a>, Level, &'a Flows, &'a FlowYear), Error> {
        let web = arguments.network("network")?;
        let level = arguments.level()?;
        let flows = web.flows(level).filter(|flows| !flows.places.is_empty()).ok_or_else(|| {
            arguments.fail(format!("network `{}` has no flows by {}", web.id(), level.word()))
        })?;
        let year = flows.years.last().ok_or_else(|| arguments.fail("there is no year"))?;
        Ok((web, level, flows, year))
    }

    fn grouped(&self, flows: &Flows, year: &FlowYear, alone: usize) -> Grouped {
        let places = largest(flows, year, alone);
        let mut group = vec![places.len(); flows.places.len()];
        for (new, &old) in places.iter().enumerate() {
            group[old] = new;
        }
        let size = places.len() + 1;
        let mut sums = vec![0_u64; size * size];
        for from in 0..flows.places.len() {
            for to in 0..flows.places.len() {
                sums[group[from] * size + group[to]] += year.count(from, to);
            }
        }
        let mut labels: Vec<String> =
            places.iter().map(|&at| place_name(&flows.places[at], self.lang)).collect();
        let has_rest = (0..size)
            .any(|at| sums[at * size + places.len()] > 0 || sums[places.len() * size + at] > 0);
        if has_rest {
            labels.push(word(self.lang, "其他", "Others"));
        }
        let total = whole(year.total.max(1));
        let flow = |at: usize| Flow {
            from: at / size,
            to: at % size,
            value: whole(sums[at]) / total * 100.0,
        };
        let flows = (0..sums.len()).filter(|&at| sums[at] > 0).map(flow).collect();
        Grouped { labels, flows }
    }

    pub(super) fn network_chord(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let (web, _, flows, year) = Self::flows_of(arguments)?;
        let alone = arguments.count("top", ALONE)?.min(Chord::MOST - 1);
        let grouped = self.grouped(flows, year, alone);
        let regions = grouped.labels.into_iter().map(|label| ChordRegion { label }).collect();
        let spec = Chord {
            subject: self.subject(web, "的关系", "relations"),
            regions,
            flows: grouped.flows,
            out_name: word(self.lang, "输出", "gives"),
            in_name: word(self.lang, "输入", "takes"),
            decimals: 1,
            measure: "%".to_owned(),
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(self.of_network(web, spec.draw(self.theme, self.lang), spec.alt(self.lang)))
    }

    pub(super) fn network_sankey(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let (web, _, flows, year) = Self::flows_of(arguments)?;
        let alone = arguments.count("top", ALONE)?.min(Sankey::MOST - 1);
        let Grouped { labels, flows } = self.grouped(flows, year, alone);
        let column = |zh: &str, en: &str| SankeyColumn {
            title: word(self.lang, zh, en),
            labels: labels.clone(),
        };
        let links = flows
            .iter()
            .map(|f| SankeyLink { column: 0, from: f.from, to: f.to, value: f.value })
            .collect();
        let spec = Sankey {
            subject: self.subject(web, "的关系", "relations"),
            columns: vec![column("输出方", "From"), column("输入方", "To")],
            links,
            decimals: 1,
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(self.of_network(web, spec.draw(self.theme, self.lang), spec.alt(self.lang)))
    }

    /// Shares of all relations from place to place.
    pub(super) fn network_matrix(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let (web, _, flows, year) = Self::flows_of(arguments)?;
        let most = arguments.count("top", MATRIX)?.min(AdjacencyHeatmap::MOST);
        let places = largest(flows, year, most);
        let total = whole(year.total.max(1));
        let row = |from: usize| {
            let cell = |&to: &usize| Some(whole(year.count(from, to)) / total * 100.0);
            places.iter().map(cell).collect()
        };
        let spec = AdjacencyHeatmap {
            subject: word(self.lang, "占全部关系的比重", "share of all relations"),
            regions: places.iter().map(|&at| place_name(&flows.places[at], self.lang)).collect(),
            values: places.iter().map(|&from| row(from)).collect(),
            row_name: word(self.lang, "输出方", "From"),
            column_name: word(self.lang, "输入方", "To"),
            decimals: 2,
            measure: "%".to_owned(),
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(self.of_network(web, spec.draw(self.theme, self.lang), spec.alt(self.lang)))
    }

    /// The largest flows between cities on the map.
    pub(super) fn network_map(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let web = arguments.network("network")?;
        let (most, kept) = (arguments.count("top", MAPPED)?, arguments.count("flows", MAP_FLOWS)?);
        let flows = web.flows(Level::City).filter(|flows| !flows.places.is_empty());
        let flows = flows.ok_or_else(|| {
            arguments.fail(format!("network `{}` has no flows by city", web.id()))
        })?;
        let year = flows.years.last().ok_or_else(|| arguments.fail("there is no year"))?;
        let gazetteer = &self.results.inputs.gazetteer;
        let located = |&at: &usize| {
            let unit = gazetteer.units().iter().find(|u| u.code == flows.places[at].key)?;
            Some((at, unit.lon?, unit.lat?))
        };
        let order = largest(flows, year, most.min(FlowMap::MOST_CITIES));
        let found: Vec<(usize, f64, f64)> = order.iter().filter_map(located).collect();
        let total = whole(year.total.max(1));
        let share = |count: u64| whole(count) / total * 100.0;
        let cities = found.iter().enumerate().map(|(place, &(at, longitude, latitude))| MapCity {
            label: place_name(&flows.places[at], self.lang),
            longitude,
            latitude,
            size: share(year.out[at] + year.into[at]),
            named: place < MAP_NAMES,
        });
        let place = |wanted: usize| found.iter().position(|own| own.0 == wanted);
        let drawn = flows.ranked(year).into_iter().filter_map(|flow| {
            Some(Flow { from: place(flow.from)?, to: place(flow.to)?, value: share(flow.count) })
        });
        let spec = FlowMap {
            subject: self.subject(web, "的关系", "relations"),
            cities: cities.collect(),
            flows: drawn.take(kept.min(FlowMap::MOST_FLOWS)).collect(),
            size_name: word(self.lang, "输出与输入合计", "Given and taken together"),
            decimals: 2,
            measure: "%".to_owned(),
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(self.of_network(web, spec.draw(self.theme, self.lang), spec.alt(self.lang)))
    }

    /// What places take and give, to both sides.
    pub(super) fn network_balance(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let (web, level, flows, year) = Self::flows_of(arguments)?;
        let most = arguments.count("top", BALANCES)?.min(Butterfly::MOST);
        let total = whole(year.total.max(1));
        let row = |&at: &usize| ButterflyRow {
            label: place_name(&flows.places[at], self.lang),
            left: whole(year.into[at]) / total * 100.0,
            right: whole(year.out[at]) / total * 100.0,
        };
        let (_, several) = level_names(level, self.lang);
        let spec = Butterfly {
            subject: match self.lang {
                Lang::Zh => format!("各{several}输入与输出的关系占比"),
                Lang::En => format!("Shares of relations taken and given by {several}"),
            },
            rows: largest(flows, year, most).iter().map(row).collect(),
            left_name: word(self.lang, "输入占比", "Taken"),
            right_name: word(self.lang, "输出占比", "Given"),
            decimals: 2,
            measure: "%".to_owned(),
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(self.of_network(web, spec.draw(self.theme, self.lang), spec.alt(self.lang)))
    }

    /// Shares of the largest places of a level among all entities.
    pub(super) fn cascade_places(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let tally = arguments.cascade("cascade")?;
        let level = arguments.level()?;
        let top = arguments.count("top", BARS)?.min(RankedBar::MOST);
        let own = tally.level(level).ok_or_else(|| arguments.fail("the table has no units"))?;
        let ranked = own.ranked(tally.last());
        let bars = ranked.iter().take(top).map(|standing| Bar {
            label: place_name(&own.places[standing.at], self.lang),
            value: Some(standing.share * 100.0),
            highlight: standing.rank == 1,
            rank: Some(standing.rank),
            interval: String::new(),
        });
        let title = tally.result().title.text(self.lang);
        let (_, several) = level_names(level, self.lang);
        let spec = RankedBar {
            subject: match self.lang {
                Lang::Zh => format!("{title}在各{several}的占比"),
                Lang::En => format!("{title}: shares of {several}"),
            },
            bars: bars.collect(),
            mean: None,
            mean_label: String::new(),
            interval_label: String::new(),
            decimals: 2,
            measure: "%".to_owned(),
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        let chart = spec.draw(self.theme, self.lang);
        Ok(self.of_tally(tally, chart, spec.alt(self.lang)))
    }

    /// Shares of categories by year; the smallest together where there are many.
    pub(super) fn cascade_mix(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let tally = arguments.cascade("cascade")?;
        let own = tally.result();
        let mut order: Vec<usize> = (0..own.categories.len()).collect();
        let last = &own.by_category[tally.last()];
        order.sort_by_key(|&at| (std::cmp::Reverse(last[at]), at));
        let alone =
            if order.len() > YearMix::MOST_PARTS { YearMix::MOST_PARTS - 1 } else { order.len() };
        let values = |chosen: &[usize]| {
            let sum = |year: &Vec<u64>| whole(chosen.iter().map(|&at| year[at]).sum());
            own.by_category.iter().map(sum).collect()
        };
        let mut parts: Vec<MixPart> = order[..alone]
            .iter()
            .map(|&at| MixPart { name: tally.category_name(at, self.lang), values: values(&[at]) })
            .collect();
        if alone < order.len() {
            let name = word(self.lang, "其他", "Others");
            parts.push(MixPart { name, values: values(&order[alone..]) });
        }
        let title = own.title.text(self.lang);
        let spec = YearMix {
            subject: match self.lang {
                Lang::Zh => format!("{title}的类别构成"),
                Lang::En => format!("{title} by category"),
            },
            periods: own.years.iter().map(|year| year_text(*year)).collect(),
            parts,
            decimals: 1,
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        let chart = spec.draw(self.theme, self.lang);
        Ok(self.of_tally(tally, chart, spec.alt(self.lang)))
    }

    fn of_tally(
        &self,
        tally: crate::content::networks::Tally<'_>,
        chart: Result<crate::charts::Chart, crate::charts::ChartError>,
        alt: String,
    ) -> Drawn {
        let source =
            network_source(self.results, self.lang, &tally.spec().source, tally.is_illustrative());
        Drawn { chart, alt, nodes: Vec::new(), ranking: None, source: Some(source) }
    }
}
