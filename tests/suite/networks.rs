//! Networks, flows and cascades through the program: known networks, order of rows, broken input.

use serde_json::{Value, json};

use crate::project::{Project, repository};

/// A project with a fixture of `tests/fixtures/networks`.
fn fixture(name: &str) -> Project {
    Project::tiny().overlay(&repository("tests/fixtures/networks").join(name))
}

fn survey(project: &Project) -> Value {
    let ran = project.run(&["network", "network.yaml", "--json", "-q"]).succeeds();
    assert!(!ran.stdout.contains("NaN") && !ran.stdout.contains("inf"), "{}", ran.stdout);
    serde_json::from_str(&ran.stdout).unwrap()
}

fn close(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap();
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

#[test]
fn the_karate_club() {
    let found = survey(&fixture("karate"));
    assert_eq!((&found["schema"], &found["network"]), (&json!(1), &json!("karate")));
    let club = &found["snapshots"][0];
    assert_eq!(
        [&club["nodes"], &club["edges"], &club["pairs"], &club["diameter"], &club["triangles"]],
        [&json!(34), &json!(78), &json!(78), &json!(5), &json!(45)]
    );
    assert_eq!((&club["year"], &club["radius"]), (&Value::Null, &json!(3)));
    let keys: Vec<&str> = found.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys[..2], ["schema", "snapshots"]);
    let keys: Vec<&str> = club.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys[..15].join(" "),
        "year nodes edges pairs average_degree density diameter average_path_length \
         clustering_directed clustering_mean clustering_k2 transitivity modularity communities \
         reachable_pairs"
    );
    close(&club["average_degree"], 156.0 / 34.0);
    close(&club["average_path_length"], 2.408_199_643_493_761);
    close(&club["clustering_mean"], 0.570_638_478_208_004_5);
    close(&club["transitivity"], 0.255_681_818_181_818_2);
    close(&club["assortativity"]["undirected"], -0.475_613_097_684_614_3);
    let first = &found["degrees"]["page_rank"][0];
    assert_eq!((&first["node"], &first["total"]), (&json!("34"), &json!(17)));
    close(&first["page_rank"], 0.100_919_182_328_319_2);
    // Four of 34 members, then one, have 17 + 16 + 12 + 10 and 17 of the 156 ends.
    let held = &club["out_concentration"];
    close(&held["top_10_percent"], 55.0 / 156.0);
    close(&held["top_1_percent"], 17.0 / 156.0);
    close(&held["top_0_1_percent"], 17.0 / 156.0);
}

/// Every figure worked by hand: `a→b` thrice, `b→a`, `a→c`, `c→d`, `d→d`, `b→e`, `f→a`, `d→b`.
#[test]
fn a_multigraph_by_hand() {
    let found = survey(&fixture("multigraph"));
    let [early, late] = &found["snapshots"].as_array().unwrap()[..] else { panic!("two years") };
    assert_eq!(
        [&early["nodes"], &early["edges"], &early["pairs"]],
        [3, 4, 3].map(Value::from).each_ref()
    );
    assert_eq!(
        [&late["nodes"], &late["edges"], &late["pairs"]],
        [7, 10, 7].map(Value::from).each_ref()
    );
    assert_eq!([&late["mutual_pairs"], &late["loops"]], [1, 1].map(Value::from).each_ref());
    assert_eq!(
        [&late["sample_nodes"], &late["relation_nodes"]],
        [3, 4].map(Value::from).each_ref()
    );
    assert_eq!(late["edge_types"], json!({ "技术": 8, "资本": 2 }));
    close(&late["weight"], 13.0);
    let first = &found["degrees"]["total"][0];
    assert_eq!(
        [&first["node"], &first["in"], &first["out"], &first["total"], &first["rank"]],
        [&json!("a"), &json!(2), &json!(4), &json!(6), &json!(1)]
    );
    // A subnetwork by nodes takes what they are related to, one by edges their ends.
    let parts = found["subnetworks"].as_array().unwrap();
    let edges: Vec<&Value> = parts.iter().map(|p| &p["snapshots"][1]["edges"]).collect();
    let nodes: Vec<&Value> = parts.iter().map(|p| &p["snapshots"][1]["nodes"]).collect();
    assert_eq!((edges, nodes), (vec![&json!(8), &json!(2)], vec![&json!(7), &json!(3)]));
}

