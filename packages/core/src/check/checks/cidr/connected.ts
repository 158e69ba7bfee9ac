import type { CheckInput, Missing, RegionIndex } from '../../../do/world/views.js';

/** A network that another one is connected to. */
export interface Connected {
  readonly id: string;
  readonly cidrBlocks: readonly string[];
  /** The peering or transit gateway between them. */
  readonly via: string;
}

/** The networks that one is connected to by active peerings and by transit gateways, and why there may be others. */
export function connectedNetworks(
  input: CheckInput,
  region: RegionIndex,
  networkId: string,
): { readonly networks: readonly Connected[]; readonly missing?: Missing | undefined } {
  const networks = new Map<string, Connected>();
  let missing = region.all('peerings').missing ?? unreadTransit(region, networkId);
  const add = (
    id: string,
    via: string,
    place: { readonly account?: string | undefined; readonly region?: string | undefined },
    known: readonly string[] | undefined,
  ): void => {
    if (id === networkId || networks.has(id)) return;

    const cidrBlocks = known ?? blocksOf(input, region, id, place);
    if (cidrBlocks !== undefined) networks.set(id, { id, cidrBlocks, via });
    else {
      const found = region.find('networks', id);
      const what = `the CIDR blocks of ${id}`;
      missing ??=
        found.is === 'unknown'
          ? found.missing
          : { what, remedy: `Check the CIDR blocks of ${id}, which is connected through ${via}.` };
    }
  };
  const peerings = region.group('peerings', 'network', ({ sides }) => sides.map((side) => side.networkId));
  for (const { id, state, sides } of peerings.get(networkId) ?? []) {
    if (state !== 'active') continue;

    for (const side of sides) add(side.networkId, id, side, side.cidrBlocks);
  }
  const transit = region.group('transitGateways', 'network', ({ attachments = [] }) =>
    attachments.map(({ kind, resourceId }) => (kind === 'network' ? resourceId : undefined)),
  );
  for (const { attachments } of region.all('transitGateways').items) {
    if (attachments === undefined) missing ??= region.missing('transitGateways') ?? unreadAttachments();
  }
  for (const { id, attachments = [] } of transit.get(networkId) ?? []) {
    for (const { kind, state, resourceId, account } of attachments) {
      if (kind === 'network' && state === 'available' && resourceId !== undefined)
        add(resourceId, id, { account }, undefined);
    }
  }
  return { networks: [...networks.values()], missing };
}

/**
 * Transit gateways that were not read matter only where a route of the network uses one: otherwise no packet
 * goes to one.
 */
function unreadTransit(region: RegionIndex, networkId: string): Missing | undefined {
  const { missing } = region.all('transitGateways');
  if (missing === undefined || missing.failed === true) return missing;

  const tables = region.group('routeTables', 'network', (table) => [table.networkId]).get(networkId) ?? [];
  const unread = region.all('routeTables').missing;
  const leads = tables.some(
    ({ routes }) => routes === undefined || routes.some(({ nextHop }) => nextHop.kind === 'transit-gateway'),
  );
  return leads ? missing : unread;
}

function unreadAttachments(): Missing {
  return { what: 'the attachments of a transit gateway', remedy: 'Take the snapshot again with `postern snapshot`.' };
}

function blocksOf(
  input: CheckInput,
  { region: here, find }: RegionIndex,
  id: string,
  { account, region }: { readonly account?: string | undefined; readonly region?: string | undefined },
): readonly string[] | undefined {
  const found = find('networks', id);
  if (found.is === 'found') return [...found.value.cidrBlocks, ...(found.value.ipv6CidrBlocks ?? [])];

  const farRegion = input.regionOf({
    provider: here.provider,
    region: region ?? here.region,
    account: account ?? here.account,
  });
  const far = farRegion?.find('networks', id);
  return far?.is === 'found' ? [...far.value.cidrBlocks, ...(far.value.ipv6CidrBlocks ?? [])] : undefined;
}
