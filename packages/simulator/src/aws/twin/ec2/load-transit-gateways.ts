import type { TransitGatewayState } from '@aws-sdk/client-ec2';
import { DEFAULT_OPTIONS } from '../../ec2/operations/transit-gateway.js';
import { DEFAULT_ATTACHMENT_OPTIONS } from '../../ec2/transit-gateway/transit-interfaces.js';
import type { RegionSnapshot } from '@postern/core/internal/library';
import type {
  TransitAttachment,
  TransitGateway,
  TransitRoute,
  TransitRouteTable,
} from '@postern/core/internal/snapshot';
import type { AwsCall } from '../../operation/operation.js';
import { blocksBehind } from '../../ec2/transit-gateway/transit-views.js';
import type {
  TransitGatewayAttachmentRow,
  TransitGatewayRouteTableRow,
  TransitGatewayRow,
} from '../../ec2/transit-gateway/state.js';
import type { Lack } from '../lack.js';
import { tieDirectConnect, connectionRow, interfaceRow } from './load-virtual-gateways.js';

/** Transit gateways with attachments and tables. Propagated routes follow from the attachments, as they do in the simulator. */
export function loadTransitGateways(call: AwsCall, { transitGateways }: RegionSnapshot, lack: Lack): void {
  if (transitGateways === undefined) return lack(`the transit gateways of ${call.region} were not read`);

  for (const gateway of transitGateways) {
    if (gateway.attachments === undefined) lack(`the attachments of ${gateway.id} were not read`);
    if (gateway.routeTables === undefined) lack(`the route tables of ${gateway.id} were not read`);
    const tables = gateway.routeTables ?? [];
    call.state.ec2.transitGateways.set(gateway.id, gatewayRow(call, gateway));
    for (const attachment of gateway.attachments ?? []) {
      const row = attachmentRow(call, gateway, attachment, tables);
      if (row === undefined) lack(`attachment ${attachment.id} of ${gateway.id} is of a kind that is not simulated`);
      else call.state.ec2.transitGatewayAttachments.set(row.id, row);
    }
    placeConnections(call, gateway, tables);
    for (const table of tables) loadTable(call, gateway, table, lack);
  }
}

const GATEWAY_STATES: readonly TransitGatewayState[] = ['pending', 'available', 'deleting', 'deleted'];

function gatewayRow(call: AwsCall, gateway: TransitGateway): TransitGatewayRow {
  // New attachments use the table of all others, as long as there is only one.
  const [only, second] = gateway.routeTables ?? [];
  const table = second === undefined ? only?.id : undefined;
  const byDefault = table === undefined ? 'disable' : 'enable';
  return {
    id: gateway.id,
    ownerId: gateway.account ?? call.account,
    fields: {
      State: GATEWAY_STATES.find((word) => word === gateway.nativeState) ?? 'available',
      CreationTime: new Date(call.now),
      Options: {
        ...DEFAULT_OPTIONS,
        DefaultRouteTableAssociation: byDefault,
        AssociationDefaultRouteTableId: table,
        DefaultRouteTablePropagation: byDefault,
        PropagationDefaultRouteTableId: table,
        SecurityGroupReferencingSupport: gateway.securityGroupReferences === true ? 'enable' : 'disable',
      },
    },
    tags: {},
  };
}

const KINDS: ReadonlyMap<TransitAttachment['kind'], TransitGatewayAttachmentRow['resourceType']> = new Map([
  ['network', 'vpc'],
  ['vpn', 'vpn'],
  ['direct-connect', 'direct-connect-gateway'],
] as const);

const ATTACHMENT_STATES: ReadonlyMap<string, TransitGatewayAttachmentRow['state']> = new Map([
  ['pendingAcceptance', 'pendingAcceptance'],
  ['pending', 'pending'],
  ['available', 'available'],
  ['deleting', 'deleting'],
  ['deleted', 'deleted'],
  ['rejected', 'rejected'],
]);

/** For states that last only a moment. */
const NEAREST = {
  available: 'available',
  pending: 'pending',
  failed: 'rejected',
  deleted: 'deleted',
  unknown: 'pending',
} as const;

