import { canonicalJson } from '@postern/core/internal/adapter';
import { newId, type Row, type Rows } from '@postern/core/internal/overlay';
import type { Peering } from '@postern/core/internal/snapshot';
import { AWS } from './id-forms.js';
import {
  HOPS,
  DESTINATIONS,
  routeOf,
  inlineRoutes,
  changeRoutes,
  addRoutes,
  removeRoutes,
  INLINE,
} from './table-routes.js';
import { inlineEntries, ruleEntry, changeEntries } from './acl-entries.js';

/** What is read of an inline route. */
const ROUTE = [...HOPS.map(([attribute]) => attribute), ...INLINE];

/** What is read of an inline entry of an ACL. */
const ENTRY = [
  'action',
  'cidr_block',
  'from_port',
  'icmp_code',
  'icmp_type',
  'ipv6_cidr_block',
  'protocol',
  'rule_no',
  'to_port',
];

/** Route tables, network ACLs, prefix lists and peerings. */
export const routingRows: Rows = {
  aws_internet_gateway: idOnly('igw'),
  aws_nat_gateway: idOnly('nat'),
  aws_egress_only_internet_gateway: idOnly('eigw'),
  aws_vpc_peering_connection: {
    list: 'peerings',
    ids: { id: newId('pcx') },
    add: (view, { draft }) => {
      const id = view.needed('id');
      const known = draft.get('peerings', id);
      const side = (
        network: string,
        account: string | undefined,
        region: string | undefined,
      ): Peering['sides'][number] => ({
        networkId: network,
        account: account ?? draft.base.account,
        region: region ?? draft.base.region,
        cidrBlocks: draft.get('networks', network)?.cidrBlocks,
      });
      const active = view.flag('auto_accept') === true;
      draft.put('peerings', {
        state: active ? 'active' : 'pending',
        nativeState: active ? 'active' : 'pending-acceptance',
        ...known,
        id,
        sides: [
          side(view.neededRef('vpc_id', AWS.network), undefined, undefined),
          side(view.neededRef('peer_vpc_id', AWS.network), view.text('peer_owner_id'), view.text('peer_region')),
        ],
      } as Peering);
    },
  },
  aws_vpc_peering_connection_accepter: {
    list: 'peerings',
    isPart: true,
    owner: (view) => view.ref('vpc_peering_connection_id', AWS.hop),
    add: (view, { draft }) => {
      if (view.flag('auto_accept') !== true) return;

      draft.patch('peerings', view.neededRef('vpc_peering_connection_id', AWS.hop), () => ({
        state: 'active' as const,
        nativeState: 'active',
      }));
    },
    remove: () => undefined,
  },
  aws_ec2_managed_prefix_list: {
    list: 'prefixLists',
    sets: { entry: ['cidr'] },
    ids: { id: newId('pl') },
    add: (view, { draft }) => {
      const id = view.needed('id');
      const known = draft.get('prefixLists', id);
      const entries = view.blocks('entry').map((one) => one.needed('cidr'));
      // A list that does not change is what the provider found, entries of other resources included.
      const { before, after } = view.instance;
      const isSame =
        known !== undefined && canonicalJson(before?.['entry'] ?? null) === canonicalJson(after?.['entry'] ?? null);
      draft.put('prefixLists', {
        id,
        name: view.text('name'),
        cidrBlocks: isSame ? known.cidrBlocks : entries,
        maxEntries: view.number('max_entries'),
        account: draft.base.account,
      } as never);
    },
  },
  aws_ec2_managed_prefix_list_entry: {
    list: 'prefixLists',
    isPart: true,
    owner: (view) => view.ref('prefix_list_id', AWS.prefixList),
    add: (view, { draft }) => {
      const block = view.needed('cidr');
      draft.patch('prefixLists', view.neededRef('prefix_list_id', AWS.prefixList), ({ cidrBlocks = [] }) => ({
        cidrBlocks: [...cidrBlocks.filter((one) => one !== block), block],
      }));
    },
    remove: (view, { draft }) => {
      const block = view.needed('cidr');
      draft.patch('prefixLists', view.needed('prefix_list_id'), ({ cidrBlocks = [] }) => ({
        cidrBlocks: cidrBlocks.filter((one) => one !== block),
      }));
    },
  },
  aws_route_table: {
    list: 'routeTables',
    sets: { route: ROUTE },
    ids: { id: newId('rtb') },
    add: (view, { draft }) => {
      const id = view.needed('id');
      const known = draft.get('routeTables', id);
      const networkId = view.neededRef('vpc_id', AWS.network);
      draft.put('routeTables', { main: false, ...known, id, networkId, routes: known?.routes ?? [] } as never);
      changeRoutes(view, draft, id, known === undefined);
    },
  },
  aws_default_route_table: {
    list: 'routeTables',
    sets: { route: ROUTE },
    ids: { id: (view) => view.ref('default_route_table_id', { ...AWS.table, attribute: 'default_route_table_id' }) },
    isPart: true,
    owner: (view) => view.ref('default_route_table_id', { ...AWS.table, attribute: 'default_route_table_id' }),
    add: (view, { draft }) => {
      const id = view.neededRef('default_route_table_id', { ...AWS.table, attribute: 'default_route_table_id' });
      // It takes over the main table with all its routes but the local ones.
      draft.patch('routeTables', id, ({ routes = [] }) => ({
        routes: routes.filter(({ origin }) => origin !== 'static'),
      }));
      addRoutes(draft, id, inlineRoutes(view));
    },
    remove: () => undefined,
  },
  aws_route: {
    list: 'routeTables',
    isPart: true,
    owner: (view) => view.ref('route_table_id', AWS.table),
    add: (view, { draft }) =>
      addRoutes(draft, view.neededRef('route_table_id', AWS.table), [routeOf(view, DESTINATIONS)]),
    remove: (view, { draft }) => removeRoutes(draft, view.needed('route_table_id'), [routeOf(view, DESTINATIONS)]),
  },
  aws_route_table_association: association('subnets', 'routeTableId', 'route_table_id', 'subnet_id'),
  aws_main_route_table_association: {
    list: 'routeTables',
    isPart: true,
    owner: (view) => view.ref('route_table_id', AWS.table),
    add: (view, { draft }) => {
      const networkId = view.neededRef('vpc_id', AWS.network);
      const id = view.neededRef('route_table_id', AWS.table);
      const old = draft.all('routeTables').find((one) => one.networkId === networkId && one.main)?.id;
      for (const one of draft.all('routeTables'))
        if (one.networkId === networkId) draft.patch('routeTables', one.id, () => ({ main: one.id === id }));
      // Subnets without an association of their own follow; the snapshot does not mark them.
      for (const one of draft.all('subnets'))
        if (one.networkId === networkId && one.routeTableId === old)
          draft.patch('subnets', one.id, () => ({ routeTableId: id }));
    },
    remove: () => undefined,
  },
  aws_network_acl: {
    list: 'networkAcls',
    sets: { ingress: ENTRY, egress: ENTRY },
    ids: { id: newId('acl') },
    add: (view, { draft }) => {
      const id = view.needed('id');
      const known = draft.get('networkAcls', id);
      const networkId = view.neededRef('vpc_id', AWS.network);
      // First: an ACL whose entries cannot be laid filters its subnets all the same.
      for (const subnet of view.refs('subnet_ids', AWS.filtered))
        draft.patch('subnets', subnet, () => ({ networkAclId: id }));
      const isNew = known === undefined || view.instance.before === undefined;
      const before = isNew ? [] : inlineEntries(view.as('before'));
      const after = inlineEntries(view);
      draft.put('networkAcls', { ...known, id, networkId, entries: known?.entries ?? [] } as never);
      changeEntries(draft, id, before, after);
    },
    remove: (view, { draft }) => {
      const id = view.needed('id');
      const networkId = view.needed('vpc_id');
      draft.remove('networkAcls', id);
      const other = draft.all('networkAcls').filter((one) => one.networkId === networkId);
      for (const subnet of draft.all('subnets'))
        if (subnet.networkAclId === id)
          draft.patch('subnets', subnet.id, () => ({ networkAclId: other.length === 1 ? other[0]?.id : undefined }));
    },
  },
  aws_default_network_acl: {
    list: 'networkAcls',
    sets: { ingress: ENTRY, egress: ENTRY },
    ids: { id: (view) => view.ref('default_network_acl_id', { ...AWS.acl, attribute: 'default_network_acl_id' }) },
    isPart: true,
    owner: (view) => view.ref('default_network_acl_id', { ...AWS.acl, attribute: 'default_network_acl_id' }),
    add: (view, { draft }) => {
      const id = view.neededRef('default_network_acl_id', { ...AWS.acl, attribute: 'default_network_acl_id' });
      draft.patch('networkAcls', id, () => ({ entries: inlineEntries(view) }));
      for (const subnet of view.refs('subnet_ids', AWS.filtered))
        draft.patch('subnets', subnet, () => ({ networkAclId: id }));
    },
    remove: () => undefined,
  },
  aws_network_acl_rule: {
    list: 'networkAcls',
    isPart: true,
    owner: (view) => view.ref('network_acl_id', AWS.acl),
    add: (view, { draft }) => changeEntries(draft, view.neededRef('network_acl_id', AWS.acl), [], [ruleEntry(view)]),
    remove: (view, { draft }) => changeEntries(draft, view.needed('network_acl_id'), [ruleEntry(view)], []),
  },
  aws_network_acl_association: association('subnets', 'networkAclId', 'network_acl_id', 'subnet_id'),
};

