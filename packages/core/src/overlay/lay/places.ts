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

/** Replaces IDs that do not exist yet by the addresses of what they are for. */
export function renamer(symbols: ReadonlyMap<string, string>): (text: string) => string {
  if (symbols.size === 0) return (text) => text;
  const ids = [...symbols.keys()].toSorted((a, b) => b.length - a.length);
  const escaped = ids.map((id) => {
    const text = id.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    return isAddress(id) ? String.raw`(?<![\d.])${text}(?![\d/]|\.\d)` : text;
  });
  const form = new RegExp(escaped.join('|'), 'g');
  // Inside of JSON a quote of an address is escaped; texts without quotes are the same in both.
  return (text) => {
    const isJson = text.startsWith('{');
    return text.replace(form, (id) => {
      const address = symbols.get(id) ?? id;
      return isJson ? JSON.stringify(address).slice(1, -1) : address;
    });
  };
}

/** An address is a part of longer ones, and of blocks. */
function isAddress(id: string): boolean {
  return /^[\d.]+$/.test(id);
}
