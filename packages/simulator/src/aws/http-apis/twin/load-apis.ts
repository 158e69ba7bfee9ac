import { defined } from '../../../simulation/defined.js';
import type { RouteSettings } from '@aws-sdk/client-apigatewayv2';
import type { Stage, Gateway, GatewayIntegration, ServedRoutes } from '@postern/core/internal/snapshot';
import type { Owner, RegionSnapshot } from '@postern/core/internal/library';
import {
  formatBoundMark,
  formatMark,
  routeIdentity,
  shortMark,
  type Json,
  type Route,
} from '@postern/core/internal/adapter';
import type { AwsCall } from '../../operation/operation.js';
import { UNREAD_BACKEND } from '../control/integration.js';
import { DEFAULTS } from '../control/web-socket.js';
import type { AuthorizerRow, IntegrationRow, RouteRow, ApiRow, DeploymentRow } from '../control/state.js';
import { authorizersOf, UNREAD_FUNCTION } from '../../twin/api-gateway/unread-authorizers.js';
import { backendNames, variablesOfLeads } from '../../twin/api-gateway/backend-names.js';
import type { Lack } from '../../twin/lack.js';
import { loadClientCertificate, settingsTags } from '../../twin/api-gateway/stage-rows.js';
import { FORMS, nativeParameters } from '../../rest-apis/twin/rest-methods.js';

/** A route of an HTTP or WebSocket API, with its mark where it has an owner. */
function routeRow({
  id,
  gatewayId,
  key,
  integrationId,
  authorization = 'NONE',
  settings = {},
  owner,
}: Route): RouteRow {
  const { authorizer, scopes = [] } = settings;
  return {
    RouteId: id,
    RouteKey: key,
    AuthorizationType: authorization as NonNullable<RouteRow['AuthorizationType']>,
    ApiKeyRequired: false,
    ...(authorizer === undefined || authorizer === 'none' || authorizer === 'iam' ? {} : { AuthorizerId: authorizer }),
    ...(scopes.length === 0 ? {} : { AuthorizationScopes: [...scopes] }),
    ...(integrationId === undefined ? {} : { Target: `integrations/${integrationId}` }),
    ...(owner === undefined || owner.unbound === true
      ? {}
      : { OperationName: shortMark(owner, routeIdentity(gatewayId, key)) }),
  };
}

/** The integrations of an HTTP or WebSocket API. Where stage variables name the link, a snapshot shows one several times. */
function integrationRows(region: RegionSnapshot, gateway: Gateway, lack: Lack): Map<string, IntegrationRow> {
  const all = gateway.integrations ?? [];
  // One that leads nowhere, since no stage has its variables, is known by its routes only.
  const unset = gateway.routes.flatMap(({ integrationId, variables }) => (variables && integrationId) ?? []);
  return new Map(
    [...new Set([...all.map(({ id }) => id), ...unset])].map((id) => {
      const leads = all.filter((one) => one.id === id);
      const users = gateway.routes.filter(({ integrationId }) => integrationId === id);
      const rest = leads.some(({ linkId }) => linkId !== undefined) || (users[0]?.variables ?? []).length > 0;
      const row = rest ? privateRow(region, gateway, id, leads, users, lack) : publicRow(gateway, id);
      return [id, marked(gateway, row, leads[0]?.owner)] as const;
    }),
  );
}

function common({ kind }: Gateway): Omit<IntegrationRow, 'IntegrationId'> {
  return kind === 'websocket-api'
    ? { ...DEFAULTS, IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'POST' }
    : {
        IntegrationType: 'HTTP_PROXY',
        IntegrationMethod: 'ANY',
        PayloadFormatVersion: '1.0',
        TimeoutInMillis: 30_000,
      };
}

/** What is behind an integration without a link, and its type, is not in a snapshot. */
function publicRow(gateway: Gateway, id: string): IntegrationRow {
  return { IntegrationId: id, ...common(gateway), ConnectionType: 'INTERNET', IntegrationUri: UNREAD_BACKEND };
}

