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
import { differencesOf, readBack, readBackAll } from './read-back.js';
import { lookFirst, runSteps, type StepCounts, type UnitTools } from './unit-tools.js';

/**
 * The steps of one integration: targets, then routes one by one, then the deletion of what is not declared
 * any more. Routes do not depend on each other. Deletions depend on all steps before them, because the
 * resources that they remove may still be in use.
 */
export function integrationUnit(unit: Unit, tools: UnitTools): Promise<StepCounts> {
  const targets = new Map<string, Target>();
  const written: RouteRequest[] = [];
  const lastRoute = unit.steps.findLast(({ kind, resource }) => resource.type === 'route' && kind !== 'delete');
  return runSteps(
    unit.steps,
    tools,
    (step) => {
      if (step.resource.type === 'target') return targetStep(step, tools, targets);
      if (step.kind === 'delete') return removeRoute(step, tools);
      if (step.kind === 'tag') return forgetRoute(step, tools);
      return route(step, tools, { targets, written, isLast: step === lastRoute });
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

async function removeTarget(step: Step, { run, driver }: UnitTools): Promise<StepOutcome> {
  const { linkRef, targetId } = inputOf<DeleteTargetInput>(step);
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
  /** The routes that were created or changed so far. */
  readonly written: RouteRequest[];
  /** Whether no route is created or changed after this one. */
  readonly isLast: boolean;
}

async function route(step: Step, tools: UnitTools, steps: RouteSteps): Promise<StepOutcome> {
  const input = inputOf<RouteInput>(step);
  const request = requestOf(input, linkOf(input, tools), steps.targets);
  const written = await (input.routeId === undefined
    ? makeRoute(step, tools, request)
    : updateRoute(step, tools, request, input.routeId));
  if (!written.ok) return written;
  const { driver } = tools;
  const isPublished = input.stages !== undefined;
  if (!isPublished) steps.written.push(request);
  // Where a route is published with its own change, it is done when the stages show it; else all are read back after the last.
  if (!isPublished && (!steps.isLast || driver.routes.list === undefined)) return written;
  const shown = await (isPublished ? readBack(step, tools, request) : readBackAll(step, tools, steps.written));
  return shown.ok ? written : shown;
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
