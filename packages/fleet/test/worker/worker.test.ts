import type { PaceKey } from '@postern/core/adapter';
import { describe, expect, it } from 'vitest';
import { checkRequest } from '../../src/check-request.js';
import type { RunRequest } from '../../src/model.js';
import { startWorker } from '../../src/worker/start-worker.js';
import { bucketKey } from '../../src/worker/shared-pace.js';
import { stepPace } from '../../src/worker/step-pace.js';
import { keptDrivers } from '../../src/worker/works.js';

const KEY: PaceKey = { provider: 'aws', account: '1', region: 'eu-west-1', operation: 'CreateVpcLink' };
const SLOW = { perSecond: 1 / 15, burst: 1 };

describe('a worker', () => {
  it('listens for others only where requests are signed', async () => {
    const drivers = () => Promise.reject(new Error('not asked for'));
    await expect(startWorker({ ingress: 'http://127.0.0.1:1', host: '0.0.0.0', drivers })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: 'a worker on 0.0.0.0 needs the identity key of the engine',
    });
  });

  it('asks for another driver where the external ID of a role was corrected', async () => {
    const asked: unknown[] = [];
    const drivers = keptDrivers((_place, account) => (asked.push(account?.externalId), {} as never));
    const place = { provider: 'aws', region: 'eu-west-1', account: '1', assumeRole: 'arn:aws:iam::1:role/postern' };
    for (const externalId of ['wrong', 'wrong', 'right'])
      await drivers(place, { id: '1', provider: 'aws', externalId });
    expect(asked).toEqual(['wrong', 'right']);
  });

  it('gives a step back whose turn is far away, and makes no more calls for it', async () => {
    const reserved: number[] = [0, 60_000, 0];
    const pace = { reserve: () => Promise.resolve(reserved.shift() ?? 0), slowDown: () => undefined };
    const step = stepPace(pace, undefined);
    await step.pacer.slot(KEY, [SLOW]);
    let sent = false;
    void step.pacer.slot(KEY, [SLOW]).then(() => (sent = true));
    expect(await step.later).toMatchObject({ ms: 60_000, bucket: bucketKey(KEY, SLOW) });
    void step.pacer.slot(KEY, []).then(() => (sent = true));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(sent).toBe(false);
  });

  it('makes no more calls for an attempt that has ended before it changed something', async () => {
    const pace = { reserve: () => Promise.resolve(0), slowDown: () => undefined };
    const [unchanged, changed] = [1, 2].map(() => stepPace(pace, undefined, AbortSignal.abort()));
    changed!.begin();
    await changed!.pacer.slot(KEY, [SLOW]);
    let sent = false;
    void unchanged!.pacer.slot(KEY, [SLOW]).then(() => (sent = true));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(sent).toBe(false);
  });

  it.each([
    ['uses the turn that the engine has waited for', 20, 0],
    ['takes another turn where it comes late', -5_000, 1],
  ])('%s', async (_title, inMs, reserved) => {
    let count = 0;
    const reserve = () => {
      count += 1;
      return Promise.resolve(0);
    };
    const pace = { reserve, slowDown: () => undefined };
    const taken = { ms: 60_000, bucket: bucketKey(KEY, SLOW), dueMs: Date.now() + inMs };
    await stepPace(pace, taken).pacer.slot(KEY, [SLOW]);
    expect(count).toBe(reserved);
  });
});

describe('a run that cannot be carried out', () => {
  const request: RunRequest = {
    run: 'r',
    goal: 'apply',
    specs: [{ name: 'a', spec: {} as never }],
    accounts: [{ id: '1', provider: 'aws' }],
    waves: [{ name: 'all', specs: ['a'] }],
  };
  it.each<[string, Partial<RunRequest>, string]>([
    ['an ID with a slash', { run: 'a/b' }, 'run "a/b" is not a valid ID'],
    ['a spec twice', { specs: [...request.specs, ...request.specs] }, 'spec a is there twice'],
    ['a spec in two waves', { waves: [...request.waves, ...request.waves] }, 'spec a is in two waves'],
    ['a spec in no wave', { waves: [] }, 'spec a is in no wave'],
    ['an account twice', { accounts: [...request.accounts, ...request.accounts] }, 'account aws 1 is there twice'],
    [
      'an unknown spec',
      { waves: [{ name: 'all', specs: ['a', 'b'] }] },
      'a wave names b, which is not a spec of the run',
    ],
    ['a move', { goal: 'migrate' }, 'a fleet does not carry out moves yet'],
  ])('is refused: %s', (_title, more, message) => {
    expect(() => checkRequest({ ...request, ...more })).toThrow(message);
  });
});
