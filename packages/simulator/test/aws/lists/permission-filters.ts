import type { IpPermission, SecurityGroup } from '@aws-sdk/client-ec2';

/** The filters of a security group's rules, the same in both directions. */
export function permissionFilters(prefix: string, of: (group: SecurityGroup) => readonly IpPermission[] | undefined) {
  const each = (value: (permission: IpPermission) => unknown) => (group: SecurityGroup) => of(group)?.map(value).flat();
  return {
    [`${prefix}.cidr`]: each(({ IpRanges }) => IpRanges?.map(({ CidrIp }) => CidrIp)),
    [`${prefix}.from-port`]: each(({ FromPort }) => FromPort),
    [`${prefix}.group-id`]: each(({ UserIdGroupPairs }) => UserIdGroupPairs?.map(({ GroupId }) => GroupId)),
    [`${prefix}.group-name`]: undefined, // only groups of EC2-Classic are referred to by name in an answer
    [`${prefix}.ipv6-cidr`]: each(({ Ipv6Ranges }) => Ipv6Ranges?.map(({ CidrIpv6 }) => CidrIpv6)),
    [`${prefix}.prefix-list-id`]: each(({ PrefixListIds }) => PrefixListIds?.map(({ PrefixListId }) => PrefixListId)),
    [`${prefix}.protocol`]: each(({ IpProtocol }) => IpProtocol),
    [`${prefix}.to-port`]: each(({ ToPort }) => ToPort),
    [`${prefix}.user-id`]: each(({ UserIdGroupPairs }) => UserIdGroupPairs?.map(({ UserId }) => UserId)),
  };
}
