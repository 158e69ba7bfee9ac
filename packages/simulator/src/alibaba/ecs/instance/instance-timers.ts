import type { InstanceRow } from '../../vpc/state.js';
import type { AlibabaTimerHandlers } from '../../operation/call.js';

/** How long an ECS instance takes from one state to the next, in simulated milliseconds; no figures are published. */
export const INSTANCE_MS = { pending: 5_000, starting: 20_000, stopping: 15_000 } as const;

/** The next state of each state, and the time until then. */
const NEXT: Partial<
  Record<InstanceRow['status'], { readonly status: InstanceRow['status']; readonly ms: number | undefined }>
> = {
  Pending: { status: 'Starting', ms: INSTANCE_MS.starting },
  Starting: { status: 'Running', ms: undefined },
  Stopping: { status: 'Stopped', ms: undefined },
};

/** Instances start and stop by themselves. */
export const instanceTimers: AlibabaTimerHandlers = {
  'network.instance': (call, { id = '', from = '' }) => {
    const row = call.state.network.instances.get(String(id));
    if (row?.status !== from) return; // deleted, or changed since
    const next = NEXT[row.status];
    if (!next) return;
    row.status = next.status;
    if (next.ms !== undefined) call.after(next.ms, 'network.instance', { id: row.id, from: row.status });
  },
};
