//! Changes since the edition before: who rose, who fell, and why.
//!
//! Nothing is said where the report names no earlier edition; parts and drivers only where rank
//! changes could be split.

use crate::content::phrase::Phrase;
use crate::content::results::{NodeAt, UnitAt};
use crate::content::sentences::Speaker;
use crate::content::sentences::quantity::size;
use crate::content::words::ordinal;
use crate::index::over_time::{Changes, Parts, UnitChange};
use crate::lang::Lang;
use crate::num::fixed;

/// Most units that keep their rank and are named.
const MOST_UNMOVED: usize = 8;
/// Decimals of points a score moved by.
const POINTS: usize = 2;

/// Which way a rank went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// To a better rank.
    Up,
    /// To a worse rank.
    Down,
}

impl Speaker<'_> {
    /// A unit's rank since the edition before: up, down, unchanged or not ranked there.
    ///
    /// A change of the whole index that stays within the interval of the present rank is said to be
    /// of little weight. Empty without an earlier edition, or if it has no such node.
    #[must_use]
    pub(crate) fn change_since(&self, unit: UnitAt, node: NodeAt) -> Phrase {
        let Some(changes) = &self.results.changes else { return Phrase::default() };
        if changes.entered.contains(&unit) {
            return self.sentence(
                "{0}未列入{1}，没有可比的位次。",
                "{0} was not in {1}.",
                &[self.unit(unit), self.edition(changes)],
            );
        }
        let (Some(own), Some(now)) = (self.results.change(unit, node), self.rank_of(unit, node))
        else {
            return Phrase::default();
        };
        let before = ordinal(size(own.before), self.lang);
        let before = Phrase::quantity(self.unit_id(unit, node, "rank-before"), before);
        let slots = [
            self.edition(changes),
            self.unit(unit),
            self.node(node),
            before,
            now,
            self.places_moved(unit, node, own),
            self.on(node),
            self.within(unit, node, own),
        ];
        let (zh, en) = match own.places() {
            0 => {
                ("与{0}相比，{1}的{2}位次持平，仍为{4}。", "{1} is unchanged since {0}, at {4}{6}.")
            }
            1.. => (
                "与{0}相比，{1}的{2}位次由{3}升至{4}，上升{5}{7}。",
                "since {0}, {1} has risen {5}, from {3} to {4}{6}{7}.",
            ),
            _ => (
                "与{0}相比，{1}的{2}位次由{3}降至{4}，下降{5}{7}。",
                "since {0}, {1} has fallen {5}, from {3} to {4}{6}{7}.",
            ),
        };
        self.sentence(zh, en, &slots)
    }

    /// How many units rose, fell and stayed where they were.
    #[must_use]
    pub(crate) fn moves(&self, node: NodeAt) -> Phrase {
        let Some(changes) = &self.results.changes else { return Phrase::default() };
        let found = self.changed(node);
        if found.is_empty() {
            return Phrase::default();
        }
        let number = |what: &str, n: usize| self.count(self.sample_id(node, what), n);
        let of =
            |test: &dyn Fn(i64) -> bool| found.iter().filter(|(_, own)| test(own.places())).count();
        let (up, down, same) = (of(&|p| p > 0), of(&|p| p < 0), of(&|p| p == 0));
        let slots = [
            self.edition(changes),
            number("compared", found.len()),
            number("up", up),
            number("down", down),
            number("same", same),
            Phrase::plain(if found.len() == 1 { "city" } else { "cities" }),
            Phrase::plain(if same == 1 { "keeps its rank" } else { "keep their rank" }),
            self.on(node),
        ];
        if up + down == 0 {
            return self.sentence(
                "与{0}可比的{1}个城市，位次均无变化。",
                "none of the {1} {5} that can be compared with {0} has changed its rank.",
                &slots,
            );
        }
        self.sentence(
            "与{0}可比的{1}个城市中，{2}个位次上升，{3}个下降，{4}个持平。",
            "of the {1} {5} that can be compared with {0}, {2} rose, {3} fell and {4} {6}.",
            &slots,
        )
    }

    /// Who rose or fell most: groups of equal moves, in order, until `n` units are named.
    ///
    /// Equals are never parted, so that the list may be longer. Empty if nobody moved that way.
    #[must_use]
    pub(crate) fn movers_named(&self, node: NodeAt, n: usize, way: Way) -> Phrase {
        let sign = if way == Way::Up { 1 } else { -1 };
        let mut moved: Vec<(UnitAt, UnitChange)> = self.changed(node);
        moved.retain(|(_, own)| own.places() * sign > 0);
        moved.sort_by_key(|(unit, own)| (-own.places() * sign, *unit));
        let total = moved.len();
        let mut groups: Vec<Vec<(UnitAt, UnitChange)>> = Vec::new();
        let mut named = 0;
        for (unit, own) in moved {
            match groups.last_mut() {
                Some(group) if group[0].1.places() == own.places() => group.push((unit, own)),
                _ if named >= n.max(1) => break,
                _ => groups.push(vec![(unit, own)]),
            }
            named += 1;
        }
        let items: Vec<Phrase> =
            groups.iter().map(|group| self.equal_movers(node, group)).collect();
        let id = if way == Way::Up { "up" } else { "down" };
        let count = self.count(self.sample_id(node, id), total);
        let list = match self.lang {
            Lang::Zh => Phrase::list(items, "、", "、"),
            Lang::En => self.list(items),
        };
        let slots = [count, list, Phrase::plain(if total == 1 { "city" } else { "cities" })];
        let (zh, en) = match (way, named < total) {
            _ if total == 0 => return Phrase::default(),
            (Way::Up, false) => ("位次上升的有{0}个城市：{1}。", "{0} {2} rose: {1}."),
            (Way::Down, false) => ("位次下降的有{0}个城市：{1}。", "{0} {2} fell: {1}."),
            (Way::Up, true) => {
                ("位次上升的有{0}个城市，升幅最大的是{1}。", "{0} {2} rose, most of all {1}.")
            }
            (Way::Down, true) => {
                ("位次下降的有{0}个城市，降幅最大的是{1}。", "{0} {2} fell, most of all {1}.")
            }
        };
        self.sentence(zh, en, &slots)
    }

    /// 南京和深圳（各两位） / Nanjing and Shenzhen (two places each).
    fn equal_movers(&self, node: NodeAt, group: &[(UnitAt, UnitChange)]) -> Phrase {
        let units: Vec<UnitAt> = group.iter().map(|(unit, _)| *unit).collect();
        let (first, own) = group[0];
        let slots = [self.level_units(&units), self.places_moved(first, node, own)];
        if group.len() == 1 {
            return self.part("{0}（{1}）", "{0} ({1})", &slots);
        }
        self.part("{0}（各{1}）", "{0} ({1} each)", &slots)
    }

    /// Who kept the rank; more than eight are counted, not named. Empty if nobody did.
    #[must_use]
    pub(crate) fn unmoved(&self, node: NodeAt) -> Phrase {
        let found = self.changed(node);
        let same: Vec<UnitAt> =
            found.iter().filter(|(_, own)| own.places() == 0).map(|(unit, _)| *unit).collect();
        let count = self.count(self.sample_id(node, "same"), same.len());
        match same.as_slice() {
            [] => Phrase::default(),
            [one] => self.sentence("{0}位次持平。", "{0} keeps its rank.", &[self.unit(*one)]),
            many if many.len() <= MOST_UNMOVED => self.sentence(
                "{0}{1}个城市位次持平。",
                "{0} keep their ranks.",
                &[self.units(many), count],
            ),
            _ => self.sentence("{0}个城市位次持平。", "{0} cities keep their ranks.", &[count]),
        }
    }

    /// What a unit's change is made of: method, own data, others' data, sample. Stands after a
    /// sentence that names the unit.
    ///
    /// Empty if the change is not split, or has no part at all.
    #[must_use]
    pub(crate) fn change_parts(&self, unit: UnitAt, node: NodeAt) -> Phrase {
        let Some(own) = self.results.change(unit, node) else { return Phrase::default() };
        let Some(parts) = own.parts else { return Phrase::default() };
        let mut there = self.named_parts(parts);
        there.retain(|(_, _, part)| *part != 0.0);
        if let [(_, name, _)] = there.as_slice() {
            let name = Phrase::plain(*name);
            return self.sentence("变化全部来自{0}。", "all of this comes from {0}.", &[name]);
        }
        let items = there.into_iter().map(|(what, name, part)| {
            let id = self.unit_id(unit, node, &format!("part-{what}"));
            let figure = Phrase::quantity(id, self.half_places(part));
            self.part("{0}{1}", "{1} from {0}", &[Phrase::plain(name), figure])
        });
        let items: Vec<Phrase> = items.collect();
        if items.is_empty() {
            return Phrase::default();
        }
        let (zh, en) = if own.places() == 0 {
            ("几种作用相互抵消：{0}。", "effects cancel out: {0}.")
        } else {
            ("按原因分：{0}。", "by cause: {0}.")
        };
        self.sentence(zh, en, &[self.list_of_parts(items)])
    }

    /// Whose doing all changes together are: the share of each part in their absolute values.
    ///
    /// Empty if changes are not split or there are none.
    #[must_use]
    pub(crate) fn change_mix(&self, node: NodeAt) -> Phrase {
        let parts: Vec<Parts> =
            self.changed(node).into_iter().filter_map(|(_, own)| own.parts).collect();
        let sum = |at: usize| parts.iter().map(|parts| parts.all()[at].abs()).sum::<f64>();
        let total: f64 = (0..4).map(sum).sum();
        if total == 0.0 {
            return Phrase::default();
        }
        let nothing = Parts { sample: 0.0, method: 0.0, own: 0.0, others: 0.0 };
        let mut shares: Vec<(&str, &str, f64)> = self
            .named_parts(nothing)
            .into_iter()
            .zip([sum(1), sum(2), sum(3), sum(0)])
            .map(|((what, name, _), part)| (what, name, part / total * 100.0))
            .filter(|(_, _, share)| *share > 0.0)
            .collect();
        shares.sort_by(|a, b| b.2.total_cmp(&a.2));
        let items = shares.into_iter().enumerate().map(|(at, (what, name, share))| {
            let share = self.percent(self.sample_id(node, &format!("share-{what}")), share);
            let name = match (self.lang, what) {
                (Lang::En, "own") => "cities’ own data",
                _ => name,
            };
            let en = if at == 0 { "{1} come from {0}" } else { "{1} from {0}" };
            self.part("{0}占{1}", en, &[Phrase::plain(name), share])
        });
        self.sentence(
            "不计升降方向，把各城市各部分的位次相加，{0}。",
            "of all movements, whichever way they point, {0}.",
            &[self.list_of_parts(items.collect())],
        )
    }

    /// Which of a unit's own data moved its index score most, `n` at most.
    ///
    /// Empty if its own data did not move its rank, or changes are not split.
    #[must_use]
    pub(crate) fn change_drivers(&self, unit: UnitAt, n: usize) -> Phrase {
        let Some(changes) = &self.results.changes else { return Phrase::default() };
        let parts = self.results.change(unit, 0).and_then(|own| own.parts);
        let moved = parts.is_some_and(|parts| parts.own != 0.0);
        let Some(drivers) = changes.drivers.get(unit).filter(|_| moved) else {
            return Phrase::default();
        };
        let items: Vec<Phrase> = drivers
            .iter()
            .map(|driver| (driver.node, signed(driver.points, POINTS, self.lang)))
            .filter(|(_, text)| text.contains(['+', '\u{2212}']))
            .take(n)
            .map(|(node, text)| {
                let points = Phrase::quantity(self.unit_id(unit, node, "driver"), text);
                self.part("{0}（{1}分）", "{0} ({1} points)", &[self.node(node), points])
            })
            .collect();
        if items.is_empty() {
            return Phrase::default();
        }
        self.sentence(
            "{0}自身的数据中，对总指数得分影响最大的是{1}。",
            "among {1} own data, what moved its index score most was {2}.",
            &match self.lang {
                Lang::Zh => vec![self.unit(unit), self.list(items)],
                Lang::En => vec![Phrase::default(), self.owner(unit), self.list(items)],
            },
        )
    }

    /// Units with a rank in both editions, in the order of this one.
    fn changed(&self, node: NodeAt) -> Vec<(UnitAt, UnitChange)> {
        let order = self.results.order(node).iter();
        order.filter_map(|&unit| Some((unit, self.results.change(unit, node)?))).collect()
    }

    /// 2021年版 / the 2021 edition.
    fn edition(&self, changes: &Changes) -> Phrase {
        let year = Phrase::plain(changes.edition.to_string());
        self.part("{0}年版", "the {0} edition", &[year])
    }

    /// 五位 / five places.
    fn places_moved(&self, unit: UnitAt, node: NodeAt, own: UnitChange) -> Phrase {
        let places = size(own.before.abs_diff(own.now));
        let noun = if places == 1 { " place" } else { " places" };
        let places = self.count(self.unit_id(unit, node, "places"), places);
        places.text(self.word("位", noun))
    }

    /// The remark that a change stays within the interval of the present rank.
    fn within(&self, unit: UnitAt, node: NodeAt, own: UnitChange) -> Phrase {
        if !self.results.is_within_interval(unit, node) || own.places() == 0 {
            return Phrase::default();
        }
        self.part(
            "；原来的位次仍在现有位次的不确定区间之内，变动不宜看重",
            "; the earlier rank lies within the interval of the present one, so little should be made of it",
            &[],
        )
    }

    /// Id, name and size of each part, the sample last.
    fn named_parts(&self, parts: Parts) -> Vec<(&'static str, &str, f64)> {
        vec![
            ("method", self.word("方法变动", "the method"), parts.method),
            ("own", self.word("自身数据", "its own data"), parts.own),
            ("others", self.word("其他城市数据", "the data of others"), parts.others),
            ("sample", self.word("样本变动", "the sample"), parts.sample),
        ]
    }

    /// A list whose items have figures.
    fn list_of_parts(&self, items: Vec<Phrase>) -> Phrase {
        match self.lang {
            Lang::Zh => Phrase::list(items, "，", "，"),
            Lang::En => Phrase::list(items, ", ", " and "),
        }
    }

    /// A part with its sign: +5位, −0.5位 / +5, −0.5.
    fn half_places(&self, part: f64) -> String {
        let text = signed(part, usize::from(part.fract() != 0.0), self.lang);
        format!("{text}{}", self.word("位", ""))
    }
}

