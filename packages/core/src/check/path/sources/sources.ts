import { madeIn, madeOnce } from '../../../do/world/derived.js';
import type { Link } from '../../../do/model/link.js';
import type { NetworkInterface, SecurityGroup } from '../../../do/model/network.js';
import { type End, unknownStep, type PathStep } from '../model/step.js';
import type { SubnetPlace, World } from '../model/world.js';
import { createGroupSet, unknownGroups, type GroupSet } from '../model/group-set.js';
import { afterApply } from '../groups/kept-group.js';
import { readSpan, spanText, type Span } from '../model/span.js';
import { egressByLink, linkIpv6 } from './link-source.js';
import { callsFrom, groupOfSubnet, plannedGroup, type Caller } from './caller.js';

/** Where a link's calls come from; `trouble` where that is not known in part or at all. */
export interface Sources {
  readonly ends: readonly End[];
  readonly trouble: readonly PathStep[];
}

/**
 * Where calls of a link come from: its subnets, with the addresses and groups of its interfaces where the snapshot has them; of a
 * conventional instance, which has none, the blocks that it calls from.
 */
export function sourcesOf(world: World, caller: Caller, family: 4 | 6): Sources {
  const families = world.derived('sources of callers', () => ({
    4: new Map<Caller, Sources>(),
    6: new Map<Caller, Sources>(),
  }));
  // A caller is looked up once for each of its targets.
  return madeIn(families[family], caller, () => findSources(world, caller, family));
}

function findSources(world: World, caller: Caller, family: 4 | 6): Sources {
  return caller.link !== undefined && callsFrom(world.index.clouds, caller) === 'blocks'
    ? egressOf(world, caller.link)
    : subnetsOf(world, caller, family);
}

function subnetsOf(world: World, caller: Caller, family: 4 | 6): Sources {
  const ends: End[] = [];
  const trouble: PathStep[] = [];
  const interfaces = caller.link === undefined ? [] : world.interfacesOfLink(caller.link.id);
  for (const id of caller.subnetIds) {
    const found = world.place(id);
    if (found.is === 'found') {
      const end = endIn(world, caller, found.value, interfaces, family);
      if (end === undefined) trouble.push(withoutBlock(world, caller, found.value, family));
      else ends.push(end);
    } else {
      const missing =
        found.is === 'unknown' ? found.missing : { what: `subnet ${id}`, remedy: `Check whether subnet ${id} exists.` };
      trouble.push(unknownStep('path/link', 'link', { kind: 'subnet', id }, missing));
    }
  }
  if (caller.unread?.subnets !== undefined) {
    const what = { kind: 'link', id: caller.link?.id ?? caller.name };
    trouble.push(unknownStep('path/link', 'link', what, caller.unread.subnets));
  }
  if (ends.length === 0 && trouble.length === 0) {
    const missing = { what: `the subnets of link ${caller.name}`, remedy: 'Declare the subnets of the link.' };
    trouble.push(unknownStep('path/link', 'link', { kind: 'link', id: caller.link?.id ?? caller.name }, missing));
  }
  return { ends, trouble };
}

function endIn(
  world: World,
  caller: Caller,
  place: SubnetPlace,
  interfaces: readonly NetworkInterface[],
  family: 4 | 6,
): End | undefined {
  const { subnet } = place;
  const span = place.spans.find((one) => one.family === family);
  if (span === undefined) return undefined;

  const own = interfaces.filter(({ subnetId }) => subnetId === subnet.id);
  // Where an interface could not be read, the addresses that are known may not be all.
  const isPart = world.index.missing('interfaces')?.failed === true;
  const points = isPart ? [] : own.flatMap(({ addresses }) => addresses.flatMap((text) => ofFamily(text, family)));
  return {
    text: `${subnet.id} (${spanText(span)})`,
    span,
    points,
    place,
    networkId: subnet.networkId,
    groups: afterApply(world, groupsOf(world, caller, place, own), caller.kept),
    kept: caller.kept,
    behindNetworkAcl: true,
    owner: `link ${caller.name}`,
  };
}

/**
 * The groups of the link's interfaces in a subnet. Without interfaces, those of the link: on clouds that give
 * each zone its own group, it remains unknown which of several it is.
 */
