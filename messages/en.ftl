# The sentences that people read, in English. Code asks for them by id; `{ $name }` is what varies.

# report/terminal

# report/portfolio
portfolio-title = Portfolio

# report/sheet
sheet-title = Workshop sheet: { $client }

# report/terminal/comparison

# report/terminal/explanation
what-would-change-it = What would change it
see-also = See also: { $see }

# report/terminal/gate

# report/terminal/plan

# report/terminal/question
question-of = Question { $nth } of { $count }: { $label }
look-at-evidence = Look at: { $evidence }
type-an-answer-its-number-or-how = Type an answer, its number or how it begins; or:
grades-of-evidence = grades of evidence: { $grades }
several-can-be-given-separated-by = Several can be given, separated by commas; - for none of these.
in-your-own-words-on-one = In your own words, on one line.
a-whole-number = A whole number
a-number = A number
from-to = , from { $least } to { $most }
at-least = , at least { $least }
at-most = , at most { $most }

# report/terminal/trend
not-assessed = not assessed

# answers/blank
look-at-first = Look at:{" "}
counts-only-where-other-answers = Counts only where other answers make it relevant.
keep-those-that-hold = keep those that hold
percent-to = percent, 0 to 100
some-number = a number
in-your-own-words = in your own words

# answers/check
format-is-not-known = format `{ $format }` is not known
    .help = write `format: 1`
is-not-a-date = `{ $value }` is not a date
    .help = write year, month and day, as in `2026-10-31`
has-a-value-and-is-not-applicable = `{ $id }` has a value and is not applicable
    .help = keep one of the two
has-neither-value-nor-not = `{ $id }` has neither `value` nor `not_applicable`
    .help = add `value:`, which may be `unknown`
cannot-be-a-share-of-nobody = `{ $id }` cannot be a share of nobody
    .help = say how many were counted, or leave `of` out
is-no-share-in-percent = `{ $id }` is no share in percent
    .help = leave `of` out
applies-to-everybody = `{ $id }` applies to everybody
    .help = rate it, or write `unknown`
is-not-applicable-without-a-reason = `{ $id }` is not applicable without a reason
    .help = say why in a few words

# answers/check: names
no-pack-in-this-assessment = no pack `{ $pack }` in this assessment
    .help = the packs of this assessment are { $quoted }
is-computed-not-asked = `{ $value }` is computed, not asked
    .help = leave it out
leave-it-out = leave it out
no-question-in = no question `{ $value }` in `{ $pack }`
    .help = `centricity pack show { $pack }` lists the questions
did-you-mean = did you mean `{ $near }`?

# answers/moved
an-earlier-id = `{ $old }` is now `{ $new }`{ $more ->
    [0] {""}
    [one] , and one more id has moved
   *[other] , and { $more } more ids have moved
}
    .help = `centricity migrate` rewrites it
a-table-is-read-on = the table is read as it is; nothing has to be done
answered-under-both-ids-alike = `{ $old }` is now `{ $new }`, which is answered too, and alike
    .help = take the line of `{ $old }` away
answered-under-both-ids = `{ $old }` is now `{ $new }`, and both are answered and differ
    .help = keep the answer that is true, under `{ $new }`
answered-alike-with-other-notes = `{ $old }` is now `{ $new }`, which is answered alike, with another note or evidence
    .help = add what `{ $old }` says of its own to `{ $new }`, and take the line of `{ $old }` away
answer-moved-to-a-pack-that-is-not-asked = `{ $old }` is now `{ $new }`, a question of a pack that is not asked here
    .help = the answer is kept and counts for nothing; list the pack `{ $pack }` to have it asked
answer-moved-and-its-value-did-not = `{ $old }` is now `{ $new }`, and nothing says what `{ $value }` is there
    .help = answer `{ $new }` anew, and take `{ $old }` away
the-answer-under-the-new-id = it is answered here too
cannot-be-moved-here = `{ $old }` is now `{ $new }`, and cannot be moved safely in this file
    .help = move it by hand: write its answer as `{ $new }`, and take `{ $old }` away

# answers/check/target
has-phases-and-a-target = `{ $id }` has phases, and a target or date beside them
    .help = make it the last of the phases
a-phase-of-aims-lower-than-the-one = a phase of `{ $id }` aims lower than the one before
    .help = each phase keeps or raises what the one before reached
a-baseline-lies-on-the-scale = a baseline of `{ $id }` lies on the scale of its rating, not at `{ $text }`
a-target-for-is-a-step-of-its-rating = a target for `{ $id }` is a step of its rating, not `{ $text }`
a-target-for-is-a-choice = a target for `{ $id }` is a choice with a score, not `{ $text }`
    .help = its choices with a score are { $quoted }
has-no-scale-to-aim-on = `{ $id }` has no scale to aim on
    .help = ratings and a `select_one` with scores take a target
the-target-of-lies-below-its-baseline = the target of `{ $id }` lies below its baseline
    .help = a target keeps or raises what there was at the start
a-phase-of-is-not-due-later-than = a phase of `{ $id }` is not due later than the one before
    .help = list phases in the order of their dates

# answers/customers: curves
has-no-factors = `{ $customers }` has no factors
    .help = list what these customers may value, or drop the curve
is-not-from-to = `{ $written }` is not from 0 to 10
    .help = a mark lies from 0, nothing, to 10, as much as anyone could wish

# answers/customers
the-customer-table-is-empty = the customer table is empty
    .help = begin with a line as in `customer,margin,spend,wallet,retention,cost`
the-customer-table-has-no-column = the customer table has no column `customer`
    .help = begin with a line as in `customer,margin,spend,wallet,retention,cost`
a-line-of-cells = a line of { $cells } cells under { $columns } columns
    .help = give every line as many cells as the first; quote cells that hold the separator
a-customer-without-a-name = a customer without a name
    .help = name or number it
stands-in-the-table-twice = `{ $name }` stands in the table twice
    .help = add the two lines up, or rename one
it-stands-here-first = it stands here first
the-customer-table-has-more = a line of the customer table has more than { $most } cells
    .help = leave out the columns that are not used
the-customer-table-has-no-customers = the customer table has no customers
    .help = add one line a customer
the-column-is-not-used = the column `{ $name }` is not used
    .help = the columns are { $columns }
further-columns-are-not-used = { $count ->
    [one] one further column is not used
   *[other] { $count } further columns are not used
}
the-column-stands-in-the-table-twice = the column `{ $known }` stands in the table twice
    .help = drop one of them
spends-more-here = `{ $name }` spends { $spend } here of a wallet of { $wallet }
    .help = the wallet is all spending in the category, here and elsewhere
the-table-has-more = the table has more than { $MOST_PROBLEMS } problems
    .help = mend these first
an-empty-cell-under = an empty cell under `{ $column }`
    .help = write a number, or `unknown`
under-is-not-a-number = `{ $text }` under `{ $column }` is not a number
    .help = write a number with a point and no thousands separator, or `unknown`
under-is-below = `{ $text }` under `{ $column }` is below 0
    .help = give the margin before cost to serve, and that cost in a column `cost`
under-retention-is-more-than-all = `{ $text }` under `retention` is more than all
    .help = write a share, 0.8, or a percent, 80%
under-recommend-is-not-a-whole-number = `{ $text }` under `recommend` is not a whole number from 0 to 10
    .help = write the answer as it was given

# answers/edit
the-answer-to = the answer to `{ $id }` { $message }
    .help = write it there by hand: `{ $line }`
cannot-be-written-into-this-file = cannot be written into this file as it is laid out
stands-at-an-anchor-an-alias-or-a-tag = stands at an anchor, an alias or a tag
the-file-says-nothing = the file says nothing
    .help = write at least one `key: value`, or remove the file

# answers/merge
names-no-pack = no pack is listed, so there is nothing to assess
    .help = list one or more, as in `packs: [organisation]`; `centricity pack list` shows them
is-not-relevant-given-the-other-answers = `{ $id }` is not relevant, given the other answers
    .help = the answer is kept and not scored
answers-beyond-the-short-form = questions with an answer that the short form does not ask: { $beyond }
    .help = the answers are kept and not scored; `form: full` counts them
is-required-and-has-no-answer = `{ $id }` is required and has no answer
    .help = answer it, or write `unknown`
does-not-apply-to-some = some say that a question does not apply, and others answer it: `{ $list }`
    .help = the answers count; settle it in consensus.yaml
is-answered-here-and-by-respondents = `{ $id }` is answered here and by respondents
    .help = the respondents' answer counts; to overrule it, agree on a value in consensus.yaml

# answers/check/target: consensus
nothing-is-agreed-on = nothing is agreed on `{ $id }`
    .help = agree on a value, or leave the question out
is-agreed-without-a-reason = `{ $id }` is agreed without a reason
    .help = say in a few words what settled it

# answers/merge/value
answered-by-several-people-in-words = answered by several people, in words of their own
so-say-all-who-could = so say all who could judge it
so-say-at-least-and-fewer-rate-it = so say at least { $least } of a group, and fewer than { $least } of any rate it
so-far-fewer-than-answered = so far fewer than { $minimum_group } people answered, and an anonymous survey needs as many
    .help = wait for more; where all who answer know that everybody sees it, `respondents: {"{"} anonymous: false {"}"}` shows each of them
somebody-answered-after-the-round-was-closed = somebody answered after the round was closed
    .help = look for `answered_on` after { $day }: leave those responses out, or close the round on a later day, and let nobody compare the two results
the-round-is-open-so-this-is-a-draft = answers may still come, so this is a draft
    .help = once the last answer is in, add its day: `respondents: {"{"} closed_on: 2026-11-30 {"}"}`

# answers/response
the-respondent-has-no-name = the respondent has no name
    .help = any word will do that no other response has, such as `r07`
is-not-asked-of-the-role = `{ $id }` is not asked of the role `{ $role }`
    .help = the answer is kept and not scored
answers-another = this response answers `{ $name }` { $version }, and the assessment uses { $own }
    .help = ask again with the questions of { $own }, or let the assessment use `{ $name }@{ $version }`
every-question-it-answers-is-still-there = every question it answers is still there; look at those that were reworded since
answers-twice = somebody answers twice
    .help = the other response is in { $first }; rename one, or take one away

# answers/response: rules
protects-nobody = a group of { $small } protects nobody
    .help = the lowest minimum is 3; roles that agreed to be shown go under `open_roles`
there-is-no-role = there is no role `{ $value }`
    .help = the roles are leadership, management, frontline, backoffice and customer
the-weight-of-a-role-is-above-not = the weight of a role is above 0 and at most 1,000,000, not `{ $weight }`
    .help = to leave a role out, take its responses out of the folder

# answers/value
takes-one-value-not-a-list = `{ $id }` takes one value, not a list
is-rated-not = `{ $id }` is rated { $scale }, not `{ $text }`
    .help = a whole number of the scale, `unknown`, or `{"{"} not_applicable: "reason" {"}"}`
is-not = `{ $local_id }` is { $wanted }, not `{ $text }`
a-finite-number = a finite number
some-whole-number = a whole number
is-not-a-choice-of = `{ $text }` is not a choice of `{ $local_id }`
    .help = the choices are { $quoted }
is-chosen-twice = `{ $name }` is chosen twice
cannot-stand-beside-other-choices = `{ $alone }` cannot stand beside other choices
range-from-to = from { $least } to { $most }
range-at-least = at least { $least }
range-at-most = at most { $most }
any-number = any number

# answers/write

# assess/assessment/decision
which-of-them-is-open-and-they-come = Either { $either }. Which of them holds is open; the verdict is the same

# assess/assessment/differences
is-no-part-of-a-result = `{ $trim_start_matches }` is no part of a result
is-not-there = is not there
and-the-answers-come-to = `{ $path }` { $written }, and the answers come to { $again }
another-version-of-centricity-made-this = another version of centricity made this result: make it again from the answers with `centricity assess PATH --format json`
a-result-is-not-changed-by-hand = a result is not changed by hand: change the answers, and make it again with `centricity assess PATH --format json`
more-places-differ = { $more ->
    [one] one more place differs
   *[other] { $more } more places differ
}; { $help }
a-list = a list
a-map = a map

# assess/assessment/finding
gate-does-not-apply = Here it does not matter whether { $title }.
gate-is-not-core = The short form does not ask whether { $title }.
gate-is-claimed = It is said that { $title }; the evidence for it is missing.
gate-is-not-met = It is not so yet that { $title }.
gate-not-met-as-asked = By what was asked, it is not so that { $title }.
gate-is-not-asked = This assessment did not ask whether { $title }; the questions on { $packs } do.
gate-is-not-known = It is not known whether { $title }.

# assess/assessment/ladder
as-things-stand = { $state } as things stand
on-evidence = on evidence
on-perception = on perception
an-assessment-on-evidence = an assessment on evidence
a-confidence-of-or-more = a confidence of { $wanted } or more
at-index = at index
not-asked = not asked
not-applicable = not applicable
or-more = { $label } { $measure } { $limit } or more
level-number = level { $number }
part-stands-at = { $label } stands at { $actual }
part-stands-so-far = { $label } stands at { $figure } so far: { $why }
part-is = { $label } is { $actual }
level-starts-at = { $stands }; { $level } starts at { $limit }.
level-asks-of-each-part = { $stands }; { $level } asks for { $limit } there.
basis-says = The assessment is { $actual }; { $level } asks for one on evidence.
confidence-says = Confidence is { $actual }; { $level } asks for { $wanted } or more.
no-level-can-be-given-yet = Too little is answered to give a level.
level-of = Level { $rank } of { $of }, { $level }.
level-of-as-answered = Level { $rank } of { $of }, { $level }, as far as answers go.
what-keeps-it = What keeps it from level { $next }: { $named }
more-conditions = { $more ->
    [one] And one more condition.
   *[other] And { $more } more conditions.
}
once-the-open-questions-are-answered-it-could = Once the open questions are answered it could be { $either_quoted }.

