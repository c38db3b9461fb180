//! Sentences about what moves ranks: sources of uncertainty, parts left out, weights, values.

use crate::content::phrase::Phrase;
use crate::content::results::{NodeAt, UnitAt};
use crate::content::sentences::{Speaker, english};
use crate::content::uncertain::{Step, cheapest_step, next_above, source_name};
use crate::index::robustness::{Change, WeightLimits};
use crate::lang::Lang;
use crate::num::{fixed, round_to};

/// Weights closer to the present one than this print like it.
const SAME_WEIGHT: f64 = 0.0005;
/// Interactions below this share of the variance are not worth a clause.
const SLIGHT: f64 = 0.02;
/// Changes beyond this share of the present value are out of reach.
const FARTHEST: f64 = 0.5;

impl Speaker<'_> {
    /// What accounts for rank changes: 位次变动的方差中，合成方式单独可以解释36.5%，居各来源之首……。
    #[must_use]
    pub(crate) fn source_note(&self) -> Phrase {
        let sobol = self.robustness().and_then(|r| r.sobol.as_ref());
        let mut shares: Vec<(String, f64)> = sobol
            .map_or(&[][..], |sobol| &sobol.indices)
            .iter()
            .filter_map(|index| {
                let name = source_name(self.results, index.source, self.lang);
                Some((name, index.first?.value))
            })
            .collect();
        shares.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (Some((first, most)), Some((last, fewest))) = (shares.first(), shares.last()) else {
            return Phrase::default();
        };
        if shares.len() < 2 {
            return Phrase::default();
        }
        let name = |name: &str| match self.lang {
            Lang::Zh => Phrase::plain(name),
            Lang::En => Phrase::plain(english::inside(name)),
        };
        let verb = |name: &str| {
            Phrase::plain(if english::is_plural(name) { "account" } else { "accounts" })
        };
        let told = |share: f64| self.percent(self.sample_id(0, "sobol"), share.max(0.0) * 100.0);
        let all: f64 = shares.iter().map(|(_, share)| round_to(share.max(0.0) * 100.0, 1)).sum();
        let rest = 100.0 - all;
        let between = if rest / 100.0 >= SLIGHT {
            self.part(
                "各来源单独解释的份额合计{0}，其余{1}来自它们的相互作用。",
                " Alone, the sources account for {0} together; the remaining {1} comes from their interaction.",
                &[
                    self.percent(self.sample_id(0, "sobol-sum"), all),
                    self.percent(self.sample_id(0, "sobol-rest"), rest),
                ],
            )
        } else {
            Phrase::default()
        };
        let second = shares.get(1).filter(|_| shares.len() > 2).map_or_else(
            Phrase::default,
            |(second, share)| {
                let share = told(*share);
                self.part("，其次是{0}（{1}）", ", followed by {0} ({1})", &[name(second), share])
            },
        );
        self.sentence(
            "位次变动的方差中，{0}单独可以解释{1}，居各来源之首{2}；单独影响最小的是{3}（{4}）。{5}",
            "of the variance of rank changes, {0} {6} for {1} alone, more than any other source{2}; {3} {7} for least alone ({4}).{5}",
            &[name(first), told(*most), second, name(last), told(*fewest), between, verb(first), verb(last)],
        )
    }

    /// The changes of a weight that lie nearest and make two units change places, a clause each:
    /// 最易换位的是武汉和南京（知识创造力的权重由25.0%变为25.4%）。
    #[must_use]
    pub(crate) fn close_calls(&self, n: usize) -> Phrase {
        let Some(robustness) = self.robustness() else { return Phrase::default() };
        let mut calls: Vec<(f64, NodeAt, f64, [UnitAt; 2])> = Vec::new();
        for limits in &robustness.limits {
            for (unit, change) in changes(limits) {
                let distance = (change.weight - limits.weight).abs();
                let (a, b) = (unit.min(change.with), unit.max(change.with));
                let known =
                    calls.iter().any(|(_, node, _, pair)| *node == limits.node && *pair == [a, b]);
                if distance >= SAME_WEIGHT && !known {
                    calls.push((distance, limits.node, change.weight, [a, b]));
                }
            }
        }
        calls.sort_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)).then(x.3.cmp(&y.3)));
        // The nearest of each pair.
        let mut nearest: Vec<(f64, NodeAt, f64, [UnitAt; 2])> = Vec::new();
        for call in calls {
            if !nearest.iter().any(|other| other.3 == call.3) {
                nearest.push(call);
            }
        }
        nearest.truncate(n);
        if nearest.is_empty() {
            return Phrase::default();
        }
        let items = nearest.into_iter().map(|(_, node, weight, mut pair)| {
            pair.sort_by_key(|&unit| (self.results.rank(unit, 0), unit));
            let now =
                self.percent(self.sample_id(node, "weight"), self.results.weight(node) * 100.0);
            let then = self.percent(self.sample_id(node, "weight-limit"), weight * 100.0);
            self.part(
                "{0}（{1}的权重由{2}变为{3}）",
                "{0} (a weight of {1} of {3} instead of {2})",
                &[self.level_units(&pair), self.node(node), now, then],
            )
        });
        let items: Vec<Phrase> = items.collect();
        let (separator, last) = match self.lang {
            Lang::Zh => ("，", "，"),
            Lang::En => ("; ", "; and "),
        };
        self.sentence(
            "只改变一个维度的权重，最易换位的是{0}。",
            "with the weight of one dimension alone, the first to change places are {0}.",
            &[Phrase::list(items, separator, last)],
        )
    }

    /// What ranks become without a node of a level (without an indicator, if none is given): the
    /// node that matters most, who moves farthest, and the node that matters least.
    #[must_use]
    pub(crate) fn left_out_note(&self, level: Option<usize>) -> Phrase {
        let Some(robustness) = self.robustness() else { return Phrase::default() };
        let asked = |node: NodeAt| match level {
            Some(level) => self.results.node(node).level == level,
            None => self.results.spec(node).is_some(),
        };
        let mut found: Vec<_> = robustness
            .left_out
            .iter()
            .filter(|own| asked(own.node))
            .filter_map(|own| Some((own, own.shift.mean?)))
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.node.cmp(&b.0.node)));
        let (Some((most, mean)), Some((least, low))) = (found.first(), found.last()) else {
            return Phrase::default();
        };
        if found.len() < 2 {
            return Phrase::default();
        }
        let shift = |node: NodeAt, mean: f64| {
            Phrase::quantity(self.sample_id(node, "left-out"), fixed(mean, 2, self.lang))
        };
        let slots: Vec<usize> = (0..most.shift.ranks.len())
            .filter(|&slot| {
                let nominal = robustness.simulation.units[slot].rank;
                most.shift.ranks[slot].map(|r| r.abs_diff(nominal)) == most.shift.largest
            })
            .collect();
        let farthest = match slots[..] {
            [slot] if most.shift.largest > Some(0) => {
                let own = &robustness.simulation.units[slot];
                let to = most.shift.ranks[slot].unwrap_or(own.rank);
                self.part(
                    "，变动最多的是{0}，由第{1}名变为第{2}名",
                    ", and {0} moves farthest, from {1} to {2}",
                    &[
                        self.unit(own.unit),
                        self.digits(self.unit_id(own.unit, 0, "rank"), f64::from(own.rank)),
                        self.digits(self.unit_id(own.unit, most.node, "without"), f64::from(to)),
                    ],
                )
            }
            _ => Phrase::default(),
        };
        let still = least.shift.largest == Some(0);
        self.sentence(
            if still {
                "{5}之中，除去{0}影响最大：位次平均变动{1}位{2}；除去{3}则位次不变。"
            } else {
                "{5}之中，除去{0}影响最大：位次平均变动{1}位{2}；除去{3}影响最小，平均变动{4}位。"
            },
            if still {
                "among the {5}, leaving out {0} matters most: ranks shift by {1} places on average{2}. Leaving out {3} changes no rank."
            } else {
                "among the {5}, leaving out {0} matters most: ranks shift by {1} places on average{2}. Leaving out {3} matters least, at {4} places."
            },
            &[
                self.node(most.node),
                shift(most.node, *mean),
                farthest,
                self.node(least.node),
                shift(least.node, *low),
                Phrase::plain(self.kind(most.node)),
            ],
        )
    }

    /// What the nodes of a level are called, in the plural.
    fn kind(&self, node: NodeAt) -> &'static str {
        let pick = |zh: &'static str, en: &'static str| match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        };
        match (self.results.spec(node).is_some(), self.results.node(node).level) {
            (true, _) => pick("各项指标", "indicators"),
            (_, 1) => pick("各维度", "dimensions"),
            (_, 2) => pick("各分维度", "sub-dimensions"),
            _ => pick("各分项", "components"),
        }
    }

    /// At which weights of the dimensions the leader leads:
    /// 无论环境支撑力和资源支持力的权重取何值，北京都居首位。
    #[must_use]
    pub(crate) fn leader_limits(&self) -> Phrase {
        let Some(robustness) = self.robustness() else { return Phrase::default() };
        let leaders: Vec<UnitAt> = self
            .results
            .order(0)
            .iter()
            .copied()
            .filter(|&unit| self.results.rank(unit, 0) == Some(1))
            .collect();
        let ([leader], false) = (&leaders[..], robustness.limits.is_empty()) else {
            return Phrase::default();
        };
        let (mut always, mut within) = (Vec::new(), Vec::new());
        for limits in &robustness.limits {
            let Some(own) = limits.units.iter().find(|own| own.unit == *leader) else { continue };
            let here = |r: &&(f64, f64)| r.0 <= limits.weight && limits.weight <= r.1;
            match own.leads.iter().find(here) {
                Some((from, to)) if *from <= 1e-9 && *to >= 1.0 - 1e-9 => always.push(limits.node),
                Some(range) => within.push((limits.node, *range)),
                None => {}
            }
        }
        let ranges: Vec<Phrase> =
            within.iter().map(|&(node, range)| self.weight_between(node, range)).collect();
        let bounds = match self.lang {
            Lang::Zh => Phrase::list(ranges, "，", "，"),
            Lang::En => Phrase::list(ranges, ", ", " and "),
        };
        let (name, nodes) = (self.unit(*leader), self.nodes(&always));
        match (always.is_empty(), within.is_empty()) {
            (true, true) => Phrase::default(),
            (false, true) => self.sentence(
                "无论{0}的权重取何值，{1}都居首位。",
                "whatever the weight of {0}, {1} leads.",
                &[nodes, name],
            ),
            (true, false) => self.sentence(
                "{1}居首的条件是：{0}。",
                "{1} leads as long as {0}.",
                &[bounds, name],
            ),
            (false, false) => self.sentence(
                "无论{0}的权重取何值，{1}都居首位；此外须{2}。",
                "whatever the weight of {0}, {1} leads; for the rest, it leads as long as {2}.",
                &[nodes, name, bounds],
            ),
        }
    }

    /// A range of the weight of a node.
    fn weight_between(&self, node: NodeAt, (from, to): (f64, f64)) -> Phrase {
        let told = |what: &str, share: f64| self.percent(self.sample_id(node, what), share * 100.0);
        let name = self.node(node);
        if from <= 1e-9 {
            let high = told("leads-to", to);
            return self.part("{0}的权重不超过{1}", "{0} weighs no more than {1}", &[name, high]);
        }
        let low = told("leads-from", from);
        if to >= 1.0 - 1e-9 {
            return self.part("{0}的权重不低于{1}", "{0} weighs no less than {1}", &[name, low]);
        }
        let high = told("leads-to", to);
        self.part("{0}的权重在{1}与{2}之间", "{0} weighs between {1} and {2}", &[name, low, high])
    }

    /// The smallest relative change of a single indicator that lifts a unit one rank, up to half of
    /// the present value:
    /// 其他条件不变，若苏州的年均增速由5.04%变为5.40%，得分即可赶上前一名成都。
    #[must_use]
    pub(crate) fn step_up(&self, unit: UnitAt) -> Phrase {
        let (Some(step), Some(above)) =
            (cheapest_step(self.results, unit), next_above(self.results, unit))
        else {
            return Phrase::default();
        };
        if step.relative.abs() > FARTHEST {
            return Phrase::default();
        }
        let Some([needed, now]) = self.step_values(unit, step) else { return Phrase::default() };
        // What is counted stands behind the number already.
        let counts = self.lang == Lang::En && self.counts(step.node);
        let on = if counts {
            Phrase::default()
        } else {
            self.part("", " on {0}", &[self.node(step.node)])
        };
        self.sentence(
            "其他条件不变，若{0}的{1}由{3}变为{2}，得分即可赶上前一名{4}。",
            "other things equal, {0} would reach the score of {4}, the next above, with {2} instead of {3}{5}.",
            &[self.unit(unit), self.node(step.node), needed, now, self.unit(above), on],
        )
    }

    /// The value needed and the present one; English names what is counted behind the first.
    fn step_values(&self, unit: UnitAt, step: Step) -> Option<[Phrase; 2]> {
        let id = |what: &str| self.unit_id(unit, step.node, what);
        if self.lang == Lang::En && self.counts(step.node) {
            let name = inside_counted(&self.results.node(step.node).name.en, step.needed);
            return Some([
                Phrase::quantity(id("needed"), self.whole(step.needed)).text(&format!(" {name}")),
                Phrase::quantity(id("value"), self.whole(step.now)),
            ]);
        }
        let style = self.style(step.node)?;
        Some([
            Phrase::quantity(id("needed"), style.print(step.needed)),
            Phrase::quantity(id("value"), style.print(step.now)),
        ])
    }
}