#[test]
fn flows_of_the_multigraph_by_hand() {
    let found = survey(&fixture("multigraph"));
    let flows = &found["flows"][0];
    assert_eq!(flows["level"], "province");
    let late = &flows["years"][1];
    // All but the edge of the node abroad: 3 Beijing → Shanghai, and one each of six others.
    assert_eq!(
        [&late["edges"], &late["located"], &late["intra"]],
        [10, 9, 2].map(Value::from).each_ref()
    );
    close(&late["coverage"], 0.9);
    let first = &late["pairs"][0];
    assert_eq!(
        [&first["from"], &first["to"], &first["kind"]],
        ["北京市", "上海市", "across"].map(Value::from).each_ref()
    );
    close(&first["share"], 3.0 / 9.0);
    close(&first["expected"], 5.0 * 4.0 / 9.0);
    close(&first["lift"], 27.0 / 20.0);
    assert_eq!(
        late["balances"][0],
        json!({
            "place": "北京市", "out": 5, "in": 2,
            "out_share": 5.0 / 9.0, "in_share": 2.0 / 9.0, "net": 3,
        })
    );
    for year in flows["years"].as_array().unwrap() {
        let sum = |key: &str| -> f64 {
            year["balances"].as_array().unwrap().iter().map(|b| b[key].as_f64().unwrap()).sum()
        };
        assert!((sum("out_share") - 1.0).abs() < 1e-12 && (sum("in_share") - 1.0).abs() < 1e-12);
        let rows =
            year["matrix"].as_array().unwrap().iter().zip(year["balances"].as_array().unwrap());
        for (row, balance) in rows {
            let given: u64 = row.as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).sum();
            assert_eq!(balance["out"], given);
        }
    }
}

#[test]
fn a_cascade_by_hand() {
    let found = survey(&fixture("multigraph"));
    let firms = &found["cascades"][0];
    assert_eq!([&firms["totals"], &firms["located"]], [&json!([3, 7]), &json!([3, 6])]);
    let levels: Vec<&str> =
        firms["levels"].as_array().unwrap().iter().map(|l| l["level"].as_str().unwrap()).collect();
    assert_eq!(levels, ["region", "agglomeration", "province", "city"]);
    let agglomerations = &firms["levels"][1]["years"][1]["ranked"];
    assert_eq!(
        agglomerations[0],
        json!({ "place": "长三角", "count": 3, "share": 0.5, "rank": 1 })
    );
    // Two of each in the last year, a leader of its own in the first: nobody always leads.
    assert_eq!(firms["levels"][2]["always_leading"], Value::Null);
    let growth = &firms["categories"]["growth"];
    assert_eq!(growth["ranked"][0]["category"], "平台");
    close(&growth["ranked"][0]["yearly"], 0.5);
    assert_eq!(growth["below_base"], json!(["芯片"]));
}

/// The rows of every table the other way round: the same bytes.
#[test]
fn the_order_of_rows_reaches_nothing() {
    for name in ["karate", "multigraph"] {
        let project = fixture(name);
        let before = project.run(&["network", "network.yaml", "--json", "-q"]).succeeds().stdout;
        let mut turned = fixture(name);
        for file in ["nodes.csv", "edges.csv"] {
            if turned.path(file).exists() {
                let text = turned.text(file);
                let (head, rows) = text.split_once('\n').unwrap();
                let mut rows: Vec<&str> = rows.lines().collect();
                rows.reverse();
                turned = turned.write(file, format!("{head}\n{}\n", rows.join("\n")));
            }
        }
        let after = turned.run(&["network", "network.yaml", "--json", "-q"]).succeeds().stdout;
        assert_eq!(before, after, "{name}");
        let one = project
            .run_with(&["network", "network.yaml", "--json", "-q"], &[("RAYON_NUM_THREADS", "1")]);
        assert_eq!(before, one.stdout, "{name} on one thread");
    }
}

/// A network of two tables given as text.
fn tables(nodes: &str, edges: &str) -> Project {
    let yaml = "schema-version: 1\nnetworks:\n  - { id: n, nodes: { file: n.csv }, edges: { file: e.csv } }\n";
    Project::tiny().write("network.yaml", yaml).write("n.csv", nodes).write("e.csv", edges)
}

#[test]
fn networks_of_next_to_nothing() {
    let none = survey(&tables("id\n", "source,target\n"));
    let found = &none["snapshots"][0];
    assert_eq!((&found["nodes"], &found["average_degree"]), (&json!(0), &Value::Null));
    let one = survey(&tables("id\na\n", "source,target\n"));
    let found = &one["snapshots"][0];
    assert_eq!((&found["density"], &found["diameter"]), (&Value::Null, &json!(0)));
    let project = tables("id\na\nb\n", "source,target\na,a\na,a\n");
    let loops = survey(&project);
    let found = &loops["snapshots"][0];
    assert_eq!((&found["loops"], &found["average_path_length"]), (&json!(2), &Value::Null));
    let text = project.run(&["network", "network.yaml", "-q"]).succeeds().stdout;
    assert!(text.contains('—') && !text.contains("NaN"), "{text}");
}

