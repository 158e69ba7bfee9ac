import { defined, InvalidInputError, type CallContext } from '@postern/core/internal/adapter';
import {
  handoverReader,
  readHandoverSource,
  type HandoverReader,
  type HandoverSource,
  type PurchaseVSwitch,
  type TargetGateway,
} from '@postern/alibaba/internal/handover';
import { jsonText } from '@postern/core/internal/report';
import type { CommonOptions } from '../invocation.js';
import { note } from '../output/print.js';
import { writeOutput } from '../output/files.js';
import { type Io, readFile } from '../process/io.js';
import { refusePlaceBesideFile } from '../spec/region-option.js';
import { gatewaysOf, variablesOf, type HandoverOptions } from './options.js';

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

const wrong = (message: string, remedy: string): InvalidInputError =>
  new InvalidInputError('INVALID_INPUT', message, { remedy });
