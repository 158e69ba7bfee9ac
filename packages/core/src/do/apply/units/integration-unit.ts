import { abilityOf } from '../../abilities.js';
import type { Json } from '../../../ground/json.js';
import type { Target } from '../../model/target.js';
import type { Step, Unit } from '../../plan/plan.js';
import { inputOf, routeInputOf, type DeleteRouteInput } from '../../plan/step-input.js';
import { createInSteps } from '../create-in-steps.js';
import type { StepCounts } from '../run.js';
import { outcomeOf, valueOf } from '../step.js';
import { drained } from './link-unit.js';
import { readBack, readBackAll, type WrittenRoute } from './read-back.js';
import { stopsAll, testAfter, testBefore, type RouteTests } from './route-tests.js';
import { act, lookFirst, runSteps, writeToGateway, type UnitTools } from './unit-tools.js';
import { makeRoute, requestOf, updateRoute } from './write-route.js';

/**
 * The steps of one integration: targets, then routes one by one, then the deletion of what is not declared
 * any more. Routes do not depend on each other. Deletions depend on all steps before them, because the
 * resources that they remove may still be in use.
 */
export function integrationUnit(unit: Unit, tools: UnitTools): Promise<StepCounts> {
  const targets = new Map<string, Target>();
  const written: WrittenRoute[] = [];
  const tested: RouteSteps['tested'] = new Map();
  let isStopped = false;
  const batches = batchesOf(unit.steps);
  const deleted = unit.steps.flatMap((step) => (isDeletedRoute(step) ? [managedRouteOf(step).key] : []));
  const lastRoute = unit.steps.findLast(({ kind, resource }) => resource.type === 'route' && kind !== 'delete');
  return runSteps(
    unit.steps,
    tools,
    async (step) => {
      if (step.resource.type === 'target') return targetStep(step, tools, targets);
      if (step.kind === 'delete') return deleteRoute(step, tools, deleted);
      if (step.kind === 'tag') return forgetRoute(step, tools);
      if (step.kind === 'adopt') return adoptRoute(step, tools);

      const isLast = step === lastRoute;
      const shared = { all: unit.steps, targets, written, batches, tested, isLast };
      const outcome = await outcomeOf(route(step, tools, shared));
      isStopped ||= !outcome.ok && outcome.error.code === 'PROBE_FAILED' && stopsAll(tools.clouds, step);
      return valueOf(outcome);
    },
    (step, failed) => {
      if (isStopped && stopsAll(tools.clouds, step)) return false;
      // A target may still be needed by a route that could not be removed.
      if (step.kind === 'delete')
        return step.resource.type === 'route' && failed.every(({ kind }) => kind === 'delete');

      const needs = routeInputOf(step)?.targetName;
      const { id } = step.resource;
      if (id !== undefined && failed.some((one) => one.kind === 'adopt' && one.resource.id === id)) return false;

      return !failed.some(({ resource }) => resource.type === 'target' && resource.name === needs);
    },
  );
}

function targetStep(step: Step, tools: UnitTools, targets: Map<string, Target>): Promise<Json | void> {
  return step.kind === 'delete' ? removeTarget(step, tools) : makeTarget(step, tools, targets);
}

async function removeTarget(step: Step, tools: UnitTools): Promise<void> {
  const { linkKind, targetId } = inputOf(step, 'delete target');
  await drained(step, tools);
  return act(tools, step.id, (ctx) =>
    abilityOf(tools.driver, 'targetResources').delete({ kind: linkKind }, targetId, ctx),
  );
}

/** A target as a journal can hold it. */
function plain({ raw: _raw, ...target }: Target): Record<string, string> {
  return JSON.parse(JSON.stringify(target)) as Record<string, string>;
}

