// Writes the samples of the playground, from simulated clouds:
//   node --import ./scripts/sources/register.mjs site/playground/samples/make.ts
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { alibaba } from '@postern/alibaba';
import { aws } from '@postern/aws';
import { createContext, type Driver } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { apply, diff, observeSpec } from '@postern/core/internal/plan';
import { encodeSnapshot } from '@postern/core/internal/snapshot';
import { parseSpec } from '@postern/core/internal/spec';
import { simulate, type Simulation } from '@postern/simulator';
import { buildNetwork, type clients } from '../../../examples/quickstart/network.mjs';
import { CLOUDS } from '../src/clouds.js';
import type { Sample } from '../src/state.js';
import { alibabaNetwork, publishByHand } from './alibaba-network.js';
import { FILES } from './read-samples.mjs';
import { restApi } from './rest-api.js';

const AWS = 'eu-west-1';
const ALIBABA = 'cn-hangzhou';
/** What a list of blocks begins with. */
const POOL = { pool: '10.20.0.0/16', bits: '22' };

type Made = Pick<Sample, 'id' | 'title' | 'shows' | 'action'> & Partial<Sample>;

/** All samples, in the order of the menu. */
export async function makeSamples(): Promise<readonly Sample[]> {
  const made: readonly Made[] = [
    await blocked(),
    await conflict(),
    await upgrade(),
    await groupMove(),
    costs(),
    {
      id: 'cidr',
      title: 'CIDR blocks',
      shows:
        'Subnets of three VPCs, two of which were given the same addresses. CIDR lists the overlaps, the fewest blocks that cover the list, and a free block in a pool.',
      action: 'cidr',
      blocks: await blocksOfNetworks(),
    },
  ];
  return made.map((one) => ({ spec: '', snapshot: '', blocks: '', ...POOL, ...one }));
}

const begin = (): Simulation => simulate({ seed: 7, clock: 'auto', throttle: false, dataPathDelay: 0 });

/** A client of a simulated cloud, and the time that it has. */
function sessionOf(simulation: Simulation) {
  const driverOf = (region: string): Driver =>
    region === ALIBABA
      ? alibaba({ region, api: simulation.alibaba(region) })
      : aws({ region, clients: simulation.clients(region) });
  const drivers = ({ region }: { readonly region: string }) => Promise.resolve(driverOf(region));
  return { drivers, context: createContext({ clock: simulation.clock, random: () => 0.5 }) };
}

async function snapshotOf(simulation: Simulation, text: string): Promise<string> {
  const { drivers, context } = sessionOf(simulation);
  const snapshot = await observeSpec(parseSpec(text, { clouds: CLOUDS }), drivers, context, {
    clouds: CLOUDS,
    all: true,
    checks: true,
  });
  return `${encodeSnapshot(snapshot).trimEnd()}\n`;
}

async function applySpec(simulation: Simulation, text: string): Promise<void> {
  const spec = parseSpec(text, { clouds: CLOUDS });
  const { drivers, context } = sessionOf(simulation);
  const plan = diff(await observeSpec(spec, drivers, context, { clouds: CLOUDS }), spec, { clouds: CLOUDS });
  for await (const event of apply(plan, { judge, spec, clouds: CLOUDS, drivers, context, ignoreFindings: ['*'] })) {
    if (event.type === 'step.failed') throw new Error(`${event.step}: ${event.error.message}`);
  }
  await simulation.advance(600_000);
}

/** The network of examples/quickstart, whose load balancer admits a subnet that the link is not in. */
async function blocked(): Promise<Made> {
  const simulation = begin();
  const { ec2, elasticLoadBalancingV2, apiGatewayV2 } = simulation.clients(AWS);
  const parts = { ec2, balancing: elasticLoadBalancingV2, gateway: apiGatewayV2 };
  const network = await buildNetwork(parts as unknown as ReturnType<typeof clients>, () => undefined, {
    callers: ['10.0.3.0/24'],
  });
  await simulation.advance(600_000);
  const spec = `version: 1
project: shop
spec: shop
links:
  eu:
    provider: aws
    region: ${AWS}
    subnets: [{ name: quickstart-private-a }, { name: quickstart-private-b }]
    allowlist: [10.0.0.0/16]
integrations:
  orders:
    link: eu
    gateway: { httpApi: ${network.api} }
    targets:
      orders: { listener: { loadBalancer: quickstart-orders, port: 80 } }
    routes:
      GET /orders/{id}: orders
`;
  return {
    id: 'blocked',
    title: 'A blocked path',
    shows:
      'The security group of the load balancer admits another subnet than those of the link, so that calls do not arrive. Explain shows the hop that stops them.',
    action: 'check',
    spec,
    snapshot: await snapshotOf(simulation, spec),
  };
}

