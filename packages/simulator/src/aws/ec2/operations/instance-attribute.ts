import { raise } from '../../../simulation/raise.js';
import { ownValue } from '../../../simulation/own-value.js';
import type {
  _InstanceType as InstanceTypeName,
  DescribeInstanceAttributeCommandOutput,
  ModifyInstanceAttributeRequest,
} from '@aws-sdk/client-ec2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import {
  AMAZON,
  IMAGE_FILTERS,
  IMAGE_ID,
  IMAGES,
  imageView,
  ROOT_DEVICE,
  VOLUME_FILTERS,
  volumeView,
} from '../instance/volumes.js';
import { instanceView } from '../instance/instance-view.js';
import { interfacesOf, instanceType, instanceTypeView, LISTED_TYPES, TYPE_FILTERS } from '../instance/instances.js';
import type { InstanceOptions, InstanceRow } from '../instance/state.js';
import { checkGroups } from '../network-interface/network-interface.js';
import { invalidMember, need, refuse } from '../request/text-rules.js';
import { shownFilters, listRows } from '../request/filters.js';
import { family, listing } from '../request/family.js';
import { checkId, needRow, ID } from '../request/ids.js';

/** Attributes of instances, of their types and images, and volumes. They change no path, except groups and the check of sources. */
export const instanceAttributeOperations = family({
  DescribeInstanceAttribute(call, input) {
    const row = instanceOf(call, input.InstanceId);
    const attribute = need<string>(input.Attribute, 'attribute');
    const show = ownValue(ATTRIBUTES, attribute) ?? raise(invalidMember('attribute', attribute, 'Unknown attribute.'));

    return { InstanceId: row.id, ...show(call, row) };
  },

  /** Changes one attribute. Those that need a stopped instance are refused while it runs. */
  ModifyInstanceAttribute(call, input) {
    const row = instanceOf(call, input.InstanceId);
    refuse(input, ['Kernel', 'Ramdisk', 'SriovNetSupport']);
    const { InstanceType, UserData, SourceDestCheck, Groups, BlockDeviceMappings = [] } = input;
    const [primary] = interfacesOf(call.state.ec2, row.id);
    if ([InstanceType, UserData, input.EbsOptimized].some((given) => given !== undefined) && row.state !== 'stopped') {
      throw new ServiceError('IncorrectInstanceState', `The instance '${row.id}' is not in the 'stopped' state.`);
    }

    if (primary && Groups !== undefined) {
      checkGroups(call, primary.vpcId, Groups);
      primary.groupIds = [...Groups];
    }
    if (primary && SourceDestCheck?.Value !== undefined) primary.sourceDestCheck = SourceDestCheck.Value;
    if (InstanceType?.Value !== undefined) row.fields.InstanceType = InstanceType.Value as InstanceTypeName;
    for (const { DeviceName, Ebs } of BlockDeviceMappings) {
      const volumes = [...call.state.ec2.volumes.values()].filter(({ attachment }) => attachment.InstanceId === row.id);
      const volume = volumes.find(({ attachment }) => attachment.Device === DeviceName);
      if (!volume) throw invalidMember('blockDeviceMapping', DeviceName ?? '', 'The device is not mapped.'); // [U]

      volume.attachment.DeleteOnTermination = Ebs?.DeleteOnTermination ?? volume.attachment.DeleteOnTermination;
    }
    row.options = { ...row.options, ...changedOptions(input) };
    return {};
  },

  ModifyInstanceMetadataOptions(call, { InstanceId, ...given }) {
    const row = setOptions(instanceOf(call, InstanceId), 'MetadataOptions', { ...given, DryRun: undefined });
    return { InstanceId: row.id, InstanceMetadataOptions: instanceView(call, row).MetadataOptions };
  },

  /** The credits of burstable instances: of those named, or of all that run or are stopped. */
  DescribeInstanceCreditSpecifications(call, input) {
    const { rows, next } = listRows(input, {
      list: 'DescribeInstanceCreditSpecifications',
      rows: call.state.ec2.instances,
      visible: (row) => instanceType(row.fields.InstanceType).isBurstable && row.state !== 'terminated',
      filters: { 'instance-id': (row) => row.id },
      ids: { wanted: input.InstanceIds, kind: ID.instance, member: 'instanceIds' },
    });
    const credits = ({ options, fields }: InstanceRow) =>
      options?.CreditSpecification?.CpuCredits ?? (fields.InstanceType.startsWith('t2.') ? 'standard' : 'unlimited');
    return {
      InstanceCreditSpecifications: rows.map((row) => ({ InstanceId: row.id, CpuCredits: credits(row) })),
      NextToken: next,
    };
  },

  /** Types of instances, those named or some. What their names do not say is made up. */
  DescribeInstanceTypes(_call, input) {
    const named: readonly string[] = input.InstanceTypes ?? [];
    const odd = named.find((name) => !/^[a-z0-9-]+\.[a-z0-9-]+$/.test(name));
    if (odd !== undefined) {
      const message = `The following supplied instance types do not exist: [${odd}]`;
      throw new ServiceError('InvalidInstanceType', message);
    }

    const types = (named.length > 0 ? named : LISTED_TYPES).map((id) => [id, { id }] as const);
    const { rows, next } = listRows(input, {
      list: 'DescribeInstanceTypes',
      rows: new Map(types),
      filters: shownFilters(TYPE_FILTERS, ({ id }: { readonly id: string }) => instanceTypeView(id)),
      size: [5, 100],
      defaultSize: 100,
    });
    return { InstanceTypes: rows.map(({ id }) => instanceTypeView(id)), NextToken: next };
  },

  /** Some images of Amazon. Any other image ID is that of an image, too, which a name does not find. */
  DescribeImages(_call, input) {
    const { ImageIds: ids = [], Owners: owners = [] } = input;
    const odd = ids.filter((id) => !IMAGES.some((image) => image.id === id));
    for (const id of odd) checkId(id, IMAGE_ID);
    const all = [...IMAGES, ...odd.map((id) => ({ id, name: id }))].filter(
      ({ id }) =>
        (ids.length === 0 || ids.includes(id)) &&
        (odd.includes(id) || owners.length === 0 || owners.includes('amazon') || owners.includes(AMAZON)),
    );
    const { rows, next } = listRows(input, {
      list: 'DescribeImages',
      rows: new Map(all.map((row) => [row.id, row])),
      filters: {
        ...shownFilters(IMAGE_FILTERS, imageView),
        'is-public': () => true,
        'owner-alias': () => 'amazon',
      },
      tagsOf: () => ({}),
    });
    return { Images: rows.map(imageView), NextToken: next };
  },

  DescribeVolumes: listing({
    of: ID.volume,
    as: 'Volumes',
    view: volumeView,
    filters: VOLUME_FILTERS,
    otherFilters: { status: (row) => volumeView(row).State },
  }),
});

