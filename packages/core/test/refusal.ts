import { PosternError } from '../src/ground/errors.js';

/** The error that a function throws. */
export function refusalOf(run: () => unknown): PosternError {
  try {
    run();
  } catch (error) {
    if (error instanceof PosternError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
