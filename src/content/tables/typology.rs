//! Tables of city types and of the best at every dimension.

use minijinja::Error;

use crate::content::arguments::Arguments;
use crate::content::block::{Cell, Row, Size, Table};
use crate::content::results::Results;
use crate::content::tables::{NONE, Setting, center, left, table, wide};
use crate::content::words::join;
use crate::index::{Typology, UnitType};
use crate::lang::Lang;

impl Setting<'_> {
    /// Type, number of cities, cities with their leading dimensions and balance; cities of no type
    /// stand last.
    pub(super) fn typology(&self, arguments: &Arguments<'_>) -> Result<Table, Error> {
        let (typology, rule) = self.sorted(arguments)?;
        let columns = vec![left(), center(), wide(1.0)];
        let header = vec![
            self.head("类型", "Type"),
            self.head("城市数", "Cities"),
            self.head(
                "城市（最突出的维度，均衡程度）",
                "Cities (most prominent dimension, balance)",
            ),
        ];
        let row = |name: &str, members: &[usize]| {
            let named: Vec<String> =
                members.iter().map(|&unit| self.with_lead(unit, typology)).collect();
            let between = match self.lang {
                Lang::Zh => "、",
                Lang::En => "; ",
            };
            let cities = if named.is_empty() { NONE.to_owned() } else { named.join(between) };
            Row::Cells(vec![
                Cell::strong(self.head_word(name)),
                Cell::Text(members.len().to_string()),
                Cell::Text(cities),
            ])
        };
        let mut rows: Vec<Row> = rule
            .types
            .iter()
            .zip(&typology.members)
            .map(|(kind, members)| row(kind.name.text(self.lang), members))
            .collect();
        let fits_none =
            |&&unit: &&usize| typology.units[unit].as_ref().is_some_and(|own| own.kind.is_none());
        let others: Vec<usize> = self.results.order(0).iter().filter(fits_none).copied().collect();
        if !others.is_empty() {
            rows.push(row(&self.word("未归类", "None of these"), &others));
        }
        let mut table = table(columns, vec![header], rows);
        table.notes = vec![match rule.balance {
            crate::config::BalanceBy::Cv => self.word(
                "注：均衡程度为各维度得分的变异系数，越小越均衡。",
                "Note: balance is the coefficient of variation of the dimension scores; less is more even.",
            ),
            crate::config::BalanceBy::Coupling => self.word(
                "注：均衡程度为各维度得分的耦合度，越接近1越均衡。",
                "Note: balance is the coupling of the dimension scores; nearer to 1 is more even.",
            ),
        }];
        table.size = Size::Small;
        table.source = self.source(&[0]);
        Ok(table)
    }

    /// The name of a type as it stands at the head of a row: `Balanced`.
    fn head_word(&self, name: &str) -> String {
        let mut letters = name.chars();
        match (letters.next(), self.lang) {
            (Some(first), Lang::En) => first.to_uppercase().chain(letters).collect(),
            _ => name.to_owned(),
        }
    }

    fn with_lead(&self, unit: usize, typology: &Typology) -> String {
        let name = self.unit_name(unit);
        let Some(own) = &typology.units[unit] else { return name };
        let even = own.evenness.map(|x| crate::num::fixed(x, 2, self.lang));
        let leading = self.leading(own);
        let inside: Vec<String> =
            [Some(leading).filter(|l| !l.is_empty()), even].into_iter().flatten().collect();
        match (inside.is_empty(), self.lang) {
            (true, _) => name,
            (false, Lang::Zh) => format!("{name}（{}）", inside.join("，")),
            (false, Lang::En) => format!("{name} ({})", inside.join(", ")),
        }
    }

    fn leading(&self, own: &UnitType) -> String {
        let named: Vec<String> = own.leading.iter().map(|&d| self.node_short(d)).collect();
        join(&named, self.lang)
    }

    /// Dimension, the best of the sample with the score, the best of each tier.
    pub(super) fn benchmarks(&self, arguments: &Arguments<'_>) -> Result<Table, Error> {
        let (typology, _) = self.sorted(arguments)?;
        let tiers = self.results.index.tiers.as_ref().map_or(0, |tiers| tiers.tiers.len());
        let heads = self.results.config.method.tiers.as_ref().map(|rule| rule.names.get(self.lang));
        let mut columns = vec![left(), left()];
        columns.extend((0..tiers).map(|_| left()));
        let mut header = vec![
            self.head("维度", "Dimension"),
            self.head("样本最优（得分）", "Best of all (score)"),
        ];
        header.extend(
            (0..tiers).map(|tier| {
                Cell::Text(heads.and_then(|n| n.get(tier)).cloned().unwrap_or_default())
            }),
        );
        let best = |dimension, tier| {
            let found = typology.benchmarks.iter();
            let found = found.filter(|b| b.dimension == dimension && b.tier == tier);
            found.flat_map(|b| b.units.iter().copied()).collect::<Vec<usize>>()
        };
        let cell = |units: &[usize]| {
            let named: Vec<String> = units.iter().map(|&u| self.unit_name(u)).collect();
            if named.is_empty() { NONE.to_owned() } else { join(&named, self.lang) }
        };
        let rows = self
            .results
            .dimensions()
            .into_iter()
            .map(|dimension| {
                let first = best(dimension, None);
                let score = first.first().map(|&u| self.score_text(u, dimension));
                let score = score.unwrap_or_else(|| NONE.to_owned());
                let overall = match self.lang {
                    Lang::Zh => format!("{}（{score}）", cell(&first)),
                    Lang::En => format!("{} ({score})", cell(&first)),
                };
                let mut cells = vec![Cell::Text(self.node_name(dimension)), Cell::strong(overall)];
                cells.extend((0..tiers).map(|tier| Cell::Text(cell(&best(dimension, Some(tier))))));
                Row::Cells(cells)
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.source = self.source(&[0]);
        Ok(table)
    }

    fn sorted(
        &self,
        arguments: &Arguments<'_>,
    ) -> Result<(&Typology, &crate::config::TypologyRule), Error> {
        let Results { index, config, .. } = self.results;
        index
            .typology
            .as_ref()
            .zip(config.method.typology.as_ref())
            .ok_or_else(|| arguments.fail("the methodology sorts cities into no types"))
    }
}
