import { driversOf } from '@postern/core/internal/library';
import { shiftRequest, type ShiftOptions } from '@postern/core/internal/moves';
import { observeSpec } from '@postern/core/internal/plan';
import type { CallGateway } from '@postern/core/internal/probe';
import { aws } from '@postern/aws';
import { CLOUDS, parseSpec } from '../../../../core/test/clouds.js';
import { restShop } from '../../../../aws/test/rest-apis/rest-shop.js';
import { REGION } from '../../../../aws/test/world/simulated.js';
import type { Machine } from '../../runs/machine.js';

const STEPS = [10, 50, 100];

/** The shop with a second deployment, which no stage serves. */
export async function canaryShop(variable?: string) {
  const shop = await restShop(variable === undefined ? {} : { byVariable: true });
  const { simulation, rest, restApiId, v1, v2, methods } = shop;
  const next: string = rest('CreateDeployment').id;
  const spec = parseSpec(`version: 1
project: shop
links:
  two: { provider: aws, region: ${REGION}, id: ${v2} }
integrations:
  orders:
    link: two
    gateway: { restApi: ${restApiId}, stage: prod }
    targets: { t: { listener: { loadBalancer: orders-alb, port: 80 } } }
    routes: { 'GET /orders': t, 'GET /carts': t }
`);
  const callGateway: CallGateway = async ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const { status, headers, body } = await simulation.traffic.call({ host, method, path: pathname });
    return { status, headers: headers as Record<string, string>, latencyMs: 1, body };
  };
  const request = async (options: Partial<ShiftOptions> = {}) => {
    const drivers = driversOf(aws({ region: REGION, clients: simulation.clients(REGION) }));
    const snapshot = await observeSpec(spec, drivers, shop.ctx, { checks: true });
    return shiftRequest(snapshot, spec, {
      clouds: CLOUDS,
      name: 'orders',
      stage: 'prod',
      to: next,
      steps: STEPS,
      ...options,
    });
  };
  const HELD = 'the stage has a canary';
  let releases = 0;
  /** A release whose calls need a variable that the stage does not have yet. */
  const nextRequest = async () => {
    const variable = `link${(releases += 1)}`;
    const patchOperations = [{ op: 'replace', path: '/connectionId', value: `\${stageVariables.${variable}}` }];
    for (const at of methods) rest('UpdateIntegration', { ...at, patchOperations });
    return request({ to: rest('CreateDeployment').id, variables: { [variable]: v1 } });
  };
  return {
    ...shop,
    next,
    driverOf: (by: Machine) => aws({ region: REGION, clients: by.clients(REGION) }),
    callGateway,
    request,
    traffic: { gateway: `${restApiId}.execute-api.${REGION}.amazonaws.com`, paths: ['/prod/orders', '/prod/carts'] },
    nextRequest,
    exchange: async () => {
      const { to } = await nextRequest();
      rest('UpdateStage', {
        stageName: 'prod',
        patchOperations: [{ op: 'replace', path: '/deploymentId', value: to }],
      });
    },
    holder: () => {
      const { deploymentId, canarySettings } = shop.stage();
      return Promise.resolve(canarySettings === undefined ? (deploymentId as string) : HELD);
    },
  };
}
