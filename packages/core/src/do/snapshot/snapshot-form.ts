import { oneOf, optional, strict, value, type Form, type Shape } from '../forms/form.js';
import { sorted } from '../forms/lists.js';
import { moment } from '../forms/resource-values.js';
import { placeKey } from '../model/traits.js';
import { resourceEntries, type RegionLists } from './resources/resources.js';
import { placeShape, readingShape, SNAPSHOT_VERSION, type RegionSnapshot, type Snapshot } from './snapshot.js';

/** The lists, in the order of the table. */
const lists = Object.fromEntries(
  resourceEntries().map(([name, { items, always }]) => [name, always ? items : optional(items)]),
) as Shape<RegionLists>;

const region = strict<RegionSnapshot>()({ ...placeShape, ...lists, ...readingShape });

const regions = sorted(region, ['provider', 'product', 'region', 'account']);

/** Each region once: of two regions with one name it cannot be determined which is meant. */
const places: Form<readonly RegionSnapshot[]> = {
  ...regions,
  check: (given, walk) => {
    regions.check(given, walk);
    if (!Array.isArray(given) || walk.issues.length > 0) return;

    const seen = new Set<string>();
    for (const one of given as readonly RegionSnapshot[]) {
      const key = placeKey(one);
      const { provider, region: name, account } = one;
      if (seen.has(key)) walk.add(`${provider} ${name} of account ${account} stands there twice`);
      seen.add(key);
    }
  },
};

/** The form of a snapshot file, with one entry per account and region. */
export const snapshotForm = strict<Snapshot>()({
  version: value(`version ${SNAPSHOT_VERSION}`, (given) => given === SNAPSHOT_VERSION, { const: SNAPSHOT_VERSION }),
  takenAt: moment,
  clock: optional(oneOf('cloud')),
  scope: optional(oneOf('all')),
  redacted: optional(value<true>('true', (given) => given === true, { const: true })),
  regions: places,
});

/**
 * A region of which nothing was found: the lists that a snapshot always has, and those that `whole` names, are empty. `fields` are its
 * place, and what it has.
 */
export function emptyRegion({
  provider,
  region,
  account,
  ...fields
}: Pick<RegionSnapshot, 'provider' | 'region' | 'account'> & Partial<RegionSnapshot>): RegionSnapshot {
  const always = resourceEntries().flatMap(([name, list]) => (list.always ? [name] : []));
  const whole = (fields.whole ?? []).filter((list) => list !== 'quotas');
  const lists = Object.fromEntries([...always, 'gaps', ...whole].map((list) => [list, []]));
  return { provider, region, account, ...lists, ...fields } as unknown as RegionSnapshot;
}
