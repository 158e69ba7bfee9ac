import type { CreateRouteTableRequest, CreateRouteTableResult } from '@aws-sdk/client-ec2';
import { birthplaceOf } from '../../ec2/birthplace.js';
import { oncePerToken } from '../../ec2/request/client-token.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { newRouteTable } from '../../ec2/route-table/new-route-table.js';
import { routeTableView } from '../../ec2/route-table/route-table-view.js';
import { tagsFrom } from '../../ec2/request/tags.js';
import { ServiceError } from '../../service-error.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRouteTable.html */
export const createRouteTable = ec2Operation({
  name: 'CreateRouteTable',
  kind: 'write',
  run: (call, input: CreateRouteTableRequest): CreateRouteTableResult => {
    const { ec2 } = call.state;
    const vpc = getRow(ec2.vpcs, need(input.VpcId, 'vpcId'), ID.vpc);
    const tags = tagsFrom(input.TagSpecifications, 'route-table');
    const find = (id: string) => ec2.routeTables.get(id);
    const row = oncePerToken(call, 'CreateRouteTable', input, find, () => {
      const count = [...ec2.routeTables.values()].filter((table) => table.vpcId === vpc.id).length;
      if (count >= call.quota('route-tables-per-vpc')) {
        throw new ServiceError('RouteTableLimitExceeded', 'The maximum number of route tables has been reached.');
      }
      return newRouteTable(birthplaceOf(call), vpc, false, tags);
    });
    return { RouteTable: routeTableView(call.state, row), ClientToken: input.ClientToken };
  },
});
