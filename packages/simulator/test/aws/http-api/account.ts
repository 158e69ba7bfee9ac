import { World } from '../../../src/simulation/world/world.js';
import { AwsCloud } from '../../../src/aws/aws-cloud.js';
import type { ListenerRow } from '../../../src/aws/load-balancing/state.js';
import type { ServiceRow } from '../../../src/aws/cloud-map/state.js';
import type { RegionState } from '../../../src/aws/state/aws-state.js';
import type { ServiceError } from '../../../src/aws/operation/operation.js';

const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';

type Row = Readonly<Record<string, any>>;

/** One simulated account on manual time, called without a wire, with access to the network's rows. */
export function newAccount(options: { region?: string; quotas?: Record<string, number> } = {}) {
  const { region = 'eu-west-1', quotas = {} } = options;
  const world = new World({ seed: 7, startMs: Date.parse('2026-06-01T00:00:00Z'), mode: 'manual' });
  const cloud = new AwsCloud(world, {
    account: ACCOUNT,
    throttle: false,
    quotas: new Map(Object.entries(quotas)),
    keys: undefined,
  });
  world.clouds.push(cloud);
  const state: RegionState = cloud.dispatcher.region(region);
  const subnets = [...state.ec2.subnets.values()].sort((a, b) => a.zoneId.localeCompare(b.zoneId));
  const groups = [...state.ec2.securityGroups.values()];
  return {
    state,
    subnets,
    group: groups[0]!,
    context: () => cloud.dispatcher.context(region),
    call: (operation: string, input: Row): any =>
      cloud.dispatcher.call({ service: 'apigatewayv2', operation, region }, input),
    /** The refusal of a call; undefined if it succeeded. */
    refusal(operation: string, input: Row): { code: string; message: string; status: number } | undefined {
      try {
        cloud.dispatcher.call({ service: 'apigatewayv2', operation, region }, input);
        return undefined;
      } catch (error) {
        const { code, message, status } = error as ServiceError;
        return { code, message, status };
      }
    },
    answer: (operation: string, input: Row): any =>
      cloud.dispatcher.call({ service: 'apigatewayv2', operation, region }, input),
    advance: (ms: number) => world.advance(ms),
    interfaces: () => [...state.ec2.interfaces.values()],
    /** A listener of an application load balancer, and its ARN. */
    addListener(name = 'orders', type: 'app' | 'net' = 'app', account = ACCOUNT): string {
      const arn = `arn:aws:elasticloadbalancing:${region}:${account}:listener/${type}/${name}/50dc6c495c0c9188/f2f7dc8efc522ab2`;
      state.loadBalancing.listeners.set(arn, { fields: { ListenerArn: arn } } as unknown as ListenerRow);
      return arn;
    },
    addService(id = 'srv-e4anhexample0004'): string {
      state.cloudMap.services.set(id, { fields: { Id: id } } as unknown as ServiceRow);
      return `arn:aws:servicediscovery:${region}:${ACCOUNT}:service/${id}`;
    },
  };
}

export type Account = ReturnType<typeof newAccount>;

/** A link that is AVAILABLE. */
export async function availableLink(account: Account, name = 'orders'): Promise<string> {
  const { VpcLinkId } = account.call('CreateVpcLink', {
    Name: name,
    SubnetIds: account.subnets.map(({ id }) => id),
    SecurityGroupIds: [account.group.id],
  });
  await account.advance(120_000);
  return VpcLinkId;
}
