import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { attempt, editFrames, showFrame } from '../actions';
import { get } from '../api';
import type { Calibration, NightFrame, NightObservation } from '../api';
import { bind } from '../keys';
import { draft, now, setDraft, use } from '../store';

const columns: { key: string; title: string; edit?: string; show?: (f: NightFrame) => string }[] = [
  { key: 'frame', title: 'frame' },
  { key: 'status', title: 'status', show: (f) => (f.status === 'ok' ? 'ok' : f.status.replace('_', ' ')) },
  { key: 'counts_as', title: 'kind', edit: 'kind' },
  { key: 'filter', title: 'filter', edit: 'filter' },
  { key: 'object', title: 'object', edit: 'object' },
  { key: 'exposure_s', title: 'exposure', edit: 'exposure' },
  { key: 'start_utc', title: 'start (UTC)', show: (f) => (f.start_utc as string | null)?.replace('T', ' ').replace(/\.\d+Z?$/, '') ?? '' },
  { key: 'temperature_c', title: '°C' },
  { key: 'size', title: 'size', show: (f) => (f.width ? `${f.width}×${f.height}` : '') },
];

const kinds = ['light', 'bias', 'dark', 'flat', 'darkflat'];
const rowHeight = 27;

/** Where a value came from: the keyword and its text. */
function source(f: NightFrame, key: string): string {
  const name = key === 'counts_as' ? (f.kind ? 'kind' : 'suggested_kind') : key;
  const from = f[`${name}_from`] as string | undefined;
  return from ? `${from} = ${String(f[`${name}_raw`] ?? '')}` : '';
}

const text = (f: NightFrame, column: (typeof columns)[number]): string =>
  column.show ? column.show(f) : f[column.key] === null || f[column.key] === undefined ? '' : String(f[column.key]);

