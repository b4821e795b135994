// Draws the charts of a page where a browser runs scripts; everything else works without this file.
// Vega runs with its own interpreter (ast), since the page's policy forbids making code from text.

const script = document.querySelector("script[data-vega]");
let drawing;

function library() {
  drawing ??= import(script.dataset.vega).then(() => window.vegaEmbed);
  return drawing;
}

async function draw(figure) {
  const plot = figure.querySelector(".plot");
  try {
    const [embed, answer] = await Promise.all([library(), fetch(figure.dataset.spec)]);
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const spec = await answer.json();
    fit(spec, plot.clientWidth);
    await embed(plot, spec, {
      ast: true,
      actions: false,
      defaultStyle: false,
      renderer: "svg",
      loader: { target: "_self" },
      tooltip: { disableDefaultStyle: true },
    });
    figure.dataset.drawn = "yes";
  } catch (error) {
    plot.textContent = "The chart could not be drawn; its figures are below.";
    figure.dataset.drawn = "no";
  }
}

// The drawing takes the room there is, axes and legend within it; letters keep their size.
function fit(spec, room) {
  const square = spec.width === spec.height;
  spec.width = Math.min(room, square ? 560 : 900);
  if (square) spec.height = spec.width;
  if (spec.projection) spec.height = spec.width / 2;
  if (spec.width < 480) shorten(spec);
  if (spec.height?.step) spec.height = spec.height.step * rows(spec);
  spec.autosize = { type: "fit-x", contains: "padding" };
  spec.config.legend.columns = Math.max(1, Math.floor(spec.width / 170));
  narrow(spec);
}

// Around a small circle there is room for codes, not for names.
function shorten(spec) {
  for (const layer of spec.layer ?? []) {
    if (layer.mark.type === "text") layer.encoding.text.field = "code";
  }
}

// A height in steps cannot be fitted: the same as a number, a step for each value on the axis.
function rows(spec) {
  const field = spec.encoding.y.field;
  return new Set(spec.data.values.map((row) => row[field])).size;
}

// A chart names the columns of its legends for a desk; here the room decides.
function narrow(node) {
  if (node && typeof node === "object") {
    if (node.legend) delete node.legend.columns;
    Object.entries(node).forEach(([key, value]) => key !== "values" && key !== "config" && narrow(value));
  }
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (entry.isIntersecting) {
      seen.unobserve(entry.target);
      draw(entry.target);
    }
  }
}, { rootMargin: "300px" });

for (const figure of document.querySelectorAll("figure[data-spec]")) seen.observe(figure);
