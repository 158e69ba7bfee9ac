import { setFlagsFromString } from 'node:v8';

/**
 * Sets V8 up for a command that is over in a moment. V8 begins to optimise at a point that suits servers; a check ends before that pays, and
 * two fifths of its processor time went there. And nobody waits for it meanwhile, so that garbage may be collected in one go. Later versions
 * of V8 than 11 have another compiler in between, with limits of its own.
 *
 * To be called once what Node brings along has been loaded, and before code of ours that is kept: compiled code is used only under the
 * flags that it was made under, and that of Node's own modules was made under none.
 */
export function tuneForShortRun(): void {
  if (!/^1[01]\./.test(process.versions.v8)) return;
  setFlagsFromString('--interrupt-budget=600000');
  setFlagsFromString('--no-incremental-marking');
}
