(() => {
  "use strict";
  const tools = document.querySelector(".tools");
  const status = document.getElementById("status");
  const results = document.getElementById("results");
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  tools.hidden = false;

  // Search: sections whose own text, without that of the sections below them, has every word.
  const MOST = 60;
  let index = null;
  const ownText = (section) => {
    const copy = [...section.children].filter((child) => child.tagName !== "SECTION");
    return fold(copy.map((child) => child.textContent).join(" "));
  };
  const find = (query) => {
    index ??= [...document.querySelectorAll("main section")].map((section) => [section, ownText(section)]);
    const words = fold(query).split(/\s+/).filter(Boolean);
    const found = index.filter(([, text]) => words.every((word) => text.includes(word)));
    results.replaceChildren(...found.slice(0, MOST).map(([section]) => {
      const titles = [];
      for (let at = section; at; at = at.parentElement.closest("section")) {
        titles.unshift(at.firstElementChild.textContent.trim());
      }
      const link = document.createElement("a");
      link.href = "#" + section.id;
      link.textContent = titles.slice(-3).join(" \u203a ");
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
    status.textContent = found.length ? `${found.length} ${status.dataset.found}` : status.dataset.nothing;
  };
  let waiting = 0;
  document.getElementById("search").addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (event.target.value.trim().length > 1) return find(event.target.value);
      results.replaceChildren();
      status.textContent = "";
    }, 150);
  });

  // Filter: rows of tables with levels that have none of the chosen ones are hidden.
  const boxes = [...tools.querySelectorAll("input[name=level]")];
  const filter = () => {
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    let shown = 0;
    for (const row of document.querySelectorAll("tbody tr:has(td[data-levels])")) {
      const levels = [...row.querySelectorAll("td[data-levels]")].flatMap((cell) => cell.dataset.levels.split(" "));
      row.hidden = chosen.length > 0 && !chosen.some((level) => levels.includes(level));
      if (!row.hidden) shown += 1;
    }
    status.textContent = chosen.length ? `${shown} ${status.dataset.rows}` : "";
  };
  boxes.forEach((box) => box.addEventListener("change", filter));

  // Sort: a button in each head of a table with more than two rows; within the groups of rows.
  const key = (row, column) => {
    const cell = row.children[column];
    const given = cell.dataset.sort;
    return given === undefined ? cell.textContent.trim() : Number(given);
  };
  const compare = (one, other) => {
    if (typeof one === "number" && typeof other === "number") return one - other;
    if (typeof one === "number") return -1;
    if (typeof other === "number") return 1;
    return one.localeCompare(other, document.documentElement.lang, { numeric: true });
  };
  for (const table of document.querySelectorAll("main table:not(.chart)")) {
    const bodies = [...table.tBodies];
    if (bodies.reduce((sum, body) => sum + body.rows.length, 0) < 3 || !table.tHead) continue;
    const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
    heads.forEach((head, column) => {
      if (head.tagName !== "TH") return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.replaceChildren(button);
      button.title = status.dataset.sort;
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((one) => one.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        for (const body of bodies) {
          const rows = [...body.rows].filter((row) => !row.matches(".group, .remark"));
          const below = new Map(rows.map((row) => [row, row.nextElementSibling?.matches(".remark") ? [row.nextElementSibling] : []]));
          rows.sort((one, other) => compare(key(one, column), key(other, column)) * (down ? -1 : 1));
          body.append(...rows.flatMap((row) => [row, ...below.get(row)]));
        }
      });
    });
  }

  // Colours: the other one of light and dark, whatever the system prefers.
  document.getElementById("colours").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
})();
