import type { CreateAutoScalingGroupType } from '@aws-sdk/client-auto-scaling';

/** An instance of a group. */
export interface GroupInstanceRow {
  readonly id: string;
  readonly zoneName: string;
  readonly instanceType: string;
  readonly template: {
    readonly LaunchTemplateId: string;
    readonly LaunchTemplateName: string;
    readonly Version: string;
  };
  state: 'Pending' | 'InService' | 'Terminating';
  isProtected: boolean;
}

export interface ActivityRow {
  readonly id: string;
  readonly description: string;
  readonly cause: string;
  readonly startedAt: number;
  endedAt: number | undefined;
  status: 'InProgress' | 'Successful' | 'Failed';
  message: string | undefined;
}

export interface GroupTagRow {
  readonly key: string;
  readonly value: string;
  readonly isPropagated: boolean;
}

/** An Auto Scaling group. Its settings are members of the request. */
export interface GroupRow {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  settings: Omit<CreateAutoScalingGroupType, 'AutoScalingGroupName' | 'Tags' | 'TargetGroupARNs' | 'TrafficSources'>;
  targetGroupArns: string[];
  minSize: number;
  maxSize: number;
  desired: number;
  instances: GroupInstanceRow[];
  /** Newest first. */
  activities: ActivityRow[];
  suspended: string[];
  metrics: string[];
  tags: GroupTagRow[];
  isDeleting: boolean;
}

/** Auto Scaling in one region. */
export interface AutoScalingState {
  readonly groups: Map<string, GroupRow>;
}