# assess/assessment/ranking
so-near = So small a difference says little: both levels describe you.
its-lowest-parts = { $count ->
    [one] Its lowest part is { $parts }.
    [2] Its lowest parts are { $parts }.
    [3] Its lowest parts are { $parts }.
   *[other] Among its lowest parts are { $parts }.
}
one-action-in-a-part-is-enough = The quickest way over the line is one action in { $part }.
what-moves-it-most = What moves it most is in { $part }.

# assess/assessment/metric
no-result = no result
no-agreement-to-show = no agreement to show
among-people = { $agreement_figure } among { $people } people
customer-table = Customer table
customers-in-the-table = { $count ->
    [one] 1 customer
   *[other] { $count } customers
}
types-of-customer = { $types ->
    [one] 1 type of customer
   *[other] { $types } types of customer
}, { $factors ->
    [one] 1 factor
   *[other] { $factors } factors
}
value-curves = Value curves
not-there = not there
the-horizon-is-s = {" "}The horizon is { $periods } { $period }s.

# assess/assessment/mismatch
read-it-with-the-very-packs-it-was = read it with the very packs it was made by, or make it again from the answers
the-result-names-which-is-not-in-the-pack = the result names `{ $local }`, which is not in the pack `{ $pack }`
the-result-names-which-is-in-none-of-its = the result names `{ $id }`, which is in none of its packs
the-result-lacks-or-does-not-have = the result lacks `{ $id }`, or does not have it in its place
the-result-gives-for-which-cannot = the result gives `{ $value }` for `{ $id }`, which cannot be

# assess/assessment/question
counted-as = counted as { $value }: { $holds }
agreed-at-in-place-of = agreed at { $claimed }, in place of { $number }
an-estimate-by-several-people = an estimate by several people
an-estimate-n = an estimate (n { $people })
the-middle-half-says-to = { $by }; the middle half says { $low } to { $high }{ $unit }
kept-not-relevant-here = kept, not relevant here: { $answer_words }

# assess/assessment/reservation
several-people = several people
is-an-estimate-by = “{ $label }” is an estimate by { $by }.
of-them-would-make-the-difference = “{ $label }”: { $counted }; { $the_if } of them would make the difference.

# assess/assessment/result/figure
rests-on-answers = rests on { $in_words } { $count ->
    [one] answer
   *[other] answers
}
more-questions-do-not-apply = { $in_words } more { $count ->
    [one] question does not apply or is not called for
   *[other] questions do not apply or are not called for
}
were-not-asked = { $list } { $count ->
    [one] was not asked
   *[other] were not asked
}
is-open-until = is open until { $names } { $count ->
    [one] is
   *[other] are
} answered
cannot-be-told-while = cannot be told while { $names } { $count ->
    [one] is
   *[other] are
} hidden, as too few people answered
it-may-be-held-at-which = it may be held at { $number } ({ $trim_end_matches }), which { $until }
no-verdict-yet = no verdict yet: { $told }

# assess/assessment/result/finding
not-met-by-what-was = not met by what was asked, and what else could meet it is asked in
met-as-far-as-it-was = met as far as it was asked, and the rest is asked in
what-was-asked-does-not = what was asked does not show it, and the rest is asked in
asked-in = asked in
not-part-of-this-assessment = { $word }; { $asked } { $packs }, not part of this assessment
as-things-stand-open-answers = { $word } as things stand; open answers could still change it

# assess/assessment/result/group
people-who-rate-one-of-them = people who rate one of them high rate others low, so read each for itself and not their mean
they-hardly-go-together-so = they hardly go together, so read each for itself
they-go-together-loosely = they go together loosely
they-go-together-so-their = they go together, so their mean says something
agreed-in-place-of = agreed in place of { $number }
every-role-shown = { $side } every role shown: { $reasons }
a-workshop-agreed-on-another-answer = a workshop agreed on another answer
evidence-holds-an-answer-down = evidence holds an answer down
of-several-choices-those-count-that-more = of several choices those count that more than half took
the-assessor-answered-a-part-of-it = the assessor answered a part of it
the-roles-answered-different-questions-of-it = the roles answered different questions of it
answers-are-merged-before-they-are-put = answers are merged before they are put together

# assess/assessment/result/verdict
tested-for = { $label }: { $says }, tested for { $test }
it-rests-on = It rests on the answers to { $count } subjects.
not-met = not met
does-not-apply = does not apply

# assess/assessment/words
not-relevant-as-things-stand = not relevant as things stand
not-relevant = not relevant
not-asked-in-this-assessment = not asked in this assessment
not-asked-in-the-short-form = not asked in the short form
no-verdict-while-a-cap-on = no verdict while a cap on it is open
too-few-answers-for-a-verdict = too few answers for a verdict
two-thirds-agree-on-no = two thirds agree on no choice
two-roles-steps-apart = two roles { $gap_figure } steps apart
not-applicable-because = not applicable: { $reason }
in-place-of = {" "}in place of { $number }
word-at-least = at least
word-at-most = at most

# assess/evaluate/measure
the-cost = the cost
a-count = a count

# assess/plan/document
which-open-answers-may-undo = , which open answers may undo

# assess/plan/refusal
no-pack-of-this-assessment-has = no pack of this assessment has levels
there-is-more-than-one-ladder = there is more than one ladder of levels
there-is-no-ladder = there is no ladder `{ $id }`
there-is-no-level = there is no level `{ $level }`
does-not-apply-here = `{ $ladder }` does not apply here
too-little-is-answered-to-give-a-level = too little is answered to give a level on `{ $ladder }`
is-reached-on = `{ $level }` is reached on `{ $ladder }`
no-steps-reach = no steps reach `{ $level }`
no-way-to-was-found = no way to `{ $level }` was found
no-step-can-be-taken-with = no step can be taken with an effort of { $budget }
add-a-pack-with-levels-such = add a pack with levels, such as `maturity`, to `packs`
say-which-with-ladder = say which with `--ladder`: { $quoted }
the-ladders-are = the ladders are { $quoted }
the-levels-are = the levels are { $quoted }
name-another-ladder-with-ladder = name another ladder with `--ladder`
what-is-answered-is-answered-by-too = what is answered is answered by too few people to be counted
answer-these-first = answer these first: { $ids }
to-names-another-level = { $lower }; `--to` names another level
there-is-no-higher-level = there is no higher level
name-a-higher-level-with-to = name a higher level with `--to`
see-centricity-explain-for-what = see `centricity explain` for what it asks for
the-first-step-takes-low-effort = the first step takes { $first }; low effort counts 1, medium 2, high 3
is-reached-and-there-is-no-higher-level = “{ $level }” is reached, and there is no higher level.
is-reached = “{ $level }” is reached.
no-steps-reach-for-certain = No steps reach “{ $level }” for certain.
no-way-sentence = No way to “{ $level }” was found.
to-be-answered-first = To be answered first: { $labels }.
too-few-people-answered-to-give = Too few people answered to give a level, and no steps lead to one.
too-little-and-no-steps = Too little is answered to give a level, and no steps lead to one. To be answered first: { $labels }.
it-does-not-apply-here = It does not apply here.
what-holds-it-and-no-steps-meet = what holds it and no steps meet
what-else-it-needs-and-steps-can = what else it needs, and steps can meet
list-and-more = { $list } and { $more } more

# bin/centricity/command/ask/turn
it-is-not-valid-as-it-stands-now = It is not valid as it stands now, so your answer is not saved yet.
no-answer = no answer
y-to-put-yours-in-its-place = y to put yours in its place, Enter to leave theirs>{" "}
somebody-else-answered-the-same-question = somebody else answered the same question
enter-to-try-again-once-it-is-mended = Enter to try again once it is mended, q to stop>{" "}
the-file-is-not-valid = the file is not valid
enter-to-try-again-q-to-stop = Enter to try again, q to stop>{" "}
one-answer-is-not-saved = one answer is not saved: { $why }
write-it-into-the-file-by-hand = write it into the file by hand, under `{ $pack }`: `{ $yaml_line }`

# bin/centricity/command/ask/questionnaire
an-interview-writes-under-the-ids-of-today = the file answers under ids of earlier packs, and an interview writes under those of today
    .help = run `centricity migrate { $path }`, then begin again
an-interview-is-held-over-a-file-not = an interview is held over a file, not over standard input
    .help = give an assessment's folder, or a response
stop-and-begin-the-interview-again = stop, and begin the interview again
the-assessment-asks-for-other-packs = the assessment asks for other packs than when the interview began
this-is-no-longer-the-response-of-in-the-role = this is no longer the response of `{ $name }` in the role `{ $role }`
does-not-lie-in-the-folder-of-an-assessment = `{ $file }` does not lie in the folder `{ $RESPONSES }` of an assessment
    .help = `centricity ask FOLDER --respondent NAME --role ROLE` puts a response where it belongs, beside the { $ASSESSMENT }
is-the-response-of-in-the-role = `{ $file }` is the response of `{ $name }` in the role `{ $role }`
    .help = leave `--respondent` and `--role` out to go on with it, or name somebody else
is-not-there-yet = `{ $file }` is not there yet
    .help = `--respondent NAME --role ROLE` begins it
cannot-be-begun-as-a-response = `{ $file }` cannot be begun as a response
    .help = choose a name that ends in .yaml
centricity-ask-goes-on-with = `centricity ask { $there }` goes on with the answers that are there; somebody else takes another name
cannot-be-the-name-of-a-file = `{ $name }` cannot be the name of a file
    .help = a respondent is any word of letters and digits that nobody else has, such as `r07`

# bin/centricity/command/ask
standard-input = standard input

# bin/centricity/command/ask/turn
no-answer-yet-s-skips = No answer yet; s skips the question, ? shows what else.
why-does-it-not-apply = why does it not apply>{" "}
not-saved-it-takes-a-reason = Not saved: it takes a reason.
grade-and-what-it-is = grade ({ $grades }) and what it is>{" "}
nothing-was-said = Nothing was said.
kept-for-the-answer-that-you-give = Kept for the answer that you give next; u where nobody can say.
a-note-or-evidence-goes-with-an-answer = A note or evidence goes with an answer: give one, or u where nobody can say. The same again leaves without it.

# bin/centricity/command/check
a-project = a project
no-problems = no problems
errors-and-warnings =
    { $errors ->
        [0] no errors
        [one] 1 error
       *[other] { $errors } errors
    }, { $warnings ->
        [0] no warnings
        [one] 1 warning
       *[other] { $warnings } warnings
    }
items-and-findings =
    { $items ->
        [0] no items
        [one] 1 item
       *[other] { $items } items
    }, { $findings ->
        [0] no findings
        [one] 1 finding
       *[other] { $findings } findings
    }
there-is-no-pack-yaml-and-no = there is no pack.yaml and no { $ASSESSMENT } in `{ $path }`
    .help = give a folder that holds one, or a file
a-policy-of =
    a policy of { $rules ->
        [0] no rules
        [one] 1 rule
       *[other] { $rules } rules
    }
a-benchmark-of =
    a benchmark of { $groups ->
        [0] no groups
        [one] 1 group
       *[other] { $groups } groups
    }
not-anonymous-so-everybody-is-shown = not anonymous: everybody is shown, however few answered
roles-left-out = { $list }: fewer than { $minimum }; left out of every figure
roles-told-together = { $list }: fewer than { $minimum } each; told together
questions-not-shown = not shown, as fewer than { $minimum } of any group answered: { $named }
questions-not-shown-and-more = not shown, as fewer than { $minimum } of any group answered: { $named } (and { $more } more)
the-round-is-open-results-are-drafts = the round is open (no `closed_on`): results are drafts
of-questions-answered = { $answered } of { $all } questions answered

# bin/centricity/inputs/project
these-belong-to-two-projects = these belong to two projects, `{ $one }` and `{ $other }`
    .help = give the assessments of one project at a time

# report/project
the-project-has-no-such-folder = there is no folder `{ $name }`
    .help = paths start from the folder of this file; take the line away, or make the folder
the-project-has-no-such-file = there is no file `{ $name }`
    .help = paths start from the folder of this file; take the line away, or write the file
the-copied-pack-is-missing = the copied pack `{ $name }` is not in `packs/{ $name }`
    .help = `centricity pack update { $name }` copies it again; or take its lines away
the-copied-pack-was-changed = `packs/{ $name }` is not what was copied
    .help = keep changes in an overlay over the pack; `centricity pack update { $name } --force` brings back what its source has

# report/project/source
is-no-digest = `{ $text }` is no hash
    .help = leave this line to `centricity pack add` and `centricity pack update`
is-no-source = `{ $from }` is no folder or git repository
    .help = give a path, a URL of https, ssh or file, or git@host:path
begins-with-a-dash = `{ $text }` begins with a dash, and git would take it for an option
    .help = give a folder as ./NAME; no branch, tag or host begins with a dash
no-such-transport = `{ $from }` is reached in a way that is not allowed
    .help = give a path, a URL of https, ssh or file, or git@host:path
