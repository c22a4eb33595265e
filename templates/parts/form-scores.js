  /* scores: an aggregate of what is rated, a range of what is open, then caps */
  const child = (readings, rule, [node, weight]) => {
    const one = readings[node];
    if (!one || gone(one)) return [];
    const { value, low, high, least, most, coverage, optional, mayLeave } = one;
    const part = {
      value, low, high, least, most, weight, coverage, rated: rated(one), optional, mayLeave,
      loose: optional || mayLeave, here: !absent(one),
    };
    if (!rule.normalise) return [part];
    const [from, to] = indexRange(one);
    return [{ ...part, value: index(one, value), low: from, high: to, least: 0, most: 100 }];
  };

  /* Taking loose children from the lowest up while they still lower a mean finds its least. */
  const lowestMean = (parts, end) => {
    let sum = 0, weight = 0;
    for (const part of parts.filter(part => !part.loose)) {
      sum += part.weight * end(part);
      weight += part.weight;
    }
    const rest = parts.filter(part => part.loose).sort((a, b) => end(a) < end(b) ? -1 : end(a) > end(b) ? 1 : 0);
    for (const part of rest) {
      if (weight > 0 && end(part) >= sum / weight) break;
      sum += part.weight * end(part);
      weight += part.weight;
    }
    return sum / weight;
  };
  const meanRange = parts => [lowestMean(parts, part => part.low), -lowestMean(parts, part => -part.high)];

  const mean = (parts, movable) => {
    let known = 0, value = 0, weight = 0, low = 0, high = 0;
    for (const part of parts) {
      weight += part.weight;
      low += part.weight * part.low;
      high += part.weight * part.high;
      if (part.rated) { known += part.weight; value += part.weight * part.value; }
    }
    const [from, to] = movable ? meanRange(parts) : [low / weight, high / weight];
    return { value: known > 0 ? value / known : NaN, low: from, high: to };
  };
  const geometric = (parts, movable) => {
    const least = parts.reduce((least, part) => lesser(least, part.least), Infinity);
    const log = value => Math.log(value - least + 1);
    const back = value => Math.exp(value) - 1 + least;
    const logs = parts.map(part => ({ ...part, value: log(part.value), low: log(part.low), high: log(part.high) }));
    const { value, low, high } = mean(logs, movable);
    return { value: back(value), low: back(low), high: back(high) };
  };
  const sum = (parts, sums) => {
    let low = 0, high = 0, above = 0, room = 0, any = false;
    for (const part of parts) {
      const [least, most] = [part.weight * part.low, part.weight * part.high];
      low += part.loose ? lesser(least, 0) : least;
      high += part.loose ? greater(most, 0) : most;
      if (part.rated) {
        any = true;
        above += part.weight * (part.value - part.least);
        room += part.weight * (part.most - part.least);
      }
    }
    const share = room > 0 ? above / room : 0;
    return { value: any ? sums.least + share * (sums.most - sums.least) : NaN, low, high };
  };
  const min = parts => {
    let value = NaN, low = Infinity, firm = Infinity, loose = -Infinity;
    for (const part of parts) {
      if (part.rated) value = lesser(value, part.value);
      low = lesser(low, part.low);
      if (part.loose) loose = greater(loose, part.high);
      else firm = lesser(firm, part.high);
    }
    return { value, low, high: Number.isFinite(firm) ? firm : loose };
  };
  const mirror = ({ value, low, high, ...rest }) => ({ ...rest, value: -value, low: -high, high: -low });
  const counted = (rule, whole, parts) => {
    const test = rule.test.map(number);
    let known = 0, passed = 0, sure = 0, may = 0, firm = 0, loosePass = 0, looseFail = 0;
    for (const part of parts) {
      const truth = covers(test, part.low, part.high);
      if (part.rated) { known++; passed += within(test, part.value) ? 1 : 0; }
      if (part.loose) {
        loosePass += truth !== FALSE ? 1 : 0;
        looseFail += truth !== TRUE ? 1 : 0;
      } else {
        firm++;
        sure += truth === TRUE ? 1 : 0;
        may += truth !== FALSE ? 1 : 0;
      }
    }
    if (whole) return { value: known > 0 ? passed : NaN, low: sure, high: may + loosePass };
    return {
      value: known > 0 ? passed / known : NaN,
      low: firm + looseFail > 0 ? sure / (firm + looseFail) : 1,
      high: firm + loosePass > 0 ? (may + loosePass) / (firm + loosePass) : 0,
    };
  };
  const spread = parts => {
    let known = 0, lowest = Infinity, highest = -Infinity, firmLow = -Infinity, firmHigh = Infinity;
    let seen = null, widest = 0;
    for (const part of parts) {
      if (part.rated) { known++; lowest = lesser(lowest, part.value); highest = greater(highest, part.value); }
      if (!part.loose) { firmLow = greater(firmLow, part.low); firmHigh = lesser(firmHigh, part.high); }
      if (seen) widest = greater(greater(widest, part.high - seen[0]), seen[1] - part.low);
      seen = seen ? [lesser(seen[0], part.low), greater(seen[1], part.high)] : [part.low, part.high];
    }
    const low = Number.isFinite(firmLow) ? greater(firmLow - firmHigh, 0) : 0;
    return { value: known > 1 ? highest - lowest : NaN, low, high: widest };
  };
  const difference = (rule, [one, other]) => other
    ? { value: one.value - other.value, low: one.low - other.high, high: one.high - other.low }
    : { value: NaN, low: number(rule.least), high: number(rule.most) };

  const aggregate = (rule, parts, movable, sums) => {
    switch (rule.aggregate) {
      case "mean": return mean(parts, movable);
      case "geometric": return geometric(parts, movable);
      case "sum": return sum(parts, sums);
      case "min": return min(parts);
      case "max": return mirror(min(parts.map(mirror)));
      case "spread": return spread(parts);
      case "difference": return difference(rule, parts);
      default: return counted(rule, rule.aggregate === "count", parts);
    }
  };
  /* The index of a sum or count whose parts may drop out. */
  const elastic = (rule, parts) => {
    if (rule.aggregate === "count") {
      const { low, high } = counted(rule, false, parts);
      return [low * 100, high * 100];
    }
    return meanRange(parts.filter(part => part.most > part.least).map(part => {
      const room = part.most - part.least, at = value => (value - part.least) / room * 100;
      return { ...part, low: at(part.low), high: at(part.high), weight: part.weight * room };
    }));
  };
  const without = (readings, rule) => {
    const states = rule.terms.map(([node]) => readings[node]?.state).filter(Boolean);
    const state = states.every(state => state === "not-asked") ? "not-asked"
      : states.every(state => state === "irrelevant" || state === "not-asked") ? "irrelevant"
      : "not-applicable";
    return out({ least: number(rule.least), most: number(rule.most) }, state);
  };
  const add = (sums, part) => {
    if (!part.here) return { ...sums, dormant: sums.dormant + 1 };
    return {
      ...sums, weight: sums.weight + part.weight, covered: sums.covered + part.weight * part.coverage,
      parts: sums.parts + 1, optional: sums.optional + (part.optional ? 1 : 0),
      leaving: sums.leaving + (part.mayLeave ? 1 : 0),
      least: sums.least + part.weight * part.least, most: sums.most + part.weight * part.most,
    };
  };
  const possibly = (rule, sums) => {
    if (sums.parts > 0 && rule.aggregate === "sum") return [sums.least, sums.most];
    if (sums.parts > 0 && rule.aggregate === "count") return [0, sums.parts];
    return [number(rule.least), number(rule.most)];
  };
  const capped = (one, { at }, { truth, surely }) => {
    if (surely === FALSE) return one;
    const held = none(one.elastic[0]) ? one : { ...one, elastic: [0, one.elastic[1]] };
    return {
      ...held,
      value: truth === TRUE && one.value > at ? at : one.value,
      low: lesser(one.low, at),
      high: surely === TRUE ? lesser(one.high, at) : one.high,
    };
  };
  /* A cap that cannot be judged yet counts as one more part that nobody rated, unless it waits for the
     score's own parts alone. */
  const nodes = when => when.atom ? [when.atom.node]
    : (when.all ?? when.any ?? (when.not ? [when.not] : when.at_least[1])).flatMap(nodes);
  const waitsForMore = (readings, rule, { when }) => nodes(when).some(node => {
    const one = readings[node];
    return one && !gone(one) && one.coverage < 1 && !rule.terms.some(([own]) => own === node);
  });
  const score = (readings, rule, stands) => {
    const parts = rule.terms.flatMap(term => child(readings, rule, term));
    const zero = { weight: 0, covered: 0, parts: 0, optional: 0, leaving: 0, dormant: 0, least: 0, most: 0 };
    const sums = parts.reduce(add, zero);
    const two = rule.aggregate === "difference" || rule.aggregate === "spread", enough = two ? 2 : 1;
    if (sums.parts + sums.dormant < enough) return without(readings, rule);
    const movable = sums.leaving + sums.dormant > 0;
    const made = aggregate(rule, parts, movable, sums);
    const [least, most] = possibly(rule, sums);
    const value = none(made.value) ? NaN : lesser(greater(made.value, made.low), made.high);
    let one = {
      ...EMPTY, value, low: made.low, high: made.high, least, most,
      coverage: sums.weight > 0 ? sums.covered / sums.weight : 0,
      state: none(value) ? "missing" : "rated",
      optional: sums.parts - sums.optional < enough,
      mayLeave: sums.parts - sums.leaving < enough,
    };
    if (movable && (rule.aggregate === "sum" || rule.aggregate === "count")) one.elastic = elastic(rule, parts);
    if (sums.parts < enough) one = dormant(one, without(readings, rule).state);
    const caps = rule.caps.map(cap => ({ cap, judged: judgement(cap.when, readings, stands) }));
    one = caps.reduce((one, { cap, judged }) => capped(one, cap, judged), one);
    const open = caps.filter(({ judged }) => judged.truth === UNKNOWN).map(({ cap }) => cap);
    const waiting = open.filter(cap => waitsForMore(readings, rule, cap)).length, count = Math.max(sums.parts, 1);
    return {
      ...one,
      coverage: one.coverage * count / (count + waiting),
      pending: open.some(cap => one.value > cap.at),
    };
  };

  /* decisions: the outcome as the values stand, and every outcome still possible */
  const row = (readings, { cells }, atom) =>
    cells.reduce((sum, cell) => sum === FALSE ? sum : Math.min(sum, atom(readings, cell)), TRUE);
  const ranked = (outcome, possible, count, state) => ({
    ...EMPTY,
    value: outcome ?? NaN, low: Math.min(lowest(possible), count), high: highest(possible),
    least: 0, most: Math.max(count - 1, 0), coverage: outcome === null ? 0 : 1,
    held: outcome === null ? 0n : 1n << BigInt(outcome),
    sure: single(possible) ? possible : 0n, possible,
    state: outcome === null ? state : "rated",
  });
  const meanCoverage = list => {
    const here = list.filter(one => !absent(one));
    return here.length ? here.reduce((sum, one) => sum + one.coverage, 0) / here.length : 0;
  };
  /* An input that no row tests for "not applicable" has to apply. */
  const decide = (readings, rule, stands) => {
    const first = rule.policy === "first", cells = rule.rules.flatMap(line => line.cells);
    const tested = node => cells.some(cell => cell.node === node && cell.test === "not_applicable");
    const needed = rule.inputs.filter(node => !tested(node));
    const valued = test => typeof test !== "string";
    const pass = (readings, cell) => {
      const one = readings[cell.node];
      const isOut = one && absent(one) && !needed.includes(cell.node);
      return isOut && valued(cell.test) ? FALSE : stands(readings, cell);
    };
    const admit = (readings, { node, test }) => {
      const one = readings[node];
      if (!one) return UNKNOWN;
      if (test === "any") return TRUE;
      if (needed.includes(node)) return certain(test, returned(one));
      const isOut = test === "not_applicable";
      const inside = isOut ? FALSE : certain(test, returned(one));
      if (gone(one)) return between(isOut);
      return one.mayLeave || absent(one) ? between(inside === TRUE && isOut, inside !== FALSE || isOut) : inside;
    };
    let hit = null, held = 0n, sure = 0n, possible = 0n, blocked = false;
    for (const line of rule.rules) {
      const truth = row(readings, line, pass), always = row(readings, line, admit);
      const bit = 1n << BigInt(line.outcome);
      if (always !== FALSE) possible |= bit;
      if (always === TRUE) sure |= bit;
      if (truth === TRUE) {
        if (hit === null && !(blocked && first)) hit = line.outcome;
        held |= bit;
      }
      if (truth === UNKNOWN) blocked = true;
      if (first && always === TRUE) break;
    }
    const inputs = needed.map(node => readings[node]).filter(Boolean);
    if (inputs.some(gone)) return out(ranked(null, 0n, rule.outcomes, "not-applicable"), "not-applicable");
    let one;
    if (rule.policy === "collect") {
      const open = possible !== held && blocked;
      one = { ...EMPTY, coverage: open ? 0 : 1, held, sure, possible, state: open ? "missing" : "rated" };
    } else {
      one = ranked(hit ?? (single(possible) ? lowest(possible) : null), possible, rule.outcomes, "missing");
    }
    if (inputs.some(absent)) return dormant(one, "not-applicable");
    const settled = one.possible === one.sure;
    const read = rule.inputs.map(node => readings[node]).filter(Boolean);
    return {
      ...one,
      coverage: one.state === "rated" && !settled ? meanCoverage(read) : one.coverage,
      optional: inputs.some(one => one.optional),
      mayLeave: inputs.some(one => one.mayLeave),
    };
  };
