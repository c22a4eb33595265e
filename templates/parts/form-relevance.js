{# Which questions of a form are relevant; leave it as it is. #}
/* Which questions are relevant: conditions over questions, judged as an evaluation judges them, in
   three values. Sets are big integers, one bit a choice. */
const relevance = (() => {
  const FALSE = 0, UNKNOWN = 1, TRUE = 2;

  const number = written => written === null ? NaN : Number(written);
  const none = value => Number.isNaN(value);
  const between = (surely, maybe) => surely ? TRUE : maybe ? UNKNOWN : FALSE;
  const within = ([least, most], value) => least <= value && value <= most;
  const covers = ([least, most], low, high) =>
    between(least <= low && high <= most, least <= high && low <= most);

  const EMPTY = {
    value: NaN, low: NaN, high: NaN, least: NaN, most: NaN,
    held: 0n, sure: 0n, possible: 0n, state: "missing", optional: false, mayLeave: false,
  };
  const absent = one => one.state === "not-applicable" || one.state === "irrelevant" || one.state === "not-asked";
  const gone = one => absent(one) && !one.optional;
  const rated = one => !none(one.value);
  const out = (one, state) => ({ ...EMPTY, least: one.least, most: one.most, state });
  const dormant = (one, state) =>
    ({ ...one, value: NaN, held: 0n, sure: 0n, state, optional: true, mayLeave: false });
  const returned = one => absent(one) ? { ...one, state: "missing" } : one;
  const index = (one, value) => {
    const room = one.most - one.least;
    return room > 0 && Number.isFinite(room) ? (value - one.least) / room * 100 : 0;
  };
  const indexRange = one => [index(one, one.low), index(one, one.high)];

  /* tests: of what an answer is, then of what it says */
  const ends = test => (test.number ?? test.index).map(number);
  const asItStands = (test, one) => {
    if (test === "any") return TRUE;
    if (test === "unknown") return between(one.state === "unknown");
    if (test === "not_applicable") {
      const out = one.state === "not-applicable" || one.state === "irrelevant";
      return between(out, one.state === "missing" || one.state === "not-asked");
    }
    if (test.number) return rated(one) ? between(within(ends(test), one.value)) : UNKNOWN;
    if (test.index) return rated(one) ? between(within(ends(test), index(one, one.value))) : UNKNOWN;
    const set = BigInt(test.one ?? test.some);
    return one.state === "rated" ? between((one.held & set) !== 0n) : UNKNOWN;
  };
  const certain = (test, one) => {
    if (typeof test === "string") return asItStands(test, one);
    if (absent(one)) return UNKNOWN;
    if (test.number) return covers(ends(test), one.low, one.high);
    if (test.index) return covers(ends(test), ...indexRange(one));
    const set = BigInt(test.one ?? test.some);
    if (test.some) return between((one.sure & set) !== 0n, (one.possible & set) !== 0n);
    return between(one.possible !== 0n && (one.possible & ~set) === 0n, (one.possible & set) !== 0n);
  };

  /* atoms: all that answers to come can make of them, and as the values stand; what is out for good
     stays unknown */
  const OPEN = [FALSE, TRUE];
  const exact = truth => [truth, truth];
  const range = (readings, { node, test }) => {
    const one = readings[node];
    if (!one) return exact(UNKNOWN);
    const back = absent(one) && one.optional;
    if (test === "unknown" && (one.state === "unknown" || one.state === "missing" || back)) return OPEN;
    if (test === "not_applicable" && (one.mayLeave || back)) return OPEN;
    if (typeof test === "string") {
      const truth = asItStands(test, one);
      return exact(truth === UNKNOWN && one.state === "missing" ? FALSE : truth);
    }
    if (gone(one)) return exact(UNKNOWN);
    const inside = certain(test, returned(one));
    const [low, high] = inside === UNKNOWN ? OPEN : exact(inside);
    return one.mayLeave || absent(one) ? [Math.min(low, UNKNOWN), Math.max(high, UNKNOWN)] : [low, high];
  };
  const now = (readings, atom) => {
    const one = readings[atom.node];
    if (!one) return UNKNOWN;
    const [low, high] = range(readings, atom);
    if (low === high) return low;
    return one.state === "rated" ? asItStands(atom.test, one) : certain(atom.test, one);
  };

  /* The range of a condition from the ranges of its atoms. */
  const nth = (n, truths) => truths.sort((a, b) => b - a)[n - 1];
  const judge = (when, atom) => {
    if (when.atom) return atom(when.atom);
    if (when.not) { const [low, high] = judge(when.not, atom); return [TRUE - high, TRUE - low]; }
    const [n, parts] = when.all ? [when.all.length, when.all] : when.any ? [1, when.any] : when.at_least;
    const ranges = parts.map(part => judge(part, atom));
    return [nth(n, ranges.map(([low]) => low)), nth(n, ranges.map(([, high]) => high))];
  };
  /* An answer as a reading: `picks` are places of choices, `text` a number as typed. */
  const worth = (question, answer) => {
    const picked = answer.picks.map(pick => number(question.worth[pick] ?? null));
    if (question.control === "one") return picked[0] ?? NaN;
    if (question.control === "number") return Number(answer.text);
    if (question.control === "text") return NaN;
    const sum = picked.reduce((sum, one) => none(one) ? sum : sum + one, 0);
    return question.cap === null ? sum : Math.min(sum, question.cap);
  };
  const bits = picks => picks.reduce((set, pick) => set | 1n << BigInt(pick), 0n);
  const asked = (open, question, answer) => {
    if (!answer) return open;
    if (answer.state === "not-applicable") return out(open, answer.state);
    if (answer.state === "unknown") return { ...open, state: answer.state };
    const value = worth(question, answer), set = bits(answer.picks);
    return {
      ...open, value, low: value, high: value,
      held: set, sure: set, possible: set, state: "rated", mayLeave: false,
    };
  };

  /* What other answers hide is not in the response, so it counts as not answered. */
  const ask = (readings, { node, when }, open) => {
    const [low, high] = judge(when, atom => range(readings, atom));
    const given = readings[node];
    if (high === FALSE) return out(open, "irrelevant");
    const [truth] = judge(when, atom => exact(now(readings, atom)));
    if (low === FALSE && truth === FALSE) return dormant(open, "irrelevant");
    return absent(given) || low !== FALSE ? given : { ...given, optional: true, mayLeave: true };
  };

  /* The ids of the questions that these answers, by id, make irrelevant. */
  const hidden = ({ questions, logic }, answers) => {
    const readings = {}, open = {};
    for (const { node, least, most, all, out } of logic.shapes) {
      const [from, to] = [number(least), number(most)];
      open[node] = {
        ...EMPTY, low: from, high: to, least: from, most: to, possible: BigInt(all), mayLeave: out,
      };
      readings[node] = open[node];
    }
    for (const question of questions) {
      const { node, id } = question;
      if (open[node]) readings[node] = asked(open[node], question, answers[id]);
    }
    for (const step of logic.steps) readings[step.node] = ask(readings, step, open[step.node]);
    return questions.filter(({ node }) => readings[node]?.state === "irrelevant").map(({ id }) => id);
  };

  /* Whether an answer meets what its question asks for beyond its type. */
  const meets = (question, answer) => {
    const { check, control, said, reverse } = question;
    if (!check) return true;
    if (check.number) return !reverse && within(ends(check), worth({ ...question, worth: said }, answer));
    return control === "text" || (bits(answer.picks) & BigInt(check.one ?? check.some)) !== 0n;
  };
  return { hidden, meets };
})();
