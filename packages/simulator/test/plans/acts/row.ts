import type { ActValues, Outputs } from '@postern/core/internal/overlay';

export type Named = (address: string) => Outputs;

/** Attributes, by the outputs of what is created before. */
type Given = ActValues | ((named: Named) => ActValues);

/** A resource of a plan that is created, changed and deleted. */
export interface ActedResource {
  readonly address: string;
  readonly type: string;
  readonly given: (named: Named) => ActValues;
  /** A change in place, and the operations by which it is made. */
  readonly changed?: { readonly as: (named: Named) => ActValues; readonly by: readonly string[] };
}

/** `aws_vpc`, or `aws_vpc.other`. `by`: the operations by which the attributes become `as`. */
export function row(address: string, given: Given, by?: string, as: Given = {}): ActedResource {
  const of = (values: Given) => (typeof values === 'function' ? values : () => values);
  return {
    address,
    type: address.split('.')[0] ?? '',
    given: of(given),
    ...(by !== undefined && { changed: { as: of(as), by: by.split(' ') } }),
  };
}
