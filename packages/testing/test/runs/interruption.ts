import { isPosternError, memoryJournal, PosternError, type Journal } from '@postern/core/internal/library';
import { SeededRandom, simulate, type SavedWorld, type Simulation } from '@postern/simulator/internal/simulation';
import { shapeOf, type Inventory } from '../../src/harness/inventory/inventory.js';
import type { InventoryRow } from '../../src/harness/inventory/row-of.js';
import { callText, delivered } from '../../src/harness/load-routes.js';
import { moveInventory } from '../../src/harness/moves/move-rows.js';
import { VirtualProcess } from '../../src/harness/trial/virtual-process.js';
import type { Built, Command, Row } from './command.js';

const SETTINGS = { seed: 7, throttle: false, clock: 'auto' } as const;
/** After this time every change has taken effect, in simulated milliseconds. */
const SETTLED_MS = 900_000;
/** Of the start of a second command, in simulated milliseconds: after it most commands are over. */
const LATEST_MS = 12_000;

/** How a command ends in the middle: at the k-th request of a cloud. */
export const ENDS = [
  'abort', // its signal is aborted while the request is sent
  'kill', // before the request has an effect
  'kill-after', // after it, before the answer is heard
] as const;

export type End = (typeof ENDS)[number];

/** A row whose world was made, and what comes of the command where nothing ends it. */
export interface Ready {
  readonly row: Row;
  readonly built: Built;
  readonly world: SavedWorld;
  readonly start: Inventory;
  readonly records: Awaited<ReturnType<Journal['read']>>;
  /** The requests that the command makes. */
  readonly requests: readonly string[];
  readonly end: readonly string[];
}

/** Makes the world of a row, and carries its command out once. */
export async function ready(row: Row): Promise<Ready> {
  const simulation = simulate(SETTINGS);
  const built = await row.build(simulation);
  const journal = memoryJournal();
  const start = all(simulation, row);
  for (const command of built.before ?? []) await carryOut(command, processOf(simulation, journal));
  const world = simulation.world();
  const records = await journal.read();
  const requests: string[] = [];
  await carryOut(
    built.command,
    processOf(simulation, journal, (operation) => void requests.push(operation)),
  );
  return { row, built, world, start, records, requests, end: await endOf(simulation, row, built, start) };
}

/**
 * Ends the command at its k-th request, gives it again, and returns the end; or why the second one failed. `between` is what somebody
 * else does before that.
 */
export async function interrupted(
  { row, built, world, start, records }: Ready,
  at: number,
  end: End,
  between?: Command,
): Promise<readonly string[]> {
  const simulation = simulate(SETTINGS);
  simulation.load(world);
  const journal = memoryJournal();
  for (const record of records) await journal.append(record);
  const stop = new AbortController();
  let requests = 0;
  const first = processOf(simulation, journal, () => {
    const isNow = requests === at;
    requests += 1;
    if (isNow && end === 'abort') stop.abort(new PosternError('ABORTED', 'the operator ended it'));
    return isNow && end !== 'abort' ? end : undefined;
  });
  try {
    await carryOut(built.command, first, stop.signal);
  } catch (error) {
    if (!isPosternError(error, 'ABORTED')) return [`the first one: ${text(error)}`];
  }
  try {
    if (between !== undefined) await carryOut(between, processOf(simulation, memoryJournal()));
    await carryOut(built.command, processOf(simulation, journal));
  } catch (error) {
    return [`again: ${text(error)}`];
  }
  return endOf(simulation, row, built, start);
}

/**
 * Carries the command out on two machines at once, or `beside` another one, each with a journal of its own; with
 * `again`, once more after them, on a third.
 */
