import type { Accepted } from '../connects/one-call.js';
import { loadBalancerAttribute } from '../load-balancing/load-balancer/load-balancer-attributes.js';

/** What an application load balancer changes in the headers of a request; the same for all calls of one way. */
export interface HeaderChanges {
  /** Of `X-Forwarded-For`: `append`, `preserve` or `remove`. */
  readonly forwardedFor: string;
  /** The address that called the load balancer. */
  readonly client: string;
  /** `https` or `http`, and the listener's port. */
  readonly protocol: string;
  readonly port: string;
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html */
export function headerChanges({ balancer, listener, client }: Accepted): HeaderChanges {
  return {
    forwardedFor: loadBalancerAttribute(balancer, 'routing.http.xff_header_processing.mode') ?? 'append',
    client,
    protocol: listener.protocol === 'HTTPS' ? 'https' : 'http',
    port: `${listener.port}`,
  };
}

/**
 * Changes the headers of a request to those that a target gets. What another proxy wrote into `X-Forwarded-Proto` and `X-Forwarded-Port` is replaced [I]; the port of
 * the client in `X-Forwarded-For` (`routing.http.xff_client_port.enabled`) is not simulated.
 * @param changed names in lower case
 */
export function changeHeaders(changed: Record<string, string>, changes: HeaderChanges, traceId: () => string): void {
  const { forwardedFor, client, protocol, port } = changes;
  const before = changed['x-forwarded-for'];
  if (forwardedFor === 'append') changed['x-forwarded-for'] = before === undefined ? client : `${before}, ${client}`;
  if (forwardedFor === 'remove') delete changed['x-forwarded-for'];
  changed['x-forwarded-proto'] = protocol;
  changed['x-forwarded-port'] = port;
  changed['x-amzn-trace-id'] = traced(changed['x-amzn-trace-id'], traceId());
}

/**
 * A trace that came in has a field `Self`, which is new at each load balancer; without one a trace begins.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-request-tracing.html
 */
function traced(before: string | undefined, id: string): string {
  if (before?.startsWith('Root=') === true && !before.includes('Self=')) return `Self=${id};${before}`;
  const fields = (before ?? '').split(';').filter((field) => field !== '' && !field.startsWith('Self='));
  const isTraced = fields.some((field) => field.startsWith('Root='));
  return [`${isTraced ? 'Self' : 'Root'}=${id}`, ...fields].join(';');
}
