import type { AllowEntry } from '../../model/allowlist.js';
import { coversEntry, fullerFamily, MAX_ALLOW_ENTRIES } from '../../allowlist/allow-entries.js';
import { readWhole, type PlanPart } from '../plan-part.js';
import { unreadGateways, type PlanScope } from '../plan-scope.js';
import type { RouteChanges } from '../route-changes.js';
import { type CrowdedList, type LinkPlan, sharingGroup } from './link-plan.js';
import { linkUsers } from './link-users.js';
import type { Problems } from '../../world/resolve/problems.js';

/**
 * The entries that are removed before the `missing` ones are added. None where all fit together. Those that a
 * remaining entry covers where that frees enough space. Otherwise all.
 */
export function revokedFirst(
  there: readonly AllowEntry[],
  missing: readonly AllowEntry[],
  extra: readonly AllowEntry[],
): readonly AllowEntry[] {
  if (missing.length === 0 || overflow(there, missing, []) === 0) return [];
  const staying = there.filter((entry) => !extra.includes(entry));
  const covered = extra.filter((entry) => staying.some((one) => coversEntry(one, entry)));
  return overflow(there, missing, covered) === 0 ? covered : extra;
}

/** How crowded a list is; undefined where nothing but what others cover leaves before the new entries are added. */
export function crowdedList(
  there: readonly AllowEntry[],
  missing: readonly AllowEntry[],
  first: readonly AllowEntry[],
): CrowdedList | undefined {
  const rest = there.filter((entry) => !first.includes(entry));
  const covered = first.filter((entry) => rest.some((one) => coversEntry(one, entry)));
  const over = first.length === 0 ? 0 : overflow(there, missing, covered);
  return over === 0 ? undefined : { there: fullerFamily(there).length, over };
}

/** The number of rules above a group's limit if `missing` were added after the removal of `gone`. */
function overflow(there: readonly AllowEntry[], missing: readonly AllowEntry[], gone: readonly AllowEntry[]): number {
  const both = [...there.filter((entry) => !gone.includes(entry)), ...missing];
  return Math.max(0, fullerFamily(both).length - MAX_ALLOW_ENTRIES);
}

/**
 * Refuses to free space in a group by removing rules that calls may need: those of a link with a live route,
 * or with a stage that may still serve one. Returns the regions whose gateways have to be read first.
 */
export function refuseCrowded(
  scope: PlanScope,
  changes: RouteChanges,
  links: ReadonlyMap<string, LinkPlan>,
  problems: Problems,
): Pick<PlanPart, 'unread'> {
  const readable: string[] = [];
  for (const { resolved: link, current, crowded, allowlistId } of links.values()) {
    if (current === undefined || crowded === undefined) continue;
    const [user] = sharingGroup(link.region, current).flatMap((one) => linkUsers(scope, changes, link.region, one));
    const unread = unreadGateways(scope, link.region);
    readable.push(...readWhole(unread).unread);
    const because = user?.text ?? (unread?.readable === undefined ? unread?.text : undefined);
    if (because === undefined) continue;
    const { there, over } = crowded;
    problems.add(
      'ALLOWLIST_FULL',
      `links.${link.name}.allowlist`,
      `security group ${allowlistId ?? ''} of link ${current.id} has ${there} rules and holds ${MAX_ALLOW_ENTRIES}: ${over} of the new rules do not fit before the old ones are removed, and ${because}`,
      {
        remedy: `Leave ${over} of the new rules out of the allowlist and apply: that removes the old rules last. Then add them and apply again.`,
        details: { there, over, limit: MAX_ALLOW_ENTRIES },
      },
    );
  }
  return { unread: readable };
}
