//! Blocks of a document in a terminal of 80 columns.

use centricity::report::document::Document;
use centricity::report::terminal::blocks;

fn printed(markdown: &str, paint: bool) -> String {
    let document = Document::parse(markdown);
    document.map_or_else(|error| error.to_string(), |one| blocks(&one, paint))
}

#[test]
fn headings_paragraphs_and_lists_stand_apart() {
    let text = printed(
        "# Head\n\n<!-- fold: More -->\n\nOne *and* [two](#x).\n\n3. three\n   - under it\n4. four\n\n<!-- /fold -->\n",
        false,
    );
    let wanted = "Head\n\nMore\n\nOne and two.\n\n3. three\n   - under it\n4. four\n";
    assert_eq!(text, wanted);
}

#[test]
fn a_table_of_long_cells_keeps_its_words_whole_in_eighty_columns() {
    let long = "many words that go on and on ".repeat(9);
    let text = printed(
        &format!(
            "| Name | What | n |\n|---|---|--:|\n| short | {long} | 7 |\n| next | **few** | 10 |\n"
        ),
        false,
    );
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let rows: Vec<&str> = text.lines().collect();
    assert!(rows[0].starts_with("Name   What") && rows[0].ends_with(" n"));
    assert!(
        rows[2].starts_with("short  many words") && rows[2].ends_with("   7"),
        "{text}"
    );
    assert!(
        rows.last()
            .is_some_and(|row| row.starts_with("next   few") && row.ends_with(" 10"))
    );
    let words = |text: &str| {
        text.split_whitespace()
            .filter(|word| *word == "words")
            .count()
    };
    assert_eq!(words(&text), words(&long));
}

#[test]
fn a_word_without_end_is_broken_in_its_cell() {
    let text = printed(
        &format!(
            "| a | b | c |\n|---|---|---|\n| {0} | {0} | {0} |\n",
            "x".repeat(200)
        ),
        false,
    );
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert_eq!(text.matches('x').count(), 600);
}

#[test]
fn strong_words_are_bold_one_by_one_and_nothing_else_steers_the_terminal() {
    let text = printed("**two words**, \u{1b}[31mred\u{7}", true);
    assert_eq!(
        text,
        "\u{1b}[1mtwo\u{1b}[0m \u{1b}[1mwords\u{1b}[0m, [31mred\n"
    );
}
