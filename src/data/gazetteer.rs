//! The gazetteer: every unit there is, with its names and where it lies.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::TableFile;
use crate::data::fold;
use crate::data::localised::Pair;
use crate::data::names::{self, Lookup, NameIndex};
use crate::data::number;
use crate::data::role::{self, Role};
use crate::data::table::{Needed, Row, Table};
use crate::diag::{Code, Diagnostic, Findings, Span};
use crate::lang::Localised;
use crate::source::Sources;

/// A unit that can be ranked: a city.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Code, unique.
    pub code: String,
    /// Name in paths and templates, unique: `beijing`, `suzhou-anhui`.
    pub slug: String,
    /// Short name: 北京, Beijing.
    pub name: Localised<String>,
    /// Full name: 北京市, Beijing.
    pub full_name: Localised<String>,
    /// Province; may be empty.
    pub province: Localised<String>,
    /// Region; may be empty.
    pub region: Localised<String>,
    /// Agglomeration; empty if it is in none.
    pub agglomeration: Localised<String>,
    /// Administrative rank; may be empty.
    pub admin_rank: Localised<String>,
    /// Administrative rank as a word for programs; may be empty.
    pub admin_rank_code: String,
    /// Longitude in degrees.
    pub lon: Option<f64>,
    /// Latitude in degrees.
    pub lat: Option<f64>,
    /// Every column of its row, as text.
    pub extra: BTreeMap<String, String>,
}

impl Unit {
    /// Its short names for messages: `北京 (Beijing)`.
    #[must_use]
    pub fn both_names(&self) -> String {
        let Localised { zh, en } = &self.name;
        if zh == en { zh.clone() } else { format!("{zh} ({en})") }
    }
}

/// Every unit there is, in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    units: Vec<Unit>,
    names: NameIndex,
}

impl Gazetteer {
    /// Every unit.
    #[must_use]
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The unit of a code, a Chinese name or an English label.
    ///
    /// # Errors
    /// When no unit or more than one has that name.
    pub fn find(&self, name: &str) -> Result<&Unit, Lookup> {
        self.position(name).map(|at| &self.units[at])
    }

    /// Position among the units of the unit of a code, a Chinese name or an English label.
    ///
    /// # Errors
    /// When no unit or more than one has that name.
    pub fn position(&self, name: &str) -> Result<usize, Lookup> {
        match self.names.find(name) {
            [] => Err(Lookup::Unknown(names::suggest(name, &self.units))),
            [one] => Ok(*one),
            several => Err(Lookup::Ambiguous(
                several.iter().map(|&i| names::candidate(name, &self.units[i])).collect(),
            )),
        }
    }

    /// A gazetteer of these units.
    #[must_use]
    pub fn of(units: Vec<Unit>) -> Self {
        let names = NameIndex::of(&units);
        Self { units, names }
    }

    /// Reads the gazetteer.
    pub(super) fn load(
        sources: &mut Sources,
        from: &TableFile,
        findings: &mut Findings,
    ) -> Option<Self> {
        let table = Table::read(sources, from, findings)?;
        table.report_if_empty(Needed::Yes, findings);
        let columns = Columns::of(&table, findings)?;
        let mut units = Vec::new();
        let mut places: BTreeMap<String, Span> = BTreeMap::new();
        let mut slugs = BTreeSet::new();
        for row in &table.rows {
            let Some(mut unit) = columns.unit(&table, row, findings) else { continue };
            let span = row.cell(columns.code).span;
            if let Some(first) = places.insert(unit.code.clone(), span) {
                findings.push(
                    Diagnostic::error(
                        Code::DataDuplicateValue,
                        format!("unit `{}` stands twice in the gazetteer", unit.code),
                    )
                    .at(span, "again here")
                    .at(first, "first here"),
                );
            }
            if !slugs.insert(unit.slug.clone()) {
                unit.slug = format!("{}-{}", unit.slug, unit.code.to_lowercase());
            }
            units.push(unit);
        }
        Some(Self::of(units))
    }
}

