import { describe, expect, it } from 'vitest';
import { createOnce } from '../../../src/do/apply/create-once.js';
import type { Clock } from '../../../src/ground/clock.js';
import { simulatedClock } from '../../../src/ground/clocks/simulated-clock.js';
import { createContext } from '../../../src/do/context.js';
import { CloudError, type CloudErrorOptions } from '../../../src/ground/errors.js';
import type { ErrorCode } from '../../../src/ground/error-codes.js';
import { drive, seeded } from '../../drive.js';

const STALENESS_MS = 30_000;
const error = (code: ErrorCode, options: Partial<CloudErrorOptions> = {}): CloudError =>
  new CloudError(code, 'refused', { operation: 'CreateVpcLink', ...options });
const lost = error('ENDPOINT_UNREACHABLE', { retryable: true, outcomeUnknown: true });
const throttled = error('THROTTLED', { retryable: true, status: 429 });
const broken = error('CLOUD_FAILED', { retryable: true, status: 500, outcomeUnknown: true });

interface Fault {
  readonly error: CloudError;
  /** Whether the create took effect, and after how long its effect is visible. */
  readonly done?: boolean;
  readonly doneAfterMs?: number;
}

/** A cloud that creates links; a created link is visible `invisibleMs` later. `faults` apply to the creates in turn. */
function cloud(faults: readonly (Fault | undefined)[], invisibleMs = 0) {
  const clock = simulatedClock(0);
  const made: number[] = [];
  const creates: number[] = [];
  let finds = 0;
  const make = (afterMs = 0): string => {
    made.push(clock.now() + afterMs);
    return `link-${made.length}`;
  };
  const controller = new AbortController();
  const retries: string[] = [];
  const ensure = (
    options: { signal?: AbortSignal; find?: () => Promise<string | undefined>; lookMs?: number; again?: boolean } = {},
  ) =>
    drive(
      clock,
      createOnce({
        what: 'link eu',
        stalenessMs: STALENESS_MS,
        lookMs: options.lookMs,
        ctx: { ...createContext({ clock, random: seeded(1), signal: options.signal }), again: options.again },
        find:
          options.find ??
          (async () => {
            finds += 1;
            const index = made.findIndex((at) => at + invisibleMs <= clock.now());
            return index === -1 ? undefined : `link-${index + 1}`;
          }),
        create: async () => {
          const fault = faults[creates.length];
          creates.push(clock.now());
          if (!fault) return make();
          if (fault.done) make(fault.doneAfterMs);
          throw fault.error;
        },
        onRetry: ({ message }) => retries.push(message),
      }),
    );
  return { clock, made, creates, ensure, controller, retries, finds: () => finds };
}