export async function together(
  { row, built, world, start, records }: Ready,
  {
    seed,
    lags,
    again = false,
    beside = built.command,
  }: { readonly seed: number; readonly lags: boolean; readonly again?: boolean; readonly beside?: Command },
): Promise<readonly string[]> {
  const simulation = simulate(SETTINGS);
  simulation.load(world);
  // Keeps the past for reads that are stale.
  if (lags) simulation.faults.add({ kind: 'stale', operation: 'none' });
  const random = new SeededRandom(seed, 21);
  const ends = [built.command, beside].map(async (command) => {
    // Two of a kind meet in the middle at once; another one comes at any moment.
    if (command !== built.command) await simulation.clock.sleep(random.next() * LATEST_MS);
    const journal = memoryJournal();
    for (const record of records) await journal.append(record);
    const process = new VirtualProcess(simulation, {
      happens: () => undefined,
      random: () => random.next(),
      journal,
      latencyMs: () => 200,
      lags: () => (lags ? 'lists' : undefined),
    });
    return command(process, new AbortController().signal).then(
      () => [],
      // Of two that contradict each other one may be refused, by a code.
      (error: unknown) => (beside !== built.command && hasCode(error) ? [] : [`failed: ${text(error)}`]),
    );
  });
  const failed = (await Promise.all(ends)).flat();
  if (again) {
    await simulation.advance(SETTLED_MS);
    await carryOut(built.command, processOf(simulation, memoryJournal()));
  }
  return [...failed, ...(await endOf(simulation, row, built, start))];
}

/** In what an end differs from that without an interruption. */
export function differences({ end }: Ready, now: readonly string[]): string | undefined {
  if (now.join('\n') === end.join('\n')) return undefined;
  const missing = without(end, now);
  const added = without(now, end);
  return `${now.length} lines, not ${end.length}; missing: ${missing.join('; ')}; added: ${added.join('; ')}`;
}

/** The lines that others do not have, each as often as they lack it. */
function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

const hasCode = (error: unknown): boolean => typeof (error as { readonly code?: unknown }).code === 'string';

function text(error: unknown): string {
  return isPosternError(error)
    ? `${error.code}: ${error.message}`
    : String(error instanceof Error ? error.stack : error);
}

/** Ends when the command does, or when its process is killed. */
async function carryOut(command: Command, process: VirtualProcess, signal?: AbortSignal): Promise<void> {
  await Promise.race([command(process, signal ?? new AbortController().signal), process.killed]);
}

function processOf(
  simulation: Simulation,
  records: Journal,
  onRequest: (operation: string) => Exclude<End, 'abort'> | undefined | void = () => undefined,
): VirtualProcess {
  const random = new SeededRandom(1, 21);
  // The lock of a process that was killed is free.
  const journal: Journal = { ...records, lock: () => Promise.resolve({ release: () => Promise.resolve() }) };
  return new VirtualProcess(simulation, {
    happens: (deed) => (deed.is === 'call' ? onRequest(deed.operation) || undefined : undefined),
    random: () => random.next(),
    journal,
  });
}

/** Rules, blocks and methods are rows of their own. */
function all(simulation: Simulation, { place }: Row): Inventory {
  return moveInventory(simulation, place);
}

/** What there is, without the names that the cloud gave, what is gone, and which calls are answered. */
async function endOf(simulation: Simulation, row: Row, built: Built, start: Inventory): Promise<readonly string[]> {
  await simulation.advance(SETTLED_MS);
  const now = all(simulation, row);
  const rows = [...now.values()].flatMap((one): readonly InventoryRow[] => {
    // A deployment that no stage serves has no effect.
    if (one.type === 'Deployment') return [];
    // The ID of a rule or a block is what it allows.
    if (one.type === 'Rule' || one.type === 'Block') return [{ ...one, fields: { is: one.id } }];
    // The mark of a method also names the resources of its path that its writer created.
    if (one.type === 'Method') return [{ ...one, fields: withoutUsers(one.fields) }];
    const { deploymentId, DeploymentId, ...fields } = one.fields;
    return deploymentId === undefined && DeploymentId === undefined ? [one] : [{ ...one, fields }];
  });
  const gone = [...start.keys()].filter((key) => !now.has(key)).map((key) => `gone: ${key}`);
  const answered = await delivered(simulation, built.calls);
  return [...shapeOf(rows), ...gone, ...answered.map((call) => `answered: ${callText(call)}`)];
}

function withoutUsers({ operationName = '', ...fields }: InventoryRow['fields']): InventoryRow['fields'] {
  return { ...fields, operationName: String(operationName).replace(/ \[[0-9a-f.]+\]/, '') };
}
