//! The sentence helpers as functions of templates: arguments in, a sentence out.

use minijinja::value::{Kwargs, Rest, Value};
use minijinja::{Environment, Error};

use crate::content::arguments::Arguments;
use crate::content::functions::Desk;
use crate::content::groups;
use crate::content::phrase::Phrase;
use crate::content::put::Thing;
use crate::content::sentences::{Speaker, Way};

/// A helper: what it says given its arguments.
type Sentence = fn(&Speaker<'_>, &mut Arguments<'_>) -> Result<Phrase, Error>;

/// Every sentence helper with its name.
const SENTENCES: &[(&str, Sentence)] = &[
    ("rank_list", |s, a| Ok(s.rank_list(a.node_or_index("node")?, a.count("n", 10)?))),
    ("top_k_names", |s, a| Ok(s.top_k_names(a.node_or_index("node")?, a.count("k", 3)?))),
    ("rank_chain_scores", |s, a| {
        Ok(s.rank_chain_scores(a.node_or_index("node")?, a.count("k", 3)?))
    }),
    ("names_with_values", |s, a| {
        Ok(s.names_with_values(a.node_or_index("node")?, a.count("k", 3)?))
    }),
    ("parallel_values", |s, a| Ok(s.parallel_values(a.node_or_index("node")?, a.count("n", 5)?))),
    ("unit_rank", |s, a| Ok(s.unit_rank(a.unit("unit")?, a.node_or_index("node")?))),
    ("rank_pair", |s, a| Ok(s.rank_pair(a.unit("unit")?, a.node("d1")?, a.node("d2")?))),
    ("rank_both", |s, a| Ok(s.rank_both(a.unit("unit")?, a.node("d1")?, a.node("d2")?))),
    ("all_within", |s, a| Ok(s.all_within(a.unit("unit")?, &a.nodes("nodes")?))),
    ("first_except", |s, a| Ok(s.first_except(a.unit("unit")?, &a.nodes("nodes")?))),
    ("mid_table", |s, a| Ok(s.mid_table(a.unit("unit")?, a.node("node")?))),
    ("tie", |s, a| Ok(s.tie(a.node_or_index("node")?))),
    ("second_only_to", |s, a| Ok(s.second_only_to(a.unit("unit")?, a.node("node")?))),
    ("rank_in_group", |s, a| {
        Ok(s.rank_in_group(
            a.unit("unit")?,
            a.node_or_index("node")?,
            a.word("group", &groups::WORDS)?,
        ))
    }),
    ("type_note", |s, a| Ok(s.type_note(a.unit("unit")?))),
    ("only_in_group", |s, a| {
        let (node, n) = (a.node_or_index("node")?, a.count("n", 10)?);
        Ok(s.only_in_group(node, n, a.word("group", &groups::WORDS)?))
    }),
    ("sweep_top3", |s, a| Ok(s.sweep_top3(&a.nodes("nodes")?))),
    ("in_x_not_in_y", |s, a| {
        Ok(s.in_x_not_in_y(a.unit("unit")?, a.node("x")?, a.node("y")?, a.count("k", 10)?))
    }),
    ("outranks_gdp", |s, a| {
        let node = a.node_or_index("node")?;
        let by = match a.optional_text("by") {
            Some(code) => s.results.find_node(&code),
            None => s.results.find_node("gdp"),
        };
        let by = by.ok_or_else(|| a.fail("write `by=` and the code of an indicator"))?;
        Ok(s.outranks_gdp(node, by, a.count("gap", 3)?))
    }),
    ("places", |s, a| {
        Ok(s.places(a.node_or_index("node")?, a.count("first", 6)?, a.count("last", 10)?))
    }),
    ("rank_corr_note", |s, a| Ok(s.rank_corr_note(a.node_or_index("node")?, &a.nodes("nodes")?))),
    ("rank_change", |s, a| {
        let (unit, node) = (a.unit("unit")?, a.node_or_index("node")?);
        let against = a.text("against")?;
        if s.results.ranking(&against).is_none() {
            return Err(a.fail(format!("there is no published ranking `{against}`")));
        }
        Ok(s.rank_change(unit, node, &against))
    }),
    ("change_since", |s, a| Ok(s.change_since(a.unit("unit")?, a.node_or_index("node")?))),
    ("moves", |s, a| Ok(s.moves(a.node_or_index("node")?))),
    ("risen", |s, a| Ok(s.movers_named(a.node_or_index("node")?, a.count("n", 3)?, Way::Up))),
    ("fallen", |s, a| Ok(s.movers_named(a.node_or_index("node")?, a.count("n", 3)?, Way::Down))),
    ("unmoved", |s, a| Ok(s.unmoved(a.node_or_index("node")?))),
    ("change_parts", |s, a| Ok(s.change_parts(a.unit("unit")?, a.node_or_index("node")?))),
    ("change_mix", |s, a| Ok(s.change_mix(a.node_or_index("node")?))),
    ("change_drivers", |s, a| Ok(s.change_drivers(a.unit("unit")?, a.count("n", 3)?))),
    ("score_at_least", |s, a| Ok(s.score_at_least(a.node_or_index("node")?, a.number("t")?))),
    ("far_above", |s, a| Ok(s.far_above(a.node_or_index("node")?))),
    ("lead_margin", |s, a| Ok(s.lead_margin(a.node_or_index("node")?))),
    ("slope_note", |s, a| Ok(s.slope_note(a.node_or_index("node")?))),
    ("step_note", |s, a| Ok(s.step_note(a.node_or_index("node")?))),
    ("balanced", |s, a| Ok(s.balanced(a.unit("unit")?, &a.nodes("nodes")?))),
    ("stronger_than", |s, a| Ok(s.stronger_than(a.unit("unit")?, a.node("d1")?, a.node("d2")?))),
    ("strength_weakness", |s, a| Ok(s.strength_weakness(a.unit("unit")?))),
    ("distribution_stats", |s, a| Ok(s.distribution_stats(a.node_or_index("node")?))),
    ("value_of", |s, a| Ok(s.value_of(a.unit("unit")?, a.indicator("indicator")?))),
    ("as_of", |s, a| Ok(s.as_of(&a.text("period")?))),
    ("ratio_times", |s, a| {
        Ok(s.ratio_times(a.unit("unit")?, a.indicator("indicator")?, a.unit("other")?))
    }),
    ("more_than_twice", |s, a| Ok(s.more_than_twice(a.indicator("indicator")?))),
    ("ratio_percent", |s, a| Ok(s.ratio_percent(a.unit("unit")?, a.indicator("indicator")?))),
    ("exceeds_sum", |s, a| Ok(s.exceeds_sum(a.indicator("indicator")?))),
    ("lead_by", |s, a| Ok(s.lead_by(a.indicator("indicator")?))),
    ("over_threshold_count", |s, a| {
        let indicator = a.indicator("indicator")?;
        Ok(s.over_threshold_count(indicator, a.number("t")?, a.optional_number("t2")?))
    }),
    ("all_top_exceed", |s, a| Ok(s.all_top_exceed(a.indicator("indicator")?, a.count("n", 5)?))),
    ("coverage_count", |s, a| Ok(s.coverage_count(a.indicator("indicator")?))),
    ("topk_share", |s, a| Ok(s.topk_share(a.indicator("indicator")?, a.count("k", 3)?))),
    ("obstacle_note", |s, a| Ok(s.obstacle_note(a.unit("unit")?))),
    ("rank_range", |s, a| Ok(s.rank_range(a.unit("unit")?))),
    ("firm_ranks", |s, _| Ok(s.firm_ranks())),
    ("mean_shift", |s, _| Ok(s.mean_shift())),
    ("alike_groups", |s, _| Ok(s.alike_groups())),
    ("top_doubt", |s, a| Ok(s.top_doubt(a.count("k", 10)?))),
    ("tier_doubt", |s, _| Ok(s.tier_doubt())),
    ("median_gap", |s, _| Ok(s.median_gap())),
    ("source_note", |s, _| Ok(s.source_note())),
    ("left_out_note", |s, a| Ok(s.left_out_note(a.optional_count("level")?))),
    ("leader_limits", |s, _| Ok(s.leader_limits())),
    ("close_calls", |s, a| Ok(s.close_calls(a.count("n", 2)?))),
    ("step_up", |s, a| Ok(s.step_up(a.unit("unit")?))),
    ("rank_line", |s, a| Ok(s.rank_line(a.unit("unit")?, &a.nodes("nodes")?))),
];

/// Names of the sentence helpers.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    SENTENCES.iter().map(|(name, _)| *name)
}

/// Registers the sentence helpers in an environment.
pub(super) fn register(environment: &mut Environment<'static>, desk: &Desk) {
    for &(name, sentence) in SENTENCES {
        let desk = desk.clone();
        environment.add_function(
            name,
            move |args: Rest<Value>, named: Kwargs| -> Result<Value, Error> {
                let mut arguments =
                    Arguments::new(&desk.results, name, args, named).telling(&desk.store);
                let speaker = Speaker { results: &desk.results, lang: desk.lang };
                let phrase = sentence(&speaker, &mut arguments)?;
                arguments.finish()?;
                Ok(Thing::phrase(phrase))
            },
        );
    }
}
