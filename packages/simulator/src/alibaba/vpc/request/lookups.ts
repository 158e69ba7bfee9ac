import { raise, rowBy } from '../../../simulation/raise.js';
import { AlibabaError } from '../../operation/operation.js';
import type { AlibabaNetworkState, VpcRow } from '../state.js';
import type { AlibabaRegionState } from '../../state/region-state.js';

const refusal = (code: string, message: string) => new AlibabaError(code, message, 404);

/** @throws {AlibabaError} `InvalidVpcId.NotFound`. DescribeVpcAttribute spells it `InvalidVpcID.NotFound`. */
export function getVpc({ network }: AlibabaRegionState, id: string, code = 'InvalidVpcId.NotFound'): VpcRow {
  return network.vpcs.get(id) ?? raise(refusal(code, 'Specified VPC does not exist.'));
}

type RowOf<K extends keyof AlibabaNetworkState> = AlibabaNetworkState[K] extends Map<string, infer R> ? R : never;

/** A function that answers the row of an ID. @throws {AlibabaError} `code` */
const named = <K extends keyof AlibabaNetworkState>(rows: K, code: string, message: string) =>
  rowBy(
    ({ network }: AlibabaRegionState) => network[rows] as unknown as ReadonlyMap<string, RowOf<K>>,
    () => refusal(code, message),
  );
export const getVSwitch = named('vSwitches', 'InvalidVSwitchId.NotFound', 'Specified virtual switch does not exist.');
export const getRouteTable = named(
  'routeTables',
  'InvalidRouteTableId.NotFound',
  'Specified route table does not exist.',
);
/** The code is [?]. */
export const getNetworkAcl = named(
  'networkAcls',
  'ResourceNotFound.NetworkAcl',
  'The specified network ACL is not found.',
);
export const getSecurityGroup = named(
  'securityGroups',
  'InvalidSecurityGroupId.NotFound',
  'The specified SecurityGroupId does not exist.',
);
export const getInstance = named('instances', 'InvalidInstanceId.NotFound', 'The specified InstanceId does not exist.');
export const getInterface = named(
  'interfaces',
  'InvalidEniId.NotFound',
  'The specified network interface does not exist.',
);
export const getPrefixList = named(
  'prefixLists',
  'InvalidPrefixListId.NotFound',
  'The specified prefix list was not found.',
);
