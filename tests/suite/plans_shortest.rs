//! Plans are never longer than need be and never wrong: each is held against every set of raises.

use super::completions::{givens, laid};
use super::generate::packs;
use super::plans::matched;
use super::properties::cases;
use super::workshop::linked;
use centricity::answers::{Answer, Answers};
use centricity::assess::{
    AdviceResult, Assessment, NoPlan, Plan, PlanRequest, Shortness, assess, evaluate, plan,
};
use centricity::rules::pack::file::Size;
use centricity::rules::rulebook::{Advice, Requirement, Rulebook};
use centricity::rules::vocabulary::State;
use centricity::rules::{Condition, Reading, TruthRange};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A set of raises: how often each open question is raised, with what that takes.
#[derive(Debug, Clone, PartialEq)]
struct Set {
    raises: Vec<(usize, usize)>,
    effort: u32,
}

/// The questions a ladder reads: those that are measured, through scores, tables and gates, and those
/// a cap asks about. What only makes a question relevant is a fact about the firm.
fn read(rulebook: &Rulebook, ladder: usize) -> BTreeSet<usize> {
    let program = &rulebook.program;
    let tested = |when: &Condition| -> Vec<usize> {
        let atoms = when.atoms().into_iter();
        atoms.map(|(atom, _)| program.atoms[atom].node).collect()
    };
    let (mut open, mut found) = (vec![ladder], BTreeSet::new());
    let mut capping: BTreeSet<usize> = BTreeSet::new();
    while let Some(node) = open.pop() {
        if !found.insert(node) {
            continue;
        }
        if let Some(rule) = program.score(node) {
            open.extend(rule.terms.iter().map(|term| term.node));
            let caps = rule.caps.iter().flat_map(|cap| tested(&cap.when));
            let caps: Vec<usize> = caps.collect();
            capping.extend(&caps);
            open.extend(caps);
        }
        open.extend(
            program
                .table(node)
                .into_iter()
                .flat_map(|table| &table.inputs),
        );
        let levels = program
            .ladder(node)
            .into_iter()
            .flat_map(|rungs| &rungs.levels);
        for requirement in levels.flat_map(|level| &level.requirements) {
            match requirement {
                Requirement::From(atom) | Requirement::Floor(atom) => {
                    open.push(program.atoms[*atom].node);
                }
                Requirement::Gate(gate) => open.extend(tested(&program.gates[*gate])),
                Requirement::Confidence(..) | Requirement::Basis => {}
            }
        }
    }
    found.retain(|node| rulebook.is_measured(*node) || capping.contains(node));
    found
}

/// Every way to raise the open ratings that a ladder reads, without a thought to which of them may
/// help.
struct Brute<'a> {
    rulebook: &'a Rulebook,
    answers: &'a Answers,
    result: &'a Assessment,
    /// Open ratings with the worths above each.
    open: Vec<(usize, Vec<f64>)>,
}

impl<'a> Brute<'a> {
    fn new(
        rulebook: &'a Rulebook,
        answers: &'a Answers,
        result: &'a Assessment,
        ladder: usize,
    ) -> Self {
        let (top, read) = (super::generate::TOP, read(rulebook, ladder));
        // What is irrelevant may come in.
        let asked = |given: &Answer| given.state != State::NotApplicable;
        let open = answers.answers().iter().enumerate();
        let open = open.filter(|(node, given)| asked(given) && read.contains(node));
        let worths = |given: &Answer| -> Vec<f64> {
            let now = if given.state == State::Rated {
                given.counted
            } else {
                0.0
            };
            (0..=top)
                .map(f64::from)
                .filter(|worth| *worth > now)
                .collect()
        };
        let open = open.map(|(node, given)| (node, worths(given)));
        let open = open.filter(|(_, worths)| !worths.is_empty()).collect();
        Self {
            rulebook,
            answers,
            result,
            open,
        }
    }

    /// Every combination of counts.
    fn counts(&self) -> Vec<Vec<usize>> {
        self.open
            .iter()
            .fold(vec![Vec::new()], |list, (_, worths)| {
                let more = |one: &Vec<usize>| -> Vec<Vec<usize>> {
                    let with = |count| one.iter().copied().chain([count]).collect();
                    (0..=worths.len()).map(with).collect()
                };
                list.iter().flat_map(more).collect()
            })
    }

