import type { CurvePage, MeasuredStars, Picks, PictureFacts, Probe } from '../api';
import type { Display } from '../store';
import { drawn, marksOf, tileOf } from './pictures';
import { toPicture, toScreen } from './view';
import type { View } from './view';

const colours = { target: '#35e06f', comparison: '#4fc3ff', check: '#ffb02e', field: '#b9c2d0', pointer: '#ff5fd2', saturated: '#ff3b30' };

/** The reduction that has about one picture pixel a screen pixel. */
export function levelFor(scale: number, ratio: number, levels: number): number {
  return Math.max(0, Math.min(levels - 1, Math.floor(Math.log2(1 / (scale * ratio)) + 0.25)));
}

/** The tiles of a level that the canvas shows. */
export function* visible(facts: PictureFacts, view: View, width: number, height: number, level: number): Generator<[column: number, row: number]> {
  const size = facts.tile_size * 2 ** level;
  const [ax, ay] = toPicture(view, width, height, 0, 0);
  const [bx, by] = toPicture(view, width, height, width, height);
  const first = (a: number, b: number): number => Math.max(0, Math.floor((Math.min(a, b) + 0.5) / size));
  const last = (a: number, b: number, end: number): number => Math.min(Math.ceil(end / size) - 1, Math.floor((Math.max(a, b) + 0.5) / size));
  for (let row = first(ay, by); row <= last(ay, by, facts.height); row++) {
    for (let column = first(ax, bx); column <= last(ax, bx, facts.width); column++) {
      yield [column, row];
    }
  }
}

/** Draws a tile's canvas where it belongs. A last tile of a reduction may reach beyond the picture by part of a pixel. */
function place(
  c: CanvasRenderingContext2D,
  picture: HTMLCanvasElement,
  facts: PictureFacts,
  view: View,
  width: number,
  height: number,
  level: number,
  column: number,
  row: number,
): void {
  const factor = 2 ** level;
  const [left, bottom] = [column * facts.tile_size * factor - 0.5, row * facts.tile_size * factor - 0.5];
  const [ax, ay] = toScreen(view, width, height, left, bottom);
  const [bx, by] = toScreen(view, width, height, left + picture.width * factor, bottom + picture.height * factor);
  c.save();
  c.translate(ax, ay);
  c.scale((bx - ax) / picture.width, (by - ay) / picture.height);
  c.drawImage(picture, 0, 0);
  c.restore();
}

/** Draws what is here of a picture; false while tiles are missing (a coarser one stands in), which call back when they are here. */
export function paintPicture(
  c: CanvasRenderingContext2D,
  facts: PictureFacts,
  view: View,
  display: Display,
  width: number,
  height: number,
  ratio: number,
  whenHere: () => void,
): boolean {
  const wanted = levelFor(view.scale, ratio, facts.levels);
  c.imageSmoothingEnabled = view.scale < 1;
  let complete = true;
  for (const level of wanted === facts.levels - 1 ? [wanted] : [facts.levels - 1, wanted]) {
    for (const [column, row] of visible(facts, view, width, height, level)) {
      const tile = tileOf(facts, level, column, row);
      if (tile instanceof Promise) {
        complete &&= level !== wanted;
        tile.then(whenHere, whenHere);
      } else {
        place(c, drawn(tile, facts, display), facts, view, width, height, level, column, row);
      }
    }
  }
  return complete;
}

/** Marks every saturated pixel; where several pixels share one on the screen, it is marked a little larger than it is. */
export function paintSaturated(
  c: CanvasRenderingContext2D,
  facts: PictureFacts,
  view: View,
  width: number,
  height: number,
  ratio: number,
  whenHere: () => void,
): void {
  const level = levelFor(view.scale, ratio, facts.levels);
  const spread = view.scale < 1 ? [-0.7, 0, 0.7] : [0];
  c.imageSmoothingEnabled = false;
  for (const [column, row] of visible(facts, view, width, height, level)) {
    const marks = marksOf(facts, level, column, row, colours.saturated);
    if (marks instanceof Promise) {
      marks.then(whenHere, () => undefined);
    } else if (marks) {
      for (const dx of spread) {
        for (const dy of spread) {
          c.save();
          c.translate(dx, dy);
          place(c, marks, facts, view, width, height, level, column, row);
          c.restore();
        }
      }
    }
  }
}

