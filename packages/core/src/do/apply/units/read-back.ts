import type { CallContext } from '../../../ground/calls/call-context.js';
import { CloudError, isPosternError, PosternError } from '../../../ground/errors.js';
import type { Route, RouteRequest } from '../../model/route.js';
import type { Step } from '../../plan/plan.js';
import { routeDifferences, type RouteDifference } from '../../world/routes/route-differences.js';
import { sidesOf } from '../../world/routes/setting-text.js';
import { pause } from '../outcome.js';
import { valueOf } from '../step.js';
import { act, type UnitTools } from './unit-tools.js';

/** The first read is repeated after this; each later one comes after twice the time. */
const FIRST_MS = 1_000;

/**
 * The differences of an existing route from the request: link, target, tls, path, declared settings, owner, and
 * the stages that show it.
 */
export function differencesOf(
  there: Route,
  { key, link, owner, stages, use, settings }: RouteRequest,
): readonly RouteDifference[] {
  const { target, tls, path } = use;
  const wanted = { link: link.id, linkId: link.id, key, target, targetText: target.id, tls, path, settings, stages };
  return routeDifferences(there, wanted, owner.integration);
}

/** A route that was created or changed, and its ID where that is known. */
export interface WrittenRoute {
  readonly request: RouteRequest;
  readonly id: string | undefined;
}

/**
 * Reads a route that was created or changed until it matches the request, and is published so. Reads may lag,
 * so it is read until they must show the change. Fails with `OUTCOME_UNKNOWN` when they do not, with `WORLD_MOVED` where
 * the route is gone.
 */
export function readBack(step: Step, tools: UnitTools, { request, id }: WrittenRoute): Promise<void> {
  const { gateway, key } = request;
  return untilShown(step, tools, [request], async (ctx) => {
    const route = await tools.driver.routes.find(gateway, key, ctx, id === undefined ? undefined : { id });
    return route === undefined ? [] : [route];
  });
}

/**
 * As {@link readBack}, for all routes that one integration of the spec created or changed on one gateway: with one
 * list of the gateway's routes. On AWS it is two calls (routes and integrations) for each 500 of them. The list is read
 * after the writes that wait for the gateway, so that several integrations that end one after the other share it. A
 * single route is read by its ID. Only where `routes.list` exists. It fails for the first route that does not match the
 * request.
 */
export async function readBackAll(step: Step, tools: UnitTools, written: readonly WrittenRoute[]): Promise<void> {
  const [first, ...others] = written;
  const { listing } = tools.driver;
  if (first === undefined || listing === undefined) return;
  if (others.length === 0) return readBack(step, tools, first);

  const { gateway } = first.request;
  const requests = written.map(({ request }) => request);
  const exclusive = tools.gatewayKey(gateway);
  return untilShown(
    step,
    tools,
    requests,
    (ctx, asked) => tools.reads.answer(`routes of ${exclusive}`, asked, () => listing.list(gateway, ctx)),
    exclusive,
  );
}

/** Routes whose change is not visible yet. */
type Differing = { readonly index: number; readonly differences: string[] | null };

async function untilShown(
  step: Step,
  tools: UnitTools,
  requests: readonly RouteRequest[],
  read: (ctx: CallContext, asked: number) => Promise<readonly Route[]>,
  exclusive?: string,
): Promise<void> {
  const { run, driver, reads } = tools;
  const id = `${step.id}: read back`;
  let leftMs = Math.max(0, ...requests.map(({ link }) => driver.traits(link.kind).stalenessMs));
  for (let attempt = 1, distanceMs = FIRST_MS; ; attempt += 1, distanceMs *= 2) {
    const isLast = leftMs <= 0;
    const asked = reads.ask();
    const look = async (ctx: CallContext): Promise<Differing | null> => {
      const routes = await read(ctx, asked);
      const differing = differingIn(routes, requests);
      const request = differing === null || !isLast ? undefined : requests[differing.index];
      if (request !== undefined) throw notShown(request, differing?.differences);
      if (differing === null) await joinDoubles(driver, routes, requests, ctx);

      return differing;
    };
    const part = attempt === 1 ? undefined : `read ${attempt}`;
    if ((await act(tools, id, look, { part, exclusive })) === null) return;

    const ms = Math.min(distanceMs, leftMs);
    valueOf(await pause(run, `${id}: sleep ${attempt}`, ms));
    leftMs -= ms;
  }
}

/**
 * Routes that differ in nothing but their keys share what is between them and their target. Where they do not, another run created one
 * for its routes at the same time: both runs lead all of them to the same one. Where that fails, it is a step of the next plan.
 */
async function joinDoubles(
  driver: UnitTools['driver'],
  routes: readonly Route[],
  requests: readonly RouteRequest[],
  ctx: CallContext,
): Promise<void> {
  // A route that is its own integration shares none.
  const sharing = routes.filter(({ id, integrationId }) => integrationId !== id);
  const there = new Map(sharing.map(({ key, integrationId }) => [key, integrationId]));
  const usedFor = new Map<string, string | undefined>();
  const isDoubled = requests.some(({ key, link, use, settings }) => {
    const of = JSON.stringify({ link, use: { ...use, target: use.target.id }, settings });
    const used = there.get(key);
    const before = usedFor.get(of) ?? used;
    usedFor.set(of, before);
    return before !== used;
  });
  const [first] = requests;
  if (!isDoubled || first === undefined || driver.sweeping === undefined) return;

  const { gateway, owner } = first;
  await driver.sweeping.sweep(gateway, owner.project, ctx, owner.spec).catch((error: unknown) => {
    if (!isPosternError(error)) throw error;
  });
}

/** The first route that does not match the request; `null` where all match. */
function differingIn(routes: readonly Route[], requests: readonly RouteRequest[]): Differing | null {
  const there = new Map(routes.map((route) => [route.key, route]));
  for (const [index, request] of requests.entries()) {
    const route = there.get(request.key);
    if (route === undefined) return { index, differences: null };

    const differences = differencesOf(route, request);
    if (differences.length > 0) return { index, differences: differences.map(differenceText) };
  }
  return null;
}

function differenceText(difference: RouteDifference): string {
  const { label, from, to } = sidesOf(difference);
  return `${label} is ${from}, not ${to}`;
}

function notShown(
  { gateway: { id: gatewayId }, key }: RouteRequest,
  differences: readonly string[] | null | undefined,
): PosternError {
  const details = { gatewayId, key };
  if (differences === null) {
    const message = `route ${key} of ${gatewayId} does not show the change: it is not listed`;
    return new PosternError('WORLD_MOVED', `${message}, so another writer has deleted it since`, {
      remedy: 'Run again where the route is still wanted; otherwise remove it from the spec.',
      details,
    });
  }

  const why = differences?.join('; ') ?? 'it was not read';
  return new CloudError('OUTCOME_UNKNOWN', `route ${key} of ${gatewayId} does not show the change: ${why}`, {
    operation: 'find route',
    outcomeUnknown: true,
    remedy: 'Run again in a few minutes; the next run compares the route and changes what differs.',
    details,
  });
}
