import type { UpdateServiceRequest, UpdateServiceResponse } from '@aws-sdk/client-servicediscovery';
import { invalidInput } from '../../cloud-map/errors.js';
import { getNamespace, getService } from '../../cloud-map/find.js';
import { DESCRIPTION, dnsRecords as recordLimits, healthCheckLimits, ID } from '../../cloud-map/limits.js';
import { checkRecords, healthCheck } from '../../cloud-map/services.js';
import { startOperation } from '../../cloud-map/start-operation.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Starts a change of a service. DNS records and health check that are not named are removed. */
export const updateService = operation<Given<UpdateServiceRequest>, UpdateServiceResponse>({
  service: 'servicediscovery',
  name: 'UpdateService',
  kind: 'write',
  limits: {
    Id: ID,
    'Service.Description': DESCRIPTION,
    ...recordLimits('Service.DnsConfig'),
    ...healthCheckLimits('Service.HealthCheckConfig'),
  },
  run: (call, input) => {
    const row = getService(call.state, input.Id);
    const namespace = getNamespace(call.state, row.namespaceId);
    const { Service: change } = input;
    const dnsRecords = change.DnsConfig?.DnsRecords ?? [];
    if (row.routingPolicy === undefined && change.DnsConfig !== undefined) {
      throw invalidInput("When you specify an HTTP service, you can't include a DnsConfig element.");
    }
    if (dnsRecords.length > 0) checkRecords(dnsRecords);
    return startOperation(call, {
      type: 'UPDATE_SERVICE',
      pace: row.routingPolicy === undefined ? 'plain' : 'records',
      targets: { SERVICE: row.id },
      work: {
        kind: 'update service',
        serviceId: row.id,
        description: change.Description,
        dnsRecords,
        healthCheck: healthCheck(namespace, change.HealthCheckConfig, dnsRecords),
      },
      requestId: undefined,
      input,
    });
  },
});
