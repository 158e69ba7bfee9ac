import { expect, it } from 'vitest';
import { judge } from '../../src/check/judge/judge.js';
import { PrivateIntegrations } from '../../src/do/private-integrations.js';
import { moveId, withMoveFingerprint } from '../../src/moves/plan/fingerprint.js';
import { withPlan } from '../../src/moves/record/plan-parts.js';
import { Moves } from '../../src/moves/moves.js';
import { FakeCloud } from '../fake-cloud.js';

const cloud = new FakeCloud();
const driver = cloud.driver();
const gate = new PrivateIntegrations(driver, { judge, project: 'shop', clock: cloud.clock });
const moves = new Moves(gate);
const request = { group: 'g1', to: 'apigateway-1' };
const plan = withMoveFingerprint({ version: 1, move: 'm', request, units: [] } as never);
const signal = AbortSignal.abort();

it.each([
  ['run', () => moves.run(plan, { signal })],
  ['finish', () => moves.finish('m', { signal })],
  ['rollback', () => moves.rollback('m', { signal })],
  ['abort', () => moves.abort('m', { signal })],
])('%s does nothing after its signal was aborted', async (_, command) => {
  await expect(command().next()).rejects.toMatchObject({ code: 'ABORTED' });
});

it('a move that is open in the journal has the plan with which it began, whatever is asked of it now', async () => {
  const { provider, region } = driver;
  const { account } = await driver.identity(gate.context);
  const begun = withMoveFingerprint({ ...plan, move: moveId({ provider, region, account }, request) });
  for (const record of withPlan({ project: 'moves', goal: 'move', command: 'migrate run', move: begun.move }, begun))
    await gate.journal.append({ ...record, at: '2026-06-01T00:00:00.000Z', run: 'r-1' });
  expect(await moves.plan(request)).toEqual(begun);
  expect(await moves.open(request)).toEqual(begun);
  expect(await moves.open({ ...request, group: 'g2' })).toBeUndefined();
});
