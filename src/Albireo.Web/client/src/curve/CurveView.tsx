import { setAperture, showFrameNamed, toggleFrame } from '../actions';
import { setDraft, use } from '../store';
import { number, percent } from '../text';
import { Plot } from './Plot';
import { Ranking } from './Ranking';
import { useFigure } from './useFigure';

const figures = [
  ['lightcurve', 'Light curve'],
  ['folded', 'Folded'],
  ['periodogram', 'Period search'],
  ['comparisons', 'Comparisons'],
  ['raw', 'Target and ensemble'],
  ['systematics', 'Systematics'],
  ['frames', 'Frames'],
  ['precision', 'Precision'],
  ['profile', 'Radial profile'],
] as const;

const heights: Record<string, number> = { lightcurve: 420, systematics: 640, frames: 520, raw: 420 };

export function CurveView() {
  const curve = use((s) => s.curve);
  const frame = use((s) => s.frame);
  const wanted = use((s) => s.drafts['curve.figure'] ?? 'lightcurve');
  const offered = figures.filter(([key]) => (key !== 'folded' || curve?.folded) && (key !== 'periodogram' || curve?.searched));
  const name = offered.some(([key]) => key === wanted) ? wanted : 'lightcurve';
  const { figure, problem } = useFigure(name, curve?.version);
  if (!curve) {
    return <p class="empty">Nothing was measured yet. Pick a target and comparison stars, then run the reduction (r).</p>;
  }
  const row = curve.frames.find((f) => f.id === frame);
  const out = curve.frames.filter((f) => f.excluded).length;
  return (
    <div class="curve">
      <Summary />
      <div class="tabs small" role="tablist" aria-label="Figures">
        {offered.map(([key, title]) => (
          <button key={key} type="button" role="tab" aria-selected={name === key} onClick={() => setDraft('curve.figure', key)}>
            {title}
          </button>
        ))}
      </div>
      {figure ? (
        <Plot figure={figure} selected={row?.name ?? null} onChoose={showFrameNamed} height={heights[name] ?? 340} />
      ) : (
        <p class="empty">{problem ?? curve.problem ?? 'One moment …'}</p>
      )}
      {row && curve.target !== null && (
        <p class="row current">
          <span>
            <b>{row.name}</b> flux {number(row.flux, 8)} {row.flux_error !== null && `± ${number(row.flux_error, 3)}`} {row.flags && <i class="state">{row.flags}</i>}{' '}
            {row.reason && <i class="state">{row.reason}</i>}
          </span>
          <button type="button" aria-pressed={row.excluded} disabled={!row.measured} onClick={() => void toggleFrame(row.id)} title="In or out (x)">
            {row.excluded ? 'Take it back' : 'Leave it out'} <kbd>x</kbd>
          </button>
          {out > 0 && <span>{out} left out</span>}
        </p>
      )}
      {curve.target !== null && <Apertures />}
      {curve.target !== null && <Ranking />}
    </div>
  );
}

export function Summary() {
  const curve = use((s) => s.curve);
  if (!curve || curve.target === null) {
    return curve ? <p class="empty">{curve.problem ?? 'No target was named: pick one (t) among the measured stars.'}</p> : null;
  }
  return (
    <dl class="facts">
      <div>
        <dt>point-to-point scatter</dt>
        <dd data-test="scatter" title={String(curve.point_to_point_scatter)}>{percent(curve.point_to_point_scatter)}</dd>
      </div>
      <div>
        <dt>points</dt>
        <dd data-test="points">
          {curve.used_points} of {curve.frames.length}
        </dd>
      </div>
      <div>
        <dt>aperture</dt>
        <dd>
          {curve.radii[curve.aperture ?? 0]} {curve.radius_unit}
        </dd>
      </div>
      <div>
        <dt>comparisons</dt>
        <dd>
          {curve.comparisons.length}
          {curve.chosen ? ' (chosen)' : ''}
        </dd>
      </div>
      {curve.trend_formula && (
        <div>
          <dt>taken off</dt>
          <dd>{curve.trend_formula}</dd>
        </div>
      )}
    </dl>
  );
}

function Apertures() {
  const curve = use((s) => s.curve)!;
  return (
    <p class="row">
      <label>
        Aperture{' '}
        <select
          value={curve.aperture_chosen ? '' : String(curve.aperture)}
          onChange={(e) => {
            const value = (e.target as HTMLSelectElement).value;
            void setAperture(value === '' ? null : Number(value));
          }}
        >
          <option value="">the best: least {curve.metric}</option>
          {curve.radii.map((r, i) => (
            <option key={r} value={String(i)}>
              {r} {curve.radius_unit} · {percent(curve.scatter_by_aperture[i])}
            </option>
          ))}
        </select>
      </label>
    </p>
  );
}
