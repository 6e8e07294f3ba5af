// How does a terminal speak to resolvers? Most serve DNS over HTTPS by HTTP/2 alone, which node's own `fetch` does not
// know.

import { Agent, install, setGlobalDispatcher } from 'undici';

/**
 * Makes `fetch` negotiate HTTP/2 where the server has it (RFC 9113 section 3.2), for this process. Whom it trusts is
 * what node trusts.
 */
export function negotiateHttp2(): void {
  setGlobalDispatcher(new Agent({ allowH2: true }));
  install();
}
