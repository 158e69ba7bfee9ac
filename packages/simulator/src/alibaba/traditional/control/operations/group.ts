import { defined } from '../../../../simulation/defined.js';
import type { DescribeApiGroupResponseBody } from '@alicloud/cloudapi20160714';
import { detachAll } from '../api/plugin-rules.js';
import { domainView } from '../domain/domains.js';
import type { GroupDomainRow } from '../domain/state.js';
import {
  domainsOfGroup,
  checkBasePath,
  checkGroupName,
  instanceTypeOf,
  requireUnlocked,
  subDomainOf,
  groupView,
} from '../group.js';
import { SHARED_INSTANCE_ID, rpsOf } from '../instance/new-instance.js';
import { family, longName, STAGES, tagList, say } from '../request/parameters.js';
import { getGroup, getInstance } from '../request/find.js';
import { hasTags, putTags, tagInfo } from '../request/tags.js';
import type { Wire } from '../../../operation/operation.js';
import type { ApiGroupRow } from '../state.js';
import { numberedList, flag, required, text } from '../../../operation/family.js';

/** What DescribeApiGroup answers as it was given. */
const SHOWN = [
  'CompatibleFlags',
  'CustomAppCodeConfig',
  'CustomTraceConfig',
  'CustomerConfigs',
  'DefaultDomain',
  'PassthroughHeaders',
  'UserLogConfig',
] as const;

type DescribeApiGroupOutput = Wire<DescribeApiGroupResponseBody>;

