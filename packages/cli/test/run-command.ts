import os from 'node:os';
import { simulate, type SimulateOptions, type SimulationServer } from '@postern/simulator';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../../core/test/temporary-folder.js';
import type { Io } from '../src/process/io.js';
import { main } from '../src/main.js';

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  readonly signal?: AbortSignal;
  /** The text of standard input. */
  readonly stdin?: string;
  /** The runs of an engine. */
  readonly fleet?: Io['fleet'];
  /** The width of a terminal. */
  readonly columns?: number;
  /** Whether findings stop `apply`. Most worlds here have no backend that answers: their tests are about other things. */
  readonly stopsAtFindings?: boolean;
  /** Called with all of stdout whenever something is written there. */
  readonly onOut?: (out: string) => void;
}

/** Runs a command line in this process. */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
  let out = '';
  let err = '';
  const io: Io = {
    stdout: {
      write: (text) => {
        out += text;
        options.onOut?.(out);
      },
      isTerminal: false,
      columns: options.columns,
    },
    stderr: { write: (text) => void (err += text), isTerminal: false },
    canAsk: false,
    readStdin: options.stdin === undefined ? undefined : () => Promise.resolve(Buffer.from(options.stdin ?? '')),
    env: options.env ?? {},
    cwd: options.cwd ?? os.tmpdir(),
    fleet: options.fleet,
    signal: options.signal ?? new AbortController().signal,
  };
  const [command] = argv;
  const goesOn = command === 'apply' && options.stopsAtFindings !== true;
  const status = await main(goesOn ? [...argv, '--ignore-findings', '*'] : argv, io);
  return { status, out, err };
}

export { temporaryFolder as folder };

/** A simulated AWS that answers on loopback; its time advances only while all callers wait. */
export async function cloud(options: SimulateOptions = {}): Promise<SimulationServer> {
  const server = await simulate({ seed: 7, clock: 'auto', throttle: false, ...options }).listen();
  onTestFinished(() => server.close());
  return server;
}

export interface Network {
  readonly vpc: string;
  readonly subnets: readonly string[];
  readonly balancer: string;
  readonly listener: string;
  readonly api: string;
}

/** A VPC with two subnets, a load balancer that listens on port 80, and an HTTP API. */
export async function network(
  { simulation }: SimulationServer,
  name = 'orders',
  region = 'eu-west-1',
): Promise<Network> {
  const { ec2, elasticLoadBalancingV2, apiGatewayV2 } = simulation.clients(region);
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
  const { AvailabilityZones = [] } = await ec2.describeAvailabilityZones({});
  const subnets: string[] = [];
  for (const [at, letter] of ['a', 'b'].entries()) {
    const { Subnet } = await ec2.createSubnet({
      VpcId: Vpc?.VpcId,
      CidrBlock: `10.0.${at + 1}.0/24`,
      AvailabilityZoneId: AvailabilityZones[at]?.ZoneId,
      TagSpecifications: [{ ResourceType: 'subnet', Tags: [{ Key: 'Name', Value: `${name}-${letter}` }] }],
    });
    subnets.push(Subnet?.SubnetId ?? '');
  }
  const balancers = await elasticLoadBalancingV2.createLoadBalancer({
    Name: name,
    Scheme: 'internal',
    Subnets: subnets,
  });
  const balancer = balancers.LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  const listeners = await elasticLoadBalancingV2.createListener({
    LoadBalancerArn: balancer,
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
  });
  const { ApiId: api = '' } = await apiGatewayV2.createApi({ Name: name, ProtocolType: 'HTTP' });
  await apiGatewayV2.createStage({ ApiId: api, StageName: '$default', AutoDeploy: true });
  return { vpc: Vpc?.VpcId ?? '', subnets, balancer, listener: listeners.Listeners?.[0]?.ListenerArn ?? '', api };
}

/** A spec of one link and one integration in such a network. */
export function specOf(there: Network, change: { link?: string; target?: string } = {}): string {
  return `version: 1
project: shop
spec: shop-7f3k2q
defaults: { region: eu-west-1 }
links:
  main:
    provider: aws
    subnets: [${there.subnets.join(', ')}]
    allowlist: [10.0.0.0/16]
${change.link ?? ''}
integrations:
  orders:
    link: main
    gateway: { httpApi: ${there.api} }
    targets: { orders: { listener: ${change.target ?? '{ loadBalancer: orders, port: 80 }'} } }
    routes: { 'ANY /orders': orders }
`;
}
