//! Words for the status of a datum.

use crate::config::Status;
use crate::data::fold;
use crate::data::table::Text;
use crate::diag::{Code, Diagnostic, alternatives, nearest};

/// Chinese words, besides those of [`Status::word`].
const CHINESE: [(&str, Status); 12] = [
    ("官方", Status::Official),
    ("二手", Status::Secondary),
    ("二手汇编", Status::Secondary),
    ("汇编", Status::Secondary),
    ("替代", Status::Proxy),
    ("代理", Status::Proxy),
    ("估计", Status::Estimate),
    ("估算", Status::Estimate),
    ("插补", Status::Imputed),
    ("填补", Status::Imputed),
    ("示意", Status::Illustrative),
    ("示例", Status::Illustrative),
];

/// Reads a status word.
///
/// # Errors
/// When the word is not one of them.
pub(super) fn parse(cell: &Text) -> Result<Status, Diagnostic> {
    let word = fold::word(&cell.text);
    let english = Status::ALL.into_iter().find(|status| status.word() == word);
    let chinese = || CHINESE.iter().find(|(text, _)| *text == word).map(|(_, status)| *status);
    english.or_else(chinese).ok_or_else(|| {
        let words: Vec<&str> = Status::ALL.iter().map(|s| s.word()).collect();
        let listed: Vec<String> = words.iter().map(|w| format!("`{w}`")).collect();
        Diagnostic::error(
            Code::DataBadCell,
            format!("`{}` is no status; a status is {}", cell.text, alternatives(&listed)),
        )
        .at(cell.span, "")
        .did_you_mean(&nearest(&word, words))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{FileId, Span};

    #[test]
    fn words_in_two_languages() {
        let cell = |text: &str| Text { text: text.into(), span: Span::new(FileId(0), 0, 1) };
        assert_eq!(parse(&cell("Official")).unwrap(), Status::Official);
        assert_eq!(parse(&cell("替代")).unwrap(), Status::Proxy);
        let found = parse(&cell("offical")).unwrap_err();
        assert_eq!(found.help, ["did you mean `official`?"]);
    }
}
