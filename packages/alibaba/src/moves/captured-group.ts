import type { CallContext } from '@postern/core';
import type { Json, MoveState } from '@postern/core/adapter';
import { requireGroup, type GroupOutput } from '../gateway/api-group.js';
import { listApis } from '../gateway/api-list.js';
import { groupSettings } from '../gateway/group-settings.js';
import type { Session } from '../client/session.js';

/** The state of a group that a move may change, and to which it returns. */
export type CapturedGroup = {
  readonly instance: string;
  readonly httpsPolicy?: string | undefined;
  /** Requests per second. */
  readonly trafficLimit?: number | undefined;
  readonly network: { readonly vpc: boolean; readonly intranet: boolean; readonly ipv6: boolean };
  readonly domains: readonly string[];
  /** The IDs of the published APIs, by stage. */
  readonly published: Readonly<Record<string, readonly string[]>>;
  /** The result of an earlier move, which stays until this one has begun. */
  readonly migration?: { readonly status: string; readonly error: string } | undefined;
};

/** Two calls: the group, and the list of its APIs. */
export async function captureGroup(session: Session, groupId: string, ctx: CallContext): Promise<Json> {
  const [group, apis] = await Promise.all([requireGroup(session, groupId, ctx), listApis(session, groupId, ctx)]);
  const published: Record<string, string[]> = {};
  for (const { id, stages } of apis) for (const stage of stages) (published[stage] ??= []).push(id);
  const { InstanceId = '', HttpsPolicy, TrafficLimit, MigrationStatus, MigrationError = '' } = group;
  const limit = Number(TrafficLimit);
  const captured: CapturedGroup = {
    instance: InstanceId,
    ...(HttpsPolicy ? { httpsPolicy: HttpsPolicy } : {}),
    ...(TrafficLimit !== undefined && Number.isFinite(limit) ? { trafficLimit: limit } : {}),
    network: networkOf(group),
    domains: (groupSettings(group).domains ?? []).filter(({ kind }) => kind !== 'network').map(({ name }) => name),
    published,
    ...(MigrationStatus ? { migration: { status: MigrationStatus, error: MigrationError } } : {}),
  };
  return captured;
}

/** Which networks the group is called from. */
export function networkOf({ VpcDomain, VpcSlbIntranetDomain, Ipv6Status }: GroupOutput): CapturedGroup['network'] {
  return {
    vpc: (VpcDomain ?? '') !== '',
    intranet: (VpcSlbIntranetDomain ?? '') !== '',
    ipv6: /^bind/i.test(Ipv6Status ?? ''),
  };
}

/** What {@link captureGroup} returned. */
export function capturedGroup({ captured }: Pick<MoveState, 'captured'>): CapturedGroup {
  return captured as CapturedGroup;
}

/** APIs that were published before a move and are not any more. */
export function lostApis(before: CapturedGroup, now: CapturedGroup): readonly string[] {
  return Object.entries(before.published).flatMap(([stage, ids]) => {
    const gone = ids.filter((id) => !(now.published[stage] ?? []).includes(id));
    if (gone.length === 0) return [];
    const shown = gone.slice(0, 3).join(', ');
    const more = gone.length > 3 ? ` and ${gone.length - 3} more` : '';
    return [`${stage} no longer publishes ${shown}${more}`];
  });
}
