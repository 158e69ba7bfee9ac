import { defined, type Route } from '@postern/core/internal/adapter';
import type { ServedRoutes, Stage, Gateway, GatewayUse } from '@postern/core/internal/snapshot';
import {
  type Backends,
  onStages,
  type StageValues,
  parseBackendUri,
  variablesOf,
  type Leading,
  resolveIntegration,
} from '../gateways/integration-target.js';
import { toRestRoute } from './rest-route.js';
import type { DeployedApi, StageExport } from './stage-export.js';
import type { RestIntegrationOutput } from '../sdk-types.js';
import type { RestApiRead } from './read-rest-api.js';
import { denialOf } from './cloud/resource-policy.js';

/**
 * Stages with what their deployments hold. A canary's deployment cannot be exported: it is known where it is that of a stage.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
 */
export function withDeployedRoutes(
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
  return { routes, ...defined({ denies: denialOf(policy) }) };
}

/**
 * The private backends of a REST API in all its versions: the working copy, and what each stage serves. The
 * variables of a stage are replaced by its values.
 */
export function restUses(
  { resources }: Pick<RestApiRead, 'resources'>,
  { id, stages, routes }: Pick<Gateway, 'id' | 'stages' | 'routes'>,
  exports: readonly StageExport[],
  backends: Backends,
): readonly GatewayUse[] {
  const idOf = new Map(routes.map((route) => [route.key, route.id] as const));
  const useOf = (key: string) =>
    ({ kind: 'route', id: idOf.get(key) ?? key, name: key, routeIds: [idOf.get(key) ?? key] }) as const;
  const draft = resources.flatMap(({ path, resourceMethods = {} }) =>
    Object.entries(resourceMethods).flatMap(([verb, { methodIntegration }]) =>
      isPrivate(methodIntegration) ? [{ ...useOf(`${verb} ${path}`), ...where(methodIntegration, backends) }] : [],
    ),
  );
  const served = exports.flatMap(({ stage: name, api }) => {
    const stage = stages.find((one) => one.name === name);
    const whole = { kind: 'route', id, name: id, routeIds: [], stage: name } as const;
    if (api === undefined) return [{ ...whole, unreadable: `what stage ${name} serves was not read` }];

    return [
      ...api.methods.flatMap(({ key, integration }) =>
        usesOn(name, stage, integration, backends).map((use) => ({ ...useOf(key), ...use })),
      ),
      ...canaryUse(whole, stage),
    ];
  });
  return [...draft, ...served];
}

function isPrivate(integration: RestIntegrationOutput | undefined): integration is RestIntegrationOutput {
  return integration?.connectionType === 'VPC_LINK';
}

/** The uses of one method on a stage: two where the stage has a canary with variables of its own. */
function usesOn(name: string, stage: Stage | undefined, integration: RestIntegrationOutput, backends: Backends) {
  if (!isPrivate(integration)) return [];

  const leads = onStages(integration, stage === undefined ? [] : [stage]);
  return (leads.length > 0 ? leads : [integration]).map((lead) => ({ stage: name, ...where(lead, backends) }));
}

/** Where a version leads; or that it depends on variables without a value. */
function where(
  lead: Leading,
  backends: Backends,
): Pick<GatewayUse, 'linkId' | 'targetId' | 'port' | 'scheme' | 'unreadable'> {
  const names = variablesOf(lead);
  if (names.length > 0) return { unreadable: `stage variable ${names.join(', ')} decides where it leads` };

  const uri = parseBackendUri(lead.uri);
  const { linkId, targetId } = resolveIntegration(lead, backends);
  return {
    linkId,
    targetId,
    port: uri?.port,
    scheme: uri?.scheme,
    ...(targetId === undefined ? { unreadable: 'its load balancer is not known' } : {}),
  };
}

/** An export shows the deployment of the stage. That of a canary cannot be exported. */
function canaryUse(whole: GatewayUse, stage: Stage | undefined): readonly GatewayUse[] {
  const canary = stage?.canary?.deploymentId;
  if (canary === undefined || canary === stage?.deploymentId) return [];

  return [
    { ...whole, unreadable: `the canary of stage ${stage?.name} serves deployment ${canary}, which no call shows` },
  ];
}
