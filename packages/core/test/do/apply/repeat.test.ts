import { describe, expect, it } from 'vitest';
import { repeat } from '../../../src/do/apply/repeat.js';
import type { ErrorCode } from '../../../src/ground/error-codes.js';
import { CloudError, type CloudErrorOptions } from '../../../src/ground/errors.js';
import { unitScene } from './units/scene.js';

const error = (code: ErrorCode, options: Partial<CloudErrorOptions> = {}): CloudError =>
  new CloudError(code, 'refused', { operation: 'X', ...options });
const lost = (): CloudError => error('ENDPOINT_UNREACHABLE', { outcomeUnknown: true });

/** Repeats an effect that fails with these errors in turn, and then succeeds. */
async function repeated(errors: readonly Error[], given: { abortAt?: string; isQuiet?: boolean } = {}) {
  const scene = unitScene(given.abortAt === undefined ? {} : { abortAt: given.abortAt });
  const retries: unknown[] = [];
  let calls = 0;
  const outcome = await repeat(
    scene.tools.run,
    'x',
    async () => {
      calls += 1;
      const fault = errors[calls - 1];
      if (fault !== undefined) throw fault;
      return 'done';
    },
    given.isQuiet === true ? undefined : { exclusive: 'k', cleansUp: true, onRetry: (retry) => retries.push(retry) },
  );
  const sleeps = scene.log.map((one) => Number(one.split(': ').at(-1)));
  return { outcome, calls, retries, sleeps, ...scene };
}

describe('a step that is safe to repeat', () => {
  it('is tried once where it succeeds', async () => {
    const { outcome, steps, sleeps } = await repeated([]);
    expect(outcome).toEqual({ ok: true, value: 'done' });
    expect(steps).toEqual([{ id: 'x', part: undefined, exclusive: 'k', cleansUp: true }]);
    expect(sleeps).toEqual([]);
  });

  it.each([
    ['a lost answer', lost()],
    ['a temporary refusal', error('CONFLICT', { retryable: true, status: 409 })],
  ])('is tried again after %s, as a part of its own', async (_, fault) => {
    const { outcome, steps, log, retries } = await repeated([fault]);
    expect(outcome).toEqual({ ok: true, value: 'done' });
    expect(steps.map(({ part }) => part)).toEqual([undefined, 'try 2']);
    expect(log).toEqual([expect.stringMatching(/^x: sleep 1: \d/)]);
    expect(retries).toEqual([{ attempt: 2, message: 'X: refused' }]);
    expect((await repeated([fault], { isQuiet: true })).outcome.ok).toBe(true);
  });

  it.each([
    ['a refusal', error('PERMISSION_DENIED')],
    ['an abort', error('ABORTED', { retryable: true, outcomeUnknown: true })],
    ['an error that the call below repeated already', Object.assign(lost(), { exhausted: true })],
    ['a defect', new TypeError('defect')],
  ])('is not tried again after %s', async (_, fault) => {
    const { outcome, calls } = await repeated([fault]);
    expect(outcome).toMatchObject({ ok: false });
    expect(calls).toBe(1);
  });

  it('is tried six times; its last error says so', async () => {
    const { outcome, calls, sleeps, retries } = await repeated(Array.from({ length: 9 }, lost));
    expect(outcome).toMatchObject({ ok: false, error: { code: 'ENDPOINT_UNREACHABLE', exhausted: true } });
    expect([calls, sleeps.length]).toEqual([6, 5]);
    expect(retries.at(-1)).toMatchObject({ attempt: 6 });
    expect(Math.max(...sleeps)).toBeLessThanOrEqual(20_000);
    expect(Math.min(...sleeps)).toBeGreaterThanOrEqual(1_000);
  });

  it('waits as long as the cloud asks, within five minutes in all', async () => {
    const busy = (retryAfterMs?: number) =>
      error('THROTTLED', { retryable: true, status: 429, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
    expect((await repeated([busy(45_000)])).sleeps[0]).toBeGreaterThanOrEqual(45_000);
    const long = await repeated([busy(400_000)]);
    expect(long).toMatchObject({ calls: 1, outcome: { ok: false, error: { exhausted: true } } });
    const two = await repeated([busy(200_000), busy(200_000)]);
    expect(two).toMatchObject({ calls: 2, outcome: { ok: false, error: { exhausted: true } } });
    expect((await repeated([busy()])).sleeps[0]).toBeGreaterThanOrEqual(2_000);
  });

  it('ends with an abort of its wait', async () => {
    const { outcome, calls } = await repeated([lost()], { abortAt: 'x: sleep 1' });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'ABORTED' } });
    expect(calls).toBe(1);
  });
});
