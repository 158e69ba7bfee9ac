import type { DescribeVpcAccessesRequest, DescribeVpcAccessesResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction } from '../../cloud-api/request/cloud-api-action.js';
import { flag, pages, tagList, text } from '../../cloud-api/request/parameters.js';
import { hasTags, tagInfo } from '../../cloud-api/request/tags.js';
import { written } from '../../cloud-api/request/time.js';
import { page } from '../../page.js';
import type { VpcAccessRow } from '../../state/cloud-api-state.js';
import type { Wire } from '../../wire.js';

type Input = Wire<DescribeVpcAccessesRequest>;

/** Lists authorizations. A name finds all that contain it, unless the query is to be accurate. */
export const describeVpcAccesses = cloudApiAction<Input, Wire<DescribeVpcAccessesResponseBody>>({
  name: 'DescribeVpcAccesses',
  kind: 'read',
  parameters: {
    Name: text,
    VpcId: text,
    InstanceId: text,
    Port: text,
    VpcAccessId: text,
    AccurateQuery: flag,
    Tag: tagList,
    ...pages,
  },
  run({ state, region }, input) {
    const rows = [...state.cloudApi.vpcAccesses.values()].filter(
      (row) => fits(row, input) && hasTags(state, 'vpcAccess', row.id, input.Tag),
    );
    const { items, numbers } = page(rows, input, { largest: 100 });
    const attributes = items.map((row) => ({
      VpcAccessId: row.id,
      Name: row.name,
      VpcId: row.vpcId,
      InstanceId: row.instanceId,
      Port: row.port,
      VpcTargetHostName: row.targetHostName,
      Description: row.description,
      RegionId: region,
      CreatedTime: written(row.createdAt),
      Tags: tagInfo(state, 'vpcAccess', row.id),
    }));
    return { ...numbers, VpcAccessAttributes: { VpcAccessAttribute: attributes } };
  },
});

function fits(row: VpcAccessRow, { Name = '', VpcId = '', InstanceId = '', Port = '', ...input }: Input): boolean {
  const { VpcAccessId = '', AccurateQuery = false } = input;
  return (
    (AccurateQuery ? Name === '' || row.name === Name : row.name.includes(Name)) &&
    (VpcId === '' || row.vpcId === VpcId) &&
    (InstanceId === '' || row.instanceId === InstanceId) &&
    (Port === '' || String(row.port) === Port) &&
    (VpcAccessId === '' || row.id === VpcAccessId)
  );
}
