import { defined, unlessGone, type CallContext } from '@postern/core/internal/adapter';
import type { ClassicGroup, ClassicSide } from '../switch/classic-side.js';
import type { HandoverFigures } from '../switch/witness.js';
import { eachOf, numberOf, sent, utcText } from '../../../client/plain.js';
import type { Session } from '../../../client/session.js';
import { targetFigures } from './target/target-state.js';
import { getGroup, listGroups } from '../../groups/api.js';
import { listApis } from '../../groups/api-list.js';
import { getInstance, toStatus } from '../../instances/instance.js';
import { listVpcAccesses } from '../../instances/vpc-access.js';
import { sourceGroup, sourceInstance } from './source/source-group.js';

interface Items {
  readonly MonitorItem?: readonly { readonly ItemValue?: string | undefined }[] | undefined;
}

/**
 * What API Gateway (Traditional) counts of calls, and CloudMonitor of the target. A period without calls has no items, or items of 0 [U]: both are no calls.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describeapiqpsdata
 */
export const figuresOf = (session: Session): HandoverFigures => ({
  classic: async ({ groupId: GroupId, stage: StageName, apiIds }, { fromMs, toMs }, ctx) => {
    const seconds = (toMs - fromMs) / 1_000;
    const period = { StageName, StartTime: utcText(fromMs), EndTime: utcText(toMs) };
    if (apiIds === undefined) {
      const operation = 'DescribeGroupQps';
      const { GroupQps } = await session.call(ctx, 'CloudAPI', operation, { GroupId, ...period });
      // One item a minute, in calls a second.
      return { qps: (sumOf(sent(GroupQps, 'GroupQps', operation)) * 60) / seconds };
    }

    const operation = 'DescribeApiQpsData';
    const counts = await eachOf(apiIds, async (ApiId) => {
      const query = { GroupId, ApiId, ...period };
      // An API that was deleted has no calls.
      const answer = await unlessGone(session.call(ctx, 'CloudAPI', operation, query));
      if (answer === undefined) return { succeeded: 0, failed: 0 };

      return {
        succeeded: sumOf(sent(answer.CallSuccesses, 'CallSuccesses', operation)),
        failed: sumOf(sent(answer.CallFails, 'CallFails', operation)),
      };
    });
    const failed = counts.reduce((sum, one) => sum + one.failed, 0);
    const calls = counts.reduce((sum, one) => sum + one.succeeded, failed);
    return { qps: calls / seconds, ...(calls === 0 ? {} : { errorShare: failed / calls }) };
  },
  target: (gatewayId, atMs, ctx) => targetFigures(session, gatewayId, atMs, ctx),
});

const sumOf = ({ MonitorItem = [] }: Items): number =>
  MonitorItem.reduce((sum, { ItemValue }) => sum + (numberOf(ItemValue) ?? 0), 0);

/** A group of API Gateway (Traditional), and what takes it away. */
export const classicSide = (session: Session): ClassicSide => ({
  group: (groupId, ctx) => readGroup(session, groupId, ctx),
  accesses: async (ctx) => (await listVpcAccesses(session, ctx)).map(({ name }) => name),
  takeOffline: async ({ groupId: GroupId, apiId: ApiId, stage: StageName }, ctx) => {
    await unlessGone(session.call(ctx, 'CloudAPI', 'AbolishApi', { GroupId, ApiId, StageName }));
  },
  deleteApi: async (GroupId, ApiId, ctx) => {
    await unlessGone(session.call(ctx, 'CloudAPI', 'DeleteApi', { GroupId, ApiId }));
  },
  unbindDomain: async (GroupId, DomainName, ctx) => {
    await unlessGone(session.call(ctx, 'CloudAPI', 'DeleteDomain', { GroupId, DomainName }));
  },
  deleteGroup: async (GroupId, ctx) => {
    await unlessGone(session.call(ctx, 'CloudAPI', 'DeleteApiGroup', { GroupId }));
  },
});

async function readGroup(session: Session, groupId: string, ctx: CallContext): Promise<ClassicGroup | undefined> {
  const row = await getGroup(session, groupId, ctx);
  if (row === undefined) return undefined;

  const { InstanceId = '' } = row;
  const [apis, instance, groups] = await Promise.all([
    listApis(session, groupId, ctx),
    getInstance(session, InstanceId, ctx),
    listGroups(session, ctx, InstanceId),
  ]);
  const { id, name, domains } = sourceGroup(row);
  const base = {
    id,
    name,
    apis: apis.map((api) => ({ id: api.id, name: api.name, stages: api.stages })),
    domains: domains.map((domain) => domain.name),
  };
  if (instance === undefined) return base;

  const { id: instanceId, kind, paidUntil } = sourceInstance(instance);
  const otherGroups = groups.filter(({ GroupId }) => GroupId !== groupId).length;
  const { state, nativeState } = toStatus(instance);
  const unusable = state === 'deleting' || state === 'failed' ? { unusable: nativeState } : {};
  return {
    ...base,
    instance: { id: instanceId, kind, otherGroups, ...defined({ paidUntil }), ...unusable },
  };
}
