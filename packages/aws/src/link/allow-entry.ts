import type { AllowEntry } from '@postern/core';
import { parsePrefix } from '@postern/core/cidr';
import type { IpPermission } from '../sdk-types.js';

/** An entry as a rule of a security group. */
export function toPermission(entry: AllowEntry, description: string): IpPermission {
  const ports =
    entry.protocol === 'all'
      ? { IpProtocol: '-1' }
      : { IpProtocol: entry.protocol, FromPort: entry.fromPort, ToPort: entry.toPort };
  return parsePrefix(entry.cidrBlock).address.family === 4
    ? { ...ports, IpRanges: [{ CidrIp: entry.cidrBlock, Description: description }] }
    : { ...ports, Ipv6Ranges: [{ CidrIpv6: entry.cidrBlock, Description: description }] };
}

/**
 * A permission without its description. A rule is revoked by what it allows; a description would have to be
 * equal, too.
 */
export function bare(permission: IpPermission): IpPermission {
  return {
    ...permission,
    ...(permission.IpRanges && { IpRanges: permission.IpRanges.map(({ CidrIp }) => ({ CidrIp })) }),
    ...(permission.Ipv6Ranges && { Ipv6Ranges: permission.Ipv6Ranges.map(({ CidrIpv6 }) => ({ CidrIpv6 })) }),
  };
}
