import { describe, it, expect } from 'vitest';
import { CloudError, InvalidInputError, PosternError } from '../../../src/ground/errors.js';
import { settle, stepError, shownError, pause, failureOf } from '../../../src/do/apply/outcome.js';

describe('what came of a step', () => {
  const whole = new CloudError('THROTTLED', 'too many', {
    operation: 'X',
    requestId: 'r-1',
    remedy: 'Wait.',
    outcomeUnknown: true,
  });

  it('is its answer, or its error without stack and cause', async () => {
    expect(await settle(async () => 1)).toEqual({ ok: true, value: 1 });
    expect(await settle(() => Promise.reject(whole))).toEqual({
      ok: false,
      error: {
        code: 'THROTTLED',
        message: 'X: too many',
        remedy: 'Wait.',
        operation: 'X',
        requestId: 'r-1',
        outcomeUnknown: true,
      },
    });
    const marked = stepError(
      Object.assign(new CloudError('THROTTLED', 'x', { operation: 'X' }), { exhausted: true, unfinished: true }),
    );
    const plain = { code: 'THROTTLED', message: 'X: x', operation: 'X', remedy: expect.any(String) };
    expect(marked).toStrictEqual({ ...plain, exhausted: true, unfinished: true });
    expect(shownError({ ...marked, outcomeUnknown: true })).toStrictEqual(plain);
    expect(stepError(new CloudError('THROTTLED', 'x', { operation: 'X' }))).toStrictEqual(plain);
    expect(stepError(new InvalidInputError('INVALID_SPEC', 'bad'))).toStrictEqual({
      code: 'INVALID_SPEC',
      message: 'bad',
      remedy: expect.any(String),
    });
    expect(stepError(new TypeError('defect'))).toStrictEqual({ code: 'INTERNAL', message: 'defect' });
    expect(stepError('text')).toStrictEqual({ code: 'INTERNAL', message: 'text' });
  });

  it('of a sleep is an abort as a value; another error is the run’s own', async () => {
    const slept: number[] = [];
    expect(await pause({ sleep: async (_, ms) => void slept.push(ms) }, 'x', 7)).toEqual({ ok: true, value: null });
    for (const ms of [0, -1])
      expect(await pause({ sleep: async () => void slept.push(ms) }, 'x', ms)).toMatchObject({ ok: true });
    expect(slept).toEqual([7]);
    const aborted = { sleep: () => Promise.reject(new PosternError('ABORTED', 'enough')) };
    expect(await pause(aborted, 'x', 1)).toMatchObject({ ok: false, error: { code: 'ABORTED', message: 'enough' } });
    await expect(pause({ sleep: () => Promise.reject(new Error('full')) }, 'x', 1)).rejects.toThrow('full');
  });

  it('is a failure where the answer says so', () => {
    const error = { code: 'CONFLICT', message: 'x' };
    expect(failureOf({ ok: false, error })).toEqual(error);
    for (const answer of [{ ok: true, error }, { ok: false }, { error }, null, 'x', 7, { ok: true, value: 1 }])
      expect(failureOf(answer as never)).toBeUndefined();
  });
});
