import type { BlockDeviceMapping, InstanceBlockDeviceMapping, Volume, Image, Placement } from '@aws-sdk/client-ec2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import type { TagRow } from '../../state/given.js';
import type { Ec2State, SubnetRow } from '../state.js';
import { tagList } from '../request/family.js';
import type { InstanceRow, VolumeRow } from './state.js';
import { invalidValue, refuse } from '../request/text-rules.js';

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
      fields: {
        AvailabilityZone: zoneName,
        CreateTime: new Date(call.now),
        State: 'in-use',
        Size: Ebs.VolumeSize ?? 8,
        VolumeType: type,
        Iops: Ebs.Iops ?? (type === 'gp3' ? 3000 : type === 'gp2' ? 100 : undefined),
        Throughput: Ebs.Throughput ?? (type === 'gp3' ? 125 : undefined),
        Encrypted: Ebs.Encrypted ?? false,
        MultiAttachEnabled: false,
        SnapshotId: '',
      },
      attachment: {
        InstanceId: instanceId,
        Device: DeviceName,
        State: 'attached',
        AttachTime: new Date(call.now),
        DeleteOnTermination: Ebs.DeleteOnTermination ?? true,
      },
      tags: { ...tags },
    });
  }
}

const volumesOf = (ec2: Ec2State, instanceId: string) =>
  [...ec2.volumes.values()].filter(({ attachment }) => attachment.InstanceId === instanceId);

/** The volumes of an instance, as the instance shows them. */
export function mappingsOf(ec2: Ec2State, instanceId: string): InstanceBlockDeviceMapping[] {
  return volumesOf(ec2, instanceId).map(({ id, attachment: { Device, AttachTime, DeleteOnTermination } }) => ({
    DeviceName: Device,
    Ebs: { VolumeId: id, Status: 'attached', AttachTime, DeleteOnTermination },
  }));
}

/** A volume as the API shows it. */
export function volumeView({ id, fields, attachment, tags }: VolumeRow): Volume {
  return { VolumeId: id, ...fields, Attachments: [{ VolumeId: id, ...attachment }], Tags: tagList(tags) };
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVolumes.html (Filter.N) */
export const VOLUME_FILTERS = `attachment.attach-time attachment.delete-on-termination attachment.device attachment.instance-id
  attachment.status availability-zone availability-zone-id create-time encrypted fast-restored multi-attach-enabled
  operator.managed operator.principal size snapshot-id volume-id volume-type`;

export const IMAGE_ID = { prefix: 'ami-', noun: 'image id', notFound: '', malformed: 'InvalidAMIID.Malformed' };
export const AMAZON = '137112412989';
/** Names have the form of Amazon's; IDs and dates are made up. */
export const IMAGES = [
  { id: 'ami-0a1b2c3d4e5f60001', name: 'al2023-ami-2023.5.20260601.0-kernel-6.1-x86_64' },
  { id: 'ami-0a1b2c3d4e5f60002', name: 'al2023-ami-2023.5.20260601.0-kernel-6.1-arm64' },
  { id: 'ami-0a1b2c3d4e5f60003', name: 'amzn2-ami-hvm-2.0.20260601.0-x86_64-gp2' },
  { id: 'ami-0a1b2c3d4e5f60004', name: 'al2023-ami-ecs-hvm-2023.0.20260601-kernel-6.1-x86_64' },
];
type ImageRow = (typeof IMAGES)[number];

/** An image as the API shows it. */
export const imageView = ({ id, name }: ImageRow): Image => ({
  ImageId: id,
  Name: name,
  Description: name,
  OwnerId: AMAZON,
  ImageOwnerAlias: 'amazon',
  ImageLocation: `amazon/${name}`,
  CreationDate: '2026-06-01T00:00:00.000Z',
  State: 'available',
  Architecture: name.endsWith('arm64') ? 'arm64' : 'x86_64',
  ImageType: 'machine',
  Public: true,
  Hypervisor: 'xen',
  EnaSupport: true,
  RootDeviceType: 'ebs',
  RootDeviceName: ROOT_DEVICE,
  VirtualizationType: 'hvm',
  BlockDeviceMappings: [
    { DeviceName: ROOT_DEVICE, Ebs: { VolumeSize: 8, VolumeType: 'gp3', DeleteOnTermination: true, Encrypted: false } },
  ],
});

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html (Filter.N) */
export const IMAGE_FILTERS = `architecture block-device-mapping.delete-on-termination block-device-mapping.device-name
  block-device-mapping.snapshot-id block-device-mapping.volume-size block-device-mapping.volume-type
  block-device-mapping.encrypted boot-mode creation-date description ena-support free-tier-eligible hypervisor
  image-allowed image-id image-watermark.source-image-creation-time image-watermark.source-image-id
  image-watermark.source-image-region image-watermark.watermark-creation-time image-watermark.watermark-key image-type
  instance-type-specification.supported-instance-type instance-type-specification.unsupported-instance-type kernel-id
  manifest-location name owner-id platform product-code product-code.type public-ssm-parameter-name ramdisk-id
  root-device-name root-device-type scan-result.critical-fix-available-since scan-result.finding-scan-date
  scan-result.high-fix-available-since scan-result.highest-finding-severity-label informational low medium high critical
  scan-result.informational-fix-available-since scan-result.low-fix-available-since
  scan-result.medium-fix-available-since source-image-id source-image-region source-instance-id state state-reason-code
  state-reason-message sriov-net-support virtualization-type`;

/**
 * The subnet of a launch that names none: a default subnet of the default VPC, in the zone that is asked for.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html (VPCIdNotSpecified, MissingInput)
 * @throws {ServiceError} `VPCIdNotSpecified`, `MissingInput`, `InvalidParameterValue`.
 */
export function defaultSubnet(call: AwsCall, placement: Placement = {}): SubnetRow {
  const { ec2 } = call.state;
  const vpc = [...ec2.vpcs.values()].find(({ isDefault }) => isDefault);
  if (vpc === undefined) throw new ServiceError('VPCIdNotSpecified', 'No default VPC for this user.');

  const all = [...ec2.subnets.values()].filter(({ vpcId, fields }) => vpcId === vpc.id && fields.DefaultForAz === true);
  if (all.length === 0) {
    throw new ServiceError(
      'MissingInput',
      `No subnets found for the default VPC '${vpc.id}'. Please specify a subnet.`,
    );
  }

  const { AvailabilityZone: name, AvailabilityZoneId: id } = placement;
  const found = all.find((row) => (name ?? row.zoneName) === row.zoneName && (id ?? row.zoneId) === row.zoneId);
  if (found !== undefined) return found;

  throw invalidValue(`Invalid availability zone: [${name ?? id ?? ''}]`); // [U]
}

/** Refuses what a placement may ask for beside a zone and the default tenancy. */
export function checkPlacement({ Tenancy, GroupName, ...placement }: Placement): void {
  refuse(placement, ['Affinity', 'PartitionNumber', 'HostId', 'SpreadDomain', 'HostResourceGroupArn', 'GroupId']);
  if (Tenancy !== undefined && Tenancy !== 'default') refuse({ Tenancy }, ['Tenancy']);
  if (GroupName !== undefined && GroupName !== '') refuse({ GroupName }, ['GroupName']);
}
