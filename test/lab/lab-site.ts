// What is a site of the lab, and what should be said of it?

import type { Because, Status, Strength } from '../../src/verdict/report.ts';
import type { DnsFault, LabName } from './resolver.ts';

export type LabIcon = Strength | 'unconfirmed' | 'invalid' | 'expired' | 'not-covered' | 'none' | 'unknown';

/** What should be said of a site by who visits it now, with no key trusted and its address unknown. */
export interface Intended {
  readonly status: Status;
  readonly strength: Strength | null;
  readonly because: Because | null;
  readonly icon: LabIcon;
}

export interface LabSite {
  readonly host: string;
  readonly title: string;
  readonly shows: string;
  readonly intended: Intended;
  /** Names this site adds to the DNS. */
  readonly zones: Readonly<Record<string, LabName>>;
  readonly fault: DnsFault | null;
}

export const marked = (strength: Strength): Intended => ({ status: 'marked', strength, because: null, icon: strength });
export const unconfirmed = (because: Because): Intended => ({
  status: 'unconfirmed',
  strength: null,
  because,
  icon: 'unconfirmed',
});
export const invalid = (because: Because): Intended => ({
  status: 'invalid',
  strength: null,
  because,
  icon: because === 'expired' || because === 'not-yet-valid' ? 'expired' : 'invalid',
});
export const plain = (status: 'none' | 'unknown' | 'not-covered'): Intended => ({
  status,
  strength: null,
  because: null,
  icon: status,
});

/** A site; its own name bears `txt` unless `zones` says otherwise. */
export const site = (
  host: string,
  title: string,
  shows: string,
  intended: Intended,
  txt: readonly string[],
  more: { zones?: Record<string, LabName>; fault?: DnsFault } = {},
): LabSite => ({ host, title, shows, intended, zones: { [host]: { txt }, ...more.zones }, fault: more.fault ?? null });
