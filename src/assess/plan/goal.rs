//! The ladder and the level that a plan is asked for, and the questions this ladder reads.

use super::NoPlan;
use crate::assess::assessment::{FitState, LadderResult, MatchedResult, Named, QuestionResult};
use crate::rules::condition::{Condition, Test};
use crate::rules::rulebook::{Check, Program, Rulebook, ScoreRule, Step};
use crate::text::diagnostic::nearest;
use std::collections::{BTreeMap, BTreeSet};

/// A ladder with the level that is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct AskedLevel<'a> {
    pub(super) ladder: &'a LadderResult,
    /// The ladder's item.
    pub(super) node: usize,
    /// The place of the level reached; where too little is answered for one, of the lowest it can be.
    pub(super) now: usize,
    /// True if a level is given today.
    pub(super) given: bool,
    /// The place of the level asked for.
    pub(super) rank: usize,
    /// True if a decision calls for that level.
    pub(super) required: bool,
}

/// The ladder of this name; where none is named, the one that draws all packs together, or the only one.
pub(super) fn ladder<'a>(
    result: &MatchedResult<'a>,
    wanted: Option<&str>,
) -> Result<(usize, &'a LadderResult), NoPlan> {
    let rulebook = result.rulebook();
    let ladders: Vec<_> = (0..rulebook.items.len())
        .filter_map(|node| Some((node, result.ladder(node)?)))
        .collect();
    let name = |(_, one): &(usize, &LadderResult)| one.id.to_string();
    let ids = || ladders.iter().map(name).collect::<Vec<_>>();
    let Some(wanted) = wanted else {
        let overall = result.assessment().packs.iter().find(|pack| pack.overall);
        let headline = overall.and_then(|pack| pack.headline.as_ref());
        let headline = headline.and_then(|one| result.node_of(&one.id));
        let overall = ladders.iter().find(|(node, _)| Some(*node) == headline);
        return match (overall, ladders.as_slice()) {
            (Some(overall), _) => Ok(*overall),
            (None, [only]) => Ok(*only),
            (None, []) => Err(NoPlan::NoLadder),
            (None, _) => Err(NoPlan::SeveralLadders { ids: ids() }),
        };
    };
    let named: Vec<_> = ladders
        .iter()
        .filter(|(_, one)| one.id == wanted || one.id.local() == wanted)
        .collect();
    match named.as_slice() {
        [only] => Ok(**only),
        [] => {
            let ids = ids();
            let locals = ids.iter().filter_map(|id| Some(id.split_once('.')?.1));
            let near = nearest(wanted, ids.iter().map(String::as_str).chain(locals));
            Err(NoPlan::UnknownLadder {
                id: wanted.to_owned(),
                near: near.map(str::to_owned),
                ids: ids.clone(),
            })
        }
        several => Err(NoPlan::SeveralLadders {
            ids: several.iter().map(|one| name(one)).collect(),
        }),
    }
}

/// The level of this name; where none is named, the one a decision calls for, or else the next.
pub(super) fn asked_level<'a>(
    result: &MatchedResult<'a>,
    (node, ladder): (usize, &'a LadderResult),
    wanted: Option<&str>,
) -> Result<AskedLevel<'a>, NoPlan> {
    let place = |id: &str| ladder.levels.iter().position(|level| level.id == id);
    let named = wanted.map(|wanted| level(ladder, wanted)).transpose()?;
    if ladder.level.is_none() && ladder.possible.is_empty() {
        return Err(NoPlan::NotApplicable {
            ladder: ladder.title.clone(),
        });
    }
    let lowest = ladder.possible.first().and_then(|level| place(&level.id));
    let given = ladder.level.as_ref().and_then(|level| place(&level.id));
    let now = given.or(lowest).unwrap_or(0);
    let top = ladder.levels.len().saturating_sub(1);
    let required = required(result, node);
    let enough = named.is_none() && !ladder.higher_is_called_for;
    let (rank, required) = match (named, required) {
        (Some(rank), required) => (rank, required == Some(rank)),
        (None, _) if enough => (now, required == Some(now)),
        (None, Some(rank)) => (rank, true),
        (None, None) => ((now + 1).min(top), false),
    };
    // A level that is reached and may yet be lost is still asked for.
    let sure = lowest.is_some_and(|lowest| rank <= lowest);
    let own = result.rulebook().item(node).map(|item| item.pack);
    let settled = enough && own.is_some_and(|pack| is_over_built(result, pack));
    if rank <= now && (sure || settled) {
        let level = ladder.levels.get(rank);
        return Err(NoPlan::Reached {
            ladder: ladder.title.clone(),
            level: level.map_or_else(String::new, |level| level.title.clone()),
            enough: ladder.enough.clone().filter(|_| enough),
            top: rank == top,
        });
    }
    Ok(AskedLevel {
        ladder,
        node,
        now,
        given: given.is_some(),
        rank,
        required,
    })
}

fn level(ladder: &LadderResult, wanted: &str) -> Result<usize, NoPlan> {
    let alike = |text: &str| text.eq_ignore_ascii_case(wanted);
    let found = ladder
        .levels
        .iter()
        .position(|level| alike(&level.id) || alike(&level.title));
    found.ok_or_else(|| {
        let names = ladder
            .levels
            .iter()
            .flat_map(|level| [level.id.as_str(), level.title.as_str()]);
        NoPlan::UnknownLevel {
            level: wanted.to_owned(),
            near: nearest(wanted, names).map(str::to_owned),
            levels: ladder.levels.iter().map(|level| level.id.clone()).collect(),
        }
    })
}

