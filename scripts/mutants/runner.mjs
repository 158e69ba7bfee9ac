// A test runner of Stryker that keeps the sources loaded. Stryker's own runner for Vitest starts a worker for each mutant, which imports
// 300 modules again: 2 s of a core. Here a process imports them once, and a mutant costs the tests that reach it, mostly a few ms.
//
// - The files of tests are imported again for each run, so that their fixtures are new.
// - A test that fails is repeated without the mutant. If it fails then, too, an earlier mutant has left something behind in the process:
//   Stryker starts a new process and repeats the run.
// - Mutants that run while modules are loaded get a process each. `reloadEnvironment: false` makes Stryker do that.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { PluginKind, declareClassPlugin } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  TestStatus,
  determineHitLimitReached,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { testFiles } from './test-files.mjs';

/** What the instrumented sources read and write. */
const shared = (globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});

/** What each test took in the dry run, in CPU time, and how many mutants it reached: in the sandbox, for the processes that did not make it. */
const TIMES = 'mutants-times.json';

/** Tests that take longer come last, one by one. */
const SLOW_MS = 100;

/**
 * Tests that failed with the mutants before come first: neighboring mutants are mostly caught by the same tests. So many of them are kept,
 * and for one mutant so much of their time is spent at first.
 */
const LIKELY = 60;
const LIKELY_MS = 200;

/** The import of a file of tests, in CPU time. */
const IMPORT_MS = 8;

/** No more tests for one mutant than this CPU time, as measured in the dry run: one that survives so long counts as missed. */
const MOST_MS = 1_500;

class LoadedTests {
  #loaded = new Map();
  #rejections = [];
  #usedBefore = false;
  /** The tests that failed last, the latest first. */
  #likely = [];
  #known;
  #tests;

  capabilities() {
    return { reloadEnvironment: false };
  }

