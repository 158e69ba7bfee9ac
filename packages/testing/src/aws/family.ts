import type { AwsCall } from './call.js';
import type { AnyOperation, Operation } from './operation.js';

/** Operations that change nothing, by their names. */
const READS = /^(?:Describe|Discover|Export|Get|List|Search|TestInvoke)/;

/** What an operation does; it is given its own name, too. */
type Run<I, O> = (call: AwsCall, input: I, name: string) => O;

/** An operation in a family: a function, or one with limits, rates and so on. Its `kind` follows from its name. */
type Member<I, O> =
  Run<I, O> | (Omit<Operation<I, O>, 'service' | 'name' | 'kind' | 'run'> & { readonly run: Run<I, O> });

/** What a command of the SDK takes and gives. */
type Command<I, O> = new (...given: never[]) => {
  readonly input: I;
  readonly resolveMiddleware: (...given: never[]) => (...given: never[]) => Promise<{ output: O }>;
};

type InputOf<C> = C extends Command<infer I, unknown> ? I : never;
type OutputOf<C> = C extends Command<unknown, infer O> ? Omit<O, '$metadata'> : never;

/** Operations by name, typed by the commands of the module `Sdk`: `CreateVpc` is what `CreateVpcCommand` sends. */
export type Family<Sdk> = {
  readonly [K in keyof Sdk as K extends `${infer Name}Command` ? Name : never]?: Member<
    InputOf<Sdk[K]>,
    OutputOf<Sdk[K]>
  >;
};

/** What the operations of a service have in common. */
interface Common extends Pick<Operation, 'service'> {
  readonly permission?: (name: string) => string;
  /** Runs before each operation, and may refuse its input. */
  readonly before?: (input: object) => void;
}

/** Defines operations of a service. Its module types the members: {@link Family}. */
export function familyOf({ service, permission, before }: Common) {
  return (members: Readonly<Record<string, Member<never, unknown>>>): readonly AnyOperation[] =>
    Object.entries(members).map(([name, member]): AnyOperation => {
      const { run, ...rest } = typeof member === 'function' ? { run: member } : member;
      return {
        ...rest,
        service,
        name,
        kind: READS.test(name) ? 'read' : 'write',
        ...(permission && { permission: permission(name) }),
        run: (call, input) => {
          before?.(input);
          return run(call, input, name);
        },
      };
    });
}
