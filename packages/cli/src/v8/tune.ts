import { statSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

/** V8 versions after 11 have another compiler in between, with its own limits, and were not measured. */
const isMeasured = /^1[01]\./.test(process.versions.v8);

/**
 * V8 is set up for servers. A check of a file ends before V8's optimization has an effect, and two fifths of
 * its processor time were spent on it. Its heap stays small: garbage of old objects need not be collected at
 * all. V8 begins to mark old objects softly (in a task, which is turned off) above the first percent, and strictly
 * never. Where it may mark, it does not collect at once.
 */
const SHORT_RUN = [
  '--interrupt-budget=600000',
  '--semi-space-growth-factor=2',
  '--allocation-site-pretenuring',
  '--incremental-marking',
  '--no-incremental-marking-task',
  '--incremental-marking-soft-trigger=1',
  '--incremental-marking-hard-trigger=1000000',
];

/**
 * New objects stay in the 2 to 4 MB that they have so far. In more memory, the processor's cache would not hold them.
 * Whether objects of a kind live long is not counted: the process ends before V8 uses the counts.
 */
const SMALL_SNAPSHOT = ['--semi-space-growth-factor=1', '--no-allocation-site-pretenuring'];

/** Collects garbage of old objects in one long pause: no other work waits for it. */
const LONG_RUN = ['--no-incremental-marking'];

/**
 * V8 then collects garbage whenever the heap has grown by a fifth. By default V8 lets the heap double first. A
 * check of 200,000 targets then takes a tenth more time and little more than half of the memory.
 */
const LITTLE_MEMORY = ['--heap-growing-percent=20'];

/** Up to this size of a snapshot, the settings for short runs are the faster ones. */
const SMALL_FILE = 8 * 1024 * 1024;

/** A snapshot of this size has a hundred thousand resources, and checking it needs gigabytes. */
const LARGE_FILE = 64 * 1024 * 1024;

/**
 * Sets V8 up for a short-lived command.
 *
 * Call it after the modules of Node that every command needs have loaded, and before code of this package that is
 * cached. Compiled code is used only under the flags with which it was compiled. Node's own modules were compiled
 * without these flags.
 */
export function tuneForShortRun(): void {
  if (isMeasured) set(SHORT_RUN);
}

/** To be called before a snapshot is read, with its file; undefined where its size is not known. */
export function tuneForSnapshot(file: string | undefined): void {
  const size = file === undefined ? SMALL_FILE : sizeOf(file);
  const flags = [
    ...(isMeasured ? (size < SMALL_FILE ? SMALL_SNAPSHOT : LONG_RUN) : []),
    ...(size >= LARGE_FILE ? LITTLE_MEMORY : []),
  ];
  set(flags);
  // Compiled code is kept at the end, with the flags of that moment: the next run is to find it.
  process.prependOnceListener('exit', () => set(['--heap-growing-percent=0', ...(isMeasured ? SHORT_RUN : [])]));
}

function set(flags: readonly string[]): void {
  for (const flag of flags) setFlagsFromString(flag);
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0; // the read reports the error
  }
}
