import type { ModifyApiGroupRequest, ModifyApiGroupResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getGroup } from '../../cloud-api/request/find.js';
import { checkBasePath, checkGroupName, requireUnlocked, subDomainOf } from '../../cloud-api/group/group-rules.js';
import { longName, required, tagList, text } from '../../cloud-api/request/parameters.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<ModifyApiGroupRequest>, 'GroupId'>;

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

/** Changes a group. */
export const modifyApiGroup = cloudApiAction<Input, Wire<ModifyApiGroupResponseBody>>({
  name: 'ModifyApiGroup',
  kind: 'write',
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
});
