import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { Figure, FigurePanel, FigureSeries } from '../api';
import { use } from '../store';

/** The same shades as the report: Okabe and Ito's palette, lighter on a dark page. */
const slots: Record<string, [light: string, dark: string]> = {
  ink: ['#1d222b', '#e6e9ef'],
  blue: ['#0072b2', '#56a8e0'],
  orange: ['#d98a00', '#f0b03a'],
  green: ['#00885f', '#2fc79a'],
  sky: ['#3b9ccf', '#7cc8f0'],
  vermilion: ['#c94f00', '#ff8a4a'],
  purple: ['#b0588e', '#dd92bd'],
  yellow: ['#a89a00', '#e8dc4a'],
  muted: ['#8a93a3', '#7d8797'],
  target: ['#0a8f43', '#35e06f'],
  comparison: ['#0a7db8', '#4fc3ff'],
  check: ['#b87400', '#ffb02e'],
  faint: ['#c3c9d3', '#4a5261'],
};

const isDark = (): boolean => document.documentElement.dataset.theme === 'dark';
const shade = (slot: string): string => (slots[slot] ?? slots.ink!)[isDark() ? 1 : 0];
const cssColour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

interface Layer {
  series: FigureSeries;
  /** Frames behind the points of the aligned columns, or null. */
  names: (string | null)[];
  flagged: boolean;
}

/** Column form of uPlot: one sorted x for all series. */
function columns(panel: FigurePanel, offset: number): { data: uPlot.AlignedData; layers: Layer[]; errors: (number | null)[][] } {
  const xs = [...new Set(panel.series.flatMap((s) => s.x.filter((x): x is number => x !== null)))].sort((a, b) => a - b);
  const place = new Map(xs.map((x, i) => [x, i]));
  const layers: Layer[] = [];
  const data: (number | null | undefined)[][] = [xs.map((x) => x - offset)];
  const errors: (number | null)[][] = [];
  for (const series of panel.series) {
    const parts = series.states ? [false, true] : [false];
    for (const flagged of parts) {
      // undefined: no point of this series here (lines go on); null would break a line.
      const y: (number | null | undefined)[] = xs.map(() => undefined);
      const error: (number | null)[] = xs.map(() => null);
      const names: (string | null)[] = xs.map(() => null);
      let isEmpty = true;
      series.x.forEach((x, i) => {
        const value = series.y[i];
        if (x !== null && value !== null && value !== undefined && (!series.states || (series.states[i] === 'flagged') === flagged)) {
          const at = place.get(x)!;
          y[at] = value;
          error[at] = series.y_error?.[i] ?? null;
          names[at] = series.point_names?.[i] ?? null;
          isEmpty = false;
        }
      });
      if (flagged && isEmpty) {
        continue;
      }
      layers.push({ series, names, flagged });
      data.push(y);
      errors.push(error);
    }
  }
  return { data: data as uPlot.AlignedData, layers, errors };
}

/** A drawn cross for what was left out. */
function crosses(u: uPlot, index: number, colour: string): boolean {
  const { ctx } = u;
  const r = 3.5 * devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.beginPath();
  u.data[0].forEach((x, i) => {
    const y = u.data[index]![i];
    if (y !== null && y !== undefined) {
      const [px, py] = [u.valToPos(x, 'x', true), u.valToPos(y, 'y', true)];
      ctx.moveTo(px - r, py - r);
      ctx.lineTo(px + r, py + r);
      ctx.moveTo(px - r, py + r);
      ctx.lineTo(px + r, py - r);
    }
  });
  ctx.stroke();
  ctx.restore();
  return false;
}

