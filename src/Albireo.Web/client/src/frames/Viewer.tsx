import { useEffect, useRef, useState } from 'preact/hooks';
import { get } from '../api';
import type { MeasuredStars, PictureFacts, Probe } from '../api';
import { attempt, currentPicks, pickStar, say, showFrame, step } from '../actions';
import { bind } from '../keys';
import { now, set, subscribe, use } from '../store';
import { number } from '../text';
import { paintOverlay, paintPicture, paintSaturated } from './paint';
import { factsHere, factsOf, pixelOf, saturatedOf, starsOf } from './pictures';
import { ProbeStrip } from './ProbeStrip';
import { prefetch, tilesFor } from './tiles';
import { fitted, toPicture, toScreen, zoomed } from './view';
import type { View } from './view';
import { ViewerBar } from './ViewerBar';

/** What is on the canvas: the frame that was asked for, or the one before until it is here. */
interface Shown {
  facts: PictureFacts;
  stars: MeasuredStars | null;
}

const blinkMilliseconds = 350;

export function Viewer() {
  const frame = use((s) => s.frame);
  const display = use((s) => s.display);
  const curve = use((s) => s.curve);
  const picks = use((s) => s.workbench?.picks);
  const pickMode = use((s) => s.pickMode);
  const probe = use((s) => s.probe);
  const circles = use((s) => s.circles);
  const blink = use((s) => s.blink);
  const night = use((s) => s.night);
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useRef<View>({ x: 0, y: 0, scale: 0, flipX: display.flipX, flipY: display.flipY });
  const shown = useRef<Shown | null>(null);
  const pointer = useRef<{ x: number; y: number } | null>(null);
  const [readout, setReadout] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const scheduled = useRef(0);
  const latest = useRef<() => void>(() => undefined);

  const size = (): [number, number] => [canvas.current!.clientWidth, canvas.current!.clientHeight];

  /** The view with a scale: a frame that is to be fitted is fitted now. */
  const settled = (): View => {
    const s = shown.current;
    const [width, height] = size();
    if (view.current.scale === 0 && s && width > 0 && height > 0) {
      view.current = fitted(view.current, width, height, s.facts.width, s.facts.height);
    }
    return view.current;
  };

  const paint = (): void => {
    scheduled.current = 0;
    const element = canvas.current;
    const s = shown.current;
    if (!element || !s) {
      return;
    }
    const [width, height] = size();
    if (width === 0 || height === 0) {
      return;
    }
    const ratio = window.devicePixelRatio || 1;
    if (element.width !== Math.round(width * ratio) || element.height !== Math.round(height * ratio)) {
      element.width = Math.round(width * ratio);
      element.height = Math.round(height * ratio);
    }
    const state = now();
    view.current = { ...view.current, flipX: state.display.flipX, flipY: state.display.flipY };
    settled();
    const c = element.getContext('2d')!;
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.fillStyle = '#0b0d12';
    c.fillRect(0, 0, width, height);
    const complete = paintPicture(c, s.facts, view.current, state.display, width, height, ratio, schedule);
    if (state.display.saturation) {
      paintSaturated(c, s.facts, view.current, width, height, ratio, schedule);
    }
    const at = pointer.current;
    const unit = state.circles ?? state.probe ?? (s.stars?.is_measured ? { radius: s.stars.radius!, inner: s.stars.inner!, outer: s.stars.outer! } : { radius: 8, inner: 16, outer: 28 });
    paintOverlay(
      c,
      {
        curve: state.curve,
        stars: s.stars,
        picks: currentPicks(),
        pending: !!picks,
        isReference: (picks?.frame ?? state.curve?.reference_id) === s.facts.id,
        probe: state.probe,
        pointer: at && state.pickMode ? { ...at, radius: unit.radius, inner: unit.inner, outer: unit.outer } : null,
      },
      view.current,
      state.display,
      width,
      height,
    );
    element.dataset.frame = complete ? s.facts.name : '';
    element.dataset.view = JSON.stringify(view.current);
  };

  const schedule = (): void => {
    if (scheduled.current === 0) {
      scheduled.current = requestAnimationFrame(() => latest.current());
    }
  };
  latest.current = paint;

  // The frame that is wanted: its facts and the tiles that the canvas needs come first, then the picture changes at once.
  useEffect(() => {
    if (frame === null) {
      return;
    }
    let isWanted = true;
    const wantsCalibrated = display.calibrated;
    const load = async (): Promise<void> => {
      const raw = factsHere(frame, false) ?? (await factsOf(frame, false));
      const calibrated = wantsCalibrated && raw.has_calibrated;
      const facts = calibrated ? await factsOf(frame, true) : raw;
      const [width, height] = canvas.current ? size() : [800, 600];
      const before = shown.current;
      const isOtherSize = before === null || before.facts.width !== facts.width || before.facts.height !== facts.height;
      const fits = view.current.scale === 0 || isOtherSize;
      await tilesFor(facts, fits ? fitted(view.current, width, height, facts.width, facts.height) : view.current, width, height);
      if (!isWanted) {
        return;
      }
      shown.current = { facts, stars: before?.facts.id === facts.id ? before.stars : null };
      if (isOtherSize) {
        view.current = { ...view.current, scale: 0 };
      }
      if (facts.changed) {
        say(facts.changed, true);
      }
      setProblem(null);
      latest.current();
      readPixel();
      const version = now().curve?.version;
      if (version) {
        void starsOf(frame, version).then((stars) => {
          if (shown.current?.facts.id === frame) {
            shown.current = { ...shown.current, stars };
            schedule();
          }
        });
      }
      if (now().display.saturation) {
        void attempt(async () => {
          const { level, from, count } = await saturatedOf(frame);
          if (shown.current?.facts.id === frame) {
            say(
              level === null
                ? 'The saturation level of this camera is not known; give detector.saturation to the run.'
                : `${count} ${count === 1 ? 'pixel is' : 'pixels are'} saturated: ${number(level)} or more (${from}).`,
            );
          }
        });
      }
      prefetch(frame, wantsCalibrated, width, height, view.current);
    };
    load().catch((e: unknown) => {
      if (isWanted) {
        setProblem(e instanceof Error ? e.message : String(e));
      }
    });
    return () => {
      isWanted = false;
    };
  }, [frame, display.calibrated, display.saturation, curve?.version, night?.version]);

  useEffect(schedule, [display, picks, pickMode, probe, circles, curve]);

  useEffect(() => {
    // Another width fits the frame anew; when only the strip below comes and goes, the picture keeps its scale.
    let width = 0;
    const observer = new ResizeObserver(() => {
      if (width !== canvas.current!.clientWidth) {
        width = canvas.current!.clientWidth;
        view.current = { ...view.current, scale: 0 };
      }
      schedule();
    });
    observer.observe(canvas.current!);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    if (!blink) {
      return;
    }
    const timer = setInterval(() => step(1), blinkMilliseconds);
    return () => clearInterval(timer);
  }, [blink]);

  // The star under examination belongs to the frame that it was found on.
  useEffect(() => subscribe(() => {
    const { probe: p, frame: f } = now();
    if (p && p.frame !== f) {
      set({ probe: null });
    }
  }), []);

  const zoomBy = (factor: number): void => {
    const [width, height] = size();
    const at = pointer.current ? toScreen(settled(), width, height, pointer.current.x, pointer.current.y) : [width / 2, height / 2];
    view.current = zoomed(settled(), width, height, factor, at[0]!, at[1]!);
    schedule();
  };
  const zoomTo = (scale: number): void => zoomBy(scale / settled().scale);
  const fit = (): void => {
    view.current = { ...view.current, scale: 0 };
    schedule();
  };
  const pan = (dx: number, dy: number): void => {
    settled();
    view.current = {
      ...view.current,
      x: view.current.x - (dx / view.current.scale) * (view.current.flipX ? -1 : 1),
      y: view.current.y - (dy / view.current.scale) * (view.current.flipY ? 1 : -1),
    };
    schedule();
  };

  useEffect(
    () =>
      bind({
        '+': () => zoomBy(1.5),
        '=': () => zoomBy(1.5),
        '-': () => zoomBy(1 / 1.5),
        '0': fit,
        z: () => zoomTo(1),
        'Shift+ArrowLeft': () => pan(80, 0),
        'Shift+ArrowRight': () => pan(-80, 0),
        'Shift+ArrowUp': () => pan(0, 80),
        'Shift+ArrowDown': () => pan(0, -80),
        h: () => {
          const home = now().workbench?.picks?.frame ?? now().curve?.reference_id;
          if (home) {
            showFrame(home);
          }
        },
      }),
    [],
  );

  const readPixel = (): void => {
    const s = shown.current;
    const at = pointer.current;
    if (!s || !at) {
      return;
    }
    const [x, y] = [Math.round(at.x), Math.round(at.y)];
    if (x < 0 || y < 0 || x >= s.facts.width || y >= s.facts.height) {
      setReadout('');
      return;
    }
    pixelOf(s.facts, x, y)
      .then((value) => setReadout(`x ${x}  y ${y}  ${value === null ? 'undefined' : number(value, 7)}`))
      .catch(() => setReadout(''));
  };

  const examine = async (x: number, y: number): Promise<void> => {
    const s = shown.current;
    if (!s) {
      return;
    }
    await attempt(async () => {
      const { circles: c, pickMode: mode, curve: known } = now();
      const radii = c ? `&radius=${c.radius}&inner=${c.inner}&outer=${c.outer}` : '';
      const found = await get<Probe>(
        `/api/frames/${s.facts.id}/probe?x=${x.toFixed(2)}&y=${y.toFixed(2)}&calibrated=${s.facts.calibrated}${radii}`,
      );
      set({ probe: { ...found, frame: s.facts.id } });
      if (!mode) {
        return;
      }
      // A star that has been measured is named by its number, in whichever frame it was pointed at.
      const waiting = now().workbench?.picks?.frame;
      const measured = nearest(s.stars, found, Math.max(6, 1.5 * (s.stars?.fwhm ?? 4)));
      if (known && measured !== null) {
        await pickStar(mode, { id: measured, x: known.stars[measured]!.x, y: known.stars[measured]!.y }, s.facts.id);
      } else if ((known && known.reference_id !== s.facts.id) || (waiting && waiting !== s.facts.id)) {
        say('No star was measured there. Stars to be measured anew are picked on the reference frame (press h).', true);
      } else {
        await pickStar(mode, { id: null, x: found.x, y: found.y }, s.facts.id);
        say(`${mode} at ${found.x.toFixed(1)}, ${found.y.toFixed(1)}: press r to run.`);
      }
      if (mode === 'target') {
        set({ pickMode: 'comparison' });
      }
    });
  };

  // Pointers: one drags or clicks, two pinch.
  const touches = useRef(new Map<number, [number, number]>());
  const dragged = useRef(false);
  const place = (e: PointerEvent): [number, number] => {
    const box = canvas.current!.getBoundingClientRect();
    return [e.clientX - box.left, e.clientY - box.top];
  };
  const onDown = (e: PointerEvent): void => {
    canvas.current!.setPointerCapture(e.pointerId);
    touches.current.set(e.pointerId, place(e));
    dragged.current = touches.current.size > 1;
  };
  const onMove = (e: PointerEvent): void => {
    const [width, height] = size();
    const [sx, sy] = place(e);
    const before = touches.current.get(e.pointerId);
    if (before && touches.current.size === 2) {
      const other = [...touches.current].find(([id]) => id !== e.pointerId)![1];
      const was = Math.hypot(before[0] - other[0], before[1] - other[1]);
      const is = Math.hypot(sx - other[0], sy - other[1]);
      view.current = zoomed(view.current, width, height, is / Math.max(1, was), other[0], other[1]);
      touches.current.set(e.pointerId, [sx, sy]);
    } else if (before && (dragged.current || Math.hypot(sx - before[0], sy - before[1]) > 4)) {
      dragged.current = true;
      pan(sx - before[0], sy - before[1]);
      touches.current.set(e.pointerId, [sx, sy]);
    }
    const [x, y] = toPicture(settled(), width, height, sx, sy);
    pointer.current = { x, y };
    readPixel();
    schedule();
  };
  const onUp = (e: PointerEvent): void => {
    const wasClick = !dragged.current && touches.current.size === 1 && e.button === 0;
    touches.current.delete(e.pointerId);
    if (wasClick) {
      const [width, height] = size();
      const [x, y] = toPicture(settled(), width, height, ...place(e));
      void examine(x, y);
    }
  };
  const onWheel = (e: WheelEvent): void => {
    e.preventDefault();
    const box = canvas.current!.getBoundingClientRect();
    const [width, height] = size();
    view.current = zoomed(settled(), width, height, Math.exp(-e.deltaY / 400), e.clientX - box.left, e.clientY - box.top);
    schedule();
  };

  const name = curve?.frames.find((f) => f.id === frame)?.name ?? night?.night.frames.find((f) => f.id === frame)?.frame ?? '';
  return (
    <section class="viewer" aria-label="Frame viewer">
      <ViewerBar onFit={fit} onOne={() => zoomTo(1)} onZoom={zoomBy} />
      <div class="sky">
        <canvas
          ref={canvas}
          tabIndex={0}
          class={pickMode ? 'picking' : ''}
          role="img"
          aria-label={`Frame ${name}. ${pickMode ? `Click the ${pickMode} star.` : 'Click a star to examine it.'}`}
          onPointerDown={onDown}
          onPointerMove={onMove}
          onPointerUp={onUp}
          onPointerCancel={(e) => touches.current.delete(e.pointerId)}
          onPointerLeave={() => {
            pointer.current = null;
            setReadout('');
            schedule();
          }}
          onWheel={onWheel}
        />
        {problem && (
          <p class="over problem" role="alert">
            {problem}
          </p>
        )}
        <p class="readout" aria-live="off">
          {readout}
        </p>
      </div>
      {probe && <ProbeStrip probe={probe} />}
    </section>
  );
}

function nearest(stars: MeasuredStars | null, at: { x: number; y: number }, reach: number): number | null {
  let [best, least] = [null as number | null, reach];
  stars?.x.forEach((x, i) => {
    const y = stars.y[i];
    const far = x === null || y === null || y === undefined ? Infinity : Math.hypot(x - at.x, y - at.y);
    if (far <= least) {
      [best, least] = [i, far];
    }
  });
  return best;
}
