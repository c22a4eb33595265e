# The sentences that people read, in English. Code asks for them by id; `{ $name }` is what varies.

# report/terminal
what-carries-you = What carries you
what-holds-you-back = What holds you back
evidenced-a-rating-counts-as-far = evidenced: a rating counts as far as its evidence carries
a-perception-evidence-was-not-asked = a perception: evidence was not asked for
the-parts-each-by-itself = The parts, each by itself
index-to = Index, 0 to 100
not-assessed-yet = Not assessed yet: { $names }
results-beside-maturity = Results, beside maturity
what-to-do-next = What to do next
what-is-not-known = What is not known
nobody-could-say = nobody could say
not-answered-yet = not answered yet
too-few-answers = too few answers
and-more = ; and { $more } more
every-question-that-applies-is-answered = Every question that applies is answered.
confidence-is = Confidence is { $grade }. { $why }

# report/terminal/comparison
what-moved = What moved: { $client }
new-contradictions = New contradictions
findings-that-are-new = Findings that are new
findings-that-no-longer-hold = Findings that no longer hold
answers-that-changed = Answers that changed
questions-answered-now = Questions answered now
questions-open-now = Questions open now
no-date = no date
scores-index-to = Scores, index 0 to 100
and-more-format-md-tells-all = And { $more } more; --format md tells all of them.
on-common-answers = on common answers: { $common }
and-more-answers = and { $more } more answers
together-beyond-their-sum = together, beyond their sum: { $together }
and-more-2 = And { $more } more.

# report/terminal/explanation
what-would-change-it = What would change it
see-also = See also: { $see }

# report/terminal/gate
met-as-things-stand-open = Met as things stand; open answers could still change it
look-at = look at: { $questions }

# report/terminal/plan
what-it-still-asks-for = What it still asks for
a-quick-win = ; a quick win
to-be-named = to be named
to-be-named-such-as = to be named, such as { $role }

# report/terminal/question
question-of = Question { $nth } of { $count }: { $label }
look-at-2 = Look at: { $evidence }
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
value-what-open-answers-still = ● value, ─ what open answers still allow
mark-told-below = --- mark { $mark }, told below ---
not-assessed = not assessed
what-changed-besides-the-answers = What changed besides the answers
what-could-not-be-scored = What could not be scored