/// A number with its sign as it is printed; none at zero.
fn signed(value: f64, decimals: usize, lang: Lang) -> String {
    let text = fixed(value.abs(), decimals, lang);
    let is_zero = !text.contains(|c: char| c.is_ascii_digit() && c != '0');
    match value {
        _ if is_zero => text,
        v if v > 0.0 => format!("+{text}"),
        _ => format!("\u{2212}{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::results::Results;
    use crate::content::sentences::testing::{
        BEIJING, GDP, GUANGZHOU, HANGZHOU, INDEX, KNOWLEDGE, SHANGHAI, SHENZHEN, SUZHOU, UNICORNS,
        WUHAN, XIAN, sample, says, silent,
    };
    use crate::index::over_time::{Driver, NodeChanges};

    /// Ranks before, by unit, in place of those of the sample.
    fn since(before: &[(UnitAt, u32)], parts: Option<Parts>) -> Results {
        let mut results = sample();
        let change = |unit: UnitAt| {
            let (_, before) = before.iter().find(|(own, _)| *own == unit)?;
            let now = results.rank(unit, INDEX)?;
            Some(UnitChange { before: *before, score_before: None, now, parts, recomputed: None })
        };
        let units = (0..results.count()).map(change).collect();
        let mut nodes = vec![NodeChanges::default(); results.config.method.nodes.len()];
        for node in &mut nodes {
            node.units = vec![None; results.count()];
        }
        nodes[INDEX] = NodeChanges { units };
        results.changes = Some(Changes {
            edition: 2021,
            year: Some(2021),
            count_before: before.len(),
            nodes,
            entered: vec![XIAN],
            left: Vec::new(),
            new_nodes: Vec::new(),
            gone_nodes: Vec::new(),
            absent: Vec::new(),
            is_split: parts.is_some(),
            is_comparable: false,
            drivers: vec![
                vec![
                    Driver { node: UNICORNS, points: 2.084 },
                    Driver { node: GDP, points: -0.3 },
                    Driver { node: GDP, points: 0.001 },
                ],
                Vec::new(),
            ],
        });
        results
    }

    /// Beijing 1, Shanghai 2, Shenzhen 3, Guangzhou 4, Hangzhou 5, Suzhou 6, Wuhan 7 now.
    fn moved() -> Results {
        since(
            &[
                (BEIJING, 1),
                (SHANGHAI, 3),
                (SHENZHEN, 2),
                (GUANGZHOU, 6),
                (HANGZHOU, 7),
                (SUZHOU, 4),
                (WUHAN, 5),
            ],
            None,
        )
    }

    #[test]
    fn a_rank_since_the_edition_before() {
        let results = moved();
        says(
            &results,
            |s| s.change_since(BEIJING, INDEX),
            "与2021年版相比，北京的总指数位次持平，仍为第一。",
            "Beijing is unchanged since the 2021 edition, at first overall.",
        );
        says(
            &results,
            |s| s.change_since(SHANGHAI, INDEX),
            "与2021年版相比，上海的总指数位次由第三升至第二，上升一位。",
            "Since the 2021 edition, Shanghai has risen one place, from third to second overall.",
        );
        says(
            &results,
            |s| s.change_since(WUHAN, INDEX),
            "与2021年版相比，武汉的总指数位次由第五降至第七，下降两位。",
            "Since the 2021 edition, Wuhan has fallen two places, from fifth to seventh overall.",
        );
        says(
            &results,
            |s| s.change_since(XIAN, INDEX),
            "西安未列入2021年版，没有可比的位次。",
            "Xi’an was not in the 2021 edition.",
        );
        silent(&results, |s| s.change_since(BEIJING, KNOWLEDGE));
        silent(&sample(), |s| s.change_since(BEIJING, INDEX));
    }

    #[test]
    fn movers_are_named_with_their_equals() {
        let results = moved();
        says(
            &results,
            |s| s.moves(INDEX),
            "与2021年版可比的七个城市中，三个位次上升，三个下降，一个持平。",
            "Of the seven cities that can be compared with the 2021 edition, three rose, three fell and one keeps its rank.",
        );
        says(
            &results,
            |s| s.movers_named(INDEX, 1, Way::Up),
            "位次上升的有三个城市，升幅最大的是杭州与广州（各两位）。",
            "Three cities rose, most of all Hangzhou and Guangzhou (two places each).",
        );
        says(
            &results,
            |s| s.movers_named(INDEX, 3, Way::Down),
            "位次下降的有三个城市：苏州与武汉（各两位）、深圳（一位）。",
            "Three cities fell: Suzhou and Wuhan (two places each), and Shenzhen (one place).",
        );
        says(&results, |s| s.unmoved(INDEX), "北京位次持平。", "Beijing keeps its rank.");
        let still = since(&[(BEIJING, 1), (SHANGHAI, 2)], None);
        silent(&still, |s| s.movers_named(INDEX, 3, Way::Up));
        says(
            &still,
            |s| s.unmoved(INDEX),
            "北京和上海两个城市位次持平。",
            "Beijing and Shanghai keep their ranks.",
        );
        says(
            &still,
            |s| s.moves(INDEX),
            "与2021年版可比的两个城市，位次均无变化。",
            "None of the two cities that can be compared with the 2021 edition has changed its rank.",
        );
        silent(&sample(), |s| s.moves(INDEX));
        silent(&sample(), |s| s.unmoved(INDEX));
    }

    #[test]
    fn parts_and_drivers() {
        let parts = Parts { sample: 0.0, method: 2.0, own: -0.5, others: -0.5 };
        let results = since(&[(SHANGHAI, 3), (BEIJING, 1)], Some(parts));
        says(
            &results,
            |s| s.change_parts(SHANGHAI, INDEX),
            "按原因分：方法变动+2位，自身数据−0.5位，其他城市数据−0.5位。",
            "By cause: +2 from the method, −0.5 from its own data and −0.5 from the data of others.",
        );
        says(
            &results,
            |s| s.change_parts(BEIJING, INDEX),
            "几种作用相互抵消：方法变动+2位，自身数据−0.5位，其他城市数据−0.5位。",
            "Effects cancel out: +2 from the method, −0.5 from its own data and −0.5 from the data of others.",
        );
        says(
            &results,
            |s| s.change_mix(INDEX),
            "不计升降方向，把各城市各部分的位次相加，方法变动占66.7%，自身数据占16.7%，其他城市数据占16.7%。",
            "Of all movements, whichever way they point, 66.7% come from the method, 16.7% from cities’ own data and 16.7% from the data of others.",
        );
        says(
            &results,
            |s| s.change_drivers(BEIJING, 3),
            "北京自身的数据中，对总指数得分影响最大的是独角兽企业（+2.08分）和地区生产总值（−0.30分）。",
            "Among Beijing’s own data, what moved its index score most was unicorns (+2.08 points) and gross domestic product (−0.30 points).",
        );
        silent(&results, |s| s.change_drivers(SHANGHAI, 3));
        silent(&moved(), |s| s.change_parts(SHANGHAI, INDEX));
        silent(&moved(), |s| s.change_mix(INDEX));
    }
}
