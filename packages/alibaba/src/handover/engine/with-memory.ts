import type { JournalRecord } from '@postern/core';
import type { Run } from '@postern/core/plan';
import { isStepOfFound } from '../switch/name-mover.js';
import { BASELINE } from '../switch/switch-stage.js';

/** A run that tells the answers which a later run reads: they are in a journal where there is one. */
export function withMemory(run: Run, remember: (record: JournalRecord) => void): Run {
  return {
    ...run,
    step: async (id, effect, options) => {
      const value = await run.step(id, effect, options);
      if (id === BASELINE || isStepOfFound(id)) {
        remember({ type: 'after', at: '', run: '', unit: run.unit, step: id, value });
      }
      return value;
    },
  };
}
