import { defined } from '../../../../simulation/defined.js';
import type { AlibabaCall } from '../../../operation/operation.js';
import { environmentView, gatewayInfo, subDomainViews } from '../gateway/gateway-view.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import type { DeployConfigRow, HttpApiRow, HttpOperationRow, HttpRouteRow } from '../state.js';
import { authView } from './given.js';
import { currentRevision, deployStatus } from './publish.js';

/** Custom domains inside other answers. */
const domainInfos = ({ apig }: AlibabaRegionState, ids: readonly string[]) =>
  ids.flatMap((domainId) => {
    const row = apig.domains.get(domainId);
    return row ? [{ domainId, name: row.name, protocol: row.protocol }] : [];
  });

const serviceViews = ({ apig }: AlibabaRegionState, services: DeployConfigRow['services']) =>
  services.map(({ serviceId, port, protocol, version, weight }) => ({
    serviceId,
    name: apig.services.get(serviceId)?.name ?? '',
    ...defined({ port }),
    protocol,
    ...(version !== '' && { version }),
    weight,
  }));

/** An API as answers show it. What is written as `versionConfig` is read as `versionInfo`. */
export function apiView({ state }: AlibabaCall, row: HttpApiRow): Record<string, unknown> {
  const gateways = [...state.apig.gateways.values()].filter(({ id }) => currentRevision(row, id));
  return {
    httpApiId: row.id,
    name: row.name,
    type: row.type,
    basePath: row.basePath,
    protocols: row.protocols,
    description: row.description,
    resourceGroupId: row.resourceGroupId,
    ...(row.gatewayId !== '' && { gatewayId: row.gatewayId }),
    ...defined({ firstByteTimeout: row.firstByteTimeout }),
    ...(row.versionConfig && { versionInfo: row.versionConfig }),
    ...authView(row.auth),
    deployConfigs: row.deployConfigs.map((config) => deployConfigView(state, config)),
    environments: gateways.map((gateway) => ({
      ...environmentView(gateway),
      gatewayInfo: gatewayInfo(gateway),
      deployStatus: 'Deployed',
      customDomains: domainInfos(state, currentRevision(row, gateway.id)?.domainIds ?? []),
      subDomains: subDomainViews(gateway.subDomains),
    })),
  };
}

function deployConfigView(state: AlibabaRegionState, config: DeployConfigRow): Record<string, unknown> {
  const gateway = state.apig.gateways.get(config.gatewayId);
  return {
    gatewayId: config.gatewayId,
    environmentId: config.environmentId,
    autoDeploy: config.autoDeploy,
    backendScene: config.backendScene,
    serviceConfigs: serviceViews(state, config.services),
    customDomainIds: config.customDomainIds,
    customDomainInfos: domainInfos(state, config.customDomainIds),
    ...(config.envDomainIds && { envDomainIds: config.envDomainIds }),
    ...(config.mock && { mock: config.mock }),
    ...(gateway && { gatewayInfo: gatewayInfo(gateway) }),
  };
}

/** The backend of a route: what is written as `backendConfig` is read as `backend`. */
const backendView = (
  state: AlibabaRegionState,
  { scene, services }: { readonly scene: string; readonly services: DeployConfigRow['services'] },
) => ({ scene, services: serviceViews(state, services) });

/** An operation of a Rest API. */
export function operationView({ state }: AlibabaCall, api: HttpApiRow, row: HttpOperationRow): Record<string, unknown> {
  const isPublished = api.revisions.some(
    ({ isCurrent, operations }) => isCurrent && operations.some(({ id }) => id === row.id),
  );
  return {
    operationId: row.id,
    name: row.name,
    method: row.method,
    path: row.path,
    description: row.description,
    status: isPublished ? 'Deployed' : 'NotDeployed',
    ...(row.auth && authView(row.auth)),
    ...(row.mock && { mock: row.mock }),
    ...defined({ request: row.request, response: row.response }),
    deployConfigs: row.deployConfigs.map((config) => deployConfigView(state, config)),
    createTimestamp: row.createdAt,
  };
}

/**
 * A route as answers show it, which is its draft: `backendConfig` is read as `backend`, `domainIds` as `domainInfos`, and the environment
 * with all about its gateway.
 */
export function routeView({ state, now }: AlibabaCall, row: HttpRouteRow): Record<string, unknown> {
  const gateway = state.apig.gateways.get(row.gatewayId);
  const status = deployStatus(now, row.published !== undefined, row.changesUntil);
  const { path, methods, headers, queryParams, ignoreUriCase } = row.match;
  return {
    routeId: row.id,
    name: row.name,
    description: row.description,
    match: { path, methods, headers, queryParams, ignoreUriCase },
    backend: backendView(state, row),
    domainInfos: domainInfos(state, row.domainIds),
    ...(gateway && {
      environmentInfo: {
        ...environmentView(gateway),
        gatewayInfo: gatewayInfo(gateway),
        subDomains: subDomainViews(gateway.subDomains),
      },
    }),
    deployStatus: status,
    gatewayStatus: { [row.gatewayId]: status },
    builtin: 'false',
    createTimestamp: row.createdAt,
    updateTimestamp: row.modifiedAt,
  };
}
