// Do records from a file lead to what the same records in the DNS lead to, and does the file know what it cannot know?

import { describe, expect, test } from 'vitest';
import { parseRecordFile } from '../../../src/network/dns/record-file.ts';
import { fileResolver, offlineTransport } from '../../../src/network/sources.ts';
import { makeZone } from '../../interop/zone.ts';
import { checkSite } from '../../lab/check-site.ts';
import { createLab } from '../../lab/lab.ts';
import { characterStrings, type LabName } from '../../lab/resolver.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const lab = await createLab({ now: Date.parse('2026-06-17T12:00:00Z') });
const IHLE = 65_297;

function resolverOf(text: string) {
  const file = parseRecordFile(bytes(text));
  if (!file.ok) throw new TypeError(`${file.fault.line}: ${file.fault.reason}`);
  return fileResolver('file', file.value);
}

const faultOf = (content: string | Uint8Array): string | null => {
  const file = parseRecordFile(typeof content === 'string' ? bytes(content) : content);
  return file.ok ? null : `${file.fault.line}: ${file.fault.reason}`;
};

/** What one question is answered: the values, or the code of the failure, or that there is nothing. */
async function ask(text: string, name: string, type = 16): Promise<unknown> {
  const answer = await resolverOf(text).ask(offlineTransport(), name, type);
  if (!answer.ok) return answer.problem.code;
  const { matching, exists } = answer.value;
  if (matching.length === 0) return exists ? 'nothing' : 'no name';
  return matching.map(({ owner, data }) =>
    data.kind === 'txt'
      ? `${owner} ${Buffer.concat(data.strings).toString()}`
      : data.kind === 'other'
        ? Buffer.from(data.bytes).toString('hex')
        : data.kind,
  );
}

describe('the lab as a zone file', async () => {
  const zone = await makeZone(lab);
  const resolver = resolverOf(zone.text);
  // A DNAME makes aliases of names below it, which the file's resolver leaves to those who serve it.
  const hosts = zone.hosts.filter(({ host }) => host !== 'www.left.relief.example');

  test.each(hosts.map(({ host, intended }) => [host, intended] as const))('%s', async (host, intended) => {
    const { status, strength, because, requests } = await checkSite(lab, host, null, { resolver });
    // Without a page that has loaded, a name that does not exist has no emblem; the lab's check has one.
    const expected =
      host === 'absent.example' || host === 'dangling.relief.example' ? { ...intended, status: 'unknown' } : intended;
    expect({ status, strength, because }).toEqual(expected);
    expect(requests.filter(({ purpose }) => purpose === 'dns')).toEqual([]);
  });

  test('what is below a DNAME is not known to be absent', async () => {
    expect(await ask(zone.text, 'www.left.relief.example')).toBe('dns-not-answered');
  });
});

const massdnsBytes = (data: Uint8Array): string =>
  [...data]
    .map((byte) =>
      byte >= 0x20 && byte <= 0x7e && byte !== 0x5c
        ? String.fromCharCode(byte)
        : `\\x${byte.toString(16).padStart(2, '0')}`,
    )
    .join('');

/** One line for each question, as massdns prints with `-o J`. */
const massdns = (name: string, { txt = [], ihle = {} }: LabName): string =>
  [
    {
      type: 'TXT',
      answers: txt.map((value) => ({
        type: 'TXT',
        data: characterStrings(value)
          .map((string) => `"${massdnsBytes(string)}" `)
          .join(''),
      })),
    },
    {
      type: String(IHLE),
      answers: (ihle[IHLE] ?? []).map((data) => ({ type: String(IHLE), data: massdnsBytes(data) })),
    },
  ]
    .map(({ type, answers }) =>
      JSON.stringify({
        name: `${name}.`,
        type,
        class: 'IN',
        status: 'NOERROR',
        data: { answers: answers.map((answer) => ({ ttl: 300, class: 'IN', name: `${name}.`, ...answer })) },
        resolver: '192.0.2.1:53',
      }),
    )
    .join('\n');