describe('createOnce', () => {
  it('searches, then creates', async () => {
    const world = cloud([]);
    expect(await world.ensure()).toBe('link-1');
    expect(await world.ensure()).toBe('link-1');
    expect(world.creates).toHaveLength(1);
  });

  it('looks until lists must show what an earlier run may have created a moment ago', async () => {
    const shown = cloud([], 29_000);
    shown.made.push(0);
    expect(await shown.ensure({ again: true })).toBe('link-1');
    expect(shown.creates).toEqual([]);
    const none = cloud([]);
    expect(await none.ensure({ again: true })).toBe('link-1');
    expect(none.creates).toEqual([STALENESS_MS]);
  });

  it.each([
    ['a lost response', lost],
    ['a 5xx', broken],
    ['a 5xx that the adapter did not mark as unknown', error('CLOUD_FAILED', { retryable: true, status: 503 })],
    ['a 5xx of a proxy', error('BAD_RESPONSE', { retryable: true, status: 502 })],
    ['a truncated body', error('BAD_RESPONSE', { status: 200, outcomeUnknown: true })],
    ['too many requests', throttled],
  ])('after %s that took effect there is one resource, found by its mark', async (_, fault) => {
    const world = cloud([{ error: fault, done: true }]);
    expect(await world.ensure()).toBe('link-1');
    expect(world.made).toHaveLength(1);
    expect(world.creates).toHaveLength(1);
    expect(world.retries[0]).toContain('checking whether it took effect');
  });

  it.each([0, 1_000, 5_000, 29_999, 30_000])('invisible for %i ms, within the limit: found', async (invisibleMs) => {
    const world = cloud([{ error: lost, done: true }], invisibleMs);
    expect(await world.ensure()).toBe('link-1');
    expect(world.creates).toHaveLength(1);
  });

  it.each([30_001, 60_000])('invisible for %i ms, within twice the limit: found', async (invisibleMs) => {
    const world = cloud([{ error: lost, done: true }], invisibleMs);
    expect(await world.ensure()).toBe('link-1');
    expect(world.creates).toHaveLength(1);
  });

  it.each([60_001, 600_000])(
    'where it costs money, invisible for %i ms: OUTCOME_UNKNOWN, without a second create',
    async (invisibleMs) => {
      const world = cloud([{ error: lost, done: true }], invisibleMs);
      await expect(world.ensure({ lookMs: STALENESS_MS })).rejects.toMatchObject({
        code: 'OUTCOME_UNKNOWN',
        outcomeUnknown: true,
        operation: 'CreateVpcLink',
        cause: lost,
      });
      expect(world.creates).toHaveLength(1);
      expect(world.clock.now()).toBe(2 * STALENESS_MS);
    },
  );

  it('a lost response without effect: waits for twice the limit, looks, and creates again', async () => {
    const world = cloud([{ error: lost }]);
    expect(await world.ensure()).toBe('link-1');
    expect(world.made).toHaveLength(1);
    expect(world.creates[1]).toBeGreaterThanOrEqual(2 * STALENESS_MS);
    expect(world.finds()).toBeLessThanOrEqual(9);
  });

  it('two lost responses end as OUTCOME_UNKNOWN, and the next run creates', async () => {
    const world = cloud([{ error: lost }, { error: lost }]);
    await expect(world.ensure()).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(await world.ensure()).toBe('link-1');
    expect(world.made).toHaveLength(1);
  });

  it('throttled without effect: waits until the limit, searches, and creates again', async () => {
    const world = cloud([{ error: throttled }, { error: throttled }]);
    expect(await world.ensure()).toBe('link-1');
    expect(world.creates).toHaveLength(3);
    expect(world.creates[1]).toBeGreaterThanOrEqual(STALENESS_MS);
    expect(world.creates[2]! - world.creates[1]!).toBeGreaterThanOrEqual(STALENESS_MS);
  });

  it('throttled permanently: ends with THROTTLED, after a few creates', async () => {
    const world = cloud(Array.from({ length: 50 }, () => ({ error: throttled })));
    await expect(world.ensure()).rejects.toMatchObject({ code: 'THROTTLED' });
    expect(world.creates.length).toBeLessThanOrEqual(6);
  });

  it.each([
    ['the effect comes after the timeout of the call', 12_000],
    ['the effect comes just before the limit', 29_000],
  ])('%s: found, and the late response is ignored', async (_, doneAfterMs) => {
    const world = cloud([{ error: lost, done: true, doneAfterMs }]);
    expect(await world.ensure()).toBe('link-1');
    expect(world.creates).toHaveLength(1);
  });

  it('tries again soon after a refusal that never has an effect', async () => {
    const conflict = error('CONFLICT', { retryable: true, status: 409 });
    const world = cloud([{ error: conflict }]);
    expect(await world.ensure()).toBe('link-1');
    expect(world.creates[1]).toBeLessThan(5_000);
  });

  it('adopts the resource that another run of the project created meanwhile', async () => {
    const world = cloud([{ error: error('ALREADY_EXISTS'), done: true }]);
    expect(await world.ensure()).toBe('link-1');
  });

  it.each(['ALREADY_EXISTS', 'QUOTA_EXCEEDED', 'PERMISSION_DENIED', 'INVALID_INPUT'] as const)(
    'reports %s unchanged, without a second attempt',
    async (code) => {
      const world = cloud([{ error: error(code, { status: 400 }) }]);
      await expect(world.ensure()).rejects.toMatchObject({ code });
      expect(world.creates).toHaveLength(1);
      // What exists already may be that of another run, which lists do not show yet.
      expect(world.clock.now()).toBe(code === 'ALREADY_EXISTS' ? 30_000 : 0);
    },
  );

  it('creates nothing when the search fails', async () => {
    const world = cloud([]);
    const find = (): Promise<undefined> => Promise.reject(error('INCOMPLETE_LIST'));
    await expect(world.ensure({ find })).rejects.toMatchObject({ code: 'INCOMPLETE_LIST' });
    expect(world.creates).toHaveLength(0);
  });

  it('fails with OUTCOME_UNKNOWN when the search fails after a lost response', async () => {
    const world = cloud([{ error: lost, done: true }]);
    let looks = 0;
    const find = async (): Promise<undefined> => {
      looks += 1;
      if (looks > 1) throw error('PERMISSION_DENIED');
    };
    await expect(world.ensure({ find })).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      message: expect.stringContaining('looking for it failed'),
    });
    expect(world.creates).toHaveLength(1);
  });

  it('an abort while the outcome is unknown reports it', async () => {
    const world = cloud([{ error: lost, done: true }], 600_000);
    const running = world.ensure({ signal: world.controller.signal });
    await world.clock.advance(0);
    world.controller.abort('enough');
    await expect(running).rejects.toMatchObject({ code: 'ABORTED', outcomeUnknown: true });
    expect(world.creates).toHaveLength(1);
  });

  it.each([0, 5_000, 30_000])(
    'finds the resource of a former run, invisible for %i ms, before it creates anything',
    async (invisibleMs) => {
      const world = cloud([], invisibleMs);
      world.made.push(0);
      expect(await world.ensure({ lookMs: STALENESS_MS })).toBe('link-1');
      expect(world.creates).toHaveLength(0);
      expect(world.clock.now()).toBeGreaterThanOrEqual(invisibleMs);
    },
  );

  it('creates after the time in which the resource of a former run may be invisible', async () => {
    const world = cloud([]);
    expect(await world.ensure({ lookMs: STALENESS_MS })).toBe('link-1');
    expect(world.creates).toEqual([STALENESS_MS]);
  });

  it('rethrows errors that are defects', async () => {
    const world = cloud([{ error: new TypeError('defect') as never }]);
    await expect(world.ensure()).rejects.toThrow('defect');
  });
});