is-no-revision = `{ $text }` is no branch, tag or commit
    .help = give a name as `git branch` and `git tag` list them, or the whole hash of a commit
leads-outwards = `{ $path }` leads out of the source
    .help = give a path below the root of the source, with `/` between folders

# bin/centricity/command/compare
standard-input-can-be-read-only = standard input can be read only once
    .help = give a file for A or for B
all-packs-are-the-same = all packs are the same
it-takes-the-answers-of-both-sides-and-one = it takes the answers of both sides, and one is a stored result
the-major-version-of-is-another-one = the major version of { $parted } is another one
the-earlier-answers-under-the-later-packs-are-held-back = the people of the two differ by a few
the-earlier-answers-do-not-fit = the earlier answers do not fit the later packs ({ $first })
a-stored-result-cannot-stand-beside-an-open-round = a stored result of people is compared only where both rounds are closed, on different days
    .help = close the round with `closed_on`, or compare the two folders: what one person changed might follow from the difference
the-two-make-one-of-many-answers-by-other-rules = the two make one of many answers by different rules, so single answers might follow from the difference
    .help = give both the same `respondents`: weights, pooled, minimum_group, open_roles and anonymous
the-people-of-the-two-differ-by-a-few = the people behind the two differ by a few, whose answers might follow from the difference
    .help = hand out each to readers who see no other; compare once, of each role, those who answer as before, those who no longer do, and those who are new or answer anew are nobody or at least { $least }
the-two-have-no-pack-in-common = the two have no pack in common: A rests on { $from }, B on { $to }
    .help = only the same pack of the same major version is compared

# bin/centricity/command/assess
say-which = say which: `{ $several }`
is-in-several-packs = `{ $id }` is in several packs
centricity-explain-lists-what-there = `centricity explain { $path }` lists what there is
there-is-no-to-explain = there is no `{ $id }` to explain
not-known = not known

# bin/centricity/command/export
a-workbook-cannot-be-shown-in-a-terminal = a workbook cannot be shown in a terminal
    .help = name a file with `--out`
replace-replaces-it = `--replace` replaces it
packs-alone-hold-no-responses = packs alone hold no responses
    .help = name an assessment's folder
is-a-table-already-and-is-left-out = `{ $first }` is a table already, and is left out

# bin/centricity/command/export
choose-another-name-or-add-force = choose another name, or add `--force` to replace it
these-packs-ask-nothing-of-the-role = these packs ask nothing of the role `{ $role }`
    .help = choose another role or other packs

# bin/centricity/command/gate
no-policy-is-given = no policy is given
    .help = add --policy FILE, or name it under `policy` in centricity.yaml
a-rule-forbids-regressions-and-nothing-says = a rule forbids regressions, and nothing says since when
    .help = write `against: main` at the top of the policy, or give `--against main`
standard-input-has-no-history = standard input has no history
give-revision-path-or-a-file-to-measure = give REVISION:PATH or a file to measure regressions from
the-rule-of-the-policy = the rule of the policy
this-answer-too = this answer too

# bin/centricity/command/history
each-revision-those-it-named-as = Each revision those it named, as they were then
all-revisions-those-there-are-now = All revisions those there are now, whichever version was pinned
name-a-file-or-folder-in-a-git-repository = name a file or folder in a git repository
no-revision-of-lies-in-that-time = no revision of `{ $path }` lies in that time
    .help = leave out `--since` or `--until`
centricity-explain-lists-the-scores = `centricity explain { $path }` lists the scores
there-is-no-score = there is no score `{ $id }`

# bin/centricity/command/history/score
of-revisions = { $done } of { $after } revisions
it-cannot-be-read = it cannot be read
a-response-is-not-valid = a response is not valid
centricity-assess-path-tells-which = `centricity assess { $revision }:PATH` tells which and why
what-it-held-is-not-in-this-clone = what it held is not in this clone
git-fetch-refetch-with-the-contents = `git fetch --refetch` with the contents brings it

# bin/centricity/command/history/walk
nothing-is-committed-at-on-this = nothing is committed at `{ $path }` on this branch
git-add-and-git-commit-keep = `git add` and `git commit` keep a first state to look back at
this-clone-is-shallow-git-fetch = this clone is shallow: `git fetch --unshallow` brings the rest of its history
git-log-oneline-all-path = `git log --oneline --all -- PATH` shows on which branch it was
there-is-no-assessment-at-now = there is no assessment at `{ $path }`, now or earlier on this branch

# bin/centricity/command/import
there-is-no-in = there is no { $ASSESSMENT } in `{ $display }`
    .help = `centricity init` begins one; or name the packs with `--pack`
wrote-responses =
    wrote { $count } { $count ->
        [one] response
       *[other] responses
    } into { $into }/responses
is-already-there =
    `{ $first }` is already there{ $more ->
        [0] {""}
       *[other] , and { $more } more
    }
    .help = nothing was written; `--replace` replaces the responses of the same respondents

# bin/centricity/command/export
responses-stay-out-of-git =
    # Whoever can read a response knows who said what: commit one only where all may who can clone.
    { $RESPONSES }/
wrote-an-ignore-file = wrote { $file }: git keeps out `{ $RESPONSES }`, as whoever reads it knows who said what
an-ignore-file-lacks-responses = { $file } is there already and keeps `{ $RESPONSES }/` in git: add that line to it, as whoever reads a response knows who said what
choose-another-folder-nothing-is-overwritten = choose another folder; nothing is overwritten

# bin/centricity/command/migrate
standard-input-cannot-be-rewritten = standard input cannot be rewritten
    .help = give a file or a folder
an-id-moves = `{ $from }` is now `{ $to }`
an-id-was-there-twice = `{ $from }` goes: `{ $to }` is answered alike
files-would-be-rewritten = { $count ->
    [0] nothing to rewrite
   *[other] earlier ids would be rewritten; without --dry-run they are
}
files-were-rewritten = { $count ->
    [0] nothing to rewrite
   *[other] earlier ids were rewritten
}

# bin/centricity/command/pack
not-tested-by-any-case = not tested by any case:
cases-pass-and-reach = { $title }: { $passed } of { $cases } cases pass; they reach { $reached } of { $total } rules, caps, gates, findings and levels
case-failed = failed: { $name }
there-is-no-pack-to-print = there is no pack to print
    .help = name one of `centricity pack list`

# bin/centricity/command/pack
cannot-be-a-packs-id = `{ $name }` cannot be a pack's id
    .help = name the folder in lower-case words joined by `-` or `_`

# bin/centricity/command/pack/add
the-source-lies-among-copies = `{ $from }` holds the project's own copies, or is one of them
    .help = give the pack where it is written; what lies in { $COPIES }/ is the project's already
the-pack-is-recorded-already = the project has `{ $name }` from { $from } already
    .help = `centricity pack update { $name }` brings it up to date, with `--to REV` to another revision; to take it from elsewhere, delete its folder and its lines under `sources` first
another-folder-is-there = `{ $path }` is already there, and is not this pack
    .help = move it away, or copy it by another name with `centricity pack new DIR --from PACK`
the-project-has-that-pack = the project has a pack `{ $name }` already, in `{ $path }`
    .help = one of the two has to have another id; an overlay changes a pack without a copy
links-were-left-out = left out: { $count ->
    [one] `{ $first }`, which is a link or another repository
   *[other] { $count } links or other repositories, the first of them `{ $first }`
}
takes-the-place-of-the-built-in = `{ $name }` takes the place of the built-in pack of that name
the-password-is-not-recorded = the password in the address is not recorded; let a credential helper of git keep it
other-packs-there = the source holds other packs too; add those that this one needs first: { $packs }
copied-from = from { $source }

# bin/centricity/command/pack/copies
copies-lie-in-no-folder = `{ $path }` is a link or a file, where copies need a folder
    .help = move it away; nothing was written
cannot-be-recorded-in-place = `{ $file }` cannot be changed in place
    .help = write `packs: [packs]` and `sources:` without anchors, aliases and tags, and try again; nothing was written

# bin/centricity/command/pack/list
source-not-asked = not asked
source-cannot-be-asked = cannot be asked: { $message }
source-up-to-date = up to date
source-is-ahead = behind, { $commit } is there now
source-tag-was-moved = its tag was moved, { $commit } is there now
asking-the-source = asking { $source }
source-has-changed = behind, it has changed there
changed-here = changed here

# bin/centricity/command/pack/source
the-source-is-not-there = there is no folder or repository `{ $source }`
    .help = a path starts from the folder of centricity.yaml where it is recorded, and from here where it is typed
a-name-leads-outwards = `{ $source }` holds the name `{ $path }`, which could lead out of a folder
    .help = nothing was copied; tell those who keep it
the-source-holds-too-many-files = `{ $source }` holds more than { $most } files
    .help = give the pack's own folder, or name it with `--path`
links-are-not-followed = `{ $link }` in `{ $source }` is a link or another repository, and is not followed
    .help = give the folder that it leads to
no-pack-at-that-path = there is no pack at `{ $path }` in `{ $source }`
the-source-holds-no-pack = `{ $source }` holds no pack
    .help = a pack is a folder with a pack.yaml; was it committed?
the-source-holds-several-packs = `{ $source }` holds { $count } packs
give-a-folder-with-a-pack = a pack is a folder with a pack.yaml
packs-to-choose-from = choose one: { $named }{ $more ->
    [0] {""}
   *[other] , or { $more } more
}
a-file-is-kept-elsewhere = `{ $name }` is a pointer to a file that git LFS keeps
    .help = packs are text; take them out of LFS at the source
a-file-of-the-source-is-too-large = `{ $path }` in `{ $source }` is larger than { $most } MB
    .help = is it a pack? Its files are text that people write
two-files-differ-in-case = `{ $source }` holds `{ $path }` twice, in other cases
    .help = not every system can keep both; rename one at the source
the-pack-is-too-large = the pack in `{ $source }` is larger than { $most } MB
    .help = name the pack's own folder with `--path`

# bin/centricity/command/pack/update
nothing-was-copied = no pack comes from elsewhere; `centricity pack add SOURCE` copies one
was-not-copied = no pack `{ $name }` was copied from elsewhere
pack-list-shows-sources = `centricity pack list` shows where packs come from
to-takes-one-pack = `--to` takes one pack to another revision
    .help = name the one
a-folder-has-no-revisions = `{ $name }` comes from the folder `{ $from }`, which has no revisions
    .help = leave `--to` out
copies-were-changed-here = { $count ->
    [one] a copy was changed here, { $names }
   *[other] copies were changed here: { $names }
}; nothing is updated
    .help = keep the changes in an overlay over the pack (docs/overlays.md), or add `--force` to replace the copy
the-tag-was-moved = `{ $revision }` of `{ $name }` leads to another commit than it did
    .help = a tag should stay; ask those who keep it, then `centricity pack update { $name } --to { $revision }` takes it as it is now
the-pack-has-another-id = the pack that was `{ $name }` calls itself `{ $id }` now
    .help = delete its folder and its lines under `sources`, and add it anew
it-was-missing = missing
does-not-fit-the-update = { $count ->
    [one] something in the project does
   *[other] { $count } things in the project do
} not fit the new versions; nothing is updated
    .help = mend it, or take the new versions first with --force
check-what-rests-on-them = check what rests on these packs, as overlays and answers
copy-is-up-to-date = { $name }: { $was }, up to date
copy-moved-unchanged = { $name }: { $was } -> { $is }, nothing in it changed
copy-was-and-is = { $name }: { $was } -> { $is }

# bin/centricity/command/pack/test
only-overlays-accept = `{ $name }` is no overlay
    .help = --accept writes into an overlay; change the cases of a pack themselves
cannot-be-accepted-in = the list of results cannot be written into { $path } in place
    .help = write `expect:` as the last key of the file, empty, and try again
lists-stand-in-two-files = lists of results stand in { $first } and in { $second }
    .help = keep one key `expect` in one file of the overlay, and try again
nothing-to-accept = { $path } lists what comes out otherwise already
accepted-in = wrote into { $path } what comes out otherwise:

# bin/centricity/command/pack/diff
is-no-overlay = `{ $name }` is no overlay
    .help = name a pack whose pack.yaml says `extends`
no-earlier-version = there is no pack at `{ $name }`
    .help = give a folder, a file, or REVISION:PATH
overlay-over = { $overlay }, over { $id } { $version }
no-value-here = nothing
from-value-to-value = { $before } -> { $after }
from-order-to-order = order: { $before } -> { $after }
because-of = because: { $reason }
upstream-from-to = Upstream, { $id } { $from } to { $to }, at and below these paths:
nothing-upstream = nothing changed

# bin/centricity/command/pack/show
a-cap-may-hold-it-down = A cap may hold it down: { $cap }
without-an-id-pack-show-lists = without an id, `pack show` lists them all
the-pack-has-no-item = the pack has no item `{ $id }`
levels-lowest-first = Levels, lowest first
made-from = Made from

# bin/centricity/command/plan
there-is-a-way-with = { $help }; there is a way with { $ways }

# bin/centricity/command/portfolio
write-into-another-file-or-add = write into another file, or add `--force` to replace it
no-score-has-clients-so = no score has { $FEWEST } clients, so there is no benchmark to write
    .help = fewer would give single clients away; gather more, or leave `--benchmark` out
this-build-of-centricity-writes-no = this build of centricity writes no Parquet
    .help = build it with `--features parquet`, or ask for `csv` or `ndjson`
