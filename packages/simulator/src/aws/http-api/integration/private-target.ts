import type { AwsCall } from '../../operation/call.js';

/**
 * Whether a URI names a backend that a private integration can have: the listener of an application or
 * network load balancer, or a Cloud Map service (which may carry a query, such as `?version=2`), of this
 * account and region. A backend that does not exist is refused, too; that the service checks it, and that
 * its message is the same, is inferred.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
export function isPrivateTarget(call: AwsCall, uri: string | undefined): boolean {
  const [, partition, service, region, account, resource = ''] =
    /^arn:([^:]*):([^:]*):([^:]*):([^:]*):([^?]*)(?:\?.*)?$/.exec(uri ?? '') ?? [];
  if (partition !== call.partition || region !== call.region || account !== call.account) return false;
  if (service === 'elasticloadbalancing') {
    return /^listener\/(app|net)\//.test(resource) && call.state.loadBalancing.listeners.has(uri ?? '');
  }
  const [, serviceId] = /^service\/(srv-[^/]+)$/.exec(resource) ?? [];
  return service === 'servicediscovery' && serviceId !== undefined && call.state.cloudMap.services.has(serviceId);
}
