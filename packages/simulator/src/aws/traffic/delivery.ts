import type { ConditionAt } from '../../simulation/traffic/backends/backends.js';
import { isSettled, type BackendRequest } from '../../simulation/traffic/backends/backend.js';
import type { Decisions, Outcome } from '../../simulation/traffic/outcomes.js';
import { pickAt, WaysByPlace } from '../../simulation/traffic/one-way.js';
import { followOne } from '../connects/connects.js';
import type { Finding } from '../connects/connection.js';
import { recordFlow, type Departure } from '../ec2/flow-log/flow-records.js';
import type { Accepted, Arrival, OneCall, OwnStatus } from '../connects/one-call.js';
import type { NetworkChecks } from '../operation/operation.js';
import { loadBalancerAttribute } from '../load-balancing/load-balancer/load-balancer-attributes.js';
import type { AwsState, RegionState } from '../state/aws-state.js';
import type { ListenerRow, LoadBalancerRow } from '../load-balancing/state.js';
import type { BalancerAnswer } from '../../simulation/traffic/balancer-page.js';
import {
  answerForTarget,
  answerInstead,
  changeHeaders,
  headerChanges,
  type HeaderChanges,
  redirected,
} from './answer-of-balancer.js';
import { linkStops, otherNetwork } from './link-state.js';
import { outcomeOf } from './outcome-of.js';

/** A call that a gateway makes through a VPC link. */
export interface PrivateCall {
  /** The ID of the API. */
  readonly gateway: string;
  /** V1 or V2. */
  readonly linkId: string;
  /** The ARN of a listener, of a load balancer (with `port`) or of a Cloud Map service. */
  readonly targetId: string;
  readonly port?: number | undefined;
  /** Whether the gateway calls over TLS. */
  readonly isTls: boolean;
  /** The client certificate that it presents, by whether it has ended. */
  readonly certificate?: OneCall['certificate'];
  readonly method: string;
  /** With its query string. */
  readonly path: string;
  /** The `Host` of the request. */
  readonly host: string;
  /** Made for this call; a load balancer on the way changes them. */
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** How far a call came. */
export type Delivery =
  | StoppedCall
  /** A load balancer answers by itself: a fixed response, a redirect, or its own error. */
  | (BalancerAnswer & EndOfTls & { readonly source: string; readonly target: string; readonly afterMs?: number })
  | (EndOfTls & {
      readonly kind: 'arrived';
      readonly request: BackendRequest;
      /** Why the connection no longer exists. */
      readonly broken: () => string | undefined;
    });

/** A call that something stops on its way. */
interface StoppedCall {
  readonly kind: 'stopped';
  readonly outcome: Outcome;
  readonly because: string;
  readonly source: string;
  /** A connection was made, and closed: this is known at once. */
  readonly isRefused?: true;
}

/** The listener at which the gateway's TLS session ends; absent where it has none, or where it ends at a target. */
interface EndOfTls {
  readonly tlsAt?: ListenerRow | undefined;
}

/** What the deliveries of a region need. */
export interface DeliveryGround {
  readonly aws: AwsState;
  readonly region: RegionState;
  readonly now: () => number;
  readonly conditionAt: ConditionAt;
  readonly networkChecks: NetworkChecks;
  /** Which of several ways a call takes, by their weights. */
  readonly choose: (weights: readonly number[]) => number;
  /** Learns when a call may end in another way. */
  readonly decisions: Pick<Decisions, 'changeAt'>;
  /** The ID of a trace, or of a part of one. */
  readonly traceId: () => string;
  /** A call uses the link: it stays awake, or starts to wake. */
  readonly uses: (linkId: string) => void;
}

/** The end of one way, without what differs between calls. */
type End = { readonly departure?: Departure | undefined } & (
  | Exclude<Delivery, { readonly kind: 'arrived' }>
  | (EndOfTls & {
      readonly kind: 'arrived';
      readonly place: Omit<BackendRequest, keyof Message>;
      /** What an application load balancer on the way adds to the request. */
      readonly changes: HeaderChanges | undefined;
    })
);

/** What differs from call to call. */
type Message = Pick<BackendRequest, 'method' | 'path' | 'headers' | 'body' | 'gateway' | 'link'>;

/**
 * Sends calls through VPC links: each takes one of the ways that `connects` evaluates, and ends at a target or where it is stopped.
 */
export class Deliveries {
  readonly #ways = new WaysByPlace<End>();
  /** By place: the headers that load balancers on the way read. None: none of them reads the request. */
  readonly #reads = new Map<string, ReadonlySet<string>>();

  /** One call. `version` changes whenever the simulated world may have changed. */
  deliver(ground: DeliveryGround, version: number, call: PrivateCall): Delivery {
    const { region } = ground;
    const stop = linkStops(region, call.linkId) ?? otherNetwork(region, call.linkId, call.targetId);
    ground.uses(call.linkId);
    if (stop) return { kind: 'stopped', source: '', ...stop };

    const end = this.#endOf(ground, version, call);
    if (end.departure) recordFlow(region, end.departure, ground.now());
    if (end.kind === 'answered') return redirected(end, call);
    if (end.kind !== 'arrived') return end;

    const broken = (): string | undefined => linkStops(region, call.linkId)?.because;
    const { place, changes, tlsAt } = end;
    if (changes) changeHeaders(call.headers, changes, ground.traceId);
    return { kind: 'arrived', request: requestAt(place, call), broken, tlsAt };
  }

