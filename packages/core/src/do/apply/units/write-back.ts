import { gatewaySpec } from '../../kinds/cloud/gateway-kinds.js';
import { abilityOf } from '../../abilities.js';
import type { CallContext } from '../../../ground/calls/call-context.js';
import type { RouteRequest } from '../../model/route.js';
import type { Step } from '../../plan/plan.js';
import { deployMark } from '../../world/routes/deploy-mark.js';
import { routesOfStage } from '../../world/routes/deployed-routes.js';
import { outcomeOf } from '../step.js';
import { act, actAgain, type UnitTools } from './unit-tools.js';
import { updateRoute } from './write-route.js';

/**
 * Writes a route back as it was, after it failed through another link. Then the stages are read: one that another writer deployed in the
 * meantime serves the route through that link, and is deployed again.
 */
export async function writeBack(
  step: Step,
  tools: UnitTools,
  failed: RouteRequest,
  former: RouteRequest,
  routeId: string,
): Promise<void> {
  const { driver, gatewayKey, report } = tools;
  await updateRoute(step, tools, former, routeId, 'back');

  const { gateway, owner } = failed;
  const look = (ctx: CallContext): Promise<string[]> => stagesServing(tools, failed, ctx);
  const stages = await outcomeOf(act(tools, step.id, look, { part: 'stages' }));
  if (!stages.ok)
    return report(step).progress(`what the stages of ${gateway.id} serve could not be read: ${stages.error.message}`);

  for (const stage of stages.value) {
    // The mark of no routes: the next plan compares what the stage serves.
    const deploy = async (ctx: CallContext): Promise<string> =>
      (await abilityOf(driver, 'stages').deploy(gateway, stage, deployMark(owner, []), ctx)).deploymentId;
    await actAgain(step, tools, `${step.id}: deploy ${stage}`, deploy, gatewayKey(gateway));
  }
}

/** The stages that serve a route through the link of a request, by a deployment of their own. */
async function stagesServing(
  { driver, clouds }: Pick<UnitTools, 'driver' | 'clouds'>,
  { gateway: ref, key, link }: RouteRequest,
  ctx: CallContext,
): Promise<string[]> {
  const spec = gatewaySpec(clouds, ref);
  const region = await driver.observe({ gateways: [spec], served: [spec], linkKinds: [] }, ctx);
  const gateway = region.gateways.find(({ id }) => id === ref.id);
  if (gateway === undefined) return [];

  return gateway.stages.flatMap((stage) => {
    const routes = routesOfStage(gateway, stage).flatMap(({ isDeployed, routes: own = [] }) => (isDeployed ? own : []));
    return routes.some((one) => one.key === key && one.linkId === link.id) ? [stage.name] : [];
  });
}
