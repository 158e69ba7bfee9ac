import type { CallContext, Identity } from '@postern/core/internal/library';
import {
  call,
  CloudError,
  defined,
  checkCredentialFiles,
  checkCredentials,
  pinIdentity,
  sessionSecrets,
  sharedReads,
  type SessionSecrets,
  type SharedReads,
} from '@postern/core/internal/adapter';
import { partitionOf } from '../cloud/arn.js';
import type { AnswerHeaders, SendOptions, WithMetadata } from '../apis.js';
import { createClients, type ClientOf, type ServiceName, isOfService } from './client.js';
import { alwaysSent, type AnswerOf, type InputOf, type OperationOf, type OutputOf } from './always-sent.js';
import { allSent } from './plain.js';
import { mapAwsError } from './errors.js';
import { limitsOf } from '../limits.js';
import type { AwsOptions } from '../options.js';

type Kind = 'read' | 'idempotent' | 'create';

/** Region, clients and identity of one driver, and the one way in which its files call AWS. */
export interface Session {
  readonly region: string;
  readonly partition: string;
  readonly identity: (ctx: CallContext) => Promise<Identity>;
  /**
   * The account of the credentials. @throws {InvalidInputError} `WRONG_ACCOUNT` where another account is
   * expected.
   */
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
  const { AWS_SHARED_CREDENTIALS_FILE, AWS_CONFIG_FILE, AWS_WEB_IDENTITY_TOKEN_FILE } = process.env;
  const files = { AWS_SHARED_CREDENTIALS_FILE, AWS_CONFIG_FILE, AWS_WEB_IDENTITY_TOKEN_FILE };
  checkCredentialFiles(files, process.getBuiltinModule('node:fs').statSync);
  // Missing credentials and packages become a proper error in the call itself.
  const used = await clientOf('sts')
    .then(({ config }) => config?.credentials?.())
    .catch(() => undefined);
  const values = [used?.accessKeyId, used?.secretAccessKey, used?.sessionToken];
  secrets.note(values);
  checkCredentials(values);
  return used?.accessKeyId;
}
