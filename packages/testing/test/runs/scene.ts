import { alibaba } from '@postern/alibaba';
import { aws } from '@postern/aws';
import { createContext, type CallContext, type Driver, type Spec } from '@postern/core';
import { parseSpec } from '@postern/core/spec';
import { buildWorld as buildAlibaba } from '../../../alibaba/test/world/conformance-world.js';
import { buildWorld as buildAws } from '../../../aws/test/world/conformance-world.js';
import { simulate, type Simulation } from '../../src/index.js';
import type { Machine } from './machine.js';

/** A simulated cloud with a backend and a gateway, and a spec that connects them. */
export interface Scene {
  readonly simulation: Simulation;
  readonly spec: Spec;
  /** The operation that creates a link. */
  readonly creates: string;
  /** The current links, without those being deleted. */
  readonly links: () => readonly string[];
  readonly driver: (by: Machine) => Driver;
}

/** How many links `CreateVpcLink` or `CreateInstance` created. */
export function created({ simulation, creates }: Scene): number {
  return simulation.journal().filter(({ operation, status }) => operation === creates && status < 300).length;
}

export function contextOf({ clock, random }: Machine): CallContext {
  return createContext({ clock, random });
}

export async function awsScene(seed: number): Promise<Scene> {
  const region = 'eu-west-1';
  const simulation = simulate({ seed, clock: 'auto' });
  const { subnetIds, securityGroupIds, gateway } = await buildAws(simulation, region);
  return {
    simulation,
    creates: 'CreateVpcLink',
    spec: parseSpec(`version: 1
project: shop
links:
  eu: { provider: aws, region: ${region}, subnets: [${subnetIds.join()}], securityGroups: [${securityGroupIds.join()}] }
integrations:
  orders:
    link: eu
    gateway: { httpApi: ${gateway.id} }
    targets: { orders: { listener: { loadBalancer: orders-alb, port: 80 } } }
    routes: { ANY /orders: orders }
`),
    links: () => {
      const answer = simulation.call({ service: 'apigatewayv2', operation: 'GetVpcLinks', region }, {}) as {
        readonly Items: readonly { readonly VpcLinkId: string; readonly VpcLinkStatus: string }[];
      };
      return answer.Items.filter(({ VpcLinkStatus }) => VpcLinkStatus !== 'DELETING').map(({ VpcLinkId }) => VpcLinkId);
    },
    driver: (by) => aws({ region, clients: by.clients(region) }),
  };
}

export async function alibabaScene(seed: number): Promise<Scene> {
  const region = 'cn-hangzhou';
  const simulation = simulate({ seed, clock: 'auto' });
  const { subnetIds, securityGroupIds, gateway, targets } = await buildAlibaba(simulation, region);
  const [target] = targets as unknown as readonly [{ readonly instance: string }];
  return {
    simulation,
    creates: 'CreateInstance',
    spec: parseSpec(`version: 1
project: shop
links:
  cn:
    provider: alibaba
    region: ${region}
    subnets: [${subnetIds.join()}]
    securityGroups: [${securityGroupIds.join()}]
    spec: api.s1.small
integrations:
  orders:
    link: cn
    gateway: { apiGroup: ${gateway.id}, stages: [RELEASE] }
    targets: { orders: { instance: ${target.instance}, port: 80 } }
    routes: { ANY /orders: orders }
`),
    links: () => {
      const input = { InstanceType: 'vpc_connect' };
      const answer = simulation.callAlibaba({ product: 'CloudAPI', action: 'DescribeInstances', region }, input) as {
        readonly Instances: { readonly InstanceAttribute: readonly { InstanceId: string; Status: string }[] };
      };
      const rows = answer.Instances.InstanceAttribute;
      return rows.filter(({ Status }) => !/delet/i.test(Status)).map(({ InstanceId }) => InstanceId);
    },
    driver: (by) => alibaba({ region, api: by.alibaba(region) }),
  };
}
