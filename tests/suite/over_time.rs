//! An edition against the one before it, and several years in one data set, through the program.

use serde_json::Value;

use crate::project::Project;

/// An edition for 2021 in which Shanghai has 750 patents: 50 points in place of 0, and the third
/// place in place of the fourth.
fn with_earlier() -> Project {
    let project = Project::tiny();
    let data = project.text("indicators.csv").replace(",2022,", ",2021,");
    let data = data
        .replace("310000,patents,2021,500", "310000,patents,2021,750")
        .replace("330100,firms,2021,64", "330100,firms,2021,60");
    let method = project.text("methodology.yaml").replace("year: 2022", "year: 2021");
    let report = "schema-version: 1\n\
        report: { id: before, title: { zh: 前, en: Before }, edition: 2021, date: 2023-06-30 }\n\
        methodology: methodology.yaml\n\
        cities: { gazetteer: ../cities.csv, where: \"sample == 'tiny'\" }\n\
        data: [{ file: indicators.csv, layout: long }]\n\
        sources: ../sources.csv\n\
        sections: [cover]\n";
    project
        .write("before/indicators.csv", data)
        .write("before/methodology.yaml", method)
        .write("before/report.yaml", report)
        .append("report.yaml", "previous-edition: before\n")
}

fn results(project: &Project) -> Value {
    serde_json::from_slice(&project.build()["results.json"]).unwrap()
}

/// Rank before, rank and parts at the index, by unit.
fn changes(results: &Value) -> Vec<(String, i64, i64, Value)> {
    let units = results["changes"]["nodes"][0]["units"].as_array().unwrap();
    let number = |value: &Value| value.as_i64().unwrap();
    units
        .iter()
        .map(|own| {
            let code = own["unit"].as_str().unwrap().to_owned();
            (code, number(&own["rank_before"]), number(&own["rank"]), own["parts"].clone())
        })
        .collect()
}

fn parts(sample: f64, method: f64, own: f64, others: f64) -> Value {
    serde_json::json!({
        "sample": sample, "method": method, "own_data": own, "others_data": others,
    })
}

#[test]
fn changes_are_split_from_the_earlier_report() {
    let project = with_earlier();
    let found = changes(&results(&project));
    let of = |code: &str| found.iter().find(|own| own.0 == code).unwrap().clone();
    assert_eq!(of("310000"), ("310000".to_owned(), 3, 4, parts(0.0, 0.0, -1.0, 0.0)));
    assert_eq!(of("330100"), ("330100".to_owned(), 4, 3, parts(0.0, 0.0, 0.0, 1.0)));
    assert_eq!(of("110000"), ("110000".to_owned(), 1, 1, parts(0.0, 0.0, 0.0, 0.0)));
    let text = project.run(&["rank", "REPORT"]).succeeds().stdout;
    assert!(text.contains("2021  change  city"), "{text}");
    let shanghai = text.lines().find(|line| line.ends_with("Shanghai")).unwrap();
    assert!(shanghai.contains("3      -1"), "{shanghai}");
    let csv = project.run(&["rank", "REPORT", "--csv"]).succeeds().stdout;
    assert!(
        csv.starts_with(
            "node,level,unit,name_zh,name_en,score,rank,coverage,previous_rank,change\n"
        )
    );
}

#[test]
fn a_change_of_method_and_of_sample_are_their_own_parts() {
    // Patents alone made the index, and Xi'an was not in the sample: Shenzhen, Beijing, Shanghai
    // (750), Hangzhou, Chengdu.
    let project = with_earlier()
        .replace("before/methodology.yaml", "weight: 3", "weight: 30000")
        .replace("before/methodology.yaml", "weight: 0.6", "weight: 0.0001")
        .replace("before/report.yaml", "sample == 'tiny'", "sample == 'tiny' and code != '610100'");
    let found = results(&project);
    assert_eq!(found["changes"]["entered"], serde_json::json!(["610100"]));
    let found = changes(&found);
    let of = |code: &str| found.iter().find(|own| own.0 == code).unwrap().clone();
    assert_eq!(of("110000"), ("110000".to_owned(), 2, 1, parts(0.0, 1.0, 0.0, 0.0)));
    assert_eq!(of("440300"), ("440300".to_owned(), 1, 2, parts(0.0, -1.0, 0.0, 0.0)));
    for (_, before, now, parts) in found {
        let halves = parts.as_object().unwrap().values().filter_map(Value::as_f64);
        let halves = halves.map(|part| (part * 2.0).to_string().parse::<i64>().unwrap());
        assert_eq!(halves.sum::<i64>(), 2 * (before - now));
    }
}

