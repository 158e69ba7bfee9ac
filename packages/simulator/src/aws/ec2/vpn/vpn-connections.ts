import type { Ec2State } from '../state.js';
import type { CustomerGatewayRow, VpnConnectionRow, VpnGatewayRow } from './state.js';
import type { TimerHandlers } from '../../operation/call.js';
import { invalidMember, need } from '../request/errors.js';
import { getRow, ID, notFound, type IdKind } from '../request/ids.js';
import { becomeAvailable } from '../transit-gateway/transit-gateways.js';

/** From a call until a connection is available or deleted: "a few minutes". Simulated milliseconds. */
export const VPN_MS = 240_000;
/** How long what was deleted stays to be described [U]. */
export const VISIBLE_MS = 3_600_000;

/** What becomes of connections by themselves. */
export const vpnTimers: TimerHandlers = {
  'ec2.vpn-connection': (call, { id, to }) => {
    const { ec2 } = call.state;
    const row = ec2.vpnConnections.get(String(id));
    if (to === 'available' && row?.state === 'pending') {
      row.state = 'available';
      for (const attachment of ec2.transitGatewayAttachments.values()) {
        if (attachment.resourceId === row.id && attachment.state === 'pending') becomeAvailable(ec2, attachment);
      }
    } else if (to === 'deleted' && row) {
      row.state = 'deleted';
      call.after(VISIBLE_MS, 'ec2.vpn-vanishes', { id: row.id });
    }
  },
  'ec2.vpn-vanishes': ({ state: { ec2 } }, data) => {
    for (const rows of [ec2.vpnGateways, ec2.customerGateways, ec2.vpnConnections]) rows.delete(String(data['id']));
  },
};

/** There is one type of gateway and connection. @throws {ServiceError} `MissingParameter`, `InvalidParameterValue`. */
export function checkType(type: string | undefined): void {
  const given = need(type, 'type');
  if (given !== 'ipsec.1') throw invalidMember('type', given, 'It must be ipsec.1.');
}

/** A virtual private gateway that exists. @throws {ServiceError} `InvalidVpnGatewayID.NotFound`, `….Malformed`. */
export function getVpnGateway(ec2: Ec2State, id: string): VpnGatewayRow {
  return alive(ec2.vpnGateways, id, ID.vpnGateway);
}

/** A customer gateway that exists. @throws {ServiceError} `InvalidCustomerGatewayID.NotFound`, `….Malformed`. */
export function getCustomerGateway(ec2: Ec2State, id: string): CustomerGatewayRow {
  return alive(ec2.customerGateways, id, ID.customerGateway);
}

/** A VPN connection that exists. @throws {ServiceError} `InvalidVpnConnectionID.NotFound`, `….Malformed`. */
export function getVpnConnection(ec2: Ec2State, id: string): VpnConnectionRow {
  return alive(ec2.vpnConnections, id, ID.vpnConnection);
}

function alive<R extends { readonly state: string }>(rows: ReadonlyMap<string, R>, id: string, kind: IdKind): R {
  const row = getRow(rows, id, kind);
  if (row.state === 'deleted' || row.state === 'deleting') throw notFound(kind, id);
  return row;
}
