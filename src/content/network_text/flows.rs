//! Who gives to whom: flows between places in words.

use crate::config::Level;
use crate::content::network_text::{Ranked, Voice, front};
use crate::content::networks::{Web, flow_names, level_names, place_name};
use crate::lang::Lang;
use crate::network::standing::{Standing, share};
use crate::network::{Flow, FlowKind, FlowYear, Flows};

/// Flows and places that are named.
const NAMED: usize = 5;
/// Net givers and takers that are named.
const SIDES: usize = 4;
/// A balance that is told, in shares of all relations.
const LEAST_NET: f64 = 0.002;
/// Relations that a flow has by chance, at least, for its lift to be told.
const LEAST_EXPECTED: f64 = 5.0;
/// Lifts that are named, and from which lift on.
const LIFTED: usize = 3;
const HIGH_LIFT: f64 = 1.5;

struct Year<'a> {
    flows: &'a Flows,
    own: &'a FlowYear,
    level: Level,
    voice: Voice,
}

fn year(voice: Voice, web: Web<'_>, level: Level) -> Option<Year<'_>> {
    let flows = web.flows(level)?;
    let own = flows.years.last().filter(|own| own.total > 0)?;
    Some(Year { flows, own, level, voice })
}

impl Year<'_> {
    fn place(&self, at: usize) -> String {
        place_name(&self.flows.places[at], self.voice.lang)
    }

    fn several(&self) -> &'static str {
        level_names(self.level, self.voice.lang).1
    }

    fn flow(&self, flow: &Flow) -> String {
        let (from, to) = (self.place(flow.from), self.place(flow.to));
        match (flow.kind, self.voice.lang) {
            (FlowKind::Within, Lang::Zh) => format!("{from}内部"),
            (FlowKind::Across, Lang::Zh) => format!("{from}至{to}"),
            (FlowKind::Within, Lang::En) => format!("within {from}"),
            (FlowKind::Across, Lang::En) => format!("{from} to {to}"),
        }
    }

    fn standings(&self, found: &[Standing], k: usize) -> Vec<Ranked> {
        let own = |own: &Standing| Ranked {
            name: self.place(own.at),
            value: crate::content::networks::percent(own.share, 2, self.voice.lang),
            rank: own.rank,
        };
        front(found.iter().map(own).collect(), k)
    }
}

/// How much stays inside, and the largest flows.
pub(super) fn largest(voice: Voice, web: Web<'_>, level: Level) -> String {
    let Some(year) = year(voice, web, level) else { return String::new() };
    let Some(intra) = year.own.intra_share() else { return String::new() };
    let (within, across) = flow_names(level, voice.lang);
    let (inside, between) = (voice.percent(intra), voice.percent(1.0 - intra));
    let (zh, en) = match intra.total_cmp(&0.5) {
        std::cmp::Ordering::Less => ("大多跨出所在地", "lead elsewhere"),
        _ => ("大多留在所在地", "stay where they begin"),
    };
    let first = voice.say(
        format!("有地点可考的关系{zh}：{within}占{inside}，{across}占{between}。"),
        format!(
            "Most relations with known places {en}: {inside} are {within}, {between} {across}."
        ),
    );
    let flows = year.flows.ranked(year.own);
    let listed = flows.iter().map(|flow| Ranked {
        name: year.flow(flow),
        value: crate::content::networks::percent(flow.share, 2, voice.lang),
        rank: flow.rank,
    });
    let listed = front(listed.collect(), NAMED);
    let names: Vec<String> = listed.iter().map(|own| voice.with(&own.name, &own.value)).collect();
    let second = match (voice.lang, names.len()) {
        (_, 0) => String::new(),
        (Lang::Zh, 1) => format!("唯一的流向是{}。", names[0]),
        (Lang::En, 1) => format!("The only flow is {}.", names[0]),
        (Lang::Zh, n) => {
            let n = crate::content::words::count_before_noun(n, Lang::Zh);
            format!("占比最大的{n}个流向是{}。", voice.list(&names))
        }
        (Lang::En, n) => {
            let n = crate::content::words::count_word(n, Lang::En);
            format!("The {n} largest flows are {}.", voice.list(&names))
        }
    };
    voice.together(&[first, second])
}

