import type { AwsCall, AnyOperation, Operation } from './operation.js';
import type { Given } from '../state/given.js';

/** Operations that change nothing, by their names. */
const READS = /^(?:Describe|Discover|Export|Get|List|Search|TestInvoke)/;

/** What an operation does; it is given its own name, too. The output is a promise only where a server of the user's own is called. */
type Run<I, O> = (call: AwsCall, input: I, name: string) => O | Promise<O>;

/** An operation in a family: a function, or one with limits, rates and so on. Its `kind` follows from its name. */
export type Member<I, O> =
  Run<I, O> | (Pick<Operation<I, O>, 'limits' | 'rate' | 'holds' | 'waits'> & { readonly run: Run<I, O> });

/** An operation with limits and nothing else. */
export const limited = <I, O>(limits: NonNullable<Operation['limits']>, run: Run<I, O>) => ({ limits, run });

/** What a command of the SDK takes and gives. */
type Command<I, O> = new (...given: never[]) => {
  readonly input: I;
  readonly resolveMiddleware: (...given: never[]) => (...given: never[]) => Promise<{ output: O }>;
};

/** Blobs are bytes: commands take them in more forms, and return them with methods. */
type Bytes<T> = {
  [K in keyof T]: [Extract<T[K], Uint8Array>] extends [never] ? T[K] : Uint8Array | Extract<T[K], undefined>;
};

type InputOf<C> = C extends Command<infer I, unknown> ? Bytes<I> : never;
type OutputOf<C> = C extends Command<unknown, infer O> ? Bytes<Omit<O, '$metadata'>> : never;

/** Operations by name, typed by the commands of the module `Sdk`: `CreateVpc` is what `CreateVpcCommand` sends. */
export type Family<Sdk> = {
  readonly [K in keyof Sdk as K extends `${infer Name}Command` ? Name : never]?: Member<
    InputOf<Sdk[K]>,
    OutputOf<Sdk[K]>
  >;
};

/** The same for a service whose codec refuses inputs without a required member. */
export type GivenFamily<Sdk> = {
  readonly [K in keyof Sdk as K extends `${infer Name}Command` ? Name : never]?: Member<
    Given<InputOf<Sdk[K]>>,
    OutputOf<Sdk[K]>
  >;
};

/** The input of the command `<N>Command` of the module `Sdk`, as an operation gets it. */
export type GivenInput<Sdk, N extends string> = `${N}Command` extends keyof Sdk
  ? Given<InputOf<Sdk[`${N}Command`]>>
  : never;

/** The output of the command `<N>Command` of the module `Sdk`. */
export type GivenOutput<Sdk, N extends string> = `${N}Command` extends keyof Sdk ? OutputOf<Sdk[`${N}Command`]> : never;

interface Common extends Pick<Operation, 'service'> {
  readonly permission?: (name: string) => string;
  /** Runs before each operation, and may refuse its input. */
  readonly before?: (input: object) => void;
  /** The members of inputs that name a gateway. A write holds the first that it has. */
  readonly gateways?: readonly string[];
  /** The limits of an update that has none of its own. */
  readonly updates?: Operation['limits'];
}

/** Defines operations of a service. Its module types the members: {@link Family}. */
export function familyOf({ service, permission, before, gateways, updates }: Common) {
  const held = (input: Readonly<Record<string, string | undefined>>) =>
    gateways?.map((member) => input[member]).find((name) => name !== undefined);
  return (members: Readonly<Record<string, Member<never, unknown>>>): readonly AnyOperation[] =>
    Object.entries(members).map(([name, member]): AnyOperation => {
      const { run, ...rest } = typeof member === 'function' ? { run: member } : member;
      const kind = READS.test(name) ? 'read' : 'write';
      return {
        ...(gateways && kind === 'write' && { holds: held }),
        ...(updates && name.startsWith('Update') && { limits: updates }),
        ...rest,
        service,
        name,
        kind,
        ...(permission && { permission: permission(name) }),
        run: (call, input) => {
          before?.(input);
          return run(call, input, name);
        },
      };
    });
}
