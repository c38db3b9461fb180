//! Tables of networks: statistics by year and of parts, hubs, communities, how degrees are spread.

use minijinja::Error;

use crate::content::arguments::Arguments;
use crate::content::block::{Cell, Column, Row, Size, Table};
use crate::content::networks::{Web, network_source, percent, size, whole};
use crate::content::tables::measures::{average_degree, measures};
use crate::content::tables::{NONE, Setting, center, decimal, left, table, wide};
use crate::lang::Lang;
use crate::network::power_law::PowerLaw;
use crate::network::{Hub, HubOrder, Snapshot};
use crate::num::fixed;

/// Members of a community that are named in a table.
const MEMBERS: usize = 3;
/// Categories of a community that are named.
const CATEGORIES: usize = 2;
/// Communities in a table, unless a template says otherwise.
const COMMUNITIES: usize = 12;
/// From this p-value down, the sign of a likelihood ratio can be trusted.
const TRUSTED: f64 = 0.1;
/// A table of hubs up to this length stands on one page.
const WHOLE_ROWS: usize = 24;

impl Setting<'_> {
    /// The line under a table of a network.
    pub(super) fn network_line(&self, web: Web<'_>) -> String {
        let (source, made_up) = (&web.spec().source, web.is_illustrative());
        network_source(self.results, self.lang, source, made_up)
    }

    fn last<'a>(arguments: &mut Arguments<'a>) -> Result<(Web<'a>, &'a Snapshot), Error> {
        let web = arguments.network("network")?;
        let last = web.last().ok_or_else(|| {
            arguments.fail(format!("network `{}` has no edges of its own", web.id()))
        })?;
        Ok((web, last))
    }

    /// A row for every year; the note names the variant of every statistic.
    pub(super) fn network_years(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let (web, last) = Self::last(arguments)?;
        let has_sample = last.sample.is_some();
        let mut header = vec![self.head("年份", "Year")];
        let mut columns = vec![left()];
        if has_sample {
            header.push(self.head("样本节点", "Sample nodes"));
            header.push(self.head("关系节点", "Relation nodes"));
            columns.extend([decimal(), decimal()]);
        }
        header.extend([
            self.head("节点总数", "All nodes"),
            self.head("总边数", "Edges"),
            self.head("平均度", "Average degree"),
            self.head("网络直径", "Diameter"),
            self.head("平均路径长度", "Path length"),
            self.head("平均聚类系数", "Average clustering"),
            self.head("密度（‰）", "Density, ‰"),
            self.head("模块化系数", "Modularity"),
        ]);
        columns.extend((0..8).map(|_| decimal()));
        let row = |own: &Snapshot| {
            let s = &own.statistics;
            let year = own.year.map_or_else(|| NONE.to_owned(), |year| year.to_string());
            let mut cells = vec![Cell::Text(year)];
            if let Some((sample, relation)) = own.sample {
                cells.push(Cell::Text(size(sample, self.lang)));
                cells.push(Cell::Text(size(relation, self.lang)));
            }
            cells.extend([
                Cell::Text(size(s.nodes, self.lang)),
                Cell::Text(size(own.edges, self.lang)),
                Cell::Text(self.number(average_degree(own), 3)),
                Cell::Text(size(s.diameter, self.lang)),
                Cell::Text(self.number(s.average_path_length, 3)),
                Cell::Text(self.number(s.clustering_directed, 3)),
                Cell::Text(self.number(s.density.map(|d| d * 1000.0), 3)),
                Cell::Text(self.number(s.modularity, 3)),
            ]);
            Row::Cells(cells)
        };
        let rows = web.snapshots().iter().map(row).collect();
        let mut made = table(columns, vec![header], rows);
        made.size = Size::Small;
        made.notes = vec![self.variants_note(web.spec().directed)];
        made.source = Some(self.network_line(web));
        Ok(made)
    }

    fn variants_note(&self, directed: bool) -> String {
        match (self.lang, directed) {
            (Lang::Zh, true) => "注：平均度为总边数除以节点总数；直径与平均路径长度取有向最短路径，只计可达的节点对；聚类系数为有向口径（同Gephi），对全部节点平均；密度按不重复的有向节点对计；模块化系数用莱顿算法，不计方向。".to_owned(),
            (Lang::Zh, false) => "注：平均度为总边数除以节点总数；直径与平均路径长度只计可达的节点对；聚类系数对全部节点平均；密度按不重复的节点对计；模块化系数用莱顿算法。".to_owned(),
            (Lang::En, true) => "Note: average degree is edges over nodes; diameter and path length follow directed shortest paths over reachable pairs; clustering is that of the directed network (as in Gephi), averaged over all nodes; density counts distinct ordered pairs; modularity by the Leiden method, without direction.".to_owned(),
            (Lang::En, false) => "Note: average degree is edges over nodes; diameter and path length are over reachable pairs; clustering is averaged over all nodes; density counts distinct pairs; modularity by the Leiden method.".to_owned(),
        }
    }

    /// Every statistic of the last year with its definition: the network and its parts beside one
    /// another.
    pub(super) fn network_statistics(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let (web, _) = Self::last(arguments)?;
        let all: Vec<(String, &Snapshot)> = std::iter::once(web)
            .chain(web.parts())
            .filter_map(|own| Some((own.title().text(self.lang).to_owned(), own.last()?)))
            .collect();
        let mut columns = vec![left()];
        columns.extend(all.iter().map(|_| decimal()));
        columns.push(wide(1.0));
        let mut header = vec![self.head("统计量", "Statistic")];
        header.extend(all.iter().map(|(title, _)| Cell::text(title)));
        header.push(self.head("口径", "Definition"));
        let mut rows = Vec::new();
        for measure in measures(web.spec().directed) {
            let values: Vec<Option<String>> =
                all.iter().map(|(_, own)| (measure.value)(own, self.lang)).collect();
            if values.iter().all(Option::is_none) {
                continue;
            }
            let mut cells = vec![self.head(measure.zh, measure.en)];
            cells.extend(
                values.into_iter().map(|v| Cell::Text(v.unwrap_or_else(|| NONE.to_owned()))),
            );
            cells.push(self.head(measure.how_zh, measure.how_en));
            rows.push(Row::Cells(cells));
        }
        let mut made = table(columns, vec![header], rows);
        made.size = Size::Small;
        made.source = Some(self.network_line(web));
        Ok(made)
    }

    /// The nodes with the most relations: surveyed ones and the others side by side, or the ranks in
    /// two halves where nodes are not told apart.
    pub(super) fn network_degrees(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let (web, last) = Self::last(arguments)?;
        let top = arguments.count("top", web.spec().top)?;
        let hubs = |wanted: Option<bool>| {
            last.hubs(HubOrder::Total, top, |node| {
                wanted.is_none() || web.is_sample(node) == wanted
            })
        };
        let (left_hubs, right_hubs, heads) = if web.spec().sample_types.is_empty() {
            let mut all = hubs(None);
            let rest = all.split_off(all.len().div_ceil(2));
            (all, rest, [self.head("节点", "Node"), self.head("节点", "Node")])
        } else {
            let heads =
                [self.head("样本节点", "Sample node"), self.head("关系节点", "Relation node")];
            (hubs(Some(true)), hubs(Some(false)), heads)
        };
        let directed = web.spec().directed;
        let mut columns = Vec::new();
        let mut header = Vec::new();
        for head in heads {
            columns.extend([center(), left()]);
            header.extend([self.head("位次", "Rank"), head]);
            if directed {
                columns.extend([decimal(), decimal()]);
                header.extend([self.head("连入度", "In"), self.head("连出度", "Out")]);
            }
            columns.push(decimal());
            header.push(self.head("度数", "Degree"));
        }
        let side = |hub: Option<&Hub>| self.hub_cells(web, hub, directed);
        let rows = (0..left_hubs.len().max(right_hubs.len()))
            .map(|at| {
                let mut cells = side(left_hubs.get(at));
                cells.extend(side(right_hubs.get(at)));
                Row::Cells(cells)
            })
            .collect();
        let mut made = table(columns, vec![header], rows);
        made.breakable = made.rows.len() > WHOLE_ROWS;
        made.size = Size::Small;
        made.source = Some(self.network_line(web));
        Ok(made)
    }

    fn hub_cells(&self, web: Web<'_>, hub: Option<&Hub>, directed: bool) -> Vec<Cell> {
        let Some(hub) = hub else {
            return vec![Cell::text(""); if directed { 5 } else { 3 }];
        };
        let number = |count: u64| Cell::Text(whole(count, self.lang));
        let mut cells =
            vec![Cell::Text(hub.rank.to_string()), Cell::Text(web.node_name(hub.node, self.lang))];
        if directed {
            cells.extend([number(hub.degree.into), number(hub.degree.out)]);
        }
        cells.push(number(hub.degree.total));
        cells
    }

    /// Communities of the last year: size, share, leading members, main city, categories by lift.
    pub(super) fn network_communities(
        &self,
        arguments: &mut Arguments<'_>,
    ) -> Result<Table, Error> {
        let (web, last) = Self::last(arguments)?;
        let top = arguments.count("top", COMMUNITIES)?;
        let profiles = last.depth.as_ref().map_or(&[][..], |depth| &depth.profiles[..]);
        let shown = &profiles[..top.min(profiles.len())];
        let has_units = shown.iter().any(|own| own.main_unit.is_some());
        let has_categories = shown.iter().any(|own| !own.categories.is_empty());
        let mut columns = vec![center(), decimal(), decimal(), wide(1.3)];
        let mut header = vec![
            self.head("序号", "No."),
            self.head("节点数", "Nodes"),
            self.head("占比", "Share"),
            self.head("主要成员", "Leading members"),
        ];
        if has_units {
            columns.push(left());
            header.push(self.head("主要城市（占比）", "Main city (share)"));
        }
        if has_categories {
            columns.push(wide(1.0));
            header.push(self.head("偏多的类别（提升度）", "Over-represented categories (lift)"));
        }
        let rows = shown.iter().enumerate().map(|(at, own)| {
            let members: Vec<String> = own
                .members
                .iter()
                .take(MEMBERS)
                .map(|hub| web.node_name(hub.node, self.lang))
                .collect();
            let mut cells = vec![
                Cell::Text((at + 1).to_string()),
                Cell::Text(size(own.size, self.lang)),
                Cell::Text(percent(own.share, 1, self.lang)),
                Cell::Text(members.join(self.comma())),
            ];
            if has_units {
                let main = own.main_unit.map(|main| {
                    let name = web.unit_name(main.unit, self.lang);
                    self.with_note(&name, &percent(main.share, 1, self.lang))
                });
                cells.push(Cell::Text(main.unwrap_or_else(|| NONE.to_owned())));
            }
            if has_categories {
                let named: Vec<String> = own
                    .categories
                    .iter()
                    .take(CATEGORIES)
                    .map(|c| {
                        let name = web.category_name(&c.category, self.lang);
                        self.with_note(&name, &fixed(c.lift, 2, self.lang))
                    })
                    .collect();
                let named =
                    if named.is_empty() { NONE.to_owned() } else { named.join(self.comma()) };
                cells.push(Cell::Text(named));
            }
            Row::Cells(cells)
        });
        let mut made = table(columns, vec![header], rows.collect());
        made.size = Size::Small;
        made.notes = vec![self.word(
            "注：社群用莱顿算法划分，按节点数由多到少编号；主要成员为度数最高者；主要城市的占比以该社群中有所在城市的节点为分母；提升度为类别在社群中的占比与其在全网络中的占比之比，只列成员不少于3个、占社群5%以上且大于1者。",
            "Note: communities by the Leiden method, the largest first; leading members have the highest degrees; shares of the main city are of the members with a city; lift is a category’s share in the community over its share in the network, listed from three members, 5% of the community and a lift above 1.",
        )];
        made.source = Some(self.network_line(web));
        Ok(made)
    }

    pub(super) fn with_note(&self, name: &str, note: &str) -> String {
        match self.lang {
            Lang::Zh => format!("{name}（{note}）"),
            Lang::En => format!("{name} ({note})"),
        }
    }

    /// Power laws fitted to degrees, held against log-normal distributions.
    pub(super) fn network_fit(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let (web, last) = Self::last(arguments)?;
        let columns = vec![
            left(),
            decimal(),
            decimal(),
            decimal(),
            decimal(),
            decimal(),
            decimal(),
            wide(1.0),
        ];
        let header = vec![
            self.head("度数", "Degree"),
            self.head("指数α", "Exponent α"),
            self.head("标准误", "Std. error"),
            self.head("起点x_min", "From x_min"),
            self.head("尾部节点", "Tail nodes"),
            self.head("KS距离", "KS distance"),
            self.head("似然比", "Log-likelihood ratio"),
            self.head("与对数正态相比", "Against log-normal"),
        ];
        let sides: &[(&str, &str, HubOrder)] = if web.spec().directed {
            &[
                ("出度", "Out-degree", HubOrder::Out),
                ("入度", "In-degree", HubOrder::In),
                ("总度数", "Total degree", HubOrder::Total),
            ]
        } else {
            &[("度数", "Degree", HubOrder::Total)]
        };
        let rows = sides.iter().map(|(zh, en, order)| {
            let mut cells = vec![self.head(zh, en)];
            match last.power_law(*order) {
                None => cells.extend((0..7).map(|_| Cell::text(NONE))),
                Some(law) => cells.extend(self.law_cells(law)),
            }
            Row::Cells(cells)
        });
        let mut made = table(columns, vec![header], rows.collect());
        made.size = Size::Small;
        made.notes = vec![self.word(
            "注：按克劳塞特、沙利齐和纽曼（2009）的离散极大似然法估计，起点取使KS距离最小者；似然比为正表示幂律拟合较好，为负表示对数正态较好，p值用武翁检验。",
            "Note: discrete maximum likelihood after Clauset, Shalizi and Newman (2009), with the x_min of least KS distance; a positive ratio favours the power law, a negative one the log-normal distribution; p-values by Vuong’s test.",
        )];
        made.source = Some(self.network_line(web));
        Ok(made)
    }

    fn law_cells(&self, law: &PowerLaw) -> Vec<Cell> {
        let verdict = match &law.log_normal {
            None => NONE.to_owned(),
            Some(own) => {
                let p = if own.p_value < 0.001 {
                    "p<0.001".to_owned()
                } else {
                    format!("p={}", fixed(own.p_value, 3, self.lang))
                };
                let better = if own.p_value >= TRUSTED {
                    self.word("难分优劣", "undecided")
                } else if own.log_likelihood_ratio > 0.0 {
                    self.word("幂律较好", "power law better")
                } else {
                    self.word("对数正态较好", "log-normal better")
                };
                self.with_note(&better, &p)
            }
        };
        let ratio = law.log_normal.as_ref().map(|own| own.log_likelihood_ratio);
        vec![
            Cell::Text(fixed(law.alpha, 3, self.lang)),
            Cell::Text(fixed(law.alpha_error, 3, self.lang)),
            Cell::Text(whole(law.x_min, self.lang)),
            Cell::Text(whole(law.tail, self.lang)),
            Cell::Text(fixed(law.distance, 4, self.lang)),
            Cell::Text(self.number(ratio, 2)),
            Cell::Text(verdict),
        ]
    }

    /// How much of the relations the largest nodes hold.
    pub(super) fn network_concentration(
        &self,
        arguments: &mut Arguments<'_>,
    ) -> Result<Table, Error> {
        let (web, last) = Self::last(arguments)?;
        let columns =
            vec![left(), decimal(), decimal(), decimal(), decimal(), decimal(), decimal()];
        let header = vec![
            self.head("关系", "Relations"),
            self.head("前10个节点", "Top 10 nodes"),
            self.head("前10%节点", "Top 10%"),
            self.head("前1%节点", "Top 1%"),
            self.head("前0.1%节点", "Top 0.1%"),
            self.head("基尼系数", "Gini"),
            self.head("HHI", "HHI"),
        ];
        let s = &last.statistics;
        let mut sides = vec![(self.head("按出度", "By out-degree"), &s.out_concentration)];
        if web.spec().directed {
            sides.push((self.head("按入度", "By in-degree"), &s.in_concentration));
        } else {
            sides[0].0 = self.head("按度数", "By degree");
        }
        let rows = sides.into_iter().map(|(name, own)| {
            let mut cells = vec![name];
            match own {
                None => cells.extend((0..6).map(|_| Cell::text(NONE))),
                Some(own) => cells.extend([
                    Cell::Text(percent(own.largest_ten, 1, self.lang)),
                    Cell::Text(percent(own.top_10_percent, 1, self.lang)),
                    Cell::Text(percent(own.top_1_percent, 1, self.lang)),
                    Cell::Text(percent(own.top_0_1_percent, 1, self.lang)),
                    Cell::Text(fixed(own.gini, 3, self.lang)),
                    Cell::Text(fixed(own.hhi, 4, self.lang)),
                ]),
            }
            Row::Cells(cells)
        });
        let mut made = table(columns, vec![header], rows.collect());
        made.notes = vec![self.word(
            "注：占比以全部节点的关系总数为分母，节点个数向上取整；基尼系数计入度数为零的节点；HHI为各节点占比的平方和。",
            "Note: shares of all relations; numbers of nodes are rounded up; the Gini coefficient counts nodes without relations; HHI is the sum of squared shares.",
        )];
        made.source = Some(self.network_line(web));
        Ok(made)
    }
}

/// Columns of two halves.
pub(super) fn halves(half: &[Column]) -> Vec<Column> {
    half.iter().chain(half).cloned().collect()
}