/// Who gives most and who takes most.
pub(super) fn places(voice: Voice, web: Web<'_>, level: Level) -> String {
    let Some(year) = year(voice, web, level) else { return String::new() };
    let several = year.several();
    let top = |found: &[Standing]| {
        let sum: u64 = found.iter().take(NAMED).map(|own| own.count).sum();
        let part = share(sum, year.own.total).map_or_else(String::new, |x| voice.percent(x));
        (found.len() > NAMED).then_some(part)
    };
    let (givers, takers) = (year.flows.givers(year.own), year.flows.takers(year.own));
    let one = |zh: &str, en: &str, found: &[Standing]| {
        let names = voice.chain(&year.standings(found, NAMED));
        let sum = top(found);
        match (names.is_empty(), voice.lang, sum) {
            (true, ..) => String::new(),
            (false, Lang::Zh, Some(sum)) => {
                format!("{zh}方面，{names}，前五个{several}合计占{sum}。")
            }
            (false, Lang::Zh, None) => format!("{zh}方面，{names}。"),
            (false, Lang::En, Some(sum)) => {
                format!("In {en}, {names}; the first five {several} have {sum} together.")
            }
            (false, Lang::En, None) => format!("In {en}, {names}."),
        }
    };
    if !web.spec().directed {
        return one("关系", "relations", &givers);
    }
    voice.together(&[one("输出", "giving", &givers), one("输入", "taking", &takers)])
}

/// Net givers and net takers.
pub(super) fn balance(voice: Voice, web: Web<'_>, level: Level) -> String {
    let Some(year) = year(voice, web, level).filter(|_| web.spec().directed) else {
        return String::new();
    };
    let mut nets: Vec<(usize, f64)> = year
        .own
        .balances()
        .iter()
        .filter(|own| !year.flows.places[own.place].is_rest())
        .map(|own| (own.place, own.out_share - own.in_share))
        .filter(|(_, net)| net.abs() >= LEAST_NET)
        .collect();
    nets.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
    let side = |sign: f64| {
        let chosen = nets.iter().filter(|(_, net)| net * sign > 0.0).take(SIDES);
        let named: Vec<String> = chosen
            .map(|&(at, net)| {
                let points = voice.number(net.abs() * 100.0, 2);
                let points = voice.say(format!("{points}个百分点"), format!("{points} points"));
                voice.with(&year.place(at), &points)
            })
            .collect();
        named
    };
    let (givers, takers) = (side(1.0), side(-1.0));
    let several = year.several();
    match (voice.lang, givers.is_empty(), takers.is_empty()) {
        (_, true, true) => voice.say(
            format!("各{several}的输出与输入大体相抵。"),
            format!("What {several} give and take is nearly even."),
        ),
        (Lang::Zh, false, false) => format!(
            "输出占比高于输入占比最多的是{}；相反，输入多于输出最多的是{}。",
            voice.list(&givers),
            voice.list(&takers)
        ),
        (Lang::En, false, false) => format!(
            "The largest net givers are {}; the largest net takers are {}.",
            voice.list(&givers),
            voice.list(&takers)
        ),
        (Lang::Zh, false, true) => format!("净输出最多的是{}。", voice.list(&givers)),
        (Lang::En, false, true) => format!("The largest net givers are {}.", voice.list(&givers)),
        (Lang::Zh, true, false) => format!("净输入最多的是{}。", voice.list(&takers)),
        (Lang::En, true, false) => format!("The largest net takers are {}.", voice.list(&takers)),
    }
}

/// The poles, and how much goes on among them.
pub(super) fn poles(voice: Voice, web: Web<'_>, level: Level) -> String {
    let Some(year) = year(voice, web, level) else { return String::new() };
    let poles = year.flows.poles(year.own, web.spec().pole_share);
    let names: Vec<String> = poles.places.iter().map(|(at, _)| year.place(*at)).collect();
    let least = crate::content::networks::percent(web.spec().pole_share, 0, voice.lang);
    let (Some(among), Some(touching)) = (poles.among, poles.touching) else { return String::new() };
    let (among, touching) = (voice.percent(among), voice.percent(touching));
    let list = voice.list(&names);
    match (voice.lang, names.len()) {
        (Lang::Zh, 0) => {
            format!(
                "没有一个{}占全部输出与输入的{least}以上，没有极点。",
                level_names(level, Lang::Zh).0
            )
        }
        (Lang::En, 0) => format!(
            "No {} has {least} of all that is given and taken: there is no pole.",
            level_names(level, Lang::En).0
        ),
        (Lang::Zh, 1) => format!("{list}是唯一的极点：{touching}的关系至少有一端在此。"),
        (Lang::En, 1) => {
            format!("{list} is the only pole: {touching} of the relations have an end there.")
        }
        (Lang::Zh, 2) => {
            format!("{list}构成“双极”：两端都在其中的关系占{among}，至少一端在其中的占{touching}。")
        }
        (Lang::En, 2) => format!(
            "{list} form two poles: {among} of the relations run within or between them, and {touching} have at least one end there."
        ),
        (Lang::Zh, n) => format!(
            "{list}是{}个极点：两端都在其中的关系占{among}，至少一端在其中的占{touching}。",
            crate::content::words::count_before_noun(n, Lang::Zh)
        ),
        (Lang::En, n) => format!(
            "{list} are the {} poles: {among} of the relations run within or between them, and {touching} have at least one end there.",
            crate::content::words::count_word(n, Lang::En)
        ),
    }
}

