import type { CallContext, Identity } from '@postern/core/internal/library';
import {
  call,
  CloudError,
  defined,
  checkCredentials,
  pinIdentity,
  sessionSecrets,
  sharedReads,
  type SessionSecrets,
  type SharedReads,
  alwaysSentBy,
  plainCopy,
  type Sent,
} from '@postern/core/internal/adapter';
import { partitionOf } from '../cloud/arn.js';
import type { AnswerHeaders, SendOptions, WithMetadata } from '../apis.js';
import { createClients, type ClientOf, type ServiceName, isOfService, type Services } from './client.js';
import { mapAwsError } from './errors.js';
import { limitsOf } from '../limits.js';
import type { AwsOptions } from '../options.js';

type Kind = 'read' | 'idempotent' | 'create';

/** Region, clients and identity of one driver, and the one way in which its files call AWS. */
export interface Session {
  readonly region: string;
  readonly partition: string;
  readonly identity: (ctx: CallContext) => Promise<Identity>;
  /** The account of the credentials. @throws {InvalidInputError} `WRONG_ACCOUNT` where another account is expected. */
  readonly account: (ctx: CallContext) => Promise<string>;
  /**
   * Calls one operation. The call is paced and traced, its errors are mapped, and it is retried where that
   * is safe. The name of the operation shows reads (`Get`, `List`, `Describe`) and creates. All others count
   * as idempotent. `kind` overrides this.
   * @throws {CloudError} `BAD_RESPONSE` for an answer without a member that it always has (`ALWAYS_SENT`)
   */
  readonly call: <S extends ServiceName, O extends OperationOf<S>>(
    ctx: CallContext,
    service: S,
    operation: O,
    input: InputOf<S, O>,
    kind?: Kind,
  ) => Promise<AnswerOf<S, O>>;
  /** Shares reads of whole lists between callers that ask at the same time. */
  readonly share: SharedReads;
}

/** Opens a session. No SDK package is loaded, and nothing is called, before it is needed. */
export function createSession(options: AwsOptions, region: string): Session {
  const clientOf = createClients(options, region);
  const { account: expected } = options;
  const secrets = sessionSecrets();
  const calls: Calls = { clientOf, secrets, profile: options.profile };
  const who = pinIdentity({
    request: (ctx) => requestIdentity(ctx, calls, { region, account: expected }),
    accessKeyId: () => accessKey(calls),
    expected,
  });

  return {
    region,
    partition: partitionOf(region),
    identity: who.identity,
    account: who.account,
    share: sharedReads(),
    call: async (ctx, service, operation, input, kind = kindOf(operation)) => {
      const account = await who.account(ctx);
      const send = async () => {
        const answer = await sendAs(ctx, calls, { account, region, service, operation, kind }, input);
        const members = alwaysSent(service, operation) as (keyof typeof answer & string)[];
        return allSent(answer, members, operation, kind !== 'read') as AnswerOf<typeof service, typeof operation>;
      };
      return ctx.answers !== undefined && kind === 'read' ? ctx.answers.to([service, operation, input], send) : send();
    },
  };
}

function kindOf(operation: string): Kind {
  if (/^(?:Get|List|Describe|Search)/.test(operation)) return 'read';

  return operation.startsWith('Create') ? 'create' : 'idempotent';
}

/** The clients of a session, and what they sign with. */
interface Calls {
  readonly clientOf: ClientOf;
  readonly secrets: SessionSecrets;
  /** That of the options. */
  readonly profile: string | undefined;
}

/** @see https://opentelemetry.io/docs/specs/semconv/cloud-providers/aws-sdk/ */
const SPANS = { system: 'aws-api', provider: 'aws', requestId: 'aws.request_id' } as const;

/** The names of services in the SDK, which names of spans begin with. */
const SERVICES: Readonly<Record<string, string>> = {
  acm: 'ACM',
  apigateway: 'APIGateway',
  apigatewayv2: 'ApiGatewayV2',
  autoscaling: 'AutoScaling',
  directconnect: 'DirectConnect',
  ec2: 'EC2',
  ecs: 'ECS',
  elasticloadbalancing: 'ElasticLoadBalancingV2',
  logs: 'CloudWatchLogs',
  servicediscovery: 'ServiceDiscovery',
  servicequotas: 'ServiceQuotas',
  sts: 'STS',
};

/**
 * "In most cases, a request must reach AWS within five minutes of the time stamp in the request."
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-signing.html
 */
const ACCEPTED_MS = 300_000;

async function sendAs<S extends ServiceName, O extends OperationOf<S>>(
  ctx: CallContext,
  { clientOf, secrets, profile }: Calls,
  what: { account: string; region: string; service: S; operation: O; kind: Kind },
  input: InputOf<S, O>,
): Promise<OutputOf<S, O>> {
  const limits = limitsOf(what.service, what.operation);
  const span = { ...SPANS, service: SERVICES[what.service] ?? what.service };
  const description = { provider: 'aws', ...what, limits, acceptedMs: ACCEPTED_MS, secrets: secrets.values(), span };
  // Loading is inside the call, so that credentials that cannot be had become an error with a code.
  return call(
    ctx,
    description,
    async (signal, heard, beforeSend) => {
      // The type of a client shows which methods it has, not that all of them are called alike.
      const client = (await clientOf(what.service)) as Record<Uncapitalize<O>, Method<OutputOf<S, O>>>;
      const onHeaders = (headers: AnswerHeaders): void => void (isOfService(headers) && heard(headers));
      return client[methodOf(what.operation)](input, {
        ...(signal && { abortSignal: signal }),
        onHeaders,
        ...defined({ beforeSend }),
      });
    },
    (error) => mapAwsError(error, { ...what, profile }),
    ({ $metadata }) => ({ requestId: $metadata?.requestId, status: $metadata?.httpStatusCode }),
  );
}

