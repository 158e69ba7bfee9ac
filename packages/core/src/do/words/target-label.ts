import type { Target } from '../model/target.js';

const LISTENER = /:elasticloadbalancing:[^:]*:[^:]*:listener\/[a-z]+\/([^/]+)\/[^/]+\/([^/]+)$/;
const BALANCER = /:elasticloadbalancing:[^:]*:[^:]*:loadbalancer\/[a-z]+\/([^/]+)\/[^/:]+(?::(\d{1,5}))?$/;
const SERVICE = /:servicediscovery:[^:]*:[^:]*:service\/([^]+)$/;

/** Known facts about a target in addition to its ID. */
export type NamedTarget = Pick<Target, 'id' | 'name' | 'port'>;

/**
 * A target as shown in a line of output: `orders-alb:80`, `billing (srv-1)`. For a listener whose port is not
 * known: the load balancer and the listener's own ID. For a port of a load balancer without a known listener
 * `orders-nlb:8080`; for a load balancer its name. An ID that is not an ARN is shown as it is.
 */
export function targetLabel({ id, name, port }: Partial<NamedTarget> & Pick<NamedTarget, 'id'>): string {
  const [, balancer, listener] = LISTENER.exec(id) ?? [];
  if (balancer !== undefined)
    return port === undefined ? `${balancer} (listener ${listener})` : `${name ?? balancer}:${port}`;

  const [, own, at] = BALANCER.exec(id) ?? [];
  if (own !== undefined) return at === undefined ? own : `${own}:${at}`;

  const [, service] = SERVICE.exec(id) ?? [];
  if (service !== undefined) return name === undefined ? service : `${name} (${service})`;

  return id;
}
