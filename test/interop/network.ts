// How do all servers of a test come up and go down together? The one that serves the zone, and whichever answers beside
// it.

import { type Ground, layGround } from './ground.ts';
import { type Answering, openBindAuthority, openBindResolver, type Server } from './servers.ts';
import type { Zone } from './zone.ts';

export interface Network {
  readonly ground: Ground;
  /** Starts one server more. */
  readonly open: (server: Server) => Promise<Answering>;
  /** Stops all that was started, and leaves nothing behind. */
  readonly close: () => Promise<void>;
}

/** Starts who serves the zone and who resolves it for those that ask nobody but a resolver. */
export async function openNetwork(zone: Zone): Promise<Network> {
  const ground = await layGround(zone);
  const started: Answering[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(started.map(({ stop }) => stop()));
    await ground.remove();
  };
  const keep = async (opening: Promise<Answering>): Promise<Answering> => {
    const opened = await opening;
    started.push(opened);
    return opened;
  };
  try {
    const authority = await keep(openBindAuthority(ground));
    const resolver = await keep(openBindResolver(ground, authority.port));
    return { ground, close, open: (server) => keep(server.open(ground, authority.port, resolver.port)) };
  } catch (error) {
    await close();
    throw error;
  }
}
