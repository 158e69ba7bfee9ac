import type { ResolveName, WantedRecord, WatchCalls } from '@postern/alibaba/internal/handover';
import type { EventSource } from '../scenario.js';
import { Ground } from '../ground.js';
import { differenceOf } from '../inventory/compare-ends.js';
import { shapeOf, type Inventory } from '../inventory/inventory.js';
import { delivered, RouteLoad, type RouteCall } from '../load-routes.js';
import { notAsBefore } from '../moves/move-rows.js';
import { readsPast } from '../trace.js';
import { Operators } from '../trial/operators.js';
import { callLines, TrialRecord, type TrialResult } from '../trial/trial-record.js';
import type { Deed, VirtualProcess } from '../trial/virtual-process.js';
import { MAY_WRITE, wantedState, type HandoverCommand, type HandoverWorld } from './handover-scenario.js';
import { callersOf, KEEP_ALIVE_MS, staysForEver, onePhase, type PhaseEnded, type SavedFiles } from './one-phase.js';
import { classicText, handoverRows, recordRows, countedCalls } from './handover-rows.js';

/** Runs with events, of one command. */
const EVENTFUL_RUNS = 3;
/** Runs without events after which a command must have come to its end. */
const QUIET_RUNS = 3;
/** The longest time until a killed process is started again, in simulated milliseconds. */
const RESTART_MS = 30_000;
/** Longer than the drain: a TTL, what clients keep connections for, and what `finish` adds. */
const DRAIN_MS = KEEP_ALIVE_MS + 420_000;
/** The owner of a DNS needs a while. */
const OWNER_MS = 45_000;

/**
 * Carries out the commands of a hand-over with events, while callers of all kinds call every route, and looks at each moment whether
 * the invariants hold.
 */
export function handoverTrial(world: HandoverWorld, source: EventSource, seed: number): Promise<TrialResult> {
  return new HandoverTrial(world, source, seed).result();
}

class HandoverTrial {
  readonly #world: HandoverWorld;
  readonly #ground: Ground;
  readonly #record: TrialRecord;
  /** The classic side as it must be: after a drain without what was removed since. */
  #classic: string;
  /** The classic side may be removed. */
  #ends = false;
  /** Since when, in simulated milliseconds. */
  #endsMs = 0;
  /** An edit lets calls be lost, or commands stop. */
  #breaks = false;
  #stops = false;
  readonly #before: Inventory;
  readonly #load: RouteLoad;
  /** Callers who ask DNS for each call: they see each state of the records. */
  readonly #asking: RouteLoad;
  readonly #operators: Operators<PhaseEnded>;
  #saved: SavedFiles = {};
  /** The clouds as they were when all routes were called last. */
  #version = -1;

  constructor(world: HandoverWorld, source: EventSource, seed: number) {
    this.#world = world;
    this.#record = new TrialRecord(source);
    this.#ground = new Ground(world, seed);
    this.#operators = new Operators(this.#ground, this.#record);
    if (readsPast(source.kinds)) this.#ground.keepPast();
    const { simulation } = this.#ground;
    this.#classic = classicText(simulation, this.#region);
    this.#before = this.#records();
    const { kept, asking } = callersOf(world.built.routes);
    this.#load = new RouteLoad(simulation, kept, KEPT_PER_SECOND);
    this.#asking = new RouteLoad(simulation, asking, ASKING_PER_SECOND);
  }

