import type { AwsCall, TimerHandlers } from '../../operation/operation.js';
import type { Ec2State, InterfaceRow } from '../state.js';
import type { InstanceRow, InstanceOptions } from './state.js';
import { deleteInterface } from '../vpc/network.js';
import { ownValue } from '../../../simulation/own-value.js';
import type { Instance, RunInstancesRequest, InstanceTypeInfo } from '@aws-sdk/client-ec2';
import { invalidMember } from '../request/text-rules.js';

/** Virtual CPUs and memory by size. A family of the letter `t` has two virtual CPUs in its small sizes. */
const SIZES = { nano: 1, micro: 1, small: 1, medium: 1, large: 2, xlarge: 4 } as const;
const BURSTABLE_GIB = { nano: 0.5, micro: 1, small: 2, medium: 4, large: 8, xlarge: 16 } as const;
/** GiB for each virtual CPU, by the letter of the family; 4 for others [I]. */
const RATIO: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8, x: 16 };
const FAMILIES = ['t2', 't3', 't3a', 't4g', 'm5', 'm6i', 'm7g', 'm7i', 'c5', 'c6i', 'c7g', 'r5', 'r6i'];

/** The types that a list without names shows. The real list is longer. */
export const LISTED_TYPES = FAMILIES.flatMap((family) =>
  ['small', 'medium', 'large', 'xlarge', '2xlarge', '4xlarge']
    .filter((size) => (family.startsWith('t') ? !/\dx/.test(size) : size.includes('large')))
    .map((size) => `${family}.${size}`),
);

/** A type of instance, as far as its name says it: families and sizes are regular. */
export function instanceType(name: string) {
  const [family = '', size = ''] = name.split('.');
  const times = /^(\d+)xlarge$/.exec(size)?.[1];
  const letter = family.charAt(0);
  const plain = times === undefined ? (ownValue(SIZES, size) ?? 2) : 4 * Number(times);
  const isBurstable = /^t\d/.test(family);
  const cpus = isBurstable && family !== 't2' ? Math.max(2, plain) : plain;
  const isArm = /^[a-z]+\d+g/.test(family);
  const threads = isArm || cpus === 1 ? 1 : 2;
  const gib = (isBurstable && ownValue(BURSTABLE_GIB, size)) || cpus * (ownValue(RATIO, letter) ?? 4);
  return { name, cpus, threads, cores: cpus / threads, isBurstable, isArm, mib: gib * 1024 };
}

