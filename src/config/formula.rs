//! Formulas of derived indicators: `gdp / population * 10000`, `gdp@2019`, `` `R&D 投入` ``.
//!
//! Numbers, columns, `+ - * / ^`, parentheses, unary minus. `^` binds tightest and to the right.
//! A column name is a letter (of any script) or `_`, then letters, digits and `_`; any other name
//! stands between backquotes. `@` and a year take a column from another year. The word `year` is the
//! year the indicator is computed for.

/// Deepest nesting of a formula.
const MAX_DEPTH: usize = 64;
/// The word for the year an indicator is computed for; a column of that name needs backquotes.
const YEAR: &str = "year";

/// A parsed formula and the text it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    /// As written.
    pub text: String,
    /// As understood.
    pub expr: Expr,
}

/// An expression over columns.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A constant.
    Number(f64),
    /// A column, of the reference year or of the one stated.
    Column {
        /// Name of the column.
        name: String,
        /// Year after `@`.
        year: Option<i32>,
    },
    /// The year the indicator is computed for.
    Year,
    /// The negative of an expression.
    Negate(Box<Expr>),
    /// Two expressions combined.
    Binary(Op, Box<Expr>, Box<Expr>),
}

/// A binary operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// Sum.
    Add,
    /// Difference.
    Subtract,
    /// Product.
    Multiply,
    /// Quotient.
    Divide,
    /// Power.
    Power,
}

/// Why a formula does not parse, and at which byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormulaError {
    /// What was met.
    pub message: String,
    /// Byte in the formula.
    pub at: usize,
}

impl Formula {
    /// A formula that is one column.
    #[must_use]
    pub fn column(name: &str) -> Self {
        Self { text: name.to_owned(), expr: Expr::Column { name: name.to_owned(), year: None } }
    }

    /// Parses a formula.
    ///
    /// # Errors
    /// Says what was met where something else was wanted.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        let mut parser = Parser { text, at: 0, depth: 0 };
        let expr = parser.sum()?;
        parser.blanks();
        if parser.at < text.len() {
            return Err(parser.unexpected("an operator or the end"));
        }
        Ok(Self { text: text.to_owned(), expr })
    }

    /// Names of the columns it uses, each with the year after `@`, in order, once each.
    #[must_use]
    pub fn columns(&self) -> Vec<(&str, Option<i32>)> {
        let mut found = Vec::new();
        self.expr.collect(&mut found);
        found
    }

    /// Whether the year it is computed for is part of it.
    #[must_use]
    pub fn uses_year(&self) -> bool {
        self.expr.uses_year()
    }

    /// Whether it is one column and nothing else.
    #[must_use]
    pub const fn is_column(&self) -> bool {
        matches!(self.expr, Expr::Column { .. })
    }
}

impl Expr {
    fn uses_year(&self) -> bool {
        match self {
            Self::Year => true,
            Self::Number(_) | Self::Column { .. } => false,
            Self::Negate(inner) => inner.uses_year(),
            Self::Binary(_, left, right) => left.uses_year() || right.uses_year(),
        }
    }

