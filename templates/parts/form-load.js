{# How a form takes up a file of answers. #}
  /* A response file laid over what stands in the page; refused as a whole where it does not fit. */
  const said = value => value && typeof value.text === "string" ? value.text : undefined;
  const isUnknown = (question, one) => one.text === "unknown" && (!one.quoted || question.control !== "text");

  /* A value as the controls show it; nothing where the question no longer takes it. */
  const shownAs = (question, value) => {
    if (said(value) !== undefined && isUnknown(question, value)) return { marks: ["unknown"] };
    if (question.control === "number" || question.control === "text") return said(value) === undefined ? null : { text: value.text };
    const list = (Array.isArray(value) ? value : [value]).map(said);
    const places = list.map(one => question.values.indexOf(one));
    if (places.includes(-1) || (question.control === "one" && places.length !== 1)) return null;
    if (places.length) return { picks: places };
    return part(question, "none") ? { marks: ["none"] } : null;
  };
  const fromFile = (question, answer) => {
    if (!(answer instanceof Map)) return shownAs(question, answer);
    const reason = said(answer.get("not_applicable"));
    const value = reason === undefined ? (answer.has("value") ? shownAs(question, answer.get("value")) : {})
      : part(question, "not-applicable") && { marks: ["not-applicable"], reason };
    const evidence = answer.get("evidence");
    const proof = evidence instanceof Map ? Object.fromEntries([...evidence].map(([key, one]) => [key, said(one)])) : {};
    const { grade, ref, link } = proof;
    return value && { ...value, note: said(answer.get("note")), grade, ref, link };
  };

  /* Versions are alike where only the parts differ that may add and reword. */
  const alike = (one, other) => {
    const [[a, b], [c, d]] = [one, other].map(version => version.split("."));
    return a === c && (a !== "0" || b === d);
  };
  const versions = file => {
    const warnings = [];
    const pins = file.get("packs");
    for (const pin of Array.isArray(pins) ? pins : []) {
      const [id, version] = String(said(pin)).split("@");
      const here = data.packs.find(pack => pack.id === id);
      if (!here) throw new Error(`it answers the pack “${id}”, which this form does not ask. Load it into the form it was made with.`);
      if (!version || version === here.version) continue;
      if (!alike(version, here.version)) {
        throw new Error(`it answers “${id}” ${version}, and this form asks version ${here.version}, whose questions are others. Answer this form anew, or hand in the file as it is and say so.`);
      }
      warnings.push(`It answers “${id}” ${version}, and this form asks version ${here.version}: every question is still there, but read again what may have been reworded.`);
    }
    return warnings;
  };
  const entries = file => {
    const known = new Map(data.questions.map(question => [question.id, question])), list = [], strange = [];
    const inside = value => value instanceof Map ? value : [];
    for (const [pack, own] of inside(file.get("answers"))) {
      for (const [id, answer] of inside(own)) {
        const question = known.get(`${pack}.${id}`);
        if (question) list.push([question, answer]);
        else strange.push(`${pack}.${id}`);
      }
    }
    if (strange.length) {
      throw new Error(`it answers what this form does not ask: ${strange.join(", ")}. Load it into the form it was made with, or take these answers out of the file.`);
    }
    return list;
  };

  const load = text => {
    const file = responseFile.read(text);
    if (!(file instanceof Map) || said(file.get("format")) !== "1" || !file.has("respondent")) {
      throw new Error("it is no response file of format 1.");
    }
    if (said(file.get("role")) !== data.role) {
      throw new Error(`it was answered in the role “${said(file.get("role"))}”, and this form is for “${data.role}”.`);
    }
    const told = versions(file), left = [];
    let proof = false;
    for (const [question, answer] of entries(file)) {
      const kept = fromFile(question, answer);
      proof ||= answer instanceof Map && answer.has("evidence") && !part(question, "grade");
      if (kept) restore(question, kept);
      else left.push(part(question, "ask").textContent);
    }
    by("respondent").value = said(file.get("respondent")) ?? "";
    by("unit").value = said(file.get("unit")) ?? "";
    if (left.length) told.push(`These answers are no longer among the choices and stay open: ${left.join(" ")}`);
    if (proof) told.push("What its answers rest on is not asked in this form and is left out.");
    return ["The file is loaded.", ...told].join(" ");
  };
  by("load").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    try {
      tell("told", load(await file.text()));
      refresh();
      keep();
    } catch (problem) {
      tell("told", `The file ${file.name} was not loaded: ${problem.message}`);
    }
    target.value = "";
  });
