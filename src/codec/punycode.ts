// Punycode decoder (RFC 3492).

const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;

/** Punycode to text (RFC 3492 section 6.2), lower case, without `xn--`; null where it is not Punycode. */
export function decodePunycode(input: string): string | null {
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
