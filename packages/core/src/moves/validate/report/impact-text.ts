import { counted } from '../../../ground/text/quantities.js';
import type { blockersOf } from '../accept.js';
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

/** `2 errors, and 1 undecided; to accept it: --accept-unknown path/security-group`. */
export function countText(stops: ReturnType<typeof blockersOf>): string {
  const failed = stops.filter(({ verdict }) => verdict === 'fail').length;
  const unknown = stops.length - failed;
  const parts = [failed === 0 ? '' : counted(failed, 'error'), unknown === 0 ? '' : `${unknown} undecided`];
  const checks = new Set(stops.flatMap(({ verdict, check }) => (verdict === 'unknown' ? [check] : [])));
  const options = [...checks].map((check) => `--accept-unknown ${check}`).join(' ');
  const accept = unknown === 0 ? '' : `; to accept ${unknown === 1 ? 'it' : 'them'}: ${options}`;
  return `${parts.filter((part) => part !== '').join(', and ')}${accept}`;
}
