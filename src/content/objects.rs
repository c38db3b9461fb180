//! Units and nodes as template values: they print their names and have fields.

use std::collections::BTreeMap;

use minijinja::value::Value;

use crate::config::Level;
use crate::content::networks::{Tally, Web, level_names};
use crate::content::phrase::Phrase;
use crate::content::put::{Put, Subject, Thing};
use crate::content::results::{NodeAt, Results, UnitAt};
use crate::content::sentences::inside;
use crate::content::uncertain::cheapest_step;
use crate::lang::Lang;
use crate::num::fixed;

/// A unit: prints its short name.
#[must_use]
pub(super) fn unit(results: &Results, at: UnitAt, lang: Lang) -> Value {
    let unit = results.unit(at);
    let text = |localised: &crate::lang::Localised<String>| Value::from(localised.text(lang));
    let fields = BTreeMap::from([
        ("code", Value::from(unit.code.as_str())),
        ("slug", Value::from(unit.slug.as_str())),
        ("name", text(&unit.name)),
        ("full_name", text(&unit.full_name)),
        ("province", text(&unit.province)),
        ("region", text(&unit.region)),
        ("agglomeration", text(&unit.agglomeration)),
        ("admin_rank", text(&unit.admin_rank)),
    ]);
    Value::from_object(Thing {
        put: Put::Phrase(Phrase::plain(unit.name.text(lang))),
        fields,
        subject: Subject::Unit(at),
    })
}

/// A node: prints its name.
#[must_use]
pub(super) fn node(results: &Results, at: NodeAt, lang: Lang) -> Value {
    let node = results.node(at);
    let children: Vec<Value> =
        node.children().iter().map(|&child| self::node(results, child, lang)).collect();
    let percent = |share: f64| Value::from(fixed(share * 100.0, 1, lang));
    let mut fields = BTreeMap::from([
        ("code", Value::from(node.code.as_str())),
        ("name", Value::from(node.name.text(lang))),
        ("short", Value::from(node.short.text(lang))),
        ("inside", Value::from(node_inside(node.name.text(lang), lang))),
        ("description", Value::from(node.description.text(lang))),
        ("level", Value::from(node.level)),
        ("weight_percent", percent(results.weight(at))),
        ("effective_weight_percent", percent(results.effective_weight(at))),
        ("children", Value::from(children)),
    ]);
    if let Some(spec) = node.indicator() {
        fields.insert("measure", Value::from(spec.measure.text(lang)));
        let direction = match (spec.direction, lang) {
            (crate::config::Direction::Positive, Lang::Zh) => "正向",
            (crate::config::Direction::Negative, Lang::Zh) => "逆向",
            (crate::config::Direction::Positive, Lang::En) => "positive",
            (crate::config::Direction::Negative, Lang::En) => "negative",
        };
        fields.insert("direction", Value::from(direction));
    }
    Value::from_object(Thing {
        put: Put::Phrase(Phrase::plain(node.name.text(lang))),
        fields,
        subject: Subject::Node(at),
    })
}

/// What is known of how far ranks can be relied upon: `.replicates .sources .limits .sweeps
/// .steps`, the last four whether there is anything to show; none without the analysis.
#[must_use]
pub(super) fn robustness(results: &Results, lang: Lang) -> Value {
    let Some(robustness) = &results.robustness else { return Value::from(()) };
    let sources = robustness.sobol.as_ref().map_or(0, |sobol| {
        sobol.indices.iter().filter(|i| i.first.is_some() && i.total.is_some()).count()
    });
    let steps = results.cases().iter().any(|&u| cheapest_step(results, u).is_some());
    let replicates = fixed(f64::from(robustness.simulation.replicates), 0, lang);
    Value::from_pairs([
        ("replicates", Value::from(replicates)),
        ("sources", Value::from(sources > 0)),
        ("limits", Value::from(!robustness.limits.is_empty())),
        ("sweeps", Value::from(robustness.sweeps.iter().any(|s| results.node(s.node).level == 1))),
        ("steps", Value::from(steps)),
    ])
}

/// A name as it stands inside a sentence: English lowers its first letter unless it is an acronym.
fn node_inside(name: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => name.to_owned(),
        Lang::En => inside(name),
    }
}

/// A network or a part of one: prints its title.
#[must_use]
pub(super) fn network(results: &Results, at: usize, part: Option<usize>, lang: Lang) -> Value {
    let web = Web::at(results, at, part);
    let parts: Vec<Value> =
        web.parts().map(|own| network(results, own.at, own.part, lang)).collect();
    let levels: Vec<Value> = if part.is_none() {
        let with_flows = web.result().flows.iter().filter(|own| !own.places.is_empty());
        with_flows.map(|own| level(own.level, lang)).collect()
    } else {
        Vec::new()
    };
    let published: Vec<Value> = web
        .published()
        .map(|(spec, _)| {
            named(
                spec.title.text(lang),
                BTreeMap::from([
                    ("id", Value::from(spec.id.as_str())),
                    ("title", Value::from(spec.title.text(lang))),
                ]),
                Subject::None,
            )
        })
        .collect();
    let years: Vec<i32> = web.snapshots().iter().filter_map(|own| own.year).collect();
    let year = |at: Option<&i32>| at.map_or(Value::from(()), |year| Value::from(*year));
    let has_communities = web
        .last()
        .and_then(|own| own.depth.as_ref())
        .is_some_and(|depth| !depth.profiles.is_empty());
    let fields = BTreeMap::from([
        ("id", Value::from(web.id())),
        ("title", Value::from(web.title().text(lang))),
        ("has_edges", Value::from(web.last().is_some_and(|own| own.edges > 0))),
        ("has_years", Value::from(years.len() > 1)),
        ("first_year", year(years.first())),
        ("last_year", year(years.last())),
        ("has_sample", Value::from(!web.spec().sample_types.is_empty())),
        ("has_communities", Value::from(has_communities)),
        ("directed", Value::from(web.spec().directed)),
        ("illustrative", Value::from(web.is_illustrative())),
        ("parts", Value::from(parts)),
        ("levels", Value::from(levels)),
        ("published", Value::from(published)),
    ]);
    named(web.title().text(lang), fields, Subject::Network(at, part))
}

/// A level of the gazetteer: prints what its places are called.
fn level(level: Level, lang: Lang) -> Value {
    let (one, several) = level_names(level, lang);
    let fields = BTreeMap::from([
        ("id", Value::from(level.word())),
        ("name", Value::from(one)),
        ("names", Value::from(several)),
    ]);
    named(several, fields, Subject::None)
}

/// A table of entities: prints its title.
#[must_use]
pub(super) fn cascade(results: &Results, at: usize, lang: Lang) -> Value {
    let tally = Tally::at(results, at);
    let own = tally.result();
    let years: Vec<i32> = own.years.iter().copied().flatten().collect();
    let levels = own.levels.iter().filter(|level| !level.places.is_empty());
    let fields = BTreeMap::from([
        ("id", Value::from(own.id.as_str())),
        ("title", Value::from(own.title.text(lang))),
        ("measure", Value::from(own.measure.text(lang))),
        ("has_years", Value::from(years.len() > 1)),
        ("has_categories", Value::from(!own.categories.is_empty())),
        ("illustrative", Value::from(tally.is_illustrative())),
        ("levels", levels.map(|own| level(own.level, lang)).collect()),
    ]);
    named(own.title.text(lang), fields, Subject::Cascade(at))
}

fn named(text: &str, fields: BTreeMap<&'static str, Value>, subject: Subject) -> Value {
    Value::from_object(Thing { put: Put::Phrase(Phrase::plain(text)), fields, subject })
}
