import type { InterfaceRow } from '../state.js';

type Held = Pick<InterfaceRow, 'attachment' | 'requesterManaged'>;

/**
 * An interface is in use while it is attached to something, and for as long as a service has it for itself. Whether its
 * address is registered as a target does not matter.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html (status)
 */
export function interfaceStatus(row: Held): 'available' | 'in-use' {
  return isHeld(row) ? 'in-use' : 'available';
}

/** Whether an interface cannot be deleted: something is attached to it, or a service has it for itself. */
export function isHeld({ attachment, requesterManaged }: Held): boolean {
  return attachment !== undefined || requesterManaged;
}
