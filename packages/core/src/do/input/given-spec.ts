import { clouds as noClouds, type Clouds } from '../kinds/cloud/clouds.js';
import { argumentError, checkArgument } from '../forms/check-argument.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { Spec } from '../spec.js';
import { specForm } from './spec-form.js';

/** A spec that can be read: what `defineSpec` of `@postern/core/spec` returns. */
export interface SpecSource {
  /** The spec with its defaults, on clouds of a set. @throws {InvalidInputError} as `parseSpec` does */
  readonly toSpec: (clouds?: Clouds) => Spec;
}

/** A spec as public functions take it: read by `parseSpec` or `specFrom`, or what `defineSpec` returns. */
export type AnySpec = Spec | SpecSource;

/**
 * The spec that a public function was called with.
 * @param call the function, for the message
 * @param clouds of its driver, for a spec that has no set: what `defineSpec` returned, and one that was JSON in between
 * @throws {InvalidInputError} `INVALID_INPUT` with the key, and where no set of clouds is given; as `parseSpec` for what `defineSpec` returned
 */
export function givenSpec(call: string, given: AnySpec, clouds?: Clouds): Spec {
  const spec: unknown = isSource(given) ? given.toSpec(clouds) : given;
  if (isWritten(spec)) {
    throw new InvalidInputError('INVALID_INPUT', `${call}: \`spec\` is a spec as it is written, and was not read`, {
      place: { path: 'spec' },
      details: { key: 'spec' },
      remedy: 'Pass defineSpec({ … }), or specFrom({ … }), of @postern/core/spec.',
    });
  }
  const read = withClouds(spec, clouds);
  if (typeof read === 'object' && (read as Spec | null) !== null && 'links' in read && !isSet(read.clouds)) {
    throw argumentError(call, 'spec.clouds', {
      message: 'the spec has no set of clouds, because it was JSON in between',
      remedy: 'Pass { ...spec, clouds }, or read it again with parseSpec or specFrom.',
    });
  }
  checkArgument(call, 'spec', specForm(isSet(read?.clouds) ? read.clouds : noClouds([])), read);
  return read;
}

/** A spec that was JSON in between has no set. */
function withClouds(spec: unknown, clouds: Clouds | undefined): Spec | undefined {
  const given = spec as Spec;
  return typeof spec === 'object' && spec !== null && clouds !== undefined && 'links' in spec && !('clouds' in spec)
    ? { ...given, clouds }
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
