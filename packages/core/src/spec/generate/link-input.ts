import { linkKindsOn } from '../../do/kinds/cloud/link-kinds.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { SpecKeys } from '../../do/kinds/cloud/spec-keys.js';
import { contains, parsePrefix } from '../../cidr/prefix.js';
import type { AllowEntry, PortRange } from '../../do/model/allowlist.js';
import type { Link, LinkKind } from '../../do/model/link.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import { id } from '../schema/fields.js';
import { formOf } from '../schema/key-forms.js';
import type { WrittenLink } from './declared-settings.js';
import { isName } from '../../do/forms/text-rules.js';
import { mergedRanges, portRanges, rangeText } from '../../do/allowlist/allow-entries.js';
import { calledPorts } from '../../do/allowlist/needed-blocks.js';
import type { SpecInput } from '../schema/spec-schema.js';
import { grouped } from '../../ground/grouped.js';

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
  return cloud === provider && linkKindsOn(clouds, provider)[0] !== kind ? { kind } : {};
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

/** The keys that a spec needs besides subnets and groups to create the link; undefined where they are not known. */
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

/** Whether a value from a cloud is valid in a spec. */
export function fits(field: { safeParse: (value: unknown) => { success: boolean } }, value: unknown): boolean {
  return field.safeParse(value).success;
}

/** Gives out names for a spec, each once. */
export class Names {
  readonly #taken = new Set<string>();

  /** Reserves `name` as it is, or with a number appended where it is already in use. */
  take(name: string): string {
    let free = name;
    for (let number = 2; this.#taken.has(free); number += 1) free = `${name.slice(0, 57)}-${number}`;
    this.#taken.add(free);
    return free;
  }

  /** A valid name from `text`, which may be any text, or from `otherwise` where no part of it is valid. */
  free(text: string, otherwise: string): string {
    for (const candidate of [text, otherwise, 'unnamed']) {
      const slug = candidate
        .slice(0, 200)
        .replace(/[^A-Za-z0-9._-]+/g, '-')
        .replace(/^[^A-Za-z0-9]+/, '')
        .slice(0, 57)
        .replace(/(?<![^A-Za-z0-9])[^A-Za-z0-9]+$/, '');
      if (isName(slug)) return this.take(slug);
    }
    return this.take('unnamed');
  }
}

type AllowInput = NonNullable<NonNullable<SpecInput['links']>[string]['allowlist']>[number];

/**
 * The entries of a link's allowlist in the form of a spec: with ports where they differ from those of the
 * link's targets.
 */
export function allowInput(
  region: RegionSnapshot,
  clouds: Clouds,
  link: Pick<Link, 'id' | 'kind'>,
  entries: readonly AllowEntry[],
): AllowInput[] {
  const groups = groupInput(entries);
  if (groups.length > 0) return groups;

  const { allowlistHasPorts } = clouds.link(link.kind).plans;
  const usual = allowlistHasPorts ? targetPorts(region, link.id) : undefined;
  const byBlock = grouped(
    entries.filter(({ fixed }) => fixed !== true),
    ({ cidrBlock }) => cidrBlock,
  );
  return [...byBlock].map(([cidr, own]) => {
    const ranges = mergedRanges(own);
    // Where the ports of targets are not known, those of the entry are written.
    const isUsual = !allowlistHasPorts || textOf(ranges) === usual || own.some(({ protocol }) => protocol !== 'tcp');
    if (isUsual || ranges.some(({ fromPort }) => fromPort < 1)) return cidr;

    return {
      cidr,
      ports: ranges.map((range) => (range.fromPort === range.toPort ? range.fromPort : rangeText(range))),
    };
  });
}

/** The security groups that admit a link, with their ports. */
function groupInput(entries: readonly AllowEntry[]): AllowInput[] {
  const byGroup = new Map<string, AllowEntry[]>();
  for (const entry of entries) {
    const { securityGroupId: id, fixed } = entry;
    if (id !== undefined && fixed !== true) byGroup.set(id, [...(byGroup.get(id) ?? []), entry]);
  }
  return [...byGroup].map(([group, own]) => ({ group, ports: mergedRanges(own).map(portInput) }));
}

function portInput(range: PortRange): number | string {
  return range.fromPort === range.toPort ? range.fromPort : `${range.fromPort}-${range.toPort}`;
}

/** The ports that a plan gives entries without any. Undefined where a target of the link was not read. */
function targetPorts(region: RegionSnapshot, linkId: string): string | undefined {
  const ids = region.gateways.flatMap(({ routes }) => routes.filter((route) => route.linkId === linkId));
  const targets = ids.map(({ targetId }) => region.targets.find(({ id }) => id === targetId));
  if (targets.includes(undefined)) return undefined;

  const ports = targets.flatMap((target): readonly (number | undefined)[] => {
    const called = calledPorts(region, { target });
    return 'ports' in called ? called.ports : [undefined];
  });
  return textOf(portRanges(ports));
}

function textOf(ranges: ReturnType<typeof mergedRanges>): string {
  return ranges.map(rangeText).join(' ');
}
