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
  changes += 1;
  try {
    const answer = await fetch(address, isPost ? { method: "POST", body: fields } : {});
    if (answer.status === 503) return say("Claimline is out for a moment. What you typed is still here: try again in a minute.");
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
  focusAgain(focused, pairs.map(([, fresh]) => fresh));
  return true;
}

// What was typed into other forms of the region, and which details were open, outlives the swap; details that hold the
// form itself have done their work, unless they have data-stays.
function replace(old, fresh, form) {
  const typed = [...old.querySelectorAll("input[id], textarea[id]")].filter(
    (field) => field.form !== form && field.type !== "hidden" && field.value !== field.defaultValue
  );
  const opened = [...old.querySelectorAll("details[id][open]")].filter(
    (details) => details.hasAttribute("data-stays") || !details.contains(form)
  );
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

// What was refused has the focus, else what had it before, else the first of the regions.
function focusAgain({ id, start, end }, regions) {
  const [region] = regions;
  const refused = regions.map((one) => one.querySelector("[data-focus], [aria-invalid=true]")).find(Boolean);
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

// ---- Polling: <div id="…" data-poll="5"> is brought up to date every 5 seconds; without data-poll it is left alone.

let nextPoll;
// Counts what visitors did to the page: an answer that was asked for before is stale, and dropped.
let changes = 0;

function pollAll() {
  clearTimeout(nextPoll);
  const pauses = [...document.querySelectorAll("[id][data-poll]")].map((element) => Number(element.dataset.poll));
  if (pauses.length && !document.hidden) nextPoll = setTimeout(poll, Math.min(...pauses) * 1000);
}

async function poll() {
  if (!document.querySelector("form[aria-busy=true]")) await refresh();
  pollAll();
}

// Nobody looks at a hidden page; whoever comes back to it sees how things stand.
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && document.querySelector("[id][data-poll]")) poll();
});

async function refresh() {
  const before = changes;
  try {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (before === changes) keepingFocus(() => bringUpToDate(page));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // no connection: the next time may do better
  }
}

function bringUpToDate(page) {
  for (const old of document.querySelectorAll("[id][data-poll]")) {
    const fresh = page.getElementById(old.id);
    if (fresh) mend(old, fresh);
  }
}

// Whatever had the focus keeps it, even where it moved; where it went away, its region has it.
function keepingFocus(change) {
  const active = document.activeElement;
  const region = active?.closest("[data-poll]");
  change();
  if (!region || document.activeElement === active) return;
  const heir = active.isConnected ? active : (active.id && document.getElementById(active.id)) || region;
  if (heir === region) heir.tabIndex = -1;
  heir.focus({ preventScroll: true });
}

// Makes an element like its fresh copy and touches only what differs, so that what is selected, opened, typed or
// focused stays. Children with an id are known by it; fields belong to the visitor.
function mend(old, fresh) {
  if (old.isEqualNode(fresh) || old.matches?.("input, textarea, select")) return;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = fresh.nodeValue;
    return;
  }
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !isVisitors(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && !isVisitors(name)) old.setAttribute(name, value);
  }
  mendChildren(old, [...fresh.childNodes]);
}

function isVisitors(attribute) {
  return attribute === "open" || attribute === "tabindex";
}

function mendChildren(old, wanted) {
  const named = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
  const stay = new Set(wanted.map((child) => named.get(child.id)));
  let place = old.firstChild;
  for (const fresh of wanted) {
    // What is to go makes room first, so that what stays need not be moved.
    while (place?.id && !stay.has(place)) place = removed(place);
    const known = fresh.id ? named.get(fresh.id) : isLike(place, fresh) ? place : null;
    if (!known) {
      old.insertBefore(document.adoptNode(fresh), place);
      continue;
    }
    if (known === place) place = place.nextSibling;
    else old.insertBefore(known, place);
    mend(known, fresh);
  }
  while (place) place = removed(place);
}

function isLike(node, fresh) {
  return node && !node.id && node.nodeName === fresh.nodeName && node.className === fresh.className;
}

function removed(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
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
