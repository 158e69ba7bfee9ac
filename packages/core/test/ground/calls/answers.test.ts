import { describe, expect, it } from 'vitest';
import { keepAnswers } from '../../../src/ground/calls/answers.js';

describe('keepAnswers', () => {
  it('answers what an earlier part read, and calls for what it did not', async () => {
    const kept = keepAnswers();
    let calls = 0;
    const read = (value: string) => () => {
      calls += 1;
      return Promise.resolve(value);
    };
    expect(await kept.nextPart().to(['ec2', 'describeVpcs', { MaxResults: 5 }], read('first'))).toBe('first');
    const second = kept.nextPart();
    expect(await second.to(['ec2', 'describeVpcs', { MaxResults: 5 }], read('second'))).toBe('first');
    expect(await second.to(['ec2', 'describeVpcs', { MaxResults: 6 }], read('second'))).toBe('second');
    expect(calls).toBe(2);
    expect(await kept.nextPart().to(['ec2', 'describeVpcs', { MaxResults: 6 }], read('third'))).toBe('second');
  });

  it('reads again within one part, and keeps the last answer', async () => {
    const kept = keepAnswers();
    const part = kept.nextPart();
    expect(await part.to(['page 1'], () => Promise.resolve(1))).toBe(1);
    expect(await part.to(['page 1'], () => Promise.resolve(2))).toBe(2);
    expect(await kept.nextPart().to(['page 1'], () => Promise.resolve(3))).toBe(2);
  });

  it('fails again where an earlier part failed', async () => {
    const kept = keepAnswers();
    const refused = () => Promise.reject(new Error('refused'));
    await expect(kept.nextPart().to(['page 1'], refused)).rejects.toThrow('refused');
    await expect(kept.nextPart().to(['page 1'], () => Promise.resolve(1))).rejects.toThrow('refused');
  });
});