/// The name of what is counted, in the number that goes with the count.
fn inside_counted(name: &str, count: f64) -> String {
    let name = english::inside(name);
    if (count - 1.0).abs() < 1e-9 { english::singular(&name) } else { name }
}

/// Every nearest change of rank with the unit whose rank it is.
fn changes(limits: &WeightLimits) -> impl Iterator<Item = (UnitAt, Change)> + '_ {
    limits
        .units
        .iter()
        .flat_map(|own| own.down.into_iter().chain(own.up).map(|change| (own.unit, change)))
}

#[cfg(test)]
mod tests {
    use crate::content::results::{NodeAt, Results, UnitAt};
    use crate::content::sentences::testing::{
        BEIJING, DEPOSITS, ENVIRONMENT, GDP, GROWTH, GUANGZHOU, KNOWLEDGE, SHANGHAI, SHENZHEN,
        SUZHOU, UNICORNS, WUHAN, analysed, sample, says, silent,
    };
    use crate::index::robustness::{
        Change, Estimate, Gain, Robustness, Shift, Sobol, SobolIndex, Solution, Source, UnitGains,
    };

    fn robustness(results: &mut Results) -> &mut Robustness {
        results.robustness.as_mut().unwrap()
    }

    #[test]
    fn nothing_without_the_analysis() {
        let results = sample();
        silent(&results, |s| s.source_note());
        silent(&results, |s| s.left_out_note(Some(1)));
        silent(&results, |s| s.leader_limits());
        silent(&results, |s| s.close_calls(2));
        silent(&results, |s| s.step_up(SUZHOU));
    }

