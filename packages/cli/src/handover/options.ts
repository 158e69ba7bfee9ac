import { defined, InvalidInputError, type CallContext } from '@postern/core/internal/adapter';
import {
  parseWaiver,
  type HandoverSource,
  type Waiver,
  handoverDriver,
  readHandoverPlan,
  type HandoverPlan,
  type ResolveName,
  handoverReader,
  readHandoverSource,
  type HandoverReader,
  type PurchaseVSwitch,
  type TargetGateway,
} from '@postern/alibaba/internal/handover';
import type { assess } from '../commands/handover/grammar.js';
import type { OptionsOf } from '../grammar/options.js';
import { momentOf } from '../report/finding-options.js';
import type { CommonOptions } from '../invocation.js';
import type { Io } from '../process/io.js';
import { readFile } from '../process/read-file.js';
import { jsonText } from '@postern/core/internal/report';
import { note } from '../output/print.js';
import { writeOutput } from '../output/files.js';
import { refusePlaceBesideFile } from '../spec/region-option.js';

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

/** A group, and the gateways that were named for it. */
export interface TakenSource {
  readonly source: HandoverSource;
  readonly targets: readonly TargetGateway[];
  /** Those of the vSwitches of a purchase that exist; undefined where nothing is called. */
  readonly vSwitches?: readonly PurchaseVSwitch[] | undefined;
}

type SourceOptions = HandoverOptions & CommonOptions & { readonly vswitch?: readonly string[] | undefined };

/**
 * Reads a group from the cloud, or from a file without any call: gateways that are named then count as they are named.
 * @throws {InvalidInputError} `INVALID_INPUT`, `REGION_MISSING`
 */
export async function takeSource(io: Io, args: readonly string[], options: SourceOptions): Promise<TakenSource> {
  const [groupId, extra] = args;
  if (extra !== undefined) throw wrong(`unexpected argument ${JSON.stringify(extra)}`, 'Name one API group.');

  const taken =
    options.source === undefined ? await readCloud(io, groupId, options) : await readSaved(io, options.source, options);
  if (options.source !== undefined) refusePlaceBesideFile(options.source, [taken.source], options);
  if (groupId !== undefined && taken.source.group.id !== groupId) {
    throw wrong(`the file is of the group ${taken.source.group.id}`, `Name ${taken.source.group.id}, or no group.`);
  }

  if (options.saveSource !== undefined) {
    await writeOutput(io, options.saveSource, `${jsonText(taken.source, 2)}\n`);
    note(io, `what was read is in ${options.saveSource}`);
  }
  return taken;
}

async function readCloud(io: Io, groupId: string | undefined, options: SourceOptions): Promise<TakenSource> {
  if (groupId === undefined) throw wrong('no API group given', 'Name an API group, or a file with --source.');

  const gateways = gatewaysOf(options);
  const variables = variablesOf(options);
  const { reader, context } = await openReader(io, options);
  const { stage: stages, vswitch: vSwitchIds } = options;
  return readSource(reader, context, { groupId, stages, variables, gateways, vSwitchIds });
}

/** Reads a group, and the gateways that are named for its stages. */
export async function readSource(
  reader: HandoverReader,
  context: CallContext,
  {
    gateways,
    vSwitchIds = [],
    ...request
  }: Parameters<HandoverReader['read']>[0] & {
    readonly gateways: ReturnType<typeof gatewaysOf>;
    readonly vSwitchIds?: readonly string[] | undefined;
  },
): Promise<TakenSource> {
  const source = await reader.read(request, context);
  const targets: TargetGateway[] = [];
  for (const { id, stage } of gateways) {
    const found = await reader.target(id, context);
    targets.push(stage === undefined ? found : { ...found, stage });
  }
  return { source, targets, vSwitches: await reader.vSwitches(vSwitchIds, context) };
}

/** Opens the cloud, or the simulator, in the region that is given. @throws {InvalidInputError} `REGION_MISSING` */
export async function openReader(io: Io, options: Pick<HandoverOptions, 'region'> & CommonOptions) {
  const { openSession } = await import('../session/open-session.js');
  const { requireRegionOf } = await import('../session/region-of-environment.js');
  const region = await requireRegionOf(io, 'alibaba', options.region);
  const { context, simulated } = await openSession(io, { debug: options.debug, notesWaits: true });
  const reader = handoverReader({ region, ...defined({ simulator: simulated }) });
  return { reader, context };
}

async function readSaved(io: Io, file: string, options: HandoverOptions): Promise<TakenSource> {
  const saved = readHandoverSource(await readFile(io, file), { file });
  const stages = options.stage ?? saved.stages;
  const source: HandoverSource = {
    ...saved,
    stages: [...stages],
    apis: saved.apis.map((api) => ({
      ...api,
      deployments: api.deployments.filter(({ stage }) => stages.includes(stage)),
    })),
    variables: { ...saved.variables, ...variablesOf(options) },
  };
  const [vpcId = ''] = [...saved.accesses.map((access) => access.vpcId), saved.instance?.vpcId ?? ''];
  const targets = gatewaysOf(options).map(({ id, stage }): TargetGateway => {
    note(io, `${id} was not read: nothing is called with --source`);
    return {
      id,
      name: id,
      region: saved.region,
      vpcId,
      vSwitchIds: [],
      status: 'Running',
      type: 'API',
      access: ['Internet', 'Intranet'],
      ...defined({ stage }),
    };
  });
  return { source, targets };
}