/// Flows that are far more frequent than size alone would have it.
pub(super) fn lift(voice: Voice, web: Web<'_>, level: Level) -> String {
    let Some(year) = year(voice, web, level) else { return String::new() };
    let mut found: Vec<Flow> = year
        .flows
        .ranked(year.own)
        .into_iter()
        .filter(|flow| flow.kind == FlowKind::Across)
        .filter(|flow| flow.expected >= LEAST_EXPECTED && flow.lift >= HIGH_LIFT)
        .collect();
    found.sort_by(|a, b| b.lift.total_cmp(&a.lift).then((a.from, a.to).cmp(&(b.from, b.to))));
    let named: Vec<String> = found
        .iter()
        .take(LIFTED)
        .map(|flow| {
            let times = voice.number(flow.lift, 2);
            voice.with(&year.flow(flow), &voice.say(format!("{times}倍"), times.clone()))
        })
        .collect();
    let expected = voice.number(LEAST_EXPECTED, 0);
    match (voice.lang, named.is_empty()) {
        (Lang::Zh, true) => format!(
            "按双方的体量计，期望不少于{expected}条的跨越流向中，没有明显偏多的：远近和类别之外，体量基本上决定了谁同谁往来。"
        ),
        (Lang::En, true) => format!(
            "Of the flows between {} that size alone puts at {expected} relations or more, none is markedly more frequent than that: size by and large decides who deals with whom.",
            year.several()
        ),
        (Lang::Zh, false) => {
            format!("与双方体量相比明显偏多的流向是{}。", voice.list(&named))
        }
        (Lang::En, false) => format!(
            "Compared with what size alone would give, the flows most above expectation (times as many) are {}.",
            voice.list(&named)
        ),
    }
}

/// What has changed since the first year.
pub(super) fn change(voice: Voice, web: Web<'_>, level: Level) -> String {
    let Some(year) = year(voice, web, level) else { return String::new() };
    let first = year.flows.years.iter().find(|own| own.total > 0);
    let Some(first) = first.filter(|first| first.year != year.own.year) else {
        return String::new();
    };
    let (Some(from), Some(early), Some(late)) =
        (first.year, first.intra_share(), year.own.intra_share())
    else {
        return String::new();
    };
    let (within, _) = flow_names(level, voice.lang);
    let several = year.several();
    let (x, y) = (voice.percent(early), voice.percent(late));
    let inside = match (voice.lang, x == y, late > early) {
        (Lang::Zh, true, _) => format!("{from}年以来，{within}关系的占比保持在{x}"),
        (Lang::Zh, false, true) => format!("{from}年以来，{within}关系的占比由{x}升至{y}"),
        (Lang::Zh, false, false) => format!("{from}年以来，{within}关系的占比由{x}降至{y}"),
        (Lang::En, true, _) => {
            format!("Since {from}, the share of relations within {several} has stayed at {x}")
        }
        (Lang::En, false, true) => {
            format!(
                "Since {from}, the share of relations within {several} has risen from {x} to {y}"
            )
        }
        (Lang::En, false, false) => {
            format!(
                "Since {from}, the share of relations within {several} has fallen from {x} to {y}"
            )
        }
    };
    let (Some(h0), Some(h1)) = (first.hhi().0, year.own.hhi().0) else {
        return voice.say(format!("{inside}。"), format!("{inside}."));
    };
    let (p, q) = (voice.number(h0, 3), voice.number(h1, 3));
    let spread = match (voice.lang, p == q, h1 < h0) {
        (Lang::Zh, true, _) => format!("输出的集中度（HHI）仍为{p}"),
        (Lang::Zh, false, true) => format!("输出的集中度（HHI）由{p}降至{q}，趋于分散"),
        (Lang::Zh, false, false) => format!("输出的集中度（HHI）由{p}升至{q}，趋于集中"),
        (Lang::En, true, _) => format!("the concentration of giving (HHI) is unchanged at {p}"),
        (Lang::En, false, true) => {
            format!("the concentration of giving (HHI) has fallen from {p} to {q}: it has spread")
        }
        (Lang::En, false, false) => {
            format!("the concentration of giving (HHI) has risen from {p} to {q}: it has gathered")
        }
    };
    voice.say(format!("{inside}；{spread}。"), format!("{inside}; {spread}."))
}
