import { describe, expect, it } from 'vitest';
import { createInSteps, type CreateInStepsOptions } from '../../../src/do/apply/create-in-steps.js';
import type { Run, StepOptions } from '../../../src/do/apply/run.js';
import { simulatedClock } from '../../../src/ground/clocks/simulated-clock.js';
import { createContext } from '../../../src/do/context.js';
import { CloudError, PosternError, type CloudErrorOptions } from '../../../src/ground/errors.js';
import type { ErrorCode } from '../../../src/ground/error-codes.js';
import { seeded } from '../../drive.js';

const error = (code: ErrorCode, options: Partial<CloudErrorOptions> = {}): CloudError =>
  new CloudError(code, 'refused', { operation: 'CreateVpcLink', ...options });
const lost = error('ENDPOINT_UNREACHABLE', { retryable: true, outcomeUnknown: true });
const throttled = error('THROTTLED', { retryable: true, status: 429 });

type Answer = string | undefined | Error;

/**
 * Creates link eu, where looks and creates get these answers in turn; the last look's answer is repeated. `again`: a former process may
 * have begun the first step. `abortAt`: the step or sleep that is aborted.
 */
async function create(
  { finds = [undefined] as readonly Answer[], creates = ['l-1'] as readonly Answer[] },
  {
    again = false,
    abortAt = '',
    ...options
  }: Partial<CreateInStepsOptions<string>> & { again?: boolean; abortAt?: string } = {},
) {
  const log: string[] = [];
  const recorded: unknown[] = [];
  const used: StepOptions[] = [];
  const clock = simulatedClock(0);
  const ctx = createContext({ clock, random: seeded(1) });
  const aborting = (id: string): void => {
    if (log.length > 500) throw new Error('it does not end');
    if (id === abortAt) throw new PosternError('ABORTED', 'aborted');
  };
  let isFirst = true;
  const run = {
    unit: 'eu',
    step: async (id: string, effect: (...of: unknown[]) => Promise<unknown>, how: StepOptions) => {
      aborting(how.part ?? id);
      used.push(how);
      log.push(how.part ?? id);
      const answer = await effect(ctx, { again: again && isFirst });
      isFirst = false;
      recorded.push(answer);
      return answer;
    },
    sleep: async (id: string, ms: number) => {
      aborting(id);
      log.push(`${id}: ${ms}`);
    },
  } as unknown as Run;
  const turn = (answers: readonly Answer[], at: number): Answer => answers[Math.min(at, answers.length - 1)];
  const counts = { finds: 0, creates: 0 };
  const resumed: boolean[] = [];
  const retries: string[] = [];
  const outcome = await createInSteps<string>(run, 'create link eu', {
    what: 'link eu',
    stalenessMs: 1_000,
    find: async () => {
      const answer = turn(finds, counts.finds);
      counts.finds += 1;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    create: async (_ctx, resumes) => {
      resumed.push(resumes);
      const answer = turn(creates, counts.creates);
      counts.creates += 1;
      if (answer instanceof Error) throw answer;
      return answer!;
    },
    onRetry: ({ attempt, message, error: { code } }) => retries.push(`${attempt} ${code} ${message}`),
    ...options,
  });
  return { outcome, log, recorded, used, resumed, retries };
}

describe('the creation of a resource as steps of a unit', () => {
  it('is one step: it looks, then creates', async () => {
    const { outcome, log, recorded, resumed } = await create({}, { exclusive: 'api-1' });
    expect(outcome).toEqual({ ok: true, value: 'l-1' });
    expect(log).toEqual(['create link eu']);
    expect(recorded).toEqual([{ ok: true, value: 'l-1' }]);
    expect(resumed).toEqual([false]);
  });

  it('passes on which steps exclude each other', async () => {
    const { used } = await create({}, { exclusive: 'api-1' });
    expect(used).toEqual([{ part: undefined, exclusive: 'api-1', needsAgain: true }]);
  });

  it('adopts what it finds', async () => {
    const { outcome, resumed } = await create({ finds: ['l-0'] });
    expect(outcome).toEqual({ ok: true, value: 'l-0' });
    expect(resumed).toEqual([]);
  });

  it('does not look first for what the service creates once only, unless a former try may have created it', async () => {
    const options = { isUnique: true };
    const made = await create({ finds: ['l-0'] }, options);
    expect(made.outcome).toEqual({ ok: true, value: 'l-1' });
    expect((await create({ finds: ['l-0'] }, { ...options, again: true })).outcome).toEqual({ ok: true, value: 'l-0' });
    expect((await create({ finds: ['l-0'] }, { ...options, lookMs: 1_000 })).outcome).toEqual({
      ok: true,
      value: 'l-0',
    });
    const busy = error('CONFLICT', { retryable: true });
    const later = await create({ finds: ['l-0'], creates: [busy] }, options);
    expect(later).toMatchObject({ outcome: { ok: true, value: 'l-0' }, resumed: [false] });
  });

  it('looks until lists must show what the service refuses to create again', async () => {
    const exists = error('ALREADY_EXISTS');
    const late = await create({ finds: [undefined, 'l-0'], creates: [exists] }, { isUnique: true });
    expect(late.outcome).toEqual({ ok: true, value: 'l-0' });
    expect(late.log).toEqual(['create link eu', 'look 1', 'create link eu: sleep 1: 1000', 'look 2']);
    const never = await create({ creates: [exists] }, { isUnique: true });
    expect(never).toMatchObject({ outcome: { ok: false, error: { code: 'ALREADY_EXISTS' } }, resumed: [false] });
  });

  it('does not create where the look failed', async () => {
    const { outcome, resumed, recorded } = await create({ finds: [error('PERMISSION_DENIED')] });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'PERMISSION_DENIED' } });
    expect(outcome).not.toHaveProperty('error.outcomeUnknown');
    expect(recorded[0]).not.toHaveProperty('refusal');
    expect(resumed).toEqual([]);
  });

  it('records an unknown outcome for a create that may have had an effect, and for no other', async () => {
    const of = async (fault: Error) => (await create({ creates: [fault] })).recorded[0];
    for (const fault of [lost, throttled, error('CLOUD_FAILED')])
      expect(await of(fault)).toMatchObject({
        ok: false,
        error: { outcomeUnknown: true },
        refusal: { code: fault.code },
      });
    const refusal = await of(error('QUOTA_EXCEEDED'));
    expect(refusal).toMatchObject({ ok: false, refusal: { code: 'QUOTA_EXCEEDED' } });
    expect(refusal).not.toHaveProperty('error.outcomeUnknown');
  });

  it('cannot determine it where lists do not show it after two lost answers', async () => {
    const { outcome, log, recorded, retries } = await create({ creates: [lost] });
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'OUTCOME_UNKNOWN', operation: 'CreateVpcLink', outcomeUnknown: true },
    });
    expect(log.filter((one) => !one.includes('sleep'))).toEqual([
      'create link eu',
      'look 1',
      'look 2',
      'try 2',
      'look 3',
    ]);
    expect(recorded[2]).toEqual({ ok: true, value: null });
    expect(recorded[4]).toEqual({
      ok: false,
      error: { code: 'OUTCOME_UNKNOWN', message: 'lists do not show link eu yet', outcomeUnknown: true },
      absent: true,
    });
    expect(retries).toEqual([
      expect.stringMatching(/^1 ENDPOINT_UNREACHABLE .*checking whether it took effect$/),
      expect.stringMatching(/^2 ENDPOINT_UNREACHABLE .*trying again$/),
      expect.stringMatching(/^2 ENDPOINT_UNREACHABLE .*checking whether it took effect$/),
    ]);
  });

  it('creates again once lists must show it after a lost answer, and do not', async () => {
    const { outcome, log } = await create({ creates: [lost, 'l-1'] });
    expect(outcome).toEqual({ ok: true, value: 'l-1' });
    expect(log.at(-1)).toBe('try 2');
  });

  it('names the look that failed after a lost answer, whose outcome stays unknown', async () => {
    const { outcome, recorded } = await create({ finds: [undefined, error('PERMISSION_DENIED')], creates: [lost] });
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'OUTCOME_UNKNOWN', message: expect.stringContaining('looking for it failed') },
    });
    expect(recorded[1]).toMatchObject({ error: { code: 'PERMISSION_DENIED', outcomeUnknown: true } });
  });

  it('creates again after "too many requests" that lists contradict, and says that it resumes', async () => {
    const { outcome, log, recorded, resumed } = await create({ creates: [throttled, 'l-2'] });
    expect(outcome).toEqual({ ok: true, value: 'l-2' });
    expect(log.filter((one) => !one.includes('sleep'))).toEqual(['create link eu', 'look 1', 'try 2']);
    expect(recorded[1]).toEqual({ ok: true, value: null });
    expect(resumed).toEqual([false, true]);
  });

  it('needs no one to report what it repeats', async () => {
    const { outcome } = await create({ creates: [throttled, 'l-2'] }, { onRetry: undefined });
    expect(outcome).toEqual({ ok: true, value: 'l-2' });
  });

  it('ends with the error, as exhausted, after the last attempt', async () => {
    const { outcome, resumed } = await create({ creates: [throttled] });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'THROTTLED', exhausted: true } });
    expect(resumed).toHaveLength(6);
    const { outcome: refused } = await create({ creates: [error('QUOTA_EXCEEDED')] });
    expect(refused).toMatchObject({ ok: false, error: { code: 'QUOTA_EXCEEDED' } });
    expect(refused).not.toHaveProperty('error.exhausted');
  });
});

