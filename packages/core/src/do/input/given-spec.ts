import type { Clouds } from '../kinds/cloud/clouds.js';
import { BUILT_IN } from '../kinds/built-in/built-in.js';
import { checkArgument } from '../forms/check-argument.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { Spec } from '../spec.js';
import { specForm } from './spec-form.js';

/** A spec that can be read: what `defineSpec` of `@postern/core/spec` returns. */
export interface SpecSource {
  /** The spec with its defaults. @throws {InvalidInputError} as `parseSpec` does */
  readonly toSpec: () => Spec;
}

/** A spec as public functions take it: read by `parseSpec` or `specFrom`, or what `defineSpec` returns. */
export type AnySpec = Spec | SpecSource;

/**
 * The spec that a public function was called with.
 * @param call the function, for the message
 * @throws {InvalidInputError} `INVALID_INPUT` with the key; as `parseSpec` for what `defineSpec` returned
 */
export function givenSpec(call: string, given: AnySpec): Spec {
  const spec: unknown = isSource(given) ? given.toSpec() : given;
  if (isWritten(spec)) {
    throw new InvalidInputError('INVALID_INPUT', `${call}: \`spec\` is a spec as it is written, and was not read`, {
      place: { path: 'spec' },
      details: { key: 'spec' },
      remedy: 'Pass defineSpec({ … }), or specFrom({ … }), of @postern/core/spec.',
    });
  }
  const read = withClouds(spec) as Spec | undefined;
  checkArgument(call, 'spec', specForm(isSet(read?.clouds) ? read.clouds : BUILT_IN), read);
  return read as Spec;
}

/** Data without a set, such as a spec that was JSON in between, is of the clouds that are built in. */
function withClouds(spec: unknown): Spec {
  const given = spec as Spec;
  return typeof spec === 'object' && spec !== null && 'links' in spec && !('clouds' in spec)
    ? { ...given, clouds: BUILT_IN }
    : given;
}

const isSet = (given: unknown): given is Clouds =>
  typeof (given as Partial<Clouds> | undefined)?.linkKind === 'function';

function isSource(given: unknown): given is SpecSource {
  return typeof given === 'object' && given !== null && typeof (given as Partial<SpecSource>).toSpec === 'function';
}

/** Whether a value has the members of a file and not those of a `Spec`, where links and integrations always have tags and settings. */
function isWritten(spec: unknown): boolean {
  if (typeof spec !== 'object' || spec === null || !('version' in spec) || !('project' in spec)) return false;
  const { links, integrations } = spec as Readonly<Record<string, unknown>>;
  if (links === undefined || integrations === undefined || 'defaults' in spec) return true;
  const members = (map: unknown): unknown[] => (typeof map === 'object' && map !== null ? Object.values(map) : []);
  const isWrittenTarget = (one: unknown): boolean => typeof one === 'object' && one !== null && !('ref' in one);
  return (
    members(links).some((one) => typeof one === 'object' && one !== null && !('tags' in one)) ||
    members(integrations).some((one) => members((one as { targets?: unknown } | null)?.targets).some(isWrittenTarget))
  );
}
