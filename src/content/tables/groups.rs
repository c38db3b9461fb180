//! Tables by group of the gazetteer: regions, agglomerations, administrative ranks; the sample.

use minijinja::Error;

use crate::content::arguments::Arguments;
use crate::content::block::{Cell, Row, Size, Table};
use crate::content::groups::{self, groups};
use crate::content::tables::{Setting, center, decimal, left, table, wide};
use crate::lang::Lang;

impl Setting<'_> {
    /// Group, number of cities, mean score, cities in the top ten, best city, members.
    pub(super) fn groups(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let kind = arguments.word("by", &groups::WORDS)?;
        let columns = vec![left(), center(), decimal(), center(), wide(1.0)];
        let header = vec![
            Cell::Text(groups::name(kind, self.lang).to_owned()),
            self.head("城市数", "Cities"),
            self.head("平均得分", "Mean score"),
            self.head("前十城市数", "In the top ten"),
            self.head("城市（总指数位次）", "Cities (rank on the index)"),
        ];
        let rows = groups(self.results, kind, 0)
            .into_iter()
            .map(|group| {
                Row::Cells(vec![
                    Cell::strong(group.name.text(self.lang).to_owned()),
                    Cell::Text(group.members.len().to_string()),
                    Cell::Text(self.number(group.mean, 2)),
                    Cell::Text(group.in_top_ten.to_string()),
                    Cell::Text(self.members(&group.members)),
                ])
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.notes = vec![self.word(
            "注：各组平均得分为组内城市得分的算术平均，城市数少的组不宜过度解读。",
            "Note: group means are plain averages; groups of few cities say little.",
        )];
        table.source = self.source(&[0]);
        Ok(table)
    }

    fn members(&self, members: &[usize]) -> String {
        let named: Vec<String> = members
            .iter()
            .map(|&unit| {
                let (name, rank) = (self.unit_name(unit), self.rank_text(unit, 0));
                match self.lang {
                    Lang::Zh => format!("{name}（{rank}）"),
                    Lang::En => format!("{name} ({rank})"),
                }
            })
            .collect();
        named.join(match self.lang {
            Lang::Zh => "、",
            Lang::En => ", ",
        })
    }

    /// The sample: code, names and groups of every unit; two columns of cities where names are short.
    pub(super) fn sample(&self) -> Table {
        let halves = match self.lang {
            Lang::Zh => 2,
            Lang::En => 1,
        };
        let columns =
            (0..halves).flat_map(|_| [left(), left(), left(), left(), wide(1.0)]).collect();
        let heads = [
            self.head("代码", "Code"),
            self.head("城市", "City"),
            self.head("省份", "Province"),
            self.head("区域", "Region"),
            self.head("城市类别", "Administrative rank"),
        ];
        let units = &self.results.inputs.units;
        let text = |t: &crate::lang::Localised<String>| Cell::Text(t.text(self.lang).to_owned());
        let cells = |at: usize| match units.get(at) {
            Some(unit) => vec![
                Cell::Text(unit.code.clone()),
                text(&unit.name),
                text(&unit.province),
                text(&unit.region),
                text(&unit.admin_rank),
            ],
            None => vec![Cell::text(""); heads.len()],
        };
        let height = units.len().div_ceil(halves);
        let rows = (0..height)
            .map(|i| Row::Cells((0..halves).flat_map(|half| cells(i + half * height)).collect()))
            .collect();
        let header = (0..halves).flat_map(|_| heads.clone()).collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table
    }
}
