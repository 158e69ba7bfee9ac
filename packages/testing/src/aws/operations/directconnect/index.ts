import type { AnyOperation } from '../../operation.js';
import { describeConnections } from './describe-connections.js';
import { describeDirectConnectGatewayAssociations } from './describe-direct-connect-gateway-associations.js';
import { describeDirectConnectGatewayAttachments } from './describe-direct-connect-gateway-attachments.js';
import { describeDirectConnectGateways } from './describe-direct-connect-gateways.js';
import { describeVirtualGateways } from './describe-virtual-gateways.js';
import { describeVirtualInterfaces } from './describe-virtual-interfaces.js';

/** The operations of Direct Connect that are simulated: reading what `plant` has laid. */
export const operations: readonly AnyOperation[] = [
  describeConnections,
  describeDirectConnectGatewayAssociations,
  describeDirectConnectGatewayAttachments,
  describeDirectConnectGateways,
  describeVirtualGateways,
  describeVirtualInterfaces,
];
