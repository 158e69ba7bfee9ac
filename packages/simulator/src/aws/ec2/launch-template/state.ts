import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import type { TagRow } from '../../state/given.js';

export interface LaunchTemplateVersionRow {
  readonly number: number;
  readonly description: string | undefined;
  readonly createdAt: number;
  /** As it was sent. */
  readonly data: RequestLaunchTemplateData;
}

export interface LaunchTemplateRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly createdBy: string;
  versions: LaunchTemplateVersionRow[];
  defaultVersion: number;
  /** The number of the newest version that there ever was. */
  latest: number;
  tags: TagRow;
}

/** Launch templates of one region. */
export const newLaunchTemplates = () => ({ launchTemplates: new Map<string, LaunchTemplateRow>() });
