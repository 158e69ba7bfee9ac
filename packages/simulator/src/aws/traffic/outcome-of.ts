import type { Outcome } from '../../simulation/traffic/outcomes.js';
import type { Decider } from '../connects/connection.js';

const OUTCOMES: Partial<Record<Decider, Outcome>> = {
  listener: 'no-listener',
  'listener-rule': 'no-listener',
  'target-health': 'no-healthy-target',
  zone: 'no-healthy-target',
};

/** The outcome of a call that something stops on its way. */
export function outcomeOf(by: Decider): Outcome {
  return OUTCOMES[by] ?? 'unreachable';
}
