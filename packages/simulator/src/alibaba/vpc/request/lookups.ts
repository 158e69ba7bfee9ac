import { AlibabaError } from '../../operation/operation.js';
import type {
  InstanceRow,
  InterfaceRow,
  NetworkAclRow,
  PrefixListRow,
  RouteTableRow,
  SecurityGroupRow,
  VpcRow,
  VSwitchRow,
} from '../state.js';
import type { AlibabaRegionState } from '../../state/region-state.js';

/** @throws {AlibabaError} `InvalidVpcId.NotFound`. DescribeVpcAttribute spells it `InvalidVpcID.NotFound`. */
export function getVpc({ network }: AlibabaRegionState, id: string, code = 'InvalidVpcId.NotFound'): VpcRow {
  return network.vpcs.get(id) ?? refuse(code, 'Specified VPC does not exist.');
}

/** @throws {AlibabaError} `InvalidVSwitchId.NotFound` */
export function getVSwitch({ network }: AlibabaRegionState, id: string): VSwitchRow {
  return network.vSwitches.get(id) ?? refuse('InvalidVSwitchId.NotFound', 'Specified virtual switch does not exist.');
}

/** @throws {AlibabaError} `InvalidRouteTableId.NotFound` */
export function getRouteTable({ network }: AlibabaRegionState, id: string): RouteTableRow {
  return network.routeTables.get(id) ?? refuse('InvalidRouteTableId.NotFound', 'Specified route table does not exist.');
}

/** @throws {AlibabaError} `ResourceNotFound.NetworkAcl` [?] */
export function getNetworkAcl({ network }: AlibabaRegionState, id: string): NetworkAclRow {
  return (
    network.networkAcls.get(id) ?? refuse('ResourceNotFound.NetworkAcl', 'The specified network ACL is not found.')
  );
}

/** @throws {AlibabaError} `InvalidSecurityGroupId.NotFound` */
export function getSecurityGroup({ network }: AlibabaRegionState, id: string): SecurityGroupRow {
  return (
    network.securityGroups.get(id) ??
    refuse('InvalidSecurityGroupId.NotFound', 'The specified SecurityGroupId does not exist.')
  );
}

/** @throws {AlibabaError} `InvalidInstanceId.NotFound` */
export function getInstance({ network }: AlibabaRegionState, id: string): InstanceRow {
  return network.instances.get(id) ?? refuse('InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.');
}

/** @throws {AlibabaError} `InvalidEniId.NotFound` */
export function getInterface({ network }: AlibabaRegionState, id: string): InterfaceRow {
  return (
    network.interfaces.get(id) ?? refuse('InvalidEniId.NotFound', 'The specified network interface does not exist.')
  );
}

/** @throws {AlibabaError} `InvalidPrefixListId.NotFound` */
export function getPrefixList({ network }: AlibabaRegionState, id: string): PrefixListRow {
  return (
    network.prefixLists.get(id) ?? refuse('InvalidPrefixListId.NotFound', 'The specified prefix list was not found.')
  );
}

function refuse(code: string, message: string): never {
  throw new AlibabaError(code, message, 404);
}
