import { canonicalJson } from '@postern/core/internal/adapter';
import type { DraftRegion, View } from '@postern/core/internal/overlay';
import type { NextHop, RouteEntry } from '@postern/core/internal/snapshot';
import { AWS } from './id-forms.js';

/** Where a route of a table leads to, as a block in the table names it. */
export const INLINE = ['cidr_block', 'ipv6_cidr_block', 'destination_prefix_list_id'] as const;

/** Next hops by the attribute that names one. The prefix of the ID shows the kind of a gateway. */
export const HOPS: readonly (readonly [attribute: string, kind: NextHop['kind'] | undefined])[] = [
  ['gateway_id', undefined],
  ['nat_gateway_id', 'nat'],
  ['transit_gateway_id', 'transit-gateway'],
  ['vpc_peering_connection_id', 'peering'],
  ['vpc_endpoint_id', 'endpoint'],
  ['network_interface_id', 'interface'],
  ['egress_only_gateway_id', 'internet'],
  ['carrier_gateway_id', 'other'],
  ['local_gateway_id', 'other'],
  ['core_network_arn', 'other'],
];

const GATEWAYS: readonly (readonly [prefix: string, kind: NextHop['kind']])[] = [
  ['local', 'local'],
  ['igw-', 'internet'],
  ['vgw-', 'virtual-gateway'],
  ['vpce-', 'endpoint'],
];

/** The numbers of the implicit last rules begin here. @see https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html */
export const IMPLICIT = 32_767;

export const DESTINATIONS = [
  'destination_cidr_block',
  'destination_ipv6_cidr_block',
  'destination_prefix_list_id',
] as const;

export function routeOf(view: View, [ipv4, ipv6, list]: readonly [string, string, string]): RouteEntry {
  const block = view.text(ipv4) ?? view.text(ipv6);
  const nextHop = hopOf(view);
  return {
    ...(block === undefined ? { prefixListId: view.neededRef(list, AWS.prefixList) } : { cidrBlock: block }),
    nextHop,
    state: 'active',
    origin: nextHop.kind === 'local' ? 'local' : 'static',
  };
}

function hopOf(view: View): NextHop {
  for (const [attribute, kind] of HOPS) {
    const id = view.ref(attribute, AWS.hop);
    if (id === undefined) continue;

    const found = kind ?? GATEWAYS.find(([prefix]) => id.startsWith(prefix))?.[1] ?? 'other';
    return found === 'local' ? { kind: found } : { kind: found, id };
  }
  return { kind: 'other' };
}

export function inlineRoutes(view: View): readonly RouteEntry[] {
  return view.blocks('route').map((one) => routeOf(one, INLINE));
}

/** Inline routes are all routes of a table where they are written, apart from local and propagated ones. */
export function changeRoutes(view: View, draft: DraftRegion, id: string, isNew: boolean): void {
  const { before } = view.instance;
  const after = view.instance.after?.['route'] ?? null;
  // Of a table that the snapshot does not have, such as one of a state alone, they are all that is known.
  if (!isNew && before !== undefined && canonicalJson(before['route'] ?? null) === canonicalJson(after)) return;

  if (before !== undefined) removeRoutes(draft, id, inlineRoutes(view.as('before')));
  addRoutes(draft, id, inlineRoutes(view));
}

const destinationOf = ({ cidrBlock, prefixListId, origin }: RouteEntry): string =>
  `${cidrBlock ?? prefixListId} ${origin}`;

export function addRoutes(draft: DraftRegion, id: string, added: readonly RouteEntry[]): void {
  removeRoutes(draft, id, added);
  draft.patch('routeTables', id, ({ routes = [] }) => ({ routes: [...routes, ...added] }));
}

export function removeRoutes(draft: DraftRegion, id: string, gone: readonly RouteEntry[]): void {
  const keys = new Set(gone.map(destinationOf));
  draft.patch('routeTables', id, ({ routes = [] }) => ({
    routes: routes.filter((one) => !keys.has(destinationOf(one))),
  }));
}
