import { describe, expect, it } from 'vitest';
import { methodsOnFirstCall } from '../../../src/do/adapter/methods-on-first-call.js';
import type { AllowlistMethods, LinkMethods } from '../../../src/do/adapter/driver-of.js';
import { createContext } from '../../../src/do/context.js';

const ctx = createContext();

describe('methods that are loaded with the first call', () => {
  it('are those that every adapter has, and the optional ones that are named', () => {
    const never = (): Promise<never> => Promise.reject(new Error('loaded'));
    expect(Object.keys(methodsOnFirstCall('links', never)).toSorted()).toEqual([
      'create',
      'delete',
      'find',
      'rename',
      'statuses',
      'tag',
    ]);
    expect(methodsOnFirstCall('links', never, ['untag'])).toHaveProperty('untag');
    expect(methodsOnFirstCall('allowlist', never, ['mark'])).not.toHaveProperty('resources');
  });

  it('pass arguments and answers on', async () => {
    const tagged: unknown[] = [];
    const links = { tag: async (...args: unknown[]) => void tagged.push(...args) } as unknown as LinkMethods;
    await methodsOnFirstCall('links', async () => links).tag('l-1', { a: 'b' }, ctx);
    expect(tagged).toEqual(['l-1', { a: 'b' }, ctx]);

    const allowlist = { read: async (id: string) => ({ linkId: id }) } as unknown as AllowlistMethods;
    expect(await methodsOnFirstCall('allowlist', async () => allowlist).read('l-2', ctx)).toEqual({ linkId: 'l-2' });
  });
});
