// Keys for the moderators' desk. Shown on the page, and switched off there: single
// keys must not surprise people who dictate (WCAG 2.1.4).
(() => {
    const box = document.querySelector("[data-desk-keys]");
    if (!box) return;
    const KEPT = "folkmoot-desk-keys";
    const toggle = box.querySelector("[data-desk-keys-switch]");
    box.hidden = false;
    toggle.checked = localStorage.getItem(KEPT) !== "off";
    toggle.addEventListener("change", () => {
        localStorage.setItem(KEPT, toggle.checked ? "on" : "off");
    });

    const links = () => [...document.querySelectorAll(".fm-desk-title a")];
    const step = (by) => {
        const all = links();
        const at = all.indexOf(document.activeElement);
        const next = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
        if (next) next.focus();
    };
    const tick = () => {
        const item = document.activeElement.closest(".fm-desk-item");
        const mark = item && item.querySelector("input[type=checkbox]");
        if (mark) mark.checked = !mark.checked;
    };
    const focus = (id) => {
        const field = document.getElementById(id);
        if (field) field.focus();
    };
    const choose = (place) => {
        const choice = document.querySelectorAll("input[name=act]")[place - 1];
        if (!choice) return;
        choice.checked = true;
        choice.focus();
        fit();
    };

    // Only what the chosen decision asks for is shown.
    const form = document.querySelector("[data-desk-decide]");
    const fit = () => {
        const chosen = form.querySelector("input[name=act]:checked");
        for (const row of form.querySelectorAll("[data-desk-for]")) {
            row.hidden = !chosen || !row.dataset.deskFor.split(" ").includes(chosen.value);
        }
    };
    // What somebody has typed is theirs: only what was filled in before is replaced.
    let filled = "";
    const fillIn = (select) => {
        const saved = JSON.parse(document.getElementById("saved-replies").textContent);
        const reply = saved[select.value];
        if (!reply) return;
        const facts = form.elements.facts;
        if (!facts.value.trim() || facts.value === filled) {
            facts.value = filled = reply.text;
        }
        const rule = form.querySelector(`input[name=rule_id][value="${reply.rule}"]`);
        if (rule) rule.checked = true;
    };
    const redact = () => {
        const text = document.querySelector("[data-desk-text]");
        const chosen = document.getSelection();
        const act = form.querySelector("input[name=act][value=redact]");
        if (!act || !chosen.toString().trim() || !text.contains(chosen.anchorNode)) return;
        form.elements.passage.value = chosen.toString();
        act.checked = true;
        fit();
        form.elements.passage.focus();
    };
    if (form) {
        form.addEventListener("change", (event) => {
            if (event.target.name === "act") fit();
            if (event.target.name === "reply") fillIn(event.target);
        });
        fit();
    }

    const keys = box.dataset.deskKeys === "queue"
        ? { j: () => step(1), k: () => step(-1), x: tick }
        : { r: () => focus("id_facts"), n: () => focus("note-text"), p: redact };

    document.addEventListener("keydown", (event) => {
        if (!toggle.checked || event.altKey || event.metaKey) return;
        if (event.ctrlKey) {
            const button = document.querySelector("button[name=next]");
            if (event.key === "Enter" && button) button.click();
            return;
        }
        const types = event.target.closest("textarea, select, [contenteditable], input");
        if (types && !["radio", "checkbox"].includes(types.type)) return;
        const act = keys[event.key];
        if (act) act();
        else if (box.dataset.deskKeys === "item" && /^[1-9]$/.test(event.key)) {
            choose(Number(event.key));
        } else return;
        event.preventDefault();
    });
})();