    #[test]
    fn sources_and_their_interaction() {
        let mut results = analysed();
        let sobol = |shares: &[(Source, f64)]| Sobol {
            samples: 100,
            mean: 1.0,
            variance: 0.5,
            indices: shares
                .iter()
                .map(|&(source, value)| SobolIndex {
                    source,
                    first: Some(Estimate { value, low: value, high: value }),
                    total: Some(Estimate { value, low: value, high: value }),
                })
                .collect(),
        };
        robustness(&mut results).sobol = Some(sobol(&[
            (Source::Values, 0.05),
            (Source::Aggregation, 0.5),
            (Source::WeightsAtLevel(1), 0.25),
        ]));
        says(
            &results,
            |s| s.source_note(),
            "位次变动的方差中，合成方式单独可以解释50.0%，居各来源之首，其次是维度权重（25.0%）；单独影响最小的是数据误差（5.0%）。各来源单独解释的份额合计80.0%，其余20.0%来自它们的相互作用。",
            "Of the variance of rank changes, aggregation accounts for 50.0% alone, more than any other source, followed by weights of dimensions (25.0%); values of indicators account for least alone (5.0%). Alone, the sources account for 80.0% together; the remaining 20.0% comes from their interaction.",
        );
        // Estimates below zero count as nothing, and with two sources nobody comes in between.
        robustness(&mut results).sobol =
            Some(sobol(&[(Source::Weights, 0.995), (Source::Normalisation, -0.01)]));
        says(
            &results,
            |s| s.source_note(),
            "位次变动的方差中，各级权重单独可以解释99.5%，居各来源之首；单独影响最小的是标准化方法（0.0%）。",
            "Of the variance of rank changes, weights account for 99.5% alone, more than any other source; normalisation accounts for least alone (0.0%).",
        );
        robustness(&mut results).sobol = Some(sobol(&[(Source::Weights, 1.0)]));
        silent(&results, |s| s.source_note());
    }

