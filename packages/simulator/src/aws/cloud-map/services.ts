import type { CreateServiceRequest, DnsConfig } from '@aws-sdk/client-servicediscovery';
import type { Given } from '../state/given.js';
import type { DnsRecord, HealthCheckConfig, NamespaceRow, ServiceRow } from './state.js';
import { invalidInput } from './request.js';

/** The parts of a new service that follow from its namespace and its DNS and health settings. */
export type ServiceSettings = Pick<
  ServiceRow['fields'],
  'Type' | 'DnsConfig' | 'HealthCheckConfig' | 'HealthCheckCustomConfig'
>;

/** Record types that one service may have together. */
const COMBINATIONS = ['A', 'AAAA', 'A,AAAA', 'SRV', 'CNAME'];

/**
 * Checks what a new service is to be.
 * @throws {ServiceError} `InvalidInput`.
 * @see https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateService.html
 */
export function serviceSettings(namespace: NamespaceRow, input: Given<CreateServiceRequest>): ServiceSettings {
  const { DnsConfig: dns, HealthCheckConfig: check, HealthCheckCustomConfig: custom } = input;
  if (check !== undefined && custom !== undefined) {
    throw invalidInput('Only one of HealthCheckConfig or HealthCheckCustomConfig can be specified.');
  }

  const http = namespace.fields.Type === 'HTTP' || input.Type === 'HTTP';
  if (http && dns !== undefined)
    throw invalidInput("When you specify an HTTP service, you can't include a DnsConfig element.");
  if (!http && dns === undefined) {
    throw invalidInput('A DnsConfig element is required for a service in a DNS namespace, unless its Type is HTTP.');
  }

  return {
    Type: http ? 'HTTP' : 'DNS_HTTP',
    DnsConfig: dns && routing(namespace, dns),
    HealthCheckConfig: healthCheck(namespace, check),
    // Cloud Map accepts the threshold but always waits for one period of 30 seconds.
    HealthCheckCustomConfig: custom && { FailureThreshold: custom.FailureThreshold ?? 1 },
  };
}

function routing({ fields }: NamespaceRow, { DnsRecords, RoutingPolicy = 'MULTIVALUE' }: Given<DnsConfig>) {
  checkRecords(DnsRecords);
  if (DnsRecords.some(({ Type }) => Type === 'CNAME') && RoutingPolicy !== 'WEIGHTED') {
    throw invalidInput('The routing policy of a service with a CNAME record must be WEIGHTED.');
  }

  return { NamespaceId: fields.Id, RoutingPolicy, DnsRecords };
}

/** @throws {ServiceError} `InvalidInput` for a set of record types that cannot be together. */
export function checkRecords(records: readonly DnsRecord[]): void {
  const types = records.map(({ Type }) => Type).sort();
  if (!COMBINATIONS.includes(types.join(','))) {
    throw invalidInput(`The DNS record types [${types.join(', ')}] can't be combined in one service.`);
  }
}

/**
 * The settings of a Route 53 health check, with defaults.
 * @throws {ServiceError} `InvalidInput` in a private namespace, for a TCP check with a path.
 * @see https://docs.aws.amazon.com/cloud-map/latest/api/API_HealthCheckConfig.html
 */
export function healthCheck(
  namespace: NamespaceRow,
  check: HealthCheckConfig | undefined,
): HealthCheckConfig | undefined {
  if (check === undefined) return undefined;
  if (namespace.fields.Type === 'DNS_PRIVATE')
    throw invalidInput('Invalid HealthCheckConfig: not supported for private DNS namespaces.');

  const tcp = check.Type === 'TCP';
  if (tcp && check.ResourcePath !== undefined)
    throw invalidInput('ResourcePath must be omitted for TCP health checks.');

  return {
    Type: check.Type,
    ResourcePath: tcp ? undefined : (check.ResourcePath ?? '/'),
    FailureThreshold: check.FailureThreshold ?? 1,
  };
}
