import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { defined, hasProxy, InvalidInputError, PosternError, roleError } from '@postern/core/internal/adapter';
import type {
  AcmApi,
  ApiGatewayApi,
  AutoScalingApi,
  AwsCredentials,
  CloudMapApi,
  DirectConnectApi,
  Ec2Api,
  EcsApi,
  LoadBalancingApi,
  LogsApi,
  RestApiApi,
  ServiceQuotasApi,
  StsApi,
  WithCredentials,
  AnswerHeaders,
  SendOptions,
} from '../apis.js';
import { mapAwsError } from './errors.js';
import type { AssumedRole, AwsOptions } from '../options.js';
import { collectBounded } from './bounded-body.js';
import { checkSharedFiles } from './credentials-fault.js';
import { sharedConfig } from './shared-config.js';

/** The services, by the prefix of their IAM actions. HTTP APIs and REST APIs are separate services here. */
export interface Services {
  readonly acm: AcmApi;
  readonly apigateway: RestApiApi;
  readonly apigatewayv2: ApiGatewayApi;
  readonly autoscaling: AutoScalingApi;
  readonly directconnect: DirectConnectApi;
  readonly ec2: Ec2Api;
  readonly ecs: EcsApi;
  readonly elasticloadbalancing: LoadBalancingApi;
  readonly logs: LogsApi;
  readonly servicediscovery: CloudMapApi;
  readonly servicequotas: ServiceQuotasApi;
  readonly sts: StsApi & WithCredentials;
}

/** The name of a service in calls, limits and errors. */
export type ServiceName = keyof Services;

/** Returns the client of a service, and loads it at the first call. It is always the same client. */
export type ClientOf = <S extends ServiceName>(service: S) => Promise<Services[S]>;

type Credentials = AwsCredentials | (() => Promise<AwsCredentials>);

/**
 * A connection is established in seconds or not at all. The slowest answers of these services take well
 * under a minute.
 */
const CONNECT_TIMEOUT_MS = 10_000;

const ANSWER_TIMEOUT_MS = 60_000;

/**
 * Of connections through a proxy, as Node's own agents have it: one that is idle for longer is not used again, because
 * servers end idle connections, and a create that is sent at that moment has no answer. Others are as the SDK's own.
 */
const PROXY_AGENT = { keepAlive: true, maxSockets: 50, timeout: 5_000 } as const;

