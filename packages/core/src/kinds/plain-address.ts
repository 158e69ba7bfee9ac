import type { Target, TargetRef, TargetTls } from '../model/target.js';

/** Why a target cannot be used as declared, and what to do instead. */
export interface NamelessAddress {
  readonly message: string;
  readonly remedy: string;
}

/**
 * The name that a certificate is checked for stands on an authorisation, and an integration instance calls a plain address without
 * one. `target` is undefined where it is not there yet: an address is not authorised then. Undefined: nothing is against it.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-setvpcaccess
 */
export function namelessAddress(
  ref: TargetRef,
  tls: TargetTls | undefined,
  target: Pick<Target, 'id'> | undefined,
): NamelessAddress | undefined {
  if (!('address' in ref) || tls?.serverName === undefined || tls.serverName === '') return undefined;
  const plain = `${ref.address}:${ref.port}`;
  if (target !== undefined && target.id !== plain) return undefined;
  return {
    message: `a plain address (${plain}) has no server name of its own`,
    remedy: 'Name the ECS or CLB instance behind it, or leave tls.serverName out.',
  };
}
