//! The functions templates can call, apart from the sentence helpers (`speech`).

#![expect(
    clippy::unnecessary_wraps,
    reason = "all helpers have one type, so that one table holds them"
)]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use minijinja::value::{Kwargs, Rest, Value};
use minijinja::{Environment, Error, State};

use crate::charts::Theme;
use crate::content::arguments::Arguments;
use crate::content::block::{Block, Half, Profile, Tile};
use crate::content::comparison::{agreement, pairs};
use crate::content::conditions;
use crate::content::figures::Drawing;
use crate::content::groups::{self, groups};
use crate::content::method_text;
use crate::content::network_text;
use crate::content::objects;
use crate::content::phrase::Phrase;
use crate::content::printed::PRINTED;
use crate::content::put::{Put, Store, Subject, Thing};
use crate::content::quality_text;
use crate::content::reading_text;
use crate::content::results::{NodeAt, Results, UnitAt};
use crate::content::sentences::Speaker;
use crate::content::tables::Setting;
use crate::content::uncertain;
use crate::content::words::{count_before_noun, join, ordinal, period};
use crate::index::Grouping;
use crate::lang::Lang;
use crate::num::fixed;

/// What the functions of one language share.
#[derive(Clone)]
pub struct Desk {
    /// What there is to say.
    pub results: Arc<Results>,
    /// How charts are drawn.
    pub theme: Arc<Theme>,
    /// The language of the sections.
    pub lang: Lang,
    /// Where expressions leave what they put.
    pub store: Store,
    findings: Arc<AtomicUsize>,
}

impl Desk {
    /// A desk for one language.
    #[must_use]
    pub fn new(results: Arc<Results>, theme: Arc<Theme>, lang: Lang) -> Self {
        Self { results, theme, lang, store: Store::default(), findings: Arc::default() }
    }

    fn unit(&self, at: UnitAt) -> Value {
        objects::unit(&self.results, at, self.lang)
    }

    fn node(&self, at: NodeAt) -> Value {
        objects::node(&self.results, at, self.lang)
    }

    /// Id of a printed quantity of a unit.
    fn id(&self, unit: UnitAt, node: NodeAt, what: &str) -> String {
        format!("{}/{}/{what}", self.results.unit(unit).slug, self.results.node(node).code)
    }

    /// A number as a template value that is printed and compared: it stays a number in conditions.
    fn number(&self, value: Option<f64>, decimals: usize) -> String {
        value.map_or_else(|| "—".to_owned(), |v| fixed(v, decimals, self.lang))
    }
}

/// The fewest ranked units of a group in which a rank is worth telling in a heading.
const LEAST_IN_GROUP: usize = 3;

/// A helper: its desk, its arguments, and the state for those that call back.
type Helper = fn(&Desk, &mut Arguments<'_>, &mut State<'_, '_>) -> Result<Value, Error>;

/// Every function here with its name, for registering and for suggestions.
const HELPERS: &[(&str, Helper)] = &[
    ("unit", unit),
    ("units", units),
    ("top", top),
    ("bottom", bottom),
    ("node", node),
    ("dimensions", dimensions),
    ("sub_dimensions", sub_dimensions),
    ("indicators", indicators),
    ("rank", rank),
    ("score", score),
    ("value", value),
    ("mean", mean),
    ("tier", tier),
    ("tier_list", tier_list),
    ("group_list", group_list),
    ("group_rank", group_rank),
    ("case_list", case_list),
    ("ranking_list", ranking_list),
    ("rho", rho),
    ("tau", tau),
    ("published_rank", published_rank),
    ("movers", movers),
    ("previous_edition", previous_edition),
    ("gained", gained),
    ("fact", fact),
    ("fact_period", fact_period),
    ("lit", lit),
    ("ordinal", ordinal_word),
    ("number_word", number_word),
    ("join", join_list),
    ("percent", percent),
    ("status_share", status_share),
    ("event_tables", event_tables),
    ("events_count", events_count),
    ("facts_count", facts_count),
    ("corrections_count", corrections_count),
    ("has_section", has_section),
    ("robustness", robustness),
    ("rank_interval", rank_interval),
    ("ref", reference),
    ("formula", formula),
    ("method_text", method_paragraph),
    ("method_formulas", method_formulas),
    ("quality_text", quality_paragraph),
    ("reading_text", reading_paragraph),
    ("network_list", network_list),
    ("cascade_list", cascade_list),
    ("network_text", network_paragraph),
    ("cascade_text", cascade_paragraph),
    ("has", has),
    ("tiles", tiles),
    ("profile", profile),
    ("finding", finding),
    ("callout", callout),
    ("side_by_side", side_by_side),
    ("new_page", new_page),
];

/// Names of all functions here.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    HELPERS.iter().map(|(name, _)| *name).chain(["figure", "table"])
}

