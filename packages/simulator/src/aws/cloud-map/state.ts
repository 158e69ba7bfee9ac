import type {
  DnsRecord as WireDnsRecord,
  HealthCheckConfig as WireHealthCheckConfig,
  Instance,
  Namespace,
  Operation,
  Service,
} from '@aws-sdk/client-servicediscovery';
import type { Given, Shown } from '../state/given.js';

export type DnsRecord = Given<WireDnsRecord>;
export type HealthCheckConfig = Given<WireHealthCheckConfig>;

/** Cloud Map in one region. */
export const newState = () => ({
  /** By ID, `ns-…`. Existing ones only: a namespace that is being created is in its operation. */
  namespaces: new Map<string, NamespaceRow>(),
  /** By id, `srv-…`. */
  services: new Map<string, ServiceRow>(),
  /** By `<service id>/<instance id>`. */
  instances: new Map<string, InstanceRow>(),
  /** By id. Those that are over stay. */
  operations: new Map<string, OperationRow>(),
});

export type CloudMapState = Readonly<ReturnType<typeof newState>>;

// `fields` is what the service shows of a row. It is replaced, never changed in place, so that an answer stays what it was.

export interface NamespaceRow {
  /** Without the number of services. */
  fields: Shown<Namespace, 'Id' | 'Arn' | 'Name' | 'Type' | 'CreatorRequestId'>;
  readonly vpcId: string | undefined;
  tags: Record<string, string>;
}

export interface ServiceRow {
  /** Without the number of instances; without `DnsConfig`, a service without DNS. */
  fields: Shown<Given<Service>, 'Id' | 'Arn' | 'Name' | 'NamespaceId' | 'Type' | 'CreatorRequestId'>;
  /** Grows by one with each change to the set of instances or their health. */
  revision: number;
  tags: Record<string, string>;
}

export interface InstanceRow {
  fields: Shown<Instance, 'Id' | 'CreatorRequestId' | 'Attributes'>;
  readonly serviceId: string;
  /** The state that a custom health check, or the world, has set. */
  health: 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN';
}

/** What operations are done with at their end, by their kind. */
export interface Works {
  readonly 'create namespace': { readonly namespace: NamespaceRow };
  readonly 'delete namespace': { readonly namespaceId: string };
  readonly 'update namespace': {
    readonly namespaceId: string;
    readonly description: string | undefined;
    readonly soaTtl: number | undefined;
  };
  readonly 'update service': {
    readonly serviceId: string;
    readonly description: string | undefined;
    readonly dnsRecords: DnsRecord[];
    readonly healthCheck: HealthCheckConfig | undefined;
  };
  readonly 'register instance': {
    readonly serviceId: string;
    readonly instanceId: string;
    readonly creatorRequestId: string;
    readonly attributes: Record<string, string>;
    readonly health: InstanceRow['health'];
  };
  readonly 'deregister instance': { readonly serviceId: string; readonly instanceId: string };
}

export type Work = { [K in keyof Works]: { readonly kind: K } & Works[K] }[keyof Works];

export interface OperationRow {
  fields: Shown<Operation, 'Id' | 'Type' | 'Status' | 'Targets'>;
  readonly work: Work;
  /** The caller's own id of the request, and the request: the same twice is one operation. */
  readonly requestId: string | undefined;
  readonly request: string;
}
