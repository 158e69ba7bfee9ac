import type { Identity } from '../driver.js';
import { aborted, onAbort } from '../../ground/clocks/abort.js';
import { InvalidInputError, isPosternError, PosternError } from '../../ground/errors.js';
import type { CallContext } from '../../ground/calls/call-context.js';

/** What an adapter gives to {@link pinIdentity}. */
export interface IdentitySource {
  /** Requests the owner of the credentials from the cloud. */
  readonly request: (ctx: CallContext) => Promise<Identity>;
  /**
   * The ID of the access key, a cheap sign of changed credentials. `undefined` where it cannot be had: missing
   * credentials become an error in the call itself. Default: the credentials do not change.
   */
  readonly accessKeyId?: (() => Promise<string | undefined>) | undefined;
  /** The account that the credentials must belong to. By default it is that of the first answer. */
  readonly expected?: string | undefined;
}

/** The owner of the credentials of one driver. */
export interface PinnedIdentity {
  /** Requested once, and again when the access key has changed. */
  readonly identity: (ctx: CallContext) => Promise<Identity>;
  /** The account. @throws {InvalidInputError} `WRONG_ACCOUNT` where it is not the expected one. */
  readonly account: (ctx: CallContext) => Promise<string>;
}

/** Keeps a driver on one account, also when its credentials change. Concurrent calls share one request. */
export function pinIdentity({ request, accessKeyId, expected }: IdentitySource): PinnedIdentity {
  let known: { readonly key: string | undefined; readonly answer: Promise<Identity> } | undefined;
  let pinned = expected;

  const identity = async (ctx: CallContext): Promise<Identity> => {
    const key = accessKeyId && (await inTime(accessKeyId(), ctx));
    if (known === undefined || known.key !== key) {
      const answer = request(ctx);
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

/** Seconds that a source of credentials may take: a process, a file, or an address. A person may sign in meanwhile. */
const SOURCE_SECONDS = 60;

/** Nothing else ends the wait: the sources of the SDKs have no deadline. @throws {PosternError} `CREDENTIALS_MISSING`, `ABORTED` */
function inTime<T>(work: Promise<T>, { signal }: CallContext): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void =>
      reject(
        new PosternError('CREDENTIALS_MISSING', `the source of the credentials gave none in ${SOURCE_SECONDS} s`, {
          remedy:
            'Run what gives them by hand: a credential_process, a file, or the address of a container or an instance.',
        }),
      );
    const timer = setTimeout(late, SOURCE_SECONDS * 1_000);
    const stop = onAbort(signal, () => reject(aborted('wait for credentials', signal)));
    work.then(resolve, reject).finally(() => [clearTimeout(timer), stop()]);
  });
}