  async init() {
    process.env.NO_COLOR = '1';
    process.on('unhandledRejection', (error) => this.#rejections.push(error));
    // The hooks of the sandbox, which compile its sources. Loaded after them: what imports Vitest.
    await import(pathToFileURL(path.resolve('scripts/sources/register.mjs')).href);
    this.#tests = await import('./tests.mjs');
  }

  async #load(file) {
    if (!this.#loaded.has(file)) this.#loaded.set(file, await this.#tests.loadTests(path.resolve(file)));
    return this.#loaded.get(file);
  }

  /** Runs everything and counts which test reaches which mutant. */
  async dryRun() {
    shared.activeMutant = undefined;
    const coverage = (shared.mutantCoverage ??= { static: {}, perTest: {} });
    const tests = [];
    const loading = {};
    const times = {};
    for (const file of testFiles(process.cwd())) {
      const started = Date.now();
      const before = { ...coverage.static };
      await this.#load(file);
      const collecting = `collecting ${file}`;
      shared.currentTestId = collecting;
      const onTest = (id) => (shared.currentTestId = id ?? collecting);
      const results = await this.#tests.runTests(path.resolve(file), { onTest });
      shared.currentTestId = undefined;
      // What runs while a file of tests is imported runs again each time: it belongs to each of the tests. The rest is loading.
      const collected = coverage.perTest[collecting] ?? {};
      delete coverage.perTest[collecting];
      for (const [mutant, hits] of Object.entries(coverage.static)) {
        const once = hits - (before[mutant] ?? 0) - (collected[mutant] ?? 0);
        if (once > 0) loading[mutant] = (loading[mutant] ?? 0) + once;
      }
      for (const { id, failure, ms } of results) {
        const hits = (coverage.perTest[id] ??= {});
        for (const [mutant, count] of Object.entries(collected)) hits[mutant] = (hits[mutant] ?? 0) + count;
        times[id] = ms;
        // Stryker takes what no test took for overhead, and adds it to the time limit of each mutant.
        tests.push(resultOf({ id, failure, ms: (Date.now() - started) / results.length }));
      }
    }
    const reached = Object.fromEntries(
      Object.entries(coverage.perTest).map(([id, hits]) => [id, Object.keys(hits).length]),
    );
    writeFileSync(TIMES, JSON.stringify({ times, reached }));
    return { status: DryRunStatus.Complete, tests, mutantCoverage: { static: loading, perTest: coverage.perTest } };
  }

  /** Runs the tests that reach a mutant, those of the fastest file first, until one fails. */
  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation }) {
    const batches = this.#batches(testFilter);
    if (mutantActivation === 'runtime') for (const { file } of batches) await this.#load(file);
    const ran = [];
    let hits = 0;
    shared.hitLimit = hitLimit;
    shared.hitCount = hitLimit === undefined ? undefined : 0;
    shared.activeMutant = activeMutant.id;
    try {
      for (const { file, ids } of batches) {
        const results = await this.#runSome(file, ids);
        ran.push(...results.map(resultOf));
        hits = shared.hitCount;
        const failed = results.find(({ failure }) => failure !== undefined);
        if (failed === undefined) continue;
        this.#likely = [failed.id, ...this.#likely.filter((id) => id !== failed.id)].slice(0, LIKELY);
        if (mutantActivation === 'runtime') await this.#repeatWithout(file, failed.id);
        break;
      }
    } catch (error) {
      if (mutantActivation === 'runtime' || error instanceof LeftBehind) throw error;
      // A module or a file of tests cannot even be imported.
      ran.push(resultOf({ id: `${batches[0].file}#`, failure: String(error), ms: 0 }));
    } finally {
      shared.activeMutant = undefined;
      shared.hitCount = undefined;
      this.#usedBefore = true;
    }
    const endless = determineHitLimitReached(hits, hitLimit);
    return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests: ran });
  }

  async #runSome(file, wanted) {
    const known = await this.#load(file);
    this.#rejections.length = 0;
    const ids = wanted.map((id) => known.get(id));
    const results = await this.#tests.runTests(path.resolve(file), { ids, stop: true });
    await new Promise(setImmediate);
    const [rejection] = this.#rejections.splice(0);
    // Vitest fails the run, too.
    if (rejection !== undefined && results.length > 0) results.at(-1).failure ??= `Not handled: ${String(rejection)}`;
    return results;
  }

  async #repeatWithout(file, id) {
    shared.activeMutant = undefined;
    const [again] = await this.#runSome(file, [id]);
    if (again?.failure === undefined) return;
    if (this.#usedBefore) throw new LeftBehind(`${id}: ${again.failure}`);
    this.#loaded.clear(); // The next run notices it in the same way, and gets a new process.
  }

  /**
   * The tests wanted, all by default, in batches of one file each: those first that failed with the mutants before, then the fastest
   * batch first, slow tests in batches of their own. Slow ones that reach many mutants are left out where all of them take too long.
   */
  #batches(testFilter) {
    this.#known ??= JSON.parse(readFileSync(TIMES, 'utf8'));
    const { times, reached } = this.#known;
    const msOf = (id) => times[id] ?? 0;
    // A test that reaches few mutants is about them.
    const order = (id) => (msOf(id) + 1) * (reached[id] || Infinity);
    const wanted = new Set(testFilter ?? Object.keys(times));
    let likelyMs = 0;
    const likely = new Set(
      this.#likely.filter((id) => wanted.has(id) && (likelyMs += msOf(id) + IMPORT_MS) <= LIKELY_MS),
    );
    const batches = new Map();
    let sum = 0;
    for (const id of [...wanted].toSorted((a, b) => order(a) - order(b))) {
      const file = id.slice(0, id.indexOf('#'));
      const first = likely.has(id);
      const key = first ? `likely ${file}` : msOf(id) < SLOW_MS ? file : id;
      const batch = batches.get(key) ?? { file, ids: [], ms: IMPORT_MS, first };
      sum += msOf(id) + (batches.has(key) ? 0 : IMPORT_MS);
      if (!first && sum > MOST_MS && batches.size > 0) continue;
      batches.set(key, { ...batch, ids: [...batch.ids, id], ms: batch.ms + msOf(id) });
    }
    return [...batches.values()].toSorted((a, b) => Number(b.first) - Number(a.first) || a.ms - b.ms);
  }
}

/** A test fails without a mutant, in a process that has had mutants. */
class LeftBehind extends Error {}

const resultOf = ({ id, failure, ms }) => ({
  id,
  name: id.slice(id.indexOf('#') + 1),
  fileName: path.resolve(id.slice(0, id.indexOf('#'))),
  timeSpentMs: ms,
  ...(failure === undefined ? { status: TestStatus.Success } : { status: TestStatus.Failed, failureMessage: failure }),
});

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'loaded', LoadedTests)];
