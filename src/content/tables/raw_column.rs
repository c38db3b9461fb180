//! What raw columns are called in print: as the table of column names says, else as the indicator
//! that is this column, else by the column itself.

use crate::content::results::NodeAt;
use crate::content::tables::Setting;
use crate::data::ColumnName;
use crate::lang::Lang;

impl Setting<'_> {
    /// Column, measure and year of raw data.
    pub(super) fn raw_heading(&self, column: &str, year: Option<i32>) -> String {
        let name = self.called(column, |at| self.node_short(at));
        let measure = self.column_measure(column);
        let year = year.map(|y| y.to_string()).unwrap_or_default();
        let parts: Vec<String> = [measure, year].into_iter().filter(|s| !s.is_empty()).collect();
        match (parts.is_empty(), self.lang) {
            (true, _) => name,
            (false, Lang::Zh) => format!("{name}（{}）", parts.join("，")),
            (false, Lang::En) => format!("{name} ({})", parts.join(", ")),
        }
    }

    /// The printed name of a column.
    pub(super) fn column_name(&self, column: &str) -> String {
        self.called(column, |at| self.node_name(at))
    }

    fn called(&self, column: &str, of_node: impl FnOnce(NodeAt) -> String) -> String {
        match (self.named(column), self.indicator_of(column)) {
            (Some(own), _) => own.name.text(self.lang).to_owned(),
            (None, Some(at)) => of_node(at),
            (None, None) => column.replace('_', " "),
        }
    }

    /// The printed measure of a column; that of the data files where none is given.
    fn column_measure(&self, column: &str) -> String {
        if let Some(measure) = self.named(column).and_then(|own| own.measure.as_ref()) {
            return measure.text(self.lang).to_owned();
        }
        if let Some(spec) = self.indicator_of(column).and_then(|at| self.results.spec(at)) {
            return spec.measure.text(self.lang).to_owned();
        }
        let raw = &self.results.inputs.dataset.raw;
        raw.iter().find(|c| c.column == column).map(|c| c.measure.clone()).unwrap_or_default()
    }

    fn named(&self, column: &str) -> Option<&ColumnName> {
        self.results.inputs.columns.iter().find(|own| own.column == column)
    }

    /// The indicator that is the column itself.
    fn indicator_of(&self, column: &str) -> Option<NodeAt> {
        let is = |at: &NodeAt| {
            self.results.spec(*at).is_some_and(|spec| spec.value.as_column() == Some(column))
        };
        self.results.config.method.indicators().find(is)
    }
}
