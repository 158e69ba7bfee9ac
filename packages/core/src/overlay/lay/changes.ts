import type { Instance } from '../declared/values.js';
import type { Row } from '../rows/plans-of-cloud.js';
import type { Change } from './laid.js';

/** What the plan does with an instance. Undefined: the plan changes nothing. */
export function changeOf({ actions, deposed, before, after }: Instance): Change | undefined {
  if (deposed) return 'delete';

  const [first, second] = actions;
  if (first === 'delete' && second === 'create') return 'delete and create';
  if (first === 'create' && second === 'delete') return 'create and delete';
  if (actions.includes('create')) return 'create';
  if (actions.includes('delete')) return 'delete';
  if (actions.includes('forget')) return 'forget';

  return actions.includes('update') && before !== undefined && after !== undefined ? 'update' : undefined;
}

/** Whether a change takes what was there away before it adds anything. */
export function removes(change: Change | undefined, { isPart }: Row): boolean {
  return change !== undefined && change !== 'create' && change !== 'forget' && (change !== 'update' || isPart === true);
}
