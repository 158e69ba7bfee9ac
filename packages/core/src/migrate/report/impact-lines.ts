import type { Impact, ImpactEntry } from '../migration.js';

/** Lists of the cloud; the other forms are for lists that it does not know. */
const LISTS: ReadonlySet<ImpactEntry['form']> = new Set(['security-group', 'access-control-list', 'network-acl']);

/** The entries for lists of the cloud's own. */
export function listEntriesOf({ entries }: Impact): readonly ImpactEntry[] {
  return entries.filter(({ form }) => LISTS.has(form));
}

/** The entries for all other lists. */
export function otherEntriesOf({ entries }: Impact): readonly ImpactEntry[] {
  return entries.filter(({ form }) => !LISTS.has(form));
}

/** What to say where the cloud's own lists need no entry; undefined where they do. */
export function noEntryText(impact: Impact): string | undefined {
  if (listEntriesOf(impact).length > 0) return undefined;
  if (impact.new.length === 0) return 'not known';
  return impact.entries.length === 0
    ? 'nothing'
    : 'nothing to the lists that the cloud knows; others need the new blocks';
}

/** Whether a line is no entry to add but one to change, or to take out. */
export function isChange(line: string): boolean {
  return /^(?:change|remove) /.test(line);
}
