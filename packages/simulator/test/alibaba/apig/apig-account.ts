import { simulate, type Simulation, type SimulateOptions } from '../../../src/index.js';
import { roaOf } from './roa.js';

export const REGION = 'cn-hangzhou';
export const ZONES = ['cn-hangzhou-j', 'cn-hangzhou-k'] as const;

type Json = Readonly<Record<string, any>>;

/** One simulated account on manual time, called in process: operations of the RPC and of the ROA style. `sim`: where it is instead. */
export function apigAccount(options: SimulateOptions = {}, sim: Simulation = simulate({ seed: 7, ...options })) {
  const client = sim.alibaba(REGION);
  const rpc = (product: string, version: string) => async (action: string, input: Json) =>
    (await client.call({ product, version, action, region: REGION }, input)).body as Json;
  const roa = roaOf(sim, REGION);
  return {
    sim,
    vpc: rpc('Vpc', '2016-04-28'),
    ecs: rpc('Ecs', '2014-05-26'),
    dns: rpc('Alidns', '2015-01-09'),
    cms: rpc('Cms', '2019-01-01'),
    get: (path: string) => roa('GET', path),
    post: (path: string, body: Json = {}) => roa('POST', path, body),
    put: (path: string, body?: Json) => roa('PUT', path, body),
    del: (path: string) => roa('DELETE', path),
    /** The code and status of a refusal; undefined if the call went through. */
    refusal: async (call: Promise<unknown>): Promise<{ code: string; statusCode: number } | undefined> => {
      try {
        await call;
        return undefined;
      } catch (error) {
        const { code, statusCode } = error as { code: string; statusCode: number };
        return { code, statusCode };
      }
    },
  };
}

export type ApigAccount = ReturnType<typeof apigAccount>;

/** A VPC with a vSwitch in each of two zones. */
export async function newNetwork({ vpc }: ApigAccount) {
  const { VpcId } = await vpc('CreateVpc', { CidrBlock: '10.0.0.0/8' });
  const vSwitchIds: string[] = [];
  for (const [at, ZoneId] of ZONES.entries()) {
    const given = { VpcId, ZoneId, CidrBlock: `10.0.${at + 1}.0/24` };
    vSwitchIds.push((await vpc('CreateVSwitch', given))['VSwitchId'] as string);
  }
  return { vpcId: VpcId as string, vSwitchIds };
}

/** A gateway that runs. */
export async function newGateway(account: ApigAccount, more: Json = {}) {
  const network = await newNetwork(account);
  const { data } = await account.post('/v1/gateways', gatewayRequest(network, more));
  await account.sim.advance(150_000);
  return { ...network, gatewayId: data.gatewayId as string };
}

export function gatewayRequest({ vpcId, vSwitchIds }: Awaited<ReturnType<typeof newNetwork>>, more: Json = {}): Json {
  return {
    name: 'shop',
    gatewayType: 'API',
    spec: 'apigw.small.x1',
    chargeType: 'POSTPAY',
    vpcId,
    zoneConfig: {
      selectOption: 'Manual',
      vSwitchId: vSwitchIds[0],
      zones: ZONES.map((zoneId, at) => ({ zoneId, vSwitchId: vSwitchIds[at] })),
    },
    networkAccessConfig: { type: 'InternetAndIntranet' },
    ...more,
  };
}
