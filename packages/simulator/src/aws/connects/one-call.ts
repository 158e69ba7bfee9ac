import { type End, type Finding, type Via, explain, type Place } from './connection.js';
import type { Action, ListenerRow, LoadBalancerRow } from '../load-balancing/state.js';
import type { Choose } from '../../simulation/open-questions.js';
import type { AwsState, RegionState } from '../state/aws-state.js';
import type { Departure } from '../ec2/flow-log/flow-records.js';
import type { SubnetRow, VpcRow } from '../ec2/state.js';
import { canonicalIpv6 } from '../ec2/request/text-rules.js';
import { idleHolder } from '../ec2/instance/instances.js';
import { isHeld } from '../ec2/network-interface/interface-view.js';
import { interfaceByAddress } from '../ec2/vpc/network.js';
import { anyCovers } from './blocks.js';

/** Where a call arrives. */
export interface Arrival {
  readonly address: string;
  readonly port: number;
  /** The address that the receiver sees. */
  readonly source: string;
  /** The VPC that the address is in; undefined for one outside of the simulated world. */
  readonly vpcId: string | undefined;
  /** The instance that a target is registered by. */
  readonly instanceId?: string | undefined;
  /** The service of ECS whose task has the address. */
  readonly service?: string | undefined;
  /** Why the load balancer has closed the connection since then. */
  readonly closed?: (() => string | undefined) | undefined;
}

/** How an application load balancer has accepted a call. */
export interface Accepted {
  readonly balancer: LoadBalancerRow;
  readonly listener: ListenerRow;
  /** Those of the rule that decides, or of the listener. */
  readonly actions: readonly Action[];
  /** The address that called it. */
  readonly client: string;
}

/** A status that an application load balancer answers for one cause alone: plain HTTP on a port for HTTPS, a login, the protocol of a group, targets that are silent. */
export type OwnStatus = 400 | 401 | 464 | 502;

/**
 * One call of the data path: which of several ways it takes, and what it meets on it. Without one, `connects` evaluates all ways.
 */
export interface OneCall {
  /** The client certificate that the gateway presents, by whether it has ended; undefined where it presents none. */
  readonly certificate?: 'valid' | 'expired' | undefined;
  /** One of several, in proportion to their weights; none of none. */
  readonly pick: <T>(several: readonly T[], weightOf?: (one: T) => number) => readonly T[];
  /** A load balancer looks at the request itself: method, path, host, and these headers (names in lower case). */
  readonly readsRequest: (headers: readonly string[]) => void;
  /** An application load balancer has accepted the call, and answers whatever stops it from now on. */
  readonly accepted: (accepted: Accepted) => void;
  /** What stops the call has this status where an application load balancer answers. */
  readonly answers: (status: OwnStatus) => void;
  /** The connection was made, and is closed without an answer, because no TLS session is established. */
  readonly refuses: () => void;
  /** The gateway's TLS session ends at this listener, whose certificate the gateway verifies. */
  readonly endsTls: (listener: ListenerRow) => void;
  readonly arrives: (arrival: Arrival) => void;
  /** The call left an interface of the link, or was refused there. */
  readonly departs: (departure: Departure) => void;
  /** What it meets changes as time passes, without another change of the world: the health of a target. */
  readonly readsTime: () => void;
}

/** The ways that are evaluated: the one that a call takes, or all. */
export function ways<T>(
  { one }: { readonly one?: OneCall | undefined },
  several: readonly T[],
  weightOf?: (one: T) => number,
): readonly T[] {
  return one ? one.pick(several, weightOf) : several;
}

/** The arrival of a call at the end of its way. */
export function arrivalAt(
  end: End,
  port: number,
  source: string,
  by?: Pick<Arrival, 'instanceId' | 'closed'>,
): Arrival {
  if (end.kind !== 'place') return { address: end.address, port, source, vpcId: undefined, ...by };

  const { address, subnet, eni } = end.place;
  return { address, port, source, vpcId: subnet.vpcId, service: eni.service, ...by };
}

