import { expect, it } from 'vitest';
import { createContext } from '../../../src/do/context.js';
import { CloudError } from '../../../src/ground/errors.js';
import type { ErrorCode } from '../../../src/ground/error-codes.js';
import { createGaps, observing } from '../../../src/do/snapshot/gaps.js';

const failing = (code: ErrorCode, operation: string, retryable = true) =>
  new CloudError(code, 'as the cloud said it', { operation, retryable });

/** A context whose pacer grants a slot on request of the test, in the order of requests. */
function paced() {
  const turns: (() => void)[] = [];
  const ctx = createContext({
    pace: {
      slot: (_key, _limits, signal) =>
        new Promise((resolve, reject) => {
          turns.push(resolve);
          signal?.addEventListener('abort', () => reject(signal.reason));
          if (signal?.aborted) reject(signal.reason);
        }),
      slowDown: () => undefined,
    },
  });
  const { gaps, ctx: own } = observing(ctx);
  const slot = (operation: string) =>
    own.pace.slot({ provider: 'aws', account: '1', region: 'eu-west-1', operation }, [], own.signal);
  return { gaps, slot, turns };
}

it.each<[string, CloudError, boolean]>([
  ['throttled to the last attempt', failing('THROTTLED', 'GetRoutes'), true],
  ['a 5xx to the last attempt', failing('CLOUD_FAILED', 'GetRoutes'), true],
  ['connections that broke', failing('ENDPOINT_UNREACHABLE', 'GetRoutes'), true],
  ['an endpoint that does not exist', failing('ENDPOINT_UNREACHABLE', 'GetRoutes', false), false],
  ['credentials that expired', failing('CREDENTIALS_EXPIRED', 'GetRoutes'), false],
  ['an abort', failing('ABORTED', 'GetRoutes'), false],
])('%s', async (_, error, isGap) => {
  const gaps = createGaps();
  const read = gaps.attempt({ what: 'routes', of: ['gateways', 'targets'] }, () => Promise.reject(error));
  if (!isGap) return expect(read).rejects.toBe(error);
  expect(await read).toBeUndefined();
  expect(gaps.list).toEqual([
    { what: 'routes', operation: 'GetRoutes', code: error.code, of: 'gateways' },
    { what: 'routes', operation: 'GetRoutes', code: error.code, of: 'targets' },
  ]);
  // Without the links no result is possible.
  await expect(gaps.attempt({ what: 'links', of: ['egress', 'links'] }, () => Promise.reject(error))).rejects.toBe(
    error,
  );
});

it('an operation that stayed throttled is not called again, others are', async () => {
  const { gaps, slot } = paced();
  const waiting = slot('GetRoutes');
  const other = slot('GetStages');
  await gaps.attempt({ what: 'a', of: 'gateways', id: 'a' }, () => Promise.reject(failing('THROTTLED', 'GetRoutes')));
  await expect(waiting).rejects.toMatchObject({ code: 'THROTTLED', operation: 'GetRoutes' });
  await expect(slot('GetRoutes')).rejects.toMatchObject({ code: 'THROTTLED', operation: 'GetRoutes' });
  await expect(Promise.race([other, Promise.resolve('waits')])).resolves.toBe('waits');
});

it('a failure may be of one resource: an operation is skipped only after the third', async () => {
  const { gaps, slot, turns } = paced();
  const fail = (error: CloudError) => gaps.attempt({ what: 'a', of: 'gateways' }, () => Promise.reject(error));
  const same = failing('CLOUD_FAILED', 'GetRoutes');
  for (const error of [same, same, same, failing('CLOUD_FAILED', 'GetRoutes')]) await fail(error);
  const second = slot('GetRoutes');
  turns.at(-1)?.();
  await expect(second).resolves.toBeUndefined();
  await fail(failing('CLOUD_FAILED', 'GetRoutes'));
  await expect(slot('GetRoutes')).rejects.toMatchObject({ code: 'CLOUD_FAILED' });
});
