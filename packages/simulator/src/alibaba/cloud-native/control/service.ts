import { defined } from '../../../simulation/defined.js';
import { readAddress } from '../../../simulation/addresses.js';
import { addressesOfName } from '../../alidns/resolve.js';
import type { AlibabaState, AlibabaRegionState } from '../../state/alibaba-state.js';
import type { ApigServiceRow, HealthCheckRow } from './state.js';
import { connects } from '../../connects/connects.js';
import { failingCondition, type Condition } from '../../../simulation/traffic/backends/backend.js';
import type { Checks } from '../../slb/load-balancer.js';
import { instancesOf } from './registry.js';
import { refusals } from './request/parameters.js';
import type { AlibabaCall } from '../../operation/operation.js';
import { flag, structure, text, texts, whole, type ValueOf } from '../../operation/family.js';

/** An address of a service. */
export interface Endpoint {
  /** As in answers: `10.0.0.1:8080`. */
  readonly text: string;
  readonly address: string;
  readonly port: number;
  /** The name that it was resolved from. */
  readonly name: string | undefined;
}

/** Stands for the address of a name of the internet that no record of this world has: one that is reserved for documentation. */
export const ELSEWHERE = '203.0.113.80';

/**
 * The endpoints of a service. Those of a fixed address are what was written, also when a server has another address by now. A name is
 * resolved by the gateway: by the public records of this world, or to somewhere on the internet. A service of a registry has the
 * instances that are registered now.
 */
export function endpointsOf(alibaba: AlibabaState, service: ApigServiceRow): readonly Endpoint[] {
  const { sourceType, ports, protocol, registered } = service;
  const addresses = registered ? instancesOf(alibaba, service) : service.addresses;
  const usual = ports[0]?.port ?? (protocol.toUpperCase() === 'HTTPS' ? 443 : 80);
  return addresses.flatMap((written): readonly Endpoint[] => {
    const [, host = written, digits] = /^(.+?)(?::(\d{1,5}))?$/.exec(written) ?? [];
    const port = digits === undefined ? usual : Number(digits);
    if (sourceType !== 'DNS' || readAddress(host)) {
      return [{ text: `${host}:${port}`, address: host, port, name: undefined }];
    }

    const found = addressesOfName(alibaba, host);
    const known = found.length === 0 ? [ELSEWHERE] : found;
    return known.map((address) => ({ text: `${address}:${port}`, address, port, name: host }));
  });
}

/** The endpoints of a service, and which of them are unhealthy. */
export interface ServiceHealth {
  readonly isHealthy: boolean;
  /** `10.0.0.1:8080` */
  readonly unhealthy: readonly string[];
}

/** What health is judged in. */
export interface HealthGround extends Checks {
  readonly alibaba: AlibabaState;
  readonly region: string;
}

/**
 * The health of a service. Without an active health check all endpoints count as healthy, whatever they are. With one, an endpoint is
 * unhealthy once its checks failed as often as the threshold says: because the network stops them on their way from one of the nodes, or
 * because of what answers there. A service is unhealthy when no endpoint is healthy [U].
 * @see https://github.com/alibabacloud-go/apig-20240327 (client/service_model.go: healthStatus, unhealthyEndpoints)
 */
export function healthOfService(ground: HealthGround, service: ApigServiceRow): ServiceHealth {
  const { healthCheck, registered } = service;
  // Whether this shows for a service without instances is [U].
  if (registered && instancesOf(ground.alibaba, service).length === 0) return { isHealthy: false, unhealthy: [] };
  if (healthCheck?.enable !== true) return { isHealthy: true, unhealthy: [] };

  const endpoints = endpointsOf(ground.alibaba, service);
  const unhealthy = endpoints
    .filter((endpoint) => isUnhealthy(ground, service, healthCheck, endpoint))
    .map(({ text }) => text);
  return { isHealthy: endpoints.length > unhealthy.length, unhealthy };
}

