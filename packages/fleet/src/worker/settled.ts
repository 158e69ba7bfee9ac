import { PosternError, isPosternError, type CallContext } from '@postern/core';
import { stepError, type StepError } from '@postern/core/engine';
import type { Setting } from './setting.js';
import { readPace } from './step-pace.js';

/** A spec is read in this time, in milliseconds: at the pace of its account, a large one takes many minutes. */
export const READ_MS = 60 * 60_000;

/** What reads are made with, outside of steps. */
export const readContext = ({ context, pace }: Setting, signal: AbortSignal): CallContext => ({
  ...context,
  signal,
  pace: readPace(pace),
});

/** Errors of the cloud and refusals of the plan are answers, and so is a read that does not end in time. What else fails is thrown. */
export async function settled<T>(
  work: (signal: AbortSignal) => Promise<T>,
  withinMs = READ_MS,
): Promise<T | { readonly error: StepError }> {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new PosternError('WAIT_TIMEOUT', `reading took longer than ${withinMs / 60_000} minutes`));
      late.abort();
    }, withinMs);
  });
  try {
    return await Promise.race([work(late.signal), hung]);
  } catch (error) {
    if (!isPosternError(error)) throw error;
    return { error: stepError(error) };
  } finally {
    clearTimeout(timer);
  }
}
