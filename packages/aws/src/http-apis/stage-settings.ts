import type { CallContext, Stage, StageChange, Throttle } from '@postern/core/internal/library';
import { defined, CloudError, unlessGone } from '@postern/core/internal/adapter';
import type { StageOutput } from '../sdk-types.js';
import { AWS_TRAITS } from '../cloud/traits.js';
import { stageArn } from '../arn.js';
import type { Session } from '../client/session.js';
import { listStages } from './deployment.js';
import { markWriter } from '../gateways/stage-writers.js';

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