/// Registers the functions in an environment.
pub(super) fn register(environment: &mut Environment<'static>, desk: &Desk) {
    for &(name, helper) in HELPERS {
        let desk = desk.clone();
        environment.add_function(
            name,
            move |state: &mut State<'_, '_>, args: Rest<Value>, named: Kwargs| {
                let mut arguments =
                    Arguments::new(&desk.results, name, args, named).telling(&desk.store);
                let value = helper(&desk, &mut arguments, state)?;
                arguments.finish()?;
                Ok(value)
            },
        );
    }
    let own = desk.clone();
    environment.add_function(
        "figure",
        move |args: Rest<Value>, named: Kwargs| -> Result<Value, Error> {
            let arguments = Arguments::new(&own.results, "figure", args, named).telling(&own.store);
            let drawing = Drawing {
                results: &own.results,
                theme: &own.theme,
                lang: own.lang,
                width_mm: None,
            };
            Ok(Thing::block(Block::Figure(drawing.figure(arguments)?)))
        },
    );
    let own = desk.clone();
    environment.add_function(
        "table",
        move |args: Rest<Value>, named: Kwargs| -> Result<Value, Error> {
            let arguments = Arguments::new(&own.results, "table", args, named).telling(&own.store);
            let setting = Setting { results: &own.results, lang: own.lang };
            Ok(Thing::block(Block::Table(setting.table(arguments)?)))
        },
    );
}

fn unit(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    Ok(desk.unit(args.unit("unit")?))
}

fn units(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let node = args.node_or_index("node")?;
    Ok(desk.results.order(node).iter().map(|&u| desk.unit(u)).collect())
}

fn top(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let node = args.node_or_index("node")?;
    let order = desk.results.order(node);
    match args.optional_count("n")? {
        Some(n) => Ok(order.iter().take(n).map(|&u| desk.unit(u)).collect()),
        None => match order.first() {
            Some(&first) => Ok(desk.unit(first)),
            None => Err(args.fail("no unit has a score")),
        },
    }
}

fn bottom(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let node = args.node_or_index("node")?;
    let n = args.count("n", 3)?;
    let order = desk.results.order(node);
    Ok(order.iter().skip(order.len().saturating_sub(n)).map(|&u| desk.unit(u)).collect())
}

fn node(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    Ok(desk.node(args.node("node")?))
}

fn dimensions(desk: &Desk, _: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let scored = desk.results.dimensions().into_iter().filter(|&n| is_scored(desk, n));
    Ok(scored.map(|n| desk.node(n)).collect())
}

/// Whether anybody has a score: there is nothing to tell at a node that was left out.
fn is_scored(desk: &Desk, node: NodeAt) -> bool {
    !desk.results.order(node).is_empty()
}

fn sub_dimensions(
    desk: &Desk,
    args: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    let node = args.node("node")?;
    let children = desk.results.node(node).children().iter().copied();
    Ok(children.filter(|&n| is_scored(desk, n)).map(|n| desk.node(n)).collect())
}

fn indicators(
    desk: &Desk,
    args: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    let node = args.node_or_index("node")?;
    Ok(desk.results.config.method.leaves(node).into_iter().map(|n| desk.node(n)).collect())
}

fn rank(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let (unit, node) = (args.unit("unit")?, args.node_or_index("node")?);
    let id = || desk.id(unit, node, "rank");
    Ok(plain_or_printed(args, desk.results.rank(unit, node), id))
}

/// A value that conditions compare, or the quantity that is printed where it stands alone.
fn plain_or_printed<T: ToString + Into<Value>>(
    args: &mut Arguments<'_>,
    value: Option<T>,
    id: impl FnOnce() -> String,
) -> Value {
    match (value, args.named(PRINTED)) {
        (None, _) => Value::from(()),
        (Some(value), None) => value.into(),
        (Some(value), Some(_)) => Thing::phrase(Phrase::quantity(id(), value.to_string())),
    }
}

