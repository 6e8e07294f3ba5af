// Who stands behind whom? The chain from the authorities down to this site, each link opening to what was shown.

import type { ComponentChildren } from 'preact';
import type { ReportedEmblem, ReportedLink } from '../../verdict/report.ts';
import { hostWords, organisationWords } from '../shared/host-name.ts';
import { dateWords, numberWords } from '../shared/instant.ts';
import { Said, SaidAll } from '../shared/said.tsx';
import type { Tone } from '../shared/sign.tsx';
import { byName, counted, listed, rich, t } from '../shared/text.ts';
import type { Sentence } from '../shared/text.ts';
import { LinkDetails } from './link-details.tsx';

const shortKey = (kid: string): Sentence => [{ code: `${kid.slice(0, 4)}…${kid.slice(-4)}` }];

const committedWords = ({ commitment: { outcome, logs } }: ReportedLink): string =>
  outcome === 'holds' ? counted('committed', logs.filter((log) => log.outcome === 'holds').length) : byName(`committed_${outcome}`);

const trustWords = ({ trusted }: ReportedLink): Sentence => [t(trusted ? 'you_trust' : 'you_have_not_decided')];

/** Whether an external endorsement counts: one that waits for its log alone is only a claim yet. */
const counts = ({ commitment, trusted }: ReportedLink): boolean => commitment.outcome === 'holds' || trusted;

interface Words { readonly name: string; readonly says: readonly Sentence[]; readonly role: string }

function externalWords(link: ReportedLink): Words {
  const says = link.subject === null ? [t('endorses_key')] : rich('endorses', listed([organisationWords(link.subject)]));
  if (!counts(link)) return { name: link.issuer === null ? t('role_key') : organisationWords(link.issuer), says: [[...says, ', ', committedWords(link)]], role: t('role_claimed') };
  return { name: link.issuer === null ? t('role_key') : organisationWords(link.issuer), says: [[...says, '.'], trustWords(link)], role: t('role_authority') };
}

function internalWords(link: ReportedLink, emblem: ReportedEmblem, isRoot: boolean): Words {
  const key = link.kid === null ? [] : shortKey(link.kid);
  if (!isRoot) return { name: t('own_key'), says: [rich('own_key_says', key)], role: t('role_key') };
  const root: Sentence = [...rich('root_key', key), ', ', committedWords(link)];
  const role = t(emblem.issuerProven ? 'role_organisation' : 'role_claimed');
  const name = link.issuer === null ? t('role_key') : organisationWords(link.issuer);
  return { name, says: link.trusted ? [[...root, '.'], trustWords(link)] : [root], role: link.issuer === null ? '' : role };
}

function emblemWords(link: ReportedLink, { assets }: ReportedEmblem): Words {
  const [first, ...more] = assets;
  const marks = first === undefined ? [t('marks_none')]
    : more.length === 0 ? rich('marks_one', listed([hostWords(first)])) : rich('marks_many', listed([hostWords(first)]), [numberWords(more.length)]);
  const trust: readonly Sentence[] = link.trusted ? [trustWords(link)] : [];
  return { name: t('emblem'), says: link.trusted ? [[...marks, '.'], ...trust] : [marks], role: t('role_emblem', dateWords(link.notBefore)) };
}

const linkWords = (link: ReportedLink, emblem: ReportedEmblem, isRoot: boolean): Words => {
  switch (link.role) {
    case 'external': return externalWords(link);
    case 'internal': return internalWords(link, emblem, isRoot);
    case 'emblem': return emblemWords(link, emblem);
  }
};

/** How this site stands to the emblem. What an emblem that does not hold marks or leaves out is not asked: then only the name stands here. */
function site({ coveredBy, status }: ReportedEmblem, host: string): ComponentChildren {
  if (status === 'not-covered') return t('not_covered');
  return coveredBy === null || coveredBy === host ? hostWords(host) : <Said sentence={rich('covered_by', listed([hostWords(coveredBy)]))} />;
}

interface Props { readonly emblem: ReportedEmblem; readonly host: string; readonly tone: Tone }

/** `tone` colours those who stand behind the emblem; neutral where no strength may be shown. */
export function Chain({ emblem, host, tone }: Props) {
  const root = emblem.chain.findIndex(({ role }) => role === 'internal');
  return (
    <ol class="chain" aria-label={t('region_chain')}>
      {emblem.chain.map((link, i) => {
        const { name, says, role } = linkWords(link, emblem, i === root);
        const trusted = link.trusted && tone !== 'neutral';
        const counting = link.role === 'external' && counts(link);
        const coloured = counting || i === root;
        // The strongest colour is for what the person has chosen to trust, and for nothing else.
        const own = tone === 'trusted' && !trusted ? 'endorsed' : tone;
        return (
          <li key={i} class={trusted ? 'tone-trusted' : coloured ? `tone-${own}` : 'tone-neutral'}>
            <span class={counting || trusted ? 'dot full' : 'dot'} />
            <details class="link">
              <summary><b><bdi>{name}</bdi></b><span class="role">{role}</span><span class="says"><SaidAll sentences={says} /></span></summary>
              <LinkDetails link={link} emblem={emblem} />
            </details>
          </li>
        );
      })}
      <li class="tone-neutral">
        <span class="dot site" /><b>{t('this_site')}</b>
        <span class="says">{site(emblem, host)}</span>
      </li>
    </ol>
  );
}
