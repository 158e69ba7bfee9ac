import type { AnswerHeaders, SendOptions } from '../apis.js';

/** The part of the SDK's request handlers that is used here. */
interface RequestHandler {
  readonly handle: (request: unknown, options?: SendOptions) => Promise<{ response: { headers: AnswerHeaders } }>;
}

/**
 * A client that reports the headers of each answer to `SendOptions.onHeaders`: the SDK gives the options of a call to its request
 * handler, and returns no headers. The client that was passed in is not changed. One without a request handler of the SDK's
 * form reports by itself, or not at all.
 * @see https://github.com/smithy-lang/smithy-typescript/blob/main/packages/types/src/http.ts
 */
export function observedClient<C extends object>(client: C): C {
  const { config } = client as { readonly config?: { readonly requestHandler?: Partial<RequestHandler> } };
  const inner = config?.requestHandler;
  if (typeof inner?.handle !== 'function') return client;
  const handler = inner as RequestHandler;
  const handle: RequestHandler['handle'] = async (request, options) => {
    const answer = await handler.handle(request, options);
    options?.onHeaders?.(answer.response.headers);
    return answer;
  };
  const requestHandler: unknown = Object.create(handler, { handle: { value: handle } });
  // The SDK also copies the members of its configuration, and writes some: those of the client itself are meant.
  const observing = new Proxy(config as object, {
    get: (target, key): unknown => (key === 'requestHandler' ? requestHandler : Reflect.get(target, key)),
  });
  return Object.create(client, { config: { value: observing } }) as C;
}

/** Whether an answer is one of an AWS service, and not of a proxy on the way: it has the ID of its request. */
export function isOfService(headers: AnswerHeaders): boolean {
  return headers['x-amzn-requestid'] !== undefined || headers['x-amz-request-id'] !== undefined;
}
