import { REQUEST_PACE, writePace, type WritePace } from '../../kinds/gateway/gateway-rules.js';
import { counted } from '../../../ground/text/quantities.js';
import type { Step, Unit } from '../plan.js';
import { gatewayOf } from '../step-input.js';

/** Shorter waits are not noted. */
const LEAST_MS = 10_000;

/** The writes of one account and region that keep to a pace. */
interface Writes {
  readonly place: string;
  requests: number;
  deployments: number;
  /** The time that the deployments take, and the least time between two of them. */
  deployMs: number;
  everyMs: number;
}

/**
 * How long the writes of a plan take at least because the account's request rates allow no more, as text: a note for each
 * account and region, where that is above 10 seconds. What is waited for otherwise (links, health) is not counted.
 */
export function paceNotes(units: readonly Unit[]): readonly string[] {
  const places = new Map<string, Writes>();
  for (const { provider, region, account, steps } of units) {
    const place = `${provider} ${region} of account ${account}`;
    const writes = places.get(place) ?? { place, requests: 0, deployments: 0, deployMs: 0, everyMs: 0 };
    places.set(place, writes);
    for (const step of steps) add(writes, step);
  }
  return [...places.values()].flatMap(noteOf);
}

function add(writes: Writes, step: Step): void {
  const gateway = gatewayOf(step);
  const pace = gateway && writePace(gateway.kind);
  if (pace === undefined || !isPaced(step.kind)) return;

  writes.requests += pace.requests[step.kind];
  if (step.kind !== 'deploy' || pace.deployEveryMs === undefined) return;

  writes.deployments += 1;
  writes.deployMs += pace.deployEveryMs;
  writes.everyMs = pace.deployEveryMs;
}

function isPaced(kind: Step['kind']): kind is keyof WritePace['requests'] {
  return kind === 'create' || kind === 'retarget' || kind === 'delete' || kind === 'deploy';
}

function noteOf({ place, requests, deployments, deployMs, everyMs }: Writes): readonly string[] {
  const { perSecond, burst } = REQUEST_PACE;
  const requestMs = (Math.max(0, requests - burst) / perSecond) * 1000;
  const totalMs = deployMs + requestMs;
  if (totalMs <= LEAST_MS) return [];

  const why = [
    ...(deployMs === 0 ? [] : [`${counted(deployments, 'deployment')} at one per ${everyMs / 1000} s`]),
    ...(requestMs === 0 ? [] : [`${counted(requests, 'request')} at ${perSecond} per s`]),
  ];
  return [`the writes to ${place} take about ${timeText(totalMs)}: ${why.join(', ')}`];
}

function timeText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
