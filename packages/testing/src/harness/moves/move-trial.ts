import { openMovesIn, type MoveEvent, type MovePlan } from '@postern/core/internal/moves';
import { differenceOf } from '../inventory/compare-ends.js';
import type { EventSource } from '../scenario.js';
import { Ground, type MoveWorld } from '../ground.js';
import type { Inventory } from '../inventory/inventory.js';
import { delivered, RouteLoad } from '../load-routes.js';
import { Removals } from '../trial/removal.js';
import { readsPast } from '../trace.js';
import { callLines, TrialRecord, type TrialResult } from '../trial/trial-record.js';
import { Operators } from '../trial/operators.js';
import { leftOfOld, linesOf, notAsBefore, touchedBy, moveInventory } from './move-rows.js';
import { wantedState, type BuiltMove, type MoveCommand } from './move-scenario.js';
import { oneCommand, type CommandEnded } from './one-command.js';

/** Runs with events, of one command. */
const EVENTFUL_RUNS = 3;
/** Runs without events after which a command must have come to its end. */
const QUIET_RUNS = 3;
/** The longest time until a killed process is started again, in simulated milliseconds. */
const RESTART_MS = 30_000;
const CALLS_PER_SECOND = 20;

/**
 * Carries out the commands of a scenario with events, while all routes are called, and looks at each moment whether the
 * invariants hold.
 */
export function moveTrial(world: MoveWorld, source: EventSource, seed: number): Promise<TrialResult> {
  return new MoveTrial(world, source, seed).result();
}

class MoveTrial {
  readonly #world: MoveWorld;
  readonly #ground: Ground;
  readonly #record: TrialRecord;
  readonly #start: Inventory;
  /** Before the move that goes on: the start, or where another one turned. */
  #before: Inventory;
  readonly #touched = new Set<string>();
  readonly #load: RouteLoad;
  #request: BuiltMove['request'];
  readonly #operators: Operators<CommandEnded>;
  /** As a file of `-o` keeps it. */
  #plan: MovePlan | undefined;
  /** An edit lets calls be lost, or commands stop. */
  #breaks = false;
  #stops = false;
  readonly #removals: Removals;

  constructor(world: MoveWorld, source: EventSource, seed: number) {
    this.#world = world;
    this.#record = new TrialRecord(source);
    this.#removals = new Removals(world.built.removals);
    this.#ground = new Ground(world, seed);
    this.#operators = new Operators(this.#ground, this.#record);
    this.#start = this.#now();
    this.#before = this.#start;
    this.#request = world.built.request;
    if (readsPast(source.kinds)) this.#ground.keepPast();
    const { callsPerSecond = CALLS_PER_SECOND } = world.scenario;
    this.#load = new RouteLoad(this.#ground.simulation, world.built.routes, callsPerSecond);
  }