function attachmentRow(
  call: AwsCall,
  gateway: TransitGateway,
  one: TransitAttachment,
  tables: readonly TransitRouteTable[],
): TransitGatewayAttachmentRow | undefined {
  const resourceType = KINDS.get(one.kind);
  if (resourceType === undefined || one.resourceId === undefined) return undefined;

  const propagated = [...new Set(propagatedBy(tables, one.id).map(({ cidrBlock }) => cidrBlock))];
  const propagatesIpv6 = propagated.some((block) => block.includes(':'));
  return {
    id: one.id,
    transitGatewayId: gateway.id,
    transitGatewayOwnerId: gateway.account ?? call.account,
    resourceType,
    resourceId: one.resourceId,
    resourceOwnerId: one.account ?? call.account,
    createdAt: new Date(call.now),
    subnetIds: [...one.subnetIds],
    options:
      resourceType === 'vpc'
        ? {
            ...DEFAULT_ATTACHMENT_OPTIONS,
            SecurityGroupReferencingSupport: one.securityGroupReferences === true ? 'enable' : 'disable',
            Ipv6Support: propagatesIpv6 ? 'enable' : 'disable',
          }
        : undefined,
    // Another account's network: all that is known of it is what it propagates.
    ...(resourceType === 'vpc' && !call.state.ec2.vpcs.has(one.resourceId) ? { foreignBlocks: propagated } : {}),
    state: ATTACHMENT_STATES.get(one.nativeState) ?? NEAREST[one.state],
    tags: {},
  };
}

function propagatedBy(tables: readonly TransitRouteTable[], attachmentId: string): readonly TransitRoute[] {
  return tables
    .flatMap(({ routes }) => routes ?? [])
    .filter((route) => route.origin === 'propagated' && route.attachmentIds.includes(attachmentId));
}

/** The ends behind attachments that are not networks. They announce what the tables have learned from them. */
function placeConnections(
  call: AwsCall,
  { id, attachments }: TransitGateway,
  tables: readonly TransitRouteTable[],
): void {
  for (const { id: attachmentId, kind, resourceId, state } of attachments ?? []) {
    if (resourceId === undefined || kind === 'network') continue;

    const heard = [...new Set(propagatedBy(tables, attachmentId).map(({ cidrBlock }) => cidrBlock))];
    const up = heard.length > 0 && state === 'available' ? 'up' : 'down';
    const connection = { nativeState: 'available', state: up } as const;
    if (kind === 'vpn') {
      const row = connectionRow(call, { ...connection, id: resourceId }, { TransitGatewayId: id }, heard);
      call.state.ec2.vpnConnections.set(resourceId, row);
    }
    if (kind === 'direct-connect') {
      tieDirectConnect(call, resourceId, id, 'transitGateway');
      if (heard.length === 0) continue;

      const where = { type: 'transit', directConnectGatewayId: resourceId, announced: heard } as const;
      const row = interfaceRow(call, { ...connection, id: call.id('dxvif-', 8) }, where);
      call.state.directConnect.virtualInterfaces.set(row.id, row);
    }
  }
}

function loadTable(call: AwsCall, gateway: TransitGateway, table: TransitRouteTable, lack: Lack): void {
  const { routes } = table;
  if (routes === undefined) lack(`the routes of ${table.id} were not read`);
  const row: TransitGatewayRouteTableRow = {
    id: table.id,
    transitGatewayId: gateway.id,
    createdAt: new Date(call.now),
    state: 'available',
    associations: (gateway.attachments ?? []).flatMap((one) => (one.routeTableId === table.id ? one.id : [])),
    propagations: [],
    routes: (routes ?? [])
      .filter(({ origin }) => origin === 'static')
      .map(({ cidrBlock, attachmentIds }) => ({ destination: cidrBlock, attachmentId: attachmentIds[0] })),
    tags: {},
  };
  const propagated = (routes ?? []).filter(({ origin }) => origin === 'propagated');
  row.propagations = inOrder(call, propagated);
  call.state.ec2.transitGatewayRouteTables.set(row.id, row);
}

/** The attachments that propagate. Of several with one block the table shows the first, which must stay before the others. */
function inOrder(call: AwsCall, routes: readonly TransitRoute[]): string[] {
  const ids = [...new Set(routes.flatMap(({ attachmentIds }) => attachmentIds))];
  const { transitGatewayAttachments } = call.state.ec2;
  const shown = new Map<string, Set<string>>();
  for (const { cidrBlock, attachmentIds } of routes) {
    for (const id of attachmentIds) shown.set(id, (shown.get(id) ?? new Set()).add(cidrBlock));
  }
  /** Those that have a block which the table shows as another's. */
  const behind = (id: string): readonly string[] => {
    const row = transitGatewayAttachments.get(id);
    const hidden = (row ? blocksBehind(call.state, row) : []).filter((block) => shown.get(id)?.has(block) !== true);
    return ids.filter((other) => other !== id && hidden.some((block) => shown.get(other)?.has(block) === true));
  };
  const placed: string[] = [];
  const place = (id: string, path: readonly string[]): void => {
    if (placed.includes(id) || path.includes(id)) return;

    for (const first of behind(id)) place(first, [...path, id]);
    placed.push(id);
  };
  for (const id of ids) place(id, []);
  return placed;
}
