import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { family, filtered, type FilterTable, FILTERS, ID, OWNER, PAGE, PAGE_SIZE } from '../request.js';
import { operationView } from '../views.js';
import { page } from '../../operation/page.js';
import type { OperationRow } from '../state.js';

/** Operations: the changes that take time. */
export const operationOperations = family({
  /** One operation: its progress, and why it failed. */
  GetOperation: {
    limits: { OperationId: ID, OwnerAccount: OWNER },
    run(call, input) {
      const row = call.state.cloudMap.operations.get(input.OperationId);
      if (row === undefined)
        throw new ServiceError('OperationNotFound', `Operation not found: ${input.OperationId}`, 400);
      return { Operation: operationView(call, row) };
    },
  },

  /** Lists operations, filtered. */
  ListOperations: {
    limits: {
      'Filters[].Name': { values: ['NAMESPACE_ID', 'SERVICE_ID', 'STATUS', 'TYPE', 'UPDATE_DATE'] },
      ...FILTERS,
      ...PAGE,
    },
    run(call, input) {
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
