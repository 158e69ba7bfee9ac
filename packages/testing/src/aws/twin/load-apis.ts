import {
  formatBoundMark,
  formatMark,
  type Gateway,
  type GatewayIntegration,
  type Json,
  type Owner,
  type RegionSnapshot,
  type Route,
  userHash,
} from '@postern/core';
import type { AwsCall } from '../call.js';
import type { ApiRow, IntegrationRow, RouteRow } from '../state/api-gateway-state.js';
import type { Lack } from './load-region.js';

/** HTTP and WebSocket APIs with stages, routes, integrations and the deployments that stages serve. */
export function loadApis(call: AwsCall, { gateways }: RegionSnapshot, lack: Lack): void {
  for (const gateway of gateways) {
    if (gateway.kind !== 'http-api' && gateway.kind !== 'websocket-api') {
      lack(`${gateway.id} is a gateway of a kind that is not simulated`);
      continue;
    }
    call.state.apiGateway.apis.set(gateway.id, apiRow(call, gateway, lack));
  }
}

function apiRow(call: AwsCall, gateway: Gateway, lack: Lack): ApiRow {
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
      DisableExecuteApiEndpoint: false,
      IpAddressType: 'ipv4',
      CreatedDate: new Date(call.now),
      Tags: { ...tags },
    },
    stages: new Map(),
    deployments: new Map(),
    integrations: new Map(
      (gateway.integrations ?? []).map((one) => [one.id, integrationRow(id, one, gateway.routes)] as const),
    ),
    routes: new Map(gateway.routes.map((route) => [route.id, routeRow(route)] as const)),
  };
  if (!isHttp) lack(`the routes and stages of ${id}, a WebSocket API, are not read`);
  if (gateway.routes.some(({ authorization }) => authorization === 'JWT' || authorization === 'CUSTOM')) {
    lack(`the authorizers of ${id} are not in a snapshot`);
  }
  for (const { name: StageName, autoDeploy, deploymentId, deployed } of stages) {
    api.stages.set(StageName, {
      StageName,
      AutoDeploy: autoDeploy,
      ...(deploymentId === undefined ? {} : { DeploymentId: deploymentId }),
      CreatedDate: new Date(call.now),
      LastUpdatedDate: new Date(call.now),
      RouteSettings: {},
      StageVariables: {},
      Tags: {},
    });
    if (deploymentId === undefined) continue;
    // What a stage served then may have been older than the routes now; a snapshot shows the routes now.
    const known = api.deployments.get(deploymentId)?.fields.Description;
    api.deployments.set(deploymentId, {
      fields: {
        DeploymentId: deploymentId,
        DeploymentStatus: 'DEPLOYED',
        AutoDeployed: autoDeploy,
        CreatedDate: new Date(call.now),
        ...(deployed === undefined && known === undefined ? {} : { Description: deployed ?? known }),
      },
      routes: [...api.routes.values()],
      integrations: [...api.integrations.values()],
    });
  }
  return api;
}

function routeRow({ id, key, integrationId, authorization = 'NONE' }: Route): RouteRow {
  return {
    RouteId: id,
    RouteKey: key,
    AuthorizationType: authorization as NonNullable<RouteRow['AuthorizationType']>,
    ApiKeyRequired: false,
    ...(integrationId === undefined ? {} : { Target: `integrations/${integrationId}` }),
  };
}

/** The path and TLS settings of an integration follow from its routes. */
function integrationRow(
  apiId: string,
  { id, linkId, targetId, owner }: GatewayIntegration,
  routes: readonly Route[],
): IntegrationRow {
  const users = routes.filter(({ integrationId }) => integrationId === id);
  const [route] = users;
  const named = users.filter((one) => one.owner !== undefined && one.owner.unbound !== true).map(({ key }) => key);
  const uri = linkId === undefined ? 'https://example.com' : (targetId ?? '');
  const base = {
    IntegrationId: id,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    PayloadFormatVersion: '1.0',
    TimeoutInMillis: 30_000,
    ...(owner === undefined ? {} : { Description: markOf(owner, { apiId, linkId: linkId ?? null, uri }, named) }),
  } as const;
  if (linkId === undefined) return { ...base, ConnectionType: 'INTERNET', IntegrationUri: uri };
  const path = route?.path ?? (owner === undefined ? 'keep' : 'overwrite');
  return {
    ...base,
    ConnectionType: 'VPC_LINK',
    ConnectionId: linkId,
    IntegrationUri: uri,
    ...(path === 'overwrite' ? { RequestParameters: { 'overwrite:path': '$request.path' } } : {}),
    ...(route?.tls === undefined ? {} : { TlsConfig: { ServerNameToVerify: route.tls.serverName } }),
  };
}

/** A mark as it was read: bound to the integration and to the routes that it names, or of an older version. */
function markOf(owner: Owner, of: Json, routeKeys: readonly string[]): string {
  return owner.unbound === true ? formatMark(owner) : formatBoundMark(owner, of, routeKeys.map(userHash));
}
