import type { AlibabaCall } from '../../operation/call.js';
import type { ApigServiceRow } from '../state.js';
import { healthOfService } from './health.js';

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
    ...(row.dnsServers.length > 0 && { dnsServers: row.dnsServers }),
    ...(row.healthCheck && { healthCheck: row.healthCheck }),
    ...(row.outlierDetection && { outlierDetection: row.outlierDetection }),
    ...(row.healthyPanicThreshold !== undefined && { healthyPanicThreshold: row.healthyPanicThreshold }),
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
