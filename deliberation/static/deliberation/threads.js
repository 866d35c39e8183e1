// Makes threads smoother. Nothing depends on it: each part adds to what works without.

// --- Drafts: kept in this browser, offered back, dropped once the comment stands.

const WEEK = 7 * 24 * 60 * 60 * 1000;
const DRAFTS = "folkmoot:draft:";
// The server says so once, and which form it was: nothing else proves that a text arrived.
const POSTED = "folkmoot_posted";
// What is chosen beside the text.
const CHOSEN = ["language", "stance", "theme"];

// Nobody is offered what somebody else began in the same browser.
function draftKey(form, writer = form.dataset.writer) {
  const key = `${DRAFTS}${new URL(form.action).pathname}`;
  return writer ? `${key}:${writer}` : key;
}

function readDraft(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    return draft && Date.now() - draft.at < WEEK ? draft : null;
  } catch {
    return null;
  }
}

function keepDraft(key, draft) {
  try {
    if (draft?.text.trim()) localStorage.setItem(key, JSON.stringify({ at: Date.now(), ...draft }));
    else localStorage.removeItem(key);
  } catch {
    // No room, or not allowed: the text is still in the field.
  }
}

function dropWhatWasPosted() {
  const form = document.cookie.match(`(?:^|; )${POSTED}=([\\w-]+)`)?.[1];
  if (!form) return;
  document.cookie = `${POSTED}=; path=/; max-age=0; samesite=lax`;
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(DRAFTS) && readDraft(key)?.sent === form) localStorage.removeItem(key);
    }
  } catch {
    // Not allowed here, so nothing was kept either.
  }
}

function draftOf(form, field) {
  const chosen = CHOSEN.filter((name) => form.elements[name]).map((name) => [name, form.elements[name].value]);
  return { text: field.value, chosen: Object.fromEntries(chosen) };
}

function putBack(draft, form, field) {
  // A quotation stays, and is not said twice.
  const quoted = field.dataset.given ?? "";
  field.value = draft.text.startsWith(quoted) ? draft.text : quoted + draft.text;
  for (const name of CHOSEN) {
    // What is no longer offered leaves the choice as it is.
    const choice = form.elements[name];
    const value = draft.chosen?.[name] ?? choice?.value;
    if ([...(choice?.options ?? choice ?? [])].some((each) => each.value === value)) choice.value = value;
  }
}

// Whoever signs in while they write goes on with what they began.
function takeAlong(form, key) {
  const before = draftKey(form, "");
  if (key === before || readDraft(key)) return;
  keepDraft(key, readDraft(before));
  keepDraft(before, null);
}

