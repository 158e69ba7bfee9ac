import type { Row, Rows, View } from '@postern/core/internal/overlay';
import type { Network, Subnet } from '@postern/core/internal/snapshot';
import { networkRows } from './network.js';

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html */
const BLOCK = '172.31.0.0/16';
const SUBNET_BITS = /\/20$/;

/** The default network of a region: a snapshot does not mark it, so it is known where one alone has its block. */
function networkOf({ lookup }: View): Network | undefined {
  const [only, ...others] = lookup.place.networks.filter(({ cidrBlocks: [first] }) => first === BLOCK);
  return others.length === 0 ? only : undefined;
}

/** Its subnet in a zone, which is named by its ID or as the account names it. */
function subnetOf(view: View): Subnet | undefined {
  const { subnets, zones = [] } = view.lookup.place;
  const network = networkOf(view);
  const name = view.text('availability_zone') ?? view.text('availability_zone_id');
  const zone = zones.find((one) => one.name === name)?.id ?? name;
  const own = subnets.filter((one) => one.networkId === network?.id && one.zone === zone);
  const [only, ...others] = own.filter(({ cidrBlock }) => SUBNET_BITS.test(cidrBlock));
  return others.length === 0 ? only : undefined;
}

/** A resource that adopts what is there, and leaves it when it goes. What no snapshot shows is as the state has it. */
function adopted(type: 'aws_vpc' | 'aws_subnet', list: 'networks' | 'subnets', ids: NonNullable<Row['ids']>): Row {
  return {
    list,
    ids,
    add: (view, place) => {
      const id = view.text('id');
      if (id !== undefined && place.draft.get(list, id) === undefined) networkRows[type]?.add(view, place);
    },
    remove: () => undefined,
  };
}

const ofNetwork =
  (find: (view: View, id: string) => string | undefined) =>
  (view: View): string | undefined => {
    const id = networkOf(view)?.id;
    return id === undefined ? undefined : find(view, id);
  };
const mainTable = ofNetwork(
  ({ lookup }, id) => lookup.place.routeTables?.find((one) => one.networkId === id && one.main)?.id,
);

/** The default network of a region, and its subnets. */
export const defaultNetworkRows: Rows = {
  aws_default_vpc: adopted('aws_vpc', 'networks', {
    id: ofNetwork((_, id) => id),
    cidr_block: ofNetwork(() => BLOCK),
    default_security_group_id: ofNetwork(
      ({ lookup }, id) => lookup.place.securityGroups.find((one) => one.networkId === id && one.name === 'default')?.id,
    ),
    default_network_acl_id: ofNetwork(({ lookup }, id) => {
      const [only, ...others] = (lookup.place.networkAcls ?? []).filter(({ networkId }) => networkId === id);
      return others.length === 0 ? only?.id : undefined;
    }),
    main_route_table_id: mainTable,
    default_route_table_id: mainTable,
  }),
  aws_default_subnet: adopted('aws_subnet', 'subnets', {
    id: (view) => subnetOf(view)?.id,
    cidr_block: (view) => subnetOf(view)?.cidrBlock,
  }),
};