there-is-no-folder-to-write-into = there is no folder to write into
add-out-dir-or-ask-for = add `--out DIR`; or ask for one of html, md, json and ndjson on standard output

# bin/centricity/command/portfolio
no-folder = no folder
give-the-folder-that-holds-your-clients = give the folder that holds your clients' folders
cannot-look-into-the-folder = cannot look into the folder: { $cause }

# bin/centricity/command/portfolio/files
cannot-write = cannot write `{ $file }`
    .help = is the disk full? Leave `xlsx` out of `--format`, or write elsewhere

# bin/centricity/command/portfolio/score
write-a-report-of-each-by-itself = report one of them, or each for readers who see no other
held-back-by-rules = held back: its answers become one by other rules than those of `{ $first }`, a state of the same client
held-back-by-people = held back: its people differ by a few from those of `{ $first }`, a state of the same client
held-back-as-stored = held back: of it or of `{ $first }`, a state of the same client, only a result is stored, and not all rounds are closed, each on another day
clients-are-not-valid =
    { $rejected ->
        [one] 1 client is
       *[other] { $rejected } clients are
    } not valid and in no figure; all others are written
clients-with-warnings =
    { $warned ->
        [one] 1 client
       *[other] { $warned } clients
    } with warnings: `centricity check DIR` shows them
there-is-no-below = there is no { $ASSESSMENT } below `{ $root }`
it-is-not-valid = it is not valid

# bin/centricity/command/report
add-out-dir-or-give-one = add `--out DIR`; or give one PATH and one `--format` to have it on standard output
and-would-both-be-written-to = `{ $other }` and `{ $path }` would both be written to `{ $name }`
    .help = give each client a name or unit of its own, or report them into two folders
write-into-another-folder-or-add = write into another folder, or add `--force` to replace files
of-reports = { $done } of { $total } reports
word-does-not-show-all-images = warning: Word shows PNG, JPEG and GIF; its documents leave out the other images of the brand

# bin/centricity/command
pack-belongs-to-the-schema-of-answers-or-of-a-response = `--pack` belongs to the schema of answers or of a response

# bin/centricity/command/assess
nobody-can-disagree-there-are-no = nobody can disagree: there are no responses beside this assessment
    .help = put one file for each respondent into a folder `responses`
out-file-writes-what-is-left = `--out FILE` writes what is left to settle, to copy from; nothing is overwritten
choose-another-file-nothing-is-overwritten = choose another file; nothing is overwritten

# bin/centricity/exit
interrupted-nothing-was-written = interrupted; nothing was written

# bin/centricity/git
git-cannot-be-run = git cannot be run: { $error }
    .help = looking back takes the program `git` on the path
nothing-said-of-it = nothing was said
    .help = type a few words, or `s` to skip the question
it-is = it is { $what }
it-is-missing = it is missing
git-cannot-read = git cannot read `{ $object }`: { $why }
    .help = the repository may be damaged or incomplete; try `git fsck`

# bin/centricity/git
lies-outside-the-repository = `{ $path }` lies outside the repository
    .help = give a path inside it
nothing-is-committed-yet-in-this-repository = nothing is committed yet in this repository
there-is-no-revision = there is no revision `{ $clean }`
give-a-branch-a-tag-or-a-commit-as = give a branch, a tag or a commit, as `git log --oneline --all` shows them
git-cannot-tell = git cannot tell: { $first_error }
    .help = try the same with git itself; the repository may be damaged or incomplete
does-not-lie-in-a-git-repository = `{ $path }` does not lie in a git repository
    .help = `git init` begins one; or compare two files that are there now
git-cannot-read-the-repository-of = git cannot read the repository of `{ $path }`: { $error }
    .help = try `git status` there

# bin/centricity/git/remote
the-source-has-no-revision = `{ $source }` has no branch or tag `{ $revision }`
    .help = give a name as `git ls-remote` lists them, or the whole hash of a commit
the-source-is-too-large = what comes from `{ $source }` is larger than { $most } MB
    .help = nothing was written; ask for a repository of the packs alone, or give a folder
the-source-takes-too-long =
    `{ $source }` did not answer within { $seconds ->
        [one] 1 second
       *[other] { $seconds } seconds
    }
    .help = nothing was written; try again, or give it more time with { $SECONDS_BY }
the-source-holds-too-much = `{ $source }` holds too many files
    .help = nothing was written; ask for a repository of the packs alone, or give a folder
the-source-cannot-be-read = git cannot read `{ $source }`: { $why }
    .help = try `git ls-remote` on it: nobody is asked for a password here, so keys and passwords have to be known to git

# bin/centricity/inputs/assessment
no-image-is-to-be-found = no image `{ $path }` is to be found
    .help = a path starts from the folder of this file
no-customer-table-is-to-be-found = no customer table `{ $table }` is to be found
    .help = a path starts from the folder of this file
this-is-no-result-of-an-assessment = this is no result of an assessment
    .help = `centricity assess PATH --format json > result.json` keeps one
this-result-has-a-format-that-is-not = this result has a format that is not known
    .help = only format 1 is; a later centricity may know it
the-pack-calls-itself = the pack `{ $id }` calls itself `{ $id2 }`
this-result-was-made-by = this result was made by `{ $id }` { $version }, and { $own } is there
the-rules-of-have-changed-since-this = the rules of `{ $id }` { $version } have changed since this result was made
give-the-folder-of-the-very-packs-with = give the folder of the very packs with `--packs DIR`, or make the result again from the answers

# bin/centricity/inputs/assessment_ref
there-is-no-assessment = there is no assessment `{ $value }`
    .help = `git log --oneline --follow -- { $path }` shows when it was there, and under which name

# bin/centricity/inputs/folder
no-assessment-in-folder = there is no { $ASSESSMENT } in `{ $path }`
    .help = `centricity init { $path }` begins one
of-responses = { $done } of { $total } responses
more-responses-have-problems-the-first = { $rest } more responses have problems, the first of them `{ $path }`
mend-those-told-then-check = mend those told, then check again

# bin/centricity/inputs/problems
responses-answer-under-earlier-ids = responses answer under earlier ids
migrate-writes-the-new-ids = `centricity migrate` writes the new ones

# bin/centricity/inputs/packs
folder-is-not-there = `{ $folder }` is not there
    .help = `--packs` takes a folder of packs, or a pack's own folder
centricity-pack-list-shows-the-packs = `centricity pack list` shows the packs there are; a pack's folder holds a pack.yaml
there-is-no-pack = there is no pack `{ $name }`

# bin/centricity/watch
templates-take-too-much-memory = the templates in `{ $folder }` take more than { $most } MB
    .help = look for a text or list that grows in a loop, or is repeated or indented too often
templates-take-too-long = the templates in `{ $folder }` have held up the run for more than { $seconds } seconds
    .help = look for long lists in a filter; { $variable } allows more seconds

# bin/centricity/output
no-such-value = no such value
cannot-write-the-result = cannot write the result: { $error }

# bin/centricity/output/file
choose-another-file-or-add-force = choose another file, or add `--force` to replace it
it-is-read-only = it is read-only; make it writable first, where it may be changed
it-is-no-folder = a file is there, where a folder is needed; choose another name
is-there-as-a-folder = `{ $path }` is already there, as a folder
    .help = choose another name
is-there-as-a-file = `{ $path }` is already there, and is no folder
    .help = choose another name for the folder
is-there-as-a-device = `{ $path }` is a device, a pipe or a socket, which is never replaced
    .help = give the name of a file; what is to go elsewhere is printed, and led on by the shell
is-a-link-and-stays = `{ $path }` is a link to `{ $to }`, and a link is neither replaced nor written through
    .help = give the path of what it leads to, or choose another name
it-is-not-replaced = it is no regular file, and nothing else is replaced
path-is-already-there = `{ $path }` is already there
write-elsewhere-or-force = write into another folder, or add `--force` to replace it
holds-which-no-portfolio-wrote = `{ $place }` holds `{ $to_string_lossy }`, which no portfolio wrote
    .help = write into another folder; `--force` replaces only what a portfolio wrote

# bin/centricity/output
standard-output = standard output

# command/init
in-full-and-short = { $full }; the short form, --short, has { $short }
in-short-and-full = { $short }; in full there would be { $full }
no-short-form-here = { $full }; none of these packs has a short form, so all of it is asked

# command/pack
full-size-and-short = { $full }; short form: { $short }
core-mark = {" "}(core)

# command/ask
still-to-ask = To be asked: { $size }.
without-short-all-are-asked = the same command without --short asks what is open in the full form: { $words }

# command/collect
wrote-a-form = wrote { $name }: { $size }, for { $role }
wrote-a-short-form = wrote { $name }: the short form of { $size }, for { $role }
answers-are-not-taken = answers to questions that the short form does not ask, left out: { $beyond }
    .help = the assessment says `form: short`; with `form: full` they are taken

# collect/time
no-questions-of-its-own = no questions of its own
questions-and-time = { $questions ->
    [one] 1 question, { $time }
   *[other] { $questions } questions, { $time }
}
about-minutes = about { $minutes } minutes
about-hours = about { $hours } hours
about-hours-and-minutes = about { $hours } hours { $rest } minutes

# collect/export
n-a = n/a: { $reason }

# collect/export
several-may-be-given-with-between = (several may be given, with ; between them)
a-percentage-to = a percentage, 0 to 100
and-or-more = , { $least } or more
or-less = , { $most } or less

# collect/export/workbook
how-to-fill-this-in = How to fill this in

# collect/export/xlsform
your-role = Your role
why-not-applicable = Why does it not apply?

# collect/export/form
number-or-more = { $number } or more
number-or-less = { $number } or less

# collect/import/response
the-columns-of-say-different-things = the columns of `{ $id }` say different things
    .help = leave the column of the whole answer out with `--ignore`, or those of its choices
an-answer = an answer
has-a-reason-and-an-answer = `{ $id }` has a reason why it does not apply, and an answer
    .help = keep one of the two
has-a-reason-and-no-answer = `{ $id }` has a reason why it does not apply, and no answer that says so
    .help = write `n/a` as its answer, or empty the cell
neither-taken-nor-left = `{ $cell }` says neither that a choice of `{ $id }` is taken nor that it is not
    .help = write 1 or 0; a mapping can say under `everywhere` what is meant: 1, 0, `unknown`, or `no-answer` where nothing was answered
is-answered-and-is-not = `{ $id }` is answered and is not
perhaps-not-answered = `{ $text }` says that nothing was answered, or that `{ $id }` does not apply
    .help = say in a mapping which, under `everywhere` or `values`: `no-answer`, or `n/a: ` and the reason
a-write-in-is-kept = words beside the choices of `{ $id }` are kept as a comment
an-empty-meaning = `{ $text }` is given no meaning
    .help = write `no-answer` where nothing was answered
nothing-was-answered = `{ $text }` says that nothing was answered, and `{ $answer }` is an answer
    .help = write `no-answer`; or `unknown`, or `n/a: ` and the reason
    .help = `unknown` and `not applicable` stand alone

# collect/import/cell
means-more-than-one-answer = `{ $text }` means more than one answer to `{ $id }`
is-no-answer-to = `{ $text }` is no answer to `{ $id }`
is-no-number-for = `{ $text }` is no number for `{ $id }`
    .help = write a number without thousands separators; where a comma stands before fractions, say `decimal: comma` in a mapping
did-you-mean-if-so = did you mean `{ $near }`? if so, say it under `values` in a mapping
the-answers-are-a-mapping-can-say-under = the answers are { $values }{ $more }; a mapping can say under `values` which of them is meant, or `no-answer`

# collect/import/columns
the-columns-and-hold-the-same = the columns `{ $first }` and `{ $second }` hold the same
    .help = leave one of them out with `--ignore`
no-column-is-understood = no column belongs to a question or tells respondents apart
    .help = the first row holds the names of columns: `respondent`, `role` and `pack.question`, or the columns of a long table `respondent`, `question` and `value`; `import --suggest` prints a mapping to fill in
no-column-belongs-to-a-question = no column belongs to a question
    .help = name columns `pack.question`, or the columns of a long table `question` and `value`; `--suggest` prints a mapping to fill in
no-column-tells-respondents-apart = no column tells respondents apart
    .help = name it under `respondent` in a mapping, or let `respondent: {"{"} number: r {"}"}` number the rows
the-column-belongs-to-no-question = the column `{ $name }` belongs to no question
    .help = say under `questions` in a mapping what it holds, or leave it out with `--ignore`
survey-tools-add-it-leave-it-out = survey tools add it: leave it out, with `--ignore "{ $name }"` or under `ignore` in a mapping
did-you-mean-question = did you mean `{ $near }`? if so, say it under `questions` in a mapping

# collect/import/mapping

# collect/import/names
names-no-question-of-these-packs = `{ $name }` names no question of these packs
    .help = write `pack.question` or `pack.question/choice`

# text/diagnostic/show
problems-left-out = left out: { $left ->
    [one] one further problem
   *[other] { $left } further problems
}
    .help = mend these first

# collect/import/read
further-problems = { $left } further problems of the table are left out
    .help = mend these first
further-warnings = { $left } further warnings of the table are left out
in-places = { $message }, in { $times } places

# collect/import/read
nobody-answers-in = nobody answers in `{ $name }`
    .help = the first row names the columns, each further row is one respondent or one answer
