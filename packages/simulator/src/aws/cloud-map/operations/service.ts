import { raise } from '../../../simulation/raise.js';
import type { CreateServiceRequest, DnsConfig, Service, ServiceSummary } from '@aws-sdk/client-servicediscovery';
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
  pageOf,
  dnsRecords as recordLimits,
  REQUEST_ID,
  SERVICE_NAME,
  TAGS,
  family,
  newTags,
} from '../request.js';
import { getNamespace, getService, instancesOf, servicesOf } from '../find.js';
import { checkRecords, healthCheck, serviceSettings, type ServiceSettings } from '../services.js';
import { startOperation } from '../jobs.js';
import type { Given } from '../../state/given.js';
import type { NamespaceRow, ServiceRow } from '../state.js';
import { limited } from '../../operation/family.js';

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
      const twin = servicesOf(call.state, namespace.fields.Id).find((row) =>
        sameName(namespace, row.fields.Name, input.Name),
      );
      if (twin !== undefined) return { Service: view(call, earlier(twin, input, settings)) };

      const id = call.id('srv-', 16, 'base36');
      const row: ServiceRow = {
        fields: {
          Id: id,
          Arn: `arn:${call.partition}:servicediscovery:${call.region}:${call.account}:service/${id}`,
          ResourceOwner: call.account,
          Name: input.Name,
          NamespaceId: namespace.fields.Id,
          Description: input.Description,
          ...settings,
          CreateDate: new Date(call.now),
          CreatorRequestId: input.CreatorRequestId ?? call.id('', 32),
          CreatedByAccount: call.account,
        },
        revision: 1,
        tags: newTags(input.Tags),
      };
      call.state.cloudMap.services.set(id, row);
      return { Service: view(call, row) };
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
      const namespace = getNamespace(call.state, row.fields.NamespaceId);
      const { Service: change } = input;
      const dnsRecords = change.DnsConfig?.DnsRecords ?? [];
      if (row.fields.DnsConfig === undefined && change.DnsConfig !== undefined) {
        throw invalidInput("When you specify an HTTP service, you can't include a DnsConfig element.");
      }

      if (dnsRecords.length > 0) checkRecords(dnsRecords);
      const work = {
        kind: 'update service' as const,
        serviceId: row.fields.Id,
        description: change.Description,
        dnsRecords,
        healthCheck: healthCheck(namespace, change.HealthCheckConfig),
      };
      const pace = row.fields.DnsConfig === undefined ? 'plain' : 'records';
      const how = { pace, targets: { SERVICE: row.fields.Id }, input } as const;
      return startOperation(call, work, how);
    },
  },

  /** Deletes a service that has no instances, at once. */
  DeleteService: limited({ Id: ID }, (call, input) => {
    const row = getService(call.state, input.Id);
    if (instancesOf(call.state, row.fields.Id).length > 0) {
      throw inUse('Service contains registered instances; delete the instances before deleting the service');
    }

    call.state.cloudMap.services.delete(row.fields.Id);
    return {};
  }),

  /** One service, by id or ARN. */
  GetService: limited({ Id: ID }, (call, input) => ({ Service: view(call, getService(call.state, input.Id)) })),

  ListServices: {
    limits: { 'Filters[].Name': { values: ['NAMESPACE_ID', 'RESOURCE_OWNER'] }, ...FILTERS, ...PAGE },
    run(call, input) {
      const rows = filtered(filters(call), [...call.state.cloudMap.services.values()], input.Filters);
      const { items, next } = pageOf('ListServices', rows, input);
      return { Services: items.map((row) => summary(call, row)), NextToken: next };
    },
  },
});

function namespaceId(input: Given<CreateServiceRequest>): string {
  const inDns = input.DnsConfig?.NamespaceId;
  const id = input.NamespaceId ?? inDns ?? raise(invalidInput('A namespace id is required.'));

  if (inDns !== undefined && inDns !== id)
    throw invalidInput('NamespaceId and DnsConfig.NamespaceId must be the same.');

  return id;
}

/** DNS names are not case-sensitive. */
function sameName(namespace: NamespaceRow, a: string, b: string): boolean {
  return namespace.fields.Type === 'HTTP' ? a === b : a.toLowerCase() === b.toLowerCase();
}

function earlier(row: ServiceRow, input: Given<CreateServiceRequest>, settings: ServiceSettings): ServiceRow {
  const members = Object.keys(settings) as (keyof ServiceSettings)[];
  const same = members.every((member) => JSON.stringify(row.fields[member]) === JSON.stringify(settings[member]));
  if (same && input.CreatorRequestId === row.fields.CreatorRequestId) return row;

  throw new ServiceError('ServiceAlreadyExists', `Service with name ${row.fields.Name} already exists`, 400, {
    CreatorRequestId: row.fields.CreatorRequestId,
    ServiceId: row.fields.Id,
    ServiceArn: row.fields.Arn,
  });
}

function view({ state }: AwsCall, { fields }: ServiceRow): Service {
  return { ...fields, InstanceCount: instancesOf(state, fields.Id).length };
}

/** In a list, a service without DNS has an empty configuration, as AWS answered for an HTTP namespace in 2022. */
function summary(call: AwsCall, row: ServiceRow): ServiceSummary {
  const { NamespaceId: _, CreatorRequestId: _request, ...shown } = view(call, row);
  return { ...shown, DnsConfig: shown.DnsConfig ?? ({} as DnsConfig) };
}

/** @see https://docs.aws.amazon.com/cloud-map/latest/api/API_ServiceFilter.html */
function filters(call: AwsCall): FilterTable<ServiceRow> {
  return {
    // A namespace's id or ARN.
    NAMESPACE_ID: {
      value: (row) => row.fields.NamespaceId,
      also: (row) => call.state.cloudMap.namespaces.get(row.fields.NamespaceId)?.fields.Arn,
      conditions: ['EQ', 'IN'],
    },
    RESOURCE_OWNER: {
      value: () => 'SELF', // namespaces that other accounts share are not simulated
      conditions: ['EQ'],
      values: ['SELF', 'OTHER_ACCOUNTS'],
    },
  };
}