/** The settings of an integration follow from its routes. */
function privateRow(
  region: RegionSnapshot,
  gateway: Gateway,
  id: string,
  leads: readonly GatewayIntegration[],
  [route]: readonly Route[],
  lack: Lack,
): IntegrationRow {
  const timeoutMs = route?.settings?.timeoutMs;
  const isSocket = gateway.kind === 'websocket-api';
  const parameters = isSocket
    ? nativeParameters(FORMS.webSocket, route?.settings?.parameters)
    : httpParameters(route, leads[0]?.owner);
  return {
    IntegrationId: id,
    ...common(gateway),
    ConnectionType: 'VPC_LINK',
    ...(route?.method === undefined ? {} : { IntegrationMethod: route.method }),
    ...(isSocket ? socketBackend(region, gateway, id, leads, route, lack) : httpBackend(leads, route)),
    ...defined({ TimeoutInMillis: timeoutMs }),
    ...(Object.keys(parameters).length === 0 ? {} : { RequestParameters: parameters }),
  };
}

type Backend = Pick<IntegrationRow, 'ConnectionId' | 'IntegrationUri' | 'TlsConfig'>;

function httpBackend([lead]: readonly GatewayIntegration[], route: Route | undefined): Backend {
  const { linkId, targetId = '' } = lead ?? {};
  return {
    ...defined({ ConnectionId: linkId }),
    IntegrationUri: targetId,
    ...(route?.tls === undefined ? {} : { TlsConfig: { ServerNameToVerify: route.tls.serverName } }),
  };
}

function httpParameters(route: Route | undefined, owner: Owner | undefined): Record<string, string> {
  const { host, parameters } = route?.settings ?? {};
  const path = route?.path ?? (owner === undefined ? 'keep' : 'overwrite');
  const written = route === undefined ? undefined : writtenText(route);
  return {
    ...nativeParameters(FORMS.http, parameters),
    ...defined({ 'overwrite:path': written ?? (path === 'overwrite' ? '$request.path' : undefined) }),
    ...defined({ 'overwrite:header.host': host }),
  };
}

/** The text that writes the path of a route: its variables are those of the route, in their order, as far as a snapshot shows. */
function writtenText({ key, writtenPath }: Route): string | undefined {
  const names = [...key.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name = '']) => name);
  return writtenPath
    ?.split('{any+}')
    .reduce(
      (text, part, at) => `${text}$request.path${names.length === 0 ? '' : `.${names[at - 1] ?? names.at(-1)}`}${part}`,
    );
}

function socketBackend(
  region: RegionSnapshot,
  gateway: Gateway,
  id: string,
  leads: readonly GatewayIntegration[],
  route: Route | undefined,
  lack: Lack,
): Backend {
  const what = `${route?.key ?? id} of ${gateway.id}`;
  if (route === undefined) lack(`the URI of integration ${what}, which no route has, is not in a snapshot`);
  else if (route.path === 'keep') lack(`the path of the backend of ${what} is not in a snapshot`);
  const { tls, settings = {} } = route ?? {};
  const variables = route === undefined ? variablesOfLeads(region, gateway.stages, leads) : (route.variables ?? []);
  const host = route === undefined ? 'backend.internal' : settings.host;
  const path = route?.path === 'keep' ? '/backend' : '/';
  const { connectionId, uri } = backendNames(region, gateway.stages, { what, leads, variables, host, tls, path }, lack);
  return { ...defined({ ConnectionId: connectionId }), IntegrationUri: uri };
}

/** A mark as it was read: bound to the integration, or of an older version. */
function marked({ id: apiId }: Gateway, row: IntegrationRow, owner: Owner | undefined): IntegrationRow {
  if (owner === undefined) return row;

  const of: Json = { apiId, linkId: row.ConnectionId ?? null, uri: row.IntegrationUri ?? null };
  return { ...row, Description: owner.unbound === true ? formatMark(owner) : formatBoundMark(owner, of) };
}

/** HTTP and WebSocket APIs with stages, routes, integrations and the deployments that stages serve. */
export function loadApis(call: AwsCall, region: RegionSnapshot, lack: Lack): void {
  for (const gateway of region.gateways) {
    if (gateway.kind === 'rest-api') continue;
    if (gateway.kind !== 'http-api' && gateway.kind !== 'websocket-api') {
      lack(`${gateway.id} is a gateway of a kind that is not simulated`);
      continue;
    }

    call.state.apiGateway.apis.set(gateway.id, apiRow(call, region, gateway, lack));
  }
}

function limitsOf({ rate, burst }: NonNullable<Stage['throttle']> = {}): RouteSettings {
  return {
    ...defined({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst }),
  };
}