fn score(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let (unit, node) = (args.unit("unit")?, args.node_or_index("node")?);
    let decimals = args.count("decimals", 2)?;
    let text = desk.number(desk.results.score(unit, node), decimals);
    Ok(Thing::phrase(Phrase::quantity(desk.id(unit, node, "score"), text)))
}

fn value(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let (unit, node) = (args.unit("unit")?, args.indicator("indicator")?);
    let decimals = desk.results.spec(node).map_or(2, |s| s.decimals);
    let text = desk.number(desk.results.cell(unit, node).map(|c| c.value), decimals);
    Ok(Thing::phrase(Phrase::quantity(desk.id(unit, node, "value"), text)))
}

fn mean(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let node = args.node_or_index("node")?;
    let text = desk.number(desk.results.distribution(node).map(|d| d.mean), 2);
    let id = format!("sample/{}/mean", desk.results.node(node).code);
    Ok(Thing::phrase(Phrase::quantity(id, text)))
}

fn tier(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let unit = args.unit("unit")?;
    let names = desk.results.config.method.tiers.as_ref().map(|t| t.names.get(desk.lang));
    let name = desk.results.tier(unit).and_then(|t| names?.get(t).cloned());
    let id = || format!("{}/tier", desk.results.unit(unit).slug);
    Ok(plain_or_printed(args, Some(name.unwrap_or_default()), id))
}

/// Tiers as objects: `.name .units .count .low .high`.
fn tier_list(desk: &Desk, _: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let (Some(tiers), Some(rule)) = (&desk.results.index.tiers, &desk.results.config.method.tiers)
    else {
        return Ok(Value::from(Vec::<Value>::new()));
    };
    let named = tiers.tiers.iter().zip(rule.names.get(desk.lang)).zip(1..);
    let objects = named.map(|((tier, name), number): (_, usize)| {
        let end = |value: f64, what: &str| {
            let text = fixed(value, 2, desk.lang);
            Thing::phrase(Phrase::quantity(format!("tier/{number}/{what}"), text))
        };
        let units: Vec<Value> = tier.members.iter().map(|&u| desk.unit(u)).collect();
        let fields = BTreeMap::from([
            ("name", Value::from(name.as_str())),
            ("count", Value::from(units.len())),
            ("units", Value::from(units)),
            ("low", end(tier.low, "low")),
            ("high", end(tier.high, "high")),
        ]);
        named_thing(name, fields)
    });
    Ok(objects.collect())
}

fn named_thing(name: &str, fields: BTreeMap<&'static str, Value>) -> Value {
    Value::from_object(Thing {
        put: Put::Phrase(Phrase::plain(name)),
        fields,
        subject: Subject::None,
    })
}

/// Groups of the gazetteer as objects: `.name .units .count .mean .in_top_ten .leader`, by mean score
/// at a node; units in no group are left out.
fn group_list(
    desk: &Desk,
    args: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    let kind = args.word("by", &groups::WORDS)?;
    let node = args.node_or_index("node")?;
    let groups = groups(&desk.results, kind, node);
    let objects = groups.into_iter().filter(|g| g.named).map(|group| {
        let name = group.name.text(desk.lang);
        let units: Vec<Value> = group.members.iter().map(|&u| desk.unit(u)).collect();
        let code = &desk.results.node(node).code;
        let id = format!("group/{}/{}/{code}/mean", kind.word(), slug(&group.name.en));
        let mean = Phrase::quantity(id, desk.number(group.mean, 2));
        let fields = BTreeMap::from([
            ("name", Value::from(name)),
            ("count", Value::from(units.len())),
            ("leader", units.first().cloned().unwrap_or_default()),
            ("units", Value::from(units)),
            ("mean", Thing::phrase(mean)),
            ("in_top_ten", Value::from(group.in_top_ten)),
        ]);
        named_thing(name, fields)
    });
    Ok(objects.collect())
}

