import type { ApiGroupRow, GatewayInstanceRow } from '../state.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import { say } from '../request/words.js';

/**
 * Refuses changes of groups that are locked, for arrears or their contents.
 * @throws {AlibabaError} `ForbiddenBillingStatus`, `ForbiddenIllegalStatus`
 */
export function requireUnlocked({ billingStatus, illegalStatus }: ApiGroupRow): void {
  if (billingStatus !== 'NORMAL')
    throw say.forbidden('BillingStatus', 'The API group is locked because of overdue payments.');
  if (illegalStatus !== 'NORMAL')
    throw say.forbidden('IllegalStatus', 'The API group is locked because of illegal content.');
}

/** `VPC_SHARED` for the shared instance, `VPC_DEDICATED` for all others. */
export function instanceTypeOf({ kind }: Pick<GatewayInstanceRow, 'kind'>): string {
  return kind === 'shared' ? 'VPC_SHARED' : 'VPC_DEDICATED';
}

/** The group's second-level domain. */
export function subDomainOf({ id }: ApiGroupRow, region: string): string {
  return `${id}-${region}.alicloudapi.com`;
}

/** Names of groups are unique. @throws {AlibabaError} `DuplicateGroupName` */
export function checkGroupName({ cloudApi }: AlibabaRegionState, name: string, id?: string): void {
  const taken = [...cloudApi.groups.values()].some((group) => group.name === name && group.id !== id);
  if (taken) throw say.duplicate('GroupName');
}

/** The path prefix of a group's APIs. @throws {AlibabaError} `InvalidBasePath` */
export function checkBasePath(path: string): void {
  if (!/^\/\S*$/.test(path)) throw say.invalid('BasePath');
}
