//! `rank` and `explain`: intervals, groups, variants, shared ranks, weights and treated values.

use serde_json::{Value, json};

use crate::project::Project;

const UNCERTAIN: &str = "robustness: { replicates: 200, seed: 1, weights: { noise: 0.25 } }\n";
const VARIANT: &str =
    "variants: { even: { name: { zh: 等权, en: equal weights }, weighting: equal } }\n";

fn printed(project: &Project, arguments: &[&str]) -> String {
    project.run(arguments).succeeds().stdout
}

fn json(project: &Project, arguments: &[&str]) -> Value {
    serde_json::from_str(&printed(project, arguments)).unwrap()
}

#[test]
fn intervals_stand_beside_the_ranks_of_the_index() {
    let project = Project::tiny().append("methodology.yaml", UNCERTAIN);
    insta::assert_snapshot!(printed(&project, &["rank", "REPORT"]));
    let found = json(&project, &["rank", "REPORT", "--all", "--json"]);
    let simulated = json(&project, &["sensitivity", "REPORT", "--json"]);
    let index = found["nodes"][0]["ranking"].as_array().unwrap();
    let units = simulated["simulation"]["units"].as_array().unwrap();
    for (entry, unit) in index.iter().zip(units) {
        assert_eq!(entry["unit"], unit["unit"]);
        for quantile in ["median", "q05", "q95"] {
            assert_eq!(entry["interval"][quantile], unit[quantile]);
        }
    }
    // Ranks are followed at the dimensions unless the methodology says otherwise.
    let interval = &found["nodes"][1]["ranking"][0]["interval"];
    assert!(interval["q05"].as_f64().unwrap() <= interval["q95"].as_f64().unwrap());
    assert_eq!(found["nodes"][2]["ranking"][0].get("interval"), None, "not at indicators");
    let csv = printed(&project, &["rank", "REPORT", "--csv", "--all"]);
    let mut lines = csv.lines();
    assert_eq!(
        lines.next(),
        Some("node,level,unit,name_zh,name_en,score,rank,coverage,rank_median,rank_q05,rank_q95")
    );
    assert_eq!(lines.next(), Some("index,0,110000,北京,Beijing,91.5,1,1,1,1,1"));
    let base = lines.find(|line| line.starts_with("base,1,110000,")).unwrap();
    assert!(base.contains(&format!(",1,1,{},", interval["median"].as_f64().unwrap())), "{base}");
    assert!(lines.any(|line| line.starts_with("firms,2,110000,") && line.ends_with(",1,,,")));
    let told = printed(&project, &["explain", "REPORT", "shanghai"]);
    assert!(told.contains("rank 4 of 6, 90 % of ranks from "), "{told}");
}

#[test]
fn without_uncertainty_nothing_is_added() {
    let csv = printed(&Project::tiny(), &["rank", "REPORT", "--csv"]);
    assert!(csv.starts_with("node,level,unit,name_zh,name_en,score,rank,coverage\n"), "{csv}");
    let found = json(&Project::tiny(), &["rank", "REPORT", "--json"]);
    let first = found["nodes"][0]["ranking"][0].as_object().unwrap();
    let keys: Vec<&str> = first.keys().map(String::as_str).collect();
    assert_eq!(keys, ["unit", "name", "score", "rank", "coverage"]);
}

#[test]
fn ranks_within_groups() {
    insta::assert_snapshot!(printed(&Project::tiny(), &["rank", "REPORT", "--by", "region"]));
    let of = |by: &str, node: &str| {
        let found =
            json(&Project::tiny(), &["rank", "REPORT", "--by", by, "--node", node, "--json"]);
        let entries = found["nodes"][0]["ranking"].as_array().unwrap().clone();
        entries
            .into_iter()
            .map(|e| (e["unit"].as_str().unwrap().to_owned(), e["group"].clone()))
            .collect::<Vec<_>>()
    };
    // Labs per million: Beijing 100, Shanghai and Hangzhou 75, Shenzhen 37.5, Chengdu 25, Xi'an 0.
    let delta = of("agglomeration", "labs_per_million");
    let shared = json!({ "by": "agglomeration", "name": { "zh": "长三角", "en": "Yangtze River Delta" },
        "rank": 1, "size": 2, "tied": true });
    assert_eq!(delta[1], ("310000".to_owned(), shared.clone()));
    assert_eq!(delta[2], ("330100".to_owned(), shared));
    let rank = of("admin-rank", "index");
    let capitals: Vec<&Value> = rank
        .iter()
        .filter(|(_, g)| g["name"]["en"] == "Sub-provincial capital")
        .map(|(_, g)| &g["rank"])
        .collect();
    assert_eq!(capitals, [1, 2, 3]);
    let tiers: Vec<Value> =
        of("tier", "index").into_iter().map(|(_, g)| g["rank"].clone()).collect();
    assert_eq!(tiers, [1, 2, 1, 2, 1, 2].map(Value::from));
    let csv = printed(&Project::tiny(), &["rank", "REPORT", "--by", "province", "--csv"]);
    assert!(csv.starts_with("node,level,unit,name_zh,name_en,score,rank,coverage,group_zh,group_en,group_rank,group_size\n"));
    assert!(csv.contains("Xi'an,0,6,1,陕西省,Shaanxi,1,1\n"), "{csv}");
}

