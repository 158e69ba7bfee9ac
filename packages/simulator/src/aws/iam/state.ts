import type { TagRow } from '../state/given.js';

interface EntityRow {
  /** `AROA…`, `ANPA…`, `AIPA…` */
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  readonly createdAt: number;
  tags: TagRow;
}

export interface RoleRow extends EntityRow {
  /** JSON as it was sent. */
  trust: string;
  description: string | undefined;
  maxSessionDuration: number;
  permissionsBoundary: string | undefined;
  /** Inline policies, JSON by name. */
  inline: Record<string, string>;
  /** ARNs of managed policies. */
  attached: string[];
}

export interface PolicyVersionRow {
  /** `v1` */
  readonly id: string;
  readonly document: string;
  readonly createdAt: number;
}

export interface PolicyRow extends EntityRow {
  readonly description: string | undefined;
  versions: PolicyVersionRow[];
  defaultVersionId: string;
  /** The number of the newest version that there ever was. */
  newest: number;
  updatedAt: number;
}

export interface InstanceProfileRow extends EntityRow {
  /** The name of its role. */
  role: string | undefined;
}

/** IAM: of the account, in no region. By lower-case name; policies by ARN. */
export const newState = () => ({
  roles: new Map<string, RoleRow>(),
  policies: new Map<string, PolicyRow>(),
  instanceProfiles: new Map<string, InstanceProfileRow>(),
});

export type IamState = Readonly<ReturnType<typeof newState>>;
