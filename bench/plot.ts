import type { CallCost } from './measure.ts';

const WIDTH = 760;
const HEIGHT = 420;
const LEFT = 60;
const RIGHT = 250;
const TOP = 20;
const BOTTOM = 45;
const COLOURS = ['#1f77b4', '#d62728', '#2ca02c', '#9467bd', '#ff7f0e', '#8c564b'];

/** Instructions of these calls over the number of stored interactions, both logarithmic, as an SVG. */
export function plotOf(calls: readonly CallCost[], names: readonly string[]): string {
  const shown = calls.filter(({ method }) => names.includes(method));
  const powers = (values: readonly number[]) => {
    const logs = values.map(Math.log10);
    return [Math.floor(Math.min(...logs)), Math.ceil(Math.max(...logs))] as const;
  };
  const [fromN, toN] = powers(shown.map(({ n }) => n));
  const [fromCost, toCost] = powers(shown.map(({ instructions }) => instructions));
  const x = (n: number) => LEFT + ((Math.log10(n) - fromN) / (toN - fromN)) * (WIDTH - LEFT - RIGHT);
  const y = (cost: number) =>
    HEIGHT - BOTTOM - ((Math.log10(cost) - fromCost) / (toCost - fromCost)) * (HEIGHT - TOP - BOTTOM);
  const parts: string[] = [];
  for (let power = fromN; power <= toN; power++) {
    const at = x(10 ** power).toFixed(1);
    parts.push(
      line(at, TOP, at, HEIGHT - BOTTOM),
      text(at, HEIGHT - BOTTOM + 18, (10 ** power).toLocaleString('en'), 'middle'),
    );
  }
  for (let power = fromCost; power <= toCost; power++) {
    const at = y(10 ** power).toFixed(1);
    parts.push(
      line(LEFT, at, WIDTH - RIGHT, at),
      text(LEFT - 6, Number(at) + 4, `${10 ** (power - 6)} M`, 'end'),
    );
  }
  for (const [i, name] of names.entries()) {
    const colour = COLOURS[i % COLOURS.length] ?? 'black';
    const points = shown.filter(({ method }) => method === name).toSorted((left, right) => left.n - right.n);
    const path = points
      .map(({ n, instructions }) => `${x(n).toFixed(1)},${y(instructions).toFixed(1)}`)
      .join(' ');
    const last = y(points.at(-1)?.instructions ?? 1);
    parts.push(
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      `<text x="${WIDTH - RIGHT + 8}" y="${(last + 4).toFixed(1)}" fill="${colour}">${name}</text>`,
    );
  }
  parts.push(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, 'stored interactions', 'middle'));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="white"/>
${parts.join('\n')}
</svg>
`;
}

type Coordinate = number | string;

function line(x1: Coordinate, y1: Coordinate, x2: Coordinate, y2: Coordinate): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#ddd"/>`;
}

function text(x: Coordinate, y: Coordinate, content: string, anchor: 'middle' | 'end'): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`;
}
