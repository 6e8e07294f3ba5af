// Times for people, by Intl, in the language of the texts and the person's time zone.

import type { Instant } from '../../verdict/report.ts';
import { language, t } from './messages.ts';

/** "8 April 2027"; with the hour where the day is near enough for it to matter (two days). */
export function dayWords(instant: Instant, now: number): string {
  const at = Date.parse(instant);
  const near = Math.abs(at - now) < 2 * 86_400_000;
  return new Intl.DateTimeFormat(
    language(),
    near ? { dateStyle: 'long', timeStyle: 'short' } : { dateStyle: 'long' },
  ).format(at);
}

/** "8 Apr 2026". */
export const dateWords = (instant: Instant): string =>
  new Intl.DateTimeFormat(language(), { dateStyle: 'medium' }).format(Date.parse(instant));

/** "8 Apr 2026 to 8 Apr 2027". */
export const spanWords = (from: Instant, to: Instant): string => t('from_to', dateWords(from), dateWords(to));

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** "just now", "3 min ago". */
export function agoWords(instant: Instant, now: number): string {
  const since = now - Date.parse(instant);
  const unit = UNITS.find(([, length]) => since >= length);
  if (unit === undefined) return t('just_now');
  return new Intl.RelativeTimeFormat(language(), { style: 'short' }).format(-Math.floor(since / unit[1]), unit[0]);
}
