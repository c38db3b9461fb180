//! Sentences that divide, add or subtract values.

use crate::content::phrase::Phrase;
use crate::content::results::{NodeAt, UnitAt};
use crate::content::sentences::Speaker;
use crate::content::sentences::amount::{Style, adds_up, of_difference};
use crate::lang::Lang;
use crate::num::{fixed, round_to};

/// A ratio this close to a round number is that number.
const EXACT: f64 = 1e-9;

/// Most level units that a comparison names.
const MOST_LEVEL: usize = 3;

impl Speaker<'_> {
    /// How many times another's value: 北京的地区生产总值约为排名第五的苏州的1.7倍。
    ///
    /// One decimal below ten, whole numbers from there. Where the printed ratio is whole, the
    /// wording tells the side on which it was rounded (近 / nearly, 多 / just over); other ratios
    /// are 约 / about. Empty unless both values are above zero and the ratio prints as more than 1.
    #[must_use]
    pub(crate) fn ratio_times(&self, unit: UnitAt, indicator: NodeAt, other: UnitAt) -> Phrase {
        let Some(style) = self.style(indicator) else { return Phrase::default() };
        let value = |u| self.results.cell(u, indicator).map(|c| style.rounded(c.value));
        let ratio = match (value(unit), value(other)) {
            (Some(a), Some(b)) if a > 0.0 && b > 0.0 => a / b,
            _ => return Phrase::default(),
        };
        let printed = round_to(ratio, usize::from(ratio < 9.95));
        if printed <= 1.0 {
            return Phrase::default();
        }
        let times = self.times(self.unit_id(unit, indicator, "ratio"), ratio, printed);
        let whose = self.joint_rank_of(other, indicator).map_or_else(
            || self.unit(other),
            |rank| {
                let zh =
                    if self.is_tied(other, indicator) { "{1}的{0}" } else { "排名{1}的{0}" };
                self.part(zh, "{0}, ranked {1}", &[self.unit(other), rank])
            },
        );
        self.compared(unit, indicator, &times, whose)
    }

    /// The words of a ratio: zh what stands between 的 and the end, with `约为` told by its first
    /// character; en “about 1.7 times”.
    fn times(&self, id: String, ratio: f64, printed: f64) -> Times {
        let exact = (ratio - printed).abs() < EXACT * ratio;
        let whole = printed.fract() == 0.0;
        let number =
            if whole { fixed(printed, 0, self.lang) } else { fixed(printed, 1, self.lang) };
        let twice = whole && printed.total_cmp(&2.0).is_eq();
        let tens = whole && printed >= 20.0 && (printed / 10.0).fract() == 0.0;
        let above = ratio > printed;
        match self.lang {
            Lang::Zh => {
                let number = if twice { "两".to_owned() } else { number };
                let (verb, before, after) = match (exact, whole, above) {
                    (true, _, _) => ("是", "", "倍"),
                    (false, false, _) => ("约为", "", "倍"),
                    (false, true, false) => ("是", "近", "倍"),
                    (false, true, true) if tens => ("是", "", "余倍"),
                    (false, true, true) => ("是", "", "倍多"),
                };
                let words = Phrase::plain(before).then(Phrase::quantity(id, number)).text(after);
                Times { verb, words }
            }
            Lang::En => {
                let before = match (exact, whole, above) {
                    (true, _, _) => "",
                    (false, false, _) => "about ",
                    (false, true, false) => "nearly ",
                    (false, true, true) => "just over ",
                };
                let number = if whole { self.whole(printed) } else { number };
                let words = if twice {
                    Phrase::quantity(id, "twice")
                } else {
                    Phrase::quantity(id, number).text(" times")
                };
                Times { verb: "", words: Phrase::plain(before).then(words) }
            }
        }
    }

    /// The sentence that a value is so many times, or per cent, of another's.
    fn compared(&self, unit: UnitAt, node: NodeAt, times: &Times, whose: Phrase) -> Phrase {
        let slots = [
            self.owner(unit),
            self.node(node),
            Phrase::plain(times.verb),
            whose,
            times.words.clone(),
            self.unit(unit),
        ];
        let en = match (self.counts(node), self.is_plural(node)) {
            (true, _) => "{5} has {4} as many {1} as {3}.",
            (false, true) => "{0} {1} are {4} those of {3}.",
            (false, false) => "{0} {1} is {4} that of {3}.",
        };
        self.sentence("{0}{1}{2}{3}的{4}。", en, &slots)
    }

    /// The leader's value against the runner-up's: 北京的独角兽企业是第二名上海的两倍有余。
    ///
    /// Whole times, 有余 / more than unless exact. Level runners-up are named, three at most. Empty
    /// below twice, if less is better, if leaders are level or the runner-up's value is not above
    /// zero.
    #[must_use]
    pub(crate) fn more_than_twice(&self, indicator: NodeAt) -> Phrase {
        let groups = self.value_groups(indicator);
        let [(leaders, most), (followers, next), ..] = groups.as_slice() else {
            return Phrase::default();
        };
        let ratio = most / next;
        if leaders.len() > 1 || followers.len() > MOST_LEVEL || *next <= 0.0 || ratio < 2.0 {
            return Phrase::default();
        }
        let nearest = ratio.round();
        let exact = (ratio - nearest).abs() < EXACT * ratio;
        let times = if exact { nearest } else { ratio.floor() };
        let id = self.unit_id(leaders[0], indicator, "ratio");
        let two = times.total_cmp(&2.0).is_eq();
        let words = match self.lang {
            Lang::Zh => {
                let number = if two { "两".to_owned() } else { fixed(times, 0, Lang::Zh) };
                Phrase::quantity(id, number).text(if exact { "倍" } else { "倍有余" })
            }
            Lang::En => {
                let words = if two {
                    Phrase::quantity(id, "twice")
                } else {
                    Phrase::quantity(id, self.whole(times)).text(" times")
                };
                Phrase::plain(if exact { "" } else { "more than " }).then(words)
            }
        };
        let whose = if followers.len() > 1 {
            self.part(
                "并列第二的{0}各自",
                "each of {0}, tied for second",
                &[self.level_units(followers)],
            )
        } else {
            self.part("第二名{0}", "{0}, ranked second", &[self.units(followers)])
        };
        self.compared(leaders[0], indicator, &Times { verb: "是", words }, whose)
    }

    /// A value against the leader's: 苏州的地区生产总值仅为排名第一的北京的39.5%。
    ///
    /// 仅 / only below half. Empty for the leader and who is level with it, if less is better, and
    /// if the share would print as 0 or 100 per cent.
    #[must_use]
    pub(crate) fn ratio_percent(&self, unit: UnitAt, indicator: NodeAt) -> Phrase {
        let groups = self.value_groups(indicator);
        let own = groups.iter().find(|(units, _)| units.contains(&unit)).map(|(_, v)| *v);
        let (Some(own), Some((leaders, most))) = (own, groups.first()) else {
            return Phrase::default();
        };
        let share = own / most * 100.0;
        let printed = round_to(share, 1);
        if *most <= 0.0
            || own <= 0.0
            || leaders.contains(&unit)
            || printed <= 0.0
            || printed >= 100.0
        {
            return Phrase::default();
        }
        let only = share < 50.0;
        let words = self.percent(self.unit_id(unit, indicator, "share-of-leader"), share);
        let verb = if only { "仅为" } else { "为" };
        let before = if only { "only " } else { "" };
        let words = match (self.lang, self.counts(indicator)) {
            (Lang::Zh, _) => words,
            (Lang::En, true) => Phrase::plain(before).then(words),
            (Lang::En, false) => Phrase::plain(before).then(words).text(" of"),
        };
        let whose = match leaders.as_slice() {
            [one] => self.part("排名第一的{0}", "{0}, the leader", &[self.unit(*one)]),
            several if several.len() <= MOST_LEVEL => self.part(
                "并列第一的{0}各自",
                "each of the joint leaders {0}",
                &[self.level_units(several)],
            ),
            several => {
                let count = self.count(self.sample_id(indicator, "leaders"), several.len());
                self.part("并列第一的{0}个城市各自", "each of the {0} joint leaders", &[count])
            }
        };
        self.compared(unit, indicator, &Times { verb, words }, whose)
    }

    /// More than the next two together: 北京的独角兽企业超过第二名上海和第三名深圳的总和。
    ///
    /// Only for what can be added up: amounts and counts, not shares, rates or values per head.
    /// Empty if it does not hold, if less is better, or if level units leave open who is third.
    #[must_use]
    pub(crate) fn exceeds_sum(&self, indicator: NodeAt) -> Phrase {
        let groups = self.value_groups(indicator);
        let Some((leader, next, level)) = podium(&groups) else { return Phrase::default() };
        let sum: f64 = next.iter().map(|(_, v)| v).sum();
        let summable = self.results.spec(indicator).is_some_and(|s| adds_up(&s.measure));
        let decimals = self.style(indicator).map_or(0, |style| style.decimals);
        let positive = next.iter().all(|(_, v)| *v > 0.0);
        if !summable || !positive || next.len() < 2 || leader.1 <= round_to(sum, decimals) {
            return Phrase::default();
        }
        let [second, third] = [next[0].0, next[1].0];
        let slots = [
            self.owner(leader.0),
            self.node(indicator),
            self.unit(second),
            self.unit(third),
            self.unit(leader.0),
            Phrase::plain(if level { "tied for second" } else { "ranked second and third" }),
        ];
        let zh = if level {
            "{0}{1}超过并列第二的{2}与{3}的总和。"
        } else {
            "{0}{1}超过第二名{2}和第三名{3}的总和。"
        };
        let en = match (self.counts(indicator), self.is_plural(indicator)) {
            (true, _) => "{4} has more {1} than {2} and {3}, {5}, combined.",
            (false, true) => "{0} {1} exceed those of {2} and {3}, {5}, combined.",
            (false, false) => "{0} {1} exceeds that of {2} and {3}, {5}, combined.",
        };
        self.sentence(zh, en, &slots)
    }

    /// The leader's distance from the next two: 北京的独角兽企业分别比上海和深圳多7家和40家。
    ///
    /// Distances of values as printed, in percentage points for shares. If level units leave open
    /// who is third, only the second is told. Empty if less is better, if leaders are level, or if
    /// level units leave open who is second.
    #[must_use]
    pub(crate) fn lead_by(&self, indicator: NodeAt) -> Phrase {
        let groups = self.value_groups(indicator);
        let (Some((leader, next, level)), Some(spec)) =
            (podium(&groups), self.results.spec(indicator))
        else {
            return Phrase::default();
        };
        let measure = of_difference(&spec.measure);
        let Some(style) = self.style(indicator) else { return Phrase::default() };
        let style = Style { measure: &measure, ..style };
        let margins: Vec<Phrase> = next
            .iter()
            .map(|(unit, value)| {
                let id = format!(
                    "{}-{}",
                    self.unit_id(leader.0, indicator, "lead"),
                    self.results.unit(*unit).slug
                );
                Phrase::quantity(id, style.print(leader.1 - value))
            })
            .collect();
        let units: Vec<UnitAt> = next.iter().map(|(u, _)| *u).collect();
        let margin =
            if level { margins.into_iter().next().unwrap_or_default() } else { self.list(margins) };
        // Amounts are more than others, rates higher.
        let by = Phrase::plain(if spec.measure.en.trim() == "%" { "高" } else { "多" });
        let slots = [self.unit(leader.0), self.node(indicator), self.units(&units), margin, by];
        match (units.len(), level) {
            (1, _) => self.sentence(
                "{0}的{1}比第二名{2}{4}{3}。",
                "on {1}, {0} is ahead of {2} by {3}.",
                &slots,
            ),
            (_, true) => self.sentence(
                "{0}的{1}比并列第二的{2}各{4}{3}。",
                "on {1}, {0} is ahead of both {2} by {3}.",
                &slots,
            ),
            (_, false) => self.sentence(
                "{0}的{1}分别比{2}{4}{3}。",
                "on {1}, {0} is ahead of {2} by {3} respectively.",
                &slots,
            ),
        }
    }

    /// Units by value as printed, from the largest down, equal ones together; none if less is
    /// better, since the largest value does not lead then.
    fn value_groups(&self, indicator: NodeAt) -> Vec<(Vec<UnitAt>, f64)> {
        let mut groups: Vec<(Vec<UnitAt>, f64)> = Vec::new();
        if !self.more_is_better(indicator) {
            return groups;
        }
        for (unit, value) in self.printed_values(indicator) {
            match groups.last_mut() {
                Some((units, last)) if last.total_cmp(&value).is_eq() => units.push(unit),
                _ => groups.push((vec![unit], value)),
            }
        }
        groups
    }
}

