import type { Member, StructureShape } from './shapes.js';

/** The places of one operation's output in an answer. */
export interface OutputBinding<Body> {
  /** A value's headers, by name. */
  readonly headers: (value: Readonly<Record<string, unknown>>) => Record<string, string>;
  /** The member that is the whole body, as bytes. */
  readonly payload: string | undefined;
  /** The members that are the body, in the protocol's form. */
  readonly body: (value: unknown) => Body;
}

/**
 * Finds the places of an output's members.
 * @see https://smithy.io/2.0/spec/http-bindings.html
 * @throws {TypeError} for a member in a place that no simulated service uses
 */
export function bindOutput<Body>(
  codec: { readonly partialWriter: (members: readonly Member[]) => (value: unknown) => Body },
  { members }: StructureShape,
): OutputBinding<Body> {
  const payload = members.find((member) => member.traits.httpPayload);
  const inHeaders = members.filter((member) => member.traits.httpHeader !== undefined);
  const odd = members.find(
    (member) =>
      (member === payload && member.shape.kind !== 'blob') ||
      (member.traits.httpHeader !== undefined && member.shape.kind !== 'string'),
  );
  if (odd) throw new TypeError(`Member ${odd.name} is in a place that this codec does not write.`);
  return {
    headers: (value) =>
      Object.fromEntries(
        inHeaders.flatMap(({ name, traits }): [string, string][] => {
          const text = value[name];
          return typeof text === 'string' ? [[(traits.httpHeader ?? name).toLowerCase(), text]] : [];
        }),
      ),
    payload: payload?.name,
    body: codec.partialWriter(members.filter((member) => member !== payload && !inHeaders.includes(member))),
  };
}
