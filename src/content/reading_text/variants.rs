//! The variants of the index beside the main result, in words.

use crate::content::reading_text::Voice;
use crate::content::results::UnitAt;
use crate::index::{Contrast, RankShift};
use crate::lang::Lang;

/// How far the variants agree with the main ranking, who stays, and who moves most.
pub(super) fn paragraph(voice: Voice<'_>) -> String {
    let ways: Vec<(String, Contrast)> = voice
        .results
        .config
        .method
        .variants
        .iter()
        .filter_map(|variant| {
            let own = voice.results.index.variant(&variant.id)?;
            let name = variant.name.text(voice.lang).to_owned();
            Some((name, Contrast::of(&voice.results.index, own, 0)))
        })
        .collect();
    if ways.is_empty() {
        return String::new();
    }
    voice.together(&[agreement(voice, &ways), who_stays(voice, &ways), furthest(voice, &ways)])
}

fn agreement(voice: Voice<'_>, ways: &[(String, Contrast)]) -> String {
    let rhos: Vec<f64> = ways.iter().filter_map(|(_, own)| own.spearman).collect();
    let (Some(low), Some(high)) =
        (rhos.iter().copied().reduce(f64::min), rhos.iter().copied().reduce(f64::max))
    else {
        return String::new();
    };
    let (low, high) = (voice.number(low, 3), voice.number(high, 3));
    let count = crate::content::words::count_before_noun(ways.len(), voice.lang);
    match (low == high, voice.lang) {
        (true, Lang::Zh) => {
            format!("另用{count}种方案计算总指数，其得分与主结果的斯皮尔曼相关系数为{low}。")
        }
        (true, Lang::En) => format!(
            "The index was also made in {count} other {}, whose scores have a rank correlation (Spearman) of {low} with the main result.",
            if ways.len() == 1 { "way" } else { "ways" }
        ),
        (false, Lang::Zh) => format!(
            "另用{count}种方案计算总指数，其得分与主结果的斯皮尔曼相关系数在{low}与{high}之间。"
        ),
        (false, Lang::En) => format!(
            "The index was also made in {count} other ways, whose scores have rank correlations (Spearman) between {low} and {high} with the main result."
        ),
    }
}

/// The units whose rank is the same in every variant.
fn who_stays(voice: Voice<'_>, ways: &[(String, Contrast)]) -> String {
    let results = voice.results;
    let stays = |unit: &UnitAt| {
        ways.iter().all(|(_, own)| own.shifts.iter().any(|s| s.unit == *unit && s.places() == 0))
    };
    let names: Vec<String> =
        results.order(0).iter().filter(|unit| stays(unit)).map(|&unit| voice.unit(unit)).collect();
    let list = voice.list(&names);
    match (names.len(), voice.lang) {
        (0, Lang::Zh) => "没有城市在所有方案中位次都不变。".to_owned(),
        (0, Lang::En) => "No city keeps its rank in all of them.".to_owned(),
        (_, Lang::Zh) => format!("{list}在所有方案中位次不变。"),
        (1, Lang::En) => format!("{list} keeps its rank in all of them."),
        (_, Lang::En) => format!("{list} keep their ranks in all of them."),
    }
}

/// The largest move of each variant.
fn furthest(voice: Voice<'_>, ways: &[(String, Contrast)]) -> String {
    let told: Vec<String> = ways
        .iter()
        .filter_map(|(name, own)| {
            let most = own.largest_shift.filter(|&most| most > 0)?;
            let movers: Vec<String> = own
                .shifts
                .iter()
                .filter(|s| s.base.abs_diff(s.other) == most)
                .map(|&s| moved(voice, s))
                .collect();
            let movers = voice.list(&movers);
            Some(match voice.lang {
                Lang::Zh => format!("“{name}”中变动最大的是{movers}"),
                Lang::En => format!("with {name}, {movers}"),
            })
        })
        .collect();
    match (told.is_empty(), voice.lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("{}。", told.join("；")),
        (false, Lang::En) => format!("The largest moves are: {}.", told.join("; ")),
    }
}

fn moved(voice: Voice<'_>, shift: RankShift) -> String {
    let name = voice.unit(shift.unit);
    match voice.lang {
        Lang::Zh => format!("{name}（由第{}到第{}）", shift.base, shift.other),
        Lang::En => format!("{name} (from {} to {})", shift.base, shift.other),
    }
}
