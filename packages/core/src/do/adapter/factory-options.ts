import { loopbackOrigin, type Simulator } from '../../ground/clocks/simulator-address.js';
import { argumentError, checkArgument } from '../forms/check-argument.js';
import { optional, strict, type AnyForm, type Form, type Shape } from '../forms/form.js';
import { choice, text, unchecked, withFunctions } from '../forms/values.js';
import { clockForm } from '../input/argument-forms.js';
import type { CloudError } from '../../ground/errors.js';

/** What an option of an adapter is. */
export type OptionKind = keyof typeof KINDS;

const object = unchecked<unknown>();
const isObject = (given: unknown): boolean => typeof given === 'object' && given !== null && !Array.isArray(given);

const simulator: Form<Simulator> = choice('what simulatorAt() returns', (given) => {
  if (!isObject(given) || loopbackOrigin((given as Partial<Simulator>).url) === undefined) return undefined;
  return strict<Simulator>()({ url: text, clock: clockForm });
});

const KINDS = {
  text,
  object: choice<unknown>('an object', (given) => (isObject(given) ? object : undefined)),
  'text or object': choice<unknown>('a text or an object', (given) =>
    typeof given === 'string' || isObject(given) ? object : undefined,
  ),
  'object or function': choice<unknown>('an object or a function', (given) =>
    typeof given === 'function' || isObject(given) ? object : undefined,
  ),
  'source of credentials': withFunctions<{ getCredential: unknown }>('a source of credentials', 'getCredential'),
  simulator,
} as const;

/** What a simulator takes the place of. */
const REPLACED = ['endpoint', 'credentials', 'profile', 'assumeRole', 'accessKeyId', 'accessKeySecret', 'api'] as const;

/**
 * Refuses options of an adapter's factory that do not have their form, before anything is loaded or called. No value is
 * in an error, since it may be a secret.
 * @param factory its name, for the message: `aws`
 * @throws {InvalidInputError} `INVALID_INPUT` with the key
 */
export function checkFactoryOptions<T extends object>(
  factory: string,
  kinds: { readonly [Key in keyof Required<T>]: OptionKind },
  options: T,
): void {
  const forms = Object.entries<OptionKind>(kinds).map(([key, kind]) => [key, optional(KINDS[kind] as Form<unknown>)]);
  const form = strict<T>()(Object.fromEntries(forms) as Record<string, AnyForm> as Shape<T>);
  checkArgument(factory, 'options', form, options);
  const given = options as Readonly<Record<string, unknown>>;
  if (given['simulator'] === undefined) return;
  const twice = REPLACED.find((key) => given[key] !== undefined);
  if (twice === undefined) return;
  const remedy = `Remove ${twice}, or remove simulator.`;
  throw argumentError(factory, twice, { message: 'not used together with `simulator`', remedy });
}

/**
 * A cloud's answer as plain JSON, as it would be read back, but without its text: every observation copies every answer. Dates are
 * ISO 8601, and members that are undefined or named in `leftOut` are missing. Undefined becomes null.
 */
export function plainCopy(value: unknown, leftOut: ReadonlySet<string>): unknown {
  return copyOf(value, leftOut) ?? null;
}

function copyOf(value: unknown, leftOut: ReadonlySet<string>): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null; // JSON has no -0
  if (Array.isArray(value)) return value.map((item) => plainCopy(item, leftOut));
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return membersOf(value as Readonly<Record<string, unknown>>, leftOut);
  }
  // Dates, objects of classes, and what JSON does not have.
  const text = JSON.stringify(value, (key, member: unknown) => (leftOut.has(key) ? undefined : member)) as
    string | undefined;
  return text === undefined ? undefined : JSON.parse(text);
}

/** Members are assigned one by one: objects with the same members then share one layout, which halves the time. */
function membersOf(value: Readonly<Record<string, unknown>>, leftOut: ReadonlySet<string>): Record<string, unknown> {
  const copies: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const copy = leftOut.has(key) ? undefined : copyOf(value[key], leftOut);
    if (copy === undefined) continue;
    if (key !== '__proto__') copies[key] = copy;
    // Assigned, it would be the prototype.
    else Object.defineProperty(copies, key, { value: copy, enumerable: true, configurable: true, writable: true });
  }
  return copies;
}

/** Marks a refusal after which a part of the call stays: see `CloudError.unfinished`. */
export function leaveUnfinished(error: CloudError): CloudError {
  (error as { unfinished: boolean }).unfinished = true;
  return error;
}
