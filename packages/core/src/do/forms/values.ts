import { MAX_PORT, isPort } from '../../ground/ports.js';
import {
  valueKind,
  list,
  optional,
  record,
  strict,
  value,
  type AnyForm,
  type Form,
  type OptionalForm,
  type Shape,
  type Walk,
} from './form.js';
import { ID_RULE, isName, NAME_RULE, TAG_KEY_RULE, TAG_VALUE_RULE, type TextRule } from './text-rules.js';

const isText = (given: unknown): given is string => typeof given === 'string';

export const text: Form<string> = value('a text', isText, { type: 'string' });
export const optionalText = optional(text);
export const texts = list(text);
export const optionalTexts = optional(texts);
export const flag: Form<boolean> = value('true or false', (given) => typeof given === 'boolean', { type: 'boolean' });
export const optionalFlag = optional(flag);
/** Maps of texts. */
export const strings = record(text);

/** A text that a rule accepts. */
export function ruled({ pattern, what, fault, remedy }: TextRule): Form<string> {
  const expected = /^[aeiou]/i.test(what) ? `an ${what}` : `a ${what}`;
  return {
    check: (given, walk) => {
      if (!isText(given)) walk.add(`expected ${expected}, found ${valueKind(given)}`, { expected });
      else if (!pattern.test(given)) {
        const message = fault.startsWith('expected')
          ? `${fault}, found ${valueKind(given)}`
          : `${valueKind(given)} is ${fault}`;
        walk.add(message, { remedy });
      }
    },
    fits: (given) => isText(given) && pattern.test(given),
    schema: { type: 'string', pattern: pattern.source },
  };
}

export const resourceId = ruled(ID_RULE);

const named = ruled(NAME_RULE);
/** The name of a project, link, integration or target. */
export const name: Form<string> = {
  ...named,
  check: (given, walk) => {
    named.check(given, walk);
    if (named.fits?.(given) === true && !isName(given))
      walk.add(`${valueKind(given)} is reserved in JavaScript`, { remedy: 'Choose another name.' });
  },
  fits: isName,
};

const tagKey = ruled(TAG_KEY_RULE);
const tagValues = record(ruled(TAG_VALUE_RULE));
/** Tags to write, with the keys that users may write. */
export const tagsOf = ({ pattern, fault, remedy }: TextRule): Form<Readonly<Record<string, string>>> => ({
  ...tagValues,
  check: (given, walk) => {
    tagValues.check(given, walk);
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return;

    for (const key of Object.keys(given)) {
      if (!pattern.test(key)) walk.add(fault, { remedy });
      else walk.into(key, tagKey, key);
    }
  },
});

export const tcpPort: Form<number> = value(`a port from 1 to ${MAX_PORT}`, isPort, {
  type: 'integer',
  minimum: 1,
  maximum: MAX_PORT,
});

/** A list of ports, or all of them. */
export const ports = choice<readonly number[] | 'all'>("a list of ports, or 'all'", (given) => {
  if (given === 'all') return text;

  return Array.isArray(given) && given.length > 0 ? list(tcpPort) : undefined;
});

/** A number whose user knows its range. */
export const anyNumber: Form<number> = value('a number', (given) => typeof given === 'number', { type: 'number' });

/** A number that is not negative. */
export const amount: Form<number> = value('a number from 0', (given) => typeof given === 'number' && given >= 0, {
  type: 'number',
  minimum: 0,
});

/** A function. Nothing of it can be checked but that it is one. */
export function callback<T>(): Form<T> {
  return value('a function', (given) => typeof given === 'function', {});
}

/** An object with these functions, such as a clock or a journal. It may have other members. */
export function withFunctions<T>(what: string, ...functions: readonly (keyof T & string)[]): Form<T> {
  return {
    check: (given, walk) => {
      if (typeof given !== 'object' || given === null) {
        return walk.add(`expected ${what}, found ${valueKind(given)}`, { expected: what });
      }

      for (const key of functions) {
        if (typeof (given as Record<string, unknown>)[key] !== 'function')
          walk.add(`expected ${what}, found an object without the function ${key}`, {
            expected: `${what} with the function ${key}`,
          });
      }
    },
    schema: {},
  };
}

/** A value that its user checks. */
export function unchecked<T>(): OptionalForm<T | undefined> {
  return optional({ check: () => undefined, fits: () => true, schema: {} } as Form<T>);
}

/** One of several forms, chosen by the value: `expected` describes them where none is chosen. */
export function choice<T>(expected: string, choose: (given: unknown) => AnyForm | undefined): Form<T> {
  return {
    check: (given, walk) => {
      const form = choose(given);
      if (form === undefined) walk.add(`expected ${expected}, found ${valueKind(given)}`, { expected });
      else form.check(given, walk);
    },
    schema: {},
  };
}

/** A form whose values are looked at further, once they have it. */
export function refined<T>(form: Form<T>, further: (given: T, walk: Walk) => void): Form<T> {
  return {
    ...form,
    check: (given, walk) => {
      const before = walk.issues.length;
      form.check(given, walk);
      if (walk.issues.length === before) further(given as T, walk);
    },
    fits: undefined,
  };
}

/** The signal that ends a call. */
export const signal: OptionalForm<AbortSignal | undefined> = optional(
  withFunctions<AbortSignal>('an AbortSignal', 'addEventListener'),
);

/** The form of the options of a method. Each has a signal. */
export const withSignal = <T extends { readonly signal?: AbortSignal | undefined }>(
  shape: Omit<Shape<T>, 'signal'>,
): Form<T> => strict<T>()({ signal, ...shape } as Shape<T>);

/** An object with these keys, where the type is a union: a form for each key that one of its members has. */
export function keyed<T>(forms: Readonly<Record<keyof T, AnyForm>>): Form<T> {
  return strict<T>()(forms as Shape<T>);
}

/** An object that a function of Postern made, recognized by some of its members. */
export function memberOf<T>(expected: string, members: readonly (keyof T & string)[]): Form<T> {
  return choice(expected, (given) => {
    if (typeof given !== 'object' || given === null) return undefined;

    const known = members.every((key) => (given as Record<string, unknown>)[key] !== undefined);
    return known ? ({ check: () => undefined, schema: {} } as Form<T>) : undefined;
  });
}
