//! Arguments of template helpers: by position or by name, codes or objects, all checked.

use std::sync::Arc;

use minijinja::value::{Kwargs, Rest, Value};
use minijinja::{Error, ErrorKind};

use crate::config::Level;
use crate::content::block::Place;
use crate::content::networks::{Tally, Web};
use crate::content::put::{Store, Subject, Thing};
use crate::content::results::{NodeAt, Results, UnitAt};
use crate::diag::{alternatives, nearest};

/// The arguments of one call.
pub(super) struct Arguments<'a> {
    results: &'a Results,
    helper: &'static str,
    positional: Vec<Value>,
    next: usize,
    named: Kwargs,
    store: Option<Store>,
}

impl<'a> Arguments<'a> {
    /// The arguments a helper was called with.
    #[must_use]
    pub(super) fn new(
        results: &'a Results,
        helper: &'static str,
        Rest(positional): Rest<Value>,
        named: Kwargs,
    ) -> Self {
        Self { results, helper, positional, next: 0, named, store: None }
    }

    /// Lets the store know when the arguments name illustrative data.
    #[must_use]
    pub(super) fn telling(self, store: &Store) -> Self {
        Self { store: Some(store.clone()), ..self }
    }

    /// A network or a part of one, as object or id.
    ///
    /// # Errors
    /// When there is none of that name.
    pub(super) fn network(&mut self, name: &str) -> Result<Web<'a>, Error> {
        let value = self.required(name)?;
        let found = match subject(&value) {
            Some(Subject::Network(at, part)) => Some(Web::at(self.results, at, part)),
            _ => Web::find(self.results, &value.to_string()),
        };
        let Some(web) = found else {
            let all = self.results.networks.networks.iter();
            let ids = all.flat_map(|own| {
                std::iter::once(own.id.as_str())
                    .chain(own.subnetworks.iter().map(|s| s.id.as_str()))
            });
            let text = value.to_string();
            return Err(self.fail(unknown("network", &text, &nearest(&text, ids))));
        };
        self.note_if(web.is_illustrative());
        Ok(web)
    }

    /// A table of entities, as object or id.
    ///
    /// # Errors
    /// When there is none of that name.
    pub(super) fn cascade(&mut self, name: &str) -> Result<Tally<'a>, Error> {
        let value = self.required(name)?;
        let found = match subject(&value) {
            Some(Subject::Cascade(at)) => Some(Tally::at(self.results, at)),
            _ => Tally::find(self.results, &value.to_string()),
        };
        let Some(tally) = found else {
            let ids = self.results.networks.cascades.iter().map(|own| own.id.as_str());
            let text = value.to_string();
            return Err(self.fail(unknown("table of entities", &text, &nearest(&text, ids))));
        };
        self.note_if(tally.is_illustrative());
        Ok(tally)
    }

    /// A level of the gazetteer; the province if none is given.
    ///
    /// # Errors
    /// When it is none.
    pub(super) fn level(&mut self) -> Result<Level, Error> {
        const WORDS: [(&str, Level); 4] = [
            ("province", Level::Province),
            ("city", Level::City),
            ("agglomeration", Level::Agglomeration),
            ("region", Level::Region),
        ];
        self.word("level", &WORDS)
    }

    fn note_if(&self, is_illustrative: bool) {
        if let Some(store) = self.store.as_ref().filter(|_| is_illustrative) {
            store.note_illustrative();
        }
    }

    /// A complaint about this call.
    pub(super) fn fail(&self, message: impl AsRef<str>) -> Error {
        Error::new(ErrorKind::InvalidOperation, format!("`{}`: {}", self.helper, message.as_ref()))
    }

    /// Where a block stands: `float` is `"near"` or `"foot"`; without it, where it is written.
    ///
    /// # Errors
    /// When it is anything else.
    pub(super) fn place(&mut self) -> Result<Place, Error> {
        let asked = self.named("float").filter(|v| !v.is_none());
        match asked.as_ref().map(Value::as_str) {
            None => Ok(Place::Here),
            Some(Some("near")) => Ok(Place::Near),
            Some(Some("foot")) => Ok(Place::Foot),
            Some(_) => Err(self.fail("`float` is \"near\" or \"foot\"")),
        }
    }

    /// The value under a name, or else the next by position.
    pub(super) fn optional(&mut self, name: &str) -> Option<Value> {
        let named = self.named.get::<Option<Value>>(name).ok().flatten();
        if named.is_some() {
            return named;
        }
        let value = self.positional.get(self.next).cloned();
        self.next += 1;
        value.filter(|v| !v.is_none())
    }

    /// A value that must be there.
    ///
    /// # Errors
    /// When it is absent or undefined.
    pub(super) fn required(&mut self, name: &str) -> Result<Value, Error> {
        match self.optional(name) {
            Some(value) if !value.is_undefined() => Ok(value),
            _ => Err(self.fail(format!("the argument `{name}` is missing"))),
        }
    }

    /// A unit, as object, slug, code or name.
    ///
    /// # Errors
    /// When there is none, or none of that name in the sample.
    pub(super) fn unit(&mut self, name: &str) -> Result<UnitAt, Error> {
        let value = self.required(name)?;
        self.as_unit(&value)
    }

    fn as_unit(&self, value: &Value) -> Result<UnitAt, Error> {
        if let Some(Subject::Unit(at)) = subject(value) {
            return Ok(at);
        }
        let text = value.to_string();
        self.results.find_unit(&text).ok_or_else(|| {
            let slugs = self.results.inputs.units.iter().map(|u| u.slug.as_str());
            self.fail(unknown("unit", &text, &nearest(&text, slugs)))
        })
    }

    /// A list of units, if it is given.
    ///
    /// # Errors
    /// When an element is no unit of the sample.
    pub(super) fn units(&mut self, name: &str) -> Result<Option<Vec<UnitAt>>, Error> {
        let Some(value) = self.optional(name) else { return Ok(None) };
        if subject(&value).is_some() || value.as_str().is_some() {
            return Ok(Some(vec![self.as_unit(&value)?]));
        }
        let items: Vec<Value> = value.try_iter()?.collect();
        items.iter().map(|item| self.as_unit(item)).collect::<Result<_, _>>().map(Some)
    }

    /// A node, as object or code.
    ///
    /// # Errors
    /// When there is none, or none of that code in the framework.
    pub(super) fn node(&mut self, name: &str) -> Result<NodeAt, Error> {
        let value = self.required(name)?;
        self.as_node(&value)
    }

    /// A node that was taken by [`Self::named`].
    ///
    /// # Errors
    /// When there is none of that code in the framework.
    pub(super) fn given_node(&self, value: &Value) -> Result<NodeAt, Error> {
        self.as_node(value)
    }

    /// A node, or the whole index if it is not given.
    ///
    /// # Errors
    /// When there is none of that code in the framework.
    pub(super) fn node_or_index(&mut self, name: &str) -> Result<NodeAt, Error> {
        self.optional(name).map_or(Ok(0), |value| self.as_node(&value))
    }

    fn as_node(&self, value: &Value) -> Result<NodeAt, Error> {
        if let Some(Subject::Node(at)) = subject(value) {
            return Ok(at);
        }
        let text = value.to_string();
        self.results.find_node(&text).ok_or_else(|| {
            let codes = self.results.config.method.nodes.iter().map(|n| n.code.as_str());
            self.fail(unknown("node", &text, &nearest(&text, codes)))
        })
    }

    /// An indicator, as object or code.
    ///
    /// # Errors
    /// When there is none, or the node has children.
    pub(super) fn indicator(&mut self, name: &str) -> Result<NodeAt, Error> {
        let node = self.node(name)?;
        if self.results.spec(node).is_some() {
            return Ok(node);
        }
        let code = &self.results.node(node).code;
        Err(self.fail(format!("`{code}` is a dimension; `{name}` wants an indicator")))
    }

    /// A list of nodes, or the dimensions if it is not given.
    ///
    /// # Errors
    /// When an element is no node.
    pub(super) fn nodes(&mut self, name: &str) -> Result<Vec<NodeAt>, Error> {
        let Some(value) = self.optional(name) else { return Ok(self.results.dimensions()) };
        if subject(&value).is_some() || value.as_str().is_some() {
            return Ok(vec![self.as_node(&value)?]);
        }
        let items: Vec<Value> = value.try_iter()?.collect();
        items.iter().map(|item| self.as_node(item)).collect()
    }

    /// A whole number, or what stands for it.
    ///
    /// # Errors
    /// When it is not one.
    pub(super) fn count(&mut self, name: &str, default: usize) -> Result<usize, Error> {
        Ok(self.optional_count(name)?.unwrap_or(default))
    }

    /// A whole number, if it is given.
    ///
    /// # Errors
    /// When it is not one.
    pub(super) fn optional_count(&mut self, name: &str) -> Result<Option<usize>, Error> {
        self.optional(name)
            .map(|value| {
                value.as_usize().ok_or_else(|| {
                    self.fail(format!("`{name}` wants a whole number, found `{value}`"))
                })
            })
            .transpose()
    }

    /// A number.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn number(&mut self, name: &str) -> Result<f64, Error> {
        let value = self.required(name)?;
        self.as_number(name, &value)
    }

    /// A number, if it is given.
    ///
    /// # Errors
    /// When it is not one.
    pub(super) fn optional_number(&mut self, name: &str) -> Result<Option<f64>, Error> {
        self.optional(name).map(|value| self.as_number(name, &value)).transpose()
    }

    fn as_number(&self, name: &str, value: &Value) -> Result<f64, Error> {
        f64::try_from(value.clone())
            .ok()
            .filter(|n| n.is_finite())
            .ok_or_else(|| self.fail(format!("`{name}` wants a number, found `{value}`")))
    }

    /// Text.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn text(&mut self, name: &str) -> Result<String, Error> {
        Ok(self.required(name)?.to_string())
    }

    /// Text, if it is given.
    pub(super) fn optional_text(&mut self, name: &str) -> Option<String> {
        self.optional(name).map(|v| v.to_string())
    }

    /// One of several words, or the first if it is not given.
    ///
    /// # Errors
    /// When it is none of them.
    pub(super) fn word<T: Copy>(&mut self, name: &str, words: &[(&str, T)]) -> Result<T, Error> {
        let Some(text) = self.optional_text(name) else {
            return words
                .first()
                .map(|(_, value)| *value)
                .ok_or_else(|| self.fail(format!("the argument `{name}` is missing")));
        };
        words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value).ok_or_else(|| {
            let quoted: Vec<String> = words.iter().map(|(w, _)| format!("`{w}`")).collect();
            self.fail(format!("`{name}` wants {}, found `{text}`", alternatives(&quoted)))
        })
    }

    /// A value given by name only, such as the body of a call block.
    pub(super) fn named(&mut self, name: &str) -> Option<Value> {
        self.named.get::<Option<Value>>(name).ok().flatten()
    }

    /// Checks that nothing was given that the helper does not take.
    ///
    /// # Errors
    /// When a name is unknown or there are too many arguments.
    pub(super) fn finish(self) -> Result<(), Error> {
        if self.next < self.positional.len() {
            let surplus = &self.positional[self.next];
            return Err(self.fail(format!("the argument `{surplus}` is one too many")));
        }
        self.named
            .assert_all_used()
            .map_err(|e| self.fail(e.detail().unwrap_or("unknown argument")))
    }
}

/// What a value stands for.
#[must_use]
pub(super) fn subject(value: &Value) -> Option<Subject> {
    value
        .downcast_object::<Thing>()
        .map(|thing: Arc<Thing>| thing.subject)
        .filter(|s| *s != Subject::None)
}

fn unknown(kind: &str, text: &str, suggestions: &[String]) -> String {
    let quoted: Vec<String> = suggestions.iter().map(|s| format!("`{s}`")).collect();
    if quoted.is_empty() {
        format!("there is no {kind} `{text}`")
    } else {
        format!("there is no {kind} `{text}`; did you mean {}?", alternatives(&quoted))
    }
}
