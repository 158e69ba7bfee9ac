import { isPosternError, memoryJournal, type Journal, type Snapshot, type Spec } from '@postern/core/internal/library';
import { differenceOf, leftBy, missingElsewhere } from '../inventory/compare-ends.js';
import type { EventSource } from '../scenario.js';
import { Ground, isMoveWorld, isSpecWorld, type AnyWorld, type World } from '../ground.js';
import { addedIn, changesOf, shapeOf, without, type Inventory } from '../inventory/inventory.js';
import { callsOf, callText, delivered, isDeclared, RouteLoad, type RouteCall } from '../load-routes.js';
import { broughtTrial } from '../brought-trials.js';
import { Machines } from './machines.js';
import { moveTrial } from '../moves/move-trial.js';
import { OutsideCalls, oneRun, planned, type Ended, type Goal, resourcesOf, takenRoutes } from './one-run.js';
import { Removals } from './removal.js';
import { type TrialResult, callLines, TrialRecord } from './trial-record.js';
import { readsPast, type EventKind, type OTHERS } from '../trace.js';
import type { Deed } from './virtual-process.js';
import { undeclaredLinks } from '../inventory/row-of.js';
import type { Clouds } from '@postern/core/internal/kinds';

/** Runs with events, of one spec. */
const EVENTFUL_RUNS = 4;
/** Runs without events after which a spec must be applied. */
const QUIET_RUNS = 4;
/** After this time lists show everything, in simulated milliseconds. */
const SETTLED_MS = 31_000;
/** The longest time until a killed process is started again, in simulated milliseconds. */
const RESTART_MS = 15_000;
const CALLS_PER_SECOND = 1;

/**
 * Applies the specs of a scenario with events, deletes everything at the end, and looks at each event of a run whether the
 * invariants hold. `seed` decides what `source` does not: how calls of two processes interleave, when a killed one is restarted.
 */
export async function trial(world: AnyWorld, source: EventSource, seed = 1): Promise<TrialResult> {
  if (isSpecWorld(world)) return new Trial(world, source, seed).result();

  return isMoveWorld(world) ? moveTrial(world, source, seed) : broughtTrial(world).trial(world, source, seed);
}

class Trial {
  readonly #world: World;
  readonly #ground: Ground;
  readonly #record: TrialRecord;
  readonly #ends: (readonly string[])[] = [];
  readonly #works: (readonly string[])[] = [];
  readonly #twins: Promise<unknown>[] = [];
  readonly #machines: Machines;
  readonly #outside = new OutsideCalls();
  readonly #removals: Removals;
  #runs = 0;
  #routeCalls = 0;
  #hasRival = false;
  /** An edit lets calls be lost, or runs stop. */
  #breaks = false;
  #wasBroken = false;
  #stops = false;
  /** What others have: the start, with their edits. */
  #foreign: Inventory;
  #load: RouteLoad | undefined;
  /** What the last plan was made from; it was empty. */
  #settled: { readonly snapshot: Snapshot; readonly clouds: Clouds } | undefined;
  #notes: readonly string[] = [];

  constructor(world: World, source: EventSource, seed: number) {
    this.#world = world;
    this.#record = new TrialRecord(source);
    this.#ground = new Ground(world, seed);
    this.#machines = new Machines(this.#ground.clocks);
    this.#foreign = this.#ground.start;
    this.#removals = new Removals(world.built.removals);
    if (readsPast(source.kinds)) this.#ground.keepPast();
  }

