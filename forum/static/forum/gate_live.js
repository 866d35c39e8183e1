/* The publishing rules in Wagtail's panel of checks: asks the server whenever the form changed. */
(() => {
  "use strict";
  const script = document.currentScript;
  const PAUSE = 700;
  const place = document.createElement("div");
  let number = 0;

  // Wagtail writes the number of its own findings here; ours are added to it.
  const axe = () =>
    Number(document.querySelector('[data-side-panel="checks"] [data-checks-panel]')?.childElementCount || 0);
  const count = () => {
    const counter = document.querySelector(
      '[data-side-panel-toggle="checks"] [data-side-panel-toggle-counter]',
    );
    if (!counter) return;
    const both = String(axe() + number);
    if (counter.textContent.trim() !== both) counter.textContent = both;
    counter.hidden = both === "0";
  };

  const show = (html) => {
    const panel = document.querySelector('[data-side-panel="checks"]');
    if (!panel) return;
    if (!place.isConnected) {
      panel.prepend(place);
      const axes = panel.querySelector("[data-checks-panel]");
      const counter = document.querySelector(
        '[data-side-panel-toggle="checks"] [data-side-panel-toggle-counter]',
      );
      const watch = new MutationObserver(count);
      for (const each of [axes, counter]) {
        if (each) watch.observe(each, { childList: true, characterData: true, subtree: true });
      }
    }
    place.innerHTML = html;
    number = Number(place.firstElementChild?.dataset.count || 0);
    count();
  };

  // A new page has its number once it was saved for the first time.
  const address = () => {
    const [, page] = window.location.pathname.match(/\/pages\/(\d+)\/edit\//) || [];
    if (page) return script.dataset.url.replace("/0/", `/${page}/`);
    const [, app, model, parent] =
      window.location.pathname.match(/\/pages\/add\/(\w+)\/(\w+)\/(\d+)\//) || [];
    return parent && script.dataset.new.replace("/app/model/0/", `/${app}/${model}/${parent}/`);
  };

  // Asks with what is in the form, so that it does not matter whether drafts are saved.
  let asked = "";
  let busy = false;
  const ask = async (again) => {
    const form = document.getElementById("page-edit-form");
    const url = address();
    if (!form || !url || busy || document.hidden) return;
    const data = new URLSearchParams(new FormData(form)).toString();
    if (data === asked && again !== true) return;
    busy = true;
    try {
      const answer = await fetch(url, {
        method: "POST",
        body: data,
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
      });
      asked = data;
      if (answer.status === 200) show(await answer.text());
    } catch {
      // Left the page, or no network: the next round asks again.
    } finally {
      busy = false;
    }
  };

  const jump = (hash) => {
    const path = decodeURIComponent(hash).replace("#:w:contentpath=", "").split(".");
    let field = document;
    for (const part of path) {
      field = field.querySelector(`[data-contentpath="${CSS.escape(part)}"]`) || field;
    }
    if (field === document) return;
    const tab = field.closest("[role=tabpanel]");
    if (tab) document.querySelector(`[role=tab][aria-controls="${tab.id}"]`)?.click();
    // On a narrow screen the panel lies over the form.
    if (window.innerWidth < 800) document.querySelector("[data-form-side-close-button]")?.click();
    field.scrollIntoView({ block: "center" });
    field.querySelector("input:not([type=hidden]), textarea, select, [contenteditable=true]")?.focus();
  };

  const dismiss = async (button) => {
    const form = new FormData();
    form.set("fingerprint", button.dataset.fingerprint);
    form.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    await fetch(button.dataset.dismiss, { method: "POST", body: form, redirect: "manual" });
    ask(true);
  };

  // Also the links in Wagtail's message after a refusal lead here.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-dismiss]");
    if (button) dismiss(button);
    const link = event.target.closest('a[href*="#:w:contentpath="]');
    if (!link || link.pathname !== window.location.pathname) return;
    event.preventDefault();
    jump(link.hash);
  });
  document.addEventListener("DOMContentLoaded", () => {
    window.setTimeout(ask, PAUSE);
    window.setInterval(ask, PAUSE * 2);
  });
})();
