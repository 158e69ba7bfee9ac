import { CHANGE_MS } from '../../kinds/gateway/change-time.js';
import { GATEWAY_KINDS } from '../../kinds/gateway/gateway-table.js';
import type { Gateway } from '../../model/gateway.js';
import type { GatewayKind } from '../../model/gateway-kind.js';
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
export function linkDrain(region: RegionSnapshot, link: Link): number {
  if (link.state === 'failed' || link.state === 'deleting') return 0;
  return longest(
    region.gateways.filter((gateway) => mayMean(region, gateway, link)),
    moveMs,
  );
}

/** As `linkDrain`, of a target: no gateway moves for that. */
export function targetDrain({ gateways }: Pick<RegionSnapshot, 'gateways'>): number {
  return longest(gateways, () => CHANGE_MS);
}

/**
 * How long a step waits that deletes a link, or narrows what it may reach: all of `linkDrain`, unless nothing uses the
 * link and its mark shows since when.
 */
export function linkWait(scope: PlanScope, changes: RouteChanges, region: RegionSnapshot, link: Link): number {
  const isUsed = linkUsers(scope, changes, region, link).length > 0;
  return isUsed ? linkDrain(region, link) : unusedWait(region, link, scope.cloudMs);
}

/** As `linkWait`, of a link that nothing uses. `cloudMs` is the time of the snapshot, see `cloudTimeOf`. */
export function unusedWait(region: RegionSnapshot, link: Link, cloudMs: number): number {
  const fullMs = linkDrain(region, link);
  return fullMs === 0 ? 0 : restOfDrain(unusedMark(link), fullMs, cloudMs);
}

/** The member of a step that waits. */
export function waiting(waitMs: number): Pick<Step, 'drainMs'> {
  return waitMs === 0 ? {} : { drainMs: waitMs };
}

function longest(gateways: readonly Gateway[], changeMs: (kind: GatewayKind) => number): number {
  return Math.max(0, ...gateways.map((gateway) => changeMs(gateway.kind) + answerMs(gateway)));
}

function moveMs(kind: GatewayKind): number {
  return GATEWAY_KINDS[kind].movesWithinMs ?? CHANGE_MS;
}

/** The longest time until the answer of a backend; a route that was deleted had the default of its kind. */
function answerMs({ kind, routes }: Gateway): number {
  const { timeout, answersWithinMs } = GATEWAY_KINDS[kind];
  const byDefault = timeout?.most.byDefault ?? answersWithinMs ?? 0;
  return Math.max(byDefault, ...routes.map(({ settings }) => settings?.timeoutMs ?? 0));
}
