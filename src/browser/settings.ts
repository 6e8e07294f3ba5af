// What has this person chosen?

/** Kept in `storage.local` under `settings`. */
export interface Settings {
  /** Address of the DNS-over-HTTPS resolver. */
  readonly resolver: string;
  /** Addresses of the log lists. */
  readonly logLists: readonly string[];
  /** Check each visited site (true), only on a click (false); null until the person has chosen, and then as false. */
  readonly automatic: boolean | null;
}
