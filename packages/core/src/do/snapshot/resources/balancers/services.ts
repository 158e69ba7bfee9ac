import { oneOf, optional, strict } from '../../../forms/form.js';
import { sorted } from '../../../forms/lists.js';
import { optionalFlag, optionalText, port, raw, strings, text } from '../../../forms/resource-values.js';
import type { DiscoveryService, ServiceInstance } from '../../../model/load-balancer.js';
import { part, resource } from '../resource.js';

/** See {@link DiscoveryService}. */
export const services = resource(
  strict<DiscoveryService>()({
    id: text,
    name: optionalText,
    networkId: optionalText,
    healthCheck: oneOf('none', 'native', 'custom', 'unknown'),
    instances: optional(
      sorted(
        strict<ServiceInstance>()({
          id: text,
          address: optionalText,
          ipv6Address: optionalText,
          port: optional(port),
          attributes: optional(strings),
          healthy: optionalFlag,
        }),
        ['id'],
      ),
    ),
    raw,
  }),
  {
    key: 'id',
    noun: 'discovery service',
    diffOrder: 17,
    holds: 'scope',
    parts: { instances: part<ServiceInstance>('instance', ({ id }) => id) },
  },
);