function offerDraft(form, field, key) {
  const offer = form.querySelector("[data-draft]");
  const draft = readDraft(key);
  // What stands there first, such as the wording to be edited, is nobody's typing.
  const untouched = field.value;
  if (!offer || !draft || draft.text === untouched || untouched !== given(field)) return;
  offer.hidden = false;
  offer.addEventListener("click", (event) => {
    const chosen = event.target.closest("button");
    if (!chosen) return;
    if (chosen.value === "restore" && field.value === untouched) putBack(draft, form, field);
    if (chosen.value === "drop") keepDraft(key, null);
    offer.hidden = true;
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function watchDraft(form, field) {
  const key = draftKey(form);
  takeAlong(form, key);
  offerDraft(form, field, key);
  let timer;
  const keep = (sent) => {
    clearTimeout(timer);
    timer = undefined;
    keepDraft(key, { ...draftOf(form, field), sent });
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(), 400);
  });
  // Whoever goes on to Cancel is faster than that.
  form.addEventListener("focusout", () => timer && keep());
  // Whatever is typed from now on, in whatever tab, was not sent.
  form.addEventListener("submit", () => keep(form.elements.token?.value));
}

// --- The counter: seen with every letter, said only when the end is near, in a pause.

function watchLength(form, field) {
  const counter = form.querySelector("[data-maximum]");
  if (!counter) return;
  const said = form.querySelector("[data-said]");
  const most = Number(counter.dataset.maximum);
  let timer;
  const count = () => {
    const left = most - Array.from(field.value).length;
    const words = left < 0 ? counter.dataset.over : counter.dataset.left;
    counter.textContent = words.replace("0", Math.abs(left).toLocaleString(document.documentElement.lang));
    clearTimeout(timer);
    timer = setTimeout(() => {
      said.textContent = left < most / 10 ? counter.textContent : "";
    }, 1500);
  };
  field.addEventListener("input", count);
  if (field.value) count();
}

// --- Quoting: what is marked in a comment comes along into the reply to it.

const passages = new Map();

// What the page, or a quotation, put into a field.
function given(field) {
  return field.dataset.given ?? field.defaultValue;
}

function rememberPassage(event) {
  const link = event.target.closest?.("[hx-target^='#reply-to-']");
  const marked = document.getSelection();
  if (!link || !marked || marked.isCollapsed) return;
  const body = link.closest("article").querySelector(".fm-comment-body");
  if (!body.contains(marked.anchorNode) || !body.contains(marked.focusNode)) return;
  const lines = marked.toString().trim().split(/\n+/);
  passages.set(new URL(link.href).pathname, `${lines.map((line) => `> ${line}`).join("\n")}\n\n`);
}

function quotePassage(form, field) {
  const path = new URL(form.action).pathname;
  if (passages.has(path) && !field.value) field.value = field.dataset.given = passages.get(path);
  passages.delete(path);
  // One goes on below what is quoted.
  if (field.dataset.given) field.setSelectionRange(field.value.length, field.value.length);
}

function prepare(root) {
  for (const form of root.querySelectorAll("form.fm-composer")) {
    const field = form.querySelector("textarea");
    if (!field || form.dataset.ready) continue;
    form.dataset.ready = "1";
    quotePassage(form, field);
    watchDraft(form, field);
    watchLength(form, field);
  }
}

// --- What is brought in: the eye stays where it was, the focus goes to what came.

function keepOpenReply(event) {
  const field = event.detail.target.querySelector?.(":scope > form.fm-composer textarea");
  if (!field || !event.detail.elt.matches("[hx-get]")) return;
  // A second press must not replace what was typed after the first.
  event.preventDefault();
  field.focus();
}

// On a page of its own, the link leads back.
function closeReply(event) {
  const place = event.target.closest?.("[data-close]")?.closest(".fm-reply-here");
  if (!place) return;
  event.preventDefault();
  place.replaceChildren();
  document.querySelector(`[hx-target="#${place.id}"]`)?.focus();
}

function rememberEnd(event) {
  const list = event.detail.target;
  if (list.matches(".fm-thread")) list.dataset.had = list.children.length;
}

function focusWhatCame(event) {
  const list = event.detail.target;
  // Whoever may not reply is told why instead, and mostly where to sign in.
  list.querySelector(":scope > .fm-notice a")?.focus();
  const heading = list.children[list.dataset.had]?.querySelector(".fm-comment-author, .fm-placeholder > *");
  delete list.dataset.had;
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

// Where the way by scripts fails, the way without them says why.
function goPlain(event) {
  const { elt } = event.detail;
  if (elt.href) location.assign(elt.href);
  else location.reload();
}

// --- Live: says that there are new comments, and moves nothing.

async function look(note) {
  if (document.hidden) return;
  try {
    const answer = await fetch(note.dataset.live, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const fresh = (await answer.json()).new;
    const link = note.querySelector("a");
    const text = link.dataset.text.replace("0", fresh.toLocaleString(document.documentElement.lang));
    if (fresh > 0 && link.textContent !== text) {
      // What is around it was there before, or screen readers would not say it.
      link.textContent = text;
      link.hidden = false;
    }
  } catch {
    // Offline: the next look may succeed.
  }
}

dropWhatWasPosted();
prepare(document);
// Before the click, which takes the mark away.
document.addEventListener("pointerdown", rememberPassage, true);
document.addEventListener("keydown", rememberPassage, true);
document.addEventListener("htmx:beforeRequest", keepOpenReply);
document.addEventListener("click", closeReply);
document.addEventListener("htmx:responseError", goPlain);
document.addEventListener("htmx:beforeSwap", rememberEnd);
document.addEventListener("htmx:afterSwap", () => prepare(document));
document.addEventListener("htmx:afterSettle", focusWhatCame);
for (const note of document.querySelectorAll("[data-live]")) {
  setInterval(() => look(note), 30000);
  document.addEventListener("visibilitychange", () => look(note));
}
