import { fewText } from '../../ground/text/quantities.js';
import { contains, parsePrefix } from '../../cidr/prefix.js';
import { readAddress } from '../../cidr/read-address.js';
import { CloudError, InvalidInputError, type SourcePlace } from '../../ground/errors.js';
import type { AllowEntry } from '../model/allowlist.js';
import type { Target, TargetRef } from '../model/target.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import { askedFor, splitQuery } from '../model/discovered.js';
import type { SecurityGroup, SecurityGroupRule } from '../model/network.js';

/** A backend of a link's routes: its callers, and its location. */
export interface Called {
  /** `GET /orders of 523e8dc7`. */
  readonly route: string;
  readonly address: string;
  /** Undefined: not known. */
  readonly port: number | undefined;
}

/**
 * Refuses to remove entries from a link's allowlist that its routes need: entries that are the only ones to
 * allow an address that a route calls. The addresses are those of the load balancers' interfaces and of the
 * instances of Cloud Map services. An address that was not read causes no refusal.
 * @throws {CloudError} `STILL_REFERENCED`, naming the routes.
 */
export function requireUnneeded(
  linkId: string,
  { gone, kept }: { readonly gone: readonly AllowEntry[]; readonly kept: readonly AllowEntry[] },
  region: RegionSnapshot,
): void {
  const users = cutOff(calledBy(linkId, region), { gone, kept });
  if (users.length === 0) return;

  const { message, dependents } = stillNeeded(users, gone);
  throw new CloudError('STILL_REFERENCED', message, {
    operation: 'revoke',
    remedy: 'Point these routes elsewhere first, or use --revoke-needed (`force` in a program): their calls will fail.',
    details: { linkId, dependents },
  });
}

/** The message of a refusal to remove entries, and its facts: the blocks, and the routes that need them. */
export function stillNeeded(
  users: readonly Called[],
  gone: readonly AllowEntry[],
): { readonly message: string; readonly dependents: { what: string; address: string }[] } {
  const texts = users.map(({ route, address, port }) => `${route} (${address}${port === undefined ? '' : `:${port}`})`);
  const needed = gone.filter((entry) => users.some((one) => reaches([entry], one)));
  const blocks = [...new Set(needed.map(({ cidrBlock }) => cidrBlock))];
  return {
    message: `${blocks.join(', ')} ${blocks.length === 1 ? 'is' : 'are'} still needed by ${fewText(texts, 5)}`,
    dependents: users.map(({ route, address }) => ({ what: route, address })),
  };
}

/** The backends that are allowed only by entries that are `gone`. */
export function cutOff(
  called: readonly Called[],
  { gone, kept }: { readonly gone: readonly AllowEntry[]; readonly kept: readonly AllowEntry[] },
): readonly Called[] {
  return called.filter((one) => reaches(gone, one) && !reaches(kept, one));
}

/** What is called through a link, or through another one that has its allowlist in the same security group. */
function calledBy(linkId: string, region: RegionSnapshot): readonly Called[] {
  const group = region.allowlists.find((one) => one.linkId === linkId)?.securityGroupId;
  const shared = region.links.filter((one) => group !== undefined && one.securityGroupIds.includes(group));
  const links = new Set([linkId, ...shared.map(({ id }) => id)]);
  return region.gateways.flatMap((gateway) =>
    gateway.routes
      .filter((route) => route.linkId !== undefined && links.has(route.linkId))
      .flatMap(({ key, targetId }) =>
        neededAddresses(
          region.targets.find(({ id }) => id === targetId),
          region,
        ).map((one) => ({ route: `${key} of ${gateway.id}`, ...one })),
      ),
  );
}

/** Where a target is called, as far as that was read. */
export function neededAddresses(
  target: (Pick<Target, 'kind' | 'id' | 'resourceId' | 'port'> & Partial<Pick<Target, 'endpoints'>>) | undefined,
  region: RegionSnapshot,
): readonly Omit<Called, 'route'>[] {
  if (target === undefined) return [];
  if (target.kind === 'address')
    return target.resourceId === undefined ? [] : [{ address: target.resourceId, port: target.port }];
  if (target.kind === 'service') {
    const [id, query] = splitQuery(target.id);
    const instances = region.services?.find((one) => one.id === id)?.instances ?? [];
    // One whose attributes were not read may be asked for.
    const unread = instances.filter(({ attributes }) => query !== undefined && attributes === undefined);
    return [...askedFor(id, instances, query).instances, ...unread].flatMap(({ address, ipv6Address, port }) =>
      [address, ipv6Address].flatMap((one) => (one === undefined ? [] : [{ address: one, port }])),
    );
  }

  const { resourceId, port, endpoints = [] } = target;
  const listed = endpoints.flatMap((text) => {
    const [, address = '', at] = /^\[?([\d.]+|[\da-f:]+)\]?:(\d+)$/i.exec(text) ?? [];
    return readAddress(address) === undefined ? [] : [{ address, port: Number(at) }];
  });
  const balancer = region.loadBalancers?.find(({ id }) => id === resourceId);
  const own = region.interfaces?.filter(({ attachedTo }) => attachedTo !== undefined && attachedTo === resourceId);
  const addresses = new Set([...(balancer?.addresses ?? []), ...(own ?? []).flatMap((one) => one.addresses)]);
  return [...listed, ...[...addresses].map((address) => ({ address, port }))];
}

