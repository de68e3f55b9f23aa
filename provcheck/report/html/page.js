// Everything here is an addition: the page can be read without it.
"use strict";

const items = [...document.querySelectorAll(".item")];
const filters = document.getElementById("filters");

function words(item, name) {
  return (item.dataset[name] || "").split(" ");
}

function chosen(id) {
  const list = document.getElementById(id);
  return list ? list.value : "";
}

function applyFilters() {
  const outcomes = new Set([...filters.querySelectorAll(".chip[aria-pressed=true]")].map((chip) => chip.dataset.outcome));
  const rule = chosen("rule");
  const source = chosen("source");
  for (const item of items) {
    const fits = outcomes.has(item.dataset.outcome)
      && (!rule || words(item, "rules").includes(rule))
      && (!source || words(item, "sources").includes(source));
    item.hidden = !fits;
  }
  const shown = items.filter((item) => !item.hidden).length;
  document.getElementById("shown").textContent = shown === items.length ? "" : `${shown} of ${items.length} shown`;
}

function startFilters() {
  filters.hidden = false;
  for (const chip of filters.querySelectorAll(".chip")) {
    chip.addEventListener("click", () => {
      chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
      applyFilters();
    });
  }
  for (const list of filters.querySelectorAll("select")) {
    list.addEventListener("change", applyFilters);
  }
}

function wipe(figure, percent) {
  const drawing = figure.querySelector("svg");
  const x = drawing.viewBox.baseVal.width * percent / 100;
  drawing.querySelector(".wipe").setAttribute("width", x);
  const edge = drawing.querySelector(".edge");
  edge.setAttribute("x1", x);
  edge.setAttribute("x2", x);
  edge.style.visibility = percent > 0 && percent < 100 ? "visible" : "hidden";
}

function startTools(tools) {
  const figure = tools.closest("figure");
  const slider = tools.querySelector("input");
  const blink = tools.querySelector(".blink");
  let timer = 0;

  function stop() {
    clearInterval(timer);
    timer = 0;
    blink.setAttribute("aria-pressed", "false");
    wipe(figure, Number(slider.value));
  }

  function toggle() {
    if (timer) {
      stop();
      return;
    }
    let over = false;
    const turn = () => {
      over = !over;
      wipe(figure, over ? 100 : 0);
    };
    turn();
    timer = setInterval(turn, 700); // well below three flashes a second (WCAG 2.3.1)
    blink.setAttribute("aria-pressed", "true");
  }

  tools.hidden = false;
  slider.value = 0;
  slider.addEventListener("input", stop);
  blink.addEventListener("click", toggle);
  const drawing = figure.querySelector("svg");
  drawing.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse" && event.buttons !== 1) {
      return;
    }
    const frame = drawing.getBoundingClientRect();
    slider.value = Math.round(100 * (event.clientX - frame.left) / frame.width);
    stop();
  });
}

async function copy(button) {
  const text = document.getElementById(button.dataset.copy);
  let done = false;
  try {
    await navigator.clipboard.writeText(text.textContent);
    done = true;
  } catch {
    getSelection().selectAllChildren(text); // no permission: the reader presses the keys
  }
  const label = button.firstChild;
  label.textContent = done ? "Copied" : "Selected";
  setTimeout(() => { label.textContent = "Copy"; }, 1500);
}

function step(item, by) {
  const shown = items.filter((each) => !each.hidden);
  const next = shown[shown.indexOf(item) + by];
  if (next) {
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  }
}

function lay(item) {
  const slider = item.querySelector(".slider input");
  if (slider) {
    slider.value = slider.value === "100" ? "0" : "100";
    slider.dispatchEvent(new Event("input"));
  }
}

function press(event) {
  const item = event.target.closest(".item");
  if (!item || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("select")) {
    return;
  }
  const actions = {
    j: () => step(item, 1),
    k: () => step(item, -1),
    b: () => item.querySelector(".blink")?.click(),
    l: () => lay(item),
  };
  actions[event.key]?.();
}

for (const tools of document.querySelectorAll(".tools")) {
  startTools(tools);
}
for (const matched of document.querySelectorAll(".strip .matched")) {
  const strip = matched.parentElement;
  strip.scrollLeft = matched.offsetLeft - strip.offsetLeft - (strip.clientWidth - matched.clientWidth) / 2;
}
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
if (filters) {
  startFilters();
}
document.addEventListener("keydown", press);
document.querySelector(".keys").hidden = false;
