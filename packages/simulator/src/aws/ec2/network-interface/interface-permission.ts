import { ServiceError } from '../../operation/service-error.js';
import type { InterfaceRow } from '../state.js';

/**
 * What a service manages, its user cannot change or delete, whatever his permissions.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html
 * @throws {ServiceError} `OperationNotPermitted`.
 */
export function checkUserMayChange(row: InterfaceRow): void {
  if (!row.requesterManaged && row.operator === undefined) return;
  throw new ServiceError(
    'OperationNotPermitted',
    `You are not allowed to manage '${row.id}'. It is managed by ${row.operator ?? row.requesterId ?? 'a service'}.`, // [U]
  );
}
