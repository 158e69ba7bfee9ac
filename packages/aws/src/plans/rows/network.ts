import { ALL_PORTS } from '@postern/core/internal/adapter';
import { newId, isZoneByOrder, type DraftRegion, type Rows, type View, type Row } from '@postern/core/internal/overlay';
import type { Network, RouteTable, Subnet } from '@postern/core/internal/snapshot';
import { AWS } from './id-forms.js';

/** Networks and subnets, with what the cloud creates beside a network. */
export const networkRows: Rows = {
  aws_vpc: {
    list: 'networks',
    ids: {
      id: newId('vpc'),
      default_security_group_id: newId('sg'),
      default_network_acl_id: newId('acl'),
      main_route_table_id: newId('rtb'),
      default_route_table_id: newId('rtb'),
    },
    sameIds: { main_route_table_id: 'default_route_table_id' },
    add: (view, { draft }) => {
      const id = view.needed('id');
      const block = view.needed('cidr_block');
      const { tags, name } = tagged(view);
      const known = draft.get('networks', id);
      const others = known?.cidrBlocks.filter((one) => one !== block) ?? [];
      draft.put('networks', {
        ipv6CidrBlocks: ipv6Of(view),
        ...known,
        id,
        name,
        cidrBlocks: [block, ...others],
        account: draft.base.account,
        tags,
      } as Network);
      // Of a network that exists already they may have been changed.
      if (known === undefined && view.when === 'after') addDefaults(view, draft, id);
    },
    remove: (view, { draft }) => {
      const id = view.needed('id');
      draft.remove('networks', id);
      for (const list of ['routeTables', 'networkAcls', 'securityGroups'] as const)
        for (const one of draft.all(list)) if (one.networkId === id) draft.remove(list, one.id);
    },
  },
  aws_vpc_ipv4_cidr_block_association: {
    list: 'networks',
    isPart: true,
    ids: { id: newId('vpc-cidr-assoc') },
    owner: (view) => view.ref('vpc_id', AWS.network),
    add: (view, { draft }) => {
      const block = view.needed('cidr_block');
      draft.patch('networks', view.neededRef('vpc_id', AWS.network), ({ cidrBlocks }) => ({
        cidrBlocks: [...cidrBlocks.filter((one) => one !== block), block],
      }));
    },
    remove: (view, { draft }) => {
      const block = view.needed('cidr_block');
      draft.patch('networks', view.needed('vpc_id'), ({ cidrBlocks }) => ({
        cidrBlocks: cidrBlocks.filter((one) => one !== block),
      }));
    },
  },
  aws_subnet: {
    list: 'subnets',
    ids: { id: newId('subnet') },
    add: (view, { draft }) => {
      const id = view.needed('id');
      const networkId = view.neededRef('vpc_id', AWS.network);
      const cidrBlock = view.needed('cidr_block');
      const known = draft.get('subnets', id);
      draft.put('subnets', {
        ipv6CidrBlocks: ipv6Of(view),
        freeAddresses: draft.usable(view, cidrBlock),
        routeTableId: draft.all('routeTables').find((one) => one.networkId === networkId && one.main)?.id,
        networkAclId: defaultAcl(draft, networkId),
        ...known,
        id,
        ...tagged(view),
        networkId,
        cidrBlock,
        zone: known?.zone ?? zoneOf(view, draft),
        account: draft.base.account,
      } as Subnet);
    },
  },
};

/** Undefined, as where it was not read: the cloud chooses it. */
function ipv6Of(view: View): readonly string[] | undefined {
  return view.ifKnown(() => [view.text('ipv6_cidr_block') ?? []].flat());
}

/** Tags with those of the provider's configuration, and the name among them. */
export function tagged(view: View): {
  readonly name: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
} {
  const tags = { ...view.map('tags'), ...view.map('tags_all') };
  return { name: tags['Name'], tags };
}

/** The groups of what is created without any. */
export function defaultGroups(draft: DraftRegion, networkId: string | undefined): readonly string[] {
  return draft
    .all('securityGroups')
    .filter((one) => one.networkId === networkId && one.name === 'default')
    .map(({ id }) => id);
}

/** Every network has a main route table, a network ACL and a security group that allow all inside. */
function addDefaults(view: View, draft: DraftRegion, networkId: string): void {
  const group = view.needed('default_security_group_id');
  const any = { protocol: 'all', ...ALL_PORTS } as const;
  draft.put('securityGroups', {
    id: group,
    name: 'default',
    networkId,
    rules: [
      { direction: 'in', ...any, securityGroupId: group },
      { direction: 'out', ...any, cidrBlock: '0.0.0.0/0' },
    ],
    account: draft.base.account,
    tags: {},
  } as never);
  const entry = { order: 100, action: 'allow', ...any, cidrBlock: '0.0.0.0/0' } as const;
  draft.put('networkAcls', {
    id: view.needed('default_network_acl_id'),
    networkId,
    entries: [
      { direction: 'in', ...entry },
      { direction: 'out', ...entry },
    ],
  } as never);
  const main = view.needed('main_route_table_id');
  draft.put('routeTables', { id: main, networkId, main: true, routes: [] } as unknown as RouteTable);
}

/** The ACL of subnets without an association: the snapshot does not mark it, so it is known where a network has one alone. */
function defaultAcl(draft: DraftRegion, networkId: string): string | undefined {
  const [only, ...others] = draft.all('networkAcls').filter((one) => one.networkId === networkId);
  return others.length === 0 ? only?.id : undefined;
}

/** The ID of the zone, from the account's own name of it. */
function zoneOf(view: View, draft: DraftRegion): string {
  const id = view.ifKnown(() => view.text('availability_zone_id'));
  if (id !== undefined) return id;

  const name = view.needed('availability_zone');
  if (isZoneByOrder(name)) return name;

  const zones = draft.all('zones');
  const found = zones.find((one) => one.name === name)?.id;
  if (found !== undefined) return found;
  // Without any zone that was read, names tell the zones of one account apart as well.
  if (zones.length === 0 && draft.base.subnets.length === 0) return name;

  throw view.unknown('availability_zone', [`the snapshot has no zone ${name}`]);
}

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