/** How each SDK client is loaded. EC2's alone costs 0.3 s and 90 MB, so nothing is loaded before its first call. */
const LOAD = {
  acm: async (config: ClientConfig) => new (await import('@aws-sdk/client-acm')).ACM(config),
  apigateway: async (config: ClientConfig) => new (await import('@aws-sdk/client-api-gateway')).APIGateway(config),
  apigatewayv2: async (config: ClientConfig) => new (await import('@aws-sdk/client-apigatewayv2')).ApiGatewayV2(config),
  autoscaling: async (config: ClientConfig) => new (await import('@aws-sdk/client-auto-scaling')).AutoScaling(config),
  directconnect: async (config: ClientConfig) =>
    new (await import('@aws-sdk/client-direct-connect')).DirectConnect(config),
  ec2: async (config: ClientConfig) => new (await import('@aws-sdk/client-ec2')).EC2(config),
  ecs: async (config: ClientConfig) => new (await import('@aws-sdk/client-ecs')).ECS(config),
  elasticloadbalancing: async (config: ClientConfig) =>
    new (await import('@aws-sdk/client-elastic-load-balancing-v2')).ElasticLoadBalancingV2(config),
  logs: async (config: ClientConfig) => new (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogs(config),
  servicediscovery: async (config: ClientConfig) =>
    new (await import('@aws-sdk/client-servicediscovery')).ServiceDiscovery(config),
  servicequotas: async (config: ClientConfig) =>
    new (await import('@aws-sdk/client-service-quotas')).ServiceQuotas(config),
  sts: async (config: ClientConfig) => new (await import('@aws-sdk/client-sts')).STS(config),
} satisfies { readonly [S in ServiceName]: (config: ClientConfig) => Promise<Services[S]> };

const PACKAGES: Readonly<Record<ServiceName, string>> = {
  acm: '@aws-sdk/client-acm',
  apigateway: '@aws-sdk/client-api-gateway',
  apigatewayv2: '@aws-sdk/client-apigatewayv2',
  autoscaling: '@aws-sdk/client-auto-scaling',
  directconnect: '@aws-sdk/client-direct-connect',
  ec2: '@aws-sdk/client-ec2',
  ecs: '@aws-sdk/client-ecs',
  elasticloadbalancing: '@aws-sdk/client-elastic-load-balancing-v2',
  logs: '@aws-sdk/client-cloudwatch-logs',
  servicediscovery: '@aws-sdk/client-servicediscovery',
  servicequotas: '@aws-sdk/client-service-quotas',
  sts: '@aws-sdk/client-sts',
};

type ClientConfig = ReturnType<typeof clientConfig>;

/**
 * The clients of one driver. The caller's clients are not changed. Postern's own clients never retry
 * (core does, on an injected clock). They share one source of credentials, so that a role is assumed once, and
 * the connections of all drivers of the process.
 * @throws {PosternError} `DEPENDENCY_MISSING` when the package of a client is not installed.
 */
export function createClients(options: AwsOptions, region: string): ClientOf {
  const given = options.clients ?? {};
  // One for all services: each client would have one of its own.
  let agents: Promise<Agents> | undefined;
  const configOf = async (credentials: Credentials | undefined) =>
    clientConfig(options, region, credentials, await (agents ??= agentsOf()));
  const cache: { -readonly [S in ServiceName]?: Promise<Services[S]> } = {
    ...(given.acm && { acm: Promise.resolve(observedClient(given.acm)) }),
    ...(given.apiGateway && { apigateway: Promise.resolve(observedClient(given.apiGateway)) }),
    ...(given.apiGatewayV2 && { apigatewayv2: Promise.resolve(observedClient(given.apiGatewayV2)) }),
    ...(given.autoScaling && { autoscaling: Promise.resolve(observedClient(given.autoScaling)) }),
    ...(given.cloudWatchLogs && { logs: Promise.resolve(observedClient(given.cloudWatchLogs)) }),
    ...(given.directConnect && { directconnect: Promise.resolve(observedClient(given.directConnect)) }),
    ...(given.ec2 && { ec2: Promise.resolve(observedClient(given.ec2)) }),
    ...(given.ecs && { ecs: Promise.resolve(observedClient(given.ecs)) }),
    ...(given.elasticLoadBalancingV2 && {
      elasticloadbalancing: Promise.resolve(observedClient(given.elasticLoadBalancingV2)),
    }),
    ...(given.serviceDiscovery && { servicediscovery: Promise.resolve(observedClient(given.serviceDiscovery)) }),
    ...(given.serviceQuotas && { servicequotas: Promise.resolve(observedClient(given.serviceQuotas)) }),
    ...(given.sts && { sts: Promise.resolve(observedClient(given.sts)) }),
  };

  const credentialsOf = async (service: ServiceName): Promise<Credentials | undefined> => {
    if (service !== 'sts') return (await clientOf('sts')).config?.credentials as Credentials | undefined;

    checkSharedFiles();
    if (options.assumeRole === undefined) return options.credentials;

    const sts = await load('sts', await configOf(options.credentials));
    return () => assumeRole(sts, options.assumeRole ?? '', region);
  };

  const clientOf: ClientOf = (service) => {
    const known = cache[service];
    if (known !== undefined) return known;

    const loading: Promise<Services[typeof service]> = credentialsOf(service).then(async (credentials) =>
      load(service, await configOf(credentials ?? options.credentials)),
    );
    // A failed load is not cached: the package may be installed, or the credentials file written, before the
    // next call.
    loading.catch(() => delete cache[service]);
    Object.assign(cache, { [service]: loading });
    return loading;
  };
  return clientOf;
}

/** The table's type determines the client of each service. */
type Loader<S extends ServiceName> = (config: ClientConfig) => Promise<Services[S]>;

async function load<S extends ServiceName>(service: S, config: ClientConfig): Promise<Services[S]> {
  const loader = LOAD[service] as unknown as Loader<S>; // TypeScript cannot follow that through an index
  try {
    return observedClient(await loader(config));
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw cause;

    throw new PosternError('DEPENDENCY_MISSING', `${PACKAGES[service]} is not installed`, {
      remedy: `Install it: npm install ${PACKAGES[service]}`,
      cause,
    });
  }
}

/** The connections of a driver. */
type Agents = { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent };

/**
 * Node's own agents, which all drivers of a process share: an agent for each would have its own connections and TLS sessions.
 * They end a connection that is idle for five seconds: https://nodejs.org/docs/latest-v20.x/api/http.html#httpglobalagent
 */
async function agentsOf(): Promise<Agents> {
  if (hasProxy(process.env)) {
    const { EnvironmentProxyAgent } = await import('@postern/core/internal/proxy');
    const agent = new EnvironmentProxyAgent(PROXY_AGENT) as unknown as HttpsAgent;
    return { httpAgent: agent, httpsAgent: agent };
  }

  const [http, https] = await Promise.all([import('node:http'), import('node:https')]);
  return { httpAgent: http.globalAgent, httpsAgent: https.globalAgent };
}

function clientConfig(options: AwsOptions, region: string, credentials: Credentials | undefined, agents: Agents) {
  const endpoint = options.endpoint ?? endpointOfProfile(options.profile);
  // DiscoverInstances would otherwise be sent to data-<host>, which no endpoint of one's own answers.
  const ownEndpoint = endpoint ?? process.env['AWS_ENDPOINT_URL'];
  if (ownEndpoint !== undefined) checkEndpoint(ownEndpoint, endpoint === undefined);
  return {
    region,
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: ANSWER_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      ...agents,
    },
    streamCollector: collectBounded,
    ...defined({ endpoint }),
    ...(ownEndpoint === undefined ? {} : { disableHostPrefix: true }),
    ...defined({ profile: options.profile, credentials }),
  };
}

