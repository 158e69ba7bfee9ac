import { LINK_TRAITS } from '../../kinds/link/link-table.js';
import { contains, parsePrefix } from '../../cidr/prefix.js';
import type { AllowEntry } from '../../model/allowlist.js';
import type { Link } from '../../model/link.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { cloudName } from '../schema/fields.js';
import type { CloudName } from '../../kinds/cloud/cloud-table.js';
import { fits } from './fits.js';
import type { LinkInput } from './spec-members.js';

/** Returns a text naming the block of a list that is inside another one, if there is one. */
export function coveredTwice(entries: readonly AllowEntry[]): string | undefined {
  for (const { cidrBlock: inner, fixed } of entries) {
    if (fixed === true) continue;
    const outer = entries.find(
      ({ cidrBlock }) => cidrBlock !== inner && contains(parsePrefix(cidrBlock), parsePrefix(inner)),
    );
    if (outer !== undefined) return `${inner} is inside ${outer.cidrBlock}`;
  }
  return undefined;
}

/** The location of a link, in the keys of a spec. */
export function place(region: RegionSnapshot): { provider: CloudName; region: string; account?: string } {
  const provider = region.provider as CloudName;
  return { provider, region: region.region, ...(region.account === '' ? {} : { account: region.account }) };
}

/** A link that belongs to another owner, by its ID. */
export function externalLink(link: Link, region: RegionSnapshot): LinkInput {
  return { ...place(region), id: link.id, owner: 'external' };
}

/**
 * The keys that a spec needs besides subnets and groups to create the link; undefined where they are not
 * known.
 */
export function nativeInput({ kind, native = {} }: Link): { instanceCidr?: string; spec?: string } | undefined {
  const input: { instanceCidr?: string; spec?: string } = {};
  for (const key of LINK_TRAITS[kind].settings) {
    const value = native[key];
    if (typeof value !== 'string' || (key === 'spec' && !fits(cloudName, value))) return undefined;
    input[key] = value;
  }
  return input;
}
