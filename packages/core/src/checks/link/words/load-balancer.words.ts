import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `link/load-balancer`. */
export const linkLoadBalancerWords = {
  title: 'A VPC link V1 can be created for its network load balancer',
  about:
    'API Gateway accepts a request for a VPC link V1 and checks the load balancer only afterwards: the link is FAILED minutes later and has ' +
    'to be deleted. It fails for an application load balancer ("NLB ARN is malformed"), for a load balancer that is not active, and for ' +
    'one that another link leads to ("NLB is already associated with another VPC Endpoint Service"). An endpoint service that was not ' +
    'created by API Gateway has the same effect, and is not in the snapshot. The load balancer of a link never changes.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-nlb-for-vpclink-using-console.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-api-with-vpclink-cli.html',
    'https://github.com/hashicorp/terraform-provider-aws/issues/12796',
  ],
  says: {
    LINK_NOT_READ: ({ link }: { readonly link: string }) => `link ${link} leads to a network load balancer`,
    BALANCER_NOT_READ: ({ link, id }: { readonly link: string; readonly id: string }) =>
      `link ${link} can lead to ${id}`,
    BALANCER_ABSENT: ({ linkText, id }: { readonly linkText: string; readonly id: string }) => ({
      message: `${id}, the load balancer of ${linkText}, does not exist`,
      remedy: 'Create the load balancer first, or declare another link: the load balancer of a link never changes.',
    }),
    NOT_NETWORK: ({
      linkText,
      balancer,
      kind,
    }: {
      readonly linkText: string;
      readonly balancer: string;
      readonly kind: string;
    }) => ({
      message: `${balancer}, the load balancer of ${linkText}, is of kind ${kind}: a VPC link V1 needs a network load balancer`,
      remedy: `Put a network load balancer in front of ${balancer} (a target group of type alb), or use a VPC link V2: subnets in place of loadBalancer.`,
    }),
    NOT_ACTIVE: ({
      link,
      balancer,
      state,
    }: {
      readonly link: string;
      readonly balancer: string;
      readonly state?: string | undefined;
    }) => ({
      message: `${balancer} is ${state ?? 'not active'}: link ${link} fails if it is created now`,
      remedy: `Wait until ${balancer} is active, then run \`postern apply\`.`,
    }),
    IN_USE: ({
      link,
      balancer,
      other,
    }: {
      readonly link: string;
      readonly balancer: string;
      readonly other: string;
    }) => ({
      message: `link ${other} leads to ${balancer}, and a load balancer has one VPC link V1: link ${link} fails if it is created`,
      remedy: `Write id: ${other} in place of loadBalancer under links.${link}, or use another load balancer.`,
    }),
    FITS: ({ linkText, balancer }: { readonly linkText: string; readonly balancer: string }) =>
      `${balancer} is a network load balancer that ${linkText} can lead to`,
  },
} satisfies CheckWords;