type Method<Output> = (input: unknown, options: SendOptions) => Promise<Output & WithMetadata>;

/** The client's method for an operation: `createVpcLink`. */
function methodOf<O extends string>(operation: O): Uncapitalize<O> {
  return `${operation.slice(0, 1).toLowerCase()}${operation.slice(1)}` as Uncapitalize<O>;
}

async function requestIdentity(
  ctx: CallContext,
  calls: Calls,
  { region, account = 'unknown' }: { readonly region: string; readonly account: string | undefined },
): Promise<Identity> {
  const what = { account, region, service: 'sts', operation: 'GetCallerIdentity', kind: 'read' } as const;
  const { Account, Arn } = await sendAs(ctx, calls, what, {});
  if (Account === undefined) {
    throw new CloudError('BAD_RESPONSE', 'the response names no account', { operation: 'GetCallerIdentity' });
  }

  return { account: Account, arn: Arn };
}

/** The SDK keeps the credentials, and renews them when they run out. */
async function accessKey({ clientOf, secrets }: Calls): Promise<string | undefined> {
  // Missing credentials and packages become a proper error in the call itself.
  const used = await clientOf('sts')
    .then(({ config }) => config?.credentials?.())
    .catch(() => undefined);
  const values = [used?.accessKeyId, used?.secretAccessKey, used?.sessionToken];
  secrets.note(values);
  checkCredentials(values);
  return used?.accessKeyId;
}

/** The operations of a service, as AWS names them: `CreateVpcLink`. */
export type OperationOf<S extends ServiceName> = Capitalize<Exclude<keyof Services[S] & string, 'config'>>;

/** What an operation is asked, and what it answers, in the SDK's types. */
type Called<S extends ServiceName, O extends OperationOf<S>> = O extends unknown
  ? Services[S][Uncapitalize<O> & keyof Services[S]] extends (
      input: infer Input,
      ...rest: never
    ) => Promise<infer Output>
    ? { readonly input: Input; readonly output: Output }
    : never
  : never;
export type InputOf<S extends ServiceName, O extends OperationOf<S>> = Called<S, O>['input'];
export type OutputOf<S extends ServiceName, O extends OperationOf<S>> = Called<S, O>['output'];

/**
 * What answers of single calls always have, although each member is optional in the SDK's types: `Session.call` refuses an answer
 * without it. What items of lists always have is in `list-all.ts`.
 */
const ALWAYS_SENT = {
  apigateway: {
    CreateDeployment: ['id'],
    CreateResource: ['id', 'path'],
    CreateVpcLink: ['id'],
    GetRestApi: ['id', 'name'],
    GetVpcLink: ['id', 'name'],
  },
  apigatewayv2: {
    CreateDeployment: ['DeploymentId'],
    CreateIntegration: ['IntegrationId'],
    CreateRoute: ['RouteId', 'RouteKey'],
    CreateVpcLink: ['VpcLinkId'],
    GetApi: ['ApiId', 'Name'],
    GetDeployment: ['DeploymentId'],
    GetIntegration: ['IntegrationId'],
    GetRoute: ['RouteId', 'RouteKey'],
    GetVpcLink: ['VpcLinkId', 'Name'],
    UpdateRoute: ['RouteId', 'RouteKey'],
  },
  ec2: { CreateSecurityGroup: ['GroupId'] },
} as const satisfies {
  readonly [S in ServiceName]?: { readonly [O in OperationOf<S>]?: readonly (keyof OutputOf<S, O> & string)[] };
};

type MembersOf<S, O> = S extends keyof typeof ALWAYS_SENT
  ? O extends keyof (typeof ALWAYS_SENT)[S]
    ? (typeof ALWAYS_SENT)[S][O] extends readonly (infer Member)[]
      ? Member
      : never
    : never
  : never;

/** An answer with the members that it always has. */
export type AnswerOf<S extends ServiceName, O extends OperationOf<S>> = Sent<
  OutputOf<S, O>,
  keyof OutputOf<S, O> & MembersOf<S, O>
>;

/** The members that an answer always has. */
function alwaysSent(service: ServiceName, operation: string): readonly string[] {
  const operations: { readonly [S in ServiceName]?: Readonly<Record<string, readonly string[]>> } = ALWAYS_SENT;
  return operations[service]?.[operation] ?? [];
}

/** The SDK's metadata, and what answers may hold of secrets: the keys of tunnels and lines, an identity provider's. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  '$metadata',
  'authKey',
  'ClientSecret',
  'CustomerGatewayConfiguration',
  'customerRouterConfig',
  'PreSharedKey',
]);

/** What a cloud answered as plain JSON, for `raw`: dates as ISO 8601, nothing undefined, no metadata, no secrets. */
export function plain(value: unknown): unknown {
  return plainCopy(value, LEFT_OUT);
}

/** Members that a service always sends. @throws {CloudError} `BAD_RESPONSE` */
export const { sent, allSent } = alwaysSentBy('AWS');

/** Tags as EC2 writes them, as a plain map. */
export function tagMap(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): Readonly<Record<string, string>> {
  // fromEntries defines members, so that a tag named __proto__ stays a tag.
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}
