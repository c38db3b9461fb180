//! Sentences about a unit among its peers: region, province, agglomeration, administrative rank.

use crate::content::phrase::Phrase;
use crate::content::results::{NodeAt, UnitAt};
use crate::content::sentences::{Speaker, english};
use crate::content::words::{digit_ordinal, ordinal};
use crate::index::{GroupRank, Grouping};
use crate::lang::{Lang, Localised};

impl Speaker<'_> {
    /// Rank among the units of the own group: 南京的总指数位居长三角四个样本城市第三。
    ///
    /// The rank is made anew among the units of the group that are ranked at the node. Empty
    /// without a rank or a group, or if nobody else of the group is ranked.
    #[must_use]
    pub(crate) fn rank_in_group(&self, unit: UnitAt, node: NodeAt, group: Grouping) -> Phrase {
        let label = self.results.group_name(unit, group);
        let own = self.results.group_ranks(node, group)[unit].filter(|own| own.size > 1);
        let Some(GroupRank { rank, size, tied }) = own else { return Phrase::default() };
        let place = Phrase::quantity(
            self.group_id(unit, node, group, "rank"),
            ordinal(rank as usize, self.lang),
        );
        let count = self.count(self.group_id(unit, node, group, "count"), size);
        let peers = match (self.lang, group) {
            (Lang::Zh, Grouping::AdminRank) => {
                Phrase::plain("样本的").then(count).text(&format!("个{}", city_of_rank(&label.zh)))
            }
            (Lang::Zh, _) => Phrase::plain(&*label.zh).then(count).text("个样本城市"),
            (Lang::En, Grouping::AdminRank) => Phrase::plain("the ")
                .then(count)
                .text(&format!(" {} in the sample", english::plural(&english::inside(&label.en)))),
            (Lang::En, _) => Phrase::plain("the ")
                .then(count)
                .text(&format!(" sample cities in {}", place_name(&label.en, group))),
        };
        let on = if node == 0 { Phrase::default() } else { self.on(node) };
        self.sentence(
            if tied { "{0}{1}在{2}中并列{3}。" } else { "{0}{1}在{2}中位居{3}。" },
            if tied { "{4} ranks joint {3} among {2}{5}." } else { "{4} ranks {3} among {2}{5}." },
            &[self.owner(unit), self.node(node), peers, place, self.unit(unit), on],
        )
    }

    /// Rank within the own group as a heading has it: 东部13城中第2 / 2nd of 13 cities in the Eastern
    /// region.
    ///
    /// Empty without a rank or a group, or if fewer than `least` of the group are ranked.
    #[must_use]
    pub(crate) fn group_standing(
        &self,
        unit: UnitAt,
        node: NodeAt,
        group: Grouping,
        least: usize,
    ) -> Phrase {
        let own = self.results.group_ranks(node, group)[unit].filter(|own| own.size >= least);
        let Some(GroupRank { rank, size, tied }) = own else { return Phrase::default() };
        let place = Phrase::quantity(
            self.group_id(unit, node, group, "rank"),
            digit_ordinal(rank as usize, self.lang),
        );
        let count = Phrase::quantity(self.group_id(unit, node, group, "count"), size.to_string());
        let label = self.results.group_name(unit, group);
        match (self.lang, group) {
            (Lang::Zh, _) => {
                let (before, after) = match group {
                    Grouping::AdminRank => ("", format!("个{}", city_of_rank(&label.zh))),
                    _ => (label.zh.as_str(), "城".to_owned()),
                };
                let joint = if tied { "并列" } else { "" };
                Phrase::plain(before).then(count).text(&after).text("中").text(joint).then(place)
            }
            (Lang::En, _) => {
                let after = match group {
                    Grouping::AdminRank => english::plural(&english::inside(&label.en)),
                    _ if size == 1 => format!("city in {}", place_name(&label.en, group)),
                    _ => format!("cities in {}", place_name(&label.en, group)),
                };
                let joint = Phrase::plain(if tied { "joint " } else { "" });
                joint.then(place).text(" of ").then(count).text(" ").text(&after)
            }
        }
    }

    /// The same where there is little room: 东部13城中第2 / Eastern (2nd of 13).
    #[must_use]
    pub(crate) fn brief_standing(
        &self,
        unit: UnitAt,
        node: NodeAt,
        group: Grouping,
        least: usize,
    ) -> Phrase {
        let own = self.results.group_ranks(node, group)[unit].filter(|own| own.size >= least);
        let (Some(own), Lang::En) = (own, self.lang) else {
            return self.group_standing(unit, node, group, least);
        };
        let id = |what| self.group_id(unit, node, group, what);
        Phrase::plain(self.results.group_name(unit, group).en)
            .text(if own.tied { " (joint " } else { " (" })
            .then(Phrase::quantity(id("rank"), digit_ordinal(own.rank as usize, Lang::En)))
            .text(" of ")
            .then(Phrase::quantity(id("count"), own.size.to_string()))
            .text(")")
    }

    /// Id of a quantity of a unit within its group, such as `beijing/index/region-rank`.
    fn group_id(&self, unit: UnitAt, node: NodeAt, group: Grouping, what: &str) -> String {
        self.unit_id(unit, node, &format!("{}-{what}", group.word().replace('_', "-")))
    }

    /// Sole members of their groups near the top: 武汉和成都分别是前十名中唯一的中部和西部城市。
    ///
    /// Counts the first `n` and those level with the last of them. A group with one unit in the
    /// sample is passed over, since its remark would be trivial. Empty if there is no sole member,
    /// or if everybody is among the first `n`.
    #[must_use]
    pub(crate) fn only_in_group(&self, node: NodeAt, n: usize, group: Grouping) -> Phrase {
        let top = self.first(node, n);
        let order = self.results.order(node);
        if top.len() == order.len() {
            return Phrase::default();
        }
        let members = |units: &[UnitAt], label: &Localised<String>| {
            units.iter().filter(|&&u| self.results.group_name(u, group) == *label).count()
        };
        let sole: Vec<UnitAt> = top
            .iter()
            .copied()
            .filter(|&u| {
                let label = &self.results.group_name(u, group);
                !label.zh.is_empty() && members(top, label) == 1 && members(order, label) > 1
            })
            .collect();
        if sole.is_empty() {
            return Phrase::default();
        }
        let labels: Vec<Localised<String>> =
            sole.iter().map(|&u| self.results.group_name(u, group)).collect();
        let opening = self.opening(node);
        let slots = [
            opening,
            self.units(&sole),
            self.top_places(node, top.len()),
            self.city_kinds(&labels, group),
            self.on(node),
        ];
        match (sole.len(), group) {
            (1, Grouping::AdminRank) => self.sentence(
                "{0}{1}是前{2}名中唯一的{3}。",
                "{1} is {3} in the top {2}{4}.",
                &slots,
            ),
            (1, _) => self.sentence(
                "{0}{1}是前{2}名中唯一的{3}。",
                "{1} is the only city of {3} in the top {2}{4}.",
                &slots,
            ),
            (_, Grouping::AdminRank) => self.sentence(
                "{0}{1}分别是前{2}名中唯一的{3}。",
                "{1} are, respectively, {3} in the top {2}{4}.",
                &slots,
            ),
            _ => self.sentence(
                "{0}{1}分别是前{2}名中唯一的{3}。",
                "{1} are the only cities of {3}, respectively, in the top {2}{4}.",
                &slots,
            ),
        }
    }

    /// What the sole members are: 中部和西部城市 / the Central region and the Western region.
    fn city_kinds(&self, labels: &[Localised<String>], group: Grouping) -> Phrase {
        let plain = |f: &dyn Fn(&Localised<String>) -> String| {
            self.list(labels.iter().map(|l| Phrase::plain(f(l))).collect())
        };
        match (self.lang, group) {
            (Lang::Zh, Grouping::AdminRank) => plain(&|l| city_of_rank(&l.zh)),
            (Lang::Zh, _) => plain(&|l| l.zh.clone()).text("城市"),
            (Lang::En, Grouping::AdminRank) => {
                plain(&|l| format!("the only {}", english::inside(&l.en)))
            }
            (Lang::En, _) => plain(&|l| place_name(&l.en, group)),
        }
    }
}

