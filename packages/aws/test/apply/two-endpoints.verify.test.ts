import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import { EC2 } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { createContext, driversOf, type Clock, type Plan, type Spec } from '@postern/core/internal/library';
import { diff, observeSpec, planDestroy } from '@postern/core/internal/plan';
import { simulate } from '@postern/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applied } from '../../../testing/src/conformance/apply/spec-runs.js';
import { aws } from '../../src/index.js';
import { PROVE } from '../../../core/test/runs.js';

const REGION = 'eu-west-1';
const MOTO = process.env['MOTO_SERVER'] ?? 'moto_server';
const CREDENTIALS = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

interface Cloud {
  readonly url: string;
  readonly clock?: Clock;
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
}

async function simulatedAws(): Promise<Cloud> {
  const simulation = simulate({ seed: 7, clock: 'auto' });
  const server = await simulation.listen();
  return {
    url: server.url,
    clock: simulation.clock,
    settle: () => simulation.advance(600_000),
    close: () => server.close(),
  };
}

/** Another AWS emulator: moto's server, if it is installed. It has no states of links, and needs no waiting. */
async function motoServer(): Promise<Cloud> {
  const port = await freePort();
  const child: ChildProcess = spawn(MOTO, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  const end = Date.now() + 25_000;
  while (
    !(await fetch(`${url}/moto-api/`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (Date.now() > end || child.exitCode !== null) throw new Error('moto_server does not answer');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const close = () =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill();
    });
  return { url, settle: () => Promise.resolve(), close };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** It takes 15 seconds, and is installed on few machines: `npm run prove` runs it. */
const withoutMoto = !PROVE
  ? 'npm run prove runs it'
  : spawnSync(MOTO, ['--help'], { stdio: 'ignore', timeout: 20_000 }).status === 0
    ? ''
    : 'moto_server is not installed';

/** Builds the network with the SDK, as a user would, and writes the spec of the private integration in it. */
async function prepare(cloud: Cloud): Promise<Spec> {
  const settings = { region: REGION, endpoint: cloud.url, credentials: CREDENTIALS };
  const [ec2, elb, gateway] = [new EC2(settings), new ElasticLoadBalancingV2(settings), new ApiGatewayV2(settings)];
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.10.0.0/16' });
  const subnets: string[] = [];
  for (const [index, zone] of ['a', 'b'].entries()) {
    const made = await ec2.createSubnet({
      VpcId: Vpc!.VpcId!,
      CidrBlock: `10.10.${index}.0/24`,
      AvailabilityZone: `${REGION}${zone}`,
    });
    subnets.push(made.Subnet!.SubnetId!);
  }
  const { GroupId } = await ec2.createSecurityGroup({ VpcId: Vpc!.VpcId!, GroupName: 'orders', Description: 'orders' });
  const { LoadBalancers } = await elb.createLoadBalancer({
    Name: 'orders-alb',
    Scheme: 'internal',
    Subnets: subnets,
    SecurityGroups: [GroupId!],
  });
  await cloud.settle();
  await elb.createListener({
    LoadBalancerArn: LoadBalancers![0]!.LoadBalancerArn!,
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
  });
  const { ApiId } = await gateway.createApi({ Name: 'shop', ProtocolType: 'HTTP' });
  await gateway.createStage({ ApiId: ApiId!, StageName: '$default', AutoDeploy: true });
  return parseSpec(`
version: 1
project: shop
defaults: { region: ${REGION} }
links:
  eu:
    provider: aws
    subnets: [${subnets.join(', ')}]
    securityGroups: [${GroupId}]
integrations:
  orders:
    link: eu
    gateway: { httpApi: ${ApiId} }
    targets:
      orders: { listener: { loadBalancer: orders-alb, port: 80 } }
    routes:
      'ANY /orders/{proxy+}': orders
      'GET /orders': orders
`);
}

const steps = (plan: Plan) => plan.units.flatMap((unit) => unit.steps.map(({ id }) => id));

// The adapter does not depend on this simulator: one spec has the same result on another emulator, within its scope.
describe.each([
  ['the simulated AWS', simulatedAws, ''],
  ['moto', motoServer, withoutMoto],
])('one spec on %s', (_, start, reason) => {
  describe.skipIf(reason !== '')(reason === '' ? 'is available' : `skipped: ${reason}`, () => {
    let cloud: Cloud;
    beforeAll(async () => {
      cloud = await start();
    });
    afterAll(() => cloud?.close());

    it('is applied, is then unchanged, and is destroyed', { timeout: 600_000 }, async () => {
      const spec = await prepare(cloud);
      const driver = aws({ region: REGION, endpoint: cloud.url, credentials: CREDENTIALS });
      const ctx = createContext(cloud.clock === undefined ? {} : { clock: cloud.clock });
      const observe = () => observeSpec(spec, driversOf(driver), ctx);

      const plan = diff(await observe(), spec, { clouds: CLOUDS });
      expect(steps(plan)).toHaveLength(3);
      await applied({ driver, ctx }, spec, plan);
      expect(steps(diff(await observe(), spec, { clouds: CLOUDS }))).toEqual([]);
      const { regions } = await observe();
      expect(regions[0]?.links).toMatchObject([
        { state: 'ready', owner: { project: 'shop', spec: 'shop', integration: 'eu' } },
      ]);
      expect(regions[0]?.gateways[0]?.routes).toHaveLength(2);

      await applied({ driver, ctx }, spec, planDestroy(await observe(), spec, { clouds: CLOUDS }));
      const after = (await observe()).regions[0];
      expect(after?.links).toEqual([]);
      expect(after?.gateways[0]?.routes).toEqual([]);
      expect(after?.gateways[0]?.integrations).toEqual([]);
    });
  });
});
