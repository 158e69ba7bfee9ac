import type { Gateway, GatewayUse, Stage } from '@postern/core/snapshot';
import type { RestIntegrationOutput } from '../sdk-types.js';
import { parseBackendUri, type Backends, onStages, variablesOf, type Leading } from './integration-target.js';
import type { RestApiRead } from './read-rest-api.js';
import { resolveIntegration } from './rest-route.js';
import type { StageExport } from './stage-export.js';

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
  const draft = resources.flatMap(({ path = '', resourceMethods = {} }) =>
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
