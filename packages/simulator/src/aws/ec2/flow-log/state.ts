import type { FlowLog } from '@aws-sdk/client-ec2';
import type { Shown, TagRow } from '../../state/given.js';

/** A flow log of a VPC, a subnet or a network interface. */
export interface FlowLogRow {
  readonly id: string;
  /** Without a log group, records go elsewhere. The interval is in seconds: 60 or 600. */
  readonly fields: Shown<FlowLog, 'CreationTime' | 'TrafficType' | 'LogFormat' | 'MaxAggregationInterval'>;
  tags: TagRow;
}

/** What one interface of a link sent to one address and port in one minute. */
export interface FlowRow {
  readonly interfaceId: string;
  readonly from: string;
  readonly to: string;
  readonly port: number;
  /** The beginning of the minute. */
  readonly start: number;
  /** Calls that left the interface, that its security groups or network ACL refused, and whose answer came back. */
  sent: number;
  refused: number;
  answered: number;
}

/** Flow logs of one region, and what they record. */
export const newFlowLogs = () => ({
  flowLogs: new Map<string, FlowLogRow>(),
  /** By interface, address, port and minute, the oldest first. */
  flows: new Map<string, FlowRow>(),
});