describe('a creation that a former process may have begun', () => {
  it('looks until lists must show it before it creates', async () => {
    const { outcome, log, recorded, resumed } = await create({}, { again: true });
    expect(outcome).toEqual({ ok: true, value: 'l-1' });
    expect(log).toEqual(['create link eu', 'create link eu: sleep 1: 1000', 'look 1', 'try 2']);
    expect(recorded[0]).toMatchObject({ ok: false, absent: true });
    expect(resumed).toEqual([true]);
  });

  it('adopts what the former one created', async () => {
    const { outcome, resumed } = await create({ finds: [undefined, 'l-0'] }, { again: true });
    expect(outcome).toEqual({ ok: true, value: 'l-0' });
    expect(resumed).toEqual([]);
  });

  it('has an unknown outcome where its look fails', async () => {
    const { outcome } = await create({ finds: [error('PERMISSION_DENIED')] }, { again: true });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'PERMISSION_DENIED', outcomeUnknown: true } });
  });

  it('looks first where a second one costs money, and does not create meanwhile', async () => {
    const { log, resumed, recorded } = await create({}, { lookMs: 1_000 });
    expect(log).toEqual(['create link eu', 'create link eu: sleep 1: 1000', 'look 1', 'try 2']);
    expect(recorded[0]).toEqual({ ok: true, value: null });
    expect(resumed).toEqual([true]);
  });
});