export function NightView() {
  const night = use((s) => s.night);
  const frame = use((s) => s.frame);
  const filter = use((s) => s.drafts['night.search'] ?? '');
  const sources = use((s) => s.drafts['night.sources'] === 'true');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<string | null>(null);
  const [top, setTop] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const all = night?.night.frames ?? [];
  const rows = useMemo(() => {
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
    return words.length === 0
      ? all
      : all.filter((f) => {
          const line = `${columns.map((c) => text(f, c)).join(' ')} ${f.path} ${f.reason ?? ''}`.toLowerCase();
          return words.every((w) => line.includes(w));
        });
  }, [all, filter]);

  const edit = (label: string, values: Record<string, string | null>, ids?: string[]): void => {
    const of = ids ?? (chosen.size > 0 ? [...chosen] : frame ? [frame] : []);
    if (of.length > 0) {
      void editFrames(`${label} (${of.length} frame${of.length === 1 ? '' : 's'})`, of.map((id) => ({ id, values })));
    }
  };
  const exclude = (): void => {
    const ids = chosen.size > 0 ? [...chosen] : frame ? [frame] : [];
    const out = ids.every((id) => all.find((f) => f.id === id)?.edits.exclude !== undefined);
    edit(out ? 'taken back' : 'left out', { exclude: out ? null : draft('night.reason').trim() || 'true' }, ids);
  };
  const latest = useRef(exclude);
  latest.current = exclude;
  useEffect(() => bind({ x: () => latest.current() }), []);

  if (!night || night.version === 0) {
    return <p class="empty">Looking through the folders …</p>;
  }
  if (all.length === 0 && night.problem) {
    return <p class="problem" role="alert">{night.problem}</p>;
  }
  const choose = (id: string, e: MouseEvent): void => {
    const next = new Set(e.ctrlKey || e.metaKey || e.shiftKey || (e.target as HTMLElement).matches('input') ? chosen : []);
    if (e.shiftKey && anchor) {
      const [a, b] = [rows.findIndex((r) => r.id === anchor), rows.findIndex((r) => r.id === id)].sort((p, q) => p - q) as [number, number];
      rows.slice(Math.max(0, a), b + 1).forEach((r) => next.add(r.id));
    } else {
      if (next.has(id)) {
        next.delete(id);
      } else {
        next.add(id);
      }
      setAnchor(id);
    }
    setChosen(next);
    if (all.find((f) => f.id === id)?.width) {
      showFrame(id);
    }
  };
  const height = sources ? rowHeight + 14 : rowHeight;
  const first = Math.max(0, Math.floor(top / height) - 10);
  const last = Math.min(rows.length, first + Math.ceil((box.current?.clientHeight ?? 700) / height) + 20);
  return (
    <div class="night">
      {night.problem && <p class="problem" role="alert">{night.problem}</p>}
      <div class="row">
        <input
          type="search"
          placeholder="Filter: light R 30 …"
          aria-label="Filter the frames"
          value={filter}
          onInput={(e) => setDraft('night.search', (e.target as HTMLInputElement).value)}
        />
        <label class="check">
          <input type="checkbox" checked={sources} onChange={(e) => setDraft('night.sources', String((e.target as HTMLInputElement).checked))} />
          where values come from
        </label>
        <button type="button" onClick={() => setChosen(chosen.size === rows.length ? new Set() : new Set(rows.map((r) => r.id)))}>
          {chosen.size === rows.length && rows.length > 0 ? 'None' : 'All'}
        </button>
        <span class="note">{rows.length} of {all.length} files{chosen.size > 0 && `, ${chosen.size} selected`}</span>
      </div>
      <div class="row bulk" role="group" aria-label="Change the selected frames">
        <select
          aria-label="Kind"
          value=""
          onChange={(e) => {
            const kind = (e.target as HTMLSelectElement).value;
            edit(kind === '-' ? 'kind as in the header' : `kind ${kind}`, { kind: kind === '-' ? null : kind });
            (e.target as HTMLSelectElement).value = '';
          }}
        >
          <option value="" disabled>kind …</option>
          {kinds.map((k) => <option key={k} value={k}>{k}</option>)}
          <option value="-">as in the header</option>
        </select>
        {(['filter', 'object', 'exposure'] as const).map((key) => (
          <input
            key={key}
            aria-label={`New ${key}`}
            placeholder={`${key} …`}
            value={draft(`night.${key}`)}
            onInput={(e) => setDraft(`night.${key}`, (e.target as HTMLInputElement).value)}
            onKeyDown={(e) => {
              if (e.key === 'Enter') {
                const value = draft(`night.${key}`).trim();
                edit(value === '' ? `${key} as in the header` : `${key} ${value}`, { [key]: value === '' ? null : value });
                setDraft(`night.${key}`, '');
              }
            }}
          />
        ))}
        <input aria-label="Reason" placeholder="reason …" value={draft('night.reason')} onInput={(e) => setDraft('night.reason', (e.target as HTMLInputElement).value)} />
        <button type="button" onClick={exclude} title="Leave the selected frames out, or take them back (x)">Leave out / take back <kbd>x</kbd></button>
      </div>
      <div class="scroll frames" ref={box} onScroll={(e) => setTop((e.target as HTMLElement).scrollTop)} tabIndex={0} aria-label="Frames of the night">
        <table aria-rowcount={rows.length}>
          <thead>
            <tr>
              <th><span class="hidden">selected</span></th>
              {columns.map((c) => <th key={c.key} scope="col">{c.title}</th>)}
            </tr>
          </thead>
          <tbody>
            {first > 0 && <tr style={{ height: `${first * height}px` }} />}
            {rows.slice(first, last).map((f, i) => (
              <tr
                key={f.id}
                aria-rowindex={first + i + 1}
                aria-selected={chosen.has(f.id)}
                class={`${f.status === 'ok' ? '' : f.status} ${f.id === frame ? 'current' : ''}`}
                style={{ height: `${height}px` }}
                onClick={(e) => choose(f.id, e)}
              >
                <td><input type="checkbox" aria-label={`Select ${f.frame}`} checked={chosen.has(f.id)} /></td>
                {columns.map((c) => (
                  <td key={c.key} class={f.edits[c.edit ?? ''] !== undefined ? 'edited' : ''} title={c.key === 'status' ? (f.reason ?? '') : c.key === 'frame' ? f.path : source(f, c.key)}>
                    {text(f, c)}
                    {sources && <small>{source(f, c.key)}</small>}
                  </td>
                ))}
              </tr>
            ))}
            {last < rows.length && <tr style={{ height: `${(rows.length - last) * height}px` }} />}
          </tbody>
        </table>
      </div>
      <FrameDetails />
      {night.night.observations.map((o) => <Observation key={o.label} observation={o} />)}
      <details>
        <summary>{night.night.notices.length === 1 ? '1 notice' : `${night.night.notices.length} notices`} about the night</summary>
        <ul>{night.night.notices.map((n) => <li key={n}>{n}</li>)}</ul>
      </details>
      {night.night.ignored.length > 0 && (
        <details>
          <summary>{night.night.ignored.length === 1 ? '1 file was' : `${night.night.ignored.length} files were`} passed over</summary>
          <ul>{night.night.ignored.map((i) => <li key={i.path}>{i.path}: {i.reason}</li>)}</ul>
        </details>
      )}
    </div>
  );
}

