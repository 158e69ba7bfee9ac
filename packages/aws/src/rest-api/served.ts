import type { Route } from '@postern/core/adapter';
import type { ServedRoutes, Stage } from '@postern/core/snapshot';
import { denialOf, type Backends, onStages, type StageValues } from './integration-target.js';
import { toRestRoute } from './rest-route.js';
import type { DeployedApi, StageExport } from './stage-export.js';

/**
 * Stages with what their deployments hold. A canary's deployment cannot be exported: it is known where it is that of a stage.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
 */
export function withServed(
  stages: readonly Stage[],
  exports: readonly StageExport[],
  routes: readonly Route[],
  backends: Backends,
): readonly Stage[] {
  const byStage = new Map(exports.map(({ stage, api }) => [stage, api] as const));
  const byDeployment = new Map(stages.map(({ name, deploymentId }) => [deploymentId, byStage.get(name)] as const));
  const ids = new Map(routes.map(({ key, id }) => [key, id] as const));
  const gatewayId = routes[0]?.gatewayId ?? '';
  const served = (api: DeployedApi | undefined, values: StageValues): { readonly served?: ServedRoutes } =>
    api === undefined ? {} : { served: servedOf(api, { gatewayId, ids, values, backends }) };
  return stages.map((stage) => {
    const { name, variables = {}, deploymentId, canary } = stage;
    const api = byStage.get(name);
    if (canary === undefined) return { ...stage, ...served(api, variables) };
    const its = byDeployment.get(canary.deploymentId ?? deploymentId);
    return {
      ...stage,
      ...served(api, variables),
      canary: { ...canary, ...served(its, { ...variables, ...canary.variables }) },
    };
  });
}

interface Around {
  readonly gatewayId: string;
  /** The IDs of the working copy's routes, by key. */
  readonly ids: ReadonlyMap<string, string>;
  readonly values: StageValues;
  readonly backends: Backends;
}

function servedOf({ methods, policy }: DeployedApi, { gatewayId, ids, values, backends }: Around): ServedRoutes {
  const stage: Stage = { name: '', autoDeploy: false, variables: values };
  const routes = methods.map(({ key, integration, methodResponses }): Route => {
    const [verb = '', path = ''] = key.split(' ');
    const [lead = {}] = onStages(integration, [stage]);
    const method = { methodIntegration: { ...integration, ...lead }, methodResponses };
    const one = { apiId: gatewayId, resourceId: '', path, verb, method };
    const { owner: _owner, integrationId: _integration, settings = {}, ...route } = toRestRoute(one, [], backends);
    // Who may call it is read of the working copy only.
    const { authorizer: _authorizer, scopes: _scopes, apiKey: _apiKey, ...shown } = settings;
    return { ...route, id: ids.get(key) ?? key, ...(route.linkId === undefined ? {} : { settings: shown }), raw: null };
  });
  const denies = denialOf(policy);
  return { routes, ...(denies === undefined ? {} : { denies }) };
}
