import type { AnyOperation } from '../operation/operation.js';
import type { ServiceError } from '../operation/service-error.js';
import { words } from '../operation/words.js';

/** How a value disagrees with its schema. The path grows while the error climbs out of nested values. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';
  readonly path: string[] = [];

  constructor(
    readonly kind: 'unknown' | 'missing' | 'type',
    member: string,
    readonly value?: unknown,
    readonly expected = '',
  ) {
    super(kind);
    if (member !== '') this.path.push(member);
  }

  /** The error in the service's words. */
  inWords(operation: AnyOperation): ServiceError {
    const say = words(operation.service);
    const path = this.path.join('.');
    if (this.kind === 'unknown') return say.unknown(path, operation);
    return this.kind === 'missing'
      ? say.missing(path, operation)
      : say.wrongType(path, this.value, this.expected, operation);
  }
}

/** Runs a reader; a mismatch inside is one at `step`, too. */
export function within<T>(step: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Mismatch) error.path.unshift(step);
    throw error;
  }
}
