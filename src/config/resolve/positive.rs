//! Scales that start at zero under means that take scores above zero only.

use crate::config::method::Node;
use crate::diag::{Code, Diagnostic, Findings, Span};

/// Finds nodes whose mean would fail for the worst unit of a child.
pub(in crate::config) fn check_positive(
    nodes: &[Node],
    variant: Option<Span>,
    findings: &mut Findings,
) {
    for node in nodes {
        let Some(method) = node.aggregation().filter(|a| a.wants_positive()) else { continue };
        let zero = node.children().iter().copied().find(|&c| {
            let lowest = nodes[c].indicator().and_then(|i| i.normalisation.lowest());
            lowest.is_some_and(|low| low <= 0.0)
        });
        if let Some(child) = zero {
            let diagnostic = Diagnostic::error(
                Code::ConfigInvalid,
                format!(
                    "`{}` takes a {} mean, but `{}` can score zero",
                    node.code,
                    method.word(),
                    nodes[child].code
                ),
            )
            .at_opt(variant, "in this variant")
            .at(node.span, format!("{} here", method.word()))
            .at(nodes[child].span, "its scale starts at zero or below")
            .help("start the scale above zero, such as `range: [1, 100]`");
            findings.push(diagnostic);
        }
    }
}
