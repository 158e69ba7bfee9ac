import type {
  DnsConfig,
  ListServicesRequest,
  ListServicesResponse,
  ServiceSummary,
} from '@aws-sdk/client-servicediscovery';
import type { AwsCall } from '../../call.js';
import { filtered, type FilterTable } from '../../cloud-map/filters.js';
import { FILTERS, PAGE, PAGE_SIZE } from '../../cloud-map/limits.js';
import { serviceSummary } from '../../cloud-map/views.js';
import { page } from '../../page.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import type { ServiceRow } from '../../state/cloud-map-state.js';

/** Lists services, filtered. */
export const listServices = operation<Given<ListServicesRequest>, ListServicesResponse>({
  service: 'servicediscovery',
  name: 'ListServices',
  kind: 'read',
  limits: { 'Filters[].Name': { values: ['NAMESPACE_ID', 'RESOURCE_OWNER'] }, ...FILTERS, ...PAGE },
  run: (call, input) => {
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
});

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