describe('the end of createOnce', () => {
  const ctxOf = (clock: Clock, signal?: AbortSignal) => createContext({ clock, random: seeded(1), signal });
  const base = { what: 'link eu', stalenessMs: STALENESS_MS };

  it('marks the error with which it gives up, and no other', async () => {
    const exhausted = async (code: ErrorCode, options: Partial<CloudErrorOptions> = {}) => {
      const world = cloud(Array.from({ length: 9 }, () => ({ error: error(code, options) })));
      return world.ensure().catch((thrown: unknown) => (thrown as CloudError).exhausted);
    };
    expect(await exhausted('THROTTLED', { retryable: true, status: 429 })).toBe(true);
    expect(await exhausted('CONFLICT', { retryable: true, status: 409 })).toBe(true);
    expect(await exhausted('QUOTA_EXCEEDED')).not.toBe(true);
  });

  it('is an abort between the search and the creation: nothing is created', async () => {
    const clock = simulatedClock(0);
    const abort = new AbortController();
    let creates = 0;
    const ending = createOnce({
      ...base,
      ctx: ctxOf(clock, abort.signal),
      find: async () => void abort.abort('enough'),
      create: async () => (creates += 1),
    });
    const thrown = await drive(clock, ending).catch((one: unknown) => one);
    expect(thrown).toMatchObject({ code: 'ABORTED', message: expect.stringContaining('link eu') });
    expect(thrown).not.toHaveProperty('outcomeUnknown', true);
    expect(creates).toBe(0);
  });

  it('is an abort while it waits for what a former run may have created: nothing is lost', async () => {
    const clock = simulatedClock(0);
    const abort = new AbortController();
    const ending = createOnce({
      ...base,
      lookMs: STALENESS_MS,
      ctx: ctxOf(clock, abort.signal),
      find: async () => undefined,
      create: async () => 'link-1',
    }).catch((one: unknown) => one);
    await clock.advance(0);
    abort.abort('enough');
    const thrown = await ending;
    expect(thrown).toMatchObject({ code: 'ABORTED', message: expect.stringContaining('link eu') });
    expect(thrown).not.toHaveProperty('outcomeUnknown', true);
  });

  it.each([undefined, new AbortController().signal])(
    'is the error of a clock that fails, where nobody aborted (%#)',
    async (signal) => {
      const clock = { ...simulatedClock(0), sleep: () => Promise.reject(new Error('no clock')) };
      const ending = createOnce({
        ...base,
        ctx: ctxOf(clock, signal),
        find: async () => undefined,
        create: () => Promise.reject(lost),
      });
      await expect(ending).rejects.toThrow('no clock');
    },
  );

  it('says for each wait why, which attempt comes next, and after which error', async () => {
    const clock = simulatedClock(0);
    const conflict = error('CONFLICT', { retryable: true, status: 409 });
    const busy = error('THROTTLED', { retryable: true, status: 429 });
    const retries: unknown[] = [];
    const faults = [busy, conflict];
    await drive(
      clock,
      createOnce({
        ...base,
        ctx: ctxOf(clock),
        find: async () => undefined,
        create: async () => {
          const fault = faults.shift();
          if (fault !== undefined) throw fault;
          return 'link-1';
        },
        onRetry: (retry) => retries.push(retry),
      }),
    );
    expect(retries).toEqual([
      { attempt: 1, message: `${busy.message}; checking whether it took effect`, error: busy },
      { attempt: 2, message: `${busy.message}; trying again`, error: busy },
      { attempt: 3, message: `${conflict.message}; trying again`, error: conflict },
    ]);
  });

  it('names what is not an error of a cloud in the reason of an unknown outcome', async () => {
    const clock = simulatedClock(0);
    let looks = 0;
    const failing = (thrown: Error) => {
      looks = 0;
      return drive(
        clock,
        createOnce({
          ...base,
          ctx: ctxOf(clock),
          find: async () => {
            looks += 1;
            if (looks > 1) throw thrown;
          },
          create: () => Promise.reject(lost),
        }),
      );
    };
    await expect(failing(new TypeError('defect'))).rejects.toThrow(/looking for it failed: TypeError: defect$/);
    await expect(failing(error('PERMISSION_DENIED'))).rejects.toThrow(/looking for it failed: CreateVpcLink: refused$/);
  });

  it('after a failed search is its error as it is, also one that a create would repeat', async () => {
    const clock = simulatedClock(0);
    let finds = 0;
    const ending = createOnce({
      ...base,
      ctx: ctxOf(clock),
      find: async () => {
        finds += 1;
        throw lost;
      },
      create: async () => 'link-1',
    });
    await expect(drive(clock, ending)).rejects.toBe(lost);
    expect(finds).toBe(1);
  });
});
