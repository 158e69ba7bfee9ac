import { AlibabaError } from '../../operation/service-error.js';
import type { AlibabaNetworkState, AlibabaTagRow } from '../state.js';
import type { SlbState } from '../../slb/state.js';

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
  return rowsOf(types, type.toUpperCase());
}

/** ECS's resources of a type, whose case does not matter. @throws {AlibabaError} `InvalidResourceType.NotFound` */
export function taggedEcsRows(network: AlibabaNetworkState, type: string): Rows {
  const types: Readonly<Record<string, Rows>> = {
    instance: network.instances,
    securitygroup: network.securityGroups,
    eni: network.interfaces,
    prefixlist: network.prefixLists,
  };
  return rowsOf(types, type.toLowerCase());
}

/** CLB's resources of a type. @throws {AlibabaError} `InvalidResourceType.NotFound` */
export function taggedSlbRows(slb: SlbState, type: string): Rows {
  const types: Readonly<Record<string, Rows>> = { instance: slb.loadBalancers, acl: slb.accessControlLists };
  return rowsOf(types, type.toLowerCase());
}

/** The rows of these ids. @throws {AlibabaError} `InvalidResourceId.NotFound` */
export function rowsNamed(rows: Rows, ids: readonly string[]): readonly TaggedRow[] {
  return ids.map((id) => rows.get(id) ?? unknownId());
}

/** A type may be the name of a member that every object has. */
function rowsOf(types: Readonly<Record<string, Rows>>, type: string): Rows {
  return (Object.hasOwn(types, type) ? types[type] : undefined) ?? unknownType();
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