  async result(): Promise<TrialResult> {
    const { simulation } = this.#ground;
    let [isDone, ended]: [boolean, string | undefined] = [true, undefined];
    for (const command of this.#world.built.commands) {
      isDone = await this.#converge(command);
      if (!isDone) break;

      if (command.does !== 'turn') ended = wantedState(command);
    }
    if (this.#record.violation === undefined) {
      await simulation.advance(this.#world.built.settlesMs);
      await this.#answerAll();
      this.#check();
    }
    const { calls: routeCalls } = this.#load;
    this.#load.stop();
    const lines = linesOf(this.#start, this.#now(), this.#touched);
    if (isDone && this.#record.violation === undefined) this.#compare(ended, lines);
    const { events, deeds, violation } = this.#record;
    const calls = callLines(simulation);
    return { events, deeds, violation, ends: [lines], works: [], runs: this.#operators.runs, routeCalls, calls };
  }

  #now(): Inventory {
    return moveInventory(this.#ground.simulation, this.#world.built.place);
  }

  /** Repeats a command until it has ended as it must: first with events, then without. Whether the trial goes on. */
  async #converge(command: MoveCommand): Promise<boolean> {
    if (command.does === 'turn') {
      this.#request = command.request;
      this.#before = this.#now();
      return true;
    }

    const { simulation, random } = this.#ground;
    if (command.does === 'rollback' && command.afterMs !== undefined) await simulation.advance(command.afterMs);
    let last: CommandEnded | undefined;
    for (let n = 0; n < EVENTFUL_RUNS + QUIET_RUNS; n += 1) {
      this.#record.hasEvents = n < EVENTFUL_RUNS;
      if (!this.#record.hasEvents) this.#ground.lags = undefined;
      last = await this.#operate(command);
      if (this.#ground.clocks.isToRepeat(last.failed)) n -= 1;
      if (this.#record.violation !== undefined) return false;

      this.#plan = last.plan;
      if (last.state === wantedState(command) || (await this.#hasEnded(last, command))) return true;

      if (last.state === 'rolled-back') this.#requireStart();
      // Its operator would have ended it, and an event did.
      if (wantedState(command) === 'stopped' && last.state !== undefined) return this.#endsEarly();
      if (this.#operators.forgot && !last.killed && last.state === undefined) return this.#endsEarly();

      await simulation.advance(
        this.#record.hasEvents ? Math.floor(random() * RESTART_MS) : this.#world.built.settlesMs,
      );
    }
    if (this.#removals.any) {
      await this.#requireEnd();
      return false;
    }

    if (!this.#stops) {
      const how = `${last?.state ?? 'no result'}: ${last?.failed.join(', ') ?? ''}`;
      this.#record.violated('converges', `the last ${command.does} ended with ${how}`);
    }
    return false;
  }

  /** Where a removal kept a command from ending as it must, the move can be ended. */
  async #requireEnd(): Promise<void> {
    const isOpen = async (): Promise<boolean> =>
      openMovesIn(await this.#operators.journal.read(), undefined).length > 0;
    this.#ground.clocks.areSet = true;
    const failed: string[] = [];
    for (const command of [{ does: 'abort' }, { does: 'finish' }] as const) {
      if (this.#record.violation !== undefined || !(await isOpen())) return;

      failed.push(...(await this.#operate(command)).failed);
    }
    if (await isOpen()) this.#record.violated('ends', `abort and finish leave the move open: ${failed.join(', ')}`);
  }

  /** A process that was killed after its last record has done what the next one finds done. */
  async #hasEnded({ killed, failed }: CommandEnded, command: MoveCommand): Promise<boolean> {
    if (killed || failed.every((one) => !one.startsWith('MOVE_ENDED'))) return false;

    const end = (await this.#operators.journal.read()).findLast(({ type }) => type === 'end');
    return (end?.value as { readonly state?: unknown } | undefined)?.state === wantedState(command);
  }

  /** Where the trial ends before its last command, callers must be served all the same. */
  #endsEarly(): boolean {
    this.#stops = true;
    return false;
  }

  #operate(command: MoveCommand): Promise<CommandEnded> {
    const work = { ...this.#world, request: this.#request };
    const hear = (event: MoveEvent): void => this.#look(event);
    return this.#operators.operate({
      wanted: wantedState(command),
      carryOut: (process) => oneCommand(work, command, process, { saved: this.#plan, hear }),
      broken: () => ({ state: undefined, failed: [], notes: [], killed: true, plan: this.#plan }),
      look: ({ is }) => {
        if (is === 'record') this.#callAll();
      },
      edit: (name) => this.#edit(name),
      remove: (name) => this.#remove(name),
    });
  }

  #remove(name: string): void {
    const { simulation } = this.#ground;
    this.#removals.make(name, simulation, () => this.#now());
    // A group that others move changes later.
    const taken = this.#world.built.routes.filter(this.#removals.takes).map(({ gatewayId }) => gatewayId);
    const later = [...this.#start.keys()].filter((key) => taken.some((id) => key.includes(id)));
    for (const key of [...this.#removals.keys, ...later]) this.#touched.add(key);
    this.#load.drop(this.#removals.takes);
  }

  #edit(name: string): void {
    const edit = this.#world.built.edits?.[name];
    if (edit === undefined) return;

    const before = this.#now();
    try {
      edit.make(this.#ground.simulation);
    } catch {
      return; // what it edits does not exist now
    }
    this.#breaks ||= edit.breaks === true;
    this.#stops ||= edit.stops === true;
    for (const key of [...touchedBy(before, this.#now()), ...(edit.adds ?? [])]) this.#touched.add(key);
  }

  /** @throws {Error} where an invariant does not hold in the middle of a run */
  #look({ type }: MoveEvent): void {
    if (type !== 'step.progress' && type !== 'step.waiting') this.#check();
    this.#record.requireNone();
  }

  #check(): void {
    if (this.#breaks) return;

    const lost = this.#load.lost();
    if (lost !== undefined) this.#record.violated('no-lost-call', lost);
  }

  /** Calls each route once, now. One that takes time is counted when it has ended. */
  #callAll(): void {
    const cut = this.#load.unanswered();
    if (cut !== undefined) this.#hasNoPath(cut);
  }

  /** The same as callers who wait for their answers. */
  async #answerAll(): Promise<void> {
    const routes = this.#world.built.routes.filter((route) => !this.#removals.takes(route));
    const served = await delivered(this.#ground.simulation, routes);
    const cut = routes.find((route) => !served.includes(route));
    if (cut !== undefined) this.#hasNoPath(cut.route);
  }

  #hasNoPath(route: string): void {
    if (this.#breaks) return;

    this.#record.violated('one-path', `${route} is not answered by its backend at moment ${this.#record.deeds.length}`);
  }

  /** All must be as before the move; what a lost journal knew may be left. */
  #requireStart(): void {
    if (this.#operators.forgot || this.#stops) return;

    const [first] = notAsBefore(this.#before, this.#now(), this.#touched);
    if (first !== undefined) this.#record.violated('as-before', first);
  }

  #compare(ended: string | undefined, lines: readonly string[]): void {
    if (this.#stops || this.#removals.any) return;
    if (ended === 'rolled-back') return this.#requireStart();

    const from = this.#plan?.from.id ?? '';
    const left = ended === 'finished' && !this.#operators.forgot ? leftOfOld(this.#start, this.#now(), from) : [];
    if (left.length > 0) return this.#record.violated('nothing-left', left.join('; '));

    const wanted = (this.#world.ends?.[0] ?? lines).filter((line) => !this.#isTouched(line));
    const found = lines.filter((line) => !this.#isTouched(line));
    const difference = this.#operators.forgot ? undefined : differenceOf(found, wanted, false);
    if (difference !== undefined) this.#record.violated('same-end', difference);
  }

  /** Lines begin with the key of their row. */
  #isTouched(line: string): boolean {
    return [...this.#touched].some((key) => line.startsWith(`${key} `));
  }
}
