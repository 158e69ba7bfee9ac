import { describe, expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import { killEverywhere } from './kill-everywhere.js';
import { movingShop } from './scene.js';

describe('a process of a return that is killed', () => {
  it.each(sample(['before', 'after'], 2))('%s each write is continued to the same end', async (when) => {
    const { kills, ends } = await killEverywhere('rollback', when);
    expect(kills).toBeGreaterThanOrEqual(5);
    expect(ends).toHaveLength(1);
    const { from, egress } = await movingShop();
    expect(JSON.parse(ends[0] ?? '')).toMatchObject({
      state: 'rolled-back',
      lost: { lost: 0, first: null },
      on: from,
      rules: [egress],
      blocks: '["10.0.1.0/24","10.0.2.0/24"]',
    });
  });
});