function reaches(entries: readonly AllowEntry[], { address, port }: Called): boolean {
  const host = parsePrefix(`${address}/${address.includes(':') ? 128 : 32}`);
  return entries.some(
    ({ cidrBlock, protocol, fromPort, toPort }) =>
      contains(parsePrefix(cidrBlock), host) &&
      (protocol === 'all' || (protocol === 'tcp' && (port === undefined || (fromPort <= port && port <= toPort)))),
  );
}

/** The facts about a target that an allowlist needs: the target itself, and its part of the spec. */
export interface CalledTarget {
  readonly target?: Pick<Target, 'kind' | 'id' | 'port'> | undefined;
  readonly spec?: { readonly ref: TargetRef } | undefined;
}

/** The ports that a gateway calls a target on, or why they are not known: because something was not read, or although all was. */
export type CalledPorts =
  { readonly ports: readonly number[] } | { readonly unknown: string; readonly isUnread: boolean };

/**
 * The ports of a target: its own, those that the spec names, or those that the instances of its service are registered with.
 * @param attribute what holds the port of an instance: see `TargetKind.portAttribute`
 */
export function calledPorts(
  { services }: Pick<RegionSnapshot, 'services'>,
  called: CalledTarget,
  attribute = 'port',
): CalledPorts {
  const { target, spec } = called;
  if (target?.port !== undefined) return { ports: [target.port] };
  if (spec !== undefined && spec.ref.port !== undefined) return { ports: [spec.ref.port] };
  if (target?.kind !== 'service') return { unknown: 'it was not read', isUnread: true };

  const [id, query] = splitQuery(target.id);
  const instances = services?.find((one) => one.id === id)?.instances;
  if (instances === undefined) return { unknown: 'its instances were not read', isUnread: true };

  const { instances: asked, missing } = askedFor(id, instances, query);
  if (missing !== undefined) return { unknown: 'the attributes of its instances were not read', isUnread: true };

  const [portless] = asked.filter(({ port }) => port === undefined);
  if (portless !== undefined) return { unknown: `its instance ${portless.id} has no ${attribute}`, isUnread: false };
  if (asked.length === 0) return { unknown: 'no instance is registered', isUnread: false };

  return { ports: [...new Set(asked.flatMap(({ port }) => port ?? []))] };
}

export interface RuleOfGroup {
  readonly group: SecurityGroup;
  readonly rule: SecurityGroupRule;
}

/**
 * Outgoing rules of `groups` that allow more than `entries`. Rules of several groups add up, so one such rule
 * makes an allowlist ineffective. A rule whose destination is a prefix list or another group counts, because
 * its future contents are unknown.
 */
export function widerRules(groups: readonly SecurityGroup[], entries: readonly AllowEntry[]): readonly RuleOfGroup[] {
  return groups.flatMap((group) =>
    group.rules
      .filter((rule) => rule.direction === 'out' && !isCovered(rule, entries))
      .map((rule): RuleOfGroup => ({ group, rule })),
  );
}

/**
 * Why the allowlist of link `name` would have no effect: rules of other groups of the link that allow more,
 * or what the adapter read of them. Undefined: it has an effect.
 */
export function ineffective(
  name: string,
  rules: readonly RuleOfGroup[],
  seen: readonly string[],
  place?: SourcePlace,
): InvalidInputError | undefined {
  const texts = [...rules.map(({ group, rule }) => `${group.id} (${group.name}) allows ${ruleText(rule)}`), ...seen];
  if (texts.length === 0) return undefined;

  return new InvalidInputError(
    'ALLOWLIST_INEFFECTIVE',
    `the allowlist of link ${name} has no effect: ${fewText(texts, 1)}`,
    {
      place,
      remedy: 'Narrow or remove that rule, or leave that security group out: rules of several groups add up.',
      details: { rules: texts },
    },
  );
}

function isCovered(rule: SecurityGroupRule, entries: readonly AllowEntry[]): boolean {
  const { cidrBlock } = rule;
  if (cidrBlock === undefined) return false;

  return entries.some(
    (entry) =>
      contains(parsePrefix(entry.cidrBlock), parsePrefix(cidrBlock)) &&
      (entry.protocol === 'all' ||
        (entry.protocol === rule.protocol && entry.fromPort <= rule.fromPort && rule.toPort <= entry.toPort)),
  );
}

function ruleText(rule: SecurityGroupRule): string {
  const to = rule.cidrBlock ?? rule.prefixListId ?? rule.securityGroupId ?? 'an unnamed destination';
  const every = ['-1', 'all'].includes(rule.protocol);
  const ports = rule.fromPort === rule.toPort ? `${rule.fromPort}` : `${rule.fromPort}-${rule.toPort}`;
  return `${every ? 'everything' : `${rule.protocol} ${ports}`} to ${to}${rule.id === undefined ? '' : ` (${rule.id})`}`;
}
