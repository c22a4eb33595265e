{# How a form writes a file of answers. #}
/* Response files: written with every doubtful text in quotes, and read as far as forms and careful
   people write them. A text that stood in quotes is { text, quoted }, so that "unknown" can be told
   from unknown. */
const responseFile = (() => {
  const WORD = /^(?:[a-z][a-z0-9_-]*|-?(?:0|[1-9][0-9]*))$/;
  const MEANS_MORE = new Set(["unknown", "null", "yes", "no", "on", "off", "y", "n"]);
  const BREAKS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/gu;

  /* writing */
  const clean = text => text.replace(/\r\n?/g, "\n").replace(BREAKS, " ").trim();
  const quote = text => JSON.stringify(clean(text));
  const word = text => WORD.test(text) && !MEANS_MORE.has(text) ? text : quote(text);
  const line = text => clean(text).replace(/\s+/g, " ");
  const beside = label => label ? `   # ${line(label)}` : "";

  const detail = answer => {
    const list = [];
    if (answer.reason !== undefined) list.push(`not_applicable: ${quote(answer.reason)}`);
    else list.push(`value: ${answer.value}${beside(answer.label)}`);
    if (answer.note) list.push(`note: ${quote(answer.note)}`);
    const { grade, ref, link } = answer.evidence ?? {};
    const parts = [["ref", ref], ["link", link]].filter(([, text]) => text);
    const rest = parts.map(([key, text]) => `, ${key}: ${quote(text)}`).join("");
    if (grade) list.push(`evidence: { grade: ${grade}${rest} }`);
    return list;
  };
  const entry = answer => {
    const id = word(answer.id);
    const [first, ...more] = detail(answer);
    const plain = more.length === 0 && answer.reason === undefined;
    const lines = plain ? [`${id}: ${first.slice("value: ".length)}`]
      : [`${id}:`, ...[first, ...more].map(part => `  ${part}`)];
    return [`# ${line(answer.ask)}`, ...lines].map(one => `    ${one}\n`).join("");
  };

  /* The text of a response. Values are already as a file writes them: by `word` or as a number. */
  const write = ({ engine, respondent, role, unit, day, packs, answers }) => {
    const head = [
      `# Answers given in a form of ${engine}.`, "format: 1", `respondent: ${quote(respondent)}`, `role: ${role}`,
      ...(unit ? [`unit: ${quote(unit)}`] : []), `answered_on: ${day}`,
      `packs: [${packs.map(({ id, version }) => `${id}@${version}`).join(", ")}]`,
    ];
    const own = packs.map(({ id }) => [id, answers.filter(one => one.pack === id)]).filter(([, list]) => list.length);
    const body = own.map(([id, list]) => `  ${word(id)}:\n${list.map(entry).join("")}`).join("");
    return `${head.join("\n")}\nanswers:${body ? "\n" + body : " {}\n"}`;
  };

  /* reading */
  const fail = what => { throw new Error(what); };
  const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/y;
  const KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#{}[\],&*!|>%@`][^#]*?)\s*:(?=\s|$)/;

  const unquote = text => {
    if (text.startsWith("'")) return text.slice(1, -1).replace(/''/g, "'");
    try { return JSON.parse(text); } catch { return fail("a text in quotes that this page does not understand"); }
  };

  /* One value of flow style, which JSON is too, from a place on; gives the value and the place after it. */
  const flow = (text, start, inner) => {
    let at = start;
    const skip = () => { while (/\s/.test(text[at] ?? "")) at++; };
    const take = () => { const [value, next] = flow(text, at, true); at = next; skip(); return value; };
    const several = (end, each) => {
      at++;
      for (skip(); text[at] !== end; skip()) {
        if (at >= text.length) fail("a bracket that is not closed");
        each();
        if (text[at] === ",") at++;
        else if (text[at] !== end) fail("a comma is missing");
      }
      at++;
    };
    skip();
    if (text[at] === "[") {
      const list = [];
      several("]", () => list.push(take()));
      return [list, at];
    }
    if (text[at] === "{") {
      const map = new Map();
      several("}", () => {
        const key = take();
        if (text[at] !== ":") fail("a colon is missing");
        at++;
        map.set(key.text, take());
      });
      return [map, at];
    }
    QUOTED.lastIndex = at;
    const quoted = QUOTED.exec(text);
    if (quoted) return [{ text: unquote(quoted[0]), quoted: true }, at + quoted[0].length];
    const plain = (inner ? /[^,[\]{}:\n]*(?::(?!\s)[^,[\]{}:\n]*)*/y : /(?:[^\s#]#*|\s(?!\s*#|\s*$))*/y);
    plain.lastIndex = at;
    const found = plain.exec(text)[0];
    if (!found.trim() || /^[&*!|>%@`]/.test(found)) fail("something that this page does not read");
    return [{ text: found.trim(), quoted: false }, at + found.length];
  };
  const whole = text => {
    const [value, at] = flow(text, 0, false);
    if (/^\s*[^#\s]/.test(text.slice(at))) fail("more than one value");
    return value;
  };

  /* Lines of block style, each with how far it is set in. */
  const block = (lines, at, depth) => {
    const map = new Map(), list = [];
    for (let place = at; ; ) {
      const one = lines[place];
      if (!one || one.depth < depth) return [list.length ? list : map, place];
      if (one.depth > depth) fail(`line ${one.number} is set in too far`);
      const item = /^-\s/.test(one.text);
      if (list.length && !item) return [list, place];
      try {
        if (item) {
          list.push(whole(one.text.slice(1)));
          place++;
          continue;
        }
        const key = KEY.exec(one.text) ?? fail("no key");
        const name = /^["']/.test(key[1]) ? unquote(key[1]) : key[1];
        if (map.has(name)) fail(`\`${name}\` stands there twice`);
        const rest = one.text.slice(key[0].length);
        if (/^\s*(#|$)/.test(rest)) {
          const next = lines[place + 1];
          const deeper = next && (next.depth > depth || (next.depth === depth && /^-\s/.test(next.text)));
          const [value, after] = deeper ? block(lines, place + 1, next.depth) : [null, place + 1];
          map.set(name, value);
          place = after;
        } else {
          map.set(name, whole(rest));
          place++;
        }
      } catch (problem) {
        throw problem.at ? problem : Object.assign(new Error(`line ${one.number}: ${problem.message}`), { at: one.number });
      }
    }
  };

  /* A file as maps, lists and texts; throws where it holds what this page does not read. */
  const read = text => {
    const source = text.replace(/^\ufeff/, "");
    if (/^\s*\{/.test(source)) return whole(source);
    const lines = source.split(/\r?\n/).map((text, place) => ({
      text: text.trim(), depth: /^ */.exec(text)[0].length, number: place + 1,
    }));
    const [map] = block(lines.filter(({ text }) => text && !text.startsWith("#") && text !== "---"), 0, 0);
    return map;
  };
  return { write, read, word, quote };
})();