async function conflict(): Promise<Made> {
  const simulation = begin();
  const parts = await alibabaNetwork(simulation, ALIBABA, '172.16.1.0/24');
  const spec = specOfGroup(parts, '\n    instanceCidr: 172.16.0.0/12');
  return {
    id: 'conflict',
    title: 'A CIDR conflict',
    shows:
      'The block of the VPC integration instance overlaps a vSwitch that it connects to, and cannot be changed after the purchase. The remedy names the block to write.',
    action: 'check',
    spec,
    snapshot: await snapshotOf(simulation, spec),
  };
}

/** A REST API on a VPC link V1, as a spec created it; the spec now declares a V2 link. */
async function upgrade(): Promise<Made> {
  const simulation = begin();
  const { spec, next } = await restApi(simulation, AWS);
  await applySpec(simulation, spec);
  return {
    id: 'upgrade',
    title: 'From a VPC link V1 to V2',
    shows:
      'A REST API calls its backend through a VPC link V1, and the spec now declares a V2 link. The plan creates the new link, switches each route, and deletes the old link last.',
    action: 'plan',
    spec: next,
    snapshot: await snapshotOf(simulation, next),
  };
}

async function groupMove(): Promise<Made> {
  const simulation = begin();
  const parts = await alibabaNetwork(simulation, ALIBABA);
  publishByHand(simulation, ALIBABA, parts.apiGroup);
  const spec = specOfGroup(parts, '');
  return {
    id: 'group',
    title: 'A group that may not move',
    shows:
      'The API group has a published API of another owner. A move of the group to the declared instance would move that API, too: the check reports it before anything is bought.',
    action: 'check',
    spec,
    snapshot: await snapshotOf(simulation, spec),
  };
}

function specOfGroup(
  { vswitches, group, machine, apiGroup }: Awaited<ReturnType<typeof alibabaNetwork>>,
  more: string,
): string {
  return `version: 1
project: shop
spec: shop
links:
  cn:
    provider: alibaba
    region: ${ALIBABA}
    subnets: [${vswitches.j}, ${vswitches.k}]
    securityGroups: [${group}]
    allowlist: [10.10.20.0/24]${more}
integrations:
  orders:
    link: cn
    gateway: { apiGroup: ${apiGroup} }
    targets:
      orders: { instance: ${machine}, port: 8080 }
    routes:
      ANY /orders: orders
`;
}

/** Needs in place of a spec: no cloud is read. */
function costs(): Made {
  return {
    id: 'costs',
    title: 'Options and costs',
    shows:
      'Needs in place of a spec: three services, their traffic and a budget. Advise compares the options by price, and names the quota that each reaches first.',
    action: 'advise',
    spec: `provider: aws
region: us-east-1
budgetUsd: 200
services:
  - { name: orders, requestsPerSecond: 20, payloadKb: 2 }
  - { name: stock, requestsPerSecond: 20, payloadKb: 2 }
  - { name: billing, requestsPerSecond: 20, payloadKb: 2, features: [authorizers] }
`,
  };
}

/** The subnets of three simulated VPCs, one on each line. */
async function blocksOfNetworks(): Promise<string> {
  const { ec2 } = begin().clients(AWS);
  const networks = [
    ['shop', '10.20.0.0/16', ['10.20.0.0/22', '10.20.4.0/22', '10.20.8.0/21']],
    ['stock', '10.20.0.0/20', ['10.20.0.0/24', '10.20.1.0/24']],
    ['billing', '10.30.0.0/16', ['10.30.0.0/24', '10.30.1.0/24']],
  ] as const;
  const lines: string[] = [];
  for (const [name, CidrBlock, subnets] of networks) {
    const { Vpc } = await ec2.createVpc({ CidrBlock });
    for (const block of subnets) {
      const made = { VpcId: Vpc?.VpcId, CidrBlock: block, AvailabilityZone: `${AWS}a` };
      const { Subnet } = await ec2.createSubnet(made);
      lines.push(`${(Subnet?.CidrBlock ?? '').padEnd(12)} # ${name}, ${Subnet?.SubnetId}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Writes each text as a file of its own, so that a diff shows what changed. */
function write(samples: readonly Sample[]): void {
  const here = import.meta.dirname;
  for (const sample of samples) {
    const folder = path.join(here, sample.id);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    for (const [name, file] of Object.entries(FILES)) {
      const text = sample[name as keyof typeof FILES];
      if (text !== '') writeFileSync(path.join(folder, file), text);
    }
  }
  const index = samples.map(({ id, title, shows, action, pool, bits }) => ({ id, title, shows, action, pool, bits }));
  writeFileSync(path.join(here, 'index.json'), `${JSON.stringify(index, null, 2)}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) write(await makeSamples());
