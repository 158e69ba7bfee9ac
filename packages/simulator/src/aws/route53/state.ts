import type { ResourceRecordSet, VPC } from '@aws-sdk/client-route-53';
import type { Shown, TagRow } from '../state/given.js';

/** A VPC that a private hosted zone is associated with. */
export type ZoneVpcRow = Shown<VPC, 'VPCId' | 'VPCRegion'>;

export interface HostedZoneRow {
  /** `Z…` */
  readonly id: string;
  /** Lower case, with a dot at its end. */
  readonly name: string;
  readonly callerReference: string;
  readonly isPrivate: boolean;
  /** Four names without a dot at their ends. */
  readonly nameServers: readonly string[];
  comment: string | undefined;
  vpcs: ZoneVpcRow[];
  tags: TagRow;
  /** By name, type and set identifier. */
  records: Map<string, ResourceRecordSet>;
}

export interface ChangeRow {
  /** `C…` */
  readonly id: string;
  readonly submittedAt: number;
  readonly comment: string | undefined;
}

/** Route 53: of the account, in no region. By ID. */
export const newState = () => ({
  zones: new Map<string, HostedZoneRow>(),
  changes: new Map<string, ChangeRow>(),
});

export type Route53State = Readonly<ReturnType<typeof newState>>;
