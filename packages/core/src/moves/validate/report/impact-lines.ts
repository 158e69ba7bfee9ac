import type { Impact, ImpactEntry } from '../migration.js';

/** Lists of the cloud; the other forms are for lists outside the cloud. */
const LISTS: ReadonlySet<ImpactEntry['form']> = new Set(['security-group', 'access-control-list', 'network-acl']);

/** The entries for lists of the cloud. */
export function listEntriesOf({ entries }: Impact): readonly ImpactEntry[] {
  return entries.filter(({ form }) => LISTS.has(form));
}

/** The entries for all other lists. */
export function otherEntriesOf({ entries }: Impact): readonly ImpactEntry[] {
  return entries.filter(({ form }) => !LISTS.has(form));
}

/** The text if the cloud's lists need no entry; undefined if they do. */
export function noEntryText(impact: Impact): string | undefined {
  if (listEntriesOf(impact).length > 0) return undefined;
  if (impact.new.length === 0) return 'not known';
  return impact.entries.length === 0
    ? 'nothing'
    : 'nothing to the lists of the cloud; other allowlists need the new CIDR blocks';
}

/** Whether a line changes or removes an entry, and does not add one. */
export function isChange(line: string): boolean {
  return /^(?:change|remove) /.test(line);
}
