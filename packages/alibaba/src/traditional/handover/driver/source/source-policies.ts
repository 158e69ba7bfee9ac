import { defined, type CallContext } from '@postern/core/internal/adapter';
import type {
  PolicyUse,
  SourceIpControl,
  SourcePlugin,
  SourceSignature,
  SourceThrottle,
  SourceWord,
} from '../../source/source.js';
import { eachOf, numberOf, isWord } from '../../../../client/plain.js';
import { listAll, type Listed } from '../../../../client/lists.js';
import type { Query } from '../../../../client/apis/actions.js';
import type { Session } from '../../../../client/session.js';
import { listPlugins } from '../../../groups/plugin.js';
import { PAGE } from '../../../../limits.js';
import type { Definitions } from './source-api.js';
import { undocumented } from './words.js';

export interface GroupRead {
  readonly session: Session;
  readonly groupId: string;
  readonly stages: readonly string[];
  readonly ctx: CallContext;
  readonly definitions?: Definitions | undefined;
  /** Gets the words that are not documented. */
  readonly words: SourceWord[];
}

/** A policy that is bound to an API on a stage. */
interface Bound {
  readonly id: string;
  readonly name: string;
  readonly use: PolicyUse;
}

/** The plug-ins that are attached to the group or its APIs, on these stages. */
export async function readPlugins({ session, groupId, stages, ctx }: GroupRead): Promise<readonly SourcePlugin[]> {
  const all = await listPlugins(session, ctx);
  return all.flatMap(({ id, name, type, body, uses }) => {
    const own = uses.filter((use) => use.groupId === groupId && stages.includes(use.stage));
    if (own.length === 0) return [];

    return [{ id, name, type, body, uses: own.map(({ stage, apiId }) => ({ stage, ...defined({ apiId }) })) }];
  });
}

/** Throttling policies of the older form. Two lists, whatever the number of APIs. */
export async function readThrottles(read: GroupRead): Promise<readonly SourceThrottle[]> {
  const { session, ctx, words } = read;
  const bound = await boundOn(read, 'DescribeApiTrafficControls', (row) => [
    row.TrafficControlId,
    row.TrafficControlName,
    row.ApiId,
  ]);
  return eachOf([...bound], async ([TrafficControlId, [first, ...rest]]) => {
    const answer = await session.call(ctx, 'CloudAPI', 'DescribeTrafficControls', {
      TrafficControlId,
      PageNumber: 1,
      PageSize: PAGE,
    });
    const policy =
      answer.TrafficControls?.TrafficControl?.find((one) => one.TrafficControlId === TrafficControlId) ?? {};
    const specials = policy.SpecialPolicies?.SpecialPolicy ?? [];
    const own = { id: TrafficControlId, name: first?.name ?? TrafficControlId };
    const kinds = specials.map(({ SpecialType }) => ['SpecialType', SpecialType] as const);
    words.push(...undocumented({ kind: 'throttle', ...own }, kinds));
    return {
      ...own,
      // A unit that is not documented has no counterpart, and is reported with its limit.
      unit: policy.TrafficControlUnit?.toUpperCase() || 'DAY',
      ...defined({
        perApi: numberOf(policy.ApiDefault),
        perUser: numberOf(policy.UserDefault),
        perApp: numberOf(policy.AppDefault),
      }),
      special: specials.flatMap(({ SpecialType, Specials }) =>
        (Specials?.Special ?? []).map(({ SpecialKey = '', TrafficValue }) => ({
          kind: isWord(SpecialType, 'user') ? ('user' as const) : ('app' as const),
          key: SpecialKey,
          limit: numberOf(TrafficValue) ?? 0,
        })),
      ),
      uses: usesOf(first, rest),
    };
  });
}

/** IP access control policies of the older form. */
export async function readIpControls(read: GroupRead): Promise<readonly SourceIpControl[]> {
  const { session, ctx, words } = read;
  const bound = await boundOn(read, 'DescribeApiIpControls', (row) => [row.IpControlId, row.IpControlName, row.ApiId]);
  return eachOf([...bound], async ([IpControlId, [first, ...rest]]) => {
    const [policy, items] = await Promise.all([
      session.call(ctx, 'CloudAPI', 'DescribeIpControls', { IpControlId, PageNumber: 1, PageSize: PAGE }),
      session.call(ctx, 'CloudAPI', 'DescribeIpControlPolicyItems', { IpControlId, PageNumber: 1, PageSize: PAGE }),
    ]);
    const found = policy.IpControlInfos?.IpControlInfo?.find((one) => one.IpControlId === IpControlId);
    const own = { id: IpControlId, name: first?.name ?? IpControlId };
    words.push(...undocumented({ kind: 'ip-control', ...own }, [['IpControlType', found?.IpControlType]]));
    return {
      ...own,
      allows: !isWord(found?.IpControlType, 'refuse'),
      // One item has up to ten blocks, with semicolons.
      entries: (items.IpControlPolicyItems?.IpControlPolicyItem ?? []).flatMap(({ CidrIp = '', AppId }) =>
        CidrIp.split(';').map((block) => ({ block, ...defined({ appId: AppId || undefined }) })),
      ),
      uses: usesOf(first, rest),
    };
  });
}

/** Keys that sign calls towards backends. Their secrets are in another answer, which is not asked for. */
export async function readSignatures(read: GroupRead): Promise<readonly SourceSignature[]> {
  const bound = await boundOn(read, 'DescribeApiSignatures', (row) => [row.SignatureId, row.SignatureName, row.ApiId]);
  return [...bound].map(([id, [first, ...rest]]) => ({ id, name: first?.name ?? id, uses: usesOf(first, rest) }));
}

/** The lists of what is bound to APIs. */
type Bindings = 'DescribeApiIpControls' | 'DescribeApiSignatures' | 'DescribeApiTrafficControls';

/** What is bound on each stage, by policy. */
async function boundOn<O extends Bindings>(
  { session, groupId, stages, ctx }: GroupRead,
  operation: O,
  toBound: (row: Listed<'CloudAPI', O>) => readonly [id: string, name: string | undefined, apiId: string],
): Promise<ReadonlyMap<string, readonly Bound[]>> {
  const bound = new Map<string, Bound[]>();
  for (const stage of stages) {
    const query: object = { GroupId: groupId, StageName: stage };
    for (const row of await listAll(
      session,
      ctx,
      `policies of APIs on ${stage}`,
      'CloudAPI',
      operation,
      query as Partial<Query<'CloudAPI', O>>,
    )) {
      const [id, name = '', apiId] = toBound(row);
      bound.set(id, [...(bound.get(id) ?? []), { id, name, use: { stage, apiId } }]);
    }
  }
  return bound;
}

const usesOf = (first: Bound | undefined, rest: readonly Bound[]): readonly PolicyUse[] =>
  [...(first === undefined ? [] : [first]), ...rest].map(({ use }) => use);

/** Where calls are logged, if anywhere: a setting of the region. */
export async function readLog({
  session,
  ctx,
}: GroupRead): Promise<{ readonly project: string; readonly store: string } | undefined> {
  const { LogInfos } = await session.call(ctx, 'CloudAPI', 'DescribeLogConfig', { LogType: 'PROVIDER' });
  const { SlsProject, SlsLogStore } = LogInfos?.LogInfo?.[0] ?? {};
  return SlsProject ? { project: SlsProject, store: SlsLogStore ?? '' } : undefined;
}
