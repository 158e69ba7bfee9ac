import { setFlagsFromString } from 'node:v8';

/**
 * Sets V8 up for a short-lived command. By default V8 begins to optimize at a point that suits servers. A
 * check ends before that has an effect, and two fifths of its processor time were spent on it. A command may
 * also collect garbage in one long pause, since no other work waits for it. V8 versions after 11 have
 * another compiler in between, with its own limits.
 *
 * Call it after Node's own modules have loaded, and before code of this package that is cached. Compiled
 * code is used only under the flags with which it was compiled. Node's own modules were compiled without
 * these flags.
 */
export function tuneForShortRun(): void {
  if (!/^1[01]\./.test(process.versions.v8)) return;
  setFlagsFromString('--interrupt-budget=600000');
  setFlagsFromString('--no-incremental-marking');
}