    fn level(&self, counts: &[usize], ladder: usize) -> Reading {
        let raised = self
            .open
            .iter()
            .zip(counts)
            .filter(|(_, count)| **count > 0);
        let answers = raised.fold(self.answers.clone(), |answers, ((node, worths), count)| {
            answers.with(*node, Answer::rated(worths[count - 1], 0))
        });
        evaluate(self.rulebook, &answers).readings[ladder]
    }

    /// Efforts of the steps, and of each preparation that no step is; how many steps no advice
    /// covers, and how many actions cover the others.
    fn effort(&self, counts: &[usize]) -> (u32, usize, usize) {
        let weight = |size| match size {
            Size::Low => 1,
            Size::Medium => 2,
            Size::High => 3,
        };
        let unmet = self.result.gates.iter();
        let unmet = unmet.filter(|gate| gate.state.blocks());
        let found = self.result.findings.iter().flat_map(|one| &one.advice);
        let advice: Vec<&AdviceResult> = unmet.flat_map(|one| &one.advice).chain(found).collect();
        let (mut sum, mut before, mut done, mut bare) = (0, BTreeSet::new(), BTreeSet::new(), 0);
        for ((node, worths), count) in self.open.iter().zip(counts) {
            for (place, worth) in worths.iter().take(*count).enumerate() {
                let covering = advice.iter();
                let covering = covering.filter(|one| self.covers(one, *node, *worth));
                let given = covering.map(|one| (false, one.effort, &one.after, &one.work));
                let below = place.checked_sub(1).map(|place| worths[place]);
                let later = below.map_or(Vec::new(), |below| self.later(*node, below, *worth));
                let later = later
                    .iter()
                    .map(|one| (true, one.effort, &one.after, &one.work));
                let covering = given.chain(later);
                let least = covering.min_by_key(|(later, effort, ..)| (*later, weight(*effort)));
                let Some((_, effort, after, work)) = least else {
                    sum += weight(Size::Medium);
                    bare += 1;
                    continue;
                };
                // A preparation that covers the step too is the step.
                let prepares = |one: &&&AdviceResult| {
                    after.contains(&one.work) && self.covers(one, *node, *worth)
                };
                let first = advice.iter().find(prepares);
                let (effort, after, work) = first.map_or((effort, after, work), |one| {
                    (one.effort, &one.after, &one.work)
                });
                sum += weight(effort);
                before.extend(after);
                done.insert(work);
            }
        }
        let first = before.difference(&done);
        let first = first.filter_map(|id| advice.iter().find(|one| one.work == **id));
        let effort = sum + first.map(|one| weight(one.effort)).sum::<u32>();
        (effort, bare, done.len())
    }

