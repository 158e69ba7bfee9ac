import type { Instance, NetworkInterface } from '../../../do/model/network.js';
import type { End } from '../model/step.js';
import { readSpan, type Span, spanText, holds } from '../model/span.js';
import type { SubnetPlace, World } from '../model/world.js';
import { madeOnce } from '../../../do/world/derived.js';
import type { Missing, RegionIndex } from '../../../do/world/views.js';

/** An interface's address as an end. */
export function interfaceEnd(world: World, one: NetworkInterface, span: Span): End {
  return {
    text: spanText(span),
    span,
    ...placed(world, one.subnetId),
    networkId: one.networkId,
    groups: world.groupSet(one.securityGroupIds),
    behindNetworkAcl: true,
    owner: one.attachedTo ?? one.id,
  };
}

/** An instance's address as an end: by its interface where that is known, which has more facts. */
export function instanceEnd(world: World, instance: Instance, span: Span): End {
  const { networkId, subnetId, securityGroupIds, id } = instance;
  const own = networkId === undefined ? undefined : world.interfaceAt(networkId, spanText(span));
  if (own !== undefined) return interfaceEnd(world, own, span);

  return {
    text: spanText(span),
    span,
    ...(subnetId === undefined ? {} : placed(world, subnetId)),
    networkId,
    groups: world.groupSet(securityGroupIds),
    behindNetworkAcl: true,
    owner: id,
  };
}

/** The IPv4 addresses of a list; its IPv6 ones where it has no others. */
export function firstFamily(addresses: readonly string[]): readonly Span[] {
  const spans = addresses.flatMap((text) => readSpan(text) ?? []);
  const four = spans.filter(({ family }) => family === 4);
  return four.length > 0 ? four : spans;
}

export function subnetPlace(world: World, subnetId: string): SubnetPlace | undefined {
  const found = world.place(subnetId);
  return found.is === 'found' ? found.value : undefined;
}

/** A subnet as a member of an end, or why it is not known. */
function placed(world: World, subnetId: string): Pick<End, 'place' | 'unplaced'> {
  const found = world.place(subnetId);
  if (found.is === 'found') return { place: found.value };

  return found.is === 'unknown' ? { unplaced: found.missing } : {};
}

/**
 * The interface that has an address in a network, or a delegated block with the address: other networks may
 * have the same addresses.
 */
export function interfaceAt(
  region: RegionIndex,
  networkId: string | undefined,
  address: string,
): NetworkInterface | undefined {
  if (networkId === undefined) {
    const anywhere = region.group('interfaces', 'address in any network', (one) => one.addresses);
    return anywhere.get(address)?.[0] ?? delegatedAt(region, ANY, address);
  }

  const byPlace = region.group('interfaces', 'address', (one) => one.addresses.map((own) => `${one.networkId} ${own}`));
  return byPlace.get(`${networkId} ${address}`)?.[0] ?? delegatedAt(region, networkId, address);
}

/**
 * Why an address without a known interface may still belong to one. Undefined where the snapshot contains all
 * interfaces.
 */
export function unseenInterfaces(region: RegionIndex, networkId: string, address: string): Missing | undefined {
  const missing = region.missing('interfaces');
  if (missing !== undefined) return missing;

  const hidden = sharedNetwork(region, networkId, address);
  if (hidden !== undefined) return hidden;

  const unread = region.group('interfaces', 'blocks not read', ({ networkId: id, linkId, prefixes }) =>
    linkId === undefined && prefixes === undefined ? [id] : [],
  );
  if (!unread.has(networkId)) return undefined;

  return {
    what: `the delegation of a block with ${address} to an interface in ${networkId}`,
    remedy: 'Take the snapshot again with `postern snapshot`, which reads the blocks of interfaces.',
  };
}

/**
 * A user of subnets that another account shares cannot list the interfaces of other accounts in them.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html
 */
function sharedNetwork(region: RegionIndex, networkId: string, address: string): Missing | undefined {
  const network = region.find('networks', networkId);
  const owner = network.is === 'found' ? network.value.account : undefined;
  if (owner === undefined || owner === region.region.account) return undefined;

  return {
    what: `the owner of ${address} in ${networkId}, which account ${owner} shares`,
    remedy: `Check ${address} with credentials of account ${owner}, which can read all interfaces of ${networkId}.`,
  };
}

const ANY = '';

/** A block of addresses, and its interface. */
interface Delegated {
  readonly span: Span;
  readonly own: NetworkInterface;
}

/**
 * Containers of a machine may have addresses out of blocks that its interface holds.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-prefix-eni.html
 */
function delegatedAt(region: RegionIndex, networkId: string, address: string): NetworkInterface | undefined {
  const holders = region
    .group('interfaces', 'delegated blocks', (one) => ((one.prefixes ?? []).length === 0 ? [] : [one.networkId, ANY]))
    .get(networkId);
  const wanted = holders === undefined ? undefined : readSpan(address);
  if (holders === undefined || wanted === undefined) return undefined;

  // Blocks of one network do not overlap.
  const blocks = madeOnce(region, 'delegated blocks', holders, () => inOrder(holders));
  let from = 0;
  let to = blocks.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const block = blocks[middle];
    if (block !== undefined && !isBefore(wanted, block.span)) from = middle + 1;
    else to = middle;
  }
  const last = blocks[from - 1];
  return last !== undefined && holds(last.span, wanted) ? last.own : undefined;
}

function inOrder(holders: readonly NetworkInterface[]): readonly Delegated[] {
  return holders
    .flatMap((own) => (own.prefixes ?? []).map((text) => ({ span: readSpan(text), own })))
    .flatMap(({ span, own }) => (span === undefined ? [] : { span, own }))
    .toSorted((a, b) => (isBefore(a.span, b.span) ? -1 : isBefore(b.span, a.span) ? 1 : 0));
}

/** Whether a span starts before another; all of IPv4 before IPv6. */
function isBefore(a: Span, b: Span): boolean {
  return a.family === b.family ? a.start < b.start : a.family < b.family;
}
