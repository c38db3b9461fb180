//! Long tables of indicators: a row per unit, indicator and year.

use std::collections::BTreeSet;

use crate::config::Input;
use crate::data::indicators::{self, Entry};
use crate::data::provenance::ProvenanceColumns;
use crate::data::raw_store::RawStore;
use crate::data::table::Table;
use crate::data::unit_cells::{Named, UnitCells};
use crate::data::{Context, fold, role};
use crate::diag::{Code, Diagnostic};

/// Reads every row about a unit of the sample; returns the indicators there are, or none if a
/// column is missing.
pub(super) fn read(
    table: &Table,
    input: &Input,
    store: &mut RawStore,
    context: Context<'_>,
) -> Option<BTreeSet<String>> {
    let Context { directory, findings, keys, .. } = context;
    let required =
        [role::UNIT, role::INDICATOR, role::VALUE].map(|role| table.require(role, findings));
    let [Some(unit), Some(indicator), Some(value)] = required else { return None };
    // 单位 may head the units or, beside 城市, their measures.
    let measure = table.column(role::MEASURE).filter(|&column| column != unit);
    let provenance = ProvenanceColumns::of(table, input);
    let measures = indicators::measures(input);
    let mut units = UnitCells::new(directory);
    let mut columns = BTreeSet::new();
    for row in &table.rows {
        let name = row.cell(indicator);
        let column = fold::narrow(&name.text);
        if column.is_empty() {
            findings.push(
                Diagnostic::error(
                    Code::DataBadCell,
                    format!("a row of `{}` names no indicator", table.path),
                )
                .at(row.span, ""),
            );
            continue;
        }
        store.know(&column, name.span);
        columns.insert(column.clone());
        let unit_cell = row.cell(unit);
        let position = match units.resolve(unit_cell) {
            Named::Sampled(position, _) => position,
            Named::Outside(_) => continue,
            Named::Nothing => {
                store.mark_damaged(&column);
                continue;
            }
        };
        let Some(provenance) = provenance.read(row, keys, findings) else {
            store.mark_damaged(&column);
            continue;
        };
        let told = row.filled(measure).map(|cell| cell.text.clone());
        let entry = Entry {
            unit: position,
            unit_text: &unit_cell.text,
            measure: told.or_else(|| measures.get(&column).cloned()).unwrap_or_default(),
            column,
            cell: row.cell(value),
            provenance,
        };
        indicators::add(entry, store, findings);
    }
    units.report(table, findings);
    Some(columns)
}

#[cfg(test)]
mod tests {
    use crate::config::Status;
    use crate::data::testing::{Project, codes};

    #[test]
    fn chinese_headers_in_gb_18030() {
        let text = "城市,指标,年份,数值,计量单位,状态,数据来源,备注\r\n\
            甲市,gdp,２０２２年,\"１，２３４．５\",亿元,官方,年鉴,初核\r\n乙,gdp,2022,—,亿元,,,\r\n";
        let (bytes, _, _) = encoding_rs::GB18030.encode(text);
        let project = Project::new().bytes("data.csv", &bytes);
        let inputs = project.load().unwrap().value;
        let raw = &inputs.dataset.raw;
        assert_eq!(raw.len(), 2);
        assert_eq!(raw[0].value, Some(1234.5));
        assert_eq!((raw[0].year, raw[0].status), (Some(2022), Status::Official));
        assert_eq!((raw[0].measure.as_str(), raw[0].note.as_str()), ("亿元", "初核"));
        assert_eq!((raw[1].value, raw[1].status), (None, Status::Secondary));
        assert_eq!(inputs.registry.sources[0].key, "年鉴");
        let cells = &inputs.dataset.indicators[0].cells;
        assert!(cells[0].is_some() && cells[1].is_none() && cells[2].is_none());
    }

    #[test]
    fn danwei_is_a_measure_beside_a_city() {
        let measure = |text: &str| {
            let inputs = Project::new().file("data.csv", text).load().unwrap().value;
            inputs.dataset.raw[0].measure.clone()
        };
        assert_eq!(measure("城市,指标,数值,单位\n甲,gdp,1,亿元\n"), "亿元");
        assert_eq!(measure("单位,指标,数值\n甲,gdp,1\n"), "");
    }

    #[test]
    fn every_bad_cell_is_told_with_its_place() {
        let text = "unit,indicator,year,value,status\n\
            甲,gdp,2020,12.3亿,\n甲,gdp,20x,1,\n甲,gdp,2021,1,offical\n甲,,2021,1,\n乙,gdp,2020,2,\n";
        let project = Project::new().file("data.csv", text);
        let found = project.fail();
        assert_eq!(
            codes(&found),
            ["data/not-a-number", "data/bad-cell", "data/bad-cell", "data/bad-cell"]
        );
        assert_eq!(found[0].message, "`12.3亿` is not a number: `gdp` of `甲` in 2020");
        assert_eq!(project.under(&found[0]), "12.3亿");
        assert!(found[0].help[0].contains("`12.3`"));
        assert_eq!(project.under(&found[1]), "20x");
    }

    #[test]
    fn two_values_are_told_with_both_places() {
        let text = "unit,indicator,year,value\n甲,gdp,2020,1\nAlpha,gdp,2020,1\n1,gdp,2021,1\n";
        let found = Project::new().file("data.csv", text).fail();
        assert_eq!(codes(&found), ["data/duplicate-value"]);
        assert_eq!(found[0].labels.len(), 2);
        assert_eq!(found[0].message, "`gdp` of `Alpha` has two values for 2020");
    }

    #[test]
    fn a_missing_value_is_no_second_value() {
        let text = "unit,indicator,value\n甲,gdp,—\n甲,gdp,5\n";
        let inputs = Project::new().file("data.csv", text).load().unwrap().value;
        assert_eq!(inputs.dataset.raw.len(), 1);
        assert_eq!(inputs.dataset.raw[0].value, Some(5.0));
    }

    #[test]
    fn an_unknown_unit_is_told_once() {
        let text = "unit,indicator,year,value\n甲,gdp,2020,1\nAlpa,gdp,2020,1\nAlpa,gdp,2021,1\n\
            ,gdp,2020,1\nYichun,gdp,2020,1\n";
        let cities = "code,name_zh,name_en,province_en\n1,甲市,Alpha,X\n2,伊春市,Yichun (A),A\n3,宜春市,Yichun (B),B\n";
        let project = Project::new().file("cities.csv", cities).file("data.csv", text);
        let found = project.fail();
        assert_eq!(codes(&found), ["data/unknown-unit", "data/bad-cell", "data/ambiguous-unit"]);
        assert_eq!(found[0].labels[0].text, "first of 2 rows");
        assert_eq!(found[0].help, ["did you mean `Alpha`?"]);
        assert_eq!(found[2].message, "`Yichun` may be 2 `Yichun (A)` in A or 3 `Yichun (B)` in B");
    }

    #[test]
    fn units_outside_the_sample_are_left_out() {
        let text = "unit,indicator,value,status\n甲,gdp,1,\n丙,gdp,bad,worse\n";
        let project = Project::new()
            .file("data.csv", text)
            .cities("{ gazetteer: cities.csv, include: [甲, 乙] }");
        assert_eq!(project.load().unwrap().value.dataset.raw.len(), 1);
    }

    #[test]
    fn half_a_long_header_is_a_mistake() {
        let found = Project::new().file("data.csv", "unit,indicatr,value\n甲,gdp,1\n").fail();
        assert_eq!(codes(&found), ["data/missing-column"]);
        assert!(found[0].help[0].contains("`indicatr`"));
    }
}