/// How a ratio is told.
struct Times {
    /// What links it to the subject in Chinese.
    verb: &'static str,
    /// The ratio itself.
    words: Phrase,
}

/// A unit and its value.
type Placed = (UnitAt, f64);

/// The sole leader, the one or two that certainly come next, and whether these two are level.
fn podium(groups: &[(Vec<UnitAt>, f64)]) -> Option<(Placed, Vec<Placed>, bool)> {
    let [(first, most), (second, next), rest @ ..] = groups else { return None };
    let &[leader] = first.as_slice() else { return None };
    let mut placed: Vec<Placed> = match second.len() {
        1 | 2 => second.iter().map(|&u| (u, *next)).collect(),
        _ => return None,
    };
    let level = placed.len() == 2;
    if let (false, Some(([third], value))) = (level, rest.first().map(|(u, v)| (u.as_slice(), *v)))
    {
        placed.push((*third, value));
    }
    Some(((leader, *most), placed, level))
}

#[cfg(test)]
mod tests {
    use crate::content::sentences::testing::{
        BEIJING, DEPOSITS, ENERGY, GDP, GROWTH, GUANGZHOU, INDEX, SHANGHAI, SHENZHEN, SUZHOU,
        UNICORNS, WUHAN, XIAN, sample, says, set_values, silent,
    };

