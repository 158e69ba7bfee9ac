import type { Clouds } from '../../kinds/cloud/clouds.js';
import { CHANGE_MS } from '../../kinds/gateway/gateway-traits.js';
import type { Gateway } from '../../model/gateway.js';
import type { Link } from '../../model/link.js';
import { restOfDrain, unusedMark } from '../../model/unused-mark.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { mayMean } from '../../world/uses/route-links.js';
import type { PlanScope } from '../plan-scope.js';
import type { RouteChanges } from '../route-changes.js';
import { linkUsers } from './link-users.js';
import type { Step } from '../plan.js';

/**
 * How long calls of gateways that exist may be in flight to a link after the last of its callers left, in milliseconds:
 * until the last of them, which came while the change took effect, has its answer or its timeout. A gateway that leads
 * elsewhere may have left a moment ago, so each that can use the link counts. The calls of one that is deleted have ended:
 * 0 where there is none, and for a link that carries no calls.
 */
export function linkDrain(clouds: Clouds, region: RegionSnapshot, link: Link): number {
  if (link.state === 'failed' || link.state === 'deleting') return 0;
  return longest(
    clouds,
    region.gateways.filter((gateway) => mayMean(clouds, region, gateway, link)),
    ({ kind }) => clouds.gateway(kind).movesWithinMs ?? CHANGE_MS,
  );
}

/** As `linkDrain`, of a target: no gateway moves for that. */
export function targetDrain(clouds: Clouds, { gateways }: Pick<RegionSnapshot, 'gateways'>): number {
  return longest(clouds, gateways, () => CHANGE_MS);
}

/**
 * How long a step waits that deletes a link, or narrows what it may reach: all of `linkDrain`, unless nothing uses the
 * link and its mark shows since when.
 */
export function linkWait(scope: PlanScope, changes: RouteChanges, region: RegionSnapshot, link: Link): number {
  const isUsed = linkUsers(scope, changes, region, link).length > 0;
  return isUsed ? linkDrain(scope.clouds, region, link) : unusedWait(scope.clouds, region, link, scope.cloudMs);
}

/** As `linkWait`, of a link that nothing uses. `cloudMs` is the time of the snapshot, see `cloudTimeOf`. */
export function unusedWait(clouds: Clouds, region: RegionSnapshot, link: Link, cloudMs: number): number {
  const fullMs = linkDrain(clouds, region, link);
  return fullMs === 0 ? 0 : restOfDrain(unusedMark(link), fullMs, cloudMs);
}

/** The member of a step that waits. */
export function waiting(waitMs: number): Pick<Step, 'drainMs'> {
  return waitMs === 0 ? {} : { drainMs: waitMs };
}

function longest(clouds: Clouds, gateways: readonly Gateway[], changeMs: (gateway: Gateway) => number): number {
  return Math.max(0, ...gateways.map((gateway) => changeMs(gateway) + answerMs(clouds, gateway)));
}

/** The longest time until the answer of a backend; a route that was deleted had the default of its kind. */
function answerMs(clouds: Clouds, { kind, routes }: Gateway): number {
  const { timeout, answersWithinMs } = clouds.gateway(kind);
  const byDefault = timeout?.most.byDefault ?? answersWithinMs ?? 0;
  return Math.max(byDefault, ...routes.map(({ settings }) => settings?.timeoutMs ?? 0));
}
