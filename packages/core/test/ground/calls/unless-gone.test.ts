import { expect, it } from 'vitest';
import { CloudError, unlessGone } from '../../../src/internal/adapter.js';

const failing = (error: Error): Promise<string> => Promise.reject(error);
const refused = (code: 'NOT_FOUND' | 'PERMISSION_DENIED'): Error =>
  new CloudError(code, 'the cloud answered so', { operation: 'GetVpcLink' });

it('returns the answer, and undefined for a resource that does not exist', async () => {
  expect(await unlessGone(Promise.resolve('here'))).toBe('here');
  expect(await unlessGone(failing(refused('NOT_FOUND')))).toBeUndefined();
});
it.each<[string, Error]>([
  ['a resource that may not be read may exist', refused('PERMISSION_DENIED')],
  ['an error of other code is not a result of the cloud', Object.assign(new Error('404'), { code: 'NOT_FOUND' })],
])('rethrows other errors: %s', async (_, error) => {
  await expect(unlessGone(failing(error))).rejects.toBe(error);
});