struct Columns {
    code: usize,
    name: Pair,
    short_zh: Option<usize>,
    province: Pair,
    region: Pair,
    agglomeration: Pair,
    admin_rank: Pair,
    admin_rank_code: Option<usize>,
    lon: Option<usize>,
    lat: Option<usize>,
}

impl Columns {
    fn of(table: &Table, findings: &mut Findings) -> Option<Self> {
        let code = table.require(role::CODE, findings);
        let name = Pair::require(table, role::NAME, findings);
        Some(Self {
            code: code?,
            name: name?,
            short_zh: table.column(role::SHORT_ZH),
            province: Pair::of(table, role::PROVINCE),
            region: Pair::of(table, role::REGION),
            agglomeration: Pair::of(table, role::AGGLOMERATION),
            admin_rank: Pair::of(table, role::ADMIN_RANK),
            admin_rank_code: table.column(role::ADMIN_RANK_CODE),
            lon: table.column(role::LON),
            lat: table.column(role::LAT),
        })
    }

    fn unit(&self, table: &Table, row: &Row, findings: &mut Findings) -> Option<Unit> {
        let full_name = self.name.read(table, row, findings);
        let code = row.text(Some(self.code));
        for (value, what) in [(&code, "code"), (&full_name.zh, "name")] {
            if value.is_empty() {
                findings.push(
                    Diagnostic::error(
                        Code::DataBadCell,
                        format!("a unit of the gazetteer has no {what}"),
                    )
                    .at(row.span, ""),
                );
                return None;
            }
        }
        let slug = match fold::slug(&full_name.en) {
            empty if empty.is_empty() => code.to_lowercase(),
            slug => slug,
        };
        let short = row.filled(self.short_zh).map(|cell| cell.text.clone());
        let name = Localised::new(
            short.unwrap_or_else(|| names::shorten(&full_name.zh)),
            full_name.en.clone(),
        );
        Some(Unit {
            code,
            slug,
            name,
            province: self.province.read(table, row, findings),
            region: self.region.read(table, row, findings),
            agglomeration: self.agglomeration.read(table, row, findings),
            admin_rank: self.admin_rank.read(table, row, findings),
            admin_rank_code: row.text(self.admin_rank_code),
            lon: degrees(row, self.lon, role::LON, 180.0, findings),
            lat: degrees(row, self.lat, role::LAT, 90.0, findings),
            extra: row.named(table).collect(),
            full_name,
        })
    }
}

