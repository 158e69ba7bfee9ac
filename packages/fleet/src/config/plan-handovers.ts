import type { PlacedProblem } from '@postern/core/spec';
import type { FleetHandovers } from '../model.js';
import { placeEntries } from './entry-places.js';
import type { FleetFile } from './fleet-file.js';
import type { FleetWork } from './fleet-work.js';

/** Which API groups are handed over in each account and region, in the order of the file. */
export function planHandovers({ accounts, handovers }: Pick<FleetFile, 'accounts' | 'handovers'>): {
  readonly work: readonly FleetWork[];
  readonly problems: readonly PlacedProblem[];
} {
  const { places, problems } = placeEntries('handovers', { accounts, entries: handovers }, ({ how }) => how);
  const work = [...places].map(([name, { account, region, entries }]): FleetWork => {
    const spec = { version: 1 as const, project: 'handovers', links: {}, integrations: {} };
    const what: FleetHandovers = { provider: account.provider, account: account.id, region, handovers: entries };
    return { name, file: 'handovers', account: account.name, region, spec, handovers: what };
  });
  return { work, problems };
}
