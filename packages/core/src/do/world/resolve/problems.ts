import type { ErrorCode } from '../../../ground/error-codes.js';
import {
  InvalidInputError,
  PosternError,
  type PosternErrorOptions,
  CloudError,
  type SourcePlace,
} from '../../../ground/errors.js';
import type { Spec } from '../../spec.js';
import { hidingValues } from '../../hidden-values.js';
import { placeOf } from '../../model/reference.js';
import { fewText } from '../../../ground/text/quantities.js';
import type { Gap, RegionSnapshot, SnapshotList } from '../../snapshot/snapshot.js';
import { gapCode } from '../index/look-up.js';
import type { Missing, Unresolved } from '../views.js';
import { gapFacts } from '../index/gap-facts.js';
import { grouped } from '../../../ground/grouped.js';

/** The problems of a spec, collected so that one run reports all of them, with their positions in the file. */
export interface Problems {
  /** Records an error about the member of the spec at `path`, such as `links.eu.subnets[0]`. */
  readonly add: (code: ErrorCode, path: string | undefined, message: string, options?: PosternErrorOptions) => void;
  /** Records an error as it is. */
  readonly record: (error: PosternError) => void;
  /** Runs `part`. A `PosternError` that it throws is recorded, and the result is undefined. */
  readonly gather: <T>(part: () => T) => T | undefined;
  /** @throws the first recorded error; with several, the others are `details.also`. */
  readonly check: () => void;
}

/** Collects problems, so that all of them are reported at once. */
export function collectProblems(spec: Spec): Problems {
  const found: PosternError[] = [];
  return {
    add(code, path, message, options = {}) {
      const place = path === undefined ? options.place : placeOf(spec, path);
      found.push(new InvalidInputError(code, message, { ...options, place }));
    },
    record: (error) => void found.push(error),
    gather(part) {
      try {
        return part();
      } catch (error) {
        if (!(error instanceof PosternError)) throw error;

        found.push(error);
        return undefined;
      }
    },
    check() {
      const [first, ...others] = combined(found).map((error) => withoutValues(error, spec));
      if (first === undefined) return;
      if (others.length === 0) throw first;

      const also = others.map(({ code, message, remedy, place }) => ({ code, message, remedy, place }));
      throw new PosternError(first.code, first.message, {
        ...first,
        cause: first.cause,
        details: { ...first.details, also },
      });
    },
  };
}

/** Problems that all resources of another owner have: they are one, since one remedy ends them all. */
const OF_ONE_OWNER: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['NOT_OURS']);

/**
 * Problems with one cause as one, which names the places of the others: the same text and the same remedy are one cause. The order is
 * that of the first of each.
 */
function combined(found: readonly PosternError[]): readonly PosternError[] {
  const causes = grouped(found, ({ code, message, remedy }) =>
    JSON.stringify([code, OF_ONE_OWNER.has(code) ? '' : message, remedy]),
  );
  return [...causes.values()].flatMap(([first, ...others]) => {
    if (others.length === 0) return first;

    const places = others.flatMap(({ place }) => place?.path ?? []);
    const message = `${first.message}; likewise ${fewText(places)}`;
    return [new InvalidInputError(first.code, message, { ...first, details: { ...first.details, likewise: places } })];
  });
}

/** Takes the values of the spec's variables out of the texts of an error. */
function withoutValues<E extends PosternError>(error: E, spec: Spec): E {
  const shown = hidingValues(spec);
  if (shown === undefined) return error;

  const { message, remedy, details } = error;
  return Object.assign(error, {
    message: shown(message),
    remedy: shown(remedy),
    details: details && (JSON.parse(shown(JSON.stringify(details))) as Readonly<Record<string, unknown>>),
  });
}

/** What could not be answered, as the error that a plan throws. */
export function troubleError(spec: Pick<Spec, 'places'>, trouble: Unresolved): PosternError {
  const { code, path, message, remedy, missing, details } = trouble;
  const place = path === '' ? undefined : placeOf(spec, path);
  if (missing?.gap === undefined) return new InvalidInputError(code, message, { place, remedy, details });

  return gapError(missing.gap, missing, message, place);
}

/** The error of a fact that a failed call left open: the code of the gap, and what would fill it. */
function gapError(gap: Gap, missing: Missing, message: string, place: SourcePlace | undefined): CloudError {
  const remedy = gapRemedy(missing);
  return new CloudError(gapCode(missing), message, { operation: gap.operation, place, remedy, details: { gap } });
}

function gapRemedy({ permissions = [] }: Missing): string {
  return permissions.length === 0
    ? 'Try again; nothing was changed.'
    : `Allow ${permissions.join(' and ')} for these credentials, then try again.`;
}

/** A refusal of a rule, with the position of the refused key in the spec. */
export function refusalAt({ code, message, remedy, details }: PosternError, place: SourcePlace): InvalidInputError {
  return new InvalidInputError(code, message, { place, remedy, details });
}

/**
 * Refuses to conclude anything from what a list lacks while the list could not be read to its end.
 * @throws {CloudError} the code of the gap: `PERMISSION_DENIED`, `INCOMPLETE_LIST`, `THROTTLED`, …
 */
export function requireComplete(
  region: RegionSnapshot,
  list: SnapshotList,
  options: { readonly id?: string | undefined; readonly place?: SourcePlace | undefined } = {},
): void {
  const missing = gapFacts(region)(list, options.id);
  if (missing?.gap === undefined) return;

  const message = `${missing.what} could not be read, so the list may be incomplete`;
  throw gapError(missing.gap, missing, message, options.place);
}
