import { expect, it } from 'vitest';
import { sample } from '../../../../core/test/runs.js';
import { prepare } from '../../../src/internal/harness.js';
import { onTime } from '../on-time.js';
import { HANDOVERS } from './scenarios.js';

/** Each command once, and no event: `prepare` throws where an invariant does not hold. */
it.each(sample(HANDOVERS, 6).map((one) => [one.name, one] as const))(
  'a hand-over without events: %s',
  async (_, scenario) => {
    const { base, built } = await prepare(onTime(scenario));
    // `finish` is refused until the drain has ended, and given again.
    expect(base.runs).toBe('commands' in built ? built.commands.length + 1 : 0);
    // Through all commands, by callers of each kind.
    expect(base.routeCalls).toBeGreaterThan(500);
  },
);