/// A name as part of an id: letters and digits in lower case, hyphens between words.
fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// The rank of a unit within its group: `.rank .size .tied .group`, printed as in a heading where so
/// many of the group are ranked as `least` says.
fn group_rank(
    desk: &Desk,
    args: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    let (unit, node) = (args.unit("unit")?, args.node_or_index("node")?);
    let by = args.word("group", &groups::WORDS)?;
    let least = args.count("least", LEAST_IN_GROUP)?;
    let own = desk.results.group_ranks(node, by)[unit];
    let group = desk.results.group_name(unit, by);
    let fields = BTreeMap::from([
        ("rank", own.map_or(Value::from(()), |own| Value::from(own.rank))),
        ("size", own.map_or(Value::from(()), |own| Value::from(own.size))),
        ("tied", Value::from(own.is_some_and(|own| own.tied))),
        ("group", Value::from(group.text(desk.lang))),
    ]);
    let speaker = Speaker { results: &desk.results, lang: desk.lang };
    let phrase = speaker.group_standing(unit, node, by, least);
    Ok(Value::from_object(Thing { put: Put::Phrase(phrase), fields, subject: Subject::None }))
}

fn case_list(desk: &Desk, _: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    Ok(desk.results.cases().into_iter().map(|u| desk.unit(u)).collect())
}

/// Published rankings as objects: `.id .title`.
fn ranking_list(desk: &Desk, _: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let objects = desk.results.inputs.rankings.iter().map(|ranking| {
        let title = ranking.title.text(desk.lang);
        let fields = BTreeMap::from([
            ("id", Value::from(ranking.id.as_str())),
            ("title", Value::from(title)),
        ]);
        named_thing(title, fields)
    });
    Ok(objects.collect())
}

fn correlation(
    desk: &Desk,
    args: &mut Arguments<'_>,
    what: &str,
    which: fn(crate::content::comparison::Agreement) -> Option<f64>,
) -> Result<Value, Error> {
    let id = args.text("ranking")?;
    let node = args.node_or_index("node")?;
    if desk.results.ranking(&id).is_none() {
        return Err(args.fail(format!("there is no published ranking `{id}`")));
    }
    let value = agreement(&pairs(&desk.results, &id, node)).and_then(which);
    let id = format!("{}~{id}/{what}", desk.results.node(node).code);
    Ok(Thing::phrase(Phrase::quantity(id, desk.number(value, 3))))
}

fn rho(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    correlation(desk, args, "rho", |a| a.rho)
}

fn tau(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    correlation(desk, args, "tau", |a| a.tau)
}

fn published_rank(
    desk: &Desk,
    args: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    let id = args.text("ranking")?;
    let (unit, node) = (args.unit("unit")?, args.node_or_index("node")?);
    let ranking = desk.results.ranking(&id);
    let ranking =
        ranking.ok_or_else(|| args.fail(format!("there is no published ranking `{id}`")))?;
    let rank = ranking
        .ranks
        .get(&desk.results.node(node).code)
        .and_then(|ranks| ranks.get(&desk.results.unit(unit).code));
    Ok(plain_or_printed(args, rank.copied(), || desk.id(unit, node, &format!("published/{id}"))))
}

/// Units that differ most from a published ranking, as objects: `.unit .places .rank .published`;
/// `direction="up"` (default) for those better placed here, `"down"` for the others.
fn movers(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let id = args.text("ranking")?;
    let node = args.node_or_index("node")?;
    let n = args.count("n", 3)?;
    let up = args.word("direction", &[("up", true), ("down", false)])?;
    if desk.results.ranking(&id).is_none() {
        return Err(args.fail(format!("there is no published ranking `{id}`")));
    }
    let mut found = pairs(&desk.results, &id, node);
    found.retain(|p| if up { p.own < p.published } else { p.own > p.published });
    found.sort_by_key(|p| (std::cmp::Reverse(p.own.abs_diff(p.published)), p.unit));
    let objects = found.into_iter().take(n).map(|p| {
        let fields = BTreeMap::from([
            ("unit", desk.unit(p.unit)),
            ("name", Value::from(desk.results.unit(p.unit).name.text(desk.lang))),
            ("places", Value::from(p.own.abs_diff(p.published))),
            ("rank", Value::from(p.own)),
            ("published", Value::from(p.published)),
        ]);
        named_thing(desk.results.unit(p.unit).name.text(desk.lang), fields)
    });
    Ok(objects.collect())
}

