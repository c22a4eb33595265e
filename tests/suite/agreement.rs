//! How far people agree, against figures worked by hand.

use crate::crowd::Crowd;
use crate::workshop::{checked, pack, ratings, round};
use centricity::answers::{ScaleSums, contested, rwg, variance};
use centricity::assess::{FigureResult, assess};

/// Answers on a scale from 1 to 5 as counts.
fn of(answers: &[usize]) -> [u32; 5] {
    let mut counts = [0; 5];
    for answer in answers {
        counts[answer - 1] += 1;
    }
    counts
}

#[test]
fn agreement_is_one_less_the_variance_over_that_of_chance() {
    let agreed = |answers: &[usize]| rwg(&of(answers)).map(round);
    assert_eq!(agreed(&[4, 4, 5, 5]), Some(0.8333));
    assert_eq!(agreed(&[2, 3, 4]), Some(0.5));
    assert_eq!(agreed(&[1, 5, 1, 5]), Some(0.0), "floored");
    assert_eq!(agreed(&[3]), None, "one answer agrees with nobody");
    assert_eq!(agreed(&[]), None);
    assert_eq!(rwg(&[4]), None, "a scale of one step");
    assert_eq!(variance(&of(&[2, 3, 4])), Some(1.0));
}

#[test]
fn alpha_holds_a_scale_together() {
    let people = [
        [3.0, 4.0, 3.0],
        [2.0, 3.0, 4.0],
        [4.0, 4.0, 5.0],
        [3.0, 2.0, 3.0],
        [4.0, 4.0, 4.0],
    ];
    let mut all = ScaleSums::default();
    for answers in &people {
        all.add(answers);
    }
    let alpha = all.alpha().expect("five people, three questions");
    assert!((alpha - 0.732_558).abs() < 1e-6, "{alpha}");
    let (mut first, mut rest) = (ScaleSums::default(), ScaleSums::default());
    for (nth, answers) in people.iter().enumerate() {
        let part = if nth < 2 { &mut first } else { &mut rest };
        part.add(answers);
    }
    first.absorb(&rest);
    assert_eq!(first, all, "parts add up");
    let mut alike = ScaleSums::default();
    alike.add(&[1.0, 2.0]);
    assert_eq!(alike.alpha(), None, "one person");
    alike.add(&[2.0, 1.0]);
    assert_eq!(alike.alpha(), None, "totals that do not differ");
}

#[test]
fn a_question_is_contested_by_its_agreement_or_by_two_roles() {
    let torn = |histogram: &[u32]| contested(histogram.iter().sum(), rwg(histogram), None);
    assert!(torn(&[2, 0, 1, 0, 2]));
    assert!(
        !torn(&[0, 2, 3, 2, 0]),
        "two steps apart, and mostly agreed"
    );
    assert!(!torn(&[1, 0, 0, 0, 1]), "two people argue by themselves");
    assert!(torn(&[2, 2]), "agreed by less than a half");
    assert!(!contested(9, Some(0.5), Some(1.66)));
    assert!(
        contested(9, Some(0.9), Some(1.67)),
        "a strong gap is enough"
    );
    assert!(contested(9, Some(0.49), None));
    assert!(!contested(2, Some(0.0), Some(4.0)));
}

/// A pack that asks how far people agree.
pub(super) const AGREEMENT: &str = "metrics:\n  m: { metric: agreement, inputs: { ratings: s } }\n";

const ASKED: &str = "metrics:\n  whole: { metric: agreement, inputs: { ratings: s } }\n  part: { metric: agreement, inputs: { ratings: [a, b] } }\n";

/// The figures of a pack of these questions that asks how far people agree.
fn figures(questions: &[&str], crowd: &Crowd) -> Vec<FigureResult> {
    let rulebook = pack(&format!("{}{ASKED}", ratings(questions))).good();
    let answers = crowd.merge(&rulebook).valid();
    let metrics = assess(&rulebook, &answers).metrics;
    metrics.into_iter().flat_map(|one| one.figures).collect()
}

#[track_caller]
fn figure<'a>(figures: &'a [FigureResult], id: &str) -> &'a FigureResult {
    let found = figures.iter().find(|one| one.id == format!("p.{id}"));
    found.expect("a figure")
}

fn value(figures: &[FigureResult], id: &str) -> Option<f64> {
    figure(figures, id).value.map(round)
}

fn why(figures: &[FigureResult], id: &str) -> String {
    figure(figures, id).because.clone().expect("a reason")
}

