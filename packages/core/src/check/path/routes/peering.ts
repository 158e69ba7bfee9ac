import { peeringReasons } from '../reasons/route.js';
import type { Peering, PeeringSide } from '../../../do/model/routing.js';
import type { Missing } from '../../../do/world/views.js';
import { holds, readSpan, spanText, type Span } from '../model/span.js';
import { failStep, passStep, unknownStep, type PathStep } from '../model/step.js';
import { arrives, stops, type Arrival, type Leaving, type Reached } from './arrival.js';
import type { References } from '../groups/judge.js';
import type { World } from '../model/world.js';

const CHECK = 'path/peering';
const HOP = 'peering';

/**
 * Over a peering. It carries only traffic to the peer network's own blocks; it is not transitive. Within a region rules may name
 * groups of the other side.
 * @see https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
 * @see https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
 */
export function throughPeering(taken: PathStep, id: string, { place, to }: Leaving): Arrival {
  const { world } = place;
  const found = world.index.find('peerings', id);
  const what = { kind: 'peering', id };
  if (found.is === 'unknown') return stops([taken, unknownStep(CHECK, HOP, what, found.missing)]);
  if (found.is === 'absent') return stops([taken, badState(id, 'does not exist')]);

  const peering = found.value;
  if (peering.state === 'unknown') {
    const missing = {
      what: `the state of ${id} (${peering.nativeState})`,
      remedy: `Check ${id} in the console of the cloud.`,
    };
    return stops([taken, unknownStep(CHECK, HOP, what, missing)]);
  }
  if (peering.state !== 'active') return stops([taken, badState(id, `is ${peering.nativeState}`)]);

  const far = farSide(peering, place.subnet.networkId);
  if (far === undefined) return stops([taken, badState(id, `does not connect ${place.subnet.networkId}`)]);

  const farWorld = worldOf(world, far);
  const blocks = blocksOf(far, farWorld);
  if (blocks !== undefined && !blocks.some((block) => holds(block, to))) {
    return stops([taken, outsideOf(id, far, blocks, to)]);
  }

  const passed = carries(peering, far, blocks);
  const [near] = peering.sides.filter((side) => side !== far);
  const sameRegion = (far.region ?? near?.region) === (near?.region ?? far.region);
  const references = sameRegion ? referencesOver(id, world) : 'lost';
  return arrives([taken, passed], reached(id, far, farWorld, unreadOf(world, far)), {
    out: references,
    in: references,
  });
}

/** Whether rules of a security group may name groups of the other side, over a peering within the region. */
function referencesOver(id: string, { index }: World): References {
  const { groupsReachPeers } = index.clouds.network(index.region);
  if (groupsReachPeers !== undefined) return groupsReachPeers ? 'kept' : 'lost';

  return {
    what: `whether rules that name security groups hold over ${id}`,
    remedy: 'Allow the blocks of the other network in place of its security groups.',
  };
}

function farSide({ sides }: Peering, networkId: string): PeeringSide | undefined {
  const [a, b] = sides;
  if (a.networkId === networkId) return b;

  return b.networkId === networkId ? a : undefined;
}

/** The world that the other side is in; undefined where the snapshot does not show it. */
function worldOf(world: World, { networkId, account, region }: PeeringSide): World | undefined {
  const { region: here } = world.index;
  const isHere = (account ?? here.account) === here.account && (region ?? here.region) === here.region;
  const otherWorld = isHere ? world : world.far({ account, region });
  return otherWorld?.index.find('networks', networkId).is === 'found' ? otherWorld : undefined;
}

function blocksOf({ networkId, cidrBlocks }: PeeringSide, world: World | undefined): readonly Span[] | undefined {
  return cidrBlocks === undefined ? world?.blocksOf(networkId) : cidrBlocks.flatMap((text) => readSpan(text) ?? []);
}

/** Why a network of the account and region that the trace is in may be there and not be read. */
function unreadOf({ index }: World, { networkId, account, region }: PeeringSide): Missing | undefined {
  const { region: here } = index;
  if ((account ?? here.account) !== here.account || (region ?? here.region) !== here.region) return undefined;

  return index.missing('networks', networkId);
}

function reached(
  id: string,
  { networkId, account }: PeeringSide,
  world: World | undefined,
  unread: Missing | undefined,
): Reached {
  if (world !== undefined) return { kind: 'network', world, networkId };

  const whose = account === undefined ? '' : ` of account ${account}`;
  return {
    kind: 'hidden',
    missing: {
      what: `the path behind ${id} in ${networkId}${whose}`,
      remedy: `Check groups, network ACLs and routes of ${networkId}${whose} with a snapshot of that account and region.`,
      ...(unread?.failed === true ? { remedy: unread.remedy, permission: unread.permission } : {}),
    },
  };
}

function carries({ id }: Peering, { networkId }: PeeringSide, blocks: readonly Span[] | undefined): PathStep {
  const to = blocks === undefined ? networkId : `${networkId} (${blocks.map(spanText).join(', ')})`;
  return passStep(CHECK, HOP, () => ({ kind: 'peering', id, text: `active, carries traffic to ${to}` }));
}

function badState(id: string, what: string): PathStep {
  return failStep(CHECK, HOP, () => ({
    kind: 'peering',
    id,
    text: what,
    code: 'BAD_STATE',
    ...peeringReasons.PEERING_STATE({ peering: id, what }),
  }));
}

function outsideOf(id: string, { networkId }: PeeringSide, blocks: readonly Span[], to: Span): PathStep {
  return failStep(CHECK, HOP, () => ({
    kind: 'peering',
    id,
    text: `carries only traffic to ${blocks.map(spanText).join(', ')}`,
    code: 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR',
    ...peeringReasons.PEERING_CARRIES_ELSE({ peering: id, network: networkId, to: spanText(to) }),
  }));
}