/// The edition before: `.edition .year .is_split .entered .left .new_nodes .gone_nodes .absent`;
/// nothing if the report names none.
fn previous_edition(
    desk: &Desk,
    _: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    let Some(changes) = &desk.results.changes else { return Ok(Value::from(())) };
    let units = |units: &[UnitAt]| units.iter().map(|&u| desk.unit(u)).collect::<Value>();
    let nodes = |nodes: &[NodeAt]| nodes.iter().map(|&n| desk.node(n)).collect::<Value>();
    let left = changes.left.iter().map(|unit| unit.name.text(desk.lang));
    let gone = changes.gone_nodes.iter().map(|(_, name)| name.text(desk.lang));
    let fields = BTreeMap::from([
        ("edition", Value::from(changes.edition)),
        ("year", Value::from(changes.year)),
        ("is_split", Value::from(changes.is_split)),
        ("entered", units(&changes.entered)),
        ("left", left.collect()),
        ("new_nodes", nodes(&changes.new_nodes)),
        ("gone_nodes", gone.collect()),
        ("absent", nodes(&changes.absent)),
    ]);
    Ok(named_thing(&changes.edition.to_string(), fields))
}

/// Places gained since the edition before, below zero for places lost; nothing without a rank there.
fn gained(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let (unit, node) = (args.unit("unit")?, args.node_or_index("node")?);
    Ok(desk.results.change(unit, node).map_or(Value::from(()), |own| Value::from(own.places())))
}

fn find_fact<'a>(desk: &'a Desk, args: &mut Arguments<'_>) -> Result<&'a crate::data::Fact, Error> {
    let unit = args.required("unit")?.to_string();
    let key = args.text("key")?;
    let code = desk
        .results
        .find_unit(&unit)
        .map_or_else(|| unit.clone(), |at| desk.results.unit(at).code.clone());
    let facts = &desk.results.inputs.facts;
    facts.iter().find(|f| f.unit == code && f.key == key).ok_or_else(|| {
        let keys = facts.iter().filter(|f| f.unit == code).map(|f| f.key.as_str());
        let near = crate::diag::nearest(&key, keys);
        let hint = near.first().map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
        args.fail(format!("there is no fact `{key}` about `{unit}`{hint}"))
    })
}

fn fact(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let fact = find_fact(desk, args)?;
    let speaker = Speaker { results: &desk.results, lang: desk.lang };
    let fields = BTreeMap::from([
        ("value", Value::from(fixed(fact.value, fact.decimals, desk.lang))),
        ("period", Value::from(period(&fact.period, desk.lang))),
        ("label", Value::from(fact.label.text(desk.lang))),
    ]);
    Ok(Value::from_object(Thing {
        put: Put::Phrase(speaker.fact(fact)),
        fields,
        subject: Subject::None,
    }))
}

fn fact_period(
    desk: &Desk,
    args: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    Ok(Value::from(period(&find_fact(desk, args)?.period, desk.lang)))
}

/// A figure typed by hand; the source says where it comes from.
fn lit(_: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let text = args.text("text")?;
    let source = args.text("source")?;
    Ok(Thing::phrase(Phrase::quantity(format!("lit/{source}"), text)))
}

fn ordinal_word(
    desk: &Desk,
    args: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    Ok(Value::from(ordinal(args.count("n", 0)?, desk.lang)))
}

fn number_word(
    desk: &Desk,
    args: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    Ok(Value::from(count_before_noun(args.count("n", 0)?, desk.lang)))
}

fn join_list(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let items: Vec<String> =
        args.required("items")?.try_iter()?.map(|item| item.to_string()).collect();
    Ok(Value::from(join(&items, desk.lang)))
}

fn percent(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let share = args.number("share")?;
    let decimals = args.count("decimals", 1)?;
    Ok(Value::from(format!("{}%", fixed(share * 100.0, decimals, desk.lang))))
}

fn status_share(
    desk: &Desk,
    args: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    let words = crate::config::Status::ALL.map(|s| (s.word(), s));
    let status = args.word("status", &words)?;
    let share = desk.results.index.status.iter().find(|s| s.status == Some(status));
    let text = fixed(share.map_or(0.0, |s| s.share) * 100.0, 1, desk.lang);
    Ok(Thing::phrase(Phrase::quantity(format!("sample/status/{}", status.word()), text)))
}

