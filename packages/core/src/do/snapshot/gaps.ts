import { defined } from '../../ground/defined.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import type { ErrorCode } from '../../ground/error-codes.js';
import { CloudError, InvalidInputError, isPosternError, type PosternError } from '../../ground/errors.js';
import type { Gap, SnapshotList, Access, RegionSnapshot } from './snapshot.js';
import { placeKey } from '../model/traits.js';
import { emptyRegion } from './snapshot-form.js';
import { onAbort } from '../../ground/clocks/abort.js';

/**
 * The number of reads that may fail after all retries before an operation is not called again. "Too many requests"
 * concerns the operation. Another failure may concern one resource only, and the others should still be read.
 */
const MOST: ReadonlyMap<ErrorCode, number> = new Map([
  ['THROTTLED', 1],
  ['CLOUD_FAILED', 3],
  ['ENDPOINT_UNREACHABLE', 3],
]);

/**
 * Retries take minutes, and an account may have thousands of resources to read by one operation: this limits
 * the time of an observation.
 */
interface Patience {
  /** The context for reads: abandoned operations reject immediately, including those that wait for their turn. */
  readonly ctx: CallContext;
  /** Called with the error of every read that failed finally. */
  readonly failed: (error: CloudError) => void;
}

/** Starts one observation. Rejections are {@link CloudError}s with the code of the failures before. */
function patience(ctx: CallContext): Patience {
  const failures = new Map<string, Set<CloudError>>();
  const ends = new Map<string, AbortController>();
  const endOf = (operation: string): AbortController => {
    const end = ends.get(operation) ?? new AbortController();
    ends.set(operation, end);
    return end;
  };
  return {
    ctx: {
      ...ctx,
      pace: {
        ...ctx.pace,
        slot: (key, limits, signal) => {
          const { signal: end } = endOf(key.operation);
          if (signal === undefined) return ctx.pace.slot(key, limits, end);

          const either = new AbortController();
          const stops = [signal, end].map((one) => onAbort(one, () => either.abort(one?.reason)));
          return ctx.pace.slot(key, limits, either.signal).finally(() => stops.forEach((stop) => stop()));
        },
      },
    },
    failed: (error) => {
      const most = MOST.get(error.code);
      if (most === undefined || endOf(error.operation).signal.aborted) return;

      const own = failures.get(`${error.operation} ${error.code}`) ?? new Set();
      failures.set(`${error.operation} ${error.code}`, own.add(error));
      if (own.size < most) return;

      ctx.log?.(`${error.operation}: ${error.code} to the last attempt, so it is not asked again`);
      const { code, operation, remedy } = error;
      endOf(operation).abort(
        new CloudError(code, 'not asked again after it failed to the last attempt', { operation, remedy }),
      );
    },
  };
}

const DENIED: ReadonlySet<ErrorCode> = new Set(['PERMISSION_DENIED', 'UNSUPPORTED']);
const PARTIAL: ReadonlySet<ErrorCode> = new Set([
  'BAD_RESPONSE',
  'CLOUD_FAILED',
  'CLOUD_REFUSED',
  'INCOMPLETE_LIST',
  'RESPONSE_TOO_LARGE',
  'THROTTLED',
]);

/** What is read, and which lists of the snapshot lack something when it cannot be. */
export interface WantedList {
  readonly what: string;
  /** Several where all depend on it: each has the gap, so that none is silently empty. */
  readonly of: SnapshotList | readonly [SnapshotList, ...(readonly SnapshotList[])];
  readonly id?: string | undefined;
}

/** A resource with a word of the cloud that no table has. */
export interface UndocumentedWord {
  readonly of: SnapshotList;
  readonly id: string;
  /** What the resource and its member are called: `load balancer`, `type`. */
  readonly noun: string;
  readonly member: string;
  readonly word: string | undefined;
  readonly operation: string;
}

/** Collects what could not be read. */
export interface Gaps {
  readonly list: Gap[];
  /**
   * The result of `read`, or `undefined` and a gap: where the credentials, or an emulator, do not allow it,
   * and where one list among others could not be read completely, or was throttled or unreachable up to the
   * last attempt. An error that affects all lists is thrown. So is every failure to read the links except a
   * refusal, because everything depends on them.
   */
  readonly attempt: <T>(wanted: WantedList, read: () => Promise<T>) => Promise<T | undefined>;
  /**
   * Adds the gap of a resource that is left out of its list, because the meaning of one of its words is not documented. Checks
   * then report it as unknown, not as absent.
   */
  readonly undocumented: (found: UndocumentedWord) => void;
}

