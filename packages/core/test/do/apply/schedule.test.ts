import { describe, it, expect } from 'vitest';
import type { Unit } from '../../../src/do/plan/plan.js';
import { type UnitResult, schedule } from '../../../src/do/apply/run.js';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the units of a plan', () => {
  const unit = (id: string): Unit => ({
    id,
    kind: 'link',
    name: id,
    provider: 'aws',
    region: 'eu',
    account: '1',
    dependsOn: [],
    steps: [],
  });
  const result = (done: number): UnitResult => ({ done, failed: 0, skipped: 0, links: [] });

  it('begin at once; each may wait for those before it', async () => {
    const log: string[] = [];
    const results = await schedule([unit('a'), unit('b')], async ({ id }, resultOf) => {
      log.push(id);
      return id === 'a' ? result(1) : result((await resultOf('a')).done + 1);
    });
    expect(log).toEqual(['a', 'b']);
    expect([...results]).toEqual([
      ['a', result(1)],
      ['b', result(2)],
    ]);
    const unknown = schedule([unit('a')], (_, resultOf) => resultOf('x'));
    await expect(unknown).rejects.toThrow('unit x is not in the plan');
  });

  it('all end before the first rejection is reported', async () => {
    const log: string[] = [];
    const running = schedule([unit('a'), unit('b')], async ({ id }) => {
      if (id === 'a') throw new Error('broken');
      await settled();
      log.push('b ended');
      return result(1);
    });
    await expect(running).rejects.toThrow('broken');
    expect(log).toEqual(['b ended']);
  });
});
