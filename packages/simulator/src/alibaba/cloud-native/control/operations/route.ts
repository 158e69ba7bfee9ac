import type { AlibabaCall } from '../../../operation/operation.js';
import { mayDelete } from '../gateway/new-gateway.js';
import { BACKEND, DEPLOY_CONFIGS, MATCH, readDeployConfigs, readMatch, readServices } from '../api/given.js';
import { checkBackend, deployStatus, publishRoute } from '../api/publish.js';
import { routeView } from '../api/api-view.js';
import { apigFamily, neededText, refusals } from '../request/parameters.js';
import { apigList, gatewayOfEnvironment, getDomain, getHttpApi, getRoute } from '../request/find.js';
import type { HttpRouteRow, RouteRules } from '../state.js';
import { anything, flag, text, texts, type InputOf, action } from '../../../operation/family.js';

const GIVEN = {
  httpApiId: neededText,
  description: text,
  environmentId: text,
  domainIds: texts,
  match: MATCH,
  backendConfig: BACKEND,
  deployConfigs: DEPLOY_CONFIGS,
  policyConfigs: anything,
  mcpRouteConfig: anything,
};

const SCENES = [
  'SingleService',
  'MultiServiceByRatio',
  'MultiServiceByTag',
  'MultiServiceByContent',
  'Mock',
  'Redirect',
];

/**
 * What a route does, and on which gateway. The environment is in the request, or in the first configuration of its publication. No place
 * for the answer of a mocked route is documented but that one [U].
 */
function readRules(
  call: AlibabaCall,
  given: InputOf<typeof GIVEN>,
  before?: HttpRouteRow,
): RouteRules & { readonly gatewayId: string } {
  const [config] = readDeployConfigs(given.deployConfigs);
  const named = [given.environmentId, before?.environmentId, config?.environmentId, config?.gatewayId];
  const wanted = named.find((id) => id !== undefined && id !== '') ?? getHttpApi(call.state, given.httpApiId).gatewayId;
  const gateway = gatewayOfEnvironment(call.state, wanted);
  const domainIds = given.domainIds ?? before?.domainIds ?? config?.customDomainIds ?? [];
  for (const id of domainIds) getDomain(call.state, id);
  const { backendConfig } = given;
  const scene = backendConfig?.scene ?? before?.scene ?? config?.backendScene ?? 'SingleService';
  if (!SCENES.includes(scene)) throw refusals.invalid('backendConfig.scene');

  const services = backendConfig?.services
    ? readServices(backendConfig.services)
    : (before?.services ?? config?.services ?? []);
  checkBackend(call, scene, services);
  return {
    match: given.match ? readMatch(given.match) : (before?.match ?? readMatch(undefined)),
    scene,
    services,
    domainIds,
    environmentId: gateway.environmentId,
    mock: config?.mock ?? before?.mock,
    gatewayId: gateway.id,
  };
}

/** Routes: of APIs of the type Http, and under Rest APIs, too. */
export const routeOperations = apigFamily({
  /** A new route is NotDeployed, and no caller gets it, unless its publication is asked for. Its path and port are not checked. */
  CreateHttpApiRoute: action({ name: neededText, ...GIVEN }, (call, input) => {
    const api = getHttpApi(call.state, input.httpApiId);
    const { routes } = call.state.apig;
    const { name = '' } = input;
    if ([...routes.values()].some((row) => row.apiId === api.id && row.name === name)) {
      throw refusals.duplicated('RouteName', name);
    }

    const id = call.id('hr-', 20);
    const row: HttpRouteRow = {
      ...readRules(call, input),
      id,
      apiId: api.id,
      name,
      description: input.description ?? '',
      published: undefined,
      changesUntil: 0,
      createdAt: call.now,
      modifiedAt: call.now,
    };
    routes.set(id, row);
    if (input.deployConfigs?.some(({ autoDeploy }) => autoDeploy === true)) publishRoute(call, row);
    return { routeId: id };
  }),

  GetHttpApiRoute: {
    parameters: { httpApiId: neededText, routeId: neededText },
    run: (call, { httpApiId, routeId }) => routeView(call, getRoute(call.state, httpApiId, routeId)),
  },

  ListHttpApiRoutes: apigList({
    parameters: {
      httpApiId: neededText,
      domainId: text,
      pathLike: text,
      deployStatuses: text,
      backendServiceName: text,
      consumerAuthorizationRuleId: text,
      forDeploy: flag,
      withAuthPolicyInfo: flag,
      withConsumerInfoById: text,
      withPluginAttachmentByPluginId: text,
    },
    rows({ state, now }, { httpApiId, domainId, pathLike = '', deployStatuses }) {
      const { id } = getHttpApi(state, httpApiId);
      const statuses = deployStatuses?.split(',') ?? [];
      return [...state.apig.routes.values()].filter(
        (row) =>
          row.apiId === id &&
          row.match.path.value.includes(pathLike) &&
          (domainId === undefined || row.domainIds.includes(domainId)) &&
          (statuses.length === 0 ||
            statuses.includes(deployStatus(now, row.published !== undefined, row.changesUntil))),
      );
    },
    same: ['environmentId', 'gatewayId', 'name'],
    part: { nameLike: 'name' },
    view: (row, call) => routeView(call, row),
  }),

  /** Changes the draft: callers get what was published until it is published anew [U]. The name stays. */
  UpdateHttpApiRoute: action({ routeId: neededText, ...GIVEN }, (call, input) => {
    const row = getRoute(call.state, input.httpApiId, input.routeId);
    const changed = { ...readRules(call, input, row), description: input.description ?? row.description };
    call.state.apig.routes.set(row.id, { ...row, ...changed, modifiedAt: call.now });
    return undefined;
  }),

  /** Whether a published route can be deleted is [U]: it is refused, unless that was planted. */
  DeleteHttpApiRoute: action({ httpApiId: neededText, routeId: neededText }, (call, { httpApiId, routeId }) => {
    const row = getRoute(call.state, httpApiId, routeId);
    if (row.published && !mayDelete(call.state)) throw refusals.inUse('Route', row.id, row.gatewayId);

    call.state.apig.routes.delete(row.id);
    return undefined;
  }),
});