/// Ids of the tables of events that the edition has.
fn event_tables(desk: &Desk, _: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    Ok(desk.results.inputs.events.iter().map(|table| Value::from(table.id.as_str())).collect())
}

/// Number of events of a unit in a table of events.
fn events_count(
    desk: &Desk,
    args: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    let id = args.text("events")?;
    let unit = args.unit("unit")?;
    let table = desk.results.inputs.events.iter().find(|t| t.id == id);
    let table = table.ok_or_else(|| args.fail(format!("there is no table of events `{id}`")))?;
    let code = &desk.results.unit(unit).code;
    Ok(Value::from(table.events.iter().filter(|e| e.unit == *code).count()))
}

/// Number of cited figures about a unit.
fn facts_count(
    desk: &Desk,
    args: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    let unit = args.unit("unit")?;
    let code = &desk.results.unit(unit).code;
    Ok(Value::from(desk.results.inputs.facts.iter().filter(|f| f.unit == *code).count()))
}

fn corrections_count(
    desk: &Desk,
    _: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    Ok(Value::from(desk.results.inputs.corrections.len()))
}

fn reference(_: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    Ok(Thing::put(Put::Reference(args.text("id")?)))
}

/// Whether the report has a section of that name, so that others can speak of it.
fn has_section(
    desk: &Desk,
    args: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    let name = args.text("name")?;
    Ok(Value::from(desk.results.config.sections.iter().any(|(section, _)| *section == name)))
}

/// What is known of how far ranks can be relied upon, or nothing.
fn robustness(desk: &Desk, _: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    Ok(objects::robustness(&desk.results, desk.lang))
}

/// The interval of a unit's rank at a node, or nothing.
fn rank_interval(
    desk: &Desk,
    args: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    let (unit, node) = (args.unit("unit")?, args.node_or_index("node")?);
    Ok(uncertain::interval(&desk.results, unit, node, desk.lang).map_or(Value::from(()), |text| {
        Thing::phrase(Phrase::quantity(desk.id(unit, node, "interval"), text))
    }))
}

fn formula(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let topic = args.text("topic")?;
    method_text::formula(&desk.results, &topic, desk.lang)
        .map(Thing::block)
        .ok_or_else(|| args.fail(format!("there is no formula on `{topic}`")))
}

/// Every formula that was applied, in the order of the work, as objects: `.name .formula`.
fn method_formulas(
    desk: &Desk,
    _: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    let objects = method_text::formulas(&desk.results).into_iter().map(|own| {
        let name = own.name.text(desk.lang);
        let block = Block::Formula { source: own.source, alt: own.alt.text(desk.lang).to_owned() };
        let alt = own.alt.text(desk.lang);
        let fields = BTreeMap::from([
            ("name", Value::from(name)),
            ("formula", Thing::block(block)),
            ("reading", Value::from(alt)),
        ]);
        named_thing(name, fields)
    });
    Ok(objects.collect())
}

fn method_paragraph(
    desk: &Desk,
    args: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    let topic = args.text("topic")?;
    method_text::paragraph(&desk.results, &topic, desk.lang)
        .map(|text| Thing::phrase(Phrase::plain(text)))
        .ok_or_else(|| no_text(args, &topic, &method_text::TOPICS))
}

fn quality_paragraph(
    desk: &Desk,
    args: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    let topic = args.text("topic")?;
    quality_text::paragraph(&desk.results, &topic, desk.lang)
        .map(|text| Thing::phrase(Phrase::plain(text)))
        .ok_or_else(|| no_text(args, &topic, &quality_text::TOPICS))
}

fn reading_paragraph(
    desk: &Desk,
    args: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    let topic = args.text("topic")?;
    reading_text::paragraph(&desk.results, &topic, desk.lang)
        .map(|text| Thing::phrase(Phrase::plain(text)))
        .ok_or_else(|| no_text(args, &topic, &reading_text::TOPICS))
}

fn no_text(args: &Arguments<'_>, topic: &str, topics: &[&str]) -> Error {
    args.fail(format!("there is no text on `{topic}`; topics are {}", topics.join(", ")))
}

/// Whether the edition has something that not every edition has.
fn has(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let what = args.text("what")?;
    conditions::has(&desk.results, &what).map(Value::from).ok_or_else(|| {
        args.fail(format!("`{what}` is not known; ask for {}", conditions::KINDS.join(", ")))
    })
}

