import { expect } from 'vitest';
import type { Check } from '../check.js';
import type { FaultPoint } from '../setup.js';
import { applied, failuresOf, planOf, specOf } from './spec-runs.js';

/** One layer retries what is throttled: its attempts are not multiplied by those of another one. */
export const retryChecks: readonly Check[] = [
  {
    name: 'sends a throttled call as often as one layer may, and reports it',
    needs: ['faults', 'subnets', 'createsLinks'],
    run: async (trial) => {
      const { faults, setup } = trial;
      const spec = specOf(trial, 'eu');
      // Each run is stopped by the next call of an apply.
      for (const [point, { code, calls, ms }] of Object.entries(setup.throttled ?? {})) {
        const plan = await planOf(trial, spec);
        const from = faults.sent?.(point as FaultPoint).length;
        faults.add(point as FaultPoint, { kind: 'throttle' });
        expect((await failuresOf(trial, spec, plan))[0], point).toMatchObject({ code });
        faults.clear();
        const sent = faults.sent?.(point as FaultPoint).slice(from) ?? [];
        expect(sent.length, point).toBeGreaterThan(1);
        expect(sent.length, point).toBeLessThanOrEqual(calls);
        expect(Math.max(...sent) - Math.min(...sent), point).toBeLessThanOrEqual(ms);
      }
      await applied(trial, spec);
    },
  },
];