    #[test]
    fn so_many_times() {
        let results = sample();
        says(
            &results,
            |s| s.ratio_times(BEIJING, GDP, XIAN),
            "北京的地区生产总值约为排名第八的西安的3.6倍。",
            "Beijing’s gross domestic product is about 3.6 times that of Xi’an, ranked eighth.",
        );
        says(
            &results,
            |s| s.ratio_times(BEIJING, UNICORNS, SHANGHAI),
            "北京的独角兽企业约为排名第二的上海的1.2倍。",
            "Beijing has about 1.2 times as many unicorns as Shanghai, ranked second.",
        );
        says(
            &results,
            |s| s.ratio_times(BEIJING, UNICORNS, GUANGZHOU),
            "北京的独角兽企业是排名第五的广州的4倍。",
            "Beijing has four times as many unicorns as Guangzhou, ranked fifth.",
        );
        says(
            &results,
            |s| s.ratio_times(BEIJING, UNICORNS, WUHAN),
            "北京的独角兽企业是排名第七的武汉的15倍多。",
            "Beijing has just over 15 times as many unicorns as Wuhan, ranked seventh.",
        );
        says(
            &results,
            |s| s.ratio_times(SHANGHAI, UNICORNS, SHENZHEN),
            "上海的独角兽企业是排名第三的深圳的两倍多。",
            "Shanghai has just over twice as many unicorns as Shenzhen, ranked third.",
        );
        says(
            &results,
            |s| s.ratio_times(BEIJING, DEPOSITS, WUHAN),
            "北京的存款余额约为排名第七的武汉的6.2倍。",
            "Beijing’s deposits at year-end are about 6.2 times those of Wuhan, ranked seventh.",
        );
        silent(&results, |s| s.ratio_times(XIAN, UNICORNS, BEIJING));
        silent(&results, |s| s.ratio_times(BEIJING, GDP, BEIJING));
        silent(&results, |s| s.ratio_times(BEIJING, INDEX, XIAN));
    }

