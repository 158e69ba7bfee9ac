import type { CheckWords } from '../../../findings/statement.js';

function unfit({ text, is, remedy }: { readonly text: string; readonly is: string; readonly remedy: string }) {
  return { message: `${text} is ${is}`, remedy };
}

/** The texts of `target/kind`. */
export const targetKindWords = {
  title: 'The target is of a kind that the link can call',
  about:
    'A VPC link V2 forwards calls to listeners of application and network load balancers and, for HTTP APIs, to Cloud Map services. ' +
    'The ARN of a load balancer, a target group or a rule in place of that of a listener is rejected: "integration uri should be a ' +
    'valid ELB listener ARN or a valid Cloud Map service ARN". A VPC link V1 forwards calls to one network load balancer. ' +
    'On Alibaba Cloud a target is an ECS instance, an internal CLB instance or a private address, with a port. ' +
    'In us-gov-west-1 HTTP APIs cannot call Cloud Map services.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html',
    'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-abp.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/use-a-resource-in-a-vpc-as-the-backend-service-of-an-api',
  ],
  says: {
    KIND_NOT_READ: ({ text, link }: { readonly text: string; readonly link: string }) =>
      `${text} is of a kind that link ${link} can call`,
    KIND_FITS: ({ text, link }: { readonly text: string; readonly link: string }) =>
      `${text} is of a kind that link ${link} can call`,
    KIND_UNFIT: unfit,
    NOT_NETWORK_BALANCER: unfit,
    GATEWAY_BALANCER: unfit,
  },
} satisfies CheckWords;
