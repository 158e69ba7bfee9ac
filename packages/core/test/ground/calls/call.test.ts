import type { CallRetry, CallEnd, CallStart } from '../../../src/ground/calls/call-context.js';
import { describe, expect, it } from 'vitest';
import { call, type CallDescription } from '../../../src/ground/calls/call.js';
import { simulatedClock } from '../../../src/ground/clocks/simulated-clock.js';
import { createContext, type ContextOptions } from '../../../src/do/context.js';
import { CloudError, InvalidInputError, PosternError, type CloudErrorOptions } from '../../../src/ground/errors.js';
import { requireInTime, SEND_MS } from '../../../src/ground/calls/write-fence.js';
import type { ErrorCode } from '../../../src/ground/error-codes.js';
import { drive, seeded } from '../../drive.js';

const description: CallDescription = {
  provider: 'aws',
  account: '111122223333',
  region: 'eu-west-1',
  service: 'apigatewayv2',
  operation: 'GetVpcLink',
  limits: [{ perSecond: 10, burst: 40 }],
  kind: 'read',
};

/** The answer of a cloud; the table of an adapter maps it to a CloudError. */
class Native extends Error {
  constructor(
    readonly kind: ErrorCode,
    readonly options: Partial<CloudErrorOptions> = {},
  ) {
    super(kind);
  }
}
const mapError = (error: unknown, { operation }: CallDescription): CloudError =>
  error instanceof Native
    ? new CloudError(error.kind, 'refused', { operation, cause: error, ...error.options })
    : new CloudError('BAD_RESPONSE', 'nonsense', { operation, cause: error });

