import type { Step } from '../plan.js';

/** What a step does, in the words of a summary: `2 to create`. */
export type Goal = 'create' | 'replace' | 'change' | 'deploy' | 'delete';

/** In the order of a summary. */
export const GOALS: readonly Goal[] = ['create', 'replace', 'change', 'deploy', 'delete'];

/** The goal of a step. */
export function goalOf(kind: Step['kind']): Goal {
  return kind === 'create' || kind === 'replace' || kind === 'deploy' || kind === 'delete' ? kind : 'change';
}
