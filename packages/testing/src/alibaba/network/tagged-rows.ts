import { AlibabaError } from '../service-error.js';
import type { AlibabaNetworkState, AlibabaTagRow } from '../state/network-state.js';
import type { SlbState } from '../state/slb-state.js';

/** Something with an id and tags. */
export interface TaggedRow {
  readonly id: string;
  tags: AlibabaTagRow;
}

/** Resources of one type, by id. */
export type Rows = ReadonlyMap<string, TaggedRow>;

/** VPC's resources of a type, whose case does not matter. @throws {AlibabaError} `InvalidResourceType.NotFound` */
export function taggedVpcRows(network: AlibabaNetworkState, type: string): Rows {
  const types: Readonly<Record<string, Rows>> = {
    VPC: network.vpcs,
    VSWITCH: network.vSwitches,
    ROUTETABLE: network.routeTables,
    NETWORKACL: network.networkAcls,
  };
  return types[type.toUpperCase()] ?? unknownType();
}

/** ECS's resources of a type, whose case does not matter. @throws {AlibabaError} `InvalidResourceType.NotFound` */
export function taggedEcsRows(network: AlibabaNetworkState, type: string): Rows {
  const types: Readonly<Record<string, Rows>> = {
    instance: network.instances,
    securitygroup: network.securityGroups,
    eni: network.interfaces,
    prefixlist: network.prefixLists,
  };
  return types[type.toLowerCase()] ?? unknownType();
}

/** CLB's resources of a type. @throws {AlibabaError} `InvalidResourceType.NotFound` */
export function taggedSlbRows(slb: SlbState, type: string): Rows {
  const types: Readonly<Record<string, Rows>> = { instance: slb.loadBalancers, acl: slb.accessControlLists };
  return types[type.toLowerCase()] ?? unknownType();
}

/** The rows of these ids. @throws {AlibabaError} `InvalidResourceId.NotFound` */
export function rowsNamed(rows: Rows, ids: readonly string[]): readonly TaggedRow[] {
  return ids.map((id) => rows.get(id) ?? unknownId());
}

function unknownType(): never {
  throw new AlibabaError(
    'InvalidResourceType.NotFound',
    'The ResourceType provided does not exist in our records.',
    404,
  );
}

function unknownId(): never {
  throw new AlibabaError('InvalidResourceId.NotFound', 'The specified ResourceIds are not found in our records.', 404);
}