/// 直辖市 stands alone; 省会（首府） becomes 省会（首府）城市.
fn city_of_rank(label: &str) -> String {
    if label.ends_with(['市', '州', '区', '盟', '县']) {
        label.to_owned()
    } else {
        format!("{label}城市")
    }
}

/// An English label with what it needs inside a sentence: `the Eastern region`, `the Greater Bay
/// Area`, `the Central Plains city cluster`, `Jiangsu`.
fn place_name(label: &str, group: Grouping) -> String {
    const NEED_AN_ARTICLE: [&str; 6] = ["Area", "Delta", "Region", "Peninsula", "Coast", "Gulf"];
    let compass = label.ends_with("ern") || label == "Central";
    let article = NEED_AN_ARTICLE.iter().any(|word| label.ends_with(word));
    match group {
        Grouping::Region if compass => format!("the {label} region"),
        Grouping::Agglomeration if article => format!("the {label}"),
        Grouping::Agglomeration => format!("the {label} city cluster"),
        Grouping::Province | Grouping::Region | Grouping::AdminRank | Grouping::Tier => {
            label.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::content::sentences::testing::{
        BEIJING, HANGZHOU, INDEX, KNOWLEDGE, SUZHOU, WUHAN, XIAN, sample, says, set_scores, silent,
    };
    use crate::index::Grouping;

    #[test]
    fn rank_among_peers_in_a_heading() {
        let mut results = sample();
        says(
            &results,
            |s| s.group_standing(SUZHOU, INDEX, Grouping::Region, 3),
            "东部4城中第4",
            "4th of 4 cities in the Eastern region",
        );
        says(
            &results,
            |s| s.brief_standing(SUZHOU, INDEX, Grouping::Region, 3),
            "东部4城中第4",
            "Eastern (4th of 4)",
        );
        silent(&results, |s| s.brief_standing(SUZHOU, INDEX, Grouping::Region, 7));
        silent(&results, |s| s.group_standing(SUZHOU, INDEX, Grouping::Region, 7));
        silent(&results, |s| s.group_standing(SUZHOU, INDEX, Grouping::Tier, 1));
        set_scores(&mut results, INDEX, [1.0; 8].map(Some));
        says(
            &results,
            |s| s.group_standing(BEIJING, INDEX, Grouping::AdminRank, 2),
            "2个直辖市中并列第1",
            "joint 1st of 2 municipalities",
        );
    }

    #[test]
    fn rank_among_peers() {
        let results = sample();
        says(
            &results,
            |s| s.rank_in_group(SUZHOU, INDEX, Grouping::Region),
            "苏州的总指数在东部四个样本城市中位居第四。",
            "Suzhou ranks fourth among the four sample cities in the Eastern region.",
        );
        says(
            &results,
            |s| s.rank_in_group(HANGZHOU, KNOWLEDGE, Grouping::Agglomeration),
            "杭州的知识创造力在长三角三个样本城市中位居第二。",
            "Hangzhou ranks second among the three sample cities in the Yangtze River Delta on knowledge creation.",
        );
        says(
            &results,
            |s| s.rank_in_group(WUHAN, INDEX, Grouping::AdminRank),
            "武汉的总指数在样本的四个副省级省会城市中位居第三。",
            "Wuhan ranks third among the four sub-provincial capitals in the sample.",
        );
        silent(&results, |s| s.rank_in_group(BEIJING, INDEX, Grouping::Agglomeration));
        silent(&results, |s| s.rank_in_group(XIAN, INDEX, Grouping::Agglomeration));
        silent(&results, |s| s.rank_in_group(XIAN, INDEX, Grouping::Province));
    }

    #[test]
    fn shared_rank_among_peers() {
        let mut results = sample();
        set_scores(
            &mut results,
            INDEX,
            [80.0, 80.0, 41.25, 52.0, 33.0, 33.0, 65.0, 20.0].map(Some),
        );
        says(
            &results,
            |s| s.rank_in_group(BEIJING, INDEX, Grouping::AdminRank),
            "北京的总指数在样本的两个直辖市中并列第一。",
            "Beijing ranks joint first among the two municipalities in the sample.",
        );
    }

    #[test]
    fn sole_members() {
        let results = sample();
        says(
            &results,
            |s| s.only_in_group(INDEX, 5, Grouping::Region),
            "深圳和广州分别是前五名中唯一的西部和中部城市。",
            "Shenzhen and Guangzhou are the only cities of the Western region and the Central region, respectively, in the top five overall.",
        );
        says(
            &results,
            |s| s.only_in_group(KNOWLEDGE, 4, Grouping::Agglomeration),
            "知识创造力方面，深圳是前四名中唯一的粤港澳大湾区城市。",
            "Shenzhen is the only city of the Greater Bay Area in the top four on knowledge creation.",
        );
        silent(&results, |s| s.only_in_group(INDEX, 5, Grouping::AdminRank));
        says(
            &results,
            |s| s.only_in_group(INDEX, 4, Grouping::AdminRank),
            "广州是前四名中唯一的副省级省会城市。",
            "Guangzhou is the only sub-provincial capital in the top four overall.",
        );
        silent(&results, |s| s.only_in_group(INDEX, 8, Grouping::Region));
        silent(&results, |s| s.only_in_group(INDEX, 5, Grouping::Province));
    }

    #[test]
    fn sole_members_by_rank() {
        let mut results = sample();
        set_scores(&mut results, KNOWLEDGE, [9.0, 1.0, 2.0, 3.0, 8.0, 4.0, 5.0, 6.0].map(Some));
        says(
            &results,
            |s| s.only_in_group(KNOWLEDGE, 2, Grouping::AdminRank),
            "知识创造力方面，北京和武汉分别是前两名中唯一的直辖市和副省级省会城市。",
            "Beijing and Wuhan are, respectively, the only municipality and the only sub-provincial capital in the top two on knowledge creation.",
        );
    }
}
