import type { CallContext, Stage, StageChange, Throttle, Owner } from '@postern/core/internal/library';
import { defined, CloudError, unlessGone, canonicalJson, readUntil, usersOfMark } from '@postern/core/internal/adapter';
import type { StageOutput, IntegrationOutput, RouteOutput } from '../sdk-types.js';
import { AWS_TRAITS } from '../cloud/traits.js';
import { stageArn } from '../arn.js';
import type { Session } from '../client/session.js';
import { listStages } from './deployment.js';
import { markWriter } from '../gateways/stage-writers.js';
import { grouped, groupedPairs } from '@postern/core/internal/kinds';
import { ownerOfIntegration, type RouteSession } from './integration-marks.js';
import { STALENESS_MS } from '../limits.js';
import { deleteIntegration, firstOf, listIntegrations, readIntegration } from './integration.js';
import { integrationIdOf, listRoutes, readRoute } from './read-route.js';
import { hasName, markOfRoute, ownerOfRoute } from './route-marks.js';

type RouteSettingsOutput = NonNullable<StageOutput['DefaultRouteSettings']>;

/**
 * What a stage of an HTTP or WebSocket API throttles calls to.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export function toThrottles({
  DefaultRouteSettings = {},
  RouteSettings = {},
}: StageOutput): Required<Pick<Stage, 'throttle' | 'throttles'>> {
  const throttles = Object.entries(RouteSettings).flatMap(([key, settings]) => {
    const throttle = throttleIn(settings);
    return Object.keys(throttle).length === 0 ? [] : [{ key, throttle }];
  });
  return { throttle: throttleIn(DefaultRouteSettings), throttles };
}

function throttleIn({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst }: RouteSettingsOutput): Throttle {
  return { ...defined({ rate, burst }) };
}

/**
 * Changes settings of a stage. Other settings of the same routes, such as metrics, are sent as they are: whether the service merges the
 * members of one route is not documented [U]. No call removes the throttle of all routes: what every account
 * may have takes its place.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages-stagename.html
 * @throws {CloudError} `NOT_FOUND`
 */
export async function configureStage(
  session: Session,
  apiId: string,
  name: string,
  { throttle, clientCertificate, routes = [], writer }: StageChange,
  ctx: CallContext,
): Promise<void> {
  const stage = (await listStages(session, apiId, ctx)).find(({ StageName }) => StageName === name);
  if (stage === undefined) {
    const remedy = 'Plan again: another writer deleted the stage.';
    throw new CloudError('NOT_FOUND', `${apiId} has no stage ${name}`, { operation: 'GetStages', remedy });
  }

  const { DefaultRouteSettings, RouteSettings = {} } = stage;
  const place = { service: 'apigatewayv2', arn: stageArn(session.region, apiId, name) } as const;
  // A run that ends in between leaves a mark too many, and not a setting that nothing removes.
  if (writer !== undefined && writer.settings.length > 0) await markWriter(session, place, writer, ctx);
  // Settings of a route that does not exist make a change of others fail: they go first.
  for (const { key, throttle: wanted } of routes) {
    if (wanted !== null || RouteSettings[key] === undefined) continue;

    const input = { ApiId: apiId, StageName: name, RouteKey: key };
    await unlessGone(session.call(ctx, 'apigatewayv2', 'DeleteRouteSettings', input));
  }
  const changed = routes.flatMap(({ key, throttle: wanted }) =>
    wanted === null || wanted === undefined ? [] : [[key, { ...RouteSettings[key], ...settingsOf(wanted) }] as const],
  );
  const isChanged = throttle !== undefined || clientCertificate !== undefined || changed.length > 0;
  if (isChanged)
    await session.call(ctx, 'apigatewayv2', 'UpdateStage', {
      ApiId: apiId,
      StageName: name,
      ...(throttle === undefined
        ? {}
        : {
            DefaultRouteSettings: {
              ...DefaultRouteSettings,
              ...settingsOf(throttle ?? AWS_TRAITS.gateways['http-api'].newStage.throttle),
            },
          }),
      // An empty text removes it.
      ...(clientCertificate === undefined ? {} : { ClientCertificateId: clientCertificate ?? '' }),
      ...(changed.length === 0 ? {} : { RouteSettings: Object.fromEntries(changed) }),
    });
  if (writer?.settings.length === 0) await markWriter(session, place, writer, ctx);
}

function settingsOf({ rate, burst }: Throttle): RouteSettingsOutput {
  return { ...defined({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst }) };
}

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
