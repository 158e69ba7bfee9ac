import { type ReservedByCloud, reservedRanges } from '@postern/core/internal/kinds';

const VPC = 'https://www.alibabacloud.com/help/en/vpc/vpc-and-vswitch';
const ACL = 'https://www.alibabacloud.com/help/en/vpc/network-acl-overview';

/** What no VPC of Alibaba Cloud can be, and the services of every VPC. */
export const ALIBABA_RESERVED: ReservedByCloud = {
  ranges: reservedRanges([
    ['100.64.0.0/10', "the cloud's own services; not allowed as block of a VPC", VPC],
    ['127.0.0.0/8', 'not allowed as block of a VPC', VPC],
    ['169.254.0.0/16', 'not allowed as block of a VPC', VPC],
    ['224.0.0.0/4', 'not allowed as block of a VPC', VPC],
    ['100.100.2.112/28', 'DNS', ACL],
    ['100.100.2.128/28', 'DNS', ACL],
    ['100.100.100.200/32', 'instance metadata', ACL],
  ]),
  subnets: { first: 1, last: 3, ipv6: false, source: VPC },
};
