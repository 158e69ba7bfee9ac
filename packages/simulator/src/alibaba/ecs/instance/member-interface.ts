import { AlibabaError } from '../../operation/service-error.js';
import type { InterfaceRow } from '../../vpc/state.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import { getInstance, getInterface } from '../../vpc/request/lookups.js';

/**
 * The interface whose groups a call changes: an instance's primary interface, or an interface by its own id.
 * Interfaces that a service of the cloud created cannot be changed.
 * @throws {AlibabaError} `MissingParameter`, `InvalidInstanceId.NotFound`, `InvalidEniId.NotFound`,
 * `InvalidOperation.EniServiceManaged`
 */
export function memberInterface(
  state: AlibabaRegionState,
  instanceId: string | undefined,
  interfaceId: string | undefined,
): InterfaceRow {
  if (instanceId === undefined && interfaceId === undefined) {
    throw new AlibabaError(
      'MissingParameter',
      'The input parameter "InstanceId" that is mandatory for processing this request is not supplied.',
    );
  }
  const id = instanceId === undefined ? (interfaceId ?? '') : getInstance(state, instanceId).primaryInterfaceId;
  const row = getInterface(state, id);
  if (row.serviceManaged) {
    throw new AlibabaError(
      'InvalidOperation.EniServiceManaged',
      'The operation is not allowed on a network interface that a service manages.', // [?] the words
      403,
    );
  }
  return row;
}
