import type { Parameter } from './operation.js';

/** Parameters of one action, by their names on the wire. */
export type ParameterTable = Readonly<Record<string, Parameter>>;

// What tables of parameters are written with. Each has its own type, so that the input of an action follows from its table.

export const text = { type: 'string' } as const;
export const whole = { type: 'integer' } as const;
export const flag = { type: 'boolean' } as const;
/** Any JSON, which is kept as it is. */
export const anything = { type: 'json' } as const;
export const texts = { type: 'list', items: text } as const;

/** The same parameter, which must be there. */
export function required<const P extends Parameter>(parameter: P): P & { readonly required: true } {
  return { ...parameter, required: true };
}

export const neededText = required(text);

/** One of a few words. */
export function oneOf<const V extends readonly string[]>(...values: V) {
  return { type: 'string', values } as const;
}

/** A structure: `SystemDisk.Category`. */
export function structure<const M extends ParameterTable>(members: M) {
  return { type: 'structure', members } as const;
}

/** A list of structures, such as `Entry.1.Cidr`: of as many as a call has, or of `most`. */
export function listOf<const M extends ParameterTable>(members: M, most?: number) {
  const length = most === undefined ? {} : ({ length: [0, most] } as const);
  return { type: 'list', items: structure(members), ...length } as const;
}

export type ValueOf<P extends Parameter> = P extends { readonly values: readonly (infer V)[] }
  ? V
  : {
      readonly string: string;
      readonly integer: number;
      readonly boolean: boolean;
      readonly json: unknown;
      readonly list: P extends { readonly items: infer I extends Parameter }
        ? readonly ValueOf<I>[]
        : readonly unknown[];
      readonly structure: P extends { readonly members: infer M extends ParameterTable } ? InputOf<M> : object;
    }[P['type']];

/** Names of the parameters that must be there. */
export type RequiredNames<T> = { [K in keyof T]: T[K] extends { readonly required: true } ? K : never }[keyof T];

/** What an action with these parameters gets: what is required is there, and nothing else has a name. */
export type InputOf<T extends ParameterTable> = { readonly [K in RequiredNames<T>]: ValueOf<T[K]> } & {
  readonly [K in Exclude<keyof T, RequiredNames<T>>]?: ValueOf<T[K]>;
};
