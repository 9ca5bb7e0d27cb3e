import { showFrameNamed, fit as fitTransit } from '../actions';
import type { Setting } from '../api';
import { Summary } from '../curve/CurveView';
import { Plot } from '../curve/Plot';
import { useFigure } from '../curve/useFigure';
import { now, setDraft, use } from '../store';
import { number, percent } from '../text';

const fields = [
  ['name', 'Planet', 'WASP-12 b'],
  ['period', 'Period (d)', '2.1500082'],
  ['t0', 'A mid-transit (BJD_TDB)', '2454420.44712'],
  ['rp-rs', 'Rp/R*', 'free'],
  ['a-rs', 'a/R*', '6.05,0.04'],
  ['inclination', 'Inclination (deg)', '88.98,0.7'],
  ['eccentricity', 'Eccentricity', '0'],
  ['omega', 'ω (deg)', '90'],
  ['u1', 'u1', '0.35'],
  ['u2', 'u2', '0.25'],
  ['tc-window', 'Mid-transit within (min)', ''],
  ['baseline', 'Baseline', 'airmass'],
] as const;

const tcDigits = 6;
const shown = (name: string, value: number | null): string => (value === null ? '–' : name === 'tc' ? value.toFixed(tcDigits) : number(value, 6));

/** What is typed, else what OUT remembers. */
function valueOf(key: string): string {
  const typed = now().drafts[`fit.${key}`];
  return typed ?? now().curve?.settings.find((s) => s.key === `fit.${key}`)?.values.join(',') ?? '';
}

function settings(): Setting[] {
  return fields
    .filter(([key]) => now().drafts[`fit.${key}`] !== undefined)
    .map(([key]) => {
      const text = valueOf(key).trim();
      return { key: `fit.${key}`, values: text === '' ? null : text.split(',').map((t) => t.trim()) };
    });
}

export function FitView() {
  const curve = use((s) => s.curve);
  const frame = use((s) => s.frame);
  const busy = use((s) => s.busy > 0 && s.job?.kind === 'fit' && s.job.state === 'running');
  use((s) => s.drafts);
  const { figure } = useFigure('lightcurve', curve?.version);
  if (!curve || curve.target === null) {
    return <p class="empty">A transit is fitted to a light curve: pick a target and run first.</p>;
  }
  const fit = curve.fit;
  const selected = curve.frames.find((f) => f.id === frame)?.name ?? null;
  return (
    <div class="fit">
      <Summary />
      <form
        class="form"
        onSubmit={(e) => {
          e.preventDefault();
          void fitTransit(settings());
        }}
      >
        {fields.map(([key, label, example]) => (
          <label key={key} title="A number is held; value,error is a prior; empty is free.">
            {label}
            <input name={key} value={valueOf(key)} placeholder={example} onInput={(e) => setDraft(`fit.${key}`, (e.target as HTMLInputElement).value)} />
          </label>
        ))}
        <p class="row wide">
          <button type="submit" class="primary" disabled={busy}>{busy ? 'Fitting …' : 'Fit the transit'}</button>
          <span class="note">A number is held, a value with its error is a prior, what is empty is free.</span>
        </p>
      </form>
      {fit && (
        <>
          <table class="numbers">
            <thead>
              <tr><th scope="col">parameter</th><th scope="col">value</th><th scope="col">−</th><th scope="col">+</th><th scope="col">unit</th><th scope="col">prior</th></tr>
            </thead>
            <tbody>
              {fit.values.map((v) => (
                <tr key={v.name} data-test={`fit-${v.name}`}>
                  <th scope="row">{v.name}</th>
                  <td>{shown(v.name, v.value)}</td>
                  <td>{v.prior === 'held' ? '–' : number(v.error_minus, 3)}</td>
                  <td>{v.prior === 'held' ? '–' : number(v.error_plus, 3)}</td>
                  <td>{v.unit}</td>
                  <td>{v.prior}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p class={fit.converged ? '' : 'problem'}>
            residual scatter {percent(fit.residual_scatter)}, red noise β {fit.beta_red.toFixed(2)}, BIC {fit.bic.toFixed(1)} against {fit.bic_no_transit.toFixed(1)} without a transit,{' '}
            {fit.converged ? 'converged' : 'NOT converged'}
            {fit.o_minus_c_minutes !== null && `; O−C ${fit.o_minus_c_minutes.toFixed(2)} ± ${fit.o_minus_c_error_minutes?.toFixed(2)} min`}
          </p>
          {fit.doubts.map((d) => <p class="problem" key={d}>{d}</p>)}
        </>
      )}
      {figure && <Plot figure={figure} selected={selected} onChoose={showFrameNamed} height={fit ? 460 : 340} />}
    </div>
  );
}
