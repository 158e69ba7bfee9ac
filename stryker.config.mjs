// Mutants of the modules that change clouds, for `npm run mutants` (scripts/mutants.mjs).
export default {
  mutate: ['packages/core/src/{apply,plan}/**/*.ts'],
  plugins: ['./scripts/mutants/runner.mjs', './scripts/mutants/ignorer.mjs'],
  testRunner: 'loaded',
  ignorers: ['no-rule'],
  coverageAnalysis: 'perTest',
  concurrency: Number(process.env['MUTANTS_WORKERS'] ?? 2),
  // The runner chooses tests that take 1.5 s of CPU time. A machine that does other things at the same time is many times slower.
  timeoutMS: 20_000,
  timeoutFactor: 0,
  ignorePatterns: ['docs', 'bench', 'examples', 'coverage', '.github', '.ci', '*.md'],
  tempDirName: '.cache/mutants/sandbox',
  incremental: true,
  incrementalFile: '.cache/mutants/incremental.json',
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
  checkers: [],
  allowEmpty: true,
  warnings: { slow: false, unknownOptions: true },
};
