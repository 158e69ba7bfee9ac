import type { LoadBalancerTypeEnum, LoadBalancerSchemeEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsCall } from '../../operation/operation.js';

/**
 * How long a new load balancer is `provisioning`. Not published; creations through Terraform take two to
 * three minutes. The SDK's waiter polls every 15 seconds.
 */
export const PROVISIONING_MS: Readonly<Record<LoadBalancerTypeEnum, number>> = {
  application: 120_000,
  network: 150_000,
  gateway: 60_000,
};

/** The timer's end of provisioning. */
export function becomeActive(call: AwsCall, data: Readonly<Record<string, string | number>>): void {
  const row = call.state.loadBalancing.loadBalancers.get(String(data['arn']));
  if (row?.fields.State.Code === 'provisioning') row.fields = { ...row.fields, State: { Code: 'active' } };
}

/**
 * Route 53 zones of the DNS names of load balancers, by region: application's, network's.
 * @see https://docs.aws.amazon.com/general/latest/gr/elb.html
 */
const HOSTED_ZONES: Readonly<Record<string, readonly [application: string, network: string]>> = {
  'us-east-1': ['Z35SXDOTRQ7X7K', 'Z26RNL4JYFTOTI'],
  'us-east-2': ['Z3AADJGX6KTTL2', 'ZLMOA37VPKANP'],
  'us-west-1': ['Z368ELLRRE2KJ0', 'Z24FKFUX50B4VW'],
  'us-west-2': ['Z1H1FL5HABSF5', 'Z18D5FSROUN65G'],
  'af-south-1': ['Z268VQBMOI5EKX', 'Z203XCE67M25HM'],
  'ap-east-1': ['Z3DQVH9N71FHZ0', 'Z12Y7K3UBGUAD1'],
  'ap-south-1': ['ZP97RAFLXTNZK', 'ZVDDRBQ08TROA'],
  'ap-northeast-1': ['Z14GRHDCWA56QT', 'Z31USIVHYNEOWT'],
  'ap-northeast-2': ['ZWKZPGTI48KDX', 'ZIBE1TIR4HY56'],
  'ap-northeast-3': ['Z5LXEXXYW11ES', 'Z1GWIQ4HH19I5X'],
  'ap-southeast-1': ['Z1LMS91P8CMLE5', 'ZKVM4W9LS7TM'],
  'ap-southeast-2': ['Z1GM3OXH4ZPM65', 'ZCT6FZBF4DROD'],
  'ca-central-1': ['ZQSVJUPU6J1EY', 'Z2EPGBW3API2WT'],
  'eu-central-1': ['Z215JYRZR1TBD5', 'Z3F0SRJ5LGBH90'],
  'eu-west-1': ['Z32O12XQLNTSW2', 'Z2IFOLAFXWLO4F'],
  'eu-west-2': ['ZHURV8PSTC4K8', 'ZD4D7Y8KGAS4G'],
  'eu-west-3': ['Z3Q77PNBQS71R4', 'Z1CMS0P5QUZ6D5'],
  'eu-north-1': ['Z23TAZ6LKFMNIO', 'Z1UDT6IFJ4EJM'],
  'eu-south-1': ['Z3ULH7SSC9OV64', 'Z23146JA1KNAFP'],
  'me-south-1': ['ZS929ML54UICD', 'Z3QSRYVP46NYYV'],
  'sa-east-1': ['Z2P70J7HTTTPLU', 'ZTK26PT1VY4CU'],
  'cn-north-1': ['Z1GDH35T77C1KE', 'Z3QFB96KMJ7ED6'],
  'cn-northwest-1': ['ZM7IZAIOVVDZF', 'ZQEIKTCZ8352D'],
  'us-gov-east-1': ['Z166TLBEWOO7G0', 'Z1ZSMQQ6Q24QQ8'],
  'us-gov-west-1': ['Z33AYJ8TM3BH4J', 'ZMG1MZ2THAWF1'],
};

/** The zone of a balancer's DNS name; undefined for a region that the table lacks. */
export function canonicalHostedZone(region: string, type: 'application' | 'network'): string | undefined {
  return HOSTED_ZONES[region]?.[type === 'application' ? 0 : 1];
}

/** `internal-orders-1234567890.eu-west-1.elb.amazonaws.com`, or for a network load balancer `orders-<id>.elb.eu-west-1.amazonaws.com`. */
export function dnsName(
  call: AwsCall,
  balancer: { type: 'application' | 'network'; name: string; id: string; scheme: LoadBalancerSchemeEnum },
): string {
  const suffix = call.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  if (balancer.type === 'network') return `${balancer.name}-${balancer.id}.elb.${call.region}.${suffix}`;

  const number = String(Math.floor(call.random() * 9e9) + 1e9);
  const start = balancer.scheme === 'internal' ? 'internal-' : '';
  return `${start}${balancer.name}-${number}.${call.region}.elb.${suffix}`;
}
