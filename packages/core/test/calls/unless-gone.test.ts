import { describe, expect, it } from 'vitest';
import { CloudError, unlessGone } from '../../src/index.js';

const failing = (error: unknown): Promise<string> => Promise.reject(error);

describe('unlessGone', () => {
  it('gives the answer, and undefined for what does not exist', async () => {
    expect(await unlessGone(Promise.resolve('here'))).toBe('here');
    expect(await unlessGone(failing(new CloudError('NOT_FOUND', 'no such link', {})))).toBeUndefined();
  });
  it.each([
    [new CloudError('PERMISSION_DENIED', 'not allowed to look', {}), 'what may not be read may be there'],
    [Object.assign(new Error('404'), { code: 'NOT_FOUND' }), 'an error of somebody else says nothing of ours'],
  ])('passes on %s: %s', async (error) => {
    await expect(unlessGone(failing(error))).rejects.toBe(error);
  });
});