/** One line for each question, as zdns prints: character strings escaped as in zone files, with line feeds between. */
const zdns = (name: string, { txt = [], ihle = {} }: LabName): string =>
  [
    txt.map((value) => ({
      type: 'TXT',
      class: 'IN',
      name,
      ttl: 300,
      answer: characterStrings(value)
        .map((string) =>
          Buffer.from(string)
            .toString()
            .replaceAll(/["\\]/g, String.raw`\$&`),
        )
        .join('\n'),
    })),
    (ihle[IHLE] ?? []).map((data) => ({
      type: `TYPE${IHLE}`,
      class: 'IN',
      unparsed_rr: {
        Hdr: { Name: `${name}.`, Rrtype: IHLE, Class: 1, Ttl: 300 },
        Rdata: Buffer.from(data).toString('hex'),
      },
    })),
  ]
    .map((answers, at) =>
      JSON.stringify(
        at === 0
          ? { name, class: 'IN', status: 'NOERROR', data: { answers, additionals: [{ type: 'EDNS0', udpsize: 1232 }] } }
          : { name, results: { OTHER: { status: 'NOERROR', data: { answers } } } },
      ),
    )
    .join('\n');

/** Values alone: whole, or as `dig +short` prints character strings. */
const plainList = ({ txt = [] }: LabName): string =>
  txt
    .map((value) =>
      characterStrings(value)
        .map((string) => Buffer.from(string).toString())
        .join(''),
    )
    .join('\n');
const quotedList = ({ txt = [] }: LabName): string =>
  txt
    .map((value) =>
      characterStrings(value)
        .map(
          (string) =>
            `"${Buffer.from(string)
              .toString()
              .replaceAll(/["\\]/g, String.raw`\$&`)}"`,
        )
        .join(' '),
    )
    .join('\n');

describe.each(['clinic.relief.example', 'ward.relief.example'])('the records of %s in other forms', (host) => {
  const site = lab.sites.find((each) => each.host === host);
  const entry = site?.zones[host];
  if (site === undefined || entry === undefined) throw new TypeError(host);
  const forms: Record<string, string> = {
    massdns: massdns(host, entry),
    zdns: zdns(host, entry),
    'a list of answers': `[\n${zdns(host, entry).replaceAll('\n', ',\n')}\n]`,
    ...((entry.ihle?.[IHLE] ?? []).length === 0
      ? { values: plainList(entry), 'quoted values': `# of ${host}\n\n${quotedList(entry)}\n` }
      : {}),
  };
  test.each(Object.entries(forms))('%s', async (_, text) => {
    const { status, strength, because } = await checkSite(lab, host, null, { resolver: resolverOf(text) });
    const { icon: _icon, ...intended } = site.intended;
    expect({ status, strength, because }).toEqual(intended);
  });
});

describe('what a file answers', () => {
  test.each([
    ['a record', 'a.example. TXT x', 'a.example', ['a.example x']],
    ['another type', 'a.example. TXT x', 'a.example', 'nothing', IHLE],
    ['a name that is not there', 'a.example. TXT x', 'b.example', 'no name'],
    ['a name between', 'a.b.example. TXT x', 'b.example', 'nothing'],
    ['a name below', 'a.example. TXT x', 'b.a.example', 'no name'],
    ['a wildcard', '*.example. TXT x', 'a.b.example', ['a.b.example x']],
    ['a wildcard above a name that is there', '*.example. TXT x\na.b.example. A 192.0.2.1', 'c.b.example', 'no name'],
    ['an alias', 'a.example. CNAME b.example.\nb.example. TXT x', 'a.example', ['b.example x']],
    ['an alias to nothing of that type', 'a.example. CNAME b.example.\nb.example. A 192.0.2.1', 'a.example', 'nothing'],
    ['an alias out of the file', 'a.example. CNAME b.other.', 'a.example', 'dns-not-answered'],
    [
      'an alias to a name that the zone lacks',
      'example. SOA ns m 1 2 3 4 5\na.example. CNAME b.example.',
      'a.example',
      'no name',
    ],
    ['aliases in a circle', 'a.example. CNAME b.example.\nb.example. CNAME a.example.', 'a.example', 'dns-malformed'],
    ['two aliases', 'a.example. CNAME b.example.\na.example. CNAME c.example.', 'a.example', 'dns-malformed'],
    ['an alias beside records', 'a.example. CNAME b.example.\na.example. TXT x', 'a.example', 'dns-mismatch'],
    [
      'what was handed to others',
      'example. SOA ns m 1 2 3 4 5\nb.example. NS ns.b.example.',
      'a.b.example',
      'dns-not-answered',
    ],
    ['the zone itself', 'example. SOA ns m 1 2 3 4 5\nexample. NS ns.example.', 'example', 'nothing'],
    [
      'a question that failed',
      '{"name":"a.example.","type":"TXT","class":"IN","error":"TIMEOUT"}',
      'a.example',
      'dns-not-answered',
    ],
    [
      'a question that was refused',
      '{"name":"a.example","status":"SERVFAIL","data":{}}',
      'a.example',
      'dns-not-answered',
    ],
    [
      'a name that was answered not to be',
      '{"name":"a.example","status":"NXDOMAIN","data":{}}\n{"name":"b.example","status":"NOERROR","data":{"answers":[{"type":"TXT","name":"b.example","answer":"x"}]}}',
      'a.example',
      'no name',
    ],
    ['a value for any name', 'adem-token=x', 'any.example', ['any.example adem-token=x']],
    ['no other type of it', 'adem-token=x', 'any.example', 'nothing', IHLE],
    ['several values', '; mine\n"a" "b\\"c"\nv=spf1 -all ', 'a.example', ['a.example ab"c', 'a.example v=spf1 -all']],
  ])('%s', async (_what, text, name, expected, type = 16) => {
    expect(await ask(text, name, type)).toEqual(expected);
  });

  test('records live as long as the file says, within bounds', async () => {
    const life = async (text: string, type = 16): Promise<number | null> => {
      const answer = await resolverOf(text).ask(offlineTransport(), 'a.example', type);
      return answer.ok ? answer.value.life : null;
    };
    expect(await life('a.example. 120 TXT x\na.example. 600 TXT y')).toBe(120_000);
    expect(await life('a.example. 1 TXT x')).toBe(60_000);
    expect(await life('a.example. TXT x', IHLE)).toBe(3_600_000);
  });
});

describe('what no file of records is', () => {
  test.each([
    ['', '1: the file holds no records'],
    ['; nothing\n', '1: the file holds no records'],
    ['#a=b\n\n', '1: the file holds no records'],
    ['[]', '1: the file holds no records'],
    ['{"name":"a.example","status":"NOERROR"}', '1: the file holds no records'],
    ['{', '1: this is no JSON'],
    ['{"name":"a.example","status":"SERVFAIL"}\n{"name":}', '2: this is no JSON'],
    ['{"report":1}', '1: this is no answer of zdns or massdns: it has no name'],
    ['{"name":"a.example"}', '1: this is no answer of zdns or massdns: it has no status'],
    ['{"name":"a..b","status":"NOERROR"}', '1: "a..b" is no name'],
    ['{"name":"a","results":{"TXT":1}}', '1: a result is no object'],
    ['{"name":"a","status":"NOERROR","data":{"answers":[1]}}', '1: an answer is no object'],
    ['{"name":"a","status":"NOERROR","data":{"answers":[{"type":"TXTT","name":"a"}]}}', '1: "TXTT" is no record type'],
    ['{"name":"a","status":"NOERROR","data":{"answers":[{"type":"TXT","data":"x"}]}}', '1: an answer has no name'],
    ['{"name":"a","status":"NOERROR","data":{"answers":[{"type":"TXT","name":"a"}]}}', '1: a TXT record holds nothing'],
    ['{"name":"a","status":"NOERROR","data":{"answers":[{"type":"CNAME","name":"a"}]}}', '1: an alias has no target'],
    [
      '{"name":"a","status":"NOERROR","data":{"answers":[{"type":"TXT","name":"a","answer":"\\\\256"}]}}',
      String.raw`1: "\256" is no byte`,
    ],
    [
      '{"name":"a","status":"NOERROR","data":{"answers":[{"type":"TYPE65297","name":"a","unparsed_rr":{"Rdata":"a"}}]}}',
      '1: the data of an unknown type is not hexadecimal',
    ],
    ['"adem-token=x', '1: a quotation mark is not closed'],
    ['adem-token=x\n"a" b', '2: a word stands outside the quotation marks'],
    ['"\\256"', String.raw`1: "\256" is no byte`],
    [`a=${'x'.repeat(70_000)}`, '1: the value is longer than 65535 bytes'],
    ['a.example. TXT x\n'.repeat(200_001), '200001: there are more than 200000 lines'],
    ['a.example. TXT x\n'.repeat(100_001), '100001: there are more than 100000 records'],
  ])('%.60j', (text, sentence) => {
    expect(faultOf(text)).toBe(sentence);
  });

  test('bytes that are no text, and too many of them', () => {
    expect(faultOf(new Uint8Array([0x61, 0xff]))).toBe('1: the file is no text in UTF-8');
    expect(faultOf(new Uint8Array(16 * 1024 * 1024 + 1))).toBe('1: the file is larger than 16777216 bytes');
  });
});
