import type { CheckInput, Evidence, Found, Missing } from '@postern/core/internal/check';
import {
  type About,
  aboutTarget,
  askedFor,
  backends,
  type NoMembers,
  noMembers,
  settling,
} from '@postern/core/internal/checks';
import type { DiscoveryService, ServiceInstance } from '@postern/core/internal/snapshot';

const PERMISSION = 'servicediscovery:ListInstances';

/** A target that is a Cloud Map service. */
export interface ServiceTarget {
  readonly about: About;
  readonly id: string;
  readonly name: string;
  readonly found: Found<DiscoveryService>;
  /** Why it may not have been read completely. */
  readonly missing: Missing | undefined;
  /** The instances that the target requests: no other is called. Undefined: not known. */
  readonly instances: readonly ServiceInstance[] | undefined;
  /** The number of all its instances. */
  readonly registered: number;
  /** The attributes that the target requests: `stage=blue`. */
  readonly query: string | undefined;
  /** Why it is not known which instances the target requests. */
  readonly unasked: Missing | undefined;
  /** Where it has no instance: why what registers instances registers none. */
  readonly why: NoMembers | undefined;
  /** Where it has no instance: that what registers instances is starting them. */
  readonly starting: Missing | undefined;
}

/** Every target of the spec that is a Cloud Map service. */
export function* serviceTargets(input: CheckInput): Iterable<ServiceTarget> {
  for (const { integration, target, backend } of backends(input)) {
    if (backend.kind !== 'service') continue;

    const { id, service, query } = backend;
    const { name = target.target?.name ?? id } = service.is === 'found' ? service.value : {};
    const registered = service.is === 'found' ? service.value.instances : undefined;
    const asked = registered === undefined ? undefined : askedFor(name, registered, query);
    yield {
      about: aboutTarget(integration, target),
      id,
      name,
      found: service,
      missing: integration.link.region.missing('services', id),
      instances: asked?.missing === undefined ? asked?.instances : undefined,
      registered: registered?.length ?? 0,
      query,
      unasked: asked?.missing,
      why: registered?.length === 0 ? noMembers(integration.link.region, id) : undefined,
      starting: registered?.length === 0 ? settling(integration.link.region, id, []) : undefined,
    };
  }
}

/** The missing fact if the instances of a service were not read. */
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