#[test]
fn a_pack_asks_how_far_people_agree() {
    let people = [[3, 4, 3], [2, 3, 4], [4, 4, 5], [3, 2, 3], [4, 4, 4]];
    let says = |[a, b, c]: [u32; 3]| format!("a: {}, b: {}, c: {}", a - 1, b - 1, c - 1);
    let crowd = people.into_iter().fold(Crowd::new(), |crowd, one| {
        crowd.says("frontline", &says(one))
    });
    let all = figures(&["a", "b", "c"], &crowd);
    // Variances 0.7, 0.8 and 0.7 over 2: 0.65, 0.6 and 0.65.
    assert_eq!(value(&all, "whole"), Some(0.6333));
    assert_eq!(value(&all, "whole/lowest"), Some(0.6));
    assert_eq!(value(&all, "whole/alpha"), Some(0.7326));
    assert_eq!(value(&all, "whole/n"), Some(3.0));
    assert_eq!(value(&all, "part"), Some(0.625));
    let part = |one: &&FigureResult| one.id == "p.part/alpha";
    assert_eq!(all.iter().find(part), None, "two of three are no scale");
}

#[test]
fn agreement_in_a_pack_is_that_of_the_worked_figures() {
    let cases: [(&[u32], f64); 3] = [
        (&[3, 3, 4, 4], 0.8333),
        (&[1, 2, 3], 0.5),
        (&[0, 4, 0, 4], 0.0),
    ];
    for (answers, wanted) in cases {
        let crowd = Crowd::new()
            .set("respondents: { minimum_group: 3 }\n")
            .rate("management", "a", answers);
        let all = figures(&["a", "b"], &crowd);
        assert_eq!(value(&all, "whole"), Some(wanted));
        assert_eq!(why(&all, "whole/alpha"), "a scale has at least 3 ratings");
    }
}

#[test]
fn each_rating_has_its_own_people_and_variance() {
    let crowd = Crowd::new()
        .rate("management", "a", &[2, 2, 2, 2, 2, 2])
        .rate("management", "b", &[0, 0, 2, 4, 4]);
    let all = figures(&["a", "b", "c"], &crowd);
    // Of b the variance is 4: less than none is none.
    assert_eq!(value(&all, "whole"), Some(0.5));
    assert_eq!(value(&all, "whole/n"), Some(2.0));
    assert_eq!(value(&all, "whole/alpha"), None);
    assert!(why(&all, "whole/alpha").starts_with("too few people of any group answered all"));
}

#[test]
fn nobody_agrees_with_himself() {
    let rulebook = pack(&format!("{}{ASKED}", ratings(&["a", "b"]))).good();
    let one = "format: 1\nclient: { name: C }\npacks: [p]\nanswers: { p: { a: 3, b: 2 } }\n";
    let assessment = assess(&rulebook, &checked(&rulebook, one).good());
    let figure = &assessment.metrics[0].figures[0];
    assert_eq!(figure.in_words(), "no result, because one person answered");
    let open = Crowd::new()
        .set("respondents: { minimum_group: 3, open_roles: [leadership] }\n")
        .rate("leadership", "a", &[3])
        .rate("frontline", "b", &[1, 1, 1]);
    let all = figures(&["a", "b"], &open);
    assert_eq!(value(&all, "whole"), Some(1.0), "only b has two answers");
    assert_eq!(value(&all, "whole/n"), Some(1.0));
}

#[test]
fn agreement_says_what_it_cannot_show() {
    let few = Crowd::new()
        .rate("frontline", "a", &[1, 2])
        .says("frontline", "a: unknown")
        .says("frontline", "a: unknown")
        .says("frontline", "b: unknown");
    let all = figures(&["a", "b"], &few);
    assert_eq!(
        why(&all, "whole"),
        "the groups that answered are too small to be shown"
    );
    let unknown = (0..5).fold(Crowd::new(), |crowd, _| {
        crowd.says("frontline", "a: unknown")
    });
    assert_eq!(
        why(&figures(&["a", "b"], &unknown), "whole"),
        "nobody answered"
    );
}

#[test]
fn agreement_takes_ratings_and_enters_no_score() {
    let body = |more: &str| format!("{}{more}", ratings(&["a", "b"]));
    let number = "      n: { type: integer, ask: \"?\" }\nmetrics: { m: { metric: agreement, inputs: { ratings: [a, n] } } }\n";
    assert_eq!(pack(&body(number)).codes(), ["invalid-metric"]);
    let score = "metrics: { m: { metric: agreement, inputs: { ratings: s } } }\nscores: { t: { aggregate: mean, of: [a, m] } }\n";
    assert_eq!(pack(&body(score)).codes(), ["invalid-metric"]);
    let nowhere = "metrics: { m: { metric: agreement, inputs: { ratings: t } } }\n";
    assert_eq!(pack(&body(nowhere)).codes(), ["unknown-id"]);
    let table = "metrics: { m: { metric: agreement, from: customers, inputs: { ratings: s } } }\n";
    assert_eq!(pack(&body(table)).codes(), ["invalid-metric"]);
}
