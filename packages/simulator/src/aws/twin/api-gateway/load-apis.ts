import type { RegionSnapshot } from '@postern/core';
import type { Gateway, ServedRoutes } from '@postern/core/snapshot';
import type { AwsCall } from '../../operation/call.js';
import type { ApiRow, DeploymentRow } from '../../http-api/state.js';
import { loadClientCertificate } from './client-certificate.js';
import { integrationRows, routeRow } from './load-integrations.js';
import type { Lack } from '../lack.js';

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
  if (gateway.routes.some(({ authorization }) => authorization === 'JWT' || authorization === 'CUSTOM')) {
    lack(`the authorizers of ${id} are not in a snapshot`);
  }
  for (const stage of stages) {
    const { name: StageName, autoDeploy, deploymentId, deployed, variables, served, clientCertificate } = stage;
    loadClientCertificate(call, stage);
    api.stages.set(StageName, {
      StageName,
      AutoDeploy: autoDeploy,
      ...(deploymentId === undefined ? {} : { DeploymentId: deploymentId }),
      ...(clientCertificate?.id === undefined ? {} : { ClientCertificateId: clientCertificate.id }),
      CreatedDate: new Date(call.now),
      LastUpdatedDate: new Date(call.now),
      RouteSettings: {},
      StageVariables: { ...variables },
      Tags: {},
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
