import { type AwsCall, type TimerHandlers, ServiceError } from '../../operation/operation.js';
import type { Ec2State } from '../state.js';
import type { TagRow } from '../../state/given.js';
import type { TransitGatewayAttachmentRow, TransitGatewayRouteTableRow, TransitGatewayRow } from './state.js';
import { getRow, ID, needRow } from '../request/ids.js';
import { removeGatewayInterfaces } from './transit-interfaces.js';
import { need } from '../request/text-rules.js';

/**
 * From a call until a gateway or an attachment is available or deleted: "a minute or two" [U]. Simulated milliseconds.
 */
export const TRANSIT_MS = 60_000;

/** How long what was deleted stays to be described [U]. */
const VISIBLE_MS = 3_600_000;

/** What becomes of gateways and attachments by themselves. */
export const transitTimers: TimerHandlers = {
  'ec2.transit-gateway': ({ state: { ec2 }, after }, { id, to }) => {
    const row = ec2.transitGateways.get(String(id));
    if (to === 'vanished') ec2.transitGateways.delete(String(id));
    else if (to === 'available' && row?.fields.State === 'pending') row.fields.State = 'available';
    else if (to === 'deleted' && row) {
      row.fields.State = 'deleted';
      after(VISIBLE_MS, 'ec2.transit-gateway', { id: row.id, to: 'vanished' });
    }
  },
  'ec2.transit-gateway-attachment': (call, { id, to }) => {
    const { ec2 } = call.state;
    const row = ec2.transitGatewayAttachments.get(String(id));
    if (to === 'vanished') ec2.transitGatewayAttachments.delete(String(id));
    else if (to === 'available' && row?.state === 'pending') becomeAvailable(ec2, row);
    else if (to === 'deleted' && row) {
      row.state = 'deleted';
      removeGatewayInterfaces(call, row);
      for (const table of ec2.transitGatewayRouteTables.values()) {
        table.associations = table.associations.filter((attachment) => attachment !== row.id);
        table.propagations = table.propagations.filter((attachment) => attachment !== row.id);
      }
      call.after(VISIBLE_MS, 'ec2.transit-gateway-attachment', { id: row.id, to: 'vanished' });
    }
  },
};

/** A new attachment joins the gateway's default tables, where it has any. */
export function becomeAvailable(ec2: Ec2State, row: TransitGatewayAttachmentRow): void {
  row.state = 'available';
  const options = ec2.transitGateways.get(row.transitGatewayId)?.fields.Options;
  const tables = ec2.transitGatewayRouteTables;
  if (options?.DefaultRouteTableAssociation === 'enable') {
    tables.get(options.AssociationDefaultRouteTableId ?? '')?.associations.push(row.id);
  }
  if (options?.DefaultRouteTablePropagation === 'enable') {
    tables.get(options.PropagationDefaultRouteTableId ?? '')?.propagations.push(row.id);
  }
}

/** Attaches a resource that is not a VPC. The attachment becomes available when its owner accepts it. */
export function attachToTransitGateway(
  call: Pick<AwsCall, 'state' | 'account' | 'now' | 'id'>,
  gateway: TransitGatewayRow,
  resource: { readonly type: 'vpn' | 'direct-connect-gateway'; readonly id: string },
): TransitGatewayAttachmentRow {
  const row: TransitGatewayAttachmentRow = {
    id: call.id('tgw-attach-'),
    transitGatewayId: gateway.id,
    transitGatewayOwnerId: gateway.ownerId,
    resourceType: resource.type,
    resourceId: resource.id,
    resourceOwnerId: call.account,
    createdAt: new Date(call.now),
    subnetIds: [],
    options: undefined,
    state: 'pending',
    tags: {},
  };
  call.state.ec2.transitGatewayAttachments.set(row.id, row);
  return row;
}

/** Starts to delete an attachment. Static routes to it stay, as blackholes. */
export function deleteAttachment(call: AwsCall, row: TransitGatewayAttachmentRow): void {
  row.state = 'deleting';
  call.after(TRANSIT_MS, 'ec2.transit-gateway-attachment', { id: row.id, to: 'deleted' });
}

/** A gateway that can be worked with. @throws {ServiceError} `InvalidTransitGatewayID.NotFound`, `…Malformed`, `IncorrectState`. */
export function getTransitGateway(ec2: Ec2State, id: string): TransitGatewayRow {
  const row = getRow(ec2, ID.transitGateway, id);
  const { State } = row.fields;
  if (State !== 'available') throw incorrectState(id, State);

  return row;
}

