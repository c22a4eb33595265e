{# What a form does. #}
"use strict";
(() => {
{% include "parts/form-relevance.js" %}
{% include "parts/form-file.js" %}

  const data = JSON.parse(document.getElementById("form-data").textContent);
  const by = id => document.getElementById(id);
  const fieldOf = question => by(`q.${question.id}`);
  const part = (question, name) => fieldOf(question).querySelector(`[data-part="${name}"]`);
  const marked = (question, name) => part(question, name)?.checked ?? false;
  const typed = (question, name) => part(question, name)?.value.trim() ?? "";
  const picks = question => [...fieldOf(question).querySelectorAll("[data-pick]:checked")].map(one => Number(one.dataset.pick));
  const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;

  /* An answer as it stands in the page; nothing where there is none. */
  const answerOf = question => {
    const text = typed(question, "text"), taken = picks(question);
    const given = state => ({ state, picks: taken, text, reason: typed(question, "reason") });
    if (marked(question, "unknown")) return given("unknown");
    if (marked(question, "not-applicable")) return given("not-applicable");
    if (marked(question, "none") || taken.length) return given("rated");
    return text && !misread(question, text) ? given("rated") : undefined;
  };

  /* Why a text is not the number it should be. */
  const misread = (question, text) => {
    if (question.control !== "number") return null;
    if (!NUMBER.test(text)) return "Write the number in digits, with a point before decimals.";
    const value = Number(text), least = Number(question.least), most = Number(question.most);
    if (question.whole && !Number.isInteger(value)) return "Write a whole number.";
    if (value < least || value > most) return `Write a number in this range: ${part(question, "text").dataset.range}.`;
    return null;
  };
  const beside = question => ["note", "ref", "link"].some(name => typed(question, name)) || Boolean(part(question, "grade")?.value);

  /* What keeps an answer from being handed over: the message and the control to mend it at. */
  const problemOf = question => {
    const answer = answerOf(question), text = typed(question, "text");
    if (!answer && text) return [misread(question, text), part(question, "text")];
    if (!answer) return beside(question) ? ["There is something beside the answer and no answer. Give one, or say that you do not know.", null] : null;
    if (answer.state === "not-applicable" && !answer.reason) return ["Say why it does not apply.", part(question, "reason")];
    if (answer.state === "rated" && !relevance.meets(question, answer)) return [question.message, part(question, "text")];
    return null;
  };

  const shown = question => !fieldOf(question).hidden;
  const tell = (id, text) => { by(id).textContent = text; };

  const showProblem = question => {
    const problem = problemOf(question), slot = part(question, "error");
    slot.hidden = !problem;
    slot.textContent = problem ? problem[0] : "";
    fieldOf(question).classList.toggle("wrong", Boolean(problem));
    for (const name of ["text", "reason"]) part(question, name)?.toggleAttribute("aria-invalid", false);
    problem?.[1]?.setAttribute("aria-invalid", "true");
    return problem;
  };

  /* Follows every answer: what is relevant, what is open, how far it has come. */
  const refresh = () => {
    const answers = Object.create(null);
    for (const question of data.questions) {
      const answer = answerOf(question);
      if (answer) answers[question.id] = answer;
    }
    const hidden = new Set(relevance.hidden(data, answers));
    for (const question of data.questions) {
      const field = fieldOf(question);
      field.hidden = hidden.has(question.id);
      const answer = answers[question.id];
      part(question, "why-not")?.toggleAttribute("hidden", answer?.state !== "not-applicable");
      part(question, "clear").hidden = !answer && !typed(question, "text");
      if (part(question, "text")) part(question, "text").disabled = Boolean(answer && answer.state !== "rated");
      if (!part(question, "error").hidden) showProblem(question);
    }
    count(answers);
  };

  const count = answers => {
    const asked = data.questions.filter(shown);
    const open = asked.filter(({ id }) => !answers[id]);
    for (const section of document.querySelectorAll("[data-section]")) {
      const inside = asked.filter(question => section.contains(fieldOf(question)));
      section.hidden = inside.length === 0;
      const link = document.querySelector(`[data-of="${CSS.escape(section.id)}"]`);
      link.hidden = section.hidden;
      link.querySelector("[data-part=count]").textContent = `${inside.filter(({ id }) => answers[id]).length} of ${inside.length}`;
    }
    const done = asked.length - open.length, said = `${done} of ${asked.length} answered`;
    by("bar").max = Math.max(asked.length, 1);
    by("bar").value = done;
    if (by("progress").textContent !== said) tell("progress", said);
    const list = open.map(question => linkTo(question, part(question, "must") ? " (please answer)" : ""));
    by("open-list").replaceChildren(...list);
    by("open").hidden = open.length === 0;
  };

  const linkTo = (question, more) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = `#q.${question.id}`;
    link.textContent = part(question, "ask").textContent;
    item.append(link, more);
    return item;
  };

{% include "parts/form-keep.js" %}
{% include "parts/form-load.js" %}

  /* The response */
  const today = () => {
    const now = new Date(), two = value => String(value).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  };
  const valueOf = (question, answer) => {
    const values = answer.picks.map(pick => responseFile.word(question.values[pick]));
    if (answer.state === "unknown") return "unknown";
    if (question.control === "one") return values[0];
    if (question.control === "many") return `[${values.join(", ")}]`;
    return question.control === "number" ? String(Number(answer.text)) : responseFile.quote(answer.text);
  };
  const labelOf = (question, answer) => question.control !== "one" || answer.state !== "rated" ? ""
    : fieldOf(question).querySelector("[data-pick]:checked ~ [data-part=label]").textContent;
  const written = question => {
    const answer = answerOf(question), [pack, id] = question.id.split(/\.(.*)/s);
    const grade = part(question, "grade")?.value, [ref, link] = [typed(question, "ref"), typed(question, "link")];
    const evidence = grade || ref || link ? { grade: grade || "none", ref, link } : null;
    const value = answer.state === "not-applicable" ? { reason: answer.reason }
      : { value: valueOf(question, answer), label: labelOf(question, answer) };
    return { pack, id, ask: part(question, "ask").textContent, ...value, note: typed(question, "note"), evidence };
  };
  const response = () => responseFile.write({
    engine: data.engine, role: data.role, packs: data.packs, day: today(),
    respondent: by("respondent").value.trim(), unit: by("unit").value.trim(),
    answers: data.questions.filter(question => shown(question) && answerOf(question)).map(written),
  });

  /* All that keeps the response from being handed over, with links to where to mend it. */
  const problems = () => {
    const list = [];
    const add = (id, text) => {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = `#${id}`;
      link.textContent = text;
      item.append(link);
      list.push(item);
    };
    const named = by("respondent").value.trim() !== "";
    by("respondent").toggleAttribute("aria-invalid", false);
    if (!named) by("respondent").setAttribute("aria-invalid", "true");
    by("respondent-error").hidden = named;
    if (!named) add("respondent", "Choose a word that tells your answers from those of others.");
    for (const question of data.questions.filter(shown)) {
      const problem = showProblem(question);
      if (problem) add(problem[1]?.id ?? `q.${question.id}`, `${part(question, "ask").textContent} ${problem[0]}`);
    }
    by("problem-list").replaceChildren(...list);
    by("problems").hidden = list.length === 0;
    if (list.length) by("problems").focus();
    return list.length > 0;
  };
  const fileName = () => {
    const stem = by("respondent").value.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    return `${stem || "response"}.yaml`;
  };
  const made = () => {
    tell("told", "");
    if (problems()) return null;
    by("file").value = response();
    by("file-part").hidden = false;
    return by("file").value;
  };
  by("download").addEventListener("click", () => {
    const text = made();
    if (text === null) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
    link.download = fileName();
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    tell("told", `Your answers are in the file ${link.download}, among your downloads. Send it to whoever asked you.`);
  });
  by("copy").addEventListener("click", async () => {
    const text = made();
    if (text === null) return;
    try {
      await navigator.clipboard.writeText(text);
      tell("told", `Copied. Paste it into a message, or into a file named ${fileName()}.`);
    } catch {
      by("file").select();
      tell("told", "This browser does not let a page copy. The answers are selected below: copy them from there.");
    }
  });

  start();
})();