fn word(desk: &Desk, zh: &str, en: &str) -> String {
    match desk.lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    }
}

/// The interval of a unit's rank, where one is known.
fn interval_note(desk: &Desk, unit: UnitAt, node: NodeAt) -> String {
    let interval = uncertain::interval(&desk.results, unit, node, desk.lang);
    interval.map_or_else(String::new, |interval| match desk.lang {
        Lang::Zh => format!("区间：{interval}"),
        Lang::En => format!("5–95%: {interval}"),
    })
}

fn unit_tiles(desk: &Desk, unit: UnitAt) -> Vec<Tile> {
    let results = &desk.results;
    let rank = results.rank(unit, 0).map_or_else(|| "—".to_owned(), |r| r.to_string());
    let ranked = results.order(0).len();
    let mut tiles = vec![
        Tile {
            label: word(desk, "总指数位次", "Index rank"),
            value: rank,
            unit: format!("/ {ranked}"),
            note: interval_note(desk, unit, 0),
        },
        Tile {
            label: word(desk, "总指数得分", "Index score"),
            value: desk.number(results.score(unit, 0), 2),
            unit: word(desk, "分", ""),
            note: String::new(),
        },
    ];
    tiles.extend(results.dimensions().into_iter().take(4).map(|dimension| Tile {
        label: results.node(dimension).short.text(desk.lang).to_owned(),
        value: results.rank(unit, dimension).map_or_else(|| "—".to_owned(), |r| r.to_string()),
        unit: format!("/ {}", results.order(dimension).len()),
        note: interval_note(desk, unit, dimension),
    }));
    tiles
}

fn sample_tiles(desk: &Desk) -> Vec<Tile> {
    let results = &desk.results;
    let method = &results.config.method;
    let count = |label_zh: &str, label_en: &str, n: usize, zh: &str, en: &str| Tile {
        label: word(desk, label_zh, label_en),
        value: n.to_string(),
        unit: word(desk, zh, en),
        note: String::new(),
    };
    let mut tiles = vec![
        count("样本城市", "Sample", results.count(), "个", "cities"),
        count("维度", "Dimensions", results.dimensions().len(), "个", ""),
        count("指标", "Indicators", method.indicators().count(), "项", ""),
    ];
    if let Some(distribution) = results.distribution(0) {
        tiles.push(Tile {
            label: word(desk, "平均得分", "Mean score"),
            value: fixed(distribution.mean, 2, desk.lang),
            unit: word(desk, "分", "points"),
            note: String::new(),
        });
    }
    if let Some(tiers) = &results.index.tiers {
        tiles.push(count("梯队", "Tiers", tiers.tiers.len(), "个", ""));
    }
    tiles
}

fn tiles(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let tiles = match args.optional("unit") {
        None => sample_tiles(desk),
        Some(value) => {
            let text = value.to_string();
            let at = match crate::content::arguments::subject(&value) {
                Some(Subject::Unit(at)) => Some(at),
                _ => desk.results.find_unit(&text),
            };
            unit_tiles(desk, at.ok_or_else(|| args.fail(format!("there is no unit `{text}`")))?)
        }
    };
    Ok(Thing::block(Block::Tiles(tiles)))
}

fn profile(desk: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let at = args.unit("unit")?;
    let headline = args.optional_text("headline").unwrap_or_default();
    let unit = desk.results.unit(at);
    let mut places: Vec<&str> = Vec::new();
    for text in [&unit.province, &unit.region, &unit.agglomeration, &unit.admin_rank] {
        let text = text.text(desk.lang);
        let name = unit.full_name.text(desk.lang);
        if !text.is_empty() && text != name && !places.contains(&text) {
            places.push(text);
        }
    }
    let region = unit.region.text(desk.lang);
    let speaker = Speaker { results: &desk.results, lang: desk.lang };
    let standing = speaker.brief_standing(at, 0, Grouping::Region, LEAST_IN_GROUP);
    if let Some(place) = places.iter_mut().find(|p| **p == region && !standing.is_empty()) {
        *place = &standing.text;
    }
    let other = match desk.lang {
        Lang::Zh => &unit.name.en,
        Lang::En => &unit.name.zh,
    };
    let tier = desk
        .results
        .config
        .method
        .tiers
        .as_ref()
        .and_then(|rule| rule.names.get(desk.lang).get(desk.results.tier(at)?));
    places.extend(tier.map(String::as_str));
    Ok(Thing::block(Block::Profile(Profile {
        name: unit.name.text(desk.lang).to_owned(),
        sub: std::iter::once(other.as_str()).chain(places).collect::<Vec<_>>().join(" · "),
        headline,
        tiles: unit_tiles(desk, at),
    })))
}

