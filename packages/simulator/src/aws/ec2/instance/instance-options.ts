import type { Instance, RunInstancesRequest } from '@aws-sdk/client-ec2';
import type { AwsCall } from '../../operation/call.js';
import { invalidMember } from '../request/errors.js';
import type { InstanceOptions, InstanceRow } from './state.js';
import { instanceType } from './instance-types.js';

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
  const { cores, threads } = instanceType(row.instanceType);
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
