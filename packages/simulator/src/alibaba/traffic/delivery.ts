import { type BackendResult, type BackendRequest, isSettled } from '../../simulation/traffic/backends/backend.js';
import { answerForServer, balancerPage, type BalancerAnswer } from '../../simulation/traffic/balancer-page.js';
import type { Finding } from '../connects/connection.js';
import type { ListenerRow, LoadBalancerRow } from '../slb/state.js';
import { readBlock } from '../../simulation/addresses.js';
import type { ConditionAt } from '../../simulation/traffic/backends/backends.js';
import type { Decisions } from '../../simulation/traffic/outcomes.js';
import { pickAt, WaysByPlace, type Remembered } from '../../simulation/traffic/one-way.js';
import { followOne } from '../connects/connects.js';
import type { Arrival } from '../connects/load-balancer.js';
import { addressAt } from '../vpc/request/text-rules.js';
import type { AlibabaState } from '../state/alibaba-state.js';
import type { AskedUrl } from '../slb/rules.js';

/** Of its pages; their text is not documented [U]. */
const OWN = { 'content-type': 'text/html' } as const;
const LATE = 'The server did not answer within the request timeout of the listener.';

/** How long a listener waits for a server by default. */
const REQUEST_TIMEOUT_SECONDS = 60;

/** What a layer 7 listener answers where none of its servers can be called: 503 without a healthy one, 502 otherwise [I]. */
function answerInstead({ by, because }: Finding): BalancerAnswer {
  if (by === 'backend-servers') return { ...balancerPage(503, 'no-healthy-target', OWN), because };

  return { ...balancerPage(502, 'unreachable', OWN), because };
}

/**
 * What a layer 7 listener adds to the way to its server: how long it waits, and what it answers where the server does not.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/support/troubleshoot-the-http-500-502-503-504-errors
 */
function listenerInFront({ settings }: ListenerRow): {
  readonly idleMs: number;
  readonly answer: (result: BackendResult) => BackendResult;
} {
  return {
    idleMs: Number(settings['RequestTimeout'] ?? REQUEST_TIMEOUT_SECONDS) * 1000,
    answer: (result) => answerForServer(result, OWN, LATE),
  };
}

/** A call of an instance to an address, or an ID, of a VPC. */
export interface PrivateCall {
  readonly linkId: string;
  /** That of the authorization that an API was published with. */
  readonly vpcId: string | undefined;
  readonly address: string;
  readonly port: number;
  /** What rules of listeners look at. */
  readonly request: AskedUrl;
}

/** How far a call came. */
export type Delivery =
  | { readonly kind: 'stopped'; readonly stop: Finding; readonly source: string }
  /** A layer 7 listener answers by itself. */
  | { readonly kind: 'answered'; readonly answer: BalancerAnswer; readonly source: string }
  | {
      readonly kind: 'arrived';
      readonly place: Pick<
        BackendRequest,
        'address' | 'port' | 'instance' | 'network' | 'source' | 'target' | 'balancer'
      >;
      /** The address that a layer 7 listener was called from, where it does not keep it. */
      readonly forwardedFor: string | undefined;
      /** What a layer 7 listener adds besides. */
      readonly headers: Readonly<Record<string, string>>;
    };

/** What deliveries need. */
export interface DeliveryGround {
  readonly alibaba: AlibabaState;
  readonly region: string;
  readonly now: number;
  readonly conditionAt: ConditionAt;
  readonly choose: Choose;
  /** Learns when a call may end in another way. */
  readonly decisions: Pick<Decisions, 'changeAt'>;
}

/** The end of one way; the source may be a block still. */
type End =
  | { readonly kind: 'stopped'; readonly stop: Finding; readonly source: string }
  | { readonly kind: 'answered'; readonly answer: BalancerAnswer; readonly source: string }
  | {
      readonly kind: 'arrived';
      readonly arrival: Arrival;
      readonly source: string;
      readonly accepted: Accepted | undefined;
    };

/** A layer 7 listener that has accepted a call. */
interface Accepted {
  readonly balancer: LoadBalancerRow;
  readonly listener: ListenerRow;
}

/** The addresses of its egress block that a conventional instance calls from, each as often as the others [I]. */
const EGRESS_ADDRESSES = [1, 1, 1, 1];