/// Returns true if more of a pack is built than is called for.
fn is_over_built(result: &MatchedResult<'_>, pack: usize) -> bool {
    let pack = result.rulebook().packs.get(pack);
    let mut fits = result.assessment().fits.iter();
    fits.any(|fit| fit.state == FitState::OverBuilt && pack.is_some_and(|one| one.id == fit.pack))
}

/// The over-built packs, but that of the ladder that is planned.
pub(super) fn over_built(result: &MatchedResult<'_>, ladder: usize) -> Vec<usize> {
    let own = result.rulebook().item(ladder).map(|item| item.pack);
    let packs = 0..result.rulebook().packs.len();
    packs
        .filter(|pack| Some(*pack) != own && is_over_built(result, *pack))
        .collect()
}

/// The level called for, where the ladder says what is built.
fn required(result: &MatchedResult<'_>, node: usize) -> Option<usize> {
    let mut fits = result.assessment().fits.iter();
    let fit = fits.find(|fit| result.node_of(&fit.built.id) == Some(node))?;
    let form = fit.called_for.form.as_ref()?;
    let ladder = result.ladder(node)?;
    ladder.levels.iter().position(|level| level.id == form.id)
}

/// The questions a ladder rests on that have no answer, each with its place; what is answered by
/// too few people to be counted is left out.
pub(super) fn unanswered<'a>(
    rulebook: &'a Rulebook,
    questions: &'a [QuestionResult],
    ladder: usize,
) -> impl Iterator<Item = (usize, Named)> + 'a {
    let reach = rulebook.program.reach();
    let questions = questions.iter().enumerate();
    let open = questions.filter(move |(place, one)| {
        one.state.is_open() && !one.is_closed() && reach.rests(ladder, *place)
    });
    open.map(|(place, one)| (place, Named::new(&one.id, &one.label)))
}

/// The questions a ladder reads, through scores, decisions and gates.
///
/// Conditions that only make questions relevant are left out: they read facts about the firm. Figures
/// of metrics are left out too: they are results.
#[derive(Debug, Default)]
pub(super) struct Reads {
    /// Every item read on the way.
    pub(super) items: BTreeSet<usize>,
    /// For each question, every test of it.
    pub(super) tests: BTreeMap<usize, Vec<Test>>,
    /// The questions whose worth enters a score.
    pub(super) entering: BTreeSet<usize>,
    /// The questions that a cap itself asks about.
    pub(super) capping: BTreeSet<usize>,
}

impl Reads {
    pub(super) fn new(program: &Program, ladder: usize) -> Self {
        let mut reads = Self::default();
        let mut open = vec![ladder];
        while let Some(node) = open.pop() {
            if !reads.items.insert(node) {
                continue;
            }
            if let Some(rule) = program.score(node) {
                open.extend(reads.score(program, rule));
            } else if let Some(table) = program.table(node) {
                let cells = table.rules.iter().flat_map(|rule| &rule.cells);
                reads.atoms(program, cells.copied());
                open.extend(&table.inputs);
            } else if let Some(rungs) = program.ladder(node) {
                for check in rungs.levels.iter().flat_map(|level| &level.checks) {
                    let atoms = match check {
                        Check::From(atom) | Check::Floor(atom) => vec![(*atom, true)],
                        Check::Gate(gate) => {
                            let when = program.gates.get(*gate);
                            when.map_or_else(Vec::new, Condition::atoms)
                        }
                        Check::Basis | Check::Confidence(..) => Vec::new(),
                    };
                    open.extend(reads.atoms(program, atoms.into_iter().map(|(atom, _)| atom)));
                }
            }
        }
        for step in &program.steps {
            if let Step::Relevance { node, when } = step
                && reads.items.contains(node)
            {
                reads.atoms(program, when.atoms().into_iter().map(|(atom, _)| atom));
            }
        }
        reads
    }

    fn score(&mut self, program: &Program, rule: &ScoreRule) -> Vec<usize> {
        let mut nodes: Vec<usize> = rule.terms.iter().map(|term| term.node).collect();
        for node in &nodes {
            if rule.aggregate.properties().tests {
                let test = if rule.normalise {
                    Test::Index(rule.test)
                } else {
                    Test::Number(rule.test)
                };
                self.tests.entry(*node).or_default().push(test);
            } else {
                self.entering.insert(*node);
            }
        }
        for cap in &rule.caps {
            let read = self.atoms(program, cap.when.atoms().into_iter().map(|(atom, _)| atom));
            self.capping.extend(&read);
            nodes.extend(read);
        }
        nodes
    }

    /// Takes note of tests, and returns the items they read.
    fn atoms(&mut self, program: &Program, atoms: impl Iterator<Item = usize>) -> Vec<usize> {
        let mut nodes = Vec::new();
        for atom in atoms.filter_map(|atom| program.atoms.get(atom)) {
            let tests = self.tests.entry(atom.node).or_default();
            if !tests.contains(&atom.test) {
                tests.push(atom.test.clone());
            }
            nodes.push(atom.node);
        }
        nodes
    }
}
