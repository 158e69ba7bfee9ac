import type { Destination } from '../../simulation/world/cloud.js';
import type { RegionState } from '../state/region-state.js';
import { isAddress } from './blocks.js';
import type { Finding } from './connection.js';

/** An address and port to call. */
export interface Called {
  readonly address: string;
  readonly port: number;
}

const nothing = (because: string): Finding => ({ by: 'target', because });

/**
 * The addresses of a destination: an address; each of the balancer's interfaces, for the ARN of a load
 * balancer or listener; or, for a Cloud Map service's ARN, each instance that discovery may answer: not
 * unhealthy, with an address and a port.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
export function calledBy(region: RegionState, to: Destination, port: number | undefined): readonly Called[] | Finding {
  const text = typeof to === 'string' ? to : to.targetId;
  if (text.includes(':servicediscovery:')) return instancesOf(region, text, port);
  if (text.includes(':elasticloadbalancing:')) return interfacesOf(region, text, port);
  if (!isAddress(text)) return nothing(`${text} is no address, listener or Cloud Map service.`);
  return port === undefined ? nothing(`No port of ${text} is named.`) : [{ address: text, port }];
}

function interfacesOf(
  { ec2, loadBalancing }: RegionState,
  arn: string,
  given: number | undefined,
): readonly Called[] | Finding {
  const listener = loadBalancing.listeners.get(arn);
  if (!listener && arn.includes(':listener/')) return { by: 'listener', because: `There is no listener ${arn}.` };
  const balancer = loadBalancing.loadBalancers.get(listener?.loadBalancerArn ?? arn);
  const port = given ?? listener?.port;
  if (!balancer) return nothing(`There is no load balancer ${arn}.`);
  if (port === undefined) return nothing(`No port of ${balancer.name} is named.`);
  const addresses = balancer.zones
    .flatMap(({ interfaceIds }) => interfaceIds)
    .flatMap((id) => ec2.interfaces.get(id)?.privateIpAddress ?? []);
  if (addresses.length === 0) return nothing(`Load balancer ${balancer.name} has no address.`);
  return addresses.map((address) => ({ address, port }));
}

/** The query of an integration's URI narrows the instances by their attributes. */
function instancesOf({ cloudMap }: RegionState, uri: string, given: number | undefined): readonly Called[] | Finding {
  const [arn = '', query = ''] = uri.split('?');
  const service = [...cloudMap.services.values()].find((row) => row.arn === arn);
  if (!service) return nothing(`There is no service ${arn}.`);
  const wanted = [...new URLSearchParams(query)];
  const instances = [...cloudMap.instances.values()].filter(
    ({ serviceId, attributes }) =>
      serviceId === service.id && wanted.every(([key, value]) => attributes[key] === value),
  );
  if (instances.length === 0) return nothing(`No instance of ${service.name} is registered.`);
  const healthy = instances.filter(({ health }) => health !== 'UNHEALTHY');
  if (healthy.length === 0) return { by: 'target-health', because: `No instance of ${service.name} is healthy.` };
  const called: Called[] = [];
  for (const { id, attributes } of healthy) {
    const address = attributes['AWS_INSTANCE_IPV4'] ?? attributes['AWS_INSTANCE_IPV6'];
    const port = given ?? Number(attributes['AWS_INSTANCE_PORT'] ?? Number.NaN);
    if (address === undefined) return nothing(`Instance ${id} of ${service.name} has no AWS_INSTANCE_IPV4.`);
    if (Number.isNaN(port)) return nothing(`Instance ${id} of ${service.name} has no AWS_INSTANCE_PORT.`);
    called.push({ address, port });
  }
  return called;
}