#[test]
fn units_in_no_group_and_without_a_rank_stand_last() {
    let project = Project::tiny().replace("cities.csv", "成渝,Chengdu-Chongqing,", ",,").replace(
        "methodology.yaml",
        "tiers: { method: natural-breaks, count: 3 }\n",
        "",
    );
    let text = printed(&project, &["rank", "REPORT", "--by", "agglomeration", "--node", "energy"]);
    assert!(text.ends_with("不属于任何一组  in none\ngroup   rank  城市              score  city\n    —      —  成都                  —  Chengdu\n\n"), "{text}");
    let said = project.run(&["rank", "REPORT", "--by", "tier"]).ends_with(2).stderr;
    assert_eq!(said, "error: the methodology forms no tiers; see `tiers`\n");
    let said = project.run(&["rank", "REPORT", "--by", "county"]).ends_with(2).stderr;
    assert!(
        said.contains("possible values: province, region, agglomeration, admin-rank, tier"),
        "{said}"
    );
}

#[test]
fn average_ranks_are_printed_where_the_methodology_asks_for_them() {
    let project = Project::tiny().replace("methodology.yaml", "ties: competition", "ties: average");
    let node = ["rank", "REPORT", "--node", "labs_per_million"];
    assert!(printed(&project, &node).contains("\n 2.5=  上海"));
    let csv = printed(&project, &[&node[..], &["--csv"]].concat());
    assert!(csv.lines().next().unwrap().ends_with(",coverage,average_rank"));
    assert!(csv.contains(",2,1,2.5\n"), "{csv}");
    let told = printed(&project, &["explain", "REPORT", "shanghai/labs_per_million"]);
    assert!(told.contains("score 75, rank 2.5= of 6"), "{told}");
}

#[test]
fn a_variant_takes_the_place_of_the_main_result() {
    let project = Project::tiny().append("methodology.yaml", &format!("{UNCERTAIN}{VARIANT}"));
    let found = json(&project, &["rank", "REPORT", "--variant", "even", "--json"]);
    assert_eq!(found["variant"], "even");
    let shenzhen = &found["nodes"][0]["ranking"][1];
    // (63.75 + 100) / 2, the patents and the energy alike at 100
    assert_eq!((&shenzhen["unit"], &shenzhen["score"]), (&json!("440300"), &json!(81.875)));
    assert_eq!(shenzhen.get("interval"), None, "intervals are of the main result");
    let told = printed(&project, &["explain", "REPORT", "shenzhen/index", "--variant", "even"]);
    assert!(told.starts_with("440300 深圳 (Shenzhen), variant even\n"), "{told}");
    assert!(
        told.contains(
            "base 产业基础 (Industrial base): score 63.75, rank 3 of 6, weight 0.5000 (equal)"
        ),
        "{told}"
    );
    let main = printed(&project, &["explain", "REPORT", "shenzhen/index"]);
    assert!(main.contains("weight 0.6000 (given)"), "{main}");
    for command in [["rank", "REPORT"].as_slice(), &["explain", "REPORT", "beijing"]] {
        let said = project.run(&[command, &["--variant", "evn"]].concat()).ends_with(2).stderr;
        assert_eq!(said, "error: the methodology has no variant `evn`; did you mean `even`?\n");
    }
}

#[test]
fn explain_marks_shared_ranks_and_tells_treatment_imputation_and_the_origin_of_weights() {
    let project = Project::tiny()
        .replace("methodology.yaml", "imputation: none", "imputation: mean")
        .replace(
            "methodology.yaml",
            "      - code: firms\n",
            "      - code: firms\n        treatment: { method: percentile-clamp, lower: 0.05, upper: 0.8 }\n",
        )
        .replace("methodology.yaml", "weighting: equal", "weighting: entropy");
    let told = printed(&project, &["explain", "REPORT", "beijing"]);
    insta::assert_snapshot!(told);
    let told = printed(&project, &["explain", "REPORT", "chengdu/energy"]);
    assert!(told.contains("filled in by `mean` of 5 other units"), "{told}");
    let found = json(&project, &["explain", "REPORT", "hangzhou/base", "--json"]);
    let firms = &found["node"]["children"][0];
    assert_eq!(firms["value"]["treatment"], "clamped");
    assert_eq!(firms["weighting"]["method"], "entropy");
    assert_eq!(firms["weighting"]["units"], 6);
    assert_eq!(found["node"]["children"][1]["tied"], true);
}

#[test]
fn results_hold_the_ranks_within_every_group() {
    let built = Project::tiny().build();
    let found: Value = serde_json::from_slice(&built["results.json"]).unwrap();
    let hangzhou = found["units"].as_array().unwrap().iter().find(|u| u["slug"] == "hangzhou");
    let groups = &hangzhou.unwrap()["groups"];
    assert_eq!(
        groups["region"],
        json!({
            "name": { "zh": "东部", "en": "Eastern" }, "rank": 3, "size": 4, "tied": false
        })
    );
    assert_eq!((&groups["tier"]["rank"], &groups["admin_rank"]["size"]), (&json!(1), &json!(3)));
}
