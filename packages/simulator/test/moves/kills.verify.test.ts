import { expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import { killEverywhere } from './kill-everywhere.js';
import { movingShop } from './scene.js';

it.each(sample(['before', 'after'], 2))(
  'a process of a move that is killed: %s each write is continued by the same command, to the same end',
  async (when) => {
    const { kills, ends } = await killEverywhere('run', when);
    expect(kills).toBeGreaterThanOrEqual(6);
    expect(ends).toHaveLength(1);
    const { to, egress } = await movingShop();
    expect(JSON.parse(ends[0] ?? '')).toMatchObject({
      state: 'draining',
      lost: { lost: 0, first: null },
      on: to,
      rules: ['10.0.1.0/24', '10.0.2.0/24', egress],
    });
  },
);