/// Without direction an edge counts at both ends, and a loop twice at its one.
#[test]
fn an_undirected_loop_counts_twice_in_the_degree() {
    let yaml = "schema-version: 1\nnetworks:\n  - { id: a, edges: { file: e.csv }, direction: undirected }\n";
    let edges = "from,to\nx,y\ny,x\ny,y\n";
    let found = survey(&Project::tiny().write("network.yaml", yaml).write("e.csv", edges));
    let all = &found["snapshots"][0];
    let counts = [&all["edges"], &all["pairs"], &all["loops"], &all["reachable_pairs"]];
    assert_eq!(counts, [3, 1, 1, 2].map(Value::from).each_ref());
    assert_eq!((&all["average_degree"], &all["density"]), (&json!(3.0), &json!(1.0)));
    let first = &found["degrees"]["total"][0];
    assert_eq!((&first["node"], &first["total"]), (&json!("y"), &json!(4)));
}

#[test]
fn several_networks_stand_in_a_list() {
    let yaml = "schema-version: 1\nnetworks:\n  - { id: a, edges: { file: e.csv } }\n  - { id: b, edges: { file: e.csv } }\n";
    let project = Project::tiny().write("network.yaml", yaml).write("e.csv", "from,to\nx,y\n");
    let found = survey(&project);
    let ids: Vec<&Value> =
        found["networks"].as_array().unwrap().iter().map(|n| &n["network"]).collect();
    assert_eq!((ids, found.get("snapshots")), (vec![&json!("a"), &json!("b")], None));
}

/// A file in GB 18030 and a semicolon table read as they do elsewhere.
#[test]
fn tables_of_networks_are_tables_like_others() {
    let yaml = "schema-version: 1\nnetworks:\n  - { id: a, edges: { file: e.csv } }\n";
    let text = [&b"\xc6\xf0\xb5\xe3;\xd6\xd5\xb5\xe3\n"[..], b"\xbc\xd7;\xd2\xd2\n"].concat(); // 起点;终点 甲;乙
    let project = Project::tiny().write("network.yaml", yaml).write("e.csv", text);
    let found = survey(&project);
    assert_eq!(found["degrees"]["out"][0]["node"], "甲");
}

#[test]
fn mistakes_are_told_with_their_place() {
    let project = fixture("multigraph")
        .replace("nodes.csv", "b,乙企业,Beta,上海", "a,乙企业,Beta,上海滩")
        .replace("edges.csv", "c,d,技术,2021,1", "c,d,技术,20211,-1")
        .replace("network.yaml", "category == '平台'", "categry == '平台'");
    let ran = project.run(&["network", "network.yaml", "--message-format", "short"]).ends_with(1);
    let told: Vec<&str> = ran.stderr.lines().collect();
    for expected in [
        "nodes.csv:3:12: error[data/unknown-unit]: the gazetteer has no unit `上海滩`",
        "nodes.csv:3:1: error[data/duplicate-value]: node `a` stands twice",
        "edges.csv:7:8: error[data/bad-cell]: `20211` is not a year",
        "edges.csv:7:14: error[data/bad-cell]: the weight `-1` is below zero",
        "network.yaml:12:67: error[config/unknown-name]: table `multigraph` has no column `categry`",
    ] {
        assert!(told.contains(&expected), "{expected}\n{}", ran.stderr);
    }
    let project = fixture("multigraph").replace(
        "network.yaml",
        "years: [2020, 2021], nodes",
        "years: [2021, 2020], node",
    );
    let ran = project.run(&["network", "network.yaml", "--message-format", "short"]).ends_with(1);
    assert!(ran.stderr.contains("`snapshots` has no key `node`"), "{}", ran.stderr);
}

/// Sums of weights that no number can hold are refused where they begin; an end left out is named.
#[test]
fn weights_stay_finite_and_ends_are_named() {
    let edges = "source,target,weight\na,a,1e308\na,a,1e15\n,a,1\n";
    let project = tables("id\na\n", edges);
    let ran = project.run(&["network", "network.yaml"]).ends_with(1);
    for expected in ["the weight `1e308` is above 10^15", "are not among the nodes", "^ empty"] {
        let single = expected.replace("are not", "is not");
        assert!(ran.stderr.contains(expected) || ran.stderr.contains(&single), "{}", ran.stderr);
    }
    assert!(!ran.stderr.contains("`1e15`"), "{}", ran.stderr);
}