#[test]
fn published_results_are_taken_as_they_are() {
    let earlier = with_earlier();
    let built = earlier.run(&["build", "before/report.yaml", "--quiet"]).succeeds();
    assert!(built.stderr.is_empty(), "{}", built.stderr);
    let json = earlier.bytes("build/before/results.json");
    let project = Project::tiny()
        .write("2021/results.json", &json)
        .append("report.yaml", "previous-edition: 2021/results.json\n");
    let found = results(&project);
    assert_eq!(found["changes"]["is_split"], false);
    assert_eq!(found["changes"]["edition"], 2021);
    let found = changes(&found);
    assert_eq!(found[1], ("310000".to_owned(), 3, 4, Value::Null));

    let text = String::from_utf8(json).unwrap();
    let bad = |text: String| {
        let project = Project::tiny()
            .write("2021/results.json", text)
            .append("report.yaml", "previous-edition: 2021/results.json\n");
        project.run(&["rank", "REPORT"]).ends_with(1).stderr
    };
    let other = bad(text.replacen("\"schema\": 1", "\"schema\": 9", 1));
    assert!(other.contains("is of schema 9; this version reads schema 1"), "{other}");
    let cut = bad(text[..text.len() / 2].to_owned());
    assert!(cut.contains("is no `results.json` that can be read"), "{cut}");
    let gone = bad(text.replace("00\"", "99\""));
    assert!(gone.contains("has no unit in common"), "{gone}");
    let unit = bad(text.replacen("\"code\": \"610100\"", "\"code\": \"610199\"", 1));
    assert!(unit.contains("ranks `610100`, which is not among its units"), "{unit}");
}

#[test]
fn mistakes_about_the_earlier_edition_are_told() {
    let told = |project: Project| project.run(&["rank", "REPORT"]).ends_with(1).stderr;
    let missing = told(Project::tiny().append("report.yaml", "previous-edition: befor\n"));
    assert!(missing.contains("error[source/missing-file]"), "{missing}");
    let itself = told(Project::tiny().append("report.yaml", "previous-edition: report.yaml\n"));
    assert!(itself.contains("cannot be the one before itself"), "{itself}");
    let outside = told(Project::tiny().append("report.yaml", "previous-edition: ../before\n"));
    assert!(outside.contains("error[source/outside-project]"), "{outside}");
    let broken =
        told(with_earlier().replace("before/indicators.csv", "firms,2021,120", "firms,2021,x"));
    assert!(broken.contains("the previous edition"), "{broken}");
    let disjoint = with_earlier().replace(
        "before/report.yaml",
        "where: \"sample == 'tiny'\"",
        "include: [Xiamen, Qingdao]",
    );
    let disjoint = told(disjoint);
    assert!(disjoint.contains("error["), "{disjoint}");
}

#[test]
fn years_stand_side_by_side() {
    let project = Project::tiny();
    let data = project.text("indicators.csv");
    let (_, rows) = data.split_once('\n').unwrap();
    let earlier = rows.replace(",2022,", ",2021,").replace("patents,2021,1000", "patents,2021,300");
    let project = project.append("indicators.csv", &earlier);
    let years = "year: 2022\nyears: [2021, 2022]\n";
    let project = project.replace("methodology.yaml", "year: 2022\n", years);
    let json: Value =
        serde_json::from_str(&project.run(&["rank", "REPORT", "--json"]).succeeds().stdout)
            .unwrap();
    let ranking = json["nodes"][0]["ranking"].as_array().unwrap();
    let shenzhen = ranking.iter().find(|own| own["unit"] == "440300").unwrap();
    assert_eq!(shenzhen["rank"], 2);
    // Patents 0, so vitality 25 and the index 0.6 × 63.75 + 0.4 × 25 = 48.25 in 2021.
    assert_eq!(shenzhen["years"][0]["year"], 2021);
    assert!((shenzhen["years"][0]["score"].as_f64().unwrap() - 48.25).abs() < 1e-9);
    let text = project.run(&["rank", "REPORT"]).succeeds().stdout;
    assert!(text.contains("@2021"), "{text}");

    // Over both years patents run from 300 to 1000, and the scores of 2022 follow: Beijing 6 / 7.
    let pooled = project.replace(
        "methodology.yaml",
        "normalisation: { method: min-max, range: [0, 100] }",
        "normalisation: { method: min-max, range: [0, 100], over: pooled }",
    );
    let node = ["rank", "REPORT", "--node", "patents", "--json"];
    let json: Value = serde_json::from_str(&pooled.run(&node).succeeds().stdout).unwrap();
    let ranking = json["nodes"][0]["ranking"].as_array().unwrap();
    let beijing = ranking.iter().find(|own| own["unit"] == "110000").unwrap();
    assert!((beijing["score"].as_f64().unwrap() - 600.0 / 7.0).abs() < 1e-9);
    let shenzhen = ranking.iter().find(|own| own["unit"] == "440300").unwrap();
    assert_eq!(shenzhen["years"][0]["score"], 0.0);

    let absent = Project::tiny().replace("methodology.yaml", "year: 2022\n", years);
    let told = absent.run(&["rank", "REPORT"]).ends_with(1).stderr;
    assert!(told.contains("2021, one of `years`: no unit of the sample has a value"), "{told}");
}
