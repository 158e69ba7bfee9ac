import { strict } from '../../../forms/form.js';
import { discoveryServiceShape, type DiscoveryService, type ServiceInstance } from '../../../model/load-balancer.js';
import { part, resource } from '../resource.js';

/** See {@link DiscoveryService}. */
export const services = resource(strict<DiscoveryService>()(discoveryServiceShape), {
  key: 'id',
  noun: 'discovery service',
  diffOrder: 17,
  holds: 'scope',
  parts: { instances: part<ServiceInstance>('instance', ({ id }) => id) },
});
