//! Files of answers made from bytes: every form an answer can be written in, with comments that can
//! be counted.

use proptest::prelude::*;

pub(super) const QUESTIONS: [&str; 7] = ["a", "b", "c", "on", "e", "f", "g"];

/// A file made from bytes, with comments that are counted.
#[derive(Default)]
struct Writer {
    text: String,
    comments: usize,
    bytes: std::collections::VecDeque<u8>,
}

impl Writer {
    fn pick(&mut self, below: u8) -> u8 {
        self.bytes.pop_front().unwrap_or_default() % below
    }

    /// A comment, or none.
    fn comment(&mut self) -> String {
        if self.pick(3) == 0 {
            return String::new();
        }
        self.comments += 1;
        format!(" # c{}!", self.comments)
    }

    fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The end of a line, which may have a comment.
    fn end(&mut self) {
        let comment = self.comment();
        self.put(&comment);
        self.put("\n");
    }

    /// Lines with nothing on them but comments.
    fn aside(&mut self, indent: usize) {
        let comment = self.comment();
        if !comment.is_empty() {
            self.put(&format!("{:indent$}{}\n", "", comment.trim_start()));
        }
        if self.pick(4) == 0 {
            self.put("\n");
        }
    }

    fn key(&mut self, key: &str) {
        match self.pick(5) {
            0 => self.put(&format!("\"{key}\": ")),
            1 => self.put(&format!("'{key}' : ")),
            _ => self.put(&format!("{key}: ")),
        }
    }

    /// An answer between brackets or on the rest of a line.
    fn inline(&mut self) {
        let answer = match self.pick(9) {
            0 => "1",
            1 => "packaged",
            2 => "'it''s, so # no comment'",
            3 => "\"a \\\" b: {c}\"",
            4 => "{ value: 2, note: \"n, # no\", target: 3 }",
            5 => "{not_applicable: why not, note: 'x'}",
            6 => "[x, 'y' ,z ]",
            7 => "{ evidence: {grade: none, link: \"h\"}, value: unknown, }",
            _ => "unknown",
        };
        self.put(answer);
    }

    /// An answer on lines of its own.
    fn lines(&mut self, indent: usize) {
        let pad = " ".repeat(indent + 2);
        match self.pick(7) {
            0 => {
                self.end();
                for item in ["x", "'y'"] {
                    self.aside(indent);
                    self.put(&format!("{pad}- {item}"));
                    self.end();
                }
            }
            1 => {
                self.end();
                self.aside(indent + 2);
                self.put(&format!("{pad}value: 1"));
                self.end();
                self.put(&format!("{pad}evidence:"));
                self.end();
                self.put(&format!("{pad}  grade: document"));
                self.end();
                self.aside(indent + 4);
                self.put(&format!("{pad}note: so"));
                self.end();
            }
            2 => {
                self.put(">-");
                self.end();
                self.put(&format!("{pad}folded # no comment\n{pad}text\n"));
            }
            3 => {
                self.put(&format!("|-\n{pad}a: 1\n\n{pad}#b: 2\n"));
            }
            4 => self.put(&format!("plain text\n{pad}goes on\n")),
            _ => {
                self.inline();
                self.end();
            }
        }
        self.aside(indent);
    }

    fn questions(&mut self) -> Vec<&'static str> {
        let set = self.pick(128);
        let taken = |(place, question): (usize, &&'static str)| {
            (set & (1 << place) != 0).then_some(*question)
        };
        QUESTIONS.iter().enumerate().filter_map(taken).collect()
    }

    fn block(&mut self, indent: usize) {
        self.end();
        let questions = self.questions();
        for question in questions {
            if self.pick(3) == 0 {
                self.put(&format!("{:indent$}#{question}: 0\n", ""));
            }
            self.put(&" ".repeat(indent));
            self.key(question);
            self.lines(indent);
        }
    }

    /// Answers between brackets, on one line or on several.
    fn brackets(&mut self, lines: bool) {
        self.text.push('{');
        let questions = self.questions();
        for (place, question) in questions.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            self.put(comma);
            if lines {
                self.end();
                self.put("      ");
            }
            self.key(question);
            self.inline();
            if lines && self.pick(4) == 0 {
                self.end();
                self.put("      ");
            }
        }
        if lines {
            self.end();
            self.put("    ");
        }
        self.text.push('}');
    }

    fn pack(&mut self, name: &str) {
        self.aside(2);
        let form = self.pick(8);
        if form == 0 {
            return;
        }
        self.put("  ");
        self.key(name);
        match form {
            1 => self.brackets(false),
            2 => self.brackets(true),
            3 => self.put("{}"),
            4 => self.text.push('~'),
            5 => {}
            _ => return self.block(4),
        }
        self.end();
    }

    fn file(mut self) -> (String, usize) {
        self.aside(0);
        self.put("format: 1");
        self.end();
        match self.pick(8) {
            0 => {}
            1 => self.put("answers:\n"),
            2 => self.put("answers: {}\n"),
            3 => {
                self.put("answers: { p: ");
                self.brackets(false);
                self.put(", q: ");
                self.brackets(true);
                self.put("}\n");
            }
            _ => {
                self.put("answers:");
                self.end();
                self.pack("p");
                self.pack("q");
            }
        }
        if self.pick(2) == 0 {
            self.put("respondent: é");
            self.end();
        }
        if self.pick(3) == 0 {
            self.text = self.text.trim_end().to_owned();
        }
        if self.pick(3) == 0 {
            self.text = self.text.replace('\n', "\r\n");
        }
        (self.text, self.comments)
    }
}

/// Files with answers in every form there is, and how many comments they hold.
pub(super) fn files() -> impl Strategy<Value = (String, usize)> {
    proptest::collection::vec(any::<u8>(), 20..120).prop_map(|bytes| {
        let writer = Writer {
            bytes: bytes.into(),
            ..Writer::default()
        };
        writer.file()
    })
}
