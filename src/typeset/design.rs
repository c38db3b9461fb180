//! Tests of the page design in `report-templates/layout/`: what stands on which page, and where.

#![expect(clippy::disallowed_methods, reason = "tests read the faces and the design themselves")]

use std::path::Path;
use std::sync::OnceLock;

use typst::layout::{Frame, FrameItem, Point};
use typst::text::TextItem;

use super::{Bundle, Face, Job, Typesetter};

/// Reads the files of a folder of the project that end in one of `endings`.
fn folder(name: &str, endings: &[&str]) -> Vec<(String, Vec<u8>)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let mut files: Vec<_> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| endings.iter().any(|end| path.extension().is_some_and(|e| e == *end)))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// One press for all tests, as in a process that prints.
pub(super) fn press() -> &'static Typesetter {
    static PRESS: OnceLock<Typesetter> = OnceLock::new();
    PRESS.get_or_init(|| {
        let faces = folder("fonts", &["otf", "ttf"]);
        let faces = faces.into_iter().map(|(name, bytes)| Face { name, bytes: bytes.into() });
        Typesetter::new(faces.collect()).unwrap()
    })
}

const META: &str = r#"{"title": "TITLE", "subtitle": "Sub", "edition": "2022", "publisher": "Us",
    "date": {"year": 2024, "month": 6, "day": 30}, "date-text": "2024", "other-title": "Other",
    "keywords": ["k"], "attachments": [{"path": "/attach/a.csv", "mime": "text/csv",
    "description": "values", "relationship": "data"}]}"#;

/// The design, the metadata and an entry point that prints `parts` (language and sections).
fn report(parts: &[(&str, &str)]) -> (Bundle, Job) {
    let mut bundle = Bundle::new();
    for (name, bytes) in folder("report-templates/layout", &["typ"]) {
        bundle.insert(format!("/layout/{name}"), bytes);
    }
    bundle.insert_text("/meta.json", META);
    bundle.insert_text("/attach/a.csv", "unit,value\n");
    bundle.insert_text(
        "/c.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"99\" height=\"99\">\
         <rect width=\"99\" height=\"99\"/></svg>",
    );
    bundle.insert_text("/t.json", &table(70));
    let bilingual = parts.len() > 1;
    let langs = parts.iter().map(|(lang, _)| format!("\"{lang}\",")).collect::<Vec<_>>().concat();
    let mut main = vec![
        "#import \"/layout/report.typ\": *".to_owned(),
        format!("#show: book.with(meta: (json(\"/meta.json\"),), langs: ({langs}))"),
    ];
    for (lang, sections) in parts {
        main.push(format!("#part(\"{lang}\", json(\"/meta.json\"), bilingual: {bilingual})["));
        main.push(format!("#cover(json(\"/meta.json\"))\n{sections}\n]"));
    }
    bundle.insert_text("/main.typ", &main.join("\n"));
    (bundle, Job { main: "/main.typ".into(), ident: "design".into() })
}

/// A captioned table with so many rows.
fn table(rows: usize) -> String {
    let values = ["1.5", "12.25", "300", "—", "1,234.5*"];
    let rows: Vec<_> =
        (0..rows).map(|i| format!("[\"row {i}\", \"{}\"]", values[i % values.len()])).collect();
    format!(
        "{{\"caption\": \"CAPTION\", \"columns\": [{{\"align\": \"left\", \"width\": \"1fr\"}},\
         {{\"align\": \"decimal\", \"width\": \"auto\"}}], \"header\": [[\"NAME\", \"VALUE\"]],\
         \"rows\": [{}], \"notes\": [\"NOTE\"], \"source\": \"SOURCE\"}}",
        rows.join(",")
    )
}

/// The pieces of text on a frame with their places.
fn texts(frame: &Frame, at: Point, found: &mut Vec<(Point, TextItem)>) {
    for (offset, item) in frame.items() {
        match item {
            FrameItem::Text(text) => found.push((at + *offset, text.clone())),
            FrameItem::Group(group) => texts(&group.frame, at + *offset, found),
            _ => {}
        }
    }
}

/// The text of every page, without the gaps between its pieces.
fn pages(parts: &[(&str, &str)]) -> Vec<String> {
    let (bundle, job) = report(parts);
    let pages = press()
        .lay_out(&bundle, &job)
        .pages()
        .iter()
        .map(|page| {
            let mut found = Vec::new();
            texts(&page.frame, Point::zero(), &mut found);
            let joined: String = found.iter().map(|(_, item)| item.text.as_str()).collect();
            joined.replace([' ', '\u{a0}'], "")
        })
        .collect();
    // Whatever is laid out must also pass as PDF/A-3a and PDF/UA-1.
    press().typeset(&bundle, &job).unwrap();
    pages
}

