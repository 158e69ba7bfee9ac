import { describe, expect, it } from 'vitest';
import { eventQueue } from '../../../../src/do/apply/event-queue.js';
import { gate, lanes } from '../../../../src/do/apply/lanes.js';
import { isToleratedOutage } from '../../../../src/do/apply/outage.js';
import { failureOf, pause, settle, shownError, stepError } from '../../../../src/do/apply/outcome.js';
import { memoryJournal } from '../../../../src/do/apply/journal-memory.js';
import { processRun, runId } from '../../../../src/do/apply/process-run.js';
import { schedule } from '../../../../src/do/apply/schedule.js';
import type { UnitResult } from '../../../../src/do/apply/run.js';
import { simulatedClock } from '../../../../src/ground/clocks/simulated-clock.js';
import { createContext } from '../../../../src/do/context.js';
import { CloudError, InvalidInputError, PosternError } from '../../../../src/ground/errors.js';
import type { Unit } from '../../../../src/do/plan/plan.js';
import { seeded } from '../../../drive.js';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Work that ends when the test ends it; what begins and ends is logged. */
function works(log: string[]) {
  const ends = new Map<string, () => void>();
  return {
    work: (name: string) => async (): Promise<string> => {
      log.push(`${name} begins`);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      log.push(`${name} ends`);
      return name;
    },
    end: async (name: string): Promise<void> => {
      ends.get(name)!();
      await settled();
    },
  };
}

describe('a gate', () => {
  it('lets as many run as it is wide, the others in the order of their arrival', async () => {
    const log: string[] = [];
    const { work, end } = works(log);
    const { run } = gate(2);
    const all = ['a', 'b', 'c', 'd'].map((name) => run(work(name)));
    await settled();
    expect(log).toEqual(['a begins', 'b begins']);
    await end('b');
    expect(log.slice(2)).toEqual(['b ends', 'c begins']);
    const late = run(work('e'));
    await end('a');
    await end('c');
    expect(log.slice(4)).toEqual(['a ends', 'd begins', 'c ends', 'e begins']);
    await end('d');
    await end('e');
    expect(await Promise.all([...all, late])).toEqual(['a', 'b', 'c', 'd', 'e']);
    const again = [run(work('f')), run(work('g')), run(work('h'))];
    await settled();
    expect(log.slice(-2)).toEqual(['f begins', 'g begins']);
    for (const name of ['f', 'g', 'h']) await end(name);
    await Promise.all(again);
  });

  it('goes on after work that fails', async () => {
    const { run } = gate(1);
    await expect(run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await run(async () => 1)).toBe(1);
  });
});

describe('lanes', () => {
  it('keep work with the same key apart, and no other', async () => {
    const log: string[] = [];
    const { work, end } = works(log);
    const { run } = lanes();
    const all = [
      run('x', work('a')),
      run('x', work('b')),
      run('y', work('c')),
      run(undefined, work('d')),
      run(undefined, work('e')),
    ];
    await settled();
    expect(log).toEqual(['a begins', 'c begins', 'd begins', 'e begins']);
    for (const name of ['a', 'b', 'c', 'd', 'e']) await end(name);
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('a queue of events', () => {
  const read = async (queue: ReturnType<typeof eventQueue<number>>) => {
    const found: (number | string)[] = [];
    try {
      for await (const value of queue) found.push(value);
      found.push('end');
    } catch (error) {
      found.push((error as Error).message);
    }
    return found;
  };

  it('gives what was pushed before and while it is read, in order', async () => {
    const queue = eventQueue<number>();
    queue.push(1);
    queue.push(2);
    const reading = read(queue);
    await settled();
    queue.push(3);
    await settled();
    queue.push(4);
    queue.push(5);
    queue.close();
    expect(await reading).toEqual([1, 2, 3, 4, 5, 'end']);
  });

  it('ends with the error of its end, after all values; what comes later is nothing', async () => {
    const queue = eventQueue<number>();
    queue.push(1);
    queue.close(new Error('broken'));
    queue.push(2);
    queue.close(new Error('later'));
    queue.close();
    expect(await read(queue)).toEqual([1, 'broken']);
    const other = eventQueue<number>();
    const reading = read(other);
    await settled();
    other.close();
    other.close(new Error('later'));
    expect(await reading).toEqual(['end']);
  });
});

describe('an outage during a wait', () => {
  it('is borne for three minutes, where the endpoint cannot be reached', () => {
    const error = { code: 'ENDPOINT_UNREACHABLE' };
    expect([0, 179_999, 180_000].map((ms) => isToleratedOutage(error, ms))).toEqual([true, true, false]);
    expect(isToleratedOutage({ code: 'PERMISSION_DENIED' }, 0)).toBe(false);
    expect(isToleratedOutage({ ...error, exhausted: true }, 0)).toBe(false);
    expect(isToleratedOutage({ ...error, exhausted: false }, 0)).toBe(true);
  });
});

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

describe('the units of a plan', () => {
  const unit = (id: string): Unit => ({
    id,
    kind: 'link',
    name: id,
    provider: 'aws',
    region: 'eu',
    account: '1',
    dependsOn: [],
    steps: [],
  });
  const result = (done: number): UnitResult => ({ done, failed: 0, skipped: 0, links: [] });

  it('begin at once; each may wait for those before it', async () => {
    const log: string[] = [];
    const results = await schedule([unit('a'), unit('b')], async ({ id }, resultOf) => {
      log.push(id);
      return id === 'a' ? result(1) : result((await resultOf('a')).done + 1);
    });
    expect(log).toEqual(['a', 'b']);
    expect([...results]).toEqual([
      ['a', result(1)],
      ['b', result(2)],
    ]);
    const unknown = schedule([unit('a')], (_, resultOf) => resultOf('x'));
    await expect(unknown).rejects.toThrow('unit x is not in the plan');
  });

  it('all end before the first rejection is reported', async () => {
    const log: string[] = [];
    const running = schedule([unit('a'), unit('b')], async ({ id }) => {
      if (id === 'a') throw new Error('broken');
      await settled();
      log.push('b ended');
      return result(1);
    });
    await expect(running).rejects.toThrow('broken');
    expect(log).toEqual(['b ended']);
  });
});

describe('a run in this process', () => {
  const context = createContext({ clock: simulatedClock(0), random: seeded(1) });

  it('ends with the first error of its journal', () => {
    const stop = new AbortController();
    const { shared, breakage } = processRun('r', { context, journal: memoryJournal(), maxParallel: 2 }, stop);
    expect(breakage()).toBeUndefined();
    const [first, second] = [new Error('full'), new Error('later')];
    shared.onBroken(first);
    shared.onBroken(second);
    expect(breakage()).toEqual({ error: first });
    expect(shared.signal.reason).toBe(first);
  });

  it('has an ID of its time and a random part of eight digits', () => {
    const idOf = (random: number) => runId({ clock: simulatedClock(0), random: () => random });
    expect(idOf(0)).toBe('1970-01-01T00:00:00.000Z-00000000');
    expect(idOf(0.5)).toBe('1970-01-01T00:00:00.000Z-80000000');
    expect(idOf(0.999_999_999_9)).toBe('1970-01-01T00:00:00.000Z-ffffffff');
  });
});