/**
 * The `endpoint_url` of a profile that is named: the SDK reads that of AWS_PROFILE alone.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
function endpointOfProfile(profile: string | undefined, environment = process.env): string | undefined {
  const isOverridden = Object.keys(environment).some((name) =>
    /^AWS_(?:ENDPOINT_URL|IGNORE_CONFIGURED_END)/.test(name),
  );
  return profile === undefined || isOverridden ? undefined : sharedConfig(environment).setting(profile, 'endpoint_url');
}

/**
 * The SDK reports only `Invalid URL`, and only at the first call. @throws {InvalidInputError}
 * `INVALID_INPUT`
 */
function checkEndpoint(endpoint: string, fromEnvironment: boolean): void {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (endpoint === '' || url?.protocol === 'http:' || url?.protocol === 'https:') return;

  const where = fromEnvironment ? 'AWS_ENDPOINT_URL' : 'endpoint';
  throw new InvalidInputError(
    'INVALID_INPUT',
    `${where} is not an HTTP address: ${JSON.stringify(endpoint.slice(0, 100))}`,
    {
      remedy: 'Write it as in http://127.0.0.1:4010, or remove it.',
    },
  );
}

/** One session of a role. The SDK requests a new one some minutes before `expiration`. */
async function assumeRole(sts: StsApi, role: string | AssumedRole, region: string): Promise<AwsCredentials> {
  const { roleArn, sessionName, externalId, durationSeconds }: AssumedRole =
    typeof role === 'string' ? { roleArn: role } : role;
  const input = {
    RoleArn: roleArn,
    RoleSessionName: sessionName ?? 'postern',
    ...defined({ ExternalId: externalId, DurationSeconds: durationSeconds }),
  };
  const { Credentials: session } = await sts.assumeRole(input).catch((error: unknown) => {
    const mapped = mapAwsError(error, { operation: 'AssumeRole', service: 'sts', region, kind: 'read' });
    const allowed = `Allow sts:AssumeRole on ${roleArn} for the caller, and name the caller in the trust policy of the role.`;
    throw roleError(mapped, roleArn, allowed);
  });
  if (session?.AccessKeyId === undefined || session.SecretAccessKey === undefined) {
    throw new SyntaxError('AssumeRole returned no credentials');
  }

  return {
    accessKeyId: session.AccessKeyId,
    secretAccessKey: session.SecretAccessKey,
    ...defined({ sessionToken: session.SessionToken, expiration: session.Expiration }),
  };
}

/** The part of the SDK's request handlers that is used here. */
interface RequestHandler {
  readonly handle: (request: unknown, options?: SendOptions) => Promise<{ response: { headers: AnswerHeaders } }>;
}

/**
 * A client that reports the headers of each answer to `SendOptions.onHeaders`, and asks `beforeSend`: the SDK gives the options of a call to its request
 * handler, and returns no headers. The client that was passed in is not changed. One without a request handler of the SDK's
 * form reports by itself, or not at all.
 * @see https://github.com/smithy-lang/smithy-typescript/blob/main/packages/types/src/http.ts
 */
function observedClient<C extends object>(client: C): C {
  const { config } = client as { readonly config?: { readonly requestHandler?: Partial<RequestHandler> } };
  const inner = config?.requestHandler;
  if (typeof inner?.handle !== 'function') return client;

  const handler = inner as RequestHandler;
  const handle: RequestHandler['handle'] = async (request, options) => {
    options?.beforeSend?.();
    const answer = await handler.handle(request, options);
    options?.onHeaders?.(answer.response.headers);
    return answer;
  };
  const requestHandler: unknown = Object.create(handler, { handle: { value: handle } });
  // The SDK also copies the members of its configuration, and writes some: those of the client itself are meant.
  const observing = new Proxy(config as object, {
    get: (target, key): unknown => (key === 'requestHandler' ? requestHandler : Reflect.get(target, key)),
  });
  return Object.create(client, { config: { value: observing } }) as C;
}

/** Whether an answer is one of an AWS service, and not of a proxy on the way: it has the ID of its request. */
export function isOfService(headers: AnswerHeaders): boolean {
  return headers['x-amzn-requestid'] !== undefined || headers['x-amz-request-id'] !== undefined;
}
