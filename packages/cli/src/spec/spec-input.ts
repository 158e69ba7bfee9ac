import { InvalidInputError } from '@postern/core/internal/library';

/** What belongs to the spec of a command besides its file. */
export interface SpecInput {
  /** Files that change what the spec's own file has, in order. */
  readonly overlays: readonly string[];
  /** Values for `${var:name}`. */
  readonly vars: Readonly<Record<string, string>>;
  /** The names that specs were found to use. */
  readonly used: Set<string>;
  /** Several specs share the values: one of them need not use all names. */
  readonly isShared: boolean;
}

/**
 * The input of `-f` and `--var`. A value is never repeated in an error: it may be a secret.
 * @throws {InvalidInputError} `INVALID_INPUT` for a text that is not `name=value`, and a name that is given twice.
 */
export function specInput(
  overlays: readonly string[],
  given: readonly string[] = [],
  { isShared = false }: Partial<Pick<SpecInput, 'isShared'>> = {},
): SpecInput {
  const vars: Record<string, string> = {};
  for (const text of given) {
    const [, name, value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
    if (name === undefined) throw wrong('--var: expected name=value', 'Write --var NAME=VALUE.');
    if (Object.hasOwn(vars, name)) throw wrong(`--var ${name} is given twice`, 'Leave one of them out.');

    Object.defineProperty(vars, name, { value, enumerable: true });
  }
  return { overlays, vars, used: new Set(), isShared };
}

/** Refuses values that no spec uses. @throws {InvalidInputError} `INVALID_INPUT`. */
export function refuseUnused({ vars, used }: SpecInput): void {
  const [name] = Object.keys(vars).filter((one) => !used.has(one));
  if (name === undefined) return;

  const names = [...used].toSorted();
  const remedy = names.length === 0 ? 'It uses none: leave --var out.' : `It uses ${names.join(', ')}.`;
  throw wrong(`--var ${name}: the spec does not use \${var:${name}}`, remedy);
}

function wrong(message: string, remedy: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', message, { remedy });
}
