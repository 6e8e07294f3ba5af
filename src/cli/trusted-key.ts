// Trusted keys named on the command line: single keys from files, and lists as the extension exports them.

import type { Sources } from '../check.ts';
import { parseOrganisation } from '../emblem/organisation.ts';
import { type ListFault, MAX_NOTE_CHARACTERS, parseTrustedKeyList } from '../emblem/trusted-key-list.ts';
import { type Arguments, misuse, type Usable } from './arguments.ts';
import { readText } from './files.ts';
import { readKeyFile } from './key-file.ts';

type TrustedKey = Sources['trustedKeys'][number];

/** Reads one trusted key and checks the organisation it is for. */
export async function readTrustedKey(argument: Arguments['trustedKeys'][number]): Promise<Usable<TrustedKey>> {
  const { file, organisation } = argument;
  if (organisation !== null && !parseOrganisation(organisation).ok)
    return misuse(`"${organisation}" does not identify an organisation.`);
  const key = await readKeyFile(file);
  return key.ok ? { ok: true, value: { ...key.value, organisation } } : key;
}

/** Reads a list of trusted keys. */
export async function readTrustedKeys(file: string): Promise<Usable<readonly TrustedKey[]>> {
  const text = await readText(file);
  if (text === null) return misuse(`The trusted keys "${file}" cannot be read.`);
  const list = parseTrustedKeyList(text);
  return list.ok
    ? { ok: true, value: list.keys.map(({ key, organisation }) => ({ key, algorithm: null, organisation })) }
    : misuse(`The trusted keys "${file}" cannot be used: ${describeFault(list.fault)}.`);
}

function describeFault(fault: ListFault): string {
  switch (fault.why) {
    case 'not-json':
      return 'the file is no JSON';
    case 'not-a-list':
      return 'it is no export of trusted keys';
    case 'version':
      return 'it is of a version that is not known here';
    case 'too-large':
      return 'there are too many keys';
    case 'members':
      return `key ${fault.place} must have organisation, key, since and note, and nothing else`;
    case 'organisation':
      return `the organisation of key ${fault.place} is not written as it must be`;
    case 'key':
      return `key ${fault.place} is no public key that is read here (${fault.problem})`;
    case 'since':
      return `"since" of key ${fault.place} is no time such as 2026-06-17T00:10:00.000Z`;
    case 'note':
      return `the note of key ${fault.place} is no text of one line and at most ${MAX_NOTE_CHARACTERS} characters`;
    case 'twice':
      return `key ${fault.place} stands in the list before, for the same organisation`;
  }
}
