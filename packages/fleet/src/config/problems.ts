import type { Problem } from '@postern/core/spec-form';

/** A problem of the file of a fleet. */
export function problem(path: Problem['path'], message: string, remedy: string | undefined): Problem {
  return { code: 'INVALID_FLEET', path, message, remedy };
}

/** Something that is given twice. */
export function twice(path: Problem['path'], message: string): Problem {
  return problem(path, message, 'Remove one of the two.');
}

/** A name that the file does not define. */
export function unknown(path: Problem['path'], what: string, given: string, defined: readonly string[]): Problem {
  const some = defined.slice(0, 10).join(', ');
  const remedy = defined.length === 0 ? 'Define it.' : `Write one of ${some}${defined.length > 10 ? ', …' : ''}.`;
  return { code: 'UNKNOWN_REFERENCE', path, message: `${given} is not a defined ${what}`, remedy };
}
