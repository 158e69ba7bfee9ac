import type { VirtualInterfaceRow } from './state.js';

/** The states of a virtual interface. @see https://docs.aws.amazon.com/directconnect/latest/APIReference/API_VirtualInterface.html */
export const INTERFACE_STATES = [
  'confirming',
  'verifying',
  'pending',
  'available',
  'down',
  'testing',
  'deleting',
  'deleted',
  'rejected',
] as const satisfies readonly VirtualInterfaceRow['state'][];
