//! Sentences about how far ranks can be relied upon; all are silent without the analysis (`leverage`
//! tells what moves them).

use crate::content::phrase::Phrase;
use crate::content::results::UnitAt;
use crate::content::sentences::Speaker;
use crate::content::uncertain::percent;
use crate::index::robustness::{RankUncertainty, Robustness};
use crate::lang::Lang;
use crate::num::{fixed, shortest};

/// Names that a list of a sentence holds at most.
const MOST_NAMED: usize = 10;
/// Above this probability something counts as sure, below one less it as ruled out.
const SURE: f64 = 0.95;
/// Below this probability the tier of a unit is in doubt.
const TIER_DOUBT: f64 = 0.8;
/// Places between rank and median that are told.
const GAP: f64 = 2.0;

impl<'a> Speaker<'a> {
    pub(super) fn robustness(&self) -> Option<&'a Robustness> {
        self.results.robustness.as_ref()
    }

    /// A whole number of places or ranks as digits.
    pub(super) fn digits(&self, id: String, value: f64) -> Phrase {
        Phrase::quantity(id, shortest(value, self.lang))
    }

    /// Within which ranks a unit stands, and how probable its tier is:
    /// 在至少九成的模拟中，苏州位列第6至第13名，属于第三梯队的概率为82%。
    #[must_use]
    pub(crate) fn rank_range(&self, unit: UnitAt) -> Phrase {
        let Some(own) = self.results.uncertainty(unit) else { return Phrase::default() };
        let tier = self.own_tier(own);
        let low = self.digits(self.unit_id(unit, 0, "interval-low"), own.low);
        if own.high - own.low < 1e-9 {
            return self.sentence(
                "在至少九成的模拟中，{0}都位列第{1}名{2}。",
                "in at least nine simulations out of ten, {0} has rank {1}{2}.",
                &[self.unit(unit), low, tier],
            );
        }
        let high = self.digits(self.unit_id(unit, 0, "interval-high"), own.high);
        self.sentence(
            "在至少九成的模拟中，{0}位列第{1}至第{2}名{3}。",
            "in at least nine simulations out of ten, {0} ranks between {1} and {2}{3}.",
            &[self.unit(unit), low, high, tier],
        )
    }

    /// How probable the unit's own tier is, as the end of a sentence.
    fn own_tier(&self, own: &RankUncertainty) -> Phrase {
        let Some((name, share)) = self.tier_of(own) else { return Phrase::default() };
        let share = match percent(share, self.lang) {
            certain if certain.starts_with('>') => self.word("99%以上", "more than 99%").to_owned(),
            told => told,
        };
        let share = Phrase::quantity(self.unit_id(own.unit, 0, "tier"), share);
        self.part(
            "，属于{0}的概率为{1}",
            "; the probability of its belonging to {0} is {1}",
            &[Phrase::plain(name), share],
        )
    }

    /// The unit's tier and its probability.
    fn tier_of(&self, own: &RankUncertainty) -> Option<(String, f64)> {
        let tier = self.results.tier(own.unit)?;
        let names = self.results.config.method.tiers.as_ref()?.names.get(self.lang);
        Some((names.get(tier)?.clone(), *own.tiers.get(tier)?))
    }

    /// By how many places a simulation moves a unit on average: 平均而言，一次模拟使一个城市的位次变动0.86位。
    #[must_use]
    pub(crate) fn mean_shift(&self) -> Phrase {
        let Some(robustness) = self.robustness() else { return Phrase::default() };
        let shift = fixed(robustness.simulation.mean_shift, 2, self.lang);
        self.sentence(
            "平均而言，一次模拟使一个城市的位次变动{0}位。",
            "on average, one simulation moves a city by {0} places.",
            &[Phrase::quantity(self.sample_id(0, "mean-shift"), shift)],
        )
    }

    /// Whose rank holds, and whose interval is the widest:
    /// 北京和上海的位次在至少九成的模拟中不变；区间最宽的是重庆，由第7至第14名。
    #[must_use]
    pub(crate) fn firm_ranks(&self) -> Phrase {
        let Some(robustness) = self.robustness() else { return Phrase::default() };
        let units = &robustness.simulation.units;
        let width = |own: &RankUncertainty| own.high - own.low;
        let firm: Vec<UnitAt> = units
            .iter()
            .filter(|own| width(own) < 1e-9 && (own.median - f64::from(own.rank)).abs() < 1e-9)
            .map(|own| own.unit)
            .collect();
        let Some(widest) = units.iter().rev().max_by(|a, b| width(a).total_cmp(&width(b))) else {
            return Phrase::default();
        };
        if firm.len() == units.len() {
            return self.sentence(
                "所有城市的位次在至少九成的模拟中都不变。",
                "every city keeps its rank in at least nine simulations out of ten.",
                &[],
            );
        }
        let ends = [
            self.digits(self.unit_id(widest.unit, 0, "interval-low"), widest.low),
            self.digits(self.unit_id(widest.unit, 0, "interval-high"), widest.high),
        ];
        let [low, high] = ends;
        let named = self.unit(widest.unit);
        if firm.is_empty() {
            return self.sentence(
                "没有一个城市的位次在九成的模拟中不变；区间最宽的是{0}，由第{1}至第{2}名。",
                "no city keeps its rank in nine simulations out of ten; the widest interval is that of {0}, from {1} to {2}.",
                &[named, low, high],
            );
        }
        let (keeps, subject) = (if firm.len() == 1 { "keeps its" } else { "keep their" }, {
            if firm.len() > MOST_NAMED {
                self.count(self.sample_id(0, "firm"), firm.len())
                    .text(self.word("个城市", " cities"))
            } else {
                self.units(&firm)
            }
        });
        self.sentence(
            "{0}的位次在至少九成的模拟中不变；区间最宽的是{1}，由第{2}至第{3}名。",
            "{0} {4} rank in at least nine simulations out of ten; the widest interval is that of {1}, from {2} to {3}.",
            &[subject, named, low, high, Phrase::plain(keeps)],
        )
    }

    /// Neighbours that cannot be told apart: 相邻城市先后难分的有两组：深圳和广州；济南、武汉和南京。
    #[must_use]
    pub(crate) fn alike_groups(&self) -> Phrase {
        let Some(robustness) = self.robustness() else { return Phrase::default() };
        let groups: Vec<&Vec<UnitAt>> =
            robustness.simulation.groups.iter().filter(|group| group.len() > 1).collect();
        if groups.is_empty() {
            return self.sentence(
                "每个城市与前后相邻的城市都能分出先后。",
                "every city can be told apart from its neighbours.",
                &[],
            );
        }
        let items: Vec<Phrase> = groups.iter().map(|group| self.group(group)).collect();
        let count = self.count(self.sample_id(0, "alike"), items.len());
        let (separator, last) = match self.lang {
            Lang::Zh => ("；", "；"),
            Lang::En => ("; ", "; and "),
        };
        let one = groups.len() == 1;
        self.sentence(
            "相邻城市先后难分的有{0}组：{1}。",
            if one {
                "{0} run of neighbours cannot be told apart: {1}."
            } else {
                "{0} runs of neighbours cannot be told apart: {1}."
            },
            &[count, Phrase::list(items, separator, last)],
        )
    }

    /// The members of a run, or its ends and how many they are.
    fn group(&self, group: &[UnitAt]) -> Phrase {
        match group {
            [first, .., last] if group.len() > MOST_NAMED => {
                let count = self.count(self.sample_id(0, "alike-members"), group.len());
                self.part(
                    "从{0}到{1}的{2}个城市",
                    "the {2} cities from {0} to {1}",
                    &[self.unit(*first), self.unit(*last), count],
                )
            }
            _ => self.units(group),
        }
    }

    /// Who surely belongs to the first `k`, and who may:
    /// 前十名中，六个城市入列的概率在95%以上；南京（91%）和武汉（81%）也可能入列。
    #[must_use]
    pub(crate) fn top_doubt(&self, k: usize) -> Phrase {
        let Some(robustness) = self.robustness() else { return Phrase::default() };
        let units = &robustness.simulation.units;
        if k == 0 || k >= units.len() {
            return Phrase::default();
        }
        let share = |own: &RankUncertainty| -> f64 { own.ranks.iter().take(k).sum() };
        let sure = units.iter().filter(|own| share(own) >= SURE).count();
        let mut open: Vec<(UnitAt, f64)> = units
            .iter()
            .map(|own| (own.unit, share(own)))
            .filter(|(_, p)| *p < SURE && *p > 1.0 - SURE)
            .collect();
        open.sort_by(|a, b| b.1.total_cmp(&a.1));
        let depth = self.depth(0, k);
        if open.is_empty() {
            return self.sentence(
                "前{0}名由哪些城市组成，在模拟中几乎不变。",
                "which cities make up the top {0} hardly changes in the simulations.",
                &[depth],
            );
        }
        let open = self.with_shares(&open, &format!("top-{k}"));
        let count = self.count(self.sample_id(0, "sure"), sure);
        match sure {
            0 => self.sentence(
                "没有城市列入前{0}名的概率达到95%；可能入列的有{1}。",
                "no city belongs to the top {0} with a probability of 95% or more; those that may are {1}.",
                &[depth, open],
            ),
            1 => self.sentence(
                "列入前{0}名的概率在95%以上的城市只有一个；此外可能入列的有{1}。",
                "one city belongs to the top {0} with a probability of 95% or more; others that may are {1}.",
                &[depth, open],
            ),
            _ => self.sentence(
                "{2}个城市列入前{0}名的概率在95%以上；此外可能入列的有{1}。",
                "{2} cities belong to the top {0} with a probability of 95% or more; others that may are {1}.",
                &[depth, open, count],
            ),
        }
    }

    /// Units with a probability in brackets.
    fn with_shares(&self, units: &[(UnitAt, f64)], what: &str) -> Phrase {
        let items = units.iter().take(MOST_NAMED).map(|&(unit, share)| {
            let share = Phrase::quantity(self.unit_id(unit, 0, what), percent(share, self.lang));
            self.part("{0}（{1}）", "{0} ({1})", &[self.unit(unit), share])
        });
        self.list(items.collect())
    }

    /// Whose tier is in doubt: 重庆（45%）和苏州（62%）留在本梯队的概率不足80%。
    #[must_use]
    pub(crate) fn tier_doubt(&self) -> Phrase {
        let Some(robustness) = self.robustness() else { return Phrase::default() };
        let mut tiered: Vec<(UnitAt, f64)> = robustness
            .simulation
            .units
            .iter()
            .filter_map(|own| Some((own.unit, self.tier_of(own)?.1)))
            .collect();
        if tiered.is_empty() {
            return Phrase::default();
        }
        tiered.retain(|(_, share)| *share < TIER_DOUBT);
        tiered.sort_by(|a, b| a.1.total_cmp(&b.1));
        if tiered.is_empty() {
            return self.sentence(
                "每个城市留在本梯队的概率都在80%以上。",
                "every city stays in its tier with a probability of 80% or more.",
                &[],
            );
        }
        let names = self.with_shares(&tiered, "tier");
        self.sentence(
            "留在本梯队的概率不足80%的有{0}。",
            "the probability of staying in the tier is below 80% for {0}.",
            &[names],
        )
    }

    /// Whose rank in the report lies apart from its median:
    /// 报告位次与中位数相差两位及以上的有重庆（第8，中位数11）。
    #[must_use]
    pub(crate) fn median_gap(&self) -> Phrase {
        let Some(robustness) = self.robustness() else { return Phrase::default() };
        let apart = |own: &&RankUncertainty| (own.median - f64::from(own.rank)).abs() >= GAP;
        let units: Vec<&RankUncertainty> =
            robustness.simulation.units.iter().filter(apart).take(MOST_NAMED).collect();
        if units.is_empty() {
            return self.sentence(
                "没有城市的报告位次与模拟中位数相差两位及以上。",
                "no city’s rank in this report lies two places or more from its median.",
                &[],
            );
        }
        let items = units.iter().map(|own| {
            let rank = self.digits(self.unit_id(own.unit, 0, "rank"), f64::from(own.rank));
            let median = self.digits(self.unit_id(own.unit, 0, "median"), own.median);
            self.part(
                "{0}（第{1}名，中位数{2}）",
                "{0} (rank {1}, median {2})",
                &[self.unit(own.unit), rank, median],
            )
        });
        self.sentence(
            "报告位次与模拟中位数相差两位及以上的有{0}。",
            "rank and median lie two places or more apart for {0}.",
            &[self.list(items.collect())],
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::content::results::{Results, UnitAt};
    use crate::content::sentences::testing::{
        BEIJING, GUANGZHOU, HANGZHOU, SHANGHAI, SHENZHEN, SUZHOU, WUHAN, XIAN, analysed, sample,
        says, silent, tiered,
    };
    use crate::index::robustness::RankUncertainty;
    use crate::lang::Localised;

    fn own(results: &mut Results, unit: UnitAt) -> &mut RankUncertainty {
        let units = &mut results.robustness.as_mut().unwrap().simulation.units;
        units.iter_mut().find(|own| own.unit == unit).unwrap()
    }

    fn interval(results: &mut Results, unit: UnitAt, low: f64, high: f64) {
        let own = own(results, unit);
        (own.low, own.high) = (low, high);
    }

    #[test]
    fn nothing_without_the_analysis() {
        let results = sample();
        silent(&results, |s| s.rank_range(BEIJING));
        silent(&results, |s| s.mean_shift());
        silent(&results, |s| s.firm_ranks());
        silent(&results, |s| s.alike_groups());
        silent(&results, |s| s.top_doubt(3));
        silent(&results, |s| s.tier_doubt());
        silent(&results, |s| s.median_gap());
    }

    #[test]
    fn ranges_with_and_without_tiers() {
        let mut results = analysed();
        interval(&mut results, SUZHOU, 4.0, 6.5);
        says(
            &results,
            |s| s.rank_range(SUZHOU),
            "在至少九成的模拟中，苏州位列第4至第6.5名。",
            "In at least nine simulations out of ten, Suzhou ranks between 4 and 6.5.",
        );
        tiered(&mut results, &[&[BEIJING], &[SHANGHAI, SHENZHEN]]);
        let names = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
        results.config.method.tiers.as_mut().unwrap().names =
            Localised::new(names("第一梯队", "第二梯队"), names("Tier 1", "Tier 2"));
        own(&mut results, BEIJING).tiers = vec![0.998, 0.002];
        says(
            &results,
            |s| s.rank_range(BEIJING),
            "在至少九成的模拟中，北京都位列第1名，属于第一梯队的概率为99%以上。",
            "In at least nine simulations out of ten, Beijing has rank 1; the probability of its belonging to Tier 1 is more than 99%.",
        );
        own(&mut results, SHANGHAI).tiers = vec![0.0, 0.9];
        own(&mut results, SHENZHEN).tiers = vec![0.0, 0.55];
        says(
            &results,
            |s| s.tier_doubt(),
            "留在本梯队的概率不足80%的有深圳（55%）。",
            "The probability of staying in the tier is below 80% for Shenzhen (55%).",
        );
        own(&mut results, SHENZHEN).tiers = vec![0.0, 0.8];
        says(
            &results,
            |s| s.tier_doubt(),
            "每个城市留在本梯队的概率都在80%以上。",
            "Every city stays in its tier with a probability of 80% or more.",
        );
    }

    #[test]
    fn who_holds_and_who_moves() {
        let mut results = analysed();
        says(
            &results,
            |s| s.firm_ranks(),
            "所有城市的位次在至少九成的模拟中都不变。",
            "Every city keeps its rank in at least nine simulations out of ten.",
        );
        for unit in [SHENZHEN, GUANGZHOU, HANGZHOU, SUZHOU, XIAN, WUHAN] {
            let rank = f64::from(own(&mut results, unit).rank);
            interval(&mut results, unit, rank - 1.0, rank);
        }
        interval(&mut results, SUZHOU, 4.0, 8.0);
        says(
            &results,
            |s| s.firm_ranks(),
            "北京和上海的位次在至少九成的模拟中不变；区间最宽的是苏州，由第4至第8名。",
            "Beijing and Shanghai keep their rank in at least nine simulations out of ten; the widest interval is that of Suzhou, from 4 to 8.",
        );
        interval(&mut results, SHANGHAI, 2.0, 3.0);
        says(
            &results,
            |s| s.firm_ranks(),
            "北京的位次在至少九成的模拟中不变；区间最宽的是苏州，由第4至第8名。",
            "Beijing keeps its rank in at least nine simulations out of ten; the widest interval is that of Suzhou, from 4 to 8.",
        );
        // A rank that is certain, but not the one printed, does not hold.
        let beijing = own(&mut results, BEIJING);
        (beijing.median, beijing.low, beijing.high) = (2.0, 2.0, 2.0);
        says(
            &results,
            |s| s.firm_ranks(),
            "没有一个城市的位次在九成的模拟中不变；区间最宽的是苏州，由第4至第8名。",
            "No city keeps its rank in nine simulations out of ten; the widest interval is that of Suzhou, from 4 to 8.",
        );
    }

    #[test]
    fn neighbours_alike() {
        let mut results = analysed();
        says(
            &results,
            |s| s.alike_groups(),
            "每个城市与前后相邻的城市都能分出先后。",
            "Every city can be told apart from its neighbours.",
        );
        let groups = |results: &mut Results, groups: &[&[UnitAt]]| {
            results.robustness.as_mut().unwrap().simulation.groups =
                groups.iter().map(|g| g.to_vec()).collect();
        };
        groups(&mut results, &[&[BEIJING], &[SHANGHAI, SHENZHEN]]);
        says(
            &results,
            |s| s.alike_groups(),
            "相邻城市先后难分的有一组：上海和深圳。",
            "One run of neighbours cannot be told apart: Shanghai and Shenzhen.",
        );
        groups(&mut results, &[&[SHANGHAI, SHENZHEN], &[SUZHOU, XIAN, WUHAN]]);
        says(
            &results,
            |s| s.alike_groups(),
            "相邻城市先后难分的有两组：上海和深圳；苏州、西安和武汉。",
            "Two runs of neighbours cannot be told apart: Shanghai and Shenzhen; and Suzhou, Xi’an and Wuhan.",
        );
    }

    #[test]
    fn who_is_surely_among_the_first() {
        let mut results = analysed();
        says(
            &results,
            |s| s.top_doubt(3),
            "前三名由哪些城市组成，在模拟中几乎不变。",
            "Which cities make up the top three hardly changes in the simulations.",
        );
        let share = |results: &mut Results, unit: UnitAt, third: f64| {
            own(results, unit).ranks = vec![0.0, 0.0, third, 1.0 - third, 0.0, 0.0, 0.0, 0.0];
        };
        share(&mut results, SHENZHEN, 0.7);
        share(&mut results, GUANGZHOU, 0.3);
        says(
            &results,
            |s| s.top_doubt(3),
            "两个城市列入前三名的概率在95%以上；此外可能入列的有深圳（70%）和广州（30%）。",
            "Two cities belong to the top three with a probability of 95% or more; others that may are Shenzhen (70%) and Guangzhou (30%).",
        );
        share(&mut results, SHANGHAI, 0.9);
        says(
            &results,
            |s| s.top_doubt(3),
            "列入前三名的概率在95%以上的城市只有一个；此外可能入列的有上海（90%）、深圳（70%）和广州（30%）。",
            "One city belongs to the top three with a probability of 95% or more; others that may are Shanghai (90%), Shenzhen (70%) and Guangzhou (30%).",
        );
        silent(&results, |s| s.top_doubt(8));
        silent(&results, |s| s.top_doubt(0));
    }

    #[test]
    fn rank_against_median() {
        let mut results = analysed();
        says(
            &results,
            |s| s.median_gap(),
            "没有城市的报告位次与模拟中位数相差两位及以上。",
            "No city’s rank in this report lies two places or more from its median.",
        );
        own(&mut results, SHENZHEN).median = 5.5;
        says(
            &results,
            |s| s.median_gap(),
            "报告位次与模拟中位数相差两位及以上的有深圳（第3名，中位数5.5）。",
            "Rank and median lie two places or more apart for Shenzhen (rank 3, median 5.5).",
        );
    }
}
