import type { CreateServiceRequest, DnsConfig, HealthCheckConfig } from '@aws-sdk/client-servicediscovery';
import type { Given } from '../state/given.js';
import type { DnsRecord, HealthCheckConfigRow, NamespaceRow, ServiceRow } from './state.js';
import { invalidInput } from './request.js';

/** The parts of a new service that follow from its namespace and its DNS and health settings. */
export type ServiceSettings = Pick<
  ServiceRow,
  'type' | 'routingPolicy' | 'dnsRecords' | 'healthCheck' | 'healthCheckCustom'
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

  const http = namespace.type === 'HTTP' || input.Type === 'HTTP';
  if (http && dns !== undefined)
    throw invalidInput("When you specify an HTTP service, you can't include a DnsConfig element.");
  if (!http && dns === undefined) {
    throw invalidInput('A DnsConfig element is required for a service in a DNS namespace, unless its Type is HTTP.');
  }

  return {
    type: http ? 'HTTP' : 'DNS_HTTP',
    ...routing(dns),
    healthCheck: healthCheck(namespace, check),
    // Cloud Map accepts the threshold but always waits for one period of 30 seconds.
    healthCheckCustom: custom === undefined ? undefined : { failureThreshold: custom.FailureThreshold ?? 1 },
  };
}

function routing(dns: Given<DnsConfig> | undefined): Pick<ServiceRow, 'routingPolicy' | 'dnsRecords'> {
  if (dns === undefined) return { routingPolicy: undefined, dnsRecords: [] };

  checkRecords(dns.DnsRecords);
  const routingPolicy = dns.RoutingPolicy ?? 'MULTIVALUE';
  if (dns.DnsRecords.some(({ Type }) => Type === 'CNAME') && routingPolicy !== 'WEIGHTED') {
    throw invalidInput('The routing policy of a service with a CNAME record must be WEIGHTED.');
  }

  return { routingPolicy, dnsRecords: dns.DnsRecords };
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
  check: Given<HealthCheckConfig> | undefined,
): HealthCheckConfigRow | undefined {
  if (check === undefined) return undefined;
  if (namespace.type === 'DNS_PRIVATE')
    throw invalidInput('Invalid HealthCheckConfig: not supported for private DNS namespaces.');

  const tcp = check.Type === 'TCP';
  if (tcp && check.ResourcePath !== undefined)
    throw invalidInput('ResourcePath must be omitted for TCP health checks.');

  return {
    type: check.Type,
    resourcePath: tcp ? undefined : (check.ResourcePath ?? '/'),
    failureThreshold: check.FailureThreshold ?? 1,
  };
}
