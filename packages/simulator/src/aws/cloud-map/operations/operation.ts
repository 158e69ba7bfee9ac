import { ServiceError } from '../../operation/operation.js';
import { family, ID, OWNER } from '../request.js';
import { limited } from '../../operation/family.js';

/** Operations: the changes that take time. */
export const operationOperations = family({
  /** One operation: its progress, and why it failed. */
  GetOperation: limited({ OperationId: ID, OwnerAccount: OWNER }, (call, input) => {
    const row = call.state.cloudMap.operations.get(input.OperationId);
    if (row === undefined)
      throw new ServiceError('OperationNotFound', `Operation not found: ${input.OperationId}`, 400);

    return { Operation: row.fields };
  }),
});
