import type { IpAddressType } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { LoadBalancerRow } from '../state.js';
import { unfit } from '../errors.js';

/**
 * Checks that a load balancer can have an IP address type.
 * @throws {ServiceError} `InvalidConfigurationRequest`.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetIpAddressType.html
 */
export function checkIpAddressType(
  wanted: IpAddressType,
  { type, scheme }: Pick<LoadBalancerRow, 'type' | 'scheme'>,
): IpAddressType {
  if (wanted !== 'dualstack-without-public-ipv4') return wanted;
  if (type !== 'application') {
    throw unfit(`The specified IP address type is not supported on load balancers with type '${type}'.`);
  }
  if (scheme === 'internal')
    throw unfit("IP address type 'dualstack-without-public-ipv4' is not supported on internal load balancers");
  return wanted;
}
