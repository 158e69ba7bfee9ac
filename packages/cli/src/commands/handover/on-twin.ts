import { counted } from '@postern/core/internal/report';
import { createHash } from 'node:crypto';
import { InvalidInputError, memoryJournal, type RegionSnapshot } from '@postern/core/internal/library';
import {
  finishHandover,
  handoverDriver,
  handoverReader,
  planHandover,
  proveHandover,
  runHandover,
  switchHandover,
  watchByCalls,
  type CallPinned,
  type FinishEvent,
  type FinishResult,
  type HandoverEvent,
  type HandoverPlan,
  type HandoverProof,
  type HandoverResult,
} from '@postern/alibaba/internal/handover';
import { showSteps } from '../../apply/show-steps.js';
import { finishLines, showSwitch } from '../../handover/lines.js';
import {
  certificatesOf,
  gatewaysOf,
  variablesOf,
  waiversOf,
  type HandoverOptions,
  readSource,
} from '../../handover/options.js';
import { printLines } from '../../output/print.js';
import type { Io } from '../../process/io.js';
import type { CalledRoute, Twin } from '../rehearse/world.js';
import type { RehearsedRun } from '../rehearse/report.js';
import type { RehearsalOptions } from '../rehearse/rehearsal.js';

/** The options of a rehearsed hand-over. */
export type RehearseHandoverOptions = RehearsalOptions &
  Omit<HandoverOptions, 'source' | 'saveSource'> & {
    readonly vswitch?: readonly string[] | undefined;
    readonly certificate?: readonly string[] | undefined;
    /** Names of routes whose answers may differ. */
    readonly accept?: readonly string[] | undefined;
    readonly keepAlive?: number | undefined;
  };

/** Seconds for which callers of the twin keep an answer of DNS. */
const TTL = 600;

/** The group that is handed over, in the only region of the snapshot that has it. @throws {InvalidInputError} `INVALID_INPUT` */
export function groupInTwin({ snapshot, file }: Twin, groupId: string): HandedOverGroup {
  for (const region of snapshot.regions) {
    const gateway = region.gateways.find(({ id }) => id === groupId);
    if (gateway === undefined) continue;

    const domains = (gateway.settings?.domains ?? []).filter(({ kind }) => kind === 'custom').map(({ name }) => name);
    return { groupId, region, domains };
  }
  throw new InvalidInputError('INVALID_INPUT', `${file} has no API group ${groupId}`, {
    remedy: 'Take a snapshot of its region: `postern snapshot --provider alibaba --region REGION`.',
  });
}

/** An API group of a snapshot, and the names that callers have for it. */
export interface HandedOverGroup {
  readonly groupId: string;
  readonly region: RegionSnapshot;
  readonly domains: readonly string[];
}

/** DNS of the twin: a snapshot has no records, so each custom domain is a CNAME of the group in a zone of the account. */
export function addRecords({ simulation }: Twin, { groupId, region: { region }, domains }: HandedOverGroup): void {
  const dns = (action: string, input: Readonly<Record<string, unknown>>): void =>
    void simulation.callAlibaba({ product: 'Alidns', action, region }, input);
  for (const zone of new Set(domains.map(zoneOf))) dns('AddDomain', { DomainName: zone });
  for (const name of domains) {
    const record = { RR: name.slice(0, -zoneOf(name).length - 1), Type: 'CNAME', TTL };
    dns('AddDomainRecord', { DomainName: zoneOf(name), ...record, Value: `${groupId}-${region}.alicloudapi.com` });
  }
}

const zoneOf = (name: string): string => name.slice(name.indexOf('.') + 1);

/** Why a route of the group is not called: what callers of it need is not in a snapshot, or ends with the group. */
export function whyNotCalled({ live, call }: CalledRoute, { groupId, domains }: HandedOverGroup): string | undefined {
  if (live.gateway.id !== groupId) return undefined;
  if (!domains.includes(call.host)) return 'a name of the group itself, which ends with it';

  return live.guarded === false ? undefined : 'callers sign, and secrets of apps are in no snapshot';
}