/** Sends calls of instances into VPCs: each takes one of the ways that `connects` evaluates. */
export class Deliveries {
  readonly #ways = new WaysByPlace<End>();
  #version = -1;
  #hasRules = false;

  /** One call. `version` changes whenever the simulated world may have changed. */
  deliver(ground: DeliveryGround, version: number, call: PrivateCall): Delivery {
    this.#ways.renew(version);
    if (version !== this.#version) this.#hasRules = hasRules(ground.alibaba);
    this.#version = version;
    const { host, path } = call.request;
    const url = this.#hasRules ? `${host}${path.split('?', 1)[0] ?? ''}` : '';
    const known = this.#ways.at(`${call.linkId}|${call.vpcId ?? ''}|${call.address}|${call.port}|${url}`, ground.now);
    const end = known.ways.take((fork) => follow(ground, call, (weights) => fork(() => ground.choose(weights)), known));
    ground.decisions.changeAt(this.#ways.until(known));
    return withAddress(end, ground.choose);
  }
}

/** Whether a listener of the account has rules: where its calls go depends on what they ask for. */
function hasRules({ regions }: AlibabaState): boolean {
  const balancers = [...regions.values()].flatMap(({ slb }) => [...slb.loadBalancers.values()]);
  return balancers.some(({ listeners }) => [...listeners.values()].some(({ rules = [] }) => rules.length > 0));
}

function follow(
  { alibaba, region, now, conditionAt }: DeliveryGround,
  { linkId, vpcId, address, port, request }: PrivateCall,
  choose: (weights: readonly number[]) => number,
  known: Remembered<End>,
): End {
  let accepted: Accepted | undefined;
  let arrival: Arrival | undefined;
  const seen: ConditionAt = (place) => {
    const history = conditionAt(place);
    known.readsTime ||= !isSettled(history);
    return history;
  };
  const { connects, by, because, sources } = followOne(
    { alibaba, region, checks: { now, conditionAt: seen } },
    linkId,
    address,
    port,
    {
      vpcId,
      request,
      pick: pickAt(choose),
      accepted: (balancer, listener) => (accepted = { balancer, listener }),
      arrives: (at) => (arrival = at),
    },
  );
  const source = sources[0]?.from ?? '';
  if (connects && arrival) return { kind: 'arrived', arrival, source, accepted };

  const stop = { by, because };
  return accepted ? { kind: 'answered', answer: answerInstead(stop), source } : { kind: 'stopped', stop, source };
}

/** A call has one address as its source, where an instance has a block of them. */
function withAddress(end: End, choose: Choose): Delivery {
  if (end.kind !== 'arrived') return { ...end, source: addressIn(end.source, choose) };

  const { arrival, accepted } = end;
  const settings = accepted?.listener.settings;
  const { address, port, vpcId: network, instanceId: instance } = arrival;
  const caller = addressIn(end.source, choose);
  const isKept = arrival.source === end.source;
  const source = isKept ? caller : arrival.source;
  const target = `${instance ?? address}:${port}`;
  const balancer = accepted && listenerInFront(accepted.listener);
  return {
    kind: 'arrived',
    place: { address, port, instance, network, source, target, balancer },
    forwardedFor: isKept || settings?.['XForwardedFor'] === 'off' ? undefined : caller,
    headers: accepted ? headersOf(accepted) : {},
  };
}

/**
 * The headers that a layer 7 listener adds where its settings ask for them.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-createloadbalancerhttplistener
 */
function headersOf({ balancer, listener: { settings, protocol } }: Accepted): Record<string, string> {
  return {
    ...(settings['XForwardedFor_SLBID'] === 'on' && { 'slb-id': balancer.LoadBalancerId }),
    ...(settings['XForwardedFor_SLBIP'] === 'on' && { 'slb-ip': balancer.Address }),
    ...(settings['XForwardedFor_proto'] === 'on' && { 'x-forwarded-proto': protocol }),
  };
}

function addressIn(source: string, choose: Choose): string {
  if (!source.includes('/')) return source;

  const block = readBlock(source);
  return block ? addressAt(block, 1 + choose(EGRESS_ADDRESSES)) : source;
}

/** Takes one of several ways, by their weights; where these depend on the time, a function reads them for each call. */
export type Choose = (weights: readonly number[] | (() => readonly number[])) => number;