/** What routes name, and no list of a snapshot has. */
function idOnly(prefix: string): Row {
  return {
    list: 'routeTables',
    isPart: true,
    ids: { id: newId(prefix) },
    add: () => undefined,
    remove: () => undefined,
  };
}

/** What a subnet uses: without an association that of its network. */
function association(list: 'subnets', member: 'routeTableId' | 'networkAclId', names: string, subnet: string): Row {
  const wanted = member === 'routeTableId' ? AWS.table : AWS.acl;
  return {
    list,
    isPart: true,
    owner: (view) => view.ref(subnet, AWS.subnet),
    add: (view, { draft }) => {
      const of = view.ref(subnet, AWS.subnet);
      if (of === undefined) return; // a route table may be that of a gateway

      const id = view.neededRef(names, wanted);
      draft.patch(list, of, () => ({ [member]: id }));
    },
    remove: (view, { draft }) => {
      const of = view.text(subnet);
      if (of === undefined) return;

      const networkId = draft.get(list, of)?.networkId;
      const main =
        member === 'routeTableId'
          ? draft.all('routeTables').find((one) => one.networkId === networkId && one.main)
          : draft.all('networkAcls').filter((one) => one.networkId === networkId && one.id !== view.text(names))[0];
      draft.patch(list, of, () => ({ [member]: main?.id }));
    },
  };
}
