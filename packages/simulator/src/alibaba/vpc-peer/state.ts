import type { AlibabaTagRow } from '../vpc/state.js';

export interface PeeringSideRow {
  readonly vpcId: string;
  readonly account: string;
  readonly region: string;
  /** The VPC's blocks, where it is another account's and cannot be looked up. */
  readonly cidrBlocks?: readonly string[] | undefined;
}

/** A VPC peering; it belongs to no region. */
export interface VpcPeeringRow {
  /** `pcc-…` */
  readonly id: string;
  readonly requester: PeeringSideRow;
  readonly accepter: PeeringSideRow;
  name: string;
  description: string;
  status: 'Creating' | 'Accepting' | 'Updating' | 'Activated' | 'Rejected' | 'Expired' | 'Deleting' | 'Deleted';
  readonly createdAt: number;
  modifiedAt: number;
  tags: AlibabaTagRow;
}
