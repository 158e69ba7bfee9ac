import { callByTemporaryRoute, deleteTemporaryRoute } from '../../apply/units/temporary-route.js';
import { temporaryPath } from '../../kinds/gateway/temporary-route.js';
import type { Claim } from '../../model/owner.js';
import type { RouteRequest } from '../../model/route.js';
import type { MoveProbe, PlannedUnit, TemporaryRouteTest } from '../plan/move-plan.js';
import type { RunMoveOptions } from './options.js';
import type { Shown } from './probe.js';
import { DONE, act, shown, type MoveTools, type Outcome, type Told } from './tools.js';

type Tested = Pick<MoveProbe, 'id'> & { readonly byRoute: TemporaryRouteTest };

/**
 * Tests a backend by a route with a random path that leads to it over the new link and exists for that time. Its path is
 * recorded before it is created, so that a later process can delete it.
 */
export async function testByRoute(
  tools: MoveTools,
  planned: PlannedUnit,
  probe: Tested,
  { callGateway, told }: Pick<RunMoveOptions, 'callGateway'> & { readonly told: Told },
): Promise<Outcome<Shown>> {
  if (callGateway === undefined) return { ok: true, value: NO_CALLER };
  const { unit } = planned;
  const id = stepOf(probe);
  const made = await act(tools, unit.id, `${id}: path`, (ctx) => Promise.resolve(temporaryPath(ctx.random)));
  if (!made.ok) return made;
  const path = made.value;
  const request = requestFor(tools, planned, probe, path);
  const { answer, left } = await callByTemporaryRoute(
    id,
    request,
    { base: probe.byRoute.base, path },
    {
      run: tools.run(unit.id),
      driver: tools.driver,
      callGateway,
      exclusive: unit.gateway.id,
      onRetry: ({ message }) => told.progress(message),
    },
  );
  if (left === undefined) tools.history.note(unit.id, `${id}: look after it`, request.key);
  else told.progress(`the route of the test could not be deleted: ${left}`);
  if (!answer.ok) {
    const { code, message } = answer.error;
    return code === 'ABORTED' ? answer : { ok: true, value: { outcome: 'unknown', because: message } };
  }
  const { outcome, because } = answer.value;
  return { ok: true, value: { outcome, because } };
}

/** Deletes the routes of tests that a process left which was killed, or could not delete. */
export async function removeTestRoutes(tools: MoveTools): Promise<Outcome<null>> {
  const { plan, history, driver } = tools;
  for (const planned of plan.units) {
    const { unit } = planned;
    for (const { id: probeId, byRoute } of planned.probes) {
      if (byRoute === undefined) continue;
      const id = stepOf({ id: probeId });
      const path = history.last(unit.id, `${id}: path`);
      if (typeof path !== 'string' || isGone(tools, unit.id, id, keyOf(path))) continue;
      const request = requestFor(tools, planned, { id: probeId, byRoute }, path);
      const resource = { type: 'route', name: request.key };
      const step = { unit: unit.id, step: `delete ${request.key}`, kind: 'delete', resource };
      const outcome = await shown(tools, step, async () => {
        const how = { run: tools.run(unit.id), driver, exclusive: unit.gateway.id };
        const gone = await deleteTemporaryRoute(id, request, how);
        if (gone.ok) history.note(unit.id, `${id}: look after it`, gone.value);
        return gone;
      });
      if (!outcome.ok) return outcome;
    }
  }
  return DONE;
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

function requestFor({ plan }: MoveTools, { unit }: PlannedUnit, { byRoute }: Tested, path: string): RouteRequest {
  const { target, tls, sends, settings } = byRoute;
  const owner: Claim = { project: 'postern-move', integration: plan.move, name: 'probe' };
  const use = { target: { ...target, raw: null }, tls, path: sends };
  return { gateway: unit.gateway, key: keyOf(path), link: unit.to, use, settings, owner };
}
