import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../runs.js';
import { waitFor, type WaitForOptions } from '../../../src/do/apply/wait-for.js';
import { simulatedClock } from '../../../src/ground/clocks/simulated-clock.js';
import { CloudError } from '../../../src/ground/errors.js';
import { drive } from '../../drive.js';

/** Waits for a link whose states, one per read, are `states`; the last stays. */
function waiting(states: readonly string[], options: Partial<WaitForOptions<string>> = {}) {
  const clock = simulatedClock(0);
  const reads: number[] = [];
  const result = drive(
    clock,
    waitFor({
      what: 'VPC link abc123',
      read: async () => {
        reads.push(clock.now());
        return states[Math.min(reads.length, states.length) - 1]!;
      },
      status: (state) => state,
      pending: ['PENDING'],
      target: ['AVAILABLE', 'INACTIVE'],
      timeoutMs: 60_000,
      pollMs: 10_000,
      clock,
      ...options,
    }),
  );
  return { clock, reads, result };
}

it('reads at once, then once per interval, and returns what it read', async () => {
  const { reads, result } = waiting(['PENDING', 'PENDING', 'AVAILABLE']);
  expect(await result).toBe('AVAILABLE');
  expect(reads).toEqual([0, 10_000, 20_000]);
});

it('reports the elapsed time', async () => {
  const seen: unknown[] = [];
  await waiting(['PENDING', 'INACTIVE'], { onWait: (progress) => seen.push(progress) }).result;
  expect(seen).toEqual([{ status: 'PENDING', elapsedMs: 0 }]);
});

it('fails with the state and the cloud’s reason', async () => {
  const { result } = waiting(['PENDING', 'FAILED'], { reason: () => 'subnet is full' });
  await expect(result).rejects.toMatchObject({
    code: 'WAIT_FAILED',
    lastStatus: 'FAILED',
    elapsedMs: 10_000,
    message: 'VPC link abc123 is FAILED: subnet is full',
  });
});

it('fails with the state alone where the cloud gives no reason', async () => {
  for (const reason of [undefined, () => undefined, () => ''])
    await expect(waiting(['FAILED'], { reason }).result).rejects.toMatchObject({
      message: 'VPC link abc123 is FAILED',
    });
});

it('measures its time from its own begin, and names it in seconds', async () => {
  const clock = simulatedClock(0);
  await clock.advance(500_000);
  const seen: unknown[] = [];
  const ended = waitFor({
    what: 'VPC link abc123',
    read: async () => 'PENDING',
    status: (state) => state,
    pending: ['PENDING'],
    target: [],
    timeoutMs: 15_000,
    pollMs: 10_000,
    clock,
    onWait: (progress) => seen.push(progress),
  });
  await expect(drive(clock, ended)).rejects.toMatchObject({
    code: 'WAIT_TIMEOUT',
    elapsedMs: 15_000,
    message: 'VPC link abc123 is still PENDING after 15 s',
  });
  expect(seen).toEqual([0, 10_000].map((elapsedMs) => ({ status: 'PENDING', elapsedMs })));
});

it('does not count an hour in which the process was suspended during a read', async () => {
  const clock = simulatedClock(0);
  const answers = ['PENDING', 'PENDING', 'AVAILABLE'];
  let reads = 0;
  const lost = new CloudError('ENDPOINT_UNREACHABLE', 'no answer', { operation: 'X' });
  const ended = waitFor({
    what: 'VPC link abc123',
    read: async () => {
      reads += 1;
      if (reads === 2) await clock.sleep(3_600_000);
      if (reads === 3) throw lost; // the network is not there at once
      return answers.shift() ?? '';
    },
    status: (state) => state,
    pending: ['PENDING'],
    target: ['AVAILABLE'],
    timeoutMs: 600_000,
    pollMs: 10_000,
    clock,
  });
  expect(await drive(clock, ended)).toBe('AVAILABLE');
});

