import { AlibabaError } from '../service-error.js';
import type { AlibabaNetworkState, AlibabaTagRow } from '../state/network-state.js';
import type { SlbState } from '../state/slb-state.js';
import { hasTags, type GivenTag } from './tags.js';

/** Something with an id and tags. */
export interface TaggedRow {
  readonly id: string;
  tags: AlibabaTagRow;
}

type Rows = ReadonlyMap<string, TaggedRow>;

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

/** @throws {AlibabaError} `InvalidResourceType.NotFound`, `InvalidResourceId.NotFound` */
export function taggedVpcRow(network: AlibabaNetworkState, type: string, id: string): TaggedRow {
  return taggedVpcRows(network, type).get(id) ?? unknownId();
}

/** @throws {AlibabaError} `InvalidResourceType.NotFound`, `InvalidResourceId.NotFound` */
export function taggedEcsRow(network: AlibabaNetworkState, type: string, id: string): TaggedRow {
  return taggedEcsRows(network, type).get(id) ?? unknownId();
}

/** @throws {AlibabaError} `InvalidResourceType.NotFound`, `InvalidResourceId.NotFound` */
export function taggedSlbRow(slb: SlbState, type: string, id: string): TaggedRow {
  return taggedSlbRows(slb, type).get(id) ?? unknownId();
}

/** All tags of the resources asked for, one entry for each. */
export function listTags(
  rows: Rows,
  asked: { readonly ids: readonly string[] | undefined; readonly tags: readonly GivenTag[] | undefined },
): { readonly id: string; readonly key: string; readonly value: string }[] {
  return [...rows.values()]
    .filter(({ id, tags }) => (!asked.ids?.length || asked.ids.includes(id)) && hasTags(tags, asked.tags))
    .flatMap(({ id, tags }) => Object.entries(tags).map(([key, value]) => ({ id, key, value })));
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
