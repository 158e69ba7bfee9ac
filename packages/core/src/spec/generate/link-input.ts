import { LINK_TRAITS, type NativeKey } from '../../do/kinds/link/link-table.js';
import { createdOn } from '../../do/kinds/link/link-traits.js';
import { contains, parsePrefix } from '../../cidr/prefix.js';
import type { AllowEntry } from '../../do/model/allowlist.js';
import type { Link, LinkKind } from '../../do/model/link.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import { cloudName, id } from '../schema/fields.js';
import type { CloudName } from '../../do/kinds/cloud/cloud-table.js';
import { fits } from './fits.js';
import type { WrittenLink } from './spec-members.js';

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
export function externalLink(link: Link, region: RegionSnapshot): WrittenLink {
  return { ...place(region), ...byId(link, region), owner: 'external' } as WrittenLink;
}

/** A link by its ID, with its kind where the ID alone means another one. */
export function byId(link: Link, region: RegionSnapshot): { kind?: LinkKind; id: string } {
  return { ...kindInput(link, region), id: link.id };
}

/** The kind of a link, where a spec without one means another. */
function kindInput({ kind }: Link, { provider }: RegionSnapshot): { kind?: LinkKind } {
  const { createdOn: cloud } = LINK_TRAITS[kind];
  return cloud === provider && createdOn(provider) !== kind ? { kind } : {};
}

/**
 * What a link was created from, in the keys of a spec; undefined where that is not known, or does not exist any more:
 * then the link is given by its ID.
 */
export function partsInput(
  link: Link,
  groups: readonly string[],
  region: RegionSnapshot,
): Readonly<Record<string, unknown>> | undefined {
  const { createdFrom, groupIsManaged } = LINK_TRAITS[link.kind];
  if (createdFrom === 'loadBalancer') return balancerInput(link, region);
  const native = nativeInput(link);
  if (native === undefined || link.subnetIds.length === 0) return undefined;
  return {
    ...kindInput(link, region),
    subnets: [...link.subnetIds],
    ...(groups.length === 0 || groupIsManaged ? {} : { securityGroups: groups }),
    ...native,
  };
}

/** The one load balancer of a link, by its name where that is read and unique. */
function balancerInput(
  { loadBalancerIds = [] }: Link,
  { loadBalancers, whole = [] }: RegionSnapshot,
): { loadBalancer: string } | undefined {
  const [wanted, ...others] = loadBalancerIds;
  if (wanted === undefined || others.length > 0 || !fits(id, wanted)) return undefined;
  const found = loadBalancers.find((one) => one.id === wanted);
  if (found === undefined) return whole.includes('loadBalancers') ? undefined : { loadBalancer: wanted };
  const named = loadBalancers.filter(({ name }) => name === found.name);
  return { loadBalancer: named.length === 1 && fits(id, found.name) ? found.name : wanted };
}

/**
 * The keys that a spec needs besides subnets and groups to create the link; undefined where they are not
 * known.
 */
function nativeInput({ kind, native = {} }: Link): Partial<Record<NativeKey, string>> | undefined {
  const input: Partial<Record<NativeKey, string>> = {};
  for (const key of LINK_TRAITS[kind].settings) {
    const value = native[key];
    if (typeof value !== 'string' || (key === 'spec' && !fits(cloudName, value))) return undefined;
    input[key] = value;
  }
  return input;
}