/**
 * A VPC attachment that is available, or in another requested state.
 * @throws {ServiceError} those of `getRow`, `IncorrectState`.
 */
export function attachmentIn(
  ec2: Ec2State,
  id: string,
  ...states: readonly TransitGatewayAttachmentRow['state'][]
): TransitGatewayAttachmentRow {
  const row = getRow(ec2, ID.transitGatewayAttachment, id);
  if (!states.includes(row.state)) throw incorrectState(id, row.state);

  return row;
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html (IncorrectState) */
function incorrectState(id: string, state: string): ServiceError {
  return new ServiceError('IncorrectState', `${id} is in invalid state: ${state}`);
}

/** A table and an attachment must be of one gateway. @throws {ServiceError} `InvalidParameterValue`. */
export function needSameGateway(table: TransitGatewayRouteTableRow, attachment: TransitGatewayAttachmentRow): void {
  if (table.transitGatewayId === attachment.transitGatewayId) return;

  throw new ServiceError(
    'InvalidParameterValue',
    `Transit Gateway Attachment ${attachment.id} and Transit Gateway Route Table ${table.id} belong to different transit gateways.`, // [U]
  );
}

/** Makes a table for a gateway. */
export function newTransitRouteTable(
  call: AwsCall,
  transitGatewayId: string,
  tags: TagRow,
): TransitGatewayRouteTableRow {
  const row: TransitGatewayRouteTableRow = {
    id: call.id('tgw-rtb-'),
    transitGatewayId,
    createdAt: new Date(call.now),
    state: 'available',
    associations: [],
    propagations: [],
    routes: [],
    tags,
  };
  call.state.ec2.transitGatewayRouteTables.set(row.id, row);
  return row;
}

/**
 * Whether inbound rules in one VPC may name groups of another, over a transit gateway where gateway and
 * attachments support it.
 */
export function transitReferable(ec2: Ec2State, vpcId: string, otherId: string): boolean {
  return referableGateway(ec2, vpcId, otherId) !== undefined;
}

/** The transit gateway over which inbound rules in one VPC may name groups of another. */
function referableGateway(ec2: Ec2State, vpcId: string, otherId: string): string | undefined {
  const gatewaysOf = (id: string) =>
    [...ec2.transitGatewayAttachments.values()]
      .filter(
        (row) =>
          row.resourceId === id &&
          row.state === 'available' &&
          row.options?.SecurityGroupReferencingSupport === 'enable' &&
          ec2.transitGateways.get(row.transitGatewayId)?.fields.Options.SecurityGroupReferencingSupport === 'enable',
      )
      .map((row) => row.transitGatewayId);
  const others = new Set(gatewaysOf(otherId));
  return gatewaysOf(vpcId).find((id) => others.has(id));
}

/**
 * The table and the attachment that a call is to tie together, or apart.
 * @throws {ServiceError} `MissingParameter`, those of `needRow` and `attachmentIn`, and
 * `InvalidParameterValue` for those of two gateways.
 */
export function tableAndAttachment(
  ec2: Ec2State,
  input: {
    readonly TransitGatewayRouteTableId: string | undefined;
    readonly TransitGatewayAttachmentId?: string | undefined;
  },
): { readonly table: TransitGatewayRouteTableRow; readonly attachment: TransitGatewayAttachmentRow } {
  const table = needRow(ec2, ID.transitGatewayRouteTable, input.TransitGatewayRouteTableId);
  const wanted = need(input.TransitGatewayAttachmentId, 'transitGatewayAttachmentId');
  const attachment = attachmentIn(ec2, wanted, 'available');
  needSameGateway(table, attachment);
  return { table, attachment };
}

/** An association or a propagation in the form of a response: its two ends, and its state. */
export function memberView<State extends string>(
  table: TransitGatewayRouteTableRow,
  attachment: TransitGatewayAttachmentRow,
  State: State,
) {
  return { TransitGatewayRouteTableId: table.id, ...attached(attachment), State };
}

/** An attachment, and what it attaches, as answers about tables and routes show them. */
export function attached({ id, resourceId, resourceType }: TransitGatewayAttachmentRow) {
  return { TransitGatewayAttachmentId: id, ResourceId: resourceId, ResourceType: resourceType };
}
