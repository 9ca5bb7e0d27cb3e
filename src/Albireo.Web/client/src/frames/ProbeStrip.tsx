import { now, set } from '../store';
import type { Examined } from '../store';
import { number } from '../text';

/** The star that was examined: its profile, its figures, and the circles it would be measured in. */
export function ProbeStrip({ probe }: { probe: Examined }) {
  const values = probe.profile_values.map((v) => v ?? 0);
  const [top, bottom] = [Math.max(...values, 1e-9), Math.min(0, ...values)];
  const far = Math.max(...probe.profile_radii, 1);
  const at = (r: number, v: number): string => `${((r / far) * 160).toFixed(1)},${(46 - ((v - bottom) / (top - bottom || 1)) * 42).toFixed(1)}`;
  const change = (key: 'radius' | 'inner' | 'outer') => (e: Event) => {
    const value = Number((e.target as HTMLInputElement).value);
    if (value > 0) {
      const next = { radius: probe.radius, inner: probe.inner, outer: probe.outer, ...now().circles, [key]: value };
      set({ circles: next, probe: { ...probe, ...next } });
    }
  };
  return (
    <div class="probe">
      <svg viewBox="0 0 160 50" role="img" aria-label="Radial profile" width="160" height="50">
        <polyline points={probe.profile_radii.map((r, i) => at(r, values[i]!)).join(' ')} />
        {[probe.radius, probe.inner, probe.outer].map((r) => (
          <line key={r} x1={(r / far) * 160} x2={(r / far) * 160} y1="2" y2="48" />
        ))}
      </svg>
      <dl>
        <div><dt>centre</dt><dd>{probe.x.toFixed(2)}, {probe.y.toFixed(2)}{probe.centred ? '' : ' (not centred)'}</dd></div>
        <div><dt>width</dt><dd>{probe.fwhm_pixels === null ? 'unknown' : `${probe.fwhm_pixels.toFixed(2)} px`}</dd></div>
        <div><dt>flux</dt><dd>{number(probe.flux, 6)}</dd></div>
        <div><dt>peak</dt><dd class={probe.saturated ? 'bad' : ''}>{number(probe.peak, 6)}{probe.saturated ? ' saturated' : ''}</dd></div>
        <div><dt>sky</dt><dd>{number(probe.sky, 6)} ± {number(probe.sky_rms, 3)}</dd></div>
      </dl>
      <div class="radii">
        {(['radius', 'inner', 'outer'] as const).map((key) => (
          <label key={key}>
            {key === 'radius' ? 'aperture' : `sky ${key}`}
            <input type="number" min="0.5" step="0.5" value={Number(probe[key].toFixed(2))} onInput={change(key)} />
          </label>
        ))}
        <button type="button" onClick={() => set({ circles: null, probe: null })}>Close</button>
      </div>
    </div>
  );
}
