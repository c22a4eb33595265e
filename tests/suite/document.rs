//! Documents: the text of a template read into blocks.

use centricity::report::document::{Align, Block, Chart, Document, Run};
use proptest::prelude::*;

fn blocks(markdown: &str) -> Vec<Block> {
    Document::parse(markdown).expect("a document").blocks
}

fn run(text: &str) -> Run {
    Run {
        text: text.to_owned(),
        ..Run::default()
    }
}

#[test]
fn words_in_one_look_are_one_run() {
    let [Block::Paragraph { id, runs }] =
        &blocks("One *two* **three**\nand `four`, [five](#six).")[..]
    else {
        panic!("one paragraph");
    };
    assert_eq!(*id, None);
    let expected = [
        run("One "),
        Run {
            emphasis: true,
            ..run("two")
        },
        run(" "),
        Run {
            strong: true,
            ..run("three")
        },
        run(" and "),
        Run {
            code: true,
            ..run("four")
        },
        run(", "),
        Run {
            link: Some("#six".to_owned()),
            ..run("five")
        },
        run("."),
    ];
    assert_eq!(runs[..], expected);
}

#[test]
fn words_from_right_to_left_stand_apart() {
    let name = "\u{641}\u{627}\u{637}\u{645}\u{629} \u{627}\u{644}";
    let text = format!("By {name}, 28 February (2027)");
    let [Block::Paragraph { runs, .. }] = &blocks(&text)[..] else {
        panic!("a paragraph");
    };
    let parts: Vec<_> = runs
        .iter()
        .map(|run| (run.text.as_str(), run.rtl))
        .collect();
    assert_eq!(
        parts,
        [
            ("By ", false),
            (name, true),
            (", 28 February (2027)", false)
        ]
    );
}

#[test]
fn a_link_that_could_do_harm_is_plain_text() {
    let [Block::Paragraph { runs, .. }] = &blocks("[x](javascript:alert(1))")[..] else {
        panic!("one paragraph");
    };
    assert_eq!(runs[..], [run("x")]);
}

#[test]
fn a_part_holds_its_blocks_and_parts() {
    let text = "<!-- page: First -->\n\n# Title\n\n<!-- note -->\nWords\n\n<!-- /note -->\n<!-- /page -->\n\nAfter";
    let [
        Block::Part {
            name,
            title,
            blocks: inner,
        },
        Block::Paragraph { .. },
    ] = &blocks(text)[..]
    else {
        panic!("a part and a paragraph");
    };
    assert_eq!((name.as_str(), title.as_deref()), ("page", Some("First")));
    assert!(
        matches!(&inner[..], [Block::Heading { level: 1, .. }, Block::Part { name, .. }] if name == "note")
    );
}

#[test]
fn a_part_that_is_not_ended_or_not_begun_is_an_error() {
    for (text, message) in [
        (
            "<!-- page -->\n\nWords",
            "`<!-- page -->` begins a part that is not ended",
        ),
        (
            "Words\n\n<!-- /page -->",
            "`<!-- /page -->` ends a part that was not begun",
        ),
        (
            "<!-- a -->\n<!-- b -->\n<!-- /a -->\n<!-- /b -->",
            "`<!-- /a -->` ends a part that was not begun",
        ),
    ] {
        let error = Document::parse(text).expect_err(text);
        assert!(error.to_string().contains(message), "{error}");
    }
}

#[test]
fn a_table_keeps_its_columns_and_places() {
    let text = "| Part | Index |\n|---|--:|\n| <a id=\"s-light\"></a>Light | **75** |";
    let [
        Block::Table {
            columns,
            head,
            rows,
        },
    ] = &blocks(text)[..]
    else {
        panic!("a table");
    };
    let aligned: Vec<Align> = columns.iter().map(|one| one.align).collect();
    assert_eq!(aligned, [Align::Start, Align::End]);
    let width: usize = columns.iter().map(|one| one.width).sum();
    assert!((980..=1000).contains(&width), "{width}");
    assert_eq!(head[1].runs[..], [run("Index")]);
    assert_eq!(rows[0][0].id.as_deref(), Some("s-light"));
    assert_eq!(
        rows[0][1].runs[..],
        [Run {
            strong: true,
            ..run("75")
        }]
    );
}

#[test]
fn headings_are_listed_with_ids_of_their_own() {
    let document =
        Document::parse("# A b\n\n## <a id=\"x\"></a>C\n\n## A b\n\n# 中").expect("a document");
    let headings: Vec<_> = document
        .headings
        .iter()
        .map(|one| (one.level, one.id.as_str(), one.text.as_str()))
        .collect();
    assert_eq!(
        headings,
        [
            (1, "a-b", "A b"),
            (2, "x", "C"),
            (2, "a-b-2", "A b"),
            (1, "section", "中")
        ]
    );
}

#[test]
fn a_chart_stands_where_its_mark_stands() {
    assert_eq!(
        blocks("<!-- chart: strip a.b c.d -->"),
        [Block::Chart(Chart {
            number: 1,
            form: "strip".to_owned(),
            of: vec!["a.b".to_owned(), "c.d".to_owned()]
        })]
    );
}

proptest! {
    /// Nothing a person types ends in a panic or a loop.
    #[test]
    fn any_text_is_a_document_or_an_error(text in "[ -~\n<>|#*`!-]{0,200}") {
        let _ = Document::parse(&text);
    }
}
