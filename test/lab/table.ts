// How does what was said of the lab's sites compare with what was meant?

import type { Report } from '../../src/verdict/report.ts';
import type { LabSite } from './sites.ts';

export interface Row {
  readonly host: string;
  /** The toolbar's state, or null where there is no toolbar. */
  readonly icon: string | null;
  readonly verdict: string;
  /** What was meant instead; null where all is as meant. */
  readonly meant: string | null;
}

type Verdict = Pick<Report, 'status' | 'strength' | 'because'>;
const words = ({ status, strength, because }: Verdict): string =>
  [status, strength, because].filter((word) => word !== null).join(', ');

/** One row; `icon` is null where there is no toolbar to look at, `report` where no verdict came. */
export function rowOf(site: LabSite, icon: string | null, report: Verdict | null, toolbar: boolean): Row {
  const verdict = report === null ? 'no verdict' : words(report);
  const meant = words(site.intended);
  const same = verdict === meant && (!toolbar || icon === site.intended.icon);
  return {
    host: site.host,
    icon,
    verdict,
    meant: same ? null : `${meant}${toolbar ? ` (icon ${site.intended.icon})` : ''}`,
  };
}

const short = (text: string, width: number): string =>
  (text.length > width ? `${text.slice(0, width - 1)}…` : text).padEnd(width);

const line = (host: string, icon: string, verdict: string, rest: string): string =>
  `${short(host, 32)}  ${short(icon, 12)}  ${short(verdict, 34)}  ${rest}`.trimEnd();

/** The table as text. */
export function drawTable(rows: readonly Row[]): string {
  return [
    line('site', 'icon', 'verdict', ''),
    ...rows.map((row) =>
      line(row.host, row.icon ?? '-', row.verdict, row.meant === null ? 'as meant' : `MEANT: ${row.meant}`),
    ),
  ].join('\n');
}

/** How many differ. */
export const differing = (rows: readonly Row[]): number => rows.filter((row) => row.meant !== null).length;
