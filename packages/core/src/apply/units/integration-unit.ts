import type { CallContext } from '../../calls/call-context.js';
import { CloudError, UnsupportedError } from '../../errors.js';
import type { Json } from '../../json.js';
import { mayChange } from '../../model/marks.js';
import type { LinkRef } from '../../model/reference.js';
import type { Target } from '../../model/target.js';
import type { RouteRequest } from '../../model/route.js';
import type { Step, Unit } from '../../plan/plan.js';
import { FOREIGN_ROUTE_REMEDY } from '../../world/routes/route-differences.js';
import {
  inputOf,
  type DeleteRouteInput,
  type DeleteTargetInput,
  type ForgetRouteInput,
  type MakeTargetInput,
} from '../../plan/step-input.js';
import type { LinkReference, RouteInput } from '../../world/routes/route-input.js';
import { createInSteps } from '../create-in-steps.js';
import { settle, type StepOutcome, type StepError } from '../outcome.js';
import { drained } from './drain.js';
import { differencesOf, readBack, readBackAll } from './read-back.js';
import { probeRoute, testsWorkingCopy } from './probe-route.js';
import { lookFirst, runSteps, type StepCounts, type UnitTools } from './unit-tools.js';

/**
 * The steps of one integration: targets, then routes one by one, then the deletion of what is not declared
 * any more. Routes do not depend on each other. Deletions depend on all steps before them, because the
 * resources that they remove may still be in use.
 */
export function integrationUnit(unit: Unit, tools: UnitTools): Promise<StepCounts> {
  const targets = new Map<string, Target>();
  const written: RouteRequest[] = [];
  const tested = new Map<string, StepOutcome<null>>();
  const lastRoute = unit.steps.findLast(({ kind, resource }) => resource.type === 'route' && kind !== 'delete');
  return runSteps(
    unit.steps,
    tools,
    (step) => {
      if (step.resource.type === 'target') return targetStep(step, tools, targets);
      if (step.kind === 'delete') return removeRoute(step, tools);
      if (step.kind === 'tag') return forgetRoute(step, tools);
      return route(step, tools, { all: unit.steps, targets, written, tested, isLast: step === lastRoute });
    },
    (step, failed) => {
      // A target may still be needed by a route that could not be removed.
      if (step.kind === 'delete')
        return step.resource.type === 'route' && failed.every(({ kind }) => kind === 'delete');
      const needs = step.resource.type === 'route' ? inputOf<RouteInput>(step).targetName : undefined;
      return !failed.some(({ resource }) => resource.type === 'target' && resource.name === needs);
    },
  );
}

function targetStep(step: Step, tools: UnitTools, targets: Map<string, Target>): Promise<StepOutcome> {
  return step.kind === 'delete' ? removeTarget(step, tools) : makeTarget(step, tools, targets);
}

async function removeTarget(step: Step, tools: UnitTools): Promise<StepOutcome> {
  const { run, driver } = tools;
  const { linkRef, targetId } = inputOf<DeleteTargetInput>(step);
  const idle = await drained(step, tools);
  if (!idle.ok) return idle;
  return run.step(step.id, (ctx) =>
    settle(async () => {
      await driver.targets.delete(linkRef, targetId, ctx);
      return null;
    }),
  );
}

/** A target as a journal can hold it. */
function plain({ raw: _raw, ...target }: Target): Record<string, string> {
  return JSON.parse(JSON.stringify(target)) as Record<string, string>;
}

async function makeTarget(step: Step, tools: UnitTools, targets: Map<string, Target>): Promise<StepOutcome> {
  const { run, driver } = tools;
  const input = inputOf<MakeTargetInput>(step);
  const link = linkOf(input, tools);
  const made = await createInSteps(run, step.id, {
    what: `target ${input.target}`,
    find: async (ctx) => {
      const found = await driver.targets.find(link, input.ref, ctx);
      return found && plain(found);
    },
    create: async (ctx) => plain(await driver.targets.create(link, input.ref, input.owner, ctx)),
    ...lookFirst(step, tools, link.kind),
  });
  if (!made.ok) return made;
  targets.set(input.target, { ...(made.value as unknown as Target), raw: null });
  return made;
}