    #[test]
    fn without_a_part() {
        let mut results = analysed();
        let shift = |results: &mut Results, node: NodeAt, ranks: [u32; 8]| {
            let all = &mut robustness(results).left_out;
            let own = all.iter_mut().find(|own| own.node == node).unwrap();
            let moved = ranks.iter().zip(1_u32..).map(|(a, b)| a.abs_diff(b));
            own.shift = Shift {
                ranks: ranks.map(Some).to_vec(),
                mean: Some(f64::from(moved.clone().sum::<u32>()) / 8.0),
                largest: moved.clone().max(),
                ..own.shift.clone()
            };
        };
        shift(&mut results, ENVIRONMENT, [3, 1, 2, 4, 5, 6, 7, 8]);
        shift(&mut results, KNOWLEDGE, [1, 2, 3, 4, 5, 6, 8, 7]);
        says(
            &results,
            |s| s.left_out_note(Some(1)),
            "各维度之中，除去环境支撑力影响最大：位次平均变动0.50位，变动最多的是北京，由第1名变为第3名；除去知识创造力影响最小，平均变动0.25位。",
            "Among the dimensions, leaving out enabling environment matters most: ranks shift by 0.50 places on average, and Beijing moves farthest, from 1 to 3. Leaving out knowledge creation matters least, at 0.25 places.",
        );
        // Who moves farthest is not told of two; who moves nobody is told as such.
        shift(&mut results, ENVIRONMENT, [2, 1, 3, 4, 5, 6, 7, 8]);
        shift(&mut results, KNOWLEDGE, [1, 2, 3, 4, 5, 6, 7, 8]);
        says(
            &results,
            |s| s.left_out_note(Some(1)),
            "各维度之中，除去环境支撑力影响最大：位次平均变动0.25位；除去知识创造力则位次不变。",
            "Among the dimensions, leaving out enabling environment matters most: ranks shift by 0.25 places on average. Leaving out knowledge creation changes no rank.",
        );
        silent(&results, |s| s.left_out_note(Some(0)));
    }

