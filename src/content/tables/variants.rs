//! Tables that set the variants of the index beside the main result.

use crate::content::block::{Cell, Column, Row, Size, Table, Tone};
use crate::content::tables::{NONE, Setting, capitalised, center, decimal, left, table, wide};
use crate::index::Contrast;
use crate::lang::Lang;

/// Columns of cities in the table of ranks.
const HALVES: usize = 2;

impl Setting<'_> {
    /// Printed name and contrast with the main result of every variant.
    fn ways(&self) -> Vec<(String, Contrast)> {
        let variants = self.results.config.method.variants.iter();
        let way = |variant: &crate::config::Variant| {
            let own = self.results.index.variant(&variant.id)?;
            let contrast = Contrast::of(&self.results.index, own, 0);
            Some((variant.name.text(self.lang).to_owned(), contrast))
        };
        variants.filter_map(way).collect()
    }

    /// Main rank of every city and its rank in every variant, with the places gained; cities in
    /// two columns, read downwards.
    pub(super) fn variants(&self) -> Table {
        let ways = self.ways();
        let half = [left(), center()].into_iter().chain(ways.iter().map(|_| center()));
        let half: Vec<Column> = half.collect();
        let mut heads = vec![self.head("城市", "City"), self.head("主结果", "Main")];
        heads.extend(ways.iter().map(|(name, _)| Cell::Text(capitalised(name, self.lang))));
        let order = self.results.order(0);
        let height = order.len().div_ceil(HALVES);
        let cells = |at: usize| match order.get(at) {
            Some(&unit) => {
                let mut cells =
                    vec![Cell::Text(self.unit_name(unit)), Cell::Text(self.rank_text(unit, 0))];
                cells.extend(ways.iter().map(|(_, own)| {
                    let shift = own.shifts.iter().find(|shift| shift.unit == unit);
                    shift.map_or_else(|| Cell::text(NONE), |s| moved(s.base, s.other))
                }));
                cells
            }
            None => vec![Cell::text(""); heads.len()],
        };
        let rows = (0..height)
            .map(|i| Row::Cells((0..HALVES).flat_map(|h| cells(i + h * height)).collect()))
            .collect();
        let columns = (0..HALVES).flat_map(|_| half.clone()).collect();
        let header = (0..HALVES).flat_map(|_| heads.clone()).collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.breakable = height > 24;
        table.notes = vec![self.word(
            "注：括号内为主结果位次减该方案位次，正数表示在该方案中靠前；没有括号的位次不变。",
            "Note: in brackets the places gained (+) or lost (−) against the main result, where the rank differs.",
        )];
        table
    }

    /// How far every variant agrees with the main result.
    pub(super) fn variant_agreement(&self) -> Table {
        let columns =
            vec![wide(1.0), decimal(), decimal(), decimal(), wide(1.0), center(), center()];
        let header = vec![
            self.head("方案", "Variant"),
            self.head("斯皮尔曼ρ", "Spearman ρ"),
            self.head("肯德尔τ", "Kendall τ"),
            self.head("平均变动", "Mean change"),
            self.head("变动最大的城市", "Largest change"),
            self.head("改变梯队", "Other tier"),
            self.head("前十相同", "Common top ten"),
        ];
        let rows = self
            .ways()
            .into_iter()
            .map(|(name, own)| {
                let most = own.largest_shift.unwrap_or(0);
                let movers: Vec<String> = own
                    .shifts
                    .iter()
                    .filter(|shift| most > 0 && shift.base.abs_diff(shift.other) == most)
                    .map(|shift| self.unit_name(shift.unit))
                    .collect();
                let movers = match (movers.is_empty(), self.lang) {
                    (true, _) => NONE.to_owned(),
                    (false, Lang::Zh) => format!("{}（{most}位）", movers.join("、")),
                    (false, Lang::En) => format!("{} ({most})", movers.join(", ")),
                };
                let tiers = if self.results.index.tiers.is_some() {
                    own.tiers.len().to_string()
                } else {
                    NONE.to_owned()
                };
                let ten = own.tops.iter().find(|top| top.k == 10);
                Row::Cells(vec![
                    Cell::Text(capitalised(&name, self.lang)),
                    Cell::Text(self.number(own.spearman, 3)),
                    Cell::Text(self.number(own.kendall, 3)),
                    Cell::Text(self.number(own.mean_shift, 2)),
                    Cell::Text(movers),
                    Cell::Text(tiers),
                    Cell::Text(ten.map_or_else(|| NONE.to_owned(), |top| top.shared.to_string())),
                ])
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.breakable = false;
        table
    }
}

/// A rank and the places gained, in the tone of the change.
fn moved(base: u32, other: u32) -> Cell {
    let apart = base.abs_diff(other);
    match other.cmp(&base) {
        std::cmp::Ordering::Less => Cell::toned(format!("{other} (+{apart})"), Tone::Good),
        std::cmp::Ordering::Greater => Cell::toned(format!("{other} (\u{2212}{apart})"), Tone::Bad),
        std::cmp::Ordering::Equal => Cell::Text(other.to_string()),
    }
}
