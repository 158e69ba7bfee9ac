import type { Io } from '../process/io.js';

/** Shows on a terminal how many calls are done, on one line of stderr that is removed at the end. */
export function probeProgress({ stderr }: Io): {
  readonly show: (done: number, all: number) => void;
  readonly end: () => void;
} {
  if (!stderr.isTerminal) return { show: () => undefined, end: () => undefined };
  let shown = '';
  const write = (text: string): void => {
    stderr.write(`\r${text.padEnd(shown.length)}`);
    shown = text;
  };
  return {
    show: (done, all) => write(`called ${done} of ${all}`),
    end: () => {
      if (shown === '') return;
      write('');
      stderr.write('\r');
    },
  };
}
