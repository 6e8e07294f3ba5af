// How is a name shown? In its Unicode form beside its `xn--` form, since either alone can deceive.

const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;

/** Punycode to code points (RFC 3492 section 6.2); null where it is not Punycode. */
function decodePunycode(input: string): string | null {
  const output: number[] = [];
  const split = input.lastIndexOf('-');
  for (let i = 0; i < split; i += 1) output.push(input.charCodeAt(i));
  let [n, i, bias] = [128, 0, 72];
  for (let at = split < 0 ? 0 : split + 1; at < input.length;) {
    const before = i;
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = '0123456789'.includes(input.charAt(at)) ? Number(input.charAt(at)) + 26 : input.charCodeAt(at) - 97;
      at += 1;
      if (!(digit >= 0 && digit < BASE)) return null;
      i += digit * weight;
      const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
      if (digit < threshold) break;
      weight *= BASE - threshold;
      if (i > 0x7fff_ffff || weight > 0x7fff_ffff) return null;
    }
    const length = output.length + 1;
    let delta = Math.floor((i - before) / (before === 0 ? 700 : 2));
    delta += Math.floor(delta / length);
    for (bias = 0; delta > ((BASE - T_MIN) * T_MAX) / 2; bias += BASE) delta = Math.floor(delta / (BASE - T_MIN));
    bias += Math.floor(((BASE - T_MIN + 1) * delta) / (delta + 38));
    n += Math.floor(i / length);
    i %= length;
    if (n > 0x10_ffff) return null;
    output.splice(i, 0, n);
    i += 1;
  }
  return String.fromCodePoint(...output);
}

/** The Unicode form of a lower-case A-label name, or null where there is none, or where it does not lead back to the same name. */
export function unicodeForm(host: string): string | null {
  if (!/(^|\.)xn--/.test(host)) return null;
  const labels = host.split('.').map((label) => (label.startsWith('xn--') ? decodePunycode(label.slice(4)) : label));
  if (labels.includes(null)) return null;
  const unicode = labels.join('.');
  const address = `https://${unicode}/`;
  return URL.canParse(address) && new URL(address).hostname === host ? unicode : null;
}

/** A host name for people: as it is, or in both forms. */
export function hostWords(host: string): string {
  const unicode = unicodeForm(host);
  return unicode === null ? host : `${unicode} (${host})`;
}

/** An organisation identifier for people: its domain, without the scheme that all of them share. */
export const organisationWords = (identifier: string): string => hostWords(identifier.replace(/^https:\/\//, ''));
