import type { RunMistake } from './run-mistake.js';

/** In what moves gateways. */
export const MOVES: readonly RunMistake[] = [
  {
    what: 'a command of a move goes on without the lock of its journal',
    scenario: 'aws move: two routes of one integration',
    events: ['twin'],
    file: 'core/src/do/apply/under-lock.ts',
    from: 'const lock = await takeLock(afterLateWrites(journal, { context, hear }), what, signal);',
    to: 'const lock = await takeLock(afterLateWrites(journal, { context, hear }), what, signal).catch(() => ({ release: async () => undefined }));',
  },
];
