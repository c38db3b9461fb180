//! Tables of network statistics that somebody else published, held against what they must satisfy.

use minijinja::Error;

use crate::config::PublishedKind;
use crate::content::arguments::Arguments;
use crate::content::block::{Cell, Row, Size, Table};
use crate::content::networks::{kind_names, published_source};
use crate::content::tables::network::halves;
use crate::content::tables::{NONE, Setting, center, decimal, left, table};
use crate::data::{
    Figure, Measure, PublishedDegree, PublishedFlow, PublishedRows, PublishedShare, PublishedYear,
};
use crate::lang::Lang;
use crate::network::doubtful;
use crate::num::fixed;

/// The mark of a figure that contradicts others.
const DOUBT: &str = "†";

impl Setting<'_> {
    /// A published table by its id, as it was printed; figures that contradict others are marked.
    pub(super) fn network_published(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let web = arguments.network("network")?;
        let id = arguments.text("table")?;
        let found = web.published().find(|(spec, _)| spec.id == id);
        let (spec, rows) = found.ok_or_else(|| {
            arguments.fail(format!("network `{}` has no published table `{id}`", web.id()))
        })?;
        let mut made = match (rows, spec.kind) {
            (PublishedRows::Statistics(years), _) => self.published_years(years),
            (PublishedRows::Degrees(nodes), _) => self.published_degrees(nodes),
            (PublishedRows::Shares(shares), _) => self.published_shares(shares),
            (PublishedRows::Flows(flows), PublishedKind::Flows(level)) => {
                self.published_flows(flows, kind_names(level, self.lang))
            }
            (PublishedRows::Flows(flows), _) => self.published_flows(flows, ("", "")),
        };
        made.size = Size::Small;
        made.source = published_source(self.results, self.lang, &spec.source);
        Ok(made)
    }

    fn figure(&self, figure: &Figure) -> String {
        fixed(figure.value, figure.decimals, self.lang)
    }

    fn published_years(&self, years: &[PublishedYear]) -> Table {
        let there: Vec<Measure> = Measure::ALL
            .into_iter()
            .filter(|m| years.iter().any(|year| year.figures.contains_key(m)))
            .collect();
        let doubts = doubtful(years);
        let has_year = years.iter().any(|year| year.year.is_some());
        let mut columns = Vec::new();
        let mut header = Vec::new();
        if has_year {
            columns.push(left());
            header.push(self.head("年份", "Year"));
        }
        columns.extend(there.iter().map(|_| decimal()));
        header.extend(there.iter().map(|measure| {
            let (zh, en) = measure_name(*measure);
            self.head(zh, en)
        }));
        let rows = years.iter().enumerate().map(|(at, year)| {
            let mut cells = Vec::new();
            if has_year {
                cells
                    .push(Cell::Text(year.year.map_or_else(|| NONE.to_owned(), |y| y.to_string())));
            }
            cells.extend(there.iter().map(|measure| match year.figures.get(measure) {
                None => Cell::text(NONE),
                Some(figure) if doubts.contains(&(at, *measure)) => {
                    Cell::marked(self.figure(figure), DOUBT)
                }
                Some(figure) => Cell::Text(self.figure(figure)),
            }));
            Row::Cells(cells)
        });
        let mut made = table(columns, vec![header], rows.collect());
        if !doubts.is_empty() {
            made.notes = vec![self.word(
                "注：†表示同表内其他数字不符：或与节点数、边数推算的结果不一致，或应只增不减的数字减少，或与前后年份的走向相背。数字照原文印出。",
                "Note: † marks a figure that others of the table contradict: it differs from what nodes and edges give, falls where it cannot, or lies against its neighbours. Figures are printed as published.",
            )];
        }
        made
    }

    fn published_degrees(&self, nodes: &[PublishedDegree]) -> Table {
        let half = [center(), left(), decimal(), decimal(), decimal()];
        let heads = [
            self.head("序号", "No."),
            self.head("节点", "Node"),
            self.head("连入度", "In"),
            self.head("连出度", "Out"),
            self.head("度数", "Degree"),
        ];
        let cells = |at: usize| match nodes.get(at) {
            None => vec![Cell::text(""); half.len()],
            Some(own) => vec![
                Cell::Text((at + 1).to_string()),
                Cell::text(own.name.text(self.lang)),
                Cell::Text(self.figure(&own.into)),
                Cell::Text(self.figure(&own.out)),
                Cell::Text(self.figure(&own.total)),
            ],
        };
        let height = nodes.len().div_ceil(2);
        let rows = (0..height)
            .map(|at| Row::Cells(cells(at).into_iter().chain(cells(at + height)).collect()))
            .collect();
        table(halves(&half), vec![heads.iter().chain(&heads).cloned().collect()], rows)
    }

    fn published_shares(&self, shares: &[PublishedShare]) -> Table {
        let mut sides: Vec<&str> = Vec::new();
        for own in shares {
            if !sides.contains(&own.side.as_str()) {
                sides.push(&own.side);
            }
        }
        let lists: Vec<Vec<&PublishedShare>> = sides
            .iter()
            .map(|side| shares.iter().filter(|own| own.side == *side).collect())
            .collect();
        let head = |side: &&str| Cell::over(self.side_name(side), 3);
        let header = vec![
            sides.iter().map(head).collect(),
            sides
                .iter()
                .flat_map(|_| {
                    [
                        self.head("位次", "Rank"),
                        self.head("地方", "Place"),
                        self.head("占比", "Share"),
                    ]
                })
                .collect(),
        ];
        let cells = |list: &[&PublishedShare], at: usize| match list.get(at) {
            None => vec![Cell::text(""); 3],
            Some(own) => vec![
                Cell::Text((at + 1).to_string()),
                Cell::text(own.place.text(self.lang)),
                Cell::Text(format!("{}%", self.figure(&own.share))),
            ],
        };
        let height = lists.iter().map(Vec::len).max().unwrap_or(0);
        let rows = (0..height)
            .map(|at| Row::Cells(lists.iter().flat_map(|list| cells(list, at)).collect()))
            .collect();
        let columns = sides.iter().flat_map(|_| [center(), left(), decimal()]).collect();
        table(columns, header, rows)
    }

    fn side_name(&self, side: &str) -> String {
        match side {
            "enabling" | "out" => self.word("输出（赋能）", "Given (enabling)"),
            "input" | "in" => self.word("输入", "Taken (input)"),
            other => other.to_owned(),
        }
    }

    fn published_flows(&self, flows: &[PublishedFlow], (within, across): (&str, &str)) -> Table {
        let half = [center(), left(), decimal(), left()];
        let heads = [
            self.head("序号", "No."),
            self.head("流向", "Flow"),
            self.head("占比", "Share"),
            self.head("类型", "Type"),
        ];
        let cells = |at: usize| match flows.get(at) {
            None => vec![Cell::text(""); half.len()],
            Some(own) => {
                let (from, to) = (own.from.text(self.lang), own.to.text(self.lang));
                let arrow = match self.lang {
                    Lang::Zh => format!("{from}→{to}"),
                    Lang::En => format!("{from} → {to}"),
                };
                vec![
                    Cell::Text((at + 1).to_string()),
                    Cell::Text(arrow),
                    Cell::Text(format!("{}%", self.figure(&own.share))),
                    Cell::text(if own.from == own.to { within } else { across }),
                ]
            }
        };
        let height = flows.len().div_ceil(2);
        let rows = (0..height)
            .map(|at| Row::Cells(cells(at).into_iter().chain(cells(at + height)).collect()))
            .collect();
        table(halves(&half), vec![heads.iter().chain(&heads).cloned().collect()], rows)
    }
}

/// What a figure of a published table is called.
const fn measure_name(measure: Measure) -> (&'static str, &'static str) {
    match measure {
        Measure::SampleNodes => ("样本节点", "Sample nodes"),
        Measure::RelationNodes => ("关系节点", "Relation nodes"),
        Measure::Nodes => ("节点总数", "All nodes"),
        Measure::Edges => ("总边数", "Edges"),
        Measure::AverageDegree => ("平均度", "Average degree"),
        Measure::Diameter => ("网络直径", "Diameter"),
        Measure::PathLength => ("平均路径长度", "Average path length"),
        Measure::Clustering => ("平均聚类系数", "Average clustering"),
        Measure::Density => ("图密度", "Density"),
        Measure::Modularity => ("模块化系数", "Modularity"),
    }
}
