//! Conditions on the columns of the gazetteer or of a table of records: `sample == 'seed20'`, `人口 > 500`.
//!
//! The language is that of template expressions. A column is a number where every value it has is
//! a plain number and the condition does not hold it against a text; a row whose number is missing
//! does not satisfy the condition. Names in Chinese are put into ASCII before they reach the
//! expression compiler, which knows no other.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use minijinja::{Environment, UndefinedBehavior, Value};

use crate::diag::{Code, Diagnostic, Span, nearest};

/// Steps that one evaluation may take.
const FUEL: u64 = 10_000;

/// What the rows belong to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of<'a> {
    /// The gazetteer.
    Gazetteer,
    /// A table of records.
    Table(&'a str),
}

impl fmt::Display for Of<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gazetteer => formatter.write_str("the gazetteer"),
            Self::Table(id) => write!(formatter, "table `{id}`"),
        }
    }
}

/// Positions of the rows for which `condition` holds.
///
/// # Errors
/// When the condition does not parse, names an unknown column, or fails for a row.
pub(super) fn select(
    rows: &[&BTreeMap<String, String>],
    condition: &str,
    span: Span,
    of: Of<'_>,
) -> Result<Vec<usize>, Diagnostic> {
    let tokens = tokens(condition);
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    let text = rewritten(condition, &tokens);
    let expression = environment.compile_expression(&text).map_err(|error| {
        let message = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        Diagnostic::error(Code::FormulaSyntax, format!("`{condition}`: {message}"))
            .at(span, "")
            .help("write a condition such as `sample == 'yes'` or `region_en in ['Eastern']`")
    })?;
    let known: BTreeSet<&str> =
        rows.iter().flat_map(|row| row.keys()).map(String::as_str).collect();
    let mut columns = Vec::new();
    let wanted: BTreeSet<String> = expression.undeclared_variables(false).into_iter().collect();
    for name in wanted.iter().map(|name| original(name)) {
        if known.contains(name.as_str()) {
            columns.push(Column::of(&name, rows, is_held_against_text(&name, condition, &tokens)));
        } else if environment.globals().all(|(global, _)| global != name) {
            return Err(Diagnostic::error(
                Code::ConfigUnknownName,
                format!("{of} has no column `{name}`"),
            )
            .at(span, "")
            .did_you_mean(&nearest(&name, known)));
        }
    }
    let mut selected = Vec::new();
    for (position, row) in rows.iter().enumerate() {
        let Some(context) = columns.iter().map(|c| c.value(row)).collect::<Option<_>>() else {
            continue;
        };
        let context: BTreeMap<String, Value> = context;
        let held = expression.eval(context).map_err(|error| {
            let message = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
            Diagnostic::error(Code::ConfigInvalid, format!("`{condition}` fails: {message}"))
                .at(span, "")
        })?;
        if held.is_true() {
            selected.push(position);
        }
    }
    Ok(selected)
}

/// A column the condition uses.
struct Column {
    name: String,
    is_number: bool,
}

impl Column {
    fn of(name: &str, rows: &[&BTreeMap<String, String>], held_against_text: bool) -> Self {
        let mut values = rows.iter().filter_map(|row| row.get(name)).filter(|v| !v.is_empty());
        let mut found = false;
        let plain = values.all(|value| {
            found = true;
            plain_number(value).is_some()
        });
        Self { name: name.to_owned(), is_number: found && plain && !held_against_text }
    }

    /// Its value in a row; `None` if it is a number that is missing.
    fn value(&self, row: &BTreeMap<String, String>) -> Option<(String, Value)> {
        let text = row.get(&self.name).map_or("", String::as_str);
        let value = if self.is_number { plain_number(text)? } else { Value::from(text.to_owned()) };
        Some((ascii(&self.name), value))
    }
}

/// A number without leading zeros, separators or signs of percent.
fn plain_number(text: &str) -> Option<Value> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let padded = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    if padded || !digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    if let Ok(whole) = text.parse::<i64>() {
        return Some(Value::from(whole));
    }
    text.parse::<f64>().ok().filter(|v| v.is_finite()).map(Value::from)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Word,
    Sign,
}

/// A piece of the condition: its kind and its bytes.
#[derive(Debug, Clone, Copy)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
}

fn tokens(condition: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = condition.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        let kind = if c == '\'' || c == '"' {
            let mut escaped = false;
            for (at, next) in rest.by_ref() {
                end = at + next.len_utf8();
                if next == c && !escaped {
                    break;
                }
                escaped = next == '\\' && !escaped;
            }
            Kind::Text
        } else if c.is_alphanumeric() || c == '_' {
            while let Some((at, next)) = rest.next_if(|(_, n)| n.is_alphanumeric() || *n == '_') {
                end = at + next.len_utf8();
            }
            Kind::Word
        } else {
            Kind::Sign
        };
        found.push(Token { kind, start, end });
    }
    found
}

