// Under which real names does the lab answer? The extension's default resolver and log lists, and the page that lists
// the lab's sites.

export const RESOLVER = 'https://dns.quad9.net/dns-query';
export const LISTS = {
  google: 'https://www.gstatic.com/ct/log_list/v3/all_logs_list.json',
  apple: 'https://valid.apple.com/ct/log_list/current_log_list.json',
} as const;
export const INDEX_HOST = 'lab.example';