function isUnhealthy(
  { alibaba, region, now, conditionAt }: HealthGround,
  { gatewayId, checkedFrom }: ApigServiceRow,
  check: HealthCheckRow,
  { address, port }: Endpoint,
): boolean {
  const unhealthyMs = check.unhealthyThreshold * check.interval * 1000;
  // Before that, checks have not failed often enough.
  if (now - checkedFrom < unhealthyMs) return false;

  const checks = { now, conditionAt };
  const connection = connects({ alibaba, region, checks }, gatewayId, address, port);
  if (!connection.connects && connection.undecided === undefined) return true;

  const healthyMs = check.healthyThreshold * check.interval * 1000;
  const passes = (condition: Condition): boolean => isPassed(check, condition);
  return failingCondition(conditionAt({ address, port }), { passes, unhealthyMs, healthyMs }, now) !== undefined;
}

/** Checks over TCP look at connections only; checks over HTTP at the status, and at the time that it took. */
function isPassed(check: HealthCheckRow, { answers, status, delayMs }: Condition): boolean {
  if (!answers || check.protocol !== 'HTTP') return answers;

  const expected = check.expectedStatuses.length === 0 ? ['http_2xx'] : check.expectedStatuses;
  const isExpected = expected.some((one) => one === String(status) || one === `http_${Math.floor(status / 100)}xx`);
  return isExpected && delayMs <= check.timeout * 1000;
}

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

export const HEALTH_CHECK = structure({
  enable: flag,
  protocol: text,
  httpPath: text,
  httpHost: text,
  interval: whole,
  timeout: whole,
  healthyThreshold: whole,
  unhealthyThreshold: whole,
  expectedStatuses: texts,
});

/** A health check with its defaults [U]. */
export function readHealthCheck(given: ValueOf<typeof HEALTH_CHECK> | undefined): HealthCheckRow | undefined {
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

/** What names a service: a route, or a Rest API or an operation that is to be published with it. */
export function usersOfService({ apig }: AlibabaRegionState, serviceId: string): readonly string[] {
  const names = (services: readonly { readonly serviceId: string }[]): boolean =>
    services.some((one) => one.serviceId === serviceId);
  const routes = [...apig.routes.values()].filter((row) =>
    names([...row.services, ...(row.published?.services ?? [])]),
  );
  const configured = [...apig.apis.values(), ...apig.operations.values()].filter(({ deployConfigs }) =>
    deployConfigs.some(({ services }) => names(services)),
  );
  return [...routes, ...configured].map(({ id }) => id);
}

/**
 * A service as answers show it. What is written as `healthCheckConfig` is read as `healthCheck`. Its health is the live probe of what the
 * gateway reaches.
 */
export function serviceView(call: AlibabaCall, row: ApigServiceRow): Record<string, unknown> {
  const { alibaba, region, now, conditionAt } = call;
  const { isHealthy, unhealthy } = healthOfService({ alibaba, region, now, conditionAt }, row);
  return {
    serviceId: row.id,
    gatewayId: row.gatewayId,
    name: row.name,
    sourceType: row.sourceType,
    addresses: row.addresses,
    protocol: row.protocol,
    ports: row.ports,
    resourceGroupId: row.resourceGroupId,
    ...(row.registered && { namespace: row.registered.namespace, groupName: row.registered.groupName }),
    ...(row.dnsServers.length > 0 && { dnsServers: row.dnsServers }),
    ...(row.healthCheck && { healthCheck: row.healthCheck }),
    ...(row.outlierDetection && { outlierDetection: row.outlierDetection }),
    ...defined({ healthyPanicThreshold: row.healthyPanicThreshold }),
    healthStatus: isHealthy ? 'Healthy' : 'Unhealthy',
    unhealthyEndpoints: unhealthy,
    outlierEndpoints: [],
    runtimeDetailStatus: isHealthy ? 'Available' : 'Unavailable', // the second word is [I]
    ...(!isHealthy && { runtimeDetailErrorCode: 'RuntimeEndpointTimeout' }),
    versions: [],
    createTimestamp: row.createdAt,
    updateTimestamp: row.modifiedAt,
  };
}
