import type { CheckWords } from '../../findings/statement.js';

/** The texts of `target/private-link`. */
export const targetPrivateLinkWords = {
  title: 'The groups of a network load balancer do not filter the calls of a V1 link',
  about:
    'A VPC link V1 reaches its network load balancer through PrivateLink. Where the balancer has security groups, they are by default ' +
    "enforced for such calls, too, and compared with an address of API Gateway's own, which nobody can name: calls then fail, or " +
    'fail now and then. AWS asks to switch the enforcement off for such balancers. Links V2 are no PrivateLink.',
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
        : `${name} does not enforce its groups for PrivateLink`,
    SETTING_NOT_READ: ({ name }: { readonly name: string }) => `${name} lets calls through PrivateLink in`,
    ENFORCED: ({
      name,
      balancer,
      securityGroupIds,
    }: {
      readonly name: string;
      readonly balancer: string;
      readonly securityGroupIds: readonly string[];
    }) => ({
      message: `${name} enforces its security groups for PrivateLink, and cannot know the address of the gateway`,
      remedy: `Switch it off: aws elbv2 set-security-groups --load-balancer-arn ${balancer} --security-groups ${securityGroupIds.join(' ')} --enforce-security-group-inbound-rules-on-private-link-traffic off`,
    }),
  },
} satisfies CheckWords;
