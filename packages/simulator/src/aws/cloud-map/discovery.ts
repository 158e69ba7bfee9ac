import type { HealthStatusFilter } from '@aws-sdk/client-servicediscovery';
import { type AwsCall, ServiceError } from '../operation/operation.js';
import type { InstanceRow, NamespaceRow, ServiceRow } from './state.js';
import { serviceNotFound, family, ATTRIBUTE_VALUE, NAMESPACE_NAME, OWNER, PAGE_SIZE, SERVICE_NAME } from './request.js';
import { servicesOf, instancesOf } from './find.js';

/**
 * The service that names mean. Namespaces of one name may exist in several VPCs: the first that has the service counts.
 * @throws {ServiceError} `NamespaceNotFound`, `ServiceNotFound`.
 */
function namedService(
  call: AwsCall,
  namespaceName: string,
  serviceName: string,
): { namespace: NamespaceRow; service: ServiceRow } {
  const namespaces = [...call.state.cloudMap.namespaces.values()].filter(({ fields }) => fields.Name === namespaceName);
  // Without the name: https://github.com/kubernetes-sigs/external-dns/issues/5180
  if (namespaces.length === 0) throw new ServiceError('NamespaceNotFound', 'Namespace not found');

  for (const namespace of namespaces) {
    const service = servicesOf(call.state, namespace.fields.Id).find(({ fields }) => fields.Name === serviceName);
    if (service !== undefined) return { namespace, service };
  }
  throw serviceNotFound(serviceName);
}

type Attributes = Readonly<Record<string, string>> | undefined;

/** The instances that a discovery request finds; optional parameters narrow the answer only where something is left then. */
function discovered(
  instances: readonly InstanceRow[],
  query: { readonly required: Attributes; readonly optional: Attributes; readonly health: HealthStatusFilter },
): InstanceRow[] {
  const found = instances.filter((row) => has(row, query.required));
  const preferred = found.filter((row) => has(row, query.optional));
  return ofHealth(preferred.length > 0 ? preferred : found, query.health);
}

function has({ fields }: InstanceRow, wanted: Attributes): boolean {
  return Object.entries(wanted ?? {}).every(([key, value]) => fields.Attributes[key] === value);
}

/** Where nothing checks health, it is unknown, and counts as healthy. */
function ofHealth(rows: readonly InstanceRow[], filter: HealthStatusFilter): InstanceRow[] {
  const healthy = rows.filter(({ health }) => health !== 'UNHEALTHY');
  switch (filter) {
    case 'ALL':
      return [...rows];
    case 'HEALTHY':
      return healthy;
    case 'UNHEALTHY':
      return rows.filter(({ health }) => health === 'UNHEALTHY');
    default:
      return healthy.length > 0 ? healthy : [...rows];
  }
}

/** What callers discover. */
export const discoveryOperations = family({
  /** Finds instances by the names of namespace and service, by attributes and health: what API Gateway does for each call. */
  DiscoverInstances: {
    limits: {
      NamespaceName: NAMESPACE_NAME,
      ServiceName: SERVICE_NAME,
      MaxResults: { range: [1, 1000] },
      'QueryParameters{}': ATTRIBUTE_VALUE,
      'OptionalParameters{}': ATTRIBUTE_VALUE,
      HealthStatus: { values: ['HEALTHY', 'UNHEALTHY', 'ALL', 'HEALTHY_OR_ELSE_ALL'] },
      OwnerAccount: OWNER,
    },
    run(call, input) {
      const { namespace, service } = namedService(call, input.NamespaceName, input.ServiceName);
      const found = discovered(instancesOf(call.state, service.fields.Id), {
        required: input.QueryParameters,
        optional: input.OptionalParameters,
        health: input.HealthStatus ?? 'HEALTHY_OR_ELSE_ALL',
      });
      return {
        Instances: found.slice(0, input.MaxResults ?? PAGE_SIZE).map((row) => ({
          InstanceId: row.fields.Id,
          NamespaceName: namespace.fields.Name,
          ServiceName: service.fields.Name,
          HealthStatus: row.health,
          Attributes: { ...row.fields.Attributes },
        })),
        InstancesRevision: service.revision,
      };
    },
  },
});