the-first-row-names-the-columns-each = the first row names the columns, each further row is one respondent or one answer
split-it-by-respondents = split it by respondents
a-million-answers = a million answers
put-the-table-itself-into-responses = put the table itself into `responses`, with its mapping beside it
assess-parts-of-the-organisation-apart = assess parts of the organisation apart, each with a table of its own

# collect/import/response
an-answer-without-a = an answer without a { $what }
    .help = fill the cell, or name the column under `{ $what }` in a mapping; `--{ $what }` speaks for a whole table
is-no-role = `{ $text }` is no role
    .help = the roles are { $roles }; a mapping can say under `role: {"{"} values: ... {"}"}` which of them is meant

# collect/import/rows
an-answer-its-role-is-not-asked-for = an answer to a question that is not asked of its role
    .help = such answers are kept and not scored
somebody-answers-twice = somebody answers `{ $id }` twice
    .help = a column `respondent` tells people apart
several-people-are-named-and-no-answer = several people are named, and no answer says whose it is
    .help = give the answers a column `respondent`
an-answer-without-a-question = an answer without a question
    .help = name its question in the same row
the-same-respondent-has-two-roles = the same respondent has the roles { $one } and { $two }
    .help = one person has one role
a-row-of-cells-under-columns = a row of { $cells } cells under { $width } columns
    .help = quote cells that hold the separator
a-cell-under-a-column-without-a-name = a cell under a column without a name
    .help = name the column, or empty the cell

# collect/import/head
no-such-row-for-a-head = row { $row } is to name the columns, and there is no such row
    .help = rows are counted as a spreadsheet shows them, the first one 1
row = row { $row }
rows = rows { $first } and { $second }
the-head-seems-to-be-elsewhere = the names of columns seem to stand in { $rows }
    .help = say `header: { $header }` in a mapping; or `header: [1]` where the first row names them all the same

# collect/import/mapping
frontline-leadership-management-frontline-backoffice = { $role }: frontline    # leadership, management, frontline, backoffice or customer

# collect/import/read
save-the-sheet-as-csv-utf = save the sheet as `CSV UTF-8`
holds-more-than = `{ $name }` holds more than { $than }

# collect/interview
question-applies-to-everybody = `{ $id }` applies to everybody
    .help = answer it, or type `u` where nobody can say
is-no-grade = `{ $word }` is no grade of evidence
    .help = the grades are { $grades }{ $escape }
if-it-is-the-answer-type-e = ; if it is the answer, type `=e { $text }`
write-digits-with-a-point-where = write digits, with a point where there are parts: 12.5
is-no-answer-here = `{ $text }` is no answer here
    .help = type { $quoted }; `?` shows what else

# rules/link/advice
words-for-some-need = the words of `{ $id }` for some clients say nothing
    .help = give `do`, `how`, `decide` or `owner`
advice-id-twice = `{ $id }` is the id of two pieces of advice
    .help = rename one of them
no-advice = no advice `{ $name }`
    .help = name another piece of advice
this-pack-does-not-use = this pack does not use the pack `{ $name }`
    .help = add `uses: {"{"} { $name }: "^1" {"}"}` to pack.yaml
this-pack = this pack
the-pack = the pack `{ $name }`
no-advice-in = no advice `{ $id }` in { $whose }
    .help = name a piece of its advice
is-itself-the-same-as = `{ $same }` is itself the same as `{ $home }`
    .help = write `{ $home }`
list-does-not-fit = a list of choices does not fit `{ $local_id }`
    .help = only of several choices more than one can be true: name one answer
name-one-choice-at-least = name one choice at least, or how many are to be true
a-choice = a choice
no-choice-of = `{ $value }` is not { $noun } of `{ $local_id }`
    .help = its { $plural } are { $quoted }
no-question = `{ $id }` is not a question: advice moves answers
    .help = name the questions it is made from
no-count-of-choices = `{ $text }` is not a number of choices of `{ $id }`
    .help = say how many of its choices are to be true, or list which
cannot-be = `{ $id }` cannot be `{ $text }`
    .help = write a number that an answer may have
free-text-is-not-moved = `{ $id }` is free text: advice cannot move it
    .help = name a question with a scale

# rules/link/called_for
called-for-too-often = an item is called for in more than { $MOST_PATHS } ways
    .help = write `called_for` at fewer scores

# rules/link/condition
condition-map = a condition is a map
    .help = write `{"{"} id: ">= 3" {"}"}` or `{"{"} all: [ ... ] {"}"}`
one-key = a condition has exactly one key
    .help = write `all: [ ... ]` around several tests
list-wanted = expected a list of conditions
    .help = write `[ {"{"} id: test {"}"}, ... ]`
empty-list = an empty list of conditions says nothing
    .help = add a condition
n-and-of-map = expected a map with `n` and `of`
    .help = write `at_least: {"{"} n: 2, of: [ ... ] {"}"}`
n-and-of-wanted = `at_least` needs `n` and `of`
    .help = write `at_least: {"{"} n: 2, of: [ ... ] {"}"}`
unknown-key = unknown key `{ $key }`
    .help = write `at_least: {"{"} n: 2, of: [ ... ] {"}"}`
n-is-a-whole-number-from-to-the-number = `n` is a whole number from 1 to the number of conditions
    .help = write `at_least: {"{"} n: 2, of: [ ... ] {"}"}`
a-test-is-one-text = a test is one text
    .help = write `">= 3"`, `"[2..4)"` or `"light, medium"`

# rules/link/decision
a-decision-has-to-outcomes = a decision has 2 to { $MOST_OUTCOMES } outcomes
    .help = list them in `outcomes`
is-an-outcome-twice = `{ $id }` is an outcome twice
    .help = rename one of them
a-decision-needs-inputs-and-rules = a decision needs inputs and rules
    .help = add them
is-the-id-of-two-rules = `{ $id }` is the id of two rules
    .help = rename one of them
cells-of-rule = the rule `{ $id }` has { $cells } cells for { $inputs } inputs
    .help = write one cell per input, `-` for any
is-not-an-outcome-of-this-decision = `{ $name }` is not an outcome of this decision
    .help = name one of `outcomes`
no-rule-matches = no rule matches { $point }
    .help = add a rule, or widen a cell
rules-overlap = `{ $one }` and `{ $other }` both match { $point }
    .help = narrow one of them, or use `hit_policy: first`
the-other-rule = the other rule
rule-out-of-reach = `{ $rule }` is never the first rule to match
    .help = move it up, or drop it
the-table-has-too-many-combinations = the table has too many combinations to be proven
    .help = decide in two steps

# rules/link/exhibit
what-no-level-asks-for = What no level asks for, and what is asked all the same
dots-are-drawn-for-scores-and-ratings = dots are drawn for scores and ratings
    .help = name those in `of`
verdicts-are-decisions = verdicts are decisions of which one outcome comes out
    .help = name decisions, none of them with the hit policy `collect`
a-star-is-drawn-for-one-score = a star is drawn for one score
    .help = write `of: score`
a-grid-shows-a-decision-over-its = a grid shows a decision over its two inputs
    .help = name a decision with two inputs, and those inputs as `x` and `y`
steps-compare-forms = steps compare a decision and a ladder of the same levels
    .help = give both the same names in the same order
the-exhibit-needs = the exhibit `{ $id }` needs `{ $key }`
    .help = the pack reference shows each kind

# rules/link/finding
the-condition-of-does-not-read = the condition of `{ $finding }` does not read `{ $name }`
    .help = name an item of `when`, or leave it out
all-are-guards = everything that `{ $finding }` reads is a guard
    .help = leave out of `guards` what is the reason for the finding
the-figure-has-no-base = the figure `{ $id }` has no base
    .help = say of whom it is a figure, or leave it out

# rules/link/header
the-pack-holds-too-many = the pack holds { $count } { $kind }, and may hold { $most }
    .help = split it into several packs
the-pack-is-asked-for-twice = the pack `{ $id }` is asked for twice
    .help = name it once
is-not-a-version = `{ $version }` is not a version
    .help = write three numbers, as in `1.0.0`
missing-key-format = missing key `format`
    .help = begin with `format: 1`
missing-key = missing key `{ $key }`
    .help = every pack has `format`, `id`, `version` and `title` in its pack.yaml
packs-use-one-another-in-a-circle = packs use one another in a circle: { $names }
    .help = take one of them out of the circle
no-requirement = `{ $range }` is not a version requirement
    .help = write `^1` or `>= 1.2, < 2`
other-version = `{ $name }` is there in version { $version }, not `{ $range_text }`
    .help = change the requirement or the pack
the-pack-is-used-and-not-there = the pack `{ $name }` is used and not there
    .help = name it among the assessment's packs

# rules/link/moved
the-moved-id-is-still-there = `{ $id }` has moved and is still there
    .help = take it out of `moved`, or take the item away
moved-to-a-pack-that-is-not-used = the pack `{ $owner }` is not among those this pack uses
    .help = name it under `uses`, or move to an id of this pack
an-id-moved-too-often = `{ $old }` leads through more than { $most } ids
    .help = lead it straight to the id there is now
ids-moved-in-a-circle = ids move in a circle: `{ $names }`
    .help = let each lead to an item that is there
moved-to-what-is-not-there = there is no `{ $to }` to move to
    .help = `centricity pack show` lists what a pack holds
moved-to-what-is-not-asked = `{ $to }` is no question, and only answers have a type and values
    .help = write its id alone
moved-to-another-type = `{ $to }` is a question of another type
    .help = say under `values` what each earlier value is now, or do not move it
moved-to-a-value-that-is-none = `{ $to }` has no answer `{ $text }`
    .help = write a value that the question takes

# rules/link/asked_as
asked-as-one-of-the-same-pack = `{ $to }` is no question of another pack
    .help = write `pack.question`, with the pack under `uses`
asked-as-another-kind-of-question = `{ $id }` and `{ $now }` do not take the same answers
    .help = give both the same type, scale, choices, unit and period

# rules/rulebook/moved
a-change-shows-nowhere = `{ $id }` is asked as `{ $now }` here, so this change of it shows nowhere

# rules/link/headline
the-pack-already-speaks-for-all = the pack `{ $name }` already speaks for all packs
    .help = leave `overall` out of one of them, or one of them out of the assessment
cannot-speak-for-this-pack = `{ $id }` cannot speak for this pack
    .help = name a score or a ladder of this pack
no-decision = `{ $called_for }` is no decision
    .help = name the decision that says which form is called for
no-ladder-of-forms = `{ $built }` is no ladder of the forms that `{ $called_for }` decides between
    .help = give its levels the names of the decision's outcomes, in the same order
no-decision-on-fit = `{ $decision }` does not decide about fit
    .help = its outcomes are `under-built`, `fit` and `over-built`, and one of them comes out

# rules/link/ladder
a-ladder-has-to-levels = a ladder has 2 to { $MOST_LEVELS } levels
    .help = list them, lowest first
is-a-level-twice = `{ $id }` is a level twice
    .help = rename one of them
lowest-level-asks = the lowest level `{ $id }` asks for something
    .help = the lowest level is where everybody begins
the-level-asks-for-nothing = the level `{ $id }` asks for nothing
    .help = add `from`, `every`, `gates`, `basis` or `confidence`
from-needs-a-score-to-read = `from` needs a score to read
    .help = add `of: score` to the ladder
every-assessment-is-at-least-on = every assessment is at least on perception
    .help = write `basis: evidenced` or leave it out
confidence-needs-a-score-to-be-sure-of = `confidence` needs a score to be sure of
    .help = add `of: score` to the ladder
has-no-value-that-could-reach = `{ $id }` has no value that could reach a level
    .help = name scores or ratings
never-reached = `{ $id }` lies between { $least } and { $most } and never reaches { $value }
    .help = move the threshold into the range
add-measure-index-to-the-ladder-where = add `measure: index` to the ladder where thresholds are places on 0..100; else move them into the range
no-gate = no gate `{ $id }`
    .help = name one of `gates`
gate-id-taken = `{ $id }` is already the id of another item
    .help = gates share one name space with items: rename one

# rules/link/linker
id-of-another-item = `{ $local_id }` is already the id of another item
    .help = questions, scores, decisions and ladders share one name space: rename one
cannot-be-an-id = `{ $id }` cannot be an id
    .help = use lower-case words joined by `-` or `_`

# rules/link/metric
this-metric-takes-no = this metric takes no `{ $key }`
    .help = leave it out
a-horizon-is-at-least-one-period = a horizon is at least one period
    .help = write 1 or more
this-metric-has-no-input = this metric has no input `{ $name }`
    .help = its inputs are { $quoted }
this-metric-needs-the-input = this metric needs the input `{ $id }`
    .help = name a number question
name-a-number-question = name a number question
add-from-or-its-inputs = add `from: { $id }`, or its inputs
a-metric-of-nothing = a metric of nothing
    .help = add its inputs
cannot-be-the-input = `{ $id }` cannot be the input `{ $id2 }`
amounts-in-unlike-units = amounts in unlike units
inputs-for-unlike-periods = inputs for unlike periods
the-first-of-them = the first of them
ask-all-of-them-in-one-unit = ask all of them in one `unit` and for one `period`

# rules/link/metric/input
name-a-question-of-type-decimal-or-integer = name a question of type `decimal` or `integer`
name-a-question-of-type-percent = name a question of type `percent`
name-a-question-of-type-integer = name a question of type `integer`
name-ratings-choices-that-all-have = name ratings, choices that all have a score, or a section of ratings

