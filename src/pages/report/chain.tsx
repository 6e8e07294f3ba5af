// Chain of endorsers down to this site, each link opening to what was shown of it.

import type { ComponentChildren } from 'preact';
import type { ReportedEmblem, ReportedLink } from '../../verdict/report.ts';
import { hostWords, organisationWords } from '../../extension/host-name.ts';
import { dateWords } from '../text/dates.ts';
import { provenName, some } from '../text/proven-name.ts';
import { Said } from '../text/sentence.tsx';
import type { Tone } from '../components/sign.tsx';
import { rich, richCounted, type Sentence, t } from '../text/messages.ts';
import { LinkDetails } from './link-details.tsx';

const shortKey = (kid: string): Sentence => [{ key: `${kid.slice(0, 4)}…${kid.slice(-4)}` }];

const rootWords = ({ commitment: { outcome, logs } }: ReportedLink, key: Sentence): Sentence =>
  outcome === 'holds'
    ? richCounted('root_key_committed', logs.filter((log) => log.outcome === 'holds').length, key)
    : rich(`root_key_${outcome}`, key);

/** Only what was decided is said: where nothing was, no line. */
const trustLines = ({ trusted }: ReportedLink): readonly Sentence[] => (trusted ? [[t('you_trust')]] : []);

interface Words {
  readonly name: Sentence;
  /** One a line. */
  readonly says: readonly Sentence[];
  readonly role: string;
}

const nameOf = (identifier: string | null, emblem: ReportedEmblem): Sentence =>
  identifier === null ? [{ strong: t('role_key') }] : provenName(identifier, emblem);

function externalWords(link: ReportedLink, emblem: ReportedEmblem): Words {
  const says = link.subject === null ? [t('endorses_key')] : rich('endorses', provenName(link.subject, emblem));
  return { name: nameOf(link.issuer, emblem), says: [says, ...trustLines(link)], role: t('role_endorser') };
}

function internalWords(link: ReportedLink, emblem: ReportedEmblem, isRoot: boolean): Words {
  const key = link.kid === null ? [] : shortKey(link.kid);
  if (!isRoot) return { name: [{ strong: t('own_key') }], says: [rich('own_key_says', key)], role: t('role_key') };
  const root = rootWords(link, key);
  const says = [root, ...trustLines(link)];
  // A name that is only claimed is told of as a claim at the top, and stands in no row.
  if (link.issuer !== null && !emblem.issuerProven)
    return { name: [{ strong: t('unshown_key') }], says, role: t('role_unshown') };
  return { name: nameOf(link.issuer, emblem), says, role: link.issuer === null ? '' : t('role_organisation') };
}

function emblemWords(link: ReportedLink, { assets }: ReportedEmblem): Words {
  const [first, ...more] = assets;
  const marks =
    first === undefined
      ? [t('marks_none')]
      : more.length === 0
        ? rich('marks_one', [{ name: hostWords(first) }])
        : richCounted('marks_more', more.length, [{ name: hostWords(first) }]);
  return {
    name: [{ strong: t('emblem') }],
    says: [marks, ...trustLines(link)],
    role: t('role_emblem', dateWords(link.notBefore)),
  };
}

const linkWords = (link: ReportedLink, emblem: ReportedEmblem, isRoot: boolean): Words => {
  switch (link.role) {
    case 'external':
      return externalWords(link, emblem);
    case 'internal':
      return internalWords(link, emblem, isRoot);
    case 'emblem':
      return emblemWords(link, emblem);
  }
};

/**
 * How this site stands to the emblem. What an emblem that does not hold marks or leaves out is not asked: then only the
 * name stands here.
 */
function site({ coveredBy, status }: ReportedEmblem, host: string): ComponentChildren {
  if (status === 'not-covered') return t('not_covered');
  return coveredBy === null || coveredBy === host ? (
    <bdi dir="ltr">{hostWords(host)}</bdi>
  ) : (
    <Said sentence={rich('covered_by', [{ name: hostWords(coveredBy) }])} />
  );
}

/** So many claims are told by name. */
const MOST_CLAIMS = 3;

/** Who is said to vouch for it, and is not shown to: below the chain, never a link of it. */
export function Claims({ emblem: { endorsementsUndetermined: claimed } }: Pick<Props, 'emblem'>) {
  if (claimed.length === 0) return null;
  const names = some(claimed, MOST_CLAIMS, (organisation) => [{ claimed: organisationWords(organisation) }]);
  return (
    <p class="claims">
      <Said sentence={richCounted('claims', claimed.length, names)} />
    </p>
  );
}

interface Props {
  readonly emblem: ReportedEmblem;
  readonly host: string;
  readonly tone: Tone;
}

/** `tone` colours those who stand behind the emblem; neutral where no strength may be shown. */
export function Chain({ emblem, host, tone }: Props) {
  const root = emblem.chain.findIndex(({ role }) => role === 'internal');
  return (
    <ol class="chain" aria-label={t('region_chain')}>
      {emblem.chain.map((link, i) => {
        const { name, says, role } = linkWords(link, emblem, i === root);
        const trusted = link.trusted && tone !== 'neutral';
        const counting = link.role === 'external';
        const coloured = counting || i === root;
        // The strongest colour is for what the person has chosen to trust, and for nothing else.
        const own = tone === 'trusted' && !trusted ? 'endorsed' : tone;
        return (
          <li key={i} class={trusted ? 'tone-trusted' : coloured ? `tone-${own}` : 'tone-neutral'}>
            <span class={counting || trusted ? 'dot full' : 'dot'} />
            <details class="link">
              <summary>
                <span class="name">
                  <Said sentence={name} />
                </span>
                <span class="role">{role}</span>
                <span class="says">
                  {says.map((sentence, line) => (
                    <span key={line} class="line">
                      <Said sentence={sentence} />
                    </span>
                  ))}
                </span>
              </summary>
              <LinkDetails link={link} emblem={emblem} />
            </details>
          </li>
        );
      })}
      <li class="tone-neutral">
        <span class="dot site" />
        <b>{t('this_site')}</b>
        <span class="says">{site(emblem, host)}</span>
      </li>
    </ol>
  );
}