describe('an abort during a creation', () => {
  it('ends the unit before the first step', async () => {
    await expect(create({}, { abortAt: 'create link eu' })).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it.each(['create link eu: sleep 1', 'look 1'])(
    'at %s, after a lost answer, says that the outcome is unknown',
    async (abortAt) => {
      const { outcome } = await create({ creates: [lost] }, { abortAt });
      expect(outcome).toMatchObject({
        ok: false,
        error: { code: 'ABORTED', outcomeUnknown: true, message: expect.stringContaining('before it was determined') },
      });
    },
  );

  it('before another try says only that', async () => {
    const { outcome } = await create({ creates: [throttled, 'l-2'] }, { abortAt: 'try 2' });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'ABORTED' } });
    expect(outcome).not.toHaveProperty('error.outcomeUnknown');
  });

  it('is not an error of the run itself', async () => {
    const step = () => Promise.reject(new Error('the journal is full'));
    const options = { what: 'link eu', stalenessMs: 0, find: async () => 'x', create: async () => 'x' };
    await expect(createInSteps({ step } as unknown as Run, 'create', options)).rejects.toThrow('the journal is full');
    const { outcome } = await create({ creates: [error('INVALID_INPUT')] });
    expect(outcome).toMatchObject({ ok: false });
  });

  it('in a part is distinguished from other errors of the run', async () => {
    let calls = 0;
    const run = {
      sleep: async () => undefined,
      step: async () => {
        calls += 1;
        if (calls > 1) throw new Error('the journal is full');
        return { ok: true, value: null };
      },
    } as unknown as Run;
    const options = { what: 'link eu', stalenessMs: 1, lookMs: 1, find: async () => 'x', create: async () => 'x' };
    await expect(createInSteps(run, 'create', options)).rejects.toThrow('the journal is full');
  });
});
