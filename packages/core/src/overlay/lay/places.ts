import { namesReplaced } from '../../ground/text/names-in-text.js';
import { emptyRegion } from '../../do/snapshot/snapshot-form.js';
import { SNAPSHOT_VERSION, type RegionSnapshot, type Snapshot } from '../../do/snapshot/snapshot.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import type { PlanSet } from '../rows/plan-set.js';

/** Where resources are whose provider does not say it. */
export interface DefaultPlace {
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}

/** What a plan is laid over where no network is given: nothing. */
export function emptyBase({ timestamp }: ToolPlan): Snapshot {
  return { version: SNAPSHOT_VERSION, takenAt: timestamp ?? '1970-01-01T00:00:00.000Z', regions: [] };
}

/** The region of a snapshot that resources are laid over: an empty one where the snapshot has none. */
export function baseRegion(
  base: Snapshot,
  provider: string,
  region: string,
  account: string | undefined,
): RegionSnapshot | undefined {
  const matchingRegions = base.regions.filter((one) => one.provider === provider && one.region === region);
  const fitting = account === undefined ? matchingRegions : matchingRegions.filter((one) => one.account === account);
  if (fitting.length > 1) return undefined;

  return fitting[0] ?? emptyRegion({ provider, region, account: account ?? UNKNOWN_ACCOUNT });
}

/** The account of a region that no snapshot shows. It is part of ARNs that do not exist yet. */
export const UNKNOWN_ACCOUNT = '000000000000';

/** A region of a cloud that has resources of a document. */
export interface PlanPlace {
  readonly provider: string;
  readonly region: string;
}

/** The regions of a plan's resources that can be laid: what a base has to show. */
export function placesOf(plan: ToolPlan, fallback: string | undefined, set: PlanSet): readonly PlanPlace[] {
  const { instances, regionOf, likelyRegion } = plan;
  const places = new Map<string, PlanPlace>();
  for (const instance of instances) {
    const provider = set.of(instance.type)?.cloud.name;
    if (instance.mode === 'data' || provider === undefined) continue;

    const region = regionOf(instance) ?? fallback ?? likelyRegion;
    if (region !== undefined) places.set(`${provider} ${region}`, { provider, region });
  }
  return [...places.values()];
}

/** The region of a provider in a snapshot, where it has one alone. */
export function onlyRegion(base: Snapshot, provider: string): string | undefined {
  const regions = new Set(base.regions.filter((one) => one.provider === provider).map(({ region }) => region));
  return regions.size === 1 ? [...regions][0] : undefined;
}

/** What a plan made up, and what it only names: see `Laid`. */
interface RenamedIn {
  readonly symbols: ReadonlyMap<string, string>;
  readonly words: ReadonlySet<string>;
}

/**
 * Replaces IDs that were made up for what does not exist yet by its addresses, where an ID is a whole token of a text. A name that a
 * configuration gives is what its reader knows, and may be any word: it stays.
 */
export function renamer({ symbols, words }: RenamedIn): (text: string) => string {
  const ids = new Map([...symbols].flatMap(([id, of]) => (words.has(id) ? [] : [[String(id), of] as const])));
  return namesReplaced(ids, (id, before, after) =>
    isAddress(id)
      ? !/[\d.]$/.test(before) && !/^(?:[\d/]|\.\d)/.test(after)
      : !/[A-Za-z\d]$/.test(before) && !/^[A-Za-z\d]/.test(after),
  );
}

/** An address is a part of longer ones, and of blocks. */
function isAddress(id: string): boolean {
  return /^[\d.]+$/.test(id);
}

/** Regions in the order of the base, new ones last. */
export function inOrder(base: Snapshot, regions: readonly RegionSnapshot[]): readonly RegionSnapshot[] {
  const at = ({ provider, region, account }: RegionSnapshot): number => {
    const found = base.regions.findIndex(
      (one) => one.provider === provider && one.region === region && one.account === account,
    );
    return found < 0 ? base.regions.length : found;
  };
  return regions.toSorted((a, b) => at(a) - at(b));
}

/** What a state is called where it is judged without a plan. */
const STATE = 'the state';

/** That the base lacks what the state has. */
export function missingNote(missing: readonly string[], plan: string): string {
  const [first = '', ...others] = missing;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${first}${more}: in ${plan === STATE ? plan : `the state of ${plan}`} and not in the snapshot, so the state is used. The snapshot may be older, or of another account`;
}
