import type { BackendRequest } from '../../simulation/traffic/backend.js';
import type { AnswerHeaders } from '../../simulation/traffic/gateway-call.js';
import type { Outcome } from '../../simulation/traffic/outcomes.js';
import { connects } from '../connects/connects.js';
import type { Decider, SourceConnection } from '../connects/connection.js';
import type { Ground } from './front.js';

/** A call that a gateway makes through a VPC link. */
export interface PrivateCall {
  /** The ID of the API. */
  readonly gateway: string;
  /** V1 or V2. */
  readonly linkId: string;
  /** The ARN of a listener, of a load balancer (with `port`) or of a Cloud Map service. */
  readonly targetId: string;
  readonly port?: number | undefined;
  readonly method: string;
  /** With its query string. */
  readonly path: string;
  /** The `Host` of the request. */
  readonly host: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** How far a call came. */
export type Delivery =
  | { readonly kind: 'stopped'; readonly outcome: Outcome; readonly because: string; readonly source: string }
  /** A load balancer answers by itself: a fixed response, a redirect, or its own error. */
  | {
      readonly kind: 'answered';
      readonly outcome: Outcome;
      readonly because: string | undefined;
      readonly status: number;
      readonly headers: AnswerHeaders;
      readonly body: string;
      readonly source: string;
      readonly target: string;
    }
  | {
      readonly kind: 'arrived';
      readonly request: BackendRequest;
      /** Why the connection no longer exists. */
      readonly broken: () => string | undefined;
    };

/** Sends a call through a link: to one of the targets that it reaches, or to where it is stopped. */
export function deliver(ground: Ground, call: PrivateCall): Delivery {
  const link = linkStops(ground, call.linkId);
  if (link) return { kind: 'stopped', source: '', ...link };
  const { aws, region } = ground;
  const { method, path, host, headers } = call;
  const to = { targetId: call.targetId, request: { method, path, host, headers } };
  const { sources, because, by } = connects({ aws, region, now: ground.now() }, call.linkId, to, call.port);
  const one = sources[Math.floor(ground.random() * sources.length)];
  if (!one?.connects) {
    return {
      kind: 'stopped',
      outcome: outcomeOf(one?.by ?? by),
      because: one?.because ?? because,
      source: one?.from ?? '',
    };
  }
  return { kind: 'arrived', request: requestTo(call, one), broken: () => linkStops(ground, call.linkId)?.because };
}

function requestTo(call: PrivateCall, { to, port, from }: SourceConnection): BackendRequest {
  const { method, path, headers, body, linkId: link, gateway } = call;
  return { address: to, port, method, path, headers, body, source: from, link, gateway, target: `${to}:${port}` };
}

const STATES: Readonly<Record<string, Outcome>> = {
  PENDING: 'link-pending',
  INACTIVE: 'link-inactive',
  FAILED: 'link-failed',
};

/** Why a link carries no calls: it does not exist, or is not AVAILABLE. */
function linkStops(
  { region }: Ground,
  id: string,
): { readonly outcome: Outcome; readonly because: string } | undefined {
  const status =
    region.apiGateway.vpcLinks.get(id)?.fields.VpcLinkStatus ?? region.restApi.vpcLinks.get(id)?.fields.status;
  if (status === 'AVAILABLE') return undefined;
  if (status === undefined) return { outcome: 'link-missing', because: `There is no VPC link ${id}.` };
  return { outcome: STATES[status] ?? 'link-missing', because: `VPC link ${id} is ${status}.` };
}

const OUTCOMES: Partial<Record<Decider, Outcome>> = {
  listener: 'no-listener',
  'target-health': 'no-healthy-target',
  zone: 'no-healthy-target',
};

function outcomeOf(by: Decider): Outcome {
  return OUTCOMES[by] ?? 'unreachable';
}