function build(
  host: HTMLElement,
  figure: Figure,
  panel: FigurePanel,
  isLast: boolean,
  height: number,
  sync: string,
  selected: () => string | null,
  choose: (name: string) => void,
): uPlot {
  const isJulian = figure.x.scale === 'julian_date';
  const { offset } = xOffset(figure);
  const { data, layers, errors } = columns(panel, offset);
  const ink = cssColour('--ink');
  const grid = { stroke: cssColour('--grid'), width: 1 };
  const nearest = (u: uPlot): string | null => {
    const { left, top } = u.cursor;
    if (left === undefined || top === undefined || left < 0) {
      return null;
    }
    let [name, least] = [null as string | null, 24];
    layers.forEach((layer, l) => {
      u.data[0].forEach((x, i) => {
        const y = u.data[l + 1]![i];
        if (layer.names[i] && y !== null && y !== undefined) {
          const far = Math.hypot(u.valToPos(x, 'x') - left, u.valToPos(y, 'y') - top);
          if (far < least) {
            [name, least] = [layer.names[i]!, far];
          }
        }
      });
    });
    return name;
  };
  const options: uPlot.Options = {
    width: Math.max(200, host.clientWidth),
    height,
    padding: [8, 12, 0, 0],
    legend: { show: false },
    cursor: { sync: { key: sync }, drag: { x: true, y: false, uni: 20 }, points: { show: false } },
    scales: {
      x: { time: false, dir: figure.x.inverted ? -1 : 1, range: range(figure.x.min, figure.x.max, 0.01, offset) },
      y: { dir: panel.y.inverted ? -1 : 1, range: yRange(panel, layers), distr: panel.y.scale === 'logarithmic' ? 3 : 1 },
    },
    axes: [
      {
        stroke: ink,
        grid,
        ticks: grid,
        font: '12px system-ui, sans-serif',
        labelFont: '12px system-ui, sans-serif',
        size: isLast ? 34 : 6,
        labelSize: isLast ? 18 : 0,
        values: isLast ? ticks : (_, splits) => splits.map(() => ''),
        label: isLast ? (isJulian ? `${figure.x.label} − ${offset}` : axisLabel(figure.x.label, figure.x.unit)) : undefined,
      },
      {
        stroke: ink,
        grid,
        ticks: grid,
        size: 62,
        font: '12px system-ui, sans-serif',
        labelFont: '12px system-ui, sans-serif',
        labelSize: 20,
        ...(panel.y.scale === 'logarithmic' ? {} : { values: ticks }),
        label: axisLabel(panel.y.label, panel.y.unit),
      },
    ],
    series: [
      {},
      ...layers.map(({ series, flagged }, l): uPlot.Series => {
        const colour = flagged ? shade('vermilion') : shade(series.color);
        const isLine = series.style === 'line' || series.style === 'dashed' || series.style === 'steps';
        return {
          label: series.name,
          stroke: colour,
          alpha: series.opacity,
          width: isLine ? (series.size ?? 1.5) : 0,
          dash: series.style === 'dashed' ? [6, 4] : undefined,
          spanGaps: true,
          paths: isLine ? undefined : () => null,
          points: isLine
            ? { show: false }
            : {
                show: flagged ? (u: uPlot) => crosses(u, l + 1, colour) : true,
                size: 2 * (series.size ?? 2.4),
                fill: series.marker === 'ring' ? 'transparent' : colour,
                width: 1.2,
              },
        };
      }),
    ],
    hooks: {
      drawAxes: [(u) => marks(u, panel, offset)],
      draw: [
        (u) => bars(u, layers, errors),
        (u) => highlight(u, layers, selected()),
      ],
      ready: [
        (u) => {
          let downAt = [0, 0];
          u.over.addEventListener('pointerdown', (e) => (downAt = [e.clientX, e.clientY]));
          u.over.addEventListener('click', (e) => {
            const name = nearest(u);
            if (name && Math.hypot(e.clientX - downAt[0]!, e.clientY - downAt[1]!) < 4) {
              choose(name);
            }
          });
        },
      ],
    },
  };
  return new uPlot(options, data, host);
}

/** As many decimals as tell neighbouring ticks apart. */
function ticks(_: uPlot, splits: number[], __: number, ___: number, step: number): string[] {
  let decimals = 0;
  while (decimals < 9 && Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) > 1e-6) {
    decimals++;
  }
  return splits.map((v) => v.toFixed(decimals));
}

