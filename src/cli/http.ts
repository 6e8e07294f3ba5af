// How does a terminal speak to resolvers? Most serve DNS over HTTPS by HTTP/2 alone, which node's own `fetch` does not know.

import { Agent, install, setGlobalDispatcher } from 'undici';

/**
 * Makes `fetch` negotiate HTTP/2 where the server has it (RFC 9113 section 3.2), for this process.
 * @param authority a certificate to trust besides, in PEM; for servers on this machine.
 */
export function negotiateHttp2(authority?: string): void {
  setGlobalDispatcher(new Agent({ allowH2: true, ...(authority === undefined ? {} : { connect: { ca: authority } }) }));
  install();
}
