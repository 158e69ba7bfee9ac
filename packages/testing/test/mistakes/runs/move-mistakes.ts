import type { RunMistake } from './run-mistake.js';

/** In what moves gateways. */
export const MOVES: readonly RunMistake[] = [
  {
    what: 'a command of a move goes on without the lock of its journal',
    scenario: 'aws move: two routes of one integration',
    events: ['twin'],
    file: 'core/src/moves/engine/journaled.ts',
    from: 'const lock = await takeLock(journal, what, signal);',
    to: 'const lock = await takeLock(journal, what, signal).catch(() => ({ release: async () => undefined }));',
  },
  {
    what: 'a drain has ended when the clock of the machine says so',
    scenario: 'aws move: there and back',
    events: ['clock-ahead'],
    // Only the last command waits for a drain that it did not begin, and then removes what calls in flight need.
    after: 0.85,
    file: 'core/src/moves/engine/drain.ts',
    from: 'drainLeftMs(drain, tools.plan, cloudNow(ctx))',
    to: 'drainLeftMs(drain, tools.plan, { earliestMs: ctx.clock.now(), latestMs: ctx.clock.now() })',
  },
];
