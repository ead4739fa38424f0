import 'uplot/dist/uPlot.min.css';
import './chart.css';
import { ChartNoAxesColumn, Table2 } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import UPlot from 'uplot';
import { texts } from '../texts/en.ts';
import { IconButton } from './button.tsx';
import { useTheme } from './theme.ts';

/** Numbers over time: one value a point of time for each series. */
export interface ChartProps {
  /** What the chart shows, in a sentence for who cannot see it. */
  readonly label: string;
  /** s since 1970, ascending. */
  readonly times: readonly number[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
  readonly formatTime: (seconds: number) => string;
}

const HEIGHT = 220;
const DAY_S = 86_400;
const COLOURS = ['--chart-1', '--chart-2'];

/** Bars over time, one colour a series, and the same numbers as a table. */
export function Chart(props: ChartProps): ReactNode {
  const [isTable, setIsTable] = useState(false);
  const { parts } = texts;
  return (
    <figure className="chart">
      <div className="chart-tools">
        <ul className="chart-legend">
          {props.series.map(({ name }, index) => (
            <li key={name} data-series={index + 1}>
              {name}
            </li>
          ))}
        </ul>
        <IconButton
          icon={isTable ? ChartNoAxesColumn : Table2}
          label={isTable ? parts.showChart : parts.showTable}
          onPress={() => setIsTable(!isTable)}
        />
      </div>
      {isTable ? <Numbers {...props} /> : <Drawing {...props} />}
    </figure>
  );
}

function Drawing({ label, times, series, formatTime }: ChartProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const { isDark } = useTheme();
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const colour = (name: string) => getComputedStyle(element).getPropertyValue(name).trim();
    const axis = {
      stroke: colour('--ink-faint'),
      grid: { stroke: colour('--line'), width: 1 },
      ticks: { show: false },
      font: `11px ${getComputedStyle(element).fontFamily}`,
    };
    const [first = 0, second = first + DAY_S] = times;
    const halfStep = (second - first) / 2;
    const bars = UPlot.paths.bars?.({ size: [0.62, 26], radius: 0.25 });
    const chart = new UPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        // Days are those of UTC, as the service counts them.
        tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
        cursor: { drag: { x: false, y: false }, points: { show: false }, y: false },
        scales: {
          // Room for the first and the last bar.
          x: { range: (_chart, first, last) => [first - halfStep, last + halfStep] },
          y: { range: (_chart, _least, most) => [0, Math.max(1, most * 1.1)] },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            size: 30,
            values: (_chart, splits) => splits.map(formatTime),
            space: 70,
          },
          {
            ...axis,
            size: 44,
            incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000],
          },
        ],
        series: [
          {},
          ...series.map(({ name }, index) => ({
            label: name,
            fill: colour(COLOURS[index % COLOURS.length] ?? '--chart-1'),
            stroke: 'transparent',
            width: 0,
            points: { show: false },
            ...(bars && { paths: bars }),
          })),
        ],
      },
      [[...times], ...series.map(({ values }) => [...values])],
      element,
    );
    const observer = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.destroy();
    };
  }, [times, series, formatTime, isDark]);
  return <div ref={place} className="chart-drawing" role="img" aria-label={label} />;
}

function Numbers({ label, times, series, formatTime }: ChartProps): ReactNode {
  return (
    // A region that scrolls has to be reachable by keyboard.
    <div className="chart-numbers" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            <td />
            {series.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {times.map((time, row) => (
            <tr key={time}>
              <th scope="row">{formatTime(time)}</th>
              {series.map(({ name, values }) => (
                <td key={name} className="number">
                  {(values[row] ?? 0).toLocaleString('en')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
