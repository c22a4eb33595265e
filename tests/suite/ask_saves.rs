//! What `ask` writes, and what becomes of it when others write too.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use super::ask::{HEAD, folder};
use super::sandbox::{Sandbox, command};

#[test]
fn files_that_are_not_valid_are_told_and_left_alone() {
    let text = format!("{HEAD}answers: {{ small: {{ care: 9 }} }}\n");
    let sandbox = folder().file("acme/assessment.yaml", &text);
    sandbox
        .pipe("ask acme", "3\n")
        .exits(3)
        .says("out-of-scale")
        .never("Question");
    assert_eq!(sandbox.read("acme/assessment.yaml"), text);
    let text = format!("{HEAD}answers: {{ small: {{ care: &a 3, kind: large }} }}\n");
    let sandbox = folder().file("acme/assessment.yaml", &text);
    let run = sandbox
        .pipe("ask acme --all", "note n\n4\ns\ns\n2\n")
        .exits(0);
    run.says("not-editable")
        .says("write it there by hand: `care: { value: 4, note: \"n\" }`")
        .says("stopped at question 3 of 5");
    assert_eq!(
        sandbox.read("acme/assessment.yaml"),
        text.replace("kind: large", "kind: large, ways: [mail]")
    );
}

#[test]
fn what_a_person_wrote_stays_byte_for_byte() {
    let text = "\u{feff}# ours\r\nformat: 1\r\nclient: { name: 'Acme' }   # the firm\r\npacks: [./small]\r\nanswers:\r\n  small:\r\n    # One?\r\n    #care: 0\r\n    kind: large  # sure\r\n# end";
    let sandbox = folder().file("acme/assessment.yaml", text);
    sandbox.pipe("ask acme", "3\nmail\n").exits(0);
    let wanted = text
        .replace("#care: 0\r\n", "#care: 0\r\n    care: 3\r\n")
        .replace("# sure\r\n", "# sure\r\n    ways: [mail]\r\n");
    assert_eq!(sandbox.read("acme/assessment.yaml"), wanted);
}

/// An interview that is answered bit by bit.
struct Slow {
    child: Child,
    lines: Option<ChildStdin>,
    told: BufReader<ChildStdout>,
}

impl Slow {
    fn begin(sandbox: &Sandbox, arguments: &str) -> Self {
        let mut command = command(&sandbox.path(""), arguments);
        let command = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary runs");
        let lines = child.stdin.take();
        let told = BufReader::new(child.stdout.take().expect("a pipe"));
        Self { child, lines, told }
    }

    fn types(&mut self, line: &str) {
        let lines = self.lines.as_mut().expect("a pipe");
        lines
            .write_all(line.as_bytes())
            .and_then(|()| lines.write_all(b"\n"))
            .expect("somebody listens");
    }

    /// Waits until this is asked.
    fn hears(&mut self, prompt: &str) -> String {
        let mut told = Vec::new();
        while !told.ends_with(prompt.as_bytes()) {
            let count = self.told.read_until(b' ', &mut told).expect("a pipe");
            assert!(
                count > 0,
                "no `{prompt}` in\n{}",
                String::from_utf8_lossy(&told)
            );
        }
        String::from_utf8(told).expect("UTF-8")
    }

    fn ends(mut self) -> (i32, String, String) {
        drop(self.lines.take());
        let (mut stdout, mut stderr) = (String::new(), String::new());
        self.told.read_to_string(&mut stdout).expect("UTF-8");
        let mut errors = self.child.stderr.take().expect("a pipe");
        errors.read_to_string(&mut stderr).expect("UTF-8");
        let code = self
            .child
            .wait()
            .expect("an end")
            .code()
            .expect("an exit code");
        (code, stdout, stderr)
    }
}

#[test]
fn what_somebody_else_saves_meanwhile_stays() {
    let sandbox = folder();
    let mut slow = Slow::begin(&sandbox, "ask acme");
    slow.hears("care> ");
    let sandbox = sandbox.file(
        "acme/assessment.yaml",
        format!("{HEAD}# theirs\nanswers:\n  small:\n    kind: large # c\n"),
    );
    slow.types("3");
    let told = slow.hears("ways> ");
    assert!(
        told.contains("`acme/assessment.yaml` was changed by somebody else since it was read."),
        "{told}"
    );
    assert!(
        told.contains("Your answer is put into the new text; theirs stay as they are."),
        "{told}"
    );
    let (code, _, stderr) = slow.ends();
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(
        sandbox.read("acme/assessment.yaml"),
        format!("{HEAD}# theirs\nanswers:\n  small:\n    kind: large # c\n    care: 3\n")
    );
}

