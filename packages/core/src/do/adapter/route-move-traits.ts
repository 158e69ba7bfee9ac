import type { MoveTraits } from '../move-driver.js';

/** The operations of an adapter that read and change routes, for plans of moves. */
export interface RouteOperations {
  readonly reads: readonly string[];
  readonly changes: readonly string[];
}

/** How moves by `routeMoves` behave. Callers see a change at once. */
export function routeMoveTraits({ reads, changes }: RouteOperations): MoveTraits {
  return {
    canary: false,
    showsMoving: false,
    pollMs: 1_000,
    timeoutMs: 60_000,
    takesEffectMs: 0,
    verifies: 'routes',
    calls: { capture: reads, prepare: [], shift: [...reads, ...changes], where: reads, settle: [], verify: reads },
  };
}