interface Overlay {
  curve: CurvePage | null;
  stars: MeasuredStars | null;
  picks: Picks;
  pending: boolean;
  probe: Probe | null;
  pointer: { x: number; y: number; radius: number; inner: number; outer: number } | null;
  isReference: boolean;
}

/** Circles over the picture: measured stars, picks that wait for a run, the star under examination, the pointer. */
export function paintOverlay(
  c: CanvasRenderingContext2D,
  o: Overlay,
  view: View,
  display: Display,
  width: number,
  height: number,
): void {
  const circle = (x: number, y: number, radius: number, colour: string, dash: number[] = [], line = 1.5): void => {
    const [sx, sy] = toScreen(view, width, height, x, y);
    c.beginPath();
    c.setLineDash(dash);
    c.lineWidth = line;
    c.strokeStyle = colour;
    c.arc(sx, sy, Math.max(3, radius * view.scale), 0, 2 * Math.PI);
    c.stroke();
  };
  const label = (x: number, y: number, radius: number, text: string, colour: string): void => {
    const [sx, sy] = toScreen(view, width, height, x, y);
    const off = Math.max(3, radius * view.scale) * 0.75 + 3;
    c.font = '600 13px system-ui, sans-serif';
    c.lineWidth = 3;
    c.setLineDash([]);
    c.strokeStyle = 'rgba(0,0,0,.75)';
    c.strokeText(text, sx + off, sy - off);
    c.fillStyle = colour;
    c.fillText(text, sx + off, sy - off);
  };
  if (display.apertures !== 'none' && o.stars?.is_measured && o.curve) {
    const { curve, stars } = o;
    const role = (id: number): ['target' | 'comparison' | 'check' | 'field', string] =>
      id === curve.target
        ? ['target', 'T']
        : id === curve.check
          ? ['check', 'K']
          : curve.comparisons.includes(id)
            ? ['comparison', `C${curve.comparisons.indexOf(id) + 1}`]
            : ['field', `#${id}`];
    for (const star of curve.stars) {
      const [x, y] = [stars.x[star.id], stars.y[star.id]];
      const [what, text] = role(star.id);
      if (x === null || y === null || x === undefined || y === undefined || (what === 'field' && display.apertures !== 'all')) {
        continue;
      }
      const radius = stars.radius ?? 5;
      circle(x, y, radius, colours[what], [], what === 'field' ? 1 : 2);
      if (what !== 'field') {
        circle(x, y, stars.inner ?? radius * 2, colours[what], [4, 4], 1);
        circle(x, y, stars.outer ?? radius * 3, colours[what], [4, 4], 1);
        label(x, y, radius, text, colours[what]);
      } else if (view.scale > 0.8) {
        label(x, y, radius, text, colours[what]);
      }
      if ((stars.flags[star.id] ?? '').includes('saturated')) {
        circle(x, y, radius + 2 / view.scale, colours.saturated, [], 2);
      }
    }
  }
  if (o.pending && o.isReference) {
    const radius = o.pointer?.radius ?? o.probe?.radius ?? 8;
    const mark = (p: { x: number; y: number }, text: string, colour: string): void => {
      circle(p.x, p.y, radius, colour, [6, 3], 2);
      label(p.x, p.y, radius, text, colour);
    };
    if (o.picks.target) {
      mark(o.picks.target, 'T', colours.target);
    }
    o.picks.comparisons.forEach((p, i) => mark(p, `C${i + 1}`, colours.comparison));
    if (o.picks.check) {
      mark(o.picks.check, 'K', colours.check);
    }
  }
  for (const at of [o.probe, o.pointer]) {
    if (at) {
      circle(at.x, at.y, at.radius, colours.pointer, [], 1.5);
      circle(at.x, at.y, at.inner, colours.pointer, [3, 4], 1);
      circle(at.x, at.y, at.outer, colours.pointer, [3, 4], 1);
    }
  }
  c.setLineDash([]);
}
