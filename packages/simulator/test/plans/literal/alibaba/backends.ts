import { id, type Resource } from '../../../../../aws/test/plans/shop-plan.js';
import type { Apply, Area, Change, Values } from '../area.js';
import type { Existing } from './world.js';

/** An instance, and a classic load balancer before it. */
export function backends(existing: Existing): Area {
  return {
    valid: () => ({
      machine: { ip: '10.0.3.50', groups: ['web'], place: 'back' },
      balancer: { type: 'intranet', address: '10.0.3.60', place: 'back' },
      servers: [{ weight: 100 }],
      listeners: [listener(80, 'tcp'), listener(8080, 'http')],
    }),
    changes: changes(),
    resources: (values) => resources(values, existing),
    apply: (values, one) => apply(values, one, existing),
  };
}

function listener(port: number, protocol: string): Values {
  return { port, backend: 80, protocol, settings: {} };
}

const SETTINGS: Readonly<Record<string, readonly unknown[]>> = {
  bandwidth: [-1, 10],
  scheduler: ['wrr', 'rr', 'fastest'],
  health_check_connect_port: [80, 0, 70_000],
  healthy_threshold: [3, 1, 11],
  unhealthy_threshold: [3, 1, 11],
  health_check_interval: [2, 0, 51],
  health_check_timeout: [5, 0, 301],
};

/** The arguments of the provider, and the members of the calls: aliyun/terraform-provider-alicloud, resource_alicloud_slb_listener.go. */
const MEMBERS: Readonly<Record<string, string>> = {
  bandwidth: 'Bandwidth',
  scheduler: 'Scheduler',
  health_check_connect_port: 'HealthCheckConnectPort',
  healthy_threshold: 'HealthyThreshold',
  unhealthy_threshold: 'UnhealthyThreshold',
  health_check_interval: 'HealthCheckInterval',
};

function changes(): readonly Change[] {
  const ADDRESSES = ['10.0.3.50', '10.0.3.10', '10.0.3.0', '10.0.3.255', '10.0.3.2', '10.0.9.20', '10.0.3'];
  return [
    ({ machine }, random) => (machine.ip = random.pick(ADDRESSES)),
    ({ machine }, random) => (machine.groups = random.pick([['web'], ['web', 'other'], ['other']])),
    ({ machine }, random) => (machine.place = random.pick(['back', 'j'])),
    ({ balancer }, random) => (balancer.address = random.pick([...ADDRESSES, '10.0.3.60', '10.0.3.20'])),
    ({ balancer }, random) => (balancer.type = random.pick(['intranet', 'internet'])),
    ({ listeners }, random) => {
      const more = { port: random.pick([80, 81, 8080]), protocol: random.pick(['tcp', 'udp', 'http']) };
      listeners.push({ ...random.pick(listeners as Values[]), ...more });
    },
    ({ servers }, random) => servers.push({ weight: random.pick([0, 50, 100]) }),
    ({ servers }, random) => (servers[0].weight = random.pick([0, 100, 101, -1])),
    ({ listeners }, random) => (random.pick(listeners as Values[])['port'] = random.pick([80, 8080, 0, 65_536])),
    ({ listeners }, random) =>
      (random.pick(listeners as Values[])['backend'] = random.pick([80, 8080, 0, 65_536, null])),
    ({ listeners }, random) =>
      (random.pick(listeners as Values[])['protocol'] = random.pick(['tcp', 'udp', 'http', 'https'])),
    ({ listeners }, random) => {
      const name = random.pick(Object.keys(SETTINGS));
      random.pick(listeners as Values[])['settings'] = { [name]: random.pick(SETTINGS[name] ?? []) };
    },
  ];
}

function resources(values: Values, { vSwitches }: Existing): readonly Resource[] {
  const { machine, balancer, servers, listeners } = values;
  const place = (name: keyof Existing['vSwitches']): string => vSwitches[name];
  return [
    {
      address: 'alicloud_instance.web',
      after: {
        image_id: 'aliyun_3_x64',
        instance_type: 'ecs.g7.large',
        vswitch_id: place(machine.place),
        private_ip: machine.ip,
        security_groups: machine.groups.map(() => null),
      },
      refs: { security_groups: machine.groups.flatMap((one: string) => id(`alicloud_security_group.${one}`)) },
    },
    {
      address: 'alicloud_slb_load_balancer.web',
      after: {
        load_balancer_name: 'web',
        address_type: balancer.type,
        ...(balancer.type === 'intranet' ? { vswitch_id: place(balancer.place), address: balancer.address } : {}),
      },
    },
    {
      address: 'alicloud_slb_backend_server.web',
      after: { backend_servers: servers.map(({ weight }: Values) => ({ weight })) },
      refs: {
        load_balancer_id: id('alicloud_slb_load_balancer.web'),
        'backend_servers.0.server_id': id('alicloud_instance.web'),
      },
    },
    ...listeners.map(({ port, backend, protocol, settings }: Values, at: number) => ({
      address: `alicloud_slb_listener.l${at}`,
      after: { frontend_port: port, backend_port: backend, protocol, ...settings },
      refs: { load_balancer_id: id('alicloud_slb_load_balancer.web') },
    })),
  ];
}

function apply(values: Values, { create, call, ids }: Apply, { vSwitches }: Existing): void {
  const { machine, balancer, servers, listeners } = values;
  const place = (name: keyof Existing['vSwitches']): string => vSwitches[name];
  const made = create('Ecs', 'RunInstances', {
    ImageId: 'aliyun_3_x64',
    InstanceType: 'ecs.g7.large',
    VSwitchId: place(machine.place),
    PrivateIpAddress: machine.ip,
    SecurityGroupIds: machine.groups.map((one: string) => ids[`alicloud_security_group.${one}`]),
  });
  const [ServerId] = made.InstanceIdSets.InstanceIdSet;
  ids['alicloud_instance.web'] = ServerId;
  const isInternal = balancer.type === 'intranet';
  const { LoadBalancerId } = create('Slb', 'CreateLoadBalancer', {
    LoadBalancerName: 'web',
    AddressType: balancer.type,
    VSwitchId: isInternal ? place(balancer.place) : null,
    Address: isInternal ? balancer.address : null,
  });
  ids['alicloud_slb_load_balancer.web'] = LoadBalancerId;
  const BackendServers = JSON.stringify(
    servers.map(({ weight }: Values) => ({ ServerId, Weight: String(weight), Type: 'ecs' })),
  );
  call('Slb', 'AddBackendServers', { LoadBalancerId, BackendServers });
  listeners.forEach(({ port, backend, protocol, settings }: Values) => {
    const word = protocol.toUpperCase();
    const checkTimeout = protocol === 'tcp' || protocol === 'udp' ? 'HealthCheckConnectTimeout' : 'HealthCheckTimeout';
    const more = Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [
        name === 'health_check_timeout' ? checkTimeout : (MEMBERS[name] ?? name),
        value,
      ]),
    );
    create('Slb', `CreateLoadBalancer${word}Listener`, {
      LoadBalancerId,
      ListenerPort: port,
      BackendServerPort: backend,
      ...more,
      ...(word === 'HTTP' || word === 'HTTPS' ? { HealthCheck: 'on', StickySession: 'off' } : {}),
    });
    call('Slb', 'StartLoadBalancerListener', { LoadBalancerId, ListenerPort: port, ListenerProtocol: protocol });
  });
}
