import { frameOrder } from '../actions';
import type { PictureFacts } from '../api';
import { now } from '../store';
import { levelFor, visible } from './paint';
import { factsHere, factsOf, starsOf, tileOf } from './pictures';
import type { View } from './view';

/** Waits for the tiles that fill the canvas. */
export async function tilesFor(facts: PictureFacts, view: View, width: number, height: number): Promise<void> {
  const level = levelFor(view.scale, window.devicePixelRatio || 1, facts.levels);
  await Promise.all([...visible(facts, view, width, height, level)].map(([column, row]) => tileOf(facts, level, column, row)));
}

/** The neighbours are fetched while nobody waits; of large frames only the next, since more would push each other out. */
export function prefetch(frame: string, calibrated: boolean, width: number, height: number, view: View): void {
  const order = frameOrder();
  const at = order.indexOf(frame);
  if (at < 0) {
    return;
  }
  const isLarge = (factsHere(frame, false)?.width ?? 0) * (factsHere(frame, false)?.height ?? 0) > 20_000_000;
  for (const by of isLarge ? [1] : [1, -1, 2]) {
    const id = order[(at + by + order.length) % order.length]!;
    void (async () => {
      const raw = await factsOf(id, false);
      const facts = calibrated && raw.has_calibrated ? await factsOf(id, true) : raw;
      await tilesFor(facts, view, width, height);
      const version = now().curve?.version;
      if (version) {
        await starsOf(id, version);
      }
    })().catch(() => undefined);
  }
}
