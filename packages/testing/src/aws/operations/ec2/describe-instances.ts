import type { DescribeInstancesRequest, DescribeInstancesResult } from '@aws-sdk/client-ec2';
import { instanceFilters } from '../../ec2/instance/instance-filters.js';
import { reservationViews } from '../../ec2/instance/instance-view.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { ID } from '../../ec2/request/ids.js';
import { listRows } from '../../ec2/request/list-rows.js';

/**
 * Instances, by their launches. A page is counted in instances.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html
 */
export const describeInstances = ec2Operation({
  name: 'DescribeInstances',
  kind: 'read',
  run: (call, input: DescribeInstancesRequest): DescribeInstancesResult => {
    const { rows, next } = listRows(input, {
      list: 'DescribeInstances',
      rows: call.state.ec2.instances,
      filters: instanceFilters(call),
      tagsOf: (row) => row.tags,
      ids: { wanted: input.InstanceIds, kind: ID.instance, member: 'instancesSet' },
    });
    return { Reservations: reservationViews(call, rows), NextToken: next };
  },
});
