import type { SendOptions, WithMetadata } from '../apis/send.js';

/** What a method of a client answers. */
export type MethodAnswer = Readonly<Record<string, unknown>> & WithMetadata;

type Method = (input: unknown, options: SendOptions) => Promise<MethodAnswer>;

/**
 * Calls a client's method by its name: `describeVpcs`. Without such a method the answer is empty. The type of a client
 * shows which methods it has. It does not show that all of them are called alike.
 */
export function callMethod(api: object, method: string, input: unknown, options: SendOptions): Promise<MethodAnswer> {
  const client = api as { readonly [method: string]: Method };
  const call = client[method];
  return call === undefined ? Promise.resolve({}) : call.call(client, input, options);
}

/** A client whose methods all call `answer` with their name and input. */
export function clientOfMethods(answer: (method: string, input: unknown) => Promise<MethodAnswer>): object {
  return new Proxy({}, { get: (_, method) => (input: unknown) => answer(String(method), input) });
}