    /// Advice of findings that do not hold today and would with the question at the anchor below.
    fn later(&self, node: usize, below: f64, worth: f64) -> Vec<&'a Advice> {
        if self.answers.answers()[node].state != State::Rated {
            return Vec::new();
        }
        let moved = self.answers.with(node, Answer::rated(below, 0));
        // The question alone moves: scores and levels stay as they are today.
        let mut readings = evaluate(self.rulebook, self.answers).readings;
        readings[node] = evaluate(self.rulebook, &moved).readings[node];
        let program = &self.rulebook.program;
        let mut atom = |index: usize| TruthRange::exact(program.atoms[index].judge(&readings));
        let mut holds = |when: &Condition| when.judge(&mut atom).low.holds();
        let findings = self.rulebook.findings.iter().zip(&program.findings);
        let held = |id: &str| self.result.findings.iter().any(|one| one.id == id);
        let later: Vec<_> = findings
            .filter(|(rule, when)| !held(&rule.id) && holds(when))
            .collect();
        let later = later.into_iter();
        let advice = later.flat_map(|(rule, _)| &rule.advice);
        let leads = |one: &&Advice| {
            let mut raises = one.raises.iter();
            raises.any(|raise| raise.question == node && raise.worth >= worth)
        };
        advice.filter(leads).collect()
    }

    /// Whether advice leads a question so far.
    fn covers(&self, advice: &AdviceResult, node: usize, worth: f64) -> bool {
        let item = self.rulebook.item(node).expect("a question");
        let reverse = item.kind.question().expect("a question").reverse;
        let reaches = |to: &str| {
            let to: f64 = to.parse().expect("a number");
            let to = if reverse {
                f64::from(super::generate::TOP) - to
            } else {
                to
            };
            to >= worth
        };
        let mut raises = advice.raises.iter();
        raises.any(|one| one.id == item.id && reaches(&one.to))
    }

    /// The best set that reaches a level: fewest steps, least effort, most of it with advice, fewest
    /// actions, pack order, in which first steps come before second ones.
    fn best(&self, ladder: usize, rank: usize, budget: Option<u32>) -> Option<Set> {
        /// Steps, effort, steps without advice, actions.
        type Key = (usize, u32, usize, usize);
        let size = |counts: &[usize]| counts.iter().sum::<usize>();
        let mut best: Option<(Key, Vec<usize>)> = None;
        for counts in self.counts() {
            let reading = self.level(&counts, ladder);
            let rank = f64::from(u32::try_from(rank).unwrap());
            let surely = f64::from(reading.possible.trailing_zeros());
            if reading.is_absent() || reading.possible == 0 || surely < rank {
                continue;
            }
            let (effort, bare, actions) = self.effort(&counts);
            if budget.is_some_and(|budget| effort > budget) {
                continue;
            }
            let key = (size(&counts), effort, bare, actions);
            let better = best.as_ref().is_none_or(|(least, known)| {
                key < *least || key == *least && rounds(&counts) < rounds(known)
            });
            if better {
                best = Some((key, counts));
            }
        }
        best.map(|((_, effort, ..), counts)| Set {
            raises: self
                .open
                .iter()
                .zip(counts)
                .filter(|(_, count)| *count > 0)
                .map(|((node, _), count)| (*node, count))
                .collect(),
            effort,
        })
    }
}

/// Each step as its round and its place.
fn rounds(counts: &[usize]) -> Vec<(usize, usize)> {
    let each = counts.iter().enumerate();
    let mut list: Vec<_> = each
        .flat_map(|(place, count)| (1..=*count).map(move |round| (round, place)))
        .collect();
    list.sort_unstable();
    list
}

/// What a plan says, in the same form.
fn told(rulebook: &Rulebook, plan: &Plan) -> Set {
    let mut raises: Vec<_> = plan
        .steps
        .iter()
        .map(|step| (rulebook.find(&step.id).expect("a question"), step.raises))
        .collect();
    raises.sort_unstable();
    Set {
        raises,
        effort: plan.effort,
    }
}

