import type { ListNamespacesRequest, ListNamespacesResponse } from '@aws-sdk/client-servicediscovery';
import type { AwsCall } from '../../call.js';
import { filtered, type FilterTable } from '../../cloud-map/filters.js';
import { FILTERS, PAGE, PAGE_SIZE } from '../../cloud-map/limits.js';
import { namespaceSummary } from '../../cloud-map/views.js';
import { page } from '../../page.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import type { NamespaceRow } from '../../state/cloud-map-state.js';

/** Lists namespaces, filtered. */
export const listNamespaces = operation<Given<ListNamespacesRequest>, ListNamespacesResponse>({
  service: 'servicediscovery',
  name: 'ListNamespaces',
  kind: 'read',
  limits: { 'Filters[].Name': { values: ['TYPE', 'NAME', 'HTTP_NAME', 'RESOURCE_OWNER'] }, ...FILTERS, ...PAGE },
  run: (call, input) => {
    const rows = filtered(filters(call), [...call.state.cloudMap.namespaces.values()], input.Filters);
    const { items, next } = page(
      rows,
      { size: input.MaxResults, token: input.NextToken },
      {
        service: 'servicediscovery',
        list: 'ListNamespaces',
        defaultSize: PAGE_SIZE,
        largest: PAGE_SIZE,
        key: (row) => row.id,
      },
    );
    return { Namespaces: items.map((row) => namespaceSummary(call, row)), NextToken: next };
  },
});

/** @see https://docs.aws.amazon.com/cloud-map/latest/api/API_NamespaceFilter.html */
function filters(_call: AwsCall): FilterTable<NamespaceRow> {
  return {
    TYPE: { value: (row) => row.type, conditions: ['EQ', 'IN'], values: ['DNS_PUBLIC', 'DNS_PRIVATE', 'HTTP'] },
    NAME: { value: (row) => row.name, conditions: ['EQ', 'BEGINS_WITH'] },
    HTTP_NAME: { value: (row) => row.name, conditions: ['EQ', 'BEGINS_WITH'] },
    RESOURCE_OWNER: {
      value: () => 'SELF', // namespaces that other accounts share are not simulated
      conditions: ['EQ'],
      values: ['SELF', 'OTHER_ACCOUNTS'],
    },
  };
}
