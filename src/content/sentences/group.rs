//! Sentences about a unit among its peers: region, province, agglomeration, administrative rank.

use crate::content::groups::GroupKind;
use crate::content::phrase::Phrase;
use crate::content::results::{NodeAt, UnitAt};
use crate::content::sentences::{Speaker, english};
use crate::content::words::ordinal;
use crate::lang::{Lang, Localised};

impl Speaker<'_> {
    /// Rank among the units of the own group: 南京的总指数位居长三角四个样本城市第三。
    ///
    /// The rank is made anew among the units of the group that are ranked at the node. Empty
    /// without a rank or a group, or if nobody else of the group is ranked.
    #[must_use]
    pub(crate) fn rank_in_group(&self, unit: UnitAt, node: NodeAt, group: GroupKind) -> Phrase {
        let label = self.label(unit, group);
        let Some(own) = self.results.rank(unit, node).filter(|_| !label.zh.is_empty()) else {
            return Phrase::default();
        };
        let ranks: Vec<_> = self
            .results
            .order(node)
            .iter()
            .filter(|&&u| self.label(u, group) == label)
            .filter_map(|&u| self.results.rank(u, node))
            .collect();
        if ranks.len() < 2 {
            return Phrase::default();
        }
        let place = ranks.iter().filter(|&&r| r < own).count() + 1;
        let tied = ranks.iter().filter(|&&r| r == own).count() > 1;
        let place =
            Phrase::quantity(self.unit_id(unit, node, "group-rank"), ordinal(place, self.lang));
        let count = self.count(self.unit_id(unit, node, "group-count"), ranks.len());
        let peers = match (self.lang, group) {
            (Lang::Zh, GroupKind::AdminRank) => {
                Phrase::plain("样本的").then(count).text(&format!("个{}", city_of_rank(&label.zh)))
            }
            (Lang::Zh, _) => Phrase::plain(&*label.zh).then(count).text("个样本城市"),
            (Lang::En, GroupKind::AdminRank) => Phrase::plain("the ")
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

    /// Sole members of their groups near the top: 武汉和成都分别是前十名中唯一的中部和西部城市。
    ///
    /// Counts the first `n` and those level with the last of them. A group with one unit in the
    /// sample is passed over, since its remark would be trivial. Empty if there is no sole member,
    /// or if everybody is among the first `n`.
    #[must_use]
    pub(crate) fn only_in_group(&self, node: NodeAt, n: usize, group: GroupKind) -> Phrase {
        let top = self.first(node, n);
        let order = self.results.order(node);
        if top.len() == order.len() {
            return Phrase::default();
        }
        let members = |units: &[UnitAt], label: &Localised<String>| {
            units.iter().filter(|&&u| self.label(u, group) == label).count()
        };
        let sole: Vec<UnitAt> = top
            .iter()
            .copied()
            .filter(|&u| {
                let label = self.label(u, group);
                !label.zh.is_empty() && members(top, label) == 1 && members(order, label) > 1
            })
            .collect();
        if sole.is_empty() {
            return Phrase::default();
        }
        let labels: Vec<&Localised<String>> = sole.iter().map(|&u| self.label(u, group)).collect();
        let opening = self.opening(node);
        let slots = [
            opening,
            self.units(&sole),
            self.top_places(node, top.len()),
            self.city_kinds(&labels, group),
            self.on(node),
        ];
        match (sole.len(), group) {
            (1, GroupKind::AdminRank) => self.sentence(
                "{0}{1}是前{2}名中唯一的{3}。",
                "{1} is {3} in the top {2}{4}.",
                &slots,
            ),
            (1, _) => self.sentence(
                "{0}{1}是前{2}名中唯一的{3}。",
                "{1} is the only city of {3} in the top {2}{4}.",
                &slots,
            ),
            (_, GroupKind::AdminRank) => self.sentence(
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
    fn city_kinds(&self, labels: &[&Localised<String>], group: GroupKind) -> Phrase {
        let plain = |f: &dyn Fn(&Localised<String>) -> String| {
            self.list(labels.iter().map(|l| Phrase::plain(f(l))).collect())
        };
        match (self.lang, group) {
            (Lang::Zh, GroupKind::AdminRank) => plain(&|l| city_of_rank(&l.zh)),
            (Lang::Zh, _) => plain(&|l| l.zh.clone()).text("城市"),
            (Lang::En, GroupKind::AdminRank) => {
                plain(&|l| format!("the only {}", english::inside(&l.en)))
            }
            (Lang::En, _) => plain(&|l| place_name(&l.en, group)),
        }
    }

    fn label(&self, unit: UnitAt, group: GroupKind) -> &Localised<String> {
        group.of(self.results.unit(unit))
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
fn place_name(label: &str, group: GroupKind) -> String {
    const NEED_AN_ARTICLE: [&str; 6] = ["Area", "Delta", "Region", "Peninsula", "Coast", "Gulf"];
    let compass = label.ends_with("ern") || label == "Central";
    let article = NEED_AN_ARTICLE.iter().any(|word| label.ends_with(word));
    match group {
        GroupKind::Region if compass => format!("the {label} region"),
        GroupKind::Agglomeration if article => format!("the {label}"),
        GroupKind::Agglomeration => format!("the {label} city cluster"),
        GroupKind::Province | GroupKind::Region | GroupKind::AdminRank => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::content::groups::GroupKind;
    use crate::content::sentences::testing::{
        BEIJING, HANGZHOU, INDEX, KNOWLEDGE, SUZHOU, WUHAN, XIAN, sample, says, set_scores, silent,
    };

    #[test]
    fn rank_among_peers() {
        let results = sample();
        says(
            &results,
            |s| s.rank_in_group(SUZHOU, INDEX, GroupKind::Region),
            "苏州的总指数在东部四个样本城市中位居第四。",
            "Suzhou ranks fourth among the four sample cities in the Eastern region.",
        );
        says(
            &results,
            |s| s.rank_in_group(HANGZHOU, KNOWLEDGE, GroupKind::Agglomeration),
            "杭州的知识创造力在长三角三个样本城市中位居第二。",
            "Hangzhou ranks second among the three sample cities in the Yangtze River Delta on knowledge creation.",
        );
        says(
            &results,
            |s| s.rank_in_group(WUHAN, INDEX, GroupKind::AdminRank),
            "武汉的总指数在样本的四个副省级省会城市中位居第三。",
            "Wuhan ranks third among the four sub-provincial capitals in the sample.",
        );
        silent(&results, |s| s.rank_in_group(BEIJING, INDEX, GroupKind::Agglomeration));
        silent(&results, |s| s.rank_in_group(XIAN, INDEX, GroupKind::Agglomeration));
        silent(&results, |s| s.rank_in_group(XIAN, INDEX, GroupKind::Province));
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
            |s| s.rank_in_group(BEIJING, INDEX, GroupKind::AdminRank),
            "北京的总指数在样本的两个直辖市中并列第一。",
            "Beijing ranks joint first among the two municipalities in the sample.",
        );
    }

    #[test]
    fn sole_members() {
        let results = sample();
        says(
            &results,
            |s| s.only_in_group(INDEX, 5, GroupKind::Region),
            "深圳和广州分别是前五名中唯一的西部和中部城市。",
            "Shenzhen and Guangzhou are the only cities of the Western region and the Central region, respectively, in the top five overall.",
        );
        says(
            &results,
            |s| s.only_in_group(KNOWLEDGE, 4, GroupKind::Agglomeration),
            "知识创造力方面，深圳是前四名中唯一的粤港澳大湾区城市。",
            "Shenzhen is the only city of the Greater Bay Area in the top four on knowledge creation.",
        );
        silent(&results, |s| s.only_in_group(INDEX, 5, GroupKind::AdminRank));
        says(
            &results,
            |s| s.only_in_group(INDEX, 4, GroupKind::AdminRank),
            "广州是前四名中唯一的副省级省会城市。",
            "Guangzhou is the only sub-provincial capital in the top four overall.",
        );
        silent(&results, |s| s.only_in_group(INDEX, 8, GroupKind::Region));
        silent(&results, |s| s.only_in_group(INDEX, 5, GroupKind::Province));
    }

    #[test]
    fn sole_members_by_rank() {
        let mut results = sample();
        set_scores(&mut results, KNOWLEDGE, [9.0, 1.0, 2.0, 3.0, 8.0, 4.0, 5.0, 6.0].map(Some));
        says(
            &results,
            |s| s.only_in_group(KNOWLEDGE, 2, GroupKind::AdminRank),
            "知识创造力方面，北京和武汉分别是前两名中唯一的直辖市和副省级省会城市。",
            "Beijing and Wuhan are, respectively, the only municipality and the only sub-provincial capital in the top two on knowledge creation.",
        );
    }
}
