import { madeOnce } from '../../../do/world/derived.js';
import type { Prefix } from '../../../cidr/prefix.js';
import { PrefixSet } from '../../../cidr/prefix-set.js';
import type { Egress } from '../../../do/model/link.js';
import type { LinkView, Missing, RegionIndex } from '../../../do/world/views.js';
import { refusedOr } from '../../../do/world/index/gap-facts.js';
import { readBlocks } from '../model/group-set.js';
import { groupOfSubnet, plannedGroup, type Caller } from './caller.js';
import { isNew, mayBeNew, standsInSubnets } from '../../../do/world/link-facts.js';
import { registeredBy } from '../../../do/kinds/id-kinds.js';
import { linkReasons } from '../reasons/link.js';
import { failStep, unknownStep, type PathStep } from '../model/step.js';
import type { World } from '../model/world.js';

/** One block that a link's calls come from. */
export interface SourceBlock {
  readonly text: string;
  /** `subnet-a`, `the egress of eu`. */
  readonly of: string;
  /**
   * The groups of its calls. Several lists where it is one of them and it is unknown which: each zone of an
   * integration instance has a group of its own. Undefined: those of the whole link.
   */
  readonly groupIds?: readonly (readonly string[])[] | undefined;
  /** Where there are several lists: why it is unknown which applies, where the call that would show it was refused. */
  readonly which?: Missing | undefined;
}

/** Where a link's calls come from. */
export interface Source {
  /** IPv4: whether links call over IPv6 is published by neither cloud. */
  readonly blocks: readonly SourceBlock[];
  readonly prefixes: readonly Prefix[];
  /** Created on request. */
  readonly set: () => PrefixSet;
  /** The groups on its interfaces. */
  readonly groupIds: readonly string[];
  /** Why its calls may carry others: a rule that names a group may then be for them, or not. */
  readonly ungrouped?: Missing | undefined;
  /** Why there may be blocks that are not among these. */
  readonly missing?: Missing | undefined;
}

/** What was seen of a link's egress. */
function egressOf({ region, link }: LinkView): Egress | undefined {
  return link === undefined ? undefined : egressByLink(region).get(link.id);
}

/** The egress of the links of a region, by their IDs. */
export function egressByLink(region: RegionIndex): ReadonlyMap<string, Egress> {
  return region.derived('egress by link', readEgress);
}

function readEgress({ region }: RegionIndex): ReadonlyMap<string, Egress> {
  return new Map(region.egress.map((one) => [one.linkId, one]));
}

/**
 * The blocks that a link's calls come from, computed once for each link: those of its subnets, which are
 * valid as long as it exists, or those that the cloud reports for a conventional instance, old and new ones.
 * Single addresses are an observation only.
 */
export function sourceOf(view: LinkView): Source {
  return madeOnce(view.region, 'sources of links', view, () =>
    view.unseen === undefined ? seenSource(view) : ofMissingLink(view.unseen),
  );
}

function seenSource(view: LinkView): Source {
  return standsInSubnets(view) ? ofSubnets(view) : ofEgress(view);
}

/** A link that may exist can have groups that the spec does not name: rules for the declared ones prove nothing about it. */
function ofMissingLink(missing: Missing): Source {
  return { blocks: [], ...addressesOf([]), groupIds: [], missing };
}

function ofSubnets(view: LinkView): Source {
  const blocks: SourceBlock[] = [];
  const gap = view.region.missing('interfaces');
  const which = gap?.failed === true ? gap : undefined;
  let missing: Missing | undefined;
  for (const id of view.subnetIds) {
    const subnet = view.region.find('subnets', id);
    if (subnet.is === 'found')
      blocks.push({ text: subnet.value.cidrBlock, of: id, groupIds: groupsIn(view, id), which });
    else if (subnet.is === 'unknown') missing ??= subnet.missing;
  }
  const egress = egressOf(view);
  // Which block has which group is not known there.
  const isTold = egress !== undefined && egress.prefixes.length > 0 && !isSplit(view);
  if (missing !== undefined && isTold) return ofEgress(view);

  if (blocks.length === 0) missing ??= view.region.missing('links', view.link?.id) ?? nowhere(view);
  const groupIds = view.securityGroupIds.length > 0 ? view.securityGroupIds : (egress?.securityGroupIds ?? []);
  return { blocks, ...addressesOf(blocks), groupIds, ungrouped: ungrouped(view, groupIds), missing };
}

