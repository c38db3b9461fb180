//! The template engine of one language: strict, fuelled, and writing marks instead of text.

use std::collections::BTreeMap;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};

use crate::content::functions::{self, Desk};
use crate::content::phrase::Phrase;
use crate::content::printed;
use crate::content::put::{Put, Store, Thing};
use crate::content::speech;
use crate::content::templates::Templates;
use crate::content::words::date;

/// Instructions a template may execute, so that no loop runs away.
const FUEL: u64 = 20_000_000;

/// The engine with every helper and global, and the templates of the desk's language.
pub(super) fn environment(desk: &Desk, templates: &Templates) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_debug(true);
    environment.set_syntax(syntax());
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    let store = desk.store.clone();
    environment.set_formatter(move |out, state, value| put_value(&store, out, state, value));
    functions::register(&mut environment, desk);
    speech::register(&mut environment, desk);
    add_globals(&mut environment, desk);
    let own: BTreeMap<String, String> = templates
        .names(desk.lang)
        .filter_map(|name| {
            let text = &templates.get(desk.lang, name)?.text;
            Some((name.to_owned(), printed::mark(text).into_owned()))
        })
        .collect();
    environment.set_loader(move |name| Ok(own.get(name).cloned()));
    environment
}

/// Lines with nothing but a block tag leave no trace in the section; comments stand between `{##`
/// and `##}`, since `{#` opens the id of a heading.
fn syntax() -> SyntaxConfig {
    SyntaxConfig::builder()
        .comment_delimiters("{##", "##}")
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()
        .expect("the standard delimiters do not collide")
}

/// Writes a mark for what an expression puts.
fn put_value(
    store: &Store,
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), Error> {
    if value.is_undefined() {
        let strict = state.undefined_behavior() != UndefinedBehavior::Lenient;
        if strict {
            return Err(Error::from(ErrorKind::UndefinedError));
        }
        return Ok(());
    }
    // The body of a macro or call block holds marks already.
    if value.is_safe() {
        return out.write_str(value.as_str().unwrap_or("")).map_err(Error::from);
    }
    let put = match value.downcast_object::<Thing>() {
        Some(thing) => thing.put.clone(),
        None => Put::Phrase(Phrase::plain(value.to_string())),
    };
    out.write_str(&store.keep(put)).map_err(Error::from)
}

fn add_globals(environment: &mut Environment<'static>, desk: &Desk) {
    let (results, lang) = (&desk.results, desk.lang);
    let report = &results.config.report;
    let (year, month, day) = report.date;
    let date_text = date(&format!("{year}-{month:02}-{day:02}"), lang);
    let method = &results.config.method;
    environment.add_global("lang", Value::from(lang.tag()));
    environment.add_global("n", Value::from(results.count()));
    environment.add_global(
        "report",
        Value::from_pairs([
            ("id", Value::from(report.id.as_str())),
            ("title", Value::from(report.title.text(lang))),
            ("subtitle", Value::from(report.subtitle.text(lang))),
            ("edition", Value::from(report.edition)),
            ("publisher", Value::from(report.publisher.text(lang))),
            ("licence", Value::from(report.licence.text(lang))),
            ("date_text", Value::from(date_text)),
            ("version", Value::from(env!("CARGO_PKG_VERSION"))),
        ]),
    );
    let sub_dimensions = method.level(2).filter(|&n| results.spec(n).is_none()).count();
    environment.add_global(
        "counts",
        Value::from_pairs([
            ("dimensions", results.dimensions().len()),
            ("sub_dimensions", sub_dimensions),
            ("indicators", method.indicators().count()),
            ("cases", results.cases().len()),
            ("sources", results.inputs.registry.sources.len()),
            ("corrections", results.inputs.corrections.len()),
        ]),
    );
}