/** How packets get from a place to an address. */
export interface Way {
  readonly end: End;
  readonly via: readonly Via[];
  /** Whether rules can match the end behind it by its group: those of the sender's groups, those of the receiver's. */
  readonly references: { readonly out: boolean; readonly in: boolean };
  /** Subnets of a transit gateway's interfaces on the path, whose network ACLs see the packets, too. */
  readonly gates: { readonly near: SubnetRow; readonly far: readonly SubnetRow[] } | undefined;
  /** IDs of the route table that decides, and of what it leads through. */
  readonly hops?: readonly string[] | undefined;
}

/** The account, and what decides where routes are equal. */
export interface Router {
  readonly aws: AwsState;
  readonly choose: Choose;
}

/** The path to the end of the call, or the reason why it has none. */
export function reached(end: End | Finding, via: readonly Via[], out: boolean, into: boolean): Way | Finding {
  return 'by' in end ? end : { end, via, references: { out, in: into }, gates: undefined };
}

/** The path out of the simulated world. */
export function outside(address: string, nextHop: string, via: readonly Via[]): Way {
  return { end: { kind: 'outside', address, nextHop }, via, references: { out: false, in: false }, gates: undefined };
}

/** The blocks that a VPC has now, of both families. */
export function blocksOf(vpc: VpcRow): readonly string[] {
  return [...vpc.cidrBlocks, ...vpc.ipv6CidrBlocks]
    .filter((row) => row.state === 'associated')
    .map((row) => row.cidrBlock);
}

/**
 * The owner of an address of a VPC, as its own address, or by a block that was delegated to it. An interface that is
 * attached to nothing answers no call.
 */
export function endAt(region: RegionState, vpcId: string, address: string): End | Finding {
  const missing = (because: string, code: string, id: string): Finding => explain('target', because, code, id);
  const place = placeAt(region, vpcId, address);
  if (!place) return missing(`Nothing has the address ${address} in ${vpcId}.`, 'NO_POSSIBLE_DESTINATION', vpcId);
  if (!isHeld(place.eni))
    return missing(`${place.eni.id}, which has ${address}, is attached to nothing.`, 'BAD_STATE', place.eni.id);

  const off = idleHolder(region.ec2, place.eni);
  if (off) return missing(`${off.id}, which has ${address}, is ${off.state}.`, 'BAD_STATE', off.id);

  return { kind: 'place', place, balancer: balancerOf(region, place.eni.id) };
}

function placeAt(region: RegionState, vpcId: string, address: string): Place | undefined {
  const six = canonicalIpv6(address);
  const eni =
    six === undefined
      ? interfaceByAddress(region, vpcId, address)
      : [...region.ec2.interfaces.values()].find((row) => row.vpcId === vpcId && row.ipv6Addresses.includes(six));
  const holder =
    eni ??
    [...region.ec2.interfaces.values()].find((row) => row.vpcId === vpcId && anyCovers(row.prefixes ?? [], address));
  const subnet = holder && region.ec2.subnets.get(holder.subnetId);
  return holder && subnet ? { region, eni: holder, subnet, address } : undefined;
}

function balancerOf({ loadBalancing }: RegionState, interfaceId: string): LoadBalancerRow | undefined {
  return [...loadBalancing.loadBalancers.values()].find(({ zones }) =>
    zones.some(({ interfaceIds }) => interfaceIds.includes(interfaceId)),
  );
}

/** The interfaces of a load balancer. */
export function nodesOf({ region }: Pick<Place, 'region'>, { zones }: LoadBalancerRow): readonly Place[] {
  return zones
    .flatMap(({ interfaceIds }) => interfaceIds)
    .flatMap((id) => {
      const eni = region.ec2.interfaces.get(id);
      const subnet = eni && region.ec2.subnets.get(eni.subnetId);
      return eni && subnet ? [{ region, eni, subnet, address: eni.privateIpAddress }] : [];
    });
}
