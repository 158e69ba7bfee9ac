import { InvalidInputError } from '../../ground/errors.js';
import type { ReadingTime } from '../../ground/clocks/cloud-time.js';
import type { Snapshot } from '../snapshot/snapshot.js';

/**
 * All that is computed once for a call and kept until it ends: by what owns it, and with what it holds. See `derived.ts`.
 */
export const SLOTS = {
  // Of a region (`RegionIndex`).
  'allowlists by link': 'the allowlist of each link',
  'calls of targets': 'the calls of the routes of each target of the spec',
  'delegated blocks': 'the blocks that interfaces hold, in order, by the list of these interfaces',
  'egress by link': 'what was seen of the egress of each link',
  'groups behind listeners': 'the target groups that a listener, or some answers of it, send calls to',
  'joined networks': 'the networks behind the peerings and transit gateways of each network',
  'nodes as callers': 'the nodes of each load balancer as callers of its targets',
  'port rules': 'what a list of security groups allows on each port',
  'routed blocks': 'the addresses that each route table routes through other private networks',
  'routes by key': 'the routes of each gateway by their key',
  'single groups': 'each target group to which all calls of a listener go',
  'sources of links': 'the blocks that the calls of each link come from',
  'targets by port': 'the targets by resource and port, and by name and port',
  'zone blocks': 'the blocks of the subnets of each network, with their zones',
  // Of what checks get (`CheckInput`).
  'backends of targets': 'what is behind each target of the spec',
  'callers by link': 'each link of the spec as a caller of its targets',
  'callers that are missing': 'by region: why a group may have callers that are not known',
  'classic targets': 'the targets behind classic load balancers',
  'declared callers': 'by region and security group: the callers that the spec declares',
  'declared marks': 'the mark of the declared routes of each gateway',
  'filters of backends': 'the security groups in front of each backend',
  'links that call backends': 'by backend: the links whose live routes call it otherwise than declared',
  'live links as callers': 'each link that a live route uses, as a caller of its targets',
  'live targets': 'the targets that live routes call and that the spec does not declare so',
  'path worlds': 'each region, read for traces',
  paths: 'the outcomes of all traces',
  'targets that are called': 'the targets of the spec, and those that live routes call',
  'targets behind load balancers': 'the targets that are listeners of a load balancer that exists',
  'targets by ARN': 'the targets of the spec with an ARN',
  // Of a region that is read for traces (`World`).
  'ACL entries': 'the entries of each network ACL by direction and ports',
  'ends in the other family': 'the end of a load balancer in the other address family',
  'ends of load balancers': 'the addresses of each load balancer',
  forwardings: 'the target groups of a listener, by their IDs',
  'groups after an apply': 'a set of groups of which the managed one contains less after an apply',
  'health that is explained': 'by load balancer and target: whether some node seems to reach it',
  'places of rules': 'the places of the rules of each security group, by direction and port',
  'planned groups': 'the groups of a link with the one that will be created',
  'route tables': 'each route table in the order in which its routes apply',
  'routes of subnets': 'where the routes of each subnet lead, by addresses',
  'rules of groups': 'the rules of each security group, with their blocks',
  'ruled calls': 'the answers of listeners with rules, by calls',
  'sources of callers': 'the ends that each link calls from, by address family',
  'steps of rules': 'the step of each rule that decides',
  'ways behind load balancers': 'the path from a load balancer to each target',
} as const;

/** The name of one of them. */
export type Slot = keyof typeof SLOTS;

/** What is made from an object once, and ends with it: an index, a memo. Each has its slot of the list in `slots.ts`. */
export type Derived<Owner> = <T>(slot: Slot, make: (owner: Owner) => T) => T;

/** An object of one call that owns what is derived for it. */
export interface DerivedOwner {
  readonly derived: <T>(slot: Slot, make: () => T) => T;
}

/** Starts empty. */
export function derivedFrom<O>(owner: () => O): Derived<O> {
  const computed = new Map<Slot, unknown>();
  return <T>(slot: Slot, make: (owner: O) => T): T => {
    // A slot has one maker: the value is what it returned.
    const known = computed.get(slot) as T | undefined;
    if (known !== undefined) return known;

    const value = make(owner());
    computed.set(slot, value);
    return value;
  };
}

/** The value for one key in a slot, made once. */
export function madeOnce<K, V>({ derived }: DerivedOwner, slot: Slot, key: K, make: () => V): V {
  return madeIn(
    derived(slot, () => new Map<K, V>()),
    key,
    make,
  );
}

/** The value for one key of a map, made once. */
export function madeIn<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const cached = known.get(key);
  // A value may be `undefined`.
  if (cached !== undefined || known.has(key)) return cached as V;

  const computed = make();
  known.set(key, computed);
  return computed;
}

/**
 * The time of a snapshot, in milliseconds since 1970.
 * @throws {InvalidInputError} `INVALID_INPUT` where it has none.
 */
export function snapshotTime({ takenAt }: Pick<Snapshot, 'takenAt'>): number {
  const moment = Date.parse(takenAt);
  if (!Number.isNaN(moment)) return moment;

  throw new InvalidInputError('INVALID_INPUT', `takenAt: ${JSON.stringify(takenAt)} is not a valid date`, {
    remedy: 'Take the snapshot again, or give the time to compare dates with.',
  });
}

/** The time of a snapshot by the cloud's clock, in milliseconds since 1970, at the earliest; NaN where the machine's shows it. */
export function cloudTimeOf({ takenAt, clock }: ReadingTime): number {
  return clock === 'cloud' ? Date.parse(takenAt) : Number.NaN;
}
