//! `rankpress compare`: the main result and variants side by side.

use serde_json::{Value, json};

use crate::project::Project;

const VARIANTS: &str = "variants:
  first:
    name: { zh: 首位指标, en: Minimum }
    aggregation: minimum
  even: { weighting: equal }
";

fn project() -> Project {
    Project::tiny().append("methodology.yaml", VARIANTS)
}

fn compared(arguments: &[&str]) -> String {
    let all: Vec<&str> = ["compare", "REPORT"].iter().chain(arguments).copied().collect();
    project().run(&all).succeeds().stdout
}

#[test]
fn all_variants_stand_beside_the_main_result() {
    insta::assert_snapshot!(compared(&[]));
}

#[test]
fn json_holds_what_the_text_says_at_full_precision() {
    let found: Value = serde_json::from_str(&compared(&["--variants", "first", "--json"])).unwrap();
    assert_eq!(
        (&found["schema"], &found["base"], &found["node"]),
        (&json!(1), &json!("main"), &json!("index"))
    );
    assert_eq!(found["columns"][1]["name"]["zh"], "首位指标");
    let units = found["units"].as_array().unwrap();
    let of = |column: usize, what: &str| -> Vec<Value> {
        units.iter().map(|u| u["results"][column][what].clone()).collect()
    };
    // The minimum of two minima: see the README of the fixture. Beijing 75, Shenzhen 37.5,
    // Hangzhou 40, Shanghai 0, Chengdu 20, Xi'an 0.
    assert_eq!(of(0, "rank"), [1, 2, 3, 4, 5, 6].map(Value::from));
    assert_eq!(of(1, "score"), [75.0, 37.5, 40.0, 0.0, 20.0, 0.0].map(Value::from));
    assert_eq!(of(1, "rank"), [1, 3, 2, 5, 4, 5].map(Value::from));
    assert_eq!(of(1, "shift"), [0, -1, 1, -1, 1, 1].map(Value::from));
    assert_eq!(of(1, "tied")[3], true);
    let own = &found["comparisons"][0];
    assert_eq!(
        (&own["id"], &own["units"], &own["largest_shift"]),
        (&json!("first"), &json!(6), &json!(1))
    );
    assert!((own["mean_shift"].as_f64().unwrap() - 5.0 / 6.0).abs() < 1e-12);
    // 15 pairs: one tied in the variant, two the other way round, twelve alike.
    let tau = own["kendall_tau_b"].as_f64().unwrap();
    assert!((tau - 10.0 / (14.0 * 15.0_f64).sqrt()).abs() < 1e-12);
    assert_eq!(own["top"][0], json!({ "k": 3, "base": 3, "other": 3, "shared": 3 }));
}

#[test]
fn the_first_is_the_base() {
    let there: Value =
        serde_json::from_str(&compared(&["--variants", "first,main", "--json"])).unwrap();
    let back: Value =
        serde_json::from_str(&compared(&["--variants", "main,first", "--json"])).unwrap();
    assert_eq!(there["base"], "first");
    let own = |v: &Value, what: &str| v["comparisons"][0][what].clone();
    for same in ["spearman", "kendall_tau_b", "mean_shift", "largest_shift"] {
        assert_eq!(own(&there, same), own(&back, same), "{same}");
    }
    let shenzhen = |v: &Value| {
        let movers = own(v, "movers");
        movers.as_array().unwrap().iter().find(|m| m["unit"] == "440300").unwrap()["shift"].clone()
    };
    assert_eq!((shenzhen(&there), shenzhen(&back)), (json!(1), json!(-1)));
}

#[test]
fn a_node_is_compared_like_the_index() {
    let found = compared(&["--variants", "first", "--node", "vitality"]);
    assert!(found.starts_with("vitality  创新活力  Vitality\n[1] main"), "{found}");
    assert!(!found.contains("tier"), "tiers are of the index alone: {found}");
}

#[test]
fn what_is_not_there_is_told() {
    let said = |arguments: &[&str]| project().run(arguments).ends_with(2).stderr;
    assert_eq!(
        said(&["compare", "REPORT", "--variants", "main,frist"]),
        "error: the methodology has no variant `frist`; did you mean `first`?\n"
    );
    assert_eq!(
        said(&["compare", "REPORT", "--variants", "main"]),
        "error: `main` alone is nothing to compare; name a variant too\n"
    );
    assert_eq!(
        said(&["compare", "REPORT", "--node", "vitalty"]),
        "error: the framework has no node `vitalty`; did you mean `vitality`?\n"
    );
    assert_eq!(
        Project::tiny().run(&["compare", "REPORT"]).ends_with(2).stderr,
        "error: the methodology has no variants to compare; name some under `variants`\n"
    );
    let named =
        Project::tiny().append("methodology.yaml", "variants: { main: { weighting: cv } }\n");
    let said = named.run(&["check", "REPORT", "--message-format", "short"]).ends_with(1).stderr;
    assert!(
        said.contains("error[config/invalid]: `main` is the name of the main result"),
        "{said}"
    );
}

#[test]
fn what_a_variant_leaves_out_is_as_if_it_were_screened_out() {
    let variant = "variants: { lean: { nodes: { patents: { omit: true } } } }\n";
    let lean = Project::tiny().append("methodology.yaml", variant);
    let excluded = "screening: { exclude: [{ indicator: patents, reason: { zh: 甲, en: a } }] }\n";
    let screened = Project::tiny().append("methodology.yaml", excluded);
    let ranking = |project: &Project, arguments: &[&str]| -> Value {
        let ran = project.run(arguments);
        serde_json::from_str::<Value>(&ran.ends_with(0).stdout).unwrap()["nodes"].clone()
    };
    let own = ranking(&lean, &["rank", "REPORT", "--variant", "lean", "--all", "--json"]);
    assert_eq!(own, ranking(&screened, &["rank", "REPORT", "--all", "--json"]));
    assert_ne!(own, ranking(&Project::tiny(), &["rank", "REPORT", "--all", "--json"]));
    let misspelt =
        Project::tiny().append("methodology.yaml", &variant.replace("patents", "patens"));
    let told = misspelt.run(&["check", "REPORT", "-q"]).ends_with(1).stderr;
    assert!(told.contains("did you mean `patents`?"), "{told}");
}
