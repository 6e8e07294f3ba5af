// Is a checkpoint believed only as this log's own, signed as static logs sign?

import { describe, expect, it } from 'vitest';
import { verifyCheckpoint } from '../../../src/transparency/checkpoint.ts';
import { bytes } from './certificates.ts';
import { knownLog, makeNote, makeSigner, ORIGIN, signer } from './mini-log.ts';

const root = new Uint8Array(32).fill(1);
const log = knownLog('static');
const note = await makeNote(root, 300, signer);
const code = async (text: string | Uint8Array, by = log): Promise<string> => {
  const result = await verifyCheckpoint(bytes(text), by);
  return result.ok ? 'proven' : result.problem.code;
};

it('proves size and root', async () => {
  expect(await verifyCheckpoint(bytes(note), log)).toMatchObject({ ok: true, value: { size: 300, root } });
});
it('proves the empty tree and one beyond 2^32', async () => {
  expect(await code(await makeNote(root, 0))).toBe('proven');
  expect(await code(await makeNote(root, 2 ** 40 + 3))).toBe('proven');
});

const own = note.split('\n').find((line) => line.startsWith(`— ${ORIGIN}`)) ?? '';
const ownBytes = Buffer.from(own.split(' ').at(-1) ?? '', 'base64');
const otherKeyId = `— ${ORIGIN} ${Buffer.concat([Uint8Array.of(1, 2, 3, 4), ownBytes.subarray(4)]).toString('base64')}`;
it('finds its signature by key id among others in its name', async () => {
  const wrong = `— ${ORIGIN} ${Buffer.alloc(90, 5).toString('base64')}`;
  expect(await code(note.replace(own, `${wrong}\n${own}`))).toBe('proven');
  expect(await code(note.replace(own, otherKeyId))).toBe('log-checkpoint-unproven');
});

describe('malformed', () => {
  it.each([
    ['a page', '<!doctype html>\n<p>Sign in</p>\n'],
    ['nothing', ''],
    ['no final newline', note.slice(0, -1)],
    ['no signature', note.split('\n').slice(0, 4).join('\n') + '\n'],
    ['no blank line', note.replace('\n\n', '\n')],
    ['a fourth line', note.replace('\n\n', '\nextension\n\n')],
    ['a size with leading zero', note.replace('\n300\n', '\n0300\n')],
    ['a size with sign', note.replace('\n300\n', '\n+300\n')],
    ['a size beyond what is exact', note.replace('\n300\n', '\n9007199254740992\n')],
    ['a root of 31 bytes', note.replace(/\n300\n.*/v, `\n300\n${Buffer.from(root.slice(1)).toString('base64')}`)],
    ['a root not in base64', note.replace(/\n300\n.*/v, '\n300\n!')],
    ['a signature line that is none', `${note}nonsense\n`],
    ['an empty origin', note.replace(ORIGIN, '')],
    ['a signature of key id alone', `${note}— x AAAAAA==\n`],
    ['a signature line that begins otherwise', `${note}x— x AAAAAAA=\n`],
    ['a signature line that goes on', `${note}— x AAAAAAA= x\n`],
    ["a signature in nobody's name", `${note}—  AAAAAAA=\n`],
    ['a signature not in base64', `${note}— x AAAAA\n`],
  ])('%s', async (_name, text) => {
    expect(await code(text)).toBe('log-checkpoint-malformed');
  });
  it('what is not UTF-8', async () => {
    expect(await code(bytes(0xff, note))).toBe('log-checkpoint-malformed');
  });
});

describe('unproven', () => {
  it('another origin, though signed by the key', async () => {
    expect(await code(await makeNote(root, 300, signer, 'log.example/2025'))).toBe('log-checkpoint-unproven');
  });
  it("another key's signature, though in the name of this log", async () => {
    const other = await makeSigner();
    expect(await code(await makeNote(root, 300, other))).toBe('log-checkpoint-unproven');
    expect(await code(await makeNote(root, 300, { ...other, id: signer.id }))).toBe('log-checkpoint-unproven');
  });
  it.each([
    ['another size', note.replace('\n300\n', '\n301\n')],
    ['another root', note.replace(/\n300\n.*/v, `\n300\n${Buffer.from(new Uint8Array(32)).toString('base64')}`)],
    ['a signature in another name', note.replace(`— ${ORIGIN}`, '— other.example')],
    [
      'no signature of its own',
      note
        .split('\n')
        .filter((line) => !line.startsWith(`— ${ORIGIN}`))
        .join('\n'),
    ],
    [
      'a time cut short',
      note.replace(
        /(?<start>— log.*) .*/v,
        `$<start> ${Buffer.from(note.split(' ').at(-1) ?? '', 'base64')
          .subarray(0, 8)
          .toString('base64')}`,
      ),
    ],
  ])('%s', async (_name, text) => {
    expect(await code(text)).toBe('log-checkpoint-unproven');
  });
  it('a log without origin', async () => {
    expect(await code(note, { ...log, origin: null })).toBe('log-checkpoint-unproven');
  });
});