    #[test]
    fn whole_times() {
        let mut results = sample();
        set_values(
            &mut results,
            UNICORNS,
            [400.0, 398.0, 200.0, 199.9, 403.0, 20.0, 19.7, 0.0].map(Some),
        );
        says(
            &results,
            |s| s.ratio_times(BEIJING, UNICORNS, SUZHOU),
            "北京的独角兽企业是排名第四的苏州的两倍。",
            "Beijing has twice as many unicorns as Suzhou, ranked fourth.",
        );
        says(
            &results,
            |s| s.ratio_times(SHANGHAI, UNICORNS, SUZHOU),
            "上海的独角兽企业是排名第四的苏州的近两倍。",
            "Shanghai has nearly twice as many unicorns as Suzhou, ranked fourth.",
        );
        says(
            &results,
            |s| s.ratio_times(WUHAN, UNICORNS, SUZHOU),
            "武汉的独角兽企业是排名第四的苏州的两倍多。",
            "Wuhan has just over twice as many unicorns as Suzhou, ranked fourth.",
        );
        says(
            &results,
            |s| s.ratio_times(WUHAN, UNICORNS, GUANGZHOU),
            "武汉的独角兽企业是排名第六的广州的20余倍。",
            "Wuhan has just over 20 times as many unicorns as Guangzhou, ranked sixth.",
        );
        says(
            &results,
            |s| s.ratio_times(SHANGHAI, UNICORNS, GUANGZHOU),
            "上海的独角兽企业是排名第六的广州的近20倍。",
            "Shanghai has nearly 20 times as many unicorns as Guangzhou, ranked sixth.",
        );
        silent(&results, |s| s.ratio_times(BEIJING, UNICORNS, XIAN));
    }