/// The first page that holds `text`.
fn page_with<'a>(pages: &'a [String], text: &str) -> (usize, &'a str) {
    let index = pages.iter().position(|page| page.contains(text));
    let index = index.unwrap_or_else(|| panic!("`{text}` is on no page: {pages:#?}"));
    (index, &pages[index])
}

const TABLE: &str = "#table-block(\"t\", json(\"/t.json\"))";

#[test]
fn a_long_table_says_that_it_continues_from_the_second_page_on() {
    for (lang, first, next) in
        [("zh", "表1CAPTION", "续表1"), ("en", "Table1CAPTION", "Table1(continued)")]
    {
        let pages = pages(&[(lang, TABLE)]);
        let (start, page) = page_with(&pages, first);
        assert!(!page.contains(next), "{page}");
        assert!(page.contains("NAMEVALUE"));
        for page in &pages[start + 1..] {
            assert!(page.contains(next) && page.contains("NAMEVALUE"), "{page}");
        }
        assert!(pages.len() >= start + 2);
        assert!(pages.last().unwrap().contains("NOTESOURCE"));
    }
}

#[test]
fn numbers_stand_on_their_decimal_points() {
    let (bundle, job) = report(&[("en", TABLE)]);
    let document = press().lay_out(&bundle, &job);
    let mut found = Vec::new();
    for page in document.pages() {
        texts(&page.frame, Point::zero(), &mut found);
    }
    // The right edge of the units digit, wherever the number goes on after it.
    let units: Vec<f64> = found
        .iter()
        .filter(|(_, item)| ["1.5", "12.25", "300", "1,234.5*"].contains(&item.text.as_str()))
        .map(|(at, item)| {
            let end = item.text.find('.').unwrap_or(item.text.len());
            let advance: f64 = item
                .glyphs
                .iter()
                .filter(|glyph| usize::from(glyph.range.start) < end)
                .map(|glyph| glyph.x_advance.at(item.size).to_pt())
                .sum();
            at.x.to_pt() + advance
        })
        .collect();
    assert_eq!(units.len(), 56);
    assert!(units.iter().all(|x| (x - units[0]).abs() < 0.02), "{units:?}");
}

const BOOK: &str = "#frontmatter[\n= Foreword <LANG-foreword>\n\
    #heading(depth: 1, outlined: false)[CONTENTS]\n#contents()\n\
    #heading(depth: 1, outlined: false)[FIGURES]\n#list-of-figures()\n#list-of-tables()\n]\n\
    #mainmatter[\n= FIRST\n== SECTION <LANG-section>\n\
    #figure-block(\"LANG-fig\", src: \"/c.svg\", caption: [PICTURE], alt: \"a\", source: [S])\n\
    #table-block(\"LANG-t\", json(\"/t.json\"))\n\
    = SECOND <LANG-second>\n#formula(alt: \"x\")[$ x $]\n\
    SEE #ref-block(\"LANG-fig\") #ref-block(\"LANG-t\") #ref-block(\"LANG-second\") \
    #ref-block(\"LANG-section\") #ref-block(\"LANG-annex\") #ref-block(\"LANG-data\") \
    #ref-block(\"LANG-foreword\") END\n\
    #annexes[\n= ANNEXED <LANG-annex>\n== DATA <LANG-data>\n]\n]";

#[test]
fn each_language_numbers_and_names_in_its_own_way() {
    let zh = pages(&[("zh", &BOOK.replace("LANG", "zh"))]);
    page_with(&zh, "一、FIRST（一）SECTION");
    page_with(&zh, "附录AANNEXEDA.1DATA");
    page_with(&zh, "SEE图1表1第二部分第一部分（一）附录A附录A.1《Foreword》END");
    let en = pages(&[("en", &BOOK.replace("LANG", "en"))]);
    page_with(&en, "1FIRST1.1SECTION");
    page_with(&en, "AnnexAANNEXEDA.1DATA");
    page_with(&en, "SEEFigure1Table1Chapter2Section1.1AnnexAAnnexA.1ForewordEND");
}

