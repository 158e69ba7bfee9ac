import type { RunInstancesRequest } from '@aws-sdk/client-ec2';
import type { TagRow } from '../../state/tag-row.js';

/** What a launch chooses that changes no path; a member that is absent has its default. */
export type InstanceOptions = Pick<
  RunInstancesRequest,
  | 'CapacityReservationSpecification'
  | 'CpuOptions'
  | 'CreditSpecification'
  | 'DisableApiStop'
  | 'DisableApiTermination'
  | 'EbsOptimized'
  | 'EnclaveOptions'
  | 'HibernationOptions'
  | 'IamInstanceProfile'
  | 'InstanceInitiatedShutdownBehavior'
  | 'MaintenanceOptions'
  | 'MetadataOptions'
  | 'Monitoring'
  | 'PrivateDnsNameOptions'
  | 'UserData'
>;

/** A volume. Only those exist that a launch creates; they are deleted with their instance. */
export interface VolumeRow {
  readonly id: string;
  readonly instanceId: string;
  readonly deviceName: string;
  readonly zoneName: string;
  readonly createdAt: number;
  size: number;
  type: string;
  iops: number | undefined;
  throughput: number | undefined;
  readonly encrypted: boolean;
  deleteOnTermination: boolean;
  tags: TagRow;
}

/** An instance. Its network is its interfaces: those whose attachment names it. */
export interface InstanceRow {
  readonly id: string;
  readonly reservationId: string;
  readonly ownerId: string;
  readonly imageId: string;
  instanceType: string;
  options?: InstanceOptions | undefined;
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
