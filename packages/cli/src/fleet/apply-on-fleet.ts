import { InvalidInputError, type Spec } from '@postern/core/internal/library';
import { counted, displayText } from '@postern/core/internal/report';
import type { FleetAccount, RunOptions, RunRequest } from '@postern/fleet/internal/fleet';
import { confirm, requireAnswer } from '../apply/confirm.js';
import type { CommonOptions } from '../invocation.js';
import { printLines } from '../output/print.js';
import type { Io } from '../process/io.js';
import { loadSpec } from '../spec/load-spec.js';
import { newRunId, runOptionsOf } from './new-run.js';
import { authorOf, openFleet, showRun } from './open-fleet.js';

/** The options of `postern apply` that a run of an engine has, too. */
export interface ApplyOnFleetOptions extends RunOptions, CommonOptions {
  readonly fleet: string;
  readonly region?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly maxDeletes?: number | undefined;
}

/** Options that choose a part of a plan: workers plan a spec as a whole. */
const OF_ONE_MACHINE = ['plan', 'only', 'all', 'deleteInstances', 'maxParallel'];

/** `postern apply --fleet`: sends one spec to an engine, as a run of one wave, and waits for its end. */
export async function applyOnFleet(io: Io, file: string | undefined, options: ApplyOnFleetOptions): Promise<number> {
  const [given] = Object.keys(options).filter((name) => OF_ONE_MACHINE.includes(name));
  if (given !== undefined) {
    const flag = `--${given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new InvalidInputError('INVALID_INPUT', `${flag} is not allowed with --fleet`, {
      remedy: 'Leave it out, or apply the spec on this machine.',
    });
  }

  const { spec } = await loadSpec(file, io, options);
  const accounts = accountsOf(spec);
  requireAnswer(io, options, 'Review the plan with `postern plan`, then add --yes.');
  const client = await openFleet(io, { engine: options.fleet });
  const where = `${counted(accounts.length, 'account')} by the fleet at ${options.fleet}`;
  if (options.yes !== true && !(await confirm(displayText(`Apply project ${spec.project} in ${where}?`)))) {
    printLines(io, 'Nothing was changed.');
    return 1;
  }

  const first = await client.start(requestOf(io, spec, accounts, options));
  return showRun(io, client, first, options.json);
}

function requestOf(io: Io, spec: Spec, accounts: readonly FleetAccount[], options: ApplyOnFleetOptions): RunRequest {
  const { places: _, ...plain } = spec;
  return {
    run: newRunId(spec.project),
    goal: 'apply',
    specs: [{ name: spec.project, spec: plain }],
    accounts,
    waves: [{ name: 'all', specs: [spec.project] }],
    limits: { maxDeletes: options.maxDeletes },
    by: authorOf(io, {}).by,
    options: runOptionsOf(options),
  };
}

/** The accounts that the links of a spec name. @throws {InvalidInputError} `INVALID_SPEC` for a link that names none. */
function accountsOf({ links, places }: Spec): readonly FleetAccount[] {
  const accounts = new Map<string, FleetAccount>();
  for (const [name, { provider, account, assumeRole }] of Object.entries(links)) {
    if (account === undefined) {
      throw new InvalidInputError('INVALID_SPEC', `links.${name}: \`account\` is required with --fleet`, {
        remedy: 'Add the ID of the account, in quotes: workers use no credentials of this machine.',
        place: places?.(`links.${name}`),
      });
    }

    const key = `${provider} ${account}`;
    accounts.set(key, { id: account, provider, role: accounts.get(key)?.role ?? assumeRole });
  }
  return [...accounts.values()];
}