/// The networks as objects, parts of a network under `.parts`.
fn network_list(desk: &Desk, _: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let count = desk.results.networks.networks.len();
    Ok((0..count).map(|at| objects::network(&desk.results, at, None, desk.lang)).collect())
}

/// The tables of entities as objects.
fn cascade_list(desk: &Desk, _: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let count = desk.results.networks.cascades.len();
    Ok((0..count).map(|at| objects::cascade(&desk.results, at, desk.lang)).collect())
}

/// A paragraph on a network.
fn network_paragraph(
    desk: &Desk,
    args: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    let topic = args.text("topic")?;
    let web = args.network("network")?;
    let level = args.level()?;
    let text = network_text::paragraph(web, &topic, level, desk.lang);
    let text = text.ok_or_else(|| args.fail(no_topic(&topic, &network_text::TOPICS)))?;
    Ok(Thing::phrase(Phrase::plain(text)))
}

/// A paragraph on a table of entities.
fn cascade_paragraph(
    desk: &Desk,
    args: &mut Arguments<'_>,
    _: &mut State<'_, '_>,
) -> Result<Value, Error> {
    let topic = args.text("topic")?;
    let tally = args.cascade("cascade")?;
    let text = network_text::tally_paragraph(tally, &topic, desk.lang);
    let text = text.ok_or_else(|| args.fail(no_topic(&topic, &network_text::TALLY_TOPICS)))?;
    Ok(Thing::phrase(Phrase::plain(text)))
}

fn no_topic(topic: &str, topics: &[&str]) -> String {
    format!("there is no topic `{topic}`; topics are {}", topics.join(", "))
}

/// The body of a call block, with its marks.
fn body(args: &mut Arguments<'_>, state: &mut State<'_, '_>) -> Result<String, Error> {
    match args.named("caller") {
        Some(caller) => Ok(caller.call(state, &[])?.to_string()),
        None => Err(args.fail("write `{% call ... %}` and `{% endcall %}` around the text")),
    }
}

fn finding(
    desk: &Desk,
    args: &mut Arguments<'_>,
    state: &mut State<'_, '_>,
) -> Result<Value, Error> {
    let title = args.text("title")?;
    let body = body(args, state)?;
    let number = desk.findings.fetch_add(1, Ordering::Relaxed) + 1;
    Ok(Thing::block(Block::Finding { number, title, body }))
}

fn callout(_: &Desk, args: &mut Arguments<'_>, state: &mut State<'_, '_>) -> Result<Value, Error> {
    let title = args.text("title")?;
    let body = body(args, state)?;
    Ok(Thing::block(Block::Callout { title, body }))
}

/// Two charts or narrow tables beside each other: `side_by_side(figure(...), table(...))`.
fn side_by_side(_: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let (left, right) = (args.required("left")?, args.required("right")?);
    let place = args.place()?;
    match (half(&left), half(&right)) {
        (Some(left), Some(right)) => Ok(Thing::block(Block::Pair { left, right, place })),
        _ => Err(args.fail("write `side_by_side(figure(...), table(...))`")),
    }
}

/// A figure or a table as half of a pair.
fn half(value: &Value) -> Option<Half> {
    match &value.downcast_object::<Thing>()?.put {
        Put::Block(block) => match block.as_ref() {
            Block::Figure(figure) => Some(Half::Figure(figure.clone())),
            Block::Table(table) => Some(Half::Table(table.clone())),
            _ => None,
        },
        _ => None,
    }
}

/// The end of the page: `new_page()`, or `new_page(unless=90)` unless 90 mm of it are free.
fn new_page(_: &Desk, args: &mut Arguments<'_>, _: &mut State<'_, '_>) -> Result<Value, Error> {
    let unless_mm = args.optional_number("unless")?;
    Ok(Thing::block(Block::NewPage { unless_mm }))
}
