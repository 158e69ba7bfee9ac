import type { CallContext } from '../../calls/call-context.js';
import { CloudError } from '../../errors.js';
import { mayChange } from '../../model/marks.js';
import type { Target } from '../../model/target.js';
import type { Route, RouteRequest } from '../../model/route.js';
import type { Step, Unit } from '../../plan/plan.js';
import { FOREIGN_ROUTE_REMEDY } from '../../world/routes/route-differences.js';
import { inputOf, type DeleteRouteInput, type DeleteTargetInput, type MakeTargetInput } from '../../plan/step-input.js';
import type { LinkReference, RouteInput } from '../../world/routes/route-input.js';
import { createOnce } from '../create-once.js';
import { settle, type Outcome } from '../outcome.js';
import { differencesOf, readBack, readBackAll } from './read-back.js';
import { lookFirst, runSteps, type UnitResult, type UnitTools } from './unit-tools.js';

/**
 * The steps of one integration: targets, then routes one by one, then the deletion of what is no longer declared. Routes do
 * not need each other; deletions need everything before them, because what they remove may still be needed.
 */
export function integrationUnit(unit: Unit, tools: UnitTools): Promise<UnitResult> {
  const targets = new Map<string, Target>();
  const written: RouteRequest[] = [];
  const lastRoute = unit.steps.findLast(({ kind, resource }) => resource.type === 'route' && kind !== 'delete');
  return runSteps(
    unit.steps,
    tools,
    (step) => {
      if (step.resource.type === 'target') return targetStep(step, tools, targets);
      if (step.kind === 'delete') return removeRoute(step, tools);
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

function targetStep(step: Step, tools: UnitTools, targets: Map<string, Target>): Promise<Outcome> {
  return step.kind === 'delete' ? removeTarget(step, tools) : makeTarget(step, tools, targets);
}

async function removeTarget(step: Step, { run, driver }: UnitTools): Promise<Outcome> {
  const { linkId, targetId } = inputOf<DeleteTargetInput>(step);
  return run.step(step.id, (ctx) =>
    settle(async () => {
      await driver.targets.delete(linkId, targetId, ctx);
      return null;
    }),
  );
}

/** A target as a journal can hold it. */
function plain({ raw: _raw, ...target }: Target): Record<string, string> {
  return JSON.parse(JSON.stringify(target)) as Record<string, string>;
}

async function makeTarget(step: Step, tools: UnitTools, targets: Map<string, Target>): Promise<Outcome> {
  const { run, driver } = tools;
  const input = inputOf<MakeTargetInput>(step);
  const linkId = linkIdOf(input, tools);
  const made = await run.step(step.id, (ctx) =>
    settle(async () => {
      const target = await createOnce({
        what: `target ${input.target}`,
        find: () => driver.targets.find(linkId(), input.ref, ctx),
        create: () => driver.targets.create(linkId(), input.ref, input.owner, ctx),
        ...lookFirst(step, tools),
        ctx,
      });
      return plain(target);
    }),
  );
  if (!made.ok) return made;
  targets.set(input.target, { ...(made.value as unknown as Target), raw: null });
  return made;
}

/** What the steps of a unit know of each other. */
interface RouteSteps {
  readonly targets: ReadonlyMap<string, Target>;
  /** The routes that were created or changed so far. */
  readonly written: RouteRequest[];
  /** Whether no route is created or changed after this one. */
  readonly isLast: boolean;
}

async function route(step: Step, tools: UnitTools, { targets, written: all, isLast }: RouteSteps): Promise<Outcome> {
  const { run, driver } = tools;
  const input = inputOf<RouteInput>(step);
  const { gatewayId, key, owner, routeId } = input;
  const linkId = linkIdOf(input, tools);
  const written = await run.step(
    step.id,
    (ctx) =>
      settle(async () => {
        const request = requestOf(input, linkId(), targets);
        if (routeId !== undefined) {
          const { id } = await driver.routes.update({ id: routeId }, request, ctx);
          return { routeId: id };
        }
        let isMade = false;
        let exhausted: CloudError | undefined;
        const made = await createOnce({
          what: `route ${key} on ${gatewayId}`,
          find: async () => {
            const found = await driver.routes.find(gatewayId, key, ctx);
            if (found !== undefined && !mayChange(found.owner, owner)) throw alreadyThere(input);
            return found;
          },
          create: async () => {
            const route = await driver.routes.create(request, ctx).catch((error: unknown) => {
              if (error instanceof CloudError && error.exhausted) exhausted = error;
              throw error;
            });
            isMade = true;
            return route;
          },
          ...lookFirst(step, tools),
          ctx,
        });
        // One that was found may be from a run with another spec, or drafted and not published: what was made says so itself.
        const { id } = isMade ? made : await settled(made, request, ctx, tools, exhausted);
        return { routeId: id };
      }),
    { exclusive: tools.gatewayKey(gatewayId) },
  );
  if (!written.ok) return written;
  const request = requestOf(input, linkId(), targets);
  const isPublished = input.stages !== undefined;
  if (!isPublished) all.push(request);
  // Where a route is published with its own change, it is done when the stages show it; else all are read back after the last.
  if (!isPublished && (!isLast || driver.routes.list === undefined)) return written;
  return run.step(`${step.id}: read back`, (ctx) =>
    settle(async () => {
      await (isPublished ? readBack(request, ctx, driver) : readBackAll(all, ctx, driver));
      return written.value;
    }),
  );
}

/**
 * A route that was found, once it is as declared in everything: link, target, tls, path and the stages that show it. `update` is safe
 * to repeat, and publishes only to stages that do not show the route as it is.
 */
async function settled(
  found: Route,
  request: RouteRequest,
  ctx: CallContext,
  { driver }: UnitTools,
  exhausted: CloudError | undefined,
): Promise<Route> {
  if (differencesOf(found, request).length === 0) return found;
  // What is missing was tried until its budget was used up: the next run goes on.
  if (exhausted !== undefined) throw exhausted;
  return driver.routes.update({ id: found.id }, request, ctx);
}

async function removeRoute(step: Step, { run, driver, gatewayKey }: UnitTools): Promise<Outcome> {
  const { gatewayId, key, owner } = inputOf<DeleteRouteInput>(step);
  return run.step(
    step.id,
    (ctx) =>
      settle(async () => {
        await driver.routes.delete(gatewayId, key, owner, ctx);
        return null;
      }),
    { exclusive: gatewayKey(gatewayId) },
  );
}

function requestOf(input: RouteInput, linkId: string, targets: ReadonlyMap<string, Target>): RouteRequest {
  const { gatewayId, key, owner, stages, tls, path } = input;
  const target = targets.get(input.targetName) ?? (input.target && { ...input.target, raw: null });
  if (target === undefined) throw new Error(`route ${key}: target ${input.targetName} was not made`);
  return { gatewayId, key, linkId, owner, stages, use: { target, tls, path } };
}

function linkIdOf({ link, linkId }: LinkReference, { links }: UnitTools): () => string {
  return () => {
    const id = links.get(link) ?? linkId;
    if (id === undefined) throw new Error(`link ${link} was not made`);
    return id;
  };
}

function alreadyThere({ gatewayId, key }: RouteInput): CloudError {
  return new CloudError('ALREADY_EXISTS', `gateway ${gatewayId} has a route ${key} that this project does not manage`, {
    operation: 'find route',
    remedy: FOREIGN_ROUTE_REMEDY,
  });
}
