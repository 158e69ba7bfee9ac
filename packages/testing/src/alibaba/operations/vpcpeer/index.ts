import type { AnyAlibabaOperation } from '../../operation.js';
import { acceptVpcPeerConnection } from './accept-vpc-peer-connection.js';
import { createVpcPeerConnection } from './create-vpc-peer-connection.js';
import { deleteVpcPeerConnection } from './delete-vpc-peer-connection.js';
import { getVpcPeerConnectionAttribute } from './get-vpc-peer-connection-attribute.js';
import { listVpcPeerConnections } from './list-vpc-peer-connections.js';

/** The simulated actions of VPC peering. */
export const operations: readonly AnyAlibabaOperation[] = [
  acceptVpcPeerConnection,
  createVpcPeerConnection,
  deleteVpcPeerConnection,
  getVpcPeerConnectionAttribute,
  listVpcPeerConnections,
];
