import type { AnyScenario } from '../../src/internal/harness.js';

/** A scenario whose clocks are right: a machine whose clock is off makes other calls, so recorded traces would meet something else. */
export function onTime<S extends AnyScenario>(scenario: S): S {
  return { ...scenario, clockOffsetsMs: Array.from({ length: 100 }, () => 0) };
}
