import { abilityOf } from '../../abilities.js';
import type { CallContext } from '../../../ground/calls/call-context.js';
import type { Clouds } from '../../kinds/cloud/clouds.js';
import { gatewaySpec } from '../../kinds/cloud/gateway-kinds.js';
import { canonicalJson } from '../../../ground/hash.js';
import type { RouteRequest } from '../../model/route.js';
import type { Target } from '../../model/target.js';
import type { Step } from '../../plan/plan.js';
import { inputOf } from '../../plan/step-input.js';
import { deployMark } from '../../world/routes/deploy-mark.js';
import { routesOfStage } from '../../world/routes/deployed-routes.js';
import type { OpenCall } from '../../world/routes/route-input.js';
import type { StepOutcome } from '../run.js';
import { outcomeOf, valueOf } from '../step.js';
import { probeMovedRoute, probeRoute, type TestedBackend } from './probe-route.js';
import { testByTemporaryRoute } from './temporary-route.js';
import { act, actAgain, type UnitTools } from './unit-tools.js';
import { knownRequest, updateRoute } from './write-route.js';

/** What tests of the routes of a unit share. */
export interface RouteTests {
  /** The steps of the unit. */
  readonly all: readonly Step[];
  /** The targets that the unit created. */
  readonly targets: ReadonlyMap<string, Target>;
  /** The tests that were made before anything was written, by what they lead to. */
  readonly tested: Map<string, StepOutcome<void>>;
}

/** Tests the new link of a route before anything is written, where the kind of gateway allows that. */
export async function testBefore(
  step: Step,
  tools: UnitTools,
  tests: RouteTests,
  request: RouteRequest,
): Promise<void> {
  if (!tools.probe) return;

  const clouds = tools.clouds;
  const { movesAsOne, testedByRoute } = clouds.gateway(request.gateway.kind);
  if (movesAsOne) return testBeforeMove(step, tools, tests, request);
  if (testedByRoute === undefined || !leavesLink(step)) return;

  const steps = stopsAll(clouds, step) ? tests.all.filter((one) => stopsAll(clouds, one)) : [step];
  return testByRoutes(step, tools, tests, steps);
}

/**
 * Whether a failed test of this step stops the routes after it, too: those that move to the same link, where a change
 * reaches callers at once.
 */
export function stopsAll(clouds: Clouds, step: Step): boolean {
  return leavesLink(step) && clouds.gateway(inputOf(step, 'retarget route').gatewayRef.kind).testedByRoute === 'call';
}

/** Whether a step moves a route to another link. */
function leavesLink(step: Step): boolean {
  return (
    step.resource.type === 'route' && step.kind === 'retarget' && inputOf(step, 'retarget route').leaves !== undefined
  );
}

/**
 * Where the step moves a whole gateway: tests the targets of all its routes, of all integrations, before the first of them
 * is written. Each target is tested once, and a failure is one of every route. A target that another unit is to create does
 * not exist yet, and is not tested.
 */
async function testBeforeMove(
  step: Step,
  tools: UnitTools,
  { targets, tested }: RouteTests,
  { gateway }: RouteRequest,
): Promise<void> {
  const inputs = tools.routeSteps(gateway).map((one) => inputOf(one, 'create route', 'retarget route'));
  if (inputs.every(({ leaves }) => leaves === undefined)) return;

  for (const input of inputs) {
    const one = knownRequest(input, tools, targets);
    if (one === undefined) continue;

    await testOnce(tested, one.use.target.id, () => probeRoute(step, tools, backendOf(one)));
  }
}

/** A failure is one of every route that leads there. */
async function testOnce(tested: RouteTests['tested'], key: string, test: () => Promise<void>): Promise<void> {
  const outcome = tested.get(key) ?? (await outcomeOf(test()));
  tested.set(key, outcome);
  valueOf(outcome);
}

/**
 * Tests what the routes of these steps will call through their new link, before the first of them moves. Each backend is tested
 * once in a unit: where its public address is called, by the first route there that callers reach without authorization, because
 * a test must not open a backend that is protected.
 */
async function testByRoutes(
  step: Step,
  tools: UnitTools,
  { targets, tested }: RouteTests,
  steps: readonly Step[],
): Promise<void> {
  const backends = new Map<string, { readonly request: RouteRequest; readonly call: OpenCall | undefined }>();
  for (const one of steps) {
    const input = inputOf(one, 'create route', 'retarget route');
    const request = knownRequest(input, tools, targets);
    const call = input.leaves?.call;
    if (request === undefined || (call === undefined && stopsAll(tools.clouds, one))) continue;

    const { target, tls } = request.use;
    const key = canonicalJson([request.link.id, target.id, tls === undefined ? null : { ...tls }]);
    const known = backends.get(key)?.call;
    if (!backends.has(key) || (known !== undefined && 'because' in known && call !== undefined && 'base' in call))
      backends.set(key, { request, call });
  }
  for (const [key, { request, call }] of backends) {
    await testOnce(tested, key, () => testByTemporaryRoute(step, tools, request, call));
  }
}

function backendOf({ gateway, key, link, use }: RouteRequest): TestedBackend {
  return { gateway, key, link, targetId: use.target.id };
}

/** Calls a route that has moved, where a change reaches callers at once. Where it fails, the route is written back. */
export async function testAfter(step: Step, tools: UnitTools, request: RouteRequest): Promise<void> {
  const { leaves, routeId } = inputOf(step, 'create route', 'retarget route');
  if (!tools.probe || leaves?.call === undefined || routeId === undefined) return;

  const { linkRef: link, target, tls, path = 'overwrite', settings, call } = leaves;
  if (target === undefined)
    return tools.report(step).progress(`not tested through link ${request.link.id}: the former target is not known`);

  const tested = await outcomeOf(probeMovedRoute(step, tools, request, call));
  if (tested.ok || tested.error.code !== 'PROBE_FAILED') return valueOf(tested);

  const use = { target: { ...target, raw: null }, tls, path };
  const former = { ...request, link, use, settings, batch: undefined };
  await writeBack(step, tools, request, former, routeId);
  valueOf(tested);
}

/**
 * Writes a route back as it was, after it failed through another link. Then the stages are read: one that another writer deployed in the
 * meantime serves the route through that link, and is deployed again.
 */
async function writeBack(
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