# rules/link/order
items-read-one-another-in-a-circle = items read one another in a circle: { $names }
    .help = take one of them out of the circle

# rules/link/parse
tests-nothing = `-` tests nothing
    .help = leave the test out
free-text-is-not-tested = `{ $local_id }` is free text and cannot be tested
    .help = test `unknown`, or make it a select
always-applies = `{ $local_id }` always applies
    .help = leave the test out
an-outcome = an outcome
no-outcome-passes-this-test = no outcome passes this test
    .help = turn the comparison round
is-none-of-its-outcomes = `{ $name }` is not { $what } of `{ $local_id }`
    .help = it has { $quoted }
is-not-a-test = `{ $text }` is not a test
    .help = write `3`, `>= 3`, `< 2.5` or `[2..4)`
nothing-lies-in = nothing lies in `{ $text }`
    .help = put the lower end first
outside-range = `{ $text }` lies outside what `{ $id }` can be: { $least } to { $most }
    .help = move the threshold into the range
no-value-of-passes = no value of `{ $id }` passes `{ $text }`
    .help = move the threshold

# rules/link/question
relevant-reads-questions = `relevant` reads questions only, and `{ $id }` is none
    .help = test the questions that `{ $id }` is made of
no-section = no section `{ $id }`
    .help = name a section
section-in-order = the section `{ $id }` stands { $times } times in `order`
    .help = `order` names every section once
a-weight-is-above = a weight is above 0 and at most 1,000,000
    .help = to leave a question out of a score, name the others in `of`
the-answer-must-be = the answer must be { $written }
in-your-currency = in your currency

# rules/link/question/domain
is-of-a-type-that-takes-no = `{ $id }` is of a type that takes no `{ $key }`
    .help = leave it out, or change the type
is-reversed-and-no-rating = `{ $id }` is reversed and no rating
    .help = only ratings are reversed
the-rating-has-no-anchors = the rating `{ $id }` has no anchors
    .help = word each step: `anchors: {"{"} 0: ..., 4: ... {"}"}`
anchors-without-gap = the anchors of `{ $id }` are not whole numbers without a hole
    .help = word every step, as in 0, 1, 2, 3, 4
anchor-of-says-nothing = anchor { $step } of `{ $id }` says nothing
    .help = say what one would see
has-no-choices = `{ $id }` has no choices
    .help = add `choices: [ {"{"} value: ..., label: ... {"}"} ]`
has-more-than-choices = `{ $id }` has more than { $MOST_CHOICES } choices
    .help = group them
is-a-choice-twice = `{ $value }` is a choice twice
    .help = rename one of them
cannot-be-the-value-of-a-choice = `{ $text }` cannot be the value of a choice
    .help = use a plain word
only-some-choices-of-have-a-score = only some choices of `{ $id }` have a score
    .help = score all of them or none
a-sum-needs-a-score-on-every = a sum needs a score on every choice
    .help = add `score`, or count
a-cap-this-low-leaves-nothing = a cap this low leaves nothing to tell apart
    .help = raise it
max-is-not-above-min = `max` is not above `min`
    .help = turn them round

# rules/link/scope
may-not-be-there-its-pack = `{ $id }` may not be there: its pack is optional here
    .help = use the pack without `optional`, or read the item in a score or condition
in-this-pack = in this pack
reads-the-pack-which-this-pack = `{ $name }` reads the pack `{ $other }`, which this pack does not use
    .help = add `uses: {"{"} { $other }: "^1" {"}"}` to pack.yaml
in-the-pack = in the pack `{ $other }`
no-item = no item `{ $local }` { $whose }
    .help = name a question, score, decision or ladder

# rules/link/score
asked-in-names-the-pack-which-is-not = `asked_in` names the pack `{ $name }`, which is not used
    .help = add it to `uses` as optional
cannot-rest-on-optional = a `{ $name }` cannot rest on what may not be there
a-score-needs-children = a score needs children
takes-exactly = a `{ $name }` is of exactly { $fewest } items
takes-at-least = a `{ $name }` is of at least { $fewest } items
name-them-in-of = name them in `of`
needs-a-test = `{ $name }` needs a test
    .help = add `test: ">= 3"`
takes-no-test = `{ $name }` takes no test
    .help = `count` and `share` do
weight-of-no-child = `{ $id }` has a weight and is no child of this score
    .help = add it to `of`, or drop the weight
leave-the-child-out-instead = leave the child out instead
cap-never-bites = a cap at { $at } never bites: the score lies between { $least } and { $most }
    .help = move it into the range
is-a-metric-or-rests-on-one = `{ $name }` is a metric or rests on one
    .help = metrics stand beside scores and levels, never inside; test them in findings

# rules/link/score/children
section-without-scores = no scored question in a section `{ $section }`
    .help = name a section of this pack
no-scored-question-has-the-tag = no scored question has the tag `{ $tag }`
    .help = name a tag of this pack's questions

# rules/link/score/range
no-worth = `{ $local_id }` has no worth that a score could use
    .help = ratings, scored selects, numbers with `min` and `max`, scores and ordered outcomes have
children-with-unlike-ranges = children with unlike ranges: { $parts }
    .help = add `normalise: true` to put each on 0..100 first

# rules/link/table
none-chosen = none chosen

# rules/link/text
the-text-cannot-be-used = the text cannot be used: { $detail }
    .help = the pack reference says what each function can be called on
is-no-score = `{ $id }` is no score
is-neither-a-decision-nor-a-ladder = `{ $id }` is neither a decision nor a ladder
is-no-question = `{ $id }` is no question
the-text-has-something-else = the text has `{ $found }` where { $wanted } is expected
    .help = a text holds words, calls of value, index, outcome, label, answer, lowest, highest and nobody_knew, and choices by if, elif, else and endif
the-text-ends-too-early = the text ends where { $wanted } is expected
    .help = close every choice by endif, and every tag as it begins
text-calls-no-function = the text calls `{ $name }`, which gives no words
    .help = a text may call value, index, outcome, label, answer, lowest, highest and nobody_knew
text-calls-on-one-item = `{ $name }` is called on one id
    .help = call it once for each
the-text-calls-too-often = the text makes more than { $most } calls
    .help = leave some out, or make it several findings
choices-lie-too-deep = choices lie more than { $most } deep in one another
    .help = make them one after the other, or with elif

# rules/metric/curve
all-that-is-wanted = all that is wanted

# rules/metric/customers
keep-and-protect = keep and protect
hold-at-least-cost = hold at least cost
let-go-or-reprice = let go or reprice

# rules/metric/lifetime
the-first-margin-comes-after-the-first = the first margin comes after the first renewal
the-first-margin-comes-now-and-is-certain = the first margin comes now and is certain
the-first-margin-comes-at-the-end = the first margin comes at the end of the first period and is certain

# rules/metric/refusal
nobody-answered = nobody answered
answers-are-whole-numbers-from-to = answers are whole numbers from 0 to 10
lies-between-and = { $what } lies between 0 and 100 %
the-discount-rate-must-be-above = the discount rate must be above -100 %
with-this-retention-and-discount-rate = with this retention and discount rate the sum over all future periods has no end
a-customer-brings-no-margin-that-could = a customer brings no margin that could pay it back
cannot-be-below = { $what } cannot be below 0
the-part-is-larger-than-the-whole = the part is larger than the whole
the-margins-never-add-up-to-the-cost = the margins never add up to the cost
it-takes-answers-of-at-least-people = it takes answers of at least { $least } people
one-person-answered = one person answered
the-groups-that-answered-are-too-small-to-be-shown = the groups that answered are too small to be shown
a-scale-has-at-least-ratings = a scale has at least { $least } ratings
too-few-people-answered-all = too few people of any group answered all of the ratings, or their answers do not differ
not-known-yet = not known yet: { $names }
inputs-do-not-apply = it does not apply here: { $names }
this-metric-is-made-without-it = this metric is made without it
no-value-curves-are-given = no value curves are given
no-factor-says-what-the-strongest = no factor says what the strongest rival gives
there-is-no-customer-table = there is no customer table
no-column-to-make-it-from = the customer table has no column “{ $column }” to make it from

# rules/metric/share
the-wallet = the wallet
what-it-is-measured-against = what it is measured against

# rules/pack/find
no-pack-is-to-be-found = no pack `{ $name }` is to be found
    .help = a path starts from the folder of this file and leads to a pack's folder or file
there-are-packs-dir-adds-yours = there are { $quoted }; `--packs DIR` adds yours
write-a-version = write three numbers, as in `{ $name }@1.0.0`
pinned-version = `{ $name }` is there in version { $version }, not { $pin }
    .help = write `{ $name }@{ $version }`, or add the other version with `--packs DIR`

# rules/pack/load
the-pack-has-no-files = the pack has no file that is read
    .help = its pack.yaml has to be a file, not a link or a folder
is-already-among-the = `{ $key }` is already among the { $map }
    .help = rename one of them
belongs-into-pack-yaml = `{ $key }` belongs into pack.yaml
    .help = move it there

# rules/pack/overlay
an-overlay-of = an overlay of { $pack }
overlay-named-like-its-base = the overlay has the id of the pack that it extends, `{ $id }`
    .help = give it a name of its own; the pack keeps its id
too-many-changes = the overlay makes { $count } changes, more than { $most }
    .help = write a pack of its own, or several overlays
change-without-reason = the change has no reason
    .help = say in a few words why it is made
one-thing-is-changed-twice = the overlay changes `{ $path }` twice; of a removal, a new value and an addition, the last counts
part-of-a-change-is-changed = the overlay changes `{ $path }`, and `{ $above }` around it as well
the-other-change = the other change is here
an-overlay-sets-it = the overlay `{ $overlay }` sets `{ $path }` here
an-overlay-adds-it = the overlay `{ $overlay }` adds `{ $path }` here
an-overlay-removes-it = the overlay `{ $overlay }` removes `{ $path }` here
two-overlays-change = `{ $later }` changes `{ $path }` after `{ $first }` did; the later one counts
added-and-there = `{ $path }` is there already
    .help = change it under `set`, or choose another name
added-under-another-name = what is added as `{ $name }` calls itself `{ $own }`
    .help = elements of a list are named by their `id` or `value`, plain ones by themselves
nothing-to-stand-before = there is no `{ $name }` here to stand before
path-too-long = the path is longer than { $most } bytes
    .help = set a value further up as a whole
path-is-fixed = an overlay cannot change the `{ $path }` of a pack
    .help = leave it out; write a pack of your own where it has to be another
list-without-names = the elements of the list at `{ $path }` have no names
    .help = set the list as a whole
path-through-a-value = nothing can stand below `{ $path }`, which is one value
    .help = set the value as a whole
path-not-in-pack = there is no `{ $name }` in the pack `{ $pack }`
    .help = what is new goes under `add`
path-not-there = there is no `{ $name }` at `{ $path }`
    .help = what is new goes under `add`
overlays-extend-one-another = overlays extend one another in a circle: { $names }
    .help = let one of them extend a pack
too-many-overlays = more than { $most } overlays extend one another
    .help = put some of them into one

# rules/rulebook/scale
nearest-to = nearest to ‘{ $label }’ ({ $figure } of { $most } on average)
between-and = between ‘{ $label }’ and ‘{ $label2 }’ ({ $figure } of { $most } on average)

# rules/rulebook/text
not-answered = not answered

# study/case/run
pack-not-used = this pack does not use a pack `{ $unknown }`
    .help = name it in `uses` of the pack
customers-of-a-case = { $pack }/customers of a case

# study/case/cover
never-tested =
    { $part ->
        [rule] rule { $name } is never hit
        [cap] cap on { $name } never applies
        [gate] gate { $name } is never met
        [finding] finding { $name } is never there
        [level] level { $name } is never reached
       *[metric] metric { $name } never gives a result
    }
always-tested =
    { $part ->
        [rule] rule { $name } is always hit
        [cap] cap on { $name } always applies
        [gate] gate { $name } is always met
        [finding] finding { $name } is always there
        [level] level { $name } is always reached
       *[metric] metric { $name } always gives a result
    }

# study/case/differences
names-nothing-that-could-be-expected-here = `{ $id }` names nothing that could be expected here
    .help = name something of this pack
names-what-is-gone = { $id }: it is gone
case-cannot-be-run = it cannot be run: { $because }
listed-otherwise = { $what }: listed under `expect` as { $listed }, got { $got }
listed-and-no-longer-differs = { $what }: listed under `expect` as { $listed }, and comes out as the base expects
listed-case-is-not-there = listed under `expect`, and no case of the base has this name
expected-got = { $what }: expected { $wanted }, got { $got }
a-cap-to-apply-got-none = a cap to apply, got none
no-cap-to-apply-got-one = no cap to apply, got one
to-be-found-and-it-is-not = to be found, and it is not
not-to-be-found-and-it-is = not to be found, and it is
held-by = held by
no-value = no value
expected-list-got = { $what }: expected [{ $wanted }], got [{ $got }]

# study/compare
only-the-results-are-compared = only the results are compared

