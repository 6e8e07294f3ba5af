// Details of one link of the chain: what exactly was shown.

import type { ComponentChildren } from 'preact';
import type { ReportedEmblem, ReportedLink, ReportedLog } from '../../verdict/report.ts';
import { spanWords } from '../text/dates.ts';
import { Said } from '../text/sentence.tsx';
import {
  byName,
  counted,
  listWords,
  type MessageKey,
  numberWords,
  quoted,
  rich,
  type Sentence,
  t,
} from '../text/messages.ts';
import { CopyButton } from '../components/copy-button.tsx';
import { SomeNames } from './some.tsx';

const Row = ({ name, children }: { readonly name: MessageKey; readonly children: ComponentChildren }) => (
  <>
    <dt>{t(name)}</dt>
    <dd>{children}</dd>
  </>
);

const entryWords = ({ index, treeSize }: ReportedLog): string | null => {
  if (index === null) return null;
  return treeSize === null ? t('entry', numberWords(index)) : t('entry_of', numberWords(index), numberWords(treeSize));
};

const logName = ({ id, name }: ReportedLog): Sentence => {
  if (name !== null) return [{ claimed: name }];
  return id === null ? [t('log_unread')] : rich('log_nameless', [{ key: `${id.slice(0, 8)}…` }]);
};

/** The states that lists of logs know, in words; another one as it stands there. */
const STATES: ReadonlySet<string> = new Set(['pending', 'qualified', 'usable', 'readonly', 'retired', 'rejected']);
const stateWords = (state: string): string =>
  STATES.has(state) ? byName(`log_state_${state}`) : t('log_state', state);

function Log({ log }: { readonly log: ReportedLog }) {
  const facts = [
    byName(`log_${log.outcome}`),
    log.state === null ? null : stateWords(log.state),
    entryWords(log),
  ].filter((fact) => fact !== null);
  const certificate =
    log.notBefore !== null && log.notAfter !== null
      ? t('certificate_valid', spanWords(log.notBefore, log.notAfter))
      : null;
  return (
    <li>
      <Said sentence={logName(log)} />
      <span class="says">{listWords(facts, 'unit')}</span>
      {certificate !== null && <span class="says">{certificate}</span>}
    </li>
  );
}

/** What was proven, in words; constraints only where the whole line holds. */
function provenWords(link: ReportedLink, emblem: ReportedEmblem): string {
  const logs = link.commitment.logs.filter(({ outcome }) => outcome === 'holds').length;
  const limits = link.role !== 'emblem' && emblem.status !== 'invalid';
  return listWords(
    [
      t('proven_signature'),
      logs > 0 ? counted('proven_log', logs) : null,
      limits ? t('proven_constraints') : null,
    ].filter((word) => word !== null),
    'unit',
  );
}

const Kinds = ({ purposes }: Pick<ReportedEmblem, 'purposes'>) => (
  <>
    {(purposes.length === 0 ? ['none'] : purposes).map((purpose) => (
      <div key={purpose}>
        {byName(`purpose_${purpose}`)}
        <span class="says">{byName(`purpose_${purpose}_meaning`)}</span>
      </div>
    ))}
  </>
);

export function LinkDetails({ link, emblem }: { readonly link: ReportedLink; readonly emblem: ReportedEmblem }) {
  const { logs } = link.commitment;
  // Anybody can point to anybody's certificate: its names stand here where it proves what it is cited for.
  const names = [...new Set(logs.filter(({ outcome }) => outcome === 'holds').flatMap((log) => log.names))];
  return (
    <dl>
      {link.role === 'emblem' && (
        <>
          <Row name="detail_kind">
            <Kinds purposes={emblem.purposes} />
          </Row>
          <Row name="detail_assets">
            <SomeNames names={emblem.assets} />
          </Row>
          <Row name="detail_format">{byName(`generation_${emblem.generation}`)}</Row>
          {emblem.set !== null && (
            <Row name="detail_set">
              <Said sentence={quoted(emblem.set)} />
            </Row>
          )}
        </>
      )}
      <Row name="detail_proven">{provenWords(link, emblem)}</Row>
      {link.kid !== null && (
        <Row name="detail_key">
          <code dir="ltr">{link.kid}</code>
          <CopyButton text={link.kid} what="copy_key" />
        </Row>
      )}
      <Row name="detail_algorithm">
        <bdi dir="ltr">{link.algorithm}</bdi>
      </Row>
      <Row name="detail_valid">{spanWords(link.notBefore, link.notAfter)}</Row>
      {link.endorses !== null && (
        <Row name="detail_endorses">
          <code dir="ltr">{link.endorses}</code>
        </Row>
      )}
      {link.mayEndorse !== null && <Row name="detail_may_endorse">{t(link.mayEndorse ? 'yes' : 'no')}</Row>}
      {logs.length > 0 && (
        <Row name="detail_logs">
          <ul>
            {logs.map((log, i) => (
              <Log key={i} log={log} />
            ))}
          </ul>
        </Row>
      )}
      {names.length > 0 && (
        <Row name="detail_names">
          <SomeNames names={names} />
        </Row>
      )}
    </dl>
  );
}
