import { AwsCloud } from '../../../src/aws/aws-cloud.js';
import type { ServiceError, ServiceName } from '../../../src/aws/operation/operation.js';
import type { MethodRow } from '../../../src/aws/rest-apis/control/state.js';
import type { RegionState } from '../../../src/aws/state/aws-state.js';
import { World } from '../../../src/simulation/world/world.js';

const REGION = 'eu-west-1';
const ACCOUNT = '111122223333';
/** From the call until a network load balancer is active. */
const ACTIVE_MS = 150_000;

type Row = Readonly<Record<string, any>>;
type Integration = NonNullable<MethodRow['methodIntegration']>;

/**
 * One simulated account on manual time, called without a wire, whose REST APIs get their methods here:
 * tests of deployments, stages and links do not depend on PutMethod and PutIntegration.
 */
export function newAccount(options: { region?: string; quotas?: Record<string, number> } = {}) {
  const { region = REGION, quotas = {} } = options;
  const world = new World({ seed: 7, startMs: Date.parse('2026-06-01T00:00:00Z'), mode: 'manual' });
  const cloud = new AwsCloud(world, {
    account: ACCOUNT,
    throttle: false,
    quotas: new Map(Object.entries(quotas)),
    keys: undefined,
  });
  world.clouds.push(cloud);
  const state: RegionState = cloud.dispatcher.region(region);
  const call = (service: ServiceName, operation: string, input: Row = {}): any =>
    cloud.dispatcher.call({ service, operation, region }, input);
  const rest = (operation: string, input: Row = {}): any => call('apigateway', operation, input);
  const refusalOf = (service: ServiceName, operation: string, input: Row = {}) => {
    try {
      call(service, operation, input);
      return undefined;
    } catch (error) {
      const { code, message, status } = error as ServiceError;
      return { code, message, status };
    }
  };
  const subnets = [...state.ec2.subnets.values()].map(({ id }) => id);
  const balancer = (name: string, Type: 'application' | 'network' = 'network'): string =>
    call('elasticloadbalancingv2', 'CreateLoadBalancer', { Name: name, Type, Subnets: subnets, Scheme: 'internal' })
      .LoadBalancers[0].LoadBalancerArn;
  /** Puts a method into an API's working copy; MOCK unless another integration is given, none where it is null. */
  const putMethod = (restApiId: string, verb = 'GET', integration: Integration | null = { type: 'MOCK' }): string => {
    const api = state.restApi.apis.get(restApiId)!;
    const root = api.resources.get(api.fields.rootResourceId)!;
    const method: MethodRow = {
      httpMethod: verb,
      authorizationType: 'NONE',
      apiKeyRequired: false,
      ...(integration !== null && { methodIntegration: integration }),
    };
    api.resources.set(root.id, { ...root, methods: new Map([...root.methods, [verb, method]]) });
    return root.id;
  };
  return {
    state,
    call,
    rest,
    answer: (operation: string, input: Row, service: any = 'apigateway') => call(service, operation, input),
    refusalOf,
    refusal: (operation: string, input: Row = {}) => refusalOf('apigateway', operation, input),
    advance: (ms: number) => world.advance(ms),
    world,
    cloud,
    putMethod,
    balancer,
    newApi: (): string => rest('CreateRestApi', { name: 'orders' }).id,
    /** An API with one method. */
    api(): string {
      const { id } = rest('CreateRestApi', { name: 'orders' });
      putMethod(id);
      return id;
    },
    deploy: (restApiId: string, input: Row = {}): string => rest('CreateDeployment', { restApiId, ...input }).id,
    async activeBalancer(name = 'orders'): Promise<string> {
      const arn = balancer(name);
      await world.advance(ACTIVE_MS);
      return arn;
    },
    setLogsRole: () =>
      rest('UpdateAccount', {
        patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value: `arn:aws:iam::${ACCOUNT}:role/logs` }],
      }),
  };
}

export type Account = ReturnType<typeof newAccount>;

/** What a refusal with status 400 is. */
export const bad = (message: unknown) => ({ code: 'BadRequestException', message, status: 400 });
export const missing = (message: string) => ({ code: 'NotFoundException', message, status: 404 });
