import type { Instance, RunInstancesRequest, Volume, VolumeAttachment } from '@aws-sdk/client-ec2';
import type { Shown, TagRow } from '../../state/given.js';

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
  readonly fields: Volume;
  readonly attachment: Shown<VolumeAttachment, 'InstanceId' | 'Device'>;
  tags: TagRow;
}

/** An instance. Its network is its interfaces: those whose attachment names it. */
export interface InstanceRow {
  readonly id: string;
  readonly reservationId: string;
  readonly ownerId: string;
  readonly fields: Shown<Instance, 'InstanceType'>;
  options?: InstanceOptions | undefined;
  readonly zoneId: string;
  readonly zoneName: string;
  state: 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped';
  /** Since when it has been in its state; milliseconds since the epoch. */
  since: number;
  tags: TagRow;
}
