import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { SpecKeys } from '../../do/kinds/cloud/spec-keys.js';
import { contains, parsePrefix } from '../../cidr/prefix.js';
import type { AllowEntry } from '../../do/model/allowlist.js';
import type { Link, LinkKind } from '../../do/model/link.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import { id } from '../schema/fields.js';
import { formOf } from '../schema/key-forms.js';
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
export function place(region: RegionSnapshot): { provider: string; region: string; account?: string } {
  const provider = region.provider;
  return { provider, region: region.region, ...(region.account === '' ? {} : { account: region.account }) };
}

/** A link that belongs to another owner, by its ID. */
export function externalLink(link: Link, region: RegionSnapshot, clouds: Clouds): WrittenLink {
  return { ...place(region), ...byId(link, region, clouds), owner: 'external' } as WrittenLink;
}

/** A link by its ID, with its kind where the ID alone means another one. */
export function byId(link: Link, region: RegionSnapshot, clouds: Clouds): { kind?: LinkKind; id: string } {
  return { ...kindInput(link, region, clouds), id: link.id };
}

/** The kind of a link, where a spec without one means another. */
function kindInput({ kind }: Link, { provider }: RegionSnapshot, clouds: Clouds): { kind?: LinkKind } {
  const { createdOn: cloud } = clouds.link(kind);
  return cloud === provider && clouds.linkKindsOf(provider)[0] !== kind ? { kind } : {};
}

/**
 * What a link was created from, in the keys of a spec; undefined where that is not known, or does not exist any more:
 * then the link is given by its ID.
 */
export function partsInput(
  link: Link,
  groups: readonly string[],
  region: RegionSnapshot,
  clouds: Clouds,
): Readonly<Record<string, unknown>> | undefined {
  const { createdFrom, groupIsManaged, settings } = clouds.link(link.kind);
  const { keys } = clouds.named(region.provider) ?? {};
  if (createdFrom === 'loadBalancer') return balancerInput(link, region);
  const native = nativeInput(link, settings, keys);
  if (native === undefined || link.subnetIds.length === 0) return undefined;
  return {
    ...kindInput(link, region, clouds),
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
function nativeInput(
  { native = {} }: Link,
  settings: readonly string[],
  { link = {} }: SpecKeys = {},
): Readonly<Record<string, unknown>> | undefined {
  const input: Record<string, unknown> = {};
  for (const key of settings) {
    const form = link[key]?.form;
    if (form === undefined || !fits(formOf(form), native[key])) return undefined;
    input[key] = native[key];
  }
  return input;
}