#[test]
fn when_two_answer_the_same_question_one_is_asked_which_stays() {
    let theirs = format!("{HEAD}answers: {{ small: {{ care: 1 }} }}\n");
    for (reply, kept) in [("y", "3"), ("", "1")] {
        let sandbox = folder();
        let mut slow = Slow::begin(&sandbox, "ask acme");
        slow.hears("care> ");
        let sandbox = sandbox.file("acme/assessment.yaml", &theirs);
        slow.types("3");
        let told = slow.hears("theirs> ");
        assert!(
            told.contains("There this question has now: Answer: a bit (1)"),
            "{told}"
        );
        slow.types(reply);
        slow.hears("ways> ");
        assert_eq!(slow.ends().0, 0);
        assert_eq!(
            sandbox.read("acme/assessment.yaml"),
            theirs.replace("care: 1", &format!("care: {kept}"))
        );
    }
    let sandbox = folder();
    let mut slow = Slow::begin(&sandbox, "ask acme");
    slow.hears("care> ");
    let sandbox = sandbox.file("acme/assessment.yaml", &theirs);
    slow.types("3");
    let (code, _, stderr) = slow.ends();
    assert_eq!(code, 1);
    assert!(
        stderr.contains("one answer is not saved: somebody else answered the same question"),
        "{stderr}"
    );
    assert!(
        stderr.contains("write it into the file by hand, under `small`: `care: 3`"),
        "{stderr}"
    );
    assert_eq!(sandbox.read("acme/assessment.yaml"), theirs);
}

#[test]
fn a_file_that_is_broken_or_gone_meanwhile_loses_no_answer() {
    let sandbox = folder();
    let mut slow = Slow::begin(&sandbox, "ask acme");
    slow.hears("care> ");
    let sandbox = sandbox.file("acme/assessment.yaml", format!("{HEAD}answers: {{\n"));
    slow.types("3");
    let told = slow.hears("stop> ");
    assert!(
        told.contains("It is not valid as it stands now, so your answer is not saved yet."),
        "{told}"
    );
    let sandbox = sandbox.file("acme/assessment.yaml", format!("{HEAD}answers: {{}}\n"));
    slow.types("");
    slow.hears("ways> ");
    let whole = format!("{HEAD}answers:\n  small:\n    care: 3\n");
    assert_eq!(sandbox.read("acme/assessment.yaml"), whole);
    std::fs::remove_file(sandbox.path("acme/assessment.yaml")).expect("a file");
    slow.types("mail");
    let told = slow.hears("led> ");
    assert!(
        told.contains("was taken away since it was read; it is written again, with this answer."),
        "{told}"
    );
    assert_eq!(
        sandbox.read("acme/assessment.yaml"),
        format!("{whole}    ways: [mail]\n")
    );
    let _sandbox = sandbox.file("acme/assessment.yaml", "format: 2\n");
    slow.types("yes");
    let (code, _, stderr) = slow.ends();
    assert_eq!(code, 3, "{stderr}");
    assert!(stderr.contains("under `small`: `led: true`"), "{stderr}");
}

#[test]
fn two_interviews_at_once_lose_nothing() {
    let ids: Vec<_> = (0..20).map(|nth| format!("q{nth:02}")).collect();
    let rating = "{ type: rating, ask: \"?\", anchors: { 0: a, 1: b } }";
    let questions: Vec<_> = ids
        .iter()
        .map(|id| format!("      {id}: {rating}"))
        .collect();
    let questions = questions.join(
        "
",
    );
    let pack = format!(
        "format: 1\nid: small\nversion: 1.0.0\ntitle: S\nsections:\n  one:\n    title: S\n    questions:\n{questions}"
    );
    let sandbox = folder().file("acme/small/pack.yaml", pack);
    let turns = |mine: usize| -> String {
        (0..20)
            .map(|nth| if nth % 2 == mine { "1\n" } else { "s\n" })
            .collect()
    };
    std::thread::scope(|scope| {
        let runs = [0, 1].map(|mine| {
            let (sandbox, lines) = (&sandbox, turns(mine));
            scope.spawn(move || sandbox.pipe("ask acme --all", &lines))
        });
        for run in runs {
            let run = run.join().expect("a run").exits(0);
            drop(run);
        }
    });
    let text = sandbox.read("acme/assessment.yaml");
    for id in ids {
        assert!(text.contains(&format!("    {id}: 1\n")), "{id}\n{text}");
    }
    sandbox
        .run("check acme")
        .exits(0)
        .says("20 of 20 questions answered");
}

#[cfg(unix)]
#[test]
fn links_and_rights_of_a_file_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let sandbox = folder().file("acme/real.yaml", HEAD);
    let link = sandbox.path("acme/assessment.yaml");
    std::fs::remove_file(&link)
        .and_then(|()| symlink("real.yaml", &link))
        .expect("a link");
    let rights = std::fs::Permissions::from_mode(0o640);
    std::fs::set_permissions(sandbox.path("acme/real.yaml"), rights).expect("rights");
    sandbox.pipe("ask acme", "3\n").exits(0);
    assert!(link.is_symlink());
    let mode = std::fs::metadata(&link)
        .expect("a file")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
    assert!(sandbox.read("acme/real.yaml").contains("care: 3"));
}
