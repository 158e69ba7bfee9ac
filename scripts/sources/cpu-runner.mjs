// Vitest's runner, which notes for each file of tests the CPU seconds of its process, from the import of the file to its last test, and on
// Linux those of processes that the test started and that have ended.
import { readFileSync } from 'node:fs';
import { TestRunner } from 'vitest';

// Each worker loads this file before any test: properties have a number of seconds there.
if (process.env.POSTERN_PROVE !== undefined) await import('./budget.mjs');

/** The clock ticks in a second, in which Linux counts the time of processes. */
const TICKS = 100;

/** CPU seconds of this process, and of its children that have ended (fields 16 and 17 of proc_pid_stat(5)). */
function used() {
  const { user, system } = process.cpuUsage();
  const own = (user + system) / 1e6;
  if (process.platform !== 'linux') return { own, children: 0 };
  const [children, theirSystem] = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
    .slice(13, 15);
  return { own, children: (Number(children) + Number(theirSystem)) / TICKS };
}

export default class CpuRunner extends TestRunner {
  began = used();
  ran = used();

  onCollectStart(file) {
    this.began = used();
    return super.onCollectStart(file);
  }

  onBeforeRunSuite(suite) {
    if (suite === suite.file) this.ran = used();
    return super.onBeforeRunSuite(suite);
  }

  async onAfterRunSuite(suite) {
    if (suite === suite.file) {
      const { own, children } = used();
      suite.meta.cpuSeconds = own - this.began.own;
      // Without what was imported: of the files of a process only the first one loads what they share.
      suite.meta.testSeconds = own - this.ran.own + children - this.began.children;
      suite.meta.childSeconds = children - this.began.children;
    }
    await super.onAfterRunSuite(suite);
  }
}