function groupsOf(
  world: World,
  { name, kind, link, subnetIds, securityGroupIds, planned, unread }: Caller,
  { subnet }: SubnetPlace,
  own: readonly NetworkInterface[],
): GroupSet {
  const [first] = own;
  if (first !== undefined) return world.groupSet(first.securityGroupIds);
  if (unread?.groups !== undefined) return unknownGroups(unread.groups);
  if (planned !== undefined) return plannedSet(world, securityGroupIds, planned);
  if (securityGroupIds.length === 0) {
    const unread = link === undefined ? undefined : world.index.missing('interfaces');
    return unknownGroups(
      unread ?? {
        what: `the security groups of the interfaces of link ${name} in ${subnet.id}`,
        remedy: `Declare a security group for link ${name}: the default group is not documented.`,
      },
    );
  }

  const ofZone = groupOfSubnet(link, subnet.id);
  if (ofZone !== undefined) return world.groupSet([ofZone]);

  const single = world.index.clouds.link(kind).groupPerZone;
  if (single && link === undefined && securityGroupIds.length > 1) {
    const own = plannedGroup({ subnetIds, securityGroupIds }, subnet.id);
    if (own !== undefined && unread?.subnets === undefined) return world.groupSet([own]);

    const [one, many] = world.index.clouds.network(world.index.region).subnetNouns ?? ['subnet', 'subnets'];
    return unknownGroups(
      unread?.subnets ?? {
        what: `the security group (of ${securityGroupIds.join(', ')}) of the planned interface of link ${name} in ${subnet.id}`,
        remedy: `Declare one security group for all ${many} of link ${name}, or one for each ${one} in the same order.`,
      },
    );
  }
  if (single && securityGroupIds.length > 1) {
    return unknownGroups(
      world.index.missing('interfaces') ?? {
        what: `the security group (of ${securityGroupIds.join(', ')}) of the interface of link ${name} in ${subnet.id}`,
        remedy: 'Take the snapshot again with credentials that may read network interfaces.',
      },
    );
  }

  return world.groupSet(securityGroupIds);
}

/** The declared groups and the one that will be created: one set for all subnets, since its rules are compiled once. */
function plannedSet(world: World, ids: readonly string[], planned: SecurityGroup): GroupSet {
  return madeOnce(world, 'planned groups', planned, () => ({
    ...createGroupSet([...ids, planned.id], (id) =>
      id === planned.id ? { is: 'found', value: planned } : world.index.find('securityGroups', id),
    ),
    planned: planned.id,
  }));
}

function ofFamily(text: string, family: 4 | 6): readonly Span[] {
  const span = readSpan(text);
  return span?.family === family ? [span] : [];
}

/** Why a link does not call from a subnet that has no block of a family, which only IPv6 can lack. */
function withoutBlock(world: World, caller: Caller, { subnet }: SubnetPlace, family: 4 | 6): PathStep {
  const step = linkIpv6(world, caller);
  if (step.verdict === 'fail') return step;

  return unknownStep(
    'path/link',
    'link',
    { kind: 'subnet', id: subnet.id },
    {
      what: `the IPv${family} source block of ${subnet.id} (it has none)`,
      remedy: `Assign an IPv4 address to the target.`,
    },
  );
}

/** Blocks of the cloud itself, to which the user's groups, network ACLs and routes do not apply. */
function egressOf(world: World, { id, name }: Link): Sources {
  const prefixes = egressByLink(world.index).get(id)?.prefixes ?? [];
  const spans = prefixes.flatMap((text) => readSpan(text) ?? []);
  if (spans.length > 0) {
    const ends = spans.map((span): End => ({
      text: spanText(span),
      span,
      behindNetworkAcl: false,
      owner: `link ${name}`,
    }));
    return { ends, trouble: [] };
  }

  const missing = world.index.missing('egress', id) ?? {
    what: `the source blocks of ${id}`,
    remedy: 'Take the snapshot again: the instance has not reported them.',
  };
  return { ends: [], trouble: [unknownStep('path/link', 'link', { kind: 'link', id }, missing)] };
}
