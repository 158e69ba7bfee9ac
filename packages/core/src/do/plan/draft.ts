import { cloudTimeOf } from '../world/snapshot-time.js';
import type { ReadingTime } from '../../ground/clocks/cloud-time.js';
import type { Gateway } from '../model/gateway.js';
import { placeKey } from '../model/product.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import type { PlanOptions } from './plan.js';
import type { UnitList } from './unit-list.js';
import { unitList } from './unit-list.js';

/** The reason in plans of `destroy`. Other specs of the project keep their resources. */
export const SPEC_REMOVED = 'this spec is removed';

/** What a plan writes down while it grows. */
export interface Draft {
  readonly project: string;
  /** The identity of the spec, where it has one. */
  readonly spec?: string | undefined;
  /** See `PlanOptions.prune`. */
  readonly prune?: boolean | undefined;
  /** Only a part of the spec is planned: what belongs to the rest is not changed (`PlanOptions.only`). */
  readonly isPart?: boolean | undefined;
  /** Names that are declared in a region that could not be read; see `mayDelete`. */
  readonly held?: ReadonlySet<string> | undefined;
  /** Why managed resources are deleted or released, as text. */
  readonly reason: 'it is managed by this project and not declared' | typeof SPEC_REMOVED | 'it is released';
  readonly units: UnitList;
  readonly notes: string[];
  /** IDs of routes, with their gateway's, that are moved off their current link: by unit. */
  readonly leaving: Map<string, string>;
  /**
   * Routes that leave and are published one by one: the stages that show the current version of each after the
   * plan; by the same keys.
   */
  readonly publishing: Map<string, readonly string[] | undefined>;
  /** Routes that are deleted, with all that is published of them; by the same keys. */
  readonly unpublished: Set<string>;
  /** Stages that the plan deploys, with their gateway's unit. */
  readonly deploying: Set<string>;
  /** By gateway's unit: the mark of a stage that needs no deployment, because nothing of that gateway changes. */
  readonly shown: Map<string, string>;
  /** Regions where something is kept only because not all gateways were read, by `placeKey`. */
  readonly unread: Set<string>;
  /** Regions where a target is deleted or kept without knowing what stages serve (`Gateway.uses`), by `placeKey`. */
  readonly unreadUses: Set<string>;
  /** Regions where an allowlist loses entries, by `placeKey`: what its targets need must be known. */
  readonly narrowing: Set<string>;
  /** Whether every gateway of every region was read. */
  readonly all: boolean;
  /** Which links that cost money to recreate are deleted as well; see `PlanOptions.deleteInstances`. */
  readonly deleteInstances?: PlanOptions['deleteInstances'];
  /** ISO 8601: the time of the snapshot. */
  readonly takenAt: string;
  /** The time of the snapshot, see `cloudTimeOf`. */
  readonly cloudMs: number;
}

/** An empty draft. */
export function emptyDraft(
  given: Pick<Draft, 'project' | 'spec' | 'prune' | 'isPart' | 'held' | 'reason' | 'deleteInstances'> & {
    readonly snapshot: ReadingTime;
    readonly scope?: 'all' | undefined;
  },
): Draft {
  const { project, spec, prune, isPart, held, reason, deleteInstances, snapshot, scope } = given;
  return {
    project,
    spec,
    prune,
    isPart,
    held,
    reason,
    units: unitList(),
    notes: [],
    leaving: new Map(),
    publishing: new Map(),
    unpublished: new Set(),
    deploying: new Set(),
    shown: new Map(),
    unread: new Set(),
    unreadUses: new Set(),
    narrowing: new Set(),
    all: scope === 'all',
    deleteInstances,
    takenAt: snapshot.takenAt,
    cloudMs: cloudTimeOf(snapshot),
  };
}

/**
 * Why the users of a link or a target cannot be determined: gateways that were not read, or could not be.
 * Undefined where all were. A region whose other gateways were only outside of the scope is recorded, so that
 * they can be read.
 */
export function unreadGateways(draft: Draft, region: RegionSnapshot): string | undefined {
  const gap = region.gaps.find(({ of }) => of === undefined || of === 'gateways');
  if (gap !== undefined) return `${gap.what} could not be read`;
  if (draft.all || region.whole?.includes('gateways') === true) return undefined;
  draft.unread.add(placeKey(region));
  return 'other gateways were not read';
}

/** What a route is known by in `Draft.leaving`. */
export function routeKeyOf(gateway: Gateway, routeId: string): string {
  return `${gateway.id} ${routeId}`;
}
