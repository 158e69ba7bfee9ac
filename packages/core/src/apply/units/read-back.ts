import type { CallContext } from '../../calls/call-context.js';
import type { Driver } from '../../driver.js';
import { CloudError } from '../../errors.js';
import type { Route, RouteRequest } from '../../model/route.js';
import { routeDifferences, type RouteDifference } from '../../world/routes/route-differences.js';

/** The first read is repeated after this; each later one comes after twice the time. */
const FIRST_MS = 1_000;

/** In what a route that is there is other than asked for: link, target, tls, path, owner, and the stages that show it. */
export function differencesOf(
  there: Route,
  { key, linkId, owner, stages, use }: RouteRequest,
): readonly RouteDifference[] {
  const { target, tls, path } = use;
  const wanted = { link: linkId, linkId, key, target, targetName: target.id, tls, path, stages };
  return routeDifferences(there, wanted, owner.integration);
}

/**
 * Reads a route that was created or changed until it is as asked for, and published so. Reads may lag, so it is read until they must
 * show the change.
 * @throws {CloudError} `OUTCOME_UNKNOWN` when they do not; what reading rejects with.
 */
export async function readBack(request: RouteRequest, ctx: CallContext, driver: Driver): Promise<void> {
  const { gatewayId, key } = request;
  await untilShown([request], ctx, driver, async () => {
    const route = await driver.routes.find(gatewayId, key, ctx);
    return route === undefined ? [] : [route];
  });
}

/**
 * As {@link readBack}, for all routes that one integration of the spec created or changed on one gateway: with one list of the
 * gateway's routes, which on AWS is two calls (routes and integrations) for each 500 of them, instead of two calls a route. Only where
 * `routes.list` is given.
 * @throws {CloudError} `OUTCOME_UNKNOWN` for the first route that is not shown as asked for; what reading rejects with.
 */
export async function readBackAll(requests: readonly RouteRequest[], ctx: CallContext, driver: Driver): Promise<void> {
  const [first] = requests;
  const { list } = driver.routes;
  if (first === undefined || list === undefined) return;
  await untilShown(requests, ctx, driver, () => list(first.gatewayId, ctx));
}

async function untilShown(
  requests: readonly RouteRequest[],
  { clock, signal }: CallContext,
  { traits }: Driver,
  read: () => Promise<readonly Route[]>,
): Promise<void> {
  const endMs = clock.monotonicMs() + traits.stalenessMs;
  for (let distanceMs = FIRST_MS; ; distanceMs *= 2) {
    const there = new Map((await read()).map((route) => [route.key, route]));
    const differing = requests.flatMap((request) => {
      const route = there.get(request.key);
      const differences = route === undefined ? undefined : differencesOf(route, request);
      return differences?.length === 0 ? [] : [{ request, differences }];
    });
    const [first] = differing;
    if (first === undefined) return;
    const leftMs = endMs - clock.monotonicMs();
    if (leftMs <= 0) throw notShown(first.request, first.differences);
    await clock.sleep(Math.min(distanceMs, leftMs), signal);
  }
}

function notShown({ gatewayId, key }: RouteRequest, differences: readonly RouteDifference[] | undefined): CloudError {
  const what = differences?.map(({ field, from, to }) => `${field} is ${from ?? 'none'}, not ${to ?? 'none'}`);
  const why = what === undefined ? 'it is not listed' : what.join('; ');
  return new CloudError('OUTCOME_UNKNOWN', `route ${key} of ${gatewayId} does not show the change: ${why}`, {
    operation: 'find route',
    outcomeUnknown: true,
    remedy: 'Run again in a few minutes; the next run compares the route and changes what differs.',
    details: { gatewayId, key },
  });
}