/// The pack with advice for its first finding and its gate, either of which may ask for the other
/// to be followed first.
fn advised(text: &str, seed: u8) -> String {
    let effort = |place: u8| {
        let sizes = ["low", "medium", "high"];
        sizes[usize::from(seed / 3_u8.pow(u32::from(place)) % 3)]
    };
    let advice = |id: &str, place: u8, after: &str| {
        let (effort, to) = (effort(place), 1 + (seed + place) % 2);
        let also = if seed.is_multiple_of(2) && text.contains("      q1:") {
            ", q1: 1"
        } else {
            ""
        };
        format!(
            "advice: [ {{ id: {id}, do: x, effort: {effort}, impact: low, within: 30d, raises: {{ q0: {to}{also} }}{after} }} ] }}"
        )
    };
    let (first, gate) = match seed / 27 % 3 {
        0 => (", after: [ag]", ""),
        1 => ("", ", after: [a0]"),
        _ => ("", ""),
    };
    let line = |line: &str| match line {
        line if line.starts_with("  f0:") => {
            line.replace("text: F }", &format!("text: F, {}", advice("a0", 0, first)))
        }
        line if line.starts_with("  g:") => line.replace(
            "because: x }",
            &format!("because: x, {}", advice("ag", 1, gate)),
        ),
        line => line.to_owned(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Holds every plan there is against every set there is.
pub(crate) fn checked(
    text: &str,
    givens: &[Answer],
    budget: Option<u32>,
) -> Result<(), TestCaseError> {
    let rulebook = linked(&[&[("pack.yaml", text)]]).good();
    let answers = laid(&rulebook, givens);
    let result = assess(&rulebook, &answers);
    for ladder in &result.levels {
        let node = rulebook.find(&ladder.id).expect("a ladder");
        let brute = Brute::new(&rulebook, &answers, &result, node);
        let now = ladder
            .level
            .as_ref()
            .and_then(|one| ladder.levels.iter().position(|level| level.id == one.id));
        let Some(now) = now else { continue };
        for rank in now + 1..ladder.levels.len() {
            let wish = PlanRequest {
                ladder: Some(&ladder.id),
                to: Some(&ladder.levels[rank].id),
                budget,
                ..PlanRequest::default()
            };
            let wanted = brute.best(node, rank, budget);
            match (plan(&matched(&rulebook, &result), &wish), wanted) {
                (Ok(plan), Some(wanted)) if plan.shortness == Shortness::OneAction => {
                    let works = plan.steps.iter().flat_map(|step| &step.advice);
                    let works: BTreeSet<_> = works.map(|one| &one.advice.work).collect();
                    let bare = plan.steps.iter().map(|step| step.uncovered).sum::<usize>();
                    prop_assert_eq!((works.len(), bare), (1, 0), "{}", text);
                    prop_assert!(plan.complete && plan.effort <= wanted.effort, "{text}");
                }
                (Ok(plan), Some(wanted)) => {
                    prop_assert!(plan.complete, "{text}\n{plan:#?}");
                    prop_assert_eq!(plan.shortness, Shortness::Shortest, "{}", text);
                    prop_assert_eq!(
                        told(&rulebook, &plan),
                        wanted,
                        "{} {}\n{:?}",
                        ladder.id,
                        rank,
                        givens
                    );
                    prop_assert!(plan.left.is_empty());
                }
                (Err(NoPlan::OutOfReach { proven, .. }), None) => prop_assert!(proven, "{text}"),
                (Err(NoPlan::BudgetTooSmall { .. }), None) if budget.is_some() => {}
                (Ok(plan), None) if budget.is_some() => {
                    prop_assert!(
                        !plan.complete && plan.effort <= budget.unwrap_or(0),
                        "{text}\n{plan:#?}"
                    );
                }
                (plan, wanted) => {
                    return Err(TestCaseError::fail(format!(
                        "{text}\n{givens:?}\n{} {rank}\n{plan:#?}\n{wanted:?}",
                        ladder.id
                    )));
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_is_the_smallest_of_all_sets_that_reach_its_level((text, givens) in (packs(), givens())) {
        checked(&text, &givens, None)?;
    }

    #[test]
    fn efforts_and_preparations_decide_between_sets_of_one_size((text, givens) in (packs(), givens()), seed in 0..81_u8) {
        checked(&advised(&text, seed), &givens, None)?;
    }

    #[test]
    fn a_budget_is_never_exceeded_and_never_wasted((text, givens) in (packs(), givens()), budget in 1..9_u32, seed in 0..81_u8) {
        checked(&advised(&text, seed), &givens, Some(budget))?;
    }

    #[test]
    fn what_a_step_adds_is_what_scoring_again_gives((text, givens) in (packs(), givens())) {
        let rulebook = linked(&[&[("pack.yaml", &text)]]).good();
        let answers = laid(&rulebook, &givens);
        let result = assess(&rulebook, &answers);
        let before = evaluate(&rulebook, &answers).readings;
        let node = |id: &str| rulebook.find(id).expect("an item");
        for raise in &result.plan {
            let after = evaluate(&rulebook, &answers.with(node(&raise.id), Answer::rated(raise.to, 0))).readings;
            for score in &result.scores {
                let index = |readings: &[Reading]| {
                    let one = readings[node(&score.id)];
                    one.is_rated().then(|| one.index(one.value))
                };
                let wanted = index(&after).zip(index(&before)).map_or(0.0, |(after, before)| after - before);
                let got = raise.adds.iter().find(|one| one.id == score.id).map_or(0.0, |one| one.index);
                prop_assert!((got - wanted).abs() < 1e-9, "{text}\n{} {}: {got} {wanted}", raise.id, score.id);
            }
        }
    }
}
