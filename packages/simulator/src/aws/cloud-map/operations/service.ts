import type { CreateServiceRequest, DnsConfig, ServiceSummary } from '@aws-sdk/client-servicediscovery';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import {
  inUse,
  invalidInput,
  filtered,
  type FilterTable,
  DESCRIPTION,
  dnsRecords,
  FILTERS,
  healthCheckLimits,
  ID,
  PAGE,
  PAGE_SIZE,
  dnsRecords as recordLimits,
  REQUEST_ID,
  SERVICE_NAME,
  TAGS,
  family,
} from '../request.js';
import { getNamespace, getService, instancesOf, servicesOf } from '../find.js';
import { checkRecords, healthCheck, serviceSettings, type ServiceSettings } from '../services.js';
import { startOperation } from '../operation-runs.js';
import { newTags } from '../tags.js';
import { serviceSummary, serviceView } from '../views.js';
import type { Given } from '../../state/given.js';
import { page } from '../../operation/page.js';
import type { NamespaceRow, ServiceRow } from '../state.js';

/** Services. */
export const serviceOperations = family({
  /** Creates a service in a namespace, at once. The same request id returns the same service. */
  CreateService: {
    limits: {
      Name: SERVICE_NAME,
      NamespaceId: ID,
      CreatorRequestId: REQUEST_ID,
      Description: DESCRIPTION,
      'DnsConfig.NamespaceId': { length: [0, 64] },
      'DnsConfig.RoutingPolicy': { values: ['MULTIVALUE', 'WEIGHTED'] },
      ...dnsRecords('DnsConfig'),
      ...healthCheckLimits('HealthCheckConfig'),
      'HealthCheckCustomConfig.FailureThreshold': { range: [1, 10] },
      Type: { values: ['HTTP'] },
      ...TAGS,
    },
    run(call, input) {
      const namespace = getNamespace(call.state, namespaceId(input));
      const settings = serviceSettings(namespace, input);
      const twin = servicesOf(call.state, namespace.id).find((row) => sameName(namespace, row.name, input.Name));
      if (twin !== undefined) return { Service: serviceView(call, earlier(twin, input, settings)) };

      const id = call.id('srv-', 16, 'base36');
      const row: ServiceRow = {
        id,
        arn: `arn:${call.partition}:servicediscovery:${call.region}:${call.account}:service/${id}`,
        name: input.Name,
        namespaceId: namespace.id,
        ...settings,
        createDate: new Date(call.now),
        creatorRequestId: input.CreatorRequestId ?? call.id('', 32),
        description: input.Description,
        revision: 1,
        tags: newTags(input.Tags),
      };
      call.state.cloudMap.services.set(id, row);
      return { Service: serviceView(call, row) };
    },
  },

  /** Starts a change of a service. DNS records and health check that are not named are removed. */
  UpdateService: {
    limits: {
      Id: ID,
      'Service.Description': DESCRIPTION,
      ...recordLimits('Service.DnsConfig'),
      ...healthCheckLimits('Service.HealthCheckConfig'),
    },
    run(call, input) {
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
          healthCheck: healthCheck(namespace, change.HealthCheckConfig),
        },
        requestId: undefined,
        input,
      });
    },
  },

  /** Deletes a service that has no instances, at once. */
  DeleteService: {
    limits: { Id: ID },
    run(call, input) {
      const row = getService(call.state, input.Id);
      if (instancesOf(call.state, row.id).length > 0) {
        throw inUse('Service contains registered instances; delete the instances before deleting the service');
      }

      call.state.cloudMap.services.delete(row.id);
      return {};
    },
  },

  /** One service, by id or ARN. */
  GetService: {
    limits: { Id: ID },
    run: (call, input) => ({ Service: serviceView(call, getService(call.state, input.Id)) }),
  },

  /** Lists services, filtered. */
  ListServices: {
    limits: { 'Filters[].Name': { values: ['NAMESPACE_ID', 'RESOURCE_OWNER'] }, ...FILTERS, ...PAGE },
    run(call, input) {
      const rows = filtered(filters(call), [...call.state.cloudMap.services.values()], input.Filters);
      const { items, next } = page(
        rows,
        { size: input.MaxResults, token: input.NextToken },
        {
          service: 'servicediscovery',
          list: 'ListServices',
          defaultSize: PAGE_SIZE,
          largest: PAGE_SIZE,
          key: (row) => row.id,
        },
      );
      return { Services: items.map((row) => listed(serviceSummary(call, row))), NextToken: next };
    },
  },
});

function namespaceId(input: Given<CreateServiceRequest>): string {
  const inDns = input.DnsConfig?.NamespaceId;
  const id = input.NamespaceId ?? inDns;
  if (id === undefined) throw invalidInput('A namespace id is required.');
  if (inDns !== undefined && inDns !== id)
    throw invalidInput('NamespaceId and DnsConfig.NamespaceId must be the same.');

  return id;
}

/** DNS names are not case-sensitive. */
function sameName(namespace: NamespaceRow, a: string, b: string): boolean {
  return namespace.type === 'HTTP' ? a === b : a.toLowerCase() === b.toLowerCase();
}

function earlier(row: ServiceRow, input: Given<CreateServiceRequest>, settings: ServiceSettings): ServiceRow {
  const members = Object.keys(settings) as (keyof ServiceSettings)[];
  const same = members.every((member) => JSON.stringify(row[member]) === JSON.stringify(settings[member]));
  if (same && input.CreatorRequestId === row.creatorRequestId) return row;

  throw new ServiceError('ServiceAlreadyExists', `Service with name ${row.name} already exists`, 400, {
    CreatorRequestId: row.creatorRequestId,
    ServiceId: row.id,
    ServiceArn: row.arn,
  });
}

/** In a list, a service without DNS has an empty configuration, as AWS answered for an HTTP namespace in 2022. */
function listed(service: ServiceSummary): ServiceSummary {
  return { ...service, DnsConfig: service.DnsConfig ?? ({} as DnsConfig) };
}

/** @see https://docs.aws.amazon.com/cloud-map/latest/api/API_ServiceFilter.html */
function filters(call: AwsCall): FilterTable<ServiceRow> {
  return {
    // A namespace's id or ARN.
    NAMESPACE_ID: {
      value: (row) => row.namespaceId,
      also: (row) => call.state.cloudMap.namespaces.get(row.namespaceId)?.arn,
      conditions: ['EQ', 'IN'],
    },
    RESOURCE_OWNER: {
      value: () => 'SELF', // namespaces that other accounts share are not simulated
      conditions: ['EQ'],
      values: ['SELF', 'OTHER_ACCOUNTS'],
    },
  };
}
