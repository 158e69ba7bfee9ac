import { expect, it } from 'vitest';
import { judge } from '../../src/check/judge/judge.js';
import { PrivateIntegrations } from '../../src/do/private-integrations.js';
import { withMoveFingerprint } from '../../src/moves/plan/fingerprint.js';
import { Moves } from '../../src/moves/moves.js';
import { FakeCloud } from '../fake-cloud.js';

const cloud = new FakeCloud();
const moves = new Moves(new PrivateIntegrations(cloud.driver(), { judge, project: 'shop', clock: cloud.clock }));
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
