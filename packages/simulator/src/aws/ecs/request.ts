import { ServiceError, type AnyOperation, errorsOf, notSimulated } from '../operation/operation.js';
import type * as sdk from '@aws-sdk/client-ecs';
import { familyOf, type GivenFamily, page } from '../operation/family.js';

/*
 * Codes are those of the API reference. Wordings come from published error reports where there are any.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html
 */

export const invalidParameter = errorsOf('InvalidParameterException');

export const clientError = errorsOf('ClientException');

/** @see https://github.com/hashicorp/terraform-provider-aws/issues/11409 */
export const clusterNotFound = () => new ServiceError('ClusterNotFoundException', 'Cluster not found.');

/** @see https://github.com/aws/aws-cli/issues/3257 */
export const serviceNotFound = () => new ServiceError('ServiceNotFoundException', 'Service not found.');

/** @see https://github.com/silinternational/ecs-deploy/issues/137 */
export const serviceNotActive = () => new ServiceError('ServiceNotActiveException', 'Service was not ACTIVE.');

/** What the simulator does not do. @throws {ServiceError} `NotImplemented` */
export function refuse<I extends object>(input: I, members: readonly (keyof I & string)[]): void {
  for (const member of members) {
    const value: unknown = input[member];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;

    throw notSimulated(`The parameter ${member}`);
  }
}

/**
 * Operations of Elastic Container Service.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Operations.html (each operation: `API_<name>.html`)
 */
export const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({ service: 'ecs' });

/** The answer of a list: a page of names or ARNs under `member`. A larger size than the largest is refused; the wording is [U]. */
export function listed<const N extends string>(
  member: N,
  list: string,
  items: readonly string[],
  {
    maxResults: size,
    nextToken: token,
  }: { readonly maxResults?: number | undefined; readonly nextToken?: string | undefined },
  defaultSize = 100,
) {
  const rules = { service: 'ecs', list, defaultSize, largest: 100, key: (item: string) => item } as const;
  const found = page(items, { size, token }, rules);
  return { [member]: found.items, nextToken: found.next } as Record<N, string[]> & { nextToken: string | undefined };
}