fn degrees(
    row: &Row,
    column: Option<usize>,
    role: Role,
    limit: f64,
    findings: &mut Findings,
) -> Option<f64> {
    let cell = row.filled(column)?;
    let found = match number::parse(&cell.text) {
        Ok(None) => return None,
        Ok(Some(number)) if number.value.abs() <= limit => return Some(number.value),
        Ok(Some(_)) => Diagnostic::error(
            Code::DataBadCell,
            format!("`{}` is no {}: degrees go up to {limit}", cell.text, role.name()),
        ),
        Err(why) => Diagnostic::error(
            Code::DataNotANumber,
            format!("`{}` is not a number; `{}` is in degrees", cell.text, role.name()),
        )
        .help(why.to_string()),
    };
    findings.push(found.at(cell.span, ""));
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::testing::{Project, codes};

    const CITIES: &str = "\
code,name_zh,short_zh,name_en,province_zh,province_en
110000,北京市,北京,Beijing,北京市,Beijing
220200,吉林市,吉林,Jilin,吉林省,Jilin
222400,延边朝鲜族自治州,延边,Yanbian,吉林省,Jilin
230700,伊春市,伊春,Yichun (Heilongjiang),黑龙江省,Heilongjiang
320500,苏州市,苏州,Suzhou,江苏省,Jiangsu
341300,宿州市,宿州,Suzhou (Anhui),安徽省,Anhui
360900,宜春市,宜春,Yichun (Jiangxi),江西省,Jiangxi
610100,西安市,西安,Xi'an,陕西省,Shaanxi
632500,海南藏族自治州,海南州,Hainan (Qinghai),青海省,Qinghai
";

    fn gazetteer() -> Gazetteer {
        Project::new().file("cities.csv", CITIES).gazetteer().0.unwrap()
    }

    #[test]
    fn names_of_every_kind_find_their_unit() {
        let gazetteer = gazetteer();
        let cases = [
            ("110000", "110000"),
            ("北京", "110000"),
            ("北京市", "110000"),
            (" Beijing ", "110000"),
            ("BEIJING", "110000"),
            ("Beijing City", "110000"),
            ("xian", "610100"),
            ("Xi an", "610100"),
            ("Xi’an", "610100"),
            ("陕西省西安市", "610100"),
            ("延边市", "222400"),
            ("Suzhou", "320500"),
            ("Suzhou, Jiangsu", "320500"),
            ("Suzhou, Anhui", "341300"),
            ("suzhou-anhui", "341300"),
        ];
        for (name, code) in cases {
            assert_eq!(gazetteer.find(name).unwrap().code, code, "{name}");
        }
    }

    #[test]
    fn names_that_fit_none_or_several() {
        let gazetteer = gazetteer();
        let Err(Lookup::Ambiguous(candidates)) = gazetteer.find("Yichun") else {
            panic!("two units")
        };
        assert_eq!(
            candidates,
            [
                "230700 `Yichun (Heilongjiang)` in Heilongjiang",
                "360900 `Yichun (Jiangxi)` in Jiangxi"
            ]
        );
        assert_eq!(gazetteer.find("Hainan"), Err(Lookup::Unknown(vec!["Hainan (Qinghai)".into()])));
        assert_eq!(gazetteer.find("Bejing"), Err(Lookup::Unknown(vec!["Beijing".into()])));
        assert_eq!(gazetteer.find("苏洲市"), Err(Lookup::Unknown(vec!["苏州".into()])));
        assert_eq!(gazetteer.find("北京城"), Err(Lookup::Unknown(vec!["北京".into()])));
        assert_eq!(gazetteer.find(""), Err(Lookup::Unknown(Vec::new())));
    }

    #[test]
    fn a_minimal_gazetteer_will_do() {
        let text = "代码,名称\n1,甲地区\n2,乙市\n";
        let (gazetteer, findings) = Project::new().file("cities.csv", text).gazetteer();
        assert!(!findings.failed());
        let gazetteer = gazetteer.unwrap();
        assert_eq!(gazetteer.find("乙").unwrap().slug, "2");
        assert_eq!(gazetteer.find("甲地").unwrap_err(), Lookup::Unknown(vec!["甲地区".into()]));
        assert_eq!(gazetteer.units()[1].extra["名称"], "乙市");
    }

    #[test]
    fn slugs_are_unique() {
        let text = "code,name_en\n1,Alpha\n2,Alpha\n";
        let (gazetteer, _) = Project::new().file("cities.csv", text).gazetteer();
        let slugs: Vec<String> = gazetteer.unwrap().units.into_iter().map(|u| u.slug).collect();
        assert_eq!(slugs, ["alpha", "alpha-2"]);
    }

    #[test]
    fn mistakes_are_found_together() {
        let text = "code,name_zh,lon,lat\n1,甲,abc,\n1,乙,500,1\n,丙,,\n";
        let (_, findings) = Project::new().file("cities.csv", text).gazetteer();
        let found = findings.finish(()).unwrap_err();
        assert_eq!(
            codes(&found),
            ["data/not-a-number", "data/bad-cell", "data/duplicate-value", "data/bad-cell"]
        );
        let (_, findings) = Project::new().file("cities.csv", "id,label\n1,x\n").gazetteer();
        assert_eq!(codes(&findings.finish(()).unwrap_err()), ["data/missing-column"; 2]);
    }
}
