// Makes pages quicker and never necessary: swaps what a form changed, asks again for what is under way, and adds keys.
"use strict";

// ---- Swapping: <form data-swap="#region"> is sent in the background, and the answer's same region takes its place.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.dataset.swap) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  send(form, event.submitter);
});

async function send(form, submitter) {
  const fields = new URLSearchParams(new FormData(form, submitter));
  const isPost = form.method === "post";
  const address = new URL(submitter?.getAttribute("formaction") || form.action);
  if (!isPost) address.search = fields;
  markBusy(form, true);
  try {
    const answer = await fetch(address, isPost ? { method: "POST", body: fields } : {});
    if (answer.status >= 500) return say("Something broke on our side. What you typed is still here: try again in a minute.");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!swap(page, form)) showWhole(page);
    if (answer.redirected || !isPost) show(answer.url, isPost ? "replaceState" : "pushState");
    document.title = page.title;
    pollAll();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    say("The server did not answer, so nothing was stored as far as we know. What you typed is still here: try again.");
  } finally {
    markBusy(form, false);
  }
}

// Puts the answer's regions in place of ours; false, and nothing is changed, where one of them is missing.
function swap(page, form) {
  const pairs = form.dataset.swap.split(",").map((selector) => [
    document.querySelector(selector), page.querySelector(selector),
  ]);
  if (pairs.some(([old, fresh]) => !old || !fresh)) return false;
  const focused = remembered(document.activeElement);
  for (const [old, fresh] of pairs) replace(old, fresh, form);
  const messages = page.getElementById("messages");
  if (messages) document.getElementById("messages").replaceChildren(...messages.childNodes);
  focusAgain(focused, pairs[0][1]);
  return true;
}

// What was typed into other forms of the region, and which details were open, outlives the swap.
function replace(old, fresh, form) {
  const typed = [...old.querySelectorAll("input[id], textarea[id]")].filter(
    (field) => field.form !== form && field.type !== "hidden" && field.value !== field.defaultValue
  );
  const opened = [...old.querySelectorAll("details[id][open]")].filter((details) => !details.contains(form));
  old.replaceWith(document.adoptNode(fresh));
  for (const field of typed) {
    const successor = document.getElementById(field.id);
    if (successor && successor.value === successor.defaultValue) successor.value = field.value;
  }
  for (const details of opened) document.getElementById(details.id)?.setAttribute("open", "");
}

function remembered(element) {
  return { id: element?.id, start: element?.selectionStart, end: element?.selectionEnd };
}

function focusAgain({ id, start, end }, region) {
  const refused = region.querySelector("[data-focus], [aria-invalid=true]");
  const wanted = refused || (id && document.getElementById(id)) || region;
  if (!wanted.matches("a, button, input, textarea, select, summary, [tabindex]")) wanted.tabIndex = -1;
  wanted.focus({ preventScroll: wanted === region });
  if (wanted.id === id && start != null) wanted.setSelectionRange(start, end);
}

// The answer is another page, such as an error or the sign-in page: it takes the place of this one.
function showWhole(page) {
  for (const sheet of page.querySelectorAll("link[rel=stylesheet]")) {
    if (!document.head.querySelector(`link[href="${CSS.escape(sheet.getAttribute("href"))}"]`)) document.head.append(sheet);
  }
  document.body.replaceWith(document.adoptNode(page.body));
  document.getElementById("main").focus();
  scrollTo(0, 0);
}

// The address that is shown; going back to one that a swap replaced loads it anew.
let shown = location.pathname + location.search;

function show(url, step) {
  const next = new URL(url);
  if (next.pathname + next.search !== shown) history[step](null, "", url);
  shown = next.pathname + next.search;
}

addEventListener("popstate", () => {
  if (location.pathname + location.search !== shown) location.reload();
});

