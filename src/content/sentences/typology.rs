//! The type of a unit: what leads in it and how even it is.

use crate::config::{BalanceBy, LeadingBy};
use crate::content::phrase::Phrase;
use crate::content::results::UnitAt;
use crate::content::sentences::Speaker;
use crate::num::fixed;

impl Speaker<'_> {
    /// 从得分结构看，杭州属于均衡型城市，四个维度得分的变异系数为0.15，相对样本最突出的是发展成效，
    /// 超出均值0.82个标准差。
    ///
    /// Empty without a typology, for a unit that has no score or fits no type, or if no dimension can
    /// be held against the sample.
    #[must_use]
    pub(crate) fn type_note(&self, unit: UnitAt) -> Phrase {
        let Some(rule) = &self.results.config.method.typology else { return Phrase::default() };
        let own = self.results.index.typology.as_ref().and_then(|t| t.units[unit].as_ref());
        let Some((own, kind)) = own.and_then(|own| Some((own, rule.types.get(own.kind?)?))) else {
            return Phrase::default();
        };
        let Some(lead) = own.lead else { return Phrase::default() };
        let id = |what| self.unit_id(unit, 0, what);
        let distance = Phrase::quantity(id("lead"), fixed(lead.abs(), 2, self.lang));
        let distance = match rule.leading {
            LeadingBy::ZScore => distance.text(self.word("个标准差", " standard deviations")),
            LeadingBy::MeanDistance => distance.text(self.word("分", " points")),
        };
        let measure = match rule.balance {
            BalanceBy::Cv => self.word("变异系数", "coefficient of variation"),
            BalanceBy::Coupling => self.word("耦合度", "coupling"),
        };
        let even = own.evenness.map_or_else(Phrase::default, |x| {
            let x = Phrase::quantity(id("balance"), fixed(x, 2, self.lang));
            let slots = [self.bare_count(self.results.dimensions().len()), x];
            self.part(
                &format!("{{0}}个维度得分的{measure}为{{1}}，"),
                &format!("the {measure} of its {{0}} dimension scores is {{1}}, and "),
                &slots,
            )
        });
        let slots = [
            self.unit(unit),
            Phrase::plain(kind.name.text(self.lang)),
            even,
            self.nodes(&own.leading),
            distance,
        ];
        if own.below_mean {
            self.sentence(
                "从得分结构看，{0}属于{1}城市，{2}各维度均低于样本均值，差距最小的是{3}，低{4}。",
                "By the structure of its scores, {0} is of the {1} type: {2}every dimension lies below the sample mean, {3} by the least ({4}).",
                &slots,
            )
        } else {
            self.sentence(
                "从得分结构看，{0}属于{1}城市，{2}相对样本最突出的是{3}，超出均值{4}。",
                "By the structure of its scores, {0} is of the {1} type: {2}it stands out most on {3}, {4} above the sample mean.",
                &slots,
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{Balance, LeadingBy, TypeRule, TypologyRule};
    use crate::content::results::Results;
    use crate::content::sentences::testing::{
        BEIJING, ENVIRONMENT, KNOWLEDGE, XIAN, sample, says, silent,
    };
    use crate::index::{Typology, UnitType};
    use crate::lang::Localised;

    fn typed(own: UnitType) -> Results {
        let mut results = sample();
        results.config.method.typology = Some(TypologyRule {
            leading: LeadingBy::ZScore,
            balance: crate::config::BalanceBy::Cv,
            balanced: 0.25,
            skewed: 0.5,
            types: vec![TypeRule {
                name: Localised::new("均衡型".to_owned(), "balanced".to_owned()),
                leading: Vec::new(),
                balance: Some(Balance::Balanced),
                tiers: Vec::new(),
                below_mean: None,
            }],
        });
        let mut units = vec![None; results.count()];
        units[BEIJING] = Some(own);
        results.index.typology =
            Some(Typology { units, members: vec![vec![BEIJING]], benchmarks: Vec::new() });
        results
    }

    fn own() -> UnitType {
        UnitType {
            kind: Some(0),
            leading: vec![ENVIRONMENT],
            lead: Some(1.234),
            evenness: Some(0.2),
            balance: Some(Balance::Balanced),
            below_mean: false,
        }
    }

    #[test]
    fn a_unit_of_a_type() {
        let results = typed(own());
        says(
            &results,
            |s| s.type_note(BEIJING),
            "从得分结构看，北京属于均衡型城市，两个维度得分的变异系数为0.20，相对样本最突出的是环境支撑力，超出均值1.23个标准差。",
            "By the structure of its scores, Beijing is of the balanced type: the coefficient of variation of its two dimension scores is 0.20, and it stands out most on enabling environment, 1.23 standard deviations above the sample mean.",
        );
        silent(&results, |s| s.type_note(XIAN));
        silent(&sample(), |s| s.type_note(BEIJING));
    }

    #[test]
    fn level_leads_and_nothing_above_the_mean() {
        let results = typed(UnitType {
            leading: vec![ENVIRONMENT, KNOWLEDGE],
            lead: Some(-0.5),
            evenness: None,
            balance: None,
            below_mean: true,
            ..own()
        });
        says(
            &results,
            |s| s.type_note(BEIJING),
            "从得分结构看，北京属于均衡型城市，各维度均低于样本均值，差距最小的是环境支撑力和知识创造力，低0.50个标准差。",
            "By the structure of its scores, Beijing is of the balanced type: every dimension lies below the sample mean, enabling environment and knowledge creation by the least (0.50 standard deviations).",
        );
        silent(&typed(UnitType { kind: None, ..own() }), |s| s.type_note(BEIJING));
    }
}
