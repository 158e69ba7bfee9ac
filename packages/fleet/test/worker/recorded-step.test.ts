import { createContext, PosternError, type CallContext } from '@postern/core/internal/library';
import type { Json } from '@postern/core/internal/adapter';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HUNG_MS, recordedStep } from '../../src/worker/recorded-step.js';
import type { Setting } from '../../src/worker/failures.js';

const KEY = { provider: 'aws', account: '1', region: 'eu-west-1', operation: 'CreateVpcLink' };
const LIMITS = [{ perSecond: 10, burst: 1 }];
const HOW = { again: false, isUnseen: false, cleansUp: true, taken: undefined };

const setting = (reserve: () => Promise<number>): Setting =>
  ({
    context: createContext(),
    pace: { reserve, slowDown: () => undefined, now: () => Date.now() },
    process: 'this one',
    begun: new Set(),
    timeScale: 1,
  }) as unknown as Setting;

const attempt = (over = new AbortController()) => ({ run: 'r', step: 'u', over: over.signal });

/** A create: a turn, then the call. */
function create(calls: string[]) {
  return async (ctx: CallContext): Promise<string> => {
    await ctx.pace.slot(KEY, LIMITS, ctx.signal);
    calls.push('create');
    return 'made';
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a step whose attempt is over makes no call: another worker may have the unit', async () => {
  const calls: string[] = [];
  const over = new AbortController();
  const step = recordedStep(
    create(calls),
    HOW,
    attempt(over),
    setting(() => Promise.resolve(9_000)),
  );
  const rejected = expect(step).rejects.toThrow();
  await vi.advanceTimersByTimeAsync(5_000);
  over.abort();
  await vi.advanceTimersByTimeAsync(10_000);
  await rejected;
  expect(calls).toEqual([]);
});

it('a process that was stopped and wakes makes no call of a step that took too long', async () => {
  const calls: string[] = [];
  const start = performance.now();
  const reserve = () => {
    vi.spyOn(performance, 'now').mockReturnValue(start + 100_000);
    return Promise.resolve(0);
  };
  await expect(recordedStep(create(calls), HOW, attempt(), setting(reserve))).rejects.toThrow('a step took too long');
  expect(calls).toEqual([]);
  vi.restoreAllMocks();
});

it('a step that took too long because its calls fail says which, and why', async () => {
  const start = performance.now();
  const failing = async (ctx: CallContext): Promise<string> => {
    ctx.onRetry?.({
      operation: 'GetVpcLinks',
      region: 'r',
      code: 'ENDPOINT_UNREACHABLE',
      attempt: 1,
      elapsedMs: 1,
      delayMs: 1,
    });
    vi.spyOn(performance, 'now').mockReturnValue(start + 100_000);
    await ctx.pace.slot(KEY, LIMITS, ctx.signal);
    return 'read';
  };
  const step = recordedStep(
    failing,
    HOW,
    attempt(),
    setting(() => Promise.resolve(0)),
  );
  await expect(step).rejects.toThrow(
    'GetVpcLinks failed and was tried again: ENDPOINT_UNREACHABLE; a step took too long: more than 60 s',
  );
  vi.restoreAllMocks();
});

const UNREACHABLE = new PosternError('ENDPOINT_UNREACHABLE', 'no engine');
const errorAsValue = async (ctx: CallContext) => {
  await new Promise((resolve) => setTimeout(resolve, HUNG_MS / 2));
  const { code } = await ctx.pace.slot(KEY, LIMITS).then(
    () => ({ code: 'none' }),
    (error: PosternError) => error,
  );
  return { ok: false, error: { code } };
};

it.each<[string, (ctx: CallContext) => Promise<Json>, () => Promise<number>]>([
  ['a call that hangs', () => new Promise(() => undefined), () => Promise.resolve(0)],
  ['an engine that gives no turn', create([]), () => Promise.reject(UNREACHABLE)],
  ['a step that takes too long, as an answer', errorAsValue, () => Promise.resolve(0)],
])('is tried again, not recorded: %s', async (_title, effect, reserve) => {
  const rejected = expect(recordedStep(effect, HOW, attempt(), setting(reserve))).rejects.toThrow(/hung|turn|too long/);
  await vi.advanceTimersByTimeAsync(HUNG_MS);
  await rejected;
});

it('a change is not sent where its process was stopped after it was permitted, or where its attempt is over', async () => {
  const over = new AbortController();
  const step = async (ctx: CallContext): Promise<string> => {
    const [late, ended] = [await ctx.fence?.permit('A', 1), await ctx.fence?.permit('B', 1)];
    over.abort();
    expect(ended).toThrow(expect.objectContaining({ code: 'ABORTED' }));
    vi.setSystemTime(Date.now() + 11_000);
    expect(late).toThrow('A: it was ready only after 11 s, and was not sent');
    return 'seen';
  };
  const running = recordedStep(
    step,
    HOW,
    attempt(over),
    setting(() => Promise.resolve(0)),
  );
  await expect(running).rejects.toThrow('the attempt is over');
});
