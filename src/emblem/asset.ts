// Asset identifiers: names, wildcards, addresses and prefixes, what each covers, and their order.

import { type AddressRange, containsRange, isBroad, parseAddressRange, rangeKey } from './address.ts';
import { isDomainName, isWithin, normaliseName, type Suffixes } from './name.ts';
import { fail, ok, type Result } from '../problem.ts';

/** An asset identifier; `text` is how the token writes it. `wildcard` with `base` null is `*` alone. */
export type Asset =
  | { readonly kind: 'name'; readonly text: string; readonly name: string }
  | { readonly kind: 'wildcard'; readonly text: string; readonly base: string | null }
  | { readonly kind: 'address'; readonly text: string; readonly range: AddressRange };

/** Parses one asset identifier [J17]; fails with `asset-malformed`, `asset-host-bits` or `asset-address-refused`. */
export function parseAsset(value: unknown): Result<Asset> {
  if (typeof value !== 'string') return fail('asset-malformed', typeof value);
  const bracketed = /^\[(.*)\]$/s.exec(value)?.[1];
  if (bracketed !== undefined) {
    const range = parseAddressRange(bracketed);
    return range.ok ? ok({ kind: 'address', text: value, range: range.value }) : range;
  }
  if (value === '*') return ok({ kind: 'wildcard', text: value, base: null });
  const wildcard = value.startsWith('*.');
  const name = normaliseName(wildcard ? value.slice(2) : value);
  if (!isDomainName(name)) return fail('asset-malformed', value.slice(0, 300));
  return ok(wildcard ? { kind: 'wildcard', text: value, base: name } : { kind: 'name', text: value, name });
}

/** The order of asset identifiers: whether `outer` covers `inner`. Names and addresses never cover each other. */
export function coversAsset(outer: Asset, inner: Asset): boolean {
  switch (outer.kind) {
    case 'address':
      return inner.kind === 'address' && containsRange(outer.range, inner.range);
    case 'name':
      return inner.kind === 'name' && inner.name === outer.name;
    case 'wildcard': {
      if (inner.kind === 'address') return false;
      const name = inner.kind === 'name' ? inner.name : inner.base;
      return outer.base === null || (name !== null && isWithin(name, outer.base));
    }
  }
}

/**
 * Whether one of many assets covers another, as `coversAsset` says of each. Both lists may be a stranger's and
 * thousands long:
 * looked up rather than compared one by one.
 */
export function coveringAll(outer: readonly Asset[]): (inner: Asset) => boolean {
  const names = new Set(outer.flatMap((asset) => (asset.kind === 'name' ? [asset.name] : [])));
  const bases = new Set(outer.flatMap((asset) => (asset.kind === 'wildcard' ? [asset.base] : [])));
  const ranges = new Set(
    outer.flatMap((asset) => (asset.kind === 'address' ? [rangeKey(asset.range, asset.range.prefix)] : [])),
  );
  const lengths = [...new Set(outer.flatMap((asset) => (asset.kind === 'address' ? [asset.range.prefix] : [])))];
  const isBelow = (name: string): boolean => {
    if (bases.has(null)) return true;
    for (let rest = name; ; rest = rest.slice(rest.indexOf('.') + 1)) {
      if (bases.has(rest)) return true;
      if (!rest.includes('.')) return false;
    }
  };
  return (inner) => {
    switch (inner.kind) {
      case 'address':
        return lengths.some((length) => length <= inner.range.prefix && ranges.has(rangeKey(inner.range, length)));
      case 'name':
        return names.has(inner.name) || isBelow(inner.name);
      case 'wildcard':
        return inner.base === null ? bases.has(null) : isBelow(inner.base);
    }
  };
}

/** Whether a claim is too broad to mark any visited site: `*`, a wildcard before a public suffix, a huge prefix. */
export function isTooBroad(asset: Asset, suffixes: Suffixes): boolean {
  switch (asset.kind) {
    case 'address':
      return isBroad(asset.range);
    case 'name':
      return false;
    case 'wildcard':
      return asset.base === null || suffixes.isPublicSuffix(asset.base);
  }
}
