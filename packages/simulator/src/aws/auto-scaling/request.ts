import type * as sdk from '@aws-sdk/client-auto-scaling';
import { collection } from '../operation/collection.js';
import { familyOf, type GivenFamily } from '../operation/family.js';
import { type AnyOperation, type MemberLimit, ServiceError } from '../operation/operation.js';
import { page } from '../operation/page.js';
import type { GroupRow } from './state.js';

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
