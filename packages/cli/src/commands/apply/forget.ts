import { InvalidInputError, type Spec } from '@postern/core/internal/library';
import { observeSpec, planForget, planText } from '@postern/core/internal/plan';
import { specIdOf } from '@postern/core/internal/spec';
import { confirmAndApply } from '../../apply/confirmation.js';
import { requireAnswer } from '../../apply/confirm.js';
import { elsewhereOf } from '../../apply/elsewhere.js';
import { requireFreeJournal } from '../../apply/journal.js';
import type * as grammar from './grammar.js';
import type { CallOf, OptionsOf } from '../../grammar/options.js';
import { painter } from '../../output/colors.js';
import { fitText } from '../../output/layout.js';
import { printJson } from '../../output/print.js';
import type { Io } from '../../process/io.js';
import { openSession } from '../../session/open-session.js';
import { providerOf } from '../../session/provider-of.js';
import { requireRegionOf } from '../../session/region-of-environment.js';
import { cloudsOf } from '../../spec/brought-clouds.js';
import { loadSpecIfAny, type LoadedSpec } from '../../spec/load-spec.js';
import { noteRegions } from '../../spec/region-option.js';

/** Files that hold specs: a name of the spec does not end so. */
const SPEC_FILE = /\.(?:ya?ml|json|[cm]?[jt]s)$/;

/** `postern forget`: removes the marks of what the spec owns, or of some of it, and deletes nothing. */
export async function run({ io, args, options }: CallOf<typeof grammar.forget>): Promise<number> {
  const [first = ''] = args;
  const file = options.spec ?? (SPEC_FILE.test(first) ? first : undefined);
  const given = file === undefined ? args : args.slice(1);
  const names = given.length === 0 ? undefined : given;
  const loaded = await specOf(io, file, names, options);
  const { spec, clouds, folder } = loaded;
  if (options.dryRun !== true) {
    requireAnswer(io, options, 'Review the changes with `postern forget --dry-run`, then add --yes.');
    await requireFreeJournal(folder, spec.project);
  }
  const session = await openSession(io, { ...options, spec });
  const snapshot = await observeSpec(spec, session.drivers, session.context, {
    all: true,
    elsewhere: await elsewhereOf(loaded, options),
  });
  if (names === undefined) noteRegions(io, snapshot);
  const plan = planForget(snapshot, spec, { clouds, names });
  if (options.dryRun !== true) return confirmAndApply({ io, plan, spec, folder, session, options, verb: 'Forget' });

  if (options.json === true) printJson(io, plan);
  else io.stdout.write(fitText(planText(plan, { paint: painter(io) }), io.stdout.columns));
  return 0;
}

/** The spec of a file; where `--project` is given, what a lost spec owned in one region. */
async function specOf(
  io: Io,
  file: string | undefined,
  names: readonly string[] | undefined,
  options: OptionsOf<typeof grammar.forget>,
): Promise<LoadedSpec> {
  if (options.project === undefined) {
    const loaded = await loadSpecIfAny(file, io, options);
    if (loaded !== undefined) return loaded;

    throw new InvalidInputError('INVALID_INPUT', 'no project given', {
      remedy: 'Add --project, or run this in the folder of the spec.',
    });
  }

  const clouds = await cloudsOf(io);
  const provider = providerOf(clouds, options.provider, names?.[0], options.region);
  const region = await requireRegionOf(io, provider, options.region);
  const { project, specId, profile } = options;
  const link = { provider, region, profile, owner: 'external', tags: {} } as const;
  const spec: Spec = {
    version: 1,
    project,
    spec: specId ?? specIdOf(project),
    links: { [`--region ${region}`]: link },
    integrations: {},
  };
  return { spec, clouds, folder: io.cwd };
}
