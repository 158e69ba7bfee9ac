/**
 * The process was asked to end: SIGINT (130) or SIGTERM (143). SIGHUP, of a terminal that was closed, counts
 * as SIGTERM.
 */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor(readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') {
    super(`stopped by ${signal}`);
  }
  get exitCode(): number {
    return this.signal === 'SIGINT' ? 130 : 143;
  }
}
