import type { CheckWords } from '../../../findings/statement.js';

/** A load balancer that enforces its groups. */
interface Enforced {
  readonly name: string;
  readonly port?: number | undefined;
  readonly balancer: string;
  readonly securityGroupIds: readonly string[];
}

function switchOff({ balancer, securityGroupIds }: Enforced): string {
  return `Switch off the enforcement: aws elbv2 set-security-groups --load-balancer-arn ${balancer} --security-groups ${securityGroupIds.join(' ')} --enforce-security-group-inbound-rules-on-private-link-traffic off`;
}

/** The texts of `target/private-link`. */
export const targetPrivateLinkWords = {
  title: 'The security groups of a network load balancer allow the calls of a V1 link',
  about:
    'A VPC link V1 reaches its network load balancer through PrivateLink. If the load balancer has security groups, AWS by default ' +
    'enforces them for these calls, too. The rules are compared with an address of API Gateway, which cannot be determined. ' +
    'Calls then fail, always or intermittently, unless the rules allow the port from every address. Rules that name a security group do ' +
    'not match. AWS asks users to switch off the enforcement for such load balancers. Without enforcement, the groups do not matter. ' +
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
    RULES_NOT_READ: ({ name }: { readonly name: string }) => `${name} allows inbound calls through PrivateLink`,
    RULES_ALLOW_ALL: ({ name, port }: { readonly name: string; readonly port?: number | undefined }) =>
      `the security groups of ${name} allow port ${port ?? 'of the listener'} from every address`,
    RULES_ALLOW_NONE: (of: Enforced) => ({
      message: `${of.name} enforces its security groups for PrivateLink, and no rule of theirs allows port ${of.port ?? 'of the listener'} from an address: every call fails`,
      remedy: switchOff(of),
    }),
    ENFORCED: (of: Enforced) => ({
      message: `${of.name} enforces its security groups for PrivateLink, but the address of the gateway cannot be determined`,
      remedy: switchOff(of),
    }),
  },
} satisfies CheckWords;
