import { expect, it } from 'vitest';
import { judge } from '../../src/check/judge/judge-plan.js';
import { PrivateIntegrations } from '../../src/do/private-integrations.js';
import { moveId, withMoveFingerprint } from '../../src/moves/plan/read-move-plan.js';
import type { DriverWith } from '../../src/do/driver.js';
import type { MoveUnit } from '../../src/do/move-driver.js';
import type { MoveRequest } from '../../src/moves/plan/move-plan.js';
import { withPlan } from '../../src/moves/record/plan-parts.js';
import { planShift } from '../../src/moves/plan/plan-shift.js';
import { Moves } from '../../src/moves/moves.js';
import { FakeCloud } from '../fake-cloud.js';

const cloud = new FakeCloud();
/** None of the tests comes to a unit. */
const driver = { ...cloud.driver(), moves: {} as DriverWith<'moves'>['moves'] };
const gate = new PrivateIntegrations(driver, { judge, project: 'shop', clock: cloud.clock });
const moves = new Moves(gate);
const request = { group: 'g1', to: 'apigateway-1' };
const plan = withMoveFingerprint({ version: 1, move: 'm', request, units: [], widen: [] } as never);
const signal = AbortSignal.abort();

it.each([
  ['plan', () => moves.plan(request, { signal })],
  ['open', () => moves.open(request, { signal })],
  ['run', () => moves.run(plan, { signal })],
  ['status', () => moves.status('m', { signal })],
  ['finish', () => moves.finish('m', { signal })],
  ['rollback', () => moves.rollback('m', { signal })],
  ['abort', () => moves.abort('m', { signal })],
  ['leave', () => moves.leave('m', { signal })],
])('%s does nothing after its signal was aborted', async (name, command) => {
  await expect((async () => command())()).rejects.toThrow(`${name}: the signal was aborted before the call`);
});

/** A plan of the request with which a move began, as the journal has it. */
async function begin(asked: MoveRequest) {
  const { provider, region } = driver;
  const { account } = await driver.identity(gate.context);
  const begun = withMoveFingerprint({ ...plan, request: asked, move: moveId({ provider, region, account }, asked) });
  for (const record of withPlan({ project: 'moves', goal: 'move', command: 'migrate run', move: begun.move }, begun))
    await gate.journal.append({ ...record, at: '2026-06-01T00:00:00.000Z', run: 'r-1' });
  return begun;
}

it('a move that is open in the journal has the plan with which it began, whatever is asked of it now', async () => {
  const begun = await begin(request);
  expect(await moves.plan(request)).toEqual(begun);
  expect(await moves.open(request)).toEqual(begun);
  expect(await moves.open({ ...request, group: 'g2' })).toBeUndefined();
});

it('docs-and-api M7: links are named by their ID or by their name', async () => {
  const [from, to] = ['old', 'next'].map(
    (name) => cloud.addLink({ id: `vl-${name}`, name, subnetIds: ['subnet-1a'] }).id,
  );
  cloud.gateway('api-1');
  const begun = await begin({ api: 'api-1', from: from ?? '', to: to ?? '' });
  const named = { api: 'api-1', from: 'old', to: 'next' };
  expect(await moves.plan(named)).toEqual(begun);
  expect(await moves.open(named)).toEqual(begun);
  await expect(moves.plan({ ...named, to: 'other' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('each part of a shift begins above its own share', async () => {
  const shares = new Map([
    ['a', 10],
    ['b', 50],
    ['c', 0],
  ]);
  const capture = ({ shift }: MoveUnit) =>
    Promise.resolve({ from: [], to: { id: 't', name: 't' }, percent: shares.get(shift?.part ?? ''), notes: [] });
  const shifting = {
    ...driver,
    moves: { ...driver.moves, kinds: ['listener'], capture },
  } as unknown as DriverWith<'moves'>;
  const asked = { shift: { kind: 'listener', id: 'l-1', parts: [...shares.keys()] }, to: 't', name: 'orders' };
  const { units } = await planShift(shifting, { ...asked, steps: [5, 50, 75, 100] } as never, gate.context);
  expect(units.map(({ unit }) => unit.shift?.steps)).toEqual([
    [50, 75, 100],
    [75, 100],
    [5, 50, 75, 100],
  ]);
});
