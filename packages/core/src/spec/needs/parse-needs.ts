import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { regionFault } from '../../ground/text/region-fault.js';
import { needsFaults } from '../../planner/needs/check-needs.js';
import type { Needs } from '../../planner/needs/needs.js';
import { requireArguments } from '../parse/parse-read.js';
import { formOf, readFormText } from '../parse/parse-form.js';
import { isPlainMap } from '../source/source-node.js';
import type { ReadText } from '../source/read-data.js';
import { needsSchema } from './needs-schema.js';

/** How needs are read. */
export interface ParseNeedsOptions {
  /** The clouds that they may be on. */
  readonly clouds: Clouds;
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
export function parseNeeds(text: string, options: ParseNeedsOptions): Needs {
  requireArguments(text, options, 'needs');
  return needsFrom(readFormText(text, options), options);
}

/**
 * As {@link parseNeeds}, for a text that may also be a spec: one without `services` that declares a project, links or integrations.
 * @throws {InvalidInputError} as `parseNeeds`.
 */
export function parseNeedsOrSpec(text: string, options: ParseNeedsOptions): NeedsOrSpec {
  requireArguments(text, options, 'needs');
  const read = readFormText(text, options);
  if (isPlainMap(read.value) && !('services' in read.value)) {
    const { value } = read;
    if (['project', 'links', 'integrations'].some((key) => key in value)) return { isSpec: true };
  }
  return { needs: needsFrom(read, options) };
}

const KIND = { code: 'INVALID_NEEDS', empty: '`postern advise --example` prints needs to start from.' } as const;

function needsFrom(read: ReadText, { clouds, file }: ParseNeedsOptions): Needs {
  const { value, refuse } = formOf(read, needsSchema(clouds), KIND, file);
  const { $schema: _, version: _version, ...needs } = value;
  const regions = clouds.named(needs.provider)?.regions;
  const wrong = regions && regionFault(regions, needs.region);
  refuse([
    ...(wrong === undefined
      ? []
      : [{ code: 'INVALID_NEEDS' as const, message: wrong.message, remedy: wrong.remedy, path: ['region'] }]),
    ...needsFaults(needs, clouds),
  ]);
  return needs;
}