    fn leads(results: &mut Results, node: NodeAt, range: (f64, f64)) {
        let limits = &mut robustness(results).limits;
        let own = limits.iter_mut().find(|own| own.node == node).unwrap();
        own.units.iter_mut().find(|own| own.unit == BEIJING).unwrap().leads = vec![range];
    }

    #[test]
    fn weights_of_the_leader() {
        let mut results = analysed();
        leads(&mut results, ENVIRONMENT, (0.0, 1.0));
        leads(&mut results, KNOWLEDGE, (0.0, 1.0));
        says(
            &results,
            |s| s.leader_limits(),
            "无论环境支撑力和知识创造力的权重取何值，北京都居首位。",
            "Whatever the weight of enabling environment and knowledge creation, Beijing leads.",
        );
        leads(&mut results, KNOWLEDGE, (0.2, 1.0));
        says(
            &results,
            |s| s.leader_limits(),
            "无论环境支撑力的权重取何值，北京都居首位；此外须知识创造力的权重不低于20.0%。",
            "Whatever the weight of enabling environment, Beijing leads; for the rest, it leads as long as knowledge creation weighs no less than 20.0%.",
        );
        leads(&mut results, ENVIRONMENT, (0.0, 0.8));
        leads(&mut results, KNOWLEDGE, (0.2, 0.9));
        says(
            &results,
            |s| s.leader_limits(),
            "北京居首的条件是：环境支撑力的权重不超过80.0%，知识创造力的权重在20.0%与90.0%之间。",
            "Beijing leads as long as enabling environment weighs no more than 80.0% and knowledge creation weighs between 20.0% and 90.0%.",
        );
    }

