import type { BlockDeviceMapping, InstanceBlockDeviceMapping, Volume } from '@aws-sdk/client-ec2';
import type { AwsCall } from '../../operation/call.js';
import type { TagRow } from '../../state/tag-row.js';
import type { Ec2State } from '../state.js';
import { tagList } from '../request/tags.js';
import type { InstanceRow, VolumeRow } from './state.js';

/** The root device of every image. */
export const ROOT_DEVICE = '/dev/xvda';

/** The volumes of a new instance: the root, and those that the launch asks for. Their IDs follow from the instance's. */
export function newVolumes(
  call: AwsCall,
  { id: instanceId, zoneName }: InstanceRow,
  mappings: readonly BlockDeviceMapping[] = [],
  tags: TagRow,
): void {
  const wanted = mappings.filter(({ Ebs, NoDevice }) => Ebs !== undefined && NoDevice === undefined);
  const all = wanted.some(({ DeviceName }) => DeviceName === ROOT_DEVICE)
    ? wanted
    : [{ DeviceName: ROOT_DEVICE, Ebs: {} }, ...wanted];
  for (const [at, { DeviceName = '', Ebs = {} }] of all.entries()) {
    const hex = instanceId.slice(2);
    const id = `vol-${hex.slice(at)}${hex.slice(0, at)}`;
    const type = Ebs.VolumeType ?? 'gp3';
    call.state.ec2.volumes.set(id, {
      id,
      instanceId,
      deviceName: DeviceName,
      zoneName,
      createdAt: call.now,
      size: Ebs.VolumeSize ?? 8,
      type,
      iops: Ebs.Iops ?? (type === 'gp3' ? 3000 : type === 'gp2' ? 100 : undefined),
      throughput: Ebs.Throughput ?? (type === 'gp3' ? 125 : undefined),
      encrypted: Ebs.Encrypted ?? false,
      deleteOnTermination: Ebs.DeleteOnTermination ?? true,
      tags: { ...tags },
    });
  }
}

const volumesOf = (ec2: Ec2State, instanceId: string) =>
  [...ec2.volumes.values()].filter((row) => row.instanceId === instanceId);

/** The volumes of an instance, as the instance shows them. */
export function mappingsOf(ec2: Ec2State, instanceId: string): InstanceBlockDeviceMapping[] {
  return volumesOf(ec2, instanceId).map((row) => ({
    DeviceName: row.deviceName,
    Ebs: {
      VolumeId: row.id,
      Status: 'attached',
      AttachTime: new Date(row.createdAt),
      DeleteOnTermination: row.deleteOnTermination,
    },
  }));
}

/** A volume as the API shows it. */
export function volumeView(row: VolumeRow): Volume {
  return {
    VolumeId: row.id,
    AvailabilityZone: row.zoneName,
    CreateTime: new Date(row.createdAt),
    State: 'in-use',
    Size: row.size,
    VolumeType: row.type as NonNullable<Volume['VolumeType']>,
    Iops: row.iops,
    Throughput: row.throughput,
    Encrypted: row.encrypted,
    MultiAttachEnabled: false,
    SnapshotId: '',
    Attachments: [
      {
        VolumeId: row.id,
        InstanceId: row.instanceId,
        Device: row.deviceName,
        State: 'attached',
        AttachTime: new Date(row.createdAt),
        DeleteOnTermination: row.deleteOnTermination,
      },
    ],
    Tags: tagList(row.tags),
  };
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVolumes.html (Filter.N) */
export const VOLUME_FILTERS = `attachment.attach-time attachment.delete-on-termination attachment.device attachment.instance-id
  attachment.status availability-zone availability-zone-id create-time encrypted fast-restored multi-attach-enabled
  operator.managed operator.principal size snapshot-id volume-id volume-type`;
