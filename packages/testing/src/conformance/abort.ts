import { expect } from 'vitest';
import type { Check } from './check.js';
import { expectRefusal } from './refusal.js';

/** Real milliseconds: how slow a slow answer is, and how soon an abort must be heard. */
const SLOW_MS = 20_000;
const SOON_MS = 5_000;
/** The time after which a call of a warm client has been sent, on a busy machine, too. */
const SENT_MS = 300;

/** Abort: at once, with a correct report of the calls in progress. */
export const abortChecks: readonly Check[] = [
  {
    name: 'calls nothing when it was aborted before',
    run: async (trial) => {
      const ctx = trial.context({ signal: AbortSignal.abort() });
      const before = trial.setup.calls?.() ?? 0;
      await expectRefusal(trial.driver.links.statuses([trial.linkRef(trial.world.missing.linkId)], ctx), 'ABORTED');
      await expectRefusal(
        trial.driver.routes.find(trial.gatewayRef(trial.world.gateway.id), trial.key(0), ctx),
        'ABORTED',
      );
      await expectRefusal(trial.driver.observe({ all: true }, ctx), 'ABORTED');
      if (trial.setup.calls) expect(trial.setup.calls()).toBe(before);
    },
  },
  {
    name: 'is heard in the middle of a slow read',
    needs: ['faults'],
    run: async (trial) => {
      trial.faults.add('list links', { kind: 'slow', ms: SLOW_MS });
      const controller = new AbortController();
      const reading = trial.driver.links.statuses(
        [trial.linkRef(trial.world.missing.linkId)],
        trial.context({ signal: controller.signal }),
      );
      const began = performance.now();
      setTimeout(() => controller.abort(), 50);
      const error = await expectRefusal(reading, 'ABORTED');
      expect(performance.now() - began).toBeLessThan(SOON_MS);
      expect(error.outcomeUnknown ?? false).toBe(false);
    },
  },
  {
    name: 'says that a creation under way may have happened',
    needs: ['faults', 'createsLinks'],
    run: async (trial) => {
      // Clients load what they need with their first call.
      await trial.driver.links.statuses([trial.linkRef(trial.world.missing.linkId)], trial.ctx);
      trial.faults.add('create link', { kind: 'slow', ms: SLOW_MS });
      const controller = new AbortController();
      const creating = trial.driver.links.create(
        trial.linkKind,
        trial.linkRequest(),
        trial.context({ signal: controller.signal }),
      );
      setTimeout(() => controller.abort(), SENT_MS);
      const error = await expectRefusal(creating, 'ABORTED');
      expect(error.outcomeUnknown).toBe(true);
    },
  },
];
