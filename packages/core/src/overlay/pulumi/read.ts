import { InvalidInputError } from '../../ground/errors.js';
import { looseList, looseMembers, looseText, looseTexts } from '../declared/open.js';
import { parsePlan, type Value, refuseLongPlan } from '../declared/values.js';
import { refuseOthers } from '../declared/mistaken.js';

type Members = Readonly<Record<string, Value>>;

/** A resource in a step. @see https://github.com/pulumi/pulumi `sdk/go/common/apitype/core.go`, `ResourceV3` */
export interface PulumiState {
  readonly urn: string;
  readonly type: string;
  readonly id?: string | undefined;
  readonly inputs: Members;
  readonly outputs: Members;
  readonly provider?: string | undefined;
  /** By property the URNs of the resources from which its value comes. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** The URNs of the resources that it comes after, by its properties and by the option `dependsOn`. */
  readonly dependencies: readonly string[];
}

/** A step of a preview. @see https://github.com/pulumi/pulumi `pkg/display/json.go`, `PreviewStep` */
export interface PulumiStep {
  readonly op: string;
  readonly urn: string;
  readonly oldState?: PulumiState | undefined;
  readonly newState?: PulumiState | undefined;
}

/** What is used of `pulumi preview --json`. */
export interface PulumiPreview {
  readonly config: Readonly<Record<string, string>>;
  readonly steps: readonly PulumiStep[];
  /** How many errors the preview ended with. Their texts may have values, and are not kept. */
  readonly errors: number;
}

const WRITE = 'Write the preview with `pulumi preview --json > preview.json`.';

/**
 * Reads the output of `pulumi preview --json`.
 * @throws {InvalidInputError} `INVALID_INPUT` for anything else, with what it is; `INPUT_TOO_LARGE`
 */
export function readPulumi(text: string, file?: string): PulumiPreview {
  refuseLongPlan(text, file);
  const refused = (what: string): InvalidInputError =>
    new InvalidInputError('INVALID_INPUT', `${file ?? 'the preview'}: ${what}`, { place: { file }, remedy: WRITE });
  const bare = text.replace(/^\uFEFF/, '').trim();
  if (!bare.startsWith('{')) throw refused(bare === '' ? 'it is empty' : 'it is not JSON');
  if (/^\{[^\n]*"sequence":/.test(bare.slice(0, 2000)) && /\}[^\S\n]*\n\s*\{/.test(bare))
    throw refused('it is a stream of events, not a preview. Unset PULUMI_ENABLE_STREAMING_JSON_PREVIEW');

  const value = parsePlan(bare, file);
  refuseOthers(value, 'pulumi', file);
  const { config, steps, diagnostics, changeSummary } = looseMembers(value);
  if (steps === undefined && changeSummary === undefined && diagnostics === undefined)
    throw refused('it is not a preview: `steps` is missing');
  if (steps !== undefined && !Array.isArray(steps)) throw refused('steps is not a list');

  const severities = looseList(diagnostics).map((one) => looseText(one['severity']) ?? '');
  return {
    config: Object.fromEntries(
      Object.entries(looseMembers(config)).filter((one): one is [string, string] => typeof one[1] === 'string'),
    ),
    steps: looseList(steps).flatMap((one): readonly PulumiStep[] => {
      const [op, urn] = [looseText(one['op']), looseText(one['urn'])];
      if (op === undefined || urn === undefined) return [];

      return [{ op, urn, oldState: stateIn(one['oldState'], urn), newState: stateIn(one['newState'], urn) }];
    }),
    // `error`, or `info#err` of a program that failed
    errors: severities.filter((one) => /^(?:error|info#err)$/.test(one)).length,
  };
}

function stateIn(value: unknown, urn: string): PulumiState | undefined {
  if (typeof value !== 'object' || value === null) return undefined;

  const state = looseMembers(value);
  const depends = Object.entries(looseMembers(state['propertyDependencies']));
  return {
    urn,
    type: looseText(state['type']) ?? '',
    id: looseText(state['id']),
    inputs: looseMembers(state['inputs']) as Members,
    outputs: looseMembers(state['outputs']) as Members,
    provider: looseText(state['provider']),
    dependencies: looseTexts(state['dependencies']),
    propertyDependencies: Object.fromEntries(depends.map(([name, urns]) => [name, looseTexts(urns)])),
  };
}
