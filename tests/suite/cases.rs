//! Every built-in pack links without a problem, and its cases pass and leave nothing untested.

use centricity::rules::pack::{self, Library, Loaded};
use centricity::rules::rulebook::Rulebook;
use centricity::study::case::run;
use centricity::text::diagnostic::{Diagnostics, Sources, render};

#[test]
fn cases_of_built_in_packs_pass_at_full_coverage() {
    let names = pack::built_in_names();
    assert!(!names.is_empty());
    for name in names {
        let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
        let texts = pack::built_in(name).expect("a built-in pack");
        let pack = Loaded::load(texts, &mut sources, &mut problems).expect("readable files");
        let mut packs = vec![pack];
        Library::default()
            .add_used(&mut packs, |_| true, &mut sources, &mut problems)
            .expect("built-in packs");
        let rulebook = Rulebook::link(&packs, &mut problems);
        assert!(
            problems.is_empty(),
            "{}",
            render(&problems, &sources, false)
        );
        assert!(rulebook.is_some());
        let report = run(&packs, &mut sources, &mut problems);
        assert!(
            problems.is_empty(),
            "{}",
            render(&problems, &sources, false)
        );
        assert!(report.failed.is_empty(), "{:#?}", report.failed);
        assert!(
            report.coverage.missing().is_empty(),
            "{:#?}",
            report.coverage.missing()
        );
        assert!(!report.passed.is_empty());
    }
}
