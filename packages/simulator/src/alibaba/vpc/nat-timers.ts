import type { AlibabaTimerHandlers } from '../operation/call.js';

/** A NAT gateway is Available a minute after it was created [I]. */
export const natTimers: AlibabaTimerHandlers = {
  'network.nat': ({ state: { network } }, { id }) => {
    const row = network.natGateways.get(String(id));
    if (row?.status === 'Creating') network.natGateways.set(row.id, { ...row, status: 'Available' });
  },
};
