import type { CallContext } from '@postern/core';
import { unlessGone } from '@postern/core/adapter';
import type { ClassicGroup, ClassicSide } from '../switch/witness.js';
import { getGroup, listGroups } from '../../gateway/api-group.js';
import { listApis } from '../../gateway/api-list.js';
import type { Session } from '../../client/session.js';
import { getInstance } from '../../link/instance.js';
import { sourceGroup, sourceInstance } from './source/source-group.js';

/** A group of API Gateway (Traditional), and what takes it away. */
export const classicSide = (session: Session): ClassicSide => ({
  group: (groupId, ctx) => readGroup(session, groupId, ctx),
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
  return {
    ...base,
    instance: { id: instanceId, kind, otherGroups, ...(paidUntil === undefined ? {} : { paidUntil }) },
  };
}
