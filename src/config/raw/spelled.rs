//! A value that may be written as one word or in full.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};

/// A word, or a number, list or mapping in its place.
///
/// Not an untagged enum: the kind of node decides, so a mistake keeps its message.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::config) enum Spelled<W, F> {
    /// The word.
    Word(W),
    /// Anything but a word.
    Full(F),
}

impl<'de, W: Deserialize<'de>, F: Deserialize<'de>> Deserialize<'de> for Spelled<W, F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Spelling(PhantomData))
    }
}

struct Spelling<W, F>(PhantomData<(W, F)>);

impl<'de, W: Deserialize<'de>, F: Deserialize<'de>> Visitor<'de> for Spelling<W, F> {
    type Value = Spelled<W, F>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word or its full form")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Self::Value, E> {
        W::deserialize(word.into_deserializer()).map(Spelled::Word)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        F::deserialize(number.into_deserializer()).map(Spelled::Full)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        F::deserialize(number.into_deserializer()).map(Spelled::Full)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        F::deserialize(number.into_deserializer()).map(Spelled::Full)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        F::deserialize(MapAccessDeserializer::new(map)).map(Spelled::Full)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        F::deserialize(SeqAccessDeserializer::new(list)).map(Spelled::Full)
    }
}

impl<W: JsonSchema, F: JsonSchema> JsonSchema for Spelled<W, F> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("{}Or{}", W::schema_name(), F::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (word, full) = (generator.subschema_for::<W>(), generator.subschema_for::<F>());
        json_schema!({ "anyOf": [word, full] })
    }
}