function apiRow(call: AwsCall, region: RegionSnapshot, gateway: Gateway, lack: Lack): ApiRow {
  const { id, name, kind, tags, stages } = gateway;
  const isHttp = kind === 'http-api';
  const api: ApiRow = {
    fields: {
      ApiId: id,
      Name: name,
      ProtocolType: isHttp ? 'HTTP' : 'WEBSOCKET',
      ApiEndpoint: `${isHttp ? 'https' : 'wss'}://${id}.execute-api.${call.region}.amazonaws.com`,
      ApiKeySelectionExpression: '$request.header.x-api-key',
      RouteSelectionExpression: isHttp ? '$request.method $request.path' : '$request.body.action',
      DisableExecuteApiEndpoint: gateway.endpoint === 'disabled',
      IpAddressType: 'ipv4',
      CreatedDate: new Date(call.now),
      Tags: { ...tags },
    },
    stages: new Map(),
    deployments: new Map(),
    integrations: integrationRows(region, gateway, lack),
    routes: new Map(gateway.routes.map((route) => [route.id, routeRow(route)] as const)),
  };
  for (const [authorizerId, type] of authorizersOf(gateway)) {
    lack(`what authorizer ${authorizerId} of ${id} asks is not in a snapshot`);
    api.authorizers = (api.authorizers ?? new Map()).set(authorizerId, authorizerRow(authorizerId, type));
  }
  for (const stage of stages) {
    const {
      name: StageName,
      autoDeploy,
      deploymentId,
      deployed,
      variables,
      served,
      clientCertificate,
      accessLog,
      throttle,
      throttles = [],
      configuredBy,
    } = stage;
    loadClientCertificate(call, stage);
    api.stages.set(StageName, {
      StageName,
      AutoDeploy: autoDeploy,
      ...defined({ DeploymentId: deploymentId }),
      ...(clientCertificate?.id === undefined ? {} : { ClientCertificateId: clientCertificate.id }),
      ...(accessLog?.destination === undefined
        ? {}
        : { AccessLogSettings: { DestinationArn: accessLog.destination, Format: accessLog.format ?? '' } }),
      CreatedDate: new Date(call.now),
      LastUpdatedDate: new Date(call.now),
      DefaultRouteSettings: { DetailedMetricsEnabled: false, ...limitsOf(throttle) },
      RouteSettings: Object.fromEntries(throttles.map((one) => [one.key, limitsOf(one.throttle)])),
      StageVariables: { ...variables },
      Tags: settingsTags(configuredBy),
    });
    if (deploymentId === undefined) continue;

    // The current routes, where the snapshot does not show what the stage serves.
    const known = api.deployments.get(deploymentId)?.fields.Description;
    api.deployments.set(deploymentId, {
      fields: {
        DeploymentId: deploymentId,
        DeploymentStatus: 'DEPLOYED',
        AutoDeployed: autoDeploy,
        CreatedDate: new Date(call.now),
        ...(deployed === undefined && known === undefined ? {} : { Description: deployed ?? known }),
      },
      ...(served === undefined
        ? { routes: [...api.routes.values()], integrations: [...api.integrations.values()] }
        : servedRows(region, gateway, served, lack)),
    });
  }
  return api;
}

/** The settings of an authorizer are not in snapshots: no token is of its issuer, and its function does not exist. */
function authorizerRow(AuthorizerId: string, type: string): AuthorizerRow {
  const common = { AuthorizerId, Name: AuthorizerId };
  return type === 'JWT'
    ? {
        ...common,
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: 'https://not-read.invalid', Audience: [] },
      }
    : { ...common, AuthorizerType: 'REQUEST', AuthorizerPayloadFormatVersion: '2.0', AuthorizerUri: UNREAD_FUNCTION };
}

/** The routes of a deployment, each with an integration of its own. Who may call one is as in the current routes. */
function servedRows(
  region: RegionSnapshot,
  gateway: Gateway,
  { routes, endpoint }: ServedRoutes,
  lack: Lack,
): Pick<DeploymentRow, 'api' | 'routes' | 'integrations'> {
  const current = new Map(gateway.routes.map((route) => [route.id, route] as const));
  const shown = routes.map((route) => {
    const { authorization, settings: { authorizer, scopes } = {} } = current.get(route.id) ?? {};
    return {
      ...route,
      authorization,
      settings: { ...route.settings, authorizer, scopes },
      integrationId: `of-${route.id}`,
    };
  });
  const integrations = shown.map(({ integrationId: id, linkId, targetId }) => ({ id, linkId, targetId }));
  const rows = integrationRows(region, { ...gateway, routes: shown, integrations }, lack);
  const api = { DisableExecuteApiEndpoint: endpoint === 'disabled' };
  return { api, routes: shown.map(routeRow), integrations: [...rows.values()] };
}
