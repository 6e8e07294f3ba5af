// Is a server ready? It is when it answers for the name that is there as soon as the zone is.

import { encode, RECURSION_DESIRED } from '@leichtgewicht/dns-packet';
import { Agent, fetch } from 'undici';
import { READY } from './zone.ts';

/** Nothing is learned here but that there is an answer: whose certificate it is does not matter. */
const dispatcher = new Agent({ allowH2: true, connect: { rejectUnauthorized: false } });
/** Milliseconds to wait for one answer. */
const PATIENCE = 5000;

/** Whether a resolver at this address gives an answer with records and without error. */
export async function answers(resolver: string): Promise<boolean> {
  const question = Buffer.from(
    encode({ type: 'query', id: 0, flags: RECURSION_DESIRED, questions: [{ type: 'TXT', name: READY }] }),
  ).toString('base64url');
  try {
    const response = await fetch(`${resolver}?dns=${question}`, {
      dispatcher,
      headers: { accept: 'application/dns-message' },
      signal: AbortSignal.timeout(PATIENCE),
    });
    const message = Buffer.from(await response.arrayBuffer());
    return (
      response.status === 200 &&
      message.length > 12 &&
      (message.readUInt16BE(2) & 0xf) === 0 &&
      message.readUInt16BE(6) > 0
    );
  } catch {
    // Not listening yet.
    return false;
  }
}
