import type { CallContext, Owner } from '@postern/core/internal/library';
import { canonicalJson, readUntil, unlessGone, usersOfMark } from '@postern/core/internal/adapter';
import { grouped, groupedPairs } from '@postern/core/internal/kinds';
import type { IntegrationOutput, RouteOutput } from '../sdk-types.js';
import { ownerOfIntegration, type RouteSession } from './integration-marks.js';
import { STALENESS_MS } from '../limits.js';
import { deleteIntegration, firstOf, listIntegrations, readIntegration } from './integration.js';
import { integrationIdOf, listRoutes, readRoute } from './read-route.js';
import { hasName, markOfRoute, ownerOfRoute } from './route-marks.js';

type Lists = { readonly routes: readonly RouteOutput[]; readonly integrations: readonly IntegrationOutput[] };

/**
 * Integrations that serve what another one with the same mark and settings serves, and that one: two runs created one each, since the
 * lists that each read did not show the other's. Every run chooses the one with the smallest ID. One that a route without a mark uses is
 * none, and one whose mark names routes is none: it was adopted, or has routes with names of their own.
 */
export function doubleIntegrations(
  apiId: string,
  { routes, integrations }: Lists,
): ReadonlyMap<IntegrationOutput, IntegrationOutput> {
  const byIntegration = grouped(routes, integrationIdOf);
  const alike = groupedPairs(
    integrations.flatMap((one) => {
      const led = byIntegration.get(one.IntegrationId) ?? [];
      const isCreated = led.length > 0 && usersOfMark(one.Description).length === 0;
      const isOurs = isCreated && led.every((route) => ownerOfRoute(apiId, route, one)?.unbound === undefined);
      const as = isOurs ? servesAs(apiId, one) : undefined;
      return as === undefined ? [] : [[as, one] as const];
    }),
  );
  return new Map(
    [...alike.values()].flatMap((same) => {
      const first = firstOf(same);
      return first === undefined ? [] : same.filter((one) => one !== first).map((one) => [one, first] as const);
    }),
  );
}

/** What an integration serves, and for whom; undefined where it has no owner. */
function servesAs(apiId: string, integration: IntegrationOutput): string | undefined {
  const owner = ownerOfIntegration(apiId, integration);
  if (owner === undefined) return undefined;

  const { IntegrationId: _id, Description: _mark, ...rest } = integration;
  const { project, spec = null, integration: name } = owner;
  return canonicalJson({ project, spec, name, rest: JSON.parse(JSON.stringify(rest)) });
}

/** Leads the routes of such integrations to the ones that stay, and deletes them. Calls are answered as before meanwhile. */
export async function joinIntegrations(
  session: RouteSession,
  apiId: string,
  lists: Lists,
  isOurs: (owner: Owner) => boolean,
  ctx: CallContext,
): Promise<void> {
  for (const [double, { IntegrationId: firstId }] of doubleIntegrations(apiId, lists)) {
    const owner = ownerOfIntegration(apiId, double);
    const first = await unlessGone(readIntegration(session, apiId, firstId, ctx));
    if (owner === undefined || !isOurs(owner) || first === undefined) continue;

    const led = lists.routes.filter((route) => integrationIdOf(route) === double.IntegrationId);
    for (const { RouteId, RouteKey } of led) {
      // The list is older than what another writer changed since.
      const route = await readRoute(session, apiId, RouteKey, { id: RouteId }, ctx);
      if (route === undefined || integrationIdOf(route) !== double.IntegrationId) continue;

      const mark = hasName(route) ? {} : markOfRoute(apiId, RouteKey, owner);
      const input = { ApiId: apiId, RouteId, Target: `integrations/${firstId}`, ...mark };
      await unlessGone(session.call(ctx, 'apigatewayv2', 'UpdateRoute', input));
    }
    await deleteIntegration(session, apiId, double.IntegrationId, ctx);
  }
}

/**
 * Looks again after a route led to an integration that was created for it: lists that show it show what other runs created before, and the
 * run that looks last sees all of them.
 */
export async function joinOthers(
  session: RouteSession,
  apiId: string,
  id: string,
  { project, spec }: Owner,
  ctx: CallContext,
): Promise<void> {
  const [routes, integrations] = await readUntil(
    () => Promise.all([listRoutes(session, apiId, ctx), listIntegrations(session, apiId, ctx)]),
    ([all]) => all.some((route) => integrationIdOf(route) === id),
    STALENESS_MS,
    ctx,
  );
  const isOurs = (one: Owner): boolean => one.project === project && one.spec === spec;
  await joinIntegrations(session, apiId, { routes, integrations }, isOurs, ctx);
}
