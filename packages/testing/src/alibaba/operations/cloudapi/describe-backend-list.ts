import type { DescribeBackendListRequest, DescribeBackendListResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction } from '../../cloud-api/request/cloud-api-action.js';
import { pages, tagList, text } from '../../cloud-api/request/parameters.js';
import { hasTags, tagInfo } from '../../cloud-api/request/tags.js';
import { written } from '../../cloud-api/request/time.js';
import { page } from '../../page.js';
import type { Wire } from '../../wire.js';

/** Lists named backends. A name finds all that contain it. */
export const describeBackendList = cloudApiAction<
  Wire<DescribeBackendListRequest>,
  Wire<DescribeBackendListResponseBody>
>({
  name: 'DescribeBackendList',
  kind: 'read',
  parameters: { BackendName: text, BackendType: text, Tag: tagList, ...pages },
  run({ state }, input) {
    const { BackendName = '', BackendType = '', Tag } = input;
    const rows = [...state.cloudApi.backends.values()].filter(
      ({ id, name, type }) =>
        name.includes(BackendName) &&
        (BackendType === '' || type === BackendType) &&
        hasTags(state, 'backend', id, Tag),
    );
    const { items, numbers } = page(rows, input, { largest: 100 });
    const list = items.map((row) => ({
      BackendId: row.id,
      BackendName: row.name,
      BackendType: row.type,
      Description: row.description,
      CreatedTime: written(row.createdAt),
      ModifiedTime: written(row.modifiedAt),
      Tags: tagInfo(state, 'backend', row.id).TagInfo,
    }));
    return { ...numbers, BackendInfoList: list };
  },
});
