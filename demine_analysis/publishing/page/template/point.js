/* Tells the value of a chart that is pointed at, touched, or reached with the arrow keys. The words
   are those of the table below the chart; without this script the table is there all the same. */
for (const plot of document.querySelectorAll(".demine-plot[data-points]")) {
  const rows = plot.closest("figure").querySelectorAll(".demine-values tbody tr");
  const points = plot.dataset.points.split(";").filter(Boolean).map((text) => {
    const [x, y, along] = text.split(" ");
    return { x: Number(x), y: Number(y), along };
  });
  if (!points.length || points.length !== rows.length) continue;
  const dot = plot.appendChild(document.createElement("span"));
  const words = plot.appendChild(document.createElement("p"));
  dot.className = "demine-dot";
  words.className = "demine-reading";
  words.setAttribute("role", "status");
  dot.hidden = words.hidden = true;
  plot.tabIndex = 0;
  plot.setAttribute("role", "group");
  plot.setAttribute("aria-labelledby", plot.closest("figure").getAttribute("aria-labelledby"));
  /* From left to right, or from top to bottom where a row is looked for. */
  const order = points.map((_, at) => at).sort((a, b) => (points[a].along === "y"
    ? points[a].y - points[b].y || points[a].x - points[b].x
    : points[a].x - points[b].x || points[a].y - points[b].y) || a - b);
  let current = -1;
  const say = (at) => {
    const cells = [...rows[at].cells].map((cell) => cell.textContent).filter(Boolean);
    words.textContent = "";
    words.appendChild(document.createElement("strong")).textContent = cells[0];
    words.append(` ${cells.slice(1).join(" · ")}`);
    const { x, y } = points[at];
    dot.style.left = `${x}%`;
    dot.style.top = `${y}%`;
    words.style.left = `${Math.min(Math.max(x, 25), 75)}%`;
    words.style.top = `${y}%`;
    words.classList.toggle("below", y < 40);
    dot.hidden = words.hidden = false;
    plot.dataset.row = at;
    current = order.indexOf(at);
  };
  const hide = () => {
    dot.hidden = words.hidden = true;
    current = -1;
    delete plot.dataset.row;
  };
  const nearest = (event) => {
    const box = plot.getBoundingClientRect();
    const away = ({ x, y, along }) => {
      const across = event.clientX - box.left - (x / 100) * box.width;
      const down = event.clientY - box.top - (y / 100) * box.height;
      /* A bar is meant over its whole length, a point where it stands. */
      return Math.hypot(across * (along === "y" ? 0.2 : 1), down * (along === "x" ? 0.2 : 1));
    };
    return points.reduce((best, point, at) => (away(point) < away(points[best]) ? at : best), 0);
  };
  plot.addEventListener("pointermove", (event) => say(nearest(event)));
  plot.addEventListener("pointerdown", (event) => say(nearest(event)));
  plot.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") hide(); });
  plot.addEventListener("blur", hide);
  plot.addEventListener("focus", () => { if (current < 0) say(order[order.length - 1]); });
  plot.addEventListener("keydown", (event) => {
    const last = order.length - 1;
    const to = { ArrowLeft: current - 1, ArrowUp: current - 1, ArrowRight: current + 1,
      ArrowDown: current + 1, Home: 0, End: last }[event.key];
    if (event.key === "Escape") hide();
    if (to === undefined) return;
    event.preventDefault();
    say(order[Math.min(Math.max(to, 0), last)]);
  });
}
/* Shows the rows of tables that a reader chooses; without this script the lists are not shown. */
for (const box of document.querySelectorAll(".demine-filter")) {
  const lists = [...box.querySelectorAll("select")];
  const said = box.querySelector("output");
  const rows = [...box.parentElement.querySelectorAll("tbody tr")];
  const holders = [...box.parentElement.querySelectorAll(".demine-table, details")];
  const choose = () => {
    const chosen = lists.filter((list) => list.value);
    for (const row of rows) row.hidden = chosen.some((list) => row.dataset[list.dataset.of] !== list.value);
    for (const holder of holders) {
      holder.hidden = !holder.querySelector("tbody tr:not([hidden])");
      if (holder.localName === "details") holder.open = chosen.length > 0;
    }
    const shown = rows.filter((row) => !row.hidden).length;
    said.textContent = said.dataset.words.replace("{n}", shown).replace("{all}", rows.length);
  };
  for (const list of lists) list.addEventListener("change", choose);
  box.hidden = false;
}
