import type { Gateway } from '../model/gateway.js';
import type { ReadingTime } from '../../ground/clocks/cloud-time.js';
import type { Retirement } from '../model/traits.js';
import type { ErrorCode } from '../../ground/error-codes.js';
import type { Json } from '../../ground/json.js';
import { resourceEntries, type RegionLists, type ResourceList } from './resources/resources.js';

/** The version of the snapshot's structure. */
export const SNAPSHOT_VERSION = 1;

/** Something that could not be read. A missing fact never counts as an absent resource. */
export interface Gap {
  /** What was to be read, such as `security groups of vpc-1`. */
  readonly what: string;
  /** The operation that failed. */
  readonly operation: string;
  readonly code: string;
  /** The permission that would fill it, such as `ec2:DescribeSecurityGroups`. */
  readonly permission?: string | undefined;
  /**
   * The list of the snapshot that is incomplete because of it. Without it, every list counts as incomplete.
   */
  readonly of?: SnapshotList | undefined;
  /** The one resource that could not be read, where the rest of the list could: a gateway's ID. */
  readonly id?: string | undefined;
}

/** The names of the lists. */
export const SNAPSHOT_LISTS: readonly SnapshotList[] = [...resourceEntries().map(([name]) => name), 'quotas'];

/** The lists of a {@link RegionSnapshot}. */
export type SnapshotList = ResourceList | 'quotas';

/** How the spec accesses an account: its keys in addition to `provider` and `region`. */
export interface Access {
  readonly account?: string | undefined;
  readonly profile?: string | undefined;
  readonly assumeRole?: string | undefined;
}

/** Why nothing of an account and region could be read. */
export interface Unread {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy?: string | undefined;
}

/**
 * The scope of an observation: each resource that matches one of these look-ups is in the list, apart from
 * gaps. A look-up is an ID, or `{ name }` or `{ tag }` as canonical JSON.
 */
export interface Asked {
  /** Every link with the mark of this project is in `links`. */
  readonly project: string;
  readonly networks?: readonly string[] | undefined;
  readonly subnets?: readonly string[] | undefined;
  readonly securityGroups?: readonly string[] | undefined;
}

/** The current state of one account and region. Plain JSON. */
export interface RegionSnapshot extends RegionLists {
  readonly provider: string;
  /** The provider's product of these links and gateways; by default the provider's first one. */
  readonly product?: string | undefined;
  readonly region: string;
  readonly account: string;
  /** The dates on which the cloud retires the product; see `Driver.retirement`. */
  readonly retirement?: readonly Retirement[] | undefined;
  /**
   * The lists that contain all resources of their kind in this account and region, apart from gaps: a
   * resource missing from such a list does not exist. Other lists contain what was in scope.
   */
  readonly whole?: readonly SnapshotList[] | undefined;
  /** The scope of lists that are not `whole`. Written by `observeSpec`. */
  readonly asked?: Asked | undefined;
  readonly gaps: readonly Gap[];
  /** Gateways that exist and were not read: where one that was asked for does not exist, or more were found than are read. */
  readonly otherGateways?: readonly Pick<Gateway, 'id' | 'name'>[] | undefined;
  /** Quotas that were read because they may be reached, by the adapter's own name: `{ 'vpc-links': 10 }`. */
  readonly quotas?: Readonly<Record<string, number>> | undefined;
  /**
   * Data that only this cloud has and plans do not use, by the adapter's own names: plug-ins, named backends,
   * private DNS.
   */
  readonly native?: { readonly [name: string]: Json } | undefined;
  /** Nothing could be read: every list is empty, and one gap covers all of them. Written by `observeSpec`. */
  readonly unread?: Unread | undefined;
  /** All the ways in which the spec accesses this account and region. */
  readonly access?: readonly Access[] | undefined;
}

/** The current state, read once: a plain JSON value that checks and plans are computed from. */
export interface Snapshot extends ReadingTime {
  readonly version: typeof SNAPSHOT_VERSION;
  /**
   * `all`: every gateway was read, not only those that a spec names; then managed resources on the others are
   * found as well.
   */
  readonly scope?: 'all' | undefined;
  /** Account ids are masks: those of a spec cannot be compared with them. See `redactSnapshot`. */
  readonly redacted?: true | undefined;
  readonly regions: readonly RegionSnapshot[];
}
