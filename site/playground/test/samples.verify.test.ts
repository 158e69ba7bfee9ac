import { describe, expect, it } from 'vitest';
import { readSamples } from '../samples/read-samples.mjs';

describe('the samples', () => {
  it('are what the simulated clouds give today', async () => {
    const { makeSamples } = await import('../samples/make.js');
    const read = new Map(readSamples().map((one) => [one.id, one]));
    for (const made of await makeSamples()) {
      const own = Object.fromEntries(Object.entries(made).filter(([, text]) => text !== ''));
      expect(read.get(made.id), made.id).toMatchObject(own);
    }
  });
});
