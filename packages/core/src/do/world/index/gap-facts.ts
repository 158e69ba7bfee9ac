import { resourceEntries, RESOURCES } from '../../snapshot/resources/resources.js';
import type { Gap, RegionSnapshot, SnapshotList } from '../../snapshot/snapshot.js';
import type { Missing, RegionIndex } from '../views.js';
import { wasAsked } from './look-up.js';
import { addTo } from '../../../ground/grouped.js';
import { entryOf } from '../../../ground/json.js';

/** What helps where a plan leaves a value open; reports of plans have the words of their tool. */
export const OPEN_VALUE_REMEDY = 'Write the value in the configuration, or run the check again after the apply.';
/** By the operation of a gap of a plan: a value that is written later, or what a service does later by itself. */
const OF_PLANS: Readonly<Record<string, string>> = {
  'the plan': OPEN_VALUE_REMEDY,
  'the deployment': 'Run the check again over the live network when the deployment has registered its targets.',
};

/** Whether a gap is of a plan that was laid over the snapshot, and no read of a cloud. */
export function isOfPlan({ operation }: Pick<Gap, 'operation'>): boolean {
  return entryOf(OF_PLANS, operation) !== undefined;
}

/**
 * The lists that contain by contract what was in scope: a resource missing from one of them does not exist. A
 * resource missing from a network list may only not have been read, unless the list is whole.
 */
const NAMED: ReadonlySet<SnapshotList> = new Set<SnapshotList>([
  ...resourceEntries().flatMap(([name, { holds }]) => (holds === 'scope' ? [name] : [])),
  'quotas',
]);

const TAKE_AGAIN =
  'Take the snapshot again with `postern snapshot` or `postern check`: both read what the checks need.';

function wordsOf(list: SnapshotList): { readonly one: string; readonly all: string } {
  return list === 'quotas' ? { one: 'quota', all: 'quotas' } : RESOURCES[list].unread;
}

/** `security group sg-1`; without an id `security groups of eu-west-1`. */
function whatText(region: RegionSnapshot, list: SnapshotList, id: string | undefined): string {
  const { one, all } = wordsOf(list);
  return id === undefined ? `the ${all} of ${region.region}` : `${one} ${id} of ${region.region}`;
}

/**
 * Returns why a list may be incomplete; with an ID, why it may lack that one resource. Undefined where no gap
 * affects it.
 */
export type GapFacts = (list: SnapshotList, id?: string) => Missing | undefined;

/**
 * The facts about a region's gaps, sorted once by list and ID: a snapshot may have thousands of gaps, and checks may
 * ask as often. The first gap gives the message. The remedy names all permissions that would fill gaps of the list.
 */
export function gapFacts(region: RegionSnapshot): GapFacts {
  const everywhere: Gap[] = [];
  const whole = new Map<SnapshotList, [Gap, ...Gap[]]>();
  const single = new Map<string, [Gap, ...Gap[]]>();
  for (const gap of region.gaps) {
    if (gap.of === undefined) everywhere.push(gap);
    else addTo(whole, gap.of, gap);
    if (gap.of !== undefined && gap.id !== undefined) addTo(single, `${gap.of} ${gap.id}`, gap);
  }
  const general = new Map([...whole].map(([list, gaps]) => [list, gaps.filter(({ id }) => id === undefined)]));
  const memo = new Map<string, Missing | undefined>();
  const factOf = (list: SnapshotList, id: string | undefined): Missing | undefined => {
    const others = everywhere.filter((gap) => gap.id === undefined || id === undefined || gap.id === id);
    const gaps =
      id === undefined
        ? [...(whole.get(list) ?? []), ...others]
        : [...(single.get(`${list} ${id}`) ?? []), ...(general.get(list) ?? []), ...others];
    const [first] = gaps;
    if (first === undefined) return undefined;

    const permissions = [...new Set(gaps.flatMap(({ permission }) => (permission === undefined ? [] : [permission])))];
    return {
      what: first.of === undefined ? whatText(region, list, id) : first.what,
      remedy:
        entryOf(OF_PLANS, first.operation) ??
        (permissions.length === 0
          ? `Run the check again, with a new snapshot where it reads one: ${first.operation} returned ${first.code}.`
          : `Allow ${permissions.join(' and ')} for these credentials, then run the check again, with a new snapshot where it reads one.`),
      permission: permissions[0],
      permissions,
      failed: true,
      gap: first,
    };
  };
  return (list, id) => {
    if (everywhere.length === 0 && !whole.has(list)) return undefined;

    const key = id === undefined ? list : `${list} ${id}`;
    if (!memo.has(key)) memo.set(key, factOf(list, id));
    return memo.get(key);
  };
}

/**
 * Why a read of a list, or of one resource in it, was refused or failed; `otherwise` where none was: it was
 * not in scope, or the cloud does not report it. A refused read needs a permission, not another snapshot.
 */
export function refusedOr(
  { missing }: Pick<RegionIndex, 'missing'>,
  list: SnapshotList,
  id: string | undefined,
  otherwise: Missing,
): Missing {
  const gap = missing(list, id);
  return gap?.failed === true ? gap : otherwise;
}

/**
 * The fact that `list` was not read at all, or not for this resource: undefined where a missing resource
 * certainly does not exist.
 */
export function unreadFact(region: RegionSnapshot, list: SnapshotList, id?: string): Missing | undefined {
  if (region[list] !== undefined && (NAMED.has(list) || region.whole?.includes(list) === true)) return undefined;
  if (id !== undefined && wasAsked(region, list, id)) return undefined;

  return { what: whatText(region, list, id), remedy: TAKE_AGAIN };
}

/** The fact that a list is incomplete for its kind in the region: undefined where it is known to be complete. */
export function partFact(region: RegionSnapshot, list: SnapshotList): Missing | undefined {
  if (region[list] !== undefined && region.whole?.includes(list) === true) return undefined;

  return { what: `all ${wordsOf(list).all} of ${region.region}`, remedy: TAKE_AGAIN };
}