/** State that the steps of a unit share. */
interface RouteSteps {
  readonly targets: ReadonlyMap<string, Target>;
  /** The steps of the unit. */
  readonly all: readonly Step[];
  /** The tests that were made before anything was written, by target. */
  readonly tested: Map<string, StepOutcome<null>>;
  /** The routes that were created or changed so far. */
  readonly written: RouteRequest[];
  /** Whether no route is created or changed after this one. */
  readonly isLast: boolean;
}

async function route(step: Step, tools: UnitTools, steps: RouteSteps): Promise<StepOutcome> {
  const input = inputOf<RouteInput>(step);
  const request = requestOf(input, linkOf(input, tools), steps.targets);
  const isSafe = await testBefore(step, tools, steps, request);
  if (!isSafe.ok) return isSafe;
  const written = await (input.routeId === undefined
    ? makeRoute(step, tools, request)
    : updateRoute(step, tools, request, input.routeId));
  if (!written.ok) return written;
  const works = await testAfter(step, tools, request);
  if (!works.ok) return works;
  const { driver } = tools;
  const isPublished = input.stages !== undefined;
  if (!isPublished) steps.written.push(request);
  // Where a route is published with its own change, it is done when the stages show it; else all are read back after the last.
  if (!isPublished && (!steps.isLast || driver.routes.list === undefined)) return written;
  const shown = await (isPublished ? readBack(step, tools, request) : readBackAll(step, tools, steps.written));
  return shown.ok ? written : shown;
}

/**
 * Where the unit moves a whole gateway: tests the targets of all its routes before the first of them is written. Each
 * target is tested once, and a failure is one of every route.
 */
async function testBefore(
  step: Step,
  tools: UnitTools,
  { all, targets, tested }: RouteSteps,
  request: RouteRequest,
): Promise<StepOutcome<null>> {
  const routes = all.filter(({ kind, resource }) => resource.type === 'route' && kind !== 'delete' && kind !== 'tag');
  const inputs = routes.map((one) => inputOf<RouteInput>(one));
  if (!tools.probe || testsWorkingCopy(request) || inputs.every(({ leaves }) => leaves === undefined)) return NOTHING;
  for (const input of inputs) {
    const one = requestOf(input, linkOf(input, tools), targets);
    const outcome = tested.get(one.use.target.id) ?? (await probeRoute(step, tools, one));
    tested.set(one.use.target.id, outcome);
    if (!outcome.ok) return outcome;
  }
  return NOTHING;
}

const NOTHING = { ok: true, value: null } as const;

/** Tests a route as it was written, where callers do not use that yet. Where the test fails, the route is written back. */
async function testAfter(step: Step, tools: UnitTools, request: RouteRequest): Promise<StepOutcome<null>> {
  const { leaves, routeId } = inputOf<RouteInput>(step);
  if (!tools.probe || leaves === undefined || routeId === undefined || !testsWorkingCopy(request)) return NOTHING;
  const { linkRef: link, target, tls, path = 'overwrite', settings } = leaves;
  if (target === undefined) {
    tools.tell.progress(step, `not tested through link ${request.link.id}: the former target is not known`);
    return NOTHING;
  }
  const tested = await probeRoute(step, tools, request);
  if (tested.ok || tested.error.code !== 'PROBE_FAILED') return tested;
  const former = { ...request, link, use: { target: { ...target, raw: null }, tls, path }, settings };
  const back = await updateRoute(step, tools, former, routeId, 'back');
  return back.ok ? tested : back;
}

function updateRoute(
  step: Step,
  { run, driver, gatewayKey }: UnitTools,
  request: RouteRequest,
  id: string,
  part?: string,
): Promise<StepOutcome> {
  const effect = async (ctx: CallContext): Promise<Json> => {
    const route = await driver.routes.update({ id }, request, ctx);
    return { routeId: route.id };
  };
  return run.step(step.id, (ctx) => settle(() => effect(ctx)), { exclusive: gatewayKey(request.gateway), part });
}