    #[test]
    fn the_first_to_change_places() {
        let mut results = analysed();
        let none = |results: &mut Results| {
            for own in robustness(results).limits.iter_mut().flat_map(|l| &mut l.units) {
                (own.down, own.up) = (None, None);
            }
        };
        none(&mut results);
        silent(&results, |s| s.close_calls(2));
        let mut set = |node: NodeAt, unit: UnitAt, weight: f64, with: UnitAt| {
            let limits = &mut robustness(&mut results).limits;
            let own = limits.iter_mut().find(|own| own.node == node).unwrap();
            let own = own.units.iter_mut().find(|own| own.unit == unit).unwrap();
            own.up = Some(Change { weight, rank: 1, with });
        };
        set(ENVIRONMENT, SHANGHAI, 0.625, SHENZHEN);
        set(ENVIRONMENT, SHENZHEN, 0.625, SHANGHAI);
        set(KNOWLEDGE, SHANGHAI, 0.75, SHENZHEN);
        set(KNOWLEDGE, GUANGZHOU, 0.9, WUHAN);
        says(
            &results,
            |s| s.close_calls(2),
            "只改变一个维度的权重，最易换位的是上海与深圳（环境支撑力的权重由50.0%变为62.5%），广州与武汉（知识创造力的权重由50.0%变为90.0%）。",
            "With the weight of one dimension alone, the first to change places are Shanghai and Shenzhen (a weight of enabling environment of 62.5% instead of 50.0%); and Guangzhou and Wuhan (a weight of knowledge creation of 90.0% instead of 50.0%).",
        );
    }

    #[test]
    fn what_one_rank_more_takes() {
        let mut results = analysed();
        let gain = |node: NodeAt, value: f64, change: f64| {
            Some(Gain { node, value, change, how: Solution::Closed })
        };
        // Of 5 % more unicorns (22 to 23.1, hence 24) and 3 % more GDP the latter is less.
        robustness(&mut results).gains = vec![
            UnitGains {
                unit: GUANGZHOU,
                gains: vec![gain(GDP, 29_704.01, 865.0), gain(UNICORNS, 20.2, 1.2), None],
            },
            UnitGains { unit: SUZHOU, gains: vec![gain(UNICORNS, 6.4, 0.4)] },
            UnitGains {
                unit: WUHAN,
                gains: vec![gain(GROWTH, 9.0, 3.8), gain(DEPOSITS, 9e4, 5e4)],
            },
        ];
        says(
            &results,
            |s| s.step_up(GUANGZHOU),
            "其他条件不变，若广州的地区生产总值由28839.0亿元变为29704.1亿元，得分即可赶上前一名深圳。",
            "Other things equal, Guangzhou would reach the score of Shenzhen, the next above, with CNY 2,970.41 billion instead of CNY 2,883.90 billion on gross domestic product.",
        );
        says(
            &results,
            |s| s.step_up(SUZHOU),
            "其他条件不变，若苏州的独角兽企业由6家变为7家，得分即可赶上前一名广州。",
            "Other things equal, Suzhou would reach the score of Guangzhou, the next above, with seven unicorns instead of six.",
        );
        // No city grows by 9 %, and more than twice the deposits are out of reach.
        silent(&results, |s| s.step_up(WUHAN));
        silent(&results, |s| s.step_up(BEIJING));
    }
}
