// Coverage of the visited site by an emblem's assets ([V9]).

import { containsRange, isBroad } from '../emblem/address.ts';
import { type Asset, coversAsset, isTooBroad } from '../emblem/asset.ts';
import type { VisitedHost } from '../emblem/host.ts';
import { isWithin, sameDomain, type Suffixes } from '../emblem/name.ts';
import { domainOf } from '../emblem/organisation.ts';
import { problem, type Problem } from '../problem.ts';

/** What coverage depends on besides the assets. */
export interface CoverageContext {
  readonly visited: VisitedHost;
  /** Owner of the emblem's record. */
  readonly owner: string;
  /**
   * The emblem's `iss`: proven by step 6, or only claimed where no log could tell; then it is unconfirmed whatever it
   * covers.
   */
  readonly issuer: string | null;
  readonly suffixes: Suffixes;
}

export interface Coverage {
  readonly coveredBy: Asset | null;
  readonly problems: readonly Problem[];
}

/** Why an asset that would cover the visited host or address must not be believed to; null where it may. */
function objection(asset: Asset, { visited, owner, issuer, suffixes }: CoverageContext): Problem | null {
  if (isTooBroad(asset, suffixes)) return problem('asset-too-broad', asset.text);
  const isOwnDomain = issuer !== null && isWithin(visited.name, domainOf(issuer));
  if (asset.kind === 'address' && !isOwnDomain) return problem('asset-not-issuers', asset.text);
  // A dangling alias can be taken over: what stands under another domain must name the host itself.
  const isOwnRecord = sameDomain(owner, visited.name, suffixes);
  return asset.kind === 'name' || isOwnRecord ? null : problem('via-alias', owner);
}

function reaches(asset: Asset, visited: VisitedHost): boolean {
  // What nobody can visit covers nothing, whatever its prefix reaches beyond it; one too broad is told of as that.
  if (asset.kind === 'address')
    return (
      visited.address !== null &&
      (asset.range.isPublic || isBroad(asset.range)) &&
      containsRange(asset.range, visited.address)
    );
  return coversAsset(asset, { kind: 'name', text: visited.name, name: visited.name });
}

/**
 * Finds the first asset that covers the visited host, or the connected address where the issuer's own domain was
 * visited.
 */
export function findCoverage(assets: readonly Asset[], context: CoverageContext): Coverage {
  const objections: Problem[] = [];
  for (const asset of assets) {
    if (!reaches(asset, context.visited)) continue;
    const objected = objection(asset, context);
    if (objected === null) return { coveredBy: asset, problems: [] };
    objections.push(objected);
  }
  return {
    coveredBy: null,
    problems: objections.length > 0 ? objections : [problem('host-not-covered', context.visited.name)],
  };
}
