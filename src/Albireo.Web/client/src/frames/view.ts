/** Where the canvas looks: the picture position at its centre, screen pixels per picture pixel, and how it is turned over. */
export interface View {
  x: number;
  y: number;
  scale: number;
  flipX: boolean;
  /** False: row 0 is at the bottom, as astronomers draw it. */
  flipY: boolean;
}

export const toScreen = (v: View, width: number, height: number, x: number, y: number): [number, number] => [
  width / 2 + (x - v.x) * v.scale * (v.flipX ? -1 : 1),
  height / 2 + (y - v.y) * v.scale * (v.flipY ? 1 : -1),
];

export const toPicture = (v: View, width: number, height: number, sx: number, sy: number): [number, number] => [
  v.x + ((sx - width / 2) / v.scale) * (v.flipX ? -1 : 1),
  v.y + ((sy - height / 2) / v.scale) * (v.flipY ? 1 : -1),
];

export const fitted = (v: View, width: number, height: number, across: number, down: number): View => ({
  ...v,
  x: (across - 1) / 2,
  y: (down - 1) / 2,
  scale: Math.min(width / across, height / down) * 0.98,
});

/** Zoomed by a factor with the picture position under the pointer kept there. */
export function zoomed(v: View, width: number, height: number, factor: number, sx: number, sy: number): View {
  const scale = Math.min(64, Math.max(0.01, v.scale * factor));
  const [x, y] = toPicture(v, width, height, sx, sy);
  const moved = { ...v, scale };
  const [mx, my] = toPicture(moved, width, height, sx, sy);
  return { ...moved, x: v.x + x - mx, y: v.y + y - my };
}
