import type { aws as Aws } from '../../src/index.js';
import type { simulate as Simulate } from '@postern/simulator';
import type { ConformanceSetup } from '@postern/testing/conformance';
import { isInProcess } from '../../../testing/test/adapters/in-process.js';
import { buildWorld } from './conformance-world.js';

type Fields = Readonly<Record<string, unknown>>;

/** The driver and the simulated cloud that are tested: the true ones, or with a mistake. */
export interface Tested {
  readonly aws: typeof Aws;
  readonly simulate: typeof Simulate;
}

const REGION = 'eu-west-1';
/** More than the largest page, so that all resources are read only on several pages. */
const MANY = 501;

/**
 * The driver in front of a simulated AWS with a REST API and a V1 link to a load balancer with three listeners; for some families of the
 * conformance suite in one process, see {@link isInProcess}.
 */
export async function restWorld({ aws, simulate }: Tested, family?: string) {
  const simulation = simulate({
    seed: 7,
    clock: 'auto',
    throttle: false,
    quotas: { 'resources-per-rest-api': MANY + 10 },
  });
  const world = await buildWorld(simulation, REGION);
  const call = (service: 'apigateway' | 'elasticloadbalancingv2', operation: string, input: Fields): any =>
    simulation.call({ service, operation, region: REGION }, input);
  const rest = (operation: string, input: Fields): any => call('apigateway', operation, input);
  const elb = (operation: string, input: Fields): any => call('elasticloadbalancingv2', operation, input);
  const [{ LoadBalancerArn }] = elb('DescribeLoadBalancers', { Names: ['orders-nlb'] }).LoadBalancers;
  const [{ TargetGroupArn }] = elb('DescribeTargetGroups', { LoadBalancerArn }).TargetGroups;
  for (const Port of [80, 8080]) {
    const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
    elb('CreateListener', { LoadBalancerArn, Protocol: 'TCP', Port, DefaultActions });
  }
  const link = {
    kind: 'vpc-link-v1',
    id: rest('CreateVpcLink', { name: 'edge', targetArns: [LoadBalancerArn] }).id,
  } as const;
  await simulation.advance(600_000);
  const { id: restApiId, rootResourceId } = rest('CreateRestApi', { name: 'shop' });
  const server = isInProcess(family) ? undefined : await simulation.listen();
  const credentials = {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  };
  const driver = aws({
    region: REGION,
    ...(server === undefined ? { clients: simulation.clients(REGION) } : { endpoint: server.url, credentials }),
  });
  const gateway = { kind: 'rest-api', id: restApiId as string } as const;
  return {
    simulation,
    world,
    call,
    rest,
    link,
    loadBalancerArn: LoadBalancerArn as string,
    gateway,
    rootResourceId: rootResourceId as string,
    driver,
    close: async () => server?.close(),
  };
}

/** The same as the suite takes it. */
export async function setUpRest(tested: Tested): Promise<ConformanceSetup> {
  return restSetUp(await restWorld(tested));
}

export function restSetUp(of: Awaited<ReturnType<typeof restWorld>>): ConformanceSetup {
  const { simulation, world, rest, link, gateway, rootResourceId, driver, close } = of;
  const target = (port: number) => ({ listener: { loadBalancer: 'orders-nlb', port } });
  return {
    driver,
    kinds: { link: link.kind, gateway: gateway.kind },
    clock: simulation.clock,
    world: {
      ...world,
      linkId: link.id,
      targets: [target(80), target(8080), target(443)],
      missingTarget: target(81),
      gateway: { id: gateway.id, ref: { restApi: gateway.id } },
      path: 'overwrite',
      fillRoutes: () => {
        for (let index = 0; index < MANY; index += 1) {
          const place = { restApiId: gateway.id, parentId: rootResourceId, pathPart: `many-${index}` };
          const { id: resourceId } = rest('CreateResource', place);
          rest('PutMethod', { restApiId: gateway.id, resourceId, httpMethod: 'GET', authorizationType: 'NONE' });
        }
        return MANY;
      },
    },
    close,
  };
}
