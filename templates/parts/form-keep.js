{# What a browser keeps of a form. #}
  /* What the browser keeps: every control as it stands, under the key of these questions. */
  const TYPED = ["text", "reason", "note", "grade", "ref", "link"];
  const MARKS = ["unknown", "not-applicable", "none"];
  const snapshot = question => {
    const kept = {}, taken = picks(question), marks = MARKS.filter(name => marked(question, name));
    if (taken.length) kept.picks = taken;
    if (marks.length) kept.marks = marks;
    for (const name of TYPED) if (part(question, name)?.value) kept[name] = part(question, name).value;
    return kept;
  };
  const restore = (question, kept) => {
    for (const one of fieldOf(question).querySelectorAll("[data-pick]")) one.checked = (kept.picks ?? []).includes(Number(one.dataset.pick));
    for (const name of MARKS) if (part(question, name)) part(question, name).checked = (kept.marks ?? []).includes(name);
    for (const name of TYPED) if (part(question, name)) part(question, name).value = kept[name] ?? "";
    if (["note", "grade", "ref", "link"].some(name => kept[name])) part(question, "more").open = true;
  };

  const store = (() => {
    try {
      const probe = `${data.key} probe`;
      localStorage.setItem(probe, "1");
      localStorage.removeItem(probe);
      return localStorage;
    } catch {
      return null;
    }
  })();
  const keep = () => {
    const answers = {};
    for (const question of data.questions) {
      const kept = snapshot(question);
      if (Object.keys(kept).length) answers[question.id] = kept;
    }
    const all = { respondent: by("respondent").value, unit: by("unit").value, answers };
    try {
      store.setItem(data.key, JSON.stringify(all));
      return true;
    } catch {
      tell("kept", "This browser keeps nothing for this page: download your answers before you close it.");
      return false;
    }
  };
  const recall = () => {
    try {
      const all = JSON.parse(store.getItem(data.key) ?? "{}");
      by("respondent").value = all.respondent ?? "";
      by("unit").value = all.unit ?? "";
      for (const question of data.questions) restore(question, all.answers?.[question.id] ?? {});
    } catch {
      /* Nothing kept, or not by this page: it begins empty. */
    }
  };
  const forget = () => {
    try { store.removeItem(data.key); } catch { /* Nothing is kept. */ }
    by("respondent").value = by("unit").value = "";
    for (const question of data.questions) restore(question, {});
    by("problems").hidden = by("file-part").hidden = true;
    by("file").value = "";
    for (const question of data.questions) part(question, "error").hidden = true;
    refresh();
    tell("told", "Everything is cleared, here and in this browser.");
  };

  /* Answers that cannot stand beside others give way to the one just given. */
  const settle = (question, target) => {
    if (!target.checked || question.control === "one") return;
    const alone = one => one.dataset.part in { unknown: 1, "not-applicable": 1, none: 1 }
      || question.alone.includes(Number(one.dataset.pick ?? NaN));
    for (const one of fieldOf(question).querySelectorAll("input[type=checkbox]")) {
      if (one !== target && (alone(target) || alone(one))) one.checked = false;
    }
  };
  const questionOf = target => {
    const field = target.closest("fieldset[data-id]");
    return field && data.questions.find(({ id }) => id === field.dataset.id);
  };

  const start = () => {
    recall();
    refresh();
    let stored = keep();
    const changed = ({ target, type }) => {
      const question = questionOf(target);
      if (question && type === "change") settle(question, target);
      refresh();
      if (question && type === "change" && target.dataset.part === "text") showProblem(question);
      stored = keep();
    };
    for (const type of ["input", "change"]) by("form").addEventListener(type, changed);
    by("form").addEventListener("submit", event => event.preventDefault());
    by("form").addEventListener("click", event => {
      if (event.target.dataset.part !== "clear") return;
      const question = questionOf(event.target);
      restore(question, { ...snapshot(question), picks: [], marks: [], text: "", reason: "" });
      changed({ target: event.target, type: "clear" });
      fieldOf(question).querySelector("input, textarea").focus();
    });
    by("forget").addEventListener("click", () => { forget(); by("clear").open = false; });
    addEventListener("beforeunload", event => {
      if (!stored && data.questions.some(answerOf)) event.preventDefault();
    });
    document.documentElement.dataset.ready = "";
  };
