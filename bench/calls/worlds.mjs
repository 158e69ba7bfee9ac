// One gateway of each kind behind one link: the spec of as many routes as are asked for, a number of them in each integration.
import { alibaba } from '../../packages/alibaba/dist/index.js';
import { aws } from '../../packages/aws/dist/index.js';
import { REGION as ALIBABA, apiGroup } from './api-group.mjs';
import { httpApi, restApi } from './aws-gateways.mjs';
import { REGION as AWS } from './network.mjs';

const quotas = {
  'vpc-links': 100,
  'network-interfaces': 1_000,
  'routes-per-api': 10_000,
  'resources-per-rest-api': 10_000,
  'apis-per-group': 10_000,
};

const OF_AWS = {
  driver: (simulation) => aws({ region: AWS, clients: simulation.clients(AWS) }),
  changed: { target: 'orders', timeout: '5s' },
};
const OF_ALIBABA = {
  driver: (simulation) => alibaba({ region: ALIBABA, api: simulation.alibaba(ALIBABA) }),
  changed: 'other',
};

const world =
  (built, { driver, changed }) =>
  async () => {
    const { simulation, link, gateway, targets } = await built({ throttle: false, clock: 'auto', quotas });
    const links = { link0: link };
    return { simulation, driver: () => driver(simulation), links, link: 'link0', gateway, targets, changed };
  };

/** The kinds of gateway, and how a world with one is made. */
export const WORLDS = {
  'HTTP API': world(httpApi, OF_AWS),
  'REST API': world(restApi, OF_AWS),
  'API group': world(apiGroup, OF_ALIBABA),
};

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
