import { strict } from '../../../forms/form.js';
import { loadBalancerShape, type LoadBalancer } from '../../../model/load-balancer.js';
import { resource } from '../resource.js';

/** See {@link LoadBalancer}. */
export const loadBalancers = resource(strict<LoadBalancer>()(loadBalancerShape), {
  always: true,
  key: 'id',
  noun: 'load balancer',
  diffOrder: 11,
  holds: 'scope',
});
