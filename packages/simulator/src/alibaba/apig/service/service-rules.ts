import type { ApigServiceRow, HealthCheckRow } from '../state.js';
import { refusals } from '../request/refusals.js';

/** What a service may be from. The simulator calls those with addresses. */
const WITH_ADDRESSES = ['VIP', 'DNS'];
const KNOWN = [...WITH_ADDRESSES, 'K8S', 'MSE_NACOS', 'FC3', 'SAE_K8S_SERVICE', 'AI', 'AGENT'];

/** @throws {AlibabaError} `InvalidParameter` for a type that is not one, and for addresses that are missing */
export function checkSource(sourceType: string, addresses: readonly string[]): void {
  if (!KNOWN.includes(sourceType)) throw refusals.invalid('sourceType');
  if (!WITH_ADDRESSES.includes(sourceType)) return;
  if (addresses.length === 0) throw refusals.invalid('addresses', `A service of the type ${sourceType} has addresses.`);
  const bad = addresses.find((address) => !/^[^\s:/]+(?::\d{1,5})?$|^\[[0-9a-f:]+\]:\d{1,5}$/i.test(address));
  // Whether an address exists, or is sane, is not checked: a service of 127.0.0.1:8080 is created.
  if (bad !== undefined) throw refusals.invalid('addresses', `${bad} is not ADDRESS:PORT.`);
}

/** The port of a single address. Several addresses have none in answers [I]. */
export function portsOf(addresses: readonly string[], protocol: string): ApigServiceRow['ports'] {
  const [, digits] = /:(\d{1,5})$/.exec(addresses[0] ?? '') ?? [];
  if (addresses.length !== 1 || digits === undefined) return [];
  return [{ name: `${protocol.toLowerCase()}-${digits}`, port: Number(digits), protocol }];
}

type GivenHealthCheck = { readonly [K in keyof HealthCheckRow]?: HealthCheckRow[K] | undefined };

/** A health check with its defaults [U]. */
export function readHealthCheck(given: GivenHealthCheck | undefined): HealthCheckRow | undefined {
  if (given === undefined) return undefined;
  const row = {
    enable: given.enable ?? false,
    protocol: (given.protocol ?? 'TCP').toUpperCase(),
    httpPath: given.httpPath ?? '/',
    httpHost: given.httpHost ?? '',
    interval: given.interval ?? 2,
    timeout: given.timeout ?? 2,
    healthyThreshold: given.healthyThreshold ?? 2,
    unhealthyThreshold: given.unhealthyThreshold ?? 2,
    expectedStatuses: given.expectedStatuses ?? [],
  };
  if (!['TCP', 'HTTP', 'GRPC'].includes(row.protocol)) throw refusals.invalid('healthCheckConfig.protocol');
  const counts = [row.interval, row.timeout, row.healthyThreshold, row.unhealthyThreshold];
  if (counts.some((count) => count < 1))
    throw refusals.invalid('healthCheckConfig', 'Seconds and thresholds are 1 and more.');
  return row;
}