const axisLabel = (label: string, unit?: string): string => (unit ? `${label} (${unit})` : label);

function xOffset(figure: Figure): { offset: number } {
  if (figure.x.scale !== 'julian_date') {
    return { offset: 0 };
  }
  const first = figure.panels.flatMap((p) => p.series.flatMap((s) => s.x)).find((x) => x !== null);
  return { offset: Math.floor(first ?? 0) };
}

function range(min: number | undefined, max: number | undefined, pad: number, offset: number): uPlot.Range.Function {
  return (_, low, high) => {
    if (low === null || high === null) {
      return [0, 1];
    }
    const room = (high - low || Math.abs(high) || 1) * pad;
    return [min === undefined ? low - room : min - offset, max === undefined ? high + room : max - offset];
  };
}

/** Points that are left out do not stretch the axis beyond reason. */
function yRange(panel: FigurePanel, layers: Layer[]): uPlot.Range.Function {
  return (u) => {
    let [low, high] = [Infinity, -Infinity];
    const [from, to] = [u.scales.x!.min ?? -Infinity, u.scales.x!.max ?? Infinity];
    layers.forEach((layer, l) => {
      if (!layer.flagged) {
        u.data[l + 1]!.forEach((y, i) => {
          const x = u.data[0][i]!;
          if (y !== null && y !== undefined && x >= from && x <= to) {
            low = Math.min(low, y);
            high = Math.max(high, y);
          }
        });
      }
    });
    if (low > high) {
      [low, high] = [0, 1];
    }
    const room = (high - low || Math.abs(high) * 0.01 || 1) * 0.08;
    const isLog = panel.y.scale === 'logarithmic';
    return isLog ? [low / 1.3, high * 1.3] : [panel.y.min ?? low - room, panel.y.max ?? high + room];
  };
}

function bars(u: uPlot, layers: Layer[], errors: (number | null)[][]): void {
  const { ctx } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
  ctx.clip();
  layers.forEach((layer, l) => {
    ctx.strokeStyle = shade(layer.flagged ? 'vermilion' : layer.series.color);
    ctx.globalAlpha = 0.45 * layer.series.opacity;
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    errors[l]!.forEach((error, i) => {
      const y = u.data[l + 1]![i];
      if (error !== null && y !== null && y !== undefined) {
        const x = u.valToPos(u.data[0][i]!, 'x', true);
        ctx.moveTo(x, u.valToPos(y - error, 'y', true));
        ctx.lineTo(x, u.valToPos(y + error, 'y', true));
      }
    });
    ctx.stroke();
  });
  ctx.restore();
}

function marks(u: uPlot, panel: FigurePanel, offset: number): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  // Labels at the top of lines that stand close together go below each other.
  const ends: number[] = [];
  const top = (x: number, text: string): number => {
    if (text === '') {
      return bbox.top;
    }
    const line = ends.findIndex((end) => end < x);
    const at = line < 0 ? ends.length : line;
    ends[at] = x + ctx.measureText(text).width + 8 * devicePixelRatio;
    return bbox.top + (12 + 13 * at) * devicePixelRatio;
  };
  for (const mark of panel.marks) {
    ctx.strokeStyle = ctx.fillStyle = shade(mark.color);
    ctx.setLineDash(mark.dashed ? [6 * devicePixelRatio, 4 * devicePixelRatio] : []);
    ctx.lineWidth = devicePixelRatio;
    const label = (x: number, y: number): void => {
      if (mark.label) {
        ctx.globalAlpha = 1;
        ctx.fillText(mark.label, x + 4 * devicePixelRatio, y);
      }
    };
    if (mark.kind === 'vertical_line') {
      const x = u.valToPos(mark.x! - offset, 'x', true);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      label(x, top(x, mark.label ?? ''));
    } else if (mark.kind === 'horizontal_line') {
      const y = u.valToPos(mark.y!, 'y', true);
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
      label(bbox.left, y - 3 * devicePixelRatio);
    } else if (mark.kind === 'vertical_band' || mark.kind === 'horizontal_band') {
      ctx.globalAlpha = 0.12;
      const isVertical = mark.kind === 'vertical_band';
      const [a, b] = isVertical
        ? [u.valToPos(mark.from! - offset, 'x', true), u.valToPos(mark.to! - offset, 'x', true)]
        : [u.valToPos(mark.from!, 'y', true), u.valToPos(mark.to!, 'y', true)];
      if (isVertical) {
        ctx.fillRect(a, bbox.top, b - a, bbox.height);
      } else {
        ctx.fillRect(bbox.left, b, bbox.width, a - b);
      }
      label(isVertical ? a : bbox.left, isVertical ? top(a, mark.label ?? '') : b);
      ctx.globalAlpha = 1;
    } else if (mark.kind === 'text' || mark.kind === 'circle') {
      label(u.valToPos(mark.x! - offset, 'x', true), u.valToPos(mark.y!, 'y', true));
    }
  }
  ctx.restore();
}

