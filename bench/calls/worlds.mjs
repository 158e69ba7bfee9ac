// One gateway of each kind behind one link: the spec of as many routes as are asked for, a number of them in each integration.
import { alibaba } from '../../packages/alibaba/dist/index.js';
import { aws } from '../../packages/aws/dist/index.js';
import { REGION as ALIBABA, instancesWorld } from '../migrate/instances.mjs';
import { REGION as AWS } from '../links/network.mjs';
import { restWorld } from '../links/rest-world.mjs';
import { linksWorld } from '../links/world.mjs';

const MANY = { 'routes-per-api': 10_000, 'resources-per-rest-api': 10_000, 'apis-per-group': 10_000 };
const options = { throttle: false, clock: 'auto', quotas: { 'vpc-links': 100, 'network-interfaces': 1_000, ...MANY } };

async function httpApi() {
  const { simulation, spec } = await linksWorld({ links: 1, apis: 1, ...options });
  const [{ gateway, targets, link }] = Object.values(spec.integrations);
  return {
    simulation,
    driver: () => aws({ region: AWS, clients: simulation.clients(AWS) }),
    links: spec.links,
    link,
    gateway,
    targets,
    changed: { target: 'orders', timeout: '5s' },
  };
}

async function restApi() {
  const { simulation, spec } = await restWorld({ links: 1, apis: 1, resources: 1, ...options });
  const [{ gateway, targets, link }] = Object.values(spec.integrations);
  return {
    simulation,
    driver: () => aws({ region: AWS, clients: simulation.clients(AWS) }),
    links: spec.links,
    link,
    gateway,
    targets,
    changed: { target: 'orders', timeout: '5s' },
  };
}

async function apiGroup() {
  const { simulation, call, to } = await instancesWorld({ servers: 2, quotas: MANY });
  const { GroupId } = call('CloudAPI', 'CreateApiGroup', { GroupName: 'shop', InstanceId: to });
  const { VpcAccessAttributes } = call('CloudAPI', 'DescribeVpcAccesses', {});
  const [orders, other] = VpcAccessAttributes.VpcAccessAttribute.map(({ InstanceId, Port }) => ({
    instance: InstanceId,
    port: Port,
  }));
  return {
    simulation,
    driver: () => alibaba({ region: ALIBABA, api: simulation.alibaba(ALIBABA) }),
    links: { link0: { provider: 'alibaba', region: ALIBABA, id: to } },
    link: 'link0',
    gateway: { apiGroup: GroupId, stages: ['RELEASE'] },
    targets: { orders, other },
    changed: 'other',
  };
}

/** The kinds of gateway, and how a world with one is made. */
export const WORLDS = { 'HTTP API': httpApi, 'REST API': restApi, 'API group': apiGroup };

/** The spec of these routes, `each` of them in an integration. */
export function specOf({ links, link, gateway, targets }, { routes, each }) {
  const [target] = Object.keys(targets);
  const parts = Array.from({ length: Math.ceil(routes / each) }, (_, part) => [
    `part${part}`,
    {
      link,
      gateway,
      targets,
      routes: Object.fromEntries(
        Array.from({ length: Math.min(each, routes - part * each) }, (__, index) => [
          `GET /part${part}/r${index}`,
          target,
        ]),
      ),
    },
  ]);
  return { version: 1, project: 'bench', spec: 'bench-7f3k2q', links, integrations: Object.fromEntries(parts) };
}

/** The same spec with one route changed. */
export function withOneChanged({ changed }, spec) {
  const [[name, first], ...others] = Object.entries(spec.integrations);
  const [[key], ...routes] = Object.entries(first.routes);
  const integration = { ...first, routes: Object.fromEntries([[key, changed], ...routes]) };
  return { ...spec, integrations: Object.fromEntries([[name, integration], ...others]) };
}
