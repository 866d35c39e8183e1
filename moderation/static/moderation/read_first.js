// A form that came back says why. What stands on a page at load is not read out by
// itself, so the focus goes there.

const why = document.querySelector("[data-read-first]") ?? document.querySelector("main [aria-invalid=true]");
why?.focus();
