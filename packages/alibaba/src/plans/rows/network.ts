import { ALL_PORTS } from '@postern/core/internal/adapter';
import type { DraftRegion, Row, Rows, View } from '@postern/core/internal/overlay';
import type {
  Network,
  NetworkAcl,
  NetworkAclEntry,
  NextHop,
  RouteEntry,
  RouteTable,
  Subnet,
} from '@postern/core/internal/snapshot';
import { ALIBABA, prefixed } from './id-forms.js';

/** Next hops by the provider's word for them. */
const HOPS: ReadonlyMap<string, NextHop['kind']> = new Map([
  ['Instance', 'instance'],
  ['HaVip', 'instance'],
  ['RouterInterface', 'express-connect'],
  ['Ecr', 'express-connect'],
  ['NetworkInterface', 'interface'],
  ['VpnGateway', 'vpn-gateway'],
  ['IPv6Gateway', 'internet'],
  ['Ipv4Gateway', 'internet'],
  ['NatGateway', 'nat'],
  ['Attachment', 'transit-gateway'],
  ['VpcPeer', 'peering'],
  ['GatewayEndpoint', 'endpoint'],
]);

/** Networks, vSwitches, route tables, network ACLs and prefix lists. */
export const networkRows: Rows = {
  alicloud_vpc: {
    list: 'networks',
    ids: { id: prefixed('vpc'), route_table_id: prefixed('vtb') },
    add: (view, { draft }) => {
      const id = view.needed('id');
      const known = draft.get('networks', id);
      const block = view.needed('cidr_block');
      draft.put('networks', {
        tags: view.map('tags'),
        ...known,
        id,
        name: view.text('vpc_name') ?? view.text('name'),
        cidrBlocks: [...new Set([block, ...view.texts('secondary_cidr_blocks'), ...(known?.cidrBlocks ?? [])])],
        account: draft.base.account,
      } as Network);
      if (known !== undefined || view.when === 'before') return;

      const table = view.needed('route_table_id');
      draft.put('routeTables', { id: table, networkId: id, main: true, routes: [] } as unknown as RouteTable);
    },
    remove: (view, { draft }) => {
      const id = view.needed('id');
      draft.remove('networks', id);
      for (const one of draft.all('routeTables')) if (one.networkId === id) draft.remove('routeTables', one.id);
    },
  },
  alicloud_vpc_ipv4_cidr_block: {
    list: 'networks',
    isPart: true,
    owner: (view) => view.ref('vpc_id', ALIBABA.network),
    add: (view, { draft }) => {
      const block = view.needed('secondary_cidr_block');
      draft.patch('networks', view.neededRef('vpc_id', ALIBABA.network), ({ cidrBlocks }) => ({
        cidrBlocks: [...new Set([...cidrBlocks, block])],
      }));
    },
    remove: (view, { draft }) => {
      const block = view.needed('secondary_cidr_block');
      draft.patch('networks', view.needed('vpc_id'), ({ cidrBlocks }) => ({
        cidrBlocks: cidrBlocks.filter((one) => one !== block),
      }));
    },
  },
  alicloud_vswitch: {
    list: 'subnets',
    ids: { id: prefixed('vsw') },
    add: (view, { draft }) => {
      const id = view.needed('id');
      const networkId = view.neededRef('vpc_id', ALIBABA.network);
      const cidrBlock = view.needed('cidr_block');
      const known = draft.get('subnets', id);
      draft.put('subnets', {
        freeAddresses: draft.usable(view, cidrBlock),
        routeTableId: draft.all('routeTables').find((one) => one.networkId === networkId && one.main)?.id,
        networkAclId: null,
        tags: view.map('tags'),
        ...known,
        id,
        name: view.text('vswitch_name') ?? view.text('name'),
        networkId,
        cidrBlock,
        zone: view.text('zone_id') ?? view.needed('availability_zone'),
        account: draft.base.account,
      } as Subnet);
    },
  },
  alicloud_route_table: {
    list: 'routeTables',
    ids: { id: prefixed('vtb') },
    add: (view, { draft }) => {
      const id = view.needed('id');
      const known = draft.get('routeTables', id);
      const networkId = view.neededRef('vpc_id', ALIBABA.network);
      draft.put('routeTables', { main: false, routes: [], ...known, id, networkId } as unknown as RouteTable);
    },
  },
  alicloud_route_table_attachment: {
    list: 'subnets',
    isPart: true,
    owner: (view) => view.ref('vswitch_id', ALIBABA.subnet),
    add: (view, { draft }) => {
      const routeTableId = view.neededRef('route_table_id', ALIBABA.table);
      draft.patch('subnets', view.neededRef('vswitch_id', ALIBABA.subnet), () => ({ routeTableId }));
    },
    remove: (view, { draft }) =>
      draft.patch('subnets', view.needed('vswitch_id'), ({ networkId }) => ({
        routeTableId: draft.all('routeTables').find((one) => one.networkId === networkId && one.main)?.id,
      })),
  },
  alicloud_route_entry: {
    list: 'routeTables',
    isPart: true,
    owner: (view) => view.ref('route_table_id', ALIBABA.table),
    add: (view, { draft }) => {
      const route = routeOf(view);
      changeRoutes(draft, view.neededRef('route_table_id', ALIBABA.table), route.cidrBlock, [route]);
    },
    remove: (view, { draft }) =>
      changeRoutes(draft, view.needed('route_table_id'), view.text('destination_cidrblock'), []),
  },
  alicloud_network_acl: {
    list: 'networkAcls',
    sets: { resources: ['resource_id'] },
    ids: { id: prefixed('nacl') },
    add: (view, { draft }) => {
      const id = view.needed('id');
      const known = draft.get('networkAcls', id);
      // First: an ACL whose entries cannot be laid filters its vSwitches all the same.
      for (const one of draft.all('subnets'))
        if (one.networkAclId === id) draft.patch('subnets', one.id, () => ({ networkAclId: null }));
      for (const one of view.blocks('resources'))
        draft.patch('subnets', one.neededRef('resource_id', ALIBABA.filtered), () => ({ networkAclId: id }));
      draft.put('networkAcls', {
        exempt: EXEMPT,
        ...known,
        id,
        networkId: view.neededRef('vpc_id', ALIBABA.network),
        entries: [...entriesOf(view, 'in'), ...entriesOf(view, 'out')],
      } as NetworkAcl);
    },
    remove: (view, { draft }) => {
      const id = view.needed('id');
      draft.remove('networkAcls', id);
      for (const one of draft.all('subnets'))
        if (one.networkAclId === id) draft.patch('subnets', one.id, () => ({ networkAclId: null }));
    },
  },
  alicloud_vpc_prefix_list: prefixList(),
  alicloud_ecs_prefix_list: prefixList(),
};