#[test]
fn a_bilingual_book_counts_and_lists_by_language() {
    let (zh, en) = (BOOK.replace("LANG", "zh"), BOOK.replace("LANG", "en"));
    let pages = pages(&[("zh", &zh), ("en", &en)]);
    let (start, cover) = page_with(&pages, "Englishedition");
    assert_eq!(start * 2, pages.len());
    assert!(!cover.contains("中文版"));
    let (zh, en) = pages.split_at(start);
    for (part, own, other, contents) in [
        (zh, "图1PICTURE", "Figure", "一、FIRST1（一）SECTION1二、SECOND"),
        (en, "Figure1PICTURE", "图", "1FIRST11.1SECTION12SECOND"),
    ] {
        page_with(part, own);
        assert!(part.iter().all(|page| !page.contains(other)));
        // The list of contents holds the chapters of its part, once, with the folios of its part.
        let (_, list) = page_with(part, "CONTENTS");
        let dotless = list.replace('.', "");
        assert!(dotless.contains(&contents.replace('.', "")), "{dotless}");
        assert_eq!(list.matches("FIRST").count(), 1);
    }
    page_with(zh, "SEE图1表1第二部分");
    page_with(en, "SEEFigure1Table1Chapter2");
}

#[test]
fn no_heading_stands_at_the_foot_of_a_page() {
    // Push a heading down line by line until it has crossed the foot of the page.
    for lines in 28..44 {
        let filler = "line\\ ".repeat(lines);
        let text = format!("= Chapter\n{filler}\n\n== HEADING\nFOLLOWS\n\n{TABLE}");
        let pages = pages(&[("zh", &text)]);
        let heading = page_with(&pages, "HEADING").0;
        assert_eq!(heading, page_with(&pages, "FOLLOWS").0, "after {lines} lines");
        // Nor does a caption part from the first row.
        let caption = page_with(&pages, "CAPTION").0;
        assert_eq!(caption, page_with(&pages, "row0").0, "after {lines} lines");
    }
}

#[test]
fn a_row_may_name_every_column_or_only_the_cells_there_are() {
    let table = |rows: &str| {
        format!(
            "{{\"columns\": [{{\"align\": \"left\"}}, {{\"align\": \"left\"}}, {{\"align\": \"decimal\"}}],\
             \"header\": [[\"A\", \"B\", \"C\"]], \"rows\": {rows}}}"
        )
    };
    let full = table(
        r#"[[{"t": "two rows", "rowspan": 2}, "b1", "1.5"], [null, "b2", null],
            {"section": "GROUP"}, [{"t": "two columns", "colspan": 2}, null, "2.25"]]"#,
    );
    let short = table(
        r#"[[{"t": "two rows", "rowspan": 2}, "b1", "1.5"], ["b2", null],
            {"section": "GROUP"}, [{"t": "two columns", "colspan": 2}, "2.25"]]"#,
    );
    let places = |json: &str| {
        let (mut bundle, job) = report(&[("en", "#table-block(none, json(\"/s.json\"))")]);
        bundle.insert_text("/s.json", json);
        let mut found = Vec::new();
        for page in press().lay_out(&bundle, &job).pages() {
            texts(&page.frame, Point::zero(), &mut found);
        }
        found.into_iter().map(|(at, item)| (at, item.text)).collect::<Vec<_>>()
    };
    assert_eq!(places(&full), places(&short));
}

#[test]
fn every_block_of_the_design_conforms_to_the_standards() {
    let blocks = "#colophon(json(\"/meta.json\"), ((\"Licence\", \"CC BY\"),))\n\
        #mainmatter[\n= Chapter\n== Section\n=== Part\n==== Run-in\n\
        #chapter(numbered: false)[Unnumbered] <u>\n\
        #let numbers = ((label: \"L\", value: \"1\", unit: \"/ 20\"), (label: \"M\", value: \"12.5\"))\n\
        #profile((name: \"Beijing\", sub: \"East\", tiles: numbers, headline: \"Leads.\"))\n\
        #tiles((tiles: numbers))\n#tiles(numbers)\n\
        #callout(title: \"T\")[Body]\n#finding(n: 1, title: [T])[Body]\n#note[Note]\n\
        #side-by-side([Left], figure-block(\"f\", src: image(\"/c.svg\", alt: \"a\"), caption: [C],\
        source: [S], width: 100%))\n#new-page()\n\
        #figure-block(none, src: \"/c.svg\", alt: \"a\", float: auto)\n\
        #formula(alt: \"x\")[$ x $]\nInline #formula(alt: \"y\")[$y$].#footnote[Note.]\n\
        #strong[s] #emph[e] #raw(\"r\") #link(\"https://example.org\")[l]\n\
        #quote(block: true, attribution: [A])[Q]\n- a\n  - b\n+ c\n]";
    for lang in ["zh", "en"] {
        let (bundle, job) = report(&[(lang, blocks)]);
        let done = press().typeset(&bundle, &job);
        assert_eq!(done.expect("a PDF").warnings, [], "{lang}");
    }
}
