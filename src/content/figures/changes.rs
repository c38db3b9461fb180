//! Figures of changes since the edition before.

use minijinja::Error;

use crate::charts::{DivergingBars, DivergingRow, RankSlope, SlopePlace, SlopeRow, TEXT_BLOCK_MM};
use crate::content::arguments::Arguments;
use crate::content::figures::{Drawing, Drawn, drawn};
use crate::content::results::{NodeAt, UnitAt};
use crate::index::over_time::{Changes, UnitChange};
use crate::lang::Lang;

impl Drawing<'_> {
    /// Ranks in the earlier edition and in this one, joined.
    pub(super) fn rank_slope(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let node = arguments.node_or_index("node")?;
        let changes = self.changes(arguments)?;
        let units: Vec<UnitAt> =
            self.results.order(node).iter().copied().take(RankSlope::MOST).collect();
        let mut earlier: Vec<(u32, UnitAt)> = units
            .iter()
            .filter_map(|&unit| Some((self.results.change(unit, node)?.before, unit)))
            .collect();
        // Equals stand in the order they have now.
        earlier.sort_by_key(|&(rank, unit)| (rank, self.results.rank(unit, node), unit));
        let rows = units.iter().enumerate().map(|(line, &unit)| {
            let before = earlier.iter().position(|&(_, other)| other == unit);
            let before = before.map(|line| SlopePlace { line, rank: earlier[line].0 });
            let now = self.results.rank(unit, node).map(|rank| SlopePlace { line, rank });
            SlopeRow { label: self.name(unit), places: vec![before, now] }
        });
        let spec = RankSlope {
            subject: self.rank_subject(node),
            years: [changes.edition, self.results.config.report.edition]
                .map(|year| match self.lang {
                    Lang::Zh => format!("{year}年版"),
                    Lang::En => format!("{year} edition"),
                })
                .to_vec(),
            rows: rows.collect(),
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(drawn(spec.draw(self.theme, self.lang), spec.alt(self.lang), vec![node]))
    }

    /// What each change of rank is made of, for the units with any part.
    pub(super) fn change_parts(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let node = arguments.node_or_index("node")?;
        let changes = self.changes(arguments)?;
        if !changes.is_split {
            return Err(arguments.fail("rank changes since the previous edition are not split"));
        }
        let mut moved: Vec<(UnitAt, UnitChange)> = self
            .results
            .order(node)
            .iter()
            .filter_map(|&unit| Some((unit, self.results.change(unit, node)?)))
            .filter(|(_, own)| own.parts.is_some_and(|p| p.all().iter().any(|part| *part != 0.0)))
            .collect();
        moved.sort_by_key(|(unit, own)| (-own.places(), own.now, *unit));
        moved.truncate(DivergingBars::MOST_ROWS);
        let with_sample = moved.iter().any(|(_, own)| own.parts.is_some_and(|p| p.sample != 0.0));
        let mut part_names = vec![
            self.word("方法变动", "Method"),
            self.word("自身数据", "Own data"),
            self.word("其他城市数据", "Others’ data"),
        ];
        if with_sample {
            part_names.push(self.word("样本变动", "Sample"));
        }
        let rows = moved.into_iter().filter_map(|(unit, own)| {
            let parts = own.parts?;
            let mut all = vec![parts.method, parts.own, parts.others];
            all.extend(with_sample.then_some(parts.sample));
            let total = all.iter().sum();
            Some(DivergingRow { label: self.name(unit), parts: all, total })
        });
        let spec = DivergingBars {
            subject: self.word("位次变化", "rank changes"),
            part_names,
            total_name: self.word("位次变化", "Places gained"),
            rows: rows.collect(),
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(drawn(spec.draw(self.theme, self.lang), spec.alt(self.lang), vec![node]))
    }

    fn changes(&self, arguments: &Arguments<'_>) -> Result<&Changes, Error> {
        let changes = self.results.changes.as_ref();
        changes.ok_or_else(|| arguments.fail("the report names no `previous-edition`"))
    }

    fn rank_subject(&self, node: NodeAt) -> String {
        let name = self.results.node(node).name.text(self.lang);
        match self.lang {
            Lang::Zh => format!("{name}位次"),
            Lang::En => format!("ranks on {}", crate::content::sentences::inside(name)),
        }
    }
}