async function makeTarget(step: Step, tools: UnitTools, targets: Map<string, Target>): Promise<Json> {
  const { run, driver } = tools;
  const input = inputOf(step, 'create target');
  const link = tools.links.get(input.link) ?? input.linkRef;
  if (link === undefined) throw new Error(`link ${input.link} was not created`);

  const created = await createInSteps(run, step.id, {
    what: `target ${input.target}`,
    find: async (ctx) => {
      const found = await abilityOf(driver, 'targetResources').find(link, input.ref, ctx);
      return found && plain(found);
    },
    create: async (ctx) => plain(await abilityOf(driver, 'targetResources').create(link, input.ref, input.owner, ctx)),
    ...lookFirst(step, tools, link.kind),
  });
  const target = valueOf(created);
  targets.set(input.target, { ...(target as unknown as Target), raw: null }); // `plain` made it of one
  return target;
}

/** State that the steps of a unit share. */
interface RouteSteps extends RouteTests {
  /** The routes that were created or changed so far. */
  readonly written: WrittenRoute[];
  readonly batches: ReadonlyMap<Step, readonly string[]>;
  /** Whether no route is created or changed after this one. */
  readonly isLast: boolean;
}

/** The keys of the routes of a unit that differ in nothing but their keys, in order, by step. */
function batchesOf(steps: readonly Step[]): ReadonlyMap<Step, readonly string[]> {
  const byUse = new Map<string, string[]>();
  const batches = new Map<Step, readonly string[]>();
  for (const one of steps) {
    const input = routeInputOf(one);
    if (input === undefined) continue;

    const { key, routeId: _id, leaves: _leaves, ...use } = input;
    const name = JSON.stringify(use);
    const keys = byUse.get(name) ?? [];
    keys.push(key);
    byUse.set(name, keys);
    batches.set(one, keys);
  }
  return batches;
}

async function route(step: Step, tools: UnitTools, steps: RouteSteps): Promise<Json> {
  const input = inputOf(step, 'create route', 'retarget route');
  const request = { ...requestOf(input, tools, steps.targets), batch: steps.batches.get(step) };
  await testBefore(step, tools, steps, request);
  const { routeId } = input;
  const write = routeId === undefined ? makeRoute(step, tools, request) : updateRoute(step, tools, request, routeId);
  const written = await write;
  await testAfter(step, tools, request);
  const { driver } = tools;
  const isPublished = input.stages !== undefined;
  const one = { request, id: written.routeId };
  if (!isPublished) steps.written.push(one);
  // Where a route is published with its own change, it is done when the stages show it; else all are read back after the last.
  if (!isPublished && (!steps.isLast || driver.listing === undefined)) return written;

  await (isPublished ? readBack(step, tools, one) : readBackAll(step, tools, steps.written));
  return written;
}

function managedRouteOf(step: Step): DeleteRouteInput {
  const input = inputOf(step, 'delete route', 'tag route');
  if (!('key' in input)) throw new Error(`step ${step.id} names no route`);

  return input;
}

function isDeletedRoute({ kind, resource }: Step): boolean {
  return kind === 'delete' && resource.type === 'route';
}

/** `batch`: the keys of all routes that the unit deletes, which are of one gateway. */
function deleteRoute(step: Step, tools: UnitTools, batch: readonly string[]): Promise<void> {
  const { gatewayRef, key, owner } = managedRouteOf(step);
  const { id } = step.resource;
  const by = id === undefined ? undefined : { id, batch };
  return writeToGateway(tools, step.id, gatewayRef, (ctx) =>
    tools.driver.routes.delete(gatewayRef, key, owner, ctx, by),
  );
}

/** Writes the mark of a route, and reads it back: a step that changes the route looks for the mark. */
async function adoptRoute(step: Step, tools: UnitTools): Promise<void> {
  const input = inputOf(step, 'adopt route');
  const request = requestOf(input, tools, new Map());
  const { gateway, key, owner } = request;
  await writeToGateway(tools, step.id, gateway, (ctx) =>
    abilityOf(tools.driver, 'adoption').adopt(gateway, key, owner, ctx),
  );
  await readBack(step, tools, { request, id: input.routeId });
}

function forgetRoute(step: Step, tools: UnitTools): Promise<void> {
  const { gatewayRef, key, owner } = managedRouteOf(step);
  return writeToGateway(tools, step.id, gatewayRef, (ctx) =>
    abilityOf(tools.driver, 'adoption').forget(gatewayRef, key, owner, ctx),
  );
}
