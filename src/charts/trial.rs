//! What the tests of the charts share: faces, reading back the SVG, realistic labels.

use super::canvas::Bounds;
use super::{Chart, Face, Faces, Theme, Weight};
use crate::lang::Lang;

const ZH: [&str; 20] = [
    "北京", "深圳", "上海", "广州", "杭州", "南京", "武汉", "成都", "天津", "苏州", "西安", "合肥",
    "重庆", "长沙", "济南", "青岛", "沈阳", "厦门", "郑州", "大连",
];
const EN: [&str; 20] = [
    "Beijing",
    "Shenzhen",
    "Shanghai",
    "Guangzhou",
    "Hangzhou",
    "Nanjing",
    "Wuhan",
    "Chengdu",
    "Tianjin",
    "Suzhou",
    "Xi'an",
    "Hefei",
    "Chongqing",
    "Changsha",
    "Jinan",
    "Qingdao",
    "Shenyang",
    "Xiamen",
    "Zhengzhou",
    "Dalian",
];

/// Twenty cities of the sample.
pub(super) fn cities(lang: Lang) -> Vec<String> {
    match lang {
        Lang::Zh => ZH,
        Lang::En => EN,
    }
    .map(str::to_owned)
    .to_vec()
}

/// The house theme, lettered in the project's own faces.
pub(super) fn theme() -> Theme {
    let faces = [
        ("Noto Sans SC", Weight::Regular, "NotoSansSC-Regular.otf"),
        ("Noto Sans SC", Weight::Bold, "NotoSansSC-Bold.otf"),
        ("Noto Sans", Weight::Regular, "NotoSans-Regular.ttf"),
        ("Noto Sans", Weight::Bold, "NotoSans-Bold.ttf"),
    ]
    .map(|(family, weight, file)| {
        let path = format!("{}/fonts/{file}", env!("CARGO_MANIFEST_DIR"));
        #[expect(clippy::disallowed_methods, reason = "a test reads the project's own faces")]
        let bytes = std::fs::read(path).unwrap();
        Face { family, weight, bytes: bytes.leak() }
    });
    Theme::new(Faces::register(faces).unwrap())
}

/// A text as the SVG has it, in points.
#[derive(Debug)]
pub(super) struct Lettered {
    pub text: String,
    pub families: String,
    pub size: f64,
    pub bounds: Bounds,
}

/// All texts of a chart with the room they take, measured anew from what the SVG says.
pub(super) fn texts(chart: &Chart) -> Vec<Lettered> {
    let theme = theme();
    chart
        .svg
        .split("<text ")
        .skip(1)
        .map(|element| {
            let (head, rest) = element.split_once('>').unwrap();
            let number = |key: &str| attribute(head, key).parse::<f64>().unwrap() / 20.0;
            let text = rest.split_once("</text>").unwrap().0.trim();
            let text = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'")]
                .iter()
                .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
                .replace("&amp;", "&");
            let families = attribute(head, "font-family").to_owned();
            let list: Vec<String> = families.split(", ").map(str::to_owned).collect();
            let weight =
                if head.contains("font-weight=\"bold\"") { Weight::Bold } else { Weight::Regular };
            let size = number("font-size");
            let em: f64 = theme.faces.runs(&list, weight, &text).iter().map(|r| r.em).sum();
            assert_eq!(attribute(head, "dy"), "0.76em");
            if head.contains("rotate(270") {
                assert_eq!(attribute(head, "text-anchor"), "start");
                let (foot, baseline) = (number("y"), number("x") + 0.76 * size);
                let bounds = Bounds {
                    left: baseline - 0.8 * size,
                    top: foot - em * size,
                    right: baseline + 0.1 * size,
                    bottom: foot,
                };
                return Lettered { text, families, size, bounds };
            }
            let left = match attribute(head, "text-anchor") {
                "start" => number("x"),
                "middle" => number("x") - em * size / 2.0,
                _ => number("x") - em * size,
            };
            let baseline = number("y") + 0.76 * size;
            let bounds = Bounds {
                left,
                top: baseline - 0.8 * size,
                right: left + em * size,
                bottom: baseline + 0.1 * size,
            };
            Lettered { text, families, size, bounds }
        })
        .collect()
}

fn attribute<'a>(head: &'a str, key: &str) -> &'a str {
    let (_, rest) = head.split_once(&format!("{key}=\"")).unwrap();
    rest.split_once('"').unwrap().0
}

/// Asserts what holds for every chart: numbers are numbers, text is large enough, stands on the
/// sheet and on no other text.
pub(super) fn check(chart: &Chart) {
    assert!(!chart.svg.contains("NaN") && !chart.svg.contains("inf"), "no number");
    let (width, height) = (chart.width_mm * 72.0 / 25.4, chart.height_mm * 72.0 / 25.4);
    let texts = texts(chart);
    for (i, one) in texts.iter().enumerate() {
        let b = one.bounds;
        assert!(one.size >= 7.5, "{} pt: {}", one.size, one.text);
        let inside = b.left >= -0.1 && b.top >= -0.1 && b.right <= width + 0.1;
        assert!(inside && b.bottom <= height + 0.1, "off the sheet: {one:?}");
        for other in &texts[..i] {
            let o = other.bounds;
            let apart = b.left >= o.right - 0.1 || o.left >= b.right - 0.1;
            let above = b.top >= o.bottom - 0.1 || o.top >= b.bottom - 0.1;
            assert!(apart || above, "`{}` stands on `{}`", one.text, other.text);
        }
    }
}

/// Checks the chart that `draw` makes in both languages, and that it makes it twice alike.
pub(super) fn check_both(draw: impl Fn(&Theme, Lang) -> Chart) {
    let theme = theme();
    for lang in Lang::ALL {
        let chart = draw(&theme, lang);
        check(&chart);
        assert_eq!(chart, draw(&theme, lang));
    }
}
