//! A way reaches its level for certain: its steps are taken as they are printed, every question that
//! stays open is answered in one way after the other, and the level is never below what was said.

use super::clients::{Client, every};
use super::plans::matched;
use centricity::answers::{Answer, Answers};
use centricity::assess::{
    NeedKind, NeedState, Plan, PlanRequest, PlanStep, Purpose, Side, StepTarget, assess, evaluate,
    plan,
};
use centricity::rules::pack::file::QuestionType;
use centricity::rules::rulebook::{Question, Rulebook};
use centricity::rules::vocabulary::State;

fn question(rulebook: &Rulebook, node: usize) -> &Question {
    let item = rulebook.item(node).expect("an item");
    item.kind.question().expect("a question")
}

/// A choice as an answer.
fn chosen(question: &Question, place: usize) -> Answer {
    let score = question.choices[place].score;
    let worth = score.map_or(f64::NAN, |score| {
        if question.reverse {
            let scores = || question.choices.iter().filter_map(|one| one.score);
            scores().fold(f64::MIN, f64::max) + scores().fold(f64::MAX, f64::min) - score
        } else {
            score
        }
    });
    Answer::rated(worth, 1 << place)
}

/// The answer once a step is taken as it is told.
fn taken(question: &Question, before: &Answer, step: &PlanStep) -> Answer {
    let place = |label: &str| {
        let mut choices = question.choices.iter();
        choices.position(|one| one.label == label).expect(label)
    };
    match &step.to {
        StepTarget::Anchor { says, .. } => chosen(question, place(says)),
        StepTarget::Fact { holds } => chosen(question, usize::from(*holds)),
        StepTarget::OneOf { of } => chosen(question, place(&of[0])),
        StepTarget::Number { side, limit, .. } => {
            let value = match side {
                Side::AtLeast | Side::AtMost => *limit,
                Side::Above => limit + 0.01,
                Side::Below => limit - 0.01,
            };
            Answer::rated(value, 0)
        }
        StepTarget::More { count, of } => {
            let alone = question.choices.iter().enumerate();
            let alone = alone.filter(|(_, one)| one.exclusive);
            let alone = alone.fold(0_u64, |set, (place, _)| set | 1 << place);
            let kept = before.chosen & !alone;
            let set = of
                .iter()
                .take(*count)
                .fold(kept, |set, label| set | 1 << place(label));
            let on = question.choices.iter().enumerate();
            let on = on.filter(|(place, _)| set >> place & 1 == 1);
            let sum: f64 = on.filter_map(|(_, one)| one.score).sum();
            Answer::rated(question.cap.map_or(sum, |cap| sum.min(cap)), set)
        }
    }
}

/// The answers with the questions that are still open answered, each in the so manieth way.
fn filled(rulebook: &Rulebook, answers: &Answers, way: usize) -> Answers {
    let open = answers.answers().iter().enumerate();
    let open = open.filter(|(_, given)| given.state.is_open());
    let filled = open.filter_map(|(node, _)| {
        let question = question(rulebook, node);
        let one = matches!(
            question.kind,
            QuestionType::Rating | QuestionType::SelectOne | QuestionType::Boolean
        );
        let count = question.choices.len();
        let place = match way {
            0 => 0,
            1 => count.checked_sub(1)?,
            more => (node * 7 + more * 3) % count.max(1),
        };
        (one && count > 0).then(|| (node, chosen(question, place)))
    });
    let filled: Vec<_> = filled.collect();
    answers.with_all(filled)
}

/// Holds the way on every ladder to what comes of it; how many ways there were.
fn hold(client: &str, rulebook: &Rulebook, answers: &Answers) -> usize {
    let result = assess(rulebook, answers);
    let mut ways = 0;
    for ladder in &result.levels {
        let wish = PlanRequest {
            ladder: Some(&ladder.id),
            tries: 300,
            ..PlanRequest::default()
        };
        let Ok(made) = plan(&matched(rulebook, &result), &wish) else {
            continue;
        };
        ways += 1;
        serves(client, rulebook, answers, &made);
        let after = after(rulebook, answers, &made, &[]);
        let node = rulebook.find(&ladder.id).expect("a ladder");
        let levels = ladder.levels.iter();
        let promised = levels
            .map(|one| one.id.as_str())
            .position(|id| id == made.reaches.id);
        let promised = u32::try_from(promised.expect("a level")).expect("few levels");
        for way in 0..6 {
            let reading = evaluate(rulebook, &filled(rulebook, &after, way)).readings[node];
            let least = reading.possible.trailing_zeros();
            assert!(
                least >= promised,
                "{client}, {}: {least} is below {}\n{made:#?}",
                ladder.id,
                made.reaches.label
            );
        }
    }
    ways
}

