import type { DescribeApisByVpcAccessRequest, DescribeApisByVpcAccessResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { findVpcAccessByName } from '../../cloud-api/request/find.js';
import { textOf } from '../../cloud-api/api/json-object.js';
import { pages, required, text } from '../../cloud-api/request/parameters.js';
import { publishedWithAccess } from '../../cloud-api/request/tasks.js';
import { say } from '../../cloud-api/request/words.js';
import { page } from '../../page.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DescribeApisByVpcAccessRequest>, 'VpcName'>;

/** Lists the published APIs that use an authorization, one row per stage. Drafts and plug-ins are not in it. */
export const describeApisByVpcAccess = cloudApiAction<Input, Wire<DescribeApisByVpcAccessResponseBody>>({
  name: 'DescribeApisByVpcAccess',
  kind: 'read',
  parameters: { VpcName: required(text), ...pages },
  run(call, input) {
    if (!findVpcAccessByName(call.state, input.VpcName)) throw say.notFound('Vpc');
    const uses = publishedWithAccess(call, input.VpcName);
    const { items, numbers } = page(uses, input, { largest: 100 });
    const infos = items.map(({ api, row: { definition, stageName, vpc } }) => {
      const group = call.state.cloudApi.groups.get(api.groupId);
      return {
        ApiId: api.id,
        ApiName: definition.name,
        Description: textOf(definition.scalars, 'Description'),
        GroupId: api.groupId,
        GroupName: group?.name ?? '',
        StageId: group?.stages.find(({ name }) => name === stageName)?.id ?? '',
        StageName: stageName,
        Method: textOf(definition.requestConfig, 'RequestHttpMethod'),
        Path: textOf(definition.requestConfig, 'RequestPath'),
        RegionId: call.region,
        VpcName: input.VpcName,
        VpcId: vpc?.vpcId ?? '',
        InstanceId: vpc?.instanceId ?? '',
        Port: vpc?.port ?? 0,
      };
    });
    return { ...numbers, ApiVpcAccessInfos: { ApiVpcAccessInfo: infos } };
  },
});
