import type { CheckWords } from '../../../findings/statement.js';
import { targetText } from '../../../kinds/target-ref.js';
import type { TargetRef } from '../../../model/target.js';

/** Why a link cannot call what a spec names, and the facts that decide. */
export type Misfit =
  | { readonly is: 'other cloud' | 'not balanced' | 'not network' | 'gateway balancer' }
  | { readonly is: 'service' | 'REST API service' }
  /** `own`: the load balancers of the link. */
  | { readonly is: 'other balancer'; readonly own: readonly string[] }
  | { readonly is: 'HTTP API service'; readonly region: string }
  | { readonly is: 'not an ARN'; readonly expected: 'service' | 'listener' }
  /** `service` is that of the ARN: `elasticloadbalancing`. */
  | { readonly is: 'not a service' | 'other service'; readonly service: string }
  | { readonly is: 'other kind'; readonly kind: string; readonly expected: string }
  | { readonly is: 'balancer'; readonly listeners: readonly NamedListener[] };

interface NamedListener {
  readonly id: string;
  readonly protocol: string;
  readonly port: number;
}

const LISTENER_WANTED = 'Write a listener of an application or network load balancer.';

/** What follows the target in the message, and the remedy. */
function misfitText(misfit: Misfit): readonly [is: string, remedy: string] {
  switch (misfit.is) {
    case 'other cloud':
      return ['a backend of another cloud', 'Write instance and port of an ECS or CLB instance, or address and port.'];
    case 'not balanced':
      return [
        'not a target that a VPC link can call',
        'Put a load balancer in front of it and write its listener, or register it in AWS Cloud Map and write its service.',
      ];
    case 'not network':
      return [
        'not a network load balancer, and a VPC link V1 can call nothing else',
        'Put a network load balancer in front of it, or use a VPC link V2.',
      ];
    case 'other balancer':
      return [
        `not a listener of the load balancer of the link, and the link reaches no other: ${misfit.own.join(', ')}`,
        `Write a listener of ${misfit.own.join(', ')}, or use another link: a VPC link V1 reaches one load balancer.`,
      ];
    case 'gateway balancer':
      return ['a resource of a gateway load balancer', 'Use an application or network load balancer.'];
    case 'service':
      return ['a Cloud Map service', 'Write it as service: <this ARN>.'];
    case 'REST API service':
      return [
        'a Cloud Map service, which REST APIs cannot call',
        'Put a load balancer in front of the service and write its listener, or use an HTTP API.',
      ];
    case 'HTTP API service':
      return [
        `a Cloud Map service, which HTTP APIs of ${misfit.region} cannot call`,
        'Put a load balancer in front of the service and write its listener.',
      ];
    case 'not an ARN':
      return [
        'not an ARN',
        misfit.expected === 'service'
          ? 'Write the ARN of a Cloud Map service.'
          : 'Write the ARN of a listener, or loadBalancer and port.',
      ];
    case 'not a service':
      return [
        'not a Cloud Map service',
        misfit.service === 'elasticloadbalancing'
          ? 'Write it as listener: <this ARN>.'
          : 'Write the ARN of a Cloud Map service, not that of its namespace or instance.',
      ];
    case 'other service':
      return [`a resource of ${misfit.service}`, LISTENER_WANTED];
    case 'other kind':
      return [`a ${misfit.kind}; expected a ${misfit.expected}`, LISTENER_WANTED];
    case 'balancer':
      return ['a load balancer; expected a listener', oneOfText(misfit.listeners)];
  }
}

function oneOfText(listeners: readonly NamedListener[]): string {
  if (listeners.length === 0) return 'Write listener: { loadBalancer: <this ARN>, port: <port> }.';
  const names = listeners.map(({ id, protocol, port }) => `${id} (${protocol} ${port})`);
  return `Write one of its listeners: ${names.join(', ')}.`;
}

function unfit({ ref, misfit }: { readonly ref: TargetRef; readonly misfit: Misfit }) {
  const [is, remedy] = misfitText(misfit);
  return { message: `${targetText(ref)} is ${is}`, remedy };
}

/** Of an unknown and of a pass alike. */
function fits({ ref, link }: { readonly ref: TargetRef; readonly link: string }): string {
  return `${targetText(ref)} is of a kind that link ${link} can call`;
}

/** The texts of `target/kind`. */
export const targetKindWords = {
  title: 'The target is of a kind that the link can call',
  about:
    'A VPC link V2 forwards calls to listeners of application and network load balancers and, for HTTP APIs, to Cloud Map services. ' +
    'The ARN of a load balancer, a target group or a rule in place of that of a listener is rejected: "integration uri should be a ' +
    'valid ELB listener ARN or a valid Cloud Map service ARN". A VPC link V1 forwards calls to one network load balancer, which is ' +
    'fixed when the link is created. ' +
    'On Alibaba Cloud a target is an ECS instance, an internal CLB instance or a private address, with a port. ' +
    'In us-gov-west-1 HTTP APIs cannot call Cloud Map services.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html',
    'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-abp.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/use-a-resource-in-a-vpc-as-the-backend-service-of-an-api',
  ],
  says: {
    KIND_NOT_READ: fits,
    KIND_FITS: fits,
    KIND_UNFIT: unfit,
    NOT_NETWORK_BALANCER: unfit,
    OTHER_BALANCER: unfit,
    GATEWAY_BALANCER: unfit,
  },
} satisfies CheckWords;
