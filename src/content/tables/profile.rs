//! Tables of a city case.

use minijinja::Error;

use crate::content::arguments::Arguments;
use crate::content::block::{Cell, Row, Size, Table, Tone};
use crate::content::results::{NodeAt, UnitAt};
use crate::content::sentences::Speaker;
use crate::content::source_line::cited_line;
use crate::content::tables::{
    NONE, Setting, capitalised, center, decimal, left, marked, signed_cell, table, wide,
};
use crate::content::words::{date, period};
use crate::index::{Profile, Standing};
use crate::lang::Lang;

/// Strengths and weaknesses that are marked.
const MARKED: usize = 5;
/// Cited figures up to this number stand in one column.
const SINGLE_COLUMN: usize = 5;

impl Setting<'_> {
    /// Index, dimensions and sub-dimensions: score, rank, difference from the sample mean. Narrow
    /// enough to stand beside a chart.
    pub(super) fn profile_dimensions(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let unit = arguments.unit("unit")?;
        let intervals = self.results.has_intervals(0);
        let mut columns = vec![wide(1.0), decimal(), center(), decimal()];
        let mut header = vec![
            self.head("维度", "Dimension"),
            self.head("得分", "Score"),
            self.head("位次", "Rank"),
            self.head("较均值", "± mean"),
        ];
        if intervals {
            columns.insert(3, center());
            header.insert(3, self.head("区间", "5–95%"));
        }
        let method = &self.results.config.method;
        let nodes: Vec<NodeAt> =
            (0..method.nodes.len()).filter(|&n| self.results.spec(n).is_none()).collect();
        let rows = nodes.iter().map(|&node| self.profile_row(unit, node)).collect();
        let mut table = table(columns, vec![header], rows);
        table.notes = vec![self.word(
            "注：“较均值”为得分减样本均值；“=”表示并列。",
            "Note: ± mean is the score less the sample mean; = marks a shared rank.",
        )];
        if intervals {
            table.notes.push(self.word(
                "“区间”为位次的5%—95%区间，算至维度。",
                "5–95% is the interval of the rank, given down to dimensions.",
            ));
        }
        table.source = self.source(&[0]);
        table.size = Size::Small;
        table.breakable = false;
        Ok(table)
    }

    fn profile_row(&self, unit: UnitAt, node: NodeAt) -> Row {
        let level = self.results.node(node).level;
        let mean = self.results.distribution(node).map(|d| d.mean);
        let difference = self.results.score(unit, node).zip(mean).map(|(s, m)| s - m);
        let name = self.node_name(node);
        let name = match level {
            0 | 1 => Cell::strong(name),
            _ => Cell::Text(format!("\u{2002}{}", self.node_short(node))),
        };
        let mut cells = vec![
            name,
            Cell::Text(self.score_text(unit, node)),
            Cell::Text(self.rank_text(unit, node)),
            difference.map_or_else(|| Cell::text(NONE), |d| signed_cell(d, 2, self.lang)),
        ];
        if self.results.has_intervals(node) {
            cells.insert(3, Cell::Text(self.interval_text(unit, node)));
        } else if self.results.has_intervals(0) {
            cells.insert(3, Cell::text(""));
        }
        Row::Cells(cells)
    }

    /// Every indicator: value, unit, year, score, rank, mark.
    pub(super) fn profile_indicators(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let unit = arguments.unit("unit")?;
        let method = &self.results.config.method;
        let profile = Profile::of(&self.results.index, method, unit, MARKED);
        let columns = vec![wide(1.0), decimal(), left(), center(), decimal(), center(), center()];
        let header = vec![
            self.head("指标", "Indicator"),
            self.head("数值", "Value"),
            self.head("单位", "Unit"),
            self.head("年份", "Year"),
            self.head("得分", "Score"),
            self.head("位次", "Rank"),
            self.head("标记", "Mark"),
        ];
        let mut rows = Vec::new();
        let mut any_imputed = false;
        for dimension in self.results.dimensions() {
            rows.push(Row::Section { section: self.node_name(dimension) });
            for leaf in method.leaves(dimension) {
                let measure =
                    self.results.spec(leaf).map_or("", |spec| spec.measure.text(self.lang));
                let mark = if profile.strengths.iter().any(|s| s.node == leaf) {
                    Cell::toned("▲", Tone::Good)
                } else if profile.weaknesses.iter().any(|s| s.node == leaf) {
                    Cell::toned("▽", Tone::Bad)
                } else {
                    Cell::text("")
                };
                let imputed = self.results.is_imputed(unit, leaf);
                any_imputed |= imputed;
                rows.push(Row::Cells(vec![
                    Cell::Text(self.node_name(leaf)),
                    marked(self.value_text(unit, leaf), imputed),
                    Cell::Text(measure.to_owned()),
                    Cell::Text(self.years(leaf)),
                    marked(self.score_text(unit, leaf), imputed),
                    Cell::Text(self.rank_text(unit, leaf)),
                    mark,
                ]));
            }
        }
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.notes = vec![self.word(
            "注：▲为相对优势，▽为相对不足，判定规则见“如何阅读本报告”；“=”表示并列。",
            "Note: ▲ marks a relative strength, ▽ a relative weakness, by the rule in the reader’s guide; = marks a shared rank.",
        )];
        table.notes.extend(self.imputed_note(any_imputed));
        table.source = self.source(&[0]);
        Ok(table)
    }

    /// The years of an indicator's inputs.
    pub(super) fn years(&self, node: NodeAt) -> String {
        let years = self.results.data(node).map(|d| d.years.clone()).unwrap_or_default();
        match years.as_slice() {
            [] => NONE.to_owned(),
            [year] => year.to_string(),
            [first, .., last] => format!("{first}–{last}"),
        }
    }

    /// Strengths, then weaknesses: indicator, score, rank. Narrow enough to stand beside a chart.
    pub(super) fn strengths(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let unit = arguments.unit("unit")?;
        let method = &self.results.config.method;
        let profile = Profile::of(&self.results.index, method, unit, MARKED);
        let header = vec![
            self.head("指标", "Indicator"),
            self.head("得分", "Score"),
            self.head("位次", "Rank"),
        ];
        let mut rows = vec![self.section("▲ 相对优势", "▲ Relative strengths")];
        rows.extend(self.standings(unit, &profile.strengths, Tone::Good));
        rows.push(self.section("▽ 相对不足", "▽ Relative weaknesses"));
        rows.extend(self.standings(unit, &profile.weaknesses, Tone::Bad));
        let mut table = table(vec![wide(1.0), decimal(), center()], vec![header], rows);
        table.size = Size::Small;
        table.breakable = false;
        table.source = self.source(&[0]);
        Ok(table)
    }

    fn section(&self, zh: &str, en: &str) -> Row {
        Row::Section { section: self.word(zh, en) }
    }

    /// A row for each strength or weakness, or one that says there is none.
    fn standings(&self, unit: UnitAt, all: &[Standing], tone: Tone) -> Vec<Row> {
        let row = |standing: &Standing| {
            Row::Cells(vec![
                Cell::toned(self.node_short(standing.node), tone),
                Cell::Text(self.number(Some(standing.score), 2)),
                Cell::Text(self.rank_text(unit, standing.node)),
            ])
        };
        if all.is_empty() {
            let none = self.head("没有指标符合判定规则", "no indicator meets the rule");
            return vec![Row::Cells(vec![none, Cell::text(NONE), Cell::text(NONE)])];
        }
        all.iter().map(row).collect()
    }

    /// Dated events of a unit: date, title, content.
    pub(super) fn events(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let id = arguments.text("events")?;
        let unit = arguments.unit("unit")?;
        let list = self.results.inputs.events.iter().find(|t| t.id == id);
        let list =
            list.ok_or_else(|| arguments.fail(format!("there is no table of events `{id}`")))?;
        let code = &self.results.unit(unit).code;
        let own: Vec<_> = list.events.iter().filter(|e| e.unit == *code).collect();
        let with_content = own.iter().any(|e| !e.content.text(self.lang).is_empty());
        let mut columns = vec![left(), wide(1.0)];
        let mut header = vec![
            self.head("时间", "Date"),
            if with_content {
                self.head("文件", "Document")
            } else {
                self.head("事项", "Event")
            },
        ];
        if with_content {
            columns.push(wide(1.5));
            header.push(self.head("主要内容", "Main content"));
        }
        let mut notes: Vec<String> = Vec::new();
        let rows = own
            .iter()
            .map(|event| {
                let mut title = event.title.text(self.lang).to_owned();
                if with_content && self.lang == Lang::Zh {
                    title = format!("《{title}》");
                }
                let title = annotated(title, event.note.text(self.lang), &mut notes);
                let mut cells = vec![Cell::Text(date(&event.date, self.lang)), Cell::Text(title)];
                if with_content {
                    cells.push(Cell::Text(event.content.text(self.lang).to_owned()));
                }
                Row::Cells(cells)
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.notes = numbered(&notes);
        let cited = own.iter().map(|e| (e.source.as_str(), e.source_ref.as_str()));
        table.source = cited_line(self.results, self.lang, cited);
        Ok(table)
    }

    /// Cited figures of a unit: what, figure, period; in Chinese, many stand in two columns, read
    /// downwards.
    pub(super) fn facts(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let unit = arguments.unit("unit")?;
        let code = &self.results.unit(unit).code;
        let speaker = Speaker { results: self.results, lang: self.lang };
        let own: Vec<_> = self.results.inputs.facts.iter().filter(|f| f.unit == *code).collect();
        let mut notes: Vec<String> = Vec::new();
        let cells: Vec<[Cell; 3]> = own
            .iter()
            .map(|fact| {
                let label = capitalised(fact.label.text(self.lang), self.lang);
                let label = annotated(label, fact.note.text(self.lang), &mut notes);
                [
                    Cell::Text(label),
                    Cell::Text(speaker.fact_entry(fact).text),
                    Cell::Text(period(&fact.period, self.lang)),
                ]
            })
            .collect();
        // English labels are long: two columns of them would be higher than one.
        let halves = match self.lang {
            Lang::Zh if cells.len() > SINGLE_COLUMN => 2,
            _ => 1,
        };
        let height = cells.len().div_ceil(halves);
        let blank = [Cell::text(""), Cell::text(""), Cell::text("")];
        let rows = (0..height)
            .map(|i| {
                let half = |h: usize| cells.get(i + h * height).unwrap_or(&blank).clone();
                Row::Cells((0..halves).flat_map(half).collect())
            })
            .collect();
        let heads =
            [self.head("事项", "Item"), self.head("数值", "Figure"), self.head("时期", "Period")];
        let header = (0..halves).flat_map(|_| heads.clone()).collect();
        let columns = (0..halves).flat_map(|_| [wide(1.0), left(), left()]).collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.notes = numbered(&notes);
        let cited = own.iter().map(|f| (f.source.as_str(), f.source_ref.as_str()));
        table.source = cited_line(self.results, self.lang, cited);
        Ok(table)
    }
}

/// The mark that ties a cell to a note: a circled number as far as there are some.
fn note_mark(number: usize) -> String {
    let circled = u32::try_from(number).ok().filter(|n| (1..=20).contains(n));
    circled
        .and_then(|n| char::from_u32(0x2460 + n - 1))
        .map_or_else(|| format!("[{number}]"), String::from)
}

/// A text with the mark of its note, if it has one; the same note is told once.
fn annotated(text: String, note: &str, notes: &mut Vec<String>) -> String {
    if note.is_empty() {
        return text;
    }
    let at = notes.iter().position(|n| n == note).unwrap_or_else(|| {
        notes.push(note.to_owned());
        notes.len() - 1
    });
    format!("{text}{}", note_mark(at + 1))
}

/// The notes in one paragraph, each behind its mark.
fn numbered(notes: &[String]) -> Vec<String> {
    if notes.is_empty() {
        return Vec::new();
    }
    let marked: Vec<String> = notes
        .iter()
        .enumerate()
        .map(|(i, note)| format!("{}\u{2060}{note}", note_mark(i + 1)))
        .collect();
    vec![marked.join(" ")]
}