/** Creates an empty collection; `failed` is called with every error that became a gap. */
export function createGaps(failed?: (error: CloudError) => void): Gaps {
  const list: Gap[] = [];
  return {
    list,
    undocumented: ({ of, id, noun, member, word, operation }) => {
      const what = `${noun} ${id}, which has the undocumented ${member} ${JSON.stringify(word ?? '')}`;
      list.push({ what, operation, code: 'UNSUPPORTED', of, id });
    },
    attempt: async ({ what, of, id }, read) => {
      const lists = typeof of === 'string' ? [of] : of;
      try {
        return await read();
      } catch (error) {
        if (!(error instanceof CloudError)) throw error;
        if (!DENIED.has(error.code) && (lists.includes('links') || !isPartial(error))) throw error;

        failed?.(error);
        const { operation, code } = error;
        const permission = error.details?.['permission'];
        for (const one of lists) {
          list.push({
            what,
            operation,
            code,
            ...(typeof permission === 'string' ? { permission } : {}),
            of: one,
            ...defined({ id }),
          });
        }
        return undefined;
      }
    },
  };
}

/**
 * Gaps of one observation, and a context for its reads: an operation that stayed throttled is not called again for
 * each of a thousand resources, which would take minutes each. The links are read with the caller's own context:
 * operations of two services may share a name, and without links the whole observation would fail.
 */
export function observing(ctx: CallContext): { readonly gaps: Gaps; readonly ctx: CallContext } {
  const { ctx: bounded, failed } = patience(ctx);
  return { gaps: createGaps(failed), ctx: bounded };
}

/** An unknown or refusing endpoint will fail in the next run as well, so it is reported to the user. */
function isPartial({ code, retryable }: CloudError): boolean {
  return PARTIAL.has(code) || (code === 'ENDPOINT_UNREACHABLE' && retryable);
}

/** One account and region of a spec that could not be read. */
export interface UnreadPlace {
  readonly provider: string;
  readonly region: string;
  /** The account, where the credentials or the spec name it. */
  readonly account?: string | undefined;
  readonly access: readonly Access[];
  readonly error: PosternError;
}

/** The account of a region whose identity could not be read, and that the spec does not name. */
const UNKNOWN_ACCOUNT = 'unknown';

/**
 * Whether an error concerns one account and region only: its credentials, its endpoint, its cloud's answers.
 * An error in the spec, an aborted run and a defect concern the whole run.
 */
export function isOfOnePlace(error: unknown): error is PosternError {
  if (!isPosternError(error) || error instanceof InvalidInputError) return false;

  return error instanceof CloudError || error.code.startsWith('CREDENTIALS_');
}

/** Throws the error of the first region; does nothing if the list is empty. */
export function throwFirst(places: readonly UnreadPlace[]): void {
  const [first] = places;
  if (first !== undefined) throw first.error;
}

/** The regions of a snapshot for places that could not be read: no list has an item, and one gap covers every list. */
export function unreadRegions(places: readonly UnreadPlace[]): readonly RegionSnapshot[] {
  const regions = new Map<string, RegionSnapshot>();
  for (const place of places) {
    const { account = UNKNOWN_ACCOUNT, access } = place;
    const key = placeKey({ ...place, account });
    const known = regions.get(key);
    regions.set(
      key,
      known === undefined ? unreadRegion(place) : { ...known, access: [...(known.access ?? []), ...access] },
    );
  }
  return [...regions.values()];
}

function unreadRegion({ provider, region, account = UNKNOWN_ACCOUNT, access, error }: UnreadPlace): RegionSnapshot {
  const { code, message, remedy } = error;
  const operation = error instanceof CloudError ? error.operation : 'credentials';
  return emptyRegion({
    provider,
    region,
    account,
    gaps: [{ what: 'every resource', operation, code }],
    unread: { code, message, remedy },
    access,
  });
}
