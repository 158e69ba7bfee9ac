import type { DiscoveryService, ServiceInstance } from '../../model/load-balancer.js';
import type { CheckInput, Found, Missing } from '../check.js';
import type { Evidence } from '../finding.js';
import { aboutTarget } from '../words/about.js';
import type { About } from '../words/outcome.js';
import { backends } from './balancers.js';

const PERMISSION = 'servicediscovery:ListInstances';

/** A target that is a Cloud Map service. */
export interface ServiceTarget {
  readonly about: About;
  readonly id: string;
  readonly name: string;
  readonly found: Found<DiscoveryService>;
  /** Why not everything of it may have been read. */
  readonly missing: Missing | undefined;
}

/** Every target of the spec that is a Cloud Map service. */
export function* serviceTargets(input: CheckInput): Iterable<ServiceTarget> {
  for (const { integration, target, backend } of backends(input)) {
    if (backend.kind !== 'service') continue;
    const { id, service: found } = backend;
    yield {
      about: aboutTarget(integration, target),
      id,
      name: (found.is === 'found' ? found.value.name : undefined) ?? target.target?.name ?? id,
      found,
      missing: integration.link.region.missing('services', id),
    };
  }
}

/** What is missing where the instances of a service were not read. */
export function instancesMissing(name: string): Missing {
  return {
    what: `the instances of ${name}`,
    remedy: `Allow ${PERMISSION} for these credentials, then take the snapshot again.`,
    permission: PERMISSION,
  };
}

/** `10.0.1.5, port 8080, healthy`. */
export function instanceEvidence({ id, address, ipv6Address, port, healthy }: ServiceInstance): Evidence {
  const where = `${address ?? ipv6Address ?? 'no address'}, ${port === undefined ? 'no port' : `port ${port}`}`;
  const state = healthy === undefined ? '' : healthy ? ', healthy' : ', unhealthy';
  return { kind: 'Cloud Map instance', id, text: `${where}${state}` };
}
