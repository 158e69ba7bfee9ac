import { defined } from '@postern/core/internal/adapter';
import { type DraftRegion, freeAddress, type Row, type Rows, type View } from '@postern/core/internal/overlay';
import type { GroupTarget, Instance, Listener, LoadBalancer, TargetGroup } from '@postern/core/internal/snapshot';
import { ALIBABA, prefixed } from './id-forms.js';

const SCHEMES: ReadonlyMap<string, NonNullable<LoadBalancer['scheme']>> = new Map([
  ['intranet', 'internal'],
  ['internet', 'internet-facing'],
]);

const STATES: ReadonlyMap<string, Instance['state']> = new Map([
  ['running', 'running'],
  ['stopped', 'stopped'],
]);

const balancer: Row = {
  list: 'loadBalancers',
  ids: { id: prefixed('lb') },
  add: (view, { draft }) => {
    const id = view.needed('id');
    const known = draft.get('loadBalancers', id);
    const scheme = view.listed('address_type', SCHEMES, 'internet-facing');
    const isInternal = scheme === 'internal';
    const subnetId = view.ref('vswitch_id', ALIBABA.subnet);
    const address = view.text('address') ?? known?.addresses?.[0] ?? freeAddress(draft, subnetId ?? '');
    if (isInternal && address === undefined) throw view.computed('address');

    draft.put('loadBalancers', {
      state: 'active',
      active: true,
      ...known,
      id,
      name: view.text('load_balancer_name') ?? view.text('name') ?? id,
      kind: 'classic',
      networkId: subnetId === undefined ? undefined : draft.get('subnets', subnetId)?.networkId,
      scheme,
      subnetIds: subnetId === undefined ? [] : [subnetId],
      securityGroupIds: [],
      addresses: isInternal && address !== undefined ? [address] : [],
      crossZone: true,
      behindNetworkAcl: false,
    } as LoadBalancer);
  },
};

/** Instances, classic load balancers, their listeners and servers. */
export const backendRows: Rows = {
  alicloud_instance: {
    list: 'instances',
    ids: { id: prefixed('i'), private_ip: (view) => view.text('private_ip') },
    add: (view, { draft }) => {
      const id = view.needed('id');
      const known = draft.get('instances', id);
      const subnetId = view.neededRef('vswitch_id', ALIBABA.subnet);
      const subnet = draft.get('subnets', subnetId);
      const address =
        view.text('private_ip') ??
        view.text('primary_ip_address') ??
        known?.addresses[0] ??
        freeAddress(draft, subnetId);
      if (address === undefined) throw view.computed('primary_ip_address');

      const state = view.listed('status', STATES, 'running');
      draft.put('instances', {
        ...known,
        id,
        name: view.text('instance_name'),
        networkId: subnet?.networkId,
        subnetId,
        zone: subnet?.zone,
        addresses: [address],
        securityGroupIds: view.refs('security_groups', ALIBABA.group),
        state,
        nativeState: state === 'stopped' ? 'Stopped' : 'Running',
      } as Instance);
      for (const one of draft.all('interfaces'))
        if (one.attachedTo === id)
          draft.patch('interfaces', one.id, () => ({ securityGroupIds: view.refs('security_groups', ALIBABA.group) }));
    },
    remove: (view, { draft }) => {
      const id = view.needed('id');
      draft.remove('instances', id);
      for (const one of draft.all('interfaces')) if (one.attachedTo === id) draft.remove('interfaces', one.id);
    },
  },
  alicloud_slb_load_balancer: balancer,
  alicloud_slb: balancer,
  alicloud_slb_server_group: {
    list: 'targetGroups',
    sets: { servers: ['server_ids', 'port', 'weight'] },
    isPart: true,
    ids: { id: prefixed('rsp') },
    add: (view, { draft }) => {
      const id = view.needed('id');
      draft.servers.set(id, []);
      for (const one of view.blocks('servers'))
        for (const server of one.refs('server_ids', ALIBABA.machine)) addServer(draft, id, one, server);
    },
    remove: () => undefined,
  },
  alicloud_slb_server_group_server_attachment: {
    list: 'targetGroups',
    isPart: true,
    owner: (view) => view.ref('server_group_id', ALIBABA.serverGroup),
    add: (view, { draft }) =>
      addServer(
        draft,
        view.neededRef('server_group_id', ALIBABA.serverGroup),
        view,
        view.neededRef('server_id', ALIBABA.machine),
      ),
    remove: (view, { draft }) => removeServer(draft, view.needed('server_group_id'), view.needed('server_id')),
  },
  alicloud_slb_backend_server: {
    list: 'targetGroups',
    sets: { backend_servers: ['server_id', 'port', 'weight'] },
    isPart: true,
    owner: (view) => view.ref('load_balancer_id', ALIBABA.balancer),
    add: (view, { draft }) => {
      const id = view.neededRef('load_balancer_id', ALIBABA.balancer);
      for (const one of view.blocks('backend_servers'))
        addServer(draft, id, one, one.neededRef('server_id', ALIBABA.machine));
    },
    remove: (view, { draft }) => {
      for (const one of view.blocks('backend_servers'))
        removeServer(draft, view.needed('load_balancer_id'), one.needed('server_id'));
    },
  },
  alicloud_slb_attachment: {
    list: 'targetGroups',
    isPart: true,
    owner: (view) => view.ref('load_balancer_id', ALIBABA.balancer),
    add: (view, { draft }) => {
      const id = view.neededRef('load_balancer_id', ALIBABA.balancer);
      for (const server of view.refs('instance_ids', ALIBABA.machine)) addServer(draft, id, view, server);
    },
    remove: (view, { draft }) => {
      for (const server of view.texts('instance_ids')) removeServer(draft, view.needed('load_balancer_id'), server);
    },
  },
  alicloud_slb_listener: {
    list: 'listeners',
    isPart: true,
    owner: (view) => listenerId(view, view.ref('load_balancer_id', ALIBABA.balancer) ?? ''),
    add: (view, { draft }) => {
      const loadBalancerId = view.neededRef('load_balancer_id', ALIBABA.balancer);
      const id = listenerId(view, loadBalancerId);
      const protocol = view.needed('protocol').toUpperCase();
      const port = view.number('frontend_port') ?? 0;
      const known = draft.get('listeners', id);
      const groupId = `${loadBalancerId}:${port}${protocol === 'UDP' ? '/udp' : ''}`;
      if (view.text('acl_status') === 'on')
        throw view.unknown('acl_status', ['access control lists of listeners are not laid']);

      draft.put('listeners', {
        rules: [],
        ...known,
        id,
        loadBalancerId,
        port,
        protocol,
        state: 'running',
        actions:
          view.text('listener_forward') === 'on'
            ? [{ kind: 'redirect', statusCode: '301' }]
            : [{ kind: 'forward', targetGroupIds: [groupId] }],
      } as Listener);
      putGroup(view, draft, { groupId, loadBalancerId, protocol });
    },
    remove: (view, { draft }) => {
      const of = view.needed('load_balancer_id');
      draft.remove('listeners', listenerId(view, of));
      draft.remove('targetGroups', `${of}:${view.number('frontend_port')}`);
    },
  },
};

