//! Tables of a city case.

use std::collections::BTreeSet;

use minijinja::Error;

use crate::content::arguments::Arguments;
use crate::content::block::{Cell, Row, Size, Table, Tone};
use crate::content::results::{NodeAt, UnitAt};
use crate::content::sentences::Speaker;
use crate::content::source_line::cited_line;
use crate::content::tables::{NONE, Setting, center, decimal, left, signed_cell, table, wide};
use crate::content::words::{date, period};
use crate::index::Profile;
use crate::lang::Lang;

/// Strengths and weaknesses that are marked.
const MARKED: usize = 5;

impl Setting<'_> {
    /// Index, dimensions and sub-dimensions: score, rank, sample mean, difference.
    pub(super) fn profile_dimensions(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let unit = arguments.unit("unit")?;
        let columns = vec![wide(1.0), decimal(), center(), decimal(), decimal()];
        let header = vec![
            self.head("指标", "Node"),
            self.head("得分", "Score"),
            self.head("位次", "Rank"),
            self.head("样本均值", "Sample mean"),
            self.head("与均值之差", "Against the mean"),
        ];
        let method = &self.results.config.method;
        let nodes: Vec<NodeAt> =
            (0..method.nodes.len()).filter(|&n| self.results.spec(n).is_none()).collect();
        let rows = nodes.iter().map(|&node| self.profile_row(unit, node)).collect();
        let mut table = table(columns, vec![header], rows);
        table.notes = self.tie_note(&nodes);
        table.source = self.source(&[0]);
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
            _ => Cell::Text(format!("\u{3000}{name}")),
        };
        Row::Cells(vec![
            name,
            Cell::Text(self.score_text(unit, node)),
            Cell::Text(self.rank_text(unit, node)),
            Cell::Text(self.number(mean, 2)),
            difference.map_or_else(|| Cell::text(NONE), |d| signed_cell(d, 2, self.lang)),
        ])
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
                rows.push(Row::Cells(vec![
                    Cell::Text(self.node_name(leaf)),
                    Cell::Text(self.value_text(unit, leaf)),
                    Cell::Text(measure.to_owned()),
                    Cell::Text(self.years(leaf)),
                    Cell::Text(self.score_text(unit, leaf)),
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

    /// Strengths and weaknesses side by side: indicator, rank, score against the mean.
    pub(super) fn strengths(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let unit = arguments.unit("unit")?;
        let method = &self.results.config.method;
        let profile = Profile::of(&self.results.index, method, unit, MARKED);
        let columns = vec![left(), wide(1.0), center(), decimal(), decimal()];
        let header = vec![
            self.head("类别", "Kind"),
            self.head("指标", "Indicator"),
            self.head("位次", "Rank"),
            self.head("得分", "Score"),
            self.head("与均值之差", "Against the mean"),
        ];
        let kinds = [
            (&profile.strengths, self.word("相对优势", "Strength"), Tone::Good),
            (&profile.weaknesses, self.word("相对不足", "Weakness"), Tone::Bad),
        ];
        let mut rows = Vec::new();
        for (standings, kind, tone) in kinds {
            if standings.is_empty() {
                rows.push(Row::Cells(vec![
                    Cell::toned(kind, tone),
                    self.head("没有指标符合判定规则", "no indicator meets the rule"),
                    Cell::text(NONE),
                    Cell::text(NONE),
                    Cell::text(NONE),
                ]));
                continue;
            }
            for standing in standings {
                rows.push(Row::Cells(vec![
                    Cell::toned(kind.clone(), tone),
                    Cell::Text(self.node_name(standing.node)),
                    Cell::Text(self.rank_text(unit, standing.node)),
                    Cell::Text(self.number(Some(standing.score), 2)),
                    signed_cell(standing.against_mean, 2, self.lang),
                ]));
            }
        }
        let mut table = table(columns, vec![header], rows);
        table.breakable = false;
        table.source = self.source(&[0]);
        Ok(table)
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
            columns.push(wide(1.15));
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
                let note = event.note.text(self.lang);
                if !note.is_empty() {
                    notes.push(note.to_owned());
                    title = format!("{title}{}", note_mark(notes.len()));
                }
                let mut cells = vec![Cell::Text(date(&event.date, self.lang)), Cell::Text(title)];
                if with_content {
                    cells.push(Cell::Text(event.content.text(self.lang).to_owned()));
                }
                Row::Cells(cells)
            })
            .collect();
        let keys: BTreeSet<&str> = own.iter().map(|e| e.source.as_str()).collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.notes = numbered(&notes);
        table.source = cited_line(self.results, self.lang, &keys);
        Ok(table)
    }

    /// Cited figures of a unit: what, figure, period, where in the source.
    pub(super) fn facts(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let unit = arguments.unit("unit")?;
        let code = &self.results.unit(unit).code;
        let speaker = Speaker { results: self.results, lang: self.lang };
        let own: Vec<_> = self.results.inputs.facts.iter().filter(|f| f.unit == *code).collect();
        let columns = vec![wide(1.0), left(), left(), left()];
        let header = vec![
            self.head("事项", "Item"),
            self.head("数值", "Figure"),
            self.head("时期", "Period"),
            self.head("出处", "Place in source"),
        ];
        let mut notes: Vec<String> = Vec::new();
        let rows = own
            .iter()
            .map(|fact| {
                let mut label = capitalised(fact.label.text(self.lang), self.lang);
                let note = fact.note.text(self.lang);
                if !note.is_empty() {
                    notes.push(note.to_owned());
                    label = format!("{label}{}", note_mark(notes.len()));
                }
                Row::Cells(vec![
                    Cell::Text(label),
                    Cell::Text(speaker.fact(fact).text),
                    Cell::Text(period(&fact.period, self.lang)),
                    Cell::Text(fact.source_ref.clone()),
                ])
            })
            .collect();
        let keys: BTreeSet<&str> = own.iter().map(|f| f.source.as_str()).collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.notes = numbered(&notes);
        table.source = cited_line(self.results, self.lang, &keys);
        Ok(table)
    }
}

/// The mark that ties a cell to a note: a circled number as far as there are some.
fn note_mark(number: usize) -> String {
    let circled = u32::try_from(number).ok().filter(|n| (1..=10).contains(n));
    circled
        .and_then(|n| char::from_u32(0x2460 + n - 1))
        .map_or_else(|| format!("[{number}]"), String::from)
}

fn numbered(notes: &[String]) -> Vec<String> {
    notes.iter().enumerate().map(|(i, note)| format!("{} {note}", note_mark(i + 1))).collect()
}

fn capitalised(text: &str, lang: Lang) -> String {
    let mut chars = text.chars();
    match (lang, chars.next()) {
        (Lang::En, Some(first)) => first.to_uppercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}
