import { asStep, FailedStep, outcomeOf, valueOf, type StepProgress } from '../../do/apply/step.js';
import type { StepOutcome } from '../../do/apply/run.js';
import { gatewaySpec } from '../../do/kinds/cloud/gateway-kinds.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { callByTemporaryRoute, deleteTemporaryRoute, type TestRoute } from '../../do/apply/units/temporary-route.js';
import { isTemporaryRoute, temporaryPath } from '../../do/kinds/gateway/gateway-spec.js';
import type { Claim } from '../../do/model/owner.js';
import type { Route, RouteRequest } from '../../do/model/route.js';
import type { TestCallAnswer } from '../../do/model/reference.js';
import type { CalledRouteTest, MovePlan, MoveProbe, PlannedUnit, TemporaryRouteTest } from '../plan/move-plan.js';
import { WHOLE } from '../record/history.js';
import type { RunMoveOptions } from './options.js';
import { act, once, type MoveTools } from './tools.js';

type Tested = Pick<MoveProbe, 'id'> & { readonly byRoute: TemporaryRouteTest };

/**
 * Tests a backend by a route with a random path that leads to it over the new link and exists for that time. Its path is
 * recorded before it is created, so that a later process can delete it.
 */
export async function testByRoute(
  tools: MoveTools,
  planned: PlannedUnit,
  probe: Tested,
  { callGateway, report }: Pick<RunMoveOptions, 'callGateway'> & { readonly report: StepProgress },
): Promise<Shown> {
  const { byRoute } = probe;
  if (!('copies' in byRoute) && callGateway === undefined) return NO_CALLER;

  const { unit } = planned;
  const id = stepOf(probe);
  const path = await act(tools, unit.id, `${id}: path`, (ctx) => Promise.resolve(temporaryPath(ctx.random)));
  const route = routeFor(tools, planned, path);
  const { answer, left } = await callByTemporaryRoute(
    id,
    {
      route,
      create: (ctx) =>
        'copies' in byRoute
          ? tools.driver.moves.createTest(unit, { key: route.key, copies: byRoute.copies, owner: route.owner }, ctx)
          : tools.driver.routes.create({ ...route, ...leads(byRoute) }, ctx),
      way: 'copies' in byRoute || callGateway === undefined ? 'test-call' : { url: byRoute.base + path, callGateway },
    },
    {
      run: tools.run(unit.id),
      driver: tools.driver,
      clouds: tools.clouds,
      exclusive: unit.gateway.id,
      onRetry: ({ message }) => report.progress(message),
    },
  );
  if (left === undefined) tools.history.note(unit.id, `${id}: look after it`, route.key);
  else report.progress(`the route of the test could not be deleted: ${left}`);
  if (!answer.ok && answer.error.code !== 'ABORTED') return { outcome: 'unknown', because: answer.error.message };

  const { outcome, because } = valueOf(answer);
  return { outcome, because };
}

/** Deletes the routes of tests that a process left which was killed, or could not delete, also where no record shows them. */
export async function removeTestRoutes(tools: MoveTools): Promise<void> {
  await removeRecorded(tools);
  await removeUnrecorded(tools);
}

/** A process on another machine, or one whose journal is lost, may have left a route: its mark names the move. Looked for once. */
async function removeUnrecorded(tools: MoveTools): Promise<void> {
  const { plan, driver, clouds } = tools;
  const tested = plan.units.filter(({ probes }) => probes.some(({ byRoute }) => byRoute !== undefined));
  const refs = new Map(tested.map(({ unit: { gateway } }) => [gateway.id, gateway]));
  if (refs.size === 0) return;

  const owner = testOwner(plan);
  const look = async (ctx: CallContext): Promise<{ readonly id: string; readonly key: string }[]> => {
    const region = await driver.observe(
      { gateways: [...refs.values()].map((ref) => gatewaySpec(clouds, ref)), linkKinds: [] },
      ctx,
    );
    const isLeft = (route: Route): boolean =>
      isTemporaryRoute(route) &&
      route.owner?.project === owner.project &&
      route.owner.integration === owner.integration;
    return region.gateways.flatMap(({ id, routes }) => routes.filter(isLeft).map(({ key }) => ({ id, key })));
  };
  const left = await once(tools, WHOLE, 'look for routes of tests', look, { reads: true });
  for (const { id, key } of left) {
    const gateway = refs.get(id);
    if (gateway === undefined) continue;

    const step = { unit: WHOLE, step: `delete ${key}`, kind: 'delete', resource: { type: 'route', name: key } };
    const remove = (ctx: CallContext): Promise<void> => driver.routes.delete(gateway, key, owner, ctx);
    await asStep(tools, step, async (report) =>
      orTheirs(tools, key, await outcomeOf(act(tools, WHOLE, `delete ${key}`, remove, { exclusive: id, report }))),
    );
  }
}

async function removeRecorded(tools: MoveTools): Promise<void> {
  const { plan, history, driver, clouds } = tools;
  for (const planned of plan.units) {
    const { unit } = planned;
    for (const { id: probeId, byRoute } of planned.probes) {
      if (byRoute === undefined) continue;

      const id = stepOf({ id: probeId });
      const path = history.last(unit.id, `${id}: path`);
      if (typeof path !== 'string' || isGone(tools, unit.id, id, keyOf(path))) continue;

      const route = routeFor(tools, planned, path);
      const resource = { type: 'route', name: route.key };
      const step = { unit: unit.id, step: `delete ${route.key}`, kind: 'delete', resource };
      await asStep(tools, step, async () => {
        const how = { run: tools.run(unit.id), driver, clouds, exclusive: unit.gateway.id };
        const gone = await deleteTemporaryRoute(id, route, how);
        if (gone.ok) history.note(unit.id, `${id}: look after it`, gone.value);
        orTheirs(tools, route.key, gone);
      });
    }
  }
}

/** A route that something else has led elsewhere is not this move's any more: it stays, and holds up nothing. */
function orTheirs({ notes }: MoveTools, key: string, gone: StepOutcome<unknown>): void {
  if (gone.ok) return;
  if (gone.error.code !== 'NOT_OURS') throw new FailedStep(gone.error);

  notes.push(`${key}, the route of a test, was led elsewhere: it stays as it is.`);
}

/** Whether it is recorded that a route of a test was deleted, and that a list showed that it was gone. */
function isGone({ history }: MoveTools, unit: string, id: string, key: string): boolean {
  return ['look after it', 'delete again'].some((step) => history.last(unit, `${id}: ${step}`) === key);
}

const NO_CALLER: Shown = { outcome: 'unknown', because: 'the run was given no way to call gateways' };

function stepOf({ id }: Pick<MoveProbe, 'id'>): string {
  return `probe ${id}`;
}

function keyOf(path: string): string {
  return `GET ${path}`;
}

/** The mark of the routes of a move's tests. */
function testOwner({ move }: Pick<MovePlan, 'move'>): Claim {
  return { project: 'postern-move', spec: 'move', integration: move, name: 'probe' };
}

function routeFor({ plan }: MoveTools, { unit }: PlannedUnit, path: string): TestRoute {
  return { gateway: unit.gateway, key: keyOf(path), link: unit.to, owner: testOwner(plan) };
}

/** Where a route that is called leads. It has no authorizer. */
function leads({ target, tls, sends, settings }: CalledRouteTest): Pick<RouteRequest, 'use' | 'settings'> {
  return { use: { target: { ...target, raw: null }, tls, path: sends }, settings: { ...settings, authorizer: 'none' } };
}

/** What a test showed, as the journal keeps it. */
export type Shown = { readonly outcome: TestCallAnswer['outcome']; readonly because: string };
