// Which format of the emblem system? The drafts are young, and deployments lag behind them.

/** JSON Web Signatures in TXT records (2025 to 2026), or CBOR Web Tokens in IHLE records (drafts of October 2026). */
export type Generation = 'jws' | 'cwt';
