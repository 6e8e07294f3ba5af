// HTTP/2 for the command line: most resolvers serve DNS over HTTPS by it alone, and node's own `fetch` does not know
// it.

import { Agent, install, setGlobalDispatcher } from 'undici';

/**
 * Makes `fetch` negotiate HTTP/2 where the server has it (RFC 9113 section 3.2), for this process. Whom it trusts is
 * what node trusts.
 */
export function negotiateHttp2(): void {
  setGlobalDispatcher(new Agent({ allowH2: true }));
  install();
}