  #endOf(ground: DeliveryGround, version: number, call: PrivateCall): End {
    if (this.#ways.renew(version)) this.#reads.clear();
    const now = ground.now();
    const place = `${call.linkId}|${call.targetId}|${call.port ?? ''}|${call.isTls ? `tls ${call.certificate ?? ''}` : ''}`;
    const known = this.#reads.get(place);
    const used = this.#ways.at(known ? `${place}|${requestKey(call, known)}` : place, now);
    const end = used.ways.take((fork) => {
      const choose = (weights: readonly number[]): number => fork(() => ground.choose(weights));
      const { end, reads } = follow(ground, call, choose, () => (used.readsTime = true));
      // Ways that were remembered by less of the request may be another call's.
      if (reads && reads.some((name) => known?.has(name) !== true)) {
        this.#ways.clear();
        this.#reads.clear();
      }
      if (reads) this.#reads.set(place, new Set([...(known ?? []), ...reads]));
      return end;
    });
    ground.decisions.changeAt(this.#ways.until(used));
    return end;
  }
}

/** Member by member: V8 takes 1 µs for a spread that is followed by more members, and every call passes here. */
function requestAt(place: Omit<BackendRequest, keyof Message>, call: PrivateCall): BackendRequest {
  const { address, port, instance, service, network, source, target, balancer, closed } = place;
  const { method, path, headers, body, gateway, linkId: link } = call;
  return {
    address,
    port,
    instance,
    service,
    network,
    source,
    target,
    balancer,
    closed,
    method,
    path,
    headers,
    body,
    gateway,
    link,
  };
}

function requestKey({ method, host, path, headers }: PrivateCall, reads: ReadonlySet<string>): string {
  const read = [...reads].map((name) => `${name}: ${headers[name] ?? ''}`);
  return [`${method} ${host} ${path}`, ...read].join('\n');
}

function follow(
  { aws, region, now, conditionAt, networkChecks }: DeliveryGround,
  { linkId, targetId, port, isTls, certificate, method, path, host, headers }: PrivateCall,
  choose: (weights: readonly number[]) => number,
  readsTime: () => void,
): { readonly end: End; readonly reads: readonly string[] | undefined } {
  let reads: readonly string[] | undefined;
  let accepted: Accepted | undefined;
  let arrival: Arrival | undefined;
  let departure: Departure | undefined;
  let status: OwnStatus | undefined;
  let isRefused = false;
  let tlsAt: ListenerRow | undefined;
  const one: OneCall = {
    certificate,
    pick: pickAt(choose),
    readsRequest: (names) => (reads = [...(reads ?? []), ...names]),
    accepted: (by) => (accepted = by),
    answers: (own) => (status = own),
    refuses: () => (isRefused = true),
    endsTls: (listener) => (tlsAt = listener),
    arrives: (at) => (arrival = at),
    departs: (by) => (departure = by),
    readsTime,
  };
  const request = { method, path, host, headers };
  const seen: ConditionAt = (place) => {
    const history = conditionAt(place);
    if (!isSettled(history)) readsTime();
    return history;
  };
  const { connects, by, because, sources } = followOne(
    {
      aws,
      region,
      now: now(),
      conditionAt: seen,
      networkChecks,
      request,
      sent: isTls ? 'tls of the gateway' : 'plain',
    },
    linkId,
    targetId,
    port,
    one,
  );
  const stop = { by, because };
  const end = endOf({ connects, stop, source: sources[0]?.from ?? '', accepted, status, arrival, isRefused, tlsAt });
  return { end: { ...end, departure }, reads };
}

function endOf(met: {
  readonly connects: boolean;
  readonly stop: Finding;
  readonly source: string;
  readonly accepted: Accepted | undefined;
  readonly status: OwnStatus | undefined;
  readonly arrival: Arrival | undefined;
  readonly isRefused: boolean;
  readonly tlsAt: ListenerRow | undefined;
}): End {
  const { connects, stop, source, accepted, status, arrival, tlsAt } = met;
  if (connects && arrival) {
    const changes = accepted && headerChanges(accepted);
    return { kind: 'arrived', place: placeOf(arrival, accepted?.balancer), changes, tlsAt };
  }
  if (accepted) {
    const { LoadBalancerName: target } = accepted.balancer.fields;
    return { ...answerInstead(stop, accepted, status), source, target, tlsAt };
  }
  if (met.isRefused) return { kind: 'stopped', outcome: 'unreachable', because: stop.because, source, isRefused: true };

  return { kind: 'stopped', outcome: outcomeOf(stop.by), because: stop.because, source };
}

function placeOf(arrival: Arrival, balancer: LoadBalancerRow | undefined): Omit<BackendRequest, keyof Message> {
  const { address, port, source, vpcId: network, instanceId: instance, service, closed } = arrival;
  const place = { address, port, instance, service, network, source, target: `${instance ?? address}:${port}`, closed };
  if (!balancer) return place;

  const idle = loadBalancerAttribute(balancer, 'idle_timeout.timeout_seconds') ?? '60';
  return { ...place, balancer: { idleMs: Number(idle) * 1000, answer: answerForTarget } };
}
