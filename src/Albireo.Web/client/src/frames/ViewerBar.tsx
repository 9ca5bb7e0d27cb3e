import { frameOrder, showFrame, step } from '../actions';
import { now, set, setDisplay, use } from '../store';
import type { PickMode } from '../store';
import { factsHere } from './pictures';
import { limits } from './stretch';

/** The frame that is shown, by its number; null limits go back to each frame's own. */
export function holdLimits(): void {
  const { frame, display } = now();
  const facts = frame && factsHere(frame, display.calibrated);
  setDisplay({ held: display.held || !facts ? null : limits(facts, display) });
}

const ranges = ['zscale', 'percentile', 'stars', 'full'] as const;
const bends = ['linear', 'asinh', 'log'] as const;
export const next = <T,>(list: readonly T[], value: T): T => list[(list.indexOf(value) + 1) % list.length]!;
export const nextRange = (): void => setDisplay({ range: next(ranges, now().display.range), held: null });
export const nextBend = (): void => setDisplay({ bend: next(bends, now().display.bend) });
export const nextApertures = (): void => setDisplay({ apertures: next(['none', 'chosen', 'all'] as const, now().display.apertures) });

export function pick(mode: Exclude<PickMode, null>): void {
  set({ pickMode: now().pickMode === mode ? null : mode });
}

export function ViewerBar({ onFit, onOne, onZoom }: { onFit: () => void; onOne: () => void; onZoom: (factor: number) => void }) {
  const frame = use((s) => s.frame);
  const display = use((s) => s.display);
  const pickMode = use((s) => s.pickMode);
  const blink = use((s) => s.blink);
  const curve = use((s) => s.curve);
  const night = use((s) => s.night);
  use((s) => s.tab);
  const order = frameOrder();
  const at = Math.max(0, order.indexOf(frame ?? ''));
  const row = curve?.frames.find((f) => f.id === frame);
  const name = row?.name ?? night?.night.frames.find((f) => f.id === frame)?.frame ?? 'no frame';
  const state = row && !row.measured ? 'left out' : row?.excluded ? 'excluded' : row && curve?.target !== null && !row.used ? 'not used' : '';
  return (
    <div class="bars">
      <div class="bar" role="toolbar" aria-label="Frames">
        <button type="button" onClick={() => step(-1)} aria-label="Previous frame" title="Previous frame (←)">‹</button>
        <input
          type="range"
          min="0"
          max={Math.max(0, order.length - 1)}
          value={at}
          aria-label="Frame"
          aria-valuetext={`${name}, ${at + 1} of ${order.length}`}
          onInput={(e) => showFrame(order[Number((e.target as HTMLInputElement).value)]!)}
        />
        <button type="button" onClick={() => step(1)} aria-label="Next frame" title="Next frame (→)">›</button>
        <button type="button" aria-pressed={blink} onClick={() => set({ blink: !blink })} title="Blink (b)">Blink</button>
        <span class="name" title={row?.reason ?? name}>
          <b>{name}</b> {order.length > 0 ? `${at + 1}/${order.length}` : ''} {state && <i class="state">{state}</i>}
        </span>
      </div>
      <div class="bar" role="toolbar" aria-label="Display">
        <button type="button" aria-pressed={pickMode === 'target'} class="t" onClick={() => pick('target')} title="Pick the target (t)">Target</button>
        <button type="button" aria-pressed={pickMode === 'comparison'} class="c" onClick={() => pick('comparison')} title="Pick comparison stars (c)">Comparison</button>
        <button type="button" aria-pressed={pickMode === 'check'} class="k" onClick={() => pick('check')} title="Pick a check star (e)">Check</button>
        <span class="gap" />
        <button type="button" onClick={() => onZoom(1.5)} aria-label="Zoom in" title="Zoom in (+)">+</button>
        <button type="button" onClick={() => onZoom(1 / 1.5)} aria-label="Zoom out" title="Zoom out (−)">−</button>
        <button type="button" onClick={onFit} title="Whole frame (0)">Fit</button>
        <button type="button" onClick={onOne} title="One to one (z)">1:1</button>
        <span class="gap" />
        <select aria-label="Limits" title="Limits (s)" value={display.range} onChange={(e) => setDisplay({ range: (e.target as HTMLSelectElement).value as typeof display.range, held: null })}>
          <option value="zscale">zscale</option>
          <option value="percentile">1–99 %</option>
          <option value="stars">16–99.9 %</option>
          <option value="full">full range</option>
        </select>
        <select aria-label="Curve" title="Curve (g)" value={display.bend} onChange={(e) => setDisplay({ bend: (e.target as HTMLSelectElement).value as typeof display.bend })}>
          {bends.map((b) => <option key={b} value={b}>{b}</option>)}
        </select>
        <button type="button" aria-pressed={display.held !== null} onClick={holdLimits} title="Hold the limits from frame to frame (l)">Hold</button>
        <button type="button" aria-pressed={display.inverted} onClick={() => setDisplay({ inverted: !display.inverted })} title="Invert (i)">Invert</button>
        <button type="button" aria-pressed={display.flipX} onClick={() => setDisplay({ flipX: !display.flipX })} aria-label="Flip left and right" title="Flip left–right (f)">⇋</button>
        <button type="button" aria-pressed={display.flipY} onClick={() => setDisplay({ flipY: !display.flipY })} aria-label="Flip up and down" title="Flip up–down (v)">⇵</button>
        <button type="button" aria-pressed={display.calibrated} onClick={() => setDisplay({ calibrated: !display.calibrated })} title="Raw or calibrated (k)">Calibrated</button>
        <button type="button" aria-pressed={display.apertures !== 'none'} onClick={nextApertures} title="Apertures: none, chosen, all (a)">Apertures{display.apertures === 'all' ? ': all' : ''}</button>
        <button type="button" aria-pressed={display.saturation} onClick={() => setDisplay({ saturation: !display.saturation })} title="Saturated pixels (o)">Saturated</button>
      </div>
    </div>
  );
}
