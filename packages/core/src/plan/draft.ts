import type { Gateway } from '../model/gateway.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import type { UnitList } from './unit-list.js';
import { unitList } from './unit-list.js';

/** What a plan writes down while it grows. */
export interface Draft {
  readonly project: string;
  /** The identity of the spec, where it has one. */
  readonly spec?: string | undefined;
  /** See `PlanOptions.prune`. */
  readonly prune?: boolean | undefined;
  /** Names that are declared in a region that could not be read; see `mayDelete`. */
  readonly held?: ReadonlySet<string> | undefined;
  /** Why what is ours goes, in words. */
  readonly reason: 'it is ours and not declared' | 'the project is removed';
  readonly units: UnitList;
  readonly notes: string[];
  /** Ids of routes, with their gateway's, that leave the link which they lead to: by unit. */
  readonly leaving: Map<string, string>;
  /** Routes that are published one by one: the stages that show one as it is, once the plan has changed it; by the same keys. */
  readonly publishing: Map<string, readonly string[]>;
  /** Routes that are deleted, with all that is published of them; by the same keys. */
  readonly unpublished: Set<string>;
  /** Stages that the plan deploys, with their gateway's unit. */
  readonly deploying: Set<string>;
  /** By gateway's unit: the mark of a stage that needs no deployment, because nothing of that gateway changes. */
  readonly shown: Map<string, string>;
  /** Regions where something is kept only because not all gateways were read. */
  readonly unread: Set<RegionSnapshot>;
  /** Regions where an allowlist loses entries: what its targets need must be known. */
  readonly narrowing: Set<RegionSnapshot>;
  /** Whether every gateway of every region was read. */
  readonly all: boolean;
  /** Whether links that cost money to get back are deleted, too. */
  readonly deleteInstances?: boolean | undefined;
}

/** A draft in which nothing stands yet. */
export function emptyDraft(
  given: Pick<Draft, 'project' | 'spec' | 'prune' | 'held' | 'reason' | 'deleteInstances'> & {
    readonly scope?: 'all' | undefined;
  },
): Draft {
  const { project, spec, prune, held, reason, deleteInstances, scope } = given;
  return {
    project,
    spec,
    prune,
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
    narrowing: new Set(),
    all: scope === 'all',
    deleteInstances,
  };
}

/**
 * Why nothing can be said of what uses a link or a target: gateways that were not read, or could not be. Undefined where all were.
 * A region whose other gateways merely were not asked for is remembered, so that they can be.
 */
export function unreadGateways(draft: Draft, region: RegionSnapshot): string | undefined {
  const gap = region.gaps.find(({ of }) => of === undefined || of === 'gateways');
  if (gap !== undefined) return `${gap.what} could not be read`;
  if (draft.all || region.whole?.includes('gateways') === true) return undefined;
  draft.unread.add(region);
  return 'other gateways were not read';
}

/** What a route is known by in `Draft.leaving`. */
export function routeKeyOf(gateway: Gateway, routeId: string): string {
  return `${gateway.id} ${routeId}`;
}