/** A type as the API shows it. */
export function instanceTypeView(name: string): InstanceTypeInfo {
  const { cpus, threads, cores, isBurstable, isArm, mib } = instanceType(name);
  return {
    InstanceType: name as NonNullable<InstanceTypeInfo['InstanceType']>,
    CurrentGeneration: true,
    BareMetal: false,
    Hypervisor: 'nitro',
    HibernationSupported: !isArm,
    BurstablePerformanceSupported: isBurstable,
    InstanceStorageSupported: false,
    SupportedUsageClasses: ['on-demand', 'spot'],
    SupportedRootDeviceTypes: ['ebs'],
    SupportedVirtualizationTypes: ['hvm'],
    ProcessorInfo: { SupportedArchitectures: [isArm ? 'arm64' : 'x86_64'] },
    VCpuInfo: { DefaultVCpus: cpus, DefaultCores: cores, DefaultThreadsPerCore: threads },
    MemoryInfo: { SizeInMiB: mib },
    EbsInfo: { EbsOptimizedSupport: 'default', EncryptionSupport: 'supported', NvmeSupport: 'required' },
    NetworkInfo: {
      MaximumNetworkInterfaces: 4,
      Ipv4AddressesPerInterface: 15,
      EnaSupport: 'required',
      Ipv6Supported: true,
    },
  };
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypes.html (Filter.N) */
export const TYPE_FILTERS = `auto-recovery-supported bare-metal burstable-performance-supported current-generation
  dedicated-hosts-supported ebs-info.attachment-limit-type ebs-info.maximum-ebs-attachments
  ebs-info.ebs-optimized-info.baseline-bandwidth-in-mbps ebs-info.ebs-optimized-info.baseline-iops
  ebs-info.ebs-optimized-info.baseline-throughput-in-mbps ebs-info.ebs-optimized-info.maximum-bandwidth-in-mbps
  ebs-info.ebs-optimized-info.maximum-iops ebs-info.ebs-optimized-info.maximum-throughput-in-mbps
  ebs-info.ebs-optimized-support ebs-info.encryption-support ebs-info.nvme-support free-tier-eligible
  hibernation-supported hypervisor instance-storage-info.disk.count instance-storage-info.disk.size-in-gb
  instance-storage-info.disk.type instance-storage-info.encryption-support instance-storage-info.nvme-support
  instance-storage-info.total-size-in-gb instance-storage-supported instance-type memory-info.size-in-mib
  network-info.bandwidth-weightings network-info.efa-info.maximum-efa-interfaces network-info.efa-supported
  network-info.ena-support network-info.flexible-ena-queues-support network-info.encryption-in-transit-supported
  network-info.ipv4-addresses-per-interface network-info.ipv6-addresses-per-interface network-info.ipv6-supported
  network-info.maximum-network-cards network-info.maximum-network-interfaces network-info.network-performance
  nitro-enclaves-support nitro-tpm-support nitro-tpm-info.supported-versions processor-info.supported-architecture
  processor-info.sustained-clock-speed-in-ghz processor-info.supported-features reboot-migration-support
  supported-boot-mode supported-root-device-type supported-usage-class supported-virtualization-type
  vcpu-info.default-cores vcpu-info.default-threads-per-core vcpu-info.default-vcpus vcpu-info.valid-cores
  vcpu-info.valid-threads-per-core`;

/** The members of a launch that are kept. */
const OPTIONS: readonly (keyof InstanceOptions)[] = [
  'CapacityReservationSpecification',
  'CpuOptions',
  'CreditSpecification',
  'DisableApiStop',
  'DisableApiTermination',
  'EbsOptimized',
  'EnclaveOptions',
  'HibernationOptions',
  'IamInstanceProfile',
  'InstanceInitiatedShutdownBehavior',
  'MaintenanceOptions',
  'MetadataOptions',
  'Monitoring',
  'PrivateDnsNameOptions',
  'UserData',
];

/** The options of a launch. @throws {ServiceError} `InvalidParameterValue` for an instance profile that does not exist */
export function optionsOf(call: AwsCall, input: RunInstancesRequest): InstanceOptions {
  if (input.IamInstanceProfile && !profileOf(call, input.IamInstanceProfile)) {
    const { Name, Arn = '' } = input.IamInstanceProfile;
    const member = Name === undefined ? 'arn' : 'name';
    throw invalidMember(`iamInstanceProfile.${member}`, Name ?? Arn, `Invalid IAM Instance Profile ${member}`);
  }

  return Object.fromEntries(OPTIONS.map((name) => [name, input[name]]));
}

function profileOf({ aws }: AwsCall, { Name, Arn }: NonNullable<InstanceOptions['IamInstanceProfile']>) {
  return [...aws.iam.instanceProfiles.values()].find(({ name, arn }) => name === Name || arn === Arn);
}

/** The options as the API shows them: what was given, else the defaults of the service. */
export function optionViews(call: AwsCall, row: InstanceRow): Partial<Instance> {
  const { options = {} } = row;
  const { MetadataOptions: metadata = {}, PrivateDnsNameOptions: names = {}, IamInstanceProfile: profile } = options;
  const found = profile && profileOf(call, profile);
  const { cores, threads } = instanceType(row.fields.InstanceType);
  return {
    Monitoring: { State: options.Monitoring?.Enabled === true ? 'enabled' : 'disabled' },
    EbsOptimized: options.EbsOptimized ?? false,
    CapacityReservationSpecification: {
      CapacityReservationPreference: options.CapacityReservationSpecification?.CapacityReservationPreference ?? 'open',
    },
    CpuOptions: {
      CoreCount: options.CpuOptions?.CoreCount ?? cores,
      ThreadsPerCore: options.CpuOptions?.ThreadsPerCore ?? threads,
    },
    EnclaveOptions: { Enabled: options.EnclaveOptions?.Enabled ?? false },
    HibernationOptions: { Configured: options.HibernationOptions?.Configured ?? false },
    MaintenanceOptions: { AutoRecovery: options.MaintenanceOptions?.AutoRecovery ?? 'default' },
    MetadataOptions: {
      State: 'applied',
      HttpTokens: metadata.HttpTokens ?? 'optional',
      HttpPutResponseHopLimit: metadata.HttpPutResponseHopLimit ?? 1,
      HttpEndpoint: metadata.HttpEndpoint ?? 'enabled',
      HttpProtocolIpv6: metadata.HttpProtocolIpv6 ?? 'disabled',
      InstanceMetadataTags: metadata.InstanceMetadataTags ?? 'disabled',
    },
    PrivateDnsNameOptions: {
      HostnameType: names.HostnameType ?? 'ip-name',
      EnableResourceNameDnsARecord: names.EnableResourceNameDnsARecord ?? false,
      EnableResourceNameDnsAAAARecord: names.EnableResourceNameDnsAAAARecord ?? false,
    },
    IamInstanceProfile: found && { Arn: found.arn, Id: found.id },
  };
}

/** From a launch or a start until an instance runs. Simulated milliseconds [I]. */
const PENDING_MS = 20_000;
/** From a stop or a termination until it is done. Simulated milliseconds [I]. */
const STOPPING_MS = 40_000;
/**
 * "Terminated instances remain visible after termination (for approximately one hour)."
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TerminateInstances.html
 */
const VISIBLE_MS = 3_600_000;

/** What becomes of instances by themselves. */
export const instanceTimers: TimerHandlers = {
  'ec2.instance': (call, { id, to }) => {
    const row = call.state.ec2.instances.get(String(id));
    if (row === undefined) return;

    if (to === 'running' && row.state === 'pending') enter(call, row, 'running');
    else if (to === 'stopped' && row.state === 'stopping') enter(call, row, 'stopped');
    else if (to === 'terminated' && row.state === 'shutting-down') endOf(call, row);
    else if (to === 'vanished') vanish(call, row);
  },
};

/** A new or stopped instance starts. */
export function start(call: AwsCall, row: InstanceRow): void {
  Object.assign(row.fields, { LaunchTime: new Date(call.now), StateTransitionReason: '' });
  enter(call, row, 'pending');
  call.after(PENDING_MS, 'ec2.instance', { id: row.id, to: 'running' });
}

/** A running instance stops; its interfaces stay attached, and keep their addresses. */
export function stop(call: AwsCall, row: InstanceRow): void {
  leave(call, row, 'stopping', 'stopped');
}

/** An instance is terminated, in whichever state it is. */
export function terminate(call: AwsCall, row: InstanceRow): void {
  if (row.state !== 'shutting-down' && row.state !== 'terminated') leave(call, row, 'shutting-down', 'terminated');
}

/** The interfaces of an instance, the primary one first. */
export function interfacesOf(ec2: Pick<Ec2State, 'interfaces'>, instanceId: string): readonly InterfaceRow[] {
  const index = ({ attachment }: InterfaceRow): number => attachment?.DeviceIndex ?? 0;
  return [...ec2.interfaces.values()]
    .filter(({ attachment }) => attachment?.InstanceId === instanceId)
    .toSorted((a, b) => index(a) - index(b));
}

/** The instance that has an interface, where it does not run, so that no call is answered. */
export function idleHolder(ec2: Ec2State, { attachment }: InterfaceRow): InstanceRow | undefined {
  const row = attachment?.InstanceId === undefined ? undefined : ec2.instances.get(attachment.InstanceId);
  return row?.state === 'running' ? undefined : row;
}

/**
 * A running instance that no call launched: it is planted, or in a snapshot. What no interface shows (image,
 * type) is made up; no ID is drawn for it.
 */
export function adoptInstance({ state, now }: Pick<AwsCall, 'state' | 'now'>, id: string, primary: InterfaceRow): void {
  if (state.ec2.instances.has(id)) return;

  state.ec2.instances.set(id, {
    id,
    reservationId: `r-${id.slice(2)}`,
    ownerId: primary.ownerId,
    fields: {
      ImageId: 'ami-0123456789abcdef0',
      InstanceType: 't3.micro',
      ClientToken: '',
      AmiLaunchIndex: 0,
      LaunchTime: new Date(now),
      StateTransitionReason: '',
    },
    zoneId: primary.zoneId,
    zoneName: primary.zoneName,
    state: 'running',
    since: 0, // long enough for its health checks
    tags: {},
  });
}

function enter({ now }: AwsCall, row: InstanceRow, state: InstanceRow['state']): void {
  row.state = state;
  row.since = now;
}

function leave(call: AwsCall, row: InstanceRow, by: InstanceRow['state'], to: InstanceRow['state']): void {
  const at = new Date(call.now).toISOString().slice(0, 19).replace('T', ' ');
  row.fields.StateTransitionReason = `User initiated (${at} GMT)`;
  enter(call, row, by);
  call.after(STOPPING_MS, 'ec2.instance', { id: row.id, to });
}

/** A terminated instance has no interfaces: they are deleted with it, or become free. */
function endOf(call: AwsCall, row: InstanceRow): void {
  enter(call, row, 'terminated');
  for (const one of interfacesOf(call.state.ec2, row.id)) {
    if (one.attachment?.DeleteOnTermination === true) deleteInterface(call, one.id);
    else one.attachment = undefined;
  }
  for (const [id, { attachment }] of call.state.ec2.volumes)
    if (attachment.InstanceId === row.id) call.state.ec2.volumes.delete(id);
  call.after(VISIBLE_MS, 'ec2.instance', { id: row.id, to: 'vanished' });
}

/** Nothing knows it any more; load balancers deregister it [I]. */
function vanish({ state }: AwsCall, { id }: InstanceRow): void {
  state.ec2.instances.delete(id);
  for (const group of state.loadBalancing.targetGroups.values()) {
    if (group.fields.TargetType === 'instance') group.targets = group.targets.filter((target) => target.id !== id);
  }
}
