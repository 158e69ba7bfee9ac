// Vitest's runner, which notes for each file of tests the CPU seconds of its process, from the import of the file to its last test, and on
// Linux those of processes that the test started and that have ended.
import { readFileSync } from 'node:fs';
import { TestRunner } from 'vitest';

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

  onCollectStart(file) {
    this.began = used();
    return super.onCollectStart(file);
  }

  async onAfterRunSuite(suite) {
    if (suite === suite.file) {
      const { own, children } = used();
      suite.meta.cpuSeconds = own - this.began.own;
      suite.meta.childSeconds = children - this.began.children;
    }
    await super.onAfterRunSuite(suite);
  }
}