function setUp(answers: readonly (Native | string)[], options: ContextOptions = {}) {
  const clock = simulatedClock(0);
  const ctx = createContext({ clock, random: seeded(7), ...options });
  const times: number[] = [];
  const send = async (): Promise<string> => {
    const answer = answers[Math.min(times.length, answers.length - 1)]!;
    times.push(clock.monotonicMs());
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { clock, ctx, times, send };
}
const throttled = new Native('THROTTLED', { retryable: true, status: 429 });
const failed = new Native('CLOUD_FAILED', { retryable: true, status: 500, outcomeUnknown: true });

it.each(['read', 'idempotent'] as const)('tries a %s again until it is answered', async (kind) => {
  const { clock, ctx, times, send } = setUp([throttled, failed, 'ok']);
  expect(await drive(clock, call(ctx, { ...description, kind }, send, mapError))).toBe('ok');
  expect(times).toHaveLength(3);
  expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(500);
});

it.each<[Native, object, string]>([
  [throttled, { code: 'THROTTLED', outcomeUnknown: false }, 'throttled'],
  [failed, { code: 'CLOUD_FAILED', outcomeUnknown: true }, 'a 5xx'],
  [new Native('ENDPOINT_UNREACHABLE', { retryable: true, outcomeUnknown: true }), { outcomeUnknown: true }, 'reset'],
])('never sends a create again: %# %s', async (answer, expected) => {
  const { clock, ctx, times, send } = setUp([answer, 'twice!']);
  const calling = drive(clock, call(ctx, { ...description, kind: 'create' }, send, mapError));
  await expect(calling).rejects.toMatchObject(expected);
  expect(times).toHaveLength(1);
});

describe('of a change', () => {
  const change = { ...description, kind: 'idempotent', acceptedMs: 5 } as const;

  it('asks the fence before each attempt, and a read does not', async () => {
    const { clock, ctx, send } = setUp([failed, 'ok']);
    const asked: unknown[] = [];
    const fence = { permit: async (...of: unknown[]) => (asked.push(of), () => undefined) };
    await drive(clock, call({ ...ctx, fence }, change, send, mapError));
    await drive(clock, call({ ...ctx, fence }, description, send, mapError));
    expect(asked).toEqual([
      ['GetVpcLink', 5],
      ['GetVpcLink', 5],
    ]);
  });

  it('sends nothing where the lock is lost, also after a failure', async () => {
    const { clock, ctx, times, send } = setUp([failed, 'late']);
    const lost = new PosternError('JOURNAL_WRITE_FAILED', 'taken over');
    let asked = 0;
    const fence = { permit: async () => ((asked += 1) > 1 ? Promise.reject(lost) : () => undefined) };
    await expect(drive(clock, call({ ...ctx, fence }, change, send, mapError))).rejects.toBe(lost);
    expect(times).toHaveLength(1);
  });

  it.each(['idempotent', 'create'] as const)('permits a %s anew that was not sent in time', async (kind) => {
    const { clock, ctx, times, send } = setUp(['ok']);
    let asked = 0;
    const fence = {
      permit: async (operation: string) => {
        asked += 1;
        return () => requireInTime(asked === 1 ? SEND_MS + 1 : SEND_MS, operation);
      },
    };
    const asking: typeof send = (...[, , beforeSend]: any[]) => (beforeSend(), send());
    expect(await drive(clock, call({ ...ctx, fence }, { ...change, kind }, asking, mapError))).toBe('ok');
    expect([asked, times.length]).toEqual([2, 1]);
  });
});

describe('gives up after ten seconds', () => {
  const page = new Native('BAD_RESPONSE', { retryable: true, status: 503 });
  const last = (times: readonly number[]): number => (times.at(-1) ?? 0) - (times[0] ?? 0);

  it('where a page answers that is not the service’s, whatever its status', async () => {
    const { clock, ctx, times, send } = setUp([page]);
    await expect(drive(clock, call(ctx, description, send, mapError))).rejects.toMatchObject({
      code: page.kind,
      exhausted: true,
    });
    expect(times.length).toBeGreaterThan(2);
    expect(last(times)).toBeLessThanOrEqual(10_000);
  });

  it.each(['CREDENTIALS_REFUSED', 'CLOCK_SKEWED'] as const)(
    'after one more where %s, and the clock was off',
    async (code) => {
      const { clock, ctx, times, send } = setUp([new Native(code, { retryable: true, status: 403 })]);
      await expect(drive(clock, call(ctx, description, send, mapError))).rejects.toMatchObject({
        code,
        exhausted: true,
      });
      expect(times).toHaveLength(2);
    },
  );

  it('where only checks need what is read, but not where the rate is limited', async () => {
    const checking = setUp([failed]);
    const ctx = { ...checking.ctx, forChecksOnly: true };
    await expect(drive(checking.clock, call(ctx, description, checking.send, mapError))).rejects.toMatchObject({
      code: 'CLOUD_FAILED',
    });
    expect(last(checking.times)).toBeLessThanOrEqual(10_000);
    const limited = setUp([throttled]);
    const patient = { ...limited.ctx, forChecksOnly: true };
    await expect(drive(limited.clock, call(patient, description, limited.send, mapError))).rejects.toThrow();
    expect(last(limited.times)).toBeGreaterThan(60_000);
  });

  it('and not elsewhere; each new attempt is reported', async () => {
    const retries: CallRetry[] = [];
    const { clock, ctx, times, send } = setUp([failed], { onRetry: (retry) => void retries.push(retry) });
    await expect(drive(clock, call(ctx, description, send, mapError))).rejects.toMatchObject({
      code: 'CLOUD_FAILED',
    });
    expect(last(times)).toBeGreaterThan(60_000);
    expect(retries).toHaveLength(times.length - 1);
    expect(retries[0]).toMatchObject({ operation: description.operation, code: 'CLOUD_FAILED', elapsedMs: 0 });
    expect(retries.map(({ attempt }) => attempt)).toEqual(retries.map((_, at) => at + 1));
  });

  it.each<[ContextOptions['onRetry'], readonly number[], string]>([
    [({ attempt }) => attempt < 3 && { delayMs: 1_000 * attempt }, [0, 1_000, 3_000], 'other delays, and an end'],
    [() => false, [0], 'no further attempt'],
    [({ attempt }) => (attempt < 2 ? { delayMs: 0 } : false), [0, 0], 'at once'],
  ])('unless onRetry decides otherwise: %o', async (onRetry, expected) => {
    const { clock, ctx, times, send } = setUp([failed], { onRetry });
    await expect(drive(clock, call(ctx, description, send, mapError))).rejects.toMatchObject({
      code: 'CLOUD_FAILED',
      exhausted: true,
    });
    expect(times).toEqual(expected);
  });

  it('never before the cloud allows it, and as planned where onRetry throws', async () => {
    const limited = new Native('THROTTLED', { retryable: true, status: 429, retryAfterMs: 5_000 });
    const soon = setUp([limited, 'ok'], { onRetry: () => ({ delayMs: 1 }) });
    expect(await drive(soon.clock, call(soon.ctx, description, soon.send, mapError))).toBe('ok');
    expect(last(soon.times)).toBeGreaterThanOrEqual(5_000);
    const lines: string[] = [];
    const onRetry = (): never => {
      throw new Error('no\nidea');
    };
    const broken = setUp([failed, 'ok'], { onRetry, log: (line) => lines.push(line) });
    expect(await drive(broken.clock, call(broken.ctx, description, broken.send, mapError))).toBe('ok');
    expect(lines[0]).toBe('onRetry: Error: no\\nidea');
  });

  it('and a call that creates something is not for onRetry', async () => {
    const { clock, ctx, times, send } = setUp([failed], { onRetry: () => ({ delayMs: 0 }) });
    await expect(drive(clock, call(ctx, { ...description, kind: 'create' }, send, mapError))).rejects.toThrow();
    expect(times).toHaveLength(1);
  });
});

it('does not repeat what is not retryable, and keeps the cloud’s error as cause', async () => {
  const { clock, ctx, times, send } = setUp([new Native('PERMISSION_DENIED')]);
  const calling = drive(clock, call(ctx, description, send, mapError));
  await expect(calling).rejects.toMatchObject({ code: 'PERMISSION_DENIED', cause: expect.any(Native) });
  expect(times).toHaveLength(1);
});

it('rethrows errors of Postern', async () => {
  const { ctx } = setUp([]);
  const error = new InvalidInputError('INVALID_ARN', 'no ARN');
  await expect(call(ctx, description, () => Promise.reject(error), mapError)).rejects.toBe(error);
});

it('succeeds after 60 s of throttling without Retry-After, with at most 24 calls', async () => {
  for (let seed = 0; seed < 20; seed += 1) {
    const { clock, ctx } = setUp([], { random: seeded(seed) });
    let calls = 0;
    const send = (): Promise<string> => {
      calls += 1;
      return clock.monotonicMs() < 60_000 ? Promise.reject(throttled) : Promise.resolve('ok');
    };
    expect(await drive(clock, call(ctx, description, send, mapError))).toBe('ok');
    expect(calls).toBeLessThanOrEqual(24);
  }
});

it('fails with THROTTLED when throttling lasts, within its limits of attempts and time', async () => {
  const { clock, ctx, times, send } = setUp([throttled]);
  const calling = drive(clock, call(ctx, description, send, mapError));
  await expect(calling).rejects.toMatchObject({ code: 'THROTTLED' });
  expect(times.length).toBeLessThanOrEqual(24);
  expect(times.at(-1)).toBeLessThanOrEqual(181_000);
});

it('many callers share the pace, which halves', async () => {
  const { clock, ctx } = setUp([]);
  let calls = 0;
  const send = (): Promise<string> => {
    calls += 1;
    return clock.monotonicMs() < 60_000 ? Promise.reject(throttled) : Promise.resolve('ok');
  };
  const all = Array.from({ length: 10 }, () => call(ctx, description, send, mapError));
  expect(await drive(clock, Promise.all(all))).toEqual(Array(10).fill('ok'));
  expect(calls).toBeLessThanOrEqual(240);
});

it('after "too many requests" all calls to that operation are sent at half the rate', async () => {
  const { clock, ctx, times, send } = setUp([new Native('THROTTLED'), 'ok']);
  await expect(call(ctx, description, send, mapError)).rejects.toMatchObject({ code: 'THROTTLED' });
  for (let caller = 0; caller < 3; caller += 1) void call(ctx, description, send, mapError);
  await clock.advance(1_000);
  expect(times).toHaveLength(4);
  for (const index of [1, 2, 3]) expect(times[index]! - times[index - 1]!).toBeGreaterThan(190);
});

it('honors retry-after', async () => {
  const { clock, ctx, times, send } = setUp([new Native('THROTTLED', { retryable: true, retryAfterMs: 30_000 }), 'ok']);
  await drive(clock, call(ctx, description, send, mapError));
  expect(times[1]).toBeGreaterThanOrEqual(30_000);
});

it.each([
  ['read', false],
  ['idempotent', true],
  ['create', true],
] as const)('an abort ends a running %s at once; its late response is ignored', async (kind, outcomeUnknown) => {
  const controller = new AbortController();
  const { ctx } = setUp([], { signal: controller.signal });
  let answer: (text: string) => void = () => undefined;
  const calling = call(
    ctx,
    { ...description, kind },
    () => new Promise<string>((resolve) => (answer = resolve)),
    mapError,
  );
  await Promise.resolve();
  await new Promise(setImmediate);
  controller.abort('enough');
  await expect(calling).rejects.toMatchObject({ code: 'ABORTED', outcomeUnknown, cause: 'enough' });
  answer('too late');
});

it('an abort ends the waits for a slot and for the next attempt, and no call is sent after it', async () => {
  const controller = new AbortController();
  const { clock, ctx, times, send } = setUp([failed], { signal: controller.signal });
  const calling = call(ctx, description, send, mapError);
  await clock.advance(1);
  controller.abort('enough');
  await expect(calling).rejects.toMatchObject({ code: 'ABORTED' });
  await expect(call(ctx, description, send, mapError)).rejects.toMatchObject({ code: 'ABORTED' });
  expect(times).toHaveLength(1);
});

it('traces every attempt', async () => {
  const seen: (CallStart & CallEnd)[] = [];
  const { clock, ctx } = setUp([], { trace: (start) => (end) => void seen.push({ ...start, ...end }) });
  let calls = 0;
  const send = async (): Promise<{ id: string }> => {
    calls += 1;
    await clock.sleep(40);
    if (calls === 1) throw new Native('CLOUD_FAILED', { retryable: true, status: 503, requestId: 'r-1' });
    return { id: 'r-2' };
  };
  await drive(
    clock,
    call(ctx, description, send, mapError, ({ id }) => ({ requestId: id, status: 200 })),
  );
  const { provider, service, operation, region, account, kind } = description;
  const start = { provider, service, operation, region, account, kind, durationMs: 40 };
  expect(seen).toEqual([
    { ...start, attempt: 1, code: 'CLOUD_FAILED', status: 503, requestId: 'r-1', error: expect.any(CloudError) },
    { ...start, attempt: 2, status: 200, requestId: 'r-2' },
  ]);
});

it('a trace hook that throws does not change the answer, and is logged in one line', async () => {
  const lines: string[] = [];
  const boom = (): never => {
    throw new Error('exporter\ndown');
  };
  for (const trace of [boom, () => boom]) {
    const { ctx, send } = setUp(['ok'], { trace, log: (line) => lines.push(line) });
    expect(await call(ctx, description, send, mapError)).toBe('ok');
  }
  expect(lines).toEqual(['trace: Error: exporter\\ndown', 'trace: Error: exporter\\ndown']);
});
