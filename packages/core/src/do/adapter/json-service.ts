import { call, type CallDescription, type SendOnce } from '../../ground/calls/call.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { collectPages, type Page } from '../../ground/calls/pages.js';
import { refusalErrors, ServiceRefusal, type RefusalTable } from './service-refusal.js';

/**
 * One call of a service. Must: reject where the connection breaks. May: answer with text that is not JSON, and end the call when `signal` is
 * aborted: else an aborted call goes on in the background.
 */
export type SendToService = (
  operation: string,
  input: object,
  signal?: AbortSignal,
) => Promise<{ readonly status: number; readonly text: string }>;

/** A service that takes and returns JSON. Its refusals are objects with `code` and `message`. */
export interface JsonService
  extends RefusalTable, Pick<CallDescription, 'provider' | 'account' | 'region' | 'service' | 'limits'> {
  readonly send: SendToService;
  /** What an operation may have done when its answer is lost. */
  readonly kindOf: (operation: string) => CallDescription['kind'];
}

/**
 * The calls of an adapter of such a service. Guaranteed: each is paced, retried and aborted as all calls are, and each error is a `CloudError`
 * of the table. `list` reads all pages of `{ items, next }`; the input of the next page has `next` as `token`.
 */
export function jsonService({ send, kindOf, codes, permission, ...place }: JsonService) {
  const errorOf = refusalErrors({ codes, permission });
  const api = <T>(ctx: CallContext, operation: string, input: object = {}): Promise<T> => {
    const answer: SendOnce<T> = async (signal, _heard, beforeSend) => {
      beforeSend?.();
      const { status, text } = await send(operation, input, signal);
      const body = bodyOf(status, text);
      if (status >= 400) throw new ServiceRefusal(status, body['code'], body['message']);

      return body as T;
    };
    return call(ctx, { ...place, operation, kind: kindOf(operation) }, answer, errorOf);
  };
  const list = <T>(ctx: CallContext, operation: string, input: object = {}): Promise<T[]> =>
    collectPages(ctx, { what: operation, operation }, (token) => api<Page<T>>(ctx, operation, { ...input, token }));
  return { api, list };
}

/** The object in an answer; nothing in an empty one. A refusal may have any text, as the page of a proxy. @throws {SyntaxError} */
function bodyOf(status: number, text: string): Record<string, never> {
  if (text === '') return {};

  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) return body as Record<string, never>;
  } catch (error) {
    if (status < 400) throw error;
  }
  if (status < 400) throw new SyntaxError('the answer is not an object');

  return {};
}
