import type { DescribeApiGroupsRequest, DescribeApiGroupsResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction } from '../../cloud-api/request/cloud-api-action.js';
import { subDomainOf } from '../../cloud-api/group/group-rules.js';
import { groupView } from '../../cloud-api/group/group-view.js';
import { flag, pages, tagList, text } from '../../cloud-api/request/parameters.js';
import { hasTags, tagInfo } from '../../cloud-api/request/tags.js';
import { page } from '../../page.js';
import type { Wire } from '../../wire.js';

/** Lists groups, the newest first unless `Sort` is `asc`. A name finds all that contain it. */
export const describeApiGroups = cloudApiAction<Wire<DescribeApiGroupsRequest>, Wire<DescribeApiGroupsResponseBody>>({
  name: 'DescribeApiGroups',
  kind: 'read',
  parameters: {
    GroupId: text,
    GroupName: text,
    InstanceId: text,
    BasePath: text,
    Sort: { type: 'string', values: ['asc', 'desc'] },
    EnableTagAuth: flag,
    Tag: tagList,
    ...pages,
  },
  run({ state, region }, input) {
    const { GroupId = '', GroupName = '', InstanceId = '', BasePath = '', Sort = 'desc' } = input;
    const rows = [...state.cloudApi.groups.values()].filter(
      ({ id, name, instanceId, basePath }) =>
        (GroupId === '' || id === GroupId) &&
        name.includes(GroupName) &&
        (InstanceId === '' || instanceId === InstanceId) &&
        (BasePath === '' || basePath === BasePath) &&
        hasTags(state, 'apiGroup', id, input.Tag),
    );
    const { items, numbers } = page(Sort === 'asc' ? rows : rows.reverse(), input, { largest: 50 });
    const attributes = items.map((group) => ({
      ...groupView(state, group, region),
      SubDomain: subDomainOf(group, region),
      Tags: tagInfo(state, 'apiGroup', group.id),
    }));
    return { ...numbers, ApiGroupAttributes: { ApiGroupAttribute: attributes } };
  },
});