it('bears an endpoint that cannot be reached after the first read for three minutes, and no other error', async () => {
  const lost = new CloudError('ENDPOINT_UNREACHABLE', 'no answer', { operation: 'X' });
  const failing = (errors: readonly (Error | undefined)[]) => {
    const rest = [...errors];
    const last = rest.at(-1);
    return waiting([], {
      timeoutMs: 3_600_000,
      read: async () => {
        const error = rest.length > 0 ? rest.shift() : last;
        if (error !== undefined) throw error;
        return rest.length === 0 ? 'AVAILABLE' : 'PENDING';
      },
    });
  };
  expect(await failing([undefined, lost, lost, undefined]).result).toBe('AVAILABLE');
  await expect(failing([lost]).result).rejects.toBe(lost);
  await expect(failing([undefined, new TypeError('defect')]).result).rejects.toThrow('defect');
  const denied = new CloudError('PERMISSION_DENIED', 'no', { operation: 'X' });
  await expect(failing([undefined, denied]).result).rejects.toBe(denied);
  const forever = failing([undefined, lost]);
  await expect(forever.result).rejects.toBe(lost);
  expect(forever.clock.now()).toBe(180_000);
});

it('has the error of its own clock where nobody aborted', async () => {
  const clock = { ...simulatedClock(0), sleep: () => Promise.reject(new Error('no clock')) };
  const options = {
    what: 'x',
    read: async () => 'PENDING',
    status: (one: string) => one,
    pending: ['PENDING'],
    target: [],
  };
  await expect(waitFor({ ...options, timeoutMs: 9, pollMs: 1, clock })).rejects.toThrow('no clock');
});

it('an undocumented state ends the wait, and is reported', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async (word) => {
      fc.pre(!['PENDING', 'AVAILABLE', 'INACTIVE'].includes(word));
      await expect(waiting([word]).result).rejects.toMatchObject({ code: 'WAIT_FAILED', lastStatus: word });
    }),
    { numRuns: runs(20, 50) },
  );
});

it('reads a last time at the timeout', async () => {
  const late = waiting([...Array<string>(6).fill('PENDING'), 'AVAILABLE'], { timeoutMs: 55_000 });
  expect(await late.result).toBe('AVAILABLE');
  expect(late.reads.at(-1)).toBe(55_000);
  const never = waiting(['PENDING'], { timeoutMs: 55_000 });
  await expect(never.result).rejects.toMatchObject({
    code: 'WAIT_TIMEOUT',
    lastStatus: 'PENDING',
    elapsedMs: 55_000,
  });
});

it('treats a state as stable only after several equal reads in a row', async () => {
  const states = ['AVAILABLE', 'PENDING', 'AVAILABLE', 'AVAILABLE'];
  const { reads, result } = waiting(states, { stableReads: 2 });
  await result;
  expect(reads).toHaveLength(4);
});

it('D16c: an endpoint that cannot be reached after the first read is tolerated for three minutes', async () => {
  const refused = new CloudError('ENDPOINT_UNREACHABLE', 'refused (ECONNREFUSED)', { operation: 'GetDeployment' });
  const during = (forMs: number, firstMs = 0) => {
    const clock = simulatedClock(0);
    const read = async (): Promise<string> => {
      if (clock.now() > firstMs && clock.now() <= firstMs + forMs) throw refused;
      return clock.now() > firstMs ? 'AVAILABLE' : 'PENDING';
    };
    return drive(clock, waiting([], { clock, read, timeoutMs: 900_000 }).result);
  };
  expect(await during(170_000)).toBe('AVAILABLE');
  await expect(during(200_000)).rejects.toBe(refused);
  // Before the first answer it may be a wrong endpoint.
  await expect(during(1_000, -1)).rejects.toBe(refused);
});

it('a jump of the wall clock does not change the length of the wait', async () => {
  const clock = simulatedClock(0);
  let jump = 0;
  const jumping = { ...clock, now: () => clock.now() + jump };
  const { result, reads } = waiting(['PENDING'], { clock: jumping });
  jump = -3_600_000;
  const done = drive(clock, result);
  await expect(done).rejects.toMatchObject({ code: 'WAIT_TIMEOUT', elapsedMs: 60_000 });
  expect(reads).toHaveLength(7);
});

it('ends at once when aborted', async () => {
  const controller = new AbortController();
  const { result } = waiting(['PENDING'], { signal: controller.signal, onWait: () => controller.abort('enough') });
  await expect(result).rejects.toMatchObject({ code: 'ABORTED', cause: 'enough' });
});