/** Why the groups of a link's calls cannot be determined; undefined where they are known. */
function ungrouped(view: LinkView, groupIds: readonly string[]): Missing | undefined {
  const { name, networkId, region, spec } = view;
  if (view.unread?.securityGroups !== undefined) return view.unread.securityGroups;
  // Those of its interfaces, where they could be read.
  if (!mayBeNew(view))
    return groupIds.length > 0
      ? undefined
      : refusedOr(region, 'interfaces', undefined, refusedOr(region, 'egress', view.link?.id, nameless(name)));
  // The group that is created for an allowlist has no references yet.
  if (groupIds.length === 0) {
    return spec.allowlist !== undefined && view.traits.allowlist === 'security group' ? undefined : nameless(name);
  }

  const strange = groupIds.find((id) => {
    const group = region.find('securityGroups', id);
    return networkId !== undefined && group.is === 'found' && group.value.networkId !== networkId;
  });
  if (strange === undefined) return undefined;

  const remedy = `Write security groups of ${networkId ?? ''} under links.${name}.securityGroups: ${strange} is in another network.`;
  return { what: `the security groups that link ${name} will have`, remedy };
}

function nameless(name: string): Missing {
  const remedy = `Declare a security group for link ${name}: the default group is not documented.`;
  return { what: `the security groups of the interfaces of link ${name}`, remedy };
}

/** Which group calls from a subnet carry, where that is not simply each of the link's. */
function groupsIn(view: LinkView, subnetId: string): SourceBlock['groupIds'] {
  const { region, link, securityGroupIds } = view;
  if (!isSplit(view)) return undefined;

  const own = link === undefined ? [] : (region.group('interfaces', 'link', (one) => [one.linkId]).get(link.id) ?? []);
  const ofSubnet = own.find((one) => one.subnetId === subnetId);
  if (ofSubnet !== undefined) return [ofSubnet.securityGroupIds];

  const isPlanned = isNew(view) && view.unread?.subnets === undefined;
  const ofZone = isPlanned ? plannedGroup(view, subnetId) : groupOfSubnet(link, subnetId);
  return ofZone === undefined ? securityGroupIds.map((id) => [id]) : [[ofZone]];
}

/** Whether each zone may have another group. */
function isSplit(view: LinkView): boolean {
  return view.traits.groupPerZone && view.securityGroupIds.length > 1;
}

function ofEgress(view: LinkView): Source {
  const egress = egressOf(view);
  // Which block belongs to which zone is not known here.
  const groupIds = isSplit(view) ? view.securityGroupIds.map((id) => [id]) : undefined;
  const blocks = (egress?.prefixes ?? [])
    .filter((text) => !text.includes(':'))
    .map((text) => {
      const note = egress?.prefixNotes?.[text];
      const of = note === undefined ? `the egress of ${view.name}` : `the ${note} egress of ${view.name}`;
      return { text, of, groupIds };
    });
  const missing =
    egress === undefined || blocks.length === 0
      ? (view.region.missing('egress', view.link?.id) ?? view.region.missing('interfaces') ?? nowhere(view))
      : undefined;
  return { blocks, ...addressesOf(blocks), groupIds: egress?.securityGroupIds ?? [], missing };
}

function addressesOf(blocks: Source['blocks']): Pick<Source, 'prefixes' | 'set'> {
  const prefixes = readBlocks(blocks.map(({ text }) => text));
  let made: PrefixSet | undefined;
  return { prefixes, set: () => (made ??= PrefixSet.of(prefixes)) };
}

function nowhere({ name, link, spec }: LinkView): Missing {
  const remedy =
    link !== undefined
      ? `Run \`postern egress ${name}\` to list them.`
      : spec.id === undefined
        ? `Create link ${name} with \`postern apply\`, or write subnets that can be read at links.${name}.subnets.`
        : `Write the ID of a link that exists at links.${name}.id.`;
  return { what: `the source blocks of link ${name}`, remedy };
}

/** The documentation does not say whether links call over IPv6. */
const UNDOCUMENTED: PathStep = unknownStep(
  'path/link',
  'link',
  { kind: 'link', id: 'IPv6' },
  {
    what: 'IPv6 support of links (not documented)',
    remedy: 'Assign an IPv4 address to the target.',
  },
);

/**
 * Whether a link calls IPv6 addresses: not where its interfaces were read and none has an IPv6 address to call from [I].
 */
export function linkIpv6(world: World, { link }: Pick<Caller, 'link'>): PathStep {
  const interfaces = link === undefined ? [] : world.interfacesOfLink(link.id);
  const hasSix = interfaces.some(({ addresses }) => addresses.some((address) => address.includes(':')));
  if (interfaces.length === 0 || hasSix || world.index.missing('interfaces')?.failed === true) return UNDOCUMENTED;

  return failStep('path/link', 'link', () => ({
    kind: 'link',
    id: 'IPv6',
    text: 'no interface of the link has an IPv6 address',
    ...linkReasons.LINK_WITHOUT_IPV6({
      interfaces: interfaces.map(({ id }) => id),
      attribute: registeredBy(world.index.clouds, world.index.region.provider, 'address'),
    }),
  }));
}
