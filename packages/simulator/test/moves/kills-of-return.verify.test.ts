import { expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import { killEverywhere } from './kill-everywhere.js';
import { movingShop } from './scene.js';

it.each(
  sample(
    [
      ['a return', 'before', false],
      ['a return', 'after', false],
      ['a run', 'after', true],
    ],
    2,
  ),
)(
  'a process that is killed: of %s %s each write ends as before the move; its last record is lost: %s',
  async (does, when, isCut) => {
    const { kills, ends } = await killEverywhere(does === 'a run' ? 'run' : 'rollback', when, isCut);
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
  },
);
