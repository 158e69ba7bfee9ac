import { ERROR_CODES, type ErrorCode } from '../../ground/error-codes.js';
import type { ReadingTime } from '../../ground/clocks/cloud-time.js';
import { list, oneOf, optional, record, strict, type Form, type Infer } from '../forms/form.js';
import { eachOnce, set, sorted } from '../forms/lists.js';
import { json, number, optionalText, text } from '../forms/resource-values.js';
import type { Gateway } from '../model/gateway.js';
import { retirementShape, type Retirement } from '../model/traits.js';
import { resourceEntries, type RegionLists, type ResourceList } from './resources/resources.js';

/** The version of the snapshot's structure. */
export const SNAPSHOT_VERSION = 1;

/** The names of the lists. */
export const SNAPSHOT_LISTS: readonly SnapshotList[] = [...resourceEntries().map(([name]) => name), 'quotas'];

/** The lists of a {@link RegionSnapshot}. */
export type SnapshotList = ResourceList | 'quotas';

const listName: Form<SnapshotList> = oneOf(...SNAPSHOT_LISTS);

const gapShape = {
  /** What was to be read, such as `security groups of vpc-1`. */
  what: text,
  /** The operation that failed. */
  operation: text,
  code: text,
  /** The permission that would fill it, such as `ec2:DescribeSecurityGroups`. */
  permission: optionalText,
  /** The list of the snapshot that is incomplete because of it. Without it, every list counts as incomplete. */
  of: optional(listName),
  /** The one resource that could not be read, where the rest of the list could: a gateway's ID. */
  id: optionalText,
};

/** Something that could not be read. A missing fact never counts as an absent resource. */
export interface Gap extends Infer<typeof gapShape> {}

const accessShape = { account: optionalText, profile: optionalText, assumeRole: optionalText };

/** How the spec accesses an account: its keys in addition to `provider` and `region`. */
export interface Access extends Infer<typeof accessShape> {}

export const unreadShape = {
  code: oneOf(...(Object.keys(ERROR_CODES) as ErrorCode[])),
  message: text,
  remedy: optionalText,
};

/** Why nothing of an account and region could be read. */
export interface Unread extends Infer<typeof unreadShape> {}

const askedShape = {
  /** Every link with the mark of this project is in `links`. */
  project: text,
  networks: optional(set(text)),
  subnets: optional(set(text)),
  securityGroups: optional(set(text)),
};

/**
 * The scope of an observation: each resource that matches one of these look-ups is in the list, apart from
 * gaps. A look-up is an ID, or `{ name }` or `{ tag }` as canonical JSON.
 */
export interface Asked extends Infer<typeof askedShape> {}

/** Before the lists, in a file. */
export const placeShape = {
  provider: text,
  /** The provider's product of these links and gateways; by default the provider's first one. */
  product: optionalText,
  region: text,
  account: text,
};

/** After the lists. */
export const readingShape = {
  /** The dates on which the cloud retires the product; see `Driver.retirement`. */
  retirement: optional(sorted(strict<Retirement>()(retirementShape), ['at', 'what'])),
  /**
   * The lists that contain all resources of their kind in this account and region, apart from gaps: a
   * resource missing from such a list does not exist. Other lists contain what was in scope.
   */
  whole: optional<readonly SnapshotList[]>({ ...list(listName), order: 'set' }),
  /** The scope of lists that are not `whole`. Written by `observeSpec`. */
  asked: optional(strict<Asked>()(askedShape)),
  gaps: sorted(strict<Gap>()(gapShape), ['of', 'id', 'operation', 'what']),
  /** Gateways that exist and were not read: where one that was asked for does not exist, or more were found than are read. */
  otherGateways: optional(eachOnce(strict<Pick<Gateway, 'id' | 'name'>>()({ id: text, name: text }), 'id')),
  /** Quotas that were read because they may be reached, by the adapter's own name: `{ 'vpc-links': 10 }`. */
  quotas: optional(record(number)),
  /**
   * Data that only this cloud has and plans do not use, by the adapter's own names: plug-ins, named backends,
   * private DNS.
   */
  native: optional(record(json)),
  /** Nothing could be read: every list is empty, and one gap covers all of them. Written by `observeSpec`. */
  unread: optional(strict<Unread>()(unreadShape)),
  /** All the ways in which the spec accesses this account and region. */
  access: optional(sorted(strict<Access>()(accessShape), ['account', 'profile', 'assumeRole'])),
};

/** The current state of one account and region. Plain JSON. */
export interface RegionSnapshot extends Infer<typeof placeShape>, RegionLists, Infer<typeof readingShape> {}

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
