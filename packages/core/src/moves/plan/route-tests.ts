import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { Gateway } from '../../do/model/gateway.js';
import type { LinkRef } from '../../do/model/reference.js';
import type { Route } from '../../do/model/route.js';
import type { Target } from '../../do/model/target.js';
import { openCall } from '../../do/plan/open-call.js';
import { placeholderPath } from '../../do/probe/probe-path.js';
import type { MovedBackend } from '../../do/world/uses/gateway-uses.js';
import type { MoveProbe } from './move-plan.js';

/**
 * The tests of a backend by temporary routes: one for each way in which routes call it. Where the route is called, by the first
 * one that callers reach without authorization: a test must not open a backend that is protected. Where the cloud calls it, by a
 * copy of the first one.
 */
export function testsByRoute(
  clouds: Clouds,
  gateway: Gateway,
  region: string,
  { name, target, uses }: MovedBackend,
  to: LinkRef,
): readonly ProbeOrNot[] {
  const ids = new Set(uses.flatMap(({ routeIds }) => routeIds));
  const isCopied = clouds.gateway(gateway.kind).testedByRoute === 'test-call';
  if (target === undefined && !isCopied) return [{ because: 'its target was not read' }];
  const tests = new Map<string, ProbeOrNot>();
  for (const route of gateway.routes.filter(({ id }) => ids.has(id))) {
    const way = route.tls === undefined ? 'HTTP' : `HTTPS ${route.tls.serverName ?? ''}`.trim();
    const known = tests.get(way);
    if (known !== undefined && 'id' in known) continue;
    const id = `${name} by ${way} from ${to.id}`;
    if (target === undefined || isCopied) {
      const { key } = route;
      tests.set(way, {
        id,
        key,
        targetId: target?.id,
        method: 'GET',
        path: placeholderPath(key),
        byRoute: { copies: key },
      });
      continue;
    }
    const call = openCall(clouds, gateway, region, route, {});
    if ('because' in call) tests.set(way, known ?? { because: `no route to it can be called: ${call.because}` });
    else tests.set(way, testBy(route, call.base, { target, id }));
  }
  return [...tests.values()];
}

function testBy(
  { key, tls, path: sends = 'overwrite', settings: { host, timeoutMs } = {} }: Route,
  base: string,
  { target, id }: { readonly target: Target; readonly id: string },
): ProbeOrNot {
  const { raw: _raw, subnetIds: _subnets, securityGroupIds: _groups, ...kept } = target;
  const byRoute = { base, target: kept, tls, sends, settings: { host, timeoutMs } };
  return { id, key, targetId: kept.id, method: 'GET', path: '/', byRoute };
}

/** A test, or why there is none. */
export type ProbeOrNot = Omit<MoveProbe, 'subject'> | { readonly because: string; readonly remedy?: string };