function markBusy(form, isBusy) {
  form.toggleAttribute("aria-busy", isBusy);
  if (isBusy) form.setAttribute("aria-busy", "true");
  for (const button of form.querySelectorAll("button")) {
    if (isBusy) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

function say(words) {
  const message = document.createElement("p");
  message.className = "message";
  message.textContent = words;
  document.getElementById("messages").replaceChildren(message);
  document.getElementById("messages").scrollIntoView({ block: "nearest" });
}

// ---- Polling: <div id="…" data-poll="5"> is asked for again until the answer's element has no data-poll any more.

const polled = new Set();

function pollAll() {
  for (const element of document.querySelectorAll("[id][data-poll]")) pollLater(element);
}

function pollLater(element) {
  if (polled.has(element.id)) return;
  polled.add(element.id);
  setTimeout(() => poll(element.id), Number(element.dataset.poll) * 1000);
}

async function poll(id) {
  polled.delete(id);
  const element = document.getElementById(id);
  if (!element?.dataset.poll) return;
  if (!document.hidden && !element.contains(document.activeElement)) await refresh(element);
  pollAll();
}

async function refresh(element) {
  try {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(element.id);
    if (fresh && fresh.outerHTML !== element.outerHTML) element.replaceWith(document.adoptNode(fresh));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // no connection: the next time may do better
  }
}

pollAll();

// ---- Keys: data-key="e" presses a link or button, or goes to a field; data-rows makes j and k walk its data-row links.

const KEYS_OFF = "claimline-keys-off";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  if (event.key === "?") return showKeys();
  if (localStorage.getItem(KEYS_OFF)) return;
  if ((event.key === "j" || event.key === "k") && walkRows(event.key === "j" ? 1 : -1)) return event.preventDefault();
  if (event.key === "o" && event.target.matches("[data-row]")) return event.target.click();
  const element = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!element) return;
  event.preventDefault();
  if (element.matches("input, textarea, select")) element.focus();
  else element.click();
});

function walkRows(step) {
  const rows = [...document.querySelectorAll("[data-rows] [data-row]")];
  if (!rows.length) return false;
  const at = rows.indexOf(document.activeElement);
  rows[Math.min(Math.max(at + step, 0), rows.length - 1)].focus();
  return true;
}

function hintAtKeys() {
  if (!document.querySelector("[data-key]")) return;
  const hint = document.createElement("p");
  hint.className = "faint";
  hint.append("Press ", Object.assign(document.createElement("kbd"), { textContent: "?" }), " for the keys of this page.");
  document.querySelector(".footer-inner").append(hint);
}

function showKeys() {
  document.getElementById("keys")?.remove();
  const dialog = document.createElement("dialog");
  dialog.id = "keys";
  dialog.setAttribute("aria-labelledby", "keys-title");
  dialog.innerHTML = '<h2 id="keys-title">Keys on this page</h2><dl class="keys"></dl>' +
    '<label class="keys-on"><input type="checkbox"> Use single keys</label>' +
    '<form method="dialog"><button>Close</button></form>';
  for (const [key, label] of keysHere()) addKey(dialog.querySelector("dl"), key, label);
  const isOn = dialog.querySelector("input");
  isOn.checked = !localStorage.getItem(KEYS_OFF);
  isOn.addEventListener("change", () => {
    if (isOn.checked) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "1");
  });
  document.body.append(dialog);
  dialog.showModal();
}

function keysHere() {
  const keys = [...document.querySelectorAll("[data-key]")].map((element) => [element.dataset.key, labelOf(element)]);
  if (document.querySelector("[data-rows] [data-row]")) keys.unshift(["j", "Next row"], ["k", "Previous row"], ["o", "Open the row"]);
  return [...new Map([...keys, ["?", "This list"]])];
}

function labelOf(element) {
  return element.dataset.keyLabel || element.getAttribute("aria-label") || element.labels?.[0]?.textContent.trim() ||
    element.textContent.trim();
}

function addKey(list, key, label) {
  const term = document.createElement("dt");
  const words = document.createElement("dd");
  term.append(Object.assign(document.createElement("kbd"), { textContent: key }));
  words.textContent = label;
  list.append(term, words);
}

hintAtKeys();
