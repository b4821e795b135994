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
    const room = plot.clientWidth;
    if (!spec.height || room < spec.width + 120) fit(spec, room);
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

// A phone has no room for a chart made for a desk: letters keep their size, the drawing gets narrower.
function fit(spec, room) {
  const beside = 140;
  if (typeof spec.width === "number") spec.width = Math.max(180, Math.min(spec.width, room - beside));
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
