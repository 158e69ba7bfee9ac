import type { Clouds } from '../kinds/cloud/clouds.js';
import type { ReadingTime } from '../../ground/clocks/cloud-time.js';
import { placeKey } from '../model/traits.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import { cloudTimeOf } from '../world/derived.js';
import type { PlanOptions } from './plan.js';

/** The reason in plans of `destroy`. Other specs of the project keep their resources. */
export const SPEC_REMOVED = 'this spec is removed';

/** For whom a plan is made, and what it may do. */
export interface PlanScope {
  readonly project: string;
  readonly clouds: Clouds;
  /** The identity of the spec. */
  readonly spec: string;
  /** See `PlanOptions.prune`. */
  readonly prune?: boolean | undefined;
  /** Only a part of the spec is planned: what belongs to the rest is not changed (`PlanOptions.only`). */
  readonly isPart?: boolean | undefined;
  /** Names that are declared in a region that could not be read; see `mayDelete`. */
  readonly held?: ReadonlySet<string> | undefined;
  /** Why managed resources are deleted or released, as text. */
  readonly reason: 'it is managed by this project and not declared' | typeof SPEC_REMOVED | 'it is forgotten';
  /** Whether every gateway of every region was read. */
  readonly all: boolean;
  /** Which links that cost money to recreate are deleted as well; see `PlanOptions.deleteInstances`. */
  readonly deleteInstances?: PlanOptions['deleteInstances'];
  /** ISO 8601: the time of the snapshot. */
  readonly takenAt: string;
  /** The time of the snapshot, see `cloudTimeOf`. */
  readonly cloudMs: number;
}

export function planScope({
  snapshot,
  scope,
  ...given
}: Omit<PlanScope, 'all' | 'takenAt' | 'cloudMs'> & {
  readonly snapshot: ReadingTime;
  readonly scope?: 'all' | undefined;
}): PlanScope {
  return { ...given, all: scope === 'all', takenAt: snapshot.takenAt, cloudMs: cloudTimeOf(snapshot) };
}

/** Why the users of a link or a target cannot be determined. */
export interface UnreadGateways {
  /** As text: gateways were not read, or could not be. */
  readonly text: string;
  /** The region, by `placeKey`, where gateways were only outside of the scope, so that they can be read. */
  readonly readable?: string | undefined;
}

/** The gateways of a region that were not read; undefined where all were. */
export function unreadGateways({ all }: PlanScope, region: RegionSnapshot): UnreadGateways | undefined {
  const gap = region.gaps.find(({ of }) => of === undefined || of === 'gateways');
  if (gap !== undefined) return { text: `${gap.what} could not be read` };
  if (all || region.whole?.includes('gateways') === true) return undefined;

  return { text: 'other gateways were not read', readable: placeKey(region) };
}
