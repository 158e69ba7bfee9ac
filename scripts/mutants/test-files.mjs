// Which tests judge the mutants of `apply` and `plan`.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filesBelow } from '../workspace.mjs';

/** Tests in these folders, where they plan or apply: with fake drivers in core, on the simulated clouds in the adapters. */
const CORE = ['packages/core/test'];
const WITH_CLOUDS = ['packages/aws/test', 'packages/alibaba/test', 'packages/simulator/test/plans'];
const PLANS =
  /src\/(?:plan|apply)\/|\/fake-run\.js'|\b(?:apply|diff|planDestroy|PrivateIntegrations)\b[^;]* from '@postern\/core'|world\/(?:served|http)-shop\.js'/;

/**
 * These repeat the runs of other tests at every step or byte, which would take 3 s more for each mutant that survives, start
 * processes, which have no mutant, or judge files and texts.
 */
const LEFT_OUT =
  /(?:replay|cut-at-every-byte|killed|unhandled|third-product|cold-start|readme)\.test\.ts$|\/(?:conformance|node|decode)\//;

/** Paths from `root`, with `/`. `MUTANTS_TESTS=all` adds the tests with clouds, which take most of the time. */
export function testFiles(root) {
  const folders = process.env['MUTANTS_TESTS'] === 'all' ? [...CORE, ...WITH_CLOUDS] : CORE;
  const isTest = (file) => file.endsWith('.test.ts') && !LEFT_OUT.test(file.replaceAll(path.sep, '/'));
  return folders
    .flatMap((folder) => filesBelow(path.join(root, folder), isTest))
    .filter((file) => PLANS.test(readFileSync(file, 'utf8')))
    .map((file) => path.relative(root, file).replaceAll(path.sep, '/'));
}
