import { useEffect, useState } from 'preact/hooks';
import type { CurvePage, Job, NightPage, Probe, WorkbenchState } from './api';

export type Tab = 'night' | 'stars' | 'curve' | 'fit' | 'export' | 'log';
export const tabs: Tab[] = ['night', 'stars', 'curve', 'fit', 'export', 'log'];
export type PickMode = 'target' | 'comparison' | 'check' | null;

export type Range = 'zscale' | 'percentile' | 'stars' | 'full';
export type Bend = 'linear' | 'asinh' | 'log';

export interface Display {
  calibrated: boolean;
  range: Range;
  bend: Bend;
  /** Limits that stay from frame to frame, or null for each frame's own. */
  held: [number, number] | null;
  inverted: boolean;
  flipX: boolean;
  flipY: boolean;
  apertures: 'none' | 'chosen' | 'all';
  saturation: boolean;
}

/** The star under the last click, and the frame on which that was. */
export type Examined = Probe & { frame: string };

export interface State {
  workbench: WorkbenchState | null;
  night: NightPage | null;
  curve: CurvePage | null;
  job: Job | null;
  tab: Tab;
  frame: string | null;
  blink: boolean;
  pickMode: PickMode;
  probe: Examined | null;
  circles: { radius: number; inner: number; outer: number } | null;
  display: Display;
  message: { text: string; isError: boolean } | null;
  help: boolean;
  /** Dark or light; plots are drawn anew with it. */
  theme: string;
  busy: number;
  connected: boolean;
  /** What was typed into forms and not yet sent; kept over a reload. */
  drafts: Record<string, string>;
}

/** What a reload keeps. */
interface Saved {
  drafts: Record<string, string>;
  tab: Tab;
  frame: string | null;
  display: Display;
}

const saved = JSON.parse(sessionStorage.getItem('albireo') ?? '{}') as Partial<Saved>;

let state: State = {
  workbench: null,
  night: null,
  curve: null,
  job: null,
  tab: saved.tab ?? 'night',
  frame: saved.frame ?? null,
  blink: false,
  pickMode: null,
  probe: null,
  circles: null,
  display: saved.display ?? {
    calibrated: false,
    range: 'zscale',
    bend: 'linear',
    held: null,
    inverted: false,
    flipX: false,
    flipY: false,
    apertures: 'chosen',
    saturation: false,
  },
  message: null,
  help: false,
  theme: '',
  busy: 0,
  connected: true,
  drafts: saved.drafts ?? {},
};

const listeners = new Set<() => void>();

export function now(): State {
  return state;
}

export function set(patch: Partial<State>): void {
  state = { ...state, ...patch };
  const { drafts, tab, frame, display } = state;
  sessionStorage.setItem('albireo', JSON.stringify({ drafts, tab, frame, display }));
  for (const listener of [...listeners]) {
    listener();
  }
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A part of the state; the component is drawn again when it is another object. */
export function use<T>(select: (s: State) => T): T {
  const [value, setValue] = useState(() => select(state));
  useEffect(() => {
    const look = () => setValue(() => select(state));
    look();
    return subscribe(look);
  }, []);
  return value;
}

export function setDisplay(patch: Partial<Display>): void {
  set({ display: { ...state.display, ...patch } });
}

export function draft(key: string, fallback = ''): string {
  return state.drafts[key] ?? fallback;
}

export function setDraft(key: string, value: string): void {
  set({ drafts: { ...state.drafts, [key]: value } });
}
