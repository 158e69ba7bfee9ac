import type { AlibabaCall, AlibabaOperation, AnyAlibabaOperation, Wire } from './operation.js';
import type { InputOf, ParameterTable, RequiredNames } from './parameters.js';
import type { ProductName } from './product.js';

/** Actions that change nothing, by their names. */
const READS = /^(?:Describe|Get|List|Validate|Query)/;

/** An action in a family. Its `kind` follows from its name. */
export interface Member<I, O, P extends ParameterTable = ParameterTable> extends Pick<
  AlibabaOperation<I, O>,
  'run' | 'waits' | 'perSecond' | 'isBare' | 'ramAction'
> {
  readonly parameters: P;
}

/** The wire form of an official model. */
type Model<Sdk, K extends string> = K extends keyof Sdk
  ? Sdk[K] extends new (...given: never[]) => infer M
    ? Wire<M>
    : never
  : never;

/**
 * The parameters of a request on the wire, those that must be there always. Some models have page numbers as texts; on the
 * wire all are.
 */
type Input<R, P> = {
  readonly [K in keyof R as K extends keyof P ? K : never]: K extends 'PageNumber' | 'PageSize' ? number : R[K];
} & {
  readonly [K in keyof R & RequiredNames<P>]-?: NonNullable<R[K]>;
};

/** An action with parameters and nothing else. */
export const action = <const P extends ParameterTable, O>(
  parameters: P,
  run: (call: AlibabaCall, input: InputOf<P>) => O,
) => ({ parameters, run });

/** Parameters that the official model does not have: a table may name none. */
type Unknown<K extends PropertyKey> = { readonly [Name in K as string extends Name ? never : Name]: never };

/** Actions by name, typed by the official models of the module `Sdk`: `CreateVpc` by `CreateVpcRequest` and `CreateVpcResponseBody`. */
export type Family<Sdk, P extends Readonly<Record<string, ParameterTable>>> = {
  readonly [N in keyof P & string]: Member<
    Input<Model<Sdk, `${N}Request`>, P[N]>,
    Model<Sdk, `${N}ResponseBody`>,
    P[N]
  > & { readonly parameters: Unknown<Exclude<keyof P[N], keyof Model<Sdk, `${N}Request`>>> };
};

/** Actions of a product without official models on npm: each is typed by its own table of parameters. */
export type OwnFamily = <const P extends Readonly<Record<string, ParameterTable>>>(members: {
  readonly [N in keyof P]: Member<InputOf<P[N]>, unknown, P[N]>;
}) => readonly AnyAlibabaOperation[];

type Run = (call: AlibabaCall, input: never) => unknown;

type Around = (run: Run, name: string) => Run;

/** Defines actions of a product. `around` adds what they have in common, such as dry runs. */
export function familyOf(product: ProductName, around: Around = (run) => run) {
  return (members: Readonly<Record<string, Member<never, unknown>>>): readonly AnyAlibabaOperation[] =>
    Object.entries(members).map(([name, member]) => ({
      ...member,
      product,
      name,
      kind: READS.test(name) ? 'read' : 'write',
      run: around(member.run, name),
    }));
}

/** The same for a product without official models on npm. */
export function ownFamilyOf(product: ProductName, around?: Around): OwnFamily {
  return familyOf(product, around);
}
