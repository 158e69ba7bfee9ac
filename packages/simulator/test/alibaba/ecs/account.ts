import { expect } from 'vitest';
import {
  simulate,
  type AlibabaCallTarget,
  type SimulateOptions,
  type Simulation,
} from '../../../src/internal/simulation.js';

type Products = 'vpc' | 'ecs' | 'slb' | 'cloudapi';
type Call = (action: string, input?: Record<string, unknown>) => Record<string, never>;

const NAMES = { vpc: 'Vpc', ecs: 'Ecs', slb: 'Slb', cloudapi: 'CloudAPI' } as const;

/** A new account in cn-hangzhou, with one function for each product. */
export interface Account extends Readonly<Record<Products, Call>> {
  readonly sim: Simulation;
}

export function account(options?: SimulateOptions): Account {
  const sim = simulate(options);
  const call =
    (product: AlibabaCallTarget['product']): Call =>
    (action, input = {}) =>
      sim.callAlibaba({ product, action, region: 'cn-hangzhou' }, input) as Record<string, never>;
  return { sim, vpc: call(NAMES.vpc), ecs: call(NAMES.ecs), slb: call(NAMES.slb), cloudapi: call(NAMES.cloudapi) };
}

/** The ID that an action returns. */
export function idOf(answer: Readonly<Record<string, unknown>>, name: string): string {
  const id = answer[name];
  if (typeof id !== 'string') throw new Error(`${name} is missing in ${JSON.stringify(answer)}.`);
  return id;
}

/** A VPC 10.0.0.0/16 with vSwitches 10.0.1.0/24 in zone j and 10.0.2.0/24 in zone k, and an empty basic group. */
export function smallNetwork(cloud: Account) {
  const vpcId = idOf(cloud.vpc('CreateVpc', { CidrBlock: '10.0.0.0/16' }), 'VpcId');
  const vSwitch = (ZoneId: string, CidrBlock: string) =>
    idOf(cloud.vpc('CreateVSwitch', { VpcId: vpcId, ZoneId, CidrBlock }), 'VSwitchId');
  const j = vSwitch('cn-hangzhou-j', '10.0.1.0/24');
  const k = vSwitch('cn-hangzhou-k', '10.0.2.0/24');
  const groupId = idOf(cloud.ecs('CreateSecurityGroup', { VpcId: vpcId }), 'SecurityGroupId');
  return { vpcId, j, k, groupId };
}

/** Runs one instance and returns its ID. */
export function runInstance(cloud: Account, input: Record<string, unknown>): string {
  const answer = cloud.ecs('RunInstances', { ImageId: 'aliyun_3_x64', InstanceType: 'ecs.g7.large', ...input });
  const [id = ''] = (answer as { InstanceIdSets?: { InstanceIdSet: string[] } }).InstanceIdSets?.InstanceIdSet ?? [];
  return id;
}

export const refusal = (code: string, status = 400) => expect.objectContaining({ code, status }) as Error;
