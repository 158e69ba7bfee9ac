import type { CheckWords } from '../../../findings/statement.js';

interface Unhealthy {
  readonly balancer: string;
  readonly without: readonly string[];
  readonly isAnswered: boolean;
  readonly isOpen: boolean;
  readonly group: string;
}

function unhealthy({ balancer, without, isAnswered, isOpen, group }: Unhealthy): {
  readonly message: string;
  readonly remedy: string;
} {
  const zones = without.join(' and ');
  const come = 'calls that arrive there';
  const then = isAnswered
    ? `${come} are forwarded to unhealthy targets, which answer`
    : isOpen
      ? `${come} are forwarded to targets that fail their health check`
      : `${come} fail`;
  return {
    message: `${balancer} has no healthy target in ${zones}, and cross-zone load balancing is off: ${then}`,
    remedy: `Register a healthy target in ${zones}, or switch on cross-zone load balancing for ${group}.`,
  };
}

/** The texts of `target/healthy-zones`. */
export const targetHealthyZonesWords = {
  title: 'Without cross-zone load balancing, each zone of the load balancer has a healthy target',
  about:
    'Without cross-zone load balancing (the default of network load balancers), each zone of a load balancer sends calls only to ' +
    'targets in its own zone. Calls that arrive in a zone without a healthy target fail, or go to targets that fail their health check. ' +
    'AWS removes the address of that zone from the DNS name of the load balancer; it is not documented whether links use that name. ' +
    'So one zone without healthy targets is unknown, and all zones without healthy targets are an error. ' +
    'If the targets of the zone answer their health check with another status code, it is a warning. A load balancer behind a network ' +
    'load balancer is a target in each of its own zones; its own zones are evaluated as well.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#cross-zone-load-balancing',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health.html',
    'https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html',
  ],
  says: {
    ZONES_NOT_READ: ({ balancer }: { readonly balancer: string }) => `each zone of ${balancer} has a healthy target`,
    CROSSES_ZONES: ({ balancer }: { readonly balancer: string }) =>
      `each zone of ${balancer} sends calls to targets in all zones`,
    ZONES_HEALTHY: ({ balancer }: { readonly balancer: string }) => `each zone of ${balancer} has a healthy target`,
    ZONE_UNHEALTHY: unhealthy,
    ZONE_LEAVES_DNS: (params: Unhealthy) => {
      const { message, remedy } = unhealthy(params);
      return {
        message: `${message}; AWS removes the address in ${params.without.join(' and ')} from DNS, and it is not documented whether links still call it`,
        remedy,
      };
    },
  },
} satisfies CheckWords;
