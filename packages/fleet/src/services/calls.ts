import type { Context } from '@restatedev/restate-sdk';
import * as restate from '@restatedev/restate-sdk';
import { serviceName, type Called } from '../engine/ingress.js';

/** Journals of these services are kept for a week after their end, for operators; those of others are not. */
export const KEPT = { journalRetention: { days: 7 } } as const;
export const NOT_KEPT = { journalRetention: 0 } as const;

const JSON_SERDE = restate.serde.json as restate.Serde<unknown>;

/** Calls a handler of another service of the package, as part of the journal. */
export function callHandler<T>(
  ctx: Context,
  service: Called,
  key: string,
  method: string,
  parameter: unknown = null,
): restate.InvocationPromise<T> {
  const to = { service: serviceName(service), key, method, parameter };
  return ctx.genericCall<unknown, T>({ ...to, inputSerde: JSON_SERDE, outputSerde: JSON_SERDE as restate.Serde<T> });
}

/** Starts a handler of another service, and does not wait for it. */
export function sendTo(
  ctx: Context,
  service: Called,
  key: string,
  method: string,
  parameter: unknown = null,
  delayMs = 0,
): void {
  const to = { service: serviceName(service), key, method, parameter, inputSerde: JSON_SERDE };
  ctx.genericSend<unknown>(delayMs > 0 ? { ...to, delay: Math.ceil(delayMs) } : to);
}

/** A refusal that the engine does not try again; the client reads its code. */
export function refusal(code: string, message: string): restate.TerminalError {
  return new restate.TerminalError(`${code}: ${message}`, { errorCode: code === 'NOT_FOUND' ? 404 : 400 });
}