    #[test]
    fn leader_and_runner_up() {
        let mut results = sample();
        set_values(
            &mut results,
            UNICORNS,
            [76.0, 30.0, 30.0, 22.0, 5.0, 19.0, 32.0, 1.0].map(Some),
        );
        says(
            &results,
            |s| s.more_than_twice(UNICORNS),
            "北京的独角兽企业是第二名深圳的两倍有余。",
            "Beijing has more than twice as many unicorns as Shenzhen, ranked second.",
        );
        silent(&results, |s| s.more_than_twice(GDP));
        silent(&results, |s| s.more_than_twice(ENERGY));
        silent(&results, |s| s.exceeds_sum(UNICORNS));
        says(
            &results,
            |s| s.lead_by(UNICORNS),
            "北京的独角兽企业比第二名深圳多44家。",
            "On unicorns, Beijing is ahead of Shenzhen by 44 firms.",
        );
    }

    #[test]
    fn exactly_three_times() {
        let mut results = sample();
        set_values(
            &mut results,
            UNICORNS,
            [96.0, 30.0, 30.0, 22.0, 5.0, 19.0, 32.0, 1.0].map(Some),
        );
        says(
            &results,
            |s| s.more_than_twice(UNICORNS),
            "北京的独角兽企业是第二名深圳的3倍。",
            "Beijing has three times as many unicorns as Shenzhen, ranked second.",
        );
        silent(&results, |s| s.exceeds_sum(UNICORNS));
    }

    #[test]
    fn level_runners_up() {
        let mut results = sample();
        set_values(
            &mut results,
            UNICORNS,
            [76.0, 32.0, 30.0, 22.0, 5.0, 19.0, 32.0, 1.0].map(Some),
        );
        says(
            &results,
            |s| s.more_than_twice(UNICORNS),
            "北京的独角兽企业是并列第二的上海与深圳各自的两倍有余。",
            "Beijing has more than twice as many unicorns as each of Shanghai and Shenzhen, tied for second.",
        );
        says(
            &results,
            |s| s.exceeds_sum(UNICORNS),
            "北京的独角兽企业超过并列第二的上海与深圳的总和。",
            "Beijing has more unicorns than Shanghai and Shenzhen, tied for second, combined.",
        );
        says(
            &results,
            |s| s.lead_by(UNICORNS),
            "北京的独角兽企业比并列第二的上海和深圳各多44家。",
            "On unicorns, Beijing is ahead of both Shanghai and Shenzhen by 44 firms.",
        );
    }

    #[test]
    fn level_leaders() {
        let mut results = sample();
        set_values(
            &mut results,
            UNICORNS,
            [76.0, 76.0, 30.0, 22.0, 5.0, 19.0, 32.0, 1.0].map(Some),
        );
        silent(&results, |s| s.more_than_twice(UNICORNS));
        silent(&results, |s| s.exceeds_sum(UNICORNS));
        silent(&results, |s| s.lead_by(UNICORNS));
        says(
            &results,
            |s| s.ratio_percent(XIAN, UNICORNS),
            "西安的独角兽企业仅为并列第一的北京与上海各自的1.3%。",
            "Xi’an has only 1.3% as many unicorns as each of the joint leaders Beijing and Shanghai.",
        );
        silent(&results, |s| s.ratio_percent(SHANGHAI, UNICORNS));
    }