const instanceOf = ({ state }: AwsCall, id: string | undefined): InstanceRow => needRow(state.ec2, ID.instance, id);

type Shown = (call: AwsCall, row: InstanceRow) => Partial<DescribeInstanceAttributeCommandOutput>;

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceAttribute.html (Attribute) */
const ATTRIBUTES: Readonly<Record<string, Shown>> = {
  blockDeviceMapping: (call, row) => ({ BlockDeviceMappings: instanceView(call, row).BlockDeviceMappings }),
  disableApiStop: (_call, { options }) => ({ DisableApiStop: { Value: options?.DisableApiStop ?? false } }),
  disableApiTermination: (_call, { options }) => ({
    DisableApiTermination: { Value: options?.DisableApiTermination ?? false },
  }),
  ebsOptimized: (_call, { options }) => ({ EbsOptimized: { Value: options?.EbsOptimized ?? false } }),
  enclaveOptions: (call, row) => ({ EnclaveOptions: instanceView(call, row).EnclaveOptions }),
  groupSet: (call, row) => ({ Groups: instanceView(call, row).SecurityGroups }),
  instanceInitiatedShutdownBehavior: (_call, { options }) => ({
    InstanceInitiatedShutdownBehavior: { Value: options?.InstanceInitiatedShutdownBehavior ?? 'stop' },
  }),
  instanceType: (_call, row) => ({ InstanceType: { Value: row.fields.InstanceType } }),
  rootDeviceName: () => ({ RootDeviceName: { Value: ROOT_DEVICE } }),
  sourceDestCheck: (call, row) => ({ SourceDestCheck: { Value: instanceView(call, row).SourceDestCheck ?? true } }),
  userData: (_call, { options }) => ({ UserData: { Value: options?.UserData } }),
};

function changedOptions(input: ModifyInstanceAttributeRequest): InstanceOptions {
  const { DisableApiStop, DisableApiTermination, EbsOptimized, InstanceInitiatedShutdownBehavior, UserData } = input;
  return {
    ...(DisableApiStop && { DisableApiStop: DisableApiStop.Value }),
    ...(DisableApiTermination && { DisableApiTermination: DisableApiTermination.Value }),
    ...(EbsOptimized && { EbsOptimized: EbsOptimized.Value }),
    ...(InstanceInitiatedShutdownBehavior && {
      InstanceInitiatedShutdownBehavior: InstanceInitiatedShutdownBehavior.Value as 'stop' | 'terminate',
    }),
    ...(UserData?.Value && { UserData: Buffer.from(UserData.Value).toString('base64') }),
  };
}

function setOptions(row: InstanceRow, name: keyof InstanceOptions, given: object): InstanceRow {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  row.options = { ...row.options, [name]: { ...(row.options?.[name] as object | undefined), ...set } };
  return row;
}
