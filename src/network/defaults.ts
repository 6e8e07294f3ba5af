// Who is asked unless the person says otherwise?

/** The DNS-over-HTTPS resolver [D9]. */
export const RESOLVER = 'https://dns.quad9.net/dns-query';

/** The log lists that browser vendors publish [C2]. */
export const LOG_LISTS: readonly string[] = [
  'https://www.gstatic.com/ct/log_list/v3/all_logs_list.json',
  'https://valid.apple.com/ct/log_list/current_log_list.json',
];
