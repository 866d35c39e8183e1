// Votes by the keys 1, 2 and 3 while the statement has the focus, which it gets after
// each vote. The access keys of the buttons need no script.

const card = document.querySelector("#statement");
const told = card?.querySelector("[data-keys]");

function vote(event) {
  if (event.repeat || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.matches("textarea, select, input:not([type=checkbox])")) return;
  card.querySelector(`button[accesskey="${CSS.escape(event.key)}"]`)?.click();
}

if (told) {
  told.hidden = false;
  card.addEventListener("keydown", vote);
}
