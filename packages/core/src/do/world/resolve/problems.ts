import type { ErrorCode } from '../../../ground/error-codes.js';
import { InvalidInputError, PosternError, type PosternErrorOptions } from '../../../ground/errors.js';
import type { Spec } from '../../spec.js';
import { placeOf } from '../../model/place.js';
import { fewText } from '../../../ground/text/quantities.js';

/**
 * The problems of a spec, collected so that one run reports all of them, with their positions in the file.
 */
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
  const causes = new Map<string, PosternError[]>();
  for (const error of found) {
    const message = OF_ONE_OWNER.has(error.code) ? '' : error.message;
    const key = JSON.stringify([error.code, message, error.remedy]);
    causes.set(key, [...(causes.get(key) ?? []), error]);
  }
  return [...causes.values()].flatMap(([first, ...others]) => {
    if (first === undefined || others.length === 0) return first ?? [];
    const places = others.flatMap(({ place }) => place?.path ?? []);
    const message = `${first.message}; likewise ${fewText(places)}`;
    return [new InvalidInputError(first.code, message, { ...first, details: { ...first.details, likewise: places } })];
  });
}

/** Takes the values of the spec's variables out of the texts of an error. */
function withoutValues<E extends PosternError>(error: E, { shown }: Spec): E {
  if (shown === undefined) return error;
  const { message, remedy, details } = error;
  return Object.assign(error, {
    message: shown(message),
    remedy: shown(remedy),
    details: details && (JSON.parse(shown(JSON.stringify(details))) as Readonly<Record<string, unknown>>),
  });
}
