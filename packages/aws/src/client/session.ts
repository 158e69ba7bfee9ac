import {
  call,
  CloudError,
  pinIdentity,
  sessionSecrets,
  sharedReads,
  type CallContext,
  type Identity,
  type SessionSecrets,
  type SharedReads,
} from '@postern/core/adapter';
import { partitionOf } from '@postern/core/kinds';
import type { SendOptions, WithMetadata } from '../apis/send.js';
import { callMethod, clientOfMethods } from './call-method.js';
import { createClients, type ClientOf, type ServiceName, type Services } from './client.js';
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
   */
  readonly send: <S extends ServiceName, T extends WithMetadata>(
    ctx: CallContext,
    service: S,
    operation: string,
    run: (api: Services[S], options: SendOptions) => Promise<T>,
    kind?: Kind,
  ) => Promise<T>;
  /** Shares reads of whole lists between callers that ask at the same time. */
  readonly share: SharedReads;
}

/** Opens a session. No SDK package is loaded, and nothing is called, before it is needed. */
export function createSession(options: AwsOptions, region: string): Session {
  const clientOf = createClients(options, region);
  const { account: expected } = options;
  const secrets = sessionSecrets();
  const calls: Calls = { clientOf, secrets };
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
    send: async (ctx, service, operation, run, kind = kindOf(operation)) => {
      const account = await who.account(ctx);
      const what = { account, region, service, operation, kind };
      const { answers } = ctx;
      if (answers === undefined || kind !== 'read') return sendAs(ctx, calls, what, run);
      // Only the call of the client's method shows what is read.
      const answering = clientOfMethods((method, input) =>
        answers.to([service, method, input], () =>
          sendAs(ctx, calls, what, (api, options) => callMethod(api, method, input, options)),
        ),
      );
      return run(answering as Services[typeof service], {});
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
}

async function sendAs<S extends ServiceName, T extends WithMetadata>(
  ctx: CallContext,
  { clientOf, secrets }: Calls,
  what: { account: string; region: string; service: S; operation: string; kind: Kind },
  run: (api: Services[S], options: SendOptions) => Promise<T>,
): Promise<T> {
  const limits = limitsOf(what.service, what.operation);
  const description = { provider: 'aws', ...what, limits, secrets: secrets.values() };
  // Loading is inside the call, so that credentials that cannot be had become an error with a code.
  return call(
    ctx,
    description,
    async (signal) => run(await clientOf(what.service), signal === undefined ? {} : { abortSignal: signal }),
    (error) => mapAwsError(error, what),
    ({ $metadata }) => ({ requestId: $metadata?.requestId, status: $metadata?.httpStatusCode }),
  );
}

async function requestIdentity(
  ctx: CallContext,
  calls: Calls,
  { region, account = 'unknown' }: { readonly region: string; readonly account: string | undefined },
): Promise<Identity> {
  const what = { account, region, service: 'sts', operation: 'GetCallerIdentity', kind: 'read' } as const;
  const { Account, Arn } = await sendAs(ctx, calls, what, (sts, send) => sts.getCallerIdentity({}, send));
  if (Account === undefined) {
    throw new CloudError('BAD_RESPONSE', 'the response names no account', { operation: 'GetCallerIdentity' });
  }
  return { account: Account, arn: Arn };
}

/** The SDK keeps the credentials, and renews them when they run out. */
async function accessKey({ clientOf, secrets }: Calls): Promise<string | undefined> {
  try {
    const { config } = await clientOf('sts');
    const credentials = await config?.credentials?.();
    secrets.note([credentials?.accessKeyId, credentials?.secretAccessKey, credentials?.sessionToken]);
    return credentials?.accessKeyId;
  } catch {
    // Missing credentials and packages become a proper error in the call itself.
    return undefined;
  }
}
