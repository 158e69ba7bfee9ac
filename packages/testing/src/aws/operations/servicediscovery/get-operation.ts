import type { GetOperationRequest, GetOperationResponse } from '@aws-sdk/client-servicediscovery';
import { ID, OWNER } from '../../cloud-map/limits.js';
import { operationView } from '../../cloud-map/views.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';

/** One operation: its progress, and why it failed. */
export const getOperation = operation<Given<GetOperationRequest>, GetOperationResponse>({
  service: 'servicediscovery',
  name: 'GetOperation',
  kind: 'read',
  limits: { OperationId: ID, OwnerAccount: OWNER },
  run: (call, input) => {
    const row = call.state.cloudMap.operations.get(input.OperationId);
    if (row === undefined)
      throw new ServiceError('OperationNotFound', `Operation not found: ${input.OperationId}`, 400);
    return { Operation: operationView(call, row) };
  },
});
