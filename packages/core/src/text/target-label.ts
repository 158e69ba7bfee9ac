import type { Target } from '../model/target.js';

const LISTENER = /^arn:[^:]+:elasticloadbalancing:[^:]*:[^:]*:listener\/[a-z]+\/([^/]+)\/[^/]+\/([^/]+)$/;
const SERVICE = /^arn:[^:]+:servicediscovery:[^:]*:[^:]*:service\/(.+)$/;

/** Known facts about a target in addition to its ID. */
type Named = Pick<Target, 'id' | 'name' | 'port'>;

/**
 * A target as shown in a line of output: `orders-alb:80`, `billing (srv-1)`. For a listener whose port is not
 * known: the load balancer and the listener's own ID. An ID that is not an ARN is shown as it is.
 */
export function targetLabel({ id, name, port }: Partial<Named> & Pick<Named, 'id'>): string {
  const [, balancer, listener] = LISTENER.exec(id) ?? [];
  if (balancer !== undefined)
    return port === undefined ? `${balancer} (listener ${listener})` : `${name ?? balancer}:${port}`;
  const [, service] = SERVICE.exec(id) ?? [];
  if (service !== undefined) return name === undefined ? service : `${name} (${service})`;
  return id;
}
