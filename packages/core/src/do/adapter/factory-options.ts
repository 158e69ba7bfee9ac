import { isObject } from '../../ground/json.js';
import { loopbackOrigin, type Simulator } from '../../ground/clocks/simulator-address.js';
import { argumentError, checkArgument } from '../forms/check-argument.js';
import { optional, strict, type AnyForm, type Form, type Shape } from '../forms/form.js';
import { choice, text, unchecked, withFunctions } from '../forms/values.js';
import { clockForm } from '../input/argument-forms.js';

/** What an option of an adapter is. */
export type OptionKind = keyof typeof KINDS;

const object = unchecked<unknown>();

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