/// Holds each step to what it is said to be for: that is not certain without it, or without all of
/// those that are each enough; and everything the level lacks is served.
fn serves(client: &str, rulebook: &Rulebook, answers: &Answers, made: &Plan) {
    let lacks = |one: &Purpose, left_out: &[usize]| {
        let result = assess(rulebook, &after(rulebook, answers, made, left_out));
        let mut ladders = result.levels.iter();
        let ladder = ladders.find(|ladder| ladder.id == made.ladder.id.as_str());
        let levels = &ladder.expect("the ladder").levels;
        let rank = levels.iter().position(|level| level.id == made.to.id);
        let asked = levels.iter().take(rank.expect("a level") + 1);
        let mut needs = asked.flat_map(|level| &level.needs);
        needs.any(|need| {
            let met = need.state != NeedState::Unmet && need.certain;
            need.kind == one.kind && need.id == one.id && !met
        })
    };
    for (step, nth) in made.steps.iter().zip(1..) {
        for one in &step.serves {
            let said = || format!("{client}, {}, step {nth}: {one:?}", made.ladder.label);
            if one.any_of.is_empty() {
                assert!(lacks(one, &[nth]), "{}", said());
                continue;
            }
            assert!(one.any_of.len() > 1 && one.any_of.contains(&nth));
            assert!(!lacks(one, &[nth]), "{}", said());
            if one.any_of.first() == Some(&nth) {
                assert!(lacks(one, &one.any_of), "{}", said());
            }
        }
    }
    let serves = || made.steps.iter().flat_map(|step| &step.serves);
    for need in made.needs.iter().filter(|need| !made.left.contains(need)) {
        let meets = serves().any(|one| one.kind == need.kind && one.id == need.id);
        let by_nature = need.kind == NeedKind::Basis;
        assert!(meets || by_nature, "{client}: {need:?}");
    }
}

/// The answers once the steps are taken, but those of some numbers.
fn after(rulebook: &Rulebook, answers: &Answers, made: &Plan, left_out: &[usize]) -> Answers {
    let steps = made.steps.iter().zip(1..);
    let steps = steps.filter(|(_, nth)| !left_out.contains(nth));
    steps.fold(answers.clone(), |answers, (step, _)| {
        let node = rulebook.find(&step.id).expect("a question");
        let before = answers.answers()[node];
        let given = taken(question(rulebook, node), &before, step);
        answers.with(node, given)
    })
}

/// The answers without every so manieth of those that are given.
fn without(answers: &Answers, each: usize, first: usize) -> Answers {
    let given = answers.answers().iter().enumerate();
    let rated = given.filter(|(_, one)| one.state == State::Rated);
    let out = rated.skip(first).step_by(each);
    let out: Vec<_> = out.map(|(node, _)| (node, Answer::MISSING)).collect();
    answers.with_all(out)
}

#[test]
fn every_way_of_a_sample_reaches_its_level_however_the_rest_is_answered() {
    let mut ways = 0;
    for (name, client) in every() {
        ways += hold(name, &client.rulebook, &client.answers);
        for each in [3, 7, 19] {
            let answers = without(&client.answers, each, each / 2);
            ways += hold(name, &client.rulebook, &answers);
        }
    }
    assert!(ways > 20, "{ways}");
}

#[test]
fn a_form_that_an_open_answer_may_undo_is_made_certain() {
    for (name, id) in [("harbour-tools", "info"), ("paper-mill", "shared-view")] {
        let client = Client::named(name);
        let node = client.rulebook.find(&format!("organisation.{id}"));
        let node = node.expect("a question");
        let answers = client.answers.with(node, Answer::MISSING);
        assert!(hold(name, &client.rulebook, &answers) > 0, "{name}");
    }
}
