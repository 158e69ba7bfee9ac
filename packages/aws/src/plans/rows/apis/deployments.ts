import type { Gateway, Route, Stage } from '@postern/core/internal/adapter';
import type { DraftRegion, Row, View } from '@postern/core/internal/overlay';
import type { ServedRoutes } from '@postern/core/internal/snapshot';
import { AWS, shortId } from '../id-forms.js';

/** A deployment, which has the routes as they are when it is made: no change of it takes others. */
export const deploymentRow: Row = {
  list: 'gateways',
  isPart: true,
  ids: { id: shortId('d') },
  index: (view, { draft }) => {
    if (isMade(view)) draft.routes.deployments.add(view.needed('id'));
  },
  add: () => undefined,
  remove: () => undefined,
};

/** Whether the plan creates what a view shows. */
export function isMade({ when, instance }: View): boolean {
  return when === 'after' && instance.actions.includes('create');
}

/** Lays a stage. It serves `last`, or what its deployment has. */
export function putStage(draft: DraftRegion, gatewayId: string, stage: Stage, last?: readonly Route[]): void {
  const served = last === undefined ? servedBy(draft, gatewayId, stage) : deployed({ routes: last });
  draft.patch('gateways', gatewayId, ({ stages }) => {
    const known = stages.find(({ name }) => name === stage.name);
    return { stages: [...stages.filter((one) => one !== known), { ...known, ...stage, served }] };
  });
}

function deployed({ routes, denies }: Pick<Gateway, 'routes' | 'denies'>): ServedRoutes {
  return { routes: routes.map(({ owner: _owner, integrationId: _integration, ...one }) => one), denies };
}

/** What a deployment has: the routes as they are after the plan, or what a stage serves that has it already. */
function servedBy(
  draft: DraftRegion,
  gatewayId: string,
  { autoDeploy, deploymentId }: Pick<Stage, 'autoDeploy' | 'deploymentId'>,
): ServedRoutes | undefined {
  const gateway = draft.get('gateways', gatewayId);
  if (autoDeploy || deploymentId === undefined || gateway === undefined) return undefined;

  const isNew = !draft.inBase('gateways', gatewayId) && !draft.isFromState('gateways', gatewayId);
  if (isNew || draft.routes.deployments.has(deploymentId)) return deployed(gateway);

  const base = draft.base.gateways.filter(({ id }) => id === gatewayId);
  return [gateway, ...base]
    .flatMap(({ stages }) => stages.flatMap((one) => [one, ...(one.canary === undefined ? [] : [one.canary])]))
    .find((one) => one.deploymentId === deploymentId && one.served !== undefined)?.served;
}

/** What a stage goes on serving whose automatic deployment is switched off: changes of the plan come before that, or after it. */
export function lastRoutes(view: View, draft: DraftRegion, gatewayId: string): readonly Route[] {
  const { routes = [] } = draft.get('gateways', gatewayId) ?? {};
  const former = draft.routes.former.get(gatewayId) ?? routes;
  const open = `${view.instance.address} switches the automatic deployment off, and it is open whether the changes of routes come before that: let it depend on them`;
  const isFormer = former !== routes && view.reading('auto_deploy', [['after'], ['before']], { open })[0] === 'before';
  return isFormer ? former : routes;
}

/** A deployment that gets a part of the calls of a stage. One that the plan does not mention stays. */
export function canaryOf(view: View, draft: DraftRegion, gatewayId: string, known: Stage | undefined): Stage['canary'] {
  const [block] = view.blocks('canary_settings');
  if (block === undefined) return view.as('before').blocks('canary_settings').length > 0 ? undefined : known?.canary;

  const deploymentId = block.ref('deployment_id', AWS.deployment) ?? view.ref('deployment_id', AWS.deployment);
  const served = servedBy(draft, gatewayId, { autoDeploy: false, deploymentId });
  const percent = block.number('percent_traffic') ?? 0;
  return { deploymentId, percent, variables: block.map('stage_variable_overrides'), served };
}