/// A report with networks keeps them beside its index.
#[test]
fn a_report_keeps_its_networks() {
    let networks =
        "networks:\n  - { id: karate, edges: { file: edges.csv }, direction: undirected }\n";
    let report = repository("tests/fixtures/tiny/report.yaml");
    let report = std::fs::read_to_string(report).unwrap();
    let project = fixture("karate")
        .write("report.yaml", report.replace("sections:", &format!("{networks}sections:")));
    let files = project.build();
    let results: Value = serde_json::from_slice(&files["results.json"]).unwrap();
    assert_eq!(results["networks"][0]["snapshots"][0]["edges"], 78);
    let alone = project.run(&["network", "report.yaml", "--json"]).succeeds().stdout;
    let alone: Value = serde_json::from_str(&alone).unwrap();
    assert_eq!(alone["snapshots"], results["networks"][0]["snapshots"]);
}

/// What contradicts in the tables of a published report is told, and nothing else.
#[test]
fn published_statistics_are_held_against_each_other() {
    let project = fixture("published");
    let ran = project.run(&["network", "network.yaml", "--message-format", "short"]).succeeds();
    let told: Vec<&str> = ran
        .stderr
        .lines()
        .filter_map(|line| line.split_once(": warning[network/published]: "))
        .map(|(_, message)| message)
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    assert!(ran.stdout.contains("2.724") && ran.stdout.contains("30765"), "{}", ran.stdout);
}

#[test]
fn a_sample_network_is_a_project() {
    let project = Project::tiny();
    let numbers = ["--nodes", "300", "--edges", "800", "--seed", "7"];
    let sample = [&["sample", "network"][..], &numbers, &["--out", "made"]].concat();
    let wrote = project.run(&sample).succeeds().stdout;
    assert_eq!(wrote.lines().count(), 5, "{wrote}");
    let files = project.files("made");
    for name in ["report.yaml", "methodology.yaml"] {
        assert!(files[name].starts_with(b"# Illustrative: made up"), "{name}");
    }
    for name in ["nodes.csv", "edges.csv"] {
        let text = String::from_utf8(files[name].clone()).unwrap();
        assert!(text.lines().skip(1).all(|row| row.ends_with(",illustrative")), "{name}");
    }
    // The same again gives the same; over what is there nothing is written.
    let again = [&["sample", "network"][..], &numbers, &["--out", "again"]].concat();
    project.run(&again).succeeds();
    assert_eq!(project.files("again"), files);
    let refused = project.run(&sample).ends_with(1);
    assert!(refused.stderr.contains("is there already"), "{}", refused.stderr);
    project
        .run(&["sample", "network", "--nodes", "-1", "--edges", "0", "--seed", "1"])
        .ends_with(2);

    let ran = project.run(&["network", "made/report.yaml", "--json", "--betweenness", "-q"]);
    let found: Value = serde_json::from_str(&ran.succeeds().stdout).unwrap();
    let years = found["snapshots"].as_array().unwrap();
    assert_eq!(
        (years.len(), &years[8]["nodes"], &years[8]["edges"]),
        (9, &json!(300), &json!(800))
    );
    close(&found["flows"][0]["years"][8]["coverage"], 1.0);
    assert!(found["degrees"]["betweenness"][0]["betweenness"].as_f64().unwrap() > 0.0);
    let community = &found["communities"][0];
    assert!(community["members"].as_array().unwrap().len() == 5, "{community}");
    project.run(&["check", "made/report.yaml", "-q"]).succeeds();
}

#[test]
fn betweenness_of_the_karate_club() {
    let project = fixture("karate");
    let ran = project.run(&["network", "network.yaml", "--json", "--betweenness"]).succeeds();
    let found: Value = serde_json::from_str(&ran.stdout).unwrap();
    let first = &found["degrees"]["betweenness"];
    assert_eq!((&first[0]["node"], &first[1]["node"]), (&json!("1"), &json!("34")));
    close(&first[0]["betweenness"], 231.071_428_571_428_58);
    close(&first[1]["betweenness"], 160.551_587_301_587_3);
    close(&found["snapshots"][0]["modularity"], 0.419_789_612_097_304_4);
    let communities = found["communities"].as_array().unwrap();
    assert_eq!(communities.len(), 4);
    assert_eq!(communities[0]["members"][0]["rank"], 1);
    assert_eq!(communities.iter().map(|c| c["nodes"].as_u64().unwrap()).sum::<u64>(), 34);
}