    fn collect<'a>(&'a self, found: &mut Vec<(&'a str, Option<i32>)>) {
        match self {
            Self::Number(_) | Self::Year => {}
            Self::Column { name, year } => {
                if !found.contains(&(name.as_str(), *year)) {
                    found.push((name, *year));
                }
            }
            Self::Negate(inner) => inner.collect(found),
            Self::Binary(_, left, right) => {
                left.collect(found);
                right.collect(found);
            }
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn peek(&mut self) -> Option<char> {
        self.blanks();
        self.rest().chars().next()
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn unexpected(&mut self, wanted: &str) -> FormulaError {
        let message = match self.peek() {
            Some(c) => format!("found `{c}` where {wanted} was expected"),
            None => format!("the formula ends where {wanted} was expected"),
        };
        FormulaError { message, at: self.at }
    }

    fn sum(&mut self) -> Result<Expr, FormulaError> {
        let mut left = self.product()?;
        loop {
            let op = if self.take('+') {
                Op::Add
            } else if self.take('-') || self.take('\u{2212}') {
                Op::Subtract
            } else {
                return Ok(left);
            };
            left = Expr::Binary(op, Box::new(left), Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Result<Expr, FormulaError> {
        let mut left = self.unary()?;
        loop {
            let op = if self.take('*') || self.take('×') {
                Op::Multiply
            } else if self.take('/') || self.take('÷') {
                Op::Divide
            } else {
                return Ok(left);
            };
            left = Expr::Binary(op, Box::new(left), Box::new(self.unary()?));
        }
    }

    fn unary(&mut self) -> Result<Expr, FormulaError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(FormulaError {
                message: "the formula nests too deeply".into(),
                at: self.at,
            });
        }
        let expr = if self.take('-') || self.take('\u{2212}') {
            Expr::Negate(Box::new(self.unary()?))
        } else {
            self.power()?
        };
        self.depth -= 1;
        Ok(expr)
    }

    fn power(&mut self) -> Result<Expr, FormulaError> {
        let base = self.atom()?;
        if self.take('^') {
            let exponent = self.unary()?;
            return Ok(Expr::Binary(Op::Power, Box::new(base), Box::new(exponent)));
        }
        Ok(base)
    }

    fn atom(&mut self) -> Result<Expr, FormulaError> {
        match self.peek() {
            Some('(') => {
                self.at += 1;
                let inner = self.sum()?;
                if self.take(')') { Ok(inner) } else { Err(self.unexpected("`)`")) }
            }
            Some(c) if c.is_ascii_digit() || c == '.' => self.number(),
            Some('`') => self.quoted(),
            Some(c) if c.is_alphabetic() || c == '_' => {
                let name = self.word();
                if name == YEAR && !self.rest().starts_with('@') {
                    return Ok(Expr::Year);
                }
                self.column(name)
            }
            _ => Err(self.unexpected("a column, a number or `(`")),
        }
    }

    fn number(&mut self) -> Result<Expr, FormulaError> {
        let rest = self.rest();
        let mut end = 0;
        let bytes = rest.as_bytes();
        while end < bytes.len() {
            let exponent_sign = end > 0
                && matches!(bytes[end], b'-' | b'+')
                && matches!(bytes[end - 1], b'e' | b'E');
            if !(bytes[end].is_ascii_digit()
                || matches!(bytes[end], b'.' | b'e' | b'E')
                || exponent_sign)
            {
                break;
            }
            end += 1;
        }
        let value = rest[..end].parse::<f64>().ok().filter(|v| v.is_finite());
        match value {
            Some(value) => {
                self.at += end;
                Ok(Expr::Number(value))
            }
            None => Err(FormulaError {
                message: format!("`{}` is not a number", &rest[..end]),
                at: self.at,
            }),
        }
    }

    fn word(&mut self) -> String {
        let end = self
            .rest()
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(self.rest().len());
        let word = self.rest()[..end].to_owned();
        self.at += end;
        word
    }

    fn quoted(&mut self) -> Result<Expr, FormulaError> {
        let start = self.at;
        self.at += 1;
        let Some(end) = self.rest().find('`') else {
            return Err(FormulaError { message: "the backquote is not closed".into(), at: start });
        };
        let name = self.rest()[..end].to_owned();
        self.at += end + 1;
        self.column(name)
    }

    fn column(&mut self, name: String) -> Result<Expr, FormulaError> {
        let year = if self.rest().starts_with('@') {
            self.at += 1;
            let start = self.at;
            let digits = self.word();
            let year = digits
                .parse::<i32>()
                .map_err(|_| FormulaError { message: "`@` wants a year".into(), at: start })?;
            Some(year)
        } else {
            None
        };
        Ok(Expr::Column { name, year })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precedence_is_that_of_mathematics() {
        let formula = Formula::parse("a + b * c ^ 2 / -d").unwrap();
        assert_eq!(formula.columns(), [("a", None), ("b", None), ("c", None), ("d", None)]);
        let Expr::Binary(Op::Add, _, product) = formula.expr else { panic!("sum on top") };
        assert!(matches!(*product, Expr::Binary(Op::Divide, _, _)));
    }

    #[test]
    fn columns_may_be_han_quoted_and_of_another_year() {
        let formula = Formula::parse("常住人口@2019 / `R&D 投入`").unwrap();
        assert_eq!(formula.columns(), [("常住人口", Some(2019)), ("R&D 投入", None)]);
    }

    #[test]
    fn mistakes_are_placed() {
        assert_eq!(Formula::parse("a +").unwrap_err().at, 3);
        assert_eq!(Formula::parse("a b").unwrap_err().at, 2);
        assert!(Formula::parse("1.2.3").is_err());
        assert!(Formula::parse("").is_err());
        assert!(Formula::parse(&"(".repeat(500)).is_err());
        assert!(Formula::parse(&"-".repeat(500)).is_err());
    }
}
