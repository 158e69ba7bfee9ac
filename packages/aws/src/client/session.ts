import {
  call,
  CloudError,
  InvalidInputError,
  isPosternError,
  type CallContext,
  type Identity,
} from '@postern/core/adapter';
import { partitionOf } from '@postern/core/kinds';
import type { SendOptions, WithMetadata } from '../apis/send.js';
import { createClients, type ClientOf, type ServiceName, type Services } from './client.js';
import { mapAwsError } from './errors.js';
import { limitsOf } from '../limits.js';
import type { AwsOptions } from '../options.js';
import { resolveRegion } from './region.js';

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
}

/**
 * Opens a session; nothing is loaded or called before it is needed.
 * @throws {InvalidInputError} `REGION_MISSING`, `INVALID_INPUT`.
 */
export function createSession(options: AwsOptions): Session {
  const region = resolveRegion(options);
  const clientOf = createClients(options, region);
  const who = createIdentity(clientOf, region, options.account);

  return {
    region,
    partition: partitionOf(region),
    identity: who.identity,
    account: who.account,
    send: async (ctx, service, operation, run, kind = kindOf(operation)) => {
      const account = await who.account(ctx);
      return sendAs(ctx, clientOf, { account, region, service, operation, kind }, run);
    },
  };
}

function kindOf(operation: string): Kind {
  if (/^(?:Get|List|Describe|Search)/.test(operation)) return 'read';
  return operation.startsWith('Create') ? 'create' : 'idempotent';
}

async function sendAs<S extends ServiceName, T extends WithMetadata>(
  ctx: CallContext,
  clientOf: ClientOf,
  what: { account: string; region: string; service: S; operation: string; kind: Kind },
  run: (api: Services[S], options: SendOptions) => Promise<T>,
): Promise<T> {
  const description = { provider: 'aws', ...what, limits: limitsOf(what.service, what.operation) };
  // Loading is inside the call, so that credentials that cannot be had become an error with a code.
  return call(
    ctx,
    description,
    async (signal) => run(await clientOf(what.service), signal === undefined ? {} : { abortSignal: signal }),
    (error) => mapAwsError(error, what),
    ({ $metadata }) => ({ requestId: $metadata?.requestId, status: $metadata?.httpStatusCode }),
  );
}

/** The owner of the credentials. It is requested once, and again when the access key has changed. */
function createIdentity(clientOf: ClientOf, region: string, due: string | undefined) {
  let known: { readonly key: string | undefined; readonly answer: Promise<Identity> } | undefined;
  let pinned = due;

  const ask = async (ctx: CallContext): Promise<Identity> => {
    const what = {
      account: due ?? 'unknown',
      region,
      service: 'sts',
      operation: 'GetCallerIdentity',
      kind: 'read',
    } as const;
    const { Account, Arn } = await sendAs(ctx, clientOf, what, (sts, send) => sts.getCallerIdentity({}, send));
    if (Account === undefined) {
      throw new CloudError('BAD_RESPONSE', 'the response names no account', { operation: 'GetCallerIdentity' });
    }
    return { account: Account, arn: Arn };
  };

  const identity = async (ctx: CallContext): Promise<Identity> => {
    const key = await accessKey(clientOf);
    if (known === undefined || known.key !== key) {
      const answer = ask(ctx);
      known = { key, answer };
      answer.catch(() => {
        if (known?.answer === answer) known = undefined;
      });
    }
    try {
      return await known.answer;
    } catch (error) {
      // The call that was aborted belongs to another context. This context was not aborted, so it asks
      // again.
      if (isPosternError(error, 'ABORTED') && !ctx.signal?.aborted) return identity(ctx);
      throw error;
    }
  };

  const account = async (ctx: CallContext): Promise<string> => {
    const is = (await identity(ctx)).account;
    pinned ??= is;
    if (is === pinned) return is;
    throw new InvalidInputError('WRONG_ACCOUNT', `the credentials belong to account ${is}, not to ${pinned}`, {
      remedy: `Use credentials of account ${pinned}.`,
      details: { expected: pinned, actual: is },
    });
  };

  return { identity, account };
}

/** The access key's id, a cheap sign of changed credentials: the SDK keeps them and renews them when they run out. */
async function accessKey(clientOf: ClientOf): Promise<string | undefined> {
  try {
    const { config } = await clientOf('sts');
    return (await config?.credentials?.())?.accessKeyId;
  } catch {
    // Missing credentials and packages become a proper error in the call itself.
    return undefined;
  }
}
