import { defined, InvalidInputError } from '@postern/core/internal/adapter';
import {
  parseWaiver,
  type HandoverSource,
  type Waiver,
  handoverDriver,
  readHandoverPlan,
  type HandoverPlan,
  type ResolveName,
} from '@postern/alibaba/internal/handover';
import type { assess } from '../commands/handover/grammar.js';
import type { OptionsOf } from '../grammar/options.js';
import { momentOf } from '../report/finding-options.js';
import type { CommonOptions } from '../invocation.js';
import { type Io, readFile } from '../process/io.js';

/** Options of all commands of `postern handover` that read a group. */
export type HandoverOptions = OptionsOf<typeof assess>;

/** `RELEASE.HOST=10.10.0.7`, repeated. @throws {InvalidInputError} `INVALID_INPUT` */
export function variablesOf({ variable = [] }: HandoverOptions): HandoverSource['variables'] {
  const values: Record<string, Record<string, string>> = {};
  for (const text of variable) {
    const [, stage, name, value] = /^([\w-]+)\.(\w+)=(.+)$/s.exec(text) ?? [];
    if (stage === undefined || name === undefined || value === undefined) {
      throw wrong('--variable expects STAGE.NAME=VALUE', 'Write it as in --variable RELEASE.HOST=10.10.0.7.');
    }

    (values[stage] ??= {})[name] = value;
  }
  return values;
}

/** `gw-1`, `TEST=gw-2`, repeated. @throws {InvalidInputError} `INVALID_INPUT` */
export function gatewaysOf({
  gateway = [],
}: HandoverOptions): readonly { readonly id: string; readonly stage?: string }[] {
  return gateway.map((text) => {
    const [, stage, id] = /^(?:([\w-]+)=)?(gw-[\w-]+)$/.exec(text) ?? [];
    if (id === undefined) {
      throw wrong(`--gateway ${text}: expected the ID of a gateway`, 'Write it as in gw-d41d8cd9 or TEST=gw-d41d8cd9.');
    }

    return { id, ...defined({ stage }) };
  });
}

/** `api.example.com=1234567-cn-hangzhou`, repeated. @throws {InvalidInputError} `INVALID_INPUT` */
export function certificatesOf(given: readonly string[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((text) => {
      const [, domain, id] = /^([^=]+)=(.+)$/.exec(text) ?? [];
      if (domain === undefined || id === undefined) {
        throw wrong(
          '--certificate expects DOMAIN=ID',
          'Write it as in --certificate api.example.com=1234567-cn-hangzhou.',
        );
      }

      return [domain, id];
    }),
  );
}

export const waiversOf = ({ waive = [] }: HandoverOptions): readonly Waiver[] => waive.map((text) => parseWaiver(text));

/** The instant that deadlines are counted from. */
export const nowOf = ({ now }: HandoverOptions): string | undefined =>
  now === undefined ? undefined : new Date(momentOf('--now', now)).toISOString();

const wrong = (message: string, remedy: string): InvalidInputError =>
  new InvalidInputError('INVALID_INPUT', message, { remedy });

/** Reads the plan that is named, and opens the cloud, or the simulator, in its region. @throws {InvalidInputError} `INVALID_INPUT` */
export async function openPlan(io: Io, [file = '']: readonly string[], { debug }: CommonOptions) {
  const plan: HandoverPlan = readHandoverPlan(await readFile(io, file), { file });
  const { openSession } = await import('../session/open-session.js');
  const { context, simulated, simulator } = await openSession(io, { debug });
  const driver = handoverDriver({ region: plan.region, ...defined({ simulator: simulated }) });
  return { plan, driver, context, simulator };
}

/** The name of the journal of a hand-over: its run, switch and rollback share it. */
export const journalName = ({ handover }: HandoverPlan): string => `handover-${handover.slice(0, 8)}`;

/** What asks resolvers for names. None in a simulator: its names are not in the DNS of this machine. */
export async function resolverOf(
  { resolver }: { readonly resolver?: readonly string[] | undefined },
  simulator: string | undefined,
): Promise<ResolveName | undefined> {
  if (simulator !== undefined) return undefined;

  const { createResolveName } = await import('./resolve-names.js');
  return createResolveName(resolver);
}
