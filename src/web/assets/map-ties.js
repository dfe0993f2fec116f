// @ts-check
/**
 * The ties of a large map, as plain lines below the people: many thousand of them are drawn at once, which elements of
 * their own are not. They are away while the map moves.
 */

/** After so many milliseconds without a move they come back. */
const STILL = 90;

/** @typedef {{x: number, y: number}} Spot */
/** @typedef {{from: Spot, to: Spot, width: number, kind: string}} Line */

export class Ties {
  /** @param {any} cy @param {HTMLElement} box @param {() => Record<string, string>} colours */
  constructor(cy, box, colours) {
    this.cy = cy;
    this.box = box;
    this.colours = colours;
    /** @type {Line[]} */
    this.lines = [];
    this.faint = false;
    this.canvas = document.createElement("canvas");
    this.canvas.className = "map-ties";
    this.canvas.setAttribute("aria-hidden", "true");
    box.prepend(this.canvas);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.waiting = undefined;
    cy.on("viewport resize", () => {
      this.canvas.getContext("2d")?.clearRect(0, 0, this.canvas.width, this.canvas.height);
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.draw(), STILL);
    });
  }

  /** @param {Line[]} lines @param {boolean} faint while something else stands out */
  show(lines, faint) {
    this.lines = lines;
    this.faint = faint;
    this.draw();
  }

  draw() {
    const { canvas, box, cy } = this;
    const brush = canvas.getContext("2d");
    if (!brush) return;
    [canvas.width, canvas.height] = [box.clientWidth, box.clientHeight];
    const zoom = cy.zoom();
    const pan = cy.pan();
    const colour = this.colours();
    brush.setTransform(zoom, 0, 0, zoom, pan.x, pan.y);
    brush.globalAlpha = this.faint ? 0.05 : Math.max(0.06, Math.min(0.4, 600 / (this.lines.length + 1)));
    for (const { from, to, width, kind } of this.lines) {
      brush.lineWidth = Math.max(width, 0.6 / zoom);
      brush.strokeStyle = (kind === "declared" ? colour.accent : colour.soft) ?? "gray";
      brush.beginPath();
      brush.moveTo(from.x, from.y);
      brush.lineTo(to.x, to.y);
      brush.stroke();
    }
  }
}
