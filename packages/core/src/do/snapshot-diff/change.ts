import type { SnapshotList } from '../snapshot/snapshot.js';

/** One difference between two snapshots. */
export interface SnapshotChange {
  /**
   * `unread`: one of the snapshots may be incomplete, so that a change cannot be determined; `gap`: the
   * unread parts differ.
   */
  readonly kind: 'added' | 'removed' | 'changed' | 'unread' | 'gap';
  /** Whether it may change which calls arrive. */
  readonly paths: boolean;
  readonly provider: string;
  readonly region: string;
  readonly account: string;
  readonly list?: SnapshotList | undefined;
  readonly id?: string | undefined;
  /** The changed resource: `security group sg-1 (web)`. */
  readonly subject: string;
  /** What became of it, a clause each: `rule out tcp 443 to 10.0.0.0/8 removed`. */
  readonly details: readonly string[];
}
