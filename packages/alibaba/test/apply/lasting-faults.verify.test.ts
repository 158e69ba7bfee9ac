import type { Driver, Spec } from '@postern/core/internal/library';
import { observeSpec } from '@postern/core/internal/plan';
import { describeLastingFaults } from '../../../testing/test/adapters/lasting-faults.js';
import { alibaba, readPolicy } from '../../src/index.js';
import { EVERYTHING, wholeWorld } from '../world/checked-world.js';
import { OWNER, REGION } from '../world/simulated.js';
import { CLOUDS } from '../../../core/test/clouds.js';

/** Products as the simulator's journal names them, where RAM has another name. */
const SERVICES: Readonly<Record<string, string>> = { apigateway: 'cloudapi' };

async function world() {
  const { driver, ctx, simulation, linkId, call, cloudNative, world: shop } = await wholeWorld();
  const [ref = { instance: '', port: 0 }] = shop.targets;
  const spec: Spec = {
    version: 1,
    project: OWNER.project,
    spec: 'shop',
    links: {
      main: { provider: 'alibaba', region: REGION, id: linkId, tags: {} },
      edge: { provider: 'alibaba', region: REGION, kind: 'apig-gateway', id: cloudNative.gatewayId, tags: {} },
    },
    integrations: {
      orders: {
        link: 'main',
        gateway: { apiGroup: shop.gateway.id },
        // Behind the second there is a vServer group.
        targets: { orders: { ref }, carts: { ref: { ...ref, port: 81 } } },
        routes: { 'GET /open': 'orders', 'GET /carts': 'carts' },
      },
      edge: {
        link: 'edge',
        gateway: { apigHttpApi: cloudNative.apiId },
        targets: { carts: { ref: { address: '10.10.20.7', port: 8080 } } },
        routes: { 'GET /carts': 'carts' },
      },
    },
  };
  const read = (by: Driver = driver) =>
    observeSpec(spec, () => Promise.resolve(by), ctx, { ...EVERYTHING, clouds: CLOUDS });
  return {
    simulation,
    spec,
    read: (anew = false) => read(anew ? alibaba({ region: REGION, api: simulation.alibaba(REGION) }) : driver),
    readAll: () => driver.observe(EVERYTHING, ctx),
    many: () => {
      const made = Array.from(
        { length: 20 },
        (_, index): string =>
          call('CloudAPI', 'CreateApiGroup', { GroupName: `group_${index}`, InstanceId: linkId }).GroupId,
      );
      return Promise.resolve([shop.gateway.id, ...made]);
    },
  };
}

describeLastingFaults('Alibaba Cloud', {
  world,
  // What is read after the identity and the links, without which nothing can be determined.
  reads: readPolicy
    .filter(({ fills }) => fills.length > 0 && !fills.includes('links'))
    .map(({ action, operations: [operation = ''], fills }) => {
      const product = action.split(':')[0] ?? '';
      const service = operation === 'ListVpcPeerConnections' ? 'vpcpeer' : (SERVICES[product] ?? product);
      return { service, operation, fills };
    }),
  kept: 'networks',
  needed: [
    { service: 'cloudapi', operation: 'DescribeInstances' },
    { service: 'sts', operation: 'GetCallerIdentity' },
  ],
  ofEach: 'DescribeApiGroup',
});
