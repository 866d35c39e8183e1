/* The publishing checklist beside the editor: asks the server whenever a draft is saved. */
(() => {
  "use strict";
  const script = document.currentScript;
  const PAUSE = 700;

  const box = document.createElement("details");
  box.className = "fm-gate-live";
  const head = document.createElement("summary");
  const count = document.createElement("span");
  count.setAttribute("role", "status");
  head.append(count);
  const list = document.createElement("ol");
  const all = document.createElement("a");
  box.append(head, list, all);

  const text = (tag, words, className) => {
    const element = document.createElement(tag);
    element.textContent = words;
    if (className) element.className = className;
    return element;
  };

  const show = (told) => {
    count.textContent = told.summary;
    list.replaceChildren(
      ...told.findings.map((found) => {
        const item = document.createElement("li");
        const link = text("a", found.message);
        link.href = found.url;
        item.append(link, " ", text("span", `${found.mend} (${found.rule})`, "fm-gate-why"));
        return item;
      }),
    );
    all.href = told.ready;
    all.textContent = script.dataset.all;
    if (!box.isConnected) document.body.append(box);
  };

  let waiting = 0;
  const ask = () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(async () => {
      // A new page has its number once it was saved for the first time.
      const page = window.location.pathname.match(/\/pages\/(\d+)\/edit\//);
      if (!page) return;
      const answer = await fetch(script.dataset.url.replace("/0/", `/${page[1]}/`));
      if (answer.status === 200) show(await answer.json());
    }, PAUSE);
  };

  const jump = (hash) => {
    const path = decodeURIComponent(hash).replace("#:w:contentpath=", "").split(".");
    let place = document;
    for (const part of path) {
      place = place.querySelector(`[data-contentpath="${CSS.escape(part)}"]`) || place;
    }
    if (place === document) return;
    const tab = place.closest("[role=tabpanel]");
    if (tab) document.querySelector(`[role=tab][aria-controls="${tab.id}"]`)?.click();
    place.scrollIntoView({ block: "center" });
    place.querySelector("input:not([type=hidden]), textarea, select, [contenteditable=true]")?.focus();
  };

  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || link.pathname !== window.location.pathname || !link.hash) return;
    event.preventDefault();
    jump(link.hash);
  });
  document.addEventListener("w-autosave:success", ask);
  document.addEventListener("DOMContentLoaded", ask);
})();