# study/compare/packs
a-short-form-is-compared-with-a-full-one = A short form of { $was } questions is compared with a full one of { $is }. { $alone ->
    [one] One question is asked in the full form only, and counts as no change.
   *[other] { $alone } questions are asked in the full form only, and count as no change.
} A score moved only as far as the questions of both say so; levels, gates and findings rest on other questions than before.
a-full-form-is-compared-with-a-short-one = A full form of { $was } questions is compared with a short one of { $is }. { $alone ->
    [one] One question is asked in the full form only, and counts as no change.
   *[other] { $alone } questions are asked in the full form only, and count as no change.
} A score moved only as far as the questions of both say so; levels, gates and findings rest on other questions than before.
these-are-two-different-clients-or-units = These are two different clients or units: { $name } and { $name2 }.
one-assessor-answered-on-one = One assessor answered on one side and many people on the other. Part of what moved is who was asked.
the-comparison-runs-backwards-from-to = The comparison runs backwards: from { $was } to { $is }.
a-perception-is-compared-with-an-assessment-on = A perception is compared with an assessment on evidence. Ratings on evidence count only as far as their evidence carries, so part of what fell is proof and not practice.
an-assessment-on-evidence-is-compared-with = An assessment on evidence is compared with a perception. Ratings of a perception count as they were given, so part of what rose is claim and not practice.
both-sides-are-stored-results = Both sides are stored results
one-side-is-a-stored-result = One side is a stored result
changed-answers-are-named-without-what = { $sides }. Changed answers are named without what each of them adds.

# study/explain/items
of-parts-of-the-weight-answered = { $format } of { $iter } parts, { $rounded } % of the weight answered{ $result }
not-applicable-left-out = not applicable, left out
not-called-for-left-out = not called for, left out
open-left-out = open, left out
held-down-to = held down to { $number } ({ $because }): { $parts }
as-claimed-it-would-be = as claimed it would be { $number }
instead-of = { $number } instead of { $number2 }
cannot-be-said-yet = cannot be said yet
the-rule-decides = the rule `{ $rule }` decides: { $because }
open-answers-still-allow = open answers still allow: { $possible }
asks-for = { $title } asks for { $need }{ $now }: { $state }
unproven-which-counts-as-not = unproven, which counts as not met
found-whatever-the-open-answers-turn = found, whatever the open answers turn out to be
found-as-things-stand-open = found as things stand; open answers could still undo it
not-found-as-things-stand = not found as things stand; open answers could still bring it up
not-found = not found
which-only-says-where-it-is-found = { $sentence }, which only says where it is found
of-medium-severity-here-what-it-rests = of medium severity here: what it rests on carries no more, whatever its rule says
no-longer-found = no longer found
tested-for-or-not = { $label }: { $reading_words }, tested for { $not }{ $words }
below-answered-it-carries-no-verdict = below 70 % answered: it carries no verdict
could-be-to = , could be { $number } to { $number2 }

# study/explain
claimed-counted-its-evidence-carries = claimed { $number }, counted { $number2 }: its evidence carries no more
no-score-changes = no score changes{ $proof }
in-points-of-the-index = { $adds }, in points of the index{ $proof }
before-that = ; before that { $number }
people-answered = { $people } people answered
fewer-than-people-of-a-group-answered = fewer than { $least } people of any group answered: nothing is counted
people-differ-too-much-to-choose = people differ too much to choose one answer
not-shown-n = { $name }: not shown (n<{ $least })
nobody-rated-it = { $name }: nobody rated it

# study/gate/check
a-policy-without-rules-asks-for = a policy without rules asks for nothing
    .help = write at least one rule
a-rule-asks-for-one-thing = a rule asks for one thing, and this one for { $count }
    .help = give one of { $ASKS }
index-value-level-gate-and-regression = `index`, `value`, `level`, `gate` and `regression`; an open finding breaks `forbid` as it is, and nothing else waits for answers
means-nothing-in-this-rule = `{ $key }` means nothing in this rule
    .help = it belongs to { $belongs }
an-index-lies-from-to = an index lies from 0 to 100
a-coverage-lies-from-to-is = a coverage lies from 0 to 1; 0.8 is 80 %
asked-of-a-score = `index` and `value` are asked of a score, and none is given
    .help = add `score: pack.score`
lies-from-to = `{ $id }` lies from { $low } to { $most }, never at { $least }
    .help = give a value it can have, or an `index`
can-never-be-reached = `{ $value }` can never be reached
a-rule-on-a-level-says-which = a rule on a level says which it must be at least
    .help = add `at_least`; the levels are { $quoted }
is-not-a-level-of = `{ $least }` is not a level of `{ $ladder }`
    .help = the levels are { $quoted }
nothing-is-forbidden-here = nothing is forbidden here
    .help = give `finding`, `kind` or `severity`
a-tolerance-lies-from-to-points = a tolerance lies from 0 to 100 points

# study/gate/check: names
there-is-no-in-these-packs = there is no { $what } `{ $id }` in these packs
    .help = `centricity explain PATH` lists what there is; ids are `pack.item`
neither-rises-nor-falls-as = `{ $id }` neither rises nor falls as a gain
    .help = a spread or a difference tells how far parts lie apart; name a score of which more is better

# study/gate/judge
whatever-open-answers-bring = {" "}whatever open answers bring
the-whole-assessment = The whole assessment

# study/gate/judge/rules: regression
no-regression = No regression
does-not-fall-by-points = does not fall by { $plain } points or more
nothing-to-measure-from-is-given = nothing to measure from is given
not-compared-as = not compared with { $name }: { $why }
there-was-no-assessment-at = there was no assessment at { $name } yet
not-compared-with = not compared with { $name }
nothing-can-be-compared-with = nothing can be compared with { $name }
moved-from-to = from { $from }{ $before } to { $to }{ $after }
points-lower = { $told }, { $points } points lower
and-open-answers-allow = { $says }, and open answers allow { $allowed }
what-is-missing-may-be-proof = { $says }; what is missing may be proof
and-gone =
    { $told }, and { $gone ->
        [one] { $gone } answer is
       *[other] { $gone } answers are
    } gone
a-fall-may-not-show-without = { $told }; a fall may not show without evidence
no-longer-assessed = no longer assessed
assessed-for-the-first-time = assessed for the first time
assessed-on-neither-side = assessed on neither side
too-little-is-answered-now-for = too little is answered now for a verdict
title-on-perception = {" "}on perception
title-on-evidence = {" "}on evidence

# study/gate/judge: scores
policy-at-least = { $word } at least { $plain }
at-least-answered = at least { $plain } % answered
policy-confidence = a confidence of { $least } or more
too-little-is-answered-for-a-verdict = too little is answered for a verdict

# study/gate/judge/rules
a-perception = a perception
policy-at-least-of = { $word } at least
policy-at-least-level = at least { $label }
one-forbidden-finding = One forbidden finding
forbidden-findings = { $count } forbidden findings
none-holds = none holds
found-as-things-stand = found, as things stand
open-answers-may-still-bring = open answers may still bring it up
none-overdue = none overdue
no-target-has-a-day = no target has a day
no-day-to-hold-them-to-is-given = no day to hold them to is given
not-reached = not reached: { $question }
reached-by = reached by { $due }
none-of-overdue-on = none of { $aimed } overdue on { $on }

# study/gate/verdict
met-as-things-stand = met as things stand

# study/history
it-lay-at-before = it lay at “{ $from }” before
its-day-is-before-that-of-the-revision-before = its day is before that of the revision before it, { $date }; the order is that of the commits
from-here-on-ratings-count = from here on ratings count as far as their evidence carries; before they counted as given
from-here-on-the-short-form = from here on the short form is asked; before it was the full one
from-here-on-the-full-form = from here on the full form is asked; before it was the short one
from-here-on-as-given = from here on ratings count as given; before they counted as far as their evidence carried
the-pack-is-no-longer-asked = the pack “{ $id }” is no longer asked
the-pack-went-from-to = the pack “{ $id }” went from { $version } to { $version2 }
the-overlays-of-changed = the overlays of the pack “{ $id }” { $version } are other ones
the-pack-was-changed-under-the-same = the pack “{ $id }” { $version } was changed under the same version
the-pack-was-added = the pack “{ $id }” { $version } was added

# study/lint
core-hangs-on = `{ $id }` is core and relevant only by the answer to `{ $other }`, which is not
    .help = mark `{ $other }` as `core: true`; otherwise the short form asks `{ $id }` of everybody
nothing-reads-the-answer-to = nothing reads the answer to `{ $id }`
    .help = score it, test it in a finding, show it in an exhibit, or do not ask it
has-no = `{ $id }` has no { $list }
    .help = say why it matters, what to look at, and who can tell
names-a-weakness-and-no-remedy = `{ $local_id }` names a weakness and no remedy
    .help = add `advice`
no-other-score-reads-and-the-pack = no other score reads { $list }, and the pack does not say which speaks for it
    .help = add `headline: <score or ladder>` to pack.yaml
is-drawn-beside-what-is-called-for = `{ $local_id }` is drawn beside what is called for, and nothing says whether it fits
    .help = add `fit: {"{"} called_for: ..., built: ..., decision: ... {"}"}` to pack.yaml
in-one-part-weighs-times-as = in `{ $id }` one part weighs { $most } times as much as another
    .help = the light part can hardly be seen; leave it out or even the weights

# study/lint: advice
no-advice-of-raises = no advice of `{ $id }` says which answers it leads to
    .help = add `raises: {"{"} question: answer {"}"}` to it, or `raises: {"{"}{"}"}` where it moves none
gate-has-no-unmet = the gate `{ $local }` does not say what is so while it is not met
    .help = add `unmet`: a short sentence a client understands, such as "Margin is not known by segment."
holds-whether-known-or-not = `{ $id }` holds whether `{ $guard }` is known or not, and gives it as a reason
    .help = add `guards: [{ $guard }]` where it is none

# study/lint/reach
no-answers-can-bring-up = no answers can bring up the finding `{ $id }`
    .help = look at the tests in `when`
every-answer-brings-up = every answer brings up the finding `{ $id }`
    .help = look at the tests in `when`
best-answers-fail = the best answers to everything do not reach `{ $name }` of `{ $id }`
    .help = look at its thresholds, floors and gates, and at caps below them

# study/lint: wording
anchors-say-the-same = anchors { $one } and { $other } of `{ $id }` say nearly the same
    .help = say what one would see at each that one would not see at the other

# study/portfolio/benchmark
half-from-to = , half: {"{"} from: { $low }, to: { $high } {"}"}

# study/portfolio/benchmark/check
made-with-other-rules = the benchmark was made with other rules of `{ $pack }`: { $theirs }; the assessment uses { $own }
    .help = scores by other rules may mean something else; score these clients by the same rules, or make a benchmark by these with `centricity portfolio DIR --benchmark FILE`
ends-before-it-begins = the period ends in { $to } before it begins in { $from }
    .help = give the first year under `from`, the last under `to`
stands-twice-on-one-basis = `{ $pack } { $major }` stands twice on one basis
    .help = keep one of the two
a-benchmark-names-the-rules-it-was-made = a benchmark names the rules it was made with
    .help = `centricity portfolio DIR --benchmark FILE` writes them
a-benchmark = a benchmark
a-score = a score
a-middle-half = a middle half
the-median-lies-outside-the-middle-half = the median lies outside the middle half
    .help = put it between `from` and `to`
of-too-few-clients = { $what } of { $clients } clients may give one of them away
    .help = it takes { $fewest } or more; leave it out
is-not-the-middle-of-a-band = `{ $figure }` is not the middle of a band
    .help = bands are ten points wide; write one of 5, 15, 25 ... 95

# text
is-blank = this text is empty
    .help = write what readers should see, or leave the key out where it is not needed

# text/error
cannot-read = cannot read `{ $path }`
it-is-a-link-among-responses = it is a link; responses are files of their own, and links to others are not followed
a-text-holds-what-cannot-be-printed = this text holds { $letter }, which shows as nothing and changes how what stands around it is shown
    .help = leave it out; where the text is printed, a space stands in its place
what-a-link-leads-to-is-not-repeated = the file is a link, and nothing of what it leads to is repeated; give the path of that file to see more
it-is-no-regular-file = it is no regular file, but a device, a pipe or a socket
cannot-write-path = cannot write `{ $path }`
holds-more-than-files-is-it-a-pack = `{ $path }` holds more than { $most } files, is it a pack?
cannot-write-the-workbook = cannot write the workbook: { $why }

# text/grid/book
not-a-workbook = `{ $name }` cannot be read as an XLSX workbook: { $what }
    .help = open it in a spreadsheet and save it again as .xlsx or as `CSV UTF-8`
workbook-too-large = `{ $name }` holds more than is read of a workbook: { $what }
    .help = save the sheet as `CSV UTF-8`, which may be of any length
it-has-no-list-of-sheets = it has no list of sheets
a-sheet-is-listed-and-not-there = a sheet is listed and not there
more-than-sheets = more than 250 sheets

# text/grid/book/cells
more-than-a-million-texts = more than a million texts
more-than-250-000-rows = more than 250,000 rows
more-than-16-384-columns = more than 16,384 columns
more-than-million-cells = more than 2 million cells
more-than-mib-of-text = more than 32 MiB of text
a-cell-names-a-text-that-is-not-there = a cell names a text that is not there
a-row-has-no-number = a row has no number
a-cell-has-no-name-such = a cell has no name such as B7

# text/grid/book/package
it-is-locked-by-a-password-or-of-the-old-xls = it is locked by a password, or of the old .xls or .doc kind
it-is-no-archive = it is no archive
more-than-parts = more than 10,000 parts
a-part-of-it-cannot-be-unfolded = a part of it cannot be unfolded
more-than-mib-once-unfolded = more than 32 MiB once unfolded, or than 1 MiB and fifty times its size
a-part-is-not-utf = a part is not UTF-8
rels-rels = { $folder }/_rels/{ $file }.rels
a-part-of-it-is-too-long = a part of it holds more than 4 MiB, 200,000 elements, or 500 attributes in one element
a-part-of-it-is-not-xml = a part of it is not XML

