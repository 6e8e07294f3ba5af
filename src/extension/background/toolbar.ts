// Toolbar of a tab: icon, badge and title; drawing the same state again changes nothing.

import { browser } from '../webext.ts';
import { byName, counted, listWords, t } from '../messages.ts';
import { hostWords, organisationWords } from '../host-name.ts';
import { iconState, type IconState } from '../icon.ts';
import { drawToolbar } from '../platform.ts';
import type { Report } from '../../verdict/report.ts';
import type { TabState } from '../tab-store.ts';

/** Pixels of a toolbar picture on ordinary and on dense screens. */
const SIZES = [16, 32] as const;

/** A mark beside the picture where a person should look; the pictures say the rest by their shapes. */
const BADGES: Record<IconState, string> = {
  trusted: '',
  endorsed: '',
  declared: '',
  unconfirmed: '',
  invalid: '!',
  expired: '',
  'not-covered': '',
  none: '',
  unknown: '',
  checking: '',
};

/** The files of a picture, by width in pixels. */
const iconPaths = (state: IconState | null): Record<string, string> =>
  Object.fromEntries(SIZES.map((size) => [String(size), `/icons/${state ?? 'lens'}-${size}.png`]));

/** So many endorsers are named, the others are counted. */
const MOST_NAMED = 3;

/** What the title says of a host: the verdict, and of a marked site who stands behind it, proven names alone. */
function hostTitle(host: string, verdict: string, { emblems, deciding }: Pick<Report, 'emblems' | 'deciding'>): string {
  const emblem = deciding === null ? undefined : emblems[deciding];
  if (emblem?.status !== 'marked' || emblem.issuer === null || !emblem.issuerProven) return t('toolbar', host, verdict);
  const nameOf = (organisation: string): string => {
    const name = organisationWords(organisation);
    return emblem.throughBelow.includes(organisation) ? t('through_below', name) : name;
  };
  const issuer = nameOf(emblem.issuer);
  const { length } = emblem.endorsedBy;
  if (length === 0) return t('toolbar_says', host, verdict, issuer);
  const named = [
    ...emblem.endorsedBy.slice(0, MOST_NAMED).map(nameOf),
    ...(length > MOST_NAMED ? [counted('more_names', length - MOST_NAMED)] : []),
  ];
  // The same hand adds nothing, and the words say so.
  const vouches = emblem.strength === 'declared' ? 'toolbar_vouches_same' : 'toolbar_vouches';
  return counted(vouches, length, host, verdict, issuer, listWords(named));
}

const NOBODY = { emblems: [], deciding: null };

/** The title: what the picture says, in words, of which host, and who stands behind it. */
export function titleOf(state: TabState | null): string {
  const picture = iconState(state);
  if (state === null || picture === null) return t('extension_name');
  // Of a page that may be anybody's the picture shows no strength; the emblem is no less proven.
  const verdict =
    state.report?.status === 'marked' && state.page !== 'https' ? t('heading_marked_name') : byName(`title_${picture}`);
  return hostTitle(hostWords(state.host), verdict, state.report ?? NOBODY);
}

/**
 * Draws a tab's state; no verdict is lost where that fails. To be called on or after the commit of a navigation:
 * browsers wipe what was drawn before.
 */
export async function draw(tabId: number, state: TabState | null): Promise<void> {
  const picture = iconState(state);
  const failed = await drawToolbar(tabId, {
    path: iconPaths(picture),
    badge: picture === null ? '' : BADGES[picture],
    badgeColor: '#8a1c1c',
    title: titleOf(state),
  });
  // A tab that has gone needs no icon; anything else is a fault of ours.
  if (failed !== null && (await isThere(tabId))) console.error(failed);
}

const isThere = (tabId: number): Promise<boolean> =>
  browser.tabs.get(tabId).then(
    () => true,
    () => false,
  );
