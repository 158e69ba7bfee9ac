import { ownValue } from '../../simulation/own-value.js';
import type * as sdk from '@aws-sdk/client-auto-scaling';
import type { AutoScalingGroup, Filter, Tag } from '@aws-sdk/client-auto-scaling';
import { type AwsCall, type AnyOperation, type MemberLimit, ServiceError } from '../operation/operation.js';
import { subnetsOf } from './scaling.js';
import type { GroupInstanceRow, GroupRow } from './state.js';
import { collection, familyOf, type GivenFamily, page } from '../operation/family.js';

type Fields = GroupRow['fields'];

/** What a group has where the request names nothing. */
export const DEFAULTS = {
  DefaultCooldown: 300,
  LoadBalancerNames: [],
  HealthCheckType: 'EC2',
  HealthCheckGracePeriod: 0,
  SuspendedProcesses: [],
  EnabledMetrics: [],
  TerminationPolicies: ['Default'],
  NewInstancesProtectedFromScaleIn: false,
} satisfies Partial<Fields>;

/** An instance that does not run is unhealthy. It is not replaced by itself. */
export function health(call: AwsCall, { InstanceId: id }: GroupInstanceRow): 'Healthy' | 'Unhealthy' {
  const state = call.state.ec2.instances.get(id)?.state;
  return state === 'pending' || state === 'running' ? 'Healthy' : 'Unhealthy';
}

export function groupView(call: AwsCall, { fields, instances }: GroupRow): AutoScalingGroup {
  const zones = subnetsOf(fields).map((id) => call.state.ec2.subnets.get(id)?.zoneName ?? '');
  return {
    ...fields,
    LaunchTemplate: fields.LaunchTemplate && templateSpecification(call, fields.LaunchTemplate),
    AvailabilityZones: fields.AvailabilityZones ?? [...new Set(zones)],
    TrafficSources: fields.TargetGroupARNs.map((arn) => ({ Identifier: arn, Type: 'elbv2' })),
    Instances: instances.map((one) => ({ ...one, HealthStatus: health(call, one) })),
  };
}

/** What was given of the template, with its ID and name; the version as it was given. */
function templateSpecification(call: AwsCall, given: NonNullable<AutoScalingGroup['LaunchTemplate']>) {
  const found = [...call.state.ec2.launchTemplates.values()].find(
    ({ id, name }) => id === given.LaunchTemplateId || name === given.LaunchTemplateName,
  );
  return { ...given, LaunchTemplateId: found?.id ?? given.LaunchTemplateId, LaunchTemplateName: found?.name };
}

export function shownTag(
  ResourceId: string,
  { Key = '', Value = '', PropagateAtLaunch = false }: Tag,
): Fields['Tags'][number] {
  return { ResourceId, ResourceType: 'auto-scaling-group', Key, Value, PropagateAtLaunch };
}

export function hasTags({ Tags: tags }: Fields, filters: readonly Filter[]): boolean {
  return filters.every(({ Name = '', Values = [] }) => {
    const of: Readonly<Record<string, string[]>> = {
      'tag-key': tags.map(({ Key }) => Key),
      'tag-value': tags.map(({ Value }) => Value),
    };
    const values = ownValue(of, Name) ?? tags.filter(({ Key }) => `tag:${Key}` === Name).map(({ Value }) => Value);
    return values.some((value) => Values.includes(value));
  });
}

/**
 * Operations of Auto Scaling.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_Operations.html (each operation: `API_<name>.html`)
 */
export const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({
  service: 'autoscaling',
  permission: (name) => `autoscaling:${name}`,
});

export const invalid = (message: string) => new ServiceError('ValidationError', message);
const NAME: MemberLimit = { length: [1, 255], pattern: /^[^:\p{Cc}]+$/u };
export const GROUP = { AutoScalingGroupName: NAME };

export const groups = collection<GroupRow>({
  rows: ({ state }) => state.autoScaling.groups,
  missing: (name) => invalid(`AutoScalingGroup name not found - AutoScalingGroup ${name} not found`),
  exists: (name) =>
    new ServiceError(
      'AlreadyExists',
      `AutoScalingGroup by this name already exists - A group with the name ${name} already exists`,
    ),
});

interface Paged {
  readonly NextToken?: string | undefined;
  readonly MaxRecords?: number | undefined;
}
export const paged = <T>(items: readonly T[], input: Paged, list: string, key: (item: T) => string) =>
  page(
    items,
    { size: input.MaxRecords, token: input.NextToken },
    { service: 'autoscaling', list, defaultSize: 50, largest: 100, key },
  );
