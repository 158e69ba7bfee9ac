import { expect, it } from 'vitest';
import { jsonService, type SendToService } from '../../../src/do/adapter/json-service.js';
import { createContext } from '../../../src/do/context.js';

const ctx = createContext();

/** The calls of a service that answers so. */
function service(send: SendToService) {
  return jsonService({
    provider: 'tunnel',
    account: 'a',
    region: 'r',
    service: 'tunnels',
    send,
    kindOf: (operation) => (operation.startsWith('List') ? 'read' : 'create'),
    codes: { Denied: 'PERMISSION_DENIED', Gone: 'NOT_FOUND' },
    permission: ({ operation }) => `tunnels:${operation}`,
  });
}

it.each<[string, number, string, object]>([
  ['a code of the table', 404, '{"code":"Gone","message":"no t-1"}', { code: 'NOT_FOUND', nativeCode: 'Gone' }],
  ['a denied call', 403, '{"code":"Denied"}', { details: { permission: 'tunnels:Create' } }],
  ['a code that no table has', 400, '{"code":"Odd"}', { code: 'CLOUD_REFUSED', outcomeUnknown: false }],
  ['a failure of the service', 500, '{}', { code: 'CLOUD_FAILED', outcomeUnknown: true, retryable: true }],
  ['a refusal without a code', 400, '{}', { code: 'BAD_RESPONSE', outcomeUnknown: true }],
  ['the page of a proxy', 502, '<html>Bad gateway</html>', { code: 'CLOUD_FAILED', status: 502, retryable: true }],
  ['a throttled call without a code', 429, 'slow down', { code: 'THROTTLED', retryable: true }],
  ['an answer that is no object', 200, 'null', { code: 'BAD_RESPONSE', outcomeUnknown: true }],
  ['half an answer', 200, '{"id":', { code: 'BAD_RESPONSE', outcomeUnknown: true }],
])('makes an error of %s', async (_, status, text, error) => {
  const { api } = service(() => Promise.resolve({ status, text }));
  await expect(api(ctx, 'Create')).rejects.toMatchObject({ operation: 'Create', ...error });
});

it('takes an answer without a text as done', async () => {
  const { api } = service(() => Promise.resolve({ status: 204, text: '' }));
  expect(await api(ctx, 'Delete')).toEqual({});
});

it('does not know the outcome of a write whose connection broke', async () => {
  const broken = Object.assign(new Error('the connection broke'), { code: 'ECONNRESET' });
  await expect(service(() => Promise.reject(broken)).api(ctx, 'Create')).rejects.toMatchObject({
    cause: broken,
    outcomeUnknown: true,
  });
});

it('reads a list to its end, with the input on each page', async () => {
  const inputs: object[] = [];
  const { list } = service((_, input) => {
    inputs.push(input);
    return Promise.resolve({ status: 200, text: inputs.length === 1 ? '{"items":[1],"next":"p"}' : '{"items":[2]}' });
  });
  expect(await list(ctx, 'List', { router: 'r' })).toEqual([1, 2]);
  expect(inputs).toEqual([{ router: 'r' }, { router: 'r', token: 'p' }]);
});

it('ends a call by the signal of the context', async () => {
  const ending = new AbortController();
  const signals: (AbortSignal | undefined)[] = [];
  const { api } = service((_, __, signal) => {
    signals.push(signal);
    ending.abort();
    return new Promise((_resolve, reject) => void signal?.addEventListener('abort', () => reject(new Error('ended'))));
  });
  await expect(api({ ...ctx, signal: ending.signal }, 'Create')).rejects.toMatchObject({ code: 'ABORTED' });
  expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
});