function listenerId(view: View, of: string): string {
  return `${of}/${view.text('protocol')?.toLowerCase()}:${view.number('frontend_port')}`;
}

/** The servers of a listener: those of its server group, or those of the load balancer. */
function putGroup(
  view: View,
  draft: DraftRegion,
  one: { readonly groupId: string; readonly loadBalancerId: string; readonly protocol: string },
): void {
  const { groupId, loadBalancerId, protocol } = one;
  const known = draft.get('targetGroups', groupId);
  const named = view.ref('server_group_id', ALIBABA.serverGroup);
  const port = view.number('backend_port') ?? known?.port;
  const layer4 = protocol === 'TCP' || protocol === 'UDP';
  const servers = draft.servers.get(named ?? loadBalancerId);
  const targets = servers?.map((server): GroupTarget => ({ port, zone: 'all', ...server, health: 'healthy' }));
  draft.put('targetGroups', {
    ...known,
    id: groupId,
    kind: 'instance',
    protocol,
    port,
    networkId: draft.get('loadBalancers', loadBalancerId)?.networkId,
    loadBalancerIds: [loadBalancerId],
    crossZone: true,
    preservesClientAddress: layer4,
    healthCheck: {
      enabled: (view.text('health_check') ?? 'on') !== 'off',
      protocol: layer4 ? (view.text('health_check_type') ?? protocol).toUpperCase() : 'HTTP',
      port: view.number('health_check_connect_port'),
    },
    targets: targets ?? known?.targets ?? [],
  } as TargetGroup);
}

/** A server that is added counts as healthy; one with weight 0 gets no calls. */
function addServer(draft: DraftRegion, id: string, view: View, server: string): void {
  const isUnused = view.number('weight') === 0;
  const port = view.number('port');
  const known = draft.servers.get(id) ?? [];
  draft.servers.set(id, [
    ...known.filter((one) => one.id !== server || one.port !== port),
    ...(isUnused ? [] : [{ id: server, ...defined({ port }) }]),
  ]);
  // Listeners of the load balancer, which the plan may leave as they are.
  for (const group of draft.all('targetGroups'))
    if (group.loadBalancerIds.includes(id) && !isUnused)
      draft.patch('targetGroups', group.id, ({ targets = [], port: own }) => ({
        targets: targets.some((one) => one.id === server)
          ? targets
          : [...targets, { id: server, port: own, zone: 'all', health: 'healthy' as const }],
      }));
}

function removeServer(draft: DraftRegion, id: string, server: string): void {
  draft.servers.set(
    id,
    (draft.servers.get(id) ?? []).filter((one) => one.id !== server),
  );
  for (const group of draft.all('targetGroups'))
    if (group.loadBalancerIds.includes(id))
      draft.patch('targetGroups', group.id, ({ targets = [] }) => ({
        targets: targets.filter((one) => one.id !== server),
      }));
}
