import type { DescribeApisByBackendRequest, DescribeApisByBackendResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getBackend } from '../../cloud-api/request/find.js';
import { textOf } from '../../cloud-api/api/json-object.js';
import { pages, required, text } from '../../cloud-api/request/parameters.js';
import { publishedWithBackend } from '../../cloud-api/request/tasks.js';
import { page } from '../../page.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DescribeApisByBackendRequest>, 'BackendId'>;

/** Lists the APIs that use a named backend: drafts, or, with a stage, what is published there. */
export const describeApisByBackend = cloudApiAction<Input, Wire<DescribeApisByBackendResponseBody>>({
  name: 'DescribeApisByBackend',
  kind: 'read',
  parameters: { BackendId: required(text), StageName: text, ...pages },
  run(call, input) {
    const { id } = getBackend(call.state, input.BackendId);
    const { StageName = '' } = input;
    const { apis, groups } = call.state.cloudApi;
    const rows =
      StageName === ''
        ? [...apis.values()]
            .filter(({ draft }) => draft.backendEnable && draft.backendId === id)
            .map((api) => ({ api, definition: api.draft }))
        : publishedWithBackend(call, id, StageName).map(({ api, row }) => ({ api, definition: row.definition }));
    const { items, numbers } = page(rows, input, { largest: 100 });
    const infos = items.map(({ api, definition }) => ({
      ApiId: api.id,
      ApiName: definition.name,
      Description: textOf(definition.scalars, 'Description'),
      GroupId: api.groupId,
      GroupName: groups.get(api.groupId)?.name ?? '',
      Method: textOf(definition.requestConfig, 'RequestHttpMethod'),
      Path: textOf(definition.requestConfig, 'RequestPath'),
    }));
    return { ...numbers, ApiInfoList: { ApiInfo: infos } };
  },
});
