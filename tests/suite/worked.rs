//! The tiny report against the tables worked by hand in its README.

use crate::project::{Project, repository};

/// A row of numbers by column, for every city; `None` for a dash.
type Worked = Vec<(String, Vec<Option<f64>>)>;

/// The table of the README whose header starts with these columns.
fn worked(columns: &[&str]) -> Worked {
    let readme = std::fs::read_to_string(repository("tests/fixtures/tiny/README.md")).unwrap();
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let mut lines = readme.lines().skip_while(|line| {
        !cells(line).starts_with(&columns.iter().map(|&c| c.to_owned()).collect::<Vec<_>>())
    });
    lines
        .by_ref()
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells = cells(line);
            let numbers = cells[1..].iter().map(|cell| cell.replace(',', "").parse().ok());
            (cells[0].clone(), numbers.collect())
        })
        .collect()
}

fn close(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
        _ => a == b,
    }
}

#[test]
fn values_are_those_worked_by_hand() {
    let results = Project::tiny().results();
    let table = worked(&["city", "firms", "labs", "population"]);
    assert_eq!(table.len(), 6);
    for (city, row) in table {
        let unit = results.find_unit(&city).unwrap();
        for (node, wanted) in ["firms", "labs_per_million", "energy", "patents"]
            .into_iter()
            .zip([row[0], row[3], row[4], row[5]])
        {
            let found = results.cell(unit, results.find_node(node).unwrap()).map(|c| c.value);
            assert!(close(found, wanted), "{node} of {city}: {found:?}, by hand {wanted:?}");
        }
    }
}

#[test]
fn scores_ranks_and_tiers_are_those_worked_by_hand() {
    let results = Project::tiny().results();
    let nodes = ["firms", "labs_per_million", "base", "energy", "patents", "vitality", "index"];
    let table = worked(&["city", "firms", "labs/m"]);
    assert_eq!(table.len(), 6);
    for (city, row) in table {
        let unit = results.find_unit(&city).unwrap();
        for (code, &wanted) in nodes.iter().zip(&row) {
            let found = results.score(unit, results.find_node(code).unwrap());
            assert!(close(found, wanted), "{code} of {city}: {found:?}, by hand {wanted:?}");
        }
        let place = results.rank(unit, 0).map(f64::from);
        let tier = results.tier(unit).map(|t| f64::from(u32::try_from(t + 1).unwrap()));
        assert_eq!([place, tier], [row[7], row[8]], "rank and tier of {city}");
    }
}

#[test]
fn equal_scores_share_a_rank_and_leave_a_gap() {
    let results = Project::tiny().results();
    let ranks = |code: &str| {
        let own = results.at(results.find_node(code).unwrap());
        let named = |&unit: &usize| {
            (results.unit(unit).slug.clone(), own.ranks[unit].unwrap(), own.tied[unit])
        };
        own.order.iter().map(named).collect::<Vec<_>>()
    };
    let wanted = |rows: &[(&str, u32, bool)]| {
        rows.iter().map(|&(unit, rank, tied)| (unit.to_owned(), rank, tied)).collect::<Vec<_>>()
    };
    assert_eq!(
        ranks("energy"),
        wanted(&[
            ("shenzhen", 1, false),
            ("beijing", 2, true),
            ("hangzhou", 2, true),
            ("shanghai", 4, false),
            ("xian", 5, false),
        ])
    );
    assert_eq!(
        ranks("patents")[3..],
        wanted(&[("chengdu", 4, false), ("shanghai", 5, true), ("xian", 5, true)])
    );
}

#[test]
fn a_missing_value_lowers_coverage_and_nothing_else() {
    let results = Project::tiny().results();
    let chengdu = results.find_unit("chengdu").unwrap();
    let coverage = |code: &str| results.at(results.find_node(code).unwrap()).coverage[chengdu];
    assert!(close(Some(coverage("energy")), Some(0.0)));
    assert!(close(Some(coverage("vitality")), Some(0.75)));
    assert!(close(Some(coverage("index")), Some(0.6 + 0.4 * 0.75)));
    let known = results.index.status.iter().find(|s| s.status.is_none()).unwrap();
    assert!(close(Some(known.share), Some(0.4 * 0.25 / 6.0)), "one city of six lacks a tenth");
}

#[test]
fn tiers_are_the_best_of_all_divisions() {
    // 91.5 78.25 | 54 51.5 | 21.5 0: squares 87.78125 + 3.125 + 231.125.
    let results = Project::tiny().results();
    let tiers = results.index.tiers.unwrap();
    assert!(close(Some(tiers.sse), Some(322.031_25)));
    assert!(close(Some(tiers.goodness), Some(1.0 - 322.031_25 / 5_849.052_083_333_333)));
    assert_eq!(tiers.cuts(), [66.125, 36.5]);
}
