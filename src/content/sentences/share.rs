//! Concentration: how much of the sample's total the leaders hold.

use crate::content::phrase::Phrase;
use crate::content::results::NodeAt;
use crate::content::sentences::Speaker;
use crate::content::sentences::amount::adds_up;
use crate::content::words::count_before_noun;

impl Speaker<'_> {
    /// Share of the leaders in the total: 居前三位的城市合计占样本总量的56.2%。
    ///
    /// Only for what can be added up: amounts and counts, not shares, rates or values per head.
    /// Empty if the total is not above zero, if fewer than twice `k` units have a value, or if equal
    /// values leave open which units are the first `k`.
    #[must_use]
    pub(crate) fn topk_share(&self, indicator: NodeAt, k: usize) -> Phrase {
        let values = self.results.by_value(indicator);
        let total: f64 = values.iter().map(|(_, v)| v).sum();
        let summable = self.results.spec(indicator).is_some_and(|s| adds_up(&s.measure));
        let clear = k > 0
            && values.len() >= 2 * k
            && values[k - 1].1 > values[k].1
            && values.iter().all(|(_, v)| *v >= 0.0);
        if !summable || !clear || total <= 0.0 {
            return Phrase::default();
        }
        let share = values[..k].iter().map(|(_, v)| v).sum::<f64>() / total * 100.0;
        let slots = [
            Phrase::plain(count_before_noun(k, self.lang)),
            self.percent(self.sample_id(indicator, "topk-share"), share),
        ];
        self.sentence(
            "居前{0}位的城市合计占样本总量的{1}。",
            "The top {0} cities together account for {1} of the sample total.",
            &slots,
        )
    }
}