/** Plans the hand-over of a group of the twin, builds, proves, switches, waits for the drain and takes the group offline. */
export async function handoverOnTwin(
  io: Io,
  twin: Twin,
  { groupId, region: { region }, domains }: HandedOverGroup,
  options: RehearseHandoverOptions,
): Promise<RehearsedRun> {
  const { simulation, context } = twin;
  const at = { region, api: simulation.alibaba(region) };
  const [reader, driver] = [handoverReader(at), handoverDriver(at)];
  const variables = variablesOf(options);
  const { stage: stages, vswitch: vSwitchIds } = options;
  const asked = { groupId, stages, variables, gateways: gatewaysOf(options), vSwitchIds };
  const { source, targets, vSwitches } = await readSource(reader, context, asked);
  const plan = planHandover(source, {
    targets,
    waivers: waiversOf(options),
    certificates: certificatesOf(options.certificate),
    ...(options.vswitch === undefined ? {} : { purchase: { vSwitchIds: options.vswitch, vSwitches } }),
  });
  const show = options.json === true ? () => undefined : (text: string) => printLines(io, text);
  const as = options.json === true ? 'nothing' : 'text';
  const journal = memoryJournal();
  const tools = { context, journal };

  // Failures are in the results.
  const onFailure = () => undefined;
  const events = runHandover(plan, driver, { ...tools, variables, allowPurchase: true });
  const target = await showSteps<HandoverEvent, HandoverResult>(io, events, { as, onFailure });
  if (target !== undefined && target.state !== 'built') {
    const { failures, notes } = target;
    return { ok: false, summary: 'The target is not built.', failures, notes };
  }

  const call = callPinned(twin);
  const prove = (accept: readonly string[]): Promise<HandoverProof> =>
    proveHandover(plan, driver, { context, call, accept, now: () => Date.now() });
  const unknown = routesOf(await prove([])).filter(({ verdict }) => verdict === 'unknown');
  const proof = await prove([...new Set([...(options.accept ?? []), ...unknown.map(({ route }) => route)])]);
  const failed = routesOf(proof).filter(({ verdict }) => verdict === 'failed');
  const proven = routesOf(proof).filter(({ verdict }) => verdict === 'proven').length;
  show(`${proven} of ${counted(routesOf(proof).length, 'route')} proven, ${unknown.length} not known.`);
  const notes = [
    ...domains.map(
      (name) => `${name} was taken for a CNAME of the group in a zone of the account, with a TTL of 10 minutes.`,
    ),
    ...unknown.map(({ key, message }) => `${key} is not proven: ${message}.`),
  ];
  if (!proof.ready) {
    const failures = failed.map(({ key, code, message }) => ({ step: key, code, message }));
    return { ok: false, summary: 'The target is not proven.', failures, notes };
  }

  const watch = watchByCalls(plan, driver, proof, { context, call, now: () => Date.now() });
  const switched = await showSwitch(io, switchHandover(plan, driver, proof, { ...tools, variables, watch }), as);
  if (switched?.state !== 'switched') {
    return {
      ok: false,
      summary: `The switch is ${switched?.state ?? 'not done'}.`,
      failures: switched?.failures ?? [],
      notes,
    };
  }

  const { keepAlive = 3_600_000 } = options;
  await context.clock.sleep(keepAlive + 2 * TTL * 1_000, context.signal);
  const finish = { remove: ['offline'], acceptUnwatched: true, keepAliveMs: keepAlive } as const;
  const ending = finishHandover(plan, driver, { ...tools, ...finish });
  const end = await showSteps<FinishEvent, FinishResult>(io, ending, { as: 'nothing', onFailure });
  if (end === undefined) return { ok: false, summary: 'The hand-over did not end.', failures: [], notes };

  for (const text of finishLines(end)) show(text);
  const { state, failures } = end;
  return { ok: state === 'finished', summary: `The hand-over is ${state}${built(plan)}.`, failures, notes };
}

const routesOf = ({ stages }: HandoverProof) => stages.flatMap(({ routes }) => routes);

const built = ({ stages }: HandoverPlan): string =>
  `: ${counted(
    stages.reduce((sum, { routes }) => sum + routes.length, 0),
    'route',
  )} on ${counted(stages.length, 'gateway')}`;

/** Calls the gateways of the twin; the target at its address. */
function callPinned({ callGateway }: Twin): CallPinned {
  return async ({ side, address, host, path, headers, ...call }) => {
    const pinned = side === 'target' && address !== undefined ? { 'x-postern-address-of': address } : {};
    const { body = '', ...answer } = await callGateway({
      ...call,
      url: `http://${host}${path}`,
      headers: { ...headers, ...pinned },
    });
    return { ...answer, bodyHash: createHash('sha256').update(body).digest('hex') };
  };
}
