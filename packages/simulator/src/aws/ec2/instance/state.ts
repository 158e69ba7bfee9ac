import type { TagRow } from '../../state/tag-row.js';

/** An instance. Its network is its interfaces: those whose attachment names it. */
export interface InstanceRow {
  readonly id: string;
  readonly reservationId: string;
  readonly ownerId: string;
  readonly imageId: string;
  readonly instanceType: string;
  readonly keyName: string | undefined;
  readonly clientToken: string | undefined;
  /** Its number among the instances of one launch, from 0. */
  readonly launchIndex: number;
  readonly zoneId: string;
  readonly zoneName: string;
  /** When it was launched, or started after a stop; milliseconds since the epoch. */
  launchedAt: number;
  state: 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped';
  /** Since when it has been in its state; milliseconds since the epoch. */
  since: number;
  /** `User initiated (2026-06-01 00:00:00 GMT)`; empty while it was not stopped or terminated. */
  transitionReason: string;
  tags: TagRow;
}
