import { chooseComparisons, pickStar, toggleList } from '../actions';
import { use } from '../store';
import { percent } from '../text';

/** Every star that was looked at as a comparison: in or out, why, and what the curve would be without it. */
export function Ranking() {
  const curve = use((s) => s.curve)!;
  const scatter = curve.point_to_point_scatter ?? NaN;
  return (
    <section aria-label="Comparison stars">
      <h3 class="row">
        <span>Comparison stars</span>
        {!curve.chosen && (
          <button type="button" onClick={() => void chooseComparisons()}>
            Let the program choose
          </button>
        )}
      </h3>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">star</th>
              <th scope="col">weight</th>
              <th scope="col">scatter</th>
              <th scope="col" title="Linear change over the night">trend</th>
              <th scope="col" title="Scatter of the curve without this star">without it</th>
              <th scope="col">why</th>
              <th scope="col">ban · lock</th>
            </tr>
          </thead>
          <tbody>
            {curve.verdicts.map((v) => (
              <tr key={v.star} class={v.comparison ? '' : 'out'}>
                <th scope="row">
                  {v.label} {v.label.startsWith('C') && <small>#{v.star}</small>}
                </th>
                <td>{v.comparison ? percent(v.weight, 1) : '–'}</td>
                <td>{percent(v.scatter, 2)}</td>
                <td>{percent(v.trend, 2)}</td>
                <td class={v.scatter_without !== null && v.scatter_without < scatter ? 'better' : ''}>{percent(v.scatter_without)}</td>
                <td class="why">{v.reason}</td>
                <td>
                  <button type="button" aria-pressed={v.banned} aria-label={`Ban star ${v.star}`} onClick={() => void toggleList('curve.ban', v.star)}>
                    ban
                  </button>{' '}
                  <button type="button" aria-pressed={v.locked} aria-label={`Lock star ${v.star}`} onClick={() => void toggleList('curve.lock', v.star)}>
                    lock
                  </button>{' '}
                  {!curve.chosen && v.comparison && (
                    <button
                      type="button"
                      aria-label={`Remove star ${v.star}`}
                      onClick={() => void pickStar('comparison', { id: v.star, x: curve.stars[v.star]!.x, y: curve.stars[v.star]!.y }, curve.reference_id)}
                    >
                      ×
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