# text/grid/text
is-not-utf-in-line = `{ $name }` is not UTF-8, in line { $line }
    .help = save it again as `CSV UTF-8`; or say in a mapping what it is, such as `encoding: windows-1252`
give-a-workbook-a-name-that-ends-in-xlsx = give a workbook a name that ends in .xlsx
a-workbook-or-an-archive-not-csv = a workbook or an archive, not CSV
save-it-again-as-csv-utf = save it again as `CSV UTF-8`; or say `encoding: utf-16` in a mapping
utf-or-no-text-at-all = UTF-16 without a mark, or no text at all
a-pointer-of-git-lfs = a pointer of Git LFS, and not the table itself
fetch-it-with-git-lfs = fetch it: git lfs pull
a-web-page-not-a-table = a page of the web, and not a table
export-the-table-itself = sign in where it comes from, and export the table as CSV or XLSX
row-too-long = `{ $name }`: the row at line { $line } is longer than { $MOST_ROW } bytes
    .help = is a quote not closed?

# text/yaml/access
one-of = one of { $list }
expected-one-key-out-of = expected one key out of { $list }
needs-a-value = `{ $name }` needs a value
    .help = write `{ $name }: ...`
takes-no-value = `{ $name }` takes no value
    .help = write `{ $name }` alone

# text/yaml/budget
too-many-values = the file holds more than { $nodes } values
    .help = split the file into several
split-the-file-into-several = split the file into several
aliases-are-used-more-than-times = aliases are used more than { $aliases } times
with-its-aliases-written-out = with its aliases written out, the file is too large
write-the-repeated-part-out-or-split = write the repeated part out, or split the file
lists-and-maps-are-nested-more-than = lists and maps are nested more than { $depth } levels deep
    .help = flatten the file; nothing in it needs to be that deep
the-file-is-longer-than-bytes = the file is longer than { $file } bytes
the-file-holds-more-than-commas = the file holds more than { $signs } commas and brackets

# text/yaml/build
a-second-document-begins-here = a second document begins here
    .help = put each document into a file of its own
this-alias-stands-inside-the-value = this alias stands inside the value it names
    .help = write the value out; a value cannot hold itself
remove-the-tag = remove the tag
merge-keys-are-not-supported = merge keys (`<<`) are not supported
    .help = write the entries out, or use an anchor and an alias for a whole value
a-key-must-be-text-not-a-list = a key must be text, not a list or a map
    .help = put quotes around the key if it is meant as text
the-key-stands-twice-in-this-map = the key `{ $text }` stands twice in this map
    .help = keep one of the two, or rename one

# text/yaml/decode
is-not-utf-bad-byte-in-line = `{ $name }` is not UTF-8: bad byte { $good }, in line { $line }
    .help = save the file as UTF-8
file-too-long = `{ $name }` is longer than { $MOST } bytes, the most that is read
    .help = split the file into several
this-json-ends-before-it-is-complete = this JSON ends before it is complete
    .help = the file was cut off: make or copy it again
this-is-not-json = this is not JSON: { $words }
    .help = JSON has `:` after each key, `,` between entries, and its texts in double quotes

# text/yaml/deserialize
text-or-a-number = text or a number

# text/yaml/fault
it-follows-from-another-problem = it follows from another problem
expected-found = expected { $expected }, found { $name }
expected-found-a-list-of = expected { $expected }, found a list of { $length }
is-not-one-of-the-values-known-here = `{ $shorten }` is not one of the values known here
key-twice = the key `{ $field }` stands twice in this map
known-here = known here: { $quoted }

# text/yaml/located
a-value = a value
a-value-without-a-place = a value without a place

# text/yaml/read
there-may-be-more-problems-in-this = there may be more problems in this file
    .help = mend those told, then check again

# text/yaml/reader
the-text = the text `{ $text }`
quoted-text = quoted text `{ $text }`
the-number = the number `{ $text }`
expected-but-found = expected { $asked }, found { $found }
remove-the-quotes = remove the quotes
expected-a-whole-number-from-to-found = expected a whole number from { $lowest } to { $highest }, found `{ $number }`
is-not-a-finite-number = `{ $text }` is not a finite number
    .help = write a number with digits, or leave the key out

# text/yaml/repairs
unknown-key-here = unknown key `{ $shorten }`
missing-key-in = missing key `{ $field }`{ $name }

# text/yaml/scalar
is-not-what-the-tag-says = `{ $text }` is not what the tag `!!{ $name }` says
the-tag-does-not-fit-here = the tag `!!{ $suffix }` does not fit here
the-tag-is-not-supported = the tag `{ $handle }!{ $suffix }` is not supported

# text/yaml/syntax
this-alias-has-no-anchor = this alias has no anchor before it
    .help = write `&name` before the value it should repeat, above this line
a-stands-where-no-key = a `:` stands where no key can be
    .help = put quotes around text that holds `: `, and give each key a line of its own
a-is-missing-in-this = a `:` is missing in this line
    .help = write `key: value`, or `- item` with a space after the dash
a-or-is-missing-before = a `,` or `]` is missing before this
    .help = put `,` between items and `]` at the end
a-name-is-missing-here = a name is missing here
    .help = put quotes around text that begins with `&` or `*`
nothing-may-follow-the-sign = nothing may follow the sign that begins a text block
    .help = begin the text on the next line, or put quotes around text that begins with `|` or `>`
a-key-was-expected-here = a key was expected here
    .help = line the keys of one map up in the same column; put quotes around text that begins with a sign
a-list-item-was-expected = a list item was expected here
    .help = begin each item with `- `, in the same column
no-list-here = a list cannot begin here
    .help = begin the list on a line of its own below the key
a-or-is-missing-in = a `,` or `]` is missing in this list
    .help = put `,` between items and `]` at the end
comma-or-brace-missing = a `,` or `{"}"}` is missing in this map
    .help = put `,` between entries and `{"}"}` at the end
a-quote-that-was-opened = a quote that was opened is never closed
    .help = close it with the same kind of quote
something-follows-a-quote = something follows the closing quote
    .help = write quotes inside quoted text as `\"`, or use single quotes outside
this-line-is-not-indented = this line is not indented far enough
    .help = indent it further than the line its value begins in
this-line-of-a-block = this line is not indented as the text block it belongs to
    .help = give all lines of the block the same indentation
a-value-cannot-begin-with = a value cannot begin with this character
    .help = put quotes around the text
this-escape-does-not-exist = this `\` escape does not exist
    .help = write `\\` for a backslash, or use single quotes
this-bracket-closes-nothing = this bracket closes nothing
    .help = remove it, or put quotes around the text
this-tag-is-not-supported = this tag is not supported
    .help = remove the tag
a-character-stands-here-that = a character stands here that cannot be printed
    .help = remove it, or write it as an escape in double quotes
the-document-has-ended-before = the document has ended before this
    .help = indent it as the lines it belongs to, and put quotes around text that begins with a sign
a-merge-is-not-finished = git left marks of a merge here: both sides have changed these lines
    .help = keep what holds, and take the lines with `<<<<<<<`, `=======` and `>>>>>>>` away
a-space-that-is-a-letter = this looks like a space and is another sign ({ $code }), which YAML takes for a letter
    .help = type a space in its place
a-directive-is-not-ascii = a line that begins with `%` before the document holds letters that are not ASCII
    .help = leave the line out; no file needs one
this-tag-cannot-be-read = this tag cannot be read
    .help = put quotes around text that begins with `!`
a-value-missing = a value was expected here
    .help = put quotes around text that begins with a sign
tabs-cannot-indent-yaml = tabs cannot indent YAML
    .help = indent with spaces

# text/yaml/value
expected-text-or-a-number = expected text or a number

# report/document
nested-too-deeply = parts, lists, quotations or words of a template are nested deeper than { $most }
part-not-begun = `<!-- /{ $name } -->` ends a part that was not begun

# report/word
template-gives-no-xml = template `{ $name }`, or one that it includes, gives what is not XML: { $fault }, in `{ $line }`
not-a-word-document =
    `{ $name }` cannot be read as a document of Word: { $part ->
        [document] {""}
       *[other] in its part `{ $part }`,{" "}
    }{ $what }
    .help = open it in Word and save it again as .docx, without a password
word-document-too-large =
    `{ $name }` holds more than is read of a document: { $part ->
        [document] {""}
       *[other] in its part `{ $part }`,{" "}
    }{ $what }
    .help = only styles, page, headers and footers are taken; delete its text and large pictures
more-than-8-mib = more than 8 MiB
it-is-no-document-of-word = it is no document of Word
it-has-no-styles = it has no styles
a-part-of-it-is-not-there = a part of it is named and not there
a-part-of-it-is-something-else = a part of it is not what its name says
two-parts-of-it-have-one-id = two parts of it have the same id
a-part-of-it-declares-entities = a part of it declares entities
a-header-holds-more = a header, footer or list holds more than text, pictures and links
a-reference-document-is-for-word = `--reference-docx` is for reports in Word
    .help = add `--format docx`
cannot-write-the-document = cannot put the document together: { $why }
part-not-ended = `<!-- { $name } -->` begins a part that is not ended

# report/pdf
page-number = Page { $page }
what-the-browser-printed-is-no-pdf = what the browser printed is no PDF

# browser
no-browser-is-installed = a PDF is printed by a browser, and none was found
    .help = install Chromium, Chrome or Edge, or name one in { $NAMED_BY }; a report in HTML can be printed by hand
is-no-number-of-seconds = { $variable } says `{ $text }`, which is no number of seconds
    .help = give a whole number above 0, or leave it out for { $seconds } seconds
there-is-no-browser-named = there is no browser `{ $name }`, which { $NAMED_BY } names
give-the-path-or-name-of-a-browser = give the path or the name of Chromium, Chrome or Edge
cannot-run = cannot run `{ $program }`: { $why }
printed-no-pdf = printed no PDF: { $why }
printed-more-than = printed more than { $most } MiB and was stopped
was-stopped-after = had not printed after { $seconds } seconds and was stopped
try-again-or-name-another-browser = try again, name another browser in { $NAMED_BY }, or allow more time by { $SECONDS_BY }
# report/templates
is-no-folder-of-templates = `{ $path }` is no folder, where a folder of templates is needed
holds-no-template = `{ $folder }` holds no template; `centricity templates export NAME --to DIR` writes one to begin with
is-no-file-of-its-own = `{ $name }` in `{ $folder }` is a folder or a link, where a template is a file
no-room-for-the-template = `{ $name }` cannot be rendered, as there is no room for its stack: { $error }
holds-more-templates-than = `{ $folder }` holds more than { $most } templates
is-not-utf-8-text = `{ $file }` is not UTF-8 text
replaces-no-template-near = `{ $name }` replaces no template; did you mean `{ $near }`? What others include lies in `own/`
replaces-no-template = `{ $name }` replaces no template; `centricity templates list` names them, and what others include lies in `own/`

# report/filters
a-list-or-map-cannot-be-printed = a list or map cannot be printed; loop over it, or join a list

# report/templates/fault
template-in-line = template `{ $name }`, line { $line }
template = template `{ $name }`
a-template = a template
the-tag-is-too-long = a tag holds more than { $most } bytes; make it several
there-are-too-many-cases = there are more than { $most } cases with `elif`; loop over a list, or make it several templates
takes-more-steps-does-it-loop = takes more than { $most } steps; does it loop?
a-name-is-not-there = `{ $path }` is not there{ $near }
or-did-you-mean = ; did you mean `{ $near }`?
there-are-names = { $said }; there are { $names }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
    }
it-has-names = { $said }; `{ $parent }` has { $names }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
    }

# command/templates
no-template-or-folder-is-called = no template or folder of templates is called `{ $name }`
templates-list-names-them = `centricity templates list` names them

# rules/link/header
is-no-title = this is no title
    .help = write one line of at most { $most } characters

# report/brand
is-more-than-a-line = this text does not fit on a line
    .help = write at most { $most } characters, without line breaks and letters that cannot be printed
too-many-lines-of-contact = there are more than { $most } lines of contact
    .help = leave out what a client does not need
is-no-name-of-a-font = this is not the name of a font
    .help = write one name of at most { $most } letters, figures and spaces, as in `Source Sans 3`

# report/brand/colour
is-not-a-colour = `{ $colour }` is not a colour
    .help = write `#rrggbb` or `#rgb`, as in `#7a1f3d`
is-hard-to-read = `{ $colour }` is hard to read where it stands, so `{ $used }` is used
    .help = give a colour with a contrast of 4.5 to 1 or more

# report/brand/image
is-larger-than-1-mb = `{ $path }` is larger than 1 MB
    .help = use a smaller image
is-no-plain-drawing = `{ $path }` is broken, moves, or holds scripts, entities or links
    .help = save it as plain SVG, or as PNG
is-not-an-image-of-a-known-type = `{ $path }` is not an image of a known type
    .help = use PNG, JPEG, GIF, WebP or SVG
has-too-many-pixels = `{ $path }` is wider or higher than { $most } pixels
    .help = use a smaller image
is-a-broken-image = `{ $path }` is a broken image
    .help = save it again
benchmark-without-peers = `{ $name }`: the benchmark holds no clients on its packs, overlays, form and basis
