import type { Clouds } from '../../kinds/cloud/clouds.js';
import { canonicalJson } from '../../../ground/hash.js';
import type { RouteRequest } from '../../model/route.js';
import type { Target } from '../../model/target.js';
import type { Step } from '../../plan/plan.js';
import { inputOf } from '../../plan/step-input.js';
import type { OpenCall } from '../../world/routes/route-input.js';
import type { StepOutcome } from '../run.js';
import { probeMovedRoute, probeRoute, type TestedBackend } from './probe-route.js';
import { testByTemporaryRoute } from './temporary-route.js';
import type { UnitTools } from './unit-tools.js';
import { writeBack } from './write-back.js';
import { knownRequest } from './write-route.js';

/** What tests of the routes of a unit share. */
export interface RouteTests {
  /** The steps of the unit. */
  readonly all: readonly Step[];
  /** The targets that the unit created. */
  readonly targets: ReadonlyMap<string, Target>;
  /** The tests that were made before anything was written, by what they lead to. */
  readonly tested: Map<string, StepOutcome<null>>;
}

const NOTHING = { ok: true, value: null } as const;

/** Tests the new link of a route before anything is written, where the kind of gateway allows that. */
export function testBefore(
  step: Step,
  tools: UnitTools,
  tests: RouteTests,
  request: RouteRequest,
): Promise<StepOutcome<null>> {
  if (!tools.probe) return Promise.resolve(NOTHING);

  const clouds = tools.clouds;
  const { movesAsOne, testedByRoute } = clouds.gateway(request.gateway.kind);
  if (movesAsOne) return testBeforeMove(step, tools, tests, request);
  if (testedByRoute === undefined || !leavesLink(step)) return Promise.resolve(NOTHING);

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
): Promise<StepOutcome<null>> {
  const inputs = tools.routeSteps(gateway).map((one) => inputOf(one, 'create route', 'retarget route'));
  if (inputs.every(({ leaves }) => leaves === undefined)) return NOTHING;

  for (const input of inputs) {
    const one = knownRequest(input, tools, targets);
    if (one === undefined) continue;

    const outcome = tested.get(one.use.target.id) ?? (await probeRoute(step, tools, backendOf(one)));
    tested.set(one.use.target.id, outcome);
    if (!outcome.ok) return outcome;
  }
  return NOTHING;
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
): Promise<StepOutcome<null>> {
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
    const outcome = tested.get(key) ?? (await testByTemporaryRoute(step, tools, request, call));
    tested.set(key, outcome);
    if (!outcome.ok) return outcome;
  }
  return NOTHING;
}

function backendOf({ gateway, key, link, use }: RouteRequest): TestedBackend {
  return { gateway, key, link, targetId: use.target.id };
}

/** Calls a route that has moved, where a change reaches callers at once. Where it fails, the route is written back. */
export async function testAfter(step: Step, tools: UnitTools, request: RouteRequest): Promise<StepOutcome<null>> {
  const { leaves, routeId } = inputOf(step, 'create route', 'retarget route');
  if (!tools.probe || leaves?.call === undefined || routeId === undefined) return NOTHING;

  const { linkRef: link, target, tls, path = 'overwrite', settings, call } = leaves;
  if (target === undefined) {
    tools.report(step).progress(`not tested through link ${request.link.id}: the former target is not known`);
    return NOTHING;
  }

  const tested = await probeMovedRoute(step, tools, request, call);
  if (tested.ok || tested.error.code !== 'PROBE_FAILED') return tested;

  const use = { target: { ...target, raw: null }, tls, path };
  const former = { ...request, link, use, settings, batch: undefined };
  const back = await writeBack(step, tools, request, former, routeId);
  return back.ok ? tested : back;
}
