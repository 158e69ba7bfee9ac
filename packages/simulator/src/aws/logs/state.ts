import type { LogGroupClass } from '@aws-sdk/client-cloudwatch-logs';
import type { TagRow } from '../state/given.js';

export interface LogGroupRow {
  readonly name: string;
  readonly createdAt: number;
  readonly logGroupClass: LogGroupClass;
  kmsKeyId: string | undefined;
  retentionInDays: number | undefined;
  deletionProtection: boolean;
  tags: TagRow;
}

/** CloudWatch Logs in one region. */
export const newState = () => ({ groups: new Map<string, LogGroupRow>() });

export type LogsState = Readonly<ReturnType<typeof newState>>;