  get #region(): string {
    return this.#world.built.place.region;
  }

  async result(): Promise<TrialResult> {
    const { simulation } = this.#ground;
    let [isDone, ended]: [boolean, string | undefined] = [true, undefined];
    for (const command of this.#world.built.commands) {
      isDone = await this.#converge(command);
      if (!isDone) break;

      ended = wantedState(command);
    }
    if (this.#record.violation === undefined) {
      await simulation.advance(this.#world.built.settlesMs);
      await this.#answerAll();
      this.#check();
    }
    const routeCalls = this.#load.calls + this.#asking.calls;
    for (const load of [this.#load, this.#asking]) load.stop();
    const lines = shapeOf([...handoverRows(simulation, this.#region).values()]);
    if (this.#record.violation === undefined) this.#compare(isDone ? ended : undefined, lines);
    const { events, deeds, violation } = this.#record;
    const calls = callLines(simulation);
    return { events, deeds, violation, ends: [lines], works: [], runs: this.#operators.runs, routeCalls, calls };
  }

  /** Repeats a command until it has ended as it must: first with events, then without. Whether the trial goes on. */
  async #converge(command: HandoverCommand): Promise<boolean> {
    const { simulation, random } = this.#ground;
    let last: PhaseEnded | undefined;
    // A proof makes calls that must be refused: they are none of a caller.
    if (command.does === 'switch') simulation.traffic.resetCounters();
    if (command.does === 'finish') {
      this.#requireClassic();
      this.#ends = true;
      this.#endsMs = simulation.clock.now();
    }
    for (let n = 0; n < EVENTFUL_RUNS + QUIET_RUNS; n += 1) {
      this.#record.hasEvents = n < EVENTFUL_RUNS;
      if (!this.#record.hasEvents) this.#ground.lags = undefined;
      // A run whose journal is lost afterwards may have removed something: the next one begins its drain anew, and no caller does.
      if (this.#ends && simulation.clock.now() - this.#endsMs >= DRAIN_MS)
        this.#classic = classicText(simulation, this.#region);
      last = await this.#operate(command);
      if (this.#ground.clocks.isToRepeat(last.failed)) n -= 1;
      if (this.#record.violation !== undefined) return false;

      this.#saved = { plan: last.plan, proof: last.proof };
      if (last.state === wantedState(command) || this.#hasEnded(last, command)) return this.#reached(command);
      // Its operator would have ended it, and an event did.
      if (wantedState(command) === 'stopped' && last.state !== undefined) return true;
      if (this.#operators.forgot && !last.killed && needsJournal(last)) return false;

      if (last.state === 'draining') await this.#drain();
      else
        await simulation.advance(
          this.#record.hasEvents ? Math.floor(random() * RESTART_MS) : this.#world.built.settlesMs,
        );
    }
    if (this.#stops) return false;

    // A lost call says more.
    this.#check();
    const how = `${last?.state ?? 'no result'}: ${last?.failed.join(', ') ?? ''}`;
    this.#record.violated('converges', `the last ${command.does} ended with ${how}`);
    return false;
  }

  /** What was killed after its last removal has left nothing to remove. */
  #hasEnded({ state, left }: PhaseEnded, { does }: HandoverCommand): boolean {
    return does === 'finish' && state === 'drained' && left === 0;
  }

  /** Looks after a command whether it left what it may not change. */
  #reached({ does }: HandoverCommand): boolean {
    if (does !== 'rollback') return true;

    const [first] = notAsBefore(this.#before, this.#records(), new Set());
    if (first !== undefined) this.#record.violated('as-before', first);
    return first === undefined;
  }

  /** Nothing was removed. Who ignores TTLs starts anew, and the drain passes; without its journal it begins anew. */
  async #drain(): Promise<void> {
    if (this.#isClassicChanged())
      this.#record.violated('foreign-unchanged', 'the classic service changed before the drain had ended');
    this.#load.drop(staysForEver);
    await this.#ground.simulation.advance(DRAIN_MS);
  }

  #operate(command: HandoverCommand): Promise<PhaseEnded> {
    const { owner, secrets } = this.#world.built;
    return this.#operators.operate({
      wanted: wantedState(command),
      carryOut: (process) =>
        onePhase(this.#world, command, process, {
          saved: this.#saved,
          hear: () => this.#record.requireNone(),
          onWanted: (record) => this.#ask(record),
          ...this.#looks(process),
          ...(owner === undefined ? { resolve: undefined } : {}),
        }),
      broken: () => ({ ...this.#saved, state: undefined, failed: [], killed: true }),
      look: (deed) => this.#lookAt(deed, command),
      edit: (name) => this.#edit(name),
      secrets,
    });
  }

  /** What a process asks beside the cloud. */
  #looks(process: VirtualProcess): { readonly watch: WatchCalls; readonly resolve: ResolveName } {
    const { simulation } = this.#ground;
    const { owner, group } = this.#world.built;
    return {
      watch: (at) => process.request(() => countedCalls(simulation, group.groupId, at)),
      resolve: (name) => process.request(async () => owner?.resolve(simulation, name) ?? []),
    };
  }

  /** The owner of the DNS writes what a command names, some time later. */
  #ask(record: WantedRecord): void {
    const { simulation } = this.#ground;
    const { owner } = this.#world.built;
    void simulation.clock.sleep(OWNER_MS).then(() => owner?.write(simulation, record));
  }

  #lookAt(deed: Deed, { does }: HandoverCommand): void {
    if (deed.is === 'call' && deed.kind === 'write' && !MAY_WRITE[does].includes(deed.service))
      this.#record.violated('foreign-unchanged', `${does} called ${deed.operation}`);
    if (deed.is === 'record' && MOVES_CALLERS.has(does)) this.#callAll();
  }

  #edit(name: string): void {
    const edit = this.#world.built.edits?.[name];
    if (edit === undefined) return;

    edit.make(this.#ground.simulation);
    this.#breaks ||= edit.breaks === true;
    this.#stops ||= edit.stops === true;
  }

  #check(): void {
    if (this.#breaks) return;

    const lost = this.#asking.lost() ?? this.#load.lost();
    if (lost !== undefined) this.#record.violated('no-lost-call', lost);
  }

  /** Calls each route once after each change, and looks at all calls so far. */
  #callAll(): void {
    const version = this.#ground.simulation.version();
    if (version === this.#version) return;

    this.#version = version;
    const cut = this.#asking.unanswered();
    if (cut !== undefined && !this.#breaks)
      this.#record.violated('one-path', `${cut} is not answered at moment ${this.#record.deeds.length}`);
    this.#check();
  }

  /** The same as callers who wait for their answers. */
  async #answerAll(): Promise<void> {
    const { asking } = callersOf(this.#world.built.routes);
    const served: readonly RouteCall[] = await delivered(this.#ground.simulation, asking);
    const cut = asking.find((route) => !served.includes(route));
    if (cut !== undefined && !this.#breaks)
      this.#record.violated('one-path', `${cut.route} is not answered at the end`);
  }

  #records(): Inventory {
    const rows = recordRows(this.#ground.simulation, this.#region);
    return new Map(rows.map((row) => [`${row.type} ${row.id}`, { ...row, region: this.#region }]));
  }

  #requireClassic(): void {
    if (!this.#ends && this.#isClassicChanged())
      this.#record.violated('foreign-unchanged', 'the classic service changed');
  }

  #isClassicChanged(): boolean {
    return classicText(this.#ground.simulation, this.#region) !== this.#classic;
  }

  #compare(ended: string | undefined, lines: readonly string[]): void {
    this.#requireClassic();
    const found = this.#operators.forgot ? withoutDoubledRules(lines) : lines;
    const difference = ended === undefined ? undefined : differenceOf(found, this.#world.ends?.[0] ?? found, false);
    if (difference !== undefined) this.#record.violated('same-end', difference);
  }
}

/**
 * A rule has no mark, and a list shows it some seconds late. Who lost the journal in these seconds adds it again: it admits the same.
 */
const withoutDoubledRules = (lines: readonly string[]): readonly string[] =>
  lines.filter((line, at) => !/^\S+ Rule /.test(line) || lines.indexOf(line) === at);

/** Callers whose resolver keeps answers make fewer calls: they see a change of the records late, whenever they call. */
const KEPT_PER_SECOND = 0.2;
const ASKING_PER_SECOND = 0.5;

/** Commands that change where callers come to: each change is seen by calls right after it. */
const MOVES_CALLERS: ReadonlySet<HandoverCommand['does']> = new Set(['switch', 'rollback', 'finish']);

/** Where names led before the switch is in the journal alone, where no plan says it. */
const needsJournal = ({ failed }: PhaseEnded): boolean =>
  failed.some((one) => one.includes('the journal does not have it'));
