import type { DeleteVpcRequest, DeleteVpcResponseBody } from '@alicloud/vpc20160428';
import { getVpc } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { clientToken, flag, neededText } from '../../network/request/parameters.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-deletevpc */
export const deleteVpc = vpcAction<Given<DeleteVpcRequest, 'VpcId'>, Wire<DeleteVpcResponseBody>>({
  name: 'DeleteVpc',
  kind: 'write',
  parameters: { VpcId: neededText, ClientToken: clientToken, DryRun: flag },
  run: ({ state, alibaba }, { VpcId }) => {
    const { network } = state;
    const vpc = getVpc(state, VpcId);
    const dependents = {
      VSwitch: network.vSwitches,
      SecurityGroup: network.securityGroups,
      NetworkAcl: network.networkAcls,
    };
    for (const [what, rows] of Object.entries(dependents)) {
      if ([...rows.values()].some((row) => row.vpcId === vpc.id)) throw dependency(what);
    }
    const tables = [...network.routeTables.values()].filter(({ vpcId }) => vpcId === vpc.id);
    if (tables.some(({ kind }) => kind === 'Custom')) throw dependency('RouteTable');
    if (tables.some(({ entries }) => entries.length > 0)) throw dependency('RouteEntry');
    const peerings = [...alibaba.peerings.values()];
    if (peerings.some((row) => [row.requester, row.accepter].some(({ vpcId }) => vpcId === vpc.id)))
      throw dependency('VpcPeer');
    network.routeTables.delete(vpc.routeTableId);
    network.vpcs.delete(vpc.id);
    return {};
  },
});

const dependency = (what: string) =>
  new AlibabaError(`DependencyViolation.${what}`, 'Specified object has dependent resources.');
