import { AWS_QUOTAS } from './quotas/quotas.js';
import { BALANCER_QUOTAS } from './quotas/load-balancers.js';
import { defineTraits, reservedRanges, type ReservedByCloud } from '@postern/core/internal/kinds';
import { httpApis } from '../http-apis/door/cloud.js';
import { restApis } from '../rest-apis/door/cloud.js';
import { vpcLinks } from '../vpc-links/door/keys.js';

const VPC_BLOCKS = 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html';
const DNS = 'https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html';
const METADATA = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html';
const TIME = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/set-time.html';

/** What no VPC can be, and the services of every VPC. */
const AWS_RESERVED: ReservedByCloud = {
  ranges: reservedRanges([
    ['0.0.0.0/8', 'not allowed as block of a VPC', VPC_BLOCKS],
    ['127.0.0.0/8', 'not allowed as block of a VPC', VPC_BLOCKS],
    ['169.254.0.0/16', 'not allowed as block of a VPC', VPC_BLOCKS],
    ['224.0.0.0/4', 'not allowed as block of a VPC', VPC_BLOCKS],
    ['169.254.169.253/32', 'DNS resolver of the VPC', DNS],
    ['fd00:ec2::253/128', 'DNS resolver of the VPC', DNS],
    ['169.254.169.254/32', 'instance metadata', METADATA],
    ['fd00:ec2::254/128', 'instance metadata', METADATA],
    ['169.254.169.123/32', 'time service', TIME],
    ['fd00:ec2::123/128', 'time service', TIME],
  ]),
  subnets: {
    first: 4,
    last: 1,
    ipv6: true,
    source: 'https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html',
  },
};

/**
 * AWS.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html
 */
export const AWS_TRAITS = defineTraits({
  name: 'aws',
  title: 'AWS',
  quotas: AWS_QUOTAS,
  quotasReadOn: '2026-11-23',
  quotasRead: { permission: 'servicequotas:ListServiceQuotas', console: 'the console of Service Quotas' },
  balancers: BALANCER_QUOTAS,
  network: {
    account: {
      form: /^\d{12}$/,
      example: '111122223333',
      fault: 'expected an AWS account ID of twelve digits',
      remedy: 'Write all twelve digits, in quotes.',
    },
    aclEntriesAreNumbered: true,
    loadBalancersFailOpen: true,
    readsTargetHealth: 'elasticloadbalancing:DescribeTargetHealth',
    clientAddressesStayNear: true,
    groupsReachPeers: true,
    addressesAreInterfaces: true,
    routersAreListed: true,
    natHasDestinations: false,
    groupsMayServeOtherNetworks: {
      documented: 'AWS documents associated groups for REST APIs of API Gateway only',
      listed: '`aws ec2 describe-security-group-vpc-associations` lists associations',
    },
    emptyZonesLeaveDns: true,
    targetsNeedZone: true,
    groupRulesHavePriorities: false,
    publicBalancersStandOutside: false,
    reserved: AWS_RESERVED,
  },
  links: vpcLinks.traits,
  gateways: { ...httpApis.traits.httpApi, ...restApis.traits, ...httpApis.traits.webSocketApi },
});
