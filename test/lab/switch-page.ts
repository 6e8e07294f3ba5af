// How are the lab's faults switched? A page on loopback with a button for each.

import { answer, type LabQuestion, type LabReply } from './reply.ts';
import { escaped, html, page } from './site-pages.ts';
import type { Switch } from './switches.ts';

const button = ({ id, title, isOn }: Switch): string => {
  const on = isOn();
  return `<li><form method="post" action="/"><input type="hidden" name="switch" value="${escaped(id)}"><input type="hidden" name="on" value="${on ? 'no' : 'yes'}">
<button aria-pressed="${on}">${escaped(title)}</button> ${on ? '<strong>is on</strong>' : 'is off'}</form></li>`;
};

function switchPage(switches: readonly Switch[], hints: readonly string[]): LabReply {
  const groups = [...new Set(switches.map(({ group }) => group))];
  return html(
    page(
      'The lab',
      `<p>A miniature internet on this machine, on loopback alone. What is switched on goes wrong for everybody who asks.</p>
${hints.map((hint) => `<pre>${escaped(hint)}</pre>`).join('\n')}
${groups
  .map(
    (group) =>
      `<h2>${group}</h2><ul>${switches
        .filter((each) => each.group === group)
        .map(button)
        .join('\n')}</ul>`,
  )
  .join('\n')}`,
    ),
  );
}

const isLoopback = (host: string): boolean => /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);

/**
 * Shows the page, or switches one thing and shows it again. Other sites can neither switch nor, by a name of theirs that
 * leads here, read anything.
 */
export function answerSwitchPage(
  { method, headers, body }: LabQuestion,
  switches: readonly Switch[],
  hints: readonly string[],
): LabReply {
  const host = headers['host'] ?? '';
  const origin = headers['origin'] ?? `http://${host}`;
  if (!isLoopback(host) || origin !== `http://${host}`) return answer('text/plain', 'not from here', 403);
  if (method !== 'POST') return switchPage(switches, hints);
  const form = new URLSearchParams(new TextDecoder().decode(body));
  const chosen = switches.find(({ id }) => id === form.get('switch'));
  if (chosen === undefined) return answer('text/plain', 'no such switch', 404);
  chosen.set(form.get('on') === 'yes');
  return answer('text/plain', '', 303, { location: '/' });
}
