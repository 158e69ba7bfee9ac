import type {
  DnsRecord as WireDnsRecord,
  HealthCheckType,
  NamespaceType,
  OperationStatus,
  OperationType,
  RoutingPolicy,
  ServiceType,
} from '@aws-sdk/client-servicediscovery';
import type { Given } from '../state/given.js';

export type DnsRecord = Given<WireDnsRecord>;

/** Cloud Map in one region. */
export interface CloudMapState {
  /** By ID, `ns-…`. Existing ones only: a namespace that is being created is in its operation. */
  readonly namespaces: Map<string, NamespaceRow>;
  /** By id, `srv-…`. */
  readonly services: Map<string, ServiceRow>;
  /** By `<service id>/<instance id>`. */
  readonly instances: Map<string, InstanceRow>;
  /** By id. Those that are over stay. */
  readonly operations: Map<string, OperationRow>;
}

export interface NamespaceRow {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly type: NamespaceType;
  readonly hostedZoneId: string | undefined;
  readonly vpcId: string | undefined;
  readonly createDate: Date;
  readonly creatorRequestId: string;
  description: string | undefined;
  soaTtl: number | undefined;
  tags: Record<string, string>;
}

export interface HealthCheckConfigRow {
  readonly type: HealthCheckType;
  readonly resourcePath: string | undefined;
  readonly failureThreshold: number;
}

export interface ServiceRow {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly namespaceId: string;
  readonly type: ServiceType;
  readonly routingPolicy: RoutingPolicy | undefined;
  readonly healthCheckCustom: { readonly failureThreshold: number } | undefined;
  readonly createDate: Date;
  readonly creatorRequestId: string;
  description: string | undefined;
  /** Empty for a service without DNS. */
  dnsRecords: DnsRecord[];
  healthCheck: HealthCheckConfigRow | undefined;
  /** Grows by one with each change to the set of instances or their health. */
  revision: number;
  tags: Record<string, string>;
}

export interface InstanceRow {
  readonly id: string;
  readonly serviceId: string;
  attributes: Record<string, string>;
  creatorRequestId: string;
  /** The state that a custom health check, or the world, has set. */
  health: 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN';
}

/** The effect of an operation at its end. */
export type OperationWork =
  | {
      readonly kind: 'create namespace';
      readonly namespace: Omit<NamespaceRow, 'createDate'>;
    }
  | { readonly kind: 'delete namespace'; readonly namespaceId: string }
  | {
      readonly kind: 'update namespace';
      readonly namespaceId: string;
      readonly description: string | undefined;
      readonly soaTtl: number | undefined;
    }
  | {
      readonly kind: 'update service';
      readonly serviceId: string;
      readonly description: string | undefined;
      readonly dnsRecords: DnsRecord[];
      readonly healthCheck: HealthCheckConfigRow | undefined;
    }
  | {
      readonly kind: 'register instance';
      readonly serviceId: string;
      readonly instanceId: string;
      readonly creatorRequestId: string;
      readonly attributes: Record<string, string>;
      readonly health: InstanceRow['health'];
    }
  | { readonly kind: 'deregister instance'; readonly serviceId: string; readonly instanceId: string };

export interface OperationRow {
  readonly id: string;
  readonly type: OperationType;
  readonly createDate: Date;
  readonly targets: { readonly NAMESPACE?: string; readonly SERVICE?: string; readonly INSTANCE?: string };
  readonly work: OperationWork;
  /** The caller's own id of the request, and the request: the same twice is one operation. */
  readonly requestId: string | undefined;
  readonly request: string;
  status: OperationStatus;
  updateDate: Date;
  errorCode: string | undefined;
  errorMessage: string | undefined;
}