    #[test]
    fn shares_of_the_leader() {
        let results = sample();
        says(
            &results,
            |s| s.ratio_percent(XIAN, GDP),
            "西安的地区生产总值仅为排名第一的上海的25.7%。",
            "Xi’an’s gross domestic product is only 25.7% of that of Shanghai, the leader.",
        );
        says(
            &results,
            |s| s.ratio_percent(BEIJING, GDP),
            "北京的地区生产总值为排名第一的上海的93.2%。",
            "Beijing’s gross domestic product is 93.2% of that of Shanghai, the leader.",
        );
        says(
            &results,
            |s| s.ratio_percent(XIAN, UNICORNS),
            "西安的独角兽企业仅为排名第一的北京的1.3%。",
            "Xi’an has only 1.3% as many unicorns as Beijing, the leader.",
        );
        says(
            &results,
            |s| s.ratio_percent(SHANGHAI, DEPOSITS),
            "上海的存款余额为排名第一的北京的88.0%。",
            "Shanghai’s deposits at year-end are 88.0% of those of Beijing, the leader.",
        );
        silent(&results, |s| s.ratio_percent(SHANGHAI, GDP));
        silent(&results, |s| s.ratio_percent(XIAN, ENERGY));
        silent(&results, |s| s.ratio_percent(XIAN, INDEX));
    }

    #[test]
    fn distances() {
        let results = sample();
        says(
            &results,
            |s| s.lead_by(GDP),
            "上海的地区生产总值分别比北京和深圳多3041.9亿元和12265.1亿元。",
            "On gross domestic product, Shanghai is ahead of Beijing and Shenzhen by CNY 304.19 billion and CNY 1,226.51 billion respectively.",
        );
        says(
            &results,
            |s| s.lead_by(GROWTH),
            "苏州的年均增速分别比西安和广州高0.40个百分点和0.73个百分点。",
            "On average yearly growth, Suzhou is ahead of Xi’an and Guangzhou by 0.40 percentage points and 0.73 percentage points respectively.",
        );
        says(
            &results,
            |s| s.lead_by(UNICORNS),
            "北京的独角兽企业分别比上海和深圳多11家和44家。",
            "On unicorns, Beijing is ahead of Shanghai and Shenzhen by 11 firms and 44 firms respectively.",
        );
        silent(&results, |s| s.lead_by(ENERGY));
        silent(&results, |s| s.exceeds_sum(GDP));
        silent(&results, |s| s.exceeds_sum(GROWTH));
    }

    #[test]
    fn third_place_is_open() {
        let mut results = sample();
        set_values(&mut results, UNICORNS, [76.0, 32.0, 30.0, 30.0, 5.0, 19.0, 3.0, 1.0].map(Some));
        says(
            &results,
            |s| s.lead_by(UNICORNS),
            "北京的独角兽企业比第二名上海多44家。",
            "On unicorns, Beijing is ahead of Shanghai by 44 firms.",
        );
        silent(&results, |s| s.exceeds_sum(UNICORNS));
    }

    #[test]
    fn nothing_to_divide_by() {
        let mut results = sample();
        set_values(&mut results, UNICORNS, [76.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0].map(Some));
        set_values(
            &mut results,
            GROWTH,
            [-1.0, -2.0, -3.0, -4.0, -5.0, -6.0, -7.0, -8.0].map(Some),
        );
        silent(&results, |s| s.more_than_twice(UNICORNS));
        silent(&results, |s| s.more_than_twice(GROWTH));
        silent(&results, |s| s.ratio_percent(SHANGHAI, UNICORNS));
        silent(&results, |s| s.ratio_percent(SHANGHAI, GROWTH));
        silent(&results, |s| s.ratio_times(SHANGHAI, GROWTH, BEIJING));
        silent(&results, |s| s.exceeds_sum(GROWTH));
        silent(&results, |s| s.lead_by(UNICORNS));
        says(
            &results,
            |s| s.lead_by(GROWTH),
            "北京的年均增速分别比上海和苏州高1.00个百分点和2.00个百分点。",
            "On average yearly growth, Beijing is ahead of Shanghai and Suzhou by 1.00 percentage points and 2.00 percentage points respectively.",
        );
    }
}
