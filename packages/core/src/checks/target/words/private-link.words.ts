import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `target/private-link`. */
export const targetPrivateLinkWords = {
  title: 'The security groups of a network load balancer do not filter the calls of a V1 link',
  about:
    'A VPC link V1 reaches its network load balancer through PrivateLink. If the load balancer has security groups, AWS by default ' +
    'enforces them for these calls, too. The rules are compared with an address of API Gateway, which cannot be determined. ' +
    'Calls then fail, always or intermittently. AWS asks users to switch off the enforcement for such load balancers. ' +
    'VPC links V2 do not use PrivateLink.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-nlb-for-vpclink-using-console.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
  ],
  says: {
    NOT_ENFORCED: ({
      securityGroupIdsCount,
      name,
    }: {
      readonly securityGroupIdsCount: number;
      readonly name: string;
    }) =>
      securityGroupIdsCount === 0
        ? `${name} has no security groups`
        : `${name} does not enforce its security groups for PrivateLink`,
    SETTING_NOT_READ: ({ name }: { readonly name: string }) => `${name} allows inbound calls through PrivateLink`,
    ENFORCED: ({
      name,
      balancer,
      securityGroupIds,
    }: {
      readonly name: string;
      readonly balancer: string;
      readonly securityGroupIds: readonly string[];
    }) => ({
      message: `${name} enforces its security groups for PrivateLink, but the address of the gateway cannot be determined`,
      remedy: `Switch off the enforcement: aws elbv2 set-security-groups --load-balancer-arn ${balancer} --security-groups ${securityGroupIds.join(' ')} --enforce-security-group-inbound-rules-on-private-link-traffic off`,
    }),
  },
} satisfies CheckWords;