  async result(): Promise<TrialResult> {
    const { specs } = this.#world.built;
    let working: readonly RouteCall[] = [];
    for (const [index, spec] of specs.entries()) {
      if (!(await this.#stage(spec, 'apply', index, working))) {
        // A spec that needs what others removed is not applied; what is left of it can be deleted.
        if (this.#removals.any && this.#record.violation === undefined) break;

        return this.#report();
      }

      const { simulation } = this.#ground;
      const settled = this.#settled;
      working =
        settled === undefined ? [] : await delivered(simulation, callsOf(settled.snapshot, spec, settled.clouds));
      this.#compareAnswers(index, working);
    }
    const last = specs.at(-1);
    if (last !== undefined) await this.#stage(last, 'destroy', specs.length, []);
    return this.#report();
  }

  #report(): TrialResult {
    return {
      events: this.#record.events,
      violation: this.#record.violation,
      deeds: this.#record.deeds,
      ends: this.#ends,
      works: this.#works,
      runs: this.#runs,
      routeCalls: this.#routeCalls,
      calls: callLines(this.#ground.simulation),
    };
  }

  /** One spec until it is applied, with load on the routes that worked and stay. Whether the trial goes on. */
  async #stage(spec: Spec, goal: Goal, index: number, working: readonly RouteCall[]): Promise<boolean> {
    const { scenario } = this.#world;
    this.#breaks &&= this.#stops; // a run that stops repairs nothing
    const kept = working.filter((call) => isDeclared(call, spec) && !this.#removals.takes(call));
    this.#load = new RouteLoad(this.#ground.simulation, kept, scenario.callsPerSecond ?? CALLS_PER_SECOND);
    const isApplied =
      (await this.#converge(spec, goal, index)) && (goal === 'destroy' || (await this.#deleteKept(spec, index)));
    this.#check();
    this.#routeCalls += this.#load.calls;
    this.#load.stop();
    if (isApplied) this.#compare(index, goal);
    return isApplied && this.#record.violation === undefined;
  }

  /**
   * Links that cost money are deleted only with consent. So what a link was replaced by is there beside it, and after two machines
   * have bought one each and one was killed, so is the second one: plans name both. With consent they are deleted.
   */
  async #deleteKept(spec: Spec, index: number): Promise<boolean> {
    const isKept = this.#notes.some((note) => note.includes('--delete-instances'));
    return !isKept || this.#converge(spec, 'apply-all', index);
  }

  /** Runs until one ends without failures and the next plan is empty: first with events, then without. */
  async #converge(spec: Spec, goal: Goal, index: number): Promise<boolean> {
    const { simulation, random } = this.#ground;
    let last: Ended | undefined;
    for (let n = 0; n < EVENTFUL_RUNS + QUIET_RUNS; n += 1) {
      this.#record.hasEvents = n < EVENTFUL_RUNS;
      if (!this.#record.hasEvents) this.#ground.lags = undefined;
      last = await this.#run(spec, goal, this.#machines.journal, this.#machines.clockOffsetMs);
      // A process of another may begin a third one.
      while (this.#twins.length > 0) await Promise.all(this.#twins.splice(0));
      if (this.#record.violation !== undefined) return false;

      this.#machines.after(last);
      if (this.#ground.clocks.isToRepeat(last.failed)) {
        this.#machines.setClocks();
        n -= 1;
      }
      const isDone = !last.killed && last.failed.length === 0;
      if (isDone && (await this.#isSettled(spec, goal))) return true;

      await simulation.advance(this.#record.hasEvents ? Math.floor(random() * RESTART_MS) : SETTLED_MS);
    }
    if (this.#ground.lostRegion !== undefined) this.#compareElsewhere(index);
    else if (!this.#stops && (goal === 'destroy' || !this.#removals.any))
      this.#record.violated(
        'converges',
        `the last run ended with ${last?.failed.join(', ') || 'a plan that is not empty'}`,
      );
    return false;
  }

  async #run(spec: Spec, goal: Goal, journal: Journal, clockOffsetMs: number): Promise<Ended> {
    this.#runs += 1;
    const twin = (): Promise<unknown> => this.#run(spec, goal, memoryJournal(), this.#ground.clocks.next());
    const process = this.#ground.process((deed) => this.#happens(deed, { twin, rival: () => this.#rival(goal) }), {
      journal,
      together: () => this.#twins.length > 0,
      clockOffsetMs,
    });
    try {
      const ended = await oneRun(this.#world.scenario, spec, goal, process, () => this.#look());
      this.#record.blames(process);
      return ended;
    } catch (error) {
      process.kill();
      this.#record.broke(error);
      return { failed: [], killed: true, lostJournal: false, leftMachine: false };
    }
  }

  /** Another project applies the same routes, without events of its own. Whoever is first has them. */
  async #rival(goal: Goal): Promise<void> {
    const { scenario, built } = this.#world;
    const { rival } = built;
    if (rival === undefined || this.#hasRival) return;

    this.#hasRival = true;
    const taken = takenRoutes(rival, this.#ground.inventory());
    const process = this.#ground.process(() => undefined, {
      together: () => this.#twins.length > 0,
      clockOffsetMs: this.#ground.clocks.next(),
    });
    await oneRun(scenario, rival, 'apply', process, () => undefined);
    const made = resourcesOf(rival, this.#ground.inventory());
    const [lost] = goal === 'apply' ? takenRoutes(rival, made).filter((key) => taken.includes(key)) : [];
    if (lost !== undefined && !this.#breaks)
      this.#record.violated('one-owner', `${lost} existed and has the mark of the second project`);
    this.#foreign = new Map([...this.#foreign, ...made]);
    this.#stops ||= made.size > 0;
  }

  /** What happens at a moment; an event of another process or hand happens here. */
  #happens(
    deed: Deed,
    others: Readonly<Record<(typeof OTHERS)[number], () => Promise<unknown>>>,
  ): EventKind | undefined {
    if (deed.is === 'record') this.#checkDoubles();
    const kind = this.#record.meets(deed);
    if (kind === undefined) return undefined;
    if (kind === 'twin' || kind === 'rival') {
      this.#machines.hasOthers = true;
      if (this.#twins.length === 0) this.#twins.push(others[kind]());
      return undefined;
    }
    if (kind === 'lists-lag') {
      this.#ground.lags = 'lists';
      return undefined;
    }
    if (kind === 'lose-region') {
      this.#ground.lostRegion = this.#ground.places.at(-1)?.region;
      return undefined;
    }
    if (kind.startsWith('removal:')) {
      this.#remove(kind.slice('removal:'.length));
      return undefined;
    }
    if (!kind.startsWith('edit:')) return kind;

    this.#edit(kind.slice('edit:'.length));
    return undefined;
  }

  #remove(name: string): void {
    const { simulation } = this.#ground;
    this.#removals.make(name, simulation, () => this.#ground.inventory());
    this.#load?.drop(this.#removals.takes);
  }

  #edit(name: string): void {
    const edit = this.#world.built.edits?.[name];
    if (edit === undefined) return;

    const before = this.#ground.inventory();
    try {
      edit.make(this.#ground.simulation);
      this.#outside.begin(edit, this.#ground.simulation);
    } catch {
      return; // what it edits does not exist now
    }
    this.#breaks ||= edit.breaks === true;
    this.#wasBroken ||= this.#breaks;
    this.#stops ||= edit.stops === true;
    this.#foreign = leftBy(before, this.#ground.inventory(), this.#foreign, this.#world.built.adopted ?? []);
  }

  /** @throws {Error} where an invariant does not hold in the middle of a run */
  #look(): void {
    this.#check();
    this.#record.requireNone();
  }

  #check(): void {
    if (this.#breaks) return;

    const lost = this.#load?.lost() ?? this.#outside.lost();
    if (lost !== undefined) this.#record.violated('no-lost-call', lost);
    const unready = this.#ground.unreadyLink();
    if (unready !== undefined) this.#record.violated('no-unready-link', unready);
  }

  /** Looks before each record: where a run sees that it created a link twice, it deletes one of them before its step ends. */
  #checkDoubles(): void {
    if (this.#machines.hasOthers) return;

    const doubled = this.#ground.doubledLink();
    if (doubled !== undefined) this.#record.violated('one-each', doubled);
  }

  /** Whether the next plan is empty when lists show everything. */
  async #isSettled(spec: Spec, goal: Goal): Promise<boolean> {
    await this.#ground.simulation.advance(SETTLED_MS);
    try {
      const { snapshot, plan, clouds } = await planned(this.#world.scenario, spec, goal, this.#ground.quiet());
      const { units, notes } = plan;
      this.#settled = { snapshot, clouds };
      this.#notes = notes;
      return units.every(({ steps }) => steps.length === 0);
    } catch (error) {
      if (isPosternError(error)) return false;

      throw error;
    }
  }

  #own(now: Inventory): readonly string[] {
    return this.#machines.comparable(
      shapeOf(addedIn(new Map([...this.#ground.start, ...this.#foreign, ...this.#removals.rows]), now)),
    );
  }

  /** With a region lost for good, the others have what they must have. */
  #compareElsewhere(index: number): void {
    const own = this.#own(this.#ground.inventory());
    const missing = missingElsewhere(
      own,
      this.#machines.comparable(this.#world.ends?.[index] ?? []),
      this.#ground.lostRegion,
    );
    if (!this.#stops && missing !== undefined) this.#record.violated('converges', missing);
  }

  #compareAnswers(index: number, working: readonly RouteCall[]): void {
    const works = working.map(callText).sort();
    this.#works.push(works);
    const { lostRegion } = this.#ground;
    // The last plan did not see a region that is lost, so nothing calls it; host names contain their region.
    const isSeen = (call: string): boolean => lostRegion === undefined || !call.includes(lostRegion);
    const silent = this.#world.works?.[index]?.find((one) => isSeen(one) && !works.includes(one));
    if (silent !== undefined && !this.#wasBroken && !this.#stops && !this.#removals.any)
      this.#record.violated('all-answered', silent);
  }

  #compare(index: number, goal: Goal): void {
    const now = this.#ground.inventory();
    const { adopted = [] } = this.#world.built;
    const all = goal === 'destroy' ? this.#foreign : without(this.#foreign, adopted);
    const foreign = new Map([...all].filter(([key]) => !this.#removals.keys.has(key)));
    const [changed] = changesOf(foreign, now);
    if (changed !== undefined) return this.#record.violated('foreign-unchanged', changed);

    const own = this.#own(now);
    this.#ends.push(own);
    if (this.#stops) return;
    if (goal === 'destroy' && own.length > 0) return this.#record.violated('nothing-left', own.join('; '));
    if (this.#removals.any) return;

    const spec = this.#world.built.specs[index];
    const links = spec === undefined || this.#wasBroken ? 0 : undeclaredLinks(own, spec);
    if (links > 0) return this.#record.violated('as-declared', `${links} links are left`);

    const difference = differenceOf(own, this.#machines.comparable(this.#world.ends?.[index] ?? own), this.#wasBroken);
    if (difference !== undefined) this.#record.violated('same-end', difference);
  }
}
