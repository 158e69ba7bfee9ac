import { AlibabaCloud } from '../../../src/alibaba/alibaba-cloud.js';
import type { ProductName, AlibabaError } from '../../../src/alibaba/operation/operation.js';
import { World } from '../../../src/simulation/world/world.js';
import { bodyProblems } from '../body-problems.js';
import { model } from '../official-models.js';

export const REGION = 'cn-hangzhou';
export const MINUTE = 60_000;
const ACCOUNT = '1408453217640291';

type Row = Readonly<Record<string, any>>;

/**
 * One simulated account on manual time, called in process. Each answer of CloudAPI is compared with its official
 * model.
 */
export function newAccount(options: { startAt?: string; quotas?: Record<string, number> } = {}) {
  const { startAt = '2026-06-01T00:00:00Z', quotas = {} } = options;
  const world = new World({ seed: 7, startMs: Date.parse(startAt), mode: 'manual' });
  const settings = { account: ACCOUNT, throttle: false, keys: undefined };
  const cloud = new AlibabaCloud(world, { ...settings, quotas: new Map(Object.entries(quotas)) });
  world.clouds.push(cloud);
  const other = (product: ProductName, action: string, input: Row): any =>
    cloud.dispatcher.call({ product, action, region: REGION }, input);
  const call = (action: string, input: Row = {}): any => {
    const output = other('CloudAPI', action, input);
    const Body = model('CloudAPI', `${action}ResponseBody`);
    const problems = Body ? bodyProblems(Body, output) : ['the package has no such answer'];
    if (problems.length > 0) throw new Error(`${action}: ${problems.join('; ')}`);
    return output;
  };
  const advance = (ms: number) => world.advance(ms);
  return {
    call,
    other,
    answer: (action: string, input: Row, product?: any) =>
      product === undefined ? call(action, input) : other(product, action, input),
    state: cloud.dispatcher.region(REGION).cloudApi,
    network: cloud.dispatcher.region(REGION).network,
    roles: cloud.dispatcher.state.roles,
    now: () => world.now(),
    advance,
    /** The refusal of a call; undefined if it went through. */
    refusal(action: string, input: Row): { code: string; message: string; status: number } | undefined {
      try {
        call(action, input);
        return undefined;
      } catch (error) {
        const { code, message, status } = error as AlibabaError;
        return { code, message, status };
      }
    },
    /** The only instance of an id. */
    instance: (id: string): Row => call('DescribeInstances', { InstanceId: id }).Instances.InstanceAttribute[0],
    group: (id: string): Row => call('DescribeApiGroup', { GroupId: id }),
    newNetwork: (cidrBlock?: string, blocks?: string[]) => newNetwork({ other }, cidrBlock, blocks),
    runningInstance: (input: Row) => runningInstance({ call, advance }, input),
    connectInput,
  };
}

export type Account = ReturnType<typeof newAccount>;

/** A VPC 172.16.0.0/12 with a vSwitch in zones j and k, and a security group in each. */
export function newNetwork(
  { other }: { other: (product: ProductName, action: string, input: Row) => any },
  cidrBlock = '172.16.0.0/12',
  blocks = ['172.16.0.0/16', '172.17.0.0/16'],
) {
  const { VpcId } = other('Vpc', 'CreateVpc', { CidrBlock: cidrBlock });
  const zones = ['j', 'k'].map((letter, index) => {
    const ZoneId = `${REGION}-${letter}`;
    const CidrBlock = blocks[index] ?? '';
    const { VSwitchId } = other('Vpc', 'CreateVSwitch', { VpcId, ZoneId, CidrBlock });
    const { SecurityGroupId } = other('Ecs', 'CreateSecurityGroup', { VpcId });
    return { ZoneId, VSwitchId, CidrBlock, SecurityGroupId } as Record<string, string>;
  });
  return { VpcId: VpcId as string, zones };
}

export type Network = ReturnType<typeof newNetwork>;

let tokens = 0;

/** What CreateInstance needs for a VPC integration instance. */
export function connectInput({ VpcId, zones }: Network, changes: Row = {}): Row {
  tokens += 1;
  return {
    InstanceName: 'orders',
    InstanceSpec: 'api.s1.small',
    ChargeType: 'PostPaid',
    HttpsPolicy: 'HTTPS2_TLS1_2',
    InstanceType: 'vpc_connect',
    InstanceCidr: '192.168.0.0/16',
    UserVpcId: VpcId,
    ZoneVSwitchSecurityGroup: zones,
    Token: `token-${tokens}`,
    ...changes,
  };
}

/** What CreateInstance needs for a conventional instance. */
export function normalInput(changes: Row = {}): Row {
  tokens += 1;
  return {
    InstanceName: 'classic',
    InstanceSpec: 'api.s2.large',
    ChargeType: 'PostPaid',
    HttpsPolicy: 'HTTPS1_1_TLS1_0',
    InstanceType: 'normal',
    ZoneId: 'cn-hangzhou-MAZ6(i,j,k)',
    Token: `token-${tokens}`,
    ...changes,
  };
}

interface Caller {
  readonly call: (action: string, input: Row) => any;
  readonly advance: (ms: number) => Promise<unknown>;
}

/** An instance that is RUNNING. */
export async function runningInstance(account: Caller, input: Row): Promise<string> {
  const { InstanceId } = account.call('CreateInstance', input);
  await account.advance(10 * MINUTE);
  return InstanceId;
}

/** What CreateApi needs for an API behind an authorization. */
export function vpcApi(GroupId: string, accessName: string, changes: Row = {}): Row {
  return {
    GroupId,
    ApiName: 'getOrders',
    Visibility: 'PRIVATE',
    AuthType: 'ANONYMOUS',
    RequestConfig: JSON.stringify({ RequestProtocol: 'HTTP', RequestHttpMethod: 'GET', RequestPath: '/orders' }),
    ServiceConfig: JSON.stringify({
      ServiceProtocol: 'HTTP',
      ServiceHttpMethod: 'GET',
      ServicePath: '/orders',
      ServiceTimeout: '10000',
      ServiceVpcEnable: 'TRUE',
      VpcConfig: { Name: accessName, VpcScheme: 'HTTP' },
    }),
    ...changes,
  };
}

/** A service config with a plain address. */
export function httpService(address: string): string {
  return JSON.stringify({
    ServiceProtocol: 'HTTP',
    ServiceAddress: address,
    ServicePath: '/',
    ServiceHttpMethod: 'GET',
  });
}
