import { ownValue } from '../../../simulation/own-value.js';
import type { Instance, RunInstancesRequest, InstanceTypeInfo } from '@aws-sdk/client-ec2';
import type { AwsCall } from '../../operation/operation.js';
import { invalidMember } from '../request/text-rules.js';
import type { InstanceOptions, InstanceRow } from './state.js';

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
