import type { Gateway, GatewayUse, RegionSnapshot, Route, Stage } from '@postern/core';
import type { AwsCall } from '../call.js';
import { newIntegration } from '../rest-api/integration/new-integration.js';
import type { MethodRow, RestApiRow, RestDeploymentRow } from '../state/rest-api-state.js';
import type { Lack } from './load-region.js';
import { placeOf, privateIntegration } from './rest-methods.js';
import { frozenCopy } from '../rest-api/deployment/frozen-copy.js';
import { restTree } from './rest-tree.js';

/**
 * The deployments that the stages of an API serve. Each is a copy of the working copy, with the links and targets that
 * the snapshot shows of the stage. What it does not show is as in the working copy.
 */
export function loadDeployments(
  call: AwsCall,
  region: RegionSnapshot,
  gateway: Gateway,
  api: RestApiRow,
  lack: Lack,
): void {
  for (const { name, deploymentId, deployed, canary } of gateway.stages) {
    if (deploymentId !== undefined && !api.deployments.has(deploymentId)) {
      const served = servedOn(gateway, name);
      if (served === undefined) lack(`what stage ${name} of ${gateway.id} serves was not read: it is the working copy`);
      const copy = served === undefined ? frozenCopy(api) : copyOf(call, region, gateway, api, served, lack);
      api.deployments.set(deploymentId, deployment(call, deploymentId, copy, deployed));
    }
    const other = canary?.deploymentId;
    if (other === undefined || api.deployments.has(other)) continue;
    lack(`what the canary of stage ${name} of ${gateway.id} serves is not in a snapshot: it is the working copy`);
    api.deployments.set(other, deployment(call, other, frozenCopy(api)));
  }
}

function deployment(
  call: AwsCall,
  id: string,
  copy: RestDeploymentRow['copy'],
  description?: string,
): RestDeploymentRow {
  return {
    fields: { id, createdDate: new Date(call.now), ...(description === undefined ? {} : { description }) },
    copy,
  };
}

/** The backends that a stage serves, by route; undefined where they were not read. */
function servedOn({ uses }: Gateway, stage: Stage['name']): ReadonlyMap<string, GatewayUse> | undefined {
  const own = uses?.filter((use) => use.stage === stage && use.kind === 'route');
  if (own === undefined || own.some(({ routeIds, unreadable = '' }) => isWhole(routeIds) && !isCanary(unreadable))) {
    return undefined;
  }
  return new Map(own.filter(({ routeIds }) => !isWhole(routeIds)).map((use) => [use.id, use] as const));
}

const isWhole = (routeIds: readonly string[]): boolean => routeIds.length === 0;
const isCanary = (unreadable: string): boolean => unreadable.startsWith('the canary ');

function copyOf(
  call: AwsCall,
  region: RegionSnapshot,
  gateway: Gateway,
  api: RestApiRow,
  served: ReadonlyMap<string, GatewayUse>,
  lack: Lack,
): RestDeploymentRow['copy'] {
  const routes = new Map(gateway.routes.map((route) => [route.id, route] as const));
  const known = new Map([...api.resources.values()].map(({ path, id }) => [path, id] as const));
  const tree = restTree(call, (path) => known.get(path));
  for (const { path, methods } of api.resources.values()) {
    const { id } = tree.at(path);
    for (const [verb, method] of methods) {
      const route = routes.get(`${id}/${verb}`);
      const use = served.get(`${id}/${verb}`);
      if (use === undefined ? isPrivate(method) : !leadsAs(gateway, route, use)) continue;
      tree.put(path, method);
    }
  }
  for (const use of served.values()) {
    const route = routes.get(use.id);
    if (route !== undefined && leadsAs(gateway, route, use)) continue;
    const { verb, path } = placeOf({ id: '', key: use.name });
    tree.put(path, servedMethod(region, gateway, tree.at(path).id, verb, route, use, lack));
  }
  return { ...frozenCopy(api), resources: tree.rows() };
}

function isPrivate({ methodIntegration }: MethodRow): boolean {
  return methodIntegration?.connectionType === 'VPC_LINK';
}

/** Whether a stage serves a route as it is now. With variables a route may have another link and target on each stage. */
function leadsAs({ integrations = [] }: Gateway, route: Route | undefined, use: GatewayUse): boolean {
  if (route === undefined) return false;
  const leads = integrations.filter(({ id }) => id === route.integrationId);
  return (
    use.unreadable !== undefined || leads.some((one) => one.linkId === use.linkId && one.targetId === use.targetId)
  );
}

/** A method that only the stage has as it is. */
function servedMethod(
  region: RegionSnapshot,
  gateway: Gateway,
  resourceId: string,
  verb: string,
  route: Route | undefined,
  use: GatewayUse,
  lack: Lack,
): MethodRow {
  const tls = use.scheme === 'https' ? {} : undefined;
  // Variables without a value on the stage are named in the note only.
  const [, names] = /^stage variable (.+) decides/.exec(use.unreadable ?? '') ?? [];
  const own = names === undefined ? {} : { variables: names.split(', ') };
  const shape = {
    path: 'overwrite',
    settings: { host: 'backend.internal' },
    ...route,
    variables: undefined,
    ...own,
    tls,
    key: use.name,
  } as const;
  const leads = names === undefined ? [use] : [];
  return {
    httpMethod: verb,
    authorizationType: route?.authorization === 'API_KEY' ? 'NONE' : (route?.authorization ?? 'NONE'),
    apiKeyRequired: route?.settings?.apiKey === true,
    methodIntegration: newIntegration(resourceId, privateIntegration(region, gateway, shape, leads, lack)),
  };
}
