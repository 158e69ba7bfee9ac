import { id, type Resource } from '../../../../../aws/test/plans/shop-plan.js';
import type { Apply, Area, Change, Values } from '../area.js';
import type { Existing } from './world.js';

/** Authorizations, and a group of APIs that call by them. */
export function apis(existing: Existing): Area {
  return {
    valid: () => ({
      accesses: {
        machine: { name: 'machine', backend: 'machine', port: 80 },
        balancer: { name: 'web', backend: 'balancer', port: 80 },
      },
      group: { name: 'orders', path: '/' },
      apis: [api('orders', '/items', 'machine'), api('carts', '/baskets', 'balancer')],
    }),
    changes: changes(),
    resources: (values) => resources(values, existing),
    apply: (values, one) => apply(values, one, existing),
  };
}

function api(name: string, path: string, access: string): Values {
  return { name, path, method: 'GET', access, auth: 'ANONYMOUS', sent: path, timeout: 2000, stages: ['RELEASE'] };
}

function changes(): readonly Change[] {
  const some = ['machine', 'balancer'] as const;
  const BACKENDS = ['machine', 'balancer', 'server', '10.0.3.50', '8.8.8.8', 'shop.example.com', 'i-none'];
  const NAMES = ['machine', 'web', 'server', 'a', 'n'.repeat(128), 'n'.repeat(129), 'a b'];
  return [
    ({ accesses }, random) => (accesses[random.pick(some)].name = random.pick(NAMES)),
    ({ accesses }, random) => (accesses[random.pick(some)].backend = random.pick(BACKENDS)),
    ({ accesses }, random) => (accesses[random.pick(some)].port = random.pick([80, 8080, 0, 65_536])),
    ({ group }, random) => (group.name = random.pick(['orders', 'shop', 'o'.repeat(51), 'a b', 'o'])),
    ({ group }, random) => (group.path = random.pick(['/', '/v1', 'v1', '/v 1'])),
    ({ apis: list }, random) => (random.pick(list as Values[])['name'] = random.pick(['orders', 'carts', 'o', 'a b'])),
    ({ apis: list }, random) =>
      (random.pick(list as Values[])['path'] = random.pick(['/items', '/baskets', '/a/*', '/a/[id]', 'a', '/a b'])),
    ({ apis: list }, random) =>
      (random.pick(list as Values[])['method'] = random.pick(['GET', 'POST', 'FETCH', 'get'])),
    ({ apis: list }, random) => (random.pick(list as Values[])['auth'] = random.pick(['ANONYMOUS', 'APP', 'NONE'])),
    ({ apis: list }, random) => (random.pick(list as Values[])['sent'] = random.pick(['/v2', 'v2', '/v2/[id]'])),
    ({ apis: list }, random) => (random.pick(list as Values[])['timeout'] = random.pick([2000, 0, 100_000])),
    ({ apis: list }, random) =>
      (random.pick(list as Values[])['stages'] = random.pick([['RELEASE'], ['RELEASE', 'TEST'], ['PROD']])),
    // The same again, or with one member of its own.
    ({ apis: list }, random) => {
      const more = random.pick([{}, { name: 'stocks' }, { path: '/stock' }, { name: 'stocks', path: '/stock' }]);
      list.push({ ...random.pick(list as Values[]), ...more });
    },
    ({ apis: list }, random) =>
      (random.pick(list as Values[])['sent'] = random.pick(['/', '/a/[id]/b', '', '/a b', '/items?x=1'])),
    ({ accesses }, random) => {
      accesses.balancer = { ...accesses.machine, name: random.pick(['web', 'machine']), port: random.pick([80, 81]) };
    },
    ({ apis: list }, random) =>
      (random.pick(list as Values[])['access'] = random.pick(['machine', 'balancer', 'nobody', '#name#'])),
  ];
}

const ADDRESS: Readonly<Record<string, string>> = {
  machine: 'alicloud_instance.web',
  balancer: 'alicloud_slb_load_balancer.web',
};

/** A backend by its address in the plan, or as it is written. */
const backendOf = (name: string, { serverId }: Existing): string => (name === 'server' ? serverId : name);

function resources(values: Values, existing: Existing): readonly Resource[] {
  const access = (key: string): Resource => {
    const { name, backend, port } = values['accesses'][key];
    const address = ADDRESS[backend];
    return {
      address: `alicloud_api_gateway_vpc_access.${key}`,
      after: {
        name,
        vpc_id: existing.vpcId,
        port,
        ...(address === undefined ? { instance_id: backendOf(backend, existing) } : {}),
      },
      refs: address === undefined ? {} : { instance_id: id(address) },
    };
  };
  return [
    access('machine'),
    access('balancer'),
    {
      address: 'alicloud_api_gateway_group.orders',
      after: { name: values['group'].name, base_path: values['group'].path, instance_id: existing.linkId },
    },
    ...values['apis'].map((one: Values, at: number) => {
      const isKnown = values['accesses'][one['access']] !== undefined;
      const backend = { path: one['sent'], method: one['method'], timeout: one['timeout'] };
      return {
        address: `alicloud_api_gateway_api.a${at}`,
        after: {
          name: one['name'],
          auth_type: one['auth'],
          service_type: 'HTTP-VPC',
          request_config: [{ protocol: 'HTTP', method: one['method'], path: one['path'], mode: 'PASSTHROUGH' }],
          http_vpc_service_config: [
            { ...backend, name: isKnown ? values['accesses'][one['access']].name : one['access'] },
          ],
          stage_names: one['stages'],
        },
        refs: { group_id: id('alicloud_api_gateway_group.orders') },
        // The name of an authorization orders nothing.
        dependsOn: ['machine', 'balancer'].map((key) => `alicloud_api_gateway_vpc_access.${key}`),
      };
    }),
  ];
}

function apply(values: Values, { create, call, ids }: Apply, existing: Existing): void {
  for (const key of ['machine', 'balancer']) {
    const { name, backend, port } = values['accesses'][key];
    const InstanceId = ids[ADDRESS[backend] ?? ''] ?? backendOf(backend, existing);
    const input = { Name: name, VpcId: existing.vpcId, InstanceId, Port: port };
    create('CloudAPI', 'SetVpcAccess', input);
  }
  const { GroupId } = create('CloudAPI', 'CreateApiGroup', {
    GroupName: values['group'].name,
    BasePath: values['group'].path,
    InstanceId: existing.linkId,
  });
  values['apis'].forEach((one: Values) => {
    const Name = values['accesses'][one['access']]?.name ?? one['access'];
    const { ApiId } = create('CloudAPI', 'CreateApi', {
      GroupId,
      ApiName: one['name'],
      Visibility: 'PRIVATE',
      AuthType: one['auth'],
      RequestConfig: JSON.stringify({
        RequestProtocol: 'HTTP',
        RequestHttpMethod: one['method'],
        RequestPath: one['path'],
        RequestMode: 'PASSTHROUGH',
      }),
      ServiceConfig: JSON.stringify({
        ServiceProtocol: 'HTTP',
        ServiceTimeout: one['timeout'],
        ServicePath: one['sent'],
        ServiceHttpMethod: one['method'],
        ServiceVpcEnable: 'TRUE',
        VpcConfig: { Name },
      }),
    });
    for (const StageName of one['stages'])
      call('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName, Description: 'new' });
  });
}