function highlight(u: uPlot, layers: Layer[], name: string | null): void {
  if (!name) {
    return;
  }
  const { ctx, bbox } = u;
  ctx.save();
  ctx.strokeStyle = cssColour('--accent');
  ctx.lineWidth = 2 * devicePixelRatio;
  layers.forEach((layer, l) => {
    const i = layer.names.indexOf(name);
    const y = i < 0 ? null : u.data[l + 1]![i];
    if (y !== null && y !== undefined) {
      ctx.beginPath();
      ctx.arc(u.valToPos(u.data[0][i]!, 'x', true), Math.min(bbox.top + bbox.height, Math.max(bbox.top, u.valToPos(y, 'y', true))), 6 * devicePixelRatio, 0, 2 * Math.PI);
      ctx.stroke();
    }
  });
  ctx.restore();
}

/** A figure, panel under panel; a click on a point chooses its frame, a drag zooms, a double click shows all again. */
export function Plot({
  figure,
  selected,
  onChoose,
  height = 300,
}: {
  figure: Figure;
  selected: string | null;
  onChoose: (name: string) => void;
  height?: number;
}) {
  const host = useRef<HTMLDivElement>(null);
  const plots = useRef<uPlot[]>([]);
  const chosen = useRef(selected);
  const theme = use((s) => s.theme);
  chosen.current = selected;

  useEffect(() => {
    const element = host.current!;
    const total = figure.panels.reduce((sum, p) => sum + p.share, 0);
    const sync = `${figure.title}:${Math.random()}`;
    const made: uPlot[] = [];
    figure.panels.forEach((panel, i) => {
      const isLast = i === figure.panels.length - 1;
      const box = document.createElement('div');
      element.append(box);
      if (panel.caption) {
        const caption = document.createElement('p');
        caption.className = 'caption';
        caption.textContent = panel.caption;
        box.append(caption);
      }
      made.push(build(box, figure, panel, isLast, (height * panel.share) / total + (isLast ? 30 : 0), sync, () => chosen.current, onChoose));
    });
    plots.current = made;
    const observer = new ResizeObserver(() => {
      for (const plot of made) {
        plot.setSize({ width: Math.max(200, element.clientWidth), height: plot.height });
      }
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.forEach((p) => p.destroy());
      element.replaceChildren();
    };
  }, [figure, height, theme]);

  useEffect(() => plots.current.forEach((p) => p.redraw(false)), [selected]);

  const legend = figure.panels.flatMap((p) => (p.series.length > 1 && p.legend ? p.series.filter((s) => s.in_legend) : []));
  return (
    <figure class="plot" role="group" aria-label={`${figure.title}. ${figure.description ?? ''}`}>
      <figcaption>
        <b>{figure.title}</b> {figure.subtitle}
        {[...new Map(legend.map((s) => [s.name, s])).values()].map((s) => (
          <span class="key" key={s.name}>
            <i style={{ background: shade(s.color) }} /> {s.name}
          </span>
        ))}
      </figcaption>
      <div ref={host} class="panels" role="img" aria-label={figure.description ?? figure.title} />
    </figure>
  );
}