/// The condition with its Chinese names in ASCII.
fn rewritten(condition: &str, tokens: &[Token]) -> String {
    let mut out = String::with_capacity(condition.len());
    let mut at = 0;
    for token in tokens.iter().filter(|token| token.kind == Kind::Word) {
        out.push_str(&condition[at..token.start]);
        out.push_str(&ascii(&condition[token.start..token.end]));
        at = token.end;
    }
    out.push_str(&condition[at..]);
    out
}

/// Prefix of a name that was put into ASCII.
const PREFIX: &str = "column_u";

fn ascii(name: &str) -> String {
    if name.is_ascii() {
        return name.to_owned();
    }
    let points: Vec<String> = name.chars().map(|c| format!("{:x}", c as u32)).collect();
    format!("{PREFIX}{}", points.join("_"))
}

fn original(name: &str) -> String {
    let points = name.strip_prefix(PREFIX).map(|points| {
        points
            .split('_')
            .map(|p| u32::from_str_radix(p, 16).ok().and_then(char::from_u32))
            .collect::<Option<String>>()
    });
    points.flatten().unwrap_or_else(|| name.to_owned())
}

/// Whether the condition compares a column with a text: `code == '110000'`, `code in ['110000']`.
fn is_held_against_text(name: &str, condition: &str, tokens: &[Token]) -> bool {
    let slice = |token: &Token| &condition[token.start..token.end];
    let is_joint = |token: &&Token| {
        matches!(slice(token), "=" | "!" | "<" | ">" | "in" | "not" | "[" | "(" | "]" | ")")
    };
    let is_text = |token: Option<&Token>| token.is_some_and(|token| token.kind == Kind::Text);
    let named = tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| token.kind == Kind::Word && slice(token) == name);
    named.into_iter().any(|(at, _)| {
        let compared = |joints: usize| joints > 0;
        let after = tokens[at + 1..].iter().take_while(is_joint).count();
        let before = tokens[..at].iter().rev().take_while(is_joint).count();
        (compared(after) && is_text(tokens.get(at + 1 + after)))
            || (compared(before) && before < at && is_text(tokens.get(at - 1 - before)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;

    fn rows() -> Vec<BTreeMap<String, String>> {
        let texts = [
            ("110000", "北京", "Eastern", "2184.3", "seed20"),
            ("510100", "成都", "Western", "2126.8", "seed20"),
            ("130100", "石家庄", "Eastern", "", ""),
        ];
        texts
            .iter()
            .map(|(code, name, region, people, sample)| {
                [
                    ("code", code),
                    ("名称", name),
                    ("region_en", region),
                    ("人口", people),
                    ("sample", sample),
                ]
                .into_iter()
                .map(|(k, v)| (k.to_owned(), (*v).to_owned()))
                .collect()
            })
            .collect()
    }

    fn pick(condition: &str) -> Result<Vec<usize>, Diagnostic> {
        let rows = rows();
        select(
            &rows.iter().collect::<Vec<_>>(),
            condition,
            Span::new(FileId(0), 0, 1),
            Of::Gazetteer,
        )
    }

    #[test]
    fn conditions_pick_rows() {
        let cases: [(&str, &[usize]); 14] = [
            ("sample == 'seed20'", &[0, 1]),
            ("region_en == \"Eastern\"", &[0, 2]),
            ("region_en in ['Western', 'Central']", &[1]),
            ("sample == 'seed20' and region_en == 'Eastern'", &[0]),
            ("not sample", &[2]),
            ("code == 110000", &[0]),
            ("code == '110000'", &[0]),
            ("'110000' == code", &[0]),
            ("code in ['110000', '510100']", &[0, 1]),
            ("code < 200000", &[0, 2]),
            ("人口 > 2150", &[0]),
            ("not (人口 > 2150)", &[1]),
            ("名称 == '成都'", &[1]),
            ("true", &[0, 1, 2]),
        ];
        for (condition, expected) in cases {
            assert_eq!(pick(condition).unwrap(), expected, "{condition}");
        }
    }

    #[test]
    fn mistakes_are_told() {
        let unknown = pick("sampel == 'seed20'").unwrap_err();
        assert_eq!(unknown.code, Code::ConfigUnknownName);
        assert_eq!(unknown.help, ["did you mean `sample`?"]);
        assert_eq!(pick("人数 > 1").unwrap_err().message, "the gazetteer has no column `人数`");
        assert_eq!(pick("sample = 'x'").unwrap_err().code, Code::FormulaSyntax);
        assert_eq!(pick("sample == 'x").unwrap_err().code, Code::FormulaSyntax);
        assert_eq!(pick("sample / 2 == 1").unwrap_err().code, Code::ConfigInvalid);
        assert_eq!(pick("range(1000000)|length > 1").unwrap_err().code, Code::ConfigInvalid);
    }
}
