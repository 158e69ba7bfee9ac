import { single, word, UnresolvedValue, type Act, type ActValues, type Caller } from '@postern/core/overlay';
import { partitionOf } from '../../cloud/arn.js';

/** The deletion of a resource by one operation that is given its ID: `removes('ec2.DeleteVpc', 'VpcId')`. */
export function removes(operation: string, member: string, attribute = 'id'): NonNullable<Act['remove']> {
  return (before, caller) => void caller.call(operation, { [member]: before[attribute] });
}

/** The deletion of what is not deleted with the resource of a plan. */
export const stays = (): void => undefined;

/** An ARN in the caller's region and account. */
export function arnIn({ region, account }: Caller, service: string, resource: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
}

/** The name of a resource, or one that begins as the configuration says. */
export function nameOf(values: ActValues, caller: Caller, stem = 'terraform-'): string {
  return word(values['name']) ?? caller.unique(word(values['name_prefix']) ?? stem);
}

/** A value; undefined where it is open. */
export function ifResolved(value: unknown): unknown {
  try {
    return single(value);
  } catch (error) {
    if (!(error instanceof UnresolvedValue)) throw error;

    return undefined;
  }
}

/** A filter of a `Describe` operation of EC2. */
export function filters(wanted: Readonly<Record<string, string>>): object {
  return { Filters: Object.entries(wanted).map(([Name, value]) => ({ Name, Values: [value] })) };
}

/** What of one list is not in another one. */
export function without<T>(all: readonly T[], others: readonly T[]): T[] {
  return all.filter((one) => !others.includes(one));
}
