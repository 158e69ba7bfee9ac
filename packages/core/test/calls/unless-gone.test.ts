import { describe, expect, it } from 'vitest';
import { CloudError, unlessGone } from '../../src/index.js';

const failing = (error: Error): Promise<string> => Promise.reject(error);
const refused = (code: 'NOT_FOUND' | 'PERMISSION_DENIED'): Error =>
  new CloudError(code, 'the cloud answered so', { operation: 'GetVpcLink' });

describe('unlessGone', () => {
  it('gives the answer, and undefined for what does not exist', async () => {
    expect(await unlessGone(Promise.resolve('here'))).toBe('here');
    expect(await unlessGone(failing(refused('NOT_FOUND')))).toBeUndefined();
  });
  it.each<[string, Error]>([
    ['what may not be read may be there', refused('PERMISSION_DENIED')],
    ['an error of somebody else says nothing of ours', Object.assign(new Error('404'), { code: 'NOT_FOUND' })],
  ])('passes on what it does not know: %s', async (_, error) => {
    await expect(unlessGone(failing(error))).rejects.toBe(error);
  });
});
