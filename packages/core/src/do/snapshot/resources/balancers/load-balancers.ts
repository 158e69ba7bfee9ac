import { oneOf, optional, strict } from '../../../forms/form.js';
import { set } from '../../../forms/lists.js';
import { count, optionalFlag, optionalText, raw, text } from '../../../forms/resource-values.js';
import type { LoadBalancer } from '../../../model/load-balancer.js';
import { resource } from '../resource.js';

/** See {@link LoadBalancer}. */
export const loadBalancers = resource(
  strict<LoadBalancer>()({
    id: text,
    name: text,
    kind: oneOf('application', 'network', 'gateway', 'classic'),
    networkId: optionalText,
    scheme: optional(oneOf('internal', 'internet-facing')),
    state: optionalText,
    active: optionalFlag,
    subnetIds: set(text),
    securityGroupIds: set(text),
    addresses: optional(set(text)),
    zones: optional(set(text)),
    crossZone: optionalFlag,
    privateLinkEnforced: optionalFlag,
    idleTimeoutMs: optional(count),
    behindNetworkAcl: optionalFlag,
    account: optionalText,
    raw,
  }),
  { always: true, key: 'id', noun: 'load balancer', diffOrder: 11, holds: 'scope' },
);