/** What an ACL always allows. @see https://www.alibabacloud.com/help/en/vpc/user-guide/network-acl-overview */
const EXEMPT = ['100.100.2.128/28', '100.100.2.112/28', '100.100.100.200/32'] as const;

/** ECS and VPC have lists of their own. */
function prefixList(): Row {
  return {
    list: 'prefixLists',
    sets: { entrys: ['cidr'], entry: ['cidr'] },
    ids: { id: prefixed('pl') },
    add: (view, { draft }) => {
      const blocks = [...view.blocks('entrys'), ...view.blocks('entry')].map((one) => one.needed('cidr'));
      draft.put('prefixLists', {
        id: view.needed('id'),
        name: view.text('prefix_list_name'),
        cidrBlocks: blocks,
        account: draft.base.account,
      } as never);
    },
  };
}

function routeOf(view: View): RouteEntry {
  const native = view.needed('nexthop_type');
  return {
    cidrBlock: view.needed('destination_cidrblock'),
    nextHop: { kind: HOPS.get(native) ?? 'other', id: view.neededRef('nexthop_id', ALIBABA.hop), native },
    state: 'active',
    origin: 'static',
  };
}

function changeRoutes(draft: DraftRegion, id: string, block: string | undefined, added: readonly RouteEntry[]): void {
  draft.patch('routeTables', id, ({ routes = [] }) => ({
    routes: [...routes.filter((one) => one.origin === 'local' || one.cidrBlock !== block), ...added],
  }));
}

const ACTIONS: ReadonlyMap<string, NetworkAclEntry['action']> = new Map([
  ['accept', 'allow'],
  ['drop', 'deny'],
]);

/** Entries have no numbers: their order counts. */
function entriesOf(view: View, direction: 'in' | 'out'): readonly NetworkAclEntry[] {
  const [list, block] =
    direction === 'in' ? ['ingress_acl_entries', 'source_cidr_ip'] : ['egress_acl_entries', 'destination_cidr_ip'];
  return view.blocks(list).map((one, at) => ({
    direction,
    order: at + 1,
    action: one.listed('policy', ACTIONS, 'deny'),
    protocol: (one.text('protocol') ?? 'all').toLowerCase(),
    ...portsOf(one.text('port')),
    cidrBlock: one.text(block) ?? '0.0.0.0/0',
  }));
}

/** The ports of a range as VPC and ECS write it: `80/80`; `-1/-1` and nothing for all. */
export function portsOf(range: string | undefined): { readonly fromPort: number; readonly toPort: number } {
  const [, from, to] = /^(\d+)\/(\d+)$/.exec(range ?? '') ?? [];
  return from === undefined ? ALL_PORTS : { fromPort: Number(from), toPort: Number(to) };
}