const groups = (name: string, list: NightObservation['bias'], tellsExposures = false): string => {
  const all = list.reduce((sum, g) => sum + g.frames, 0);
  return all === 0 ? `no ${name}` : tellsExposures ? list.map((g) => `${g.frames} ${name} of ${g.exposure_s} s`).join(', ') : `${all} ${name}`;
};

/** Which calibration frames fit an observation, and why others do not. */
function Observation({ observation: o }: { observation: NightObservation }) {
  return (
    <section class="observation" aria-label={o.label}>
      <p>
        <b>{[o.object ?? 'no object', o.filter ?? 'no filter'].join(' · ')}</b>: {o.lights.length} lights get {groups('bias frames', o.bias)}, {groups('darks', o.darks, true)}, {groups('flats', o.flats)}
        {o.dark_flats.length > 0 && `; ${groups('dark flats', o.dark_flats, true)}`}.
      </p>
      {o.notes.length > 0 && <ul>{o.notes.map((n) => <li key={n}>{n}</li>)}</ul>}
    </section>
  );
}

/** Header and masters of the frame that is shown. */
function FrameDetails() {
  const frame = use((s) => s.frame);
  const night = use((s) => s.night);
  const version = use((s) => s.curve?.version);
  const [cards, setCards] = useState<string[] | null>(null);
  const [calibration, setCalibration] = useState<Calibration | null>(null);
  const isOpen = use((s) => s.drafts['night.details'] === 'true');
  const found = night?.night.frames.find((f) => f.id === frame);
  useEffect(() => {
    setCards(null);
    setCalibration(null);
    if (!isOpen || !frame || !found?.width) {
      return;
    }
    let isWanted = true;
    void attempt(async () => {
      const [header, masters] = await Promise.all([get<string[]>(`/api/frames/${frame}/header`), get<Calibration>(`/api/frames/${frame}/calibration`)]);
      if (isWanted && now().frame === frame) {
        setCards(header);
        setCalibration(masters);
      }
    });
    return () => {
      isWanted = false;
    };
  }, [frame, isOpen, version, night?.version]);
  if (!found) {
    return null;
  }
  return (
    <details open={isOpen} onToggle={(e) => setDraft('night.details', String((e.target as HTMLDetailsElement).open))}>
      <summary>Masters and header of {found.frame}</summary>
      {found.reason && <p class="note">{found.reason}</p>}
      {calibration && (
        <>
          {calibration.is_kept ? (
            <ul>{calibration.removed.map((r) => <li key={r}><code>{r}</code></li>)}</ul>
          ) : (
            <p class="note">No run has kept a calibrated picture of this frame.</p>
          )}
          {calibration.is_kept && calibration.removed.length <= 1 && <p class="note">Nothing was taken off: no master fits this frame.</p>}
          {calibration.remarks.length > 0 && <ul>{calibration.remarks.map((r) => <li key={r}>{r}</li>)}</ul>}
        </>
      )}
      {cards && <pre class="file" aria-label="Header">{cards.join('\n')}</pre>}
    </details>
  );
}
