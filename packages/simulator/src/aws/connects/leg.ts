import { explain, type Finding, type Place, type Via, type Sent } from './connection.js';
import type { Way, OneCall } from './one-call.js';
import type { Ports } from '../../simulation/port-ranges.js';
import type { HttpCall } from '../../simulation/world/cloud.js';
import type { NetworkChecks } from '../operation/operation.js';
import type { ConditionAt } from '../../simulation/traffic/backends/backends.js';
import type { Choose } from '../../simulation/open-questions.js';
import type { RegionState, AwsState } from '../state/aws-state.js';
import { networkAclsStop } from './network-acls.js';
import { mayEnter, mayLeave } from './security-groups.js';
import { wayTo } from './routes.js';

/** The account, the region of the link, the time, which decides the health of targets, and the call. */
export interface Here {
  readonly aws: AwsState;
  readonly region: RegionState;
  readonly now: number;
  /** What health checks of targets meet; by default all of them answer. */
  readonly conditionAt?: ConditionAt | undefined;
  /** How the network carries health checks; by default to all targets. */
  readonly networkChecks?: NetworkChecks | undefined;
  /** What is called over HTTP. */
  readonly request?: HttpCall | undefined;
  /** What one call sends to the next listener on its way; undefined where that is not judged. */
  readonly sent?: Sent | undefined;
  /** How many load balancers the call passed before this one. */
  readonly depth?: number | undefined;
  /** Source ports, one of which is enough; by default calls come from any ephemeral one. */
  readonly some?: Ports | undefined;
  /** Follow one call, in place of all that calls may do. */
  readonly one?: OneCall | undefined;
  readonly choose: Choose;
}

/** What became of a call from one place to where a way ends. */
export interface Leg {
  /** What stops the call on its way. */
  readonly stop: Finding | undefined;
  /** What stops its answer. */
  readonly late: Finding | undefined;
  readonly via: readonly Via[];
}

/**
 * Evaluates all filters on a path, in the order in which packets pass them: groups and network ACLs outbound
 * and inbound, then the answer's routes and network ACLs.
 * @param seen the caller's address as the receiver sees it, where a load balancer keeps that of its own
 * caller
 */
export function goLeg(here: Here, from: Place, way: Way, port: number, seen = from.address): Leg {
  const stopped = (stop: Finding): Leg => ({ stop, late: undefined, via: [] });
  const out = mayLeave(from, way, port);
  if ('by' in out) return stopped(out);

  const { end } = way;
  if (end.kind === 'outside') {
    const { stop, mostly } = networkAclsStop(from, way, undefined, port, seen, here.some);
    return { stop, late: undefined, via: mostly ? [...out.via, 'most-ports'] : out.via };
  }

  const back = wayTo(here, end.place, from.address);
  const { stop: acl, mostly } = networkAclsStop(from, way, 'by' in back ? undefined : back, port, seen, here.some);
  if (acl && acl.by !== 'network-acl-return') return stopped(acl);

  const into = mayEnter(from, way, end.place, port, seen);
  if ('by' in into) return stopped(into);

  const via: readonly Via[] = [...out.via, ...into.via, ...(mostly ? (['most-ports'] as const) : [])];
  return { stop: undefined, late: wayBackStops(from, back) ?? acl, via };
}

/** Answers must be routed to the source of the call. An appliance on their path is assumed to forward them. */
function wayBackStops(from: Place, back: Way | Finding): Finding | undefined {
  if ('by' in back) return { ...back, by: 'route-return', because: `The answer to ${from.address}: ${back.because}` };

  const { end, via, hops: at = [] } = back;
  if (end.kind === 'outside' ? via.includes('middlebox') : end.place.eni.id === from.eni.id) return undefined;

  const where = end.kind === 'outside' ? end.nextHop : end.place.eni.id;
  return explain(
    'route-return',
    `The answer to ${from.address} goes to ${where} instead.`,
    'MORE_SPECIFIC_ROUTE',
    ...at,
  );
}