/**
 * Creates a route. An existing one may be from a run with another spec, or drafted and not published: the
 * step is complete when the route matches the declaration completely. `update` is safe to repeat, and
 * publishes only to stages that do not show the current route.
 */
async function makeRoute(step: Step, tools: UnitTools, request: RouteRequest): Promise<StepOutcome> {
  const { run, driver } = tools;
  const { gateway, key, owner } = request;
  let exhausted: StepError | undefined;
  const first = lookFirst(step, tools, request.link.kind);
  const made = await createInSteps<{ readonly routeId: string; readonly differs?: true }>(run, step.id, {
    what: `route ${key} on ${gateway.id}`,
    find: async (ctx) => {
      const found = await driver.routes.find(gateway, key, ctx);
      if (found === undefined) return undefined;
      if (!mayChange(found.owner, owner)) throw alreadyThere(request);
      return { routeId: found.id, ...(differencesOf(found, request).length > 0 ? { differs: true } : {}) };
    },
    create: async (ctx) => ({ routeId: (await driver.routes.create(request, ctx)).id }),
    ...first,
    onRetry: (retry) => {
      if (retry.error.exhausted === true) exhausted = retry.error;
      first.onRetry?.(retry);
    },
    exclusive: tools.gatewayKey(gateway),
  });
  if (!made.ok) return made;
  const { routeId, differs } = made.value;
  if (differs !== true) return { ok: true, value: { routeId } };
  // The missing change was retried until the budget was used up; the next run continues.
  if (exhausted !== undefined) return { ok: false, error: exhausted };
  return updateRoute(step, tools, request, routeId, 'complete');
}

async function removeRoute(step: Step, { run, driver, gatewayKey }: UnitTools): Promise<StepOutcome> {
  const { gatewayRef, key, owner } = inputOf<DeleteRouteInput>(step);
  return run.step(
    step.id,
    (ctx) =>
      settle(async () => {
        await driver.routes.delete(gatewayRef, key, owner, ctx);
        return null;
      }),
    { exclusive: gatewayKey(gatewayRef) },
  );
}

function forgetRoute(step: Step, { run, driver, gatewayKey }: UnitTools): Promise<StepOutcome> {
  const { gatewayRef, key, owner } = inputOf<ForgetRouteInput>(step);
  const forget = async (ctx: CallContext): Promise<null> => {
    if (driver.routes.forget === undefined)
      throw new UnsupportedError(`${driver.provider}: the adapter cannot remove the mark of route ${key}`);
    await driver.routes.forget(gatewayRef, key, owner, ctx);
    return null;
  };
  return run.step(step.id, (ctx) => settle(() => forget(ctx)), { exclusive: gatewayKey(gatewayRef) });
}

function requestOf(input: RouteInput, link: LinkRef, targets: ReadonlyMap<string, Target>): RouteRequest {
  const { gatewayRef, key, owner, stages, tls, path, settings } = input;
  const target = targets.get(input.targetName) ?? (input.target && { ...input.target, raw: null });
  if (target === undefined) throw new Error(`route ${key}: target ${input.targetName} was not created`);
  return { gateway: gatewayRef, key, link, owner, stages, settings, use: { target, tls, path } };
}

function linkOf({ link, linkRef }: LinkReference, { links }: UnitTools): LinkRef {
  const found = links.get(link) ?? linkRef;
  if (found === undefined) throw new Error(`link ${link} was not created`);
  return found;
}

function alreadyThere({ gateway: { id: gatewayId }, key }: RouteRequest): CloudError {
  return new CloudError('ALREADY_EXISTS', `gateway ${gatewayId} has a route ${key} that this project does not manage`, {
    operation: 'find route',
    remedy: FOREIGN_ROUTE_REMEDY,
  });
}
