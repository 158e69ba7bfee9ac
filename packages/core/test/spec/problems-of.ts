import { parseSpec } from '../clouds.js';
import { isPosternError } from '../../src/ground/errors.js';
import type { PlacedProblem } from '../../src/internal/spec.js';

/** What is wrong with a spec, one line each: code, place with line, message and remedy; empty where nothing is. */
export function problemsOf(text: string): readonly string[] {
  try {
    parseSpec(text, { file: 'postern.yaml' });
    return [];
  } catch (error) {
    if (!isPosternError(error)) throw error;
    const { problems } = error.details as { readonly problems: readonly PlacedProblem[] };
    return problems.map(
      ({ code, place, message, remedy }) => `${code} ${place.path} (line ${place.line}): ${message} | ${remedy}`,
    );
  }
}