export const groupActions = family({
  /** Makes a group of APIs on an instance; on the shared one, if none is named. */
  CreateApiGroup: {
    parameters: {
      GroupName: required(longName),
      Description: { type: 'string', length: [0, 180] },
      BasePath: text,
      InstanceId: text,
      Tag: tagList,
    },
    run(call, { GroupName, Description = '', BasePath = '/', InstanceId = '', Tag }) {
      const { state, region, now } = call;
      const instance = getInstance(state, InstanceId === '' ? SHARED_INSTANCE_ID : InstanceId);
      if (instance.status !== 'RUNNING') throw say.invalid('InstanceId', 'The specified instance is not running.');

      checkBasePath(BasePath);
      checkGroupName(state, GroupName);
      if (state.cloudApi.groups.size >= call.quota('api-groups')) throw say.exceeded('ApiGroup');

      const group: ApiGroupRow = {
        id: call.id('', 32, 'hex'),
        name: GroupName,
        description: Description,
        basePath: BasePath,
        instanceId: instance.id,
        httpsPolicy: instance.httpsPolicy,
        trafficLimit: rpsOf(instance.spec),
        billingStatus: 'NORMAL',
        illegalStatus: 'NORMAL',
        attributes: {},
        networkPolicy: { InternetEnable: true, InnerDomainEnable: true },
        stages: STAGES.map((name) => ({ id: call.id('', 32, 'hex'), name })),
        variables: new Map(),
        migration: undefined,
        migrationStatus: '',
        migrationError: '',
        previous: undefined,
        createdAt: now,
        modifiedAt: now,
      };
      state.cloudApi.groups.set(group.id, group);
      putTags(state, 'apiGroup', group.id, Tag);
      return {
        GroupId: group.id,
        GroupName,
        Description,
        BasePath,
        InstanceId: instance.id,
        InstanceType: instanceTypeOf(instance),
        SubDomain: subDomainOf(group, region),
        TagStatus: true,
      };
    },
  },

  /** Changes a group. */
  ModifyApiGroup: {
    parameters: {
      GroupId: required(text),
      GroupName: longName,
      Description: { type: 'string', length: [0, 180] },
      BasePath: text,
      CompatibleFlags: text,
      CustomAppCodeConfig: text,
      CustomTraceConfig: text,
      CustomerConfigs: text,
      DefaultDomain: text,
      FilterAppCodeForBackend: text,
      PassthroughHeaders: text,
      RpcPattern: text,
      RpsLimitForServerless: text,
      SupportSSE: text,
      UserLogConfig: text,
      Tag: tagList,
    },
    run({ state, region, now }, input) {
      const group = getGroup(state, input.GroupId);
      requireUnlocked(group);
      const { GroupName = group.name, Description = group.description, BasePath = group.basePath } = input;
      checkBasePath(BasePath);
      checkGroupName(state, GroupName, group.id);
      const given = SHOWN.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]] as const]));
      state.cloudApi.groups.set(group.id, {
        ...group,
        name: GroupName,
        description: Description,
        basePath: BasePath,
        attributes: { ...group.attributes, ...Object.fromEntries(given) },
        modifiedAt: now,
      });
      return { GroupId: group.id, GroupName, Description, BasePath, SubDomain: subDomainOf(group, region) };
    },
  },

  /** Deletes a group that has no APIs. Plug-ins lose their attachments to it. */
  DeleteApiGroup: {
    parameters: { GroupId: required(text), Tag: tagList },
    run({ state: { cloudApi }, state }, { GroupId }) {
      const group = getGroup(state, GroupId);
      if (group.migration) throw say.busy();
      if ([...cloudApi.apis.values()].some(({ groupId }) => groupId === group.id)) throw say.inUse('ApiGroup', 'Api');

      detachAll(state, ({ groupId }) => groupId === group.id);
      cloudApi.groups.delete(group.id);
      cloudApi.tags.delete(`apiGroup/${group.id}`);
      return {};
    },
  },

  /** A group, with the status of its last migration, which has no time and stays. */
  DescribeApiGroup: {
    parameters: { GroupId: required(text), Tag: tagList },
    run({ state, region }, { GroupId }) {
      const group = getGroup(state, GroupId);
      const instance = state.cloudApi.instances.get(group.instanceId) ?? { kind: 'shared' as const };
      return {
        ...groupView(state, group, region),
        ...(instance.kind !== 'shared' && { DedicatedInstanceType: instance.kind }),
        Status: 'NORMAL',
        CloudMarketCommodity: group.marketplace ?? false,
        CustomDomains: { DomainItem: (group.domains ?? []).filter(({ kind }) => kind === 'custom').map(customDomain) },
        StageItems: {
          StageInfo: group.stages.map(({ id, name }) => ({ StageId: id, StageName: name, Description: '' })),
        },
        ...(group.migrationStatus !== '' && { MigrationStatus: group.migrationStatus }),
        ...(group.migrationError !== '' && { MigrationError: group.migrationError }),
        ...domains(group, region),
        ...group.attributes,
      };
    },
  },

  /** Lists groups, the newest first unless `Sort` is `asc`. A name finds all that contain it. */
  DescribeApiGroups: numberedList({
    parameters: { Sort: { type: 'string', values: ['asc', 'desc'] }, EnableTagAuth: flag, Tag: tagList },
    rows({ state, region }, { Sort = 'desc', Tag }) {
      const rows = [...state.cloudApi.groups.values()].filter(({ id }) => hasTags(state, 'apiGroup', id, Tag));
      return (Sort === 'asc' ? rows : rows.reverse()).map((group) => ({
        ...groupView(state, group, region),
        SubDomain: subDomainOf(group, region),
        Tags: tagInfo(state, 'apiGroup', group.id),
      }));
    },
    same: ['GroupId', 'InstanceId', 'BasePath'],
    part: ['GroupName'],
    as: ['ApiGroupAttributes', 'ApiGroupAttribute'],
    largest: 50,
  }),
});

function domains(group: ApiGroupRow, region: string): DescribeApiGroupOutput {
  const all = domainsOfGroup(group, region);
  const named = (kind: GroupDomainRow['kind']) => all.find((row) => row.kind === kind)?.name;
  const { InternetIPV6Enable, InnerDomainEnable } = group.networkPolicy;
  const [VpcDomain, VpcSlbIntranetDomain] = [named('network'), named('intranet')];
  return {
    SubDomain: named('public') ?? '',
    DisableInnerDomain: InnerDomainEnable === false,
    Ipv6Status: InternetIPV6Enable === true ? 'BIND' : 'UNBIND',
    ...defined({ VpcDomain, VpcSlbIntranetDomain }),
  };
}

function customDomain(row: GroupDomainRow) {
  const { stageName, isIntranet, redirects } = row;
  return {
    ...domainView(row),
    ...(stageName !== undefined && { BindStageName: stageName, BindStageAlias: stageName }),
    ...(isIntranet !== undefined && { CustomDomainType: isIntranet ? 'INTRANET' : 'INTERNET' }),
    ...defined({ IsHttpRedirectToHttps: redirects }),
  };
}
