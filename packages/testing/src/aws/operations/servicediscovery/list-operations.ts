import type { ListOperationsRequest, ListOperationsResponse } from '@aws-sdk/client-servicediscovery';
import type { AwsCall } from '../../call.js';
import { filtered, type FilterTable } from '../../cloud-map/filters.js';
import { FILTERS, PAGE, PAGE_SIZE } from '../../cloud-map/limits.js';
import { page } from '../../page.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import type { OperationRow } from '../../state/cloud-map-state.js';

/** Lists operations, filtered. */
export const listOperations = operation<Given<ListOperationsRequest>, ListOperationsResponse>({
  service: 'servicediscovery',
  name: 'ListOperations',
  kind: 'read',
  limits: {
    'Filters[].Name': { values: ['NAMESPACE_ID', 'SERVICE_ID', 'STATUS', 'TYPE', 'UPDATE_DATE'] },
    ...FILTERS,
    ...PAGE,
  },
  run: (call, input) => {
    const rows = filtered(filters(call), [...call.state.cloudMap.operations.values()], input.Filters);
    const { items, next } = page(
      rows,
      { size: input.MaxResults, token: input.NextToken },
      {
        service: 'servicediscovery',
        list: 'ListOperations',
        defaultSize: PAGE_SIZE,
        largest: PAGE_SIZE,
        key: (row) => row.id,
      },
    );
    return { Operations: items.map(({ id: Id, status: Status }) => ({ Id, Status })), NextToken: next };
  },
});

/** @see https://docs.aws.amazon.com/cloud-map/latest/api/API_OperationFilter.html */
function filters(_call: AwsCall): FilterTable<OperationRow> {
  return {
    NAMESPACE_ID: { value: (row) => row.targets.NAMESPACE, conditions: ['EQ'] },
    SERVICE_ID: { value: (row) => row.targets.SERVICE, conditions: ['EQ'] },
    STATUS: {
      value: (row) => row.status,
      conditions: ['EQ', 'IN'],
      values: ['SUBMITTED', 'PENDING', 'SUCCESS', 'FAIL'],
    },
    TYPE: { value: (row) => row.type, conditions: ['EQ', 'IN'], values: TYPES },
    // Unix time, in seconds.
    UPDATE_DATE: { value: (row) => String(row.updateDate.getTime() / 1000), conditions: ['BETWEEN'] },
  };
}

const TYPES = [
  'CREATE_NAMESPACE',
  'DELETE_NAMESPACE',
  'UPDATE_NAMESPACE',
  'UPDATE_SERVICE',
  'REGISTER_INSTANCE',
  'DEREGISTER_INSTANCE',
];
