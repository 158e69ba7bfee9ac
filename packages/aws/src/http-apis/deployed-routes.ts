import type { Gaps, CallContext, ServedRoutes, Stage } from '@postern/core/internal/adapter';
import type { IntegrationShape, RouteOutput } from '../sdk-types.js';
import { sent, type Session } from '../client/session.js';
import { HTTP_PROTOCOL } from './protocol.js';
import { NO_SURROUNDINGS, toRoute } from './read-route.js';
import {
  integrationsIn,
  membersOf,
  parsedDocument,
  textIn,
  textsIn,
  type Members,
} from '../gateways/openapi-document.js';

/**
 * Stages of an HTTP API with what their deployments hold, by one export for each that has no automatic deployment. One that
 * cannot be read is a gap.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-export.html
 */
export function withDeployedRoutes(
  session: Session,
  apiId: string,
  stages: readonly Stage[],
  routes: readonly RouteOutput[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Stage[]> {
  const ids = new Map(routes.map(({ RouteKey, RouteId }) => [RouteKey, RouteId] as const));
  return Promise.all(
    stages.map(async (stage) => {
      // An API without routes is not deployed: a stage with automatic deployment keeps the last one.
      if ((stage.autoDeploy && routes.length > 0) || stage.deploymentId === undefined) return stage;

      const what = `what stage ${stage.name} of API ${apiId} serves`;
      const wanted = { what, of: 'gateways', id: `${apiId}/${stage.name}` } as const;
      const served = await gaps.attempt(wanted, () => deployedRoutesOf(session, apiId, stage.name, ids, ctx));
      return served === undefined ? stage : { ...stage, served };
    }),
  );
}

async function deployedRoutesOf(
  session: Session,
  apiId: string,
  StageName: string,
  ids: ReadonlyMap<string, string>,
  ctx: CallContext,
): Promise<ServedRoutes> {
  const document = await documentOf(session, apiId, StageName, ctx);
  const routes = routesIn(document).map(({ RouteKey, integration }) => {
    const output = { RouteKey, RouteId: ids.get(RouteKey) ?? RouteKey };
    const route = toRoute(HTTP_PROTOCOL, apiId, output, integration, NO_SURROUNDINGS);
    const { owner: _owner, integrationId: _integration, settings = {}, ...one } = route;
    // Who may call it is read of the current routes only.
    const { authorizer: _authorizer, scopes: _scopes, ...shown } = settings;
    return { ...one, ...(one.linkId === undefined ? {} : { settings: shown }), raw: null };
  });
  const endpoint = membersOf(document['x-amazon-apigateway-endpoint-configuration']);
  return { routes, ...(endpoint?.['disableExecuteApiEndpoint'] === true ? { endpoint: 'disabled' as const } : {}) };
}

/** A route that a stage serves, with its integration there. */
export interface ExportedRoute {
  readonly RouteKey: string;
  readonly integration: IntegrationShape;
}

/** The routes that a stage of an HTTP API serves. */
export async function exportedRoutes(
  session: Session,
  apiId: string,
  StageName: string,
  ctx: CallContext,
): Promise<readonly ExportedRoute[]> {
  return routesIn(await documentOf(session, apiId, StageName, ctx));
}

async function documentOf(session: Session, ApiId: string, StageName: string, ctx: CallContext): Promise<Members> {
  const { body } = await session.call(ctx, 'apigatewayv2', 'ExportApi', {
    ApiId,
    Specification: 'OAS30',
    OutputType: 'JSON',
    StageName,
  });
  return sent(parsedDocument(sent(body, 'body', 'ExportApi')), 'OpenAPI document', 'ExportApi');
}

function routesIn(document: Members): readonly ExportedRoute[] {
  return integrationsIn(document).map(({ key, integration, operation }) => ({
    // The path of the route that takes all other calls is `/$default`.
    RouteKey: operation['isDefaultRoute'] === true || key === 'ANY /$default' ? '$default' : key,
    integration: toIntegration(integration),
  }));
}

function toIntegration(members: Members): IntegrationShape {
  const text = textIn(members);
  const timeout = members['timeoutInMillis'];
  const tls = membersOf(members['tlsConfig']);
  const serverName = tls && textIn(tls)('serverNameToVerify');
  return {
    IntegrationType: text('type')?.toUpperCase() as IntegrationShape['IntegrationType'],
    IntegrationMethod: text('httpMethod')?.toUpperCase(),
    IntegrationUri: text('uri'),
    ConnectionType: text('connectionType') as IntegrationShape['ConnectionType'],
    ConnectionId: text('connectionId'),
    RequestParameters: textsIn(members['requestParameters']),
    ...(tls === undefined ? {} : { TlsConfig: serverName === undefined ? {} : { ServerNameToVerify: serverName } }),
    ...(typeof timeout === 'number' ? { TimeoutInMillis: timeout } : {}),
  };
}
