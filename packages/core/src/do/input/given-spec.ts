import type { Clouds } from '../kinds/cloud/clouds.js';
import { argumentError, checkArgument } from '../forms/check-argument.js';
import { strict } from '../forms/form.js';
import { unchecked } from '../forms/values.js';
import { InvalidInputError } from '../../ground/errors.js';
import { specForm, type Spec } from '../spec.js';

/** A spec that can be read: what `defineSpec` of `@postern/core/spec` returns. */
export interface SpecSource {
  /**
   * The spec with its defaults, on clouds of a set; `region` is of links that name none, the identity in `program` of a spec without one.
   * @throws {InvalidInputError} as `parseSpec` does
   */
  readonly toSpec: (
    clouds?: Clouds,
    region?: (provider: string) => string | undefined,
    program?: Pick<Spec, 'project' | 'spec'>,
  ) => Spec;
}

/** A spec as public functions take it: read by `parseSpec` or `specFrom`, or what `defineSpec` returns. */
export type AnySpec = Spec | SpecSource;

const withClouds = strict<{ readonly clouds: unknown }>()({ clouds: unchecked() });

/**
 * The clouds that a public function was given. @param call the function, for the message
 * @throws {InvalidInputError} `INVALID_INPUT` without them, and for what is not a set
 */
export function givenClouds(call: string, options: { readonly clouds?: Clouds | undefined } | undefined): Clouds {
  // A program without types may lack them.
  if (options !== undefined) checkArgument(call, 'options', withClouds, options, { open: true });
  const { clouds } = options ?? {};
  if (isSet(clouds)) return clouds;

  throw argumentError(call, 'clouds', {
    message: clouds === undefined ? 'the clouds of the spec are not given' : 'expected what clouds() returns',
    remedy:
      'Pass { clouds: clouds([cloud]) }: the value `cloud` is in the entry `/cloud` of the package of each cloud.',
  });
}

/**
 * The spec that a public function was called with.
 * @param call the function, for the message
 * @param clouds of the call
 * @param program where links are that name no region, and the identity of a spec that names none
 * @throws {InvalidInputError} `INVALID_INPUT` with the key; as `parseSpec` for what `defineSpec` returned
 */
export function givenSpec(
  call: string,
  given: AnySpec,
  clouds: Clouds,
  program?: Pick<Spec, 'project' | 'spec'> & {
    readonly driver: { readonly provider: string; readonly region: string };
  },
): Spec {
  const { driver: near } = program ?? {};
  const regionOf = (provider: string) => (provider === near?.provider ? near.region : undefined);
  const spec: unknown = isSource(given) ? given.toSpec(clouds, regionOf, program) : given;
  if (isWritten(spec)) {
    throw new InvalidInputError('INVALID_INPUT', `${call}: \`spec\` is a spec as it is written, and was not read`, {
      place: { path: 'spec' },
      details: { key: 'spec' },
      remedy: 'Pass defineSpec({ … }), or specFrom({ … }), of @postern/core/spec.',
    });
  }

  const read = spec as Spec;
  checkArgument(call, 'spec', specForm(clouds), read);
  return read;
}

const isSet = (given: unknown): given is Clouds =>
  typeof (given as Partial<Clouds> | undefined)?.derived === 'function';

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
