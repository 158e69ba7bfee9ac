import type { SourcePlace } from '../../ground/errors.js';
import { regionFault } from '../../ground/text/region-fault.js';
import { needsFaults } from '../../planner/needs/check-needs.js';
import type { Needs } from '../../planner/needs/needs.js';
import { specError, type Problem } from '../problems/problem.js';
import { problemsOf } from '../problems/schema-issues.js';
import { sourcePlaceOf } from '../source/places.js';
import { isPlainMap } from '../source/plain-value.js';
import { readJson } from '../source/read-json.js';
import type { ReadText } from '../source/read-text.js';
import { readYaml } from '../source/read-yaml.js';
import { needsSchema } from './needs-schema.js';

/** How needs are read. */
export interface ParseNeedsOptions {
  /** The name of the file, for errors. */
  readonly file?: string | undefined;
  /** The text is JSON and not YAML. */
  readonly json?: boolean | undefined;
}

/** A text that is needs, or one that is a spec. */
export type NeedsOrSpec = { readonly needs: Needs } | { readonly isSpec: true };

/**
 * Reads needs from YAML 1.2 or JSON.
 * @throws {InvalidInputError} with line and column, and a remedy: `INPUT_TOO_LARGE`, `INVALID_YAML`, `INVALID_NEEDS`,
 * `CONTRADICTING_NEEDS`. `details.problems` lists all that were found.
 */
export function parseNeeds(text: string, options: ParseNeedsOptions = {}): Needs {
  const read = readFrom(text, options);
  return needsFrom(read, options);
}

/**
 * As {@link parseNeeds}, for a text that may also be a spec: one without `services` that declares a project, links or integrations.
 * @throws {InvalidInputError} as `parseNeeds`.
 */
export function parseNeedsOrSpec(text: string, options: ParseNeedsOptions = {}): NeedsOrSpec {
  const read = readFrom(text, options);
  if (isPlainMap(read.value) && !('services' in read.value)) {
    const { value } = read;
    if (['project', 'links', 'integrations'].some((key) => key in value)) return { isSpec: true };
  }
  return { needs: needsFrom(read, options) };
}

function readFrom(text: string, { file, json }: ParseNeedsOptions): ReadText {
  return json === true ? readJson(text, { file }) : readYaml(text, { file });
}

function needsFrom(read: ReadText, { file }: ParseNeedsOptions): Needs {
  const place = (problem: Problem): SourcePlace =>
    sourcePlaceOf(read, file, problem.path, problem.key === true ? 'key' : 'value');
  if (read.value === null) {
    const remedy = '`postern advise --example` prints needs to start from.';
    throw specError([{ code: 'INVALID_NEEDS', message: 'the file is empty', remedy, path: [] }], place);
  }
  const judged = needsSchema.safeParse(read.value, { reportInput: true });
  if (!judged.success) {
    throw specError(
      problemsOf(judged.error.issues).map((one) => ({ ...one, code: 'INVALID_NEEDS' })),
      place,
    );
  }
  const { $schema: _, ...needs } = judged.data;
  const wrong = regionFault(needs.provider, needs.region);
  const problems: readonly Problem[] = [
    ...(wrong === undefined
      ? []
      : [{ code: 'INVALID_NEEDS' as const, message: wrong.message, remedy: wrong.remedy, path: ['region'] }]),
    ...needsFaults(needs),
  ];
  if (problems.length > 0) throw specError(problems, place);
  return needs;
}
